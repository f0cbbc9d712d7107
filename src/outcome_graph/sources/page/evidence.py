"""How sure a reading is: by what it rests on, and whether its words say that it is so at all.

There is one scale for all readers of a page. What stands in a form that allows one reading only (a
labelled line, a symbol, a name on its own line) is *sure*; a fact told in a sentence is at best
*clear*: a word that says it outright governs it, and nothing in its clause says that it is planned,
asked for, denied or another's. Everything else is *loose*: it may be so, and a person decides.
From `outcome_graph.draft.STATED` on a reading is a statement, below it is a candidate for review.
"""

from __future__ import annotations

import re

from outcome_graph.sources.page.words import standing as lex
from outcome_graph.sources.text import SourceText

__all__ = ["CLEAR", "FAINT", "LIKELY", "LOOSE", "SURE", "is_elsewhere", "is_unreal"]

#: Its form allows no other reading.
SURE = 0.95
#: Said outright by words that govern it.
CLEAR = 0.9
#: Said by words that govern it, in a form that others share.
LIKELY = 0.85
#: One of several readings.
LOOSE = 0.7
#: Mentioned; what it has to do with the result is not said.
FAINT = 0.5

_UNREAL = re.compile(rf"\b{lex.UNREAL}\b|{lex.UNREAL_ALSO}", re.IGNORECASE)
_FUTURE = re.compile(lex.FUTURE)
_FRENCH = re.compile(r"\b(?:le|les|des|du|une|et|au|aux)\b|\b[ld]'", re.IGNORECASE)
_FRENCH_FUTURE = re.compile(lex.FRENCH_FUTURE)
_ELSEWHERE = re.compile(rf"\b{lex.ELSEWHERE}\b", re.IGNORECASE)


def is_elsewhere(source: SourceText, start: int, end: int) -> bool:
    """Whether words say that what is told is no part of the result.

    Parameters:
        source: the text. start, end: the sentence.
    """
    return bool(_ELSEWHERE.search(source.match, start, end))


def is_unreal(source: SourceText, start: int, end: int) -> bool:
    """Whether words of a clause say that what it tells is not so, or not yet.

    Parameters:
        source: the text. start, end: the clause, or the part of it that holds the verb.
    """
    if _UNREAL.search(source.match, start, end) or _FUTURE.search(source.text, start, end):
        return True
    french = _FRENCH.search(source.match, start, end)
    return bool(french and _FRENCH_FUTURE.search(source.match, start, end))
