"""Which column of countries is of the results, and which of those who paid for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from outcome_graph.sources.tables.header import Header
from outcome_graph.sources.tables.messages import asked
from outcome_graph.sources.tables.rows import Cell
from outcome_graph.sources.tables.values import (
    KnownWords,
    are_mostly_payers,
    are_organisations,
    name_donors,
)
from outcome_graph.tables import (
    all_words,
    asks_for,
    asks_who_helped,
    may_hold,
    speaks_of_payers,
    speaks_of_place,
)

__all__ = ["countries_of_results", "payers"]

Columns: TypeAlias = list[tuple[int, str]]
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
_LENDING = ("lend", "loan", "pret", "prest", "credit")


def countries_of_results(
    open_to: Columns,
    columns: Columns,
    cells: Mapping[int, Sequence[Cell]],
    known: KnownWords,
    taken: set[str],
) -> Columns:
    """Of the columns of countries return those that are of the results.

    Countries that are donors too may be those that paid, unless the heading asks for a place or
    another column names the donors, as one does that holds no others.

    Parameters:
        open_to: those whose headings forbid it not. columns: all. cells: what stands in them.
        known: the reference data. taken: the keys that other columns have.
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


def payers(
    header: Header,
    cells: Mapping[int, Sequence[Cell]],
    known: KnownWords,
    found: dict[int, str],
    misnamed: set[int],
) -> Columns:
    """Find the column of those who paid: they are known as such, and the heading asks for them.

    Without a word for paying or helping in it only a person can say what they did.

    Parameters:
        header: the headings. cells: what stands below them, by column. known: the reference data.
        found: the keys of columns that were told.
        misnamed: places of columns whose values are not what their headings stand for.

    Returns:
        What is to be said of the columns that are left; that of the payers is put into ``found``.
    """
    free = [(n, words) for n, words in header.unknown if n not in found]
    named = [(n, words) for n, words in free if are_organisations(cells[n], known)]
    paid = [one for one in named if may_hold(one[1], "funders", misnamed=one[0] in misnamed)]
    open_to = [
        (n, words)
        for n, words in free
        if may_hold(words, "funders", misnamed=n in misnamed)
        and not asks_who_helped(words)
        and are_mostly_payers(cells[n], known)
    ]
    open_to += [one for one in paid if one not in open_to]
    helped = [one for one in open_to if _helped(one[1]) and name_donors(cells[one[0]], known)]
    # Beside a lender others may have paid.
    lent = [one for one in helped if _lent(one[1]) and len(named) > 1]
    helped = [one for one in helped if one not in lent]
    for asking in ([one for one in paid if speaks_of_payers(one[1])], helped):
        if len(asking) == 1:
            found[asking[0][0]] = "funders"
            named = [one for one in named if one not in asking]
        if asking:
            break
    return [asked(n, words, ("funders",)) for n, words in named]


def _lent(heading: str) -> bool:
    return any(word.startswith(_LENDING) for word in all_words(heading))


def _helped(heading: str) -> bool:
    asks = asks_for(heading)
    return "funders" in asks and "contributors" not in asks
