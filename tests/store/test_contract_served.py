"""The contract, kept by a store that is worked with through the server that owns it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from store.contract import StoreContract

from outcome_graph.store import EmbeddedStore, Store
from outcome_graph.store.owner import OwnerEndpoint
from outcome_graph.store.served import OwnerConnection, ServedStore, open_connection


class TestServed(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        owned = EmbeddedStore(tmp_path / "store", create=True)
        endpoint = OwnerEndpoint(
            owned, lambda name, create: owned, threading.RLock(), "http://127.0.0.1:1"
        )
        connection = open_connection(str(endpoint.path))
        assert isinstance(connection, OwnerConnection)
        store = ServedStore(connection)
        yield store
        store.close()
        endpoint.close()
        owned.close()

    def test_it_is_a_store(self, store: Store) -> None:
        assert isinstance(store, Store)
