"""What a client as OpenRefine does with ``/reconcile``, every answer held to the specification.

The rules are written from the text of the Reconciliation Service API 0.2 (Community Group Final
Report of 10 April 2023); each names the section it is from. The names are a column as agencies'
documents have it; which bodies they are is told by IATI's code list of organisations.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from outcome_graph.pipeline import OutcomeGraph
from outcome_graph.service import create_app

BASE = "https://w3id.org/outcome-graph/"
#: The column to reconcile: what stands in a cell, and the body it is; None where no one is surely.
COLUMN = (
    ("DFID", "dfid"),
    ("UK Department for International Development (DFID)", "dfid"),
    ("GIZ - German Agency for International Cooperation", "giz"),
    ("Coopération allemande (GIZ)", "giz"),
    ("Kreditanstalt fuer Wiederaufbau", "kfw"),
    ("Norwegian Agency for Development Co-operation", "norad"),
    ("MOFA Japan", "jpn-ministry-of-foreign-affairs"),
    ("Lux-Development S.A.", "luxdev"),
    ("Banco Africano de Desenvolvimento", "afdb"),
    ("XM-DAC-701-8", "jica"),
    ("LU-1", "luxdev"),
    ("Swedish International Develoment Cooperation Agency", None),
    ("United Nations Developement Programme", None),
    ("Ministry of Labour", None),
    ("CGT", None),
    ("Central Unitaria de Trabajadores (CUT)", None),
    ("Banque centrale du Luxembourg", None),
    ("COSATU", "zaf-congress-of-south-african-trade-unions"),
    ("Federation of Kenya Employers", "ken-federation-of-kenya-employers"),
    ("PNUD", "undp"),
    ("Gates Foundation", "gates-foundation"),
    ("", None),
    ("DG INTPA", "dg-intpa"),
)
_ISO_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    with OutcomeGraph.open(tmp_path_factory.mktemp("client") / "store", base=BASE) as graph:
        yield create_app(graph).test_client()


def _texts(thing: dict[str, Any], *names: str, optional: tuple[str, ...] = ()) -> None:
    assert all(isinstance(thing[name], str) for name in names), thing
    assert all(isinstance(thing[name], str) for name in optional if name in thing), thing


def _manifest(told: dict[str, Any]) -> dict[str, Any]:
    """Section "Service Manifest"."""
    assert "0.2" in told["versions"]
    _texts(told, "name", "identifierSpace", "schemaSpace", optional=("documentation", "logo"))
    _texts(told, optional=("serviceVersion",))
    kinds = told["defaultTypes"]
    for kind in kinds:
        _texts(kind, "id", "name")
    assert len({kind["id"] for kind in kinds}) == len(kinds)
    # Section "Identifier and schema spaces", "View template": the id is put into the address.
    assert "{{id}}" in told["view"]["url"]
    # Section "Preview Service".
    assert "{{id}}" in told["preview"]["url"]
    assert type(told["preview"]["width"]) is type(told["preview"]["height"]) is int
    # Section "Suggest Services": an address of each, and a flyout with ${id} in its path.
    for service in told["suggest"].values():
        _texts(service, "service_url", "service_path")
        assert "${id}" in service["flyout_service_path"]
    # Section "Data Extension Service".
    _texts(told["extend"]["propose_properties"], "service_url", "service_path")
    defaults = {"number": (int, float), "text": str, "checkbox": bool, "select": str}
    for setting in told["extend"]["property_settings"]:
        _texts(setting, "type", "name", "label", optional=("help_text",))
        assert isinstance(setting.get("default", ""), (defaults[setting["type"]], str))
        for choice in setting.get("choices", ()):
            _texts(choice, "value", "name")
    return told


def _results(asked: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """Section "Reconciliation Query Responses"."""
    assert set(told) == set(asked)
    for answer in told.values():
        candidates = answer["result"]
        for one in candidates:
            _texts(one, "id", "name", optional=("description",))
            assert type(one["score"]) in (int, float)
            assert type(one["match"]) is bool
            for kind in one["type"]:
                _texts(kind, "id", "name")
            for feature in one["features"]:
                _texts(feature, "id")
                assert type(feature["value"]) in (bool, int, float)
        assert sum(one["match"] for one in candidates) <= 1
        scores = [one["score"] for one in candidates]
        assert scores == sorted(scores, reverse=True)
    return told


def _suggested(told: dict[str, Any]) -> list[dict[str, Any]]:
    """Section "Suggest Services": suggestions with id and name, and what they are of."""
    for one in told["result"]:
        _texts(one, "id", "name", optional=("description",))
        for kind in one.get("notable", ()):
            _texts(kind, "id", "name")
    found: list[dict[str, Any]] = told["result"]
    return found


def _extended(asked: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """Section "Data Extension Responses": a row for each id, a cell of values for each property."""
    assert [meta["id"] for meta in told["meta"]] == [p["id"] for p in asked["properties"]]
    for meta in told["meta"]:
        _texts(meta, "id", "name")
        if "type" in meta:
            _texts(meta["type"], "id")
    assert set(told["rows"]) == set(asked["ids"])
    for row in told["rows"].values():
        assert set(row) == {p["id"] for p in asked["properties"]}
        for value in (value for values in row.values() for value in values):
            kinds = {"str": str, "float": float, "int": int, "date": str, "bool": bool}
            if "id" in value:
                assert set(value) <= {"id", "name", "description"}
                _texts(value, "id", "name")
                continue
            ((kind, given),) = value.items()
            assert type(given) is kinds[kind]
            assert kind != "date" or _ISO_TIME.match(given)
    return told


def _ask(client: FlaskClient, queries: dict[str, Any]) -> dict[str, Any]:
    # Section "Sending Reconciliation Queries to a Service": by POST, as a form.
    answer = client.post("/reconcile", data={"queries": json.dumps(queries)})
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/json"
    # Section "Cross-Origin Access".
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    return _results(queries, answer.json)


def test_a_column_is_reconciled_in_batches_of_ten(client: FlaskClient) -> None:
    manifest = _manifest(client.get("/reconcile").json)
    # The type is guessed: the first ten values of the column without one.
    named = [name for name, _ in COLUMN if name]
    sample = {f"q{n}": {"query": name, "limit": 3} for n, name in enumerate(named[:10])}
    guessed = [
        answer["result"][0]["type"][0]["id"]
        for answer in _ask(client, sample).values()
        if answer["result"]
    ]
    kind = max(guessed, key=guessed.count)
    assert kind == "org:Organization"
    assert kind in {known["id"] for known in manifest["defaultTypes"]}
    # Ten at a time, as the client does it; empty cells are not asked about.
    matched: dict[str, str | None] = {}
    for start in range(0, len(named), 10):
        batch = named[start : start + 10]
        queries = {
            f"q{n}": {"query": name, "type": kind, "type_strict": "should", "properties": []}
            for n, name in enumerate(batch)
        }
        told = _ask(client, queries)
        for n, name in enumerate(batch):
            certain = [one["id"] for one in told[f"q{n}"]["result"] if one["match"]]
            matched[name] = certain[0].removeprefix(f"{BASE}organisation/") if certain else None
    assert matched == {name: slug for name, slug in COLUMN if name}


def test_what_is_doubtful_is_offered(client: FlaskClient) -> None:
    queries = {"q0": {"query": "Swedish International Develoment Cooperation Agency"}}
    best = _ask(client, queries)["q0"]["result"][0]
    assert (best["id"], best["match"]) == (f"{BASE}organisation/sida", False)
    # Another column tells which of the namesakes is meant.
    country = {"pid": "og:country", "v": {"id": f"{BASE}country/ARG", "name": "Argentina"}}
    queries = {"q0": {"query": "CGT", "type": "org:Organization", "properties": [country]}}
    best = _ask(client, queries)["q0"]["result"][0]
    assert best["match"]
    assert best["id"] == f"{BASE}organisation/arg-confederacion-general-del-trabajo-de-la-argentina"


def test_matches_are_searched_for_by_typing(client: FlaskClient) -> None:
    suggest = _manifest(client.get("/reconcile").json)["suggest"]
    for kind, prefix, wanted in (
        ("entity", "Luxembourg Dev", f"{BASE}organisation/luxdev"),
        ("type", "Org", "org:Organization"),
        ("property", "DAC", "og:donorCode"),
    ):
        address = suggest[kind]["service_url"] + suggest[kind]["service_path"]
        told = client.get(address, query_string={"prefix": prefix}).json
        assert wanted in {one["id"] for one in _suggested(told)}
        path = suggest[kind]["flyout_service_path"].replace("${id}", wanted.replace("#", "%23"))
        flyout = client.get(suggest[kind]["flyout_service_url"] + path).json
        _texts(flyout, "id", "html")
    preview = client.get("/reconcile/preview", query_string={"id": f"{BASE}organisation/luxdev"})
    assert (preview.status_code, preview.mimetype) == (200, "text/html")


def test_columns_are_added_from_what_was_matched(client: FlaskClient) -> None:
    proposed = client.get("/reconcile/properties", query_string={"type": "org:Organization"}).json
    assert proposed["type"] == "org:Organization"
    ids = [f"{BASE}organisation/{slug}" for slug in ("luxdev", "ida", "gates-foundation")]
    asked = {"ids": ids, "properties": [{"id": one["id"]} for one in proposed["properties"]]}
    answer = client.post("/reconcile", data={"extend": json.dumps(asked)})
    rows = _extended(asked, answer.json)["rows"]
    # The DAC's list of donors; IATI's code list of organisations.
    assert [rows[one]["og:donorCode"] for one in ids] == [
        [{"str": "22"}],
        [{"str": "905"}],
        [{"str": "1601"}],
    ]
    assert {"str": "LU-1"} in rows[ids[0]]["dcterms:identifier"]
    assert rows[ids[0]]["og:country"] == [{"id": f"{BASE}country/LUX", "name": "Luxembourg"}]
