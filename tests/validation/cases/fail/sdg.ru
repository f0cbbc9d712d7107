# fires: sdg, profile-fits
# A core record that names neither goal nor target.
DELETE { <record/LAO226-2020-21-8.1.1> dcterms:conformsTo ?value }
INSERT { <record/LAO226-2020-21-8.1.1> dcterms:conformsTo <concept/profile/core> }
WHERE { <record/LAO226-2020-21-8.1.1> dcterms:conformsTo ?value } ;
DELETE { <outcome/LAO226-2020-21-8.1.1> og:sdgGoal ?value }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:sdgGoal ?value } ;
DELETE { <outcome/LAO226-2020-21-8.1.1> og:sdgTarget ?value }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:sdgTarget ?value }
