"""The folder of an embedded store: what lies where, and who owns it.

::

    DIR/
      format        the version of this layout, and what the default graph is: "1 union"
      control       a socket, while a server owns the store: `outcome_graph.store.control`
      lock          held (flock) by the process that has the store open; names it and its address
      checkpoint    the revision up to which the engine's own files are known to be on the disk
      store/        the engine's files (RocksDB, written by Oxigraph)
      journal/      what every revision removed and added (RDF Patch), append-only
      sources/      the source documents, by SHA-256: ab/cd/abcd…
      snapshots/    frozen copies for reader processes; worthless once the owner has gone

Other parts of the program may keep folders of their own beside these (``internal``,
``quarantine``, the file of tokens).
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from outcome_graph.errors import StoreBusyError, StoreError

__all__ = [
    "FORMAT",
    "Checkpoint",
    "OwnerLock",
    "StoreFolder",
    "demand_empty",
    "sync_folder",
    "write_durably",
]

#: The version of the layout that this program writes, and the newest that it reads.
FORMAT = 1

_OURS = frozenset(("lock", "checkpoint", "store", "journal", "sources", "snapshots", "control"))
#: What may lie in the folder before there is a store: tokens can be made first.
_EARLY = frozenset(("format.new", "tokens.json"))


def sync_folder(folder: Path) -> None:
    """Make names that were added to or removed from a folder survive a power failure."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_durably(path: Path, data: bytes) -> None:
    """Write a file so that after a crash it holds either what it held before or all of this."""
    temporary = path.with_name(path.name + ".new")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Up to where the journal need not be applied again after a crash.

    Parameters:
        revision: the engine's files hold this revision, durably.
        quads: how many quads there were.
        segment, offset: where in the journal the next entry begins.
    """

    revision: int = 0
    quads: int = 0
    segment: int = 1
    offset: int = 0

    @classmethod
    def read(cls, path: Path) -> Checkpoint:
        """Read a checkpoint; a store that has none yet is at revision 0.

        Raises:
            StoreError: the file is damaged.
        """
        try:
            values = json.loads(path.read_bytes())
            return cls(*(int(values[n]) for n in ("revision", "quads", "segment", "offset")))
        except FileNotFoundError:
            return cls()
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{path} is damaged ({error}). Restore a backup.") from error

    def write(self, path: Path) -> None:
        """Write it durably."""
        write_durably(path, json.dumps(asdict(self)).encode() + b"\n")


def demand_empty(target: Path) -> None:
    """Demand a place for a copy: an empty folder, or nothing at all.

    Raises:
        StoreError: something is there.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise StoreError(f"{target} is not empty. Name a new folder for the backup.")


class StoreFolder:
    """The paths of a store's folder.

    Parameters:
        root: the folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.format = root / "format"
        self.lock = root / "lock"
        self.checkpoint = root / "checkpoint"
        self.engine = root / "store"
        self.journal = root / "journal"
        self.sources = root / "sources"
        self.snapshots = root / "snapshots"
        self.control = root / "control"

    def size(self) -> int:
        """Return the bytes of the engine, the journal and the kept sources on the disk."""
        total = 0
        for folder in (self.engine, self.journal, self.sources):
            for path in folder.rglob("*"):
                with suppress(FileNotFoundError):  # the engine compacts its files meanwhile
                    total += path.stat().st_size if path.is_file() else 0
        return total

    def is_store(self) -> bool:
        """Tell whether the folder is a store of a version we read.

        Raises:
            StoreError: it is a file, of a newer version, damaged, or cannot be read.
        """
        try:
            text = self.format.read_text("ascii").strip()
        except (FileNotFoundError, NotADirectoryError):
            if self.root.exists() and not self.root.is_dir():
                raise StoreError(f"{self.root} is a file; a store is a folder.") from None
            return False
        except (OSError, ValueError) as error:
            raise StoreError(f"The store {self.root} cannot be read: {error}.") from error
        version = text.partition(" ")[0]
        if not version.isdigit():
            raise StoreError(f"{self.format} is damaged: it holds {text[:40]!r}, not a number.")
        if int(version) > FORMAT:
            raise StoreError(
                f"The store {self.root} is of format {version}; this version of outcome-graph "
                f"reads formats up to {FORMAT}. Install a newer version."
            )
        return True

    def owner(self) -> dict[str, Any]:
        """Return what the owner of the store, if there is one, says of itself."""
        try:
            facts = json.loads(self.lock.read_bytes())
        except (OSError, ValueError):
            return {}
        return facts if isinstance(facts, dict) else {}

    def union(self) -> bool:
        """Tell whether the store's default graph is the union of all graphs."""
        return self.format.read_text("ascii").split()[1:] != ["separate"]

    def make(self) -> None:
        """Make the folders of a new store; `seal` completes it.

        Raises:
            StoreError: the folder holds other things, or cannot be made.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            strange = sorted(p.name for p in self.root.iterdir() if p.name not in _OURS)
            strange = [n for n in strange if n not in _EARLY]
            if strange:
                raise StoreError(
                    f"{self.root} is no store: it holds {strange[0]!r}. "
                    "Name an empty folder, or one that does not exist."
                )
            for folder in (self.journal, self.sources, self.snapshots):
                folder.mkdir(exist_ok=True)
        except OSError as error:
            raise StoreError(f"No store can be made in {self.root}: {error}.") from error

    def seal(self, *, union: bool) -> None:
        """Write the version, last of all: a folder without it is no store yet."""
        write_durably(self.format, f"{FORMAT} {'union' if union else 'separate'}\n".encode())


class OwnerLock:
    """Who has the store open: one process for writing, or any number for reading.

    The lock is the kernel's (flock) and ends with the process, however it ends; what the file says
    is only for messages to others.

    Parameters:
        path: the lock file.
        shared: for reading.

    Raises:
        StoreBusyError: another process holds it.
        StoreError: the file cannot be opened.
    """

    def __init__(self, path: Path, *, shared: bool = False) -> None:
        self.path = path
        self.shared = shared
        try:
            flags = os.O_RDONLY if shared and path.exists() else os.O_RDWR | os.O_CREAT
            self._descriptor = os.open(path, flags | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise StoreError(f"The store {path.parent} cannot be opened: {error}.") from error
        try:
            mode = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
            fcntl.flock(self._descriptor, mode | fcntl.LOCK_NB)
        except OSError as error:
            message = self._busy()
            os.close(self._descriptor)
            self._descriptor = -1
            raise StoreBusyError(message) from error
        if not shared:
            self.announce(None)

    def announce(self, url: str | None, control: str | None = None) -> None:
        """Write down who we are and, for others to talk to us, at which addresses we serve.

        Parameters:
            url: over HTTP.
            control: path of the control socket.
        """
        facts = {"pid": os.getpid(), "url": url, "control": control, "since": int(time.time())}
        # Words for others: a disk that is full must not keep anybody from opening the store.
        with suppress(OSError):
            os.ftruncate(self._descriptor, 0)
            os.pwrite(self._descriptor, json.dumps(facts).encode() + b"\n", 0)

    def _busy(self) -> str:
        store = self.path.parent
        facts: dict[str, object] = {}
        with suppress(OSError, ValueError):
            facts = json.loads(os.pread(self._descriptor, 4096, 0))
        pid, url = facts.get("pid"), facts.get("url")
        if not isinstance(pid, int) or not _alive(pid):
            return f"The store {store} is being read by another process. Try again when it is done."
        if pid == os.getpid():
            return f"The store {store} is open already in this process ({pid}). Close it first."
        if url:
            return (
                f"The store {store} is served by process {pid} at {url}. "
                "Ask that address, or stop the server first."
            )
        return f"The store {store} is in use by process {pid}. Try again when it is done."

    def release(self) -> None:
        """Let go of the store."""
        if self._descriptor < 0:
            return
        if not self.shared:
            with suppress(OSError):
                os.ftruncate(self._descriptor, 0)
        os.close(self._descriptor)
        self._descriptor = -1


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
