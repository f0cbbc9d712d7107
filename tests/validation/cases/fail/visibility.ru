# Neither public nor internal.
DELETE { <outcome/LAO226-2020-21-8.1.1> og:visibility ?value }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:visibility ?value }
