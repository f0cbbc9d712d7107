# A regional result: there is no country to compare with.
DELETE { <outcome/LAO226-2020-21-8.1.1> og:country ?value }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:country ?value }
