# An activity in the year before the biennium.
DELETE { <activity/LAO226-2020-21-8.1.1/1> og:startDate ?value }
INSERT { <activity/LAO226-2020-21-8.1.1/1> og:startDate "2019-01-05"^^xsd:date }
WHERE { <activity/LAO226-2020-21-8.1.1/1> og:startDate ?value }
