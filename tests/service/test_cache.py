"""Caching, validators, HEAD, OPTIONS, CORS, compression."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outcome_graph.pipeline import OutcomeGraph
from outcome_graph.rdf import Literal, NamedNode, Triple
from outcome_graph.service import create_app
from outcome_graph.service.cache import CacheMiddleware, ResponseCache, _Entry
from outcome_graph.service.context import CACHE
from outcome_graph.sparql_text import is_deterministic
from outcome_graph.store import Commit, GraphChange

ROWS = {"query": "SELECT ?s { ?s og:code ?c }"}
RECORD = "/record/LAO226-2020-21-8.1.1"


@pytest.fixture
def fresh(fresh_store: Path) -> Iterator[tuple[OutcomeGraph, Flask]]:
    """A graph and application of this test alone."""
    with OutcomeGraph.open(fresh_store) as opened:
        yield opened, create_app(opened)


def _cache(app: Flask) -> ResponseCache:
    middleware = app.extensions[CACHE]
    assert isinstance(middleware, CacheMiddleware)
    return middleware.cache


def _say(graph: OutcomeGraph, word: str) -> int:
    triple = Triple(NamedNode("http://x/s"), NamedNode("http://x/p"), Literal(word))
    change = GraphChange(NamedNode("http://x/g"), (triple,))
    return graph.store.commit(Commit(changes=(change,), reason="test", agent="test"))


SAID = {"query": "SELECT ?o { <http://x/s> <http://x/p> ?o }", "format": "csv"}


def test_a_repeated_query_is_answered_from_the_cache(
    fresh: tuple[OutcomeGraph, Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    graph, app = fresh
    client = app.test_client()
    first = client.get("/sparql", query_string=ROWS)

    def forbidden(request: object) -> None:
        raise AssertionError("the store was asked again")

    monkeypatch.setattr(graph, "answer", forbidden)
    again = client.get("/sparql", query_string=ROWS)
    assert again.status_code == 200
    assert again.data == first.data
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["X-Revision"] == first.headers["X-Revision"]


def test_a_commit_makes_old_answers_unreachable(fresh: tuple[OutcomeGraph, Flask]) -> None:
    graph, app = fresh
    client = app.test_client()
    for word in ("one", "two", "three"):
        revision = _say(graph, word)
        response = client.get("/sparql", query_string=SAID)
        assert response.text.split() == ["o", word]
        assert int(response.headers["X-Revision"]) == revision


def test_posted_queries_are_kept_too_and_told_apart(fresh: tuple[OutcomeGraph, Flask]) -> None:
    _, app = fresh
    client = app.test_client()
    kept = len(_cache(app))
    yes = client.post("/sparql", data={"query": "ASK { FILTER(true) }"})
    no = client.post("/sparql", data={"query": "ASK { FILTER(false) }"})
    again = client.post("/sparql", data={"query": "ASK { FILTER(true) }"})
    assert [json.loads(r.data)["boolean"] for r in (yes, no, again)] == [True, False, True]
    assert len(_cache(app)) == kept + 2


@pytest.mark.parametrize(
    "expression",
    ["NOW()", "RAND()", "UUID()", "STRUUID()", "BNODE()", "now ( )", "IF(0<RAND()||2>1,RAND(),3)"],
)
def test_what_is_not_deterministic_is_never_kept(
    fresh: tuple[OutcomeGraph, Flask], expression: str
) -> None:
    _, app = fresh
    query = {"query": f"SELECT ({expression} AS ?x) {{}}"}
    assert app.test_client().get("/sparql", query_string=query).status_code == 200
    assert len(_cache(app)) == 0


def test_a_comparison_that_looks_like_an_iri_hides_no_function() -> None:
    # pyoxigraph evaluates RAND() here, though the recommendation's grammar reads an IRI.
    assert not is_deterministic("SELECT (?a<RAND()&&2>1 AS ?x) { BIND(0 AS ?a) }")


def test_errors_are_never_kept(fresh: tuple[OutcomeGraph, Flask]) -> None:
    _, app = fresh
    client = app.test_client()
    assert client.get("/sparql?query=nope").status_code == 400
    assert client.get("/record/nope").status_code == 404
    assert len(_cache(app)) == 0


def test_representations_are_kept_apart(client: FlaskClient) -> None:
    for _ in range(2):
        for accept in ("text/turtle", "application/ld+json", "text/html"):
            response = client.get(RECORD, headers={"Accept": accept})
            assert response.mimetype == accept


def test_memory_is_bounded() -> None:
    cache = ResponseCache(100_000)
    for number in range(1000):
        cache.put((1, f"/{number}"), _Entry("200 OK", [], b"x" * 1000, "e"))
    assert cache.bytes <= 100_000
    assert cache.get((1, "/999")) is not None
    assert cache.get((1, "/0")) is None
    cache.put((1, "/large"), _Entry("200 OK", [], b"x" * 50_000, "e"))
    assert cache.get((1, "/large")) is None


def test_a_cache_of_no_bytes_keeps_nothing() -> None:
    cache = ResponseCache(0)
    cache.put((1, "/"), _Entry("200 OK", [], b"", "e"))
    assert len(cache) == 0


@pytest.mark.parametrize("path", [RECORD, "/ontology", "/", "/records", "/sparql"])
def test_if_none_match_gives_304(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    tag = first.headers["ETag"]
    assert tag.startswith('"')
    for header in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        response = client.get(path, headers={"If-None-Match": header})
        assert response.status_code == 304
        assert response.data == b""
        assert response.headers["ETag"] == tag
        assert "Accept" in response.headers["Vary"]
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_the_tag_follows_the_content(fresh: tuple[OutcomeGraph, Flask]) -> None:
    graph, app = fresh
    client = app.test_client()
    _say(graph, "one")
    one = client.get("/sparql", query_string=SAID).headers["ETag"]
    _say(graph, "two")
    changed = client.get("/sparql", query_string=SAID, headers={"If-None-Match": one})
    assert changed.status_code == 200
    _say(graph, "one")
    back = client.get("/sparql", query_string=SAID, headers={"If-None-Match": one})
    assert back.status_code == 304


@pytest.mark.parametrize(
    ("path", "accept"),
    [
        (RECORD, "text/turtle"),
        (RECORD, "text/html"),
        ("/sparql?query=ASK%20%7B%7D", "*/*"),
        ("/ontology", "application/rdf+xml"),
        ("/nothing", "*/*"),
        ("/outcome/LAO226-2020-21-8.1.1", "*/*"),
    ],
)
def test_head_has_the_headers_of_get_and_no_body(
    client: FlaskClient, path: str, accept: str
) -> None:
    head = client.head(path, headers={"Accept": accept})
    get = client.get(path, headers={"Accept": accept})
    assert head.data == b""
    assert head.status_code == get.status_code
    assert dict(head.headers) == dict(get.headers)


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/sparql", {"GET", "HEAD", "POST", "OPTIONS"}),
        (RECORD, {"GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS"}),
        ("/validate", {"GET", "HEAD", "POST", "OPTIONS"}),
    ],
)
def test_options_and_cors(client: FlaskClient, path: str, methods: set[str]) -> None:
    preflight = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    response = client.options(path, headers=preflight)
    assert response.status_code == 200
    assert set(response.headers["Allow"].split(", ")) == methods
    assert set(response.headers["Access-Control-Allow-Methods"].split(", ")) == methods
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "X-Revision" in response.headers["Access-Control-Allow-Headers"]
    got = client.get(path, headers={"Origin": "https://example.org"})
    assert got.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in got.headers
    assert "Set-Cookie" not in got.headers


def test_gzip(client: FlaskClient) -> None:
    plain = client.get("/ontology.ttl")
    packed = client.get("/ontology.ttl", headers={"Accept-Encoding": "br, gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(plain.data) / 2
    assert zlib.decompress(packed.data, 31) == plain.data
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert int(packed.headers["Content-Length"]) == len(packed.data)
    assert "Accept-Encoding" in packed.headers["Vary"]
    for tag in (packed.headers["ETag"], plain.headers["ETag"]):
        again = {"Accept-Encoding": "gzip", "If-None-Match": tag}
        assert client.get("/ontology.ttl", headers=again).status_code == 304


def test_gzip_of_a_stream(client: FlaskClient) -> None:
    query = {"query": "SELECT * { ?s ?p ?o }", "format": "tsv"}
    plain = client.get("/sparql", query_string=query)
    assert len(plain.data) > 1_000_000
    packed = client.get("/sparql", query_string=query, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    unpacked = zlib.decompress(packed.data, 31)
    assert sorted(unpacked.splitlines()) == sorted(plain.data.splitlines())


@pytest.mark.parametrize("path", ["/", RECORD, "/sparql", "/nothing", "/static/style.css"])
def test_security_headers(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers={"Accept": "text/html"})
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"]
    assert response.headers["X-Revision"].isdigit()
    if response.mimetype == "text/html":
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "style=" not in response.text
