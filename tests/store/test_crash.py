"""A store survives the end of its process at any point, and a disk that is full.

What must hold afterwards: the engine's quads are exactly what the journal's patches add up to, and
everything that was reported as committed is there.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from store.contract import G1, G2, put, triple, update, values

from outcome_graph.errors import StoreError
from outcome_graph.rdf import BlankNode, Quad
from outcome_graph.store import EmbeddedStore
from outcome_graph.store.patch import _MANY

PRELUDE = """
import os, resource, signal, sys
from pathlib import Path
from outcome_graph.errors import StoreError
from outcome_graph.rdf import *
from outcome_graph.store import *
from outcome_graph.store import embedded, engine, journal, patch
from outcome_graph.store.kept import kept
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
P = NamedNode("http://example.org/p")
def die(*args, **options): os.kill(os.getpid(), signal.SIGKILL)
def put(store, n, size=5):
    graph = NamedNode(f"http://example.org/graph/{n % 3}")
    triples = [Triple(BlankNode(), P, Literal(f"{n}")) for _ in range(2)]
    triples += [Triple(P, P, Literal(f"{n}-{i} " + "x" * 50)) for i in range(size)]
    triples.append(Triple(P, P, Literal("shared")))
    change = GraphChange(graph, tuple(triples))
    return store.commit(Commit(changes=(change,), reason=f"number {n}", agent="child"))
store = EmbeddedStore(Path(sys.argv[1]), create=True)
"""


def child(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", PRELUDE + textwrap.dedent(code), str(folder)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def assert_consistent(store: EmbeddedStore) -> None:
    """The quads are what the journal adds up to, and the union is that of all graphs."""
    expected: set[Quad] = set()
    revisions = []
    for entry, patch in store.patches():
        revisions.append(entry.revision)
        assert patch is not None
        assert (len(patch.removed), len(patch.added)) == (entry.removed, entry.added)
        expected -= set(patch.removed)
        expected |= set(patch.added)
    assert revisions == list(range(1, store.revision() + 1))
    assert set(store.layout.all_quads(store._engine.store)) == expected
    assert store.statistics()["quads"] == len(expected)
    union = {(str(q.subject), str(q.object)) for q in expected}
    counted = values(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert counted == [str(len(union))]
    assert sorted(store.graph_names()) == sorted({q.graph_name.value for q in expected})


POINTS = {
    "before the journal": "journal.Journal.append = die",
    "in the journal": """
        def torn(file, data):
            file.write(data[: len(data) // 2])
            die()
        journal._write_all = torn
    """,
    "after the journal": "engine.apply_transaction = die",
    "after the transaction": """
        apply = engine.apply_transaction
        def and_die(*args):
            apply(*args)
            die()
        engine.apply_transaction = and_die
    """,
    "before the checkpoint": "engine.Engine.checkpoint = die; store.close()",
    "in the checkpoint": "engine.Checkpoint.write = die; store.close()",
}
#: Whether the commit under way is there afterwards.
KEPT = {"after the journal", "after the transaction"}


@pytest.mark.parametrize("point", POINTS)
def test_killed_at(tmp_path: Path, point: str) -> None:
    code = f"for n in range(7): put(store, n)\n{textwrap.dedent(POINTS[point])}\nput(store, 7)"
    done = child(tmp_path / "store", code)
    assert done.returncode == -signal.SIGKILL, done.stderr
    for _ in range(2):
        store = EmbeddedStore(tmp_path / "store")
        assert store.revision() == (8 if point in KEPT else 7)
        assert_consistent(store)
        store.close()
    store = EmbeddedStore(tmp_path / "store")
    assert put(store, G1, "on") == store.revision()
    assert_consistent(store)
    store.close()


@pytest.mark.parametrize("delay", [0.05, 0.1, 0.2, 0.4, 0.8])
def test_killed_at_any_moment(tmp_path: Path, delay: float) -> None:
    code = PRELUDE + "n = 0\nwhile True:\n    print(put(store, n), flush=True)\n    n += 1\n"
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "store")], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    reported = int(process.stdout.readline())
    time.sleep(delay)
    process.kill()
    reported = max([reported, *map(int, process.stdout.read().split())])
    process.wait()
    process.stdout.close()
    store = EmbeddedStore(tmp_path / "store")
    assert reported <= store.revision() <= reported + 1
    assert_consistent(store)
    store.close()


def test_what_a_power_failure_takes_from_the_engine_is_in_the_journal(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    assert child(folder, "for n in range(4): put(store, n)\nstore.close()").returncode == 0
    shutil.copytree(folder / "store", tmp_path / "as it was")
    done = child(folder, "for n in range(4, 20): put(store, n)\ndie()")
    assert done.returncode == -signal.SIGKILL
    shutil.rmtree(folder / "store")
    shutil.copytree(tmp_path / "as it was", folder / "store")
    store = EmbeddedStore(folder)
    assert store.revision() == 20
    assert_consistent(store)
    store.close()


def test_a_reader_puts_right_what_a_crash_left(tmp_path: Path) -> None:
    code = "for n in range(3): put(store, n)\nengine.apply_transaction = die\nput(store, 3)"
    assert child(tmp_path / "store", code).returncode == -signal.SIGKILL
    store = EmbeddedStore(tmp_path / "store", read_only=True)
    assert store.revision() == 4
    assert_consistent(store)
    store.close()


BULK = """
file = Path(sys.argv[1] + ".nq")
file.write_text("".join(f"<a:s{n}> <a:p> <a:o> <a:g{n}> .\\n" for n in range(500)))
put(store, 0)
"""
BULK_POINTS = {
    "while loading": """
        load = engine.load_file
        def and_die(*args):
            load(*args)
            die()
        engine.load_file = and_die
    """,
    "before the journal": "journal.Journal.append = die",
    "after the journal": """
        append = journal.Journal.append
        def and_die(*args, **options):
            append(*args, **options)
            die()
        journal.Journal.append = and_die
    """,
}


@pytest.mark.parametrize("point", BULK_POINTS)
def test_killed_in_a_bulk_load(tmp_path: Path, point: str) -> None:
    load = 'store.bulk_load(file, "application/n-quads", reason="bulk", agent="child")'
    done = child(tmp_path / "store", BULK + textwrap.dedent(BULK_POINTS[point]) + "\n" + load)
    assert done.returncode == -signal.SIGKILL, done.stderr
    store = EmbeddedStore(tmp_path / "store")
    there = point == "after the journal"
    assert store.revision() == (2 if there else 1)
    assert len(store.graph_names()) == (501 if there else 1)
    assert store.statistics()["quads"] == (508 if there else 8)
    assert not list((tmp_path / "store").glob("rollback*"))
    assert put(store, G1, "on") == store.revision()
    store.close()
    store = EmbeddedStore(tmp_path / "store")
    assert triple("on") in store.graph(G1)
    store.close()


def test_a_full_disk_changes_nothing(tmp_path: Path) -> None:
    """First the engine, then the journal meets the end of the disk (here: of the file size)."""
    code = """
    def fill(n):
        while True:
            before = store.revision(), store.statistics()["quads"]
            try:
                put(store, n, size=200)
            except StoreError as error:
                print(type(error).__name__, "Nothing was changed" in error.message)
                assert (store.revision(), store.statistics()["quads"]) == before
                return n
            n += 1
    limit = lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, -1))
    limit(300_000)
    n = fill(0)
    n = fill(n)
    limit(-1)
    put(store, n); print("again", store.revision())
    store.close()
    store = EmbeddedStore(Path(sys.argv[1]))
    size = sum(f.stat().st_size for f in Path(sys.argv[1], "journal").iterdir())
    limit(size + 5_000)
    fill(n + 1)
    limit(-1)
    put(store, n + 2)
    print("and again", store.revision())
    """
    done = child(tmp_path / "store", code)
    lines = done.stdout.split("\n")
    assert lines[:2] == ["StoreError True", "StoreError True"], done.stderr
    assert lines[2].startswith("again ")
    assert lines[3] == "StoreError True", done.stderr
    assert lines[4].startswith("and again ")
    store = EmbeddedStore(tmp_path / "store")
    assert store.revision() == int(lines[4].split()[-1])
    assert_consistent(store)
    store.close()


@pytest.mark.parametrize("content", ["terms", "text"])
def test_a_full_disk_in_a_commit_that_is_taken_in_as_one_file(tmp_path: Path, content: str) -> None:
    """At whatever file the disk ends, all of the commit is there afterwards, or nothing."""
    assert _MANY < 2 * 4_000
    new = """
    def put(store, n, size=5):
        triples = [Triple(P, P, Literal(f"{n}-{i} " + "x" * 50)) for i in range(size)]
        triples.append(Triple(P, P, Literal("shared")))
        change = GraphChange(NamedNode(f"http://example.org/new/{n}"), kept(triples))
        return store.commit(Commit(changes=(change,), reason=f"number {n}", agent="child"))
    """
    code = (
        (new if content == "text" else "")
        + """
    limit = lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, -1))
    put(store, 0)
    n, refused = 1, 0
    for size in (1_000, 20_000, 60_000, 100_000, 200_000, 400_000, 800_000):
        before = store.revision(), store.statistics()["quads"]
        limit(size)
        try:
            put(store, n, size=4_000)
        except StoreError as error:
            refused += 1
            assert "Nothing was changed" in error.message, error.message
            assert (store.revision(), store.statistics()["quads"]) == before
        limit(-1)
        n += 1
    put(store, n, size=4_000)
    print(refused, store.revision())
    """
    )
    done = child(tmp_path / "store", code)
    assert done.returncode == 0, done.stderr
    refused, revision = map(int, done.stdout.split())
    assert refused >= 3
    store = EmbeddedStore(tmp_path / "store")
    assert store.revision() == revision
    assert_consistent(store)
    store.close()


def test_a_commit_that_is_taken_in_as_one_file_survives_a_kill(tmp_path: Path) -> None:
    code = "put(store, 0)\nput(store, 1, size=4_000)\ndie()"
    assert child(tmp_path / "store", code).returncode == -signal.SIGKILL
    store = EmbeddedStore(tmp_path / "store")
    assert store.revision() == 2
    assert_consistent(store)
    store.close()


def test_a_full_disk_that_even_reopening_needs(tmp_path: Path) -> None:
    """The engine cannot be opened again: the change is completed when there is room."""
    code = """
    put(store, 0)
    put(store, 1)
    real = engine._open
    def fails(*args, **options): raise StoreError("no room")
    def no_write(*args): raise OSError("no room")
    engine.apply_transaction, apply = no_write, engine.apply_transaction
    engine._open = fails
    try: put(store, 2)
    except StoreError as error: print("will be completed" in error.message, store.revision())
    try: put(store, 3)
    except StoreError as error: print("refused", store.revision())
    engine.apply_transaction, engine._open = apply, real
    if sys.argv[1].endswith("same"): print(put(store, 4))
    store.close()
    """
    for name, last in (("same", 4), ("other", 3)):
        done = child(tmp_path / name, code)
        assert done.stdout.startswith("True 3\nrefused 3\n"), (done.stdout, done.stderr)
        store = EmbeddedStore(tmp_path / name)
        assert store.revision() == last
        assert_consistent(store)
        store.close()


def test_blank_nodes_keep_their_labels_through_the_journal(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "store", create=True)
    put(store, G1, triple(BlankNode("x1")), triple("deep", BlankNode("x1")))
    update(store, f"INSERT DATA {{ GRAPH {G2} {{ [] <http://example.org/p> [] }} }}")
    update(store, f"DELETE WHERE {{ GRAPH {G1} {{ ?s ?p 'deep' }} }}")
    assert_consistent(store)
    store.close()


def test_snapshots_and_copies_of_a_dead_owner_go(tmp_path: Path) -> None:
    code = """
    put(store, 0)
    store.snapshot(store.folder.snapshots / "one")
    die()
    """
    assert child(tmp_path / "store", code).returncode == -signal.SIGKILL
    assert os.listdir(tmp_path / "store" / "snapshots") == ["one"]
    EmbeddedStore(tmp_path / "store").close()
    assert os.listdir(tmp_path / "store" / "snapshots") == []


def test_a_damaged_checkpoint_is_said(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "store", create=True)
    put(store, G1, "a")
    store.close()
    (tmp_path / "store" / "checkpoint").write_text("{}")
    with pytest.raises(StoreError, match="checkpoint is damaged"):
        EmbeddedStore(tmp_path / "store")


@pytest.mark.parametrize("size", [5, 4_000])
@pytest.mark.parametrize("where", ["before", "after"])
def test_killed_while_text_is_committed(tmp_path: Path, where: str, size: int) -> None:
    """What the journal has is there when the store is opened again, once."""
    code = f"""
    graph = NamedNode("http://example.org/new")
    triples = [Triple(P, P, Literal(f"{{i}} “x”")) for i in range({size})]
    put(store, 0)
    apply = engine.apply_transaction
    def killed(*args):
        if "{where}" == "after":
            apply(*args)
        die()
    engine.apply_transaction = killed
    change = GraphChange(graph, kept(triples))
    store.commit(Commit(changes=(change,), reason="text", agent="child"))
    """
    done = child(tmp_path / "store", code)
    assert done.returncode == -signal.SIGKILL, done.stderr
    store = EmbeddedStore(tmp_path / "store")
    assert store.revision() == 2
    assert len(values(store, "SELECT ?o { GRAPH <http://example.org/new> { ?s ?p ?o } }")) == size
    assert_consistent(store)
    store.close()
