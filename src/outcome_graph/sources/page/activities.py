"""Activities in the prose of a contribution: title, dates, place and participants of each.

Enumerated ones, "(i) … (ii) …", "1) …", bullets on lines of their own; where there are none,
sentences that tell of an event on a date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from outcome_graph.sources.page.dates import MONTH, FoundDate, find_dates
from outcome_graph.sources.page.prose import ARTICLE, capitalised, sentences
from outcome_graph.sources.text import SourceText, Span

__all__ = ["FoundActivity", "find_activities"]

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_MARKS = (
    re.compile(r"\(\s?([ivx]{1,4})\s?\)", re.IGNORECASE),
    re.compile(r"\(\s?(\d{1,2})\s?\)"),
    re.compile(r"\(\s?([a-l])\s?\)", re.IGNORECASE),
    re.compile(r"(?<![\w(])([ivx]{1,4})\)\s", re.IGNORECASE),
    re.compile(r"(?<![\w(.])(\d{1,2})\)\s"),
    re.compile(r"(?<![\w(])([a-l])\)\s", re.IGNORECASE),
    re.compile(r"(?:^[ ]{0,8}|(?<=[:;.,]\s))(\d{1,2})[.]\s", re.MULTILINE),
)
_BULLET_LINE = re.compile(r"[•●▪◦‣·*-]\s*")

_EVENT = (
    r"workshops?|trainings?|seminars?|webinars?|conferences?|consultations?|meetings?|launch"
    r"|courses?|dialogues?|forums?|round ?tables?|symposium|missions?|study tours?|sessions?"
    r"|ateliers?|formations?|seminaires?|webinaires?|conferences?|reunions?|lancement|cours"
    r"|tables? rondes?|journees?|dialogue|consultations?|voyages? d'etude"
    r"|talleres|taller|capacitacion(?:es)?|seminarios?|conferencias?|reunion(?:es)?|lanzamiento"
    r"|cursos?|mesas? redondas?|jornadas?|dialogos?|consultas?|foros?|trained"
)
_IS_EVENT = re.compile(rf"\b(?:{_EVENT})\b", re.IGNORECASE)
_IS_WORK = re.compile(
    rf"\b(?:{_EVENT}|technical|support\w*|stud(?:y|ies)|review\w*|assessment\w*|analys\w+|advice|"
    r"advisory|development|drafting|design\w*|program\w*|campaign\w*|training|publication|appui|"
    r"etudes?|evaluation\w*|elaboration|redaction|conseils?|apoyo|estudios?|asistencia|revision|"
    r"elaboracion|asesoria|campana\w*|survey\w*|enquetes?|encuestas?|valuation\w*|capacity)\b",
    re.IGNORECASE,
)
_COUNTED = (
    r"participants?|participant-e-s|participantes|people|persons|personnes|personas|"
    r"representatives?|"
    r"representants?|representantes|officials|delegates|trainees|attendees|stakeholders|members|"
    r"constituents|experts|cadres|asistentes|funcionari[oa]s|delegad[oa]s|agents|fonctionnaires|"
    r"staff|trainers|inspectors|parliamentarians|journalists"
)
_PARTICIPANTS = re.compile(
    r"(?:\(|\b(?:with|for|attended by|gathering|gathered|bringing together|brought together|"
    r"involving|"
    r"avec|pour|reunissant|a reuni|ont reuni|regroupant|a regroupe|con|para|reunio a|"
    r"reunieron a)\s)?\s?"
    r"(?:(?:approx(?:imately|\.)?|about|around|some|over|more than|nearly|almost|at least|c\.|"
    r"ca\.|environ|pres de|plus de|quelque|unos|unas|cerca de|alrededor de|mas de|"
    r"aproximadamente|aprox\.?|env\.)\s{0,2})?"
    r"(?<![\d.,-])(?P<n>\d{1,3}(?:[ ,.]\d{3})+|\d{1,6})\s"
    rf"(?:(?!and\b|et\b|y\b)[a-z'-]{{1,20}}\s){{0,3}}(?:{_COUNTED})\b\s?\)?",
    re.IGNORECASE,
)
_PLACE_WORDS = (
    r"[A-Z][\w'.-]{0,30}(?:(?:\s|,\s)(?:(?:de|del|la|las|los|el|du|des|le|of|the|and|et|y)\s){0,2}"
    r"[A-Z][\w'-]{0,30}){0,4}"
)
_PLACE = re.compile(
    rf"(?P<lead>(?:\b(?P<prep>[Ii]n|[Aa]t|[Aa]|[Aa]u|[Aa]ux|[Ee]n|to)\s(?:the\s|la\s|el\s)?)|"
    rf"[,(]\s?)"
    rf"(?P<place>{_PLACE_WORDS})"
)
#: "a study visit to Bangkok", "la visita de una delegación a Brasilia".
_VISIT = re.compile(
    r"\b(?:visits?|tours?|trips?|travel\w*|missions?|delegations?|voyages?|visites?|visitas?|"
    r"viajes?|"
    r"delegacion(?:es)?|mision(?:es)?)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
#: "… and in Mindelo (17 February 2020, 21 participants)": the same again elsewhere.
_AND_THERE = re.compile(
    rf"\s?[,;]?\s*(?:(?:and|et|y|e)\s+)?(?:(?:in|at|a|au|aux|"
    rf"en)\s+)?(?P<place>(?-i:{_PLACE_WORDS}))",
    re.IGNORECASE,
)
_DATE_LEAD = re.compile(
    r"(?:,?\s*\b(?:held|organi[sz]ed|conducted|took place|tenue?s?|organisee?s?|celebrad[oa]s?|"
    r"realizad[oa]s?))?[\s,(;]*(?:\b(?:from|on|between|during|dated|starting|le|les|du|de|des|del|"
    r"el|los|en|entre|in)\s+(?:the\s+|le\s+|el\s+)?)?$",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"[\s,]*\b(?:(?:was|were|has been|have been|a ete|ont ete|s'est|se sont|fue|fueron|se|"
    r"that was|"
    r"which was|qui s'est)\s+)?(?:held|organi[sz]ed|conducted|delivered|convened|hosted|"
    r"took place|"
    r"a eu lieu|ont eu lieu|tenue?s?|organisee?s?|celebrad[oa]s?|realizad[oa]s?|organizad[oa]s?|"
    r"celebro|celebraron|realizo|realizaron|organizo|tuvo lugar|tuvieron lugar|attended)\s*$",
    re.IGNORECASE,
)
_ORGANISED = re.compile(
    r"\b(?:organi[sz]ed|held|conducted|facilitated|delivered|convened|hosted|supported|"
    r"co-organi[sz]ed|"
    r"launched|ran|prepared|provided|gave|led|undertook|implemented|completed|carried out|"
    r"included|"
    r"organise|tenu|anime|facilite|appuye|realise|prepare|organizo|celebro|realizo|facilito|apoyo|"
    r"impartio|preparo)\s{1,3}(?=(?:an?|the|two|three|une?|le|la|les|l'|deux|el|los|las|un|una|"
    r"dos)\b)",
    re.IGNORECASE,
)
_INDEFINITE = re.compile(
    r"(?:(?:and|et|y|as well as|ainsi que)\s{1,3})?(?:(?:an?|un|une|una|unos|unas)\s{1,3})?", re.I
)
#: What is said first of how and when: "With the support of A and B, dialogues …".
_ADVERBIAL = re.compile(
    r"(?:with|through|under|thanks to|in|during|following|after|as part of|within|to|for|avec|"
    r"grace a|"
    r"dans|pendant|apres|a la suite|au cours|pour|con|gracias a|en|durante|tras|para)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r",?\s(?:which|that|who|qui|que|la cual|el cual)\s(?:was|were|has|have|a|ont|fue|fueron|"
    r"se)\b.*$"
    r"|,?\s(?:was|were|a ete|ont ete|fue|fueron)?\s?(?:presented|presentee?s?|presentad[oa]s?)$",
    re.IGNORECASE | re.DOTALL,
)
#: Words that a title does not end in: what follows belongs to it.
_OPEN_END = re.compile(r"\b(?:of|for|to|with|trained|de|des|du|d'|pour|aux?|para|con|a)\s*$", re.I)
#: A second event in one sentence: "… and supported a consultation in Chiang Mai on 8 March".
_NEXT_EVENT = re.compile(
    r"(?:[,;]\s?|\b)(?:and|et|y|e|as well as|ainsi que|asi como|followed by)\s"
    rf"(?=(?:[\w'-]+\s){{0,8}}?(?:{_EVENT})\b)",
    re.IGNORECASE,
)
_LAST_OF_LIST = re.compile(r",\s(?:and|et|y)\s", re.IGNORECASE)
#: Words that tell roughly when, before what took place.
_IN_MONTH = re.compile(
    rf"(?:in|during|en|durante|au cours de)\s(?:(?:early|late|mid)[ -])?(?:{MONTH}\s(?:de\s)?)?"
    r"(?:19|20)\d\d\s?,?\s",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"[\s,;:.(\-]+$|[\s,;]+(?:and|et|y|as well as|ainsi que)$", re.IGNORECASE)
#: Words of subjects: "in Social Protection Financing" is no place.
_SUBJECT = re.compile(
    r"\b(?:social|protection|security|policy|insurance|actuarial|finance|financing|health|labour|"
    r"management|english|french|spanish|january|february|march|april|may|june|july|august|"
    r"september|october|november|december|collaboration|cooperation|covid)\b",
    re.IGNORECASE,
)

#: Confidence: enumerated with a date; enumerated without; an event told in a sentence.
_SURE = 0.9
_LIKELY = 0.8


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
    found = [activity for item in items if (activity := _read(source, item))]
    if found:
        return found
    return [a for sentence in sentences(source, span) for a in _several(source, sentence)]


# --- where activities stand ----------------------------------------------------------------------


def _enumerated(source: SourceText, span: Span) -> list[Span]:
    for pattern in _MARKS:
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
    if number > len(_ROMAN):
        return False
    return mark.lower() in (_ROMAN[number - 1], str(number), "abcdefghijkl"[number - 1])


def _item_end(source: SourceText, start: int, end: int) -> int:
    first = next(sentences(source, Span(start, end)), None)
    return first.end if first else end


def _bullets(source: SourceText, span: Span) -> list[Span]:
    items = []
    for line in source.lines(span):
        bullet = _BULLET_LINE.match(source.match, *line)
        if bullet and bullet.end() < line.end:
            items.append(Span(bullet.end(), line.end))
    return items if _are_work(source, items) else []


def _are_work(source: SourceText, items: list[Span]) -> bool:
    """Whether a list tells of work done, and is not a list of subjects."""
    work = sum(
        bool(_IS_WORK.search(source.match, *item) or find_dates(source.match, item))
        for item in items
    )
    return bool(items) and 2 * work >= len(items)


def _several(source: SourceText, sentence: Span) -> list[FoundActivity]:
    """Read a sentence that tells of an event, of several, or of one held here and there."""
    parts = _events(source, sentence)
    if len(parts) > 1:
        return [found for part in parts for found in _several(source, part)]
    ends = [m.end() for m in _PARTICIPANTS.finditer(source.match, *sentence)]
    first = _told(source, Span(sentence.start, ends[0])) if len(ends) > 1 else None
    if first is None:
        first = _told(source, sentence)
        return [first] if first else []
    found = [first]
    for start, end in pairwise(ends):
        there = _AND_THERE.match(source.match, start, end)
        again = _read(source, Span(there.start("place"), end)) if there else None
        if there is None or again is None or again.date is None or again.participants is None:
            break
        place = source.value(Span(*there.span("place")))
        found.append(replace(again, title=first.title, place=place, confidence=_LIKELY))
    return found


def _events(source: SourceText, sentence: Span) -> list[Span]:
    """Part a sentence before each further event that has a date of its own."""
    dates = [d.span for d in find_dates(source.match, sentence) if d.first]
    parts = [sentence]
    for before, after in pairwise(dates):
        joint = _NEXT_EVENT.search(source.match, before.end, after.start)
        if joint and _IS_EVENT.search(source.match, parts[-1].start, before.end):
            parts[-1:] = [Span(parts[-1].start, joint.start()), Span(joint.end(), sentence.end)]
    return parts


def _told(source: SourceText, sentence: Span) -> FoundActivity | None:
    """Read a sentence that tells of an event on a day, at a place or with participants."""
    event = _IS_EVENT.search(source.match, *sentence)
    if not event or sentence.end - sentence.start > 1000:
        return None
    starts = _event_starts(source, sentence, event)
    activity = _read(source, Span(starts, sentence.end))
    if activity is None or not _IS_EVENT.search(source.match, starts, sentence.end):
        return None
    if activity.date is None or activity.date.reason == "has no year":
        # Without a day it takes both, a place and people who came, to be an event.
        if activity.place is None or activity.participants is None:
            return None
    elif activity.place is None and activity.participants is None:
        return None
    return replace(activity, confidence=_LIKELY)


def _event_starts(source: SourceText, sentence: Span, event: re.Match[str]) -> int:
    """Return where the words for an event begin: after "the ILO organised", "With help of A,"."""
    starts = sentence.start
    if event[0].lower() == "trained":
        return event.start()
    for verb in _ORGANISED.finditer(source.match, sentence.start, event.start()):
        starts = verb.end()
    listed = list(_LAST_OF_LIST.finditer(source.match, starts, event.start()))
    if listed:
        return listed[-1].end()
    if _ADVERBIAL.match(source.match, starts):
        comma = source.match.rfind(",", starts, event.start())
        place = _PLACE.match(source.match, starts)
        if comma >= 0 and not (place and place.end() >= comma):
            starts = comma + 1
    return starts


# --- what is said of one -------------------------------------------------------------------------


def _read(source: SourceText, item: Span) -> FoundActivity | None:
    item = _stripped(source, item)
    dates = find_dates(source.match, item)
    date = next((d for d in dates if d.reason != "has no year"), dates[0] if dates else None)
    counted = next(
        (
            m
            for m in _PARTICIPANTS.finditer(source.match, *item)
            if not any(d.span.start <= m.start("n") < d.span.end for d in dates)
        ),
        None,
    )
    place = _place(source, item, date, counted)
    visit = (
        place
        and _VISIT.search(source.match, item.start, place[0].start)
        and not _HELD.search(source.match[item.start : place[0].start])
    )
    details = [place[0].start] if place and not visit else []
    if date:
        details.append(_lead(source, item, date.span.start))
    if counted and not _OPEN_END.search(source.match, item.start, counted.start()):
        details.append(counted.start())
    title = _title(source, item, details, place and place[1], date)
    if not title:
        return None
    number = int(re.sub(r"\D", "", counted["n"])) if counted else None
    return FoundActivity(
        item,
        title,
        date,
        source.value(place[1]) if place else None,
        number,
        _SURE if date else _LIKELY,
    )


def _stripped(source: SourceText, item: Span) -> Span:
    words = source.match[item.start : item.end]
    while trailing := _TRAILING.search(words):
        words = words[: trailing.start()]
    return Span(item.start, item.start + len(words))


def _lead(source: SourceText, item: Span, at: int) -> int:
    """Return where the words that lead to a date begin: "from", "held on", ", du"."""
    low = max(item.start, at - 60)
    lead = _DATE_LEAD.search(source.match[low:at])
    return low + lead.start() if lead else at


def _place(
    source: SourceText, item: Span, date: FoundDate | None, counted: re.Match[str] | None
) -> tuple[Span, Span] | None:
    """Return the place with the words before it, and alone: the last one next to other details."""
    best = None
    for m in _PLACE.finditer(source.match, *item):
        words = Span(*m.span("place"))
        prep = m["prep"] and source.text[m.start("prep") : m.end("prep")].lower()
        if prep in ("a", "to") and not _VISIT.search(source.match, item.start, m.start()):
            continue
        if _SUBJECT.search(m["place"]) or not source.match[words.start].isupper():
            continue
        next_to_date = (
            date is not None
            and words.end <= date.span.start
            and (_lead(source, item, date.span.start) <= words.end)
        )
        after_date = date is not None and not source.match[date.span.end : m.start()].strip(" ,(")
        next_to_count = counted is not None and not source.match[words.end : counted.start()].strip(
            " ,("
        )
        last = not source.match[words.end : item.end].strip(" .,;)")
        if not m["prep"] and not (
            next_to_date or (after_date and date and m.start() >= date.span.end)
        ):
            continue
        after = after_date and date is not None and m.start() >= date.span.end
        if next_to_date or after or next_to_count or last or m["prep"]:
            best = (Span(*m.span()), words)
            if next_to_date or after:
                break
    return best


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
    held = _HELD.search(words)
    if held:
        words = words[: held.start()]
    relative = _RELATIVE.search(words)
    if relative:
        words = words[: relative.start()]
    while trailing := _TRAILING.search(words):
        words = words[: trailing.start()]
    month = _IN_MONTH.match(words)
    begin = month.end() if month else 0
    skip = _INDEFINITE.match(words, begin)
    begin = skip.end() if skip else begin
    article = ARTICLE.match(words, begin)
    begin = article.end() if article else begin
    title = source.value(Span(start + begin, start + len(words)))
    return capitalised(title) if any(c.isalpha() for c in title) else None
