"""An update that runs away is stopped, harms nobody and leaves nothing behind."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from conftest import running_server
from support.writable import Client, make_store

FORM = "application/x-www-form-urlencoded"
#: A product of the store with itself, four times over.
RUNAWAY = """INSERT { GRAPH <http://e/g> { <http://e/s> <http://e/count> ?n } }
WHERE { SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } }"""
#: Needs nothing of the store: it would run away while it is only looked at for mistakes.
VALUES = " ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(200)))} }}" for n in range(6))
OF_VALUES = f"""INSERT {{ <http://e/s> <http://e/count> ?n }}
WHERE {{ SELECT (COUNT(*) AS ?n) {{ {VALUES} }} }}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("deadline") / "store"


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[Client]:
    secrets = make_store(folder)
    with running_server(folder) as server:
        yield Client(server.url, secrets)


def copies(folder: Path) -> list[str]:
    return [path.name for path in (folder / "snapshots").glob("update-*")]


@pytest.mark.parametrize("text", [RUNAWAY, OF_VALUES])
@pytest.mark.parametrize("place", ["address", "form"])
def test_it_ends_at_its_deadline(client: Client, folder: Path, place: str, text: str) -> None:
    before = client("GET", "/sparql?query=ASK%7B%7D").headers["X-Revision"]
    began = time.monotonic()
    if place == "address":
        kind = {"Content_Type": "application/sparql-update"}
        answer = client("POST", "/update?timeout=1", text, "admin", **kind)
    else:
        body = urlencode({"update": text, "timeout": "1"})
        answer = client("POST", "/update", body, "admin", Content_Type=FORM)
    assert 0.9 < time.monotonic() - began < 2.0
    assert answer.status == 503
    assert "Retry-After" in answer.headers
    problem = json.loads(answer.data)
    assert problem["deadline"] == 1
    assert "The update was stopped at its deadline of 1 seconds" in problem["detail"]
    assert "update" in problem["title"]
    assert copies(folder) == []
    assert client("GET", "/sparql?query=ASK%7B%7D").headers["X-Revision"] == before


def test_others_write_meanwhile(client: Client, folder: Path) -> None:
    statuses = []

    def run_away() -> None:
        kind = {"Content_Type": "application/sparql-update"}
        statuses.append(client("POST", "/update?timeout=8", RUNAWAY, "admin", **kind).status)

    thread = threading.Thread(target=run_away)
    thread.start()
    end = time.monotonic() + 3
    while not copies(folder) and time.monotonic() < end:
        time.sleep(0.02)
    assert copies(folder), "it has not begun"
    for n, text in enumerate(
        (
            "INSERT DATA { GRAPH <http://e/g> { <http://e/s> <http://e/p> 1 } }",
            "DELETE { GRAPH ?g { ?s ?p 1 } } INSERT { GRAPH ?g { ?s ?p 2 } } "
            "WHERE { GRAPH ?g { ?s <http://e/p> 1 . ?s ?p 1 } }",
        )
    ):
        done = client.update(text)
        assert done.status == 204, n
    assert thread.is_alive(), "the writers had to wait for it"
    assert client.ask("ASK { <http://e/s> <http://e/p> 2 }", done.headers["X-Revision"])
    thread.join()
    assert statuses == [503]


@pytest.mark.parametrize("value", ["soon", "0", "-1", "nan", "1&timeout=2"])
def test_a_timeout_that_is_none_is_400(client: Client, value: str) -> None:
    kind = {"Content_Type": "application/sparql-update"}
    text = "INSERT DATA { <http://e/never> <http://e/p> 1 }"
    answer = client("POST", f"/update?timeout={value}", text, "admin", **kind)
    assert answer.status == 400
    assert "timeout" in json.loads(answer.data)["detail"]
    assert not client.ask("ASK { <http://e/never> ?p ?o }")


def test_mistakes_in_an_update_with_where_say_line_and_column(client: Client) -> None:
    answer = client.update("INSERT { ?s ?p ?o }\nWHERE { ?s ?p }")
    assert answer.status == 400
    problem = json.loads(answer.data)
    assert problem["line"] == 2
    assert problem["column"] > 1
