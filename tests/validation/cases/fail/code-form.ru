# A code without its number.
DELETE { <outcome/LAO226-2020-21-8.1.1> og:code ?value }
INSERT { <outcome/LAO226-2020-21-8.1.1> og:code "LAO" }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:code ?value }
