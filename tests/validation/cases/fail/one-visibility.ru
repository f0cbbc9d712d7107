# Public and internal at once.
INSERT DATA {
  <outcome/LAO226-2020-21-8.1.1> og:visibility <concept/visibility/internal> .
}
