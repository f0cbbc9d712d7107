"""The README's examples work: every command and every program in it is run."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import PROGRAM, ROOT, RunningServer, clean_environment

README = (ROOT / "README.md").read_text("utf-8")


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def _commands() -> list[str]:
    lines = "\n".join(_blocks("console")).splitlines()
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder that looks like the checkout to the examples."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "outcomes").symlink_to(ROOT / "data" / "outcomes")
    return tmp_path


def test_the_tour_on_the_command_line(checkout: Path) -> None:
    commands = _commands()
    assert len(commands) >= 8
    for command in commands:
        program, *arguments = shlex.split(command)
        assert program == "outcome-graph"
        done = subprocess.run(
            [*PROGRAM, *arguments],
            cwd=checkout,
            env=clean_environment(),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        if "legal-acts" in command:
            assert "224" in done.stdout
        if "og:funder" in command:
            assert "Government of Luxembourg" in done.stdout
    assert "LAO226" in (checkout / "tour.csv").read_text("utf-8")
    assert "og:Outcome" in (checkout / "tour.trig").read_text("utf-8")


def _run_program(program: str, folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env=clean_environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_sparqlwrapper_program(seed_server: RunningServer, tmp_path: Path) -> None:
    (program,) = [p for p in _blocks("python") if "SPARQLWrapper" in p]
    assert "http://127.0.0.1:8000" in program
    output = _run_program(program.replace("http://127.0.0.1:8000", seed_server.url), tmp_path)
    assert output.strip() == "LAO Government of Luxembourg"


def test_the_library_program(checkout: Path) -> None:
    (program,) = [p for p in _blocks("python") if "outcome_graph import" in p]
    output = _run_program(program, checkout)
    assert "2020-04-01 The National Social Protection Strategy was officially launched" in output
    assert "Lao Federation of Trade Union" in output


def test_the_curl_commands(seed_server: RunningServer, checkout: Path) -> None:
    (block,) = [b for b in _blocks("sh") if b.startswith("curl")]
    answers = []
    for line in block.strip().splitlines():
        command = shlex.split(line.replace("http://127.0.0.1:8000", seed_server.url))
        done = subprocess.run(
            [command[0], "--silent", "--show-error", "--fail", *command[1:]],
            cwd=checkout,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, f"{line}\n{done.stderr}"
        answers.append(done.stdout)
    table, record, report = answers
    assert table.split() == ["c", "LAO226"]
    assert "og:Outcome" in record
    assert "project" in report
