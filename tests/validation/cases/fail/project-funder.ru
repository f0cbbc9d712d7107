# The project names no funder.
DELETE { <project/lao-16-02-lux> og:funder ?value }
WHERE { <project/lao-16-02-lux> og:funder ?value }
