"""The pool of reader processes, for services.

The engine cannot stop a running query, so they run in processes that can be killed. The rules:

- A query has until its deadline, counted from when it was asked, waiting included; then its reader
  is killed. A reader that uses too much memory dies of it, alone.
- A query that has run for `PATIENCE` seconds is *slow*: its reader is given the lowest priority and
  another process takes its place, so that slow queries neither keep the readers nor the
  processors from quick ones. At most ``slow`` queries are slow at a time.
- When all readers are busy queries wait in order; when the queue is full they are refused.
- After a commit a new snapshot is taken, at most one per `INTERVAL`; readers move to it between
  queries. A query sees all that was committed when it was asked: it waits for the snapshot, so that
  commits need not. If none can be had, an older one does, unless it has a ``min_revision``. Where
  nothing is committed the engine's files are looked at now and then: see `Snapshots.worn`.
- An answer that its caller gives up frees its reader; a reader that dies is replaced.
"""

from __future__ import annotations

import logging
import math
import threading
import time
from collections import deque
from typing import cast

from outcome_graph.errors import OutcomeGraphError, StoreBusyError, StoreError
from outcome_graph.store.answers import PoolAnswer
from outcome_graph.store.base import Answer, QueryRequest
from outcome_graph.store.deadlines import NEVER, Deadline
from outcome_graph.store.embedded import EmbeddedStore
from outcome_graph.store.evaluation import check_query, check_revision
from outcome_graph.store.reader import LOWEST, Reader, ReaderLostError
from outcome_graph.store.snapshots import Snapshots
from outcome_graph.store.ticket import Ticket

__all__ = ["INTERVAL", "PATIENCE", "ReaderPool"]

_log = logging.getLogger("outcome_graph.store")

#: Seconds between snapshots, at least.
INTERVAL = 0.05
#: Seconds after which a query is slow.
PATIENCE = 0.5
#: Seconds between looks at whether the engine has merged its files.
_WORN = 2.0
#: Seconds that a query waits for a snapshot of what was committed when it was asked.
_FRESH = 2.0
#: Seconds between looks at running queries.
_TICK = 0.05
#: Seconds before a snapshot or a start that failed is tried again.
_RETRY = 1.0
#: Seconds after which a query whose reader was killed from outside is not tried again.
_BLAMELESS = 0.25


class ReaderPool:
    """Answers queries by reader processes. Thread-safe.

    Parameters:
        store: whose newest revisions are read.
        readers: processes for quick queries.
        deadline: seconds a query may take at most.
        memory: bytes a query may use, about.
        queue: queries that may wait.
        slow: slow queries that may run besides.

    Raises:
        StoreError: no snapshot can be taken, or no process started.
    """

    def __init__(
        self,
        store: EmbeddedStore,
        *,
        readers: int = 2,
        deadline: float = 30.0,
        memory: int = 1_500_000_000,
        queue: int = 64,
        slow: int = 8,
    ) -> None:
        self._store = store
        self._readers, self._deadline, self._memory = readers, deadline, memory
        self._queue, self._slow = queue, slow
        self._snapshots = Snapshots(store)
        self._lock = threading.Lock()
        self._fresh = threading.Condition(self._lock)  # told of new snapshots, or that none come
        self._failing = False
        self._idle: list[Reader] = []
        self._busy: set[Reader] = set()
        self._booting = 0
        self._waiting: deque[Ticket] = deque()
        self._closing = False
        self._changed = threading.Event()
        self._refreshed = threading.Event()
        self._working = threading.Event()
        self._threads = [
            threading.Thread(target=self._keep, name="outcome-graph-snapshots", daemon=True),
            threading.Thread(target=self._move, name="outcome-graph-moves", daemon=True),
            threading.Thread(target=self._watch, name="outcome-graph-deadlines", daemon=True),
        ]
        self._fill()
        for thread in self._threads:
            thread.start()
        store.on_commit(lambda _: self._changed.set())

    # -- answering ------------------------------------------------------------------------------

    def query(self, request: QueryRequest) -> Answer:
        """Answer a query.

        Raises:
            QueryError: the query is malformed, or asks for what is not allowed (SERVICE).
            QueryTimeoutError, QueryMemoryError: it was stopped.
            StoreBusyError: the queue is full, or no reader became free in time.
        """
        check_query(request, self._store.service_allowed)
        committed = self._store.revision()
        check_revision(request, committed)
        allowed = min(request.deadline or self._deadline, self._deadline)
        deadline = Deadline.after(allowed)
        if not self._snapshots.is_at(committed):
            self.wait_for(committed, min(_FRESH, allowed))
        # Each reader may have been killed from outside just as it was asked: then the query is not
        # to blame, and another reader is asked.
        for _ in range(self._readers):
            answer = self._try(request, deadline, again=True)
            if answer is not None:
                return answer
        return cast("Answer", self._try(request, deadline, again=False))

    def _try(self, request: QueryRequest, deadline: Deadline, *, again: bool) -> Answer | None:
        """Ask a reader; None when it was lost at once and may be asked ``again``."""
        reader = self._obtain(request.min_revision or 0, deadline)
        try:
            self._ask(reader, request)
        except BaseException as error:
            self._discard(reader)
            # It died before it had the query, which is not to blame.
            if again and isinstance(error, StoreError) and not reader.timed_out:
                return None
            raise
        asked = time.monotonic()
        try:
            return PoolAnswer(reader, self._give_back, self._discard)
        except ReaderLostError:
            if not again or time.monotonic() - asked > _BLAMELESS:
                raise
            return None

    def _obtain(self, min_revision: int, deadline: Deadline) -> Reader:
        with self._lock:
            if self._closing:
                raise StoreError("The store is being closed.")
            ready = not self._waiting and min_revision <= self._snapshots.newest.revision
            reader = self._take_idle() if ready and self._idle else None
            ticket = None if reader else self._line_up(min_revision)
        if ticket is not None:
            reader = self._wait(ticket, deadline)
        assert reader is not None
        reader.deadline = deadline
        if not self._working.is_set():
            self._working.set()
        return reader

    def _line_up(self, min_revision: int) -> Ticket:
        """Join those who wait. Called with the lock held."""
        if len(self._waiting) >= self._queue and not self._idle:
            raise StoreBusyError(
                f"All readers are busy and {len(self._waiting)} queries are waiting. "
                "Try again in a moment.",
                retry_after=self._retry_after(),
            )
        ticket = Ticket(min_revision)
        self._waiting.append(ticket)
        self._hand_out()
        return ticket

    def _wait(self, ticket: Ticket, deadline: Deadline) -> Reader:
        if not ticket.wait(deadline.left):
            with self._lock:
                if ticket in self._waiting:
                    self._waiting.remove(ticket)
                    raise StoreBusyError(
                        f"No reader became free within {deadline.allowed:g} seconds. "
                        "Try again later.",
                        retry_after=self._retry_after(),
                    )
        if ticket.reader is None:
            raise StoreError("The store is being closed.")
        return ticket.reader

    def _take_idle(self) -> Reader:
        """Make an idle reader a busy one. Called with the lock held."""
        reader = self._idle.pop()
        reader.started, reader.deadline = time.monotonic(), NEVER
        self._busy.add(reader)
        return reader

    def _hand_out(self) -> None:
        """Give idle readers to those who wait, in order. Called with the lock held."""
        newest = self._snapshots.newest.revision
        passed: list[Ticket] = []
        while self._idle and self._waiting:
            ticket = self._waiting.popleft()
            if ticket.min_revision > newest:
                passed.append(ticket)
                continue
            ticket.answer(self._take_idle())
        self._waiting.extendleft(reversed(passed))

    def _retry_after(self) -> int:
        shares = (len(self._waiting) + 1) / max(1, self._readers)
        return max(1, min(30, math.ceil(PATIENCE * shares)))

    def _ask(self, reader: Reader, request: QueryRequest) -> None:
        """Send a query, to be answered from the newest snapshot."""
        if reader.snapshot is self._snapshots.newest and reader.snapshot is not None:
            reader.ask(reader.snapshot, request)
            return
        old, new = reader.snapshot, self._snapshots.acquire()
        reader.snapshot = new
        try:
            reader.ask(new, request)
        finally:
            # The reader closes the old one before it opens the new one; what is unlinked
            # meanwhile stays readable for whoever has it open.
            if old is not None:
                self._snapshots.release(old)

    def _give_back(self, reader: Reader) -> None:
        """Take a reader back that has finished its query."""
        with self._lock:
            if reader not in self._busy:
                return
            keep = not reader.slow
            if reader.slow and len(self._fast()) + self._booting < self._readers:
                keep = reader.set_priority(0)
            if keep and not self._closing:
                reader.slow = False
                self._busy.remove(reader)
                self._idle.append(reader)
                self._hand_out()
                return
        self._discard(reader)

    def _discard(self, reader: Reader) -> None:
        """End a reader and start another in its place."""
        with self._lock:
            self._busy.discard(reader)
            if reader in self._idle:
                self._idle.remove(reader)
            snapshot, reader.snapshot = reader.snapshot, None
        reader.end()
        if snapshot is not None:
            self._snapshots.release(snapshot)
        self._fill()

    # -- processes ------------------------------------------------------------------------------

    def _fast(self) -> list[Reader]:
        return [*self._idle, *(r for r in self._busy if not r.slow)]

    def _fill(self) -> None:
        """Start as many readers as are missing, each from a thread of its own."""
        with self._lock:
            if self._closing:
                return
            missing = self._readers - len(self._fast()) - self._booting
            self._booting += max(0, missing)
        for _ in range(missing):
            threading.Thread(target=self._boot, name="outcome-graph-boot", daemon=True).start()

    def _boot(self) -> None:
        reader: Reader | None = None
        try:
            reader = Reader(self._memory, union=self._store.layout.union)
            reader.snapshot = self._snapshots.acquire()
            reader.open(reader.snapshot)
        except OutcomeGraphError as error:
            _log.warning("a reader process could not be started: %s", error)
            if reader is not None:
                reader.end()
                if reader.snapshot is not None:
                    self._snapshots.release(reader.snapshot)
            time.sleep(_RETRY)
            reader = None
        with self._lock:
            self._booting -= 1
            closing = self._closing
            if reader is not None and not closing:
                self._idle.append(reader)
                self._hand_out()
        if reader is None:
            self._fill()
        elif closing:
            self._discard(reader)

    def _watch(self) -> None:
        """Look after running queries: stop those past their deadline, set slow ones aside."""
        while not self._closing:
            if not self._busy:
                self._working.wait()
                self._working.clear()
            time.sleep(_TICK)
            now = time.monotonic()
            with self._lock:
                busy = list(self._busy)
                slow = sum(r.slow for r in busy)
            # All are killed before the first is buried, which takes its time.
            stopped = [r for r in busy if now >= r.deadline.end and self._stop(r)]
            for reader in stopped:
                self._discard(reader)
            for reader in busy:
                if reader in stopped:
                    continue
                if not reader.slow and now - reader.started > PATIENCE and slow < self._slow:
                    slow += 1
                    self._set_aside(reader)

    def _stop(self, reader: Reader) -> bool:
        """Kill a reader that is past its deadline; tell whether it was."""
        with self._lock:
            # It may just have finished, and be at another query.
            if reader not in self._busy or reader.deadline.left:
                return False
            self._busy.remove(reader)
        reader.stop_for_deadline()
        return True

    def _set_aside(self, reader: Reader) -> None:
        with self._lock:
            if reader not in self._busy:
                return
            reader.slow = True
        reader.set_priority(LOWEST)
        self._fill()

    # -- snapshots ------------------------------------------------------------------------------

    def _keep(self) -> None:
        """Take snapshots after commits, and when the engine has merged its files."""
        while not self._closing:
            committed = self._changed.wait(_WORN)
            self._changed.clear()
            if self._closing:
                return
            if not committed and not self._snapshots.worn():
                continue
            began = time.monotonic()
            try:
                if not committed or not self._snapshots.is_at(self._store.revision()):
                    self._snapshots.refresh()
            except OutcomeGraphError as error:
                _log.warning("no snapshot can be taken: %s", error)
                with self._lock:
                    self._failing = True
                    self._fresh.notify_all()
                time.sleep(_RETRY)
                self._changed.set()
                continue
            with self._lock:
                self._failing = False
                self._fresh.notify_all()
                self._hand_out()
            self._refreshed.set()
            time.sleep(max(0.0, began + INTERVAL - time.monotonic()))

    def _move(self) -> None:
        """Move idle readers after new snapshots: one that is slow to open it delays no snapshot."""
        while not self._closing:
            self._refreshed.wait()
            self._refreshed.clear()
            self._move_idle()

    def _move_idle(self) -> None:
        """Have idle readers open the newest snapshot, one at a time."""
        while True:
            with self._lock:
                newest = self._snapshots.newest
                stale = [r for r in self._idle if r.snapshot is not newest]
                if not stale or self._closing:
                    return
                reader = stale[0]
                self._idle.remove(reader)
                reader.started, reader.deadline = time.monotonic(), NEVER
                self._busy.add(reader)
            old, reader.snapshot = reader.snapshot, self._snapshots.acquire()
            try:
                reader.open(reader.snapshot)
            except OutcomeGraphError as error:
                _log.warning("a reader process could not move on: %s", error)
                self._discard(reader)
            else:
                self._give_back(reader)
            finally:
                if old is not None:
                    self._snapshots.release(old)

    def pids(self) -> list[int]:
        """Return the process ids of all readers."""
        with self._lock:
            return [r.pid for r in (*self._idle, *self._busy)]

    def wait_for(self, revision: int, seconds: float) -> bool:
        """Wait until there is a snapshot of a revision; tell whether there is."""
        with self._lock:
            self._fresh.wait_for(lambda: self._is_over(revision), seconds)
        return self._snapshots.is_at(revision)

    def _is_over(self, revision: int) -> bool:
        return self._closing or self._failing or self._snapshots.is_at(revision)

    def state(self) -> dict[str, int]:
        """Return how many readers are idle, busy and slow, and how many queries wait for one."""
        with self._lock:
            slow = sum(reader.slow for reader in self._busy)
            busy, waiting = len(self._busy) - slow, len(self._waiting)
            return {"idle": len(self._idle), "busy": busy, "slow": slow, "waiting": waiting}

    def close(self) -> None:
        """Stop all readers; queries that run end with an error."""
        with self._lock:
            if self._closing:
                return
            self._closing = True
            waiting, self._waiting = list(self._waiting), deque()
            self._fresh.notify_all()
        for ticket in waiting:
            ticket.answer(None)
        for event in (self._changed, self._refreshed, self._working):
            event.set()
        for thread in self._threads:
            thread.join()
        while True:
            with self._lock:
                readers, booting = [*self._idle, *self._busy], self._booting
            for reader in readers:
                self._discard(reader)
            if not readers and not booting:
                break
            time.sleep(0.01)
        self._snapshots.close()

    def __enter__(self) -> ReaderPool:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
