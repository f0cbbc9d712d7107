# A second result is described without a name (and without anything else).
# fires: outcome-name, named-things, record, identifier, title, place, date, achievement, organisation, sdg, source, funder, contributor
INSERT DATA {
  [] a og:Outcome .
}
