"""Days in the prose of a contribution that no activity has: what stands in the clause of each.

Events are told in more forms than there are rules for. A full day, or span of days, that is left
over is most likely one's. Its clause, between the days beside it, holds the place and how many
came; what it does not hold in one clear form is left out. All of it awaits review.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from outcome_graph.sources.page.dates import DAY, FoundDate, find_dates, with_days
from outcome_graph.sources.page.event_details import FoundActivity, shortened
from outcome_graph.sources.page.event_standing import is_other_day
from outcome_graph.sources.page.evidence import LOOSE, is_elsewhere, is_unreal
from outcome_graph.sources.page.people import count_only
from outcome_graph.sources.page.prose import sentences
from outcome_graph.sources.page.words import events as lex
from outcome_graph.sources.page.words.people import COUNTED, NUMBER
from outcome_graph.sources.page.words.small import AND
from outcome_graph.sources.text import SourceText, Span

__all__ = ["find_by_day"]

_ON = r"(?:(?:on|from|between|le|les|du|entre|del?|el|los)\s(?:el\s|le\s)?)?"
_IN_WORD = r"(?:in|at|a|au|aux|en)"
_IN = rf"{_IN_WORD}\s"
_LEAD = r"(?!(?:The|Le|Les|Du|El|Del|On|From|Between|Entre|A|Au|Aux|En|In|At)\b)"
_NAME = rf"(?-i:(?P<place>{_LEAD}{lex.PLACE_WORDS}))"
#: "Badulla on \0", "at Mwanza (\0": the place directly before its day.
_BEFORE = re.compile(
    rf"(?:^|[,:(]\s?|\b(?:{AND}|to|{_IN_WORD})\s){_NAME}[\s,(]{{1,3}}{_ON}$", re.IGNORECASE
)
#: "\0 in Gode", "\0, à Sfax".
_AFTER = re.compile(rf"[\s,(]{{1,3}}{_IN}{_NAME}", re.IGNORECASE)
#: Elsewhere in the clause a place follows a word that says so.
_THERE = re.compile(rf"(?:\b(?:[Ii]n|[Aa]t|[Ee]n|[Aa]u)|(?-i:\bA))\s{_NAME}")
#: What belongs to the day before it: "(62 attended)", ", 55 persons", "with 40 participants".
_DETAILS = re.compile(
    rf"\s?\([^()]*\)|(?:,\s|\s)(?:(?:with|avec|con|for|pour|para)\s)?{NUMBER}\s(?:[a-z'-]+\s){{0,2}}?"
    rf"(?:{COUNTED})\b(?=\s?(?:[,;.:)]|{AND}\b))|\s{_IN}(?-i:{lex.PLACE_WORDS})",
    re.IGNORECASE,
)
_JOINT = re.compile(rf"[,;]\s(?:(?:{AND}|then|puis|luego)\b)?|\s{AND}\s", re.IGNORECASE)
_SEMICOLON = re.compile(r";\s")
#: The day of an act, not of an event.
_IN_FORCE = re.compile(r"\b(?:force|effect|vigueur|vigor)\b", re.IGNORECASE)
#: A colon parts what leads to a list from the first of it.
_LEADS = re.compile(r"^[^:]*:\s")


def find_by_day(
    source: SourceText, span: Span, told: Iterable[FoundActivity], others: Iterable[FoundDate]
) -> list[FoundActivity]:
    """Complete the activities of a section by the days that nothing took; they await review.

    Parameters:
        source: the text. span: the section. told: the activities that were read in it.
        others: the days in it that are of something else.
    """
    found = list(told)
    apart = Counter(activity.span for activity in found)
    not_mine = {at for date in others for at in range(*date.span)}
    taken: dict[int, set[int]] = {}
    for n, activity in enumerate(found):
        for at in range(*activity.date.span) if activity.date else ():
            taken.setdefault(at, set()).add(n)
    for sentence in sentences(source, span):
        if is_elsewhere(source, *sentence):
            continue
        clauses = list(_clauses(source, sentence))
        for date, clause in clauses:
            event = None if date.span.start in not_mine else _event(source, date, clause)
            if event is None:
                continue
            there = set().union(*(taken.get(at, ()) for at in range(*date.span)))
            if not there:
                found.append(event)
            elif len(clauses) > len(there) == 1:
                n = there.pop()
                # Several that were read from the same words were read by turn.
                if apart[found[n].span] == 1 and _runs_on(found[n], clause):
                    found[n] = event
    return found


def _runs_on(activity: FoundActivity, clause: Span) -> bool:
    """Whether what is offered of a day was read from words beyond its clause."""
    return activity.confidence <= LOOSE and activity.span.end > clause.end


def _clauses(source: SourceText, sentence: Span) -> Iterator[tuple[FoundDate, Span]]:
    """Part a sentence between its days: each with the words that are of no other."""
    dates = [date for date in find_dates(source.match, sentence) if date.first]
    edges = [sentence.start]
    edges += [_edge(source, sentence, one.span, other.span) for one, other in pairwise(dates)]
    edges.append(sentence.end)
    for date, (start, end) in zip(dates, pairwise(edges), strict=False):
        for cut in _SEMICOLON.finditer(source.match, start, end):
            if cut.end() <= date.span.start:
                start = cut.end()
            else:
                end = cut.start()
                break
        yield date, source.trim(Span(start, end))


def _edge(source: SourceText, sentence: Span, one: Span, other: Span) -> int:
    """Where the clause of one day ends, before that of the other."""
    at = one.end
    for _ in range(3):
        details = _DETAILS.match(source.match, at, other.start)
        if details is None:
            break
        at = details.end()
    cut = _SEMICOLON.search(source.match, at, other.start) or _JOINT.search(
        source.match, at, other.start
    )
    return cut.end() if cut else other.start


def _event(source: SourceText, date: FoundDate, clause: Span) -> FoundActivity | None:
    """What a clause says of the event on its day, None where it says neither where nor how many."""
    lead = _LEADS.match(source.match, clause.start, date.span.start)
    other = is_other_day(source, clause, date) or _IN_FORCE.search(source.match, *clause)
    if other or is_unreal(source, *clause):
        return None
    place = _place(source, date, Span(lead.end() if lead else clause.start, clause.end))
    number = count_only(source, clause, [date])
    if place is None and number is None:
        return None
    where = source.value(place).rstrip(".") if place else None
    title = shortened(lex.TRAILING.sub("", source.value(clause)))
    return FoundActivity(clause, title, date, where, number, LOOSE)


def _place(source: SourceText, date: FoundDate, clause: Span) -> Span | None:
    """Where it was: beside the day, or the only place that the clause says to be one."""
    words = with_days(source, clause, [date])
    day, after = words.index(DAY), words.rindex(DAY) + 1
    beside = _BEFORE.search(words[:day]) or _AFTER.match(words, after)
    places = [beside] if beside else list(_THERE.finditer(words))
    named = [place for place in places if not lex.SUBJECT.search(place["place"])]
    if len(named) != 1:
        return None
    start, end = named[0].span("place")
    return Span(clause.start + start, clause.start + end)
