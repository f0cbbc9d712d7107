"""The contract, kept by the embedded store in this process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from store.contract import StoreContract

from outcome_graph.store import EmbeddedStore, Store


class TestEmbedded(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        store = EmbeddedStore(tmp_path / "store", create=True)
        yield store
        store.close()

    def test_it_is_a_store(self, store: Store) -> None:
        assert isinstance(store, Store)
