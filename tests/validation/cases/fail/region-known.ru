# A region that no code names.
INSERT DATA {
  <outcome/LAO226-2020-21-8.1.1> og:region <region/ilo-code/XXX> .
}
