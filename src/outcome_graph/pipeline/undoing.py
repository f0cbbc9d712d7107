"""Taking back a load: what its commits did to records, however many, in one new commit.

A load makes a commit for each few hundred records, which the journal marks as belonging together.
Undone are all of them or none: as soon as one record was changed since by somebody else, nothing
is, because taking the load out from under that change would lose it. History is never rewritten.
"""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from outcome_graph.errors import ConflictError, NonConformingError, NotFoundError, UsageError
from outcome_graph.mapping import RecordMetadata, differ, is_record_graph, with_metadata
from outcome_graph.pipeline.store_validation import TOGETHER, check_batch
from outcome_graph.pipeline.summary import Committed
from outcome_graph.rdf import NamedNode, Triple
from outcome_graph.store import Commit, GraphChange, JournalEntry, Store
from outcome_graph.store.patch import graph_label
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


@dataclass(slots=True)
class _Part:
    """The commits of a load in one store, and what its graphs were before."""

    store: Store
    internal: bool
    entries: list[JournalEntry]
    before: dict[NamedNode, list[Triple]] = field(default_factory=dict)


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
        ConflictError: a record was changed since.
        NonConformingError: the shapes of today refuse what a record was.
    """
    with stores.writing:
        parts = _parts(stores, revision, internal=internal)
        what = _described(parts)
        for part in parts:
            _demand_records(part, what, stores)
        for part in parts:
            part.before = _before(part, what, stores)
        completeness = _validated(parts, screen, stores)
        made = Committed()
        if not dry_run:
            made = _commit(parts, completeness, agent, stores)
    ids = {i for part in parts for i in _record_ids(part.before, stores)}
    restored = tuple(sorted(completeness))
    return Undone(what, tuple(sorted(ids - completeness.keys())), restored, made)


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


def _before(part: _Part, what: str, stores: RecordStores) -> dict[NamedNode, list[Triple]]:
    """Return what the graphs held before the commits; [] for those that were not there.

    Raises:
        ConflictError: what a graph holds now is not what the commits left.
    """
    touched = {graph for entry in part.entries for graph in entry.graphs}
    held: dict[str, dict[Triple, None]] = {}
    #: The newest commit of others to each graph, until one of the load's is reached.
    later: dict[str, JournalEntry] = {}
    changed: dict[str, JournalEntry] = {}
    first = part.entries[0].revision
    mine = {entry.revision for entry in part.entries}
    since = [e for e in part.store.history() if e.revision >= first and touched & {*e.graphs}]
    for entry in reversed(since):
        graphs = touched.intersection(entry.graphs)
        for graph in graphs - held.keys():
            held[graph] = dict.fromkeys(part.store.graph(NamedNode(graph)))
        if entry.revision in mine:
            for graph in graphs & later.keys():
                newest = later.pop(graph)
                if not _is_still(part.store, graph, held[graph], stores):
                    changed[graph] = newest
        else:
            later |= {graph: later.get(graph, entry) for graph in graphs}
        _take_back(part.store, entry, held, graphs)
    if changed:
        raise _conflict(changed, what, stores)
    return {NamedNode(graph): list(triples) for graph, triples in held.items()}


def _take_back(
    store: Store, entry: JournalEntry, held: dict[str, dict[Triple, None]], graphs: set[str]
) -> None:
    """Make graphs what they held before a commit."""
    patch = store.patch(entry.revision)[1]
    if patch is None:
        raise UsageError(
            f"Revision {entry.revision} was a bulk load, of which the journal lists no "
            "statements: what was before it cannot be told. Restore a backup."
        )
    for quad in patch.added:
        if (graph := graph_label(quad.graph_name)) in graphs:
            held[graph].pop(quad.triple, None)
    for quad in patch.removed:
        if (graph := graph_label(quad.graph_name)) in graphs:
            held[graph][quad.triple] = None


def _is_still(store: Store, graph: str, triples: Iterable[Triple], stores: RecordStores) -> bool:
    """Tell whether a graph holds this now; a record's metadata do not count."""
    name = NamedNode(graph)
    now, then = store.graph(name), list(triples)
    record_id = is_record_graph(name, stores.minter)
    if record_id is None or not (now and then):
        return set(now) == set(then)
    return not differ(now, then, record_id, stores.minter)


def _conflict(changed: dict[str, JournalEntry], what: str, stores: RecordStores) -> ConflictError:
    ids = sorted({_record_of(graph, stores) or graph for graph in changed})
    last = max(changed.values(), key=lambda entry: entry.revision)
    named = ", ".join(ids[:_NAMED])
    more = f" and {len(ids) - _NAMED:,} more" if len(ids) > _NAMED else ""
    return ConflictError(
        f"Nothing was undone, because of what {what} wrote this was changed since: {named}{more}; "
        f"last in revision {last.revision} ({last.reason}, by {last.agent}). Undo that first, or "
        "restore single records with: outcome-graph restore ID --revision N"
    )


def _validated(
    parts: Sequence[_Part], screen: RecordScreen, stores: RecordStores
) -> dict[str, float]:
    """Return the completeness of the records that come back, by id.

    Raises:
        NonConformingError: one would not conform.
    """
    coming = iter(
        [
            (record_id, triples)
            for part in parts
            for graph, triples in part.before.items()
            if triples and (record_id := is_record_graph(graph, stores.minter)) is not None
        ]
    )
    found: dict[str, float] = {}
    while some := list(islice(coming, TOGETHER)):
        for checked in check_batch(screen, some):
            if not checked.conforms:
                report = screen.validator.report(checked)
                raise NonConformingError(
                    f"Nothing was undone: {checked.record_id} as it was before does not conform: "
                    f"{report.reasons()[0]}",
                    report,
                )
            found[checked.record_id] = checked.completeness
    return found


def _commit(
    parts: Sequence[_Part],
    completeness: Mapping[str, float],
    agent: str,
    stores: RecordStores,
) -> Committed:
    """Write what the graphs were before.

    A record that moves between the stores comes back in one before it leaves the other, so internal
    ones come back first and leave last.
    """
    made, group = Committed(), secrets.token_hex(8)
    for internal, kinds in ((True, (True,)), (False, (True, False)), (True, (False,))):
        for part in (p for p in parts if p.internal == internal):
            changes = tuple(
                change for back in kinds for change in _changes(part, completeness, stores, back)
            )
            if changes:
                # The public journal tells nothing of what is internal.
                reason = f"undo {_described([part])}"
                commit = Commit(changes=changes, reason=reason, agent=agent, group=group)
                revision = part.store.commit(commit)
                (made.internal if internal else made.revisions).append(revision)
    return made


def _changes(
    part: _Part, completeness: Mapping[str, float], stores: RecordStores, back: bool
) -> Iterator[GraphChange]:
    now, revision = datetime.datetime.now(datetime.UTC), part.store.revision() + 1
    for graph, triples in part.before.items():
        if bool(triples) != back:
            continue
        record_id = is_record_graph(graph, stores.minter)
        if record_id is not None and triples:
            metadata = RecordMetadata(now, revision, completeness[record_id], True)
            triples = with_metadata(triples, record_id, metadata, stores.minter)
        yield GraphChange(graph, tuple(triples) or None)


def _record_of(graph: str, stores: RecordStores) -> str | None:
    """Return the record that a graph is about: its own, or what was decided about it."""
    parts = stores.minter.parts(NamedNode(graph)) if ":" in graph else ()
    return parts[1] if len(parts) == 2 and parts[0] in ("record", "decisions") else None


def _record_ids(graphs: Iterable[NamedNode], stores: RecordStores) -> Iterator[str]:
    ids = (is_record_graph(graph, stores.minter) for graph in graphs)
    return (i for i in ids if i is not None)
