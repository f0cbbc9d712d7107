# Goal 18 does not exist.
INSERT DATA {
  <outcome/LAO226-2020-21-8.1.1> og:sdgGoal sdg:18 .
}
