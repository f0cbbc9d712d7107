"""Telling by their values what columns hold whose headings are in words that we do not know.

A field is taken by values only if the table names no column for it, just one column has such
values, and its heading forbids it not. What was taken, and what could not be decided, is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from typing import TypeAlias

from outcome_graph.sources.tables.header import BoundColumn, Header
from outcome_graph.sources.tables.rows import Cell, Sheet, column_letters, is_blank
from outcome_graph.sources.tables.values import (
    KnownWords,
    are_organisations,
    are_sentences,
    are_titles,
    sdg_kind,
    told_by_form,
)
from outcome_graph.tables import (
    COLUMN_BY_KEY,
    may_hold,
    speaks_of_payers,
    speaks_of_place,
    speaks_of_sdgs,
)

__all__ = ["SURE", "with_columns_by_values"]

#: So many rows tell what a column holds.
_LOOKED_AT = 200
#: Kinds of values that hardly a table has but one of results.
SURE = frozenset(("country", "code", "projects", "sdgGoals", "sdgTargets", "sdgIndicators"))
#: What is known of the time of a result: with one of these no date is looked for.
_TIMES = frozenset(("achievedOn", "achievedInYear", "periodStart", "periodEnd"))
#: Countries that fund work in others: in a column of countries they may be the donors. Members of
#: the OECD's Development Assistance Committee, and others whose projects are known.
_DONORS = """
AUS AUT BEL CAN CHE CZE DEU DNK ESP EST FIN FRA GBR GRC HUN IRL ISL ITA JPN KOR LTU LUX LVA NLD
NOR NZL POL PRT SVK SVN SWE USA ARE BRA CHN IND KWT QAT RUS SAU SGP TUR
"""
_Cells: TypeAlias = dict[int, list[Cell]]


def with_columns_by_values(header: Header, sheet: Sheet, known: KnownWords) -> Header:
    """Return the headings of a sheet with the columns that their values tell.

    Parameters:
        header: the headings as words tell them. sheet: the sheet. known: the reference data.
    """
    if not header.unknown:
        return header
    cells = _cells(header, sheet)
    found, said = _told(header, cells, known)
    if not {bound.column.key for bound in header.columns} & {"title"}:
        found.update(_title(header, cells, found))
    bound = [
        BoundColumn(n, words, COLUMN_BY_KEY[found[n]], by_values=True)
        for n, words in header.unknown
        if n in found
    ]
    return replace(
        header,
        columns=tuple(sorted((*header.columns, *bound), key=lambda one: one.index)),
        unknown=tuple(one for one in header.unknown if one[0] not in found),
        said=(*map(_taken, bound), *said),
    )


def _cells(header: Header, sheet: Sheet) -> _Cells:
    """Return what the first rows below the headings hold, by column."""
    places = [*(n for n, _ in header.unknown), *(bound.index for bound in header.columns)]
    cells: _Cells = {n: [] for n in places}
    below = (row for row in sheet.rows() if row.number > header.row)
    for row in islice(below, _LOOKED_AT):
        filled = [n for n in places if n < len(row.cells) and not is_blank(row.cells[n])]
        if len(filled) > 1:  # else a note or a sum
            for n in filled:
                cells[n].append(row.cells[n])
    return cells


def _told(
    header: Header, cells: _Cells, known: KnownWords
) -> tuple[dict[int, str], list[tuple[int, str]]]:
    """Return the keys of columns, and what is to be said of those that are left."""
    taken = {bound.column.key for bound in header.columns}
    claims: dict[str, list[tuple[int, str]]] = {}
    for n, words in header.unknown:
        key = sdg_kind(cells[n], known, named=speaks_of_sdgs(words)) or told_by_form(
            cells[n], known
        )
        if key is not None:
            claims.setdefault(key, []).append((n, words))
    found: dict[int, str] = {}
    said: list[tuple[int, str]] = []
    for key, columns in claims.items():
        if key in taken or (key == "achievedOn" and taken & _TIMES):
            continue
        open_to = [one for one in columns if may_hold(one[1], key)]
        if key == "country":
            open_to = _countries(open_to, columns, cells, known, taken)
        elif key == "achievedOn" and len(columns) > 1:
            open_to = []  # one of them may be that of the result
        if len(open_to) == 1:
            found[open_to[0][0]] = key
        elif any(may_hold(words, key) for _, words in columns):
            said.append((columns[0][0], _undecided(key, columns)))
    if "funders" not in taken:
        said += _payers(header, cells, known, found)
    return found, said


def _countries(
    open_to: list[tuple[int, str]],
    columns: list[tuple[int, str]],
    cells: _Cells,
    known: KnownWords,
    taken: set[str],
) -> list[tuple[int, str]]:
    """Of the columns of countries return those that are of the results.

    Countries that are donors too may be those that paid, unless the heading asks for a place or
    another column names the donors.
    """
    placed = [one for one in open_to if speaks_of_place(one[1])]
    if placed:
        return placed
    if len(columns) > 1:
        return []
    if "funders" in taken:
        return open_to
    return [one for one in open_to if not _may_be_donors(cells[one[0]], known)]


def _may_be_donors(cells: Iterable[Cell], known: KnownWords) -> bool:
    return any((known.country(str(cell)) or "?") in _DONORS for cell in cells)


def _payers(
    header: Header, cells: _Cells, known: KnownWords, found: dict[int, str]
) -> list[tuple[int, str]]:
    """Say which columns name organisations that we know: who they are is for a person to say."""
    free = [(n, words) for n, words in header.unknown if n not in found]
    return [
        (
            n,
            f"holds names of organisations or donors. If they paid for the work, call it "
            f"“{COLUMN_BY_KEY['funders'].headings.en}”.",
        )
        for n, words in free
        if are_organisations(cells[n], known) and speaks_of_payers(words)
    ]


def _title(header: Header, cells: _Cells, found: dict[int, str]) -> dict[int, str]:
    """Find the column of titles: the only one of short sentences that are none of prose."""
    free = [(n, words) for n, words in header.unknown if n not in found]
    titles = [(n, words) for n, words in free if are_titles(cells[n])]
    texts = [n for n, _ in free if _is_text(cells[n])]
    if len(titles) != 1 or not may_hold(titles[0][1], "title"):
        return {}
    others = [n for n in texts if n != titles[0][0] and not are_sentences(cells[n])]
    return {} if others else {titles[0][0]: "title"}


def _is_text(cells: Sequence[Cell]) -> bool:
    words = [len(cell.split()) for cell in cells if isinstance(cell, str)]
    return bool(words) and sum(words) > 3 * len(words)


def _taken(bound: BoundColumn) -> tuple[int, str]:
    name = bound.column.headings.en
    return bound.index, (
        f"was read as {name} by its values. Call it “{name}” if that is right; if not, leave the "
        "column out."
    )


def _undecided(key: str, columns: Sequence[tuple[int, str]]) -> str:
    name = COLUMN_BY_KEY[key].headings.en
    others = [f"{column_letters(n)} “{words[:60]}”" for n, words in columns[1:]]
    beside = f" (so do {', '.join(others)})" if others else ""
    return f"holds what may be {name}{beside}, or something else. Call it “{name}” if it is that."
