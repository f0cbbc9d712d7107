"""Where records live: public ones in the store that is served, internal ones in a store beside it.

Only records that are not marked internal may reach the public endpoint, pages and dumps. A filter
on every query would be one forgotten filter away from a leak; a store of its own cannot leak.
"""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any

from outcome_graph.errors import UsageError
from outcome_graph.mapping import RecordMetadata, is_record_graph, triples_to_record, with_metadata
from outcome_graph.model import OutcomeRecord
from outcome_graph.namespaces import IriMinter
from outcome_graph.rdf import NamedNode, Triple
from outcome_graph.store import Commit, GraphChange, Store

__all__ = ["RecordStores", "renewed"]


class RecordStores:
    """The public store and, once there is need of it, the internal one.

    Parameters:
        public: the store that is served.
        open_internal: opens the internal store; given whether to make it, returns None when there
            is none.
        minter: mints the records' graph names.
        writing: the lock of writers, when there are others; None for one of our own.
    """

    def __init__(
        self,
        public: Store,
        open_internal: Callable[[bool], Store | None],
        minter: IriMinter,
        writing: AbstractContextManager[Any] | None = None,
    ) -> None:
        self.public = public
        self.minter = minter
        #: Held while a commit is prepared and made, so that its revision is known beforehand.
        self.writing = writing or threading.RLock()
        self._open_internal = open_internal
        self._internal: Store | None = None
        self._opening = threading.Lock()

    def internal(self, *, create: bool = False) -> Store:
        """Return the internal store.

        Raises:
            UsageError: there is none, and it cannot be made (remote engines hold public records).
        """
        opened = self._internal_if_any(create=create)
        if opened is None:
            raise UsageError(
                "Internal records must not be put into the engine that is served. Name a folder, "
                "or a second engine, for them with OUTCOME_GRAPH_INTERNAL_STORE."
            )
        return opened

    def _internal_if_any(self, *, create: bool = False) -> Store | None:
        with self._opening:
            if self._internal is None:
                self._internal = self._open_internal(create)
            return self._internal

    def named(self, name: str, create: bool = False) -> Store | None:
        """Return a store by name: "public" or "internal" (made when asked to); None if absent."""
        if name == "public":
            return self.public
        return self._internal_if_any(create=create) if name == "internal" else None

    def present(self) -> list[Store]:
        """Return the public store and, where there is one, the internal one."""
        internal = self._internal_if_any()
        return [self.public] if internal is None else [self.public, internal]

    def revisions(self) -> tuple[int, ...]:
        """Return the newest revision of each store: equal as long as nobody has written."""
        return tuple(store.revision() for store in self.present())

    @staticmethod
    def is_internal(record: OutcomeRecord) -> bool:
        """Tell whether a record is marked as not public."""
        return record.visibility is not None and record.visibility != "public"

    def triples(self, record_id: str, stores: Sequence[Store] | None = None) -> list[Triple]:
        """Return a record's statements from wherever it lives; [] when there is none.

        Parameters:
            stores: those that are `present`, for who asks very often.
        """
        graph = self.minter.record(record_id)
        for store in self.present() if stores is None else stores:
            if triples := store.graph(graph):
                return triples
        return []

    def find(self, record_id: str) -> OutcomeRecord | None:
        """Return a record from wherever it lives, None when there is none."""
        triples = self.triples(record_id)
        return triples_to_record(triples, record_id, self.minter) if triples else None

    def record_ids(self, *, internal: bool = True) -> list[str]:
        """Return the ids of all records, sorted."""
        stores = self.present() if internal else [self.public]
        names = {NamedNode(name) for store in stores for name in store.graph_names()}
        ids = (is_record_graph(name, self.minter) for name in names)
        return sorted(i for i in ids if i is not None)

    def drop(self, record_id: str, agent: str, reason: str) -> bool:
        """Remove a record wherever it lives; tell whether there was one."""
        graph = self.minter.record(record_id)
        dropped = False
        for store in self.present():
            if store.has_graph(graph):
                change = GraphChange(graph, None)
                store.commit(Commit(changes=(change,), reason=reason, agent=agent))
                dropped = True
        return dropped

    def leave_other(
        self, record_ids: Iterable[str], internal: bool, agent: str, group: str = ""
    ) -> int | None:
        """Remove records from the store that they no longer belong to.

        Returns:
            The revision of that store which this made; None when there was nothing to remove.
        """
        others = [s for s in self.present() if (s is self.public) == internal]
        for store in others:
            graphs = [self.minter.record(i) for i in record_ids]
            changes = tuple(GraphChange(g, None) for g in graphs if store.has_graph(g))
            if changes:
                reason = "visibility changed"
                return store.commit(
                    Commit(changes=changes, reason=reason, agent=agent, group=group)
                )
        return None

    def close(self) -> None:
        """Close both."""
        self.public.close()
        if self._internal is not None:
            self._internal.close()


def renewed(
    store: Store, record_id: str, triples: Iterable[Triple], completeness: float, minter: IriMinter
) -> GraphChange:
    """Return the change that makes a record's graph hold statements, with metadata of now."""
    now = datetime.datetime.now(datetime.UTC)
    metadata = RecordMetadata(now, store.revision() + 1, completeness, conforms=True)
    full = with_metadata(triples, record_id, metadata, minter)
    return GraphChange(minter.record(record_id), tuple(full))
