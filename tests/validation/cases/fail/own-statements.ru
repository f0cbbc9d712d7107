# The record renames a country.
INSERT DATA {
  <country/LAO> skos:prefLabel "Laos"@en .
}
