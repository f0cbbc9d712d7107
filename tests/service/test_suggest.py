"""``/suggest`` over the real application."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

TEXT = "Parliament adopted a national social protection strategy with cash transfers."


def test_a_text_is_answered_with_codes_and_reasons(client: FlaskClient) -> None:
    for response in (
        client.get("/suggest", query_string={"text": TEXT}),
        client.post("/suggest", data=TEXT, content_type="text/plain"),
    ):
        assert response.status_code == 200
        first, second = response.json["suggestions"][:2]
        assert (first["code"], second["code"]) == ("1", "1.3")
        assert TEXT[second["start"] : second["end"]] == second["words"][0] == "social protection"


def test_the_language_counts(client: FlaskClient) -> None:
    text = "protección social y pensiones"
    response = client.get("/suggest", query_string={"text": text, "lang": "es"})
    assert "1.3" in [item["code"] for item in response.json["suggestions"]]


@pytest.mark.parametrize(
    ("body", "kind", "query", "status"),
    [
        (b"", "text/plain", "", 400),
        (b"\xff\xfe", "text/plain", "", 400),
        (b"{}", "application/json", "", 415),
        (b"x" * 100_001, "text/plain", "", 413),
        (b"poverty", "text/plain", "?least=2", 400),
        (b"poverty", "text/plain", "?least=x", 400),
    ],
)
def test_bad_input_is_a_problem(
    client: FlaskClient, body: bytes, kind: str, query: str, status: int
) -> None:
    response = client.post(f"/suggest{query}", data=body, content_type=kind)
    assert response.status_code == status
    assert response.mimetype == "application/problem+json"
