"""Safety copies of a whole store, and putting one back.

A backup is a folder that holds the public store, the internal one, and what else lies beside them
(the quarantine, the file of tokens), each as in the store's own folder, and ``backup.json``, which
is written last and lists every file with its size and SHA-256. What differs from its list is
damaged and is not restored.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from outcome_graph.errors import OutcomeGraphError, SourceError, StoreError, UsageError
from outcome_graph.settings import Settings
from outcome_graph.store import EmbeddedStore, is_address
from outcome_graph.store.layout import OwnerLock, StoreFolder, demand_empty, write_durably

if TYPE_CHECKING:
    from outcome_graph.pipeline.places import RecordStores

__all__ = ["Backup", "RestoredStore", "back_up", "restore_store"]

_LIST = "backup.json"
_FORMAT = 1
#: The file of access tokens.
_TOKENS = "tokens.json"
#: What of a store's folder is copied by the store itself, or is of no worth elsewhere.
_NOT_COPIED = frozenset(
    ("format", "lock", "control", "checkpoint", "store", "journal", "sources", "snapshots")
)
_PASSING = (".new", ".part")
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made.

    Parameters:
        path: its folder. revision: of the public store.
        internal_revision: of the internal one, None when there is none.
        bytes: what it takes on the disk.
    """

    path: Path
    revision: int
    internal_revision: int | None
    bytes: int


@dataclass(frozen=True, slots=True)
class RestoredStore:
    """A store that was put back.

    Parameters:
        path: its folder. revision: of the public store. time: when the backup was made.
        aside: where the store that was there is kept, None when there was none.
    """

    path: Path
    revision: int
    time: str
    aside: Path | None


# -- making one ----------------------------------------------------------------------------------


def back_up(stores: RecordStores, settings: Settings, target: Path) -> Backup:
    """Write a backup. Nobody writes to the stores while they are copied; queries go on.

    Parameters:
        target: a folder that is empty or does not exist.

    Raises:
        StoreError: the target is not empty, or cannot be written; nothing is left there.
    """
    target = target.absolute()
    demand_empty(target)
    made = not target.exists()
    try:
        # It holds internal records too.
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        with stores.writing:
            stores.public.backup(target)
            internal = stores.named("internal")
            if internal is not None:
                internal.backup(target / "internal")
            revision = _revision(target)
            internal_revision = None if internal is None else _revision(target / "internal")
        if not is_address(settings.store):
            _copy_beside(Path(settings.store), target)
        files = {str(PurePosixPath(p.relative_to(target))): _facts(p) for p in _files(target)}
        facts = {
            "format": _FORMAT,
            "time": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            "revision": revision,
            "internal_revision": internal_revision,
            "files": files,
        }
        write_durably(target / _LIST, json.dumps(facts, indent=1).encode() + b"\n")
    except BaseException as error:
        _clear(target, remove=made)
        if isinstance(error, OSError):
            raise StoreError(f"The backup {target} cannot be written: {error}.") from error
        raise
    size = sum(int(size) for size, _ in files.values())
    return Backup(target, revision, internal_revision, size)


def _revision(folder: Path) -> int:
    """Return the revision of a store that was just copied: its checkpoint is up to date."""
    return int(json.loads((folder / "checkpoint").read_bytes())["revision"])


def _copy_beside(folder: Path, target: Path) -> None:
    """Copy what lies beside the stores: the quarantine, the file of tokens."""
    for path in sorted(folder.iterdir()):
        name = path.name
        passing = name.startswith("rollback-") or name.endswith(_PASSING) or path.is_symlink()
        if name in _NOT_COPIED or name == "internal" or passing:
            continue
        if path.is_dir():
            shutil.copytree(path, target / name)
        elif path.is_file():
            shutil.copy2(path, target / name)


def _files(folder: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(where) / name
            if name != "LOCK" or path.stat().st_size:
                yield path


def _facts(path: Path) -> tuple[int, str]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    return path.stat().st_size, digest.hexdigest()


def _clear(folder: Path, *, remove: bool) -> None:
    with suppress(OSError):
        for path in folder.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink()
        if remove:
            folder.rmdir()


# -- putting one back ----------------------------------------------------------------------------


def restore_store(settings: Settings, source: Path, *, force: bool = False) -> RestoredStore:
    """Put a backup in the place of a store.

    The backup is copied beside the store and checked on the way; only when all is well does it
    take the store's place.

    Parameters:
        settings: which store.
        source: the backup's folder.
        force: do so even if the store has content, which is then kept aside.

    The access tokens of a store that is replaced stay as they are.

    Raises:
        SourceError: it is no backup, or is damaged; nothing was changed.
        UsageError: the store has content, and force was not given; or it is a remote engine.
        StoreBusyError: the store is in use.
        StoreError: the disk cannot be written; nothing was changed.
    """
    if is_address(settings.store):
        raise UsageError(
            "A backup is put back into a folder, not into a remote engine. Restore it to a folder "
            "with --store DIR, export that, and load the export with the engine's own means."
        )
    facts = _read_list(source)
    if settings.internal_store and facts.get("internal_revision") is not None:
        raise UsageError(
            "The backup holds internal records, which come back into the store's own folder. "
            "Unset OUTCOME_GRAPH_INTERNAL_STORE first."
        )
    place = Path(settings.store).resolve()
    with _held(place, force=force):
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            staging = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
        except OSError as error:
            raise StoreError(f"{place.parent} cannot be written: {error}.") from error
        try:
            _copy_checked(source, staging, facts["files"])
            _check_opens(staging, facts)
            _keep_tokens(place, staging)
            aside = _swap(staging, place)
        except OSError as error:
            raise StoreError(
                f"The backup cannot be put into {place}: {error}. Nothing was changed. A folder "
                "that is a mount point cannot be replaced: name a folder in it."
            ) from error
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    return RestoredStore(place, int(facts["revision"]), str(facts["time"]), aside)


def _read_list(source: Path) -> dict[str, Any]:
    path = source / _LIST
    try:
        facts = json.loads(path.read_bytes())
        version, files = facts["format"], facts["files"]
        well_formed = all(
            isinstance(size, int) and isinstance(digest, str) for size, digest in files.values()
        )
        int(facts["revision"]), str(facts["time"])
    except FileNotFoundError:
        what = "no backup, or one that was not completed" if source.is_dir() else "no folder"
        raise SourceError(f"{source} is {what}: there is no {path}.") from None
    except OSError as error:
        raise SourceError(f"The backup {source} cannot be read: {error}.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(source, f"{_LIST} is malformed ({error!r})") from error
    if version != _FORMAT:
        raise SourceError(
            f"{source} is a backup of format {version!r}; this version of outcome-graph restores "
            f"format {_FORMAT}. Install a newer version."
        )
    if not well_formed or "format" not in files:
        raise _damaged(source, f"{_LIST} does not list its files")
    result: dict[str, Any] = facts
    return result


def _damaged(source: Path, what: str) -> SourceError:
    return SourceError(
        f"The backup {source} is damaged: {what}. Nothing was changed. Use another backup."
    )


@contextmanager
def _held(place: Path, *, force: bool) -> Iterator[None]:
    """Keep everybody out of the store that is to be replaced, if there is one."""
    folder = StoreFolder(place)
    if not folder.is_store():
        if place.exists() and any(place.iterdir()):
            raise UsageError(f"{place} is not empty, and is no store. Name another folder.")
        yield
        return
    lock = OwnerLock(folder.lock)
    try:
        if not force:
            raise UsageError(
                f"There is a store at {place} already. With --force the backup takes its place, "
                "and the present one is kept aside."
            )
        yield
    finally:
        lock.release()


def _copy_checked(source: Path, target: Path, files: dict[str, tuple[int, str]]) -> None:
    for name, (size, digest) in files.items():
        parts = PurePosixPath(name).parts
        if not parts or ".." in parts or PurePosixPath(name).is_absolute():
            raise _damaged(source, f"it lists {name!r}")
        path, copy = source.joinpath(*parts), target.joinpath(*parts)
        copy.parent.mkdir(parents=True, exist_ok=True)
        try:
            given = path.open("rb")
        except FileNotFoundError:
            raise _damaged(source, f"{name} is missing") from None
        with given, copy.open("wb") as out:
            found, length = hashlib.sha256(), 0
            while piece := given.read(_PIECE):
                found.update(piece)
                length += len(piece)
                out.write(piece)
        if length != size:
            raise _damaged(source, f"{name} has {length} bytes, not {size}")
        if found.hexdigest() != digest:
            raise _damaged(source, f"the content of {name} has changed")
        shutil.copymode(path, copy)
    # All at once: far quicker than file by file.
    os.sync()


def _check_opens(folder: Path, facts: dict[str, Any]) -> None:
    """Make sure that the copy is the store that the list says it is."""
    wanted = [(folder, facts["revision"])]
    if facts.get("internal_revision") is not None:
        wanted.append((folder / "internal", facts["internal_revision"]))
    for path, revision in wanted:
        try:
            for name in ("snapshots", "sources", "journal"):
                (path / name).mkdir(exist_ok=True)
            store = EmbeddedStore(path)
        except OutcomeGraphError as error:
            raise SourceError(
                f"The backup cannot be opened: {error.message} Nothing was changed."
            ) from error
        try:
            found = store.revision()
        finally:
            store.close()
        if found != revision:
            raise SourceError(
                f"The backup holds revision {found}, and says {revision}. Nothing was changed."
            )


def _keep_tokens(place: Path, staging: Path) -> None:
    """Keep the access tokens of a store that is replaced: one that was revoked stays revoked."""
    if not StoreFolder(place).is_store():
        return
    (staging / _TOKENS).unlink(missing_ok=True)
    if (place / _TOKENS).exists():
        shutil.copy2(place / _TOKENS, staging / _TOKENS)


def _swap(staging: Path, place: Path) -> Path | None:
    """Put the copy in the store's place; return where the old one is kept."""
    if not place.exists():
        staging.rename(place)
        return None
    if not any(place.iterdir()):
        place.rmdir()
        staging.rename(place)
        return None
    time = datetime.datetime.now(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")
    aside = place.with_name(f"{place.name}.before-{time}")
    number = 1
    while aside.exists():
        number += 1
        aside = place.with_name(f"{place.name}.before-{time}-{number}")
    mode = place.stat().st_mode & 0o777
    place.rename(aside)
    try:
        staging.rename(place)
    except BaseException:
        aside.rename(place)
        raise
    place.chmod(mode)
    return aside
