# No property of the record.
DELETE { ?reading rdf:predicate ?field }
INSERT { ?reading rdf:predicate dcterms:title }
WHERE { ?reading rdf:predicate ?field }
