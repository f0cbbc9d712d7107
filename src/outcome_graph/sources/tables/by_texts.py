"""Telling the columns of texts and of bodies whose headings are in words that we do not know.

Prose and names may be several things, so that the heading, what the texts tell and what other
columns there are must leave one possibility. Else a warning asks, and nothing is read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from outcome_graph.sources.tables.prose import are_of_helpers, are_of_plans, words_in
from outcome_graph.sources.tables.rows import Cell
from outcome_graph.sources.tables.values import (
    KnownWords,
    are_agencies,
    are_bodies,
    are_named_bodies,
    are_names,
    are_organisations,
    are_sentences,
    are_statements,
    are_titles,
    name_donors,
)
from outcome_graph.tables import (
    asks_for,
    asks_who_did_it,
    asks_who_helped,
    may_hold,
    tells_of_something_else,
)

__all__ = ["TextColumns", "tell_texts"]

#: A text is so many times as long as its title.
_LONGER = 1.4
#: So many words titles have on average, and so many texts that are not written as sentences.
_TITLE, _TEXT = 3, 6
_TEXTS = ("title", "achievement", "contribution", "genderEquality")


@dataclass(frozen=True, slots=True)
class TextColumns:
    """What is known of columns of texts.

    Parameters:
        found: the keys of columns that could be told, by place.
        open_to: the keys that others may be, by place.
    """

    found: dict[int, str] = field(default_factory=dict)
    open_to: dict[int, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of texts: its place, heading and cells, and what it may be of."""

    n: int
    heading: str
    cells: Sequence[Cell]
    asks: frozenset[str]
    keys: frozenset[str]

    @property
    def words(self) -> float:
        return words_in(self.cells)


def tell_texts(
    free: Sequence[tuple[int, str]],
    cells: Mapping[int, Sequence[Cell]],
    taken: set[str],
    known: KnownWords,
    misnamed: Set[int] = frozenset(),
    renamed: Set[int] = frozenset(),
) -> TextColumns:
    """Tell which of the free columns hold titles, what was achieved, what was contributed, bodies.

    Parameters:
        free: places and headings of columns that are not told yet. cells: what stands in them.
        taken: the keys that other columns have. known: the reference data.
        misnamed: places of columns whose values are not what their headings stand for: no prose.
        renamed: places of prose below headings that stand for bodies: their words forbid nothing.
    """
    told = TextColumns()
    prose = [(n, words) for n, words in free if n not in misnamed and _is_prose(cells[n])]
    columns = [_column(n, words, cells[n], renamed=n in renamed) for n, words in prose]
    texts = [one for one in columns if one.keys]
    for key, choose in (
        ("genderEquality", _that_asks),
        ("contribution", _contribution),
        ("title", _title),
        ("achievement", _achievement),
    ):
        left = [one for one in texts if one.n not in told.found and key in one.keys]
        if key in taken or not left:
            continue
        chosen = choose(left, key, taken | set(told.found.values()))
        if chosen is not None:
            told.found[chosen.n] = key
    for one in texts:
        if one.n not in told.found:
            keys = one.keys - taken - set(told.found.values()) - {"title", "genderEquality"}
            told.open_to[one.n] = tuple(key for key in _TEXTS if key in keys)
    _tell_bodies(free, cells, taken, known, told, misnamed)
    return told


def _column(n: int, heading: str, cells: Sequence[Cell], *, renamed: bool) -> _Column:
    asks = asks_for(heading)
    keys: set[str] = set()
    if "contribution" in asks and are_of_helpers(cells) and may_hold(heading, "contribution"):
        keys = {"contribution", "achievement"}
    elif are_of_plans(cells):
        pass
    elif tells_of_something_else(heading):
        # "Notes on equality"
        keys = set(asks & {"genderEquality"}) if may_hold(heading, "genderEquality") else set()
    else:
        keys = {key for key in _TEXTS if may_hold(heading, key, misnamed=renamed)}
    if not are_titles(cells) and not are_statements(cells):
        keys.discard("title")
    if not are_sentences(cells) and words_in(cells) < _TEXT:
        keys -= {"achievement", "contribution"}
    if renamed:
        # "Partners" over sentences tells of partners.
        keys &= asks | ({"achievement"} if "title" in asks else set())
    if "genderEquality" not in asks:
        keys.discard("genderEquality")
    return _Column(n, heading, cells, asks, frozenset(keys))


def _is_prose(cells: Sequence[Cell]) -> bool:
    texts = [cell for cell in cells if isinstance(cell, str)]
    if len(texts) < len(cells) or not texts or are_names(cells):
        return False
    return words_in(cells) >= _TITLE or are_sentences(cells)


def _that_asks(columns: Sequence[_Column], key: str, taken: set[str]) -> _Column | None:
    asking = [one for one in columns if key in one.asks]
    return asking[0] if len(asking) == 1 else None


def _contribution(columns: Sequence[_Column], key: str, taken: set[str]) -> _Column | None:
    """Find the column that tells what somebody did to help, beside one of what came about."""
    helping = [one for one in columns if are_of_helpers(one.cells)]
    known = "achievement" in taken
    asking = [one for one in columns if key in one.asks and (known or not _tells(one))]
    both = [one for one in asking if one in helping]
    if len(both) == 1:
        return both[0]
    if len(asking) == 1 and not helping:
        return asking[0]
    others = known or len(columns) > len(helping)
    if len(helping) == 1 and others and not asking and not helping[0].asks & {"title"}:
        return helping[0] if known or not _tells(helping[0]) else None
    return None


def _tells(one: _Column) -> bool:
    return "achievement" in one.asks


def _title(columns: Sequence[_Column], key: str, taken: set[str]) -> _Column | None:
    """Find the column of titles: the only one of single sentences, the one called so, the short."""
    short = [one for one in columns if are_titles(one.cells)] or list(columns)
    short = [one for one in short if not are_of_helpers(one.cells) or key in one.asks]
    if len(short) == 1:
        return short[0]
    asking = [one for one in short if key in one.asks and "achievement" not in one.asks]
    if not asking and "achievement" not in taken:
        asking = [one for one in short if key in one.asks]
    if len(asking) == 1:
        return asking[0]
    # Of two texts the first and much shorter one is the title of the other.
    pair = asking if len(asking) == 2 else short
    if len(pair) == 2 and "achievement" not in taken:
        first, second = pair
        if second.words >= _LONGER * first.words and not _rivals(first, second):
            return first
    return None


def _rivals(first: _Column, second: _Column) -> bool:
    """Whether the second asks for titles where the first does not."""
    return "title" in second.asks - first.asks


def _achievement(columns: Sequence[_Column], key: str, taken: set[str]) -> _Column | None:
    """Find the column that tells what came about: the only one left, or the one called so."""
    if "title" not in taken and len(columns) == 1 and "title" in columns[0].keys:
        return None
    left = [one for one in columns if key in one.asks or not are_of_helpers(one.cells)]
    if len(left) == 1:
        return left[0]
    asking = [one for one in left if key in one.asks]
    return asking[0] if len(asking) == 1 else None


def _tell_bodies(
    free: Sequence[tuple[int, str]],
    cells: Mapping[int, Sequence[Cell]],
    taken: set[str],
    known: KnownWords,
    told: TextColumns,
    misnamed: Set[int],
) -> None:
    """Find the columns of bodies: agencies that did the work where the heading says so, others."""
    named = [(n, words) for n, words in free if n not in told.found]
    agencies = [one for one in named if are_agencies(cells[one[0]], known)]
    working = [
        one
        for one in agencies
        if may_hold(one[1], "contributors", misnamed=one[0] in misnamed)
        and ("contributors" in asks_for(one[1]) or _helped(one[1], cells[one[0]], known))
    ]
    doing = [
        one for one in named if asks_who_did_it(one[1]) and are_named_bodies(cells[one[0]], known)
    ]
    working = doing or working
    if "contributors" not in taken and len(working) == 1:
        told.found[working[0][0]] = "contributors"
    if "constituents" in taken:
        return
    bodies = [
        one
        for one in named
        if one[0] not in told.found
        and one[0] not in misnamed
        and one not in doing
        and not _of_donors(one, cells, known)
        and may_hold(one[1], "constituents")
        and are_bodies(cells[one[0]], known, asked="constituents" in asks_for(one[1]))
    ]
    sure = [
        one for one in bodies if one not in agencies and not are_organisations(cells[one[0]], known)
    ]
    asking = [one for one in sure if _asks(one, "constituents")]
    chosen = asking if len(asking) == 1 else sure
    if len(chosen) == 1:
        told.found[chosen[0][0]] = "constituents"
        bodies.remove(chosen[0])
    if len(chosen) != 1:
        told.open_to.update({n: ("constituents",) for n, _ in bodies})


def _helped(heading: str, cells: Sequence[Cell], known: KnownWords) -> bool:
    """Whether agencies helped, and no donors, who did so by paying."""
    return asks_who_helped(heading) and not name_donors(cells, known)


def _of_donors(
    one: tuple[int, str], cells: Mapping[int, Sequence[Cell]], known: KnownWords
) -> bool:
    """Whether a heading asks who paid, and only that, above governments that do."""
    asks = asks_for(one[1])
    return "funders" in asks and "constituents" not in asks and name_donors(cells[one[0]], known)


def _asks(one: tuple[int, str], key: str) -> bool:
    return may_hold(one[1], key) and key in asks_for(one[1])
