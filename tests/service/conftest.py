"""The real application over a real embedded store with the seed record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outcome_graph.pipeline import OutcomeGraph
from outcome_graph.service import create_app

SEED = Path(__file__).parents[2] / "data" / "outcomes" / "LAO226-2020-21-8.1.1.txt"
SEED_ID = "LAO226-2020-21-8.1.1"
BASE = "https://w3id.org/outcome-graph/"


@pytest.fixture(scope="package")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OutcomeGraph]:
    """A graph with the seed record; queries are answered by reader processes, as when serving."""
    with OutcomeGraph.open(tmp_path_factory.mktemp("service") / "store", base=BASE) as opened:
        summary = opened.load(SEED)
        assert [item.id for item in summary.committed] == [SEED_ID], summary.to_text()
        opened.start_readers()
        yield opened


@pytest.fixture(scope="package")
def app(graph: OutcomeGraph) -> Flask:
    """The application."""
    return create_app(graph)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client that sends no Accept header of its own."""
    return app.test_client()
