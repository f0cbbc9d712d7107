"""What the review page shows: links that await a person, in their sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from flask import request

from outcome_graph.draft import SourceFile
from outcome_graph.errors import OutcomeGraphError
from outcome_graph.pipeline.reviewing import Filters, PastDecision, Pending
from outcome_graph.service.context import graph
from outcome_graph.sources import seen_text

__all__ = ["PROPERTIES", "Card", "ReviewPage", "cards", "page_address"]

#: What the properties are called, in the order of the filter.
PROPERTIES = {
    "activity": "Activity",
    "funder": "Funder",
    "constituent": "Constituent",
    "contributor": "Contributor",
    "legalAct": "Legal act",
    "project": "Project",
    "sdgGoal": "SDG goal",
    "sdgTarget": "SDG target",
    "sdgIndicator": "SDG indicator",
    "country": "Country",
    "branch": "Branch",
}
#: Characters shown before and after the words.
_AROUND = 160


@dataclass(frozen=True, slots=True)
class Card:
    """A candidate with the words around it, and what was entered for it before an error."""

    item: Pending
    what: str
    before: str
    words: str
    after: str
    choice: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Everything the template shows."""

    cards: Sequence[Card]
    decided: Sequence[PastDecision]
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
    properties: dict[str, str] = field(default_factory=lambda: PROPERTIES)


def cards(items: Sequence[Pending], entered: dict[str, tuple[str, str]]) -> list[Card]:
    """Return candidates with the words around them.

    Parameters:
        entered: decision and correction that a form held, by id.
    """
    texts: dict[str, str] = {}
    made = []
    for item in items:
        before, words, after = _around(item, texts)
        choice, to = entered.get(item.id, ("", ""))
        what = PROPERTIES.get(item.property, item.property)
        made.append(Card(item, what, before, words, after, choice, to))
    return made


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
