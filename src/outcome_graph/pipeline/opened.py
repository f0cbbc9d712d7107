"""What an `OutcomeGraph` stands on: its stores, opened, and what answers questions to them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Self

from outcome_graph.namespaces import IriMinter
from outcome_graph.pipeline.places import RecordStores
from outcome_graph.pipeline.served import (
    ServedStore,
    let_others_in,
    open_internal_of,
    reader_pool,
    writers_lock,
)
from outcome_graph.settings import Settings
from outcome_graph.store import EmbeddedStore, QueryRequest, Store

if TYPE_CHECKING:
    from outcome_graph.store import Answer
    from outcome_graph.store.owner import OwnerEndpoint
    from outcome_graph.store.readers import ReaderPool

__all__ = ["OpenedStores"]


class OpenedStores:
    """The stores of a graph: who answers, who else may work through them, and their end.

    A context manager, which closes them.

    Parameters:
        settings: all settings.
        store: the public store.
    """

    def __init__(self, settings: Settings, store: Store) -> None:
        self.settings = settings
        #: Mints the IRIs of this graph's base.
        self.minter: IriMinter = IriMinter(settings.base)
        open_internal = partial(open_internal_of, store, settings)
        self.stores = RecordStores(store, open_internal, self.minter, writers_lock(store))
        self._endpoint: OwnerEndpoint | None = None
        self._pool: ReaderPool | None = None

    @property
    def store(self) -> Store:
        """The public store."""
        return self.stores.public

    @property
    def served_at(self) -> str | None:
        """Where the server answers through which this works; None when there is none between."""
        return self.store.connection.url if isinstance(self.store, ServedStore) else None

    @property
    def plain(self) -> bool:
        """Whether the store holds any RDF rather than records: no shapes, no reference graphs.

        A folder says so itself; of a remote engine only the settings can tell.
        """
        union = getattr(self.store, "union", None)
        return not self.settings.validation if union is None else not union

    @property
    def validation(self) -> bool:
        """Whether what is written is checked against the shapes."""
        return self.settings.validation and not self.plain

    def answer(self, request: QueryRequest) -> Answer:
        """Answer a query with serialised bytes: in this process, or by a reader when serving."""
        if self._pool is not None:
            return self._pool.query(request)
        return self.store.query(request)

    def _newest(self, request: QueryRequest) -> Answer:
        """Answer from the newest revision: what is shown, and cached, is labelled with it."""
        return self.answer(replace(request, min_revision=self.store.revision()))

    def start_readers(self, url: str | None = None) -> None:
        """Answer queries by reader processes from now on: for the service.

        Parameters:
            url: where the store is served; others who want to open it are told, and may work
                through this process.
        """
        if self._pool is None and isinstance(self.store, EmbeddedStore):
            self._pool = reader_pool(self.store, self.settings)
        if url is not None and self._endpoint is None:
            self._endpoint = let_others_in(self.stores, url)

    def readers(self) -> dict[str, int] | None:
        """Return the state of the reader processes; None when there are none."""
        return None if self._pool is None else self._pool.state()

    def close(self) -> None:
        """Stop readers and let go of the stores."""
        for part in (self._endpoint, self._pool):
            if part is not None:
                part.close()
        self._endpoint = self._pool = None
        self.stores.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
