# The sentence alone is enough.
DELETE { <outcome/LAO226-2020-21-8.1.1> og:resultType ?value }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:resultType ?value }
