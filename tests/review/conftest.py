"""A real store with a record that has two candidates, and the service over it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from outcome_graph.access import TokenBook
from outcome_graph.pipeline import OutcomeGraph
from outcome_graph.service import create_app

ROOT = Path(__file__).parents[2]
#: A Paraguayan record: its funder was read from "Con la cooperación española" (0.55), a constituent
#: from "Mesa Interinstitucional" (0.4). See the file.
PRY = ROOT / "tests" / "ontology" / "records" / "PRY126-2022-23-8.2.1.trig"
PRY_ID = "PRY126-2022-23-8.2.1"
BASE = "https://w3id.org/outcome-graph/"


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the record, to be copied."""
    place = tmp_path_factory.mktemp("review") / "store"
    with OutcomeGraph.open(place, base=BASE) as graph:
        assert graph.load(PRY).exit_code == 0
    return place


@pytest.fixture
def store(loaded: Path, tmp_path: Path) -> Path:
    """A store of the test's own."""
    return Path(shutil.copytree(loaded, tmp_path / "store"))


@pytest.fixture
def graph(store: Path) -> Iterator[OutcomeGraph]:
    """A graph of the test's own."""
    with OutcomeGraph.open(store, base=BASE) as opened:
        yield opened


@pytest.fixture
def secret(store: Path) -> str:
    """The secret of a steward's token."""
    return TokenBook(store / "tokens.json").create("steward", name="ana")[1]


@pytest.fixture
def client(graph: OutcomeGraph, secret: str) -> FlaskClient:
    """A client of the application."""
    return create_app(graph).test_client()
