# The contributing agency is not named.
DELETE { <contribution/LAO226-2020-21-8.1.1> og:contributor ?value }
WHERE { <contribution/LAO226-2020-21-8.1.1> og:contributor ?value }
