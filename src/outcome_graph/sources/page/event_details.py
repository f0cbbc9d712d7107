"""What is said of one event: title, dates, place, and how many took part."""

from __future__ import annotations

import re
from dataclasses import dataclass

from outcome_graph.sources.page.dates import FoundDate, find_dates
from outcome_graph.sources.page.event_standing import opens, stands_together
from outcome_graph.sources.page.evidence import CLEAR, LIKELY, LOOSE
from outcome_graph.sources.page.people import Count, count_anybody, count_people
from outcome_graph.sources.page.prose import capitalised
from outcome_graph.sources.page.words import events as lex
from outcome_graph.sources.page.words.small import ARTICLE
from outcome_graph.sources.text import SourceText, Span

__all__ = ["FoundActivity", "read_activity", "shortened"]


#: What is left of a sentence when its details are cut out is no title: "To see", "Was shown to".
_NO_TITLE = re.compile(
    r"^(?:To|For|Pour|Para|With|Avec|Con|And|Et|Y)\b|\b(?:by|to|of|par|por|de|d'|ante|devant|a|for|"
    r"before|the|brought|took|sent|counted)$"
)
_LONGEST_TITLE = 100


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


def read_activity(
    source: SourceText, item: Span, lead: Span | None = None, *, anybody: bool = False
) -> FoundActivity | None:
    """Read one activity.

    Parameters:
        source: the text. item: what is said of it.
        lead: what stands before it, "In Arequipa the ILO organised".
        anybody: any number may be of people.
    """
    item = _stripped(source, item)
    dates = find_dates(source.match, item)
    before = find_dates(source.match, lead) if lead and not dates else []
    date = next((d for d in dates if d.reason != "has no year"), dates[0] if dates else None)
    date_before = next((d for d in before if d.first), None)
    counted = count_people(source, item, dates)
    if counted is None and anybody:
        counted = count_anybody(source, item, dates)
    place = _place(source, item, date, counted)
    visit = (
        place
        and lex.VISIT.search(source.match, item.start, place[0].start)
        and not lex.HELD.search(source.match[item.start : place[0].start])
    )
    details = [place[0].start] if place and not visit else []
    if date:
        details.append(_lead(source, item, date.span.start))
    if counted:
        ahead = source.match[item.start : counted.start]
        if ahead.strip() and not lex.OPEN_END.search(ahead):
            details.append(counted.start)
    title = _title(source, item, details, place and place[1], date)
    if anybody and (not title or _NO_TITLE.search(title)):
        title = shortened(source.value(item))
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
    # What has no day is hardly an event: "leaflets in Amharic and Oromo" names no place.
    certain = certain and not (place and not (date or date_before) and not counted)
    confidence = CLEAR if date else LIKELY
    return FoundActivity(
        item,
        title,
        date or date_before,
        source.value(place[1]) if place else None,
        counted.number if counted else None,
        confidence if certain else LOOSE,
    )


def shortened(words: str) -> str:
    """Return the words that tell of an event without a word for one, as what it is called.

    Parameters:
        words: as they stand on the page.
    """
    if len(words) > _LONGEST_TITLE:
        words = words[:_LONGEST_TITLE].rsplit(" ", 1)[0] + " …"
    return capitalised(words)


def _stripped(source: SourceText, item: Span) -> Span:
    words = source.match[item.start : item.end]
    while trailing := lex.TRAILING.search(words):
        words = words[: trailing.start()]
    return Span(item.start, item.start + len(words))


def _lead(source: SourceText, item: Span, at: int) -> int:
    """Return where the words that lead to a date begin: "from", "held on", ", du"."""
    low = max(item.start, at - 60)
    lead = lex.DATE_LEAD.search(source.match[low:at])
    return low + lead.start() if lead else at


def _place(
    source: SourceText, item: Span, date: FoundDate | None, counted: Count | None
) -> tuple[Span, Span, bool] | None:
    """Return the place with the words before it, and alone, and whether it is surely that.

    It is the last one next to other details.
    """
    best = None
    for m in lex.PLACE.finditer(source.match, *item):
        words = Span(*m.span("place"))
        prep = m["prep"] and source.text[m.start("prep") : m.end("prep")].lower()
        if prep in ("a", "to") and not lex.VISIT.search(source.match, item.start, m.start()):
            continue
        if lex.SUBJECT.search(m["place"]) or not source.match[words.start].isupper():
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
    if best is None and date is not None:
        named = _EVENT_OF.search(source.match, item.start, date.span.start)
        if named and not lex.SUBJECT.search(named["place"]):
            words = Span(*named.span("place"))
            return Span(words.start - 1, words.end), words, False
    return best


#: "L'atelier de Bouaké (3 mars 2021)": where it was, or what it was about.
_EVENT_OF = re.compile(
    rf"\b(?:{lex.EVENT})\s(?:de|d'|del|of|a)\s?(?P<place>(?-i:{lex.PLACE_WORDS}))"
    r"[\s,(]{1,3}(?:(?:on|of|from|le|les|du|de|del|el)\s)?$",
    re.IGNORECASE,
)
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
    held = lex.HELD.search(words)
    if held:
        words = words[: held.start()]
    relative = lex.RELATIVE.search(words)
    if relative:
        words = words[: relative.start()]
    if words.count("(") > words.count(")"):
        words = words[: words.rindex("(")]
    while trailing := lex.TRAILING.search(words) or lex.UNFINISHED.search(words):
        words = words[: trailing.start()]
    month = lex.IN_MONTH.match(words)
    begin = month.end() if month else 0
    # "c) held a review meeting": the verb of an item is no part of its name.
    held = lex.ORGANISED.match(words, begin)
    begin = held.end() if held else begin
    skip = lex.INDEFINITE.match(words, begin)
    begin = skip.end() if skip else begin
    article = ARTICLE.match(words, begin)
    begin = article.end() if article else begin
    title = source.value(Span(start + begin, start + len(words)))
    return capitalised(title) if any(c.isalpha() for c in title) else None
