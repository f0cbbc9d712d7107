# A funder that neither a project nor the prose names.
INSERT DATA {
  <outcome/LAO226-2020-21-8.1.1> og:funder <organisation/irl-irish-aid> .
}
