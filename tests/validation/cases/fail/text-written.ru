# White space for the achievement.
DELETE { <outcome/LAO226-2020-21-8.1.1> og:achievement ?text }
INSERT { <outcome/LAO226-2020-21-8.1.1> og:achievement " \n"@en }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:achievement ?text }
