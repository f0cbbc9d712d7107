"""Records as they were: what the journal says of a record, and taking back an old version.

Restoring never rewrites history: the old version is validated like any other and makes a new
revision.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from outcome_graph.errors import NonConformingError, NotFoundError, UsageError
from outcome_graph.mapping import differ, triples_to_record
from outcome_graph.pipeline.places import RecordStores, renewed
from outcome_graph.pipeline.store_validation import check_record
from outcome_graph.rdf import NamedNode, Triple
from outcome_graph.store import Commit, JournalEntry, Store
from outcome_graph.store.patch import Patch
from outcome_graph.validation import ValidationReport
from outcome_graph.validation.screen.records import RecordScreen

__all__ = [
    "RecordRevision",
    "RestoredRecord",
    "record_as_of",
    "record_history",
    "restore_record",
    "undo_in_graph",
]


@dataclass(frozen=True, slots=True)
class RecordRevision:
    """One commit that changed a record.

    Parameters:
        entry: as the journal has it.
        internal: it is in the journal of internal records, whose revisions are counted apart.
        own: what it removed from and added to the record; None of a bulk load, of which the
            journal lists no statements.
    """

    entry: JournalEntry
    internal: bool
    own: Patch | None

    @property
    def removed(self) -> int | None:
        """How many statements of the record it removed; None where that is not known."""
        return None if self.own is None else len(self.own.removed)

    @property
    def added(self) -> int | None:
        """How many statements it added to the record; None where that is not known."""
        return None if self.own is None else len(self.own.added)

    def as_data(self) -> dict[str, Any]:
        """Return it as plain values; figures are the record's own, and beside them the commit's."""
        return {
            **self.entry.as_data(),
            "removed": self.removed,
            "added": self.added,
            "commit": {"removed": self.entry.removed, "added": self.entry.added},
            "internal": self.internal,
        }


@dataclass(frozen=True, slots=True)
class RestoredRecord:
    """What restoring a record did.

    Parameters:
        id: the record. restored: the revision it was taken from.
        revision: the store's revision now.
        changed: False when it was as it is now.
        internal: it is an internal record.
        report: what the shapes say of it.
    """

    id: str
    restored: int
    revision: int
    changed: bool
    internal: bool
    report: ValidationReport


def record_history(
    stores: RecordStores, record_id: str, *, internal: bool = True
) -> list[RecordRevision]:
    """Return the commits that changed a record, oldest first.

    Parameters:
        internal: look in the journal of internal records too.

    Raises:
        NotFoundError: there never was such a record.
        UsageError: it cannot be the id of a record.
    """
    graph = stores.minter.record(record_id)
    found: list[tuple[str, RecordRevision]] = []
    for is_internal, store in _stores(stores) if internal else [(False, stores.public)]:
        time = ""
        for entry in store.history(graph):
            # A clock that was put back does not change the order of a journal.
            time = max(time, entry.time)
            own = store.patch(entry.revision, graph)[1]
            found.append((time, RecordRevision(entry, is_internal, own)))
    if not found:
        if not internal:
            raise NotFoundError(f"The journal has nothing about a public record {record_id}.")
        raise NotFoundError(f"The journal has nothing about a record {record_id}.")
    return [item for _, item in sorted(found, key=lambda pair: pair[0])]


def _stores(stores: RecordStores) -> list[tuple[bool, Store]]:
    internal = stores.named("internal")
    return [(False, stores.public), *([(True, internal)] if internal is not None else [])]


def record_as_of(
    stores: RecordStores, record_id: str, revision: int, internal: bool | None = None
) -> tuple[Store, list[Triple]]:
    """Return the store a record is in, and its statements as of a revision.

    Parameters:
        revision: of the store's journal; what the record was once that commit was made.
        internal: whether to look among internal records; None for where it is, or last was.

    Raises:
        NotFoundError: there was no such record then, or there is no such revision.
        UsageError: what it was cannot be told, because of a bulk load.
    """
    graph = stores.minter.record(record_id)
    store = _store_of(stores, record_id, internal)
    newest = store.revision()
    if not 0 < revision <= newest:
        raise NotFoundError(f"There is no revision {revision}; revisions are 1 to {newest}.")
    # The present is read once: what is committed meanwhile is later than any revision asked for.
    with stores.writing:
        triples = dict.fromkeys(store.graph(graph))
        entries = list(store.history(graph))
    for entry in reversed(entries):
        if entry.revision <= revision:
            break
        before = undo_in_graph(store.patch(entry.revision, graph)[1], triples)
        if before is None:
            raise UsageError(
                f"Revision {entry.revision} was a bulk load, of which the journal lists no "
                "statements: what the record was before it cannot be told. Look in a backup."
            )
        triples = before
    if not triples:
        raise NotFoundError(
            f"There was no record {record_id} at revision {revision}. "
            f"`outcome-graph history {record_id}` tells when it was there."
        )
    return store, list(triples)


def _store_of(stores: RecordStores, record_id: str, internal: bool | None) -> Store:
    graph = stores.minter.record(record_id)
    places = [(i, s) for i, s in _stores(stores) if internal is None or i == internal]
    for _, store in places:
        if store.has_graph(graph):
            return store
    last = [(e.time, n, s) for n, (_, s) in enumerate(places) for e in _newest(s, graph)]
    if not last:
        raise NotFoundError(f"The journal has nothing about a record {record_id}.")
    return max(last, key=lambda item: item[:2])[2]


def _newest(store: Store, graph: NamedNode) -> list[JournalEntry]:
    """Return the newest entry about a graph, in a list that is empty when there is none."""
    return list(store.history(graph))[-1:]


def undo_in_graph(
    patch: Patch | None, triples: Mapping[Triple, None] | None
) -> dict[Triple, None] | None:
    """Return what a graph held before a commit, given what it held after it.

    None where that cannot be told: the journal lists no statements of a bulk load.

    Parameters:
        patch: what the commit did to this graph.
    """
    if patch is None or triples is None:
        return None
    before = dict(triples)
    for quad in patch.added:
        before.pop(quad.triple, None)
    for quad in patch.removed:
        before[quad.triple] = None
    return before


def restore_record(
    stores: RecordStores,
    screen: RecordScreen,
    record_id: str,
    revision: int,
    *,
    agent: str,
    internal: bool | None = None,
    dry_run: bool = False,
) -> RestoredRecord:
    """Make a record what it was as of a revision, as a new revision.

    Parameters:
        screen: the shapes, compiled.
        agent: who restores, for the journal.
        internal: as in `record_as_of`.
        dry_run: do everything but write.

    Raises:
        NotFoundError, UsageError: as in `record_as_of`.
        NonConformingError: the shapes of today refuse it.
    """
    with stores.writing:
        origin, triples = record_as_of(stores, record_id, revision, internal)
        record = triples_to_record(triples, record_id, stores.minter)
        is_internal = stores.is_internal(record)
        report = screen.validator.report(check_record(screen, record_id, triples))
        if not report.conforms:
            reasons = list(report.reasons())
            raise NonConformingError(
                f"{record_id} as of revision {revision} does not conform: {reasons[0]}", report
            )
        store = stores.internal(create=not dry_run) if is_internal else stores.public
        graph = stores.minter.record(record_id)
        changed = differ(store.graph(graph), triples, record_id, stores.minter)
        now = store.revision()
        if changed and not dry_run:
            completeness = report.completeness[record_id]
            change = renewed(store, record_id, triples, completeness, stores.minter)
            before = [e for e in origin.history(graph) if e.revision <= revision]
            now = store.commit(
                Commit(
                    changes=(change,),
                    reason=f"restore {record_id} as of revision {revision}",
                    agent=agent,
                    sources=before[-1].sources if before else (),
                )
            )
            stores.leave_other([record_id], is_internal, agent)
    return RestoredRecord(record_id, revision, now, changed, is_internal, report)
