"""Telling the columns of texts whose headings are in words that we do not know.

Prose may be several things, so that the heading, what the texts tell and what other columns there
are must leave one possibility. Else a warning asks, and nothing is read.
"""

from __future__ import annotations

from collections.abc import Sequence

from outcome_graph.sources.tables.bodies import are_names
from outcome_graph.sources.tables.prose import are_of_plans, are_sentences, are_statements
from outcome_graph.sources.tables.seen import SeenColumn, SeenTable, only
from outcome_graph.tables import may_hold, tells_of_something_else

__all__ = ["tell_texts"]

#: A text is so many times as long as its title.
_LONGER = 1.4
#: So many words titles have on average, and so many texts that are not written as sentences.
_TITLE, _TEXT = 3, 6
_TEXTS = ("title", "achievement", "contribution", "genderEquality")


def tell_texts(table: SeenTable) -> None:
    """Tell which of the free columns hold titles, what was achieved, what was contributed."""
    open_to = {one: keys for one in table.free if _is_prose(one) and (keys := _may_be(one))}
    for key, choose in (
        ("genderEquality", _that_asks),
        ("contribution", _contribution),
        ("title", _title),
        ("achievement", _achievement),
    ):
        taken = table.keys
        left = [one for one, keys in open_to.items() if one.bound is None and key in keys]
        if key == "achievement" and "title" not in taken and len(left) == 1:
            left = [one for one in left if "title" not in open_to[one]]
        if key not in taken and left and (chosen := choose(left, key, taken)):
            table.take(chosen, key)
    for one, keys in open_to.items():
        asked = [k for k in ("achievement", "contribution") if k in keys - table.keys]
        if asked and one.bound is None:
            table.ask(one, *asked)


def _may_be(one: SeenColumn) -> set[str]:
    """Return the keys that a column of prose may be of, by its heading and its texts."""
    if one.asks("contribution") and one.are_of_helpers and may_hold(one.heading, "contribution"):
        keys = {"contribution", "achievement"}
    elif are_of_plans(one.cells):
        return set()
    elif tells_of_something_else(one.heading):
        # "Notes on equality"
        keys = {key for key in ("genderEquality",) if may_hold(one.heading, key)}
    else:
        keys = {key for key in _TEXTS if one.may_hold(key)}
    if not one.are_titles and not are_statements(one.cells):
        keys.discard("title")
    if not are_sentences(one.cells) and one.words < _TEXT:
        keys -= {"achievement", "contribution"}
    if one.refuted:
        # "Partners" over sentences tells of partners.
        keys &= one.asked | ({"achievement"} if one.asks("title") else set())
    if not one.asks("genderEquality"):
        keys.discard("genderEquality")
    return keys


def _is_prose(one: SeenColumn) -> bool:
    if one.refuted and not one.are_sentences:
        return False
    texts = [cell for cell in one.cells if isinstance(cell, str)]
    if len(texts) < len(one.cells) or not texts or are_names(one.cells):
        return False
    return one.words >= _TITLE or are_sentences(one.cells)


def _that_asks(columns: Sequence[SeenColumn], key: str, taken: set[str]) -> SeenColumn | None:
    return only([one for one in columns if one.asks(key)])


def _contribution(columns: Sequence[SeenColumn], key: str, taken: set[str]) -> SeenColumn | None:
    """Find the column that tells what somebody did to help, beside one of what came about."""
    helping = [one for one in columns if one.are_of_helpers]
    known = "achievement" in taken
    asking = [one for one in columns if one.asks(key) and (known or not one.asks("achievement"))]
    both = [one for one in asking if one in helping]
    if len(both) == 1:
        return both[0]
    if len(asking) == 1 and not helping:
        return asking[0]
    if len(helping) != 1 or asking or helping[0].asks("title"):
        return None
    beside = known or (len(columns) > 1 and not helping[0].asks("achievement"))
    return helping[0] if beside else None


def _title(columns: Sequence[SeenColumn], key: str, taken: set[str]) -> SeenColumn | None:
    """Find the column of titles: the only one of single sentences, the one called so, the short."""
    short = [one for one in columns if one.are_titles] or list(columns)
    short = [one for one in short if not one.are_of_helpers or one.asks(key)]
    if len(short) == 1:
        return short[0]
    asking = [one for one in short if one.asks(key) and not one.asks("achievement")]
    if not asking and "achievement" not in taken:
        asking = [one for one in short if one.asks(key)]
    if len(asking) == 1:
        return asking[0]
    # Of two texts the first and much shorter one is the title of the other.
    pair = asking if len(asking) == 2 else short
    if len(pair) == 2 and "achievement" not in taken:
        first, second = pair
        rivals = second.asks(key) and not first.asks(key)
        if second.words >= _LONGER * first.words and not rivals:
            return first
    return None


def _achievement(columns: Sequence[SeenColumn], key: str, taken: set[str]) -> SeenColumn | None:
    """Find the column that tells what came about: the only one left, or the one called so."""
    left = [one for one in columns if one.asks(key) or not one.are_of_helpers]
    return only(left) or _that_asks(left, key, taken)
