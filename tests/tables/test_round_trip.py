"""Export, edit in a spreadsheet, load: only what was edited changes. The real command line."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
from conftest import SEED, Cli

ID = "LAO226-2020-21-8.1.1"
#: Statements that every commit writes about a record.
METADATA = ("dc/terms/modified", "ontology#revision", "ontology#completeness")


@pytest.fixture
def store(tmp_path: Path, cli: Cli) -> Path:
    folder = tmp_path / "store"
    done = cli("--store", folder, "load", SEED)
    assert done.returncode == 0, done.stderr
    return folder


def statements(store: Path, cli: Cli) -> set[str]:
    done = cli("--store", store, "export", "--format", "nquads")
    assert done.returncode == 0, done.stderr
    lines = (line for line in done.stdout.splitlines() if f"/record/{ID}> ." in line)
    return {line for line in lines if not any(name in line for name in METADATA)}


def export(store: Path, cli: Cli, file: Path) -> None:
    done = cli("--store", store, "export", "--format", file.suffix[1:], "-o", file)
    assert done.returncode == 0, done.stderr


def load(store: Path, cli: Cli, file: Path) -> str:
    done = cli("--store", store, "load", file)
    assert done.returncode == 0, done.stderr
    return done.stdout


def edit_workbook(file: Path, heading: str, value: str) -> None:
    book = openpyxl.load_workbook(file)
    sheet = book["Outcomes"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, columns[heading]).value = value
    book.save(file)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_table_that_was_not_edited_changes_nothing(
    store: Path, cli: Cli, tmp_path: Path, suffix: str
) -> None:
    before = statements(store, cli)
    table = tmp_path / f"table{suffix}"
    export(store, cli, table)
    assert f"{ID}: unchanged" in load(store, cli, table)
    assert statements(store, cli) == before


def test_one_cell_of_a_workbook_changes_one_statement(
    store: Path, cli: Cli, tmp_path: Path
) -> None:
    before = statements(store, cli)
    table = tmp_path / "table.xlsx"
    export(store, cli, table)
    edit_workbook(table, "Title", "The strategy was launched on time")
    assert f"{ID}: replaced" in load(store, cli, table)
    after = statements(store, cli)
    (gone,), (new,) = before - after, after - before
    assert "dc/terms/title" in gone
    assert "The National Social Protection Strategy was officially launched" in gone
    assert "The strategy was launched on time" in new


def test_one_cell_of_csv_changes_one_statement(store: Path, cli: Cli, tmp_path: Path) -> None:
    before = statements(store, cli)
    table = tmp_path / "table.csv"
    export(store, cli, table)
    with table.open(encoding="utf-8", newline="") as file:
        heading, row = list(csv.reader(file))
    place = heading.index("Gender equality")
    row[place] = "Women were first."
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heading, row])
    load(store, cli, table)
    after = statements(store, cli)
    assert ["ontology#genderEquality" in line for line in (*before - after, *after - before)] == [
        True,
        True,
    ]


def test_a_row_that_is_wrong_changes_nothing_and_says_where(
    store: Path, cli: Cli, tmp_path: Path
) -> None:
    before = statements(store, cli)
    table = tmp_path / "table.xlsx"
    export(store, cli, table)
    edit_workbook(table, "Country", "Nowhereland")
    done = cli("--store", store, "load", table)
    assert done.returncode == 1
    assert "sheet Outcomes, cell E2" in done.stdout + done.stderr
    assert "Nowhereland" in done.stdout + done.stderr
    assert statements(store, cli) == before


def test_a_template_is_filled_in_and_loaded(store: Path, cli: Cli, tmp_path: Path) -> None:
    table = tmp_path / "template.xlsx"
    assert cli("template", "xlsx", "-o", table).returncode == 0
    book = openpyxl.load_workbook(table)
    assert book.sheetnames == ["Outcomes", "Instructions", "Lists"]
    sheet = book["Outcomes"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.data_validations.dataValidation, "no drop-downs"
    values = {
        "Profile": "core", "Country": "Senegal", "Title": "A pension law was adopted",
        "Date achieved": "2021-05-04", "Outcome achieved": "Parliament adopted it.",
        "Contributors": "International Labour Organization", "SDG targets": "1.3",
        "SDG goals": "1",
    }  # fmt: skip
    for heading, value in values.items():
        sheet.cell(3, columns[heading]).value = value
    book.save(table)
    out = load(store, cli, table)
    assert "1 committed" in out, out  # the example row is never loaded
    done = cli("--store", store, "query", "--format", "csv", "-e",
               'SELECT ?c ?d { ?o dcterms:title "A pension law was adopted"@en ; og:achievedOn ?d ;'
               " og:country/skos:notation ?c }")  # fmt: skip
    assert done.stdout.splitlines()[1] == "SEN,2021-05-04"


def test_convert_tells_an_error_once(cli: Cli, tmp_path: Path) -> None:
    table = tmp_path / "bad.csv"
    table.write_text("Country,Title,Date\nKenya,A title,03/04/2021\n", "utf-8")
    done = cli("convert", table, "--to", "json")
    assert done.returncode == 1
    assert done.stderr.count("it may mean 2021-04-03 or 2021-03-04") == 1
    windows = tmp_path / "windows.csv"
    windows.write_bytes("Country,Title,Date\nKenya,Été,2021-01-01\n".encode("cp1252"))
    done = cli("convert", windows, "--to", "json")
    assert done.returncode == 0
    assert done.stderr.startswith(f"warning: {windows} is not UTF-8")


def test_a_csv_template_says_that_it_is_utf_8(cli: Cli, tmp_path: Path) -> None:
    """Without the mark, Excel shows “Début de la période” as “DÃ©but de la pÃ©riode”."""
    table = tmp_path / "modele.csv"
    assert cli("template", "csv", "--language", "fr", "-o", table).returncode == 0
    data = table.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfIdentifiant,")
    table.write_bytes(data.replace(b"EXEMPLE", b"X-1"))
    assert cli("convert", table, "--to", "json").returncode == 0


def test_a_cell_that_is_emptied_to_no_avail_is_told(store: Path, cli: Cli, tmp_path: Path) -> None:
    table = tmp_path / "table.xlsx"
    export(store, cli, table)
    edit_workbook(table, "Projects", "LAO/16/02/LUX")
    edit_workbook(table, "Funders", "")
    edit_workbook(table, "Step", "")
    told = load(store, cli, table)
    assert (
        "The cell of “Funders” is empty, but Government of Luxembourg is the funder of "
        "LAO/16/02/LUX and stays. To change that, take the project out of the row or correct its "
        "symbol."
    ) in told
    assert "The cell of “Step” is empty, but 1 is the step of this type of result." in told
