"""Where output goes: readers that go away, full disks, folders that are not there, no command."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from conftest import PROGRAM, Cli, clean_environment

SEED = Path(__file__).parents[2] / "data" / "outcomes" / "LAO226-2020-21-8.1.1.txt"
COMMANDS = {
    "convert": ("convert", SEED, "--to", "json"),
    "export": ("export",),
    "query": ("query", "-e", "SELECT * { ?s ?p ?o }", "--format", "csv"),
    "table": ("query", "-e", "SELECT * { ?s ?p ?o } LIMIT 500"),
    "validate": ("validate", SEED),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, cli: Cli) -> Path:
    place = tmp_path_factory.mktemp("output") / "store"
    assert cli("--store", place, "init").returncode == 0
    return place


def _run(store: Path, name: str, output: object) -> subprocess.Popen[bytes]:
    words = [*PROGRAM, "--store", store, *COMMANDS[name]]
    return subprocess.Popen(
        list(map(str, words)), stdout=output, stderr=subprocess.PIPE, env=clean_environment()
    )


@pytest.mark.parametrize("name", ["export", "query"])
def test_a_reader_that_goes_away_is_no_fault(store: Path, name: str) -> None:
    """As in ``… | head -1``: 1 would say that data does not conform."""
    with _run(store, name, subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline()
        running.stdout.close()
        said = running.stderr.read().decode()
    assert (running.returncode, said) == (0, "")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_disk_is_told_in_one_line(store: Path, name: str) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("needs /dev/full")
    with full.open("wb") as output, _run(store, name, output) as running:
        assert running.stderr is not None
        said = running.stderr.read().decode()
    assert said == "outcome-graph: The output cannot be written: No space left on device.\n"
    assert running.returncode == 2


@pytest.mark.parametrize(
    "words",
    [("convert", SEED, "--to", "csv"), ("template", "csv"), ("export",)],
    ids=lambda words: words[0],
)
def test_a_folder_that_is_not_there(store: Path, cli: Cli, words: tuple[object, ...]) -> None:
    target = store / "nowhere" / "file"
    done = cli("--store", store, *words, "-o", target)
    assert done.returncode == 2
    assert done.stderr == f"outcome-graph: {target} cannot be written: No such file or directory.\n"


@pytest.mark.parametrize("words", [(), ("token",)])
def test_without_a_command_the_help_is_shown(cli: Cli, words: tuple[str, ...]) -> None:
    done = cli(*words)
    assert done.returncode == 2
    assert done.stderr.startswith("Usage: ")
    assert "\nCommands:\n" in done.stderr


def test_a_country_is_told_by_name_and_one_that_is_none_is_refused(store: Path, cli: Cli) -> None:
    """Found nothing and knows no such thing are not the same."""
    asked = ("--store", store, "query", "--name", "outcomes", "--param")
    assert cli(*asked, "country=Laos").returncode == 0
    done = cli(*asked, "country=Loas")
    assert done.returncode == 2
    assert done.stderr.startswith("outcome-graph: No country is called 'Loas'.")
    done = cli(*asked, "target=1.99")
    assert done.returncode == 2
    assert "There is no SDG goal or target '1.99'" in done.stderr


def test_a_model_without_a_store_leaves_the_words(tmp_path: Path, cli: Cli) -> None:
    """The model compares texts with what a store says of the goals."""
    text = "Parliament adopted a national social protection strategy."
    missing = {"OUTCOME_GRAPH_SDG_MODEL": str(tmp_path), "OUTCOME_GRAPH_STORE": str(tmp_path / "x")}
    done = cli("suggest", "-e", text, "--format", "json", **missing)
    assert done.returncode == 0, done.stderr
    assert done.stdout == cli("suggest", "-e", text, "--format", "json").stdout
    assert "There is no store" in done.stderr
    assert "by words alone" in done.stderr
