"""What stands in several columns and is one, and what stands in one and is several.

Kind and number of an act, year and month: each row's value is put together of them, as if one cell
said "kind | number | date", "May 2022". "Biennium | Indicator" is parted, as its heading is.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace

from outcome_graph.sources.page.words.acts import kind_of_act
from outcome_graph.sources.tables.dates import month_of
from outcome_graph.sources.tables.header import BoundColumn
from outcome_graph.sources.tables.inner import escape, join_parts
from outcome_graph.sources.tables.items import kind_in_heading
from outcome_graph.sources.tables.rows import Cell, Fault, is_blank
from outcome_graph.sources.tables.seen import SeenColumn, SeenTable, only
from outcome_graph.sources.text import fold
from outcome_graph.tables import Heading, Kind, find_column

__all__ = ["join_acts", "join_months", "part_columns", "value_of"]

_NUMBER = re.compile(r"(?:[Nn][°ºo]\.?\s?|№\s?)?(?=[^ ]*\d)[A-Z0-9][\w./-]{0,24}")
_ANY_YEAR, _DECEMBER = 2000, 12
#: What stands between the names of two columns that are one: "Biennium | Indicator".
_SIGNS = ("|", " / ", "/")
#: The number stands no further from the kind, in columns.
_NEAR = 2


def part_columns(table: SeenTable) -> None:
    """Read a column that is named as several, and has as many parts in each cell, as these."""
    for one in [c for c in table.columns if c.cells and (c.bound is None or c.bound.loose)]:
        for sign in filter(one.heading.count, _SIGNS):
            names = _parted(one.heading, sign)
            found = [h for h in map(find_column, names) if h is not None and not h.loose]
            if _are_several(found, names, table.keys - {one.key or ""}) and all(
                isinstance(cell, str) and len(_parted(cell, sign)) == len(names)
                for cell in one.cells
            ):
                at = table.columns.index(one)
                table.columns[at : at + 1] = [
                    _piece(one, names[n], heading, (sign, n, len(names)))
                    for n, heading in enumerate(found)
                ]
                break


def _are_several(found: Sequence[Heading], names: Sequence[str], taken: set[str]) -> bool:
    """Whether all names are of columns, each another one, that the table has not yet."""
    keys = {heading.column.key for heading in found}
    return len(keys) == len(names) > 1 and keys.isdisjoint(taken)


def _piece(one: SeenColumn, name: str, heading: Heading, piece: tuple[str, int, int]) -> SeenColumn:
    bound = BoundColumn(one.index, name, heading.column, heading.language, piece=piece)
    cells = [_piece_of(cell, *piece) for cell in one.cells]
    return SeenColumn(one.index, name, cells, one.known, bound)


def _parted(words: str, sign: str) -> list[str]:
    return [part for piece in words.split(sign) if (part := piece.strip())]


def _piece_of(cell: Cell, sign: str, place: int, number: int) -> Cell:
    """Return the part of a cell that is of one column, a fault where it has other parts."""
    if is_blank(cell) or isinstance(cell, Fault):
        return cell
    parts = _parted(str(cell), sign)
    if len(parts) != number:
        return Fault(
            f"the cell has {len(parts)} of the {number} parts that its heading names, parted by "
            f"“{sign}”. Write them all."
        )
    return parts[place]


def join_acts(table: SeenTable) -> None:
    """Read kinds, or titles, of acts and their numbers, in two columns, as one column of acts."""
    bound = table.of("legalActs")
    open_to = [*bound, *table.free]
    named = [one for one in open_to if _are_kinds(one.cells)] or [
        # "Act title" beside "Act no."
        one
        for one in bound
        if not _are_numbers(one.cells) and not _numbered(one.cells)
    ]
    if (first := only(named)) is None:
        return
    number = only(
        [
            one
            for one in open_to
            if one is not first
            and abs(one.index - first.index) <= _NEAR
            and _are_numbers(one.cells)
            and (one.speaks_of("legal") or one.speaks_of("number"))
        ]
    )
    if number is None:
        return
    kind, title = (first.index, None) if _are_kinds(first.cells) else (None, first.index)
    day = _day_of_acts(table)
    parts = (kind, number.index, day.index if day else None, title)
    _join(table, number, "legalActs", parts, first)


def _day_of_acts(table: SeenTable) -> SeenColumn | None:
    """Return the only column of days whose heading speaks of acts."""
    return only(
        [
            one
            for one in table.columns
            if one.bound is None or one.bound.column.kind is Kind.DATE
            if one.are_days and one.speaks_of("legal")
        ]
    )


def join_months(table: SeenTable) -> None:
    """Read a column of months and one of years as one."""
    year = only(table.of("achievedInYear"))
    month = only([o for o in table.free if o.speaks_of("month") and _are_months(o.cells)])
    if year is not None and month is not None and _are_years(year.cells):
        _join(table, year, "achievedInYear", (month.index, year.index), month)


def _join(
    table: SeenTable,
    one: SeenColumn,
    key: str,
    parts: tuple[int | None, ...],
    other: SeenColumn,
) -> None:
    """Read a column together with another, which is a column no more."""
    table.take(one, key)
    assert one.bound is not None
    one.bound = replace(one.bound, parts=parts)
    table.columns.remove(other)


def value_of(bound: BoundColumn, cells: Sequence[Cell]) -> Cell:
    """Return what a row has in a column, which may be joined of several or a part of one.

    Parameters:
        bound: the column. cells: those of the row.
    """
    if bound.constant is not None:
        return bound.constant
    if bound.parts:
        return _joined(bound, cells)
    cell = cells[bound.index] if bound.index < len(cells) else None
    return cell if bound.piece is None else _piece_of(cell, *bound.piece)


def _joined(bound: BoundColumn, cells: Sequence[Cell]) -> Cell:
    parts = [
        cells[n] if n is not None and n < len(cells) and not is_blank(cells[n]) else None
        for n in bound.parts
    ]
    if bound.column.key == "legalActs":
        return _joined_act(bound.heading, *parts)
    month, year = parts
    named = _month(month) if month is not None else None
    return year if named is None or year is None else f"{str(year).strip()}-{named:02}"


def _joined_act(heading: str, kind: Cell, number: Cell, day: Cell, title: Cell) -> str | None:
    if number is None:
        return None if title is None else escape(str(title).strip())
    digits = re.sub(r"^(?:[Nn][°ºo]\.?|№)\s?", "", str(number).strip())
    if isinstance(day, datetime.datetime):
        day = day.date()
    named = kind if kind is not None else kind_in_heading(heading)
    return join_parts(str(part or "").strip() for part in (named, digits, day, "", title))


def _numbered(cells: Sequence[Cell]) -> bool:
    """Whether cells name acts with their numbers."""
    return any(re.search(r"\d", str(cell)) for cell in cells)


def _are_kinds(cells: Sequence[Cell]) -> bool:
    return bool(cells) and all(
        isinstance(cell, str) and kind_of_act(fold(cell.strip()).lower()) for cell in cells
    )


def _are_years(cells: Sequence[Cell]) -> bool:
    return bool(cells) and all(re.fullmatch(r"(?:19|20)\d\d", str(c).strip()) for c in cells)


def _are_months(cells: Sequence[Cell]) -> bool:
    return bool(cells) and all(_month(cell) is not None for cell in cells)


def _month(cell: Cell) -> int | None:
    """Return the number of a month: "May", "mai", "5", "05"; None where it is none."""
    words = str(cell).strip()
    if words.isdecimal():
        return int(words) if 1 <= int(words) <= _DECEMBER else None
    found = month_of(f"{words} {_ANY_YEAR}")
    return found[0].month if found else None


def _are_numbers(cells: Sequence[Cell]) -> bool:
    return bool(cells) and all(
        isinstance(cell, int) or (isinstance(cell, str) and _NUMBER.fullmatch(cell.strip()))
        for cell in cells
    )
