"""A query that waits for a reader."""

from __future__ import annotations

import threading

from outcome_graph.store.reader import Reader

__all__ = ["Ticket"]


class Ticket:
    """A place in the queue of a `ReaderPool`. Answered once, by whoever has a reader for it.

    Parameters:
        min_revision: the query wants to see this revision.
    """

    __slots__ = ("_answered", "min_revision", "reader")

    def __init__(self, min_revision: int) -> None:
        self.min_revision = min_revision
        self.reader: Reader | None = None
        #: A lock costs a third of what an event does.
        self._answered = threading.Lock()
        self._answered.acquire()

    def wait(self, seconds: float) -> bool:
        """Wait for the answer; tell whether there was one."""
        return self._answered.acquire(timeout=seconds)

    def answer(self, reader: Reader | None) -> None:
        """Give it its reader; None when there will be none."""
        self.reader = reader
        self._answered.release()
