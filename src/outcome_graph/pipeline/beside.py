"""What lies beside the public store: the store of internal records, and the quarantine.

A store in a folder has room for both in it. A remote engine has not: everybody who may ask the
engine sees all of it. There a second engine, or a folder, is named for internal records, and a
folder for refused sources; without them what needs them is refused, never put elsewhere.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from outcome_graph.errors import UsageError
from outcome_graph.settings import Settings
from outcome_graph.store import Store, is_address, open_store

__all__ = ["check_places", "open_internal", "quarantine_folder"]


def check_places(settings: Settings) -> None:
    """Refuse to keep internal records where everybody can read them.

    Raises:
        UsageError: the store of internal records is the public one.
    """
    place = settings.internal_store
    if place and place.rstrip("/") == settings.store.rstrip("/"):
        raise UsageError(
            "OUTCOME_GRAPH_INTERNAL_STORE names the public store. Internal records must be kept "
            "apart: name another dataset, or a folder."
        )


def open_internal(settings: Settings, *, create: bool) -> Store | None:
    """Open the store of internal records; None when there is none.

    Parameters:
        settings: of the public store.
        create: make it where there is none.

    Raises:
        StoreError: it cannot be opened.
    """
    place = settings.internal_store
    if not place:
        if is_address(settings.store):
            return None
        place = str(Path(settings.store) / "internal")
    if is_address(place):
        # Its other addresses follow from its own; those that are set are the public engine's.
        own = replace(settings, store=place, update_url="", graphs_url="")
        return open_store(own, create=True)
    if not (create or Path(place).exists()):
        return None
    return open_store(replace(settings, store=place), create=create)


def quarantine_folder(settings: Settings) -> Path:
    """Return the folder for refused sources.

    Raises:
        UsageError: the store is a remote engine, and none is named.
    """
    if settings.quarantine_folder:
        return Path(settings.quarantine_folder)
    if is_address(settings.store):
        raise UsageError(
            "Refused sources are kept in a folder, and a remote engine has none beside it. "
            "Name one with OUTCOME_GRAPH_QUARANTINE_FOLDER, or load with --on-invalid reject."
        )
    return Path(settings.store) / "quarantine"
