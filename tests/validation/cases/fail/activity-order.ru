# An activity ends before it begins.
DELETE { <activity/LAO226-2020-21-8.1.1/1> og:endDate ?value }
INSERT { <activity/LAO226-2020-21-8.1.1/1> og:endDate "2020-08-20"^^xsd:date }
WHERE { <activity/LAO226-2020-21-8.1.1/1> og:endDate ?value }
