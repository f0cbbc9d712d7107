"""``/record/{id}/history``: who changed a record, when and why."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from conftest import running_server
from support.writable import SEED_ID, Client, make_store


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("history") / "store"
    secrets = make_store(folder)
    with running_server(folder) as server:
        yield Client(server.url, secrets)


def test_history_of_a_record(client: Client) -> None:
    path = f"/record/{SEED_ID}/history"
    first = json.loads(client("GET", path, Accept="application/json").data)
    assert first["id"] == SEED_ID
    assert [r["agent"] for r in first["revisions"]] == ["api"]
    deleted = client("DELETE", f"/record/{SEED_ID}", None, "steward")
    assert deleted.status == 204
    revisions = json.loads(client("GET", path).data)["revisions"]
    assert [r["agent"] for r in revisions] == ["api", "the-steward"]
    assert str(revisions[-1]["revision"]) == deleted.headers["X-Revision"]
    assert revisions[-1]["removed"] == revisions[0]["added"]
    assert revisions[-1]["added"] == 0


def test_as_a_page(client: Client) -> None:
    answer = client("GET", f"/record/{SEED_ID}/history", Accept="text/html")
    assert answer.headers["Content-Type"].startswith("text/html")
    HTMLParser().feed(answer.data.decode())
    assert b"load LAO226-2020-21-8.1.1.txt" in answer.data


def test_no_such_record(client: Client) -> None:
    assert client("GET", "/record/NONE-1/history").status == 404
    assert client("PUT", f"/record/{SEED_ID}/history", b"", "admin").status == 405
