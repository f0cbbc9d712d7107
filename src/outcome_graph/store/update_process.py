"""A process that works out what an update changes, and can be killed while it does.

Started by `outcome_graph.store.update_runs` the way readers are (`outcome_graph.store.reader`). It
gets jobs (letter ``U``: pickled `UpdateJob`), and answers each with ``P`` (the patch: see
`outcome_graph.store.patch.patch_lines`) or with ``X``, an error. It writes to nothing but the copy
it is given.
"""

from __future__ import annotations

import gc
import pickle
import signal
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO

import pyoxigraph

from outcome_graph.errors import OutcomeGraphError, QueryMemoryError, StoreError
from outcome_graph.rdf import RdfFormat, parse
from outcome_graph.store.base import UpdateRequest
from outcome_graph.store.dataset import DatasetLayout
from outcome_graph.store.patch import Patch, patch_lines
from outcome_graph.store.reader_process import _limit_memory, end_with_owner
from outcome_graph.store.updating import plan_update, run_on_copy, run_update
from outcome_graph.store.wire import frame, pack_error, read_frame

__all__ = ["UpdateJob", "main"]


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateJob:
    """What is to be worked out.

    Parameters:
        request, service_allowed: see `outcome_graph.store.updating.run_update`.
        before, copy: two frozen copies of the store, the second of which is written to.
        quads: instead of them, what the engine holds, as N-Quads. With neither the update is only
            looked at for mistakes.
    """

    request: UpdateRequest
    service_allowed: frozenset[str]
    before: str | None = None
    copy: str | None = None
    quads: bytes | None = None


def main(descriptor: int, memory: int, union: bool) -> None:
    """Do jobs until the owner hangs up.

    Parameters:
        descriptor: the socket to the owner.
        memory: bytes that a job may use; 0 for no limit.
        union: whether the engine's default graph is the union of the others.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_owner, daemon=True).start()
    with suppress(OSError), open("/proc/self/oom_score_adj", "w") as file:
        file.write("500")
    connection = socket.socket(fileno=descriptor)
    stream: BinaryIO = connection.makefile("rb")
    layout = DatasetLayout(union=union)
    while True:
        try:
            _, content = read_frame(stream)
            job: UpdateJob = pickle.loads(content)  # noqa: S301 - from our owner
            connection.sendall(_answer(job, layout, memory))
        except (EOFError, OSError):
            return


def _answer(job: UpdateJob, layout: DatasetLayout, memory: int) -> bytes:
    try:
        patch = _patch_of(job, layout, memory)
        return frame(b"P", patch_lines(patch))
    except OutcomeGraphError as error:
        return frame(b"X", pack_error(error))
    except MemoryError:
        wrong = QueryMemoryError("The update needs more memory than it may use.")
        return frame(b"X", pack_error(wrong))
    except OSError as error:
        failed = StoreError(f"The update cannot be worked out: {error}. Nothing was changed.")
        return frame(b"X", pack_error(failed))
    except BaseException as error:  # a panic of the engine is no Exception
        panic = StoreError(f"The engine failed on this update: {type(error).__name__}: {error}")
        return frame(b"X", pack_error(panic))
    finally:
        # The engine lets go of its files with the last reference.
        gc.collect()


def _patch_of(job: UpdateJob, layout: DatasetLayout, memory: int) -> Patch:
    if job.quads is not None:
        held = pyoxigraph.Store()
        # The engine's own loading would give blank nodes other labels.
        held.bulk_extend(parse(job.quads, format=RdfFormat.N_QUADS))
        _limit_memory(memory)
        return run_update(held, layout, None, job.request, job.service_allowed)
    if job.before is None or job.copy is None:
        _limit_memory(memory)
        plan_update(job.request, job.service_allowed, union=layout.union)
        return Patch()
    before = pyoxigraph.Store.read_only(job.before)
    copy = pyoxigraph.Store(job.copy)
    # What the engine needs to open its files does not count.
    _limit_memory(memory)
    return run_on_copy(before, copy, layout, job.request, job.service_allowed)
