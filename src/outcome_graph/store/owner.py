"""The owner's end of the control socket: see `outcome_graph.store.control`."""

from __future__ import annotations

import logging
import os
import shutil
import socket
import tempfile
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

from outcome_graph.errors import NotFoundError, OutcomeGraphError, StoreError, UsageError
from outcome_graph.rdf import NamedNode, RdfFormat, ntriples, parse
from outcome_graph.store.base import Commit, GraphChange, Store, UpdateRequest
from outcome_graph.store.control import VERSION, WRITES, pack, receive
from outcome_graph.store.embedded import EmbeddedStore
from outcome_graph.store.kept import kept
from outcome_graph.store.patch import patch_lines
from outcome_graph.store.wire import error_facts

__all__ = ["OwnerEndpoint"]

_log = logging.getLogger("outcome_graph.store")

#: Seconds that a client may hold the lock without saying anything: it may have been stopped.
_PATIENCE = 120.0
#: Seconds that a client which is being answered is waited for on closing.
_CLOSING = 5.0
#: Bytes of the path of a socket that every system allows.
_MAX_PATH = 100

_Reply: TypeAlias = tuple[dict[str, Any], bytes]


class OwnerEndpoint:
    """Lets other processes of the same user work with stores that this process owns.

    Parameters:
        store: the public store.
        find: returns a store by name ("public", "internal"), made when asked to, else None.
        writing: held while something is written.
        url: where the store is served.

    Raises:
        OSError: no socket can be made.
    """

    def __init__(
        self,
        store: EmbeddedStore,
        find: Callable[[str, bool], Store | None],
        writing: AbstractContextManager[Any],
        url: str,
    ) -> None:
        self._store, self._find, self._writing, self.url = store, find, writing, url
        self._lock = threading.Lock()
        self._clients: set[_Client] = set()
        self._closing = False
        self._own_folder: Path | None = None
        self.path = self._place(store.folder.control)
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            with suppress(FileNotFoundError):
                self.path.unlink()
            self._listener.bind(str(self.path))
            # Nobody can connect before `listen`, so nobody was let in before this.
            self.path.chmod(0o600)
            self._listener.listen()
        except BaseException:
            self._listener.close()
            self._remove()
            raise
        store.announce(url, str(self.path))
        self._thread = threading.Thread(target=self._accept, name="outcome-graph-control")
        self._thread.daemon = True
        self._thread.start()

    def _place(self, wanted: Path) -> Path:
        path = wanted.absolute()
        if len(os.fsencode(path)) <= _MAX_PATH:
            return path
        # The system allows about a hundred bytes; the folder is this user's alone.
        self._own_folder = Path(tempfile.mkdtemp(prefix="outcome-graph-"))
        return self._own_folder / "control"

    def _accept(self) -> None:
        while not self._closing:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                if self._closing:
                    return
                _log.warning("a process could not connect to the store", exc_info=True)
                continue
            client = _Client(self, connection)
            with self._lock:
                self._clients.add(client)
            client.start()

    def find(self, name: str, create: bool = False) -> Store | None:
        """Return a store by name."""
        return self._find(name, create)

    @property
    def store(self) -> EmbeddedStore:
        """The public store."""
        return self._store

    @property
    def writing(self) -> AbstractContextManager[Any]:
        """The lock of writers."""
        return self._writing

    def forget(self, client: _Client) -> None:
        """A client has gone."""
        with self._lock:
            self._clients.discard(client)

    def _remove(self) -> None:
        with suppress(OSError):
            self.path.unlink()
        if self._own_folder is not None:
            shutil.rmtree(self._own_folder, ignore_errors=True)

    def close(self) -> None:
        """Stop; what is being answered is answered, unless it takes long."""
        self._closing = True
        self._remove()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            clients = list(self._clients)
        for client in clients:
            client.hang_up()
        self._thread.join(_CLOSING)
        for client in clients:
            client.join(_CLOSING)


class _Client(threading.Thread):
    """One connection and what it holds."""

    def __init__(self, endpoint: OwnerEndpoint, connection: socket.socket) -> None:
        super().__init__(name="outcome-graph-client", daemon=True)
        self._endpoint = endpoint
        self._connection = connection
        self._held = 0
        self._copies: set[Path] = set()

    def run(self) -> None:
        incoming = self._connection.makefile("rb")
        try:
            self._answer_all(incoming)
        except (OSError, EOFError, ValueError, KeyError, TypeError):
            # It hung up, or does not speak our language.
            pass
        finally:
            for _ in range(self._held):
                self._endpoint.writing.__exit__(None, None, None)
            for copy in self._copies:
                shutil.rmtree(copy, ignore_errors=True)
            with suppress(OSError):
                incoming.close()
            self._connection.close()
            self._endpoint.forget(self)

    def hang_up(self) -> None:
        """Read no further request."""
        with suppress(OSError):
            self._connection.shutdown(socket.SHUT_RD)

    def _answer_all(self, incoming: BinaryIO) -> None:
        while True:
            self._connection.settimeout(_PATIENCE if self._held else None)
            _, facts, data = receive(incoming)
            self._connection.settimeout(None)
            try:
                reply = pack(b"R", *self._answer(facts, data))
            except OutcomeGraphError as error:
                reply = pack(b"X", error_facts(error))
            except Exception as error:
                _log.exception("a request of another process failed: %s", facts.get("do"))
                mistake = StoreError(f"The server made a mistake: {error!r}.")
                reply = pack(b"X", error_facts(mistake))
            self._connection.sendall(reply)

    def _answer(self, facts: dict[str, Any], data: bytes) -> _Reply:
        name = facts["do"]
        own = getattr(self, f"_do_{name}", None)
        if own is not None:
            of_connection: _Reply = own(facts, data)
            return of_connection
        operation = _OPERATIONS.get(name)
        if operation is None:
            raise UsageError(f"The server knows no operation {name!r}; it is of another version.")
        store = self._endpoint.find(facts["in"])
        if store is None:
            raise NotFoundError(f"The server has no {facts['in']} store.")
        if name in WRITES:
            # An update takes the lock itself, for as long as it must.
            lock = self._endpoint.writing
            with nullcontext() if name == "update" else lock:
                return operation(store, {**facts, "lock": lock}, data)
        return operation(store, facts, data)

    # -- what concerns the connection ------------------------------------------------------------

    def _do_hello(self, facts: dict[str, Any], data: bytes) -> _Reply:
        store, url = self._endpoint.store, self._endpoint.url
        return {"version": VERSION, "pid": os.getpid(), "url": url, "union": store.union}, b""

    def _do_exists(self, facts: dict[str, Any], data: bytes) -> _Reply:
        return {"exists": self._endpoint.find(facts["in"], facts["create"]) is not None}, b""

    def _do_lock(self, facts: dict[str, Any], data: bytes) -> _Reply:
        self._endpoint.writing.__enter__()
        self._held += 1
        return {}, b""

    def _do_unlock(self, facts: dict[str, Any], data: bytes) -> _Reply:
        if not self._held:
            raise UsageError("The lock is not held.")
        self._held -= 1
        self._endpoint.writing.__exit__(None, None, None)
        return {}, b""

    def _do_snapshot(self, facts: dict[str, Any], data: bytes) -> _Reply:
        store = self._endpoint.find(facts["in"])
        if not isinstance(store, EmbeddedStore):
            raise NotFoundError(f"The server has no {facts['in']} store in a folder.")
        # The engine makes the folder itself, and wants it not to be there.
        holder = Path(tempfile.mkdtemp(prefix="lent-", dir=store.folder.snapshots))
        self._copies.add(holder)
        copy = holder / "store"
        return {"path": str(copy.absolute()), "revision": store.snapshot(copy)}, b""

    def _do_release(self, facts: dict[str, Any], data: bytes) -> _Reply:
        holder = next((c for c in self._copies if c.absolute() == Path(facts["path"]).parent), None)
        if holder is not None:
            self._copies.remove(holder)
            shutil.rmtree(holder, ignore_errors=True)
        return {}, b""


# -- what concerns a store -----------------------------------------------------------------------


def _graph(store: Store, facts: dict[str, Any], data: bytes) -> _Reply:
    name = facts["graph"]
    return {}, ntriples(store.graph(None if name is None else NamedNode(name)))


def _history(store: Store, facts: dict[str, Any], data: bytes) -> _Reply:
    name = facts["graph"]
    entries = store.history(None if name is None else NamedNode(name))
    return {"entries": [entry.facts() for entry in entries]}, b""


def _patch(store: Store, facts: dict[str, Any], data: bytes) -> _Reply:
    entry, patch = store.patch(facts["revision"])
    lines = patch_lines(patch) if patch else b""
    return {"entry": entry.facts(), "bulk": patch is None}, lines


def _keep_sources(store: Store, facts: dict[str, Any], data: bytes) -> _Reply:
    documents, start = [], 0
    for size in facts["sizes"]:
        documents.append(data[start : start + size])
        start += size
    return {"sha256": store.keep_sources(documents)}, b""


def _commit(store: Store, facts: dict[str, Any], data: bytes) -> _Reply:
    changes, start = [], 0
    for change in facts["changes"]:
        graph = None if change["graph"] is None else NamedNode(change["graph"])
        if change["length"] is None:
            changes.append(GraphChange(graph, None))
            continue
        end = start + change["length"]
        found = (q.triple for q in parse(data[start:end], format=RdfFormat.N_TRIPLES))
        triples = tuple(dict.fromkeys(found))
        changes.append(GraphChange(graph, kept(triples) or triples))
        start = end
    commit = Commit(
        changes=tuple(changes),
        reason=facts["reason"],
        agent=facts["agent"],
        sources=tuple(facts["sources"]),
        group=facts["group"],
    )
    return {"revision": store.commit(commit)}, b""


def _update(store: Store, facts: dict[str, Any], data: bytes) -> _Reply:
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in facts["request"].items()
    }
    revision = store.update(
        UpdateRequest(**fields),
        reason=facts["reason"],
        agent=facts["agent"],
        writing=facts["lock"],
    )
    return {"revision": revision}, b""


def _bulk_load(store: Store, facts: dict[str, Any], data: bytes) -> _Reply:
    path = Path(facts["path"])
    media_type, reason, agent = facts["media_type"], facts["reason"], facts["agent"]
    return {"revision": store.bulk_load(path, media_type, reason=reason, agent=agent)}, b""


def _backup(store: Store, facts: dict[str, Any], data: bytes) -> _Reply:
    store.backup(Path(facts["path"]))
    return {}, b""


_OPERATIONS: dict[str, Callable[[Store, dict[str, Any], bytes], _Reply]] = {
    "revision": lambda store, facts, data: ({"revision": store.revision()}, b""),
    "graph": _graph,
    "graph_names": lambda store, facts, data: ({"names": store.graph_names()}, b""),
    "has_graph": lambda store, facts, data: (
        {"has": store.has_graph(NamedNode(facts["graph"]))},
        b"",
    ),
    "history": _history,
    "patch": _patch,
    "statistics": lambda store, facts, data: ({"statistics": store.statistics()}, b""),
    "keep_source": lambda store, facts, data: ({"sha256": store.keep_source(data)}, b""),
    "keep_sources": _keep_sources,
    "source": lambda store, facts, data: ({}, store.source(facts["sha256"])),
    "commit": _commit,
    "update": _update,
    "bulk_load": _bulk_load,
    "backup": _backup,
}
