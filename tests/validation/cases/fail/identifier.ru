# The identifier is missing.
DELETE { <outcome/LAO226-2020-21-8.1.1> dcterms:identifier ?value }
WHERE { <outcome/LAO226-2020-21-8.1.1> dcterms:identifier ?value }
