# The project names the funder; the prose does not.
DELETE { <outcome/LAO226-2020-21-8.1.1> og:evidence ?value }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:evidence ?value }
