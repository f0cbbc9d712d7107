"""Working with a store that a running server owns: by way of the server.

The owner of a store is one process. When that is a server, the command line and the Python API
read, link and validate in their own process as ever, and have the server commit; queries are
answered from a frozen copy that the server makes. See `outcome_graph.store.control`.
"""

from __future__ import annotations

import logging
import os
import time
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from outcome_graph.errors import StoreBusyError
from outcome_graph.pipeline.beside import open_internal
from outcome_graph.settings import Settings
from outcome_graph.store import EmbeddedStore, Store, is_address, open_store
from outcome_graph.store.layout import StoreFolder
from outcome_graph.store.served import ServedStore, connect

if TYPE_CHECKING:
    from outcome_graph.pipeline.places import RecordStores
    from outcome_graph.store.owner import OwnerEndpoint
    from outcome_graph.store.readers import ReaderPool

__all__ = [
    "ServedStore",
    "let_others_in",
    "open_internal_of",
    "open_shared",
    "reader_pool",
    "writers_lock",
]

_log = logging.getLogger("outcome_graph.pipeline")

#: Seconds to wait for an owner that does not let others in: a server that is just starting or
#: stopping, or a short command.
_PATIENCE = 3.0
_PAUSE = 0.1


def open_shared(settings: Settings, *, read_only: bool, cooperate: bool = True) -> Store:
    """Open the store that the settings name, through its owner where a server has it.

    Parameters:
        settings: which store.
        read_only: refuse writes, and do not make a store where there is none.
        cooperate: False to insist on owning it.

    Raises:
        StoreBusyError: a process that lets nobody in has it.
        StoreError: it cannot be opened.
    """
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            return open_store(settings, create=not read_only, read_only=read_only)
        except StoreBusyError:
            if not cooperate or is_address(settings.store):
                raise
            folder = Path(settings.store)
            connection = connect(folder)
            if connection is not None:
                allowed = settings.service_allowed.split()
                return ServedStore(connection, read_only=read_only, service_allowed=allowed)
            own = StoreFolder(folder).owner().get("pid") == os.getpid()
            if own or time.monotonic() > deadline:
                raise
        time.sleep(_PAUSE)


def open_internal_of(public: Store, settings: Settings, create: bool) -> Store | None:
    """Open the store of internal records beside a public one; None when there is none.

    Parameters:
        public: as `open_shared` opened it; the same owner has both.
        settings: of the public store.
        create: make it where there is none.

    Raises:
        StoreError: it cannot be opened.
    """
    if not isinstance(public, ServedStore):
        return open_internal(settings, create=create)
    internal = ServedStore(
        public.connection,
        name="internal",
        read_only=public.read_only,
        service_allowed=public.service_allowed,
    )
    return internal if internal.exists(create=create) else None


def writers_lock(store: Store) -> AbstractContextManager[Any] | None:
    """Return the lock that the owner's other writers heed too; None when there are none."""
    return store.connection if isinstance(store, ServedStore) else None


def reader_pool(store: EmbeddedStore, settings: Settings) -> ReaderPool:
    """Start the processes that answer the queries of a service."""
    from outcome_graph.store.readers import ReaderPool

    return ReaderPool(
        store,
        readers=settings.readers,
        deadline=settings.deadline,
        memory=settings.reader_memory,
        queue=settings.queue,
    )


def let_others_in(stores: RecordStores, url: str) -> OwnerEndpoint | None:
    """Let other processes of this user work with the stores, as long as this process serves them.

    Returns:
        The endpoint, to be closed before the stores; None where there is nothing to own.
    """
    from outcome_graph.store.owner import OwnerEndpoint

    store = stores.public
    if not isinstance(store, EmbeddedStore) or store.read_only:
        return None
    try:
        return OwnerEndpoint(store, stores.named, stores.writing, url)
    except OSError as error:
        # Some file systems have no sockets: others then get to know the address alone.
        _log.warning("commands cannot work with the store while it is served: %s", error)
        store.announce(url)
        return None
