"""The embedded store as a folder: who owns it, what it holds, copies of it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from store.contract import ALL, G1, G2, P, S, put, triple, update, values

from outcome_graph.errors import (
    StoreBusyError,
    StoreError,
    StoreReadOnlyError,
    UsageError,
)
from outcome_graph.settings import Settings
from outcome_graph.store import Commit, EmbeddedStore, GraphChange, QueryRequest, open_store

Opener = Callable[..., EmbeddedStore]


@pytest.fixture
def opener(tmp_path: Path) -> Opener:
    """Open the test's store; all are closed at the end."""

    def opened(**options: object) -> EmbeddedStore:
        store = open_store(Settings(store=str(tmp_path / "store")), **options)
        assert isinstance(store, EmbeddedStore)
        return store

    return opened


def test_what_is_committed_is_there_when_opened_again(opener: Opener) -> None:
    store = opener(create=True)
    put(store, G1, "a")
    put(store, G2, "b", reason="why")
    digest = store.keep_source(b"source")
    store.close()
    store = opener()
    assert store.revision() == 2
    assert values(store, ALL) == ["a", "b"]
    assert [e.reason for e in store.history(G2)] == ["why"]
    assert store.source(digest) == b"source"
    assert store.statistics()["quads"] == 2
    assert put(store, G1, "c") == 3
    store.close()


def test_nothing_is_made_unless_asked(opener: Opener, tmp_path: Path) -> None:
    for options in ({}, {"read_only": True}, {"read_only": True, "create": True}):
        with pytest.raises(StoreError, match=r"no store at .* init"):
            opener(**options)
    assert not (tmp_path / "store").exists()


def test_a_folder_of_other_things_is_left_alone(opener: Opener, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    folder.mkdir()
    (folder / "thesis.doc").write_text("years of work")
    with pytest.raises(StoreError, match=r"thesis\.doc"):
        opener(create=True)
    assert [p.name for p in folder.iterdir()] == ["thesis.doc"]


def test_a_file_is_no_store(opener: Opener, tmp_path: Path) -> None:
    (tmp_path / "store").write_text("x")
    with pytest.raises(StoreError, match="is a file"):
        opener(create=True)


def test_a_newer_format_is_refused(opener: Opener, tmp_path: Path) -> None:
    opener(create=True).close()
    (tmp_path / "store" / "format").write_text("2 union\n")
    with pytest.raises(StoreError, match=r"format 2.*newer version"):
        opener()
    (tmp_path / "store" / "format").write_text("?\n")
    with pytest.raises(StoreError, match="damaged"):
        opener()


def test_making_a_store_may_be_interrupted(opener: Opener, tmp_path: Path) -> None:
    opener(create=True).close()
    (tmp_path / "store" / "format").unlink()
    store = opener(create=True)
    assert put(store, G1, "a") == 1
    store.close()


def test_one_owner_at_a_time(opener: Opener) -> None:
    store = opener(create=True)
    with pytest.raises(StoreBusyError, match=f"already in this process \\({os.getpid()}\\)"):
        opener()
    with pytest.raises(StoreBusyError):
        opener(read_only=True)
    store.close()
    opener().close()


def test_the_owner_is_named_to_others(opener: Opener, tmp_path: Path) -> None:
    store = opener(create=True)
    code = (
        "import sys; from outcome_graph.store import open_store\n"
        "from outcome_graph.settings import Settings\n"
        "try: open_store(Settings(store=sys.argv[1]))\n"
        "except Exception as e: print(type(e).__name__, e)"
    )

    def said() -> str:
        command = [sys.executable, "-c", code, str(tmp_path / "store")]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert said().startswith("StoreBusyError")
    assert f"process {os.getpid()}" in said()
    store.announce("http://127.0.0.1:8000")
    assert f"process {os.getpid()} at http://127.0.0.1:8000" in said()
    store.close()
    assert said() == ""


def test_many_may_read(opener: Opener) -> None:
    store = opener(create=True)
    put(store, G1, "a")
    store.close()
    readers = [opener(read_only=True) for _ in range(2)]
    for reader in readers:
        assert values(reader, ALL) == ["a"]
        for write in (
            lambda r=reader: put(r, G1, "b"),
            lambda r=reader: update(r, "CLEAR ALL"),
            lambda r=reader: r.keep_source(b"x"),
            lambda r=reader: r.bulk_load(Path(__file__), "text/turtle", reason="", agent=""),
        ):
            with pytest.raises(StoreReadOnlyError):
                write()
    with pytest.raises(StoreBusyError, match="being read"):
        opener()
    for reader in readers:
        reader.close()
    opener().close()


def test_a_closed_store_says_so(opener: Opener) -> None:
    store = opener(create=True)
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        put(store, G1, "a")
    with pytest.raises(StoreError, match="closed"):
        store.query(QueryRequest(sparql=ALL))


def test_a_revision_that_is_not_there_yet_is_refused(opener: Opener) -> None:
    store = opener(create=True)
    put(store, G1, "a")
    assert values(store, ALL, min_revision=1) == ["a"]
    with pytest.raises(UsageError, match="no revision 2"):
        values(store, ALL, min_revision=2)
    store.close()


def test_a_backup_is_a_whole_store(opener: Opener, tmp_path: Path) -> None:
    store = opener(create=True)
    put(store, G1, "a")
    digest = store.keep_source(b"source")
    target = tmp_path / "backups" / "one"
    store.backup(target)
    put(store, G1, "later")
    with pytest.raises(StoreError, match="not empty"):
        store.backup(target)
    store.close()
    copy = EmbeddedStore(target)
    assert values(copy, ALL) == ["a"]
    assert copy.revision() == 1
    assert [e.revision for e in copy.history(G1)] == [1]
    assert copy.source(digest) == b"source"
    assert put(copy, G2, "b") == 2
    copy.close()


def test_a_changed_source_is_noticed(opener: Opener, tmp_path: Path) -> None:
    store = opener(create=True)
    digest = store.keep_source(b"what was there")
    path = tmp_path / "store" / "sources" / digest[:2] / digest[2:4] / digest
    path.chmod(0o644)
    path.write_bytes(b"what was not")
    with pytest.raises(StoreError, match="damaged"):
        store.source(digest)
    store.close()


def test_the_default_graph_may_be_kept_apart(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "apart", create=True, union=False)
    put(store, G1, "named")
    put(store, None, "default")
    for _ in range(2):
        assert values(store, ALL) == ["default"]
        assert values(store, "SELECT ?o { GRAPH ?g { ?s ?p ?o } }") == ["named"]
        store.close()
        store = EmbeddedStore(tmp_path / "apart")
    update(store, f"INSERT {{ ?s ?p 'more' }} WHERE {{ GRAPH {G1} {{ ?s ?p ?o }} }}")
    update(store, f"DELETE {{ {S} {P} ?o }} WHERE {{ {S} {P} ?o FILTER(?o = 'default') }}")
    assert values(store, ALL) == ["more"]
    update(store, "CLEAR NAMED")
    assert store.graph(None) == [triple("more")]
    assert store.statistics()["quads"] == 1
    store.close()


def test_service_may_call_what_is_allowed_only(tmp_path: Path) -> None:
    allowed = "http://127.0.0.1:9/sparql"
    store = EmbeddedStore(tmp_path / "store", create=True, service_allowed=[allowed])
    for call in ("<http://127.0.0.1:9/other>", "?endpoint", "ex:sparql"):
        text = f"PREFIX ex: <http://127.0.0.1:9/> SELECT * {{ SERVICE {call} {{ ?s ?p ?o }} }}"
        with pytest.raises(Exception, match="these endpoints only"):
            store.query(QueryRequest(sparql=text))
    # Port 9 answers nobody, so an allowed call fails; SILENT makes it an empty solution.
    text = f"SELECT * {{ SERVICE SILENT <{allowed}> {{ ?s ?p ?o }} }}"
    assert values(store, text) == [None]
    store.close()


def test_commits_are_told(opener: Opener) -> None:
    store = opener(create=True)
    told: list[int] = []
    store.on_commit(told.append)
    put(store, G1, "a")
    put(store, G1, "a")
    store.commit(Commit(changes=(GraphChange(G1, None),), reason="", agent=""))
    assert told == [1, 2]
    store.close()


def test_a_bulk_load_leaves_files_that_need_no_merging(opener: Opener, tmp_path: Path) -> None:
    """Queries that merge many files as they read take up to three times as long."""
    store = opener(create=True)

    def load(size: int) -> None:
        file = tmp_path / f"{size}.nq"
        lines = (f'<urn:s{n}> <urn:p> "{n} {size}" <urn:g{n % 10}> .\n' for n in range(size))
        file.write_text("".join(lines))
        store.bulk_load(file, "application/n-quads", reason="bulk", agent="tester")

    def tables() -> int:
        return len(list(store.folder.engine.glob("*.sst")))

    load(10)
    before = tables()
    load(1_000)
    # Without merging there is a second file for each of the engine's eleven tables. The engine
    # removes what it has merged a moment later.
    end = time.monotonic() + 20
    while tables() > before + 1:
        assert time.monotonic() < end
        time.sleep(0.05)
    store.close()
