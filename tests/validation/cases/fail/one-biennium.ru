# A second biennium, to which neither date, indicator nor activities belong.
# fires: one-biennium, date-in-biennium, indicator-of-biennium, activity-in-biennium
INSERT DATA {
  <outcome/LAO226-2020-21-8.1.1> og:biennium <concept/biennium/2022-23> .
}
