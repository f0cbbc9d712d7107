"""Telling by their values what columns hold whose headings are in words that we do not know.

A field is taken by values only if the table names no column for it, just one column has such
values, and its heading forbids it not. What was taken, and what could not be decided, is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TypeAlias

from outcome_graph.sources.tables.header import BoundColumn, Header
from outcome_graph.sources.tables.rows import Cell, Sheet, column_letters, is_blank
from outcome_graph.sources.tables.values import (
    KnownWords,
    are_bodies,
    are_days,
    are_names,
    are_organisations,
    are_sentences,
    are_titles,
    sdg_kind,
    told_by_form,
)
from outcome_graph.tables import (
    COLUMN_BY_KEY,
    is_vague,
    may_hold,
    speaks_of_payers,
    speaks_of_place,
    speaks_of_sdgs,
)

__all__ = ["SURE", "with_columns_by_values"]

#: So many rows tell what a column holds, fewer in tables of hundreds of columns.
_LOOKED_AT, _FEWEST_ROWS, _CELLS = 200, 20, 5_000
#: Kinds of values that hardly a table has but one of results.
SURE = frozenset(("country", "code", "projects", "sdgGoals", "sdgTargets", "sdgIndicators"))
#: What is known of the time of a result: with one of these no date is looked for.
_TIMES = frozenset(("achievedOn", "achievedInYear", "periodStart", "periodEnd"))
#: Countries that fund work in others: in a column of countries they may be the donors. Members of
#: the OECD's Development Assistance Committee, and others whose projects are known.
# fmt: off
_DONORS = frozenset((
    "AUS", "AUT", "BEL", "CAN", "CHE", "CZE", "DEU", "DNK", "ESP", "EST", "FIN", "FRA",
    "GBR", "GRC", "HUN", "IRL", "ISL", "ITA", "JPN", "KOR", "LTU", "LUX", "LVA", "NLD",
    "NOR", "NZL", "POL", "PRT", "SVK", "SVN", "SWE", "USA", "ARE", "BRA", "CHN", "IND",
    "KWT", "QAT", "RUS", "SAU", "SGP", "TUR",
))
# fmt: on
_Cells: TypeAlias = dict[int, list[Cell]]


def with_columns_by_values(header: Header, sheet: Sheet, known: KnownWords) -> Header:
    """Return the headings of a sheet with the columns that their values tell.

    Parameters:
        header: the headings as words tell them. sheet: the sheet. known: the reference data.
    """
    if not header.unknown:
        return header
    cells = _cells(header, sheet)
    header = _without_vague_day(header, cells)
    found, said = _told(header, cells, known)
    taken = {bound.column.key for bound in header.columns}
    if "title" not in taken:
        found.update(_title(header, cells, found))
    said += [one for one in _proposals(header, cells, found) if one[0] not in dict(said)]
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
    rows = max(_FEWEST_ROWS, min(_LOOKED_AT, _CELLS // len(places)))
    for row in islice(below, rows):
        filled = [n for n in places if n < len(row.cells) and not is_blank(row.cells[n])]
        if len(filled) > 1:  # else a note or a sum
            for n in filled:
                cells[n].append(row.cells[n])
    return cells


def _without_vague_day(header: Header, cells: _Cells) -> Header:
    """Take back a day whose heading says not of what ("Board date") where others may be it."""
    vague = [
        one for one in header.columns if one.column.key == "achievedOn" and is_vague(one.heading)
    ]
    others = [one for one in header.unknown if are_days(cells[one[0]])]
    if not vague or not others:
        return header
    taken_back = [(one.index, one.heading) for one in vague]
    return replace(
        header,
        columns=tuple(one for one in header.columns if one not in vague),
        unknown=tuple(sorted((*header.unknown, *taken_back))),
    )


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
    another column names the donors, as one does that holds no others.
    """
    donors = [one for one in columns if all(_donors(cells[one[0]], known))]
    others = [one for one in columns if one not in donors]
    placed = [one for one in open_to if speaks_of_place(one[1])]
    if others and donors:
        placed = [one for one in placed if one in others]
    if placed:
        return placed
    if len(others) > 1:
        return []
    if not donors and "funders" in taken:
        return open_to
    return [one for one in open_to if one in others and not any(_donors(cells[one[0]], known))]


def _donors(cells: Iterable[Cell], known: KnownWords) -> Iterator[bool]:
    return (known.country(str(cell)) in _DONORS for cell in cells)


def _payers(
    header: Header, cells: _Cells, known: KnownWords, found: dict[int, str]
) -> list[tuple[int, str]]:
    """Find the column of those who paid: what they are called is known, the heading says that they
    paid. Without that word only a person can say what they did.

    Returns:
        What is to be said of the columns that are left; that of the payers is put into ``found``.
    """
    free = [(n, words) for n, words in header.unknown if n not in found]
    named = [(n, words) for n, words in free if are_organisations(cells[n], known)]
    paid = [one for one in named if speaks_of_payers(one[1]) and may_hold(one[1], "funders")]
    if len(paid) == 1:
        found[paid[0][0]] = "funders"
        named.remove(paid[0])
    name = COLUMN_BY_KEY["funders"].headings.en
    return [
        (n, f"holds names that we know. If they paid for the work, call it “{name}”.")
        for n, _ in named
    ]


def _title(header: Header, cells: _Cells, found: dict[int, str]) -> dict[int, str]:
    """Find the column of titles: the only one of short sentences that are none of prose."""
    free = [(n, words) for n, words in header.unknown if n not in found]
    titles = [(n, words) for n, words in free if are_titles(cells[n])]
    texts = [n for n, _ in free if _is_text(cells[n])]
    if len(titles) != 1 or not may_hold(titles[0][1], "title"):
        return {}
    others = [
        n
        for n in texts
        if n != titles[0][0] and not are_sentences(cells[n]) and not are_names(cells[n])
    ]
    return {} if others else {titles[0][0]: "title"}


def _proposals(header: Header, cells: _Cells, found: dict[int, str]) -> Iterator[tuple[int, str]]:
    """Say which columns hold prose or names of bodies: what they tell is for a person to say."""
    taken = {bound.column.key for bound in header.columns}
    for n, words in header.unknown:
        if n in found:
            continue
        if are_sentences(cells[n]) and "achievement" not in taken:
            if may_hold(words, "achievement"):
                name = COLUMN_BY_KEY["achievement"].headings.en
                yield n, f"holds sentences. If they tell what was achieved, call it “{name}”."
        elif (
            are_bodies(cells[n]) and "constituents" not in taken and may_hold(words, "constituents")
        ):
            name = COLUMN_BY_KEY["constituents"].headings.en
            yield n, f"holds names of bodies. If they are partners, call it “{name}”."


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
