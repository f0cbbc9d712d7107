"""The command ``vocab``: what comes, what goes, and what is no vocabulary."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from outcome_graph.cli import cli
from outcome_graph.errors import OutcomeGraphError
from outcome_graph.pipeline import OutcomeGraph


def run(store: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["--store", str(store), "vocab", *words])


def said(result: Result) -> str:
    """What the person reads: errors of ours are told by the program's entry point."""
    return str(result.exception) if result.exception else result.stderr


@pytest.fixture
def store(tmp_path: Path) -> Path:
    with OutcomeGraph.open(tmp_path / "store") as graph:
        graph.initialise()
    return tmp_path / "store"


def test_installed_listed_and_removed(store: Path, shared: Path) -> None:
    done = run(store, "install", "sdg", "--from", str(shared / "vocabularies" / "sdg"))
    assert (done.exit_code, "17 goals, 169 targets, 232 indicators" in done.stderr) == (0, True)
    assert "sdg-official\t" in run(store, "list").stdout
    assert "statements removed" in run(store, "remove", "sdg").stderr
    assert "sdg-official\t" not in run(store, "list").stdout
    again = run(store, "remove", "sdg")
    assert isinstance(again.exception, OutcomeGraphError)
    assert "is not installed" in said(again)


@pytest.mark.parametrize("command", ["install", "remove"])
def test_a_vocabulary_that_there_is_not(store: Path, command: str) -> None:
    refused = run(store, command, "iso")
    assert isinstance(refused.exception, OutcomeGraphError)
    assert "There is no vocabulary “iso” to install. There is: sdg." in said(refused)


@pytest.mark.parametrize("origin", ["ftp://example.org/sdg.ttl", "file:///sdg.ttl"])
def test_addresses_that_nothing_is_fetched_from(store: Path, origin: str) -> None:
    refused = run(store, "install", "sdg", "--from", origin)
    assert isinstance(refused.exception, OutcomeGraphError)
    assert "Name a file, a folder, or an address that begins with http" in said(refused)
