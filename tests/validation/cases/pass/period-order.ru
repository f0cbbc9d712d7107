# A period of one day.
INSERT DATA {
  <outcome/LAO226-2020-21-8.1.1> og:periodStart "2020-04-01"^^xsd:date ; og:periodEnd "2020-04-01"^^xsd:date .
}
