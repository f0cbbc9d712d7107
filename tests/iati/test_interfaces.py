"""Activity files through the command line and over HTTP."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

from iati.conftest import FILES, activity, document
from outcome_graph import OutcomeGraph
from outcome_graph.service.app import create_app

FULL = FILES / "social-protection.xml"
Cli = Callable[..., subprocess.CompletedProcess[str]]


def test_the_command_line_converts_both_ways(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "again.xml"
    assert cli("convert", FULL, "--to", "iati", "-o", out).returncode == 0
    one = json.loads(cli("convert", FULL, "--to", "json").stdout)
    two = json.loads(cli("convert", out, "--format", "iati", "--to", "json").stdout)
    assert [r["id"] for r in one] == [r["id"] for r in two]
    assert one[0]["measures"] == two[0]["measures"]
    assert one[0]["measures"][0]["baselines"][0]["actual"] == "1200"
    assert one[0]["recipients"][0] == {"place": "KHM", "share": "60"}
    assert one[0]["projects"][0]["status"] == "implementation"


def test_a_file_broken_in_the_middle_ends_with_1(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "broken.xml"
    file.write_bytes(document(activity("AA-AAA-1-1"), activity("AA-AAA-1-2"))[:-40])
    done = cli("--store", tmp_path / "store", "load", file)
    assert done.returncode == 1
    assert "1 committed" in done.stdout
    assert "not well-formed" in done.stderr
    assert "Traceback" not in done.stderr


def test_version_1_is_refused_with_2(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "old.xml"
    file.write_bytes(document(activity(), version="1.04"))
    done = cli("convert", file, "--to", "json")
    assert done.returncode == 2
    assert "version 1.04" in done.stderr


def test_activities_are_posted_as_xml(tmp_path: Path) -> None:
    with OutcomeGraph.open(tmp_path / "store") as graph:
        client = create_app(graph).test_client()
        for media_type in ("application/xml", "text/xml"):
            answer = client.post(
                "/validate",
                data=FULL.read_bytes(),
                content_type=media_type,
                headers={"Accept": "application/json"},
            )
            assert answer.status_code == 200, answer.text
            assert "XM-DAC-41302-KHM-101-" in answer.text
        refused = client.post("/validate", data=b"<feed/>", content_type="application/xml")
        assert refused.status_code == 415
