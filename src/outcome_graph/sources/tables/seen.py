"""The columns of a sheet as they are looked at: heading and first cells, and what is known of both.

`SeenColumn` answers each question about one column once; `SeenTable` keeps what each was told to be
and what is to be said of it. The rules are those of ``by_values`` and the modules it names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice

from outcome_graph.sources.tables import bodies, prose
from outcome_graph.sources.tables.cells import says_nothing
from outcome_graph.sources.tables.header import BoundColumn, Header
from outcome_graph.sources.tables.row_kinds import is_no_outcome
from outcome_graph.sources.tables.rows import Cell, Fault, Sheet, column_letters, is_blank
from outcome_graph.sources.tables.values import KnownWords, are_days, kind_of
from outcome_graph.tables import COLUMN_BY_KEY, asks_for, may_hold, speaks_of

__all__ = ["SeenColumn", "SeenTable", "only"]

#: So many rows tell what a column holds, fewer in tables of hundreds of columns.
_LOOKED_AT, _FEWEST_ROWS, _CELLS = 200, 20, 5_000
_IF = {
    "title": "say in a line what was achieved",
    "achievement": "tell what was achieved",
    "contribution": "tell what the agency did for it",
    "constituents": "are partners",
    "funders": "paid for the work",
}


class SeenColumn:
    """A column: its place, its heading, its first cells that are not blank.

    Parameters:
        index: its place. heading: as it stands there. cells: what stands below.
        known: the reference data. bound: what its heading says it is, None where that is unknown.
    """

    def __init__(
        self,
        index: int,
        heading: str,
        cells: Sequence[Cell],
        known: KnownWords,
        bound: BoundColumn | None = None,
    ) -> None:
        self.index = index
        self.heading = heading
        self.cells = cells
        self.known = known
        self.bound = bound
        #: Whether its values are not what its heading stands for, so that its words forbid less.
        self.refuted = False

    @property
    def key(self) -> str | None:
        """The key of the column of ours that it is, None while it is none."""
        return self.bound.column.key if self.bound is not None else None

    @property
    def by_heading(self) -> bool:
        """Whether its heading, and nobody's word, says what it is, so that values may refute it."""
        one = self.bound
        return one is not None and not (one.said or one.flag or one.parts or one.if_yes)

    def speaks_of(self, sense: str) -> bool:
        """Tell whether its heading has a word of a sense of the lexicon."""
        return speaks_of(self.heading, sense)

    def may_hold(self, key: str) -> bool:
        """Tell whether nothing in its heading forbids that it is the column of a key."""
        return may_hold(self.heading, key, misnamed=self.refuted)

    def asks(self, *keys: str) -> bool:
        """Tell whether its heading may ask for one of the columns of some keys."""
        return not self.asked.isdisjoint(keys)

    @cached_property
    def asked(self) -> frozenset[str]:
        """The keys of the columns that its heading may ask for."""
        return asks_for(self.heading)

    @cached_property
    def kind(self) -> str | None:
        """The key of the column that its cells are of by their form."""
        return kind_of(self.heading, self.cells, self.known)

    @cached_property
    def are_days(self) -> bool:
        """Whether its cells are days."""
        return are_days(self.cells)

    @cached_property
    def are_titles(self) -> bool:
        """Whether its cells are titles."""
        return prose.are_titles(self.cells)

    @cached_property
    def are_sentences(self) -> bool:
        """Whether its cells are sentences, and no names that end in a stop ("Fiji Foods Ltd.")."""
        bare = [str(cell).strip().rstrip(".!") for cell in self.cells]
        return prose.are_sentences(self.cells) and not bodies.are_names(bare)

    @cached_property
    def are_of_helpers(self) -> bool:
        """Whether its texts tell what was done to help."""
        return prose.are_of_helpers(self.cells)

    @cached_property
    def words(self) -> float:
        """How many words its texts have on average."""
        return prose.words_in(self.cells)

    @cached_property
    def are_payers(self) -> bool:
        """Whether its cells name those who pay for work elsewhere."""
        return bodies.are_payers(self.cells, self.known)

    @cached_property
    def name_donors(self) -> bool:
        """Whether its cells name governments or their agencies."""
        return bodies.name_donors(self.cells, self.known)

    @cached_property
    def are_agencies(self) -> bool:
        """Whether its cells name bodies that work in many countries."""
        return bodies.are_agencies(self.cells, self.known)


class SeenTable:
    """The columns of a sheet, and what is known of them by now.

    Parameters:
        header: the headings as words tell them. sheet: the sheet. known: the reference data.
    """

    def __init__(self, header: Header, sheet: Sheet, known: KnownWords) -> None:
        self.header = header
        self.known = known
        self._said: dict[int, str] = {}
        named: dict[int, tuple[str, BoundColumn | None]] = {
            **{n: (words, None) for n, words in header.unknown},
            **{one.index: (one.heading, one) for one in header.columns},
        }
        cells = _first_cells(header, sheet, sorted(named))
        self.columns = [
            SeenColumn(n, words, cells[n], known, bound)
            for n, (words, bound) in sorted(named.items())
        ]

    @property
    def free(self) -> list[SeenColumn]:
        """The columns that are none of ours by now."""
        return [one for one in self.columns if one.bound is None]

    @property
    def keys(self) -> set[str]:
        """The keys of the columns that are known by now."""
        return {one.key for one in self.columns if one.key is not None}

    def of(self, key: str) -> list[SeenColumn]:
        """Return the columns of a key."""
        return [one for one in self.columns if one.key == key]

    def take(self, one: SeenColumn, key: str) -> None:
        """Take a column for the one of a key by its values."""
        one.bound = BoundColumn(one.index, one.heading, COLUMN_BY_KEY[key], by_values=True)

    def refute(self, one: SeenColumn, *, silently: bool = False) -> None:
        """Take back what a heading says, since the values below it are something else."""
        assert one.bound is not None
        if not silently:
            self.say(
                one,
                f"was not read as {one.bound.column.headings.en}: none of its cells holds what may "
                "stand there.",
            )
        one.bound, one.refuted = None, True

    def say(self, one: SeenColumn, message: str) -> None:
        """Say something of a column, unless it is told after all or something was said of it."""
        self._said.setdefault(one.index, message)

    def ask(self, one: SeenColumn, *keys: str) -> None:
        """Ask for the meaning of a column of prose or of names, which may be of some keys."""
        names = {"constituents": "names of bodies", "funders": "names that we know"}
        ways = " ".join(
            f"If they {_IF[key]}, call it “{COLUMN_BY_KEY[key].headings.en}”, or say --column "
            f'"{one.heading[:60]}={key}".'
            for key in keys
        )
        self.say(one, f"holds {names.get(keys[0], 'sentences')}. {ways}")

    def ask_which(self, key: str, columns: Sequence[SeenColumn]) -> None:
        """Ask which of several columns is the one of a key, or whether the only one is."""
        name = COLUMN_BY_KEY[key].headings.en
        others = [f"{column_letters(c.index)} “{c.heading[:60]}”" for c in columns[1:]]
        beside = f" (so do {', '.join(others)})" if others else ""
        self.say(
            columns[0],
            f"holds what may be {name}{beside}, or something else. Call it “{name}” if it is that, "
            f'or say --column "{columns[0].heading[:60]}={key}".',
        )

    def told(self, language: str) -> Header:
        """Return the headings as they are known now.

        Parameters:
            language: of the table's texts.
        """
        bound = [one.bound for one in self.columns if one.bound is not None]
        free = [(one.index, one.heading) for one in self.free]
        left = {n for n, _ in free}
        said = [(one.index, _taken_for(one)) for one in bound if one.by_values]
        said += [(n, message) for n, message in self._said.items() if n in left]
        return replace(
            self.header,
            columns=tuple(bound),
            unknown=tuple(free),
            language=language,
            said=tuple(said),
        )


def only(columns: Sequence[SeenColumn]) -> SeenColumn | None:
    """Return the only one of columns, None of none or several."""
    return columns[0] if len(columns) == 1 else None


def _taken_for(bound: BoundColumn) -> str:
    name = bound.column.headings.en
    return (
        f"was read as {name} by its values. Call it “{name}” if that is right; if not, say "
        f'--column "{bound.heading[:60]}=-" to leave it out, or =FIELD for what it is.'
    )


def _first_cells(header: Header, sheet: Sheet, places: Sequence[int]) -> dict[int, list[Cell]]:
    """Return what the first rows below the headings hold, by column."""
    cells: dict[int, list[Cell]] = {n: [] for n in places}
    below = (row for row in sheet.rows() if row.number > header.row)
    rows = max(_FEWEST_ROWS, min(_LOOKED_AT, _CELLS // max(1, len(places))))
    for row in islice(below, rows):
        filled = [n for n in places if n < len(row.cells) and not is_blank(row.cells[n])]
        if len(filled) > 1 and not is_no_outcome(row, header, places):
            for n in filled:
                cell = row.cells[n]
                if isinstance(cell, Fault) and cell.above is not None:
                    cell = cell.above
                if not says_nothing(cell):
                    cells[n].append(cell)
    return cells
