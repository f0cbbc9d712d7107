"""Rows that share code, biennium and indicator, or more, are results of their own.

The contract: "a date or counter is appended when two results share these three".
"""

from __future__ import annotations

import csv
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
