# The group of a constituent is not known.
DELETE { <organisation/lao-lsso> og:constituentType ?value }
WHERE { <organisation/lao-lsso> og:constituentType ?value }
