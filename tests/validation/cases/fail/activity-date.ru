# An activity has no date.
DELETE { <activity/LAO226-2020-21-8.1.1/1> og:startDate ?value }
WHERE { <activity/LAO226-2020-21-8.1.1/1> og:startDate ?value }
