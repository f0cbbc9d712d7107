# A description in its place, as in other sources.
DELETE { <outcome/LAO226-2020-21-8.1.1> og:achievement ?value }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:achievement ?value } ;
INSERT DATA {
  <outcome/LAO226-2020-21-8.1.1> dcterms:description "The strategy was adopted."@en .
}
