# No funder is named.
DELETE { <outcome/LAO226-2020-21-8.1.1> og:funder ?value }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:funder ?value }
