"""The queries of the review queue.

A candidate's id is the beginning of a digest of what it says: record, predicate, object and words.
The predicate tells whether the outcome or its contribution is the subject. Anybody can work it out
with the expression `KEY`; `outcome_graph.pipeline.decisions.candidate_key` does the same.
"""

from __future__ import annotations

__all__ = [
    "BY_CONFIDENCE",
    "COUNT",
    "DECIDED",
    "EVENTS",
    "FILTERS",
    "FOLLOWERS",
    "GRAPHS",
    "KEYS",
    "KEY_LENGTH",
    "LABELS",
    "ROWS",
]

#: Hexadecimal digits of an id: 48 bits, so that a million candidates hardly ever share one.
KEY_LENGTH = 12
#: A line break stands between the parts: no IRI holds one, and the words come last.
KEY = (
    r'SUBSTR(SHA256(CONCAT(STR(?record), "\n", STR(?predicate), "\n", STR(?object), "\n", '
    f"STR(?words))), 1, {KEY_LENGTH})"
)

#: A record's document is named as its graph: a union of graphs kept by an engine is not one.
_PENDING = """
  GRAPH ?record {
    ?record foaf:primaryTopic ?outcome .
    ?outcome og:candidate ?candidate ; dcterms:identifier ?id .
    ?candidate rdf:predicate ?predicate ; rdf:object ?object ; prov:value ?words ;
      og:confidence ?confidence .
  }
"""
#: Conditions that a caller adds, each with the variable of its name bound.
FILTERS = {
    "place": "  GRAPH ?record { ?outcome og:country|og:region ?place }\n",
    "least": "  FILTER(?confidence >= ?least)\n",
    # Bound variables of the pattern itself need no condition.
    "predicate": "",
    "record": "",
}

ROWS = (
    "SELECT ?key ?record ?id ?predicate ?object ?words (MAX(?confidence) AS ?surest)\n"
    "  (SAMPLE(?s) AS ?start) (SAMPLE(?e) AS ?end) (SAMPLE(?document) AS ?source)\n"
    "  (SAMPLE(?name) AS ?sourceName) (MIN(?t) AS ?title) (SAMPLE(?p) AS ?where)\n"
    f"WHERE {{ {_PENDING} %s"
    """
  OPTIONAL { GRAPH ?record { ?candidate og:textStart ?s ; og:textEnd ?e } }
  OPTIONAL { GRAPH ?record { ?outcome prov:wasDerivedFrom ?document .
                             ?document dcterms:title ?name } }
  OPTIONAL { GRAPH ?record { ?outcome dcterms:title ?t } }
  OPTIONAL { GRAPH ?record { ?outcome og:country|og:region ?p } }
"""
    f"  BIND({KEY} AS ?key)\n"
    "}\nGROUP BY ?key ?record ?id ?predicate ?object ?words\n"
)
BY_CONFIDENCE = "ORDER BY DESC(?surest) ?id ?key\n"

COUNT = (
    f"SELECT (COUNT(DISTINCT ?key) AS ?count) WHERE {{ {_PENDING} %s\n  BIND({KEY} AS ?key)\n}}\n"
)

#: Which record holds the candidate of an id.
KEYS = f"SELECT DISTINCT ?key ?id WHERE {{ {_PENDING} BIND({KEY} AS ?key) }}\n"

#: What proposed things are called.
LABELS = """
SELECT DISTINCT ?object ?naming ?label
WHERE {
  ?outcome og:candidate/rdf:object ?object .
  ?object ?naming ?label .
  FILTER(?naming IN (skos:prefLabel, og:shortLabel, dcterms:title, dcterms:identifier))
}
"""
#: What is said of proposed activities.
EVENTS = """
SELECT DISTINCT ?object ?title ?start ?end ?place ?participants
WHERE {
  ?candidate rdf:predicate og:activity ; rdf:object ?object .
  ?object dcterms:title ?title .
  OPTIONAL { ?object og:startDate ?start }
  OPTIONAL { ?object og:endDate ?end }
  OPTIONAL { ?object og:place ?place }
  OPTIONAL { ?object og:participants ?participants }
}
"""

#: The graphs that keep decisions.
GRAPHS = (
    "SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?decision a og:Decision ; prov:used ?used } }"
)

#: All decisions, with what tells where they hold.
DECIDED = """
SELECT ?decision ?graph ?key ?verdict ?number ?time ?predicate ?object ?words ?country ?replacement
WHERE {
  GRAPH ?graph {
    ?decision a og:Decision ; og:reviewId ?key ; og:verdict ?verdict ; og:position ?number ;
      prov:startedAtTime ?time ; rdf:predicate ?predicate ; rdf:object ?object ;
      prov:value ?words .
    OPTIONAL { ?decision prov:atLocation ?country }
    OPTIONAL { ?decision og:replacement ?replacement }
  }
  FILTER(STRSTARTS(STR(?decision), CONCAT(STR(?graph), "#")))
}
"""

#: The decisions that another one brought about.
FOLLOWERS = """
SELECT ?decision ?graph WHERE {
  GRAPH ?graph { ?decision a og:Decision ; prov:wasInformedBy ?origin }
  FILTER(STRSTARTS(STR(?decision), CONCAT(STR(?graph), "#")))
}
"""
