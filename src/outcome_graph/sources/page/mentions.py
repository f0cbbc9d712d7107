"""Organisations that prose names: where names are expected, or as having taken part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from outcome_graph.sources.page.evidence import FAINT
from outcome_graph.sources.page.names import FoundName, language_of, split_names
from outcome_graph.sources.page.prose import read_name, sentences
from outcome_graph.sources.page.words import bodies as lex
from outcome_graph.sources.page.words import work
from outcome_graph.sources.page.words.small import AND, ARTICLE, BEFORE_WORD
from outcome_graph.sources.text import SourceText, Span

__all__ = ["find_consulted", "find_mentions"]

_BODIES = lex.HEADS | lex.HEADS_FIRST | lex.ALSO_FIRST
_CAPITAL = re.compile(r"(?<![\w'-])[A-Z]")
_WORDS = re.compile(r"[^\W_][\w'-]*")
#: Prose does not say in which part the organisation had: it is for a reader to confirm.
_MENTIONED = 0.6
_TOOK_PART = re.compile(rf"\b(?:{work.TOOK_PART}|{work.TOGETHER_WITH})\b", re.IGNORECASE)
#: So many bodies in one sentence are those who took part, not who did something.
_FEWEST = 3
_NEXT_ARTICLE = re.compile(rf"(?:\s?[,;]\s(?:{AND}\s)?|\s{AND}\s){BEFORE_WORD}", re.IGNORECASE)
#: "Took part in the work:": how far behind the verb the list may begin.
_NEAR = 40


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


def find_consulted(source: SourceText, span: Span) -> Iterator[FoundName]:
    """Find the bodies that a sentence lists as having taken part; for a reader to confirm.

    Parameters:
        source: the text. span: prose.
    """
    for sentence in sentences(source, span):
        took_part = _TOOK_PART.search(source.match, *sentence)
        if not took_part:
            continue
        colon = source.match.find(":", took_part.end(), took_part.end() + _NEAR)
        rest = source.trim(Span(colon + 1 if colon >= 0 else took_part.end(), sentence.end))
        parts = _parts(source, rest)
        listed = [
            replace(name, confidence=FAINT) for part in parts for name in split_names(source, part)
        ]
        bodies = find_mentions(source, rest)
        # A list that ends its sentence holds nothing but names.
        found = listed if len(bodies) >= _FEWEST else find_mentions(source, sentence)
        if len(found) >= _FEWEST:
            yield from found


def _parts(source: SourceText, rest: Span) -> list[Span]:
    """Part a list where each name has its article: "le Ministère de A, la Caisse et le B"."""
    begins = ARTICLE.match(source.match, *rest)
    joints = list(_NEXT_ARTICLE.finditer(source.match, *rest)) if begins else []
    if len(joints) + 1 < _FEWEST:
        return [rest]
    starts = [begins.end() if begins else rest.start, *(joint.end() for joint in joints)]
    ends = [*(joint.start() for joint in joints), rest.end]
    return [source.trim(Span(*part)) for part in zip(starts, ends, strict=True)]
