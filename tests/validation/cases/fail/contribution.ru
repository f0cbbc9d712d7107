# The contribution is not told.
DELETE { <contribution/LAO226-2020-21-8.1.1> og:narrative ?value }
WHERE { <contribution/LAO226-2020-21-8.1.1> og:narrative ?value }
