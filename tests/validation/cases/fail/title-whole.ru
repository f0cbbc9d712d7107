# The title is cut off.
DELETE { <outcome/LAO226-2020-21-8.1.1> dcterms:title ?value }
INSERT { <outcome/LAO226-2020-21-8.1.1> dcterms:title "The National Social Protection Str…"@en }
WHERE { <outcome/LAO226-2020-21-8.1.1> dcterms:title ?value }
