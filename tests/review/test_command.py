"""The command ``review``, by itself and beside a running server."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from click.testing import CliRunner, Result

from outcome_graph.cli import cli
from outcome_graph.errors import OutcomeGraphError
from tests.conftest import Cli, running_server

from .conftest import PRY_ID


def run(store: Path, *args: str) -> Result:
    return CliRunner().invoke(cli, ["--store", str(store), "review", *args])


def test_from_list_to_history(store: Path) -> None:
    text = run(store, "list").stdout
    assert "funder: Government of Spain  55%" in text
    assert "read from “Con la cooperación española”, characters " in text
    assert f"in {PRY_ID} (Paraguay): " in text
    rows = json.loads(run(store, "list", "--format", "json").stdout)
    assert [row["property"] for row in rows] == ["funder", "constituent"]
    table = list(csv.DictReader(io.StringIO(run(store, "list", "--format", "csv").stdout)))
    assert [row["id"] for row in table] == [row["id"] for row in rows]
    one, two = (row["id"] for row in rows)
    assert run(store, "accept", one, "--agent", "ana").exit_code == 0
    assert run(store, "reject", two, "--reason", "no body").exit_code == 0
    assert json.loads(run(store, "list", "--format", "json").stdout) == []
    told = json.loads(run(store, "history", "--format", "json").stdout)
    assert [(t["id"], t["decision"], t["agent"]) for t in told] == [
        (two, "reject", "cli"),
        (one, "accept", "ana"),
    ]
    assert "because: no body" in run(store, "history", "--record", PRY_ID).stdout
    refused = run(store, "accept", one)
    assert isinstance(refused.exception, OutcomeGraphError)
    assert run(store, "undo", one).exit_code == 0
    assert [r["id"] for r in json.loads(run(store, "list", "--format", "json").stdout)] == [one]
    assert run(store, "accept").exit_code == 2


def test_a_long_list_can_be_cut(store: Path) -> None:
    rows = json.loads(run(store, "list", "--format", "json").stdout)
    assert len(rows) == 2
    (first,) = json.loads(run(store, "list", "--limit", "1", "--format", "json").stdout)
    assert first == rows[0]
    assert "2 links await review; 1 are shown" in run(store, "list", "--limit", "1").stderr
    assert run(store, "list", "--limit", "0").exit_code == 2


def test_it_works_through_a_running_server(store: Path, cli: Cli) -> None:
    with running_server(store) as server:
        listed = cli("--store", store, "review", "list", "--format", "json")
        key = json.loads(listed.stdout)[0]["id"]
        done = cli("--store", store, "review", "accept", key, "--agent", "ana")
        assert done.returncode == 0, done.stderr
        assert server.url in done.stderr
        again = cli("--store", store, "review", "reject", key)
        assert (again.returncode, again.stderr.count("\n")) == (1, 2)
        assert "accepted already, by ana" in again.stderr
