# A group that does not exist.
DELETE { <organisation/lao-lsso> og:constituentType ?value }
INSERT { <organisation/lao-lsso> og:constituentType <concept/constituent-type/ngo> }
WHERE { <organisation/lao-lsso> og:constituentType ?value }
