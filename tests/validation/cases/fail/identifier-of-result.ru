# An identifier that is not the one in the address.
DELETE { <outcome/LAO226-2020-21-8.1.1> dcterms:identifier ?value }
INSERT { <outcome/LAO226-2020-21-8.1.1> dcterms:identifier "LAO226" }
WHERE { <outcome/LAO226-2020-21-8.1.1> dcterms:identifier ?value }
