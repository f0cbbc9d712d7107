"""When a row is data: no headings again, no section, note or sum, and nothing still to come."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from outcome_graph.draft import Problem
from outcome_graph.sources.tables.cells import says_nothing
from outcome_graph.sources.tables.flags import answer
from outcome_graph.sources.tables.header import Header
from outcome_graph.sources.tables.rows import Cell, Row, Sheet, is_blank
from outcome_graph.sources.text import fold
from outcome_graph.tables import EXAMPLE_IDS, find_column, speaks_of

__all__ = [
    "LABELLED",
    "NOTE",
    "cell_at",
    "is_begun",
    "is_no_outcome",
    "not_achieved",
    "only_words",
    "says_one_thing",
    "stands_alone",
]

#: "Country: Kenya".
LABELLED = re.compile(r"([^:：]{2,40}?)\s*[:：]\s*(\S.*)", re.DOTALL)
#: What a row of sums begins with: "TOTAL GENERAL", "Subtotal Kenya", "Sous-total", "Promedio".
_SUM = re.compile(
    r"(?:(?:grand|gran|sub|sous|overall)[\s-]?)?(?:sub)?totale?s?(?:\s(?:g[eé]n[eé]ral|geral|for|of|de|du))?"
    r"(?:\s[\w'-]+){0,3}\s?:?|sum|somme|suma|soma|average|moyenne|promedio|m[eé]dia",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"[\W\d_]*\d[\W\d_]*(?:[^\W\d_]+\s?){0,2}")
#: What rows below the outcomes begin with: sums, notes, sources.
NOTE = re.compile(
    r"(?:grand |sub-?)?total\b|sous-total\b|(?:foot)?notes?\s?:|sources?\s?:|remarks?\s?:|"
    r"remarques?\s?:|"
    r"notas?\s?:|fuentes?\s?:|l[ée]gende\s?:|\*",
    re.IGNORECASE,
)
#: What a column of status says of what is no result: planned, not begun, given up.
_NOT_YET = re.compile(
    r"\s*(?:planned|expected|not (?:yet )?(?:started|achieved|begun)|cancell?ed|dropped|abandoned|"
    r"non (?:atteint|realise|demarre)e?|prevue?|planifiee?|annulee?|abandonnee?|a venir|"
    r"previst[oa]|planificad[oa]|planead[oa]|no (?:logrado|alcanzado|iniciado)|cancelad[oa]|"
    r"anulad[oa]|nao (?:alcancado|iniciado))\s*",
    re.IGNORECASE,
)


def not_achieved(sheet: Sheet, row: Row, statuses: Sequence[tuple[int, str]]) -> Iterator[Problem]:
    """Complain of a row whose column of status says that it tells of no result, or of none yet."""
    for n, words in statuses:
        cell = cell_at(row, n)
        if says_nothing(cell):
            continue
        not_yet = isinstance(cell, str) and _NOT_YET.fullmatch(fold(cell))
        if not_yet or (answer(cell, numbers=False) is False and not speaks_of(words, "status")):
            yield Problem(
                "error",
                f"Column “{words}”: “{cell}”: the row tells of no result yet. Load it when there "
                "is one, or leave the column out.",
                None,
                sheet.location(row, n),
            )


def is_no_outcome(row: Row, header: Header, places: Sequence[int]) -> bool:
    """Whether a row is blank, the headings again, the template's example, or a sum or note."""
    if all(is_blank(cell_at(row, n)) for n in places) or _repeats_headings(row, header):
        return True
    if _is_sum(row) or _is_signed(row):
        return True
    ids = (cell_at(row, one.index) for one in header.columns if one.column.key == "id")
    return any(map(_is_example, ids)) or _is_note(row, places)


def is_begun(row: Row, header: Header) -> bool:
    """Whether the only cell of a row is a title or an ID: somebody has yet to fill it in."""
    titles = [one.index for one in header.columns if one.column.key in ("title", "id")]
    return any(not is_blank(cell_at(row, n)) for n in titles)


def _is_note(row: Row, places: Sequence[int]) -> bool:
    """Whether a row is a sum or a note below the table: one cell of ours, which says so."""
    ours = [cell for n in places if not is_blank(cell := cell_at(row, n))]
    return len(ours) == 1 and isinstance(ours[0], str) and bool(NOTE.match(ours[0].strip()))


def _is_example(cell: Cell) -> bool:
    return isinstance(cell, str) and cell.strip().upper() in EXAMPLE_IDS


def stands_alone(row: Row) -> bool:
    """Tell whether a row has one cell and no more."""
    return len(row.cells) - row.cells.count("") - row.cells.count(None) == 1


def _repeats_headings(row: Row, header: Header) -> bool:
    """Tell whether a row has the headings again, as tables of several printed pages do."""
    named = next((one for one in header.columns if one.constant is None), None)
    if named is None or len(row.cells) <= named.index or row.cells[named.index] != named.heading:
        return False
    words = tuple(" ".join(cell.split()) for cell in row.cells if isinstance(cell, str))
    return words == header.headings and len(words) > 1


def says_one_thing(row: Row) -> bool:
    """Tell whether the only cell of a row is a heading of ours with a value: "Donor: Norway"."""
    labelled = LABELLED.fullmatch(only_words(row))
    named = find_column(labelled[1]) if labelled else None
    return named is not None and not named.loose


def only_words(row: Row) -> str:
    """Return the words of the only cell of a row."""
    cell = next(cell for cell in row.cells if cell not in ("", None))
    return cell.strip() if isinstance(cell, str) else ""


def _is_signed(row: Row) -> bool:
    """Whether a row tells who made the table: "Prepared by: M. Rivas", "Date: 2023-01-01"."""
    cells = [cell for cell in row.cells if not is_blank(cell)]
    return len(cells) > 1 and all(
        isinstance(c, str) and LABELLED.fullmatch(c.strip()) for c in cells
    )


def _is_sum(row: Row) -> bool:
    """Tell whether a row is one of sums: a word for it, and figures."""
    first = next((cell for cell in row.cells if not is_blank(cell)), None)
    if not isinstance(first, str) or not _SUM.fullmatch(first.strip()):
        return False
    others = (cell for cell in row.cells if isinstance(cell, str) and cell is not first)
    return all(is_blank(cell) or _FIGURES.fullmatch(cell.strip()) for cell in others)


def cell_at(row: Row, column: int) -> Cell:
    """Return the cell of a column, None beyond the last one."""
    return row.cells[column] if column < len(row.cells) else None
