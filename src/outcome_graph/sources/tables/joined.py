"""What stands in several columns and is one: kind and number of an act, year and month.

Each row's value is put together of them, as if one cell said "kind | number | date", "May 2022".
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from outcome_graph.sources.page.words.acts import kind_of_act
from outcome_graph.sources.tables.dates import month_of
from outcome_graph.sources.tables.header import BoundColumn, Header
from outcome_graph.sources.tables.inner import escape, join_parts
from outcome_graph.sources.tables.items import kind_in_heading
from outcome_graph.sources.tables.rows import Cell, is_blank
from outcome_graph.sources.tables.values import are_days
from outcome_graph.sources.text import fold
from outcome_graph.tables import COLUMN_BY_KEY, Kind, about_acts, all_words

__all__ = ["joined", "with_joined_acts", "with_joined_months"]

_NUMBER = re.compile(r"(?:[Nn][°ºo]\.?\s?|№\s?)?(?=[^ ]*\d)[A-Z0-9][\w./-]{0,24}")
_NUMBERS = frozenset(
    ("no", "nr", "num", "n", "number", "numero", "numeros", "ref", "reference", "referencia", "id")
)
_ANY_YEAR, _DECEMBER = 2000, 12
#: The number stands no further from the kind, in columns.
_NEAR = 2


def with_joined_acts(header: Header, cells: Mapping[int, Sequence[Cell]]) -> Header:
    """Return the headings with one column of acts in place of those of their kinds and numbers.

    Parameters:
        header: the headings of a sheet. cells: what stands below them, by column.
    """
    bound = {one.index: one.heading for one in header.columns if one.column.key == "legalActs"}
    open_to = bound | dict(header.unknown)
    named = [n for n in open_to if _are_kinds(cells[n])]
    # "Act title" beside "Act no."
    named += [
        n for n in bound if not named and not _are_numbers(cells[n]) and not _numbered(cells[n])
    ]
    if len(named) != 1:
        return header
    first = named[0]
    numbers = [
        n
        for n, words in open_to.items()
        if n != first and abs(n - first) <= _NEAR and _are_numbers(cells[n]) and _asks(words)
    ]
    if len(numbers) != 1:
        return header
    number = numbers[0]
    kind, title = (first, None) if _are_kinds(cells[first]) else (None, first)
    joined = BoundColumn(
        number,
        open_to[number],
        COLUMN_BY_KEY["legalActs"],
        by_values=True,
        parts=(kind, number, _day_of_acts(header, cells), title),
    )
    others = tuple(one for one in header.columns if one.index not in (first, number))
    return replace(
        header,
        columns=tuple(sorted((*others, joined), key=lambda one: one.index)),
        unknown=tuple(one for one in header.unknown if one[0] not in (first, number)),
    )


def _day_of_acts(header: Header, cells: Mapping[int, Sequence[Cell]]) -> int | None:
    """Return the place of the only column of days whose heading speaks of acts."""
    dated = {one.index: one.heading for one in header.columns if one.column.kind is Kind.DATE}
    days = [
        n
        for n, words in (*header.unknown, *dated.items())
        if are_days(cells[n]) and about_acts(words)
    ]
    return days[0] if len(days) == 1 else None


def with_joined_months(header: Header, cells: Mapping[int, Sequence[Cell]]) -> Header:
    """Return the headings with one column of months in place of those of years and of months.

    Parameters:
        header: the headings of a sheet. cells: what stands below them, by column.
    """
    years = [one for one in header.columns if one.column.key == "achievedInYear"]
    months = [n for n, words in header.unknown if _names_months(words) and _are_months(cells[n])]
    if len(years) != 1 or len(months) != 1 or not _are_years(cells[years[0].index]):
        return header
    (year,), (month,) = years, months
    joined = replace(year, parts=(month, year.index), by_values=True)
    return replace(
        header,
        columns=tuple(joined if one is year else one for one in header.columns),
        unknown=tuple(one for one in header.unknown if one[0] != month),
    )


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


def _names_months(heading: str) -> bool:
    return not all_words(heading).isdisjoint(("month", "mois", "mes"))


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


def _asks(heading: str) -> bool:
    return about_acts(heading) or not all_words(heading).isdisjoint(_NUMBERS)
