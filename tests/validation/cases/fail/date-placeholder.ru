# The last day of the biennium.
DELETE { <outcome/LAO226-2020-21-8.1.1> og:achievedOn ?value }
INSERT { <outcome/LAO226-2020-21-8.1.1> og:achievedOn "2021-12-31"^^xsd:date }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:achievedOn ?value }
