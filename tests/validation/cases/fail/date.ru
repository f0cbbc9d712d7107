# The date is missing.
DELETE { <outcome/LAO226-2020-21-8.1.1> og:achievedOn ?value }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:achievedOn ?value }
