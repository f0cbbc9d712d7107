"""The command line and the service before remote engines, from the seed page to its facts."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import urllib3
from acceptance.test_seed_facts import FACTS, ask
from conftest import SEED, Cli, RunningServer, running_server
from support.engines import Engine, oxigraph_server

from outcome_graph.pipeline import OutcomeGraph
from outcome_graph.service import create_app
from outcome_graph.settings import Settings

SEED_ID = "LAO226-2020-21-8.1.1"


@pytest.fixture(scope="module", params=["oxigraph", "fuseki"])
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    if request.param == "fuseki":
        fuseki: Engine = request.getfixturevalue("fuseki")
        fuseki.clear()
        yield fuseki
        return
    with oxigraph_server(tmp_path_factory.mktemp(request.param)) as running:
        yield running


@pytest.fixture(scope="module")
def loaded(engine: Engine, cli: Cli) -> Engine:
    """An engine that the command line made a store in and loaded the seed page into."""
    done = cli("--store", engine.query, "init")
    assert done.returncode == 0, done.stderr
    assert "is ready with" in done.stderr
    done = cli("--store", engine.query, "load", SEED)
    assert done.returncode == 0, done.stderr
    assert "1 committed, 0 refused" in done.stdout
    return engine


@pytest.fixture(scope="module")
def server(loaded: Engine) -> Iterator[RunningServer]:
    with running_server(loaded.query) as running:  # type: ignore[arg-type]
        yield running


def test_the_command_line_asks_it(loaded: Engine, cli: Cli) -> None:
    query = "SELECT ?code { ?o a og:Outcome ; og:code ?code }"
    done = cli("--store", loaded.query, "query", "-e", query, "--format", "csv")
    assert done.stdout.split() == ["code", "LAO226"]
    again = cli("--store", loaded.query, "load", SEED)
    assert "unchanged" in again.stdout
    checked = cli("--store", loaded.query, "validate", "--store")
    assert checked.returncode == 0, checked.stdout


def test_everything_comes_out_again(loaded: Engine, cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "all.nq.gz"
    done = cli("--store", loaded.query, "export", "--gzip", "-o", file)
    assert done.returncode == 0, done.stderr
    lines = gzip.decompress(file.read_bytes()).decode().splitlines()
    assert any(f"/record/{SEED_ID}>" in line for line in lines)
    assert not any("urn:outcome-graph:" in line for line in lines)


@pytest.mark.parametrize("name", FACTS)
def test_the_service_knows_the_facts(name: str, server: RunningServer) -> None:
    pattern, expected = FACTS[name]
    assert ask(server, pattern) == expected


def test_pages_and_documents(server: RunningServer) -> None:
    for path, accept, words in (
        (f"/record/{SEED_ID}", "text/html", b"National Social Protection Strategy"),
        (f"/record/{SEED_ID}.ttl", "*/*", b"og:Outcome"),
        ("/country/LAO", "text/turtle", b"418"),
        ("/health/ready", "*/*", b"ready"),
        ("/", "text/html", b"Outcome Graph"),
    ):
        answer = urllib3.request("GET", server.url + path, headers={"Accept": accept})
        assert answer.status == 200, (path, answer.data[:500])
        assert words in answer.data
    (source,) = {row[0] for row in ask(server, "SELECT ?s { OUTCOME prov:wasDerivedFrom ?s }")}
    kept = urllib3.request("GET", f"{server.url}/source/{source.rsplit('/', 1)[1]}?download")
    assert kept.data == SEED.read_bytes()


def test_a_commit_elsewhere_changes_the_etag(
    server: RunningServer, loaded: Engine, cli: Cli, tmp_path: Path
) -> None:
    """Nothing that is cached outlives a commit of another process."""
    query = "SELECT (COUNT(*) AS ?n) { ?o a og:Outcome }"

    def count() -> tuple[str, str]:
        fields = {"query": query}
        answer = urllib3.request("GET", server.url + "/sparql", fields=fields)
        rows = json.loads(answer.data)["results"]["bindings"]
        return rows[0]["n"]["value"], answer.headers["ETag"]

    first, tag = count()
    assert count() == (first, tag)
    page = tmp_path / "other.txt"
    page.write_bytes(SEED.read_bytes().replace(b"LAO226", b"LAO227"))
    done = cli("--store", loaded.query, "load", page)
    assert done.returncode == 0, done.stderr + done.stdout
    then, other = count()
    assert int(then) == int(first) + 1
    assert other != tag


def test_an_engine_without_revisions_is_asked_each_time(tmp_path: Path) -> None:
    """What others write to it is not counted, so no answer may be kept."""
    with oxigraph_server(tmp_path) as engine:
        settings = Settings(store=engine.query, validation=False)
        with OutcomeGraph.open(settings=settings, read_only=True) as graph:
            client = create_app(graph).test_client()
            for n in (0, 1, 2):
                answer = client.get("/sparql?query=SELECT * { ?s ?p ?o }&format=csv")
                assert len(answer.text.split()) == 1 + n
                assert len(gzip.decompress(client.get("/dump.nq.gz").data).splitlines()) == n
                body = (
                    f"INSERT DATA {{ <a:{n}> <a:b> 1 GRAPH <a:g> {{ <a:{n}> <a:b> 1 }} }}".encode()
                )
                headers = {"Content-Type": "application/sparql-update"}
                urllib3.request("POST", engine.update, body=body, headers=headers)


def test_what_the_shapes_refuse_does_not_reach_the_engine(
    loaded: Engine, cli: Cli, tmp_path: Path
) -> None:
    page = tmp_path / "bad.txt"
    page.write_bytes(
        SEED.read_bytes().replace(b"LAO226", b"LAO228").replace(b"01.04.2020", b"02.11.2022")
    )
    done = cli("--store", loaded.query, "load", page)
    assert done.returncode == 1
    assert "0 committed, 1 refused" in done.stdout
    query = 'ASK { ?o og:code "LAO228" }'
    assert cli("--store", loaded.query, "query", "-e", query).stdout.strip() == "no"


def test_internal_records_need_a_place_of_their_own(
    loaded: Engine, cli: Cli, tmp_path: Path
) -> None:
    page = tmp_path / "internal.txt"
    page.write_bytes(SEED.read_bytes().replace(b"LAO226 Public", b"LAO229 Internal"))
    refused = cli("--store", loaded.query, "load", page)
    assert refused.returncode == 2
    assert "OUTCOME_GRAPH_INTERNAL_STORE" in refused.stderr
    folder = tmp_path / "internal"
    done = cli("--store", loaded.query, "load", page, OUTCOME_GRAPH_INTERNAL_STORE=str(folder))
    assert done.returncode == 0, done.stderr
    assert "LAO229" not in cli("--store", loaded.query, "export").stdout
    query = "SELECT ?code { ?o og:code ?code }"
    found = cli("--store", folder, "query", "-e", query, "--format", "csv")
    assert found.stdout.split() == ["code", "LAO229"]
    same = cli(
        "--store", loaded.query, "load", page, OUTCOME_GRAPH_INTERNAL_STORE=loaded.query + "/"
    )
    assert same.returncode == 2
    assert "names the public store" in same.stderr


def test_a_load_is_undone(loaded: Engine, cli: Cli, tmp_path: Path) -> None:
    def codes() -> list[str]:
        query = "SELECT ?code { ?o a og:Outcome ; og:code ?code } ORDER BY ?code"
        return cli("--store", loaded.query, "query", "-e", query, "--format", "csv").stdout.split()

    before = codes()
    assert "LAO226" in before
    page = tmp_path / "LAO999.txt"
    page.write_text(SEED.read_text("utf-8").replace("LAO226", "LAO999"), "utf-8")
    done = cli("--store", loaded.query, "load", page)
    assert codes() == [*before, "LAO999"]
    line = next(line for line in done.stdout.splitlines() if "take it back" in line)
    undone = cli("--store", loaded.query, *line.partition("outcome-graph ")[2].split())
    assert undone.returncode == 0, undone.stderr
    assert "1 record removed, 0 as before" in undone.stderr
    assert codes() == before


def test_the_quarantine_needs_a_folder(loaded: Engine, cli: Cli, tmp_path: Path) -> None:
    page = tmp_path / "bad.txt"
    page.write_bytes(SEED.read_bytes().replace(b"01.04.2020", b"02.11.2022"))
    arguments = ("--store", loaded.query, "load", page, "--on-invalid", "quarantine")
    refused = cli(*arguments)
    assert refused.returncode == 2
    assert "OUTCOME_GRAPH_QUARANTINE_FOLDER" in refused.stderr
    done = cli(*arguments, OUTCOME_GRAPH_QUARANTINE_FOLDER=str(tmp_path / "kept"))
    assert done.returncode == 1
    (kept,) = (tmp_path / "kept").iterdir()
    assert (kept / "original").read_bytes() == page.read_bytes()


def test_an_engine_that_is_away_ends_with_3(cli: Cli) -> None:
    done = cli("--store", "http://127.0.0.1:9/query", "query", "-e", "ASK {}")
    assert done.returncode == 3
    assert len(done.stderr.strip().splitlines()) == 1
    assert "cannot be reached" in done.stderr


def test_the_service_outlives_its_engine(tmp_path: Path, cli: Cli) -> None:
    kept = tmp_path / "kept"
    with oxigraph_server(tmp_path / "one", location=kept) as first:
        assert cli("--store", first.query, "init").returncode == 0
        port = int(first.query.split(":")[2].split("/")[0])
        with running_server(first.query) as server:  # type: ignore[arg-type]
            query = {"query": "ASK { ?s ?p ?o }"}
            assert urllib3.request("GET", server.url + "/sparql", fields=query).status == 200
            first.kill()
            away = urllib3.request("GET", server.url + "/sparql", fields=query, retries=False)
            assert away.status == 503
            detail = json.loads(away.data)["detail"]
            assert "cannot be reached" in detail
            assert "http:" not in detail, "where the engine is concerns the operator alone"
            assert away.headers["Content-Type"] == "application/problem+json"
            live = urllib3.request("GET", server.url + "/health/live", retries=False)
            assert live.status == 200
            ready = urllib3.request("GET", server.url + "/health/ready", retries=False)
            assert ready.status == 503
            with oxigraph_server(tmp_path / "two", port=port, location=kept):
                back = urllib3.request("GET", server.url + "/sparql", fields=query)
                assert back.status == 200


def test_a_query_of_several_graphs_ends_at_its_deadline(server: RunningServer) -> None:
    """Engines that count a triple once for each graph get such queries answered beside them."""
    graphs = [f"https://w3id.org/outcome-graph/graph/{name}" for name in ("concepts", "countries")]
    dataset = [("default-graph-uri", graph) for graph in graphs]
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    pool = urllib3.PoolManager(retries=False, timeout=60)

    def ask_for(sparql: str, **more: str) -> urllib3.BaseHTTPResponse:
        fields = [("query", sparql), *dataset, *more.items()]
        return pool.request(
            "GET", f"{server.url}/sparql", fields=fields, headers={"Accept": "application/json"}
        )

    stopped = ask_for(slow, timeout="1")
    assert stopped.status == 503
    assert json.loads(stopped.data)["deadline"] == 1
    counted = {
        name: int(json.loads(ask_for(sparql).data)["results"]["bindings"][0]["n"]["value"])
        for name, sparql in {
            "all": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
            "distinct": "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }",
        }.items()
    }
    assert counted["all"] == counted["distinct"] > 0
    wrong = ask_for("SELECT * { ?s ?p }")
    assert wrong.status == 400


def test_a_long_query_does_not_end_the_service(server: RunningServer) -> None:
    pool = urllib3.PoolManager(retries=False, timeout=60)
    headers = {"Content-Type": "application/sparql-query"}
    for query in (
        "ASK { FILTER(" + "1+" * 30_000 + "1 > 0) }",
        "ASK {" + "{} UNION " * 5_000 + "{} }",
    ):
        answer = pool.request("POST", f"{server.url}/sparql", body=query, headers=headers)
        assert answer.status == 400
    assert pool.request("GET", f"{server.url}/sparql?query=ASK%7B%7D").status == 200
