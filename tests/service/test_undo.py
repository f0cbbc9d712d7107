"""``POST /revisions/{n}/undo``: taking back a load over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import running_server
from support.described import check
from support.writable import SEED_ID, Client, make_store

from outcome_graph.draft import SourceFile
from outcome_graph.errors import StoreError
from outcome_graph.pipeline import OutcomeGraph, undoing
from outcome_graph.service import create_app
from outcome_graph.store import Commit, EmbeddedStore

PATH = "/revisions/{revision}/undo"
ROW = {
    "Code": "MOZ502",
    "Country": "Mozambique",
    "Visibility": "Public",
    "Biennium": "2018-19",
    "Indicator": "3.1",
    "Step": "1",
    "Title": "A scheme and its law",
    "Date achieved": "2019-03-01",
    "Outcome achieved": "Parliament passed the law.",
    "SDG targets": "1.3",
    "Contributors": "ILO",
    "Funders": "",
}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    secrets = make_store(tmp_path / "store")
    with running_server(tmp_path / "store") as server:
        yield Client(server.url, secrets)


@pytest.fixture
def document(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(client("GET", "/openapi.json").data)
    return found


def table(*rows: dict[str, str]) -> bytes:
    cells = (ROW, *(row.values() for row in rows))
    return "\n".join(",".join(line) for line in cells).encode()


def load(client: Client, *rows: dict[str, str]) -> dict[str, Any]:
    answer = client(
        "POST", "/records?name=rows.csv", table(*rows), "steward", Content_Type="text/csv"
    )
    assert answer.status == 201, answer.data
    found: dict[str, Any] = json.loads(answer.data)
    return found


def ids(client: Client) -> set[str]:
    return {record["id"] for record in json.loads(client("GET", "/records").data)}


def undo(client: Client, revision: int, query: str = "", role: str | None = "steward") -> Any:
    return client("POST", f"/revisions/{revision}/undo{query}", None, role)


def test_a_load_is_taken_back(client: Client, document: dict[str, Any]) -> None:
    before = ids(client)
    loaded = load(client, ROW, {**ROW, "Code": "MOZ503"})
    (revision,) = loaded["revisions"]
    dry = check(document, PATH, "post", undo(client, revision, "?dry-run"))
    assert dry["dryRun"]
    assert (dry["revision"], dry["revisions"]) == (revision, [])
    answer = undo(client, revision)
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "no-store"
    done = check(document, PATH, "post", answer)
    assert done["undone"] == f"revision {revision} (load rows.csv)"
    assert done["removed"] == dry["removed"] == sorted(r["id"] for r in loaded["records"])
    assert done["restored"] == []
    assert done["revisions"] == [done["revision"]] == [int(answer.headers["X-Revision"])]
    assert ids(client) == before
    path = f"/record/{done['removed'][0]}/history"
    newest = json.loads(client("GET", path).data)["revisions"][-1]
    assert newest["agent"] == "the-steward"
    assert newest["reason"] == f"undo revision {revision} (load rows.csv)"
    # It is a commit like any other.
    again = check(document, PATH, "post", undo(client, done["revision"]))
    assert again["restored"] == done["removed"]


def test_nothing_is_undone_that_others_built_upon(client: Client) -> None:
    (revision,) = load(client, ROW, {**ROW, "Code": "MOZ503"})["revisions"]
    (record,) = load(client, {**ROW, "Title": "Another title"})["records"]
    before = ids(client)
    answer = undo(client, revision)
    assert answer.status == 409
    problem = json.loads(answer.data)
    assert record["id"] in problem["detail"]
    assert ids(client) == before


def test_what_was_undone_before_a_fault_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undoing, "TOGETHER", 1)
    secrets = make_store(tmp_path / "store")
    commit, made = EmbeddedStore.commit, []

    def failing(store: EmbeddedStore, change: Commit) -> int:
        if made:
            raise StoreError("The disk is full.")
        made.append(commit(store, change))
        return made[-1]

    with OutcomeGraph.open(tmp_path / "store") as graph:
        rows = [{**ROW, "Code": f"MOZ50{n}"} for n in (2, 3)]
        loaded = graph.load(SourceFile("rows.csv", table(*rows))).made.revisions[0]
        monkeypatch.setattr(EmbeddedStore, "commit", failing)
        answer = (
            create_app(graph)
            .test_client()
            .post(
                f"/revisions/{loaded}/undo",
                headers={"Authorization": f"Bearer {secrets['steward']}"},
            )
        )
    assert answer.status_code == 503
    assert answer.json["detail"] == (
        f"The disk is full. A part was undone (revision {made[0]}). Undo it again to go on."
    )


def test_a_commit_that_is_not_about_records(client: Client) -> None:
    answer = undo(client, 1)
    assert answer.status == 409
    assert "is no record" in json.loads(answer.data)["detail"]


def test_internal_records_have_revisions_of_their_own(client: Client) -> None:
    loaded = load(client, {**ROW, "Visibility": "Internal"})
    assert (loaded["revisions"], loaded["internalRevisions"]) == ([], [1])
    # Their journal does not begin with the reference graphs.
    done = json.loads(undo(client, 1, "?internal").data)
    assert done["removed"] == [loaded["records"][0]["id"]]
    assert done["internalRevisions"] == [2]


@pytest.mark.parametrize(
    ("path", "role", "status"),
    [
        ("/revisions/99/undo", "steward", 404),
        ("/revisions/0/undo", "steward", 404),
        ("/revisions/two/undo", "steward", 404),
        ("/revisions/9999999999999999999999/undo", "steward", 404),
        ("/revisions/2/undo?dry-run=perhaps", "steward", 400),
        ("/revisions/2/undo?internal=perhaps", "steward", 400),
        ("/revisions/2/undo", None, 401),
        ("/revisions/2/undo", "read", 403),
    ],
)
def test_what_is_refused(client: Client, path: str, role: str | None, status: int) -> None:
    answer = client("POST", path, None, role)
    assert answer.status == status
    assert json.loads(answer.data)["status"] == status
    assert SEED_ID in ids(client)


def test_a_history_counts_the_record_alone(client: Client, document: dict[str, Any]) -> None:
    loaded = load(client, ROW, {**ROW, "Code": "MOZ503", "Funders": "Government of Luxembourg"})
    counts = {}
    for record in loaded["records"]:
        found = client("GET", f"/record/{record['id']}/history")
        (revision,) = check(document, "/record/{id}/history", "get", found)["revisions"]
        graph = client("GET", f"/record/{record['id']}.nt").data.decode()
        assert revision["added"] == len(graph.splitlines())
        assert revision["removed"] == 0
        counts[record["id"]] = revision["added"]
        assert revision["commit"]["removed"] == 0
    assert sum(counts.values()) == revision["commit"]["added"]
