"""Answering from several graphs that are merged here.

For engines that count a triple once for each graph it is in: the graphs are copied to a store of
their own, which a process that can be stopped answers from.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph

from outcome_graph.errors import StoreBusyError, TooLargeError
from outcome_graph.rdf import Quad
from outcome_graph.store.answers import PoolAnswer
from outcome_graph.store.base import Answer, QueryRequest
from outcome_graph.store.deadlines import Deadline
from outcome_graph.store.reader import Reader
from outcome_graph.store.remote_bounds import RemoteBounds
from outcome_graph.store.snapshots import Snapshot

__all__ = ["answer_merged"]

#: Such queries that may run at the same time.
_AT_ONCE = 4
_places = threading.BoundedSemaphore(_AT_ONCE)


class _Copy:
    """A store on the disk with its own reader; both end together, once."""

    def __init__(self, memory: int) -> None:
        if not _places.acquire(blocking=False):
            raise StoreBusyError(
                f"{_AT_ONCE} queries of several graphs are being answered already. Try again in a "
                "moment.",
                retry_after=1,
            )
        self._ending = threading.Lock()
        self._ended = False
        self._timer: threading.Timer | None = None
        self.reader: Reader | None = None
        self.path = Path(tempfile.mkdtemp(prefix="outcome-graph-merged-"))
        try:
            self.reader = Reader(memory, union=False)
        except BaseException:
            self.end()
            raise

    def stop_at(self, deadline: Deadline) -> None:
        assert self.reader is not None
        self.reader.deadline = deadline
        self._timer = threading.Timer(deadline.left, self._expire)
        self._timer.daemon = True
        self._timer.start()

    def _expire(self) -> None:
        assert self.reader is not None
        self.reader.stop_for_deadline()
        self.end()

    def end(self, _: Reader | None = None) -> None:
        with self._ending:
            if self._ended:
                return
            self._ended = True
        if self._timer is not None:
            self._timer.cancel()
        if self.reader is not None:
            self.reader.end()
        shutil.rmtree(self.path, ignore_errors=True)
        _places.release()


def answer_merged(
    quads: Iterable[Quad],
    request: QueryRequest,
    revision: int,
    deadline: Deadline | None,
    bounds: RemoteBounds,
) -> Answer:
    """Answer a query from a copy of some graphs.

    Parameters:
        quads: all that the graphs of its dataset hold; read piece by piece, up to a bound.
        request: the query, which has been checked.
        revision: what the copies are of.
        deadline: when it must be done; None for no end.
        bounds: how much may be copied, and the memory that the query may use.

    Raises:
        TooLargeError: the graphs hold more than may be copied.
        OutcomeGraphError: the query failed before its answer began.
    """
    copy = _Copy(bounds.updates.memory)
    try:
        assert copy.reader is not None
        store = pyoxigraph.Store(str(copy.path / "store"))
        store.bulk_extend(_at_most(quads, bounds.copy_quads))
        store.flush()
        del store
        if deadline is not None:
            copy.stop_at(deadline)
        copy.reader.ask(Snapshot(copy.path / "store", revision), request)
        return PoolAnswer(copy.reader, copy.end, copy.end)
    except BaseException:
        copy.end()
        raise


def _at_most(quads: Iterable[Quad], limit: int) -> Iterator[Quad]:
    for number, quad in enumerate(quads):
        if number == limit:
            raise TooLargeError(
                f"The graphs that this query names hold more than the {limit:,} statements that "
                "may be copied. Name fewer, or none, or raise OUTCOME_GRAPH_MAX_COPY_QUADS."
            )
        yield quad
