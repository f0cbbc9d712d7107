"""Codes of the SDGs and branches of social security, wherever words hold them.

In a line of a list, in an item below the statements, or in a sentence that tells them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from outcome_graph.sources.page.words import goals as lex
from outcome_graph.sources.page.words.small import AND, STEP
from outcome_graph.sources.text import SourceText, Span

__all__ = [
    "begins_with_code",
    "denies_code",
    "ends_with_all_branches",
    "is_code_alone",
    "names_goal",
    "numbers_goal",
    "read_branches",
    "read_codes",
    "tells_goals",
    "told_branches",
    "told_codes",
]

Item = tuple[str, Span]

_POINT = r"\d{1,2}\.(?:\d{1,2}|[a-z])"
_CODE = r"\d{1,2}(?:\.(?:\d{1,2}|[a-z]))?(?:\.\d{1,2})?"
_ENDS = r"(?![\w.]*\d)"
_ONE_OF = rf"(?:{lex.GOAL}|{lex.TARGET}|{lex.INDICATOR})"
#: What may lead to a code: "SDG target", "Meta", "ODD :".
_PREFIX = rf"(?:(?:un )?{lex.SDGS}\s?)?(?:{_ONE_OF}\s?)?:?\s*"
_WORD = rf"(?:{lex.SDGS}\s?{_ONE_OF}?|{_ONE_OF})\s?:?\s?"
_INDICATOR = re.compile(rf"{_PREFIX}({_POINT}\.\d{{1,2}})\b", re.I)
_TARGET = re.compile(rf"{_PREFIX}({_POINT})(?![\w]|\.\d)", re.I)
_GOAL = re.compile(
    rf"(?:(?:{lex.SDGS}\s?{lex.GOAL}?|{lex.GOAL})\s?"
    r"(?:goals?\s?)?:?\s?(?:no?\.?\s?)?(\d{1,2})(?![\d.]*\d)|(\d{1,2})[.):]?\s+(?=[A-Z])|(\d{1,2})$)",
    re.IGNORECASE,
)
#: A title that is followed by the goal it is of: "End poverty: SDG1". Prose ends otherwise.
_GOAL_AT_END = re.compile(rf"[^\d.]{{1,80}}[:(]\s?{lex.SDGS}\s?(\d{{1,2}})\)?$", re.IGNORECASE)
#: Under a heading for goals: "1 (target 1.3), 8", "1, 5 and 8".
_BARE_GOAL = re.compile(rf"(\d{{1,2}})(?=\s?[,;(&]|\s{AND}\s\d)", re.IGNORECASE)
#: Another code on the line: parted by a sign or "and", or led by its word.
_MORE = re.compile(
    rf"\s*(?:(?:[,;:&/|(]|-\s|\)\s?[,;:&/|]?|\b{AND}\b)\s*(?:(?:{AND}|with|avec|con)\s)?(?:{_WORD})?"
    rf"|\.?\s(?:-\s)?{_WORD})({_CODE}){_ENDS}",
    re.IGNORECASE,
)
#: After a goal's title: "SDG 1: No poverty (target 1.3)".
_IN_TITLE = re.compile(
    rf"(?:[(,;:]|-\s)\s?(?:(?:{lex.TARGET}|{lex.INDICATOR})\s)?({_POINT}(?:\.\d{{1,2}})?){_ENDS}"
    r"|-\s(\d{1,2})\s(?=[A-Z])",
    re.IGNORECASE,
)
#: Told in a sentence: "… on Goal 1 (no poverty) and Goal 2, above all on targets 1.3 and 2.2".
_SPOKEN = re.compile(rf"\b{_WORD}\s?({_CODE}){_ENDS}", re.IGNORECASE)
#: A sentence below a list: "Aporta a las metas 1.3 y 2.2 de los ODS."
_TELLS_GOALS = re.compile(
    rf"(?=[^\n]{{0,200}}\b(?:{lex.SDGS}|2030)\b)[^.;\n]{{3,80}}?\b(?:{lex.TARGET}|{lex.GOAL})"
    r"\s\d{1,2}\b[^\n]*\.$",
    re.IGNORECASE,
)
_DENIED = re.compile(
    rf"(?:^|[;,.]\s)[^;,.]{{0,40}}\b{_CODE}\s[^;,.]{{0,40}}{lex.IS_NOT}", re.IGNORECASE
)
_ABOUT_SDGS = re.compile(rf"\b{lex.SDGS}\b", re.IGNORECASE)
_TARGETS_TOLD = re.compile(rf"\b(?:{lex.SDGS}\s)?{lex.TARGET}\s(?={_POINT}\b)", re.IGNORECASE)
#: After the code of the programme's indicator in the head of a page nothing but its step follows.
_ENDS_HEAD = re.compile(rf"\s?[,;(]?\s?\(?(?:{STEP}\s?\d\)?)?\s*$", re.IGNORECASE)

_BRANCH = re.compile(rf"\b{lex.BRANCH}\b", re.IGNORECASE)
_BRANCH_ITEM = re.compile(
    r"(?:de (?:la |l')?|d')?"
    r"(?P<name>(?:(?:prestations?|prestacion(?:es)?|pensions?) (?:de la |de |d'|por ))?"
    rf"{lex.BRANCH}(?: (?:benefits?|pensions?|insurance|protection))?)"
    rf"(?:\s*(?:[,;/|•&]|\b{AND}\b)\s*|\s+|(?=[A-Z])|$)",
    re.IGNORECASE,
)
_GLUED_ALL = re.compile(rf"(?<=[^\s\w]|[a-z]){lex.ALL_BRANCHES}$", re.IGNORECASE)
_BRANCH_LABEL = re.compile(
    r"(?:(?:social security )?branch(?:es)?(?: covered)?|ramas|branches? couvertes?)\s?:\s*", re.I
)
#: "covers the branches of sickness, maternity and old age".
_OF_BRANCHES = re.compile(
    r"\b(?:branch(?:es)?|ramas?|parties|parts|partes|risques|risks)\s"
    r"(?:of|de|d'|relatives? (?=a)|relativas (?=a)|relating to|on)\s?"
    rf"(?P<list>(?:(?:aux? |a )?(?:la |l'|las |los )?(?:prestations (?:de |d')?)?{lex.BRANCH}\b"
    rf"(?:\s?,\s?|\s{AND}\s(?:de )?|$)?)+)",
    re.IGNORECASE,
)
#: "un régime qui couvre la maladie, la maternité et la vieillesse"
_COVERS = re.compile(
    r"\b(?:covers?|covering|couvr(?:e|ent|ant)|cubren?)\s"
    rf"(?P<list>(?:(?:la |le |les |las |los |el |l')?{lex.BRANCH}\b"
    rf"(?:\s?,\s?(?:{AND}\s)?|\s{AND}\s)?){{3,}})",
    re.IGNORECASE,
)
_LONGEST_LIST = 400


def begins_with_code(source: SourceText, words: Span) -> bool:
    """Whether words begin with the code of a target or indicator."""
    return bool(_first(source, words, _INDICATOR, _TARGET))


def is_code_alone(source: SourceText, words: Span) -> bool:
    """Whether words are such a code alone, or with a step: it may be the programme's."""
    coded = _first(source, words, _INDICATOR, _TARGET)
    return bool(coded and _ENDS_HEAD.match(source.match, coded.end(), words.end))


def names_goal(source: SourceText, words: Span) -> bool:
    """Whether words name a goal by its number: "SDG 1 …", "No poverty (SDG 1)"."""
    led = _GOAL.match(source.match, *words)
    return bool((led and led[1]) or _GOAL_AT_END.match(source.match, *words))


def numbers_goal(source: SourceText, words: Span) -> bool:
    """Whether words begin with a number that may be a goal's: "1. No poverty"."""
    return bool(_GOAL.match(source.match, *words))


def tells_goals(source: SourceText, words: Span) -> bool:
    """Whether words are a sentence about goals or targets with their numbers."""
    return bool(_TELLS_GOALS.match(source.match, *words))


def denies_code(source: SourceText, words: Span) -> bool:
    """Whether words say of a goal or target that it is none of the result's."""
    return _denied_from(source, words) is not None


def _denied_from(source: SourceText, words: Span) -> int | None:
    # Of a text of its own, so that it has a beginning.
    denied = _DENIED.search(source.match[words.start : words.end])
    return words.start + denied.start() if denied else None


def read_codes(source: SourceText, words: Span, *, headed: bool = False) -> list[str]:
    """Return the codes of goals, targets and indicators that words hold, in their order.

    What a clause says to be none ("target 3.8 is not concerned") is left out.

    Parameters:
        source: the text. words: an item of a list. headed: it stands under a heading for goals.
    """
    denied = _denied_from(source, words)
    if denied is not None:
        before = Span(words.start, denied)
        return read_codes(source, before, headed=headed) if before.start < before.end else []
    first = _first(source, words, _INDICATOR, _TARGET, _GOAL, _GOAL_AT_END)
    first = first or (_first(source, words, _BARE_GOAL) if headed else None)
    if first is None:
        return _spoken(source, words) if headed else []
    codes, at = _with_more(source, next(g for g in first.groups() if g), first.end(), words.end)
    for titled in _IN_TITLE.finditer(source.match, at, words.end):
        more, _ = _with_more(source, titled[1] or titled[2], titled.end(), words.end)
        codes += more
    return codes


def _first(source: SourceText, words: Span, *patterns: re.Pattern[str]) -> re.Match[str] | None:
    found = (pattern.match(source.match, *words) for pattern in patterns)
    return next((match for match in found if match), None)


def _spoken(source: SourceText, words: Span) -> list[str]:
    codes: list[str] = []
    at = words.start
    for found in _SPOKEN.finditer(source.match, *words):
        if found.start() >= at:
            more, at = _with_more(source, found[1], found.end(), words.end)
            codes += more
    return codes


def _with_more(source: SourceText, code: str, at: int, end: int) -> tuple[list[str], int]:
    """A code and those that follow it on its line, and where the last of them ends."""
    codes = [code.lower()]
    while more := _MORE.match(source.match, at, end):
        codes.append(more[1].lower())
        at = more.end()
    return codes, at


def told_codes(source: SourceText, sentence: Span, *, of_goals: bool) -> list[Item]:
    """Return the targets that a sentence tells, with the words that tell each.

    Parameters:
        source: the text. sentence: one. of_goals: its section is of goals; else it must name them.
    """
    if not (of_goals or _ABOUT_SDGS.search(source.match, *sentence)):
        return []
    told = [found.end() for found in _TARGETS_TOLD.finditer(source.match, *sentence)]
    spans = [Span(*ends) for ends in pairwise([*told, sentence.end])]
    return [(code, span) for span in spans for code in read_codes(source, span)]


# --- branches of social security -----------------------------------------------------------------


def ends_with_all_branches(source: SourceText, line: Span) -> int | None:
    """Where "All branches" begins that ends a line, None when it does not."""
    found = _GLUED_ALL.search(source.match, *line)
    return found.start() if found and found.start() > line.start else None


def read_branches(source: SourceText, words: Span) -> list[Item]:
    """Return the branches a line lists, none unless it lists nothing else."""
    if words.end - words.start > _LONGEST_LIST:
        return []
    label = _BRANCH_LABEL.match(source.match, *words)
    at = label.end() if label else words.start
    found = []
    while at < words.end:
        item = _BRANCH_ITEM.match(source.match, at, words.end)
        if not item:
            return []
        span = Span(*item.span("name"))
        found.append((source.value(span), span))
        at = item.end()
    return found


def told_branches(source: SourceText, sentence: Span) -> Iterator[Item]:
    """Yield the branches that a sentence says are covered."""
    told = _OF_BRANCHES.search(source.match, *sentence) or _COVERS.search(source.match, *sentence)
    if told:
        for branch in _BRANCH.finditer(source.match, *told.span("list")):
            span = Span(*branch.span())
            yield source.value(span), span
