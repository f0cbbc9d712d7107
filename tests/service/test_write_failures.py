"""A full disk, and what pages show right after a write, against the real server."""

from __future__ import annotations

import json
import resource
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import RunningServer, running_server
from support.stores import SEED
from support.writable import BASE, SEED_ID, Client, make_store

TURTLE = {"Content_Type": "text/turtle"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningServer, Client]]:
    folder = tmp_path_factory.mktemp("failures") / "store"
    secrets = make_store(folder)
    with running_server(folder) as running:
        yield running, Client(running.url, secrets)


def workers(server: RunningServer) -> list[int]:
    pid = server.process.pid
    return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_a_full_disk_harms_nothing(server: tuple[RunningServer, Client]) -> None:
    running, client = server
    before = client("GET", f"/record/{SEED_ID}", Accept="application/n-triples")
    body = SEED.read_text("utf-8").replace("LAO226", "LAO299").encode()
    pids = workers(running)
    old = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in pids}
    try:
        for pid in pids:  # no file may grow beyond this: as when the disk is full
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (1000, old[pid][1]))
        failed = client("POST", "/records", body, "steward", Content_Type="text/plain")
        assert failed.status in (503, 507), failed.data
        assert "room on the disk" in json.loads(failed.data)["detail"]
        after = client("GET", f"/record/{SEED_ID}", Accept="application/n-triples")
        assert (after.status, after.data) == (200, before.data)
    finally:
        for pid in pids:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, old[pid])
    assert client("GET", f"/record/{SEED_ID.replace('226', '299')}").status == 404
    done = client("POST", "/records", body, "steward", Content_Type="text/plain")
    assert done.status == 201, done.data


def test_a_page_right_after_a_write_shows_it(server: tuple[RunningServer, Client]) -> None:
    _, client = server
    iri = f"{BASE}organisation/fresh"
    for number in range(20):
        body = f"<{iri}> <http://www.w3.org/2000/01/rdf-schema#label> 'name {number}' .".encode()
        done = client("PUT", "/graphs?graph=http://e/fresh", body, "steward", **TURTLE)
        assert done.status in (201, 204)
        shown = client("GET", "/organisation/fresh", Accept="text/turtle")
        assert f"name {number}".encode() in shown.data


def test_writers_at_once_lose_nothing(server: tuple[RunningServer, Client]) -> None:
    _, client = server
    statuses: list[int] = []

    def write(number: int) -> None:
        body = f"<http://e/s> <http://e/at-once> {number} .".encode()
        answer = client("POST", "/graphs?graph=http://e/at-once", body, "steward", **TURTLE)
        statuses.append(answer.status)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [201, *[204] * 11]
    got = client("GET", "/graphs?graph=http://e/at-once", Accept="application/n-triples")
    assert len(got.data.splitlines()) == 12
