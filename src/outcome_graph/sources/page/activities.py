"""Activities in the prose of a contribution: title, dates, place and participants of each.

Enumerated ones, "(i) … (ii) …", "1) …", bullets on lines of their own; where there are none,
sentences that tell of an event on a date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from outcome_graph.sources.page.activity_words import (
    ADVERBIAL,
    AND_THERE,
    BULLET_LINE,
    DATE_LEAD,
    HELD,
    IN_MONTH,
    INDEFINITE,
    IS_EVENT,
    IS_WORK,
    LAST_OF_LIST,
    MARKS,
    NEXT_EVENT,
    OPEN_END,
    ORGANISED,
    PARTICIPANTS,
    PLACE,
    RELATIVE,
    ROMAN,
    SUBJECT,
    TRAILING,
    TRAINED,
    UNFINISHED,
    VISIT,
)
from outcome_graph.sources.page.dates import FoundDate, find_dates
from outcome_graph.sources.page.event_standing import (
    Count,
    count_people,
    is_several,
    opens,
    stands_together,
    took_place,
)
from outcome_graph.sources.page.evidence import CLEAR, LIKELY, LOOSE, is_unreal
from outcome_graph.sources.page.prose import ARTICLE, capitalised, sentences
from outcome_graph.sources.text import SourceText, Span

__all__ = ["FoundActivity", "find_activities"]


@dataclass(frozen=True, slots=True)
class FoundActivity:
    """An activity: the words it was read from and what they say.

    Parameters:
        span: the words. title: what it was. date: when, if told. place: where.
        participants: how many. confidence: 0 to 1.
    """

    span: Span
    title: str
    date: FoundDate | None
    place: str | None
    participants: int | None
    confidence: float


def find_activities(source: SourceText, span: Span) -> list[FoundActivity]:
    """Find the activities in a section, in the order they are told.

    Parameters:
        source: the text. span: the section.
    """
    items = _enumerated(source, span) or _bullets(source, span)
    planned = bool(items) and _leads_to_plans(source, Span(span.start, items[0].start))
    found = [a for item in items for a in _listed(source, item, planned=planned)]
    listed = Span(items[0].start, items[-1].end) if found else Span(span.end, span.end)
    for sentence in sentences(source, span):
        if sentence.end <= listed.start or sentence.start >= listed.end:
            found += _several(source, sentence)
    return sorted(found, key=lambda activity: activity.span)


# --- where activities stand ----------------------------------------------------------------------


def _enumerated(source: SourceText, span: Span) -> list[Span]:
    for pattern in MARKS:
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
    if number > len(ROMAN):
        return False
    return mark.lower() in (ROMAN[number - 1], str(number), "abcdefghijkl"[number - 1])


def _item_end(source: SourceText, start: int, end: int) -> int:
    first = next(sentences(source, Span(start, end)), None)
    return first.end if first else end


def _bullets(source: SourceText, span: Span) -> list[Span]:
    items = []
    for line in source.lines(span):
        bullet = BULLET_LINE.match(source.match, *line)
        if bullet and bullet.end() < line.end:
            items.append(Span(bullet.end(), line.end))
    return items if _are_work(source, items) else []


def _are_work(source: SourceText, items: list[Span]) -> bool:
    """Whether a list tells of work done, and is not a list of subjects."""
    work = sum(
        bool(IS_WORK.search(source.match, *item) or find_dates(source.match, item))
        for item in items
    )
    return bool(items) and 2 * work >= len(items)


def _leads_to_plans(source: SourceText, before: Span) -> bool:
    """Whether what leads to a list says that what it lists is to come."""
    return any(is_unreal(source, *lead) for lead in list(sentences(source, before))[-1:])


def _listed(source: SourceText, item: Span, *, planned: bool) -> list[FoundActivity]:
    """Read what an item of a list tells; its words, or the list's, may say it is to come."""
    ends = [m.end() for m in PARTICIPANTS.finditer(source.match, *item)]
    begun = _read(source, Span(item.start, ends[0])) if len(ends) > 1 else None
    found = _here_and_there(source, begun, ends) if begun else []
    if len(found) < 2:
        alone = _read(source, item)
        found = [alone] if alone else []
    if planned or is_unreal(source, *item):
        return [replace(activity, confidence=LOOSE) for activity in found]
    return found


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
    ends = [m.end() for m in PARTICIPANTS.finditer(source.match, *sentence)]
    alone = _told(source, sentence, led=led)
    first = None
    if len(ends) > 1:
        first = _told(source, Span(sentence.start, ends[0]), led=led, several=True)
    found = _here_and_there(source, first, ends) if first else []
    return found if len(found) > 1 else [alone] if alone else []


def _here_and_there(
    source: SourceText, first: FoundActivity, ends: list[int]
) -> list[FoundActivity]:
    """Read what was held in several places: "… in A (3 May, 40 participants) and B (5 June, …)".

    Parameters:
        source: the text. first: what was read up to the first count. ends: where each count ends.
    """
    found = [first]
    for start, end in pairwise(ends):
        there = AND_THERE.match(source.match, start, end)
        again = _read(source, Span(there.start("place"), end)) if there else None
        if there is None or again is None or again.date is None or again.participants is None:
            break
        place = source.value(Span(*there.span("place")))
        sure = min(first.confidence, again.confidence)
        found.append(replace(again, title=first.title, place=place, confidence=sure))
    return found


def _events(source: SourceText, sentence: Span) -> list[Span]:
    """Part a sentence before each further event that has a date of its own."""
    dates = [d.span for d in find_dates(source.match, sentence) if d.first]
    at_semicolons = _by_semicolons(source, sentence, dates)
    if at_semicolons:
        return at_semicolons
    parts = [sentence]
    for before, after in pairwise(dates):
        joint = NEXT_EVENT.search(source.match, before.end, after.start)
        if joint and IS_EVENT.search(source.match, parts[-1].start, before.end):
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
    if len(told) < 2 or not all(IS_EVENT.search(source.match, *p) for p in told):
        return []
    return [source.trim(Span(p.start + (n > 0), p.end)) for n, p in enumerate(parts)]


def _told(
    source: SourceText, sentence: Span, *, led: bool, several: bool = False
) -> FoundActivity | None:
    """Read a sentence that tells of an event on a day, at a place or with participants."""
    event = TRAINED.search(source.match, *sentence) or IS_EVENT.search(source.match, *sentence)
    if sentence.end - sentence.start > 1000:
        return None
    if not event:
        return _without_a_word(source, sentence)
    starts, by_verb = _event_starts(source, sentence, event)
    led = led or by_verb
    activity = _read(source, Span(starts, sentence.end), Span(sentence.start, starts))
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


def _without_a_word(source: SourceText, sentence: Span) -> FoundActivity | None:
    """Read what has day, place and participants of an event, but no word for one."""
    activity = _read(source, sentence)
    if activity is None or not (activity.date and activity.date.first and activity.place):
        return None
    return replace(activity, confidence=LOOSE) if activity.participants else None


def _event_starts(source: SourceText, sentence: Span, event: re.Match[str]) -> tuple[int, bool]:
    """Return where the words for an event begin, and whether a verb of holding leads to it.

    They begin after "the ILO organised", after "With help of A,".
    """
    starts = sentence.start
    if TRAINED.fullmatch(event[0]):
        return event.end() - len(event[0].split()[-1]), True
    led = False
    for verb in ORGANISED.finditer(source.match, sentence.start, event.start()):
        starts, led = verb.end(), True
    listed = list(LAST_OF_LIST.finditer(source.match, starts, event.start()))
    if listed:
        return listed[-1].end(), led
    if ADVERBIAL.match(source.match, starts):
        comma = source.match.rfind(",", starts, event.start())
        place = PLACE.match(source.match, starts)
        if comma >= 0 and not (place and place.end() >= comma):
            starts = comma + 1
    return starts, led


# --- what is said of one -------------------------------------------------------------------------


def _read(source: SourceText, item: Span, lead: Span | None = None) -> FoundActivity | None:
    """Read one activity; ``lead`` is what stands before it, "In Arequipa the ILO organised"."""
    item = _stripped(source, item)
    dates = find_dates(source.match, item)
    before = find_dates(source.match, lead) if lead and not dates else []
    date = next((d for d in dates if d.reason != "has no year"), dates[0] if dates else None)
    date_before = next((d for d in before if d.first), None)
    counted = count_people(source, item, dates)
    place = _place(source, item, date, counted)
    visit = (
        place
        and VISIT.search(source.match, item.start, place[0].start)
        and not HELD.search(source.match[item.start : place[0].start])
    )
    details = [place[0].start] if place and not visit else []
    if date:
        details.append(_lead(source, item, date.span.start))
    if counted and not OPEN_END.search(source.match, item.start, counted.start):
        details.append(counted.start)
    title = _title(source, item, details, place and place[1], date)
    if not title:
        return None
    told = [counted.span] if counted else []
    told += [date.span] if date else []
    told += [place[1]] if place else []
    certain = stands_together(source, item, told, dates) and (place is None or place[2])
    certain = certain and (counted is None or counted.certain)
    if lead and not place:
        place = _place(source, lead, date_before, None)
        certain = certain and (place is None or opens(source, lead.start, place[1]))
    if lead and date_before:
        certain = certain and opens(source, lead.start, date_before.span)
    confidence = CLEAR if date else LIKELY
    return FoundActivity(
        item,
        title,
        date or date_before,
        source.value(place[1]) if place else None,
        counted.number if counted else None,
        confidence if certain else LOOSE,
    )


def _stripped(source: SourceText, item: Span) -> Span:
    words = source.match[item.start : item.end]
    while trailing := TRAILING.search(words):
        words = words[: trailing.start()]
    return Span(item.start, item.start + len(words))


def _lead(source: SourceText, item: Span, at: int) -> int:
    """Return where the words that lead to a date begin: "from", "held on", ", du"."""
    low = max(item.start, at - 60)
    lead = DATE_LEAD.search(source.match[low:at])
    return low + lead.start() if lead else at


def _place(
    source: SourceText, item: Span, date: FoundDate | None, counted: Count | None
) -> tuple[Span, Span, bool] | None:
    """Return the place with the words before it, and alone, and whether it is surely that.

    It is the last one next to other details.
    """
    best = None
    for m in PLACE.finditer(source.match, *item):
        words = Span(*m.span("place"))
        prep = m["prep"] and source.text[m.start("prep") : m.end("prep")].lower()
        if prep in ("a", "to") and not VISIT.search(source.match, item.start, m.start()):
            continue
        if SUBJECT.search(m["place"]) or not source.match[words.start].isupper():
            continue
        next_to_date = (
            date is not None
            and words.end <= date.span.start
            and (_lead(source, item, date.span.start) <= words.end)
        )
        after_date = date is not None and not source.match[date.span.end : m.start()].strip(" ,(")
        next_to_count = counted is not None and not source.match[words.end : counted.start].strip(
            " ,("
        )
        last = not source.match[words.end : item.end].strip(" .,;)")
        if not m["prep"] and not (
            next_to_date or (after_date and date and m.start() >= date.span.end)
        ):
            continue
        after = after_date and date is not None and m.start() >= date.span.end
        if next_to_date or after or next_to_count or last or m["prep"]:
            words, whole = _whole_place(source, item, words) if not m["prep"] else (words, True)
            best = (Span(min(m.start(), words.start), m.end()), words, whole)
            if next_to_date or after:
                break
    return best


_BEFORE_COMMA = re.compile(r"(?<![\w'-])[A-Z][\w'-]{1,30},\s$")


def _whole_place(source: SourceText, item: Span, place: Span) -> tuple[Span, bool]:
    """Take in what a country follows, "Chișinău, Moldova": a town, or somebody who was there."""
    before = _BEFORE_COMMA.search(source.match[item.start : place.start])
    if before is None:
        return place, True
    return Span(item.start + before.start(), place.end), False


def _title(
    source: SourceText, item: Span, details: list[int], place: Span | None, date: FoundDate | None
) -> str | None:
    start = item.start
    end = min(details, default=item.end)
    for told_first in (date.span if date else None, place):
        if told_first and source.match[start:end].strip(" ,(") == "":
            # "On 5 May 2021, a workshop in Hanoi": the title follows the date, or the place.
            start = max(start, told_first.end)
            later = [d for d in details if d > start]
            end = min(later, default=item.end)
    words = source.match[start:end]
    lead = len(words) - len(words.lstrip(" ,:;"))
    words, start = words[lead:], start + lead
    held = HELD.search(words)
    if held:
        words = words[: held.start()]
    relative = RELATIVE.search(words)
    if relative:
        words = words[: relative.start()]
    while trailing := TRAILING.search(words) or UNFINISHED.search(words):
        words = words[: trailing.start()]
    month = IN_MONTH.match(words)
    begin = month.end() if month else 0
    skip = INDEFINITE.match(words, begin)
    begin = skip.end() if skip else begin
    article = ARTICLE.match(words, begin)
    begin = article.end() if article else begin
    title = source.value(Span(start + begin, start + len(words)))
    return capitalised(title) if any(c.isalpha() for c in title) else None
