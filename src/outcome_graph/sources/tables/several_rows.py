"""Results that take several rows: their title is merged over them, and lists go on below.

"Project" and "Donor" have a row for each project then, and the other cells are merged as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from outcome_graph.errors import SourceError
from outcome_graph.sources.tables.header import BoundColumn, Header
from outcome_graph.sources.tables.rows import Cell, Fault, Row, Sheet, is_blank

__all__ = ["outcome_rows"]

_SEVERAL = Fault(
    "the title is merged over several rows, which hold several values here. Give each result one "
    "row, or one value."
)


def outcome_rows(sheet: Sheet, header: Header) -> Iterator[Row]:
    """Yield the rows below the headings; one whose title is that of the row above is one with it.

    Raises:
        SourceError: as the sheet's rows, after all that came before the broken place.
    """
    titles = [one.index for one in header.columns if one.column.key == "title"]
    whole: Row | None = None
    try:
        for row in sheet.rows():
            if row.number <= header.row:
                continue
            if whole is not None and titles and all(_goes_on(row, n) for n in titles):
                whole = _with_more(whole, row, header)
                continue
            if whole is not None:
                yield whole
            whole = row
    except SourceError:
        if whole is not None:
            yield whole
        raise
    if whole is not None:
        yield whole


def _goes_on(row: Row, column: int) -> bool:
    cell = row.cells[column] if column < len(row.cells) else None
    return isinstance(cell, Fault) and cell.above is not None


def _with_more(whole: Row, row: Row, header: Header) -> Row:
    """Return a row with what another one of the same result has in its cells."""
    cells = [*whole.cells, *[None] * (len(row.cells) - len(whole.cells))]
    for one in header.columns:
        if one.constant is None and one.index < len(row.cells):
            cells[one.index] = _joined(one, cells[one.index], row.cells[one.index])
    return replace(whole, cells=cells)


def _joined(one: BoundColumn, first: Cell, more: Cell) -> Cell:
    if is_blank(more) or first == more or (isinstance(more, Fault) and more.above is not None):
        return first
    if is_blank(first):
        return more
    plain = not isinstance(first, Fault) and not isinstance(more, Fault)
    return f"{first}; {more}" if one.column.kind.is_list and plain else _SEVERAL
