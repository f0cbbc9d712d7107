"""Servers over plain stores: any RDF, no shapes, a default graph of its own."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import Cli, running_server
from support.sparql_suite.endpoint import ENDPOINTS, NOBODY, Endpoint, address


@contextmanager
def _serving(store: Path, cli: Cli, *args: str, **env: str) -> Iterator[Endpoint]:
    done = cli("--store", store, "init", "--no-validation")
    assert done.returncode == 0, done.stderr
    made = cli("--store", store, "token", "create", "--role", "admin")
    assert made.returncode == 0, made.stderr
    with running_server(store, "--no-validation", *args, **env) as server:
        yield Endpoint(server.url, made.stdout.splitlines()[-1].strip())


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(scope="session")
def elsewhere(tmp_path_factory: pytest.TempPathFactory, cli: Cli) -> Iterator[Endpoint]:
    """A second server, which stands in for the endpoints of federated queries."""
    port = _free_port()
    allowed = " ".join([address(f"http://127.0.0.1:{port}", e) for e in ENDPOINTS] + [NOBODY])
    with _serving(
        tmp_path_factory.mktemp("elsewhere") / "store",
        cli,
        "--port",
        str(port),
        OUTCOME_GRAPH_SERVICE_ALLOWED=allowed,
    ) as endpoint:
        yield endpoint


@pytest.fixture(scope="session")
def endpoint(
    tmp_path_factory: pytest.TempPathFactory, cli: Cli, elsewhere: Endpoint
) -> Iterator[Endpoint]:
    """The endpoint of ``serve --no-validation`` with a token that may do everything."""
    allowed = " ".join([address(elsewhere.url, e) for e in ENDPOINTS] + [NOBODY])
    store = tmp_path_factory.mktemp("conformance") / "store"
    with _serving(store, cli, OUTCOME_GRAPH_SERVICE_ALLOWED=allowed) as endpoint:
        yield endpoint
