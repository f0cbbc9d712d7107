"""Answers that come from reader processes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import cast

from outcome_graph.store.base import AnswerKind
from outcome_graph.store.reader import Reader
from outcome_graph.store.wire import error_from

__all__ = ["PoolAnswer"]

#: What may be left of an answer that is given up for its reader to be kept: seconds and bytes.
_LEFT_SECONDS, _LEFT_BYTES = 0.05, 1_000_000


class PoolAnswer:
    """An answer as it comes from a reader.

    Parameters:
        reader: has been asked, and nobody else uses it.
        give_back: takes the reader when it has finished.
        discard: ends the reader when it has not.

    Raises:
        OutcomeGraphError: the query failed before its answer began.
    """

    kind: AnswerKind
    media_type: str
    revision: int

    def __init__(
        self,
        reader: Reader,
        give_back: Callable[[Reader], None],
        discard: Callable[[Reader], None],
    ) -> None:
        self._reader, self._give_back, self._discard = reader, give_back, discard
        self._truncated: str | None = None
        self._whole: bytes | None = None
        self._state = "open"
        self._lock = threading.Lock()
        letter, content = self._receive()
        if letter == b"X":
            self._finish(keep=True)
            raise error_from(content)
        if letter == b"A":
            self._finish(keep=True)
            content, _, self._whole = content.partition(b"\n")
        kind, self.media_type, revision = content.decode().split(" ")
        self.kind = cast("AnswerKind", kind)
        self.revision = int(revision)

    @property
    def truncated(self) -> str | None:
        """The bound that was hit, in words; known when the chunks are exhausted."""
        return self._truncated

    def chunks(self) -> Iterator[bytes]:
        """Yield the serialised answer piece by piece."""
        if self._whole is not None:
            whole, self._whole = self._whole, None
            yield whole
        while self._state == "open":
            letter, content = self._receive()
            if letter == b"C":
                yield content
            elif letter == b"E":
                self._truncated = content.decode() or None
                self._finish(keep=True)
            else:
                self._finish(keep=True)
                raise error_from(content)

    def _receive(self) -> tuple[bytes, bytes]:
        try:
            return self._reader.receive()
        except BaseException:
            self._finish(keep=False)
            raise

    def _finish(self, *, keep: bool) -> None:
        with self._lock:
            if self._state == "done":
                return
            self._state = "done"
        if keep:
            self._give_back(self._reader)
        elif not self._reader.timed_out:
            # One that passed its deadline is buried by who killed it.
            self._discard(self._reader)

    def close(self) -> None:
        """Give up the rest of the answer, and free the reader."""
        self._whole = None
        if self._state == "open":
            self._finish(keep=self._reader.finishes_within(_LEFT_SECONDS, _LEFT_BYTES))

    def __enter__(self) -> PoolAnswer:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
