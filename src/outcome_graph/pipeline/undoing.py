"""Taking back a load: what its commits did to records, however many.

A load makes a commit for each few hundred records, which the journal marks as belonging together.
Undone are all of them or none: as soon as one record was changed since by somebody else, nothing
is, because taking the load out from under that change would lose it. History is never rewritten.

All is looked at before anything is written, while others may write; then it is written as a load
is, some hundred records at a time, in commits that belong together too. What breaks off in between
is gone on with by undoing the same again: what is as it was before already is left alone.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from outcome_graph.errors import (
    ConflictError,
    NonConformingError,
    NotFoundError,
    OutcomeGraphError,
    StoreError,
    UsageError,
)
from outcome_graph.mapping import is_record_graph
from outcome_graph.pipeline.before import Before, BeforeCommits
from outcome_graph.pipeline.places import renewed
from outcome_graph.pipeline.store_validation import TOGETHER, check_batch
from outcome_graph.pipeline.summary import Committed
from outcome_graph.rdf import NamedNode, Triple
from outcome_graph.store import Commit, GraphChange, JournalEntry, Store
from outcome_graph.validation.screen.records import RecordScreen

if TYPE_CHECKING:
    from outcome_graph.pipeline.places import RecordStores

__all__ = ["Undone", "undo_load"]

#: Records that are named when nothing is undone because of them.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing did.

    Parameters:
        what: the commits that were undone, in words.
        removed: ids of records that the load had made. restored: of those it had changed.
        made: the revisions that this made; none of a dry run.
    """

    what: str
    removed: tuple[str, ...]
    restored: tuple[str, ...]
    made: Committed

    def as_data(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "undone": self.what,
            "removed": list(self.removed),
            "restored": list(self.restored),
            **self.made.as_data(),
        }


@dataclass(frozen=True, slots=True)
class _Part:
    """The commits of a load in one store."""

    store: Store
    internal: bool
    entries: Sequence[JournalEntry]


@dataclass(slots=True)
class _Plan:
    """What undoing would do.

    Parameters:
        parts: with what their graphs held before. what: the commits, in words.
        seen: revisions of the stores when it was made. graphs: how many would change.
        removed: ids of records that go. restored: completeness of those that come back, by id.
    """

    parts: Sequence[tuple[_Part, BeforeCommits]]
    what: str
    seen: tuple[int, ...]
    graphs: int = 0
    removed: set[str] = field(default_factory=set)
    restored: dict[str, float] = field(default_factory=dict)


def undo_load(
    stores: RecordStores,
    screen: RecordScreen,
    revision: int,
    *,
    agent: str,
    internal: bool = False,
    dry_run: bool = False,
) -> Undone:
    """Make the records that a load made or changed what they were before it: all, or none.

    Parameters:
        screen: the shapes, compiled.
        revision: one that the load made, or any other commit, which is undone by itself.
        agent: who undoes it, for the journal.
        internal: the revision is of the journal of internal records.
        dry_run: do everything but write.

    Raises:
        NotFoundError: there is no such revision.
        UsageError: it is not about records, or a bulk load.
        ConflictError: a record was changed since, or there is nothing left to undo.
        NonConformingError: the shapes of today refuse what a record was.
        StoreError: the store failed; a note says what was undone before.
    """
    plan, made = _early_plan(stores, screen, revision, internal=internal), Committed()
    if plan is None or not dry_run:
        with stores.writing:
            if plan is None or stores.revisions() != plan.seen:
                plan = _plan(stores, screen, revision, internal=internal)
            if not dry_run:
                _write(plan, made, agent, stores)
    # What the load made here and moved from there goes and comes back.
    removed = sorted(plan.removed - plan.restored.keys())
    return Undone(plan.what, tuple(removed), tuple(sorted(plan.restored)), made)


def _early_plan(
    stores: RecordStores, screen: RecordScreen, revision: int, *, internal: bool
) -> _Plan | None:
    """Plan while others may write; None where what they wrote may have been misread."""
    seen = stores.revisions()
    try:
        return _plan(stores, screen, revision, internal=internal)
    except OutcomeGraphError:
        if stores.revisions() == seen:
            raise
        return None


def _write(plan: _Plan, made: Committed, agent: str, stores: RecordStores) -> None:
    try:
        _commit(plan, made, agent, stores)
    except (StoreError, KeyboardInterrupt) as stop:
        stop.add_note(_halfway(made))
        raise


def _halfway(made: Committed) -> str:
    if not (made.revisions or made.internal):
        return "Nothing was undone yet."
    return f"A part was undone ({made.places()}). Undo it again to go on."


def _plan(stores: RecordStores, screen: RecordScreen, revision: int, *, internal: bool) -> _Plan:
    """Look at all that would be undone; nothing is kept of it, since it may be much."""
    seen = stores.revisions()
    parts = _parts(stores, revision, internal=internal)
    what = _described(parts)
    for part in parts:
        _demand_records(part, what, stores)
    told = [(part, BeforeCommits(part.store, part.entries, stores.minter)) for part in parts]
    plan = _Plan(told, what, seen)
    changed: dict[str, JournalEntry] = {}
    for _, graphs in told:
        for before in graphs.batches(TOGETHER):
            changed |= before.changed
            plan.graphs += len(before.contents)
            if not changed:
                _note(plan, before, screen, stores)
    if changed:
        raise _conflict(changed, what, stores)
    if not plan.graphs:
        touched = {graph for part in parts for entry in part.entries for graph in entry.graphs}
        raise ConflictError(
            f"Nothing was undone: what {what} wrote is as it was before: {_named(touched, stores)}."
        )
    return plan


def _note(plan: _Plan, before: Before, screen: RecordScreen, stores: RecordStores) -> None:
    """Note which records would go and come back, and validate those."""
    coming: dict[str, Sequence[Triple]] = {}
    for graph, triples in before.contents.items():
        record_id = is_record_graph(graph, stores.minter)
        if record_id is not None and triples:
            coming[record_id] = triples
        elif record_id is not None:
            plan.removed.add(record_id)
    for checked in check_batch(screen, list(coming.items())):
        if not checked.conforms:
            report = screen.validator.report(checked)
            raise NonConformingError(
                f"Nothing was undone: {checked.record_id} as it was before does not conform: "
                f"{report.reasons()[0]}",
                report,
            )
        plan.restored[checked.record_id] = checked.completeness


def _parts(stores: RecordStores, revision: int, *, internal: bool) -> list[_Part]:
    """Return the commits that belong together with a revision, by store."""
    store = stores.named("internal" if internal else "public")
    if store is None or not 0 < revision <= store.revision():
        newest = store.revision() if store else 0
        raise NotFoundError(f"There is no revision {revision}; the newest is {newest}.")
    entry = store.patch(revision)[0]
    if not entry.group:
        return [_Part(store, internal, [entry])]
    found = [
        _Part(
            each, each is not stores.public, [e for e in each.history() if e.group == entry.group]
        )
        for each in stores.present()
    ]
    return [part for part in found if part.entries]


def _described(parts: Sequence[_Part]) -> str:
    """Name commits: "revisions 2 to 11 (load rows.csv)"."""
    made = Committed()
    for part in parts:
        (made.internal if part.internal else made.revisions).extend(
            entry.revision for entry in part.entries
        )
    return f"{made.places()} ({parts[0].entries[0].reason})"


def _demand_records(part: _Part, what: str, stores: RecordStores) -> None:
    touched = {graph for entry in part.entries for graph in entry.graphs}
    foreign = next((g for g in sorted(touched) if _record_of(g, stores) is None), None)
    if foreign is not None:
        raise UsageError(
            f"{what} changed {foreign}, which is no record: only what was done to records can be "
            "undone. Install or load the other thing again as you want it."
        )


def _conflict(changed: dict[str, JournalEntry], what: str, stores: RecordStores) -> ConflictError:
    last = max(changed.values(), key=lambda entry: entry.revision)
    return ConflictError(
        f"Nothing was undone, because of what {what} wrote this was changed since: "
        f"{_named(changed, stores)}; last in revision {last.revision} ({last.reason}, by "
        f"{last.agent}). Undo that first, or restore single records with: "
        "outcome-graph restore ID --revision N"
    )


def _named(graphs: Iterable[str], stores: RecordStores) -> str:
    """Name the records of graphs, the first few."""
    ids = sorted({_record_of(graph, stores) or graph for graph in graphs})
    more = f" and {len(ids) - _NAMED:,} more" if len(ids) > _NAMED else ""
    return ", ".join(ids[:_NAMED]) + more


def _commit(plan: _Plan, made: Committed, agent: str, stores: RecordStores) -> None:
    """Write what the graphs were before, as many at a time as a load writes.

    A record that moves between the stores comes back in one before it leaves the other, so internal
    ones come back first and leave last.
    """
    group = secrets.token_hex(8)
    for internal, kinds in ((True, (True,)), (False, (True, False)), (True, (False,))):
        for part, graphs in plan.parts:
            if part.internal != internal:
                continue
            # The public journal tells nothing of what is internal.
            reason = f"undo {_described([part])}"
            for before in graphs.batches(TOGETHER):
                changes = tuple(_changes(part.store, before, kinds, plan, stores))
                if changes:
                    commit = Commit(changes=changes, reason=reason, agent=agent, group=group)
                    revision = part.store.commit(commit)
                    (made.internal if internal else made.revisions).append(revision)


def _changes(
    store: Store, before: Before, kinds: Sequence[bool], plan: _Plan, stores: RecordStores
) -> Iterator[GraphChange]:
    for graph, triples in before.contents.items():
        if bool(triples) not in kinds:
            continue
        record_id = is_record_graph(graph, stores.minter)
        if record_id is not None and triples:
            yield renewed(store, record_id, triples, plan.restored[record_id], stores.minter)
        else:
            yield GraphChange(graph, tuple(triples) or None)


def _record_of(graph: str, stores: RecordStores) -> str | None:
    """Return the record that a graph is about: its own, or what was decided about it."""
    parts = stores.minter.parts(NamedNode(graph)) if ":" in graph else ()
    return parts[1] if len(parts) == 2 and parts[0] in ("record", "decisions") else None
