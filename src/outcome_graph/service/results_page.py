"""What ``/results`` shows: results that fit filters, page by page, and what can be filtered by."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from outcome_graph.namespaces import DCTERMS, OG, SDG
from outcome_graph.rdf import Literal, NamedNode, Term
from outcome_graph.service.context import graph, href
from outcome_graph.service.labels import labels_of, rows_of
from outcome_graph.service.record_page import format_period
from outcome_graph.service.resource_page import Value

__all__ = ["FILTERS", "PER_PAGE", "Choices", "Found", "Selection", "download", "facets", "found"]

PER_PAGE = 50
#: Choices that a filter offers: those with the most results. All countries fit in.
MOST_CHOICES = 300
#: Words of a search that count; every one must be found.
_MOST_WORDS = 8

#: What each filter asks of an outcome. The filter's name is its parameter and its variable.
FILTERS: dict[str, tuple[str, str]] = {
    "country": ("Country", "?outcome og:country ?country ."),
    "target": (
        "SDG goal or target",
        "?outcome og:sdgGoal|og:sdgTarget|og:sdgTarget/skos:broader ?target .",
    ),
    "funder": ("Funder", "?outcome og:funder ?funder ."),
    "biennium": ("Biennium", "?outcome og:biennium ?biennium ."),
}
#: Where words are looked for. One pass with one filter: anything cleverer is slower by far.
_SAID = """
  ?outcome dcterms:identifier ?saidId .
  OPTIONAL {{ ?outcome dcterms:title ?saidTitle }}
  OPTIONAL {{ ?outcome og:achievement ?saidText }}
  OPTIONAL {{ ?outcome og:country ?saidPlace }}
  BIND(LCASE(CONCAT(
    ?saidId, " ", COALESCE(STR(?saidTitle), ""), " ", COALESCE(STR(?saidText), "")
  )) AS ?said)
  FILTER({words})
"""
_WORD = "CONTAINS(?said, ?word{n})"
#: A word that names a country may be meant as that.
_PLACE = '(CONTAINS(?said, ?word{n}) || COALESCE(?saidPlace = ?place{n}, "false"^^xsd:boolean))'
COUNT = "SELECT (COUNT(DISTINCT ?outcome) AS ?count) WHERE {{ ?outcome a og:Outcome . {where} }}"
PAGE = """
SELECT ?outcome (MAX(STR(?day)) AS ?date) WHERE {{
  ?outcome a og:Outcome . {where}
  OPTIONAL {{
    ?outcome ?when ?day . FILTER(?when IN (og:achievedOn, og:achievedInYear, og:periodEnd))
  }}
}}
GROUP BY ?outcome ORDER BY DESC(?date) ?outcome LIMIT {limit} OFFSET {offset}
"""
FACET = """
SELECT ?{name} (COUNT(DISTINCT ?outcome) AS ?count) WHERE {{
  ?outcome a og:Outcome . {where}
}}
GROUP BY ?{name}
"""
#: The whole selection as a table, for spreadsheets and programs.
TABLE = """
SELECT ?id (SAMPLE(?name) AS ?title)
  (SAMPLE(?code) AS ?countryCode) (SAMPLE(?label) AS ?countryName)
  (MAX(STR(?day)) AS ?achieved) (SAMPLE(?period) AS ?bienniumCode)
  (GROUP_CONCAT(DISTINCT STR(?sdg); separator="; ") AS ?targets)
  (GROUP_CONCAT(DISTINCT STR(?payer); separator="; ") AS ?funders)
WHERE {{
  ?outcome a og:Outcome ; dcterms:identifier ?id . {where}
  OPTIONAL {{ ?outcome dcterms:title ?name }}
  OPTIONAL {{ ?outcome og:country/skos:notation ?code }}
  OPTIONAL {{ ?outcome og:country/skos:prefLabel ?label FILTER(LANG(?label) = "en") }}
  OPTIONAL {{
    ?outcome ?when ?day . FILTER(?when IN (og:achievedOn, og:achievedInYear, og:periodEnd))
  }}
  OPTIONAL {{ ?outcome og:biennium/skos:notation ?period }}
  OPTIONAL {{ ?outcome og:sdgTarget ?served . BIND(STRAFTER(STR(?served), "/sdg/") AS ?sdg) }}
  OPTIONAL {{ ?outcome og:funder/skos:prefLabel ?payer }}
}}
GROUP BY ?id ORDER BY DESC(?achieved) ?id
"""
_FACTS = (
    DCTERMS.title,
    DCTERMS.identifier,
    OG.country,
    OG.sdgTarget,
    OG.achievedOn,
    OG.achievedInYear,
    OG.periodStart,
    OG.periodEnd,
)


@dataclass(frozen=True, slots=True)
class Selection:
    """What is looked for.

    Parameters:
        words: that every result must have, as they were typed.
        values: code or slug by the name of the filter.
    """

    words: str
    values: Mapping[str, str]

    @property
    def where(self) -> str:
        """The conditions, with a variable for each value."""
        filters = "".join(FILTERS[name][1] for name in self.values)
        places = self._places()
        words = [
            (_PLACE if n in places else _WORD).format(n=n) for n, _ in enumerate(self._words())
        ]
        return filters + (_SAID.format(words=" && ".join(words)) if words else "")

    def without(self, name: str) -> Selection:
        """Return this without words and one filter: what that filter's choices are counted under.

        Each count would read all texts again, if words counted.
        """
        return Selection("", {n: value for n, value in self.values.items() if n != name})

    def bindings(self) -> dict[str, Term]:
        """Return the values and words as terms."""
        mint = graph().minter
        terms: dict[str, Callable[[str], Term]] = {
            "country": lambda code: mint.country(code.upper()),
            "target": mint.sdg,
            "funder": mint.organisation,
            "biennium": lambda code: mint.concept("biennium", code),
        }
        bound: dict[str, Term] = {name: terms[name](code) for name, code in self.values.items()}
        bound |= {f"word{n}": Literal(word) for n, word in enumerate(self._words())}
        return bound | {f"place{n}": mint.country(code) for n, code in self._places().items()}

    def _words(self) -> list[str]:
        """Return what every result must have: each word, or all as one if they name a country."""
        if graph().knowledge.countries.find(self.words):
            return [self.words.lower()]
        return self.words.lower().split()[:_MOST_WORDS]

    def _places(self) -> dict[int, str]:
        """Return the countries that words name, by the number of the word."""
        found = (graph().knowledge.countries.find(word) for word in self._words())
        return {number: country.alpha3 for number, country in enumerate(found) if country}

    def address(self, **more: str | int) -> str:
        """Return the query string of this selection."""
        pairs: dict[str, str | int] = {"words": self.words} if self.words else {}
        return "?" + urlencode({**pairs, **self.values, **more})


@dataclass(frozen=True, slots=True)
class Choices:
    """A filter for people: value, words and number of results of each choice."""

    name: str
    title: str
    options: Sequence[tuple[str, str, int]]


@dataclass(frozen=True, slots=True)
class Found:
    """A result in the list."""

    id: str
    href: str
    title: Value
    place: Value | None
    targets: Sequence[str]
    date: str


def download(selection: Selection) -> tuple[str, dict[str, Term]]:
    """Return the query for the whole selection as a table, and its bindings."""
    return TABLE.format(where=selection.where), selection.bindings()


def found(
    selection: Selection, language: str, *, page: int = 1, per_page: int = PER_PAGE
) -> tuple[int, list[Found]]:
    """Return how many results fit, and those of a page (from 1), newest first."""
    where, bindings = selection.where, selection.bindings()
    total = int(rows_of(COUNT.format(where=where), bindings)[0]["count"]["value"])
    text = PAGE.format(where=where, limit=per_page, offset=(page - 1) * per_page)
    outcomes = [
        NamedNode(row["outcome"]["value"]) for row in rows_of(text, bindings) if "outcome" in row
    ]
    return total, _described(outcomes, language)


def _described(outcomes: Sequence[NamedNode], language: str) -> list[Found]:
    if not outcomes:
        return []
    # A branch for each: joined with VALUES, the engine would read every outcome there is.
    wanted = ", ".join(str(fact) for fact in _FACTS)
    branches = (
        f"{{ {o} ?fact ?value . FILTER(?fact IN ({wanted})) BIND({o} AS ?outcome) }}"
        for o in outcomes
    )
    facts: dict[str, dict[str, list[dict[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows_of(f"SELECT ?outcome ?fact ?value WHERE {{ {' UNION '.join(branches)} }}"):
        facts[row["outcome"]["value"]][row["fact"]["value"]].append(row["value"])
    places = {v["value"] for known in facts.values() for v in known[OG.country.value]}
    labels = labels_of(map(NamedNode, sorted(places)), language)

    def place_of(values: list[dict[str, str]]) -> Value | None:
        if not values:
            return None
        iri = values[0]["value"]
        return Value(labels.text(iri), href(iri), labels.language(iri) or None)

    return [
        _found(facts[outcome.value], place_of(facts[outcome.value][OG.country.value]))
        for outcome in outcomes
    ]


def _found(known: Mapping[str, list[dict[str, str]]], place: Value | None) -> Found:
    def first(fact: NamedNode) -> str:
        return next((value["value"] for value in known[fact.value]), "")

    key = first(DCTERMS.identifier)
    title: dict[str, Any] = next(iter(known[DCTERMS.title.value]), {})
    targets = {v["value"].removeprefix(str(SDG)) for v in known[OG.sdgTarget.value]}
    start, end = _day(first(OG.periodStart)), _day(first(OG.periodEnd))
    day = _day(first(OG.achievedOn))
    return Found(
        id=key,
        href=href(graph().minter.record(key).value) or "",
        title=Value(title.get("value", key), None, title.get("xml:lang")),
        place=place,
        targets=sorted(targets, key=_in_order),
        date=format_period(day, day) or format_period(start, end) or first(OG.achievedInYear),
    )


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _in_order(code: str) -> tuple[Any, ...]:
    """Return what sorts 1.3 before 1.a, and both before 10.2."""
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in code.split("."))


def facets(selection: Selection, language: str) -> list[Choices]:
    """Return what can be filtered by, each choice counted under the other filters."""
    return [_choices(selection, name, language) for name in FILTERS]


def _choices(selection: Selection, name: str, language: str) -> Choices:
    title, pattern = FILTERS[name]
    others = selection.without(name)
    rows = rows_of(FACET.format(name=name, where=pattern + others.where), others.bindings())
    counted = [(int(row["count"]["value"]), row[name]["value"]) for row in rows if name in row]
    counts = {iri: count for count, iri in sorted(counted, reverse=True)[:MOST_CHOICES]}
    labels = labels_of(map(NamedNode, sorted(counts)), language)
    options = []
    for iri, count in counts.items():
        if name == "target":
            code = iri.removeprefix(str(SDG))
            options.append((code, f"{code} {labels.text(iri)}", count))
        else:
            options.append((graph().minter.parts(iri)[-1], labels.text(iri), count))
    chosen = selection.values.get(name)
    if chosen and chosen not in {code for code, _, _ in options}:
        options.append((chosen, chosen, 0))
    by_code = name in ("target", "biennium")
    options.sort(key=lambda o: _in_order(o[0]) if by_code else (o[1].casefold(),))
    return Choices(name, title, options)
