# A reading without its words.
DELETE { <record/LAO226-2020-21-8.1.1#evidence-1> prov:value ?value }
WHERE { <record/LAO226-2020-21-8.1.1#evidence-1> prov:value ?value }
