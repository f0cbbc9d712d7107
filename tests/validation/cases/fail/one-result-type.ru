# A second type of result, of another step.
# fires: one-result-type, result-type-of-step
INSERT DATA {
  <outcome/LAO226-2020-21-8.1.1> og:resultType <concept/result-type/scheme-adopted> .
}
