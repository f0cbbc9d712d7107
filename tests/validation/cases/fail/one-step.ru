# A second step, to which the type of result does not belong.
# fires: one-step, result-type-of-step
INSERT DATA {
  <outcome/LAO226-2020-21-8.1.1> og:step <concept/step/2> .
}
