# A second indicator.
INSERT DATA {
  <outcome/LAO226-2020-21-8.1.1> og:indicator <concept/indicator/2020-21/8.1> .
}
