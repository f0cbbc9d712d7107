"""Finding the row of headings of a sheet, and what its columns are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from outcome_graph.draft import Location, Problem
from outcome_graph.errors import SourceError
from outcome_graph.sources.tables.flags import flag_of
from outcome_graph.sources.tables.rows import Cell, Fault, Row, Sheet, column_letters, is_blank
from outcome_graph.sources.tables.values import is_coded
from outcome_graph.tables import (
    COLUMN_BY_KEY,
    LANGUAGES,
    Column,
    Heading,
    SaidColumns,
    find_column,
    fold_heading,
    is_ours,
    may_hold,
    speaks_of,
)

__all__ = ["BoundColumn", "Header", "find_header", "possible_headers"]

#: The headings may stand below a title and notes, in one of the first rows.
_SEARCHED = 20
#: So many headings that we know make a row of headings.
_NEEDED = 2
#: What a clear heading weighs more than one that may be something else.
_CLEAR = 3
#: What a result is known by: of two such columns neither is left out.
_NAMING = frozenset(("id", "country", "title"))
_NAMED = 10
NOTHING_SAID = SaidColumns()


@dataclass(frozen=True, slots=True)
class BoundColumn:
    """A column of a sheet that is one of ours.

    Parameters:
        index: its place, from 0. heading: as it stands there. column: what it is.
        language: the language that the heading names for its texts.
        flag: the value that "yes" in a cell stands for, in columns such as "Old age".
        by_values: whether its values told it, and not its heading.
        said: whether a person has said what it is. loose: whether its heading may mean others too.
        constant: what all rows have there, as said above the table; such a column has no place.
        if_yes: the visibility that "yes" stands for: "Confidential", "May it be published?".
        parts: the places of what each row joins: kind, number, day and title of an act; or month
            and year.
        piece: where a cell holds several columns: the sign that parts them, the place of this
            column's part, and how many there are.
    """

    index: int
    heading: str
    column: Column
    language: str | None = None
    flag: str | None = None
    by_values: bool = False
    said: bool = False
    loose: bool = False
    constant: str | None = None
    if_yes: str | None = None
    parts: tuple[int | None, ...] = ()
    piece: tuple[str, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """The row of headings.

    Parameters:
        row: its number. width: how many columns have headings, gaps included.
        columns: those that are ours. unknown: the headings of the others, with their places.
        language: the language of the headings.
        said: places of columns, and what their values say of them.
        noted: what is to be said of the sheet besides.
        headings: all of them, as they stand there.
        twins: places of columns whose headings say the same thing as another's, and its key.
    """

    row: int
    width: int
    columns: tuple[BoundColumn, ...]
    unknown: tuple[tuple[int, str], ...]
    language: str
    said: tuple[tuple[int, str], ...] = ()
    noted: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    twins: tuple[tuple[int, str], ...] = ()

    def warnings(self, sheet: Sheet) -> Iterator[Problem]:
        """Yield what the user should know of the headings."""
        for message in self.noted:
            yield Problem("warning", message, None, Location(sheet=sheet.name, row=self.row))
        for n, words in self.said:
            where = Location(sheet=sheet.name, cell=f"{column_letters(n)}{self.row}")
            heading = {b.index: b.heading for b in self.columns} | dict(self.unknown)
            yield Problem("warning", f"Column “{heading[n]}” {words}", None, where)
        if not self.unknown:
            return
        named = [f"{column_letters(n)} “{words[:60]}”" for n, words in self.unknown[:_NAMED]]
        more = len(self.unknown) - len(named)
        listed = ", ".join(named) + (f" and {more} more" if more > 0 else "")
        yield Problem(
            "warning",
            f"Columns that are none of ours were not read: {listed}. Say what one is with "
            f'--column "{self.unknown[0][1][:60]}=FIELD", or =- to leave it out unsaid; '
            "`outcome-graph template csv` prints the fields.",
            None,
            Location(sheet=sheet.name, cell=f"{column_letters(self.unknown[0][0])}{self.row}"),
        )


def find_header(sheet: Sheet, source_name: str, said: SaidColumns = NOTHING_SAID) -> Header | None:
    """Find the row of headings of a sheet.

    Parameters:
        sheet: the sheet. source_name: what messages call the file.
        said: what a person says of its headings.

    Returns:
        The headings, None when none of the first rows holds two that we know, or one that was said.

    Raises:
        SourceError: two columns hold the same thing.
    """
    best: tuple[int, Row] | None = None
    above: Row | None = None
    for row in islice(sheet.rows(), _SEARCHED):
        if any(map(is_coded, row.cells)):
            # One of outcomes: "Construction workers covered" has words of headings.
            above = row
            continue
        pair = row
        if above is not None and above.number + 1 == row.number:
            pair = _joined(above, row, said)
        for headings in (row, pair):
            known, weight = _known(headings, said)
            if best is not None and best[1] is above and _is_tied(row, said):
                best = (max(weight, best[0]), pair)
            elif known >= _NEEDED and (best is None or weight > best[0]):
                best = (weight, headings)
        above = row
    return _header(best[1], sheet, source_name, said) if best is not None else None


def possible_headers(
    sheet: Sheet, source_name: str, said: SaidColumns = NOTHING_SAID
) -> Iterator[Header]:
    """Yield the first rows that may be one of headings, known or not.

    Parameters:
        sheet: the sheet. source_name: what messages call the file.
        said: what a person says of its headings.
    """
    for row in islice(sheet.rows(), _SEARCHED):
        words = [cell for cell in row.cells if isinstance(cell, str) and not is_blank(cell)]
        filled = sum(not is_blank(cell) for cell in row.cells)
        if len(words) == filled > _NEEDED and not any(map(is_coded, words)):
            yield _header(row, sheet, source_name, said)


def _header(row: Row, sheet: Sheet, source_name: str, said: SaidColumns) -> Header:
    bound: list[BoundColumn] = []
    unknown: list[tuple[int, str]] = []
    for index, cell in enumerate(row.cells):
        words = _words(cell)
        if not words:
            continue
        heading = said.find(words)
        if heading is not None and isinstance(cell, Fault) and not heading.column.kind.is_list:
            heading = None
        flag = flag_of(words) if not said.speaks_of(words) else None
        if heading is not None:
            value = flag[1] if flag and flag[0] is not heading.column else None
            if flag and heading.column.kind.is_list:
                heading, value = Heading(flag[0]), flag[1]
            one = BoundColumn(index, words, heading.column, heading.language, value)
            bound.append(replace(one, said=heading.said, loose=heading.loose))
        elif flag is not None:
            bound.append(BoundColumn(index, words, flag[0], None, flag[1]))
        elif not said.speaks_of(words):
            unknown.append((index, words))
    bound = _with_texts(bound)
    given_way = [one for one in bound if _gives_way(one, bound)]
    bound = [one for one in bound if one not in given_way]
    unknown += [(one.index, one.heading) for one in given_way]
    twins = _twins(bound, row, sheet, source_name)
    bound = [one for one in bound if one not in twins]
    unknown += [(one.index, one.heading) for one in twins]
    width = max((n + 1 for n, cell in enumerate(row.cells) if not is_blank(cell)), default=0)
    every = tuple(" ".join(cell.split()) for cell in row.cells if isinstance(cell, str))
    return Header(
        row.number,
        width,
        tuple(bound),
        tuple(sorted(unknown)),
        _language(bound),
        noted=tuple(_say_twins(twins)),
        headings=every,
        twins=tuple((one.index, one.column.key) for one in twins),
    )


def _words(cell: Cell) -> str:
    """Return the heading of a cell; one that is merged over several columns is that of each."""
    if isinstance(cell, Fault):
        cell = cell.beside
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def _with_texts(bound: list[BoundColumn]) -> list[BoundColumn]:
    """Find the columns of titles and of texts where none is called so.

    Titles stand below "Achievement" beside "Details of the achievement", or below "Result
    achieved"; texts below "Summary" beside "Result name".
    """
    keys = {one.column.key for one in bound}
    if "title" not in keys:
        texts = [one for one in bound if one.column.key == "achievement"]
        named = [one for one in texts if not one.loose]
        stated = [one for one in bound if one.column.key == "resultStatement"]
        found = named if len(named) == 1 and len(texts) == 2 else stated
        return _as(bound, "title", found) if not _ours(found) else bound
    titles = [one for one in bound if one.column.key == "title" and not one.language]
    if "achievement" not in keys and len(titles) == 2:
        return _as(bound, "achievement", [t for t in titles if speaks_of(t.heading, "sums up")])
    return bound


def _as(bound: list[BoundColumn], key: str, found: list[BoundColumn]) -> list[BoundColumn]:
    if len(found) != 1:
        return bound
    return [replace(one, column=COLUMN_BY_KEY[key]) if one in found else one for one in bound]


def _ours(found: list[BoundColumn]) -> bool:
    """Whether a heading is the template's own, which means what it says there: "Result in full"."""
    words = {
        fold_heading(name) for one in found for name in COLUMN_BY_KEY["resultStatement"].headings
    }
    return any(fold_heading(one.heading) in words for one in found)


def _known(row: Row, said: SaidColumns) -> tuple[int, int]:
    """Count the columns of ours that a row has headings of, and weigh them.

    Outcomes have words of headings too ("Ministry of Labour", "Law No. 5"): a clear heading weighs
    more than several of those.
    """
    found = [h for cell in row.cells if isinstance(cell, str) and (h := said.find(cell))]
    clear = {h.column.key for h in found if not h.loose}
    known = clear | {h.column.key for h in found}
    # What a person has said names the row.
    named = _NEEDED * sum(h.said for h in found)
    return len(known) + named, len(known) + _CLEAR * len(clear) + named * _CLEAR


def _joined(above: Row, below: Row, said: SaidColumns) -> Row:
    """Read two rows as one row of headings: "Resultado" over "Título", "Descripción"."""
    cells: list[Cell] = []
    for n in range(max(len(above.cells), len(below.cells))):
        pair = [row.cells[n] if n < len(row.cells) else None for row in (below, above)]
        pair = [cell.above if isinstance(cell, Fault) else cell for cell in pair]
        words = [cell for cell in pair if isinstance(cell, str) and not is_blank(cell)]
        if len(words) > 1 and not _names(words[1], words[0], _is_over_several(above, n)):
            words = words[:1]
        known = [cell for cell in words if said.find(cell) is not None or flag_of(cell)]
        known.sort(key=lambda cell: (found := said.find(cell)) is not None and found.loose)
        cells.append(next(iter(known or words), None))
    if _is_tied(below, said):
        return replace(below, cells=cells)
    # Else the lower row must be one of headings itself, and not the first outcome below them.
    ours = [h for c in below.cells if isinstance(c, str) and (h := said.find(c))]
    clear = [heading for heading in ours if not heading.loose]
    filled = [c for c in below.cells if not is_blank(c) and not isinstance(c, Fault)]
    if len(clear) < _NEEDED or 2 * len(ours) < len(filled):
        return below
    return replace(below, cells=cells)


def _names(above: str, own: str, over_several: bool) -> bool:
    """Whether a heading may name a column in whose own heading below it no word forbids that.

    "Fecha" over "de logro", not "Dates" over "Contract start". One over several columns names none
    of them by itself: then the words of both must.
    """
    both = f"{above} {own}"
    if over_several:
        found = find_column(both)
        return found is not None and not found.loose
    named = find_column(above)
    return named is None or may_hold(both, named.column.key)


def _is_over_several(row: Row, n: int) -> bool:
    """Whether a heading is merged over the columns beside it."""
    after = row.cells[n + 1] if n + 1 < len(row.cells) else None
    return isinstance(after, Fault) and after.beside is not None


def _is_tied(row: Row, said: SaidColumns) -> bool:
    """Whether headings are merged over a row and the one above, so that both are of headings."""
    above = (cell.above for cell in row.cells if isinstance(cell, Fault))
    return any(isinstance(words, str) and said.find(words) is not None for words in above)


def _gives_way(one: BoundColumn, bound: list[BoundColumn]) -> bool:
    """Whether another column is more surely what this one's heading says.

    What a person has said of a column goes first, then a clear heading, of these one in our own
    words; of two that may mean other things the first.
    """
    if one.column.kind.is_list:
        return False
    alike = [b for b in bound if b.column is one.column and b.language == one.language]
    return any(_rank(other) > _rank(one) for other in alike if other is not one) or (
        one.loose and any(b.loose and b.index < one.index for b in alike)
    )


def _rank(one: BoundColumn) -> tuple[bool, bool, bool]:
    return one.said, not one.loose, is_ours(one.heading, one.column)


def _twins(bound: list[BoundColumn], row: Row, sheet: Sheet, source_name: str) -> list[BoundColumn]:
    """Return the columns whose headings say equally clearly that they are the same field.

    They are read only where one of them says more than the others, or these are blank. What names a
    result must not be lost: there they are refused, and where a person has said what they are.
    """
    found: list[BoundColumn] = []
    for one in bound:
        alike = [b for b in bound if (b.column, b.language) == (one.column, one.language)]
        if len(alike) == 1 or one.column.kind.is_list:
            continue
        if one.column.key in _NAMING or one.said:
            where = f", sheet {sheet.name}" if sheet.name else ""
            raise SourceError(
                f"{source_name}{where}: the columns {_listed(alike)} (row {row.number}) hold the "
                f"same thing, {one.column.headings.en}. Keep one of them, or rename the other."
            )
        found.append(one)
    return found


def _say_twins(twins: list[BoundColumn]) -> Iterator[str]:
    """Say which columns were not read by their headings, since these say the same thing."""
    for column in dict.fromkeys(one.column for one in twins):
        alike = [one for one in twins if one.column is column]
        yield (
            f"The headings of the columns {_listed(alike)} say the same thing, "
            f"{column.headings.en}: none was read by its heading. Rename those that are something "
            f'else, or leave them out: --column "{alike[-1].heading[:60]}=-".'
        )


def _listed(columns: list[BoundColumn]) -> str:
    return " and ".join(f"{column_letters(c.index)} “{c.heading[:60]}”" for c in columns)


def _language(bound: list[BoundColumn]) -> str:
    """Return the language most headings are in; English when that is undecided."""
    votes: Counter[str] = Counter()
    for one in bound:
        folded = fold_heading(one.heading)
        for language in LANGUAGES:
            if folded == fold_heading(one.column.headings.get(language)):
                votes[language] += 1
    return max(LANGUAGES, key=lambda language: votes[language])
