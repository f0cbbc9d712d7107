"""Writing over HTTP: a plain store, and services before remote engines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from conftest import running_server
from support.engines import Engine, oxigraph_server
from support.stores import SEED
from support.writable import RECORD, SEED_ID, Client

from outcome_graph.access import TokenBook

TURTLE = {"Content_Type": "text/turtle"}
PAGE = {"Content_Type": "text/plain"}
NEW_ID = SEED_ID.replace("LAO226", "LAO297")
NEW = SEED.read_bytes().replace(b"LAO226", b"LAO297")
OUTCOME = f"<https://w3id.org/outcome-graph/outcome/{SEED_ID}>"


@dataclass
class Service:
    """A service that can be written to; ``plain`` has no records."""

    client: Client
    plain: bool

    def lines(self, path: str) -> int:
        answer = self.client("GET", path, Accept="application/n-triples")
        assert answer.status == 200, answer.data
        return len(answer.data.splitlines())

    def revision(self) -> str:
        return self.client("GET", "/records").headers["X-Revision"]


@pytest.fixture(scope="module", params=["plain", "oxigraph", "fuseki"])
def service(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    folder: Path = tmp_path_factory.mktemp(f"writing-{request.param}")
    book = TokenBook(folder / "tokens.json")
    secrets = {role: book.create(role, name=f"the-{role}")[1] for role in ("steward", "admin")}
    tokens = {"OUTCOME_GRAPH_TOKENS_FILE": str(folder / "tokens.json")}
    if request.param == "plain":
        with running_server(folder / "store", "--no-validation", **tokens) as server:
            yield Service(Client(server.url, secrets), plain=True)
        return
    with ExitStack() as stack:
        if request.param == "fuseki":
            engine: Engine = request.getfixturevalue("fuseki")
            engine.clear()
        else:
            engine = stack.enter_context(oxigraph_server(folder))
        server = stack.enter_context(running_server(engine.query, **tokens))  # type: ignore[arg-type]
        client = Client(server.url, secrets)
        made = client("POST", "/records", SEED.read_bytes(), "steward", **PAGE)
        assert made.status == 201, made.data
        yield Service(client, plain=False)


@pytest.fixture
def records(service: Service) -> Service:
    """A service that has records."""
    if service.plain:
        pytest.skip("a plain store has no records")
    return service


def at(iri: str) -> str:
    return f"/graphs?graph={quote(iri, safe='')}"


def test_updates(service: Service) -> None:
    client = service.client
    ask = "ASK { GRAPH <http://e/u> { <http://e/s> <http://e/n> %d } }"
    texts = (
        "INSERT DATA { GRAPH <http://e/u> { <http://e/s> <http://e/n> 1 } }",
        "DELETE { GRAPH ?g { ?s <http://e/n> ?n } } INSERT { GRAPH ?g { ?s <http://e/n> ?m } } "
        "WHERE { GRAPH ?g { ?s <http://e/n> ?n BIND(?n + 1 AS ?m) } }",
    )
    for number, text in enumerate(texts, 1):
        done = client.update(text)
        assert done.status == 204, done.data
        assert client.ask(ask % number, done.headers["X-Revision"])
    assert not client.ask(ask % 1)
    before = service.revision()
    assert client.update("INSERT DATA { <a:b> }").status == 400
    assert client.update(texts[0], role="steward").status == 403
    assert client.update(texts[0], role=None).status == 401
    assert service.revision() == before
    done = client.update("DROP GRAPH <http://e/u>")
    assert done.status == 204
    assert not client.ask(ask % 2, done.headers["X-Revision"])


@pytest.mark.parametrize("path", [at("http://e/graph"), "/graph/of-mine"])
def test_a_graph_comes_changes_and_goes(service: Service, path: str) -> None:
    client = service.client
    assert client("GET", path).status == 404
    made = client("PUT", path, "<a:s> <a:p> 1, 2 .", "steward", **TURTLE)
    assert made.status == 201, made.data
    assert service.lines(path) == 2
    assert client("PUT", path, "<a:s> <a:p> 3 .", "steward", **TURTLE).status == 204
    assert service.lines(path) == 1
    assert client("POST", path, "<a:s> <a:p> 3, 4 .", "steward", **TURTLE).status == 204
    assert service.lines(path) == 2
    head = client("HEAD", path, Accept="text/turtle")
    assert (head.status, head.data) == (200, b"")
    assert head.headers["ETag"] == client("GET", path, Accept="text/turtle").headers["ETag"]
    assert client("PUT", path, "<a:s> <a:p", "steward", **TURTLE).status == 400
    assert service.lines(path) == 2
    assert client("DELETE", path, None, "steward").status == 204
    assert client("GET", path).status == 404
    assert client("DELETE", path, None, "steward").status == 404


def test_the_default_graph(service: Service) -> None:
    client, path = service.client, "/graphs?default"
    made = client("PUT", path, "<a:s> <a:d> 1 .", "steward", **TURTLE)
    assert made.status in (201, 204)
    assert service.lines(path) == 1
    assert client.ask("ASK { <a:s> <a:d> 1 }", made.headers["X-Revision"])
    gone = client("DELETE", path, None, "steward")
    assert gone.status == 204
    assert not client.ask("ASK { <a:s> <a:d> 1 }", gone.headers["X-Revision"])


def test_preconditions(service: Service) -> None:
    client, path = service.client, at("http://e/conditional")
    assert client("PUT", path, "<a:s> <a:p> 1 .", "steward", **TURTLE).status == 201
    tag = client("GET", path, Accept="text/turtle").headers["ETag"]
    good = client("PUT", path, "<a:s> <a:p> 2 .", "steward", If_Match=tag, **TURTLE)
    assert good.status == 204
    late = client("PUT", path, "<a:s> <a:p> 3 .", "steward", If_Match=tag, **TURTLE)
    assert late.status == 409
    only_new = client("PUT", path, "<a:s> <a:p> 3 .", "steward", If_None_Match="*", **TURTLE)
    assert only_new.status == 412
    assert b"2" in client("GET", path, Accept="application/n-triples").data
    assert client("DELETE", path, None, "steward", If_Match=tag).status == 409
    assert client("DELETE", path, None, "steward").status == 204


def test_a_plain_store_takes_no_records(service: Service) -> None:
    if not service.plain:
        pytest.skip("this store has records")
    client, before = service.client, service.revision()
    for method, path in (("POST", "/records"), ("PUT", f"/record/{SEED_ID}")):
        answer = client(method, path, SEED.read_bytes(), "steward", **PAGE)
        assert 400 <= answer.status < 500, answer.data
        assert json.loads(answer.data)["status"] == answer.status
    assert service.revision() == before


def test_a_record_comes_and_goes(records: Service) -> None:
    client, path = records.client, f"/record/{NEW_ID}"
    before = records.revision()
    dry = client("PUT", f"{path}?dry-run", NEW, "steward", **PAGE)
    assert dry.status == 200, dry.data
    assert json.loads(dry.data)["dryRun"] is True
    dry = client("POST", "/records?dry-run", NEW, "steward", **PAGE)
    assert dry.status == 200, dry.data
    assert client("GET", path).status == 404
    assert records.revision() == before
    assert client("PUT", path, NEW, "steward", **PAGE).status == 201
    tag = client("GET", path, Accept="text/turtle").headers["ETag"]
    triples = client("GET", path, Accept="text/turtle").data
    same = client("PUT", path, triples, "steward", If_Match=tag, **TURTLE)
    assert same.status == 204
    assert client("DELETE", path, None, "steward", If_Match='"other"').status == 409
    assert client("DELETE", path, None, "steward", If_Match=tag).status == 204
    assert client("GET", path).status == 404


def test_shapes_hold_whichever_way_a_change_comes(records: Service) -> None:
    client = records.client
    before = client("GET", f"/record/{SEED_ID}", Accept="text/turtle")
    lines = client("GET", f"/record/{SEED_ID}.nt").data.decode().splitlines()
    # dcterms:title is a mandatory field of the result page.
    title = f"{OUTCOME} <http://purl.org/dc/terms/title>"
    less = "\n".join(line for line in lines if not line.startswith(title))
    assert len(less.splitlines()) == len(lines) - 1
    nt = {"Content_Type": "application/n-triples"}
    answers = [
        client("PUT", f"/record/{SEED_ID}", less, "steward", **nt),
        client("PUT", at(RECORD), less, "steward", **nt),
        client.update(f"DELETE WHERE {{ GRAPH <{RECORD}> {{ {OUTCOME} dcterms:title ?t }} }}"),
    ]
    for answer in answers:
        assert answer.status == 422, answer.data
        report = json.loads(answer.data)
        assert report["conforms"] is False
        assert any("title" in str(result["field"]) for result in report["results"]), report
    after = client("GET", f"/record/{SEED_ID}", Accept="text/turtle")
    assert after.headers["ETag"] == before.headers["ETag"]
