# A visibility that does not exist.
DELETE { <outcome/LAO226-2020-21-8.1.1> og:visibility ?value }
INSERT { <outcome/LAO226-2020-21-8.1.1> og:visibility <concept/visibility/secret> }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:visibility ?value }
