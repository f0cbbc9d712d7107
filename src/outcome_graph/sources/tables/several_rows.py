"""Results that take several rows: lists go on below a title that is merged over them, or blank.

"Project" and "Donor" have a row for each project then, and the other cells say no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from outcome_graph.errors import SourceError
from outcome_graph.sources.tables.header import BoundColumn, Header
from outcome_graph.sources.tables.row_kinds import NOTE, cell_at
from outcome_graph.sources.tables.rows import Cell, Fault, Row, Sheet, is_blank

__all__ = ["outcome_rows"]

#: Longer ones, in characters, are notes.
_LONGEST = 200
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
            if whole is not None and titles and _goes_on(row, titles):
                whole = _with_more(whole, row, header)
                continue
            if whole is not None and titles and _lists_on(row, whole, header, titles):
                whole = _with_more(whole, row, header)
                whole = replace(whole, joined=(*whole.joined, row.number))
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


def _goes_on(row: Row, titles: Sequence[int]) -> bool:
    """Whether the title of a row is merged with the one above."""
    cells = [cell_at(row, n) for n in titles]
    return all(isinstance(cell, Fault) and cell.above is not None for cell in cells)


def _lists_on(row: Row, whole: Row, header: Header, titles: Sequence[int]) -> bool:
    """Whether a row has items of lists and nothing else that is ours, below one with a title."""
    if not all(is_blank(cell_at(row, n)) for n in titles) or row.across:
        return False
    ours = (one for one in header.columns if one.constant is None)
    filled = [one for one in ours if not is_blank(cell_at(row, one.index))]
    items = [one for one in filled if one.column.kind.is_list and not one.flag and not one.parts]
    if not items or items != filled or any(is_blank(cell_at(whole, n)) for n in titles):
        return False
    cells = [cell_at(row, one.index) for one in items]
    return all(isinstance(cell, str) and _is_item(cell.strip()) for cell in cells)


def _is_item(words: str) -> bool:
    return len(words) <= _LONGEST and words[-1:] not in ".:!?" and not NOTE.match(words)


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
