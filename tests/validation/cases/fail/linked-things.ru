# The funder's name and the target's number, where the funder and the target are linked.
INSERT DATA {
  <outcome/LAO226-2020-21-8.1.1> og:funder "Government of Luxembourg" ; og:sdgTarget "1.3" .
}
