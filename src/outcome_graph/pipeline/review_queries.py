"""The queries of the review queue.

A candidate's id is the beginning of a digest of what it says: record, predicate, object and words.
The predicate tells whether the outcome or its contribution is the subject. Anybody can work it out
with the expression `KEY`; `outcome_graph.pipeline.decisions.candidate_key` does the same.
"""

from __future__ import annotations

from outcome_graph.namespaces import OG

__all__ = [
    "ALIKE",
    "ALIKE_PROPERTIES",
    "BY_CONFIDENCE",
    "COUNT",
    "COUNT_GROUPS",
    "DECIDED",
    "EVENTS",
    "FILTERS",
    "FOLLOWERS",
    "GRAPHS",
    "GROUPS",
    "KEYS",
    "KEY_LENGTH",
    "LABELS",
    "ROWS",
    "ROWS_OF",
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

_ROWS = f"""
SELECT ?key ?record ?id ?predicate ?object ?words (MAX(?confidence) AS ?surest)
  (SAMPLE(?s) AS ?start) (SAMPLE(?e) AS ?end) (SAMPLE(?document) AS ?source)
  (SAMPLE(?name) AS ?sourceName) (MIN(?t) AS ?title) (SAMPLE(?p) AS ?where)
WHERE {{ %s
  OPTIONAL {{ GRAPH ?record {{ ?candidate og:textStart ?s ; og:textEnd ?e }} }}
  OPTIONAL {{ GRAPH ?record {{ ?outcome prov:wasDerivedFrom ?document .
                             ?document dcterms:title ?name }} }}
  OPTIONAL {{ GRAPH ?record {{ ?outcome dcterms:title ?t }} }}
  OPTIONAL {{ GRAPH ?record {{ ?outcome og:country|og:region ?p }} }}
  BIND({KEY} AS ?key)
}}
GROUP BY ?key ?record ?id ?predicate ?object ?words
"""
ROWS = _ROWS.replace("%s", f"{_PENDING} %s")
#: The rows of what is named: record, predicate, object and words of each.
ROWS_OF = _ROWS.replace("%s", f"VALUES (?record ?predicate ?object ?words) {{ %s }} {_PENDING}")
BY_CONFIDENCE = "ORDER BY DESC(?surest) ?id ?key\n"

COUNT = (
    f"SELECT (COUNT(DISTINCT ?key) AS ?count) WHERE {{ {_PENDING} %s\n  BIND({KEY} AS ?key)\n}}\n"
)

#: Links that the same words propose alike in all records of a country: one decision serves all.
#: Goals and targets depend on the whole text.
ALIKE_PROPERTIES = (OG.funder, OG.constituent, OG.contributor, OG.legalAct, OG.project)
_ALIKE_OR_ALONE = f"""
  OPTIONAL {{ GRAPH ?record {{ ?outcome og:country ?in }} }}
  BIND(IF(BOUND(?in) && ?predicate IN ({", ".join(map(str, ALIKE_PROPERTIES))}), "",
          STR(?record)) AS ?alone)
"""
#: What is proposed, each with the first of the records that propose it and the number of them.
GROUPS = (
    "SELECT (MIN(STR(?record)) AS ?first) ?predicate ?object ?words\n"
    "  (COUNT(DISTINCT ?record) AS ?records) (MAX(?confidence) AS ?surest)\n"
    f"WHERE {{ {_PENDING} %s {_ALIKE_OR_ALONE} }}\n"
    "GROUP BY ?predicate ?object ?words ?in ?alone\n"
    "ORDER BY DESC(?surest) ?first ?predicate ?object ?words ?in\n"
)
COUNT_GROUPS = (
    "SELECT (COUNT(*) AS ?count) WHERE {\n"
    "  SELECT DISTINCT ?predicate ?object ?words ?in ?alone\n"
    f"  WHERE {{ {_PENDING} %s {_ALIKE_OR_ALONE} }}\n}}\n"
)
#: The candidates of a country by which the same words propose the same.
ALIKE = (
    f"SELECT DISTINCT ?key ?id WHERE {{ {_PENDING}\n"
    "  GRAPH ?record { ?outcome og:country ?place }\n"
    f"  BIND({KEY} AS ?key)\n}}\nORDER BY ?id ?key\n"
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
