"""Columns whose values are not what their headings were taken for: "Result type" over countries."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from outcome_graph.sources.tables.header import BoundColumn, Header
from outcome_graph.sources.tables.messages import not_read
from outcome_graph.sources.tables.rows import Cell
from outcome_graph.sources.tables.values import (
    KnownWords,
    are_agencies,
    are_days,
    are_names,
    are_organisations,
    are_sentences,
    are_titles,
    kind_of,
    name_donors,
    names_in,
)
from outcome_graph.tables import (
    COLUMN_BY_KEY,
    asks_for,
    fold_heading,
    is_measured,
    is_vague,
    may_hold,
    speaks_of_approval,
    speaks_of_sdgs,
)

__all__ = ["with_title", "without_misnamed", "without_prose", "without_vague_day"]

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
_CONCEPTS = {"resultType": "result-type", "visibility": "visibility"}


def without_misnamed(
    header: Header, cells: Mapping[int, Sequence[Cell]], known: KnownWords
) -> tuple[Header, list[tuple[int, str]]]:
    """Take back columns whose values are surely not what their headings were taken for.

    Parameters:
        header: the headings. cells: what stands below them, by column. known: the reference data.

    Returns:
        The headings without them, and what is to be said of each.
    """
    taken = {one.column.key for one in header.columns}
    wrong: list[BoundColumn] = []
    # "Target" beside "Baseline" is that of an indicator.
    measured = any(is_measured(words) for _, words in header.unknown)
    for one in header.columns:
        if one.flag or one.parts or one.if_yes or one.said or not cells[one.index]:
            continue
        kind = kind_of(one.heading, cells[one.index], known)
        other = kind is not None and kind not in taken and not _may_stand_in(kind, one.column.key)
        if (
            other
            or _cannot_hold(one.column.key, one.heading, cells[one.index], known)
            or _is_loosely_wrong(one, cells[one.index], known)
            or _is_no_title(one, header, cells)
            or (measured and one.column.key == "sdgTargets" and not speaks_of_sdgs(one.heading))
        ):
            wrong.append(one)
    if not wrong:
        return header, []
    return _without(header, wrong), [not_read(one) for one in wrong]


def _is_no_title(one: BoundColumn, header: Header, cells: Mapping[int, Sequence[Cell]]) -> bool:
    """Whether "Outcome" numbers outcomes ("Outcome 8") beside another column of titles."""
    words = [str(cell).split() for cell in cells[one.index]]
    if not one.loose or one.column.key != "title" or max(map(len, words)) > _LABEL:
        return False
    return any(are_titles(cells[n]) and may_hold(h, "title") for n, h in header.unknown)


def _is_loosely_wrong(one: BoundColumn, cells: Sequence[Cell], known: KnownWords) -> bool:
    """Whether a heading that may mean several things is of another: by its values, or a word.

    "Participating agencies" over those of the UN, "Cooperation partner" over donors, "Review date".
    """
    if not one.loose:
        return False
    if one.column.key == "achievedOn":
        return not may_hold(one.heading, "achievedOn")
    if one.column.key != "constituents":
        return False
    asks = asks_for(one.heading)
    if "contributors" in asks and are_agencies(cells, known):
        return True
    return "funders" in asks and are_organisations(cells, known) and name_donors(cells, known)


def _without(header: Header, columns: Sequence[BoundColumn]) -> Header:
    freed = [(one.index, one.heading) for one in columns]
    return replace(
        header,
        columns=tuple(one for one in header.columns if one not in columns),
        unknown=tuple(sorted((*header.unknown, *freed))),
    )


def without_prose(
    header: Header, cells: Mapping[int, Sequence[Cell]]
) -> tuple[Header, frozenset[int]]:
    """Take back columns of bodies that hold sentences: "What workers gain".

    Parameters:
        header: the headings. cells: what stands below them, by column.

    Returns:
        The headings without them, and their places.
    """
    prose = [
        one
        for one in header.columns
        if one.column.key in _BODIES and not one.said
        if _are_sentences(cells[one.index]) and not _is_ours(one)
    ]
    if not prose:
        return header, frozenset()
    return _without(header, prose), frozenset(one.index for one in prose)


def _are_sentences(cells: Sequence[Cell]) -> bool:
    """Whether cells are sentences, and no names that end in a stop ("Fiji Commerce Ltd.")."""
    return are_sentences(cells) and not are_names(
        [str(cell).strip().rstrip(".!") for cell in cells]
    )


def _is_ours(one: BoundColumn) -> bool:
    """Whether a heading is the template's own, whose author knows what stands below it."""
    return fold_heading(one.heading) in map(fold_heading, one.column.headings)


def without_vague_day(header: Header, cells: Mapping[int, Sequence[Cell]]) -> Header:
    """Take back a day whose heading says not of what ("Board date") where others may be it."""
    vague = [
        one
        for one in header.columns
        if one.column.key == "achievedOn" and not one.said and is_vague(one.heading)
    ]
    others = [one for one in header.unknown if are_days(cells[one[0]])]
    named = any("achievedOn" in asks_for(words) for _, words in others)
    if len(vague) == 1 and not named and speaks_of_approval(vague[0].heading):
        return header
    return _without(header, vague) if vague and others else header


def with_title(
    header: Header, cells: Mapping[int, Sequence[Cell]]
) -> tuple[Header, list[BoundColumn]]:
    """Read short sentences below "Achievement" as titles, where no other column has any."""
    keys = {one.column.key for one in header.columns}
    texts = [one for one in header.columns if one.column.key == "achievement" and not one.said]
    others = [n for n, words in header.unknown if are_titles(cells[n]) and may_hold(words, "title")]
    if "title" in keys or len(texts) != 1 or others or not are_titles(cells[texts[0].index]):
        return header, []
    renamed = replace(texts[0], column=COLUMN_BY_KEY["title"], by_values=True)
    columns = tuple(renamed if one is texts[0] else one for one in header.columns)
    return replace(header, columns=columns), [renamed]


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


def _cannot_hold(key: str, heading: str, cells: Sequence[Cell], known: KnownWords) -> bool:
    """Tell whether no cell can be what the column of a key holds: "Annual report" no address.

    Parameters:
        key: of the column. heading: as it stands in the table.
        cells: those of the column that are not blank. known: the reference data.
    """
    words = [str(cell).strip() for cell in cells]
    if key == "sdgTargets" and not speaks_of_sdgs(heading):
        # Targets of anything are counted: 500, 12.
        targets = (w for w in words if "." in w or any(map(known.sdg, names_in(w))))
        return bool(words) and all(map(str.isdecimal, targets))
    fits = _test_of(key, known)
    return fits is not None and len(words) >= _FEWEST and not any(map(fits, words))


def _test_of(key: str, known: KnownWords) -> Callable[[str], bool] | None:
    """Return what tells whether a cell may stand in the column of a key; None where all may."""
    if scheme := _CONCEPTS.get(key):
        return lambda cell: any(known.concept(scheme, name) for name in names_in(cell))
    if key in _SDG_COLUMNS:
        return lambda cell: cell[:1].isdecimal() or any(map(known.sdg, names_in(cell)))
    return _FITS.get(key)
