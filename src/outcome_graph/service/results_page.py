"""What ``/results`` shows: results that fit filters, page by page, and what can be filtered by."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from outcome_graph.namespaces import SDG, SKOS
from outcome_graph.pipeline.finding import Found, Wanted
from outcome_graph.pipeline.result_index import FILTERS, Entry, ResultIndex, searchable
from outcome_graph.rdf import Literal, NamedNode
from outcome_graph.service.apart import apart
from outcome_graph.service.context import graph, href, newest_results
from outcome_graph.service.html_parts import Value
from outcome_graph.service.labels import labels_of, short_name
from outcome_graph.service.wording import format_period, say

__all__ = [
    "PER_PAGE",
    "Choices",
    "Listed",
    "Selection",
    "facets",
    "is_country",
    "listed",
    "look_up",
]

PER_PAGE = 50
#: Choices that a filter offers: those with the most results. All countries fit in.
MOST_CHOICES = 300
#: Words of a search that count; every one must be found.
_MOST_WORDS = 8

#: What the filters are called.
TITLES = {
    "country": "Country or region",
    "target": "SDG goal or target",
    "funder": "Funder",
    "biennium": "Biennium",
}
assert tuple(TITLES) == FILTERS


@dataclass(frozen=True, slots=True)
class Selection:
    """What is looked for.

    Parameters:
        words: that every result must have, as they were typed.
        values: code or slug by the name of the filter.
        unknown: what was given for a country and is no country or region that is known, "" for
            none.
    """

    words: str
    values: Mapping[str, str]
    unknown: str = ""

    def wanted(self) -> Wanted:
        """Return what the index is asked for."""
        mint = graph().minter
        terms: dict[str, Callable[[str], NamedNode]] = {
            "country": _place,
            "target": mint.sdg,
            "funder": mint.organisation,
            "biennium": lambda code: mint.concept("biennium", code),
        }
        values = {name: terms[name](code).value for name, code in self.values.items()}
        return Wanted(tuple(map(searchable, self._words())), self._places(), values)

    def _words(self) -> list[str]:
        """Return what every result must have: each word, or all as one if they name a country."""
        if graph().knowledge.countries.find(self.words):
            return [self.words]
        return self.words.split()[:_MOST_WORDS]

    def _places(self) -> dict[str, str]:
        """Return the IRIs of the countries that words name, by the word."""
        words = self._words()
        found = {searchable(word): graph().knowledge.countries.find(word) for word in words}
        mint = graph().minter
        return {w: mint.country(c.alpha3).value for w, c in found.items() if c}

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
class Listed:
    """A result in the list; ``apart`` tells it from others that are titled alike."""

    id: str
    href: str
    title: Value
    apart: Sequence[Value]
    place: Value | None
    targets: Sequence[str]
    date: str


def _place(code: str) -> NamedNode:
    """Return the region of a country programme's prefix (RAF), or the country of a code."""
    mint, code = graph().minter, code.upper()
    return mint.region(code) if graph().knowledge.countries.is_region(code) else mint.country(code)


def is_country(iri: str) -> bool:
    """Tell whether it is a country's IRI, not a region's."""
    return graph().minter.parts(iri)[:1] == ("country",)


def look_up(selection: Selection) -> tuple[ResultIndex, Found]:
    """Return the results that fit, and the index that they are of."""
    index = newest_results().newest()
    return index, Found.of(index, selection.wanted())


def listed(index: ResultIndex, entries: Sequence[Entry], language: str) -> list[Listed]:
    """Return results for a list."""
    titles = {entry.id: _title(index, entry, language) for entry in entries}
    parts = apart({i: title.text for i, title in titles.items()}, language)
    return [_listed(index, e, titles[e.id], parts.get(e.id, ()), language) for e in entries]


def _title(index: ResultIndex, entry: Entry, language: str) -> Value:
    title = _spoken(index.titles(entry), language)
    return Value(title.value, None, title.language) if title else Value(entry.id)


def _listed(
    index: ResultIndex, entry: Entry, title: Value, parts: Sequence[Value], language: str
) -> Listed:
    day, year, start, end = entry.days
    on, first, last = _day(day), _day(start), _day(end)
    targets = {iri.removeprefix(str(SDG)) for iri in entry.sdg_targets}
    return Listed(
        id=entry.id,
        href=href(graph().minter.record(entry.id).value) or "",
        title=title,
        apart=parts,
        place=_named(index, entry.place, language) if entry.place else None,
        targets=sorted(targets, key=_in_order),
        date=format_period(on, on) or format_period(first, last) or year,
    )


def _spoken(texts: Sequence[Literal], language: str) -> Literal | None:
    """Return the text in a language, else the first, which is in English where one is."""
    return next((t for t in texts if t.language == language), next(iter(texts), None))


def _named(index: ResultIndex, iri: str, language: str) -> Value:
    name = _spoken(index.label(iri, SKOS.prefLabel), language)
    return Value(name.value if name else short_name(iri), href(iri), name and name.language)


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _in_order(code: str) -> tuple[Any, ...]:
    """Return what sorts 1.3 before 1.a, and both before 10.2."""
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in code.split("."))


def facets(selection: Selection, index: ResultIndex, found: Found, language: str) -> list[Choices]:
    """Return what can be filtered by, each choice counted under the words and other filters."""
    return [_choices(selection, name, index, found.counts[name], language) for name in FILTERS]


def _choices(
    selection: Selection, name: str, index: ResultIndex, counts: Mapping[str, int], language: str
) -> Choices:
    counted = sorted(((count, iri) for iri, count in counts.items()), reverse=True)
    shown = {iri: count for count, iri in counted[:MOST_CHOICES]}
    options = []
    if name == "target":
        labels = labels_of(map(NamedNode, sorted(shown)), language)
        for iri, count in shown.items():
            code = iri.removeprefix(str(SDG))
            options.append((code, f"{code} {labels.text(iri)}", count))
    else:
        for iri, count in shown.items():
            words = _named(index, iri, language).text
            options.append((graph().minter.parts(iri)[-1], words, count))
    chosen = selection.values.get(name)
    if chosen and chosen not in {code for code, _, _ in options}:
        options.append((chosen, chosen, 0))
    by_code = name in ("target", "biennium")
    options.sort(key=lambda o: _in_order(o[0]) if by_code else (o[1].casefold(),))
    return Choices(name, say(TITLES[name]), options)
