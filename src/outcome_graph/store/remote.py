"""The remote store: any engine that speaks SPARQL 1.1 Protocol and Graph Store Protocol.

What is kept where: graphs, their union, the journal and the revision count are all in the engine
(`outcome_graph.store.remote_layout`, `outcome_graph.store.remote_journal`), so that service
processes have no state of their own and any number of them can stand before one engine. Source
documents are kept in the engine too, unless a folder is named for them.

A commit is one update request: what is there is read, the difference is worked out here, and sent
together with its entry in the journal on the condition that the store is still at the revision
that was read. A request has a bounded size; what does not fit is refused before anything is sent.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from outcome_graph.errors import (
    NotFoundError,
    StoreError,
    StoreReadOnlyError,
    UsageError,
)
from outcome_graph.rdf import (
    DefaultGraph,
    NamedNode,
    RdfFormat,
    Triple,
    parse,
)
from outcome_graph.store.base import Answer, Commit, JournalEntry, QueryRequest, UpdateRequest
from outcome_graph.store.checking import UpdateCheck
from outcome_graph.store.deadlines import Deadline
from outcome_graph.store.evaluation import check_revision
from outcome_graph.store.patch import Patch
from outcome_graph.store.remote_addresses import Addresses
from outcome_graph.store.remote_answer import RemoteAnswer, results_of
from outcome_graph.store.remote_backup import write_backup
from outcome_graph.store.remote_bounds import RemoteBounds
from outcome_graph.store.remote_bulk import Part, parts_of
from outcome_graph.store.remote_changes import (
    QuadReader,
    change_to,
    checked_graphs,
    comparable_triples,
)
from outcome_graph.store.remote_commits import Committer
from outcome_graph.store.remote_http import EngineClient
from outcome_graph.store.remote_journal import Change, RemoteJournal, State
from outcome_graph.store.remote_layout import HIDDEN, inward
from outcome_graph.store.remote_merged import answer_merged
from outcome_graph.store.remote_setup import start
from outcome_graph.store.remote_sources import EngineSources
from outcome_graph.store.remote_text import PreparedQuery, prepare
from outcome_graph.store.remote_updates import UpdateWorker
from outcome_graph.store.remote_where import Row
from outcome_graph.store.serialisation import dump_chunks
from outcome_graph.store.sources import SourceArchive
from outcome_graph.store.update_runs import UpdateRunner

__all__ = ["RemoteBounds", "RemoteStore"]

#: Starts of a query that may meet a commit before our own commits are made to wait.
_QUERY_TRIES = 3


class RemoteStore:
    """A store in a remote engine; thread-safe, and shared safely with other processes.

    Parameters:
        addresses: the engine's.
        authorisation: value of the Authorization header, None for none.
        create: make a store in an empty engine.
        read_only: refuse writes; an engine without a store of ours can then be asked too.
        service_allowed: endpoints that SERVICE may call (the engine calls them).
        sources: folder for source documents, None to keep them in the engine.
        bounds: limits.

    Raises:
        UsageError: addresses are missing.
        StoreError: the engine is away, refuses us, or holds something else.
    """

    def __init__(
        self,
        addresses: Addresses,
        *,
        authorisation: str | None = None,
        create: bool = False,
        read_only: bool = False,
        service_allowed: Iterable[str] = (),
        sources: Path | None = None,
        bounds: RemoteBounds | None = None,
    ) -> None:
        self.addresses = addresses
        self.read_only = read_only
        self.bounds = bounds or RemoteBounds()
        self.service_allowed = frozenset(service_allowed)
        self._client = EngineClient(authorisation, self.bounds.silence)
        self._journal = RemoteJournal(self._select)
        self._quads = QuadReader(self._select)
        room = self.bounds.update_bytes
        self._sources: SourceArchive | EngineSources = (
            SourceArchive(sources) if sources else EngineSources(self._select, self._update, room)
        )
        self._committer = Committer(self._journal, self._update, room, addresses.query)
        self._updates = UpdateRunner(
            self.bounds.updates, union=True, service_allowed=self.service_allowed
        )
        self._writing = threading.RLock()
        self._closed = False
        self._found = start(
            self._client, addresses, self._select, create=create, read_only=read_only
        )

    def _select(self, sparql: str) -> Iterator[Any]:
        """Run a SELECT query of our own; yield its rows."""
        body = self._client.query(self.addresses.query, sparql, "SELECT")
        try:
            yield from results_of(body, "SELECT")
        except (SyntaxError, ValueError) as error:
            raise StoreError(
                f"The engine at {self.addresses.query} sends malformed results: {error}."
            ) from error
        finally:
            body.close()

    def _update(self, sparql: str) -> None:
        self._client.update(self.addresses.update, sparql)

    # -- questions ------------------------------------------------------------------------------

    def query(self, request: QueryRequest) -> Answer:
        """Answer a query by the engine, within our own bounds and in our own formats.

        The engine answers from one state of its data. That state is known to be the revision named
        when the journal tells the same one before and after the engine has begun to answer.
        """
        prepared = prepare(request, HIDDEN, self.service_allowed)
        limits = [s for s in (request.deadline, self.bounds.deadline) if s is not None]
        deadline = Deadline.after(min(limits)) if limits else None
        before = self.revision()
        check_revision(request, before)
        for _ in range(_QUERY_TRIES):
            answer = self._ask(prepared, request, before, deadline)
            after = self.revision()
            if before == after:
                return answer
            answer.close()
            before = after
        with self._writing:
            return self._ask(prepared, request, self.revision(), deadline)

    def _ask(
        self,
        prepared: PreparedQuery,
        request: QueryRequest,
        revision: int,
        deadline: Deadline | None,
    ) -> Answer:
        default = prepared.default_graphs
        if default is not None and len(set(default)) > 1 and self._found.counts_twice:
            quads = self._quads.each_of(map(NamedNode, {*default, *(prepared.named_graphs or ())}))
            return answer_merged(quads, request, revision, deadline, self.bounds)
        graphs: tuple[str, ...] = ()
        named: tuple[str, ...] = ()
        # An engine that is told to take the union may do so in spite of FROM (Oxigraph 0.5.13).
        if prepared.protocol or (default is not None and self._found.union):
            graphs, named = prepared.default_graphs or (), prepared.named_graphs or ()
        elif default is None and self._found.union and not prepared.asks_graphs:
            graphs = (self._found.union.value,)
        body = self._client.query(
            self.addresses.query,
            prepared.text,
            prepared.form,
            default_graphs=graphs,
            named_graphs=named,
            deadline=deadline,
            users=True,
        )
        return RemoteAnswer(body, prepared.form, request, revision)

    def graph(self, graph: NamedNode | None) -> list[Triple]:
        """Return the triples of a graph."""
        name = inward(graph or DefaultGraph())
        if graph in HIDDEN or not isinstance(name, NamedNode):
            return []
        # Fuseki (5.6) answers 500 when it has no graph of a name that goes beyond ASCII.
        if not self.addresses.graphs or not name.value.isascii():
            held = self._quads.of([graph or DefaultGraph()])
            return [q.triple for quads in held.graphs.values() for q in quads]
        body = self._client.get_graph(self.addresses.graphs, name.value)
        if body is None:
            return []
        try:
            quads = parse(body.file(), format=RdfFormat.N_TRIPLES)
            return comparable_triples(quad.triple for quad in quads)
        except SyntaxError as error:
            raise StoreError(
                f"The engine at {self.addresses.graphs} sends a malformed graph: {error}."
            ) from error
        finally:
            body.close()

    def graph_names(self) -> list[str]:
        """Return the IRIs of all named graphs, sorted."""
        hidden = ", ".join(map(str, HIDDEN))
        query = f"""SELECT ?g {{ GRAPH ?g {{ }} FILTER(?g NOT IN ({hidden}))
            FILTER EXISTS {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"""
        return sorted({row[0].value for row in self._select(query)})

    def has_graph(self, graph: NamedNode) -> bool:
        """Tell whether a named graph holds any triple."""
        if graph in HIDDEN:
            return False
        rows = self._select(f"SELECT ?s {{ GRAPH {graph} {{ ?s ?p ?o }} }} LIMIT 1")
        return next(rows, None) is not None

    def revision(self) -> int:
        """Return the newest revision, which any process may have made."""
        state = self._journal.state()
        return state.revision if state else 0

    def history(self, graph: NamedNode | None = None) -> Iterable[JournalEntry]:
        """Yield the journal, oldest first; only entries that changed ``graph`` when given."""
        return self._journal.entries(graph)

    def patch(
        self, revision: int, graph: NamedNode | None = None
    ) -> tuple[JournalEntry, Patch | None]:
        """Return what a revision removed and added.

        Parameters:
            graph: only what it removed from this graph and added to it.

        Raises:
            NotFoundError: there is no such revision.
        """
        return self._journal.patch(revision, graph)

    def patches(self) -> Iterator[tuple[JournalEntry, Patch | None]]:
        """Yield all revisions with what they removed and added, oldest first."""
        return self._journal.patches()

    def dump(self, media_type: str = "application/n-quads") -> Iterator[bytes]:
        """Yield everything, serialised, from one query.

        Syntaxes without named graphs get the triples of all graphs.

        Raises:
            UsageError: not an RDF syntax of ours.
        """
        return dump_chunks(self._quads.all(), media_type)

    def statistics(self) -> dict[str, Any]:
        """Return the number of quads, graphs and revisions."""
        state = self._journal.state()
        return {
            "quads": state.quads if state else sum(1 for _ in self._quads.all()),
            "graphs": len(self.graph_names()),
            "revision": state.revision if state else 0,
        }

    # -- changes --------------------------------------------------------------------------------

    def commit(self, commit: Commit) -> int:
        """Replace graphs, all or nothing, and return the new revision."""
        wanted = [(c.graph or DefaultGraph(), c.triples or ()) for c in commit.changes]
        graphs = [graph for graph, _ in wanted]
        if len(set(graphs)) != len(graphs):
            raise UsageError("A commit may change each graph only once.")
        checked_graphs(graphs)

        def work_out(state: State) -> Change:
            return change_to(self._quads.of(graphs), wanted)

        return self._commit(work_out, commit.reason, commit.agent, commit.sources, commit.group)

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

        What it removes and adds is worked out here (see `outcome_graph.store.remote_updates`).

        Raises:
            QueryError: it is malformed, or asks for what is not allowed (LOAD, SERVICE).
            QueryTimeoutError, QueryMemoryError: it was stopped; nothing was changed.
            TooLargeError: it needs a copy of more than may be copied.
        """
        self._writable()
        deadline = self._updates.deadline(request.deadline)
        worker = UpdateWorker(
            request,
            self._updates,
            deadline,
            quads=self._quads,
            rows=partial(self._rows, deadline),
            copy_quads=self.bounds.copy_quads,
            check=check,
        )
        if state := self._journal.state():
            # Others write meanwhile; when they do it is worked out again.
            worker.prepare(state)
        with writing or nullcontext():
            return self._commit(worker.change, reason, agent)

    def _rows(self, deadline: Deadline, request: QueryRequest) -> Iterator[Row]:
        """Run a query that is part of an update; yield its rows."""
        prepared = prepare(request, HIDDEN, self.service_allowed)
        union = self._found.union if not prepared.asks_graphs else None
        body = self._client.query(
            self.addresses.query,
            prepared.text,
            "SELECT",
            default_graphs=(union.value,) if union else (),
            deadline=deadline,
            users=True,
        )
        with closing(body):
            for solution in results_of(body, "SELECT"):
                yield tuple(solution)

    def bulk_load(self, path: Path, media_type: str, *, reason: str, agent: str) -> int:
        """Load ready RDF; return the new revision.

        What fits into one update request is one commit. A longer file is loaded in parts, each a
        commit of its own that the journal names as such; it is read to its end first, so that a
        malformed one changes nothing.

        Raises:
            SourceError: the file cannot be read, or is not well formed; nothing was changed.
        """
        self._writable()
        room = self.bounds.update_bytes
        count = sum(1 for _ in parts_of(path, media_type, room))
        revision = self.revision()
        for number, part in enumerate(parts_of(path, media_type, room), 1):
            why = reason if count == 1 else f"{reason} (part {number} of {count})"
            revision = self._add(part, why, agent)
        return revision

    def _add(self, new: Part, reason: str, agent: str) -> int:
        checked_graphs(new)

        def work_out(state: State) -> Change:
            held = self._quads.of(new)
            wanted = [
                (graph, [*(q.triple for q in held.graphs.get(graph, ())), *triples])
                for graph, triples in new.items()
            ]
            return change_to(held, wanted)

        return self._commit(work_out, reason, agent)

    def _commit(
        self,
        work_out: Callable[[State], Change],
        reason: str,
        agent: str,
        sources: tuple[str, ...] = (),
        group: str = "",
    ) -> int:
        with self._writing:
            self._writable()
            return self._committer.commit(work_out, reason, agent, sources, group)

    def _writable(self) -> None:
        if self._closed:
            raise StoreError(f"The store {self.addresses.query} is closed.")
        if self.read_only:
            raise StoreReadOnlyError("The store was opened for reading only.")

    # -- sources --------------------------------------------------------------------------------

    def keep_source(self, data: bytes) -> str:
        """Keep a source document, content-addressed, and return its SHA-256."""
        self._writable()
        return self._sources.keep(data)

    def keep_sources(self, documents: Sequence[bytes]) -> list[str]:
        """Keep source documents that come together; return their digests in their order."""
        self._writable()
        return self._sources.keep_all(documents)

    def source(self, sha256: str) -> bytes:
        """Return a kept source document."""
        return self._sources.read(sha256)

    # -- copies ---------------------------------------------------------------------------------

    def backup(self, target: Path) -> None:
        """Write the present graphs and source documents as an embedded store.

        The journal is not in it: what the engine's own backup is for.
        """
        write_backup(target, self._quads.all(), self._kept_sources())

    def _kept_sources(self) -> Iterator[bytes]:
        digests = {digest for entry in self.history() for digest in entry.sources}
        for digest in sorted(digests):
            try:
                yield self.source(digest)
            except NotFoundError:
                continue

    def close(self) -> None:
        """Let go of the engine."""
        self._closed = True
        self._updates.close()
        self._client.close()
