"""The short way in front of Flask answers to the byte what the views answer."""

from __future__ import annotations

import json
from urllib.parse import quote, unquote_to_bytes

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outcome_graph.pipeline import OutcomeGraph
from outcome_graph.service.quick import QuickQueries, _unquoted

QUERIES = (
    "SELECT ?code { ?o a og:Outcome ; og:code ?code }",
    "SELECT * { ?o og:country ?c ; dcterms:title ?title }",
    "ASK { ?o og:code 'LAO226' }",
    "ASK { ?o og:code 'nothing' }",
    "CONSTRUCT { ?o og:code ?c } WHERE { ?o og:code ?c }",
    "DESCRIBE <https://w3id.org/outcome-graph/country/LAO>",
    "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 8000",  # long enough to be streamed
    "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
    "SELECT (NOW() AS ?now) {}",
    "# a comment\nPREFIX x: <http://example.org/>\nSELECT ?x { ?x x:none 'é' }",
)
ACCEPTS = (
    None,
    "*/*",
    "application/sparql-results+json",
    "text/csv;q=0.9, application/sparql-results+xml",
    "text/tab-separated-values",
    "application/json",
    "application/ld+json",
    "text/turtle, */*;q=0.1",
)
MALFORMED = (
    "SELECT ?x { ?x ",
    "SELECT ?x { SERVICE <http://example.org/> { ?x ?y ?z } }",
    "INSERT DATA { <http://a/> <http://b/> 1 }",
    "hello",
    "",
    "SELECT ?x { ?x ?y " + "(" * 500 + " }",
)


def views(client: FlaskClient, query: str, **headers: str):
    """Ask with a parameter that the short way leaves to the views."""
    return client.get("/sparql", query_string={"query": query, "timeout": "30"}, headers=headers)


def short(client: FlaskClient, query: str, **headers: str):
    return client.get("/sparql", query_string={"query": query}, headers=headers)


@pytest.fixture
def taken(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The queries that were asked on the short way."""
    asked: list[str] = []
    original = QuickQueries._request

    def noted(self: QuickQueries, sparql: str, *more: object) -> object:
        asked.append(sparql)
        return original(self, sparql, *more)

    monkeypatch.setattr(QuickQueries, "_request", noted)
    return asked


@pytest.mark.parametrize("accept", ACCEPTS)
@pytest.mark.parametrize("query", QUERIES)
def test_both_ways_answer_the_same(
    client: FlaskClient, taken: list[str], query: str, accept: str | None
) -> None:
    headers = {} if accept is None else {"Accept": accept}
    # The comment keeps the answer out of the cache that other tests have filled.
    text = f"{query}\n# {accept}"
    one, other = short(client, text, **headers), views(client, text, **headers)
    assert one.status_code == other.status_code
    if one.status_code == 200:
        assert taken == [text]
    unlike = {"ETag", "Content-Length"} if varies(query) else set()
    for name in (set(one.headers.keys()) | set(other.headers.keys())) - unlike:
        assert one.headers.get(name) == other.headers.get(name), name
    assert varies(query) or one.data == other.data


def varies(query: str) -> bool:
    """Whether the same answer may be written differently: the time, the order of statements."""
    return "NOW" in query or query.startswith(("CONSTRUCT", "DESCRIBE"))


@pytest.mark.parametrize("query", MALFORMED)
def test_both_ways_refuse_the_same(client: FlaskClient, query: str) -> None:
    one, other = short(client, query), views(client, query)
    assert one.status_code == other.status_code
    problem, expected = json.loads(one.data), json.loads(other.data)
    problem.pop("instance", None), expected.pop("instance", None)
    assert problem == expected


def test_a_failed_query_is_asked_once(
    client: FlaskClient, graph: OutcomeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    original = OutcomeGraph.answer

    def counted(self: OutcomeGraph, request: object) -> object:
        asked.append(request)
        return original(self, request)

    monkeypatch.setattr(OutcomeGraph, "answer", counted)
    # The middleware was given the bound method when the application was made.
    from outcome_graph.service import create_app

    response = (
        create_app(graph).test_client().get("/sparql", query_string={"query": "SELECT ?x { ?x "})
    )
    assert response.status_code == 400
    assert len(asked) == 1


@pytest.mark.parametrize(
    "parameters",
    [
        {"format": "csv"},
        {"timeout": "5"},
        {"revision": "1"},
        {"default-graph-uri": "https://w3id.org/outcome-graph/graph/countries"},
    ],
)
def test_anything_more_is_left_to_the_views(
    client: FlaskClient, taken: list[str], parameters: dict[str, str]
) -> None:
    query = f"ASK {{}} # {parameters}"
    client.get("/sparql", query_string={"query": query, **parameters})
    client.get("/sparql", query_string={"query": query}, headers={"Accept": "text/html"})
    client.get("/sparql", query_string={"query": query}, headers={"X-Revision": "1"})
    client.post("/sparql", data={"query": query})
    assert taken == []


def test_malformed_utf_8_is_told_by_the_view(client: FlaskClient) -> None:
    response = client.get("/sparql?query=ASK%20%7B%7D%20%23%ff")
    assert response.status_code == 400
    assert "UTF-8" in json.loads(response.data)["detail"]


def test_head_and_etag_work_on_the_short_way(client: FlaskClient) -> None:
    query = {"query": "SELECT ?code { ?o og:code ?code } # head"}
    got = client.get("/sparql", query_string=query)
    head = client.head("/sparql", query_string=query)
    assert head.data == b""
    assert head.headers["ETag"] == got.headers["ETag"]
    assert head.headers["Content-Length"] == str(len(got.data))
    again = client.get(
        "/sparql", query_string=query, headers={"If-None-Match": got.headers["ETag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize(
    "text",
    [
        *map(quote, QUERIES),
        "%3d%3D=%0A=%0d%0a=\n= \n_=3D",
        "%",
        "a%2",
        "%zz%41",
        "%%41",
        "=%",
        "%00\x00 \t\r\n",
        "".join(f"%{n:02x}{chr(n % 128)}" for n in range(256)),
    ],
)
def test_texts_are_unquoted_as_the_standard_library_does(text: str) -> None:
    assert _unquoted(text) == unquote_to_bytes(text)
