"""Forms: a sheet whose headings stand below each other, with one result in each column beside them.

It is turned, so that it reads as a table with one result a row.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from outcome_graph.draft import Location, Problem
from outcome_graph.sources.tables.rows import Cell, Fault, Row, Sheet, is_blank
from outcome_graph.tables import find_column

__all__ = ["TurnedSheet", "as_table"]

#: So many headings in one of the first columns make a form, whose rows are no more than these.
_HEADINGS, _LABELS, _MOST_ROWS = 3, 3, 200


class TurnedSheet:
    """A form as a table: its columns are rows, those of each block below each other.

    Parameters:
        sheet: the sheet as it stands in the file. blocks: its rows; where the headings stand again
            another block begins. labels: the place of the column of headings.
    """

    def __init__(self, sheet: Sheet, blocks: Sequence[Sequence[Row]], labels: int) -> None:
        self._sheet = sheet
        self._labels = labels
        lines = [line for block in blocks for line in block]
        self._headings = list(dict.fromkeys(_words(line, labels) for line in lines))
        width = max(len(line.cells) for line in lines)
        #: The lines of each row by their headings, and the column that it is.
        self._rows = [
            ({_words(line, labels): line for line in reversed(block)}, column)
            for block in blocks
            for column in range(labels + 1, width)
        ]

    @property
    def name(self) -> str | None:
        """Its name, None for CSV."""
        return self._sheet.name

    @property
    def day_0(self) -> datetime.date | None:
        """The day that the workbook counts days from, None for CSV."""
        return getattr(self._sheet, "day_0", None)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was doubtful about the sheet as a whole."""
        said = Problem(
            "warning",
            "The headings stand below each other: the sheet was read as a form, with one result "
            "in each column beside them.",
            None,
            Location(sheet=self.name, row=1),
        )
        return (*self._sheet.problems, said)

    def rows(self) -> Iterator[Row]:
        """Yield the headings and what stands beside them, as rows."""
        yield Row(1, self._headings)
        for n, (lines, column) in enumerate(self._rows, 2):
            yield Row(n, [_at(lines.get(words), column) for words in self._headings])

    def location(self, row: Row, column: int | None) -> Location:
        """Return where a cell is in the file; without a column: where the form begins."""
        lines, place = self._rows[max(0, row.number - 2)]
        first = next(reversed(lines.values()))
        line = lines.get(self._headings[column or 0], first)
        return self._sheet.location(line, place if row.number > 1 else self._labels)


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
    labels = max(range(_LABELS), key=lambda n: len(known[n]))
    if len(known[labels]) < max(_HEADINGS, beside):
        return None
    first = next(iter(known[labels].values()))
    starts = [n for n, line in enumerate(lines) if _words(line, labels) == first]
    blocks = [lines[a:b] for a, b in pairwise([0, *starts[1:], len(lines)])]
    return TurnedSheet(sheet, blocks, labels)


def _known(lines: Sequence[Row], column: int) -> dict[str, str]:
    """Return the keys of the columns of ours that a column has clear headings of, with these."""
    words = dict.fromkeys(_words(line, column) for line in lines)
    found: dict[str, str] = {}
    for cell in words:
        if (heading := find_column(cell)) is not None and not heading.loose:
            found.setdefault(heading.column.key, cell)
    return found


def _words(line: Row, column: int) -> str:
    """Return the heading of a line, empty where it has none."""
    cell = _at(line, column)
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def _at(line: Row | None, column: int) -> Cell:
    """Return a cell; what is merged with the one before it is blank."""
    cell = line.cells[column] if line is not None and column < len(line.cells) else None
    return None if isinstance(cell, Fault) and column else cell
