"""What stands above rows, or on the sheet's tab, and is said of all of them: "Country: Benin".

Only what names a record's place, programme, money or visibility is taken, and only where the table
has no column of its own for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from outcome_graph.sources.tables.header import BoundColumn, Header
from outcome_graph.sources.tables.row_kinds import LABELLED, only_words
from outcome_graph.sources.tables.rows import Row, Sheet, is_blank
from outcome_graph.sources.tables.values import IN_BRACKETS, KnownWords
from outcome_graph.tables import COLUMN_BY_KEY, find_column

__all__ = ["place_of_section", "with_values_above"]

_TAKEN = frozenset(
    ("country", "region", "code", "biennium", "indicator", "visibility", "projects", "funders")
)
#: A sheet's name of fewer letters may be a code of anything.
_SHORTEST_NAME = 4
_PLACES = frozenset(("country", "region"))


def with_values_above(header: Header, sheet: Sheet, known: KnownWords) -> Header:
    """Return the headings with columns for what is said above them of all rows.

    Parameters:
        header: the headings of a sheet. sheet: the sheet. known: the reference data.
    """
    taken = {bound.column.key for bound in header.columns}
    found: dict[str, BoundColumn] = {}
    for heading, value in _pairs(header, sheet):
        named = find_column(heading)
        if named is None or named.loose or named.column.key not in _TAKEN - taken:
            continue
        if named.column.key == "country" and known.country(value) is None:
            continue
        one = BoundColumn(-1, heading, named.column, by_values=True, constant=value)
        if found.setdefault(named.column.key, one).constant != value:
            return header  # two of them: the rows below each have their own
    name = (sheet.name or "").strip()
    if (
        len(name) >= _SHORTEST_NAME
        and not _PLACES & (taken | found.keys())
        and known.country(name) is not None
    ):
        column = COLUMN_BY_KEY["country"]
        found["country"] = BoundColumn(-1, name, column, by_values=True, constant=name)
    if not found:
        return header
    said = tuple(
        f"“{one.constant}” is taken as {one.column.headings.en} of all rows, since it stands "
        f"{'on the tab of' if one.heading == one.constant else 'above'} the table. Give the table "
        "a column for it if that is wrong."
        for one in found.values()
    )
    return replace(header, columns=(*header.columns, *found.values()), noted=(*header.noted, *said))


def place_of_section(row: Row, known: KnownWords) -> tuple[str, str] | None:
    """Return the country or region that the only cell of a row names: that of the rows below it.

    Returns:
        The key of its column, and its name; None where the cell names none.
    """
    words = only_words(row).strip(" :")
    if labelled := LABELLED.fullmatch(words):
        named = find_column(labelled[1])
        words = labelled[2] if named and named.column.key in _PLACES else ""
    if len(words) < _SHORTEST_NAME:
        return None
    if known.country(words) is not None:
        return "country", words
    bare = IN_BRACKETS.sub("", words)
    return ("region", bare) if known.region(bare) is not None else None


def _pairs(header: Header, sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Yield what stands above the headings as a word and its value, in one cell or in two."""
    for row in takewhile(lambda row: row.number < header.row, sheet.rows()):
        words = _words(row)
        if len(words) == 2 and ":" not in words[1]:
            yield words[0].rstrip(" :："), words[1]
        for cell in words:
            if found := LABELLED.fullmatch(cell):
                yield found[1].strip(), found[2].strip()


def _words(row: Row) -> list[str]:
    return [cell.strip() for cell in row.cells if isinstance(cell, str) and not is_blank(cell)]
