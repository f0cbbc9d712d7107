"""Rows that share code, biennium and indicator, or more, are results of their own.

The contract: "a date or counter is appended when two results share these three".
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

from conftest import Cli

ID = "PRY150-2022-23-8.1.1"
HEADINGS = [
    *("Code", "Biennium", "Indicator", "Country", "Title", "Date achieved", "Outcome achieved"),
    *("Contributors", "SDG targets", "Step", "Type of result", "Visibility", "Source"),
]


def row(title: str, day: str, address: str = "", text: str = "Parliament adopted it.") -> list[str]:
    about = ["PRY150", "2022-23", "8.1.1", "Paraguay", title, day, text, "ILO", "1.3", "2"]
    return [*about, "Scheme or legislation adopted", "Public", address]


def table(folder: Path, *rows: list[str]) -> Path:
    file = folder / "results.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([HEADINGS, *rows])
    return file


def titles(store: Path, cli: Cli) -> dict[str, str]:
    select = "SELECT ?id ?title { ?o a og:Outcome ; dcterms:identifier ?id ; dcterms:title ?title }"
    done = cli("--store", store, "query", "-e", select, "--format", "csv")
    assert done.returncode == 0, done.stderr
    return dict(line.split(",") for line in done.stdout.splitlines()[1:])


def test_rows_of_one_day_or_address_do_not_replace_each_other(tmp_path: Path, cli: Cli) -> None:
    report = "https://example.org/annual-report"
    rows = [
        row("A law", "2023-03-07", report),
        row("A decree", "2023-03-07", report),
        row("A plan", "2023-06-01", report),
    ]
    store = tmp_path / "store"
    expected = {
        ID: "A law",
        f"{ID}-2023-03-07": "A decree",
        f"{ID}-2023-06-01": "A plan",
    }
    for order in (rows, rows, rows[::-1]):
        done = cli("--store", store, "load", table(tmp_path, *order))
        assert done.returncode == 0, done.stderr
        assert titles(store, cli) == expected
    # A title that was corrected is no new result.
    rows[1] = row("A presidential decree", "2023-03-07", report)
    assert cli("--store", store, "load", table(tmp_path, *rows)).returncode == 0
    assert titles(store, cli) == expected | {f"{ID}-2023-03-07": "A presidential decree"}


def test_a_row_that_stands_twice_is_said(tmp_path: Path, cli: Cli) -> None:
    again = row("A law", "2023-03-07", text="The Senate adopted another one.")
    file = table(tmp_path, row("A law", "2023-03-07"), again, row("A plan", "2023-06-01"))
    store = tmp_path / "store"
    done = cli("--store", store, "load", file)
    assert done.returncode == 1
    assert "read 3 from 1 source: 2 committed, 1 refused" in done.stdout
    (line,) = done.stderr.splitlines()
    assert "row 3: " in line
    assert "stands in the document twice, first at row 2" in line
    assert "row 3: " in cli("validate", file).stdout
    assert titles(store, cli) == {ID: "A law", f"{ID}-2023-06-01": "A plan"}


def test_without_a_store_they_are_records_of_their_own_too(tmp_path: Path, cli: Cli) -> None:
    """As RDF they were one result with three titles."""
    rows = [row("A law", "2023-03-07"), row("A decree", "2023-03-07"), row("A plan", "2023-03-07")]
    file = table(tmp_path, *rows)
    ids = [ID, f"{ID}-2023-03-07", f"{ID}-2"]
    converted = cli("convert", file, "--to", "json")
    assert [record["id"] for record in json.loads(converted.stdout)] == ids
    graph = cli("convert", file, "--to", "nquads").stdout.splitlines()
    told = [line for line in graph if 'dc/terms/title> "A ' in line]
    assert {line.split()[-2].rpartition("/")[2].rstrip(">") for line in told} == set(ids)
    report = cli("validate", file)
    assert "records 3, not conforming 0" in report.stdout
    assert cli("--store", tmp_path / "store", "load", file).returncode == 0
    assert set(titles(tmp_path / "store", cli)) == set(ids)
