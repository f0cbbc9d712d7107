"""What ``/openapi.json`` says of JSON, addresses and parameters is what a real server does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from conftest import running_server
from support.described import check
from support.stores import SEED
from support.writable import BASE, SEED_ID, Client, make_store

from outcome_graph.pipeline import OutcomeGraph

ROOT = Path(__file__).parents[2]
#: A record with two candidates.
PRY = ROOT / "tests" / "ontology" / "records" / "PRY126-2022-23-8.2.1.trig"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("schemas") / "store"
    secrets = make_store(folder)
    with OutcomeGraph.open(folder, base=BASE) as graph:
        assert graph.load(PRY).conforms
    with running_server(folder) as server:
        yield Client(server.url, secrets)


@pytest.fixture(scope="module")
def document(client: Client) -> dict[str, Any]:
    return json.loads(client("GET", "/openapi.json").data)


READ = {
    "/records": "/records",
    "/record/{id}/history": f"/record/{SEED_ID}/history",
    "/queries": "/queries",
    "/queries/outcomes": "/queries/outcomes?country=Laos",
    "/results": "/results?country=LAO",
    "/review": "/review",
    "/health/live": "/health/live",
    "/health/ready": "/health/ready",
    "/suggest": "/suggest?text=social+protection+for+all&least=0.1",
    "/record/{id}": "/record/nothing",
    "/sparql": "/sparql?query=" + quote("SELECT * { ?s ?p ?o } LIMIT 3"),
    "/country/{code}": "/country/LAO",
}


@pytest.mark.parametrize("path", READ)
def test_answers_to_get(client: Client, document: dict[str, Any], path: str) -> None:
    assert check(document, path, "get", client("GET", READ[path], Accept="application/json"))


def test_a_query_with_an_error(client: Client, document: dict[str, Any]) -> None:
    found = check(document, "/sparql", "get", client("GET", "/sparql?query=SELECT"))
    assert found["line"] == 1


def test_reports_and_refusals(client: Client, document: dict[str, Any]) -> None:
    page = SEED.read_bytes()
    report = client("POST", "/validate", page, Content_Type="text/plain")
    assert check(document, "/validate", "post", report)["conforms"]
    worse = page.replace(b"01.04.2020", b"01.04.2031")
    refused = client("POST", "/records", worse, "steward", Content_Type="text/plain")
    assert refused.status == 422
    found = check(document, "/records", "post", refused)
    assert (found["status"], found["conforms"]) == (422, False)


def test_answers_to_writes(client: Client, document: dict[str, Any]) -> None:
    page, kind = SEED.read_bytes(), {"Content_Type": "text/plain"}
    for path in ("/records?dry-run", "/records"):
        check(document, "/records", "post", client("POST", path, page, "steward", **kind))
    dry = client("PUT", f"/record/{SEED_ID}?dry-run", page, "steward", **kind)
    check(document, "/record/{id}", "put", dry)
    unasked = client("PUT", f"/record/{SEED_ID}", page, **kind)
    assert check(document, "/record/{id}", "put", unasked)["status"] == 401


def test_decisions(client: Client, document: dict[str, Any]) -> None:
    kind = {"Content_Type": "application/json"}
    first, second = check(document, "/review", "get", client("GET", "/review"))["candidates"]
    one = {"decision": "reject", "reason": "a test"}
    body = json.dumps(one)
    done = client("POST", f"/review/{first['id']}", body, "steward", **kind)
    check(document, "/review/{id}", "post", done)
    body = json.dumps({"decisions": [{"id": second["id"], **one}]})
    done = client("POST", "/review", body, "steward", **kind)
    assert check(document, "/review", "post", done)["decisions"]
    decided = client("GET", "/review?show=decided")
    assert len(check(document, "/review", "get", decided)["decisions"]) == 2


def test_names_of_formats_are_known_where_they_are_told(
    client: Client, document: dict[str, Any]
) -> None:
    examples = {
        **READ,
        "/record/{id}": f"/record/{SEED_ID}",
        "/queries/candidates": "/queries/candidates",
        "/.well-known/void": "/.well-known/void",
    }
    for path, address in examples.items():
        for parameter in document["paths"][path]["get"]["parameters"]:
            if parameter["name"] != "format" or path == "/sparql":
                continue
            for name in parameter["schema"]["enum"]:
                mark = "&" if "?" in address else "?"
                answer = client("GET", f"{address}{mark}format={quote(name)}")
                assert answer.status == 200, (address, name)


@pytest.mark.parametrize(
    "path", [f"/record/{SEED_ID}", "/country/LAO", "/ontology", "/catalog", "/.well-known/void"]
)
def test_who_asks_for_plain_json_gets_json_ld(client: Client, path: str) -> None:
    plain = client("GET", path, Accept="application/json")
    assert (plain.status, plain.headers["Content-Type"]) == (200, "application/json")
    known = json.loads(client("GET", path, Accept="application/ld+json").data)
    found = json.loads(plain.data)
    assert found["@context"] == known["@context"]
    assert found.keys() == known.keys()
    assert len(found.get("graph", ())) == len(known.get("graph", ()))


def test_plain_json_of_a_construct(client: Client) -> None:
    query = quote("CONSTRUCT { ?s a og:Outcome } WHERE { ?s a og:Outcome }")
    answer = client("GET", f"/sparql?query={query}", Accept="application/json")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/json")
    assert f"{BASE}outcome/{SEED_ID}" in json.dumps(json.loads(answer.data))
    # Of a request without a query, plain JSON would be rows.
    assert client("GET", "/sparql", Accept="application/json").status == 400


def test_addresses_whose_slashes_are_encoded(client: Client, document: dict[str, Any]) -> None:
    """Generated clients encode the slashes within a parameter of the path."""
    (parameter,) = (
        p for p in document["paths"]["/concept/{path}"]["get"]["parameters"] if p["in"] == "path"
    )
    assert parameter["description"]
    assert client("GET", "/concept/branch%2Fall").status == 200


def test_who_may_not_write_is_told_so_before_anything_else(client: Client) -> None:
    kind = {"Content_Type": "text/turtle"}
    for method, path in (
        ("PUT", "/graphs"),
        ("DELETE", "/graphs?graph=&default="),
        ("POST", "/graphs?graph=x"),
    ):
        assert client(method, path, "", **kind).status == 401, (method, path)
