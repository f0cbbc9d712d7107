"""``--reporting-org``: IATI of results of which no reporting organisation is known."""

from __future__ import annotations

import csv
import datetime
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

from iati.rules203 import broken_rules
from outcome_graph import OutcomeGraph
from outcome_graph.errors import RecordError, UsageError

ROW = {
    "Code": "MOZ502",
    "Country": "Mozambique",
    "Visibility": "Public",
    "Biennium": "2018-19",
    "Indicator": "3.1",
    "Step": "1",
    "Title": "A scheme and its law",
    "Date achieved": "2019-03-01",
    "Outcome achieved": "Parliament passed the law.",
    "SDG targets": "1.3",
    "Funders": "Government of Luxembourg",
}
ILO = ("XM-DAC-41302", "International Labour Organization")
Cli = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Three results of two activities, of which nobody is known to report them."""
    rows = [ROW, {**ROW, "Indicator": "3.2"}, {**ROW, "Code": "SEN101", "Country": "Senegal"}]
    path = tmp_path / "rows.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(ROW))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_results_of_tables_are_exported(tmp_path: Path, table: Path) -> None:
    with OutcomeGraph.open(tmp_path / "store") as graph:
        assert graph.load(table).conforms
        file = tmp_path / "ours.xml"
        with pytest.raises(RecordError, match="no reporting organisation"):
            graph.export(file, "iati")
        graph.export(file, "iati", reporting_org=ILO)
        assert broken_rules(file.read_bytes(), datetime.date.today()) == []
        root = ET.parse(file).getroot()
        reporters = root.findall("iati-activity/reporting-org")
        assert [r.get("ref") for r in reporters] == [ILO[0]] * 2
        assert {r.findtext("narrative") for r in reporters} == {ILO[1]}
        assert root.findtext("iati-activity/iati-identifier") == "XM-DAC-41302-MOZ502-2018-19"
        assert len(root.findall("iati-activity/result")) == 3
        # Loaded again, the file changes nothing: nobody has edited it.
        summary = graph.load(file)
        assert {item.status for item in summary.committed} == {"unchanged"}
        assert len(summary.committed) == 3


def test_who_is_known_to_report_stays(tmp_path: Path, seed: Path) -> None:
    with OutcomeGraph.open(tmp_path / "store") as graph:
        graph.load(seed)
        one, other = tmp_path / "one.xml", tmp_path / "other.xml"
        graph.export(one, "iati")
        graph.export(other, "iati", reporting_org=("GB-CHC-1234567", "Another"))
        assert one.read_bytes() == other.read_bytes()


def test_from_the_command_line(tmp_path: Path, table: Path, cli: Cli) -> None:
    said = ("--reporting-org", *ILO)
    done = cli("convert", table, "--to", "iati", *said)
    assert done.returncode == 0, done.stderr
    assert broken_rules(done.stdout.encode(), datetime.date.today()) == []
    store = ("--store", tmp_path / "store")
    assert cli(*store, "load", table).returncode == 0
    exported = cli(*store, "export", "--format", "iati", *said)
    assert exported.returncode == 0, exported.stderr
    assert exported.stdout == done.stdout
    wrong = cli(*store, "export", "--format", "csv", *said)
    assert wrong.returncode == 2
    assert "A reporting organisation goes with IATI" in wrong.stderr


@pytest.mark.parametrize(
    ("reference", "name"), [("", "X"), ("XM DAC", "X"), ("XM/DAC", "X"), ("XM-DAC-1", " ")]
)
def test_what_is_no_organisation(tmp_path: Path, reference: str, name: str) -> None:
    with OutcomeGraph.open(tmp_path / "store") as graph, pytest.raises(UsageError):
        graph.export(tmp_path / "ours.xml", "iati", reporting_org=(reference, name))


def test_a_format_that_does_not_tell_who_reports(tmp_path: Path) -> None:
    """Python is told so as the command line is; it was passed over in silence."""
    with (
        OutcomeGraph.open(tmp_path / "store") as graph,
        pytest.raises(UsageError, match="goes with IATI"),
    ):
        graph.export(tmp_path / "ours.csv", "csv", reporting_org=ILO)
    assert not (tmp_path / "ours.csv").exists()
