# The indicator of 2022-23 under 2020-21.
DELETE { <outcome/LAO226-2020-21-8.1.1> og:indicator ?value }
INSERT { <outcome/LAO226-2020-21-8.1.1> og:indicator <concept/indicator/2022-23/8.1.1> }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:indicator ?value }
