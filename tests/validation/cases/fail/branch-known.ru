# A branch that Convention 102 does not know.
DELETE { <outcome/LAO226-2020-21-8.1.1> og:branch ?value }
INSERT { <outcome/LAO226-2020-21-8.1.1> og:branch <concept/branch/housing> }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:branch ?value }
