# Something without a name.
INSERT DATA {
  <outcome/LAO226-2020-21-8.1.1> dcterms:relation [] .
}
