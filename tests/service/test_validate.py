"""``POST /validate``: reports, and documents that cannot be read. Nothing is stored."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import rdflib
from flask.testing import FlaskClient

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
SEED = Path(__file__).parents[2] / "data" / "outcomes" / "LAO226-2020-21-8.1.1.txt"


def post(client: FlaskClient, data: bytes, accept: str = "application/json", kind="text/plain"):
    return client.post("/validate", data=data, content_type=kind, headers={"Accept": accept})


def test_the_seed_page_conforms(client: FlaskClient) -> None:
    before = client.get("/health/ready").json["revision"]
    response = post(client, SEED.read_bytes())
    assert response.status_code == 200, response.text
    assert json.loads(response.data)["conforms"] is True
    assert client.get("/health/ready").json["revision"] == before


def test_rdf_is_validated_too(client: FlaskClient) -> None:
    nquads = client.get(
        "/sparql",
        query_string={
            "query": "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH "
            "<https://w3id.org/outcome-graph/record/LAO226-2020-21-8.1.1> { ?s ?p ?o } }",
            "format": "nt",
        },
    ).data
    graph = b"<https://w3id.org/outcome-graph/record/LAO226-2020-21-8.1.1>"
    quads = b"".join(line[:-1].rstrip() + graph + b" .\n" for line in nquads.splitlines())
    response = post(client, quads, kind="application/n-quads")
    assert response.status_code == 200, response.text
    assert json.loads(response.data)["conforms"] is True


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json"])
def test_the_report_as_rdf(client: FlaskClient, accept: str) -> None:
    response = post(client, SEED.read_bytes(), accept)
    assert response.mimetype == accept
    name = "turtle" if accept == "text/turtle" else "json-ld"
    report = rdflib.Graph().parse(data=response.data, format=name)
    assert [bool(v) for v in report.objects(None, SH.conforms)] == [True]


def test_the_report_in_other_formats(client: FlaskClient) -> None:
    body = SEED.read_bytes()
    assert "LAO226" in post(client, body, "text/plain").text
    assert len(list(csv.reader(io.StringIO(post(client, body, "text/csv").text)))) >= 1
    assert ET.fromstring(post(client, body, "application/junit+xml").data).tag in (
        "testsuite",
        "testsuites",
    )
    page = post(client, body, "text/html")
    assert page.mimetype == "text/html"
    assert "Conforms" in page.text
    assert "style=" not in page.text
    assert "<style" not in page.text


def test_the_form(client: FlaskClient) -> None:
    assert "<textarea" in client.get("/validate", headers={"Accept": "text/html"}).text
    text = SEED.read_text("utf-8").replace("\n", "\r\n")
    response = client.post("/validate", data={"document": text}, headers={"Accept": "text/html"})
    assert response.status_code == 200
    assert "Conforms" in response.text


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", "text/plain", 400),
        (b"  \n", "text/plain", 400),
        (b"hello world", "text/plain", 422),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "text/plain", 400),
        (b"<a> <b> .", "text/turtle", 400),
        (b"a,b", "application/msword", 415),
        (b"x" * 10_000_001, "text/plain", 413),
    ],
    ids=["empty", "blank", "no page", "binary", "bad turtle", "Word", "too large"],
)
def test_what_cannot_be_read_is_a_problem(
    client: FlaskClient, body: bytes, kind: str, status: int
) -> None:
    response = post(client, body, kind=kind)
    assert response.status_code == status, response.text
    assert response.mimetype == "application/problem+json"


def test_a_page_that_breaks_rules_gets_a_report(client: FlaskClient) -> None:
    text = SEED.read_text("utf-8").replace("2020-21 | 8.1.1", "2022-23 | 8.1.1")
    response = post(client, text.encode())
    assert response.status_code == 200
    assert json.loads(response.data)["conforms"] is False


def test_files_of_the_form(client: FlaskClient) -> None:
    """What a file is, its name and bytes tell: browsers declare tables and RDF as anything."""
    files = [
        (io.BytesIO(SEED.read_bytes()), "page.txt", "text/plain"),
        (io.BytesIO(b"Title,Country\nA law,Malta\n"), "table.csv", "application/vnd.ms-excel"),
    ]
    response = client.post(
        "/validate", data={"document": "", "file": files}, headers={"Accept": "text/html"}
    )
    assert response.status_code == 200, response.text
    assert "2 records" in response.text
    assert "LAO226-2020-21-8.1.1" in response.text


@pytest.mark.parametrize("text", ["", "hello & <b>"])
def test_the_form_keeps_what_cannot_be_read(client: FlaskClient, text: str) -> None:
    response = client.post("/validate", data={"document": text}, headers={"Accept": "text/html"})
    assert response.status_code in (400, 422)
    assert 'role="alert"' in response.text
    assert f"{text.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}</textarea>" in (
        response.text
    )


def test_a_report_on_pasted_text_lets_mend_it(client: FlaskClient) -> None:
    text = SEED.read_text("utf-8").replace("01.04.2020", "31.02.2020")
    response = client.post("/validate", data={"document": text}, headers={"Accept": "text/html"})
    assert "Does not conform" in response.text
    assert "31.02.2020 LAO226 Public" in response.text[response.text.index("<textarea") :]
