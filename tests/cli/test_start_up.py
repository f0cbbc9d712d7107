"""A command starts without what it does not use: people wait, and scripts call often."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from outcome_graph.cli import COMMANDS, cli
from outcome_graph.cli.lazy import LazyGroup

#: Libraries, and parts of ours, that take long to import.
HEAVY = (
    "flask", "granian", "lxml", "openpyxl", "outcome_graph.linking", "outcome_graph.pipeline",
    "outcome_graph.service", "outcome_graph.sources", "outcome_graph.validation", "pyoxigraph",
    "pyshacl", "rapidfuzz", "rdflib", "rich", "urllib3",
)  # fmt: skip
_PROGRAM = """
import json, sys
sys.argv = ["outcome-graph", *json.loads(sys.argv[1])]
from outcome_graph.cli import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print("\\n" + json.dumps(sorted(sys.modules)))
"""


def imported(*arguments: str) -> set[str]:
    """Return what a command has imported when it ends."""
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, json.dumps(arguments)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["-h"]])
def test_help_and_version_need_next_to_nothing(arguments: list[str]) -> None:
    assert imported(*arguments) & set(HEAVY) == set()


def test_tokens_are_made_without_pipeline_and_store(tmp_path: Path) -> None:
    found = imported("--store", str(tmp_path / "store"), "token", "create", "--role", "steward")
    # IRIs and terms are the engine's; tables of tokens are rich's.
    assert found & (set(HEAVY) - {"rich", "pyoxigraph"}) == set()


def test_a_query_needs_nothing_that_reads_or_checks_records(tmp_path: Path) -> None:
    store = str(tmp_path / "store")
    imported("--store", store, "init")
    found = imported("--store", store, "query", "-e", "ASK {}")
    assert found & (set(HEAVY) - {"outcome_graph.pipeline", "pyoxigraph"}) == set()


def test_help_of_a_command_imports_no_other(tmp_path: Path) -> None:
    found = imported("serve", "--help")
    assert (
        found & {"flask", "granian", "outcome_graph.cli.bench", "outcome_graph.cli.data"} == set()
    )


def test_the_list_of_commands_says_what_the_commands_say() -> None:
    assert isinstance(cli, LazyGroup)
    context = cli.make_context("outcome-graph", [], resilient_parsing=True)
    names = cli.list_commands(context)
    assert names == sorted(COMMANDS)
    for name in names:
        command = cli.get_command(context, name)
        assert command is not None
        assert command.name == name
        assert command.get_short_help_str(1000) == COMMANDS[name][1]


def test_an_unknown_command_is_one_line_and_2() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "outcome_graph", "lod"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "lod" in done.stderr


def test_public_names_are_there_for_whoever_asks() -> None:
    import outcome_graph
    from outcome_graph import pipeline

    for package in (outcome_graph, pipeline):
        for name in package.__all__:
            assert getattr(package, name) is not None, name
            assert name in dir(package) or package is pipeline
        with pytest.raises(AttributeError, match="no attribute 'nothing'"):
            _ = package.nothing


def test_a_load_that_has_its_table_read_elsewhere_needs_no_reader() -> None:
    """What reads pages and tables takes half a second to import; another process reads them."""
    program = "import sys, outcome_graph.pipeline.loading; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=True
    )
    found = set(done.stdout.split())
    assert "outcome_graph.sources.detect" in found
    readers = ("page.reader", "page.sections", "html.reader", "tables.reader")
    assert found.isdisjoint(f"outcome_graph.sources.{name}" for name in readers)
