# An indicator that is not in our framework of 2020-21.
DELETE { <outcome/LAO226-2020-21-8.1.1> og:indicator ?value }
INSERT { <outcome/LAO226-2020-21-8.1.1> og:indicator <concept/indicator/2020-21/9.9.9> }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:indicator ?value }
