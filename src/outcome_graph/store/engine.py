"""The engine's files and the journal, kept in step: opening, recovery, transactions, copies.

Used by one thread at a time for writing (`EmbeddedStore` sees to it); reads are free.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

import pyoxigraph

from outcome_graph.errors import SourceError, StoreError
from outcome_graph.rdf import NamedNode, RdfFormat, parse
from outcome_graph.store.base import JournalEntry
from outcome_graph.store.journal import Journal, Position
from outcome_graph.store.layout import Checkpoint, StoreFolder, sync_folder
from outcome_graph.store.patch import Patch, apply_patch, graph_label

__all__ = ["Engine"]

#: Commits, and bytes of journal, after which the engine's files are synced: what is applied again
#: at most after a crash.
_CHECKPOINT_COMMITS = 1_000
_CHECKPOINT_BYTES = 32_000_000

_ROLLBACK = "rollback-"


class Engine:
    """The engine of a store and its journal.

    Parameters:
        folder: the store's folder, locked by the caller.
        read_only: open for reading; a store that needs repair is repaired first if that is
            possible.

    Raises:
        StoreError: it cannot be opened.
    """

    store: pyoxigraph.Store

    def __init__(self, folder: StoreFolder, *, read_only: bool) -> None:
        self.folder = folder
        self.read_only = read_only
        #: Odd while a commit is being applied.
        self.sequence = 0
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
            self._repair_elsewhere()
            return
        if not read_only:
            self._settle_rollbacks()
        self.store = _open(folder.engine, read_only=read_only)
        if not read_only:
            self._clean_snapshots()
            self._replay()

    # -- opening --------------------------------------------------------------------------------

    def _repair_elsewhere(self) -> None:
        """Open for writing once, so that what a crash left is put right, then open for reading."""
        try:
            writer = Engine(self.folder, read_only=False)
            writer.close()
        except StoreError as error:
            raise StoreError(
                f"The store {self.folder.root} was not closed in good order, and cannot be put "
                f"right while it is opened for reading: {error.message} "
                "Open it once for writing: outcome-graph init does."
            ) from error
        del writer
        self.__init__(self.folder, read_only=True)  # type: ignore[misc]

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
        start = Position(self._checkpoint.segment, self._checkpoint.offset)
        entries = list(self.journal.patches(start))
        # What came before a bulk load is durable since the bulk load began.
        bulk = max((n for n, (_, patch) in enumerate(entries) if patch is None), default=-1)
        for entry, patch in entries[bulk + 1 :]:
            if patch is not None:
                with _writing_errors(self.folder.root):
                    apply_patch(self.store, _with_emptied(self.store, patch))
                self.quads += entry.added - entry.removed
        if bulk >= 0:
            self.quads = len(self.store)
        if entries:
            self.checkpoint()

    # -- changing -------------------------------------------------------------------------------

    def commit(self, entry: JournalEntry, patch: Patch) -> None:
        """Journal and apply one revision.

        Raises:
            StoreError: it could not be written; the message says whether anything changed.
        """
        self._mend()
        self.journal.append(entry, patch)
        self.sequence += 1
        try:
            try:
                apply_patch(self.store, patch)
            except Exception as error:
                self._after_failure(entry, patch, error)
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

    def _after_failure(self, entry: JournalEntry, patch: Patch, error: Exception) -> None:
        """Find out whether a transaction that failed got through; if not, take it back.

        Raises:
            StoreError: it did not.
        """
        try:
            self._reopen()
            through = _holds(self.store, patch)
        except StoreError:
            # The journal has it, so it will be applied when the store can be opened again. Taking
            # the entry back without knowing would let the two differ.
            self._broken = str(error)
            self.revision = entry.revision
            raise StoreError(
                f"The change could not be completed: {error}. It is written down as revision "
                f"{entry.revision} and will be completed when the store is opened again. "
                "Make room on the disk first."
            ) from error
        if not through:
            self.journal.take_back()
            raise StoreError(
                f"The store {self.folder.root} cannot be written: {error}. Nothing was changed. "
                "Make room on the disk, or check who may write there."
            ) from error

    def _mend(self) -> None:
        """After a failure that left the engine behind the journal, try to catch up."""
        if self._broken is None:
            return
        self._reopen()
        self._replay()
        self._broken = None

    def _reopen(self) -> None:
        # The engine refuses all writes after the first that failed, until it is opened anew.
        with suppress(AttributeError):
            del self.store
        self.store = _open(self.folder.engine, read_only=False)

    def bulk_load(
        self, path: Path, rdf_format: RdfFormat, reason: str, agent: str, time: str
    ) -> int:
        """Load a file as one revision; return it, or the present one if nothing was new."""
        self._mend()
        self.checkpoint()
        graphs_before = {graph_label(g) for g in self.store.named_graphs()}
        touched = _graphs_of(path, rdf_format) if self.quads else set()
        rollback = self.folder.root / f"{_ROLLBACK}{self.revision}"
        shutil.rmtree(rollback, ignore_errors=True)
        with _writing_errors(self.folder.root):
            self.store.backup(rollback)
        self.sequence += 1
        try:
            try:
                self.store.bulk_load(path=str(path), format=rdf_format)
                self.store.flush()
                added = len(self.store) - self.quads
            except BaseException as error:
                self._roll_back(error, path)
                raise
            if added:
                new = {graph_label(g) for g in self.store.named_graphs()} - graphs_before
                entry = JournalEntry(
                    revision=self.revision + 1,
                    time=time,
                    agent=agent,
                    reason=reason,
                    sources=(),
                    graphs=tuple(sorted(new | touched)),
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
        del self.store
        self._settle_rollbacks()
        self.store = _open(self.folder.engine, read_only=False)
        if isinstance(error, SyntaxError):
            raise SourceError(
                f"{path.name} is not well formed: {error.msg}. Nothing was loaded."
            ) from error
        if isinstance(error, ValueError):
            raise SourceError(f"{path.name} cannot be loaded: {error}.") from error
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

    def freeze(self, target: Path) -> None:
        """Copy the engine's present files by hard links."""
        with _writing_errors(target):
            self.store.backup(target)

    def backup(self, target: Path) -> None:
        """Write a whole store elsewhere: engine, journal, sources."""
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise StoreError(f"{target} is not empty. Name a new folder for the backup.")
        copy = StoreFolder(target)
        with _writing_errors(target):
            target.mkdir(parents=True, exist_ok=True)
            self.store.backup(copy.engine)
            shutil.copytree(self.folder.journal, copy.journal)
            shutil.copytree(self.folder.sources, copy.sources)
            copy.snapshots.mkdir()
            end = self.journal.end
            Checkpoint(self.revision, self.quads, end.segment, end.offset).write(copy.checkpoint)
            copy.seal()

    def close(self) -> None:
        """Sync and close. A disk that is full now does not matter: the journal has everything."""
        if not self.read_only and self._broken is None and hasattr(self, "store"):
            with suppress(StoreError):
                self.checkpoint()
        with suppress(AttributeError):
            del self.store


class _writing_errors:  # noqa: N801 - used like a function
    """Turn the engine's and the system's failures to write into `StoreError`."""

    def __init__(self, where: Path) -> None:
        self.where = where

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError | RuntimeError | shutil.Error):
            raise StoreError(
                f"{self.where} cannot be written: {error}. "
                "Make room on the disk, or check who may write there."
            ) from error


def _open(path: Path, *, read_only: bool) -> pyoxigraph.Store:
    try:
        return pyoxigraph.Store.read_only(str(path)) if read_only else pyoxigraph.Store(str(path))
    except OSError as error:
        raise StoreError(f"The store {path.parent} cannot be opened: {error}.") from error


def _with_emptied(store: pyoxigraph.Store, patch: Patch) -> Patch:
    """Return a patch from the journal with the graphs that are empty after it."""
    added = {q.graph_name for q in patch.added}
    emptied = []
    for graph in {q.graph_name for q in patch.removed} - added:
        if isinstance(graph, NamedNode):
            removed = {q for q in patch.removed if q.graph_name == graph}
            left = (q for q in store.quads_for_pattern(None, None, None, graph))
            if all(q in removed for q in left):
                emptied.append(graph)
    return Patch(patch.removed, patch.added, tuple(emptied))


def _holds(store: pyoxigraph.Store, patch: Patch) -> bool:
    """Tell whether a patch, which is applied whole or not at all, has been applied."""
    if patch.added:
        return patch.added[0] in store
    return patch.removed[0] not in store


def _graphs_of(path: Path, rdf_format: RdfFormat) -> set[str]:
    """Return the graphs that a file speaks of."""
    try:
        names = {quad.graph_name for quad in parse(path=str(path), format=rdf_format)}
    except SyntaxError as error:
        raise SourceError(f"{path.name} is not well formed: {error.msg}.") from error
    except (OSError, ValueError) as error:
        raise SourceError(f"{path.name} cannot be read: {error}.") from error
    return {graph_label(name) for name in names}
