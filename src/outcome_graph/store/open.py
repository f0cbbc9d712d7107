"""Opening the store that the settings name."""

from __future__ import annotations

from pathlib import Path

from outcome_graph.settings import Settings
from outcome_graph.store.base import Store
from outcome_graph.store.embedded import EmbeddedStore
from outcome_graph.store.remote_addresses import addresses_of, authorisation, is_address
from outcome_graph.store.update_runs import UpdateBounds

__all__ = ["open_store"]


def open_store(settings: Settings, *, create: bool = False, read_only: bool = False) -> Store:
    """Open the store that ``settings.store`` names.

    Parameters:
        settings: where the store is, which endpoints SERVICE may call, and, for an engine, its
            other addresses, credentials and limits.
        create: make a store where there is none.
        read_only: refuse writes.

    Raises:
        UsageError: an address is malformed or missing.
        StoreError: it cannot be opened, or is no store.
        StoreBusyError: another process owns it (folders only).
    """
    service_allowed = settings.service_allowed.split()
    updates = UpdateBounds(settings.update_deadline, settings.reader_memory)
    if not is_address(settings.store):
        return EmbeddedStore(
            Path(settings.store),
            create=create,
            read_only=read_only,
            service_allowed=service_allowed,
            union=settings.validation,
            updates=updates,
        )
    from outcome_graph.store.remote import RemoteBounds, RemoteStore

    return RemoteStore(
        addresses_of(settings),
        authorisation=authorisation(settings),
        create=create,
        read_only=read_only,
        service_allowed=service_allowed,
        sources=Path(settings.sources_folder) if settings.sources_folder else None,
        bounds=RemoteBounds(
            deadline=settings.deadline,
            silence=settings.engine_timeout,
            update_bytes=settings.max_update_bytes,
            copy_quads=settings.max_copy_quads,
            updates=updates,
        ),
    )
