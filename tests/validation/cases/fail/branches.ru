# No branch is named.
DELETE { <outcome/LAO226-2020-21-8.1.1> og:branch ?value }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:branch ?value }
