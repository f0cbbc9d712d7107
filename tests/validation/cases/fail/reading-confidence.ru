# A confidence above 1.
DELETE { <record/LAO226-2020-21-8.1.1#evidence-1> og:confidence ?value }
INSERT { <record/LAO226-2020-21-8.1.1#evidence-1> og:confidence 1.2 }
WHERE { <record/LAO226-2020-21-8.1.1#evidence-1> og:confidence ?value }
