# The record names a profile that does not exist.
DELETE { <record/LAO226-2020-21-8.1.1> dcterms:conformsTo ?value }
INSERT { <record/LAO226-2020-21-8.1.1> dcterms:conformsTo <concept/profile/other> }
WHERE { <record/LAO226-2020-21-8.1.1> dcterms:conformsTo ?value }
