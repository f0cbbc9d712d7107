"""Events told by turn: "in A and B on 3 and 5 May, with 30 and 40 participants respectively"."""

from __future__ import annotations

import re
from dataclasses import replace

from outcome_graph.sources.page.dates import find_dates
from outcome_graph.sources.page.event_details import FoundActivity
from outcome_graph.sources.page.evidence import LOOSE
from outcome_graph.sources.page.people import number_of
from outcome_graph.sources.page.prose import capitalised
from outcome_graph.sources.page.words import events as lex
from outcome_graph.sources.page.words.people import COUNTED, NUMBER
from outcome_graph.sources.page.words.small import AND
from outcome_graph.sources.text import SourceText, Span

__all__ = ["find_by_turn"]

_BY_TURN = re.compile(r"\b(?:respectively|respectivement|respectivamente)\b", re.IGNORECASE)
_COUNTS = re.compile(
    rf"{NUMBER}(?:\s?,\s?{NUMBER}){{0,5}},?\s{AND}\s{NUMBER}\s(?:[a-z'-]+\s){{0,2}}(?:{COUNTED})\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(NUMBER, re.IGNORECASE)
_NEXT_PLACE = re.compile(rf"\)\s{AND}\s(?P<place>{lex.PLACE_WORDS})\s\(")
_JOINT = re.compile(rf"\s?,\s(?:{AND}\s)?|\s{AND}\s", re.IGNORECASE)


def find_by_turn(source: SourceText, sentence: Span) -> list[FoundActivity]:
    """Read the events whose days, places and numbers a sentence lists by turn; for review.

    Parameters:
        source: the text. sentence: one. Without as many days as numbers it tells none.
    """
    event = lex.IS_EVENT.search(source.match, *sentence)
    counts = _COUNTS.search(source.match, *sentence)
    if not (event and counts and _BY_TURN.search(source.match, *sentence)):
        return []
    days = [day for day in find_dates(source.match, sentence) if day.first]
    numbers = [number_of(n[0]) for n in _NUMBER.finditer(counts[0])]
    if len(days) == 1 and days[0].first != days[0].last:
        # "on 3 and 5 May", which elsewhere is from the one to the other
        days = [replace(days[0], last=days[0].first), replace(days[0], first=days[0].last)]
    if len(days) != len(numbers):
        return []
    places = _places(source, sentence)
    where = places if len(places) == len(days) else [None] * len(days)
    title = capitalised(source.value(Span(*event.span())))
    return [
        FoundActivity(sentence, title, day, place, number, LOOSE)
        for day, place, number in zip(days, where, numbers, strict=True)
    ]


def _places(source: SourceText, sentence: Span) -> list[str]:
    """The places of a sentence one by one: "in A and B", "in A (3 May) and B (5 May)"."""
    found: list[str] = []
    for place in lex.PLACE.finditer(source.match, *sentence):
        if place["prep"] and not lex.SUBJECT.search(place["place"]):
            found += _JOINT.split(source.value(Span(*place.span("place"))))
    beside = _NEXT_PLACE.finditer(source.match, *sentence)
    return [*found, *(source.value(Span(*place.span("place"))) for place in beside)]
