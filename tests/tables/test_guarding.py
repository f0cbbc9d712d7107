"""Exported cells are no formulas, and come back as they were."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_graph.draft import SourceFile
from outcome_graph.model import OutcomeRecord, Text
from outcome_graph.namespaces import IriMinter
from outcome_graph.pipeline import write_records
from outcome_graph.sources import read
from outcome_graph.tables.guarding import guarded, unguarded

#: What a spreadsheet program takes for the beginning of a formula (OWASP, "CSV Injection").
DANGEROUS = "=+-@\t\r\n"


@given(st.text(alphabet="='+-@ab\t'\n; ", max_size=10))
def test_guarding_is_undone(text: str) -> None:
    cell = guarded(text)
    assert not cell or cell[0] not in DANGEROUS
    assert unguarded(cell) == text


@pytest.mark.parametrize("text", ["plain", "", "it's", "'quoted'", "3 - 2 = 1"])
def test_other_text_is_left_alone(text: str) -> None:
    assert guarded(text) == unguarded(text) == text


@pytest.mark.parametrize("title", ['=HYPERLINK("http://x")', "-1+1", "@SUM(A1)", "'=1", "''@x"])
def test_a_title_survives_the_table(title: str) -> None:
    record = OutcomeRecord(
        id="LAO226-2020-21-8.1.1", titles=(Text(title),), achievement=(Text("Done."),)
    )
    data = write_records([record], "csv", IriMinter())
    cells = [cell for row in csv.reader(io.StringIO(data.decode())) for cell in row]
    assert not any(cell.startswith(tuple(DANGEROUS)) for cell in cells)
    (draft,) = read(SourceFile("t.csv", data), "csv")
    assert draft.record.titles == (Text(title),)


@pytest.mark.parametrize("text", ["Ministry; =cmd|' /C calc'!A0", "a;@b;-c", "x;\t+1", "a; '=b"])
def test_no_part_of_a_cell_is_a_formula_where_semicolons_part_cells(text: str) -> None:
    parts = guarded(text).split(";")
    assert not any(part.lstrip(" \t").startswith(("=", "+", "-", "@")) for part in parts)
    assert unguarded(guarded(text)) == text
