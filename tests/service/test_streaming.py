"""Answers that are cut or break off never look complete, in any format."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from dataclasses import replace

import pyoxigraph
import pytest
from flask.testing import FlaskClient

from outcome_graph.errors import StoreError
from outcome_graph.pipeline import OutcomeGraph
from outcome_graph.service import create_app

ROWS = "SELECT ?s ?p ?o { ?s ?p ?o }"
GRAPH = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
#: More than a megabyte at once, and no end.
ENDLESS = "{ ?s ?p ?o . ?a ?b ?c . ?d ?e ?f }"
FORMATS = ["json", "xml", "csv", "tsv", "turtle", "nt", "nquads", "trig", "rdf"]


@pytest.fixture(scope="module")
def bounded(graph: OutcomeGraph) -> FlaskClient:
    """The service with a bound of five rows, over the same store."""
    limited = OutcomeGraph(replace(graph.settings, max_rows=5), graph.store)
    return create_app(limited).test_client()


def test_a_cut_answer_says_so_in_header_and_body(bounded: FlaskClient) -> None:
    for name in FORMATS:
        query = ROWS if name in ("json", "xml", "csv", "tsv") else GRAPH
        response = bounded.get("/sparql", query_string={"query": query, "format": name})
        assert response.status_code == 200, response.text
        assert "5" in response.headers["X-Truncated"], name
        assert response.headers["Cache-Control"] == "no-store"
        if name not in ("csv", "tsv"):
            assert "truncated" in response.text, name


def test_a_cut_answer_is_still_well_formed(bounded: FlaskClient) -> None:
    answers = {
        name: bounded.get("/sparql", query_string={"query": ROWS, "format": name}).text
        for name in ("json", "xml", "csv")
    }
    document = json.loads(answers["json"])
    assert len(document["results"]["bindings"]) == 5
    assert "5" in document["truncated"]
    assert len(ET.fromstring(answers["xml"]).findall(".//{*}result")) == 5
    assert len(list(csv.reader(io.StringIO(answers["csv"])))) == 6
    turtle = bounded.get("/sparql", query_string={"query": GRAPH, "format": "turtle"}).data
    assert len(list(pyoxigraph.parse(turtle, format=pyoxigraph.RdfFormat.TURTLE))) == 5


def test_an_answer_below_the_bound_says_nothing(bounded: FlaskClient) -> None:
    response = bounded.get("/sparql", query_string={"query": f"{ROWS} LIMIT 5"})
    assert response.status_code == 200
    assert "X-Truncated" not in response.headers
    assert "truncated" not in json.loads(response.data)


def _until_it_breaks(client: FlaskClient, query: str, name: str) -> bytes:
    response = client.get(
        "/sparql", query_string={"query": query, "format": name, "timeout": "3"}, buffered=False
    )
    assert response.status_code == 200
    body: list[bytes] = []
    with pytest.raises(StoreError):
        body.extend(response.response)
    response.close()
    assert sum(map(len, body)) > 1_000_000
    return b"".join(body)


def _select(name: str) -> str:
    return f"SELECT * {ENDLESS}" if name in FORMATS[:4] else f"CONSTRUCT {{ ?a ?p ?f }} {ENDLESS}"


def test_json_and_xml_that_break_off_are_unfinished(client: FlaskClient) -> None:
    body = _until_it_breaks(client, _select("json"), "json")
    with pytest.raises(json.JSONDecodeError):
        json.loads(body)
    body = _until_it_breaks(client, _select("xml"), "xml")
    with pytest.raises(ET.ParseError):
        ET.fromstring(body)


def test_csv_and_tsv_that_break_off_say_it_in_their_last_line(client: FlaskClient) -> None:
    for name in ("csv", "tsv"):
        body = _until_it_breaks(client, _select(name), name)
        last = body.splitlines()[-1]
        assert b"INCOMPLETE" in last


def test_triples_that_break_off_cannot_be_parsed(client: FlaskClient) -> None:
    body = _until_it_breaks(client, f"CONSTRUCT {{ ?s ?p ?o . ?a ?b ?c }} {ENDLESS}", "nt")
    with pytest.raises(SyntaxError):
        for _ in pyoxigraph.parse(body, format=pyoxigraph.RdfFormat.N_TRIPLES):
            pass


def test_the_service_goes_on(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": "ASK { ?s og:code 'LAO226' }"})
    assert json.loads(response.data)["boolean"] is True
