"""Activities in the prose of a contribution: title, dates, place and participants of each.

Enumerated ones, "(i) … (ii) …", "1) …", bullets on lines of their own; where there are none,
sentences that tell of an event on a date.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby, pairwise
from operator import itemgetter

from outcome_graph.sources.page.dates import find_dates, with_days
from outcome_graph.sources.page.event_details import FoundActivity, read_activity
from outcome_graph.sources.page.event_standing import is_several, took_place
from outcome_graph.sources.page.event_table import find_event_rows
from outcome_graph.sources.page.event_turns import find_by_turn
from outcome_graph.sources.page.evidence import CLEAR, LIKELY, LOOSE, is_elsewhere, is_unreal
from outcome_graph.sources.page.lines import without_bullet
from outcome_graph.sources.page.people import count_ends, count_people, number_of
from outcome_graph.sources.page.prose import capitalised, sentences
from outcome_graph.sources.page.words import events as lex
from outcome_graph.sources.page.words.money import FUNDED, PAID_BY
from outcome_graph.sources.page.words.small import AND
from outcome_graph.sources.text import SourceText, Span

__all__ = ["FoundActivity", "find_activities"]

#: A longer sentence is read as telling of no event, in characters.
_LONGEST = 1000
#: So many lines with a day each make a list: short ones, none of them a sentence or its part.
_FEWEST_LINES = 2
_ITEM = re.compile(r"(?=[A-Z\d])(?:(?!\w\w[.!?]\s+[A-Z])[^\n]){10,160}(?<![.!?:,-])")
_GOES_ON = re.compile(rf"\s(?:{AND}|of|the|in|on|at|to|de|du|des|la|le|les|en|el|los|a|au)$")


def find_activities(source: SourceText, span: Span) -> list[FoundActivity]:
    """Find the activities in a section, in the order they are told.

    Parameters:
        source: the text. span: the section.
    """
    rows = list(find_event_rows(source, span))
    if rows:
        around = (Span(span.start, rows[0].span.start), Span(rows[-1].span.end, span.end))
        return [*rows, *(a for part in around for a in find_activities(source, part))]
    items = _enumerated(source, span) or _bullets(source, span)
    planned = bool(items) and _leads_to_plans(source, Span(span.start, items[0].start))
    what = _led_by(source, Span(span.start, items[0].start)) if items else None
    found = [a for item in items for a in _listed(source, item, what, planned=planned)]
    listed = Span(items[0].start, items[-1].end) if found else Span(span.end, span.end)
    before: FoundActivity | None = None
    for sentence in sentences(source, span):
        if sentence.end <= listed.start or sentence.start >= listed.end:
            told = _told_in(source, sentence)
            if before and not told:
                found[-1:] = [_with_who_came(source, before, sentence)]
            found += told
            before = told[0] if len(told) == 1 else None
    return sorted(found, key=lambda activity: activity.span)


def _with_who_came(source: SourceText, event: FoundActivity, sentence: Span) -> FoundActivity:
    """Complete an event by the sentence after it: "Forty people attended."."""
    if event.participants is not None or find_dates(source.match, sentence):
        return event
    counted = (
        count_people(source, sentence, []) if lex.THEY_CAME.match(source.match, *sentence) else None
    )
    if counted is None or is_unreal(source, *sentence):
        return event
    sure = event.confidence if counted.certain else LOOSE
    return replace(event, participants=counted.number, confidence=sure)


# --- where activities stand ----------------------------------------------------------------------


def _enumerated(source: SourceText, span: Span) -> list[Span]:
    for pattern in lex.MARKS:
        marks: list[re.Match[str]] = []
        for mark in pattern.finditer(source.match, *span):
            if _ordinal(mark[1], len(marks) + 1):
                marks.append(mark)
        if len(marks) < 2:
            continue
        ends = [m.start() for m in marks[1:]] + [_item_end(source, marks[-1].end(), span.end)]
        items = [source.trim(Span(m.end(), e)) for m, e in zip(marks, ends, strict=True)]
        if _are_work(source, items):
            return items
    return []


def _ordinal(mark: str, number: int) -> bool:
    if number > len(lex.ROMAN):
        return False
    return mark.lower() in (lex.ROMAN[number - 1], str(number), "abcdefghijkl"[number - 1])


def _item_end(source: SourceText, start: int, end: int) -> int:
    first = next(sentences(source, Span(start, end)), None)
    return first.end if first else end


def _bullets(source: SourceText, span: Span) -> list[Span]:
    items = []
    for line in source.lines(span):
        item = without_bullet(source, line)
        if line.start < item.start < line.end:
            items.append(item)
    items = items or _lines_of_days(source, span)
    return items if _are_work(source, items) else []


def _lines_of_days(source: SourceText, span: Span) -> list[Span]:
    """Return the lines that tell an event with its day each, as a list without signs does."""
    lines = list(source.lines(span))
    listed = [
        _ITEM.fullmatch(source.match, *line) is not None
        and not _GOES_ON.search(source.match, *line)
        and len(find_dates(source.match, line)) == 1
        for line in lines
    ]
    runs = groupby(zip(listed, lines, strict=True), itemgetter(0))
    longest = max((list(run) for told, run in runs if told), key=len, default=[])
    return [line for _, line in longest] if len(longest) >= _FEWEST_LINES else []


def _are_work(source: SourceText, items: list[Span]) -> bool:
    """Whether a list tells of work done, and is not a list of subjects."""
    work = sum(
        bool(lex.IS_WORK.search(source.match, *item) or find_dates(source.match, item))
        for item in items
    )
    return bool(items) and 2 * work >= len(items)


def _is_of_money(source: SourceText, activity: FoundActivity) -> bool:
    """Whether an item tells who paid, and of no event."""
    if any((activity.date, activity.place, activity.participants)):
        return False
    return any(paid.search(source.match, *activity.span) for paid in (FUNDED, PAID_BY))


def _leads_to_plans(source: SourceText, before: Span) -> bool:
    """Whether what leads to a list says that what it lists is to come."""
    return any(is_unreal(source, *lead) for lead in list(sentences(source, before))[-1:])


def _led_by(source: SourceText, before: Span) -> str | None:
    """What a list is of, by the line that leads to it: "Cinq rencontres ont été organisées :"."""
    lead = [s for s in sentences(source, before) if any(map(str.isalpha, source.value(s)))][-1:]
    event = lex.IS_EVENT.search(source.match, *lead[0]) if lead else None
    return capitalised(source.value(Span(*event.span()))) if event else None


def _listed(
    source: SourceText, item: Span, what: str | None, *, planned: bool
) -> list[FoundActivity]:
    """Read what an item of a list tells; its words, or the list's, may say it is to come."""
    ends = count_ends(source, item)
    begun = read_activity(source, Span(item.start, ends[0])) if ends else None
    found = _here_and_there(source, begun, Span(ends[0], item.end)) if begun else []
    if len(found) < 2:
        alone = _place_first(source, item) or _place_only(source, item, what)
        alone = alone or read_activity(source, item)
        found = [alone] if alone else []
    found = [a for a in found if not _is_of_money(source, a)]
    if planned or is_unreal(source, *item) or is_elsewhere(source, *item):
        return [replace(activity, confidence=LOOSE) for activity in found]
    return found


def _place_first(source: SourceText, item: Span) -> FoundActivity | None:
    """Read "Sarajevo, 25-26 February 2021: expert group (21 participants)", or the day first."""
    date = next((d for d in find_dates(source.match, item) if d.first), None)
    colon = source.match.find(":", date.span.end, item.end) if date else -1
    if date is None or colon < 0:
        return None
    before, after = Span(item.start, date.span.start), Span(date.span.end, colon)
    beside = before if before.start < before.end else after
    where = lex.PLACE_THEN.fullmatch(source.match, *source.trim(beside)) if beside else None
    apart = beside is after or after.start == after.end
    what = read_activity(source, source.trim(Span(colon + 1, item.end)))
    if not (where and what and apart) or what.date or what.place:
        return None
    place = Span(*where.span("place"))
    return replace(
        what,
        span=item,
        date=date,
        place=source.value(place) if where["place"] else None,
        confidence=CLEAR if what.confidence > LOOSE else LOOSE,
    )


def _told_in(source: SourceText, sentence: Span) -> list[FoundActivity]:
    """Read the events of a sentence; what it says to be no part of the result is not certain."""
    found = find_by_turn(source, sentence) or _several(source, sentence)
    if is_elsewhere(source, *sentence):
        return [replace(activity, confidence=LOOSE) for activity in found]
    return found


def _place_only(source: SourceText, item: Span, what: str | None) -> FoundActivity | None:
    """Read "Kara, 10 November 2020, 42 participants" in a list of meetings."""
    dates = find_dates(source.match, item)
    words = with_days(source, item, dates)
    there = lex.AND_THERE.match(words)
    if not (there and there["place1"] and dates[0].first):
        return None
    if words[there.end() :].strip(" .;)"):
        return None
    where = Span(*(item.start + n for n in there.span("place1")))
    number = number_of(there["n"])
    title, sure = (what, CLEAR) if what else (source.value(item), LOOSE)
    return FoundActivity(item, title, dates[0], source.value(where), number, sure)


def _several(source: SourceText, sentence: Span, *, led: bool = False) -> list[FoundActivity]:
    """Read a sentence that tells of an event, of several, or of one held here and there."""
    parts = _events(source, sentence)
    if len(parts) > 1:
        several: list[FoundActivity] = []
        for part in parts:
            # "… held a workshop on 3 May and a seminar on 5 June": the verb is of both.
            so = bool(several) and several[-1].confidence > LOOSE
            several += _several(source, part, led=so)
        return several
    ends = count_ends(source, sentence)
    if not _event_in(source, sentence):
        return _without_a_word(source, sentence, ends)
    alone = _told(source, sentence, led=led)
    first = None
    if ends:
        first = _told(source, Span(sentence.start, ends[0]), led=led, several=True)
    found = _here_and_there(source, first, Span(ends[0], sentence.end)) if first else []
    return found if len(found) > 1 else [alone] if alone else []


def _here_and_there(source: SourceText, first: FoundActivity, rest: Span) -> list[FoundActivity]:
    """Read what was held in several places: "… in A (3 May, 40 participants) and B (5 June, …)".

    Parameters:
        source: the text. first: what was read up to the first count. rest: what follows.
    """
    dates = find_dates(source.match, rest)
    days = {date.span.start: date for date in dates}
    words = with_days(source, rest, dates)
    found, at = [first], 0
    while there := lex.AND_THERE.match(words, at):
        day = there.start("day1") if there["day1"] else there.start("day2")
        date = days[rest.start + day]
        if not date.first:
            break
        at = there.end()
        name = "place1" if there["day1"] else "place2"
        where = Span(*(rest.start + n for n in there.span(name)))
        if not there[name] and first.place:
            break
        found.append(
            replace(
                first,
                span=Span(where.start if there["day1"] else date.span.start, rest.start + at),
                date=date,
                place=source.value(where) if there[name] else None,
                participants=number_of(there["n"]),
            )
        )
    return found


def _events(source: SourceText, sentence: Span) -> list[Span]:
    """Part a sentence before each further event that has a date of its own."""
    dates = [d.span for d in find_dates(source.match, sentence) if d.first]
    at_semicolons = _by_semicolons(source, sentence, dates)
    if at_semicolons:
        return at_semicolons
    parts = [sentence]
    for before, after in pairwise(dates):
        joint = lex.NEXT_EVENT.search(source.match, before.end, after.start)
        if joint and lex.IS_EVENT.search(source.match, parts[-1].start, before.end):
            parts[-1:] = [Span(parts[-1].start, joint.start()), Span(joint.end(), sentence.end)]
    return parts


def _by_semicolons(source: SourceText, sentence: Span, dates: list[Span]) -> list[Span]:
    """Part a sentence that lists events with days of their own: "… ; a seminar …; and a visit"."""
    cuts = [m.start() for m in re.finditer(r";\s", source.match[sentence.start : sentence.end])]
    edges = [sentence.start, *(sentence.start + cut for cut in cuts), sentence.end]
    parts = [Span(a, b) for a, b in pairwise(edges)]
    # A semicolon in brackets parts the details of one event.
    depth = 0
    for part in parts[:-1]:
        words = source.match[part.start : part.end]
        depth += words.count("(") - words.count(")")
        if depth:
            return []
    told = [p for p in parts if any(p.start <= d.start < p.end for d in dates)]
    if len(told) < 2 or not all(lex.IS_EVENT.search(source.match, *p) for p in told):
        return []
    return [source.trim(Span(p.start + (n > 0), p.end)) for n, p in enumerate(parts)]


def _event_in(source: SourceText, sentence: Span) -> re.Match[str] | None:
    """The words for an event in a sentence: of a training first, which they may be the verb of."""
    search = (source.match, *sentence)
    return lex.TRAINED.search(*search) or lex.IS_EVENT.search(*search)


def _told(
    source: SourceText, sentence: Span, *, led: bool, several: bool = False
) -> FoundActivity | None:
    """Read a sentence that tells of an event on a day, at a place or with participants."""
    event = _event_in(source, sentence)
    if sentence.end - sentence.start > _LONGEST:
        return None
    if not event:
        return None
    starts, by_verb = _event_starts(source, sentence, event)
    led = led or by_verb
    activity = read_activity(source, Span(starts, sentence.end), Span(sentence.start, starts))
    if activity is None:
        return None
    if activity.date is None or activity.date.reason == "has no year":
        # Without a day it takes both, a place and people who came, to be an event.
        if activity.place is None or activity.participants is None:
            return None
    elif activity.place is None and activity.participants is None:
        return None
    words = Span(starts, sentence.end)
    certain = took_place(source, sentence, words, led=led)
    certain = certain and (several or not is_several(source, words))
    return replace(activity, confidence=min(activity.confidence, LIKELY if certain else LOOSE))


def _without_a_word(source: SourceText, sentence: Span, ends: list[int]) -> list[FoundActivity]:
    """Read what has day, place and participants of events, but no word for one.

    Parameters:
        source: the text. sentence: the sentence. ends: where each number of people ends.
    """
    if sentence.end - sentence.start > _LONGEST:
        return []
    found: list[FoundActivity] = []
    edges = [sentence.start, *ends] if len(ends) > 1 else [*sentence]
    for start, end in pairwise(edges):
        activity = read_activity(
            source, source.trim(Span(start + (start in ends), end)), anybody=True
        )
        if activity and activity.date and activity.date.first and activity.place:
            again = found and lex.AND_ONLY.fullmatch(activity.title)
            title = found[-1].title if again else activity.title
            found.append(replace(activity, title=title, confidence=LOOSE))
    return [activity for activity in found if activity.participants]


def _event_starts(source: SourceText, sentence: Span, event: re.Match[str]) -> tuple[int, bool]:
    """Return where the words for an event begin, and whether a verb of holding leads to it.

    They begin after "the ILO organised", after "With help of A,".
    """
    starts = sentence.start
    passive = lex.WERE.search(source.match[sentence.start : event.start()])
    if lex.TRAINED.fullmatch(event[0]) and not passive:
        return event.end() - len(event[0].split()[-1]), True
    led = False
    for verb in lex.ORGANISED.finditer(source.match, sentence.start, event.start()):
        starts, led = verb.end(), True
    listed = list(lex.LAST_OF_LIST.finditer(source.match, starts, event.start()))
    if listed:
        return listed[-1].end(), led
    if lex.ADVERBIAL.match(source.match, starts):
        comma = source.match.rfind(",", starts, event.start())
        place = lex.PLACE.match(source.match, starts)
        if comma >= 0 and not (place and place.end() >= comma):
            starts = comma + 1
    return starts, led
