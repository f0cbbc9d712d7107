"""A load generator: keep-alive connections over raw sockets, several processes.

It does no more than send prepared bytes and find the end of each answer, so that it is not what is
measured: against a server that answers at once it reaches several times what any peer does
(``outcome-graph bench serve`` prints that figure as "client alone").
"""

from __future__ import annotations

import multiprocessing
import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

__all__ = ["Load", "ask_each", "get_request", "run_load"]


@dataclass
class Load:
    """What a load measured.

    Parameters:
        seconds: how long it ran.
        latencies: seconds of each answer.
        failures: answers that were no 200.
    """

    seconds: float
    latencies: list[float] = field(default_factory=list)
    failures: int = 0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def quantile(self, share: float) -> float:
        """Return the latency in seconds that this share of answers stayed within."""
        if not self.latencies:
            return float("nan")
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def get_request(path: str, port: int, accept: str) -> bytes:
    """Return the bytes of a GET request."""
    lines = (
        f"GET {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        f"Accept: {accept}",
        "Accept-Encoding: identity",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


class _Connection:
    """One keep-alive connection: sends the next request once an answer is complete."""

    def __init__(self, port: int, requests: Sequence[bytes], first: int, step: int) -> None:
        self.port, self.requests = port, requests
        self.next, self.step = first, step
        self.connect()

    def connect(self) -> None:
        self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self) -> None:
        request = self.requests[self.next % len(self.requests)]
        self.next += self.step
        self.buffer = bytearray()
        self.wanted: int | None = None
        self.chunked = False
        self.started = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> bool:
        """Take what has come; tell whether the answer is complete."""
        data = self.socket.recv(262_144)
        # A server that sends head and body apart would wait 40 ms for a delayed acknowledgement.
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        if not data:
            raise ConnectionError("closed")
        self.buffer += data
        if self.wanted is None and not self.chunked:
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return False
            head = bytes(self.buffer[:end]).lower()
            self.chunked = b"transfer-encoding: chunked" in head
            if not self.chunked:
                _, _, rest = head.partition(b"content-length:")
                self.wanted = end + 4 + int(rest.split(b"\r\n")[0] or b"0")
        if self.chunked:
            return self.buffer.endswith(b"0\r\n\r\n")
        return self.wanted is not None and len(self.buffer) >= self.wanted

    @property
    def failed(self) -> bool:
        return not self.buffer.startswith(b"HTTP/1.1 200")


def _drive(
    port: int, requests: Sequence[bytes], clients: int, part: tuple[int, int], seconds: float
) -> Load:
    """Keep some connections busy from one thread for so many seconds."""
    number, parts = part
    selector = selectors.DefaultSelector()
    for client in range(clients):
        first = number * clients + client
        connection = _Connection(port, requests, first, parts * clients)
        connection.send()
        selector.register(connection.socket, selectors.EVENT_READ, connection)
    load = Load(0.0)
    start = time.perf_counter()
    end = start + seconds
    while (now := time.perf_counter()) < end:
        for key, _ in selector.select(timeout=max(0.0, end - now)):
            connection = key.data
            try:
                if not connection.receive():
                    continue
                load.latencies.append(time.perf_counter() - connection.started)
                load.failures += connection.failed
            except ConnectionError:
                load.failures += 1
                selector.unregister(connection.socket)
                connection.connect()
                selector.register(connection.socket, selectors.EVENT_READ, connection)
            connection.send()
    load.seconds = time.perf_counter() - start
    for key in list(selector.get_map().values()):
        key.data.socket.close()
    return load


def ask_each(port: int, requests: Sequence[bytes]) -> None:
    """Send each request once, and wait for its answer: slow ones are then in a server's cache."""
    connection = _Connection(port, requests, 0, 1)
    for _ in requests:
        connection.send()
        while not connection.receive():
            pass
    connection.socket.close()


def run_load(
    port: int, requests: Sequence[bytes], *, clients: int = 8, seconds: float = 5.0
) -> Load:
    """Send requests over so many connections at once and return what was measured.

    Parameters:
        port: where the server listens on 127.0.0.1.
        requests: prepared requests; the connections take turns in going through them.
        clients: connections.
        seconds: how long.
    """
    processes = min(2, clients)
    shares = [clients // processes + (i < clients % processes) for i in range(processes)]
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        jobs = [
            pool.apply_async(_drive, (port, requests, share, (number, processes), seconds))
            for number, share in enumerate(shares)
        ]
        loads = [job.get(timeout=seconds + 120) for job in jobs]
    whole = Load(max(load.seconds for load in loads))
    for load in loads:
        whole.latencies += load.latencies
        whole.failures += load.failures
    return whole
