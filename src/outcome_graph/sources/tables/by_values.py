"""Telling by their values what columns hold whose headings are in words that we do not know.

A field is taken by values only if the table names no column for it, just one column has such
values, and its heading forbids it not. What was taken, and what could not be decided, is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import TypeAlias

from outcome_graph.sources.page.languages import word_counts
from outcome_graph.sources.tables.by_places import countries_of_results, payers
from outcome_graph.sources.tables.by_texts import tell_texts
from outcome_graph.sources.tables.cells import says_nothing
from outcome_graph.sources.tables.flags import answer
from outcome_graph.sources.tables.header import BoundColumn, Header
from outcome_graph.sources.tables.joined import with_joined_acts, with_joined_months
from outcome_graph.sources.tables.messages import asked, undecided
from outcome_graph.sources.tables.messages import taken as taken_for
from outcome_graph.sources.tables.misnamed import (
    with_title,
    without_misnamed,
    without_prose,
    without_vague_day,
)
from outcome_graph.sources.tables.rows import Cell, Sheet, is_blank
from outcome_graph.sources.tables.values import KnownWords, kind_of
from outcome_graph.tables import (
    COLUMN_BY_KEY,
    Kind,
    asks_for,
    may_hold,
    speaks_of_approval,
    visibility_of_yes,
)

__all__ = ["SURE", "with_columns_by_values"]

#: So many rows tell what a column holds, fewer in tables of hundreds of columns.
_LOOKED_AT, _FEWEST_ROWS, _CELLS = 200, 20, 5_000
#: So many telling words show the language of a table's texts.
_FEWEST_WORDS = 5
#: Kinds of values that hardly a table has but one of results.
SURE = frozenset(("country", "code", "projects", "sdgGoals", "sdgTargets", "sdgIndicators"))
#: What is known of the time of a result: with one of these no date is looked for.
_TIMES = frozenset(("achievedOn", "achievedInYear", "periodStart", "periodEnd"))
_Cells: TypeAlias = dict[int, list[Cell]]
_Columns: TypeAlias = list[tuple[int, str]]
_Said: TypeAlias = list[tuple[int, str]]


def with_columns_by_values(header: Header, sheet: Sheet, known: KnownWords) -> Header:
    """Return the headings of a sheet with the columns that their values tell.

    Parameters:
        header: the headings as words tell them. sheet: the sheet. known: the reference data.
    """
    cells = _cells(header, sheet)
    header = with_joined_months(with_joined_acts(header, cells), cells)
    header = _with_answers(header, cells)
    joined = [one for one in header.columns if one.by_values]
    header, prose = without_prose(header, cells)
    header, said = without_misnamed(header, cells, known)
    header = replace(header, language=_language(header, cells))
    misnamed = {n for n, _ in said}
    header = without_vague_day(header, cells)
    header, renamed = with_title(header, cells)
    found, asked_of = _told(header, cells, known, misnamed)
    taken = {bound.column.key for bound in header.columns}
    free = [one for one in header.unknown if one[0] not in found]
    texts = tell_texts(free, cells, taken | set(found.values()), known, misnamed, prose)
    found.update(texts.found)
    headings = dict(header.unknown)
    asked_of += [asked(n, headings[n], keys) for n, keys in texts.open_to.items() if keys]
    told = dict(reversed(asked_of))  # what was asked first
    bound = [
        BoundColumn(n, words, COLUMN_BY_KEY[found[n]], by_values=True)
        for n, words in header.unknown
        if n in found
    ]
    said = [one for one in said if one[0] not in found]
    said += [one for one in told.items() if one[0] not in found and one[0] not in dict(said)]
    return replace(
        header,
        columns=tuple(sorted((*header.columns, *bound), key=lambda one: one.index)),
        unknown=tuple(one for one in header.unknown if one[0] not in found),
        said=(*map(taken_for, (*joined, *bound, *renamed)), *said),
    )


def _cells(header: Header, sheet: Sheet) -> _Cells:
    """Return what the first rows below the headings hold, by column."""
    places = [*(n for n, _ in header.unknown), *(bound.index for bound in header.columns)]
    cells: _Cells = {n: [] for n in places}
    below = (row for row in sheet.rows() if row.number > header.row)
    rows = max(_FEWEST_ROWS, min(_LOOKED_AT, _CELLS // max(1, len(places))))
    for row in islice(below, rows):
        filled = [n for n in places if n < len(row.cells) and not is_blank(row.cells[n])]
        if len(filled) > 1:  # else a note or a sum
            for n in filled:
                if not says_nothing(row.cells[n]):
                    cells[n].append(row.cells[n])
    return cells


def _with_answers(header: Header, cells: _Cells) -> Header:
    """Tell the column that says yes or no to whether a result may be public."""
    bound = [one for one in header.columns if one.column.key == "visibility"]
    open_to = [(one.index, one.heading) for one in bound] or header.unknown
    asking = [
        BoundColumn(
            n, words, COLUMN_BY_KEY["visibility"], by_values=True, if_yes=visibility_of_yes(words)
        )
        for n, words in open_to
        if visibility_of_yes(words) and _are_answers(cells[n])
    ]
    if len(asking) != 1:
        return header
    others = tuple(one for one in header.columns if one not in bound)
    return replace(
        header,
        columns=tuple(sorted((*others, *asking), key=lambda one: one.index)),
        unknown=tuple(one for one in header.unknown if one[0] != asking[0].index),
    )


def _are_answers(cells: Sequence[Cell]) -> bool:
    return bool(cells) and all(answer(cell, numbers=True) is not None for cell in cells)


def _language(header: Header, cells: _Cells) -> str:
    """Return the language that most words of the texts are in, that of the headings if none."""
    places = [b.index for b in header.columns if b.column.kind is Kind.TEXT and not b.language]
    places += [n for n, _ in header.unknown]
    texts = [cell for n in places for cell in cells[n] if isinstance(cell, str)]
    counts = word_counts(" ".join((*header.headings, *texts)))
    best, second = sorted(counts, key=lambda language: -counts[language])[:2]
    if counts[best] >= _FEWEST_WORDS and counts[best] >= 2 * counts[second]:
        return best
    return header.language


def _told(
    header: Header, cells: _Cells, known: KnownWords, misnamed: set[int]
) -> tuple[dict[int, str], _Said]:
    """Return the keys of columns, and what is to be said of those that are left."""
    taken = {bound.column.key for bound in header.columns}
    claims: dict[str, _Columns] = {}
    for n, words in header.unknown:
        key = kind_of(words, cells[n], known)
        if key is not None:
            claims.setdefault(key, []).append((n, words))
    found: dict[int, str] = {}
    said: _Said = []
    for key, columns in claims.items():
        if key in taken or (key == "achievedOn" and taken & _TIMES):
            continue
        open_to = [one for one in columns if may_hold(one[1], key, misnamed=one[0] in misnamed)]
        if key == "indicator":
            # Sections of a report are numbered so too.
            columns = open_to = [one for one in open_to if key in asks_for(one[1])]
        if key == "country":
            open_to = countries_of_results(open_to, columns, cells, known, taken)
        elif key == "achievedOn":
            open_to = _days(open_to, columns)
        if len(open_to) == 1:
            found[open_to[0][0]] = key
        elif any(may_hold(words, key) for _, words in columns):
            said.append((columns[0][0], undecided(key, columns)))
    if "funders" not in taken:
        said += payers(header, cells, known, found, misnamed)
    return found, said


def _days(open_to: _Columns, columns: _Columns) -> _Columns:
    """Of several columns of days return those that are called so; the only one may be it."""
    if len(columns) < 2:
        return open_to
    asking = [one for one in open_to if "achievedOn" in asks_for(one[1])]
    return asking or [one for one in open_to if speaks_of_approval(one[1])]
