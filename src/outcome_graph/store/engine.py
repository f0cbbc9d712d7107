"""The engine's files and the journal, kept in step: opening, recovery, transactions, copies.

Used by one thread at a time for writing (`EmbeddedStore` sees to it); reads are free.
"""

from __future__ import annotations

import gc
import shutil
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pyoxigraph

from outcome_graph.errors import StoreError
from outcome_graph.rdf import RdfFormat
from outcome_graph.store.base import JournalEntry
from outcome_graph.store.bulk import load_file, not_loaded
from outcome_graph.store.dataset import DatasetLayout
from outcome_graph.store.journal import Journal, Position
from outcome_graph.store.layout import Checkpoint, OwnerLock, StoreFolder, demand_empty, sync_folder
from outcome_graph.store.patch import Patch, Transaction, apply_transaction, timestamp

__all__ = ["Engine", "NotInOrderError", "put_right"]

#: Commits, and bytes of journal, after which the engine's files are synced: what is applied again
#: at most after a crash.
_CHECKPOINT_COMMITS = 1_000
_CHECKPOINT_BYTES = 32_000_000

#: Seconds between tries to open the engine again.
_REOPENING_PAUSES = (0.02, 0.1, 0.3)

_ROLLBACK = "rollback-"


class NotInOrderError(StoreError):
    """A crash left something to be put right, which needs opening for writing."""


class Engine:
    """The engine of a store and its journal.

    Parameters:
        folder: the store's folder, locked by the caller.
        layout: how graphs lie in the engine.
        read_only: open for reading.

    Raises:
        NotInOrderError: it must be opened for writing first.
        StoreError: it cannot be opened.
    """

    def __init__(self, folder: StoreFolder, layout: DatasetLayout, *, read_only: bool) -> None:
        self.folder = folder
        self.layout = layout
        self.read_only = read_only
        #: Odd while a commit is being applied.
        self.sequence = 0
        self._store: pyoxigraph.Store | None = None
        self._broken: str | None = None
        checkpoint = Checkpoint.read(folder.checkpoint)
        self.journal = Journal(
            folder.journal,
            known=Position(checkpoint.segment, checkpoint.offset),
            known_revision=checkpoint.revision,
            repair=not read_only,
        )
        self._checkpoint = checkpoint
        self.revision = self.journal.last_revision
        self.quads = checkpoint.quads
        damaged = bool(
            self.journal.torn or self._rollbacks() or self.revision != checkpoint.revision
        )
        if read_only and damaged:
            raise NotInOrderError(f"The store {folder.root} was not closed in good order.")
        if not read_only:
            self._settle_rollbacks()
        self._store = _open(folder.engine, read_only=read_only)
        if not read_only:
            self._clean_snapshots()
            self._replay()

    @property
    def store(self) -> pyoxigraph.Store:
        """The engine.

        Raises:
            StoreError: it is closed, or could not be opened again after a failure.
        """
        if self._store is None:
            why = self._broken or "it is closed"
            raise StoreError(f"The store {self.folder.root} is not available: {why}.")
        return self._store

    # -- opening --------------------------------------------------------------------------------

    def _rollbacks(self) -> list[Path]:
        return sorted(self.folder.root.glob(_ROLLBACK + "*"))

    def _settle_rollbacks(self) -> None:
        """Undo a bulk load that a crash interrupted; forget one that was complete."""
        for copy in self._rollbacks():
            number = copy.name.removeprefix(_ROLLBACK)
            interrupted = number.isdigit() and int(number) == self.revision
            if interrupted:
                broken = self.folder.root / "rollback-broken"
                if self.folder.engine.exists():
                    self.folder.engine.rename(broken)
                copy.rename(self.folder.engine)
                sync_folder(self.folder.root)
                shutil.rmtree(broken, ignore_errors=True)
            else:
                shutil.rmtree(copy, ignore_errors=True)

    def _clean_snapshots(self) -> None:
        """Remove the frozen copies of an owner that is gone."""
        self.folder.snapshots.mkdir(exist_ok=True)
        for copy in self.folder.snapshots.iterdir():
            shutil.rmtree(copy, ignore_errors=True)

    def _replay(self) -> None:
        """Apply all journal entries since the checkpoint again."""
        self.quads = self._checkpoint.quads
        start = Position(self._checkpoint.segment, self._checkpoint.offset)
        entries = list(self.journal.patches(start))
        # What came before a bulk load is durable since the bulk load began.
        bulk = max((n for n, (_, patch) in enumerate(entries) if patch is None), default=-1)
        for entry, patch in entries[bulk + 1 :]:
            if patch is not None:
                with _writing_errors(self.folder.root):
                    apply_transaction(self.store, self.layout.transaction(self.store, patch))
                self.quads += entry.added - entry.removed
        if bulk >= 0:
            self.quads = self.layout.count(self.store)
        if entries:
            self.checkpoint()

    # -- changing -------------------------------------------------------------------------------

    def commit(self, entry: JournalEntry, patch: Patch) -> None:
        """Journal and apply one revision.

        Raises:
            StoreError: it could not be written; the message says whether anything changed.
        """
        transaction = self.layout.transaction(self.store, patch)
        self.journal.append(entry, patch)
        self.sequence += 1
        try:
            failure = self._try(transaction)
            if failure is not None:
                self._after_failure(entry, patch, transaction, failure)
            self.revision = entry.revision
            self.quads += len(patch.added) - len(patch.removed)
        finally:
            self.sequence += 1
        done = self.journal.end.offset - self._checkpoint.offset
        if (
            entry.revision - self._checkpoint.revision >= _CHECKPOINT_COMMITS
            or self.journal.end.segment != self._checkpoint.segment
            or done >= _CHECKPOINT_BYTES
        ):
            self.checkpoint()

    def _try(self, transaction: Transaction) -> str | None:
        """Apply a transaction; return what went wrong.

        In words: the exception would hold on to the engine, which could not be opened again.
        """
        try:
            apply_transaction(self.store, transaction)
        except Exception as error:
            return str(error)
        return None

    def _after_failure(
        self, entry: JournalEntry, patch: Patch, transaction: Transaction, failure: str
    ) -> None:
        """Find out whether a transaction that failed got through; if not, take it back.

        It is tried once more, since the cause may lie in the past: the engine refuses all writes
        after one that failed, until it is opened anew.

        Raises:
            StoreError: it did not.
        """
        try:
            self._reopen()
            through = self._holds(patch)
            if not through:
                again = self._try(transaction)
                if again is None:
                    return
                failure = again
                self._reopen()
                through = self._holds(patch)
        except StoreError as error:
            # The journal has it, so it will be applied when the store can be opened again. Taking
            # the entry back without knowing would let the two differ.
            self._broken = error.message
            self.revision = entry.revision
            raise StoreError(
                f"The change could not be completed: {failure}. It is written down as revision "
                f"{entry.revision} and will be completed when the store is opened again. "
                "Make room on the disk first."
            ) from error
        if not through:
            self.journal.take_back()
            raise StoreError(
                f"The store {self.folder.root} cannot be written: {failure}. Nothing was changed. "
                "Make room on the disk, or check who may write there."
            )

    def _holds(self, patch: Patch) -> bool:
        """Tell whether a patch, which is applied whole or not at all, has been applied."""
        transaction = self.layout.transaction(self.store, Patch(patch.removed[:1], patch.added[:1]))
        if patch.added:
            return transaction.added[0] in self.store
        return transaction.removed[0] not in self.store

    def mend(self) -> None:
        """After a failure that left the engine behind the journal, catch up.

        Raises:
            StoreError: it cannot be opened yet.
        """
        if self._broken is None:
            return
        self._reopen()
        self._replay()
        self._broken = None

    def _reopen(self) -> None:
        # The engine refuses all writes after the first that failed, until it is opened anew.
        self._store = None
        for pause in (*_REOPENING_PAUSES, None):
            try:
                self._store = _open(self.folder.engine, read_only=False)
                return
            except StoreError:
                # A query that is being answered in this process still holds on to it.
                if pause is None:
                    raise
                time.sleep(pause)

    def bulk_load(self, path: Path, rdf_format: RdfFormat, reason: str, agent: str) -> int:
        """Load a file as one revision; return it, or the present one if nothing was new."""
        self.checkpoint()
        rollback = self.folder.root / f"{_ROLLBACK}{self.revision}"
        shutil.rmtree(rollback, ignore_errors=True)
        with _writing_errors(self.folder.root):
            self.store.backup(rollback)
        self.sequence += 1
        try:
            try:
                graphs = load_file(self.store, self.layout, path, rdf_format)
                self.store.flush()
                added = self.layout.count(self.store) - self.quads
                if added > self.quads:
                    # Each million of quads lies in files of its own, and queries merge them as
                    # they read. The engine merges smaller additions in the background.
                    self.store.optimize()
            except BaseException as error:
                traceback.clear_frames(error.__traceback__)
                self._roll_back(error, path)
                raise
            if added:
                entry = JournalEntry(
                    revision=self.revision + 1,
                    time=timestamp(),
                    agent=agent,
                    reason=reason,
                    sources=(),
                    graphs=tuple(sorted(graphs)),
                    removed=0,
                    added=added,
                )
                try:
                    self.journal.append(entry, Patch(), bulk=True)
                except StoreError as error:
                    self._roll_back(error, path)
                    raise
                self.revision, self.quads = entry.revision, self.quads + added
        finally:
            self.sequence += 1
        self.checkpoint()
        shutil.rmtree(rollback, ignore_errors=True)
        return self.revision

    def _roll_back(self, error: BaseException, path: Path) -> None:
        """Put back the engine's files as they were before a bulk load; raise what went wrong."""
        self._store = None
        gc.collect()
        self._settle_rollbacks()
        self._reopen()
        if isinstance(error, SyntaxError | ValueError):
            raise not_loaded(path, error) from error
        if isinstance(error, OSError):
            raise StoreError(
                f"{path.name} cannot be loaded: {error}. Nothing was changed."
            ) from error

    def checkpoint(self) -> None:
        """Make sure that the engine's own files hold everything, and note that they do."""
        with _writing_errors(self.folder.root):
            self.store.flush()
            done = Checkpoint(
                self.revision, self.quads, self.journal.end.segment, self.journal.end.offset
            )
            if done != self._checkpoint:
                done.write(self.folder.checkpoint)
                self._checkpoint = done

    # -- copies ---------------------------------------------------------------------------------

    def settle(self) -> None:
        """Write what the engine has in memory to its files; commits may go on meanwhile."""
        with _writing_errors(self.folder.engine):
            self.store.flush()

    def freeze(self, target: Path) -> None:
        """Copy the engine's present files by hard links."""
        with _writing_errors(target):
            self.store.backup(target)

    def backup(self, target: Path) -> None:
        """Write engine and journal elsewhere; what does not change any more is up to the caller."""
        demand_empty(target)
        copy = StoreFolder(target)
        with _writing_errors(target):
            target.mkdir(parents=True, exist_ok=True)
            self.store.backup(copy.engine)
            shutil.copytree(self.folder.journal, copy.journal)
            copy.snapshots.mkdir()
            end = self.journal.end
            Checkpoint(self.revision, self.quads, end.segment, end.offset).write(copy.checkpoint)

    def close(self) -> None:
        """Sync and close. A disk that is full now does not matter: the journal has everything."""
        if not self.read_only and self._broken is None and self._store is not None:
            with suppress(StoreError):
                self.checkpoint()
        self._store = None


@contextmanager
def _writing_errors(where: Path) -> Iterator[None]:
    """Turn the engine's and the system's failures to write into `StoreError`."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        # Of a folder that cannot be copied, the first file says why.
        why = error.args[0][0][-1] if isinstance(error, shutil.Error) else error
        raise StoreError(
            f"{where} cannot be written: {why}. "
            "Make room on the disk, or check who may write there."
        ) from error


def _open(path: Path, *, read_only: bool) -> pyoxigraph.Store:
    opened = pyoxigraph.Store.read_only if read_only else pyoxigraph.Store
    try:
        try:
            return opened(str(path))
        except OSError:
            # The engine frees its files with the last reference to it, and exceptions that nobody
            # looks at any more may still refer to it from their tracebacks.
            gc.collect()
            return opened(str(path))
    except OSError as error:
        raise StoreError(f"The store {path.parent} cannot be opened: {error}.") from error


def put_right(folder: StoreFolder, layout: DatasetLayout) -> None:
    """Open a store for writing once, so that what a crash left is put right.

    Raises:
        StoreError: that cannot be done.
    """
    try:
        lock = OwnerLock(folder.lock)
        try:
            Engine(folder, layout, read_only=False).close()
        finally:
            lock.release()
    except StoreError as error:
        raise StoreError(
            f"The store {folder.root} was not closed in good order, and this cannot be put right "
            f"while opening it for reading: {error.message} "
            f"Open it once for writing: outcome-graph --store {folder.root} init"
        ) from error
