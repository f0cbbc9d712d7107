"""The queries of docs/federation.md, over HTTP, against real servers that stand in for others."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest
import urllib3
from conftest import ROOT, SEED, Cli, RunningServer, running_server
from support.engines import Engine, oxigraph_server

WIKIDATA = "https://query.wikidata.org/sparql"
UN = "https://example.org/un/sparql"
#: A figure made up for the test, for Wikidata's Lao PDR.
POPULATION = (
    "INSERT DATA { <http://www.wikidata.org/entity/Q819> "
    "<http://www.wikidata.org/prop/direct/P1082> 7000001 }"
)


def documented() -> list[str]:
    """Return the SPARQL queries of the page, in their order."""
    page = (ROOT / "docs" / "federation.md").read_text("utf-8")
    return re.findall(r"```sparql\n(.*?)```", page, re.DOTALL)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with oxigraph_server(tmp_path_factory.mktemp("elsewhere")) as engine:
        yield engine


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, cli: Cli, elsewhere: Engine, shared: Path
) -> Iterator[RunningServer]:
    vocabulary = shared / "vocabularies" / "sdg"
    store = tmp_path_factory.mktemp("federation") / "store"
    for args in (("init",), ("load", SEED), ("vocab", "install", "sdg", "--from", vocabulary)):
        done = cli("--store", store, *args)
        assert done.returncode == 0, done.stderr
    for name in ("sdg-kos-goals-targets-indicators.ttl", "sdgs-ontology.ttl"):
        answer = urllib3.request(
            "POST",
            f"{elsewhere.graphs}?default",
            body=(vocabulary / name).read_bytes(),
            headers={"Content-Type": "text/turtle"},
        )
        assert answer.status in (201, 204), answer.data
    answer = urllib3.request(
        "POST",
        elsewhere.update,
        body=POPULATION,
        headers={"Content-Type": "application/sparql-update"},
    )
    assert answer.status in (200, 204), answer.data
    with running_server(store, OUTCOME_GRAPH_SERVICE_ALLOWED=elsewhere.query) as running:
        yield running


def rows(server: RunningServer, query: str) -> list[dict[str, str]]:
    answer = urllib3.request(
        "POST",
        f"{server.url}/sparql",
        body=query.encode(),
        headers={
            "Content-Type": "application/sparql-query",
            "Accept": "application/sparql-results+json",
        },
    )
    assert answer.status == 200, answer.data.decode()
    found = json.loads(answer.data)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in found]


def test_from_an_outcome_to_custodian_subjects_and_region(server: RunningServer) -> None:
    found = rows(server, documented()[0])
    assert {row["indicator"] for row in found} == {"1.3.1"}
    assert {row["custodian"] for row in found} == {"ILO"}
    # The subjects of target 1.3 in the UN's own mappings: EuroVoc and UNBIS.
    subjects = {row["subject"] for row in found}
    assert "http://eurovoc.europa.eu/2062" in subjects
    assert "http://metadata.un.org/thesaurus/1005995" in subjects
    assert {"Asia", "South-eastern Asia"} <= {row["region"] for row in found}


def test_wikidata_is_asked_for_the_population(server: RunningServer, elsewhere: Engine) -> None:
    query = documented()[1].replace(WIKIDATA, elsewhere.query)
    assert rows(server, query) == [{"code": "LAO", "population": "7000001"}]


def test_the_un_is_asked_for_its_own_words(server: RunningServer, elsewhere: Engine) -> None:
    (row,) = rows(server, documented()[2].replace(UN, elsewhere.query))
    assert row["target"] == "http://metadata.un.org/sdg/1.3"
    assert "social protection systems" in row["official"]


class _Elsewhere(BaseHTTPRequestHandler):
    """An endpoint that fails, or sends those who ask to a place of its choice."""

    asked: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.asked.append(self.path)
        self.send_response({"/moved": 302, "/moved-307": 307}.get(self.path, 500))
        if self.path.startswith("/moved"):
            self.send_header("Location", "/secret")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_endpoints_that_fail_or_lead_elsewhere(tmp_path: Path, cli: Cli) -> None:
    store = tmp_path / "store"
    assert cli("--store", store, "init").returncode == 0
    with ThreadingHTTPServer(("127.0.0.1", 0), _Elsewhere) as other:
        Thread(target=other.serve_forever, daemon=True).start()
        host = f"http://127.0.0.1:{other.server_port}"
        paths = ("/broken", "/moved", "/moved-307")
        allowed = " ".join(host + path for path in paths)
        with running_server(store, OUTCOME_GRAPH_SERVICE_ALLOWED=allowed) as running:
            for path in paths:
                query = f"SELECT * {{ SERVICE <{host}{path}> {{ ?s ?p ?o }} }}"
                answer = urllib3.request("GET", f"{running.url}/sparql", fields={"query": query})
                assert answer.status == 503, path
                detail = json.loads(answer.data)["detail"]
                assert detail.startswith("An endpoint that the query asks by SERVICE failed"), path
                silent = query.replace("SERVICE", "SERVICE SILENT")
                answer = urllib3.request("GET", f"{running.url}/sparql", fields={"query": silent})
                assert answer.status == 200, path
        other.shutdown()
    # Nobody is led to an address that the operator did not name.
    assert set(_Elsewhere.asked) == set(paths)


@pytest.mark.parametrize("number", [1, 2])
def test_an_endpoint_that_nobody_named_is_refused(server: RunningServer, number: int) -> None:
    answer = urllib3.request("GET", f"{server.url}/sparql", fields={"query": documented()[number]})
    assert answer.status == 400
    assert "SERVICE may call these endpoints only" in answer.data.decode()
