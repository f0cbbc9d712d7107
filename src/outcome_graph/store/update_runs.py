"""Having updates with WHERE worked out by processes that can be killed.

The engine cannot stop an update that it runs, so one that has a WHERE is run on a frozen copy of
the store by another process (`outcome_graph.store.update_process`), which ends at a deadline or
when it takes too much memory. Meanwhile others write. A process that has done its job quickly is
kept for the next one: starting it takes longer than most updates.
"""

from __future__ import annotations

import os
import pickle
import select
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from outcome_graph.errors import OutcomeGraphError, StoreBusyError, StoreError
from outcome_graph.store.base import UpdateRequest
from outcome_graph.store.deadlines import Deadline, UpdateDeadline
from outcome_graph.store.patch import Patch, read_patch
from outcome_graph.store.reader import LOWEST, Reader
from outcome_graph.store.update_process import UpdateJob
from outcome_graph.store.wire import error_from

__all__ = ["UpdateBounds", "UpdateRunner", "evaluates"]

#: Updates that may be worked out at the same time.
_AT_ONCE = 4
#: Seconds after which one gets the lowest priority: queries come first.
_PATIENCE = 0.2
#: A process that has grown beyond this is not kept for the next job.
_KEPT_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class UpdateBounds:
    """What an update with WHERE may use.

    Parameters:
        deadline: seconds.
        memory: bytes, about; 0 for no limit.
    """

    deadline: float = 60.0
    memory: int = 1_500_000_000


def evaluates(sparql: str) -> bool:
    """Tell whether an update may have a WHERE, the only part of one that can take for ever.

    Escapes count as one, since they can spell the word.
    """
    text = sparql.upper()
    return "WHERE" in text or "\\U" in text


class _Process(Reader):
    """A process that works updates out."""

    module = "update_process"
    noun = "update"

    def work_out(self, job: UpdateJob, deadline: Deadline) -> Patch:
        """Return what an update changes.

        Raises:
            QueryTimeoutError, QueryMemoryError: it was stopped.
            OutcomeGraphError: what is wrong with it.
        """
        self.deadline = deadline
        self._send(b"U", pickle.dumps(job))
        if not self._says_something(min(_PATIENCE, deadline.left)):
            self.slow = True
            self.set_priority(LOWEST)
            if not self._says_something(deadline.left):
                self.stop_for_deadline()
                raise deadline.expired()
        letter, content = self.receive()
        if letter == b"X":
            raise error_from(content)
        return read_patch(content)

    def _says_something(self, seconds: float) -> bool:
        watch = select.poll()
        watch.register(self._socket, select.POLLIN)
        return bool(watch.poll(seconds * 1000))

    def can_be_kept(self) -> bool:
        """Tell whether it is fit for another job."""
        if not self.is_alive() or self.timed_out or (self.slow and not self.set_priority(0)):
            return False
        self.slow = False
        with suppress(OSError, ValueError), open(f"/proc/{self.pid}/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") < _KEPT_BYTES
        return True


class UpdateRunner:
    """Works updates out, each in a process of its own. Thread-safe.

    Parameters:
        bounds: of each.
        union: whether the engine's default graph is the union of the others.
        service_allowed: endpoints that SERVICE may call.
    """

    def __init__(
        self, bounds: UpdateBounds, *, union: bool, service_allowed: frozenset[str]
    ) -> None:
        self._bounds, self._union, self.service_allowed = bounds, union, service_allowed
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(_AT_ONCE)
        self._idle: _Process | None = None
        self._closed = False

    def deadline(self, seconds: float | None) -> Deadline:
        """Return the deadline of an update; it cannot have more time than the bounds give."""
        return UpdateDeadline.after(min(seconds or self._bounds.deadline, self._bounds.deadline))

    def on_disk(
        self,
        freeze: Callable[[Path], int],
        scratch: Path,
        request: UpdateRequest,
        deadline: Deadline,
    ) -> tuple[int, Patch]:
        """Work out an update of an embedded store; return the revision it is of, and the patch.

        Parameters:
            freeze: copies the engine's files to a new folder and returns their revision.
            scratch: a folder on their file system.

        Raises:
            QueryError: the update is malformed, not allowed, or fails.
            QueryTimeoutError, QueryMemoryError: it was stopped.
            StoreBusyError: too many others are being worked out.
            StoreError: the copy cannot be made, or no process started.
        """
        with self._process(deadline) as process, _folder(scratch) as folder:
            before, copy = folder / "before", folder / "copy"
            revision = freeze(copy)
            shutil.copytree(copy, before, copy_function=_link)
            job = self._job(request, before=str(before), copy=str(copy))
            try:
                return revision, process.work_out(job, deadline)
            except BaseException:
                # It may still write there.
                process.end()
                raise

    def in_memory(self, quads: bytes | None, request: UpdateRequest, deadline: Deadline) -> Patch:
        """Work out an update of what is handed over as N-Quads (None: look for mistakes only)."""
        with self._process(deadline) as process:
            return process.work_out(self._job(request, quads=quads), deadline)

    def _job(self, request: UpdateRequest, **copies: Any) -> UpdateJob:
        return UpdateJob(request=request, service_allowed=self.service_allowed, **copies)

    @contextmanager
    def _process(self, deadline: Deadline) -> Iterator[_Process]:
        if not self._places.acquire(timeout=deadline.left):
            raise StoreBusyError(
                f"{_AT_ONCE} other updates are being worked out. Nothing was changed. "
                "Try again when they are done."
            )
        try:
            process = self._taken()
            try:
                yield process
            finally:
                self._put_back(process)
        finally:
            self._places.release()

    def _taken(self) -> _Process:
        with self._lock:
            if self._closed:
                raise StoreError("The store is being closed.")
            process, self._idle = self._idle, None
        if process is not None and process.is_alive():
            return process
        if process is not None:
            process.end()
        return _Process(self._bounds.memory, union=self._union)

    def _put_back(self, process: _Process) -> None:
        fit = process.can_be_kept()
        with self._lock:
            if fit and self._idle is None and not self._closed:
                self._idle = process
                return
        process.end()

    def close(self) -> None:
        """End what waits for work; what is at work ends with it."""
        with self._lock:
            self._closed = True
            process, self._idle = self._idle, None
        if process is not None:
            process.end()


def _link(source: str, target: str) -> None:
    """Link a file that never changes, copy another."""
    if source.endswith(".sst"):
        os.link(source, target)
    else:
        shutil.copyfile(source, target)


@contextmanager
def _folder(scratch: Path) -> Iterator[Path]:
    """Make a folder, and remove it with all that is in it."""
    try:
        folder = Path(tempfile.mkdtemp(prefix="update-", dir=scratch))
    except OSError as error:
        raise StoreError(f"The update cannot be prepared: {error}. Nothing was changed.") from error
    try:
        yield folder
    except OSError as error:
        raise StoreError(f"The update cannot be prepared: {error}. Nothing was changed.") from error
    except OutcomeGraphError:
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)
