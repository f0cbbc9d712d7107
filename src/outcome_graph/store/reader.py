"""The owner's end of one reader process."""

from __future__ import annotations

import json
import os
import pickle
import socket
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast

from outcome_graph.errors import (
    OutcomeGraphError,
    QueryError,
    QueryMemoryError,
    StoreError,
)
from outcome_graph.store.base import QueryRequest
from outcome_graph.store.deadlines import NEVER
from outcome_graph.store.snapshots import Snapshot
from outcome_graph.store.wire import frame, pack_request, read_frame

__all__ = ["LOWEST", "Reader", "ReaderLostError"]

#: Started without ``site`` and without the packages' own ``__init__``, which import what only
#: applications need: a reader then needs half the time and memory.
_BOOT = """
import json, sys, types
path, package, store, program, descriptor, memory, union = json.loads(sys.argv[1])
sys.path[:] = path
for name, folder in (("outcome_graph", package), ("outcome_graph.store", store)):
    module = types.ModuleType(name)
    module.__path__ = [folder]
    sys.modules[name] = module
sys.modules["outcome_graph"].store = sys.modules["outcome_graph.store"]
import importlib
importlib.import_module("outcome_graph.store." + program).main(descriptor, memory, union)
"""
#: How glibc gives out memory: many small pieces come and go with each query. With these settings a
#: look-up takes a fifth less of a reader's time.
_ALLOCATOR = {
    "MALLOC_ARENA_MAX": "2",
    "GLIBC_TUNABLES": "glibc.malloc.mxfast=0:glibc.malloc.tcache_count=200",
}
_STORE = Path(__file__).resolve().parent
#: What the standard libraries of Rust and C++ say when they end a process for want of memory.
_OUT_OF_MEMORY = (b"memory allocation of", b"bad_alloc", b"MemoryError", b"out of memory")
_STDERR_TAIL = 4_096
#: A process that has not started and opened its snapshot by then is given up.
_OPENING_SECONDS = 30.0
#: The lowest priority a process can have.
LOWEST = 19
_SIGNALLED_ABORT, _SIGNALLED_CRASH = -6, (-11, -7)


class ReaderLostError(StoreError):
    """A reader died, and not of its query as far as can be seen."""


class Reader:
    """A reader process. Used by one thread at a time, but may be killed from any.

    Parameters:
        memory: bytes that its queries may use.
        union: whether the engine's default graph is the union of the others.

    Raises:
        StoreError: no process can be started.
    """

    #: The module of this package that it runs, and what it is given to do, in words.
    module = "reader_process"
    noun = "query"

    def __init__(self, memory: int, *, union: bool = True) -> None:
        self.memory = memory
        #: What it has open; its snapshot is not removed meanwhile.
        self.snapshot: Snapshot | None = None
        #: When its query began (monotonic time), and when it must be done.
        self.started = 0.0
        self.deadline = NEVER
        #: Whether its query has run for so long that it no longer counts as a reader.
        self.slow = False
        self.timed_out = False
        self._ending = threading.Lock()
        self._said = b""
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the reader
        ours, theirs = socket.socketpair()
        package = [sys.path, str(_STORE.parent), str(_STORE), self.module]
        arguments = [*package, theirs.fileno(), memory, union]
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", _BOOT, json.dumps(arguments)],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=self._stderr,
                pass_fds=[theirs.fileno()],
                env={**os.environ, **_ALLOCATOR},
            )
        except OSError as error:
            ours.close()
            self._stderr.close()
            raise StoreError(f"No reader process can be started: {error}.") from error
        finally:
            theirs.close()
        self._socket = ours
        self._stream = cast("BinaryIO", ours.makefile("rb", buffering=65_536))

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    # -- talking --------------------------------------------------------------------------------

    def open(self, snapshot: Snapshot) -> None:
        """Have it open a snapshot, and wait until it has.

        Raises:
            OutcomeGraphError: it could not, or is dead.
        """
        self._socket.settimeout(_OPENING_SECONDS)
        self._send(b"O", pickle.dumps((str(snapshot.path), snapshot.revision)))
        letter, _ = self.receive()
        self._socket.settimeout(None)
        if letter != b"R":
            raise StoreError("A reader process does not answer as it should.")

    def ask(self, snapshot: Snapshot, request: QueryRequest) -> None:
        """Send it a query, to be answered from a snapshot."""
        self._send(b"Q", pack_request(str(snapshot.path), snapshot.revision, request))

    def _send(self, letter: bytes, content: bytes) -> None:
        try:
            self._socket.sendall(frame(letter, content))
        except OSError as error:
            raise self.cause_of_death() from error

    def receive(self) -> tuple[bytes, bytes]:
        """Wait for a frame.

        Raises:
            OutcomeGraphError: why it died instead.
        """
        try:
            return read_frame(self._stream)
        except (EOFError, OSError, ValueError) as error:
            raise self.cause_of_death() from error

    def finishes_within(self, seconds: float, most: int) -> bool:
        """Read away the rest of an answer; tell whether it ended within bounds."""
        self._socket.settimeout(seconds)
        try:
            read = 0
            while read < most:
                letter, content = read_frame(self._stream)
                if letter in (b"E", b"X"):
                    self._socket.settimeout(None)
                    return True
                read += len(content)
        except (EOFError, OSError, ValueError):
            pass
        return False

    # -- life and death -------------------------------------------------------------------------

    def is_alive(self) -> bool:
        """Tell whether the process is there."""
        return self._process.poll() is None

    def set_priority(self, nice: int) -> bool:
        """Set its priority (0 normal, 19 lowest); tell whether that is permitted.

        With the lowest it also gives way at once to whatever else wants to run, where the system
        knows how (Linux).
        """
        try:
            if hasattr(os, "SCHED_IDLE"):
                policy = os.SCHED_IDLE if nice >= LOWEST else os.SCHED_OTHER
                os.sched_setscheduler(self.pid, policy, os.sched_param(0))
            os.setpriority(os.PRIO_PROCESS, self.pid, nice)
        except OSError:
            return False
        return True

    def stop_for_deadline(self) -> None:
        """Kill it because its query has passed its deadline."""
        self.timed_out = True
        self._process.kill()
        # Who waits for its answer is told now: the system may take seconds to free a large process.
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def cause_of_death(self) -> OutcomeGraphError:
        """Return, as an error for the one whose query it was, why it died."""
        if self.timed_out:
            return self.deadline.expired()
        code = self.end()
        said = self._said
        if any(words in said for words in _OUT_OF_MEMORY) or code == _SIGNALLED_ABORT:
            return QueryMemoryError(
                f"The {self.noun} needs more than the {self.memory // 1_000_000:,} MB of memory "
                "that one may use, and was stopped. Ask for less: sort, group or join less at once."
            )
        if code in _SIGNALLED_CRASH:
            return QueryError(
                f"The {self.noun} is nested too deeply, or too long, for the engine. "
                "Write it flatter."
            )
        return ReaderLostError(
            f"The reader process ended unexpectedly (code {code}): it was killed from outside, "
            "or the machine has no memory left. Try again."
        )

    def end(self) -> int | None:
        """Kill it if it lives, take its last words, and return its exit code."""
        with self._ending:
            if self._process.returncode is None:
                with suppress(subprocess.TimeoutExpired):
                    # What is dying by itself gets the time to say why.
                    self._process.wait(0.2 if self._socket.fileno() >= 0 and self._hung_up() else 0)
                if self._process.returncode is None:
                    self._process.kill()
                self._process.wait()
            if not self._stderr.closed:
                size = self._stderr.seek(0, os.SEEK_END)
                self._stderr.seek(max(0, size - _STDERR_TAIL))
                self._said = self._stderr.read()
                self._stderr.close()
                assert self._process.stdin is not None
                self._process.stdin.close()
                self._stream.close()
                self._socket.close()
            return self._process.returncode

    def _hung_up(self) -> bool:
        """Tell whether the process has closed its end."""
        with suppress(OSError):
            return self._socket.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
        return False
