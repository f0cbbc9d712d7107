"""What a person says of the headings of a table: ``What changed=description``, ``Remarks=-``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from outcome_graph.errors import UsageError
from outcome_graph.tables.column import Column
from outcome_graph.tables.headings import COLUMNS, Heading, column_of, find_column, fold_heading

__all__ = ["SaidColumns"]

_APART = re.compile(r"(?<!\\)[;\n]")
_NOTHING = frozenset(("-", "–", "—"))


@dataclass(frozen=True, slots=True)
class SaidColumns:
    """What headings stand for by somebody's word, which goes before all that we know of them.

    Parameters:
        columns: by folded heading; None for a column that is to be left out.
        words: the headings as they were said, by the same.
    """

    columns: Mapping[str, Column | None] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, said: Iterable[str]) -> SaidColumns:
        """Read what was said: each ``HEADING=FIELD``, several parted by ``;``.

        The field is named by a heading of the template, in any language, or its key; ``-`` leaves
        the column out. Later ones win.

        Raises:
            UsageError: one is not of this form, or names no field.
        """
        columns: dict[str, Column | None] = {}
        words: dict[str, str] = {}
        for one in (part.strip() for text in said for part in _APART.split(text)):
            if not one:
                continue
            heading, equals, name = (part.strip() for part in one.rpartition("="))
            folded = fold_heading(heading)
            if not equals or not folded:
                raise UsageError(
                    f"{one[:80]!r} does not say what a column is. Write it as HEADING=FIELD, such "
                    "as “What changed=description”, or HEADING=- to leave it out."
                )
            column = None if name in _NOTHING else column_of(name)
            if column is None and name not in _NOTHING:
                known = ", ".join(each.key for each in COLUMNS)
                raise UsageError(
                    f"There is no field {name[:80]!r} for the column “{heading[:80]}”. Name it by "
                    f"a heading of the template, or as one of: {known}; - leaves a column out."
                )
            columns[folded], words[folded] = column, heading.replace("\\;", ";")
        return cls(columns, words)

    def speaks_of(self, heading: str) -> bool:
        """Tell whether something was said of a heading."""
        return bool(self.columns) and fold_heading(heading) in self.columns

    def find(self, heading: str) -> Heading | None:
        """Tell which column a heading stands for: by what was said, else by its words."""
        if self.speaks_of(heading):
            column = self.columns[fold_heading(heading)]
            return Heading(column, said=True) if column is not None else None
        return find_column(heading)
