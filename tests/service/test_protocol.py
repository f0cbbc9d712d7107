"""SPARQL 1.1 Protocol (W3C Recommendation 21 March 2013), section by section, and hostile input."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from urllib.parse import quote, urlencode

import pytest
import rdflib
from flask.testing import FlaskClient
from rdflib.namespace import RDF, VOID

SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
BASE = "https://w3id.org/outcome-graph/"
OUTCOME = f"{BASE}outcome/LAO226-2020-21-8.1.1"
RECORD = f"{BASE}record/LAO226-2020-21-8.1.1"
CODE = "SELECT ?code { ?o a og:Outcome ; og:code ?code }"
FORM = "application/x-www-form-urlencoded"


def codes(response) -> list[str]:
    assert response.status_code == 200, response.text
    return [row["code"]["value"] for row in json.loads(response.data)["results"]["bindings"]]


# -- 2.1.1 query via GET, 2.1.2 via URL-encoded POST, 2.1.3 via POST directly ---------------------


def test_2_1_1_get(client: FlaskClient) -> None:
    assert codes(client.get("/sparql", query_string={"query": CODE})) == ["LAO226"]


def test_2_1_2_post_of_a_form(client: FlaskClient) -> None:
    assert codes(client.post("/sparql", data={"query": CODE})) == ["LAO226"]


@pytest.mark.parametrize(
    "content_type",
    [
        "application/sparql-query",
        "application/sparql-query; charset=utf-8",
        "Application/SPARQL-Query",
    ],
)
def test_2_1_3_post_of_a_query(client: FlaskClient, content_type: str) -> None:
    assert codes(client.post("/sparql", data=CODE, content_type=content_type)) == ["LAO226"]


def test_2_1_3_a_query_in_another_encoding_is_415(client: FlaskClient) -> None:
    response = client.post(
        "/sparql", data=CODE, content_type="application/sparql-query; charset=utf-16"
    )
    assert response.status_code == 415


def test_other_bodies_are_415(client: FlaskClient) -> None:
    for content_type in ("text/plain", "application/json", "multipart/form-data; boundary=x", ""):
        response = client.post("/sparql", data=CODE.encode(), content_type=content_type)
        assert response.status_code == 415, content_type
        assert "application/sparql-query" in response.json["detail"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
def test_other_methods_are_405_with_allow(client: FlaskClient, method: str) -> None:
    response = client.open("/sparql", method=method, data=CODE)
    assert response.status_code == 405
    assert {"GET", "HEAD", "POST", "OPTIONS"} == set(response.headers["Allow"].split(", "))


# -- 2.1 exactly one query ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "body"),
    [
        ({"query": [CODE, CODE]}, None),
        ({}, {"query": [CODE, CODE]}),
        ({"query": CODE}, {"query": CODE}),
    ],
)
def test_2_1_two_queries_are_400(client: FlaskClient, address: dict, body: dict | None) -> None:
    path = "/sparql?" + urlencode(address, doseq=True)
    if body is None:
        response = client.get(path)
    else:
        response = client.post(path, data=urlencode(body, doseq=True), content_type=FORM)
    assert response.status_code == 400
    assert "once" in response.json["detail"]


def test_2_1_3_a_second_query_in_the_address_is_400(client: FlaskClient) -> None:
    path = "/sparql?" + urlencode({"query": CODE})
    response = client.post(path, data=CODE, content_type="application/sparql-query")
    assert response.status_code == 400


def test_a_form_without_query_is_400(client: FlaskClient) -> None:
    assert client.post("/sparql", data={"q": CODE}).status_code == 400


@pytest.mark.parametrize("text", ["INSERT DATA { <a:b> <a:c> <a:d> }", "CLEAR ALL", "DROP ALL"])
def test_an_update_is_400_with_a_hint_and_changes_nothing(client: FlaskClient, text: str) -> None:
    before = client.get("/health/ready").json["revision"]
    answers = [
        client.get("/sparql", query_string={"query": text}),
        client.post("/sparql", data={"query": text}),
        client.post("/sparql", data={"update": text}),
        client.get("/sparql", query_string={"update": text}),
        client.post("/sparql", data=text, content_type="application/sparql-query"),
        client.post("/sparql", data=text, content_type="application/sparql-update"),
    ]
    for response in answers:
        assert response.status_code == 400
        assert "queries" in response.json["detail"]
    assert client.get("/health/ready").json["revision"] == before
    assert codes(client.get("/sparql", query_string={"query": CODE})) == ["LAO226"]


# -- 2.1.4 the dataset ----------------------------------------------------------------------------

COUNT = "SELECT (COUNT(*) AS ?code) { ?s og:code ?o }"


def _count(client: FlaskClient, query: str, **dataset: object) -> int:
    response = client.get("/sparql?" + urlencode({"query": query, **dataset}, doseq=True))
    return int(codes(response)[0])


def test_2_1_4_without_a_dataset_the_default_graph_is_the_union(client: FlaskClient) -> None:
    assert _count(client, COUNT) == 1
    assert _count(client, "SELECT (COUNT(*) AS ?code) { GRAPH ?g { ?s og:code ?o } }") == 1


def test_2_1_4_default_graph_uri(client: FlaskClient) -> None:
    assert _count(client, COUNT, **{"default-graph-uri": RECORD}) == 1
    assert _count(client, COUNT, **{"default-graph-uri": f"{BASE}graph/countries"}) == 0
    both = [RECORD, f"{BASE}graph/countries"]
    assert _count(client, COUNT, **{"default-graph-uri": both}) == 1


def test_2_1_4_named_graph_uri_leaves_the_default_graph_empty(client: FlaskClient) -> None:
    named = {"named-graph-uri": RECORD}
    assert _count(client, COUNT, **named) == 0
    assert _count(client, "SELECT (COUNT(*) AS ?code) { GRAPH ?g { ?s og:code ?o } }", **named) == 1


def test_2_1_4_the_protocol_wins_over_from(client: FlaskClient) -> None:
    query = COUNT.replace("{", f"FROM <{RECORD}> {{", 1)
    query = f"SELECT (COUNT(*) AS ?code) FROM <{RECORD}> {{ ?s og:code ?o }}"
    assert _count(client, query) == 1
    assert _count(client, query, **{"default-graph-uri": f"{BASE}graph/countries"}) == 0


def test_2_1_4_in_a_form(client: FlaskClient) -> None:
    body = {"query": COUNT, "default-graph-uri": f"{BASE}graph/countries"}
    assert codes(client.post("/sparql", data=body)) == ["0"]


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
@pytest.mark.parametrize("iri", ["record/x", "", "<http://x/>", "http://x/ y", "//x/y"])
def test_2_1_4_a_relative_graph_is_400(client: FlaskClient, name: str, iri: str) -> None:
    response = client.get("/sparql", query_string={"query": COUNT, name: iri})
    assert response.status_code == 400
    assert "absolute" in response.json["detail"]


# -- 2.1.5, 2.1.6 answers -------------------------------------------------------------------------


def _get(client: FlaskClient, query: str, accept: str):
    response = client.get("/sparql", query_string={"query": query}, headers={"Accept": accept})
    assert response.status_code == 200, response.text
    return response


TWO = "SELECT ?id ?title { ?o a og:Outcome ; dcterms:identifier ?id ; dcterms:title ?title }"
TITLE = "The National Social Protection Strategy was officially launched"


def test_rows_as_json(client: FlaskClient) -> None:
    document = json.loads(_get(client, TWO, "application/sparql-results+json").data)
    assert document["head"]["vars"] == ["id", "title"]
    (row,) = document["results"]["bindings"]
    assert row["title"] == {"type": "literal", "value": TITLE, "xml:lang": "en"}


def test_rows_as_xml(client: FlaskClient) -> None:
    root = ET.fromstring(_get(client, TWO, "application/sparql-results+xml").data)
    space = "{http://www.w3.org/2005/sparql-results#}"
    values = [node.text for node in root.iter(f"{space}literal")]
    assert values == ["LAO226-2020-21-8.1.1", TITLE]


def test_rows_as_csv_and_tsv(client: FlaskClient) -> None:
    table = list(csv.reader(io.StringIO(_get(client, TWO, "text/csv").text)))
    assert table == [["id", "title"], ["LAO226-2020-21-8.1.1", TITLE]]
    lines = _get(client, TWO, "text/tab-separated-values").text.splitlines()
    assert lines == ["?id\t?title", f'"LAO226-2020-21-8.1.1"\t"{TITLE}"@en']


def test_yes_and_no(client: FlaskClient) -> None:
    for query, verdict in (
        ("ASK { ?s og:code 'LAO226' }", True),
        ("ASK { ?s og:code 'X' }", False),
    ):
        answer = _get(client, query, "application/sparql-results+json")
        assert json.loads(answer.data)["boolean"] is verdict
        root = ET.fromstring(_get(client, query, "application/sparql-results+xml").data)
        assert root.findtext("{*}boolean") == str(verdict).lower()


@pytest.mark.parametrize(
    ("media_type", "name"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
        ("application/n-quads", "nquads"),
        ("application/trig", "trig"),
    ],
)
def test_graphs(client: FlaskClient, media_type: str, name: str) -> None:
    query = f"CONSTRUCT {{ <{OUTCOME}> og:code ?c }} WHERE {{ <{OUTCOME}> og:code ?c }}"
    dataset = rdflib.Dataset()
    dataset.parse(data=_get(client, query, media_type).data, format=name)
    og = rdflib.Namespace(f"{BASE}ontology#")
    quads = [quad[:3] for quad in dataset.quads()]
    assert quads == [(rdflib.URIRef(OUTCOME), og.code, rdflib.Literal("LAO226"))]


# -- 2.1.7 / 2.2 errors ---------------------------------------------------------------------------


def test_a_syntax_error_is_400_and_says_where(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": "SELECT ?x\nWHERE { ?x a }"})
    assert response.status_code == 400
    assert response.json["line"] == 2
    assert response.json["column"] > 1


@pytest.mark.parametrize(
    "query", ["", " ", "hello", "SELECT", "SELECT * WHERE {", "\x00", "ASK {} ASK {}"]
)
def test_what_is_no_query_is_400(client: FlaskClient, query: str) -> None:
    response = client.get("/sparql", query_string={"query": query})
    assert response.status_code == 400, response.text
    assert response.mimetype == "application/problem+json"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE ?s { ?a ?b ?c } } }",
    ],
)
def test_federation_is_refused(client: FlaskClient, query: str) -> None:
    response = client.get("/sparql", query_string={"query": query})
    assert response.status_code == 400, response.text
    assert "SERVICE" in response.json["detail"]


def test_malformed_utf8_is_400(client: FlaskClient) -> None:
    for response in (
        client.get("/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%22%FF%FE%22%20%7D"),
        client.post("/sparql", data=b"query=ASK%7B%7D%FF", content_type=FORM),
        client.post(
            "/sparql", data=b'ASK { ?s ?p "\xff" }', content_type="application/sparql-query"
        ),
    ):
        assert response.status_code == 400
        assert "UTF-8" in response.json["detail"]


def test_text_beyond_ascii_arrives_as_it_was_sent(client: FlaskClient) -> None:
    query = 'SELECT ("Côte d’Ivoire – ປະເທດລາວ" AS ?code) {}'
    escaped = client.get("/sparql?query=" + quote(query))
    posted = client.post("/sparql", data=query.encode(), content_type="application/sparql-query")
    assert codes(escaped) == codes(posted) == ["Côte d’Ivoire – ປະເທດລາວ"]


def test_percent_signs_are_decoded_once(client: FlaskClient) -> None:
    response = client.get("/sparql?query=" + quote('SELECT ("%2B+%41" AS ?code) {}'))
    assert codes(response) == ["%2B+%41"]


def test_a_query_over_the_bound_is_413(client: FlaskClient) -> None:
    query = f"SELECT * {{}} # {'x' * 1_000_001}"
    assert client.post("/sparql", data={"query": query}).status_code == 413
    response = client.post("/sparql", data=query, content_type="application/sparql-query")
    assert response.status_code == 413


def test_deep_nesting_does_no_harm(client: FlaskClient) -> None:
    query = "SELECT * " + "{" * 5000 + "}" * 5000
    response = client.post("/sparql", data={"query": query})
    assert response.status_code in (200, 400, 503)
    assert codes(client.get("/sparql", query_string={"query": CODE})) == ["LAO226"]


@pytest.mark.parametrize("value", ["0", "-1", "nan", "inf", "soon", "1e999"])
def test_a_timeout_that_is_none_is_400(client: FlaskClient, value: str) -> None:
    response = client.get("/sparql", query_string={"query": CODE, "timeout": value})
    assert response.status_code == 400
    assert "timeout" in response.json["detail"]


def test_a_deadline_is_kept_and_named(client: FlaskClient) -> None:
    runaway = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    response = client.get("/sparql", query_string={"query": runaway, "timeout": "0.5"})
    assert response.status_code == 503
    assert response.json["deadline"] == 0.5
    assert int(response.headers["Retry-After"]) > 0
    assert codes(client.get("/sparql", query_string={"query": CODE})) == ["LAO226"]


def test_read_your_writes(client: FlaskClient) -> None:
    newest = client.get("/health/ready").json["revision"]
    response = client.get("/sparql", query_string={"query": CODE, "revision": newest})
    assert codes(response) == ["LAO226"]
    assert int(response.headers["X-Revision"]) >= newest
    for text in ("x", "-1", str(newest + 1), "9" * 50):
        wrong = client.get("/sparql", query_string={"query": CODE}, headers={"X-Revision": text})
        assert wrong.status_code == 400, text


# -- service description, form --------------------------------------------------------------------


@pytest.mark.parametrize("accept", ["text/turtle", "application/rdf+xml", "*/*"])
def test_service_description(client: FlaskClient, accept: str) -> None:
    response = client.get("/sparql", headers={"Accept": accept})
    assert response.status_code == 200
    described = rdflib.Graph().parse(data=response.data, format=response.mimetype)
    (service,) = described.subjects(RDF.type, SD.Service)
    assert described.value(service, SD.endpoint) == rdflib.URIRef("http://localhost/sparql")
    assert (service, SD.supportedLanguage, SD.SPARQL11Query) in described
    assert (service, SD.feature, SD.UnionDefaultGraph) in described
    formats = {str(f).rpartition("/")[2] for f in described.objects(service, SD.resultFormat)}
    assert {"SPARQL_Results_JSON", "SPARQL_Results_CSV", "Turtle", "JSON-LD"} <= formats
    dataset = described.value(service, SD.defaultDataset)
    assert (dataset, RDF.type, SD.Dataset) in described
    default = described.value(dataset, SD.defaultGraph)
    assert int(described.value(default, VOID.triples)) > 1000
    names = {str(n) for n in described.objects(None, SD.name)}
    assert f"{BASE}graph/ontology" in names


def test_a_host_that_makes_no_iri_does_no_harm(client: FlaskClient) -> None:
    response = client.get("/sparql", headers={"Host": "a<b>c", "Accept": "text/turtle"})
    assert response.status_code in (200, 400)
    assert b"<b>" not in response.data


def test_the_form_and_results_need_no_script(client: FlaskClient) -> None:
    form = client.get("/sparql", headers={"Accept": "text/html"})
    assert "<form" in form.text
    assert "<script" not in form.text
    shown = client.get(
        "/sparql", query_string={"query": TWO, "format": "html"}, headers={"Accept": "text/html"}
    )
    assert TITLE in shown.text
    assert '<th scope="col">title</th>' in shown.text


def test_an_error_in_the_form_keeps_the_query(client: FlaskClient) -> None:
    response = client.get(
        "/sparql", query_string={"query": "SELECT <nope"}, headers={"Accept": "text/html"}
    )
    assert response.status_code == 400
    assert "SELECT &lt;nope" in response.text
    assert 'role="alert"' in response.text


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ("<script>alert(1)</script>" AS ?x) {}',
        "SELECT (<javascript:alert(1)> AS ?x) {}",
        'SELECT (IRI("data:text/html,<script>alert(1)</script>") AS ?x) {}',
        "</textarea><script>alert(1)</script>",
        'ASK { ?s ?p "</textarea><script>alert(1)</script>" }',
        'CONSTRUCT { <http://x/> <http://x/p> "<script>alert(1)</script>" } WHERE {}',
    ],
)
def test_results_and_queries_cannot_bring_script_into_a_page(
    client: FlaskClient, query: str
) -> None:
    response = client.get("/sparql", query_string={"query": query}, headers={"Accept": "text/html"})
    assert "<script" not in response.text
    assert 'href="javascript:' not in response.text
    assert 'href="data:' not in response.text
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_a_forms_address_may_hold_parameters(client: FlaskClient) -> None:
    """Some clients set parameters for all their requests in the address."""
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    answer = client.post("/sparql?timeout=0.5", data={"query": slow})
    assert answer.status_code == 503
    assert answer.json["deadline"] == 0.5
    rows = client.post("/sparql?format=csv", data={"query": "SELECT ?x { BIND(1 AS ?x) }"})
    assert rows.content_type.startswith("text/csv")
    empty = client.post(
        "/sparql?default-graph-uri=http://e/none&format=json", data={"query": "ASK { ?s ?p ?o }"}
    )
    assert empty.json["boolean"] is False
    same = client.post("/sparql?format=json", data={"query": "ASK {}", "format": "json"})
    assert same.json["boolean"] is True


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("timeout", "1", "2"),
        ("format", "csv", "json"),
        ("default-graph-uri", "http://e/a", "http://e/b"),
    ],
)
def test_parameters_that_contradict_each_other_are_400(
    client: FlaskClient, name: str, one: str, other: str
) -> None:
    answer = client.post(f"/sparql?{name}={one}", data={"query": "ASK {}", name: other})
    assert answer.status_code == 400
    assert name in answer.json["detail"]
