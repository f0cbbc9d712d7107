"""Which part of a result a paragraph without a heading tells: by what it says.

A news story has no headings. A paragraph that tells of an act as made is of what was achieved, one
with events or with what the agency did is of its contribution, one that lists who took part of
the constituents. What says none of these is read no further.
"""

from __future__ import annotations

import re

from outcome_graph.draft import STATED
from outcome_graph.sources.page.activities import find_activities
from outcome_graph.sources.page.acts import find_acts
from outcome_graph.sources.page.sections import Kind
from outcome_graph.sources.page.words import goals, work
from outcome_graph.sources.text import SourceText, Span

__all__ = ["kind_of_paragraph"]

_TOOK_PART = re.compile(rf"\b{work.TOOK_PART}\b", re.IGNORECASE)
_GOALS = re.compile(
    rf"\b(?:{goals.TARGET}|{goals.SDGS}|{goals.GOAL})\b[^.\n]{{0,60}}?\b\d{{1,2}}(?:\.\w)?\b",
    re.IGNORECASE,
)
_WOMEN = re.compile(
    r"\b(?:wom[ae]n|girls?|mothers?|femmes?|filles?|mujer(?:es)?|ninas?|madres?|mareyeuses|"
    r"ouvrieres|trabajadoras|vendeuses|vendedoras)\b",
    re.IGNORECASE,
)
_DID = re.compile(rf"\b{work.DID}\b", re.IGNORECASE)
_FUNDS = re.compile(
    r"^(?:the (?:funds|money)|funding|los fondos|les fonds|le financement|el financiamiento|"
    r"la financiacion)\b",
    re.IGNORECASE,
)
_AGENCY = re.compile(work.INITIALS)
_SHORT = 400


def kind_of_paragraph(source: SourceText, line: Span) -> Kind | None:
    """Return which part of a result a paragraph tells, None when it says none.

    Parameters:
        source: the text. line: the paragraph.
    """
    words = source.match[line.start : line.end]
    events = [e for e in find_activities(source, line) if e.date and (e.participants or e.place)]
    acts = any(a.confidence >= STATED for a in find_acts(source, line, reported=True))
    short = len(words) <= _SHORT
    if not events and not acts:
        if _TOOK_PART.search(words):
            return Kind.CONSTITUENTS
        if _GOALS.search(words) and short:
            return Kind.GOALS
        if _FUNDS.search(words):
            return Kind.CONTRIBUTION
        if _WOMEN.search(words) and not (_AGENCY.search(words) and _DID.search(words)):
            return Kind.GENDER
    if acts and not any(e.participants and e.confidence >= STATED for e in events):
        return Kind.ACHIEVED
    if events:
        return Kind.CONTRIBUTION
    return Kind.CONTRIBUTION if _AGENCY.search(words) and _DID.search(words) else None
