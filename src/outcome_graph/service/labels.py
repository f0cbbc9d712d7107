"""Display labels for everything a page shows, by one query a page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from outcome_graph.namespaces import DCTERMS, OG, PREFIXES, RDFS, SKOS
from outcome_graph.rdf import Term
from outcome_graph.service.context import graph
from outcome_graph.store.base import QueryRequest

__all__ = ["Labels", "labels_around", "labels_in_graph", "rows_of", "short_name"]

#: Properties that name things, best first.
_NAMING = (
    SKOS.prefLabel,
    RDFS.label,
    OG.shortLabel,
    DCTERMS.title,
    SKOS.notation,
    DCTERMS.identifier,
)
_RANKS = {term.value: rank for rank, term in enumerate(_NAMING)}
# Plain patterns with filters: joined with VALUES or UNION, a bound variable is not pushed into
# the parts, and the engine reads the whole store (measured: gigabytes at 25,000 records).
_LABEL = f"""
  ?resource ?naming ?label .
  FILTER(?naming IN ({", ".join(str(term) for term in _NAMING)}))
"""

#: Labels of everything that a record's graph speaks of.
LABELS_IN_GRAPH = f"""
SELECT DISTINCT ?resource ?naming ?label WHERE {{
  GRAPH ?graph {{ ?subject ?property ?resource }}
  {_LABEL}
}}
"""

#: Labels of a resource's values.
LABELS_OF_VALUES = f"""
SELECT DISTINCT ?resource ?naming ?label WHERE {{
  ?this ?property ?resource .
  {_LABEL}
}}
"""

#: Labels of a resource's properties.
LABELS_OF_PROPERTIES = f"""
SELECT DISTINCT ?resource ?naming ?label WHERE {{
  ?this ?resource ?value .
  {_LABEL}
}}
"""

#: For each label its place in the order of preference, its text and its language.
_Found = dict[str, tuple[tuple[int, int, str], str, str]]


def rows_of(sparql: str, bindings: Mapping[str, Term] | None = None) -> list[dict[str, Any]]:
    """Run a query of ours and return its rows as SPARQL JSON has them."""
    # Pages are labelled, and cached, as being of the newest revision: so must their rows be.
    newest = graph().store.revision()
    wanted = QueryRequest(sparql=sparql, bindings=bindings or {}, min_revision=newest)
    with graph().answer(wanted) as answer:
        rows: list[dict[str, Any]] = json.loads(b"".join(answer.chunks()))["results"]["bindings"]
    return rows


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
    return _ask((LABELS_IN_GRAPH,), {"graph": name}, language)


def labels_around(resource: Term, language: str) -> Labels:
    """Return labels of a resource's values and properties."""
    return _ask((LABELS_OF_VALUES, LABELS_OF_PROPERTIES), {"this": resource}, language)


def _ask(queries: Iterable[str], bindings: Mapping[str, Term], language: str) -> Labels:
    rows = [row for sparql in queries for row in rows_of(sparql, bindings)]
    order = {language: 0, "en": 1, "": 2}
    found: _Found = {}
    for row in rows:
        label = row["label"]
        tag = label.get("xml:lang", "")
        rank = _RANKS[row["naming"]["value"]]
        preference = (order.get(tag, 3), rank, label["value"])
        iri = row["resource"]["value"]
        if iri not in found or preference < found[iri][0]:
            found[iri] = (preference, label["value"], tag)
    return Labels({iri: (text, tag) for iri, (_, text, tag) in found.items()})
