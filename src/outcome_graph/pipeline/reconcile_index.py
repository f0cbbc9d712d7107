"""What can be reconciled against: countries, organisations, projects, SDG goals and so on.

The things of the store with their names, codes and properties, read by one query per type and kept
in memory for one revision of the store.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from outcome_graph.namespaces import OG, ORG, PREFIXES, SDGO
from outcome_graph.rdf import NamedNode
from outcome_graph.store import Answer, QueryRequest
from outcome_graph.vocabulary.names import fold, name_keys

__all__ = ["MAX_ROWS", "PROPERTIES", "TYPES", "Property", "Thing", "ThingIndex", "ThingType"]

#: Statements read of one type; what lies beyond cannot be found (some 100,000 projects).
MAX_ROWS = 1_500_000
#: Properties that name a thing, and those whose values are codes.
_NAMING = frozenset(("skos:prefLabel", "skos:altLabel", "dcterms:title", "og:shortLabel"))
_CODING = frozenset(("skos:notation", "dcterms:identifier", "og:iso2", "og:m49"))
#: What a thing is called, best first.
_CALLING = ("skos:prefLabel", "og:shortLabel", "dcterms:title")
_SDG_COMPACT = SDGO.SDGCodeCompact.value

_STATEMENTS = """
SELECT DISTINCT ?thing ?property ?value {
  ?thing a ?type ; ?property ?value .
  FILTER (?property IN (
    skos:prefLabel, skos:altLabel, skos:notation, skos:exactMatch, skos:broader,
    dcterms:title, dcterms:identifier, og:shortLabel, og:iso2, og:m49, og:donorCode, og:country,
    og:countryGroup, og:iloRegion, og:constituentType, og:funder, og:startDate, og:endDate,
    sdgo:hasTarget, sdgo:isTargetOf, sdgo:hasIndicator, sdgo:isIndicatorOf))
}
"""
#: Names of what values point at and is no thing of ours: regions, kinds of organisations.
_LABELS = """
SELECT DISTINCT ?value ?label {
  ?value skos:prefLabel ?label FILTER (lang(?label) = "en")
  FILTER EXISTS {
    ?thing ?property ?value
    FILTER (?property IN (og:countryGroup, og:iloRegion, og:constituentType, skos:broader))
  }
}
"""


@dataclass(frozen=True, slots=True)
class Property:
    """A property that queries may give and that can be fetched.

    Parameters:
        id: prefixed name: "og:country".
        name: for people.
        points_at: id of the type of its values, where they are things of ours.
    """

    id: str
    name: str
    points_at: str | None = None


@dataclass(frozen=True, slots=True)
class ThingType:
    """A type of things: prefixed name, IRI, name for people, ids of its properties."""

    id: str
    iri: NamedNode
    name: str
    properties: tuple[str, ...]


PROPERTIES = {
    p.id: p
    for p in (
        Property("skos:prefLabel", "preferred name"),
        Property("skos:altLabel", "other name"),
        Property("skos:notation", "code"),
        Property("skos:exactMatch", "same thing elsewhere"),
        Property("skos:broader", "part of"),
        Property("dcterms:title", "title"),
        Property("dcterms:identifier", "identifier"),
        Property("og:shortLabel", "short name"),
        Property("og:iso2", "ISO 3166-1 alpha-2 code"),
        Property("og:m49", "M49 code"),
        Property("og:donorCode", "DAC donor code"),
        Property("og:country", "country", "og:Country"),
        Property("og:countryGroup", "group of countries"),
        Property("og:iloRegion", "ILO region"),
        Property("og:constituentType", "kind of organisation"),
        Property("og:funder", "funder", "org:Organization"),
        Property("og:startDate", "start"),
        Property("og:endDate", "end"),
        Property("sdgo:hasTarget", "target", "sdgo:Target"),
        Property("sdgo:isTargetOf", "goal", "sdgo:Goal"),
        Property("sdgo:hasIndicator", "indicator", "sdgo:Indicator"),
        Property("sdgo:isIndicatorOf", "target", "sdgo:Target"),
    )
}
_NAMES = ("skos:prefLabel", "skos:altLabel", "skos:notation", "skos:exactMatch")
_SDG_NAMES = ("og:shortLabel", "skos:prefLabel", "skos:notation")
TYPES = {
    t.id: t
    for t in (
        ThingType(
            "og:Country",
            OG.Country,
            "Country",
            (
                *_NAMES,
                "og:iso2",
                "og:m49",
                "og:donorCode",
                "skos:broader",
                "og:iloRegion",
                "og:countryGroup",
            ),
        ),
        ThingType(
            "org:Organization",
            ORG.Organization,
            "Organisation",
            (
                *_NAMES,
                "dcterms:identifier",
                "og:donorCode",
                "og:country",
                "og:constituentType",
            ),
        ),
        ThingType(
            "og:Project",
            OG.Project,
            "Project",
            (
                "dcterms:title",
                "dcterms:identifier",
                "og:country",
                "og:funder",
                "og:startDate",
                "og:endDate",
            ),
        ),
        ThingType("sdgo:Goal", SDGO.Goal, "SDG goal", (*_SDG_NAMES, "sdgo:hasTarget")),
        ThingType(
            "sdgo:Target",
            SDGO.Target,
            "SDG target",
            (*_SDG_NAMES, "sdgo:isTargetOf", "sdgo:hasIndicator"),
        ),
        ThingType(
            "sdgo:Indicator",
            SDGO.Indicator,
            "SDG indicator",
            (*_SDG_NAMES, "sdgo:isIndicatorOf"),
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a property: an IRI, or a text with its language ("" for none)."""

    text: str
    is_iri: bool
    language: str = ""
    datatype: str = ""


@dataclass(slots=True)
class Thing:
    """A thing of the store: IRI, type, and the values of its properties by their ids."""

    iri: str
    type: ThingType
    values: dict[str, list[Value]] = field(default_factory=lambda: defaultdict(list))

    def name(self, language: str = "en") -> str:
        """Return what to call it: its best name in a language; goals and targets with the code."""
        values = [v for p in _CALLING for v in self.values.get(p, ())]
        best = min(values, key=lambda v: (v.language != language, v.language != "en"), default=None)
        code = self.code()
        if best is None:
            return code or self.iri
        return f"{code} {best.text}" if code and self.type.id.startswith("sdgo:") else best.text

    def code(self) -> str:
        """Return its code in the usual spelling, "" when it has none."""
        codes = [v for p in ("skos:notation", "dcterms:identifier") for v in self.values.get(p, ())]
        return min(codes, key=lambda v: v.datatype != _SDG_COMPACT).text if codes else ""

    def names(self) -> Iterator[str]:
        """Yield its names in all languages."""
        return (v.text for p in _NAMING for v in self.values.get(p, ()))

    def codes(self) -> Iterator[str]:
        """Yield its codes and identifiers."""
        return (v.text for p in _CODING for v in self.values.get(p, ()))


class ThingIndex:
    """The things of one revision of the store.

    Parameters:
        answer: answers queries of the store.
        revision: the revision to read, at least.

    Raises:
        StoreError: the store cannot be read.
    """

    def __init__(self, answer: Callable[[QueryRequest], Answer], revision: int) -> None:
        self.revision = revision
        self.things: dict[str, Thing] = {}
        #: Things by their folded names, by their codes, and by the values of properties.
        self.by_name: dict[str, set[str]] = defaultdict(set)
        self.by_code: dict[str, set[str]] = defaultdict(set)
        self.by_value: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.labels: dict[str, str] = {}
        for kind in TYPES.values():
            self._read(answer, kind)
        for row in _rows(answer, QueryRequest(sparql=_LABELS, min_revision=revision)):
            self.labels[row["value"]["value"]] = row["label"]["value"]
        for thing in self.things.values():
            self._enter(thing)

    def _read(self, answer: Callable[[QueryRequest], Answer], kind: ThingType) -> None:
        request = QueryRequest(
            sparql=_STATEMENTS,
            bindings={"type": kind.iri},
            min_revision=self.revision,
            max_rows=MAX_ROWS,
        )
        for row in _rows(answer, request):
            node, value = row["thing"], row["value"]
            pid = _shortened(row["property"]["value"])
            if node["type"] != "uri" or value["type"] not in ("uri", "literal"):
                continue
            if pid not in kind.properties:
                continue
            thing = self.things.setdefault(node["value"], Thing(node["value"], kind))
            thing.values[pid].append(
                Value(
                    value["value"],
                    value["type"] == "uri",
                    value.get("xml:lang", ""),
                    value.get("datatype", ""),
                )
            )

    def _enter(self, thing: Thing) -> None:
        for name in thing.names():
            for key in name_keys(name):
                self.by_name[key].add(thing.iri)
        for code in thing.codes():
            self.by_code[fold(code)].add(thing.iri)
        for pid, values in thing.values.items():
            for value in values:
                for key in self.value_keys(value):
                    self.by_value[pid, key].add(thing.iri)

    def value_keys(self, value: Value) -> Iterable[str]:
        """Return the folded texts that a value can be given as in a query."""
        if not value.is_iri:
            return (fold(value.text),)
        keys = {value.text}
        if label := self.labels.get(value.text):
            keys.add(fold(label))
        if thing := self.things.get(value.text):
            keys.update(key for name in thing.names() for key in name_keys(name))
            keys.update(fold(code) for code in thing.codes())
        return keys

    def label(self, iri: str, language: str = "en") -> str:
        """Return what to call what a value points at."""
        thing = self.things.get(iri)
        return thing.name(language) if thing else self.labels.get(iri, iri)


def _shortened(iri: str) -> str:
    for prefix in ("skos", "dcterms", "og", "sdgo"):
        if iri.startswith(PREFIXES[prefix]):
            return f"{prefix}:{iri[len(PREFIXES[prefix]) :]}"
    return iri


def _rows(
    answer: Callable[[QueryRequest], Answer], request: QueryRequest
) -> list[dict[str, dict[str, str]]]:
    with answer(request) as found:
        document = json.loads(b"".join(found.chunks()))
    rows: list[dict[str, dict[str, str]]] = document["results"]["bindings"]
    return rows
