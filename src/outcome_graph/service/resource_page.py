"""What the page of any other thing shows: its statements, and the outcomes it belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from outcome_graph.namespaces import DCTERMS, RDF, RDFS, SKOS
from outcome_graph.rdf import BlankNode, Literal, NamedNode, Triple
from outcome_graph.service.context import graph, href
from outcome_graph.service.labels import Labels, labels_around, rows_of, short_name

__all__ = ["OutcomeLink", "ResourcePage", "Value", "resource_page", "value_of"]

#: Outcomes that a page lists.
OUTCOMES_SHOWN = 500

_SHOWN = """
    ?outcome a og:Outcome ; dcterms:identifier ?id .
    OPTIONAL { ?outcome dcterms:title ?title }
    OPTIONAL { ?outcome og:achievedOn ?date }
  }
"""
_ORDER = f"""
}}
ORDER BY DESC(?date) ?id
LIMIT {OUTCOMES_SHOWN + 1}
"""

# Within GRAPH, so that joins stay inside a record: a part counts only in records that say it. Three
# queries, because in a UNION the bound thing would not be pushed into the parts.
#: The outcomes that a thing belongs to directly.
OUTCOMES_OF = f"""
SELECT DISTINCT ?id ?title ?date ?role WHERE {{
  GRAPH ?record {{
    ?outcome ?role ?this .
    {_SHOWN}{_ORDER}"""

#: The outcomes that it belongs to through their act, contribution or project.
OUTCOMES_THROUGH = f"""
SELECT DISTINCT ?id ?title ?date ?role WHERE {{
  GRAPH ?record {{
    ?part ?role ?this .
    ?outcome ?link ?part .
    FILTER(?link IN (og:contribution, og:legalAct, og:project))
    {_SHOWN}{_ORDER}"""

#: The outcomes of the countries and indicators below it.
OUTCOMES_BELOW = f"""
SELECT DISTINCT ?id ?title ?date ?role WHERE {{
  ?part ?role ?this .
  FILTER(?role IN (skos:broader, og:iloRegion, og:countryGroup))
  GRAPH ?record {{
    ?outcome ?link ?part .
    FILTER(?link IN (og:country, og:indicator))
    {_SHOWN}{_ORDER}"""

#: Properties whose values are shown first, in this order.
_FIRST = (RDF.type, SKOS.prefLabel, RDFS.label, DCTERMS.title, SKOS.notation, SKOS.definition)


@dataclass(frozen=True, slots=True)
class Value:
    """A value for people: text, with an address or a language where it has one."""

    text: str
    href: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class OutcomeLink:
    """An outcome in a list, and what the thing at hand is to it."""

    id: str
    href: str
    title: Value
    date: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResourcePage:
    """Everything the template shows."""

    iri: str
    path: str
    title: Value
    kind: str
    properties: Sequence[tuple[Value, Sequence[Value]]]
    outcomes: Sequence[OutcomeLink]
    more: bool


def value_of(term: object, labels: Labels) -> Value:
    """Return a term for people: things by their label, texts with their language."""
    if isinstance(term, NamedNode):
        return Value(labels.text(term.value), href(term.value), labels.language(term.value) or None)
    if isinstance(term, Literal):
        return Value(term.value, None, term.language)
    return Value(f"_:{term.value}" if isinstance(term, BlankNode) else str(term))


def resource_page(iri: NamedNode, triples: Iterable[Triple], language: str) -> ResourcePage:
    """Gather what the page of a thing shows.

    Parameters:
        iri: the thing.
        triples: the statements about it.
        language: of labels.
    """
    labels = labels_around(iri, language)
    grouped: dict[NamedNode, list[Value]] = defaultdict(list)
    for triple in triples:
        value = value_of(triple.object, labels)
        if value not in grouped[triple.predicate]:
            grouped[triple.predicate].append(value)
    names = sorted(grouped, key=lambda p: (_rank(p), labels.text(p.value)))
    label = graph().label(iri.value, language)
    spoken = next(
        (v.language for p in names for v in grouped[p] if v.text == label and v.language), None
    )
    outcomes = _outcomes(iri)
    return ResourcePage(
        iri=iri.value,
        path=href(iri.value) or "",
        title=Value(label, None, spoken),
        kind=_kind(grouped.get(RDF.type, ())),
        properties=[
            (
                Value(labels.text(p.value), href(p.value), labels.language(p.value) or None),
                sorted(grouped[p], key=lambda v: (v.language or "", v.text)),
            )
            for p in names
        ],
        outcomes=outcomes[:OUTCOMES_SHOWN],
        more=len(outcomes) > OUTCOMES_SHOWN,
    )


def _kind(types: Sequence[Value]) -> str:
    """Return what a thing is, in words where we have any."""
    spoken = [value.text for value in types if value.language]
    return ", ".join(sorted(spoken or (value.text for value in types)))


def _rank(predicate: NamedNode) -> int:
    return _FIRST.index(predicate) if predicate in _FIRST else len(_FIRST)


def _outcomes(iri: NamedNode) -> list[OutcomeLink]:
    queries = (OUTCOMES_OF, OUTCOMES_THROUGH, OUTCOMES_BELOW)
    rows = [row for sparql in queries for row in rows_of(sparql, {"this": iri})]
    found: dict[str, OutcomeLink] = {}
    for row in rows:
        key = row["id"]["value"]
        title = row.get("title", {})
        role = short_name(row["role"]["value"]).partition(":")[2]
        roles = found[key].roles if key in found else ()
        found[key] = OutcomeLink(
            id=key,
            href=href(graph().minter.record(key).value) or "",
            title=Value(title.get("value", key), None, title.get("xml:lang")),
            date=row.get("date", {}).get("value", ""),
            roles=tuple(dict.fromkeys((*roles, role))),
        )
    outcomes = sorted(found.values(), key=lambda outcome: outcome.id)
    return sorted(outcomes, key=lambda outcome: outcome.date, reverse=True)
