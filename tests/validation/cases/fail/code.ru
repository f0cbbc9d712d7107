# The code is missing.
DELETE { <outcome/LAO226-2020-21-8.1.1> og:code ?value }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:code ?value }
