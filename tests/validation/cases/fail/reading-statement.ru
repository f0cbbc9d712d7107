# A reading does not say what was read.
DELETE { <record/LAO226-2020-21-8.1.1#evidence-2> rdf:object ?value }
WHERE { <record/LAO226-2020-21-8.1.1#evidence-2> rdf:object ?value }
