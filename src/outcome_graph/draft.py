"""What a source yields: a draft record with the problems met while reading it.

A *draft* holds the source's own words in coded fields (``sdg_goals=("End poverty …",)``,
``visibility="Public"``); ``linking`` turns words into codes and adds problems and candidates.
A draft with an error is refused; the other drafts of the same source are not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePath
from typing import Literal, TypeAlias

from outcome_graph.model import OutcomeRecord, SourceDocument

__all__ = ["STATED", "WHOLE", "Draft", "Location", "Problem", "Severity", "SourceFile"]

#: From this confidence on what was read or linked is stated as a fact; below it is a candidate.
STATED = 0.8
#: Stands for the record as a whole among the fields that have a place.
WHOLE = ""

Severity: TypeAlias = Literal["error", "warning", "info"]


@dataclass(frozen=True)
class SourceFile:
    """The bytes of one source, and what is known of them before they are read.

    Parameters:
        name: file name or the like, for messages.
        data: the bytes.
        media_type: declared type, None when it is to be told from the bytes.
        url: where it was published.
        path: where it lies, when it is to be read from there piece by piece because it may be
            large; ``data`` then holds its first bytes only, and each record has a source of its
            own.
        columns: what a person says of a table's headings, each as "HEADING=FIELD".
    """

    name: str
    data: bytes
    media_type: str | None = None
    url: str | None = None
    path: Path | None = None
    columns: tuple[str, ...] = ()

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the bytes, lower-case hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    def document(self, media_type: str, url: str | None = None) -> SourceDocument:
        """Describe the source as the document a record was read from.

        Only the last part of a path is kept: where a file lay on somebody's machine is nobody's
        business, and the same file loaded from elsewhere is the same source.
        """
        return SourceDocument(
            sha256=self.sha256,
            name=PurePath(self.name).name or self.name,
            media_type=media_type,
            size=len(self.data),
            url=url or self.url,
        )


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a source. Lines, columns and rows are counted from 1.

    Parameters:
        line, column: of a text.
        sheet, cell: of a table, e.g. "Outcomes", "C5".
        path: of a tree, e.g. "iati-activity[3]/result[1]".
        row: of a table, where no single cell is meant.
    """

    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None
    path: str | None = None
    row: int | None = None

    def __str__(self) -> str:
        parts = [
            f"sheet {self.sheet}" if self.sheet else "",
            f"cell {self.cell}" if self.cell else "",
            f"row {self.row}" if self.row else "",
            f"line {self.line}" if self.line else "",
            f"column {self.column}" if self.column else "",
            self.path or "",
        ]
        return ", ".join(p for p in parts if p)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong or doubtful in a source.

    Parameters:
        severity: "error" refuses the record, "warning" and "info" do not.
        message: one sentence or two for the user: what, and how to mend it.
        field: the field of `OutcomeRecord` it concerns.
        location: where.
    """

    severity: Severity
    message: str
    field: str | None = None
    location: Location | None = None

    def __str__(self) -> str:
        where = str(self.location) if self.location else ""
        return f"{where}: {self.message}" if where else self.message


@dataclass(frozen=True, slots=True)
class Draft:
    """A record as read, with what was met on the way.

    Parameters:
        record: the record.
        problems: in the order they were met.
        locations: pairs of (field of `OutcomeRecord`, where it stands), for reports; `WHOLE` in
            place of a field is where the record as a whole stands.
    """

    record: OutcomeRecord
    problems: tuple[Problem, ...] = ()
    locations: tuple[tuple[str, Location], ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that refuse the record."""
        return tuple(p for p in self.problems if p.severity == "error")

    @property
    def is_unread(self) -> bool:
        """Whether nothing of the record was read but that it is there: its error says why."""
        bare = OutcomeRecord(id=self.record.id, profile=self.record.profile)
        return bool(self.errors) and self.record == bare

    def location(self, field: str) -> Location | None:
        """Where a field stands in the source, None when that is not known."""
        return next((where for name, where in self.locations if name == field), None)

    def with_problems(self, problems: Iterable[Problem]) -> Draft:
        """Return a copy with further problems."""
        return replace(self, problems=(*self.problems, *problems))
