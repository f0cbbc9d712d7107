# Only the year is known.
DELETE { <outcome/LAO226-2020-21-8.1.1> og:achievedOn ?value }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:achievedOn ?value } ;
INSERT DATA {
  <outcome/LAO226-2020-21-8.1.1> og:achievedInYear "2020"^^xsd:gYear .
}
