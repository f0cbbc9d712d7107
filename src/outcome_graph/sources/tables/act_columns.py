"""Legal acts whose kind and number stand in columns of their own: "Tipo de norma", "Número".

Each row's act is put together of them, as if one cell said "kind | number | date".
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from outcome_graph.sources.page.act_words import kind_of_act
from outcome_graph.sources.tables.header import BoundColumn, Header
from outcome_graph.sources.tables.rows import Cell, is_blank
from outcome_graph.sources.tables.values import are_days
from outcome_graph.sources.text import fold
from outcome_graph.tables import COLUMN_BY_KEY, about_acts, all_words

__all__ = ["joined_act", "with_joined_acts"]

_NUMBER = re.compile(r"(?:[Nn][°ºo]\.?\s?|№\s?)?(?=[^ ]*\d)[A-Z0-9][\w./-]{0,24}")
_NUMBERS = frozenset(
    "no nr num n number numero numeros reference referencia ref id".split()
)
#: The number stands no further from the kind, in columns.
_NEAR = 2


def with_joined_acts(header: Header, cells: Mapping[int, Sequence[Cell]]) -> Header:
    """Return the headings with one column of acts in place of those of their kinds and numbers.

    Parameters:
        header: the headings of a sheet. cells: what stands below them, by column.
    """
    bound = {one.index: one.heading for one in header.columns if one.column.key == "legalActs"}
    open_to = bound | dict(header.unknown)
    kinds = [n for n in open_to if _are_kinds(cells[n])]
    if len(kinds) != 1:
        return header
    kind = kinds[0]
    numbers = [
        n
        for n, words in open_to.items()
        if n != kind and abs(n - kind) <= _NEAR and _are_numbers(cells[n]) and _asks(words)
    ]
    if len(numbers) != 1:
        return header
    number = numbers[0]
    days = [
        n
        for n, words in header.unknown
        if n not in (kind, number) and are_days(cells[n]) and about_acts(words)
    ]
    joined = BoundColumn(
        number,
        f"{open_to[kind]}, {open_to[number]}",
        COLUMN_BY_KEY["legalActs"],
        by_values=True,
        parts=(kind, number, days[0] if len(days) == 1 else None),
    )
    others = tuple(one for one in header.columns if one.index not in (kind, number))
    return replace(
        header,
        columns=tuple(sorted((*others, joined), key=lambda one: one.index)),
        unknown=tuple(one for one in header.unknown if one[0] not in (kind, number)),
    )


def joined_act(parts: tuple[int, int, int | None], cells: Sequence[Cell]) -> str | None:
    """Return what a row says of its act, in the form of one cell; None where it has no number.

    Parameters:
        parts: the places of kind, number and day. cells: those of the row.
    """
    kind, number, day = (
        cells[n] if n is not None and n < len(cells) and not is_blank(cells[n]) else None
        for n in parts
    )
    if number is None:
        return None
    digits = re.sub(r"^(?:[Nn][°ºo]\.?|№)\s?", "", str(number).strip())
    if isinstance(day, datetime.datetime):
        day = day.date()
    return " | ".join(str(part or "").strip() for part in (kind, digits, day))


def _are_kinds(cells: Sequence[Cell]) -> bool:
    return bool(cells) and all(
        isinstance(cell, str) and kind_of_act(fold(cell.strip()).lower()) for cell in cells
    )


def _are_numbers(cells: Sequence[Cell]) -> bool:
    return bool(cells) and all(
        isinstance(cell, int) or (isinstance(cell, str) and _NUMBER.fullmatch(cell.strip()))
        for cell in cells
    )


def _asks(heading: str) -> bool:
    return about_acts(heading) or not all_words(heading).isdisjoint(_NUMBERS)
