# An IATI result without its type.
DELETE { <record/LAO226-2020-21-8.1.1> dcterms:conformsTo ?value }
INSERT { <record/LAO226-2020-21-8.1.1> dcterms:conformsTo <concept/profile/iati> }
WHERE { <record/LAO226-2020-21-8.1.1> dcterms:conformsTo ?value } ;
DELETE { <outcome/LAO226-2020-21-8.1.1> og:resultType ?value }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:resultType ?value }
