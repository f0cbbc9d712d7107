"""Content negotiation as RFC 9110 has it: a table of headers and what they must choose."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from outcome_graph.service.negotiation import (
    DESCRIPTION_OFFERS,
    GRAPH_OFFERS,
    SOLUTION_OFFERS,
    best_encoding,
    best_offer,
)

FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"
JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        (XML, XML),
        ("TEXT/CSV", "text/csv"),
        ("text/csv; header=present", "text/csv"),
        (f"{JSON};q=0.3, {XML};q=0.7", XML),
        (f"{JSON};Q=0.3,text/csv ; q=0.4", "text/csv"),
        ("text/*", "text/csv"),
        ("text/*;q=0.9, text/tab-separated-values", "text/tab-separated-values"),
        (f"*/*, {JSON};q=0", XML),
        ("application/json", "application/json"),
        (f"{JSON}, application/json, text/javascript", JSON),
        (FIREFOX, "text/html"),
        ("text/html, */*", "text/html"),
        ("image/png", None),
        (f"{JSON};q=0", None),
        ("image/png, */*;q=0", None),
        ("nonsense", None),
        (f"{JSON};q=banana, {XML}", XML),
    ],
)
def test_solutions(accept: str | None, chosen: str | None) -> None:
    offer = best_offer(accept, SOLUTION_OFFERS)
    assert (offer and offer.media_type) == chosen


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "text/turtle"),
        ("*/*", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("application/*", "application/n-triples"),
        ("application/rdf+xml, text/turtle;q=0.9", "application/rdf+xml"),
        ("application/trig", "application/trig"),
        ("application/n-quads;q=0.1, text/csv", "application/n-quads"),
        (JSON, None),
    ],
)
def test_graphs(accept: str | None, chosen: str | None) -> None:
    offer = best_offer(accept, GRAPH_OFFERS)
    assert (offer and offer.media_type) == chosen


def test_descriptions_prefer_a_page_for_browsers_and_data_for_programs() -> None:
    chosen = [best_offer(a, DESCRIPTION_OFFERS) for a in (FIREFOX, "*/*")]
    assert [o and o.media_type for o in chosen] == ["text/html", "text/turtle"]


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        (None, "identity"),
        ("", "identity"),
        ("gzip", "gzip"),
        ("br, GZIP;q=0.5", "gzip"),
        ("gzip;q=0", "identity"),
        ("*", "gzip"),
        ("*;q=0", "identity"),
        ("gzip;q=0, *", "identity"),
        ("deflate, br", "identity"),
    ],
)
def test_encoding(header: str | None, encoding: str) -> None:
    assert best_encoding(header) == encoding


ROWS = "SELECT ?s { ?s a og:Outcome }"
GRAPH = "CONSTRUCT { ?s a og:Outcome } WHERE { ?s a og:Outcome }"


@pytest.mark.parametrize(
    ("query", "accept", "content_type"),
    [
        (ROWS, "*/*", JSON),
        (ROWS, XML, XML),
        (ROWS, "text/csv", "text/csv; charset=utf-8"),
        (ROWS, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (ROWS, "application/json", "application/json"),
        (ROWS, FIREFOX, "text/html; charset=utf-8"),
        ("ASK { ?s a og:Outcome }", "*/*", JSON),
        ("ASK { ?s a og:Outcome }", XML, XML),
        (GRAPH, "*/*", "text/turtle; charset=utf-8"),
        (GRAPH, "application/n-triples", "application/n-triples"),
        (GRAPH, "application/ld+json", "application/ld+json"),
        (GRAPH, "application/rdf+xml", "application/rdf+xml"),
        (GRAPH, "application/n-quads", "application/n-quads"),
        (GRAPH, "application/trig", "application/trig"),
    ],
)
def test_answers_come_as_negotiated(
    client: FlaskClient, query: str, accept: str, content_type: str
) -> None:
    response = client.get("/sparql", query_string={"query": query}, headers={"Accept": accept})
    assert response.status_code == 200, response.text
    assert response.headers["Content-Type"] == content_type
    assert "Accept" in response.headers["Vary"]


@pytest.mark.parametrize(
    ("query", "accept"),
    [(ROWS, "text/turtle"), (GRAPH, "text/csv"), (ROWS, "image/png"), (GRAPH, "audio/ogg")],
)
def test_nothing_acceptable_is_406(client: FlaskClient, query: str, accept: str) -> None:
    response = client.get("/sparql", query_string={"query": query}, headers={"Accept": accept})
    assert response.status_code == 406
    assert "text/turtle" in response.json["detail"] or JSON in response.json["detail"]


@pytest.mark.parametrize(
    ("query", "name", "media_type"),
    [
        (ROWS, "json", JSON),
        (ROWS, "xml", XML),
        (ROWS, "CSV", "text/csv"),
        (ROWS, "tsv", "text/tab-separated-values"),
        (ROWS, "text/csv", "text/csv"),
        (GRAPH, "json", "application/ld+json"),
        (GRAPH, "xml", "application/rdf+xml"),
        (GRAPH, "turtle", "text/turtle"),
        (GRAPH, "nt", "application/n-triples"),
        (GRAPH, "trig", "application/trig"),
    ],
)
def test_the_format_parameter_wins_over_accept(
    client: FlaskClient, query: str, name: str, media_type: str
) -> None:
    response = client.get(
        "/sparql", query_string={"query": query, "format": name}, headers={"Accept": FIREFOX}
    )
    assert response.status_code == 200, response.text
    assert response.mimetype == media_type


@pytest.mark.parametrize(("query", "name"), [(ROWS, "turtle"), (GRAPH, "csv"), (ROWS, "docx")])
def test_a_format_that_does_not_fit_is_406(client: FlaskClient, query: str, name: str) -> None:
    response = client.get("/sparql", query_string={"query": query, "format": name})
    assert response.status_code == 406
