"""How many took part in an event: numbers in digits and in words, and the words for people.

A number beside a word that says they came ("40 participants", "attended by 40 judges") is of those
who took part; beside another word for people it may be, where its form says so ("(40 workers)").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from outcome_graph.sources.page.dates import FoundDate, find_dates
from outcome_graph.sources.page.words import people as lex
from outcome_graph.sources.text import SourceText, Span

__all__ = ["Count", "count_anybody", "count_ends", "count_only", "count_people", "number_of"]


@dataclass(frozen=True, slots=True)
class Count:
    """How many took part in an event.

    Parameters:
        number: how many. span: where the number stands. start: where its words begin.
        certain: whether the words say that these took part.
    """

    number: int
    span: Span
    start: int
    certain: bool


def number_of(words: str) -> int:
    """Return the number that digits or words tell: "1,200", "forty-two", "quatre-vingt-dix".

    Parameters:
        words: as `lex.NUMBER` finds them.
    """
    if digits := re.sub(r"\D", "", words):
        return int(digits)
    told = [lex.VALUES[word] for word in re.findall(r"[a-z]+", words.lower()) if word in lex.VALUES]
    total = 0
    for value in told:
        # "two hundred", "quatre-vingts"
        times = (value == 100 or (value == 20 and total == 4)) and total > 0
        total = total * value if times else total + value
    return total


def count_people(source: SourceText, item: Span, dates: list[FoundDate]) -> Count | None:
    """Read how many took part in an event, None where nobody is counted.

    Parameters:
        source: the text. item: what is said of the event. dates: in it; their days are no count.
    """
    counts = _outside(lex.PARTICIPANTS, source, item, dates)
    own = _of_them(counts)
    if own:
        counted = _counted(own[0], _are_participants(source, item, own))
        came = lex.WHO_CAME.match(source.match, own[0].start("n"), item.end)
        if came and not own[0]["lead"] and len(own) == 1:
            return replace(counted, start=item.end, certain=True)
        return counted
    for pattern in (lex.TRAINEES, lex.WHO_CAME, lex.LABELLED):
        told = next(iter(_outside(pattern, source, item, dates)), None)
        if told:
            # "training of 25 controllers", "17 clerks were trained": the words are the event's.
            starts = told.start() if pattern is lex.LABELLED else item.end
            return Count(number_of(told["n"]), Span(*told.span("n")), starts, certain=True)
    return _counted(counts[0], certain=False) if counts else None


def count_ends(source: SourceText, item: Span) -> list[int]:
    """Return where each number of people ends in what is said of one event or several.

    Parameters:
        source: the text. item: what is said.
    """
    dates = find_dates(source.match, item)
    return [m.end() for m in _of_them(_outside(lex.PARTICIPANTS, source, item, dates))]


def _of_them(counts: list[re.Match[str]]) -> list[re.Match[str]]:
    return [m for m in counts if not lex.NOT_OF_THEM.search(m["between"])]


def count_anybody(source: SourceText, item: Span, dates: list[FoundDate]) -> Count | None:
    """Read the only number of anything in what is said of an event: it may be of who took part."""
    counts = _outside(lex.ANYBODY, source, item, dates)
    return _counted(counts[0], certain=False) if len(counts) == 1 else None


def count_only(source: SourceText, item: Span, dates: list[FoundDate]) -> int | None:
    """Return the number of people in what is said of an event, None where there are several.

    Parameters:
        source: the text. item: what is said. dates: in it; their days are no count.
    """
    counts = _of_them(_outside(lex.PARTICIPANTS, source, item, dates))
    return number_of(counts[0]["n"]) if len(counts) == 1 else None


def _outside(
    pattern: re.Pattern[str], source: SourceText, item: Span, dates: list[FoundDate]
) -> list[re.Match[str]]:
    """What a pattern finds whose number is none of a date."""
    days = [date.span for date in dates]
    return [
        m
        for m in pattern.finditer(source.match, *item)
        if not any(day.start <= m.start("n") < day.end for day in days)
    ]


def _counted(found: re.Match[str], certain: bool) -> Count:
    return Count(number_of(found["n"]), Span(*found.span("n")), found.start(), certain)


def _are_participants(source: SourceText, item: Span, counts: list[re.Match[str]]) -> bool:
    """Whether the first of these numbers is of all who took part, and no other is."""
    counted, others = counts[0], counts[1:]
    rest = source.match[counted.end() : others[0].start("n")] if others else ""
    if others and not lex.OF_THEM.search(rest):
        return False
    number = number_of(counted["n"])
    if lex.TOOK_PART.match(source.match, counted.end(), item.end):
        return True
    if lex.SURELY.match(counted["word"]) or (
        counted["lead"] and lex.BROUGHT.match(counted["lead"])
    ):
        return True
    if counted["n"][0].isalpha() and number < lex.FEW:
        return False
    before = source.match[item.start : counted.start()]
    bracket = counted[0].startswith("(") or before.rfind("(") > before.rfind(")")
    # "for 600 workers": more than come to an event.
    many = number > lex.MOST_FOR and counted["lead"] in lex.FOR
    return bool(bracket or (counted["lead"] and not many) or lex.TRAINED.search(before))
