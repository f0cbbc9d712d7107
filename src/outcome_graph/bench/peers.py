"""Servers that are measured: ours and those peers that are installed, each on the same file."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from outcome_graph.errors import StoreError, UsageError

__all__ = ["PEERS", "Server", "running"]

PEERS = ("ours", "oxigraph", "fuseki", "rdflib-endpoint")
#: Some servers go on with a query whose client has left: so long they may.
_SETTLE_SECONDS = 90
_JAR = "jena-fuseki-server-5.6.0.jar"


@dataclass
class Server:
    """A running server: its SPARQL endpoint's port and path, and its process."""

    name: str
    port: int
    path: str
    process: subprocess.Popen[bytes]
    load_seconds: float

    def settle(self) -> None:
        """Wait until it has finished what clients who left had asked for."""
        end = time.monotonic() + _SETTLE_SECONDS
        before = self._processor()
        while time.monotonic() < end:
            time.sleep(0.3)
            now = self._processor()
            if now - before < 0.03:
                return
            before = now

    def _processor(self) -> float:
        """Return the processor seconds of the process and its children."""
        ticks = 0
        for pid in _family(self.process.pid):
            try:
                fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
            except OSError:
                continue
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def memory(self) -> tuple[int, int]:
        """Return bytes of the process and its children: anonymous (its own), and all resident."""
        own = resident = 0
        for pid in _family(self.process.pid):
            try:
                rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
            except OSError:
                continue
            facts = {line.split(":")[0]: line for line in rollup.splitlines() if "kB" in line}
            own += int(facts["Pss_Anon"].split()[1]) * 1024 if "Pss_Anon" in facts else 0
            resident += int(facts["Pss"].split()[1]) * 1024 if "Pss" in facts else 0
        return own, resident


def _family(pid: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
    except OSError:
        return [pid]
    return [pid, *(p for child in text.split() for p in _family(int(child)))]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _program(name: str) -> str | None:
    return shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)


def _fuseki_jar() -> Path | None:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    jar = cache / "outcome-graph" / _JAR
    return jar if jar.is_file() and shutil.which("java") else None


@contextmanager
def running(name: str, data: Path, folder: Path) -> Iterator[Server | None]:
    """Run a server on a file of N-Quads; None when it is not installed.

    Parameters:
        name: one of `PEERS`.
        data: the dataset; queries see the union of its graphs.
        folder: where it may write.

    Raises:
        UsageError: there is no such peer.
        StoreError: it is there but does not start.
    """
    if name not in PEERS:
        raise UsageError(f"There is no peer {name!r}; there are {', '.join(PEERS)}.")
    folder.mkdir(parents=True, exist_ok=True)
    start = time.perf_counter()
    port = _free_port()
    command = {
        "ours": _ours, "oxigraph": _oxigraph, "fuseki": _fuseki, "rdflib-endpoint": _rdflib
    }[name](data, folder, port)  # fmt: skip
    if command is None:
        yield None
        return
    arguments, path = command
    loaded = time.perf_counter() - start
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(arguments, stdout=log, stderr=subprocess.STDOUT, cwd=folder)
    try:
        _wait(process, port, path, folder / f"{name}.log")
        yield Server(name, port, path, process, loaded)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _run(*arguments: str) -> None:
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    if done.returncode:
        raise StoreError(f"{arguments[0]} failed: {(done.stderr or done.stdout)[-500:]}")


def _ours(data: Path, folder: Path, port: int) -> tuple[list[str], str]:
    program = [sys.executable, "-m", "outcome_graph", "--store", str(folder / "ours")]
    from outcome_graph.pipeline import OutcomeGraph

    with OutcomeGraph.open(folder / "ours") as graph:
        graph.store.bulk_load(data, "application/n-quads", reason="benchmark", agent="bench")
    return [*program, "serve", "--port", str(port)], "/sparql"


def _oxigraph(data: Path, folder: Path, port: int) -> tuple[list[str], str] | None:
    program = _program("oxigraph")
    if program is None:
        return None
    place = str(folder / "oxigraph")
    _run(program, "load", "--location", place, "--file", str(data), "--format", "nq")
    # Advised for a server that only reads; ours does it at the end of a bulk load.
    _run(program, "optimize", "--location", place)
    serve = [program, "serve-read-only", "--location", place, "--bind", f"127.0.0.1:{port}"]
    return [*serve, "--union-default-graph"], "/query"


def _fuseki(data: Path, folder: Path, port: int) -> tuple[list[str], str] | None:
    jar = _fuseki_jar()
    if jar is None:
        return None
    place = folder / "fuseki"
    place.mkdir(exist_ok=True)
    _run("java", "-Xmx2g", "-cp", str(jar), "tdb2.tdbloader", "--loc", str(place), str(data))
    serve = ["java", "-Xmx2g", "-jar", str(jar), "--localhost", "--port", str(port)]
    union = ["--set", "tdb2:unionDefaultGraph=true"]
    return [*serve, *union, "--tdb2", "--loc", str(place), "/ds"], "/ds/query"


def _rdflib(data: Path, folder: Path, port: int) -> tuple[list[str], str] | None:
    program = _program("rdflib-endpoint")
    if program is None:
        return None
    return [program, "serve", "--port", str(port), str(data)], "/"


def _wait(process: subprocess.Popen[bytes], port: int, path: str, log: Path) -> None:
    end = time.monotonic() + 600
    url = f"http://127.0.0.1:{port}{path}?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D"
    request = urllib.request.Request(url, headers={"Accept": "application/sparql-results+json"})
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - our own
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise StoreError(f"{process.args!s} did not start: {log.read_text('utf-8', 'replace')[-800:]}")
