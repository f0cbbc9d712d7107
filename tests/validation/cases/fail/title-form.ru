# A title without a language.
DELETE { <outcome/LAO226-2020-21-8.1.1> dcterms:title ?value }
INSERT { <outcome/LAO226-2020-21-8.1.1> dcterms:title "The strategy was launched" }
WHERE { <outcome/LAO226-2020-21-8.1.1> dcterms:title ?value }
