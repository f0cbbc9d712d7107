"""What the review page shows: links that await a person, in their sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from flask import request

from outcome_graph.draft import SourceFile
from outcome_graph.errors import OutcomeGraphError
from outcome_graph.namespaces import SDG
from outcome_graph.pipeline.review_acts import KnownAct, acts_of
from outcome_graph.pipeline.reviewing import KINDS, Filters, PastDecision, Pending
from outcome_graph.rdf import NamedNode
from outcome_graph.service.apart import apart
from outcome_graph.service.context import graph, href
from outcome_graph.service.html_parts import Value
from outcome_graph.service.labels import Labels, labels_of
from outcome_graph.service.wording import language, say
from outcome_graph.sources import seen_text

__all__ = [
    "PROPERTIES",
    "Card",
    "ReviewPage",
    "acts_to_choose",
    "cards",
    "names_of",
    "page_address",
]

#: What the properties are called, in the order of the filter.
PROPERTIES = {name: words[0].upper() + words[1:] for name, words in KINDS.items()}
#: Characters shown before and after the words.
_AROUND = 160
#: Acts that a list offers to choose from.
_MOST_ACTS = 200


@dataclass(frozen=True, slots=True)
class Card:
    """A candidate with the words around it, and what was entered for it before an error.

    ``apart`` tells its record from others that are titled alike.
    """

    item: Pending
    label: Value
    place: Value | None
    what: str
    before: str
    words: str
    after: str
    choice: str = ""
    to: str = ""
    apart: Sequence[Value] = ()


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Everything the template shows; ``acts``: those of a country, to choose from, by its code."""

    cards: Sequence[Card]
    decided: Sequence[tuple[PastDecision, Value]]
    showing: str
    total: int
    first: int
    filters: Filters
    previous: str | None
    following: str | None
    done: int = 0
    problem: str | None = None
    problems: Sequence[str] = ()
    reason: str = ""
    acts: Mapping[str, Sequence[KnownAct]] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=lambda: PROPERTIES)


def cards(items: Sequence[Pending], entered: dict[str, tuple[str, str]]) -> list[Card]:
    """Return candidates with the words around them.

    Parameters:
        entered: decision and correction that a form held, by id.
    """
    texts: dict[str, str] = {}
    places = [graph().minter.country(item.place).value for item in items if item.place]
    # An event is asked for with its days and place, not by its title alone.
    things = (item.object for item in items if item.property != "activity")
    labels = _labels([*things, *places])
    parts = apart({item.record: item.title for item in items}, language())
    made = []
    for item in items:
        before, words, after = _around(item, texts)
        choice, to = entered.get(item.id, ("", ""))
        what = say(PROPERTIES.get(item.property, item.property))
        label = _named(item.object, item.label, labels)
        place = graph().minter.country(item.place).value if item.place else ""
        spoken = _named(place, item.place_name or item.place, labels) if item.place else None
        told = parts.get(item.record, ())
        made.append(Card(item, label, spoken, what, before, words, after, choice, to, told))
    return made


def acts_to_choose(items: Iterable[Pending]) -> dict[str, Sequence[KnownAct]]:
    """Return the known acts of the countries in which an act is proposed, the newest first."""
    countries = graph().knowledge.countries
    places = {item.place for item in items if item.property == "legalAct" and item.place}
    return {
        place: acts_of(graph().answer, graph().minter.country(place))[:_MOST_ACTS]
        for place in sorted(places)
        if countries.get(place) is not None
    }


def names_of(past: Sequence[PastDecision]) -> list[tuple[PastDecision, Value]]:
    """Return decisions, each with the name of what was proposed."""
    labels = _labels(item.decision.object.value for item in past if item.kind != "activity")
    return [(item, _named(item.decision.object.value, item.label, labels)) for item in past]


def _labels(iris: Iterable[str]) -> Labels:
    return labels_of(map(NamedNode, sorted({*iris})), language())


def _named(iri: str, otherwise: str, labels: Labels) -> Value:
    """Return a thing by its name in the page's language, else by the name that it goes by."""
    spoken = labels.language(iri)
    if spoken != language():
        return Value(otherwise, href(iri), spoken or None)
    code = iri.removeprefix(str(SDG)) if iri.startswith(str(SDG)) else ""
    return Value(f"{code} {labels.text(iri)}".strip(), href(iri), spoken)


def _around(item: Pending, texts: dict[str, str]) -> tuple[str, str, str]:
    if item.source is None or item.start is None or item.end is None:
        return "", item.words, ""
    if item.source not in texts:
        texts[item.source] = _text(item.source)
    text = texts[item.source]
    # Only where the words stand there indeed: places of other formats are not characters.
    if " ".join(text[item.start : item.end].split()) != " ".join(item.words.split()):
        return "", item.words, ""
    before = text[max(0, item.start - _AROUND) : item.start].rpartition("\n")[2]
    after = text[item.end : item.end + _AROUND].partition("\n")[0]
    cut = item.start > len(before) and text[item.start - len(before) - 1] != "\n"
    more = item.end + len(after) < len(text) and text[item.end + len(after)] != "\n"
    if cut:
        before = "… " + before.partition(" ")[2]
    if more:
        after = after.rpartition(" ")[0] + " …"
    return before, item.words, after


def _text(sha256: str) -> str:
    try:
        return seen_text(SourceFile("source", graph().store.source(sha256)))
    except OutcomeGraphError:
        return ""


def page_address(number: int) -> str:
    """Return the present address with another page."""
    left_out = ("page", "done")
    pairs = [(k, v) for k, v in request.args.items(multi=True) if k not in left_out and v]
    return f"{request.script_root}/review?" + urlencode([*pairs, ("page", str(number))])
