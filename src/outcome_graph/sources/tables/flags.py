"""Columns that say yes or no to one thing: a branch of social security, an SDG goal or target.

"Old age" with "Yes" or "x" below it is the branch; "Target 1.3" with "oui" is the target. A column
"Target 1" may also hold targets, as one of several: what its cells hold decides.
"""

from __future__ import annotations

import re

from outcome_graph.sources.page.words.bodies import words_of
from outcome_graph.sources.page.words.goals import BRANCH
from outcome_graph.sources.tables.rows import Cell
from outcome_graph.sources.text import fold
from outcome_graph.tables import COLUMNS, Column, fold_heading

__all__ = ["answer", "flag_of"]

_COLUMNS = {column.key: column for column in COLUMNS}
_BRANCH = re.compile(BRANCH, re.IGNORECASE)
_SDG = re.compile(
    r"(?:(?:sdg|odd|ods)\s*)?(?:(?:goal|target|indicator|objectif|cible|indicateur|objetivo|meta|"
    r"indicador)\s*)?(?P<code>\d{1,2}(?:\.(?:\d{1,2}|[a-z]))?(?:\.\d{1,2})?)",
    re.IGNORECASE,
)
#: "Maternity (y/n)".
_NOTE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*\Z")
_BY_DOTS = ("sdgGoals", "sdgTargets", "sdgIndicators")
_YES = words_of("yes y x true oui o vrai si s verdadero sim ✓ ✔ ☑ √ ● done")
_NO = words_of("no n false non faux falso nao na - – — ✗ ✘ ☐")
#: Letters of the longest answer, and signs of a text that are looked at first.
_LONGEST, _HEAD = max(map(len, _YES | _NO)), 24


def flag_of(heading: str) -> tuple[Column, str] | None:
    """Tell what a heading asks yes or no for: its column, and the value that "yes" stands for.

    Parameters:
        heading: as it stands in the table.
    """
    heading = _NOTE.sub("", heading)
    folded = fold(" ".join(heading.split()))
    coded = _SDG.fullmatch(folded)
    if coded and (coded.start("code") or "." in coded["code"]):
        return _COLUMNS[_BY_DOTS[coded["code"].count(".")]], coded["code"].lower()
    if _BRANCH.fullmatch(folded):
        return _COLUMNS["branches"], heading.strip()
    return None


def answer(cell: Cell, *, numbers: bool) -> bool | None:
    """Read yes or no, None when it is neither.

    Parameters:
        cell: the cell. numbers: whether 1 and 0 are answers too.
    """
    if isinstance(cell, bool):
        return cell
    words = str(cell).strip().casefold()
    if numbers and words in ("1", "0"):
        return words == "1"
    if words not in _YES | _NO:
        if len(fold_heading(words[:_HEAD])) > _LONGEST:
            return None  # most texts are long, and to fold them takes long
        words = fold_heading(words)
    if words in _YES:
        return True
    return False if words in _NO else None
