"""The one shape of errors (RFC 9457), and the one table from error class to status."""

from __future__ import annotations

import inspect
import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outcome_graph import errors
from outcome_graph.service.errors import STATUS, status_of

#: From the tree in the docstring of outcome_graph/errors.py.
DOCUMENTED = {
    match[1]: int(match[2])
    for match in re.finditer(r"── (\w+Error) .*HTTP (\d{3})", errors.__doc__ or "")
}
CLASSES = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, errors.OutcomeGraphError) and kind is not errors.OutcomeGraphError
]


def test_the_tree_was_read() -> None:
    assert len(DOCUMENTED) >= 15


@pytest.mark.parametrize("kind", CLASSES, ids=lambda k: k.__name__)
def test_every_error_has_the_status_that_its_tree_says(kind: type) -> None:
    assert kind in STATUS
    assert STATUS[kind] == DOCUMENTED[kind.__name__]


def test_a_new_error_takes_its_parents_status() -> None:
    class Special(errors.NotFoundError):
        pass

    assert status_of(Special("x")) == 404


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/sparql?query=nope", "GET", 400),
        ("/record/NONE-2020-21-8.1.1", "GET", 404),
        ("/nothing/here", "GET", 404),
        ("/sparql", "DELETE", 405),
        ("/update", "POST", 403),
        ("/records", "POST", 403),
        ("/record/LAO226-2020-21-8.1.1", "PUT", 403),
        ("/record/LAO226-2020-21-8.1.1", "DELETE", 403),
        ("/country/LAO?format=docx", "GET", 406),
        ("/sparql", "POST", 415),
        ("/validate", "POST", 400),
    ],
)
def test_shape(client: FlaskClient, path: str, method: str, status: int) -> None:
    response = client.open(path, method=method)
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = json.loads(response.data)
    assert problem["type"] in ("about:blank", "urn:outcome-graph:problem:query")
    assert problem["status"] == status
    assert problem["instance"] == path.partition("?")[0]
    assert problem["title"]
    assert problem["detail"].strip()
    assert response.headers["Cache-Control"] == "no-store"


def test_a_page_for_browsers(client: FlaskClient) -> None:
    response = client.get("/record/NONE-1", headers={"Accept": "text/html,*/*;q=0.8"})
    assert response.status_code == 404
    assert response.mimetype == "text/html"
    assert "NONE-1" in response.text


def test_the_address_is_escaped_in_the_page(client: FlaskClient) -> None:
    response = client.get("/record/<script>alert(1)", headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert "<script" not in response.text


def test_what_nobody_foresaw_is_told_by_an_id_only(
    app: Flask, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> list[str]:
        raise ZeroDivisionError("secret /etc/place")

    graph = app.extensions["outcome-graph"]
    monkeypatch.setattr(graph, "record_ids", broken)
    # A query string of its own: the cache must not answer for the view.
    response = app.test_client().get("/records?unforeseen")
    assert response.status_code == 500
    assert "secret" not in response.text
    assert "ZeroDivision" not in response.text
    incident = response.json["incident"]
    assert incident in response.json["detail"]
    assert any(incident in record.getMessage() for record in caplog.records)
