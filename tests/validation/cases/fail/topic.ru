# The record names no result.
# fires: topic, record
DELETE { <record/LAO226-2020-21-8.1.1> foaf:primaryTopic ?value }
WHERE { <record/LAO226-2020-21-8.1.1> foaf:primaryTopic ?value }
