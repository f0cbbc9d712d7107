"""Whether what is read of an event is surely said of it, and surely took place.

A sentence with an event, a day, a place and a number may tell of several things: who came may have
been reached by a campaign, the day may be that of a law. The details are taken for the event's own
only where they stand together, in forms that say what they are, behind words that say it was held.
"""

from __future__ import annotations

import re
from itertools import pairwise

from outcome_graph.sources.page.dates import FoundDate
from outcome_graph.sources.page.evidence import is_unreal
from outcome_graph.sources.page.words.acts import ADOPTED
from outcome_graph.sources.page.words.events import EVENT, GATHERED, HELD_FORM, TOOK_PLACE
from outcome_graph.sources.page.words.people import CAME
from outcome_graph.sources.page.words.small import WAS
from outcome_graph.sources.text import SourceText, Span

__all__ = ["is_several", "opens", "stands_together", "took_place"]

_HELD = re.compile(
    rf"\b(?:{TOOK_PLACE}|{GATHERED}|{CAME}|{WAS} (?:\w+ly )?{HELD_FORM}|"
    rf"{HELD_FORM} (?:in|on|at|from|between))\b",
    re.IGNORECASE,
)
#: An event of others, to which the agency came.
_GUEST = re.compile(
    r"\b(?:(?:took part|participated) (?:in|at) (?:an?|the)|attended (?:an?|the)|"
    r"spoke(?:\s\w+){0,5}? (?:in|at) (?:an?|the)|"
    r"(?:a|ont) participe (?:a|au|aux)|(?:participo|participaron) en|(?:asistio|asistieron) a)\b",
    re.IGNORECASE,
)
#: What may stand between the details of one event, beside names and small words.
_BESIDE = re.compile(
    rf"(?:\b(?:which|that|qui|que)\s)?{_HELD.pattern}|"
    r"\b(?:which|that|qui|que)\s*$|"
    r"\b(?:was|were|has been|have been) (?:\w+ )?(?:attended|joined) by\b|"
    r"\b(?:a|ont|avec) (?:vu )?la participation d|"
    # "… du 9 au 13 mai : 31 participants"
    r"^\s?:\s?$",
    re.IGNORECASE,
)
#: What parts them: a verb or a relative clause of its own, another event.
_APART = re.compile(
    r"\b(?:was|were|is|are|has|have|had|did|which|that|who|where|when|whose|while|after|before|"
    r"est|sont|ont|qui|que|dont|pendant que|apres|avant|fue|fueron|ha|han|donde|cuyo|cuya|despues|"
    rf"antes|{ADOPTED}|reached|presented|shared|discuss\w*)\b|[;:]|\b(?:{EVENT})\b",
    re.IGNORECASE,
)
_FURTHEST_APART = 80
#: Whose day it is: "the law adopted on", "by", "until", "the meeting of".
_OTHER_DAY = re.compile(
    rf"\b(?:{ADOPTED}|by|until|before|since|after|hasta|antes del?|desde|jusqu'au|avant le|depuis "
    r"le|law|act|decree|loi|decret|ley|decreto)[\s,]{1,2}(?:the |le |el |of |on |du |del )*$"
    rf"|\b(?:on|about|sur|sobre)\s[^,;(]{{0,60}}\b(?:{EVENT})\s(?:of|du|del?)\s$",
    re.IGNORECASE,
)
#: Several events in one: the details may be of either.
_MANY = re.compile(
    r"(?:(?:two|three|four|five|six|seven|eight|nine|ten|several|various|deux|trois|quatre|cinq|"
    r"plusieurs|dos|cuatro|cinco|tres|varios|varias|\d{1,3}|(?:a )?series of|une serie d\S*|una "
    r"serie de)\s)(?:[\w'-]+\s){0,3}?"
    rf"(?:{EVENT})\b",
    re.IGNORECASE,
)
_AT_START = re.compile(
    r"(?:(?:also|then|finally|in addition|ademas|en outre)[\s,]+)?"
    r"(?:(?:on|in|at|from|between|during|le|du|a|au|en|el|del|entre|los|les)\s(?:the\s|dias\s)?)?",
    re.IGNORECASE,
)


def took_place(source: SourceText, part: Span, event: Span, *, led: bool) -> bool:
    """Whether words say that an event was held, and none that it was not.

    Parameters:
        source: the text. part: the sentence, or the part of it that tells of this event.
        event: the words from the event on, with its details. led: a verb of holding stands before.
    """
    words = source.match[event.start : event.end]
    bracket = re.search(r"\([^()]*\d[^()]*\)?", words)
    held = led or bracket or _HELD.search(source.match, *part)
    if not held or _GUEST.search(source.match, *part):
        return False
    return not is_unreal(source, *part)


def is_several(source: SourceText, event: Span) -> bool:
    """Whether the words for an event are of more than one: "two workshops"."""
    return bool(_MANY.match(source.match, *event))


def stands_together(
    source: SourceText, item: Span, details: list[Span], dates: list[FoundDate]
) -> bool:
    """Whether the details of an event stand side by side, and its day is not another thing's.

    Parameters:
        source: the text. item: what is said of the event. details: day, place and number, where
            they stand in it. dates: all of the item.
    """
    told = sorted(d for d in details if not opens(source, item.start, d))
    for one, other in pairwise(told):
        before = source.match[item.start : other.start]
        gap = _BESIDE.sub(" ", source.match[one.end : other.start])
        if before.rfind("(") > before.rfind(")"):
            gap = gap.replace(";", ",")
        if len(gap) > _FURTHEST_APART or _APART.search(gap):
            return False
    if sum(date.first is not None for date in dates) > 1:
        return False
    return not any(is_other_day(source, item, date) for date in dates if date.first)


def is_other_day(source: SourceText, item: Span, date: FoundDate) -> bool:
    """Whether a day is that of another thing: "the law adopted on", "until".

    Parameters:
        source: the text. item: what is said of an event. date: a day in it.
    """
    return bool(_OTHER_DAY.search(source.match[item.start : date.span.start]))


def opens(source: SourceText, start: int, detail: Span) -> bool:
    """Whether a detail opens its sentence: "On 3 May 2021, the ILO …", "In Arequipa …"."""
    begins = _AT_START.match(source.match, start)
    return begins is not None and begins.end() >= detail.start
