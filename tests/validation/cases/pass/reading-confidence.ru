# Full confidence.
DELETE { <record/LAO226-2020-21-8.1.1#evidence-1> og:confidence ?value }
INSERT { <record/LAO226-2020-21-8.1.1#evidence-1> og:confidence 1 }
WHERE { <record/LAO226-2020-21-8.1.1#evidence-1> og:confidence ?value }
