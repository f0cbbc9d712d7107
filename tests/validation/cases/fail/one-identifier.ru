# A second identifier.
# fires: one-identifier, identifier-of-result
INSERT DATA {
  <outcome/LAO226-2020-21-8.1.1> dcterms:identifier "LAO226-2020-21" .
}
