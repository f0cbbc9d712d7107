# Achieved in November 2022, reported under 2020-21.
DELETE { <outcome/LAO226-2020-21-8.1.1> og:achievedOn ?value }
INSERT { <outcome/LAO226-2020-21-8.1.1> og:achievedOn "2022-11-02"^^xsd:date }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:achievedOn ?value }
