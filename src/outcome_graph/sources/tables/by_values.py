"""Telling by their values what columns hold whose headings are in words that we do not know.

A field is taken by values only if the table names no column for it, just one column has such
values, and its heading forbids it not. What was taken, and what could not be decided, is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TypeAlias

from outcome_graph.sources.page.languages import word_counts
from outcome_graph.sources.tables.joined import with_joined_acts, with_joined_months
from outcome_graph.sources.tables.by_texts import tell_texts
from outcome_graph.sources.tables.cells import says_nothing
from outcome_graph.sources.tables.flags import answer
from outcome_graph.sources.tables.header import BoundColumn, Header
from outcome_graph.sources.tables.rows import Cell, Sheet, column_letters, is_blank
from outcome_graph.sources.tables.values import (
    KnownWords,
    are_agencies,
    are_days,
    are_organisations,
    are_titles,
    cannot_hold,
    may_stand_in,
    name_donors,
    sdg_kind,
    told_by_form,
)
from outcome_graph.tables import (
    COLUMN_BY_KEY,
    Kind,
    asks_for,
    is_measured,
    is_vague,
    may_hold,
    speaks_of_approval,
    speaks_of_payers,
    speaks_of_place,
    speaks_of_sdgs,
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
    header, said = _without_misnamed(header, cells, known)
    header = replace(header, language=_language(header, cells))
    misnamed = {n for n, _ in said}
    header = _without_vague_day(header, cells)
    header, renamed = _with_title(header, cells)
    found, undecided = _told(header, cells, known, misnamed)
    taken = {bound.column.key for bound in header.columns}
    free = [one for one in header.unknown if one[0] not in found]
    texts = tell_texts(free, cells, taken | set(found.values()), known, misnamed)
    found.update(texts.found)
    headings = dict(header.unknown)
    undecided += [_asked(n, headings[n], keys) for n, keys in texts.open_to.items() if keys]
    told = dict(undecided)
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
        said=(*map(_taken, (*bound, *renamed)), *said),
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
    counts = word_counts(" ".join(texts))
    best, second = sorted(counts, key=lambda language: -counts[language])[:2]
    if counts[best] >= _FEWEST_WORDS and counts[best] >= 2 * counts[second]:
        return best
    return header.language


def _kind(words: str, cells: Sequence[Cell], known: KnownWords) -> str | None:
    """Return the key of the column that cells are of by their form."""
    return sdg_kind(cells, known, named=speaks_of_sdgs(words)) or told_by_form(cells, known)


def _without_misnamed(
    header: Header, cells: _Cells, known: KnownWords
) -> tuple[Header, _Said]:
    """Take back columns whose values are surely not what their headings were taken for."""
    taken = {one.column.key for one in header.columns}
    wrong: list[BoundColumn] = []
    # "Target" beside "Baseline" is that of an indicator.
    measured = any(is_measured(words) for _, words in header.unknown)
    for one in header.columns:
        if one.flag or one.parts or one.if_yes or one.said or not cells[one.index]:
            continue
        kind = _kind(one.heading, cells[one.index], known)
        other = kind is not None and kind not in taken and not may_stand_in(kind, one.column.key)
        if other or cannot_hold(one.column.key, one.heading, cells[one.index], known):
            wrong.append(one)
        elif _is_loosely_wrong(one, cells, known):
            wrong.append(one)
        elif one.column.key == "sdgTargets" and measured and not speaks_of_sdgs(one.heading):
            wrong.append(one)
    if not wrong:
        return header, []
    said = [
        (
            one.index,
            f"was not read as {one.column.headings.en}: none of its cells holds what may stand "
            "there.",
        )
        for one in wrong
    ]
    return _without(header, wrong), said


def _is_loosely_wrong(one: BoundColumn, cells: _Cells, known: KnownWords) -> bool:
    """Whether a heading that may mean several things is of another: by its values, or a word.

    "Participating agencies" over those of the UN, "Cooperation partner" over donors, "Review date".
    """
    if not one.loose:
        return False
    if one.column.key == "achievedOn":
        return not may_hold(one.heading, "achievedOn")
    if one.column.key != "constituents":
        return False
    asks, names = asks_for(one.heading), cells[one.index]
    if "contributors" in asks and are_agencies(names, known):
        return True
    return "funders" in asks and are_organisations(names, known) and name_donors(names, known)


def _without(header: Header, columns: Sequence[BoundColumn]) -> Header:
    freed = [(one.index, one.heading) for one in columns]
    return replace(
        header,
        columns=tuple(one for one in header.columns if one not in columns),
        unknown=tuple(sorted((*header.unknown, *freed))),
    )


def _without_vague_day(header: Header, cells: _Cells) -> Header:
    """Take back a day whose heading says not of what ("Board date") where others may be it."""
    vague = [
        one
        for one in header.columns
        if one.column.key == "achievedOn" and not one.said and is_vague(one.heading)
    ]
    others = [one for one in header.unknown if are_days(cells[one[0]])]
    if len(vague) == 1 and not any("achievedOn" in asks_for(words) for _, words in others):
        if speaks_of_approval(vague[0].heading):
            return header
    return _without(header, vague) if vague and others else header


def _with_title(header: Header, cells: _Cells) -> tuple[Header, list[BoundColumn]]:
    """Read short sentences below "Achievement" as titles, where no other column has any."""
    keys = {one.column.key for one in header.columns}
    texts = [one for one in header.columns if one.column.key == "achievement" and not one.said]
    others = [n for n, words in header.unknown if are_titles(cells[n]) and may_hold(words, "title")]
    if "title" in keys or len(texts) != 1 or others or not are_titles(cells[texts[0].index]):
        return header, []
    renamed = replace(texts[0], column=COLUMN_BY_KEY["title"], by_values=True)
    columns = tuple(renamed if one is texts[0] else one for one in header.columns)
    return replace(header, columns=columns), [renamed]


def _told(
    header: Header, cells: _Cells, known: KnownWords, misnamed: set[int]
) -> tuple[dict[int, str], _Said]:
    """Return the keys of columns, and what is to be said of those that are left."""
    taken = {bound.column.key for bound in header.columns}
    claims: dict[str, _Columns] = {}
    for n, words in header.unknown:
        key = _kind(words, cells[n], known)
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
            open_to = _countries(open_to, columns, cells, known, taken)
        elif key == "achievedOn":
            open_to = _days(open_to, columns)
        if len(open_to) == 1:
            found[open_to[0][0]] = key
        elif any(may_hold(words, key) for _, words in columns):
            said.append((columns[0][0], _undecided(key, columns)))
    if "funders" not in taken:
        said += _payers(header, cells, known, found, misnamed)
    return found, said


def _days(open_to: _Columns, columns: _Columns) -> _Columns:
    """Of several columns of days return those that are called so; the only one may be it."""
    if len(columns) < 2:
        return open_to
    asking = [one for one in open_to if "achievedOn" in asks_for(one[1])]
    return asking or [one for one in open_to if speaks_of_approval(one[1])]


def _countries(
    open_to: _Columns,
    columns: _Columns,
    cells: _Cells,
    known: KnownWords,
    taken: set[str],
) -> _Columns:
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
    header: Header, cells: _Cells, known: KnownWords, found: dict[int, str], misnamed: set[int]
) -> _Said:
    """Find the column of those who paid: they are known as such, and the heading asks for them.

    Without a word for paying or helping in it only a person can say what they did.

    Returns:
        What is to be said of the columns that are left; that of the payers is put into ``found``.
    """
    free = [(n, words) for n, words in header.unknown if n not in found]
    named = [(n, words) for n, words in free if are_organisations(cells[n], known)]
    paid = [one for one in named if may_hold(one[1], "funders", misnamed=one[0] in misnamed)]
    helped = [one for one in paid if _helped(one[1]) and name_donors(cells[one[0]], known)]
    for asking in ([one for one in paid if speaks_of_payers(one[1])], helped):
        if len(asking) == 1:
            found[asking[0][0]] = "funders"
            named.remove(asking[0])
        if asking:
            break
    return [_asked(n, words, ("funders",)) for n, words in named]


def _helped(heading: str) -> bool:
    asks = asks_for(heading)
    return "funders" in asks and "contributors" not in asks


def _taken(bound: BoundColumn) -> tuple[int, str]:
    name = bound.column.headings.en
    return bound.index, (
        f"was read as {name} by its values. Call it “{name}” if that is right; if not, say "
        f"--column \"{bound.heading[:60]}=-\" to leave it out, or =FIELD for what it is."
    )


_IF = {
    "title": "say in a line what was achieved",
    "achievement": "tell what was achieved",
    "contribution": "tell what the agency did for it",
    "constituents": "are partners",
    "funders": "paid for the work",
}


def _asked(n: int, words: str, keys: Sequence[str]) -> tuple[int, str]:
    """Ask for the meaning of a column of prose or of names."""
    bodies = {"constituents": "names of bodies", "funders": "names that we know"}
    asked = " ".join(
        f"If they {_IF[key]}, call it “{COLUMN_BY_KEY[key].headings.en}”, or say --column "
        f"\"{words[:60]}={key}\"."
        for key in keys
    )
    return n, f"holds {bodies.get(keys[0], 'sentences')}. {asked}"


def _undecided(key: str, columns: Sequence[tuple[int, str]]) -> str:
    name = COLUMN_BY_KEY[key].headings.en
    others = [f"{column_letters(n)} “{words[:60]}”" for n, words in columns[1:]]
    beside = f" (so do {', '.join(others)})" if others else ""
    return (
        f"holds what may be {name}{beside}, or something else. Call it “{name}” if it is that, or "
        f"say --column \"{columns[0][1][:60]}={key}\"."
    )
