# The year 2022 under 2020-21.
# fires: year-in-biennium, exact-date
DELETE { <outcome/LAO226-2020-21-8.1.1> og:achievedOn ?value }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:achievedOn ?value } ;
INSERT DATA {
  <outcome/LAO226-2020-21-8.1.1> og:achievedInYear "2022"^^xsd:gYear .
}
