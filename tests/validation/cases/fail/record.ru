# Nothing says that the record is about the result.
# fires: record, topic
DELETE { <record/LAO226-2020-21-8.1.1> foaf:primaryTopic ?value }
WHERE { <record/LAO226-2020-21-8.1.1> foaf:primaryTopic ?value }
