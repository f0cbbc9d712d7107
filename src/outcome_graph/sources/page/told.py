"""What pages tell in sentences that others list: targets, branches, who was consulted, projects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from outcome_graph.sources.page.evidence import FAINT, is_elsewhere, is_unreal
from outcome_graph.sources.page.mentions import find_mentions
from outcome_graph.sources.page.names import FoundName, split_names
from outcome_graph.sources.page.prose import sentences
from outcome_graph.sources.page.sections import Kind, Page
from outcome_graph.sources.page.tail import BRANCH, Tail, read_codes
from outcome_graph.sources.text import SourceText, Span

__all__ = ["find_consulted", "read_told"]

_PROSE = (None, Kind.SUMMARY, Kind.ACHIEVED, Kind.CONTRIBUTION, Kind.GENDER, Kind.GOALS)
_SDG = re.compile(
    r"\b(?:SDGs?|ODS|ODD|Sustainable Development Goals?|Objetivos? de Desarrollo Sostenible|"
    r"Objectifs? de developpement durable|2030 Agenda|Agenda 2030)\b",
    re.IGNORECASE,
)
_CODES = re.compile(
    r"\b(?:(?:SDG |ODS |ODD )?(?:targets?|metas?|cibles?))\s(?=\d{1,2}\.(?:\d{1,2}|[a-z])\b)",
    re.IGNORECASE,
)
#: "covers the branches of sickness, maternity and old age".
_BRANCHES = re.compile(
    r"\b(?:branch(?:es)?|ramas?|parties|parts|partes|risques|risks)\s"
    r"(?:of|de|d'|relatives? (?=a)|relativas (?=a)|relating to|on)\s?"
    rf"(?P<list>(?:(?:aux? |a )?(?:la |l'|las |los )?(?:prestations (?:de |d')?)?(?:{BRANCH})\b"
    r"(?:\s?,\s?|\s(?:and|et|y)\s(?:de )?|$)?)+)",
    re.IGNORECASE,
)
#: "un régime qui couvre la maladie, la maternité et la vieillesse"
_COVERS = re.compile(
    r"\b(?:covers?|covering|couvr(?:e|ent|ant)|cubren?)\s"
    rf"(?P<list>(?:(?:la |le |les |las |los |el |l')?(?:{BRANCH})\b"
    r"(?:\s?,\s?(?:and |et |y )?|\s(?:and|et|y)\s)?){3,})",
    re.IGNORECASE,
)
_BRANCH = re.compile(rf"\b(?:{BRANCH})\b", re.IGNORECASE)
_TOOK_PART = re.compile(
    r"\b(?:took part|participated|(?:were|was) (?:consulted|involved|associated)|consulted|"
    r"contributed to the|together with|worked (?:closely )?with|travaille avec|"
    r"trabajo (?:junto )?con|in (?:cooperation|collaboration|consultation) with|"
    r"(?:ont|a) (?:participe|pris part|contribue)|(?:ont|a) ete (?:consultee?s?|associee?s?)|"
    r"tomaron parte|participaron|intervinieron|fueron consultad[oa]s|"
    r"en (?:consultation|concertation|collaboration) avec|en (?:consulta|colaboracion) con)\b",
    re.IGNORECASE,
)
#: So many bodies in one sentence are those who took part, not who did something.
_FEWEST = 3
_ARTICLE = r"(?:(?:the|le|la|les|el|los|las)\s|l')"
_WITH_ARTICLE = re.compile(_ARTICLE, re.IGNORECASE)
_NEXT_ARTICLE = re.compile(rf"(?:\s?[,;]\s(?:(?:and|et|y)\s)?|\s(?:and|et|y)\s){_ARTICLE}")
#: "Took part in the work:": how far behind the verb the list may begin.
_NEAR = 40


def read_told(source: SourceText, page: Page, tail: Tail) -> None:
    """Read targets and branches that are told in sentences, where the page lists none.

    Parameters:
        source: the text. page: its sections. tail: what is listed; what is told is added.
    """
    coded = tail.goals or tail.targets or tail.indicators
    branches = bool(tail.branches)
    for section in page.sections:
        if section.kind not in _PROSE:
            continue
        told_goals = section.kind is Kind.GOALS
        for sentence in sentences(source, section.body):
            if is_unreal(source, *sentence):
                continue
            if not coded and (told_goals or _SDG.search(source.match, *sentence)):
                told_at = list(_CODES.finditer(source.match, *sentence))
                ends = [*(found.start() for found in told_at[1:]), sentence.end]
                for found, end in zip(told_at, ends, strict=False):
                    read_codes(source, Span(found.end(), end), tail)
            told = None if branches else _BRANCHES.search(source.match, *sentence)
            told = told or (None if branches else _COVERS.search(source.match, *sentence))
            if told and not is_elsewhere(source, *sentence):
                for branch in _BRANCH.finditer(source.match, *told.span("list")):
                    span = Span(*branch.span())
                    tail.branches.append((source.value(span), span))


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
    begins = _WITH_ARTICLE.match(source.match, *rest)
    joints = list(_NEXT_ARTICLE.finditer(source.match, *rest)) if begins else []
    if len(joints) + 1 < _FEWEST:
        return [rest]
    starts = [begins.end() if begins else rest.start, *(joint.end() for joint in joints)]
    ends = [*(joint.start() for joint in joints), rest.end]
    return [source.trim(Span(*part)) for part in zip(starts, ends, strict=True)]
