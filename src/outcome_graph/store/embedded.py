"""The embedded store: Oxigraph on disk, owned by one process.

How a commit survives a crash at any point: the journal is the write-ahead log.

1. The difference to what is there is computed.
2. It is appended to the journal, which is synced. From here on the commit will happen.
3. It is applied to the engine in one transaction.

A crash before 2 is complete leaves a torn entry, which is cut off on opening. A crash after it
leaves an entry that the engine may or may not have; on opening, all entries since the last
checkpoint are applied again, which is harmless where they had been. (The engine does not sync its
own log on each transaction; the journal thus also covers what a power failure takes from it.)
When the engine cannot write (a full disk), the store is reopened to see whether the transaction
got through: if not, the entry is taken back, and the caller told that nothing changed.

A bulk load bypasses transactions. Before it a hard-linked copy of the engine's files is set aside
(``rollback-N``); if the journal has no entry after N when the store is opened, the copy is put
back.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import chain
from pathlib import Path
from typing import Any

import pyoxigraph

from outcome_graph.errors import StoreError, StoreReadOnlyError, UsageError
from outcome_graph.rdf import DefaultGraph, GraphName, NamedNode, Quad, Triple
from outcome_graph.store.base import (
    Answer,
    Commit,
    GraphChange,
    JournalEntry,
    QueryRequest,
    UpdateRequest,
)
from outcome_graph.store.bulk import format_to_load
from outcome_graph.store.checking import UpdateCheck, checked_contents
from outcome_graph.store.dataset import DatasetLayout
from outcome_graph.store.deadlines import Deadline
from outcome_graph.store.engine import Engine, NotInOrderError, put_right
from outcome_graph.store.evaluation import check_query, check_revision, evaluate
from outcome_graph.store.kept import new_quads
from outcome_graph.store.layout import OwnerLock, StoreFolder
from outcome_graph.store.patch import (
    GraphState,
    Patch,
    difference,
    entry_for,
    normalised,
    normalised_graphs,
)
from outcome_graph.store.serialisation import dump_chunks
from outcome_graph.store.sources import SourceArchive
from outcome_graph.store.update_runs import UpdateBounds, UpdateRunner, evaluates
from outcome_graph.store.updating import run_update

__all__ = ["EmbeddedStore"]

#: Starts of a query, or an update, that may meet a commit before the commit is made to wait.
_TRIES = 3


class EmbeddedStore:
    """A store in a folder (see `outcome_graph.store.layout`); thread-safe.

    Queries in this process see the newest revision and cannot be interrupted (their deadline is
    looked at between rows); services use a `ReaderPool` besides.

    Parameters:
        path: the folder.
        create: make a store where there is none.
        read_only: refuse writes; any number of processes may then have it open.
        service_allowed: endpoints that SERVICE may call.
        union: for a new store: whether the default graph of queries is the union of all graphs, as
            the contract has it, or the default graph as such (for general SPARQL use).
        updates: what an update with WHERE may use.

    Raises:
        StoreError: it cannot be opened, or is no store.
        StoreBusyError: another process owns it.
    """

    def __init__(
        self,
        path: Path,
        *,
        create: bool = False,
        read_only: bool = False,
        service_allowed: Collection[str] = (),
        union: bool = True,
        updates: UpdateBounds | None = None,
    ) -> None:
        self.folder = StoreFolder(path)
        self.read_only = read_only
        self.service_allowed = frozenset(service_allowed)
        self._writing = threading.RLock()
        self._listeners: list[Callable[[int], None]] = []
        self._closed = False
        exists = self.folder.is_store()
        if not exists:
            if not create or read_only:
                raise StoreError(
                    f"There is no store at {path}. Make one with: outcome-graph --store {path} init"
                )
            self.folder.make()
        else:
            union = self.folder.union()
        self.layout = DatasetLayout(union=union)
        self._lock = OwnerLock(self.folder.lock, shared=read_only)
        try:
            self._engine = Engine(self.folder, self.layout, read_only=read_only)
            if not exists:
                self.folder.seal(union=union)
        except NotInOrderError:
            self._lock.release()
            put_right(self.folder, self.layout)
            self._lock = OwnerLock(self.folder.lock, shared=True)
            self._engine = Engine(self.folder, self.layout, read_only=True)
        except BaseException:
            self._lock.release()
            raise
        self._sources = SourceArchive(self.folder.sources)
        self._updates = UpdateRunner(
            updates or UpdateBounds(), union=union, service_allowed=self.service_allowed
        )

    @property
    def union(self) -> bool:
        """Whether the default graph of queries is the union of all graphs."""
        return self.layout.union

    # -- questions ------------------------------------------------------------------------------

    def query(self, request: QueryRequest) -> Answer:
        """Answer a query from the newest revision, in this process."""
        check_query(request, self.service_allowed)
        check_revision(request, self.revision())
        for _ in range(_TRIES):
            before = self._engine.sequence
            answer = self._evaluate(request)
            # Even, and the same as before: no commit was under way while the engine took its view.
            if before % 2 == 0 and before == self._engine.sequence:
                return answer
        with self._writing:
            return self._evaluate(request)

    def _evaluate(self, request: QueryRequest) -> Answer:
        engine = self._engine
        return evaluate(engine.store, request, engine.revision, union=self.layout.union)

    def engine_store(self) -> pyoxigraph.Store:
        """Return the engine as it stands, for reading (`scanning`)."""
        return self._engine.store

    def graph(self, graph: NamedNode | None) -> list[Triple]:
        """Return the triples of a graph."""
        name = self.layout.logical(graph or DefaultGraph())
        return [q.triple for q in self.layout.quads_of(self._engine.store, name)]

    def graph_names(self) -> list[str]:
        """Return the IRIs of all named graphs, sorted."""
        graphs = self.layout.graph_names(self._engine.store)
        return sorted(g.value for g in graphs if isinstance(g, NamedNode))

    def has_graph(self, graph: NamedNode) -> bool:
        """Tell whether a named graph holds any triple."""
        found = self._engine.store.quads_for_pattern(None, None, None, graph)
        return next(found, None) is not None

    def revision(self) -> int:
        """Return the newest revision."""
        return self._engine.revision

    def history(self, graph: NamedNode | None = None) -> Iterable[JournalEntry]:
        """Yield the journal, oldest first; only entries that changed ``graph`` when given."""
        journal = self._engine.journal
        if graph is None:
            yield from journal.entries()
        else:
            # The index of graphs is the writer's.
            with self._writing:
                found = list(journal.of_graph(graph.value))
            yield from found

    def patch(
        self, revision: int, graph: NamedNode | None = None
    ) -> tuple[JournalEntry, Patch | None]:
        """Return what a revision removed and added (None: a bulk load, only counted).

        Parameters:
            graph: only what it removed from this graph and added to it.

        Raises:
            NotFoundError: there is no such revision.
        """
        return self._engine.journal.patch(revision, graph)

    def patches(self) -> Iterator[tuple[JournalEntry, Patch | None]]:
        """Yield all revisions with what they removed and added, oldest first."""
        yield from self._engine.journal.patches()

    def dump(self, media_type: str = "application/n-quads") -> Iterator[bytes]:
        """Yield everything, serialised, from one revision.

        Syntaxes without named graphs get the triples of all graphs.

        Raises:
            UsageError: not an RDF syntax of ours.
        """
        return dump_chunks(self.layout.all_quads(self._engine.store), media_type)

    def dump_at(self) -> tuple[int, Iterator[bytes]]:
        """Return the newest revision and all of it as N-Quads; see `dump`.

        Waits for a commit that is under way, so that the two belong together.
        """
        with self._writing:
            chunks = self.dump()
            # The engine's view is taken when the first piece is made.
            first = next(chunks, b"")
            return self.revision(), chain((first,), chunks)

    def statistics(self) -> dict[str, Any]:
        """Return the number of quads, graphs and revisions, and bytes on the disk."""
        return {
            "quads": self._engine.quads,
            "graphs": len(self.graph_names()),
            "revision": self.revision(),
            "bytes": self.folder.size(),
        }

    # -- changes --------------------------------------------------------------------------------

    def commit(self, commit: Commit) -> int:
        """Replace graphs, all or nothing, and return the new revision."""
        graphs = [self.layout.logical(c.graph or DefaultGraph()) for c in commit.changes]
        if len(set(graphs)) != len(graphs):
            raise UsageError("A commit may change each graph only once.")
        with self._writing:
            self._writable()
            changes = list(zip(graphs, commit.changes, strict=True))
            new = new_quads((graph, change.triples) for graph, change in changes)
            if new is not None and not any(self.has_graph(graph) for graph, _ in new.graphs):
                patch = Patch(added=new)
            else:
                patch = difference(self._states(changes))
            return self._commit(patch, commit)

    def _states(self, changes: Sequence[tuple[GraphName, GraphChange]]) -> Iterator[GraphState]:
        contents = normalised_graphs((graph, change.triples or ()) for graph, change in changes)
        for (graph, _), after in zip(changes, contents, strict=True):
            yield GraphState(graph, self.layout.quads_of(self._engine.store, graph), after)

    def update(
        self,
        request: UpdateRequest,
        *,
        reason: str,
        agent: str,
        check: UpdateCheck | None = None,
        writing: AbstractContextManager[Any] | None = None,
    ) -> int:
        """Run an update as one commit and return the revision it made.

        It is run on a copy first, to learn what it removes and adds; with a WHERE by another
        process, during which others may write (see `outcome_graph.store.update_runs`). When they
        did it is run again, at last with them kept waiting. Its WHERE sees the same default graph
        as queries do; what its templates put outside of GRAPH goes to, or from, the default graph
        itself. Graphs that hold nothing do not exist.
        """
        with self._writing:
            self._writable()
        lock = writing or nullcontext()
        deadline = self._updates.deadline(request.deadline)

        def finish(patch: Patch) -> int:
            if check is not None:
                patch = self._checked(patch, check, deadline)
            return self._commit(patch, Commit(changes=(), reason=reason, agent=agent))

        if not evaluates(request.sparql):
            with self._alone(lock):
                return finish(self._run_here(request))
        for _ in range(_TRIES - 1):
            revision, patch = self._run_on_copy(request, deadline)
            with self._alone(lock):
                if self.revision() == revision:
                    return finish(patch)
        with self._alone(lock):
            _, patch = self._run_on_copy(request, deadline)
            return finish(patch)

    @contextmanager
    def _alone(self, lock: AbstractContextManager[Any]) -> Iterator[None]:
        """Keep all others from writing."""
        with lock, self._writing:
            self._writable()
            yield

    def _run_here(self, request: UpdateRequest) -> Patch:
        scratch = self.folder.snapshots
        return run_update(self._engine.store, self.layout, scratch, request, self.service_allowed)

    def _run_on_copy(self, request: UpdateRequest, deadline: Deadline) -> tuple[int, Patch]:
        """Return what an update changes, and in which revision."""
        return self._updates.on_disk(self.snapshot, self.folder.snapshots, request, deadline)

    def _checked(self, patch: Patch, check: UpdateCheck, deadline: Deadline) -> Patch:
        def held(graph: GraphName) -> list[Quad]:
            return list(self.layout.quads_of(self._engine.store, graph))

        after = checked_contents(patch, held, check, self.revision() + 1, deadline.go_on)
        return difference(GraphState(g, held(g), normalised(g, t)) for g, t in after.items())

    def _commit(self, patch: Patch, why: Commit) -> int:
        if not patch:
            return self.revision()
        revision = self.revision() + 1
        entry = entry_for(
            patch,
            revision,
            reason=why.reason,
            agent=why.agent,
            sources=why.sources,
            group=why.group,
        )
        self._engine.commit(entry, patch)
        self._tell()
        return revision

    def bulk_load(self, path: Path, media_type: str, *, reason: str, agent: str) -> int:
        """Load ready RDF at the engine's own speed as one commit; return the new revision.

        The journal counts what was added; it does not list it.

        Raises:
            SourceError: the file cannot be read, or is not well formed; nothing was changed.
        """
        rdf_format = format_to_load(path, media_type)
        with self._writing:
            self._writable()
            before = self.revision()
            revision = self._engine.bulk_load(path, rdf_format, reason, agent)
            if revision != before:
                self._tell()
            return revision

    def _writable(self) -> None:
        if self._closed:
            raise StoreError(f"The store {self.folder.root} is closed.")
        if self.read_only:
            raise StoreReadOnlyError("The store was opened for reading only.")
        self._engine.mend()

    # -- sources --------------------------------------------------------------------------------

    def keep_source(self, data: bytes) -> str:
        """Keep a source document, content-addressed, and return its SHA-256."""
        with self._writing:
            self._writable()
        return self._sources.keep(data)

    def keep_sources(self, documents: Sequence[bytes]) -> list[str]:
        """Keep source documents that come together; return their digests in their order."""
        with self._writing:
            self._writable()
        return self._sources.keep_all(documents)

    def source(self, sha256: str) -> bytes:
        """Return a kept source document."""
        return self._sources.read(sha256)

    # -- copies ---------------------------------------------------------------------------------

    def on_commit(self, listener: Callable[[int], None]) -> None:
        """Call a function with each new revision, from the thread that made it."""
        self._listeners.append(listener)

    def _tell(self) -> None:
        for listener in self._listeners:
            listener(self.revision())

    def snapshot(self, target: Path) -> int:
        """Freeze the engine's present files in a new folder (hard links); return their revision.

        Raises:
            StoreError: it cannot be written.
        """
        # The slow part of it first, while others can write; then little is left to freeze.
        self._engine.settle()
        with self._writing:
            self._engine.freeze(target)
            return self.revision()

    def backup(self, target: Path) -> None:
        """Write a safety copy that `open_store` can open."""
        with self._writing:
            self._engine.backup(target)
        # Kept documents never change, and there may be very many: nobody has to wait for them.
        copy = StoreFolder(target)
        try:
            shutil.copytree(
                self.folder.sources, copy.sources, ignore=shutil.ignore_patterns(".new-*")
            )
        except OSError as error:
            raise StoreError(f"The backup {target} cannot be written: {error}.") from error
        copy.seal(union=self.layout.union)

    def announce(self, url: str, control: str | None = None) -> None:
        """Let other processes that want to open the store know where it is served.

        Parameters:
            url: over HTTP.
            control: path of the socket of an `OwnerEndpoint`.
        """
        if not self.read_only:
            self._lock.announce(url, control)

    def close(self) -> None:
        """Finish writing and let go of the store."""
        with self._writing:
            if self._closed:
                return
            self._closed = True
            self._updates.close()
            try:
                self._engine.close()
            finally:
                self._lock.release()
