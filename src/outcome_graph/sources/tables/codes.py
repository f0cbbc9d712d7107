"""Codes in cells, several SDG codes among them: "Goal 8, targets 8.5 and 8.8", "ODS 1 y 8".

A cell is parted only where nothing but codes, the words for them and what joins them stands in it,
or where each part begins with such a word and a number ("SDG 1: No poverty, SDG 8: Decent work").
"""

from __future__ import annotations

import re

from outcome_graph.sources.tables.cells import plain
from outcome_graph.sources.tables.dates import UnreadError
from outcome_graph.sources.tables.inner import split_items, unescape
from outcome_graph.sources.tables.rows import Cell
from outcome_graph.sources.text import fold
from outcome_graph.tables import Column

__all__ = ["code_items", "sdg_items"]

_COMMA_POINT = re.compile(r"\d{1,2},\d{1,2}")
#: Goals that have both a first and a tenth target: as numbers 8.1 and 8.10 are the same.
_TENTH_TARGETS = (8, 16, 17)
_SDG = r"(?:sdgs?|odds?|ods)"
_GOAL = r"(?:goals?|objectifs?|objetivos?)"
_PART = r"(?:targets?|cibles?|metas?|indicators?|indicateurs?|indicador(?:es)?)"
#: What headings over both ask for: "ODS y meta".
_GOAL_AND_TARGET = re.compile(
    rf"\b(?:{_SDG}|{_GOAL})\s*(?:and|et|y|&|/|,|\+)\s*(?:(?:the|sa|ses|sus?)\s)?{_PART}\b",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    rf"\s*(?:(?P<part>(?:{_SDG}\s)?{_PART}(?:\s{_SDG})?)(?![a-z])"
    rf"|(?P<word>(?:{_SDG}|{_GOAL}|{_SDG}\s{_GOAL})(?![a-z]))"
    r"|(?P<code>\d{1,2}(?:\.(?:\d{1,2}|[a-d])){0,2}(?![\w.]*\d))(?P<range>\s?(?:[-–]|to|au?)\s?(?=\d))?"
    r"|(?P<joint>[,;:/|&()#.\s–-]|(?:and|et|y|e)(?![a-z])))",
    re.IGNORECASE,
)
#: What stands before a code that begins a part.
_BEGINS = re.compile(
    rf"(?:^|[\s,;/|(]+(?:(?:and|et|y)\s)?)(?={_SDG}?\s?(?:{_GOAL}|{_PART}|{_SDG})\s?[#:-]?\s?\d)",
    re.IGNORECASE,
)


def code_items(cell: Cell, column: Column, heading: str = "") -> tuple[str, ...]:
    """Return the codes or words of a cell.

    Codes and branches may be parted by commas too ("1.3, 8.5", "Old age, survivors"), codes with
    a point also by strokes and words ("1.3/8.5", "1.3 and 8.5").

    Parameters:
        cell: the cell. column: what it holds. heading: as it stands in the table: "ODS y meta".

    Raises:
        UnreadError: a number may stand for two codes.
    """
    words = plain(cell, code=True)
    if column.key == "sdgTargets":
        if isinstance(cell, float) and words in {f"{goal}.1" for goal in _TENTH_TARGETS}:
            raise UnreadError(
                f"the cell holds a number, which may stand for {words} or {words}0. Format the "
                "column as text and write the target anew."
            )
        if _COMMA_POINT.fullmatch(words):
            dotted = words.replace(",", ".")
            parted = words.replace(",", "; ")
            raise UnreadError(f"it may mean target {dotted} or goals {parted}. Write {dotted}.")
    if column.key.startswith("sdg"):
        goals = column.key == "sdgGoals" or bool(_GOAL_AND_TARGET.search(fold(heading)))
        if items := sdg_items(words, goals=goals):
            return items
    if column.key == "branches":
        # No branch has a comma in its name.
        words = words.replace(",", ";")
    return tuple(unescape(item) for item in split_items(words))


def sdg_items(words: str, *, goals: bool = False) -> tuple[str, ...] | None:
    """Return the codes of a cell that holds several, None when it has to be read as one.

    Parameters:
        words: the cell. goals: whether its column asks for goals. Elsewhere codes of a goal that
            only leads to its targets ("SDG 8: 8.5") are left out.
    """
    codes = _codes(words)
    if len(codes) > 1:
        return tuple(
            code
            for n, code in enumerate(codes)
            if goals
            or n + 1 == len(codes)
            or "." in code
            or not codes[n + 1].startswith(f"{code}.")
        )
    starts = [m.end() for m in _BEGINS.finditer(fold(words))]
    if codes or len(starts) < 2 or starts[0] != 0:
        return None
    parts = [words[a:b] for a, b in zip(starts, [*starts[1:], len(words)], strict=True)]
    return tuple(part.strip(" ,;/|()") for part in parts)


def _tokens(folded: str) -> list[re.Match[str]]:
    """Return what a cell consists of, nothing when there is anything but codes in it."""
    tokens: list[re.Match[str]] = []
    at = 0
    while at < len(folded):
        token = _TOKEN.match(folded, at)
        if token is None:
            return []
        tokens.append(token)
        at = token.end()
    return tokens


def _codes(words: str) -> list[str]:
    tokens = _tokens(fold(words).rstrip())
    codes: list[str] = []
    goal, of_parts, said = "", False, False
    for n, token in enumerate(tokens):
        if token["part"] or token["word"]:
            of_parts, said = bool(token["part"]), True
        code = token["code"]
        if code is None:
            continue
        if "." not in code and of_parts and goal:
            code = f"{goal}.{code}"
        goal = code.split(".")[0]
        codes.append(code)
        last = tokens[n + 1]["code"] if token["range"] and n + 1 < len(tokens) else None
        if last is not None and (not said or "." in code + last):
            return []  # "8.5-8.8": the two, or those between them as well?
        if last is not None:
            codes += map(str, range(int(code) + 1, int(last)))
    return codes
