# A blank in the identifier.
# fires: identifier-form, identifier-of-result
DELETE { <outcome/LAO226-2020-21-8.1.1> dcterms:identifier ?value }
INSERT { <outcome/LAO226-2020-21-8.1.1> dcterms:identifier "LAO 226" }
WHERE { <outcome/LAO226-2020-21-8.1.1> dcterms:identifier ?value }
