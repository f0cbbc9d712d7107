# A global indicator that does not exist.
INSERT DATA {
  <outcome/LAO226-2020-21-8.1.1> og:sdgIndicator sdg:C999999 .
}
