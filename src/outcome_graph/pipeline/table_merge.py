"""A row of a table that names a stored record changes what was edited, and nothing else.

A table cannot hold all that a record says: evidence and candidates, texts in other languages, how
organisations are registered, the document it was first read from. So a row is not taken for the
record. The stored record is written as a row and read again, in the columns that the table has;
what then equals the row that came in was not edited and stays as it is stored, down to single items
of lists. What differs was edited.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from outcome_graph.draft import Draft, Problem
from outcome_graph.linking import link
from outcome_graph.linking.merging import described_once
from outcome_graph.model import (
    Activity,
    Contribution,
    LegalAct,
    Organisation,
    OutcomeRecord,
    Project,
    SourceDocument,
    Text,
    Texts,
    key_of,
    text_in,
)
from outcome_graph.pipeline.table_cells import record_cells
from outcome_graph.pipeline.table_readings import merge_readings
from outcome_graph.sources import tables
from outcome_graph.tables import COLUMN_BY_KEY, COLUMNS
from outcome_graph.vocabulary import Knowledge

__all__ = ["merge_row", "names_record", "with_what_came_back"]

_T = TypeVar("_T", Organisation, LegalAct, Project)

_PLAIN = (
    "code",
    "country",
    "region",
    "achieved_on",
    "achieved_in",
    "period_start",
    "period_end",
    "biennium",
    "indicator",
    "step",
    "result_type",
    "visibility",
)
_TEXTS = ("titles", "result_statement", "indicator_statement", "achievement", "gender_equality")
_CODES = ("sdg_goals", "sdg_targets", "sdg_indicators", "branches")


def names_record(draft: Draft) -> bool:
    """Tell whether a draft is a row of a table that names by its ID the record it changes."""
    return draft.location("id") is not None


def with_what_came_back(read: Draft, linked: Draft) -> Draft:
    """Return a linked row with a warning for each cell that was emptied to no avail.

    An exported row says all that is stored. What follows from its other cells comes back when its
    own cell is emptied; that is done, and said.

    Parameters:
        read: the row as its cells say. linked: the same, linked.
    """
    if not names_record(read):
        return linked
    problems = []
    for name, (column, follows) in _FOLLOWING.items():
        where = read.location(name)
        if where is None or getattr(read.record, name) or not getattr(linked.record, name):
            continue
        heading = COLUMN_BY_KEY[column].headings.en
        value = _in_words(getattr(linked.record, name))
        message = f"The cell of “{heading}” is empty, but {value} {follows(linked.record)}"
        problems.append(Problem("warning", message, name, where))
    return linked.with_problems(problems) if problems else linked


def _in_words(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(item.name for item in value)
    return str(value)


def _of_projects(record: OutcomeRecord) -> str:
    symbols = ", ".join(project.identifier for project in record.projects)
    return (
        f"is the funder of {symbols} and stays. To change that, take the project out of the row or "
        "correct its symbol."
    )


#: Fields that follow from others: their columns, and what to say of them.
_FOLLOWING: dict[str, tuple[str, Callable[[OutcomeRecord], str]]] = {
    "funders": ("funders", _of_projects),
    "step": ("step", lambda _: "is the step of this type of result. Change that instead."),
    "result_type": ("resultType", lambda _: "is the result of this step. Change that instead."),
    "country": ("country", lambda r: f"is the country of the code {r.code}. Change that instead."),
}


def merge_row(stored: OutcomeRecord, draft: Draft, knowledge: Knowledge) -> OutcomeRecord:
    """Return a stored record with the changes that a row of a table makes to it.

    Parameters:
        stored: the record. draft: the row, linked. knowledge: what it was linked with.
    """
    row = draft.record
    present = {field for field, _ in draft.locations}
    before = _as_row(stored, present, row.language, knowledge)
    merged = _Merger(stored, before, row, present).record()
    if merged == stored:
        return stored
    # Readings last: they follow the items they are of.
    return merge_readings(stored, before, row, described_once(merged))


def _as_row(
    stored: OutcomeRecord, present: set[str], language: str, knowledge: Knowledge
) -> OutcomeRecord:
    """Return the record as a row of these columns says it."""
    cells = [
        (column, cell)
        for column, cell in zip(COLUMNS, record_cells(stored), strict=True)
        if column.field in present
    ]
    return link(tables.read_cells(cells, language, stored.id), knowledge).record


class _Merger:
    """Merges one row.

    Parameters:
        stored: the record. before: the record as a row. row: the row as it came.
        present: the fields that the table has columns for.
    """

    def __init__(
        self, stored: OutcomeRecord, before: OutcomeRecord, row: OutcomeRecord, present: set[str]
    ) -> None:
        self.stored = stored
        self.before = before
        self.row = row
        self.present = present

    def record(self) -> OutcomeRecord:
        """Return the merged record, its readings as they were stored."""
        changes: dict[str, Any] = {name: self._plain(name) for name in _PLAIN}
        changes |= {name: self._texts(*self._three(name)) for name in _TEXTS}
        changes |= {name: self._codes(*self._three(name)) for name in _CODES}
        for name in ("profile", "language"):
            if name in self.present and getattr(self.row, name) != getattr(self.before, name):
                changes[name] = getattr(self.row, name)
        return self.stored.with_changes(
            **changes,
            funders=_items(*self._three("funders"), _organisation),
            constituents=_items(*self._three("constituents"), _organisation),
            legal_acts=_items(*self._three("legal_acts"), self._legal_act),
            projects=_items(*self._three("projects"), self._project),
            contribution=self._contribution(),
            source=self._source(),
        )

    def _three(self, name: str) -> tuple[Any, Any, Any]:
        return getattr(self.stored, name), getattr(self.before, name), getattr(self.row, name)

    def _plain(self, name: str) -> Any:
        stored, before, row = self._three(name)
        # What the table has no column for may still follow from one it has (a country from a code),
        # but only where it did so before.
        changed = row != before and (name in self.present or stored == before)
        return row if changed else stored

    def _texts(self, stored: Texts, before: Texts, row: Texts) -> Texts:
        if row == before:
            return stored
        gone = {text.language for text in row or before}
        return (*(t for t in stored if t.language not in gone), *map(self._own, row))

    def _own(self, text: Text) -> Text:
        """Say of a text in a table without languages that it is in the record's own."""
        if "language" not in self.present and text.language == self.row.language:
            return Text(text.value, self.stored.language)
        return text

    @staticmethod
    def _codes(
        stored: tuple[str, ...], before: tuple[str, ...], row: tuple[str, ...]
    ) -> tuple[str, ...]:
        if row == before:
            return stored
        unseen = tuple(code for code in stored if code not in before)
        return (*row, *unseen)

    def _contribution(self) -> Contribution | None:
        stored, before, row = self._three("contribution")
        if row == before:
            kept: Contribution | None = stored
            return kept
        empty = Contribution()
        old, was, new = stored or empty, before or empty, row or empty
        merged = Contribution(
            contributors=_items(
                old.contributors, was.contributors, new.contributors, _organisation
            ),
            narrative=self._texts(old.narrative, was.narrative, new.narrative),
            activities=self._activities(old.activities, was.activities, new.activities),
        )
        return merged if merged != empty else None

    def _activities(
        self, stored: Sequence[Activity], before: Sequence[Activity], row: Sequence[Activity]
    ) -> tuple[Activity, ...]:
        if row == before:
            return tuple(stored)
        left = list(zip(before, stored, strict=False))
        merged = []
        for activity in row:
            pair = next((p for p in left if p[0] == activity), None)
            if pair is not None:
                left.remove(pair)
                merged.append(pair[1])
                continue
            pair = next((p for p in left if p[0].titles == activity.titles), None)
            if pair is not None:
                left.remove(pair)
            titles = pair[1].titles if pair else tuple(map(self._own, activity.titles))
            merged.append(replace(activity, titles=titles))
        return tuple(merged)

    def _legal_act(self, old: LegalAct, was: LegalAct, new: LegalAct) -> LegalAct:
        passed_by = old.passed_by if new.passed_by == was.passed_by else new.passed_by
        titles = self._texts(old.titles, was.titles, new.titles)
        return replace(new, place=old.place, titles=titles, passed_by=passed_by)

    def _project(self, old: Project, was: Project, new: Project) -> Project:
        return replace(
            old,
            titles=self._texts(old.titles, was.titles, new.titles),
            funders=_items(old.funders, was.funders, new.funders, _organisation),
        )

    def _source(self) -> SourceDocument | None:
        stored, row = self.stored.source, self.row.source
        url = row.url if row else None
        if "source" not in self.present or url == (stored.url if stored else None):
            return stored
        return replace(stored, url=url) if stored else row


def _organisation(old: Organisation, was: Organisation, new: Organisation) -> Organisation:
    return old if new.type == was.type else replace(old, type=new.type)


def _items(
    stored: tuple[_T, ...],
    before: tuple[_T, ...],
    row: tuple[_T, ...],
    change: Callable[[_T, _T, _T], _T],
) -> tuple[_T, ...]:
    """Merge the items of a list.

    Parameters:
        stored: as stored. before: those as a row says them. row: as they came.
        change: returns a stored item with the changes that lead from its form in ``before`` to the
            one in ``row``.
    """
    if row == before:
        return stored
    pairs = _pairs(stored, before)
    merged: list[_T] = []
    for item in row:
        pair = next((p for p in pairs if key_of(p[0]) == key_of(item)), None)
        if pair is None:
            merged.append(item)
        else:
            was, olds = pair
            merged += olds if was == item else [change(old, was, item) for old in olds]
    # What the row could not say, it did not take back.
    said = {key_of(old) for _, olds in pairs for old in olds}
    merged += [old for old in stored if key_of(old) not in said]
    return tuple(merged)


def _pairs(stored: Sequence[_T], before: Sequence[_T]) -> list[tuple[_T, list[_T]]]:
    """Pair each item of a row with the stored items it stands for, by key, else by name."""
    pairs: list[tuple[_T, list[_T]]] = []
    taken: set[str] = set()
    keys = {key_of(was) for was in before}
    for was in before:
        olds = [old for old in stored if key_of(old) == key_of(was)] or [
            old for old in stored if _name(old) == _name(was) and key_of(old) not in keys | taken
        ]
        taken |= {key_of(old) for old in olds}
        if olds:
            pairs.append((was, olds))
    return pairs


def _name(item: Organisation | LegalAct | Project) -> object:
    match item:
        case Organisation():
            return text_in(item.names)
        case LegalAct():
            return (item.type, item.number, item.date, item.year, text_in(item.titles))
    return item.identifier
