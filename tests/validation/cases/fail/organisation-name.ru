# An organisation without a name.
DELETE { <organisation/lao-lsso> skos:prefLabel ?value }
WHERE { <organisation/lao-lsso> skos:prefLabel ?value }
