# Neither the type of result nor its sentence is there.
DELETE { <outcome/LAO226-2020-21-8.1.1> og:resultType ?value }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:resultType ?value } ;
DELETE { <outcome/LAO226-2020-21-8.1.1> og:resultStatement ?value }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:resultStatement ?value }
