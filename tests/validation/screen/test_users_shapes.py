"""``validate --shapes``: users' shapes from the command line, hostile ones included."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

Cli = Callable[..., subprocess.CompletedProcess[str]]

HEAD = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix og: <https://w3id.org/outcome-graph/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix ex: <http://example.org/> .
"""
SHORT = (
    HEAD
    + """
ex:S a sh:NodeShape ; sh:targetClass og:Outcome ;
    sh:property [ sh:path og:code ; sh:maxLength 3 ; sh:message "Too long"@en ] .
"""
)
#: Looks back at what it matched, which only Python's engine can, and takes ages over it.
HOSTILE = (
    HEAD
    + r"""
ex:S a sh:NodeShape ; sh:targetClass og:Outcome ;
    sh:property [ sh:path og:achievement ;
        sh:pattern "^(([\\s\\S])\\2?)+(([\\s\\S])\\4?)+(.?)+#$" ] .
"""
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, cli: Cli, seed: Path) -> Path:
    folder = tmp_path_factory.mktemp("users") / "store"
    for args in (("init",), ("load", seed)):
        done = cli("--store", folder, *args)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("whole", [True, False], ids=["store", "source"])
def test_a_rule_of_ones_own(cli: Cli, store: Path, seed: Path, tmp_path: Path, whole: bool) -> None:
    shapes = tmp_path / "short.ttl"
    shapes.write_text(SHORT)
    what = ["--store"] if whole else [seed]
    done = cli("--store", store, "validate", *what, "--shapes", shapes, "--report", "json")
    assert done.returncode == 1, done.stderr
    report = json.loads(done.stdout)
    assert [r["message"] for r in report["results"]] == ["Too long"]


def test_a_hostile_expression_ends_at_the_deadline(cli: Cli, store: Path, tmp_path: Path) -> None:
    shapes = tmp_path / "hostile.ttl"
    shapes.write_text(HOSTILE)
    start = time.monotonic()
    args = ("validate", "--store", "--shapes", shapes, "--deadline", 8)
    done = cli("--store", store, *args)
    assert time.monotonic() - start < 60
    assert done.returncode not in (0, 1)
    assert "deadline of 8 seconds" in done.stderr
    assert "Traceback" not in done.stderr


def test_shapes_that_cannot_be_used_are_said(cli: Cli, store: Path, tmp_path: Path) -> None:
    shapes = tmp_path / "none.ttl"
    shapes.write_text(HEAD + "ex:S ex:p ex:o .")
    done = cli("--store", store, "validate", "--store", "--shapes", shapes)
    assert done.returncode == 2
    assert "holds no SHACL shape" in done.stderr
