# No project is linked, as on the seed page itself.
DELETE { <outcome/LAO226-2020-21-8.1.1> og:project ?value }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:project ?value }
