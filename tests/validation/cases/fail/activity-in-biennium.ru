# An activity two years before the biennium.
DELETE { <activity/LAO226-2020-21-8.1.1/1> og:startDate ?value }
INSERT { <activity/LAO226-2020-21-8.1.1/1> og:startDate "2018-08-25"^^xsd:date }
WHERE { <activity/LAO226-2020-21-8.1.1/1> og:startDate ?value } ;
# Another one ends two centuries later.
DELETE { <activity/LAO226-2020-21-8.1.1/2> og:endDate ?value }
INSERT { <activity/LAO226-2020-21-8.1.1/2> og:endDate "2202-09-30"^^xsd:date }
WHERE { <activity/LAO226-2020-21-8.1.1/2> og:endDate ?value }
