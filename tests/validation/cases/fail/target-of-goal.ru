# Target 1.3 under goal 5.
DELETE { <outcome/LAO226-2020-21-8.1.1> og:sdgGoal ?value }
INSERT { <outcome/LAO226-2020-21-8.1.1> og:sdgGoal sdg:5 }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:sdgGoal ?value }
