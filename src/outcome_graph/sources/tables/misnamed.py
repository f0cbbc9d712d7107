"""Columns whose values are not what their headings were taken for: "Result type" over countries."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from outcome_graph.sources.tables.seen import SeenColumn, SeenTable, only
from outcome_graph.sources.tables.values import KnownWords, names_in
from outcome_graph.tables import (
    COLUMN_BY_KEY,
    fold_heading,
    is_vague,
    speaks_of_approval,
    speaks_of_sdgs,
    speaks_of_secrecy,
)

__all__ = ["refute_misnamed", "refute_prose", "refute_vague_day", "retitle"]

#: Titles have more words.
_LABEL = 2
#: So many cells tell that none of a column can be what its heading says.
_FEWEST = 2
_SDG_COLUMNS = frozenset(("sdgGoals", "sdgTargets", "sdgIndicators"))
_SDGS = _SDG_COLUMNS | {"indicator"}
_DAYS = frozenset(("achievedOn", "achievedInYear", "periodStart", "periodEnd"))
_BODIES = frozenset(("funders", "contributors", "constituents"))
_TEXTS = frozenset(
    ("title", "achievement", "contribution", "genderEquality", "resultStatement")
) | {"indicatorStatement"}
_NOT_TEXTS = frozenset(("country", "code", "projects", "source", "achievedOn", "biennium")) | _SDGS
_FITS: dict[str, Callable[[str], bool]] = {
    "code": lambda words: bool(re.search(r"[A-Za-z]{3}[ -]?\d{2,5}", words)),
    "source": lambda words: "://" in words or words.lower().startswith("www."),
    "indicator": lambda words: bool(re.search(r"\d\.\d", words)),
}
_CONCEPTS = {"resultType": "result-type"}


def refute_misnamed(table: SeenTable) -> None:
    """Take back columns whose values are surely not what their headings were taken for."""
    taken, free = table.keys, table.free
    wrong = [
        one
        for one in table.columns
        if one.by_heading
        and one.cells
        and (
            _is_of_another(one, taken)
            or _cannot_hold(one)
            or _is_loosely_wrong(one)
            or _is_no_title(one, free)
            or _is_measured(one, free)
        )
    ]
    for one in wrong:
        table.refute(one)


def _is_of_another(one: SeenColumn, taken: set[str]) -> bool:
    """Whether values have the form of another column's, which the table has not."""
    assert one.key is not None
    return one.kind is not None and one.kind not in taken and not _may_stand_in(one.kind, one.key)


def _is_no_title(one: SeenColumn, free: list[SeenColumn]) -> bool:
    """Whether "Outcome" numbers outcomes ("Outcome 8") beside another column of titles."""
    assert one.bound is not None
    longest = max(len(str(cell).split()) for cell in one.cells)
    if not one.bound.loose or one.key != "title" or longest > _LABEL:
        return False
    return any(other.are_titles and other.may_hold("title") for other in free)


def _is_measured(one: SeenColumn, free: list[SeenColumn]) -> bool:
    """Whether "Target" stands beside "Baseline", and is that of an indicator."""
    if one.key != "sdgTargets" or speaks_of_sdgs(one.heading):
        return False
    return any(other.speaks_of("measured") for other in free)


def _is_loosely_wrong(one: SeenColumn) -> bool:
    """Whether a heading that may mean several things is of another: by its values, or a word.

    "Participating agencies" over those of the UN, "Cooperation partner" over donors, "Review date".
    """
    assert one.bound is not None
    if not one.bound.loose:
        return False
    if one.key == "achievedOn":
        return not one.may_hold("achievedOn")
    if one.key == "achievement":
        return one.kind == "legalActs"  # "Texte"
    if one.key != "constituents":
        return False
    return (one.asks("contributors") and one.are_agencies) or (
        one.asks("funders") and one.are_payers and one.name_donors
    )


def refute_prose(table: SeenTable) -> None:
    """Take back columns of bodies that hold sentences: "What workers gain"."""
    for one in table.columns:
        if one.bound is not None and one.key in _BODIES and not one.bound.said:
            # The author of the template's own heading knows what stands below it.
            ours = fold_heading(one.heading) in map(fold_heading, one.bound.column.headings)
            if one.are_sentences and not ours:
                table.refute(one, silently=True)


def refute_vague_day(table: SeenTable) -> None:
    """Take back a day whose heading says not of what ("Board date") where others may be it."""
    vague = [
        one
        for one in table.of("achievedOn")
        if one.bound is not None and not one.bound.said and is_vague(one.heading)
    ]
    others = [one for one in table.free if one.are_days]
    named = any(one.asks("achievedOn") for one in others)
    if len(vague) == 1 and not named and speaks_of_approval(vague[0].heading):
        return
    for one in vague if others else ():
        one.bound = None


def retitle(table: SeenTable) -> None:
    """Read short sentences below "Achievement" as titles, where no other column has any."""
    text = only(table.of("achievement"))
    if text is None or text.bound is None or text.bound.said or not text.are_titles:
        return
    others = any(one.are_titles and one.may_hold("title") for one in table.free)
    if "title" not in table.keys and not others:
        text.bound = replace(text.bound, column=COLUMN_BY_KEY["title"], by_values=True)


def _may_stand_in(kind: str, key: str) -> bool:
    """Tell whether values of a kind may stand in the column of a key: countries among funders.

    Parameters:
        kind: the key of the column that values are of by their form. key: that of the column.
    """
    if kind == key or key in ("id", "profile", "language", "activities", "projects"):
        return True
    if key in _TEXTS:
        return kind not in _NOT_TEXTS
    for group in (_SDGS, _DAYS, _BODIES | {"country"}):
        if key in group and kind in group:
            return key != "country"
    return (key, kind) == ("legalActs", "source")


def _cannot_hold(one: SeenColumn) -> bool:
    """Tell whether no cell can be what the column of its key holds: "Annual report" no address."""
    assert one.key is not None
    words = [str(cell).strip() for cell in one.cells]
    if one.key == "sdgTargets" and not speaks_of_sdgs(one.heading):
        # Targets of anything are counted: 500, 12.
        targets = (w for w in words if "." in w or any(map(one.known.sdg, names_in(w))))
        return bool(words) and all(map(str.isdecimal, targets))
    fits = _test_of(one.key, one.known)
    return fits is not None and len(words) >= _FEWEST and not any(map(fits, words))


def _test_of(key: str, known: KnownWords) -> Callable[[str], bool] | None:
    """Return what tells whether a cell may stand in the column of a key; None where all may."""
    if key == "visibility":
        # What is not to be seen is not read past.
        return lambda c: any(known.concept(key, n) for n in names_in(c)) or speaks_of_secrecy(c)
    if scheme := _CONCEPTS.get(key):
        return lambda cell: any(known.concept(scheme, name) for name in names_in(cell))
    if key in _SDG_COLUMNS:
        return lambda cell: cell[:1].isdecimal() or any(map(known.sdg, names_in(cell)))
    return _FITS.get(key)
