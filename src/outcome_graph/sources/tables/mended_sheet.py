"""A sheet whose texts are read as they were before their letters were encoded twice."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace

from outcome_graph.draft import Draft, Location, Problem
from outcome_graph.sources import twice_encoded
from outcome_graph.sources.tables.rows import Cell, Row, Sheet

__all__ = ["MendedSheet"]


class MendedSheet:
    """Another sheet, with its texts mended; the first one that was is told with a draft.

    Parameters:
        sheet: the sheet as it stands in the file.
    """

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._news: Problem | None = None
        self._told = False

    @property
    def name(self) -> str | None:
        """Its name, None for CSV."""
        return self._sheet.name

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was doubtful about the sheet as a whole."""
        return self._sheet.problems

    @property
    def day_0(self) -> datetime.date | None:
        """The day that the workbook counts days from, None for CSV."""
        return getattr(self._sheet, "day_0", None)

    def location(self, row: Row, column: int | None) -> Location:
        """Return where a cell is; columns count from 0. Without a column: where the row is."""
        return self._sheet.location(row, column)

    def rows(self) -> Iterator[Row]:
        """Yield its rows from the first, each time anew."""
        for row in self._sheet.rows():
            cells = [self._mended(row, n, cell) for n, cell in enumerate(row.cells)]
            yield replace(row, cells=cells)

    def told_with(self, draft: Draft) -> Draft:
        """Return the draft, the first time with what is said of mended texts."""
        if self._news is None or self._told:
            return draft
        self._told = True
        return draft.with_problems([self._news])

    def _mended(self, row: Row, column: int, cell: Cell) -> Cell:
        if not isinstance(cell, str) or cell.isascii():
            return cell
        text = twice_encoded.mended(cell)
        if text != cell and self._news is None:
            where = self.location(row, column)
            self._news = twice_encoded.warning(cell, text, where)
        return text
