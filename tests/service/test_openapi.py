"""``/openapi.json`` is valid OpenAPI 3.1 and tells what is there."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outcome_graph.pipeline import canned_queries

validator = pytest.importorskip("openapi_spec_validator", reason="needs openapi-spec-validator")


@pytest.fixture
def document(client: FlaskClient) -> dict:
    response = client.get("/openapi.json")
    assert (response.status_code, response.mimetype) == (200, "application/json")
    return response.json


def test_it_is_valid(document: dict) -> None:
    assert document["openapi"].startswith("3.1.")
    validator.validate(document, cls=validator.OpenAPIV31SpecValidator)


def test_every_route_is_in_it(document: dict, app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static" or rule.rule == "/queries/<name>":
            continue
        path = rule.rule.replace("<path:", "{").replace("<", "{").replace(">", "}")
        wanted = {m.lower() for m in rule.methods or ()} - {"head", "options"}
        assert wanted <= set(document["paths"][path]), rule.rule
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
    for path in ("/queries/outcomes", "/catalog", "/.well-known/void", "/ontology"):
        for media in document["paths"][path]["get"]["responses"]["200"]["content"]:
            response = client.get(path, headers={"Accept": media})
            assert (response.status_code, response.mimetype) == (200, media), path


def test_mounted_below_a_path(app: Flask) -> None:
    response = app.test_client().get("/openapi.json", environ_overrides={"SCRIPT_NAME": "/data"})
    assert response.json["servers"] == [{"url": "/data"}]


def test_updates_have_their_parameters(document: dict) -> None:
    names = {p["name"] for p in document["paths"]["/update"]["post"]["parameters"]}
    assert names == {"timeout", "using-graph-uri", "using-named-graph-uri"}
