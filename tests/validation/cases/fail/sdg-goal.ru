# The target is named but not its goal.
DELETE { <outcome/LAO226-2020-21-8.1.1> og:sdgGoal ?value }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:sdgGoal ?value }
