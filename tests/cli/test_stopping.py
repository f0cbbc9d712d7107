"""Loads that are stopped from outside, in real processes: what they say stays is what is there."""

from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import PROGRAM, SEED, Cli, clean_environment, running_server

from outcome_graph.bench.records import synthetic_records
from outcome_graph.cli.stopping import Stopped, stoppable
from outcome_graph.errors import StoreError
from outcome_graph.namespaces import IriMinter
from outcome_graph.pipeline import OutcomeGraph, write_records
from outcome_graph.rdf import NamedNode
from outcome_graph.store import Commit, EmbeddedStore, JournalEntry
from outcome_graph.store.journal import Journal

#: Several commits of 500, and more than a second's work after the first.
ROWS = 1800


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    minter = IriMinter()
    path = tmp_path_factory.mktemp("rows") / "rows.csv"
    path.write_bytes(write_records(list(synthetic_records(ROWS, minter=minter)), "csv", minter))
    return path


@pytest.fixture
def store(tmp_path: Path) -> Path:
    with OutcomeGraph.open(tmp_path / "store"):
        pass
    return tmp_path / "store"


def made_by_the_load(store: Path) -> list[JournalEntry]:
    entries = Journal(store / "journal", repair=False).entries()
    return [entry for entry in entries if entry.reason == "load rows.csv"]


def records_of(entries: list[JournalEntry]) -> int:
    return len({g for entry in entries for g in entry.graphs if "/record/" in g})


@contextmanager
def load_under_way(store: Path, table: Path) -> Iterator[subprocess.Popen[str]]:
    """A load that has made its first commit and has others to make."""
    process = subprocess.Popen(
        [*PROGRAM, "--store", str(store), "load", str(table)],
        env=clean_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        while not made_by_the_load(store):
            assert process.poll() is None, process.communicate()
            time.sleep(0.02)
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def told(line: str) -> tuple[int, int]:
    """Return how many records stay, and how many may, as a line says."""
    stay = re.search(r"([\d,]+) records were committed before and stay", line)
    doubtful = re.search(r"([\d,]+) more were under way", line)
    return tuple(int(m[1].replace(",", "")) if m else 0 for m in (stay, doubtful))  # type: ignore[return-value]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_what_stays_is_told(store: Path, table: Path, number: signal.Signals, cli: Cli) -> None:
    with load_under_way(store, table) as process:
        # As a terminal does it: to all processes of the command.
        os.killpg(process.pid, number)
        out, errors = process.communicate(timeout=60)
    assert process.returncode == 128 + number
    assert out == ""
    stopping, line = errors.splitlines()
    assert stopping.startswith("stopping; what is under way is finished first")
    assert line.startswith("outcome-graph: interrupted. ")
    made = made_by_the_load(store)
    assert told(line) == (records_of(made), 0)
    assert 0 < records_of(made) < ROWS
    assert f"revision{'s 2 to' if made[1:] else ''} {made[-1].revision})" in line
    # The rest is loaded, and nothing twice.
    again = cli("--store", store, "load", table)
    assert again.returncode == 0, again.stderr
    assert again.stdout.startswith(f"read {ROWS} from 1 source: {ROWS} committed, 0 refused")
    assert records_of(made_by_the_load(store)) == ROWS


def test_what_others_commit_meanwhile_is_not_counted(store: Path, table: Path, cli: Cli) -> None:
    with running_server(store) as server, load_under_way(store, table) as process:
        assert cli("--store", store, "load", SEED).returncode == 0
        os.killpg(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=60)
        assert server.url in errors
        made = made_by_the_load(store)
        assert told(errors.splitlines()[-1]) == (records_of(made), 0)
        assert f"{len(made)} of them)" in errors or len(made) == 1


def test_a_lost_server_leaves_nobody_guessing(store: Path, table: Path) -> None:
    with running_server(store) as server, load_under_way(store, table) as process:
        server.process.kill()
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 3
    line = errors.splitlines()[-1]
    assert "The server that owns the store" in line
    stay, doubtful = told(line)
    # The store opens as it was left; what was under way is there whole, or not at all.
    with OutcomeGraph.open(store) as graph:
        there = len(graph.record_ids())
    assert there in (stay, stay + doubtful)
    assert there == records_of(made_by_the_load(store))


def test_a_full_disk_is_told_with_what_stays(store: Path, table: Path) -> None:
    with load_under_way(store, table) as process:
        size = sum(path.stat().st_size for path in (store / "journal").iterdir())
        # No file may grow beyond this from now on: what a full disk does to the journal.
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (size, size))
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 3, errors
    (line,) = errors.splitlines()
    assert "cannot be written" in line
    made = made_by_the_load(store)
    assert told(line) == (records_of(made), 0)
    with OutcomeGraph.open(store) as graph:
        assert len(graph.record_ids()) == records_of(made)


def test_before_anything_is_read_it_stops_at_once(store: Path, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*PROGRAM, "--store", str(store), "load", "-"],
        env=clean_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    # It has the store, so it has got as far as to wait for its input.
    while f'"pid": {process.pid}' not in (store / "lock").read_text():
        time.sleep(0.02)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors == "outcome-graph: interrupted. Nothing was committed yet.\n"


def test_why_a_commit_failed_is_told_not_what_it_led_to(
    store: Path, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store that cannot write is opened anew, and who reads it meanwhile finds it closed."""
    failing = threading.Event()

    def commit(self: EmbeddedStore, commit: Commit) -> int:
        failing.set()
        time.sleep(0.5)
        raise StoreError("There is no room on the disk.")

    def has_graph(self: EmbeddedStore, graph: NamedNode) -> bool:
        if failing.is_set():
            raise StoreError("It is closed.")
        return False

    with OutcomeGraph.open(store) as graph:
        monkeypatch.setattr(EmbeddedStore, "commit", commit)
        monkeypatch.setattr(EmbeddedStore, "has_graph", has_graph)
        monkeypatch.setattr(EmbeddedStore, "graph", lambda self, graph: self.has_graph(graph) or [])
        with pytest.raises(StoreError, match="no room") as stopped:
            graph.load(table)
    assert stopped.value.__notes__ == ["Nothing was committed yet."]


def test_a_signal_more_while_the_store_is_closed_loses_no_word() -> None:
    """Whoever presses Ctrl-C again and again must still be told what stays."""

    @contextmanager
    def closed_slowly() -> Iterator[None]:
        try:
            yield
        finally:
            os.kill(os.getpid(), signal.SIGTERM)

    def load(progress: Callable[[int, int | None], None]) -> None:
        try:
            progress(100, None)
            os.kill(os.getpid(), signal.SIGTERM)
            progress(200, None)
        except KeyboardInterrupt as stop:
            stop.add_note("500 records were committed before and stay (revision 2).")
            raise

    heard: list[str] = []
    with (
        pytest.raises(Stopped) as stopped,
        stoppable(heard.append) as stopping,
        closed_slowly(),
    ):
        load(stopping.watching(lambda done, total: None))
    assert str(stopped.value) == "500 records were committed before and stay (revision 2)."
    assert stopped.value.number == signal.SIGTERM
    assert len(heard) == 1
