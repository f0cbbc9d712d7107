"""Real SPARQL engines for tests, started on free ports: Oxigraph's server and Apache Jena Fuseki.

A dataset of its own for each test would mean a process for each test. One process serves a whole
session instead, and `Engine.clear` empties it.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import urllib3

#: The release that .ci/fuseki fetches.
FUSEKI_JAR = "jena-fuseki-server-5.6.0.jar"
_START_SECONDS = 60


@dataclass
class Engine:
    """A running engine; ``query`` and the others are its addresses."""

    process: subprocess.Popen[bytes]
    query: str
    update: str
    graphs: str

    def clear(self) -> None:
        """Empty it, as its operator would."""
        answer = urllib3.request(
            "POST",
            self.update,
            body=b"DROP ALL",
            headers={"Content-Type": "application/sparql-update"},
            timeout=30,
        )
        assert answer.status in (200, 204), answer.data

    def kill(self) -> None:
        """End it without warning."""
        self.process.kill()
        self.process.wait()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _running(
    command: Sequence[str], query: str, update: str, graphs: str, folder: Path, ready: int = 200
) -> Iterator[Engine]:
    log = folder / "engine.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=subprocess.STDOUT)
    try:
        _wait(process, query, log, ready)
        yield Engine(process, query, update, graphs)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(process: subprocess.Popen[bytes], query: str, log: Path, ready: int) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            answer = urllib3.request(
                "POST",
                query,
                body=b"ASK {}",
                headers={"Content-Type": "application/sparql-query"},
                retries=False,
                timeout=10,
            )
            if answer.status == ready:
                return
        except urllib3.exceptions.HTTPError:
            pass
        time.sleep(0.05)
    raise AssertionError(f"{process.args} did not start:\n{log.read_text()}")


@contextmanager
def oxigraph_server(
    folder: Path, *options: str, port: int | None = None, location: Path | None = None
) -> Iterator[Engine]:
    """Run ``oxigraph serve``, in memory unless a location is given."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which(
        "oxigraph"
    )
    if program is None:
        pytest.skip("needs Oxigraph's server: pip install oxigraph")
    port = port or free_port()
    folder.mkdir(parents=True, exist_ok=True)
    root = f"http://127.0.0.1:{port}"
    kept = ["--location", str(location)] if location else []
    command = [program, "serve", "--bind", f"127.0.0.1:{port}", *kept, *options]
    with _running(command, f"{root}/query", f"{root}/update", f"{root}/store", folder) as engine:
        yield engine


def fuseki_jar() -> Path:
    """Return Fuseki's jar, or skip the test: fetch it with .ci/fuseki."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    place = os.environ.get("OUTCOME_GRAPH_TEST_FUSEKI")
    jar = Path(place) if place else Path(cache) / "outcome-graph" / FUSEKI_JAR
    if shutil.which("java") is None:
        pytest.skip("needs Java 17 or newer for Apache Jena Fuseki")
    if not jar.is_file():
        pytest.skip(f"needs Apache Jena Fuseki at {jar}: run .ci/fuseki")
    return jar


@contextmanager
def fuseki_server(folder: Path, *options: str, needs_login: bool = False) -> Iterator[Engine]:
    """Run Fuseki with one dataset in memory, ``/ds``, or as the options say."""
    jar = fuseki_jar()
    port = free_port()
    folder.mkdir(parents=True, exist_ok=True)
    root = f"http://127.0.0.1:{port}/ds"
    command = ["java", "-Xmx700m", "-XX:+UseSerialGC", "-jar", str(jar), "--localhost"]
    command += ["--port", str(port), *(options or ("--mem", "--update", "/ds"))]
    urls = (f"{root}/query", f"{root}/update", f"{root}/data")
    with _running(command, *urls, folder, ready=401 if needs_login else 200) as engine:
        yield engine


class Troubles:
    """A gateway before a real engine that can be told to make trouble, as networks do.

    ``mode``: "pass"; "lose" forwards a request and drops the connection instead of the answer;
    "refuse" drops the connection before anything is forwarded; "error" answers 500; "page" answers
    with an HTML page; "stall" answers nothing for a long while. It holds for so many requests
    whose path ends with ``only``, and then it is "pass" again.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.mode, self.only, self.left = "pass", "", 0
        self.seen: list[tuple[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self._over = threading.Event()
        trouble = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                trouble.handle(self)

            def do_POST(self) -> None:
                trouble.handle(self)

            def log_message(self, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        self.root = f"http://127.0.0.1:{self._server.server_port}"

    def make(self, mode: str, only: str = "", times: int = 1) -> None:
        """Make trouble from now on."""
        self.mode, self.only, self.left = mode, only, times
        self.seen.clear()

    def handle(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        path = request.path.split("?")[0]
        mode = "pass"
        if self.left and path.endswith(self.only):
            self.left -= 1
            mode = self.mode
        self.seen.append((mode, path))
        self.headers.append(dict(request.headers))
        if mode in ("refuse", "stall"):
            if mode == "stall":
                self._over.wait(20)
            request.close_connection = True
            return
        if mode in ("error", "page"):
            text = b"out of order" if mode == "error" else b"<!doctype html><title>Hello</title>"
            kind = "text/plain" if mode == "error" else "text/html"
            self._answer(request, 500 if mode == "error" else 200, kind, text)
            return
        kept = {k: v for k, v in request.headers.items() if k.lower() not in ("host", "connection")}
        place = self.engine.query.removesuffix("/query") + request.path
        answer = urllib3.request(request.command, place, body=body, headers=kept, timeout=60)
        if mode == "lose":
            request.close_connection = True
            return
        self._answer(
            request, answer.status, answer.headers.get("Content-Type", "text/plain"), answer.data
        )

    @staticmethod
    def _answer(request: BaseHTTPRequestHandler, status: int, kind: str, data: bytes) -> None:
        request.send_response(status)
        request.send_header("Content-Type", kind)
        if status != 204:
            request.send_header("Content-Length", str(len(data)))
        request.end_headers()
        if status != 204:
            request.wfile.write(data)

    def close(self) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)
