"""A process that reads a large source for a load: links its records and makes their statements.

Started by `outcome_graph.pipeline.reading_beside`. It gets one job and answers with frames: ``R``,
some readings; ``E``, all were sent; ``X``, what went wrong after those that were sent. It writes
nothing, and ends when its owner does.
"""

from __future__ import annotations

import pickle
import signal
import sys
import threading
from itertools import islice
from typing import BinaryIO

from outcome_graph.draft import SourceFile
from outcome_graph.errors import OutcomeGraphError
from outcome_graph.pipeline.collecting import collected_rarely
from outcome_graph.pipeline.reading import SourceReader
from outcome_graph.settings import Settings
from outcome_graph.store.reader_process import end_with_owner
from outcome_graph.store.wire import frame

__all__ = ["SENT_AT_ONCE", "main"]

#: Readings in a frame.
SENT_AT_ONCE = 50


def main() -> None:
    """Do one job: standard input has it, standard output takes the readings."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    out = sys.stdout.buffer
    # What prints must not get between the frames.
    sys.stdout = sys.stderr
    settings, source, source_format = pickle.load(sys.stdin.buffer)  # noqa: S301 - from our owner
    threading.Thread(target=end_with_owner, daemon=True).start()
    try:
        with collected_rarely():
            _send(out, settings, source, source_format)
    except BrokenPipeError:
        return


def _send(out: BinaryIO, settings: Settings, source: SourceFile, source_format: str) -> None:
    try:
        reader = SourceReader(settings)
        readings = reader.readings(source, source_format)
        done = False
        while not done:
            some, wrong = [], None
            try:
                for reading in islice(readings, SENT_AT_ONCE):
                    some.append(reading.packed(source))
            except OutcomeGraphError as error:
                wrong = error
            out.write(frame(b"R", pickle.dumps(some, -1)))
            if wrong is not None:
                out.write(frame(b"X", pickle.dumps(wrong, -1)))
            done = wrong is not None or len(some) < SENT_AT_ONCE
        if wrong is None:
            out.write(frame(b"E"))
    finally:
        out.flush()
