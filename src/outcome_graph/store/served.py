"""A store that another process owns: the client's end of the control socket.

Writes are done by the owner. Queries and dumps are answered here, from a frozen copy (hard links)
that the owner makes: they cost the server nothing, and no deadline of its own applies to them.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyoxigraph

from outcome_graph.errors import StoreError, StoreReadOnlyError, UncertainError, UsageError
from outcome_graph.rdf import (
    DefaultGraph,
    NamedNode,
    RdfFormat,
    Triple,
    parse,
)
from outcome_graph.store.base import Answer, Commit, JournalEntry, QueryRequest, UpdateRequest
from outcome_graph.store.checking import UpdateCheck
from outcome_graph.store.control import VERSION, WRITES, pack, receive
from outcome_graph.store.dataset import DatasetLayout
from outcome_graph.store.evaluation import check_query, check_revision, evaluate
from outcome_graph.store.kept import text_of
from outcome_graph.store.layout import StoreFolder
from outcome_graph.store.patch import Patch, read_patch
from outcome_graph.store.serialisation import dump_chunks
from outcome_graph.store.wire import error_of

__all__ = ["OwnerConnection", "ServedStore", "connect", "open_connection"]

_CONNECT_SECONDS = 5.0


def connect(folder: Path) -> OwnerConnection | None:
    """Connect to the process that owns a store; None when it does not let others in.

    Raises:
        StoreError: it is of another version.
    """
    facts = StoreFolder(folder).owner()
    path, pid = facts.get("control"), facts.get("pid")
    if not isinstance(path, str) or pid == os.getpid():
        return None
    return open_connection(path)


def open_connection(path: str) -> OwnerConnection | None:
    """Connect to a control socket; None when nobody listens there.

    Raises:
        StoreError: who listens is of another version.
    """
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.settimeout(_CONNECT_SECONDS)
        connection.connect(path)
        connection.settimeout(None)
    except OSError:
        connection.close()
        return None
    return OwnerConnection(connection)


class OwnerConnection:
    """A connection to the owner of a store; thread-safe, one request at a time.

    It is also a lock: as a context manager it keeps everybody else from writing.

    Parameters:
        connection: the connected socket; closed by `close`.
    """

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._incoming = connection.makefile("rb")
        self._turn = threading.RLock()
        self._depth = 0
        #: An answer was not waited for: the next one would be taken for another's.
        self._left = False
        self.pid = self.url = None
        try:
            hello, _ = self.ask("hello", version=VERSION)
            self.pid, self.url, self.union = hello["pid"], hello["url"], bool(hello["union"])
            if hello["version"] != VERSION:
                raise StoreError(
                    f"The store is served by another version of outcome-graph (process "
                    f"{self.pid} at {self.url}). Stop that server, or ask it over HTTP."
                )
        except BaseException:
            self.close()
            raise

    def ask(self, do: str, data: bytes = b"", **facts: Any) -> tuple[dict[str, Any], bytes]:
        """Make a request and return its answer.

        Raises:
            OutcomeGraphError: what the owner says went wrong.
            StoreError: it is gone.
        """
        message = pack(b"D", {"do": do, **facts}, data)
        with self._turn:
            if self._left:
                raise StoreError("A request was interrupted; open the store again.")
            try:
                self._connection.sendall(message)
                letter, answer, rest = receive(self._incoming)
            except (OSError, EOFError, ValueError) as error:
                kind = UncertainError if do in WRITES else StoreError
                raise kind(
                    f"The server that owns the store (process {self.pid} at {self.url}) went away. "
                    "What it had confirmed is kept; run the command again."
                ) from error
            except BaseException:
                self._left = True
                raise
        if letter == b"X":
            raise error_of(answer)
        return answer, rest

    def __enter__(self) -> OwnerConnection:
        self._turn.acquire()
        try:
            if not self._depth:
                self.ask("lock")
            self._depth += 1
        except BaseException:
            self._turn.release()
            raise
        return self

    def __exit__(self, *exc: object) -> None:
        try:
            self._depth -= 1
            if not self._depth:
                # When the owner is gone so is the lock, and what is under way says so itself.
                with suppress(StoreError):
                    self.ask("unlock")
        finally:
            self._turn.release()

    def close(self) -> None:
        """Hang up; the owner frees what was held."""
        with suppress(OSError):
            self._incoming.close()
        self._connection.close()


@dataclass(slots=True)
class _View:
    """A frozen copy that is open here."""

    store: pyoxigraph.Store
    path: str
    revision: int


class ServedStore:
    """The `Store` protocol, by way of the owner.

    Parameters:
        connection: to the owner.
        name: "public" or "internal".
        read_only: refuse writes, and read everything from one revision.
        service_allowed: endpoints that SERVICE may call.
    """

    def __init__(
        self,
        connection: OwnerConnection,
        *,
        name: str = "public",
        read_only: bool = False,
        service_allowed: Collection[str] = (),
    ) -> None:
        self.connection = connection
        self.name = name
        self.read_only = read_only
        self.service_allowed = frozenset(service_allowed)
        self.layout = DatasetLayout(union=connection.union)
        self._viewing = threading.Lock()
        self._view: _View | None = None

    @property
    def union(self) -> bool:
        """Whether the default graph of queries is the union of all graphs."""
        return self.layout.union

    def exists(self, *, create: bool = False) -> bool:
        """Tell whether the owner has this store; make it when asked to."""
        return bool(self._ask("exists", create=create)[0]["exists"])

    def _ask(self, do: str, data: bytes = b"", **facts: Any) -> tuple[dict[str, Any], bytes]:
        return self.connection.ask(do, data, **facts, **{"in": self.name})

    def _writable(self) -> None:
        if self.read_only:
            raise StoreReadOnlyError("The store was opened for reading only.")

    # -- reading from a frozen copy ---------------------------------------------------------------

    def _frozen(self) -> _View:
        """Return a copy to read from: of the newest revision, or always the same when read only."""
        with self._viewing:
            old = self._view
            if old is not None and (self.read_only or old.revision == self._live_revision()):
                return old
            facts, _ = self._ask("snapshot")
            self._view = _View(_open(facts["path"]), facts["path"], facts["revision"])
            if old is not None:
                # Answers that are still being read keep the files: they are open.
                self._ask("release", path=old.path)
            return self._view

    def _live_revision(self) -> int:
        return int(self._ask("revision")[0]["revision"])

    def query(self, request: QueryRequest) -> Answer:
        """Answer a query from the newest revision, in this process."""
        check_query(request, self.service_allowed)
        view = self._frozen()
        check_revision(request, view.revision)
        return evaluate(view.store, request, view.revision, union=self.union)

    def dump(self, media_type: str = "application/n-quads") -> Iterator[bytes]:
        """Yield everything, serialised, from one revision."""
        return dump_chunks(self.layout.all_quads(self._frozen().store), media_type)

    def graph(self, graph: NamedNode | None) -> list[Triple]:
        """Return the triples of a graph."""
        if self.read_only:
            name = self.layout.logical(graph or DefaultGraph())
            return [q.triple for q in self.layout.quads_of(self._frozen().store, name)]
        _, data = self._ask("graph", graph=graph and graph.value)
        return [quad.triple for quad in parse(data, format=RdfFormat.N_TRIPLES)]

    def graph_names(self) -> list[str]:
        """Return the IRIs of all named graphs, sorted."""
        if self.read_only:
            names = self.layout.graph_names(self._frozen().store)
            return sorted(name.value for name in names if isinstance(name, NamedNode))
        return list(self._ask("graph_names")[0]["names"])

    def has_graph(self, graph: NamedNode) -> bool:
        """Tell whether a named graph holds any triple."""
        if self.read_only:
            return bool(self.graph(graph))
        return bool(self._ask("has_graph", graph=graph.value)[0]["has"])

    def revision(self) -> int:
        """Return the newest revision."""
        return self._frozen().revision if self.read_only else self._live_revision()

    # -- reading from the owner -------------------------------------------------------------------

    def history(self, graph: NamedNode | None = None) -> Iterable[JournalEntry]:
        """Return the journal, oldest first; only entries that changed ``graph`` when given."""
        facts, _ = self._ask("history", graph=graph and graph.value)
        return [JournalEntry.from_facts(entry) for entry in facts["entries"]]

    def patch(
        self, revision: int, graph: NamedNode | None = None
    ) -> tuple[JournalEntry, Patch | None]:
        """Return what a revision removed and added (None: a bulk load, only counted)."""
        facts, data = self._ask("patch", revision=revision)
        entry = JournalEntry.from_facts(facts["entry"])
        return entry, None if facts["bulk"] else read_patch(data, graph)

    def source(self, sha256: str) -> bytes:
        """Return a kept source document."""
        return self._ask("source", sha256=sha256)[1]

    def statistics(self) -> dict[str, Any]:
        """Return the number of quads, graphs and revisions, and bytes on the disk."""
        return dict(self._ask("statistics")[0]["statistics"])

    # -- writing ----------------------------------------------------------------------------------

    def keep_source(self, data: bytes) -> str:
        """Keep a source document, content-addressed, and return its SHA-256."""
        self._writable()
        return str(self._ask("keep_source", data)[0]["sha256"])

    def keep_sources(self, documents: Sequence[bytes]) -> list[str]:
        """Keep source documents that come together; return their digests in their order."""
        self._writable()
        sizes = [len(data) for data in documents]
        answer, _ = self._ask("keep_sources", b"".join(documents), sizes=sizes)
        return [str(digest) for digest in answer["sha256"]]

    def commit(self, commit: Commit) -> int:
        """Replace graphs, all or nothing, and return the new revision."""
        self._writable()
        changes, parts = [], []
        for change in commit.changes:
            graph = change.graph and change.graph.value
            data = None if change.triples is None else text_of(change.triples)
            changes.append({"graph": graph, "length": None if data is None else len(data)})
            parts.append(data or b"")
        why = {name: getattr(commit, name) for name in ("reason", "agent", "sources", "group")}
        facts, _ = self._ask("commit", b"".join(parts), changes=changes, **why)
        return int(facts["revision"])

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

        The owner holds its own lock of writers when it commits.
        """
        if check is not None:
            raise UsageError("An update that is to be checked goes to the server itself.")
        self._writable()
        facts, _ = self._ask("update", request=asdict(request), reason=reason, agent=agent)
        return int(facts["revision"])

    def bulk_load(self, path: Path, media_type: str, *, reason: str, agent: str) -> int:
        """Load ready RDF, which the owner reads from its file, as one commit."""
        self._writable()
        facts, _ = self._ask(
            "bulk_load",
            path=str(path.absolute()),
            media_type=media_type,
            reason=reason,
            agent=agent,
        )
        return int(facts["revision"])

    def backup(self, target: Path) -> None:
        """Have the owner write a safety copy that `open_store` can open."""
        self._ask("backup", path=str(target.absolute()))

    def close(self) -> None:
        """Give back what is held; the public store's closing ends the connection."""
        with self._viewing:
            self._view = None
        if self.name == "public":
            self.connection.close()


def _open(path: str) -> pyoxigraph.Store:
    try:
        return pyoxigraph.Store.read_only(path)
    except OSError as error:
        raise StoreError(f"The copy {path} of the store cannot be opened: {error}.") from error
