# Indicator 1.3.1.
INSERT DATA {
  <outcome/LAO226-2020-21-8.1.1> og:sdgIndicator sdg:C010301 .
}
