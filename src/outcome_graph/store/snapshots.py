"""Frozen copies of the store for its readers.

A snapshot is a folder of hard links, made while no commit is under way, so that it holds exactly
one revision. Bursts of commits share one. A snapshot is removed when a newer one is there and its
last reader has moved on; what an owner that was killed left is removed when the store is opened.

The engine merges its files in the background, after it was opened too, and a snapshot keeps what
it was made of: queries of many files that were merged since take up to three times as long. Such a
snapshot is `worn`, and taken anew.
"""

from __future__ import annotations

import itertools
import os
import shutil
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from outcome_graph.store.embedded import EmbeddedStore

__all__ = ["Snapshot", "Snapshots"]


@dataclass(eq=False, slots=True)
class Snapshot:
    """One revision, frozen.

    Parameters:
        path: the engine's files.
        revision: what they hold.
        users: how many readers have it open.
    """

    path: Path
    revision: int
    users: int = field(default=0)


class Snapshots:
    """The snapshots of a store. Thread-safe.

    A store that was opened for reading only does not change: its own files serve as the snapshot.

    Parameters:
        store: whose.
    """

    def __init__(self, store: EmbeddedStore) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._live: set[Snapshot] = set()
        self._files: frozenset[str] = frozenset()
        self.newest = self._own_files() if store.read_only else self._take()

    def _own_files(self) -> Snapshot:
        return Snapshot(self._store.folder.engine, self._store.revision())

    def _take(self) -> Snapshot:
        path = self._store.folder.snapshots / f"{next(self._numbers):08}"
        snapshot = Snapshot(path, self._store.snapshot(path))
        self._live.add(snapshot)
        return snapshot

    def is_at(self, revision: int) -> bool:
        """Tell whether the newest snapshot holds a revision."""
        return self.newest.revision >= revision

    def worn(self) -> bool:
        """Tell whether the engine has merged files since, and is done: looked at now and then.

        It is done when nothing has changed since this was last asked.
        """
        if self._store.read_only:
            return False
        before, self._files = self._files, _tables(self._store.folder.engine)
        return before == self._files and not _tables(self.newest.path) <= self._files

    def refresh(self) -> Snapshot:
        """Take a new snapshot, which becomes the newest.

        Raises:
            StoreError: it cannot be written; the newest stays.
        """
        fresh = self._take()
        with self._lock:
            old, self.newest = self.newest, fresh
        self._remove_if_unused(old)
        return fresh

    def acquire(self) -> Snapshot:
        """Return the newest, counting a user more."""
        with self._lock:
            self.newest.users += 1
            return self.newest

    def release(self, snapshot: Snapshot) -> None:
        """Count a user less."""
        with self._lock:
            snapshot.users -= 1
        self._remove_if_unused(snapshot)

    def _remove_if_unused(self, snapshot: Snapshot) -> None:
        with self._lock:
            if snapshot.users or snapshot is self.newest or snapshot not in self._live:
                return
            self._live.remove(snapshot)
        shutil.rmtree(snapshot.path, ignore_errors=True)

    def close(self) -> None:
        """Remove all; no reader may be left."""
        with self._lock:
            live, self._live = self._live, set()
        for snapshot in live:
            shutil.rmtree(snapshot.path, ignore_errors=True)


def _tables(folder: Path) -> frozenset[str]:
    """Return the names of the files that hold the engine's data; they never change."""
    try:
        return frozenset(name for name in os.listdir(folder) if name.endswith(".sst"))
    except FileNotFoundError:  # a bulk load that failed is being undone
        return frozenset()
