"""A reader: a process that answers queries from a frozen copy of the store.

It is started by `outcome_graph.store.reader` with few imports, holds no lock, writes nothing, and
can be killed at any time. It ends when its owner does: a thread waits for the end of standard
input, which works while the engine is busy because the engine lets go of Python's lock.
"""

from __future__ import annotations

import gc
import os
import pickle
import resource
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from typing import BinaryIO

import pyoxigraph

from outcome_graph.errors import OutcomeGraphError, StoreError
from outcome_graph.store.base import QueryRequest
from outcome_graph.store.evaluation import evaluate, translated
from outcome_graph.store.wire import frame, pack_error, read_frame, unpack_request

__all__ = ["end_with_owner", "main"]

#: Bytes that are collected before they are sent.
_SENT_AT_ONCE = 65_536
#: Seconds of a query after which what it freed is given back to the system.
_LONG = 0.2


def main(descriptor: int, memory: int, union: bool) -> None:
    """Answer queries until the owner hangs up.

    Parameters:
        descriptor: the socket to the owner.
        memory: bytes that queries may use; 0 for no limit.
        union: whether the engine's default graph is the union of the others.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_owner, daemon=True).start()
    # If the whole machine runs out of memory, a reader should go before its owner.
    with suppress(OSError), open("/proc/self/oom_score_adj", "w") as file:
        file.write("500")
    # What there is now stays: each move to a new snapshot need not look through it for garbage.
    gc.freeze()
    connection = socket.socket(fileno=descriptor)
    _Reader(connection, memory, union).run()


def end_with_owner() -> None:
    """End this process at the end of its standard input, which comes when its owner ends."""
    with suppress(OSError):
        while os.read(sys.stdin.fileno(), 1):
            pass
    os._exit(0)


class _Reader:
    """One reader and what it has open."""

    def __init__(self, connection: socket.socket, memory: int, union: bool) -> None:
        self.connection = connection
        self.memory, self.union = memory, union
        self.stream: BinaryIO = connection.makefile("rb")
        self.store: pyoxigraph.Store | None = None
        self.path = ""
        self.revision = 0

    def run(self) -> None:
        while True:
            try:
                letter, content = read_frame(self.stream)
            except (EOFError, OSError):
                return
            try:
                if letter == b"O":
                    self.open(*pickle.loads(content))  # noqa: S301 - from our owner
                    self.connection.sendall(frame(b"R"))
                else:
                    self.answer(*unpack_request(content))
            except (BrokenPipeError, ConnectionResetError):
                return

    def open(self, path: str, revision: int) -> None:
        """Open a snapshot in the place of the present one."""
        if path == self.path:
            return
        self.store = None
        gc.collect()
        self.store = pyoxigraph.Store.read_only(path)
        self.path, self.revision = path, revision
        _limit_memory(self.memory)

    def answer(self, path: str, revision: int, request: QueryRequest) -> None:
        """Answer one query."""
        buffer = bytearray()
        began = time.monotonic()
        try:
            for part in self.parts(path, revision, request):
                buffer += part
                if len(buffer) >= _SENT_AT_ONCE:
                    self.connection.sendall(buffer)
                    buffer.clear()
        except (BrokenPipeError, ConnectionResetError):
            raise
        except OutcomeGraphError as error:
            buffer += frame(b"X", pack_error(error))
        except MemoryError as error:
            buffer += frame(b"X", pack_error(translated(error)))
        except BaseException as error:  # a panic of the engine is no Exception
            wrong = StoreError(f"The engine failed on this query: {type(error).__name__}: {error}")
            buffer += frame(b"X", pack_error(wrong))
        if time.monotonic() - began > _LONG:
            # It takes milliseconds: before the end is sent, so that no other query waits for it.
            _give_back_memory()
        self.connection.sendall(buffer)

    def parts(self, path: str, revision: int, request: QueryRequest) -> Iterator[bytes]:
        try:
            self.open(path, revision)
        except OSError as error:
            raise StoreError(f"The snapshot cannot be opened: {error}.") from error
        assert self.store is not None
        with evaluate(self.store, request, self.revision, union=self.union) as answer:
            head = f"{answer.kind} {answer.media_type} {answer.revision}".encode()
            chunks = answer.chunks()
            first = next(chunks, b"")
            second = next(chunks, None) if len(first) < _SENT_AT_ONCE else b""
            if second is None and not answer.truncated:
                yield frame(b"A", head + b"\n" + first)
                return
            yield frame(b"H", head)
            for chunk in chain((first,), (second,) if second else (), chunks):
                yield frame(b"C", chunk)
            yield frame(b"E", (answer.truncated or "").encode())


def _give_back_memory() -> None:
    """Have the C library give back what a query freed: by itself it keeps most of it (glibc)."""
    import ctypes  # only now: a reader has to start fast

    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _limit_memory(memory: int) -> None:
    """Bound the memory for queries beyond what the process needs anyhow (Linux)."""
    if not memory:
        return
    with suppress(OSError, ValueError):
        with open("/proc/self/statm") as file:
            pages = int(file.read().split()[5])
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        used = pages * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_DATA, (used + memory, hard))
