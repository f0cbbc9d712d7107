"""Reading a large source in a process of its own, while this one validates and commits.

Order and results are those of `SourceReader.readings`; some readings are made ahead, so that
neither process waits for the other, and no more than some, so that memory does not grow with the
file. What is small is read in this process: another one takes a second to start.
"""

from __future__ import annotations

import json
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast

from outcome_graph.draft import SourceFile
from outcome_graph.errors import SourceError
from outcome_graph.pipeline.prepared import Reading
from outcome_graph.pipeline.reading import SourceReader
from outcome_graph.sources.detect import detect
from outcome_graph.sources.iati.sniff import GZIP
from outcome_graph.store.wire import read_frame

__all__ = ["readings_of"]

#: Formats that hold many records in a file, and the bytes from which a second process is worth it:
#: some thousand records; a workbook is compressed.
WORTH = {"csv": 1_000_000, "iati": 2_000_000, "xlsx": 250_000}
#: How much an activity file grows when it is decompressed, at least.
_GROWTH = 10
#: Where this package is, if what imports it is no path.
_HOME = str(Path(__file__).resolve().parents[2])
#: Frames that are held until they are asked for.
_AHEAD = 12
_BOOT = """
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from outcome_graph.pipeline.reading_process import main
main()
"""


def readings_of(
    reader: SourceReader, source: SourceFile, source_format: str = "auto"
) -> Generator[Reading]:
    """Yield the readings of a source, in its order; see `SourceReader.readings`.

    Closing the iterator ends the other process.

    Raises:
        SourceError: as there; or the other process was ended by somebody.
    """
    if _worth_it(source, source_format):
        # Where no process can be started, this one does all.
        with suppress(OSError):
            return _beside(_ReadingProcess(reader, source, source_format))
    return reader.readings(source, source_format)


def _worth_it(source: SourceFile, source_format: str) -> bool:
    if _processors() < 2:
        return False
    size = len(source.data)
    if source.path:
        with suppress(OSError):
            size = source.path.stat().st_size
    if source.data.startswith(GZIP):
        size *= _GROWTH
    if size < min(WORTH.values()):
        return False
    return size >= WORTH.get(detect(source, source_format), size + 1)


def _processors() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not Linux
        return os.cpu_count() or 1


def _beside(process: _ReadingProcess) -> Generator[Reading]:
    try:
        for packed in process.frames():
            for each in packed:
                yield Reading.unpacked(each, process.source, process.minter)
    finally:
        process.end()


class _ReadingProcess:
    """The owner's end of the process that reads."""

    def __init__(self, reader: SourceReader, source: SourceFile, source_format: str) -> None:
        self.source, self.minter = source, reader.minter
        self._job = pickle.dumps((reader.settings, source, source_format), -1)
        self._frames: queue.Queue[tuple[bytes, bytes]] = queue.Queue(_AHEAD)
        self._ended = threading.Event()
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _BOOT, json.dumps([*sys.path, _HOME])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._thread = threading.Thread(target=self._receive, daemon=True)
        self._thread.start()

    def _receive(self) -> None:
        """Take what the process sends, as long as there is room for it."""
        stream, letter = self._process.stdout, b""
        assert stream is not None
        try:
            self._give_job()
            while letter not in (b"E", b"X"):
                letter, content = read_frame(cast("BinaryIO", stream))
                self._put(letter, content)
        except (EOFError, OSError, ValueError):
            self._put(b"!", b"")

    def _give_job(self) -> None:
        # Not closed: its end tells the process that its owner is gone.
        stream = self._process.stdin
        assert stream is not None
        stream.write(self._job)
        stream.flush()

    def _put(self, letter: bytes, content: bytes) -> None:
        while not self._ended.is_set():
            with suppress(queue.Full):
                self._frames.put((letter, content), timeout=0.2)
                return

    def frames(self) -> Iterator[list[tuple[object, ...]]]:
        """Yield what the process sends.

        Raises:
            OutcomeGraphError: what it says went wrong.
            SourceError: it is gone.
        """
        while True:
            letter, content = self._frames.get()
            if letter == b"E":
                return
            if letter == b"R":
                yield pickle.loads(content)  # noqa: S301 - from a process of ours
            elif letter == b"X":
                raise pickle.loads(content)  # noqa: S301 - from a process of ours
            else:
                raise SourceError(
                    f"{self.source.name} cannot be read further: the process that read it "
                    f"{self._how_it_ended()}. What came before was read; load the file again."
                )

    def _how_it_ended(self) -> str:
        with suppress(subprocess.TimeoutExpired):
            code = self._process.wait(5)
            if code < 0:
                return f"was killed (signal {-code}; the machine may be out of memory)"
            return f"ended early (code {code})"
        return "does not answer"

    def end(self) -> None:
        """End the process, whatever it does."""
        self._ended.set()
        self._process.kill()
        self._process.wait()
        self._thread.join()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
