# An international constituent has no country.
DELETE { <organisation/lao-lsso> og:country ?value }
WHERE { <organisation/lao-lsso> og:country ?value }
