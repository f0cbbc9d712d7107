# A result page that says it is held to the core rules only.
DELETE { <record/LAO226-2020-21-8.1.1> dcterms:conformsTo ?profile }
INSERT { <record/LAO226-2020-21-8.1.1> dcterms:conformsTo <concept/profile/core> }
WHERE { <record/LAO226-2020-21-8.1.1> dcterms:conformsTo ?profile }
