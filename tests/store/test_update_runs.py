"""Updates with WHERE are worked out by processes that can be killed."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from store.contract import G1, P, Q, S, put, update

from outcome_graph.errors import QueryMemoryError, QueryTimeoutError, StoreError
from outcome_graph.rdf import BlankNode, Quad
from outcome_graph.store import EmbeddedStore
from outcome_graph.store.owner import OwnerEndpoint
from outcome_graph.store.patch import Patch, patch_lines, read_patch
from outcome_graph.store.served import ServedStore, open_connection
from outcome_graph.store.update_runs import UpdateBounds, evaluates

RUNAWAY = f"""INSERT {{ {S} {Q} ?n }} WHERE {{ SELECT (COUNT(*) AS ?n) {{
?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p }} }}"""
SMALL = f"INSERT {{ {S} {Q} ?o }} WHERE {{ {S} {P} ?o }}"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddedStore]:
    bounds = UpdateBounds(deadline=60.0, memory=150_000_000)
    opened = EmbeddedStore(tmp_path / "store", create=True, updates=bounds)
    put(opened, G1, *(f"{n}" for n in range(300)))
    yield opened
    opened.close()


def left_behind(store: EmbeddedStore) -> list[Path]:
    return list(store.folder.snapshots.iterdir())


def test_the_deadline_and_then_the_next(store: EmbeddedStore) -> None:
    began = time.monotonic()
    with pytest.raises(QueryTimeoutError, match=r"deadline of 0\.5 seconds; nothing") as caught:
        update(store, RUNAWAY, deadline=0.5)
    assert caught.value.deadline == 0.5
    assert time.monotonic() - began < 1.5
    assert (store.revision(), left_behind(store)) == (1, [])
    assert update(store, SMALL) == 2


def test_more_than_the_stores_own_limit_cannot_be_had(tmp_path: Path) -> None:
    with_limit = EmbeddedStore(tmp_path / "s", create=True, updates=UpdateBounds(deadline=0.5))
    put(with_limit, G1, *(f"{n}" for n in range(300)))
    with pytest.raises(QueryTimeoutError, match=r"of 0\.5 seconds"):
        update(with_limit, RUNAWAY, deadline=60)
    with_limit.close()


def test_memory_is_bounded(store: EmbeddedStore) -> None:
    greedy = "INSERT { ?a ?b ?l } WHERE { ?a ?b ?c . ?d ?e ?f . ?j ?k ?l }"
    with pytest.raises(QueryMemoryError, match="The update needs more than the 150 MB"):
        update(store, greedy)
    assert (store.revision(), left_behind(store)) == (1, [])
    assert update(store, SMALL) == 2


def test_a_process_that_is_killed_costs_that_update_only(store: EmbeddedStore) -> None:
    update(store, SMALL)
    process = store._updates._idle
    assert process is not None
    failure: list[BaseException] = []

    def run() -> None:
        try:
            update(store, RUNAWAY)
        except StoreError as error:
            failure.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    while store._updates._idle is not None:
        time.sleep(0.01)
    time.sleep(0.3)
    os.kill(process.pid, signal.SIGKILL)
    thread.join(4)
    assert [type(error).__name__ for error in failure] == ["ReaderLostError"]
    assert left_behind(store) == []
    assert update(store, f"DELETE WHERE {{ {S} {Q} ?o }}") == 3


def test_when_the_store_moves_on_it_is_worked_out_again(
    store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was written meanwhile is seen, and not lost."""
    seen = []
    freeze = store.snapshot

    def meddling(target: Path) -> int:
        revision = freeze(target)
        seen.append(revision)
        if len(seen) < 3:
            put(store, G1, *(f"new {len(seen)}-{n}" for n in range(3)))
        return revision

    monkeypatch.setattr(store, "snapshot", meddling)
    assert update(store, SMALL) == 4
    assert seen == [1, 2, 3]
    found = {t.object.value for t in store.graph(None) if t.predicate == Q}
    assert found == {"new 2-0", "new 2-1", "new 2-2"}


def test_without_where_no_process_is_needed(store: EmbeddedStore) -> None:
    update(store, f"INSERT DATA {{ {S} {Q} 1 }}")
    update(store, "CLEAR ALL")
    assert store._updates._idle is None
    assert not evaluates("INSERT DATA { <a:b> <a:c> 'here' }")
    assert evaluates("insert{?a ?b ?c}where{?a ?b ?c}")
    assert evaluates("INSERT { ?a ?b ?c } \\u0057HERE { ?a ?b ?c }")


def test_over_the_control_socket(store: EmbeddedStore) -> None:
    """A command that works with a served store gets the same error, at the same time."""
    lock = threading.RLock()
    endpoint = OwnerEndpoint(store, lambda name, create: store, lock, "http://test")
    try:
        connection = open_connection(str(endpoint.path))
        assert connection is not None
        served = ServedStore(connection)
        with pytest.raises(QueryTimeoutError, match=r"stopped at its deadline of 0\.5") as caught:
            update(served, RUNAWAY, deadline=0.5)
        assert caught.value.deadline == 0.5
        assert update(served, SMALL, deadline=5) == 2
        served.close()
    finally:
        endpoint.close()


def test_patches_keep_the_labels_of_blank_nodes() -> None:
    patch = Patch((Quad(BlankNode("abc"), P, S),), (Quad(S, P, BlankNode("def"), G1),))
    assert read_patch(patch_lines(patch)) == patch
