"""``/template.xlsx`` and ``/template.csv``: the template, for people who have a browser only."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import openpyxl
import pytest
from flask.testing import FlaskClient

from outcome_graph.pipeline import OutcomeGraph
from outcome_graph.service import create_app
from outcome_graph.tables import COLUMNS


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    store = tmp_path_factory.mktemp("template") / "store"
    with OutcomeGraph.open(store) as graph:
        yield create_app(graph).test_client()


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_the_template_speaks_the_language_of_the_page(client: FlaskClient, language: str) -> None:
    headings = [column.headings.get(language) for column in COLUMNS]
    answer = client.get(f"/template.xlsx?lang={language}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="outcomes.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == headings
    assert any(rule.type == "list" for rule in sheet.data_validations.dataValidation)
    by_header = client.get("/template.csv", headers={"Accept-Language": language})
    assert by_header.mimetype == "text/csv"
    assert next(csv.reader(io.StringIO(by_header.data.decode("utf-8-sig")))) == headings


def test_the_example_is_not_read(client: FlaskClient) -> None:
    """Sent back as it is, the template says that its rows are to be written."""
    book = client.get("/template.xlsx?lang=en")
    report = client.post("/validate", data=book.data, content_type=book.mimetype)
    assert report.status_code == 400
    assert "no rows below" in report.json["detail"]


@pytest.mark.parametrize("path", ["/load", "/validate"])
def test_forms_lead_to_it(client: FlaskClient, path: str) -> None:
    page = client.get(f"{path}?lang=fr", headers={"Accept": "text/html"})
    assert 'href="/template.xlsx?lang=fr"' in page.text
    assert "Un classeur vide à remplir" in page.text
