# A period instead of a day.
DELETE { <outcome/LAO226-2020-21-8.1.1> og:achievedOn ?value }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:achievedOn ?value } ;
INSERT DATA {
  <outcome/LAO226-2020-21-8.1.1> og:periodStart "2020-01-01"^^xsd:date .
}
