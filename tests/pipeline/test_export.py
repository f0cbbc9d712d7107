"""Records as tables: every cell is text or a number, whatever it holds."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from conftest import SEED
from support.stores import fresh, seeded

from outcome_graph import OutcomeGraph
from outcome_graph.model import OutcomeRecord, Text
from outcome_graph.namespaces import IriMinter
from outcome_graph.pipeline import write_records

RECORD = OutcomeRecord(
    id="LAO226-2020-21-8.1.1",
    titles=(Text('=HYPERLINK("http://example.org")'),),
    country="LAO",
    step=1,
    sdg_targets=("1.3", "10.4"),
)


def test_a_workbook_holds_no_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_records([RECORD], "xlsx", IriMinter())))
    heading, row = list(book["Outcomes"].iter_rows(max_row=2))
    cells = dict(zip((cell.value for cell in heading), row, strict=True))
    assert cells["Title"].value == '=HYPERLINK("http://example.org")'
    assert cells["Title"].data_type == "s"
    assert cells["SDG targets"].value == "1.3; 10.4"
    types = {cell.data_type for sheet in book for line in sheet.iter_rows() for cell in line}
    assert "f" not in types


def test_a_csv_says_what_the_record_says() -> None:
    text = write_records([RECORD], "csv", IriMinter()).decode()
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["Country"], row["SDG targets"], row["Funders"]) == ("LAO", "1.3; 10.4", "")
    assert (row["Step"], row["Record ID"]) == ("1", RECORD.id)


@pytest.mark.parametrize("target", ["nquads", "trig", "jsonld"])
def test_quads_keep_one_graph_a_record(target: str) -> None:
    graph = IriMinter().record(RECORD.id).value
    assert graph in write_records([RECORD], target, IriMinter()).decode()


SUFFIXES = {"turtle": "ttl", "nquads": "nq"}


@pytest.mark.parametrize("target", ["turtle", "trig", "nquads", "jsonld"])
def test_an_export_of_a_whole_store_loads_into_another(tmp_path: Path, target: str) -> None:
    file = tmp_path / f"all.{SUFFIXES.get(target, target)}"
    with OutcomeGraph.open(seeded(tmp_path / "one")) as graph:
        graph.export(file, target)
        (record_id,) = [r.id for r in graph.load(SEED).committed]
        stored = graph.record(record_id)
    with OutcomeGraph.open(fresh(tmp_path / "two")) as graph:
        summary = graph.load(file)
        assert summary.refused == ()
        assert [r.id for r in summary.committed] == [record_id]
        assert graph.record(record_id) == stored


def test_a_table_is_in_the_language_asked_for() -> None:
    record = OutcomeRecord(
        id="X-1", titles=(Text("T"),), country="DEU", sdg_indicators=("C010301",), branches=("all",)
    )
    data = write_records([record], "xlsx", IriMinter(), "fr")
    heading, row = list(openpyxl.load_workbook(io.BytesIO(data))["Résultats"].iter_rows(max_row=2))
    cells = {h.value: c.value for h, c in zip(heading, row, strict=True)}
    assert (cells["Pays"], cells["Branches"]) == ("Allemagne", "Toutes les branches")
    # As people write it; a table for programs has the code.
    assert cells["Indicateurs ODD"] == "1.3.1"
    text = write_records([record], "csv", IriMinter(), "es").decode()
    (plain,) = csv.DictReader(io.StringIO(text))
    assert (plain["País"], plain["Indicadores ODS"]) == ("DEU", "C010301")
