# The indicator is missing.
DELETE { <outcome/LAO226-2020-21-8.1.1> og:indicator ?value }
WHERE { <outcome/LAO226-2020-21-8.1.1> og:indicator ?value }
