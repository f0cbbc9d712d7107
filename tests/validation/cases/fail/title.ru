# The title is missing.
DELETE { <outcome/LAO226-2020-21-8.1.1> dcterms:title ?value }
WHERE { <outcome/LAO226-2020-21-8.1.1> dcterms:title ?value }
