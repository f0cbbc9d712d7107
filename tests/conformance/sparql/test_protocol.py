"""The W3C's tests of the SPARQL 1.1 Protocol and the Graph Store HTTP Protocol."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote, urljoin

import pytest
import urllib3
from conftest import SHARED
from rdflib import Graph
from rdflib.compare import isomorphic
from support.sparql_suite.endpoint import Endpoint
from support.sparql_suite.exchanges import Conversation, Exchange, Expected, conversations
from support.sparql_suite.manifests import Dataset

SUITE = SHARED / "w3c" / "sparql" / "sparql11"


def _params(*manifests: str) -> list[object]:
    files = [SUITE / name for name in manifests if (SUITE / name).is_file()]
    if not files:
        mark = pytest.mark.skip(reason=f"needs the W3C's test suite ({SUITE})")
        return [pytest.param(None, marks=mark, id="w3c")]
    return [
        pytest.param(found, id=found.identifier) for file in files for found in conversations(file)
    ]


@pytest.mark.parametrize("conversation", _params("protocol/manifest.ttl"))
def test_sparql_protocol(endpoint: Endpoint, conversation: Conversation) -> None:
    update = conversation.identifier.startswith(("update", "bad_update", "bad_multiple_updates"))
    endpoint.hold(conversation.data)
    for exchange in conversation.exchanges:
        asks = exchange.expected.form is not None
        target = "/update" if update and not asks else "/sparql"
        _run(endpoint, exchange, target + exchange.path.removeprefix("/sparql/"), {})
    endpoint.held = None


@pytest.mark.parametrize(
    "conversation",
    _params("graph-store-protocol/manifest-indirect.ttl"),
)
def test_indirect_graph_identification(endpoint: Endpoint, conversation: Conversation) -> None:
    endpoint.hold(Dataset())
    locations: dict[str, str] = {}
    for exchange in conversation.exchanges:
        path = exchange.path
        for variable, location in locations.items():
            path = path.replace(variable, location)
        path = path.replace("/gsp", "/graphs", 1)
        _run(endpoint, exchange, path, locations)
    endpoint.held = None


@pytest.mark.parametrize("conversation", _params("graph-store-protocol/manifest-direct.ttl"))
def test_direct_graph_identification(endpoint: Endpoint, conversation: Conversation) -> None:
    endpoint.hold(Dataset())
    for exchange in conversation.exchanges:
        name = quote(exchange.path.removeprefix("/gsp/").replace("/", "-").replace(".ttl", ""))
        _run(endpoint, exchange, f"/graph/{name}", {})
    endpoint.held = None


def _run(endpoint: Endpoint, exchange: Exchange, path: str, locations: dict[str, str]) -> None:
    headers = {name.replace("-", "_"): value for name, value in exchange.headers}
    if endpoint.revision:
        headers.setdefault("X_Revision", endpoint.revision)
    body = exchange.body
    for variable, location in locations.items():
        body = body.replace(variable.encode(), location.encode()) if body else body
    response = endpoint.request(exchange.method, path, body, **headers)
    if exchange.method in ("POST", "PUT", "DELETE"):
        endpoint.revision = response.headers.get("X-Revision", endpoint.revision)
    _check(response, exchange.expected, f"{exchange.method} {path}")
    if exchange.expected.location is not None:
        # RFC 9110, 10.2.2: it may be relative to the request's own address.
        locations[exchange.expected.location] = urljoin(
            endpoint.url + path, response.headers["Location"]
        )


def _check(response: urllib3.BaseHTTPResponse, expected: Expected, request: str) -> None:
    assert response.status in expected.statuses, f"{request}: {response.status} {response.data!r}"
    if response.status >= 400:
        return
    media_type = response.headers.get("Content-Type", "").partition(";")[0]
    if expected.boolean is not None:
        assert json.loads(response.data)["boolean"] is expected.boolean
    elif expected.form == "tabular":
        assert media_type in ("application/sparql-results+json", "application/sparql-results+xml")
    elif expected.form == "RDF":
        assert media_type in ("text/turtle", "application/rdf+xml", "application/n-triples")
    for name, value in expected.headers:
        if name.lower() == "content-type":
            assert media_type == value.partition(";")[0]
    if expected.body is not None:
        found = Graph().parse(data=response.data, format=media_type)
        assert isomorphic(found, Graph().parse(data=expected.body, format="turtle")), request


def test_the_service_description_names_the_endpoint(endpoint: Endpoint) -> None:
    # SPARQL 1.1 Service Description, section 2: GET without a query answers RDF, with sd:endpoint.
    response = endpoint.request("GET", "/sparql", Accept="text/turtle")
    assert response.status == 200
    graph = Graph().parse(data=response.data, format="turtle")
    found = graph.query(
        "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>"
        "SELECT ?e { ?s a sd:Service ; sd:endpoint ?e ; sd:supportedLanguage ?l ;"
        " sd:resultFormat ?f ; sd:defaultDataset ?d }"
    )
    endpoints = {str(row[0]) for row in found}
    assert endpoints
    assert all(Path(address).name == "sparql" for address in endpoints)
