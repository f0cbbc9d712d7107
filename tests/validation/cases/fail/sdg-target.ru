# No target, only the goal.
DELETE { <outcome/LAO226-2020-21-8.1.1> og:sdgTarget ?value }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:sdgTarget ?value }
