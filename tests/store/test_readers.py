"""The pool of reader processes: deadlines, memory, isolation, back-pressure, snapshots.

Deadlines are kept to within one second either way (the specification's figure); no other time is
asserted.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from store.contract import ALL, G1, G2, StoreContract, put, update

from outcome_graph.errors import (
    QueryError,
    QueryMemoryError,
    QueryTimeoutError,
    StoreBusyError,
    StoreError,
    UsageError,
)
from outcome_graph.rdf import Literal, NamedNode, Triple
from outcome_graph.store import (
    Answer,
    AnswerFormats,
    Commit,
    EmbeddedStore,
    GraphChange,
    QueryRequest,
    ReaderPool,
    Store,
)

CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HOG = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f ?c"
ENDLESS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
POINT = "SELECT ?o { <http://example.org/s7> ?p ?o }"


class Pooled:
    """A store whose queries go through the pool and see what was committed: for the contract."""

    def __init__(self, store: EmbeddedStore, pool: ReaderPool) -> None:
        self._store, self._pool = store, pool

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def query(self, request: QueryRequest) -> Answer:
        fields = {n: getattr(request, n) for n in request.__dataclass_fields__}
        if fields["min_revision"] is None:
            fields["min_revision"] = self._store.revision()
        return self._pool.query(QueryRequest(**fields))


class TestContract(StoreContract):
    """What a store answers does not depend on which process answers."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        with EmbeddedStoreWithPool(tmp_path / "store") as pooled:
            yield pooled


class EmbeddedStoreWithPool(Pooled):
    def __init__(self, path: Path) -> None:
        store = EmbeddedStore(path, create=True)
        super().__init__(store, ReaderPool(store, readers=1, deadline=60))

    def __enter__(self) -> EmbeddedStoreWithPool:
        return self

    def __exit__(self, *exc: object) -> None:
        self._pool.close()
        self._store.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddedStore]:
    store = EmbeddedStore(tmp_path / "store", create=True)
    predicate = NamedNode("http://example.org/p")
    triples = tuple(
        Triple(NamedNode(f"http://example.org/s{n}"), predicate, Literal(f"value {n}"))
        for n in range(3_000)
    )
    store.commit(Commit(changes=(GraphChange(G1, triples),), reason="fill", agent="tester"))
    yield store
    store.close()


@pytest.fixture
def pool_of(store: EmbeddedStore) -> Iterator[Callable[..., ReaderPool]]:
    pools: list[ReaderPool] = []

    def make(**options: object) -> ReaderPool:
        pools.append(ReaderPool(store, **options))
        return pools[-1]

    yield make
    for pool in pools:
        pool.close()


def ask(pool: ReaderPool, sparql: str, **options: object) -> bytes:
    with pool.query(QueryRequest(sparql=sparql, **options)) as answer:
        return b"".join(answer.chunks())


def values(pool: ReaderPool, sparql: str, **options: object) -> list[str]:
    rows = json.loads(ask(pool, sparql, **options))["results"]["bindings"]
    return [row["o"]["value"] for row in rows]


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end, "this did not come to pass within 20 seconds"
        time.sleep(0.02)


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    # A process that has ended and was not waited for yet is gone too.
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


# -- deadlines ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "runaway",
    [
        CROSS,
        HOG,
        "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(CONCAT(?c, ?f, ?i) = '') }",
        "SELECT (GROUP_CONCAT(?c) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        "CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(CONCAT(?c, ?f, ?i) = '') }",
    ],
    ids=["count", "sort", "ask", "group", "construct"],
)
def test_a_runaway_ends_at_its_deadline(pool_of: Callable[..., ReaderPool], runaway: str) -> None:
    pool = pool_of(readers=1, deadline=2.0, memory=0)
    began = time.monotonic()
    with pytest.raises(QueryTimeoutError, match="deadline of 2 seconds") as caught:
        ask(pool, runaway)
    assert 1.0 < time.monotonic() - began < 3.0
    assert caught.value.deadline == 2.0
    assert values(pool, POINT) == ["value 7"]


def test_a_client_may_ask_for_less_time_but_not_for_more(
    pool_of: Callable[..., ReaderPool],
) -> None:
    pool = pool_of(readers=1, deadline=2.0)
    for asked, given in ((1.0, 1.0), (50.0, 2.0)):
        began = time.monotonic()
        with pytest.raises(QueryTimeoutError, match=f"{given:g} seconds"):
            ask(pool, CROSS, deadline=asked)
        assert given - 1 < time.monotonic() - began < given + 1


def test_an_answer_that_streams_ends_at_its_deadline_too(
    pool_of: Callable[..., ReaderPool],
) -> None:
    pool = pool_of(readers=1, deadline=2.0)
    began = time.monotonic()
    received = 0
    with pool.query(QueryRequest(sparql=ENDLESS)) as answer:
        chunks = answer.chunks()
        try:
            for chunk in chunks:
                received += len(chunk)
        except QueryTimeoutError:
            received = -received
    assert 1.0 < time.monotonic() - began < 3.0
    assert received < -1_000_000, "it did not end with the error"


def test_a_client_that_does_not_read_loses_its_reader(
    pool_of: Callable[..., ReaderPool],
) -> None:
    pool = pool_of(readers=1, deadline=2.0)
    answer = pool.query(QueryRequest(sparql=ENDLESS))
    chunks = answer.chunks()
    next(chunks)
    (slow,) = pool.pids()
    wait_until(lambda: is_gone(slow))
    with pytest.raises(QueryTimeoutError):
        list(chunks)
    answer.close()
    assert values(pool, POINT) == ["value 7"]


def test_eight_runaways_do_not_keep_others_waiting(pool_of: Callable[..., ReaderPool]) -> None:
    pool = pool_of(readers=2, deadline=6.0)
    with ThreadPoolExecutor(8) as threads:
        began = time.monotonic()
        runaways = [threads.submit(ask, pool, CROSS) for _ in range(8)]
        answered = 0
        while time.monotonic() - began < 4.5:
            assert values(pool, POINT) == ["value 7"]
            answered += 1
        errors = [runaway.exception() for runaway in runaways]
        took = time.monotonic() - began
    assert all(isinstance(error, QueryTimeoutError) for error in errors)
    assert 5.0 < took < 7.0
    assert answered > 20


# -- memory and other deaths ----------------------------------------------------------------------


def test_a_query_that_takes_too_much_memory_dies_alone(
    pool_of: Callable[..., ReaderPool],
) -> None:
    pool = pool_of(readers=2, deadline=30.0, memory=100_000_000)
    with ThreadPoolExecutor(2) as threads:
        hog = threads.submit(ask, pool, HOG)
        while not hog.done():
            assert values(pool, POINT) == ["value 7"]
        with pytest.raises(QueryMemoryError, match="100 MB"):
            hog.result()
    assert values(pool, POINT) == ["value 7"]


def test_a_long_answer_needs_no_memory(pool_of: Callable[..., ReaderPool]) -> None:
    pool = pool_of(readers=1, deadline=60.0, memory=50_000_000)
    received = 0
    with pool.query(QueryRequest(sparql=ENDLESS + " LIMIT 150000")) as answer:
        for chunk in answer.chunks():
            received += len(chunk)
    assert received > 60_000_000
    assert answer.truncated is None


def test_a_query_that_crashes_the_engine_is_to_blame(
    pool_of: Callable[..., ReaderPool],
) -> None:
    pool = pool_of(readers=1, deadline=20.0)
    with pytest.raises(QueryError, match="too long, for the engine"):
        ask(pool, "SELECT * { " + "{} UNION " * 100_000 + "{} }")
    assert values(pool, POINT) == ["value 7"]


def test_a_reader_that_is_killed_is_replaced(pool_of: Callable[..., ReaderPool]) -> None:
    pool = pool_of(readers=2, deadline=20.0)
    wait_until(lambda: len(pool.pids()) == 2)
    killed = pool.pids()
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    for _ in range(4):
        assert values(pool, POINT) == ["value 7"]
    wait_until(lambda: len(pool.pids()) == 2)
    assert not set(pool.pids()) & set(killed)


def test_a_reader_that_is_killed_at_work_says_so(pool_of: Callable[..., ReaderPool]) -> None:
    pool = pool_of(readers=1, deadline=20.0)
    assert values(pool, POINT) == ["value 7"]
    with ThreadPoolExecutor(1) as threads:
        (pid,) = pool.pids()
        asked = threads.submit(ask, pool, CROSS)
        # Once it is slow another is started in its place: then it is certainly at work.
        wait_until(lambda: len(pool.pids()) == 2)
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(StoreError, match="ended unexpectedly"):
            asked.result()
    assert values(pool, POINT) == ["value 7"]


def test_readers_end_with_their_owner(tmp_path: Path) -> None:
    code = """
import sys, threading, time
from pathlib import Path
from store.contract import *
from outcome_graph.store import *
store = EmbeddedStore(Path(sys.argv[1]), create=True)
put(store, G1, *range(3000))
pool = ReaderPool(store, readers=2, deadline=60)
cross = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ask(pool, "ASK {}")
for _ in range(2):
    threading.Thread(target=lambda: ask(pool, cross), daemon=True).start()
time.sleep(1)
print(*pool.pids(), flush=True)
time.sleep(60)
"""
    owner = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "store")],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )
    assert owner.stdout is not None
    pids = [int(pid) for pid in owner.stdout.readline().split()]
    assert len(pids) >= 2
    owner.kill()
    owner.wait()
    owner.stdout.close()
    wait_until(lambda: all(is_gone(pid) for pid in pids))
    # What is left of its snapshots goes when the store is opened again.
    assert os.listdir(tmp_path / "store" / "snapshots")
    EmbeddedStore(tmp_path / "store").close()
    assert os.listdir(tmp_path / "store" / "snapshots") == []


# -- the queue ------------------------------------------------------------------------------------


def test_a_full_queue_is_refused(pool_of: Callable[..., ReaderPool]) -> None:
    pool = pool_of(readers=1, deadline=3.0, queue=2, slow=0)
    assert values(pool, POINT) == ["value 7"]
    with ThreadPoolExecutor(8) as threads:
        asked = [threads.submit(ask, pool, CROSS) for _ in range(8)]
        errors = [future.exception() for future in asked]
    stopped = [e for e in errors if isinstance(e, QueryTimeoutError)]
    busy = [e for e in errors if isinstance(e, StoreBusyError)]
    assert len(stopped) == 1
    assert len(busy) == 7
    assert sum("are waiting" in e.message for e in busy) == 5
    assert sum("No reader became free within 3 seconds" in e.message for e in busy) == 2
    assert all(e.retry_after >= 1 for e in busy)
    assert values(pool, POINT) == ["value 7"]


def test_closing_an_answer_frees_its_reader(pool_of: Callable[..., ReaderPool]) -> None:
    pool = pool_of(readers=1, deadline=60.0, slow=0)
    for _ in range(3):
        answer = pool.query(QueryRequest(sparql=ENDLESS))
        assert len(next(answer.chunks())) > 1_000
        answer.close()
        answer.close()
        assert values(pool, POINT) == ["value 7"]


def test_an_answer_that_was_nearly_done_keeps_its_reader(
    pool_of: Callable[..., ReaderPool],
) -> None:
    pool = pool_of(readers=1, deadline=60.0)
    assert values(pool, POINT) == ["value 7"]
    (pid,) = pool.pids()
    for _ in range(5):
        with pool.query(QueryRequest(sparql=POINT)):
            pass
    assert pool.pids() == [pid]


def test_errors_come_as_they_are(pool_of: Callable[..., ReaderPool]) -> None:
    pool = pool_of(readers=1)
    with pytest.raises(QueryError, match="Line 1, column") as caught:
        ask(pool, "SELECT * { ?s ")
    assert caught.value.line == 1
    with pytest.raises(QueryError, match="SERVICE"):
        ask(pool, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    with pytest.raises(UsageError, match="a table"):
        ask(pool, ALL, formats=AnswerFormats(solutions=None))
    (pid,) = pool.pids()
    assert values(pool, POINT) == ["value 7"]
    assert pool.pids() == [pid]


def test_many_threads_at_once(pool_of: Callable[..., ReaderPool]) -> None:
    pool = pool_of(readers=2, queue=100)

    def work(worker: int) -> None:
        for n in range(worker, 200, 8):
            query = f"SELECT ?o {{ <http://example.org/s{n}> ?p ?o }}"
            assert values(pool, query) == [f"value {n}"]

    with ThreadPoolExecutor(8) as threads:
        for done in [threads.submit(work, n) for n in range(8)]:
            done.result()


# -- revisions and snapshots ----------------------------------------------------------------------


def test_readers_see_the_writes_that_they_must(
    store: EmbeddedStore, pool_of: Callable[..., ReaderPool]
) -> None:
    pool = pool_of(readers=2)
    for n in range(20):
        revision = put(store, G2, n)
        request = QueryRequest(
            sparql=f"SELECT ?o {{ GRAPH {G2} {{ ?s ?p ?o }} }}", min_revision=revision
        )
        with pool.query(request) as answer:
            found = json.loads(b"".join(answer.chunks()))["results"]["bindings"]
        assert answer.revision == revision
        assert [row["o"]["value"] for row in found] == [str(n)]


def test_writes_come_to_readers_by_themselves(
    store: EmbeddedStore, pool_of: Callable[..., ReaderPool]
) -> None:
    pool = pool_of(readers=2)
    update(store, f"INSERT DATA {{ GRAPH {G2} {{ <a:a> <a:b> 'x' }} }}")
    wait_until(lambda: values(pool, f"SELECT ?o {{ GRAPH {G2} {{ ?s ?p ?o }} }}") == ["x"])


def test_revisions_that_do_not_exist_are_refused(pool_of: Callable[..., ReaderPool]) -> None:
    with pytest.raises(UsageError, match="no revision 99"):
        ask(pool_of(), POINT, min_revision=99)


def test_a_running_answer_keeps_its_revision(
    store: EmbeddedStore, pool_of: Callable[..., ReaderPool]
) -> None:
    pool = pool_of(readers=2)
    with pool.query(QueryRequest(sparql="SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 100000")) as old:
        chunks = old.chunks()
        body = [next(chunks)]
        for n in range(3):
            revision = put(store, G1, f"only {n}")
        assert values(pool, ALL, min_revision=revision) == ["only 2"]
        body += list(chunks)
    assert old.revision == 1
    assert b"".join(body).count(b'"c":') == 100_000


def test_a_reader_that_hangs_delays_no_snapshot(
    store: EmbeddedStore, pool_of: Callable[..., ReaderPool]
) -> None:
    pool = pool_of(readers=2)
    wait_until(lambda: pool.state()["idle"] == 2)
    stuck = pool.pids()[0]
    os.kill(stuck, signal.SIGSTOP)
    try:
        for n in range(3):
            assert pool.wait_for(put(store, G1, f"only {n}"), 10)
    finally:
        os.kill(stuck, signal.SIGCONT)


def test_snapshots_go_when_nobody_needs_them(
    store: EmbeddedStore, pool_of: Callable[..., ReaderPool]
) -> None:
    pool = pool_of(readers=2)
    folder = store.folder.snapshots
    for n in range(10):
        put(store, G2, n)
        ask(pool, POINT, min_revision=store.revision())
    wait_until(lambda: len(os.listdir(folder)) == 1)
    pool.close()
    assert os.listdir(folder) == []


def test_bursts_of_commits_share_a_snapshot(
    store: EmbeddedStore,
    pool_of: Callable[..., ReaderPool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken: list[int] = []
    snapshot = store.snapshot

    def counted(target: Path) -> int:
        taken.append(snapshot(target))
        return taken[-1]

    monkeypatch.setattr(store, "snapshot", counted)
    pool = pool_of(readers=1)
    began = time.monotonic()
    for n in range(100):
        put(store, G2, n)
    ask(pool, POINT, min_revision=store.revision())
    assert taken[-1] == store.revision() == 101
    # At most one each 50 ms, besides the first of all and the one that completes the burst.
    assert len(taken) <= (time.monotonic() - began) / 0.05 + 2


def test_readers_follow_when_the_engine_has_merged_its_files(
    store: EmbeddedStore,
    pool_of: Callable[..., ReaderPool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("outcome_graph.store.readers._WORN", 0.05)
    pool = pool_of(readers=1)
    for n in range(3):
        put(store, G2, n)
        ask(pool, POINT, min_revision=store.revision())
    store.engine_store().optimize()

    def follows() -> bool:
        present = {name for name in os.listdir(store.folder.engine) if name.endswith(".sst")}
        snapshots = list(store.folder.snapshots.iterdir())
        return len(snapshots) == 1 and present == {p.name for p in snapshots[0].glob("*.sst")}

    wait_until(follows)
    (snapshot,) = store.folder.snapshots.iterdir()
    assert values(pool, POINT) == ["value 7"]
    with pool.query(QueryRequest(sparql=POINT)) as answer:
        assert answer.revision == store.revision()
    # Nothing was merged since: the snapshot stays.
    time.sleep(0.5)
    assert snapshot.exists()


def test_a_store_opened_for_reading_is_served_as_it_is(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "store", create=True)
    put(store, G1, "a")
    store.close()
    store = EmbeddedStore(tmp_path / "store", read_only=True)
    with ReaderPool(store, readers=2) as pool:
        assert values(pool, ALL) == ["a"]
    assert os.listdir(tmp_path / "store" / "snapshots") == []
    assert (tmp_path / "store" / "store" / "CURRENT").is_file()
    store.close()


def test_a_pool_that_is_closed_answers_nobody(pool_of: Callable[..., ReaderPool]) -> None:
    pool = pool_of(readers=1, deadline=30.0)
    failed: list[BaseException | None] = []

    def runaway() -> None:
        try:
            ask(pool, CROSS)
        except StoreError as error:
            failed.append(error)

    thread = threading.Thread(target=runaway)
    thread.start()
    wait_until(lambda: len(pool.pids()) == 2)
    pids = pool.pids()
    pool.close()
    thread.join()
    assert len(failed) == 1
    assert all(is_gone(pid) for pid in pids)
    with pytest.raises(StoreError, match="closed"):
        ask(pool, POINT)
