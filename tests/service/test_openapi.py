"""``/openapi.json`` is valid OpenAPI 3.1 and tells what is there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import openapi_spec_validator as validator
import pytest
from conftest import running_server
from flask import Flask
from flask.testing import FlaskClient
from support.stores import SEED
from support.writable import SEED_ID, Client, make_store

from outcome_graph.pipeline import canned_queries


@pytest.fixture
def document(client: FlaskClient) -> dict:
    response = client.get("/openapi.json")
    assert (response.status_code, response.mimetype) == (200, "application/json")
    return response.json


def test_it_is_valid(document: dict) -> None:
    assert document["openapi"].startswith("3.1.")
    validator.validate(document, cls=validator.OpenAPIV31SpecValidator)


def shape(path: str) -> str:
    return re.sub(r"<[^>]*>|\{[^}]*\}", "{}", path)


def test_parameters_of_paths_are_described(document: dict) -> None:
    for path, operations in document["paths"].items():
        for operation in operations.values():
            inside = {p["name"] for p in operation["parameters"] if p["in"] == "path"}
            assert inside == set(re.findall(r"\{(\w+)\}", path))


def test_every_route_is_in_it(document: dict, app: Flask) -> None:
    paths = {shape(path): operations for path, operations in document["paths"].items()}
    # Two templates that differ in the names of parameters alone are the same (4.8.8.1).
    assert len(paths) == len(document["paths"])
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static" or rule.rule == "/queries/<name>":
            continue
        wanted = {m.lower() for m in rule.methods or ()} - {"head", "options"}
        assert wanted <= set(paths[shape(rule.rule)]), rule.rule
    for path in document["paths"].values():
        for operation in path.values():
            assert operation["summary"].endswith(".") or operation["tags"] == ["queries"]


def test_operations_have_names_of_their_own(document: dict) -> None:
    names = [o["operationId"] for path in document["paths"].values() for o in path.values()]
    assert len(names) == len(set(names))


def test_canned_queries_with_their_parameters(document: dict, client: FlaskClient) -> None:
    for query in canned_queries():
        operation = document["paths"][f"/queries/{query.name}"]["get"]
        own = {p["name"]: p for p in operation["parameters"]}
        for parameter in query.parameters:
            assert own[parameter.name]["description"] == parameter.help
            assert own[parameter.name]["required"] is not parameter.optional
        assert "text/csv" in operation["responses"]["200"]["content"]


def test_what_it_says_of_media_types_is_so(document: dict, client: FlaskClient) -> None:
    """Each media type of each query is one that the query is answered with."""
    for path in ("/queries/outcomes", "/catalog", "/.well-known/void", "/ontology", "/validate"):
        for media in document["paths"][path]["get"]["responses"]["200"]["content"]:
            response = client.get(path, headers={"Accept": media})
            assert (response.status_code, response.mimetype) == (200, media), path


def test_mounted_below_a_path(app: Flask) -> None:
    response = app.test_client().get("/openapi.json", environ_overrides={"SCRIPT_NAME": "/data"})
    assert response.json["servers"] == [{"url": "/data"}]


def test_updates_have_their_parameters(document: dict) -> None:
    names = {p["name"] for p in document["paths"]["/update"]["post"]["parameters"]}
    assert names == {"timeout", "using-graph-uri", "using-named-graph-uri"}


BODIES = {
    "text/turtle": "<http://e/s> <http://e/p> 1 .",
    "application/n-triples": "<http://e/s> <http://e/p> '1' .".replace("'", '"'),
    "application/rdf+xml": ('<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'),
    "application/ld+json": '{"@id": "http://e/s", "http://e/p": 1}',
    "application/n-quads": '<http://e/s> <http://e/p> "1" .',
    "application/trig": "<http://e/s> <http://e/p> 1 .",
    "multipart/form-data": (
        '--X\r\nContent-Disposition: form-data; name="a"; filename="a.ttl"\r\n\r\n'
        "<http://e/s> <http://e/p> 1 .\r\n--X--\r\n"
    ),
}


@pytest.fixture(scope="module")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("openapi") / "store"
    secrets = make_store(folder)
    with running_server(folder) as server:
        yield Client(server.url, secrets)


def described(client: Client, path: str, method: str) -> dict:
    paths = json.loads(client("GET", "/openapi.json").data)["paths"]
    return paths[path][method]


@pytest.mark.parametrize(
    ("template", "path"),
    [("/graphs", "/graphs?graph=http%3A%2F%2Fe%2Fg"), ("/graph/{name}", "/graph/mine")],
)
def test_what_it_says_of_graphs_is_so(writable: Client, template: str, path: str) -> None:
    for method in ("PUT", "POST"):
        operation = described(writable, template, method.lower())
        assert operation["security"]
        assert set(operation["requestBody"]["content"]) == set(BODIES)
        for media, body in BODIES.items():
            kind = f"{media}; boundary=X"
            done = writable(method, path, body, "steward", Content_Type=kind)
            assert str(done.status) in operation["responses"], (method, media, done.data)
        refused = writable(method, path, "x", "steward", Content_Type="text/html")
        assert refused.status == 415
    reading = described(writable, template, "get")
    for media in reading["responses"]["200"]["content"]:
        answer = writable("GET", path, Accept=media)
        assert (answer.status, answer.headers["Content-Type"].split(";")[0]) == (200, media)
    assert writable("GET", path, Accept="text/html").status == 406
    gone = writable("DELETE", path, None, "steward")
    assert str(gone.status) in described(writable, template, "delete")["responses"]


def test_what_it_says_of_records_is_so(writable: Client) -> None:
    page = SEED.read_bytes()
    making = described(writable, "/records", "post")
    again = writable("POST", "/records", page, "steward", Content_Type="text/plain")
    assert str(again.status) in making["responses"]
    record = "/record/{id}"
    removed = writable("DELETE", f"/record/{SEED_ID}", None, "steward")
    assert str(removed.status) in described(writable, record, "delete")["responses"]
    made = writable("POST", "/records", page, "steward", Content_Type="text/plain")
    assert str(made.status) in making["responses"]
    put = writable("PUT", f"/record/{SEED_ID}", page, "steward", Content_Type="text/plain")
    assert str(put.status) in described(writable, record, "put")["responses"]
    dry = writable("PUT", f"/record/{SEED_ID}?dry-run", page, "steward", Content_Type="text/plain")
    assert str(dry.status) in described(writable, record, "put")["responses"]
    assert described(writable, record, "post")["security"]
    history = described(writable, "/record/{id}/history", "get")
    for media in history["responses"]["200"]["content"]:
        answer = writable("GET", f"/record/{SEED_ID}/history", Accept=media)
        assert (answer.status, answer.headers["Content-Type"].split(";")[0]) == (200, media)


def test_what_it_says_of_formats_is_so(document: dict, client: FlaskClient) -> None:
    for path in ("/ontology", "/catalog"):
        parameters = {p["name"]: p for p in document["paths"][path]["get"]["parameters"]}
        for name in parameters["format"]["schema"]["enum"]:
            answer = client.get(path, query_string={"format": name})
            assert answer.status_code == 200, name
    parameters = {p["name"]: p for p in document["paths"]["/sparql"]["get"]["parameters"]}
    for name in parameters["format"]["schema"]["enum"]:
        answers = [
            client.get("/sparql", query_string={"query": query, "format": name}).status_code
            for query in ("ASK {}", "CONSTRUCT { <a:s> <a:p> 1 } {}")
        ]
        assert 200 in answers, name


def test_what_columns_are_may_be_said(document: dict) -> None:
    for path, method in (
        ("/records", "post"),
        ("/validate", "post"),
        ("/record/{id}", "put"),
    ):
        names = {p["name"] for p in document["paths"][path][method]["parameters"]}
        assert "column" in names, path
