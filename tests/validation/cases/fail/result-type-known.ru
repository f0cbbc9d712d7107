# A type of result that is not in our table.
DELETE { <outcome/LAO226-2020-21-8.1.1> og:resultType ?value }
INSERT { <outcome/LAO226-2020-21-8.1.1> og:resultType <concept/result-type/unheard-of> }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:resultType ?value }
