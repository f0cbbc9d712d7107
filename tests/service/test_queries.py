"""Canned queries as an API: JSON, CSV, pages, parameters as terms."""

from __future__ import annotations

import csv
import io
import json

import pytest
from flask.testing import FlaskClient

from outcome_graph.pipeline import canned_queries
from outcome_graph.service.routes.queries import RESERVED

ID = "LAO226-2020-21-8.1.1"


def test_the_list(client: FlaskClient) -> None:
    listed = {query["name"]: query for query in client.get("/queries").json}
    assert set(listed) == {query.name for query in canned_queries()}
    outcomes = listed["outcomes-by-target"]
    assert outcomes["href"] == "/queries/outcomes-by-target"
    assert outcomes["title"]
    for query in listed.values():
        for parameter in query["parameters"]:
            assert set(parameter) == {"name", "type", "required", "description"}
            assert parameter["name"] not in RESERVED
    page = client.get("/queries", headers={"Accept": "text/html"})
    assert page.mimetype == "text/html"
    assert all(f"/queries/{name}" in page.text for name in listed)


def test_rows_as_json_and_csv(client: FlaskClient) -> None:
    """The seed: Lao PDR's result of 2020-21, which serves SDG target 1.3."""
    response = client.get("/queries/outcomes?country=LAO")
    rows = response.json["results"]["bindings"]
    assert ID in [term["value"] for row in rows for term in row.values()]
    assert response.headers["X-Revision"]
    table = client.get("/queries/outcomes?country=LAO&format=csv")
    assert table.mimetype == "text/csv"
    lines = list(csv.reader(io.StringIO(table.text)))
    assert len(lines) == len(rows) + 1
    assert any(ID in cell for cell in lines[1])
    none = client.get("/queries/outcomes?country=FRA", headers={"Accept": "text/csv"})
    assert len(none.text.splitlines()) == 1


@pytest.mark.parametrize("query", canned_queries(), ids=lambda query: query.name)
def test_each_has_a_page(client: FlaskClient, query) -> None:
    page = client.get(f"/queries/{query.name}", headers={"Accept": "text/html"})
    assert page.status_code == 200
    for parameter in query.parameters:
        assert f'name="{parameter.name}"' in page.text
        assert f'for="p-{parameter.name}"' in page.text
    if all(parameter.optional for parameter in query.parameters):
        assert "Answer" in page.text


def test_a_page_shows_what_was_given(client: FlaskClient) -> None:
    page = client.get("/queries/outcomes?country=lao&format=html")
    assert 'value="lao"' in page.text
    assert f">{ID}" in page.text
    # What a form leaves empty is not given.
    assert client.get("/queries/outcomes?country=&format=json").status_code == 200


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/queries/nothing", 404, "no canned query"),
        ("/queries/outcomes?colour=red", 400, "no parameter 'colour'"),
        ("/queries/outcomes?country=LAO&country=FRA", 400, "once only"),
        ("/queries/outcomes?timeout=soon", 400, "timeout"),
        ("/queries/outcomes?revision=999999", 400, "no revision"),
        ("/queries/outcomes?format=turtle", 406, "format=turtle"),
    ],
)
def test_what_cannot_be_answered(client: FlaskClient, path: str, status: int, words: str) -> None:
    response = client.get(path)
    assert response.status_code == status, response.text
    assert response.mimetype == "application/problem+json"
    assert words in json.loads(response.data)["detail"]


@pytest.mark.parametrize("evil", ['"> } INSERT', "LAO> } #", "x' UNION { ?s ?p ?o }", "\\u003e"])
def test_values_never_enter_the_text(client: FlaskClient, evil: str) -> None:
    for name in ("country", "target"):
        query = "outcomes" if name == "country" else "outcomes-by-target"
        response = client.get(f"/queries/{query}", query_string={name: evil})
        assert response.status_code in (200, 400)
        if response.status_code == 200:
            assert response.json["results"]["bindings"] == []


def test_answers_are_cached_and_validated(client: FlaskClient) -> None:
    first = client.get("/queries/outcomes?country=LAO")
    again = client.get(
        "/queries/outcomes?country=LAO", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert again.status_code == 304
    assert client.post("/queries/outcomes").status_code == 405


def test_a_country_by_its_name(client: FlaskClient) -> None:
    rows = client.get("/queries/outcomes?country=Lao+PDR").json["results"]["bindings"]
    assert [row["id"]["value"] for row in rows] == [ID]


@pytest.mark.parametrize("query", ["country=Wonderland", "country=XXX", "target=1.99"])
def test_a_value_that_is_none_keeps_the_form(client: FlaskClient, query: str) -> None:
    """No rows would say that there are no such results."""
    assert client.get(f"/queries/outcomes?{query}").status_code == 400
    page = client.get(f"/queries/outcomes?{query}", headers={"Accept": "text/html"})
    assert page.status_code == 400
    assert 'role="alert"' in page.text
    assert f'value="{query.partition("=")[2]}"' in page.text


def test_codes_are_links(client: FlaskClient) -> None:
    page = client.get("/queries/outcomes", headers={"Accept": "text/html"}).text
    assert f'<a href="/record/{ID}">{ID}</a>' in page
    assert '<a href="/country/LAO">LAO</a>' in page
    assert ">achieved on</th>" in page


def test_regions_are_links(client: FlaskClient) -> None:
    page = client.get("/queries/results-by-region", headers={"Accept": "text/html"}).text
    assert '<a href="/region/m49%2F035">m49/035</a>' in page
    assert client.get("/region/m49%2F035").status_code == 200


def test_average_completeness_by_country_and_funder(client: FlaskClient) -> None:
    """The only record has a completeness of 95%: it names no project."""
    for name, key, value in (
        ("results-by-country", "code", "LAO"),
        ("results-by-funder", "funder", "Government of Luxembourg"),
    ):
        (row,) = client.get(f"/queries/{name}").json["results"]["bindings"]
        assert row[key]["value"] == value
        assert row["results"]["value"] == "1"
        assert float(row["averageCompleteness"]["value"]) == 0.95


def test_terms_of_the_ontology_are_shown_as_they_are_written(client: FlaskClient) -> None:
    asked = {"query": "SELECT ?p { ?s ?p ?o FILTER(?p = og:code) } LIMIT 1"}
    page = client.get("/sparql", query_string=asked, headers={"Accept": "text/html"}).text
    assert '<a href="/ontology#code">og:code</a>' in page
