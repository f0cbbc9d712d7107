"""Running the service under granian.

granian's main process supervises; one worker process owns the store and answers with many
threads. The store is opened in the worker, never here, because an open store does not survive a
fork. The two talk over a pipe: the worker says that it is ready, or why it cannot be; and when
the supervisor vanishes, the worker sees the pipe close and ends too, so that the store is freed.
"""

from __future__ import annotations

import errno
import logging
import os
import pickle
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from multiprocessing.util import Finalize
from typing import TYPE_CHECKING

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from outcome_graph.errors import OutcomeGraphError, StoreError, UsageError
from outcome_graph.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

__all__ = ["serve"]

_log = logging.getLogger("outcome_graph.service")

_HOUSEKEEPING_THREADS = 8
_STOP_SECONDS = 15
_READY_TRIES, _READY_PAUSE, _READY_ANSWER = 500, 0.02, 10


def serve(
    settings: Settings,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    read_only: bool = False,
    announce: Callable[[str], None] = print,
) -> None:
    """Serve a store until the process is told to stop (SIGINT, SIGTERM).

    Parameters:
        settings: which store, and every bound.
        host: address to listen on.
        port: 0 for any free port.
        read_only: open the store for reading only.
        announce: is given a line for the user when the service answers.

    Raises:
        UsageError: the address cannot be listened on.
        StoreError: the store cannot be opened.
    """
    port = _free_port(host, port)
    ours, workers = Pipe()
    # Every query that waits for a reader holds a thread; health checks must get one all the same.
    threads = settings.readers + settings.queue + _HOUSEKEEPING_THREADS
    server = Granian(
        "outcome_graph.service",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=threads,
        backpressure=threads * 2,
        websockets=False,
        log_level=LogLevels.critical,
        workers_kill_timeout=_STOP_SECONDS,
    )
    failure: list[OutcomeGraphError] = []
    listener = threading.Thread(
        target=_listen,
        args=(ours, failure, lambda: announce(f"Serving on {_url(host, port)}")),
        daemon=True,
    )
    listener.start()
    loader = partial(_load, settings, (host, port), read_only, workers, ours)
    try:
        server.serve(target_loader=loader, wrap_loader=False)
    except SystemExit as stop:
        listener.join(timeout=1)
        if failure:
            raise failure[0] from None
        if stop.code:
            raise StoreError("The service's worker process ended unexpectedly.") from stop


def _url(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _free_port(host: str, port: int) -> int:
    """Check that an address can be listened on, and choose a port for 0.

    granian shares ports (SO_REUSEPORT): a second server on the same one would silently take half
    of the requests.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            chosen: int = probe.getsockname()[1]
            return chosen
    except OSError as error:
        why = {
            errno.EADDRINUSE: "the port is in use; choose another with --port",
            errno.EACCES: "this user may not use the port; choose one above 1023 with --port",
        }.get(error.errno or 0, error.strerror or str(error))
        raise UsageError(f"Cannot listen on {host}, port {port}: {why}.") from error


def _listen(pipe: Connection, failure: list[OutcomeGraphError], ready: Callable[[], None]) -> None:
    """Wait for the worker's word (in a thread of the supervisor)."""
    with suppress(EOFError, OSError):
        error = pipe.recv()
        if error is None:
            ready()
        else:
            failure.append(error)


def _load(
    settings: Settings,
    address: tuple[str, int],
    read_only: bool,
    pipe: Connection,
    supervisors: Connection,
) -> WSGIApplication:
    """Open the store and make the application (in the worker)."""
    from outcome_graph.pipeline import OutcomeGraph
    from outcome_graph.service.app import create_app

    # A forked worker has a copy of the supervisor's end; only without it can it see that end close.
    supervisors.close()
    # granian handles signals once it serves, which is a moment after the address answers: told to
    # stop in between, the worker must still close the store.
    signal.signal(signal.SIGTERM, _end_in_good_order)
    try:
        graph = OutcomeGraph.open(settings=settings, read_only=read_only, cooperate=False)
        # Runs when the worker ends in good order, after the last request.
        Finalize(None, graph.close, exitpriority=10)
        graph.start_readers(_url(*address))
        if told := graph.outdated():
            _log.warning(told)
    except OutcomeGraphError as error:
        pipe.send(error if _plain(error) else StoreError(error.message))
        sys.exit(error.exit_code)
    app = create_app(graph)
    threading.Thread(target=_end_with, args=(pipe,), daemon=True).start()
    threading.Thread(target=_tell, args=(pipe, address), daemon=True).start()
    return app


def _end_in_good_order(*_: object) -> None:
    sys.exit(0)


def _plain(error: OutcomeGraphError) -> bool:
    """Tell whether an error survives pickling, which makes it again from its message alone."""
    try:
        return type(pickle.loads(pickle.dumps(error))) is type(error)  # noqa: S301 - our own
    except (TypeError, pickle.PickleError):
        return False


def _tell(pipe: Connection, address: tuple[str, int]) -> None:
    """Tell the supervisor as soon as the address answers.

    That it can be connected to is not enough: the system takes connections before granian does,
    and in between granian loses a signal to stop. What is sent is no request and never reaches the
    application, but granian ends the connection over it.
    """
    for _ in range(_READY_TRIES):
        try:
            with socket.create_connection(address, timeout=_READY_ANSWER) as connection:
                connection.sendall(b"?\r\n\r\n")
                connection.recv(1)
        except OSError:
            time.sleep(_READY_PAUSE)
        else:
            pipe.send(None)
            return


def _end_with(pipe: Connection) -> None:
    """End this process when the supervisor's end of the pipe closes."""
    with suppress(EOFError, OSError):
        pipe.recv()
    os.kill(os.getpid(), signal.SIGTERM)
