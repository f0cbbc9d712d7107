"""What stands in several columns and is one: kind and number of an act, year and month.

Each row's value is put together of them, as if one cell said "kind | number | date", "May 2022".
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
from outcome_graph.sources.tables.rows import Cell, is_blank
from outcome_graph.sources.tables.seen import SeenColumn, SeenTable, only
from outcome_graph.sources.text import fold
from outcome_graph.tables import Kind

__all__ = ["join_acts", "join_months", "joined"]

_NUMBER = re.compile(r"(?:[Nn][°ºo]\.?\s?|№\s?)?(?=[^ ]*\d)[A-Z0-9][\w./-]{0,24}")
_ANY_YEAR, _DECEMBER = 2000, 12
#: The number stands no further from the kind, in columns.
_NEAR = 2


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


def joined(bound: BoundColumn, cells: Sequence[Cell]) -> Cell:
    """Return what the columns that a column is joined of say in a row, in the form of one cell.

    Parameters:
        bound: the column. cells: those of the row.
    """
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
