"""Forms: a sheet whose headings stand below each other, with one result in each column beside them.

It is turned, so that it reads as a table with one result a row.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice

from outcome_graph.draft import Location, Problem
from outcome_graph.sources.tables.rows import Cell, Fault, Row, Sheet, is_blank
from outcome_graph.tables import find_column

__all__ = ["TurnedSheet", "as_table"]

#: So many headings in one of the first columns make a form, whose rows are no more than these.
_HEADINGS, _LABELS, _MOST_ROWS = 3, 3, 200


class TurnedSheet:
    """A form as a table: its columns are rows.

    Parameters:
        sheet: the sheet as it stands in the file. lines: its rows. labels: the place of the column
            of headings.
    """

    def __init__(self, sheet: Sheet, lines: Sequence[Row], labels: int) -> None:
        self._sheet = sheet
        self._lines = lines
        self._labels = labels

    @property
    def name(self) -> str | None:
        """Its name, None for CSV."""
        return self._sheet.name

    @property
    def day_0(self) -> datetime.date | None:
        """The day that the workbook counts days from, None for CSV."""
        return getattr(self._sheet, "day_0", None)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What was doubtful about the sheet as a whole."""
        said = Problem(
            "warning",
            "The headings stand below each other: the sheet was read as a form, with one result "
            "in each column beside them.",
            None,
            Location(sheet=self.name, row=self._lines[0].number),
        )
        return (*self._sheet.problems, said)

    def rows(self) -> Iterator[Row]:
        """Yield the column of headings and those beside it, as rows."""
        width = max(len(line.cells) for line in self._lines)
        for n in range(self._labels, width):
            yield Row(n - self._labels + 1, [_at(line, n) for line in self._lines])

    def location(self, row: Row, column: int | None) -> Location:
        """Return where a cell is in the file; without a column: where the form begins."""
        line = self._lines[column or 0]
        return self._sheet.location(line, row.number - 1 + self._labels)


def as_table(sheet: Sheet, beside: int = 0) -> TurnedSheet | None:
    """Return a sheet that is a form as a table, None where it is none.

    Parameters:
        sheet: the sheet. beside: how many headings stand beside each other in a row of it.
    """
    lines = list(islice(sheet.rows(), _MOST_ROWS + 1))
    lines = [line for line in lines if not all(map(is_blank, line.cells))]
    if not lines or len(lines) > _MOST_ROWS:
        return None
    known = [_known(lines, n) for n in range(_LABELS)]
    labels = known.index(max(known))
    return TurnedSheet(sheet, lines, labels) if known[labels] >= max(_HEADINGS, beside) else None


def _known(lines: Sequence[Row], column: int) -> int:
    """Count the columns of ours that the cells of a column are clear headings of."""
    words = (_at(line, column) for line in lines)
    found = (find_column(cell) for cell in words if isinstance(cell, str))
    return len({heading.column.key for heading in found if heading and not heading.loose})


def _at(line: Row, column: int) -> Cell:
    """Return a cell; what is merged with the one before it is blank."""
    cell = line.cells[column] if column < len(line.cells) else None
    return None if isinstance(cell, Fault) and column else cell
