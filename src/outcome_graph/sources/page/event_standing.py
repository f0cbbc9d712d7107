"""Whether what is read of an event is surely said of it, and surely took place.

A sentence with an event, a day, a place and a number may tell of several things: who came may have
been reached by a campaign, the day may be that of a law. The details are taken for the event's own
only where they stand together, in forms that say what they are, behind words that say it was held.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from outcome_graph.sources.page.act_words import ADOPTED
from outcome_graph.sources.page.activity_words import EVENT, PARTICIPANTS
from outcome_graph.sources.page.dates import FoundDate
from outcome_graph.sources.page.evidence import is_unreal
from outcome_graph.sources.text import SourceText, Span

__all__ = ["Count", "count_people", "is_several", "opens", "stands_together", "took_place"]

_HELD = re.compile(
    r"\b(?:took place|taken place|(?:held|organi[sz]ed|conducted) (?:in|on|at|from|between)|"
    r"(?:was|were|has been|have been) (?:\w+ly )?(?:held|organi[sz]ed|"
    r"conducted|hosted|convened|delivered|facilitated|arranged|run)|brought together|"
    r"gathered|attended|included|took|"
    r"(?:a|ont) eu lieu|s'est (?:tenue?|deroulee?)|se sont (?:tenue?s|deroulee?s)|"
    r"(?:a|ont) ete (?:tenue?s?|organisee?s?|animee?s?|suivie?s? par)|"
    r"(?:a|ont) (?:reuni|rassemble|regroupe)|reunissant|"
    r"tuvo lugar|tuvieron lugar|se (?:celebro|celebraron|realizo|realizaron|organizo|organizaron|"
    r"llevo a cabo|llevaron a cabo|desarrollo)|"
    r"(?:fue|fueron) (?:celebrad|realizad|organizad)[oa]s?|reunio|reunieron|asistieron|"
    r"participaron|conto con)\b",
    re.IGNORECASE,
)
#: An event of others, to which the agency came.
_GUEST = re.compile(
    r"\b(?:(?:took part|participated|spoke) (?:in|at) (?:an?|the)|attended (?:an?|the)|"
    r"(?:a|ont) participe (?:a|au|aux)|(?:participo|participaron) en|(?:asistio|asistieron) a)\b",
    re.IGNORECASE,
)
#: What may stand between the details of one event, beside names and small words.
_BESIDE = re.compile(
    rf"(?:\b(?:which|that|qui|que)\s)?{_HELD.pattern}|"
    r"\b(?:which|that|qui|que)\s*$|"
    r"\b(?:was|were|has been|have been) (?:\w+ )?(?:attended|joined) by\b|"
    r"\b(?:a|ont|avec) (?:vu )?la participation d",
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
#: Words that come but to take part.
_PARTICIPANTS = re.compile(r"particip|attend|delegates|trainees|asistentes", re.IGNORECASE)
#: "85 per cent of participants", "2 days for participants": the number is of something else.
_NOT_OF_THEM = re.compile(
    r"\b(?:of|for|with|from|in|per|cent|days?|hours?|sessions?|countries|provinces|districts|"
    r"institutions|organi[sz]ations|companies|de|des|du|pour|avec|pays|jours?|para|con|del|paises|"
    r"dias?|horas?)\b",
    re.IGNORECASE,
)
_OF_THEM = re.compile(
    r"\b(?:of whom|whom|dont|including|incl|of them|among them|parmi eux|cuales|ellos|ellas|"
    r"y compris|incluid[oa]s)\b"
    r"|^\s?[,(]\s?$",
    re.IGNORECASE,
)
_FOR = frozenset(("for", "pour", "para"))
_MOST_FOR = 300
_UNIT = (
    r"(?:days?|weeks?|months?|hours?|years?|sessions?|modules?|rounds?|per|jours?|semaines?|mois|"
    r"heures?|ans|dias?|semanas?|meses|horas?|anos|sesiones|modulos)\b"
)
_CAME_VERB = (
    r"(?:took part|attended|participated|joined|ont participe|ont pris part|ont assiste|"
    r"participaron|asistieron|(?:was|were) trained|(?:a|ont) ete formee?s?|"
    r"(?:fue|fueron) (?:capacitad|formad)[oa]s?)"
)
_TOOK_PART = re.compile(rf"\s?(?:(?:who|qui|que|which|that)\s)?{_CAME_VERB}\b", re.IGNORECASE)
#: "a training of 25 controllers", "in which 11 social workers took part": whoever they are.
_TRAINEES = re.compile(
    r"\b(?:(?:trained|forme|capacit(?:o|aron)(?: a)?)|(?:training|formation|capacitacion|courses?|"
    r"cours|curso|tour|visite?|voyage d'etude|visita|mission|delegation)\s(?:of|for|de|d'|pour|"
    r"para))\s?(?:some |about |over |around |environ |quelque |unos |unas )?"
    rf"(?P<n>\d{{1,4}})\s(?!{_UNIT})[a-z]{{3,20}}",
    re.IGNORECASE,
)
_CAME = re.compile(
    rf"(?<![\d.,-])(?P<n>\d{{1,3}}(?:[ ,.]\d{{3}})+|\d{{1,5}})\s(?!{_UNIT})(?:[\w'-]+\s){{1,4}}"
    rf"{_CAME_VERB}\b",
    re.IGNORECASE,
)
_TRAINED = re.compile(
    r"\b(?:trained|forme|capacit(?:o|aron)(?: a)?|took|(?:training|formation|capacitacion|course|"
    r"tour|visit|workshop|delegation|group) (?:of|for|de|d'|pour|para))\s?(?:of |some |about )?$",
    re.IGNORECASE,
)
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


def count_people(source: SourceText, item: Span, dates: list[FoundDate]) -> Count | None:
    """Read how many took part in an event, None where nobody is counted.

    Parameters:
        source: the text. item: what is said of the event. dates: in it; their days are no count.
    """
    days = [date.span for date in dates]
    counts = [
        m
        for m in PARTICIPANTS.finditer(source.match, *item)
        if not any(day.start <= m.start("n") < day.end for day in days)
    ]
    own = [m for m in counts if not _NOT_OF_THEM.search(m["between"])]
    if own:
        return _counted(own[0], _are_participants(source, item, own))
    for pattern in (_TRAINEES, _CAME):
        told = pattern.search(source.match, *item)
        if told and not any(day.start <= told.start("n") < day.end for day in days):
            # "training of 25 controllers", "17 clerks were trained": the words are the event's.
            return Count(_number(told), Span(*told.span("n")), item.end, certain=True)
    return _counted(counts[0], certain=False) if counts else None


def _counted(found: re.Match[str], certain: bool) -> Count:
    return Count(_number(found), Span(*found.span("n")), found.start(), certain)


def _number(found: re.Match[str]) -> int:
    return int(re.sub(r"\D", "", found["n"]))


def _are_participants(source: SourceText, item: Span, counts: list[re.Match[str]]) -> bool:
    """Whether the first of these numbers is of all who took part, and no other is."""
    counted, others = counts[0], counts[1:]
    rest = source.match[counted.end() : others[0].start("n")] if others else ""
    if others and not _OF_THEM.search(rest):
        return False
    before = source.match[item.start : counted.start()]
    bracket = counted[0].startswith("(") or before.rfind("(") > before.rfind(")")
    # "for 600 workers": more than come to an event.
    many = _number(counted) > _MOST_FOR and counted["lead"] in _FOR
    return bool(
        bracket
        or (counted["lead"] and not many)
        or _PARTICIPANTS.match(counted["word"])
        or _TRAINED.search(before)
        or _TOOK_PART.match(source.match, counted.end(), item.end)
    )


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
    return not any(
        _OTHER_DAY.search(source.match[item.start : date.span.start])
        for date in dates
        if date.first
    )


def opens(source: SourceText, start: int, detail: Span) -> bool:
    """Whether a detail opens its sentence: "On 3 May 2021, the ILO …", "In Arequipa …"."""
    begins = _AT_START.match(source.match, start)
    return begins is not None and begins.end() >= detail.start
