"""What a load says at its end: each thing once, how often and where; and the same for programs."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from conftest import SEED, Cli

from outcome_graph.bench.records import synthetic_records
from outcome_graph.namespaces import IriMinter
from outcome_graph.pipeline import write_records
from outcome_graph.pipeline.summary import LoadSummary, Refusal

ROWS = 80
#: What is made wrong: column, value, how often, what is said of it.
WRONG = (
    ("Title", "", 14, "The row has no title."),
    ("Date achieved", "31.02.2021", 12, "this date does not exist"),
    ("SDG targets", "99.9", 5, "There is no SDG target 99.9."),
)


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    minter = IriMinter()
    made = write_records(list(synthetic_records(ROWS, minter=minter)), "csv", minter)
    rows = list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"))))
    number = 0
    for column, value, count, _ in WRONG:
        for row in rows[number : number + count]:
            row[column] = value
        number += count
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    path = tmp_path_factory.mktemp("table") / "rows.csv"
    path.write_text(text.getvalue(), "utf-8")
    return path


def test_many_rows_are_summed_up(table: Path, tmp_path: Path, cli: Cli) -> None:
    done = cli("--store", tmp_path / "store", "load", table)
    refused = sum(count for *_, count, _ in WRONG)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert len(lines) < 40
    first = f"read {ROWS} from 1 source: {ROWS - refused} committed, {refused} refused"
    assert lines[0] == first
    assert lines[1] == f"  {ROWS - refused} created"
    start = lines.index("  refused:")
    for (column, _, count, words), line, places in zip(
        WRONG, lines[start + 1 :: 2], lines[start + 2 :: 2], strict=False
    ):
        # The most frequent first; each with the first cells.
        assert line.startswith(f"    {count} × "), (column, line)
        assert words in line
        named = places.strip().partition(" and ")[0].split(", ")
        assert len(named) == min(count, 10)
        assert all(cell.rstrip("0123456789").isupper() for cell in named)
    assert "and 4 more" in lines[start + 2]
    assert "    every place: outcome-graph validate SOURCE --report csv" in lines
    # Standard error has every one, for who keeps it.
    assert len(done.stderr.splitlines()) == refused


def test_a_few_are_told_one_by_one(tmp_path: Path, cli: Cli) -> None:
    done = cli("--store", tmp_path / "store", "load", SEED)
    assert done.stdout.splitlines()[1] == f"  {SEED.stem}: created, completeness 95%"
    assert "×" not in done.stdout


def test_values_that_differ_are_one_thing() -> None:
    refusals = tuple(
        Refusal(
            "a.csv" if number % 2 else "b.csv",
            f"row-{number}",
            (f"cell E{number}, line {number}: There is no country “Land {number}”.",),
            places=(f"cell E{number}, line {number}",),
        )
        for number in range(2, 70)
    )
    summary = LoadSummary(2, 68, (), refusals, 0, 0, 1)
    lines = summary.to_text().splitlines()
    assert lines[1] == "  refused:"
    assert lines[2] == "    68 × There is no country “Land 2”. (the first of 68 such)"
    assert lines[3].startswith("        b.csv: E2, a.csv: E3, ")
    assert lines[3].endswith(" and 58 more")


def test_a_rule_is_one_thing_whatever_it_names(tmp_path: Path, cli: Cli) -> None:
    """Sixty projects without a funder made sixty lines."""
    names = [a + b for a in ("Rain", "Sun", "Wind", "Sea", "Fire", "Snow") for b in "abcdefghij"]
    rows = "".join(
        f"Kenya,Law {name} was adopted,2023-03-07,It was adopted.,ILO,1.3,{name} | Water {name}\n"
        for name in names
    )
    file = tmp_path / "projects.csv"
    headings = "Country,Title,Date achieved,Outcome achieved,Contributors,SDG targets,Projects"
    file.write_text(f"{headings}\n{rows}", "utf-8")
    done = cli("--store", tmp_path / "store", "load", file)
    assert done.returncode == 0, done.stderr
    (line,) = (line for line in done.stdout.splitlines() if "has no funder" in line)
    assert line.startswith("    60 × warning: The linked project ")
    assert line.endswith("(the first of 60 such)")


def test_for_programs(table: Path, tmp_path: Path, cli: Cli) -> None:
    done = cli("--quiet", "--store", tmp_path / "store", "load", table, "--report", "json")
    assert done.returncode == 1
    found = json.loads(done.stdout)
    refused = sum(count for *_, count, _ in WRONG)
    assert (found["sources"], found["read"], found["dryRun"]) == (1, ROWS, False)
    assert len(found["records"]) == ROWS - refused
    assert len(found["refused"]) == refused
    assert {record["status"] for record in found["records"]} == {"created"}
    assert found["revisions"] == [2]
    assert found["internalRevisions"] == []
    # Standard error names the record, since a file may hold many.
    said = [
        (refusal["id"], reason["message"])
        for refusal in found["refused"]
        for reason in refusal["reasons"]
    ]
    for line, (record_id, message) in zip(done.stderr.splitlines(), said, strict=True):
        assert f": {record_id}: " in line
        assert line.endswith(message)
    (reason,) = found["refused"][0]["reasons"]
    assert reason["place"].startswith("cell ")
    assert reason["message"].startswith(WRONG[0][3])
    # A dry run says what would be done, and makes no revision.
    again = cli("--store", tmp_path / "store", "load", table, "--report", "json", "--dry-run")
    told = json.loads(again.stdout)
    assert told["dryRun"] is True
    assert told["revisions"] == []
    assert {record["status"] for record in told["records"]} == {"unchanged"}


def test_ready_rdf_for_programs(tmp_path: Path, cli: Cli) -> None:
    source = tmp_path / "a.nt"
    source.write_text("<http://e.org/a> <http://e.org/b> <http://e.org/c> .\n")
    store = tmp_path / "plain"
    done = cli("--store", store, "load", "--no-validation", source, "--report", "json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["statements"], found["sources"], found["refused"]) == (1, 1, [])
