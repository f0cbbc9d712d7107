# What was achieved is missing.
DELETE { <outcome/LAO226-2020-21-8.1.1> og:achievement ?value }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:achievement ?value }
