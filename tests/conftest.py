"""Fixtures that every test may use: the seed page, the command line, a running server."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from support.engines import Engine, fuseki_server
from support.stores import fresh, seeded

ROOT = Path(__file__).parents[1]
SEED = ROOT / "data" / "outcomes" / "LAO226-2020-21-8.1.1.txt"
SHARED = Path(os.environ.get("OUTCOME_GRAPH_SHARED", ROOT.parent / "shared"))
PROGRAM = [sys.executable, "-m", "outcome_graph"]

Cli = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def seed() -> Path:
    """The seed result page."""
    return SEED


@pytest.fixture(scope="session")
def shared() -> Path:
    """The developers' shared folder: real vocabularies and files, absent on a user's machine."""
    if not SHARED.is_dir():
        pytest.skip(f"needs the shared folder of official files ({SHARED})")
    return SHARED


@pytest.fixture(scope="session")
def fuseki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Fuseki, which takes seconds to start: one for all tests that empty it before they begin."""
    with fuseki_server(tmp_path_factory.mktemp("fuseki")) as engine:
        yield engine


def clean_environment(**extra: str) -> dict[str, str]:
    """The environment without settings of ours."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("OUTCOME_GRAPH_")}
    return {**kept, **extra}


@pytest.fixture(scope="session")
def cli() -> Cli:
    """Run the real command line in a process of its own."""

    def run(*args: object, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*PROGRAM, *map(str, args)],
            cwd=cwd,
            env=clean_environment(**env),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=240,
            check=False,
        )

    return run


class RunningServer:
    """A server process. ``url`` ends without a slash; ``log`` is what it printed so far."""

    def __init__(self, process: subprocess.Popen[str], url: str, log: list[str]) -> None:
        self.process = process
        self.url = url
        self.log = log


@contextmanager
def running_server(store: Path, *args: str, **env: str) -> Iterator[RunningServer]:
    """Start ``outcome-graph serve`` on a free port, wait until it says so, stop it at the end."""
    command = [*PROGRAM, "--store", str(store), "serve", "--port", "0", *args]
    process = subprocess.Popen(
        command,
        env=clean_environment(PYTHONUNBUFFERED="1", **env),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    log: list[str] = []
    ready = threading.Event()
    found: list[str] = []

    def read() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            log.append(line)
            if not found and (match := re.search(r"https?://[\w.:\[\]-]+\d", line)):
                found.append(match.group())
                ready.set()
        ready.set()

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    try:
        if not ready.wait(60) or not found:
            process.kill()
            raise AssertionError("the server did not start:\n" + "".join(log))
        yield RunningServer(process, found[0], log)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise AssertionError("the server did not stop:\n" + "".join(log)) from None
        finally:
            reader.join(5)
            assert process.stdout is not None
            process.stdout.close()


@pytest.fixture
def fresh_store(tmp_path: Path) -> Path:
    """A store of the test's own that holds the reference graphs: revision 1."""
    return fresh(tmp_path / "store")


@pytest.fixture
def seeded_store(tmp_path: Path) -> Path:
    """A store of the test's own into which the seed page was loaded besides: revision 2."""
    return seeded(tmp_path / "store")


@pytest.fixture(scope="session")
def seed_server(tmp_path_factory: pytest.TempPathFactory, cli: Cli) -> Iterator[RunningServer]:
    """A server over a store that the command line made and loaded the seed page into."""
    store = tmp_path_factory.mktemp("served") / "store"
    for args in (("init",), ("load", SEED)):
        done = cli("--store", store, *args)
        assert done.returncode == 0, done.stderr
    with running_server(store) as server:
        yield server
