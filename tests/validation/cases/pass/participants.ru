# One person took part.
DELETE { <activity/LAO226-2020-21-8.1.1/1> og:participants ?value }
INSERT { <activity/LAO226-2020-21-8.1.1/1> og:participants 1 }
WHERE { <activity/LAO226-2020-21-8.1.1/1> og:participants ?value }
