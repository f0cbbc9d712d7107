# No activity is named.
DELETE { <contribution/LAO226-2020-21-8.1.1> og:activity ?value }
WHERE { <contribution/LAO226-2020-21-8.1.1> og:activity ?value }
