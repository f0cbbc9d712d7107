"""Commands and the Python API while a real server owns the store."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from cli.conftest import OTHER
from conftest import PROGRAM, SEED, Cli, RunningServer, clean_environment, running_server

from outcome_graph.errors import StoreBusyError, StoreError, StoreReadOnlyError, UsageError
from outcome_graph.pipeline import OutcomeGraph, restore_store
from outcome_graph.rdf import BlankNode, Literal, NamedNode, Triple
from outcome_graph.settings import Settings
from outcome_graph.store import Commit, GraphChange, UpdateRequest
from outcome_graph.store.control import pack, receive

ID = "LAO226-2020-21-8.1.1"
TITLES = "SELECT ?t { ?o a og:Outcome ; dcterms:title ?t }"


@pytest.fixture
def store(fresh_store: Path) -> Path:
    return fresh_store


@pytest.fixture
def server(store: Path) -> Iterator[RunningServer]:
    with running_server(store) as running:
        yield running


def titles_over_http(server: RunningServer) -> list[str]:
    address = f"{server.url}/sparql?query={quote(TITLES)}"
    with urllib.request.urlopen(address, timeout=60) as response:
        rows = json.load(response)["results"]["bindings"]
    return [row["t"]["value"] for row in rows]


def page(folder: Path, number: int) -> Path:
    """A result page of a record of its own."""
    text = SEED.read_text("utf-8").replace("LAO226", f"LAO{number}")
    path = folder / f"LAO{number}.txt"
    path.write_text(text, "utf-8")
    return path


def test_the_socket_is_for_the_owner_only(server: RunningServer, store: Path) -> None:
    mode = (store / "control").stat().st_mode
    assert stat.S_ISSOCK(mode)
    assert stat.S_IMODE(mode) == 0o600


def test_load_is_the_same_and_seen_at_once(
    server: RunningServer, store: Path, tmp_path: Path, cli: Cli, edited: Path
) -> None:
    with OutcomeGraph.open(tmp_path / "alone"):
        pass
    for source in (SEED, edited):
        alone = cli("--store", tmp_path / "alone", "load", source)
        served = cli("--store", store, "load", source)
        assert (served.returncode, served.stdout) == (0, alone.stdout)
        assert server.url in served.stderr
        assert len(titles_over_http(server)) == 1
    assert titles_over_http(server) == [OTHER]
    # What is refused is refused just so.
    bad = tmp_path / "bad.txt"
    bad.write_text("no result page\n")
    alone = cli("--store", tmp_path / "alone", "load", bad)
    served = cli("--store", store, "load", bad)
    assert (served.returncode, served.stdout) == (alone.returncode, alone.stdout)
    assert served.returncode == 2


def test_all_commands(server: RunningServer, store: Path, tmp_path: Path, cli: Cli) -> None:
    def run(*args: object) -> str:
        done = cli("--quiet", "--store", store, *args)
        assert done.returncode == 0, (args, done.stderr)
        return done.stdout

    run("init")
    run("load", SEED)
    assert "LAO226" in run("query", "-e", "SELECT ?c { ?o og:code ?c }")
    assert "sdg" in run("vocab", "list")
    assert "All records conform" in run("validate", "--store")
    assert ID in run("export", "--format", "json")
    assert json.loads(run("history", ID, "--format", "json"))[0]["revision"] == 2
    run("restore", ID, "--revision", 2)
    run("backup", tmp_path / "backup")
    restore_store(Settings(store=str(tmp_path / "new")), tmp_path / "backup")
    with OutcomeGraph.open(tmp_path / "new") as graph:
        assert graph.record_ids() == [ID]
    # A store in use is not replaced, and a second server does not start.
    done = cli("--store", store, "restore", "--from", tmp_path / "backup", "--force")
    assert done.returncode == 3
    done = cli("--store", store, "serve", "--port", 0)
    assert done.returncode == 3
    assert server.url in done.stderr


def test_concurrent_loads_lose_nothing(server: RunningServer, store: Path, tmp_path: Path) -> None:
    """Six processes load two pages each, and one page at the same time: thirteen records."""
    shared = page(tmp_path, 500)
    processes = []
    for number in range(6):
        files = [page(tmp_path, 600 + number), page(tmp_path, 700 + number), shared]
        processes.append(
            subprocess.Popen(
                [*PROGRAM, "--quiet", "--store", str(store), "load", *map(str, files)],
                env=clean_environment(),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        )
    for process in processes:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
    with OutcomeGraph.open(store, read_only=True) as graph:
        assert len(graph.record_ids()) == 13
        # Each record names the revision that wrote it: nobody wrote in between.
        for record_id in graph.record_ids():
            node = graph.minter.record(record_id)
            newest = list(graph.store.history(node))[-1].revision
            stated = [
                int(t.object.value)
                for t in graph.record_triples(record_id)
                if t.predicate.value.endswith("#revision")
            ]
            assert stated == [newest], record_id


def test_a_killed_server_leaves_no_obstacle(store: Path, cli: Cli) -> None:
    with running_server(store) as server:
        assert cli("--store", store, "load", SEED).returncode == 0
        owner = json.loads((store / "lock").read_text())["pid"]
        os.kill(owner, signal.SIGKILL)
        server.process.kill()
        server.process.wait()
        assert (store / "control").exists()
        done = cli("--store", store, "query", "-e", TITLES, "--format", "csv")
        assert done.returncode == 0, done.stderr
        assert "Strategy" in done.stdout
        assert done.stderr == ""
        done = cli("--store", store, "load", SEED)
        assert done.returncode == 0
        assert "unchanged" in done.stdout
    with running_server(store):
        assert cli("--store", store, "load", SEED).returncode == 0


def test_a_server_that_ends_in_good_order_takes_its_socket_along(store: Path) -> None:
    with running_server(store):
        pass
    assert not (store / "control").exists()


def test_the_api_works_through_it(server: RunningServer, store: Path, tmp_path: Path) -> None:
    with OutcomeGraph.open(store) as graph:
        assert graph.served_at == server.url
        graph.load(SEED)
        # It sees its own writes, and those of others.
        assert len(list(graph.query(TITLES))) == 1
        with OutcomeGraph.open(store) as other:
            other.load(page(tmp_path, 300))
        assert len(list(graph.query(TITLES))) == 2
        assert graph.record(ID).code == "LAO226"
        (entry,) = graph.history(ID)
        assert graph.store.source(entry.sources[0]) == SEED.read_bytes()
        assert graph.store.statistics()["revision"] == 3
        revision = graph.store.update(
            UpdateRequest(
                sparql="INSERT DATA { GRAPH <http://e/g> { <http://e/s> <http://e/p> 1 } }"
            ),
            reason="test",
            agent="test",
        )
        assert revision == 4
        assert graph.store.has_graph(NamedNode("http://e/g"))
        assert graph.delete(ID) == 5
        assert len(titles_over_http(server)) == 1
    with OutcomeGraph.open(store, read_only=True) as graph:
        with pytest.raises(StoreReadOnlyError):
            graph.load(SEED)
        assert graph.store.revision() == 5


def test_terms_of_all_kinds_cross_unharmed(server: RunningServer, store: Path) -> None:
    node, p = NamedNode("http://e/s"), NamedNode("http://e/p")
    triples = {
        Triple(node, p, Literal('line\n"quoted" \\ é 💧')),
        Triple(node, p, Literal("chat", language="fr")),
        Triple(node, p, Literal("1", datatype=NamedNode("http://e/type"))),
        Triple(BlankNode("b1"), p, BlankNode("b2")),
    }
    name = NamedNode("http://e/all")
    with OutcomeGraph.open(store) as graph:
        change = GraphChange(name, tuple(triples))
        revision = graph.store.commit(Commit(changes=(change,), reason='"why"\n', agent="é"))
        assert set(graph.store.graph(name)) == triples
        entry, patch = graph.store.patch(revision)
        assert (entry.reason, entry.agent) == ('"why"\n', "é")
        assert {quad.triple for quad in patch.added} == triples
        graph.store.commit(Commit(changes=(GraphChange(name, None),), reason="", agent="x"))
        assert graph.store.graph(name) == []
        with pytest.raises(UsageError, match="only once"):
            graph.store.commit(Commit(changes=(change, change), reason="twice", agent="x"))


def test_internal_records(server: RunningServer, store: Path, edited: Path, cli: Cli) -> None:
    edited.write_text(edited.read_text("utf-8").replace(" Public ", " Internal "), "utf-8")
    done = cli("--store", store, "load", edited)
    assert done.returncode == 0, done.stderr
    assert titles_over_http(server) == []
    with OutcomeGraph.open(store) as graph:
        assert graph.record_ids() == []
        assert OTHER in str(graph.record(ID).titles)


def test_a_plain_store(tmp_path: Path, cli: Cli) -> None:
    data = tmp_path / "data.nq"
    data.write_text("<http://e/a> <http://e/p> 'x' .\n".replace("'", '"'))
    with running_server(tmp_path / "plain", "--no-validation") as server:
        done = cli("--store", tmp_path / "plain", "load", "data.nq", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert "1 new statements" in done.stdout
        query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
        address = f"{server.url}/sparql?query={quote(query)}"
        with urllib.request.urlopen(address, timeout=60) as response:
            assert json.load(response)["results"]["bindings"][0]["n"]["value"] == "1"


def test_a_server_that_goes_away_is_told(store: Path) -> None:
    with running_server(store) as server:
        graph = OutcomeGraph.open(store)
        graph.load(SEED)
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(30)
        with pytest.raises(StoreError, match="went away"):
            graph.load(SEED)
        graph.close()
    with OutcomeGraph.open(store) as graph:
        assert graph.served_at is None
        assert graph.record_ids() == [ID]


def test_what_is_no_request_does_no_harm(server: RunningServer, store: Path, cli: Cli) -> None:
    """Rubbish, another version's operations, and a client that goes while it holds the lock."""

    def connected() -> socket.socket:
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(20)
        connection.connect(str(store / "control"))
        return connection

    with connected() as one:
        one.sendall(b"GET / HTTP/1.1\r\n\r\n" * 10)
    with connected() as two:
        two.sendall(pack(b"D", {"do": "explode", "in": "public"}))
        letter, facts, _ = receive(two.makefile("rb"))
        assert (letter, facts["class"]) == (b"X", "UsageError")
        two.sendall(pack(b"D", {"do": "graph", "in": "elsewhere", "graph": None}))
        assert receive(two.makefile("rb"))[0] == b"X"
        two.sendall(pack(b"D", {"do": "graph", "in": "public", "graph": "no IRI"}))
        assert receive(two.makefile("rb"))[0] == b"X"
    with connected() as three:
        three.sendall(pack(b"D", {"do": "lock"}))
        assert receive(three.makefile("rb"))[0] == b"R"
    assert cli("--store", store, "load", SEED).returncode == 0


def test_writers_wait_for_each_other(server: RunningServer, store: Path) -> None:
    with OutcomeGraph.open(store) as one, OutcomeGraph.open(store) as two:
        done = threading.Event()

        def write() -> None:
            two.load(SEED)
            done.set()

        thread = threading.Thread(target=write)
        with one.stores.writing:
            thread.start()
            assert not done.wait(2)
            assert one.store.revision() == 1
        assert done.wait(30)
        thread.join()


def test_copies_are_given_back(server: RunningServer, store: Path) -> None:
    with OutcomeGraph.open(store) as graph:
        assert list(graph.query(TITLES)) == []
        assert list((store / "snapshots").glob("lent-*"))
    deadline = time.monotonic() + 10
    while list((store / "snapshots").glob("lent-*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not list((store / "snapshots").glob("lent-*"))


def test_a_long_path(tmp_path: Path, cli: Cli) -> None:
    """Paths of sockets are bounded (108 bytes on Linux); long ones go elsewhere."""
    store = tmp_path / ("x" * 120) / "store"
    with running_server(store):
        done = cli("--store", store, "load", SEED)
        assert done.returncode == 0, done.stderr
        control = Path(json.loads((store / "lock").read_text())["control"])
        assert control.parent != store
        assert stat.S_IMODE(control.parent.stat().st_mode) == 0o700
    assert not control.parent.exists()


def test_another_command_that_has_the_store_is_waited_for(store: Path) -> None:
    """A process that lets nobody in: waited for a while, then said."""
    code = (
        "import sys, time; from outcome_graph import OutcomeGraph\n"
        f"g = OutcomeGraph.open({str(store)!r}); print('open', flush=True)\n"
        "sys.stdin.readline(); g.close()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=clean_environment(),
    )
    assert holder.stdout is not None
    assert holder.stdin is not None
    try:
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(StoreBusyError, match="in use by process"):
            OutcomeGraph.open(store)
        timer = threading.Timer(1, lambda: holder.communicate("\n"))
        timer.start()
        with OutcomeGraph.open(store) as graph:
            assert graph.served_at is None
        timer.join()
    finally:
        if holder.poll() is None:
            holder.kill()
        holder.wait()
        holder.stdout.close()
        holder.stdin.close()


def test_another_result_of_the_same_id_is_not_overwritten(
    server: RunningServer, store: Path, tmp_path: Path
) -> None:
    """Two loads at the same time of two results that share code, biennium and indicator.

    The contract: "a date or counter is appended when two results share these three". The second is
    committed while the first, which saw none, is on its way.
    """
    other = tmp_path / "other.txt"
    text = SEED.read_text("utf-8")
    assert "01.04.2020" in text
    title = "The National Social Protection Strategy was officially launched"
    text = text.replace(title, "Another thing").replace("01.04.2020", "02.05.2021")
    other.write_text(text, "utf-8")
    with OutcomeGraph.open(store) as one, OutcomeGraph.open(store) as two:
        between: list[str] = []

        def load_the_other(done: int, total: int | None) -> None:
            between.extend(item.id for item in two.load(other).committed)

        summary = one.load(SEED, progress=load_the_other)
        assert between == [ID]
        assert [item.id for item in summary.committed] == [f"{ID}-2020-04-01"]
        assert sorted(one.record_ids()) == [ID, f"{ID}-2020-04-01"]
        assert "Another thing" in str(one.record(ID).titles)


def test_beside_a_server_that_only_reads(store: Path, cli: Cli) -> None:
    """It owns nothing: others read beside it, and nobody can write."""
    with running_server(store, "--read-only"):
        done = cli("--quiet", "--store", store, "vocab", "list")
        assert (done.returncode, done.stderr) == (0, "")
        done = cli("--store", store, "load", SEED)
        assert done.returncode == 3
        assert len(done.stderr.splitlines()) == 1
