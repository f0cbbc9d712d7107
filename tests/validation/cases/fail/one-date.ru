# A second date.
INSERT DATA {
  <outcome/LAO226-2020-21-8.1.1> og:achievedOn "2020-05-01"^^xsd:date .
}
