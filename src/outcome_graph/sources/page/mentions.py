"""Organisations mentioned in prose that stands where names are expected."""

from __future__ import annotations

import re

from outcome_graph.sources.page.names import FoundName, language_of
from outcome_graph.sources.page.prose import read_name, sentences
from outcome_graph.sources.page.words import bodies as lex
from outcome_graph.sources.text import SourceText, Span

__all__ = ["find_mentions"]

_BODIES = lex.HEADS | lex.HEADS_FIRST | lex.ALSO_FIRST
_CAPITAL = re.compile(r"(?<![\w'-])[A-Z]")
_WORDS = re.compile(r"[^\W_][\w'-]*")
#: Prose does not say in which part the organisation had: it is for a reader to confirm.
_MENTIONED = 0.6


def find_mentions(source: SourceText, span: Span) -> list[FoundName]:
    """Find names of organisations in prose: proper names that hold a word for a body.

    Parameters:
        source: the text. span: the prose.
    """
    found = []
    for sentence in sentences(source, span):
        at = sentence.start
        while begin := _CAPITAL.search(source.match, at, sentence.end):
            name = read_name(source, begin.start(), sentence.end)
            at = name.end if name else begin.end()
            if not name:
                continue
            words = [w.lower() for w in _WORDS.findall(source.match[name.start : name.end])]
            bodies = [w for w in words if w in _BODIES]
            if bodies and len(words) > 1:
                value = source.value(name)
                found.append(FoundName(name, value, _MENTIONED, language_of(words)))
    return found
