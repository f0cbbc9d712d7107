"""What CSV and XLSX have in common: sheets of rows of cells."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeAlias

from outcome_graph.draft import Location, Problem

__all__ = ["Cell", "Fault", "Row", "Sheet", "column_letters", "is_blank"]


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell without a value of its own: a formula never computed, an error, part of a merged cell.

    Parameters:
        message: what is wrong and how to mend it, as sentences.
        above: the value of the cell above with which it is merged into one.
        beside: that of the one before it in its row, likewise.
    """

    message: str
    above: Cell = None
    beside: Cell = None


#: A value as the table holds it. Dates are those that a workbook marks as dates.
Cell: TypeAlias = str | int | float | bool | datetime.date | datetime.time | Fault | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row.

    Parameters:
        number: from 1, as spreadsheet programs count. cells: from column A on.
        line: the line of the file on which it begins, for CSV.
        across: whether it is one cell, merged across columns: a title, a section, a note.
        joined: the numbers of rows without a title below, whose lists were taken to its own.
    """

    number: int
    cells: Sequence[Cell]
    line: int | None = None
    across: bool = False
    joined: tuple[int, ...] = ()


class Sheet(Protocol):
    """A sheet of a workbook, or the whole of a CSV file."""

    @property
    def name(self) -> str | None:
        """Its name, None for CSV."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was doubtful about the sheet as a whole."""

    def rows(self) -> Iterator[Row]:
        """Yield its rows from the first, each time anew."""

    def location(self, row: Row, column: int | None) -> Location:
        """Return where a cell is; columns count from 0. Without a column: where the row is."""


def is_blank(cell: Cell) -> bool:
    """Tell whether a cell holds nothing but space."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


@lru_cache(maxsize=1_000)
def column_letters(column: int) -> str:
    """Return what spreadsheet programs call a column; columns count from 0: "A", "Z", "AA"."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
