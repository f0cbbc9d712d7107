# Target 1.99 does not exist.
INSERT DATA {
  <outcome/LAO226-2020-21-8.1.1> og:sdgTarget sdg:1.99 .
}
