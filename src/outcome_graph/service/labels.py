"""Display labels for everything a page shows, by one query a page."""

from __future__ import annotations

import json
from collections.abc import Mapping

from outcome_graph.namespaces import PREFIXES
from outcome_graph.rdf import Term
from outcome_graph.service.context import graph
from outcome_graph.store.base import QueryRequest

__all__ = ["Labels", "labels_around", "labels_in_graph", "short_name"]

_RANKS = """
  VALUES (?labelProperty ?rank) {
    (skos:prefLabel 1) (rdfs:label 2) (og:shortLabel 3) (dcterms:title 4)
    (skos:notation 5) (dcterms:identifier 6)
  }
  ?resource ?labelProperty ?label .
"""

#: Labels of everything that a record's graph speaks of.
LABELS_IN_GRAPH = f"""
SELECT DISTINCT ?resource ?label ?rank WHERE {{
  GRAPH ?graph {{ ?subject ?property ?resource }}
  FILTER(ISIRI(?resource))
  {_RANKS}
}}
"""

#: Labels of a resource, of its values, and of the properties between them.
LABELS_AROUND = f"""
SELECT DISTINCT ?resource ?label ?rank WHERE {{
  {{ ?this ?property ?resource }} UNION {{ ?this ?resource ?value }}
  FILTER(ISIRI(?resource))
  {_RANKS}
}}
"""

#: For each label its place in the order of preference, its text and its language.
_Found = dict[str, tuple[tuple[int, int, str], str, str]]


def short_name(iri: str) -> str:
    """Return an IRI in short: prefix and name where we have a prefix for it, else its last part.

    Of other sites' IRIs the whole is shown without its scheme: their last part alone says little.
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and "/" not in iri[len(namespace) :]:
            return f"{prefix}:{iri[len(namespace) :]}"
    base = graph().minter.base
    if iri.startswith(base):
        return iri[len(base) :].rstrip("/").rsplit("/", 1)[-1] or iri
    return iri.partition("://")[2] or iri


class Labels:
    """Labels by IRI; each is (text, language), with "" for no language."""

    def __init__(self, found: Mapping[str, tuple[str, str]]) -> None:
        self._found = dict(found)

    def text(self, iri: str) -> str:
        """Return the label of a resource, or its short name when it has none."""
        return self._found[iri][0] if iri in self._found else short_name(iri)

    def language(self, iri: str) -> str:
        """Return the language of the label, "" when it has none."""
        return self._found[iri][1] if iri in self._found else ""


def labels_in_graph(name: Term, language: str) -> Labels:
    """Return labels of everything a named graph speaks of, in a language where there are any."""
    return _ask(LABELS_IN_GRAPH, {"graph": name}, language)


def labels_around(resource: Term, language: str) -> Labels:
    """Return labels of a resource's values and properties."""
    return _ask(LABELS_AROUND, {"this": resource}, language)


def _ask(sparql: str, bindings: Mapping[str, Term], language: str) -> Labels:
    with graph().answer(QueryRequest(sparql=sparql, bindings=bindings)) as answer:
        rows = json.loads(b"".join(answer.chunks()))["results"]["bindings"]
    order = {language: 0, "en": 1, "": 2}
    found: _Found = {}
    for row in rows:
        label = row["label"]
        tag = label.get("xml:lang", "")
        preference = (order.get(tag, 3), int(row["rank"]["value"]), label["value"])
        iri = row["resource"]["value"]
        if iri not in found or preference < found[iri][0]:
            found[iri] = (preference, label["value"], tag)
    return Labels({iri: (text, tag) for iri, (_, text, tag) in found.items()})
