"""The contract, kept by the remote store before two real engines."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from store.contract import G1, StoreContract, put, values
from support.engines import Engine, oxigraph_server

from outcome_graph.settings import Settings
from outcome_graph.store import RemoteStore, Store, open_store


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with oxigraph_server(tmp_path_factory.mktemp("oxigraph")) as engine:
        yield engine


@pytest.fixture(scope="module")
def union_oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("union")
    with oxigraph_server(folder, "--union-default-graph") as engine:
        yield engine


def opened(engine: Engine) -> Iterator[Store]:
    engine.clear()
    store = open_store(Settings(store=engine.query), create=True)
    assert isinstance(store, RemoteStore)
    yield store
    store.close()


class TestOxigraph(StoreContract):
    @pytest.fixture
    def store(self, oxigraph: Engine) -> Iterator[Store]:
        yield from opened(oxigraph)

    def test_it_is_a_store(self, store: Store) -> None:
        assert isinstance(store, Store)


class TestFuseki(StoreContract):
    @pytest.fixture
    def store(self, fuseki: Engine) -> Iterator[Store]:
        yield from opened(fuseki)


class TestUnionEngine(StoreContract):
    """An engine whose default graph is always the union of all graphs, as GraphDB's is."""

    @pytest.fixture
    def store(self, union_oxigraph: Engine) -> Iterator[Store]:
        yield from opened(union_oxigraph)

    def test_the_word_service_is_allowed_elsewhere(self, store: Store) -> None:
        # A query with GRAPH sees this engine's own union, where a triple counts for each graph.
        text = 'SELECT ?s { ?s ?p "SERVICE <x> { }" OPTIONAL { GRAPH <http://e/g> { ?a ?b ?c } } }'
        put(store, G1, "SERVICE <x> { }")
        assert set(values(store, text)) == {"http://example.org/s"}
