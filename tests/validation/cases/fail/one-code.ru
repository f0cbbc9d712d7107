# A second code.
INSERT DATA {
  <outcome/LAO226-2020-21-8.1.1> og:code "LAO227" .
}
