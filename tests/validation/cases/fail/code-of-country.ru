# A code of Senegal for a result in Laos.
DELETE { <outcome/LAO226-2020-21-8.1.1> og:code ?value }
INSERT { <outcome/LAO226-2020-21-8.1.1> og:code "SEN101" }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:code ?value }
