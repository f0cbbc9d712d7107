"""Display labels for everything a page shows, by one query a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from outcome_graph.namespaces import DCTERMS, ELI, OG, ORG, PREFIXES, RDF, RDFS, SDGO, SKOS
from outcome_graph.pipeline.rows import JsonTerm, terms_of
from outcome_graph.rdf import NamedNode, Term
from outcome_graph.service.context import graph
from outcome_graph.service.wording import say
from outcome_graph.store.base import QueryRequest

__all__ = ["Labels", "labels_around", "labels_in_graph", "labels_of", "rows_of", "short_name"]

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
# Plain patterns with filters: joined with VALUES or UNION, a variable that another pattern binds
# is not pushed into the parts, and the engine reads the whole store (measured: gigabytes at 25,000
# records).
_NAMED = f"""
  ?naming ?label .
  FILTER(?naming IN ({", ".join(str(term) for term in _NAMING)}))
"""
_LABEL = f"?resource {_NAMED}"
#: Resources that one query asks the labels of.
_AT_ONCE = 1_000

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

#: Labels of these resources. Here VALUES comes first, and the engine begins with it.
LABELS_OF = "SELECT ?resource ?naming ?label WHERE {{ VALUES ?resource {{ {resources} }} {label} }}"

#: What terms of others are called, for people; the ontology names our own.
_WORDS = {
    RDF.type: "kind",
    SKOS.prefLabel: "name",
    SKOS.altLabel: "other names",
    SKOS.hiddenLabel: "spellings that are understood",
    SKOS.notation: "code",
    SKOS.definition: "definition",
    SKOS.scopeNote: "note on use",
    SKOS.note: "note",
    SKOS.example: "example",
    SKOS.broader: "part of",
    SKOS.narrower: "parts",
    SKOS.related: "related to",
    SKOS.exactMatch: "the same elsewhere",
    SKOS.closeMatch: "much the same elsewhere",
    SKOS.broadMatch: "wider elsewhere",
    SKOS.inScheme: "in the list",
    SKOS.topConceptOf: "on top of the list",
    SKOS.hasTopConcept: "topmost",
    SKOS.Concept: "concept",
    SKOS.ConceptScheme: "list of concepts",
    RDFS.label: "label",
    RDFS.comment: "comment",
    RDFS.seeAlso: "see also",
    DCTERMS.title: "title",
    DCTERMS.identifier: "identifier",
    DCTERMS.description: "description",
    DCTERMS.source: "source",
    DCTERMS.isReplacedBy: "replaced by",
    ELI.id_local: "number",
    ELI.date_document: "date",
    ELI.type_document: "type of act",
    ELI.passed_by: "adopted by",
    ELI.jurisdiction: "country of the act",
    ORG.Organization: "organisation",
    ORG.subOrganizationOf: "part of",
    SDGO.Goal: "SDG goal",
    SDGO.Target: "SDG target",
    SDGO.Indicator: "SDG indicator",
    SDGO.hasTarget: "targets",
    SDGO.hasIndicator: "indicators",
    SDGO.isTargetOf: "goal",
    SDGO.isIndicatorOf: "target",
}
_NAMES = {term.value: words for term, words in _WORDS.items()}

#: For each label its place in the order of preference, its text and its language.
_Found = dict[str, tuple[tuple[int, int, str], str, str]]


def rows_of(sparql: str, bindings: Mapping[str, Term] | None = None) -> list[dict[str, JsonTerm]]:
    """Run a query of ours and return its rows as SPARQL JSON has them."""
    # Pages are labelled, and cached, as being of the newest revision: so must their rows be.
    newest = graph().store.revision()
    wanted = QueryRequest(sparql=sparql, bindings=bindings or {}, min_revision=newest)
    return terms_of(graph().answer, wanted)


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
        """Return the label of a resource; without one, what we call it, or its short name."""
        if iri in self._found:
            return self._found[iri][0]
        return say(_NAMES[iri]) if iri in _NAMES else short_name(iri)

    def with_others(self, others: Labels) -> Labels:
        """Return these labels and those of others."""
        return Labels({**others._found, **self._found})

    def language(self, iri: str) -> str:
        """Return the language of the label, "" when it has none."""
        return self._found[iri][1] if iri in self._found else ""


def labels_in_graph(name: Term, language: str) -> Labels:
    """Return labels of everything a named graph speaks of, in a language where there are any."""
    return _ask((LABELS_IN_GRAPH,), {"graph": name}, language)


def labels_around(resource: Term, language: str) -> Labels:
    """Return labels of a resource's values and properties."""
    return _ask((LABELS_OF_VALUES, LABELS_OF_PROPERTIES), {"this": resource}, language)


def labels_of(resources: Iterable[NamedNode], language: str) -> Labels:
    """Return labels of these resources, in a language where there are any."""
    names = [str(resource) for resource in resources]
    parts = (names[at : at + _AT_ONCE] for at in range(0, len(names), _AT_ONCE))
    texts = (LABELS_OF.format(resources=" ".join(part), label=_LABEL) for part in parts)
    return _ask(texts, {}, language)


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
