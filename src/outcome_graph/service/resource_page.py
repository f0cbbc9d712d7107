"""What the page of any other thing shows: its statements, and the outcomes it belongs to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import request

from outcome_graph.namespaces import DCTERMS, OG, RDF, RDFS, SDG, SKOS
from outcome_graph.rdf import BlankNode, Literal, NamedNode, Triple
from outcome_graph.service.apart import apart
from outcome_graph.service.context import graph, href
from outcome_graph.service.html_parts import Value
from outcome_graph.service.labels import Labels, labels_around, labels_of, rows_of

__all__ = ["OutcomeLink", "ResourcePage", "resource_page", "value_of"]

#: Codes of goals, targets and indicators, as their IRIs end.
_SDG_CODE = re.compile(r"\d+(\.\w+)?|C\w+")

#: Outcomes that a page lists.
OUTCOMES_SHOWN = 500

_SHOWN = """
  ?outcome a og:Outcome ; dcterms:identifier ?id .
  OPTIONAL { ?outcome dcterms:title ?title }
  OPTIONAL { ?outcome og:achievedOn ?day }
  OPTIONAL { ?outcome og:periodEnd ?end }
  BIND(COALESCE(?day, ?end) AS ?date)
"""
_ORDER = f"""
}}
ORDER BY DESC(?date) ?id
LIMIT {OUTCOMES_SHOWN + 1}
"""

# Three queries, because in a UNION the bound thing would not be pushed into the parts; nor would it
# into GRAPH, so what only a record's own graph tells is asked at the end (measured: 1.5 s and 0.1 s
# at 25,000 records).
#: The outcomes that a thing belongs to directly.
OUTCOMES_OF = f"""
SELECT DISTINCT ?id ?title ?date ?role WHERE {{
  ?outcome ?role ?this .
  {_SHOWN}{_ORDER}"""

#: The outcomes that it belongs to through their act, contribution or project; a part counts only in
#: records that say it.
OUTCOMES_THROUGH = f"""
SELECT DISTINCT ?id ?title ?date ?role WHERE {{
  ?part ?role ?this .
  ?outcome ?link ?part .
  FILTER(?link IN (og:contribution, og:legalAct, og:project))
  {_SHOWN}
  FILTER(EXISTS {{ GRAPH ?record {{ ?part ?role ?this . ?outcome ?link ?part }} }}){_ORDER}"""

#: The outcomes of the countries, indicators and targets below it.
OUTCOMES_BELOW = f"""
SELECT DISTINCT ?id ?title ?date ?role WHERE {{
  ?part ?role ?this .
  FILTER(?role IN (skos:broader, og:iloRegion, og:countryGroup))
  ?outcome ?link ?part .
  FILTER(?link IN (og:country, og:indicator, og:sdgTarget))
  {_SHOWN}{_ORDER}"""

#: Properties whose values are shown first, in this order.
_FIRST = (RDF.type, SKOS.prefLabel, RDFS.label, DCTERMS.title, SKOS.notation, SKOS.definition)


@dataclass(frozen=True, slots=True)
class OutcomeLink:
    """An outcome in a list, and what the thing at hand is to it.

    Parameters:
        id, href, title, date: of the outcome.
        roles: of the thing, in words.
        funded: whether the thing is a funder of it.
        apart: what tells it from others that are titled alike.
    """

    id: str
    href: str
    title: Value
    date: str
    roles: tuple[str, ...] = ()
    funded: bool = False
    apart: Sequence[Value] = ()


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
    filtered: str | None
    elsewhere: bool


def value_of(term: object, labels: Labels) -> Value:
    """Return a term for people: things by their label, texts with their language."""
    if isinstance(term, NamedNode):
        iri = term.value
        return Value(labels.text(iri), _address(iri), labels.language(iri) or None)
    if isinstance(term, Literal):
        return Value(term.value, None, term.language)
    return Value(f"_:{term.value}" if isinstance(term, BlankNode) else str(term))


def _address(iri: str) -> str | None:
    """Return where to go for a thing; goals and targets have pages here, which lead to the UN's."""
    if iri.startswith(str(SDG)) and _SDG_CODE.fullmatch(code := iri.removeprefix(str(SDG))):
        return f"{request.script_root}/sdg/{code}"
    return href(iri)


def resource_page(
    iri: NamedNode, path: str, triples: Iterable[Triple], language: str
) -> ResourcePage:
    """Gather what the page of a thing shows.

    Parameters:
        iri: the thing.
        path: where it is described.
        triples: the statements about it.
        language: of labels.
    """
    labels = labels_around(iri, language)
    grouped: dict[NamedNode, list[Value]] = defaultdict(list)
    for triple in triples:
        if triple.subject != iri:  # a thing that others name, and nothing is said of
            continue
        value = value_of(triple.object, labels)
        if value not in grouped[triple.predicate]:
            grouped[triple.predicate].append(value)
    names = sorted(grouped, key=lambda p: (_rank(p), labels.text(p.value)))
    label = graph().label(iri.value, language)
    spoken = next(
        (v.language for p in names for v in grouped[p] if v.text == label and v.language), None
    )
    outcomes = _outcomes(iri, language)
    # Titles of goals and targets do not tell their numbers.
    notation = iri.value.removeprefix(str(SDG)) if iri.value.startswith(str(SDG)) else ""
    return ResourcePage(
        iri=iri.value,
        path=path,
        title=Value(label, None, spoken),
        kind=_kind(grouped.get(RDF.type, ()), notation),
        properties=[
            (
                Value(labels.text(p.value), href(p.value), labels.language(p.value) or None),
                sorted(grouped[p], key=lambda v: (v.language or "", v.text)),
            )
            for p in names
        ],
        outcomes=_told_apart(outcomes[:OUTCOMES_SHOWN], iri, language),
        more=len(outcomes) > OUTCOMES_SHOWN,
        filtered=_filtered(iri, outcomes),
        elsewhere=bool(notation),
    )


def _told_apart(
    outcomes: Sequence[OutcomeLink], iri: NamedNode, language: str
) -> list[OutcomeLink]:
    parts = apart({o.id: o.title.text for o in outcomes}, language, but=iri)
    return [replace(o, apart=parts[o.id]) if o.id in parts else o for o in outcomes]


def _filtered(iri: NamedNode, outcomes: Sequence[OutcomeLink]) -> str | None:
    """Return the query string that lists the same results to search and to take along."""
    match graph().minter.parts(iri):
        case ("country", code):
            return "?" + urlencode({"country": code})
        case ("concept", "biennium", code):
            return "?" + urlencode({"biennium": code})
        case ("organisation", slug) if any(o.funded for o in outcomes):
            return "?" + urlencode({"funder": slug})
    if iri.value.startswith(str(SDG)) and outcomes:
        return "?" + urlencode({"target": iri.value.removeprefix(str(SDG))})
    return None


def _kind(types: Sequence[Value], notation: str) -> str:
    """Return what a thing is, in the most telling words, with its number where it has one."""
    spoken = [value.text for value in types if value.language]
    named = sorted(spoken or (value.text for value in types))
    special = [name for name in named if name != "concept"] or named
    return " ".join(filter(None, (", ".join(special), notation)))


def _rank(predicate: NamedNode) -> int:
    return _FIRST.index(predicate) if predicate in _FIRST else len(_FIRST)


def _spoken(title: Value, language: str) -> int:
    """Return how far a title is from what the reader speaks: 0 is nearest."""
    return {language: 0, "en": 1}.get(title.language or "", 2)


def _outcomes(iri: NamedNode, language: str) -> list[OutcomeLink]:
    queries = (OUTCOMES_OF, OUTCOMES_THROUGH, OUTCOMES_BELOW)
    rows = [row for sparql in queries for row in rows_of(sparql, {"this": iri})]
    named = labels_of({NamedNode(row["role"]["value"]) for row in rows}, language)
    found: dict[str, OutcomeLink] = {}
    for row in rows:
        key = row["id"]["value"]
        named_as = row.get("title", {})
        title = Value(named_as.get("value", key), None, named_as.get("xml:lang"))
        # A row for each language of its title.
        if key in found and _spoken(found[key].title, language) <= _spoken(title, language):
            title = found[key].title
        role = named.text(row["role"]["value"])
        roles = found[key].roles if key in found else ()
        found[key] = OutcomeLink(
            id=key,
            href=href(graph().minter.record(key).value) or "",
            title=title,
            date=row.get("date", {}).get("value", ""),
            roles=tuple(dict.fromkeys((*roles, role))),
            funded=row["role"]["value"] == OG.funder.value or (key in found and found[key].funded),
        )
    outcomes = sorted(found.values(), key=lambda outcome: outcome.id)
    return sorted(outcomes, key=lambda outcome: outcome.date, reverse=True)
