# An activity has no place.
DELETE { <activity/LAO226-2020-21-8.1.1/1> og:place ?value }
WHERE { <activity/LAO226-2020-21-8.1.1/1> og:place ?value }
