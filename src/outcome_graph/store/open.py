"""Opening the store that the settings name."""

from __future__ import annotations

from pathlib import Path

from outcome_graph.errors import UsageError
from outcome_graph.settings import Settings
from outcome_graph.store.base import Store
from outcome_graph.store.embedded import EmbeddedStore

__all__ = ["open_store"]


def open_store(settings: Settings, *, create: bool = False, read_only: bool = False) -> Store:
    """Open the store that ``settings.store`` names.

    Parameters:
        settings: where the store is, and which endpoints SERVICE may call.
        create: make a store where there is none (folders only).
        read_only: refuse writes.

    Raises:
        UsageError: the store is an address; this version opens folders only.
        StoreError: it cannot be opened, or is no store.
        StoreBusyError: another process owns it.
    """
    if settings.store.startswith(("http://", "https://")):
        raise UsageError(
            f"{settings.store} is an address; this version opens stores in folders only."
        )
    return EmbeddedStore(
        Path(settings.store),
        create=create,
        read_only=read_only,
        service_allowed=settings.service_allowed.split(),
    )
