"""Telling by their values what columns hold whose headings are in words that we do not know.

A field is taken by values only if the table names no column for it, just one column has such
values, and its heading forbids it not. What was taken, and what could not be decided, is said.
"""

from __future__ import annotations

from collections.abc import Sequence

from outcome_graph.sources.page.languages import is_portuguese, word_counts
from outcome_graph.sources.tables.by_bodies import tell_bodies, tell_payers
from outcome_graph.sources.tables.by_texts import tell_texts
from outcome_graph.sources.tables.flags import answer
from outcome_graph.sources.tables.header import BoundColumn, Header
from outcome_graph.sources.tables.joined import join_acts, join_months, part_columns
from outcome_graph.sources.tables.misnamed import (
    refute_misnamed,
    refute_prose,
    refute_vague_day,
    retitle,
)
from outcome_graph.sources.tables.rows import Sheet
from outcome_graph.sources.tables.seen import SeenColumn, SeenTable
from outcome_graph.sources.tables.values import KnownWords
from outcome_graph.tables import COLUMN_BY_KEY, Kind, speaks_of_approval, visibility_of_yes

__all__ = ["SURE", "with_columns_by_values"]

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


def with_columns_by_values(header: Header, sheet: Sheet, known: KnownWords) -> Header:
    """Return the headings of a sheet with the columns that their values tell.

    First what stands in several columns is joined, and what stands in one parted; then headings
    that their values refute are taken back; then the others are told: what has a form of its own,
    payers, texts, bodies.

    Parameters:
        header: the headings as words tell them. sheet: the sheet. known: the reference data.
    """
    table = SeenTable(header, sheet, known)
    part_columns(table)
    join_acts(table)
    join_months(table)
    _tell_answers(table)
    refute_prose(table)
    refute_misnamed(table)
    language = _language(table)
    refute_vague_day(table)
    retitle(table)
    _tell_kinds(table)
    tell_payers(table)
    tell_texts(table)
    tell_bodies(table)
    _take_back_twins(table)
    return table.told(language)


def _take_back_twins(table: SeenTable) -> None:
    """Leave out columns whose headings say the same, but for the only one that asks for it.

    "Achieved on" asks for the date of a result, "Dates" does not.
    """
    twins = dict(table.header.twins)
    alike = [one for one in table.columns if one.index in twins and one.cells]
    for one in alike:
        key = twins[one.index]
        others = [other for other in alike if other is not one and twins[other.index] == key]
        told = one.asks(key) and not any(other.asks(key) for other in others)
        if one.key != key or (others and not told):
            one.bound = None


def _tell_answers(table: SeenTable) -> None:
    """Tell the column that says yes or no to whether a result may be public."""
    open_to = table.of("visibility") or table.free
    asking = [one for one in open_to if visibility_of_yes(one.heading) and _are_answers(one)]
    if len(asking) == 1:
        (one,) = asking
        one.bound = BoundColumn(
            one.index,
            one.heading,
            COLUMN_BY_KEY["visibility"],
            by_values=True,
            if_yes=visibility_of_yes(one.heading),
        )


def _are_answers(one: SeenColumn) -> bool:
    return bool(one.cells) and all(answer(cell, numbers=True) is not None for cell in one.cells)


def _language(table: SeenTable) -> str:
    """Return the language that most words of the texts are in, that of the headings if none."""
    texts = [
        cell
        for one in table.columns
        if one.bound is None or (one.bound.column.kind is Kind.TEXT and not one.bound.language)
        for cell in one.cells
        if isinstance(cell, str)
    ]
    text = " ".join((*table.header.headings, *texts))
    if is_portuguese(text):
        return "pt"
    counts = word_counts(text)
    best, second = sorted(counts, key=lambda language: -counts[language])[:2]
    if counts[best] >= _FEWEST_WORDS and counts[best] >= 2 * counts[second]:
        return best
    return table.header.language


def _tell_kinds(table: SeenTable) -> None:
    """Tell the columns whose cells have a form of their own: countries, days, codes, acts."""
    taken = table.keys
    claims: dict[str, list[SeenColumn]] = {}
    for one in table.free:
        if one.kind is not None and one.kind not in taken:
            claims.setdefault(one.kind, []).append(one)
    if taken & _TIMES:
        claims.pop("achievedOn", None)
    for key, columns in claims.items():
        open_to = [one for one in columns if one.may_hold(key)]
        if key == "indicator":
            # Sections of a report are numbered so too.
            columns = open_to = [one for one in open_to if one.asks(key)]
        elif key == "country":
            open_to = _countries_of_results(open_to, columns, taken)
        elif key == "achievedOn" and len(columns) > 1:
            asking = [one for one in open_to if one.asks(key)]
            approved = [one for one in open_to if speaks_of_approval(one.heading)]
            open_to = asking or approved or _signed(columns)
        if len(open_to) == 1:
            table.take(open_to[0], key)
        elif any(one.may_hold(key) for one in columns):
            table.ask_which(key, columns)


def _signed(columns: Sequence[SeenColumn]) -> list[SeenColumn]:
    """Return the days of signing, where the others are of publishing: those of an act's life."""
    signed = [one for one in columns if one.speaks_of("signing")]
    others = [one for one in columns if one not in signed]
    return signed if all(one.speaks_of("publishing") for one in others) else []


def _countries_of_results(
    open_to: Sequence[SeenColumn], columns: Sequence[SeenColumn], taken: set[str]
) -> list[SeenColumn]:
    """Of the columns of countries return those that are of the results.

    Countries that are donors too may be those that paid, unless the heading asks for a place or
    another column names the donors, as one does that holds no others.

    Parameters:
        open_to: those whose headings forbid it not. columns: all. taken: the keys of other columns.
    """
    donors = [one for one in columns if all(_are_donors(one))]
    others = [one for one in columns if one not in donors]
    placed = [one for one in open_to if one.speaks_of("place")]
    if others and donors:
        placed = [one for one in placed if one in others]
    if placed:
        return placed
    if len(others) > 1:
        return []
    if not donors and "funders" in taken:
        return list(open_to)
    return [one for one in open_to if one in others and not any(_are_donors(one))]


def _are_donors(one: SeenColumn) -> list[bool]:
    return [one.known.country(str(cell)) in _DONORS for cell in one.cells]
