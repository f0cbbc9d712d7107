"""A plain store: any RDF, loaded and served without shapes (``--no-validation``)."""

from __future__ import annotations

import gzip
import json
import urllib.request
from pathlib import Path
from urllib.parse import quote

import pytest
from conftest import Cli, running_server

from outcome_graph.errors import UsageError
from outcome_graph.pipeline import OutcomeGraph
from outcome_graph.settings import Settings

#: Three statements: one in the default graph, one in g, one with a blank node in g.
DATA = b"""<http://e/a> <http://e/p> "1" .
<http://e/a> <http://e/p> "2" <http://e/g> .
_:b <http://e/p> "3" <http://e/g> .
"""
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
COUNT_NAMED = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "data.nq"
    path.write_bytes(DATA)
    return path


def plain(folder: Path) -> OutcomeGraph:
    return OutcomeGraph.open(settings=Settings(store=str(folder), validation=False))


def number(graph: OutcomeGraph, sparql: str) -> int:
    return next(iter(graph.query(sparql))).n


def test_the_default_graph_is_a_graph_of_its_own(tmp_path: Path, file: Path) -> None:
    with plain(tmp_path / "s") as graph:
        summary = graph.load(file)
        assert (summary.exit_code, summary.revision) == (0, 1)
        assert "3 new statements from 1 source" in summary.to_text()
        assert (number(graph, COUNT), number(graph, COUNT_NAMED)) == (1, 2)


def test_a_store_knows_that_it_is_plain(tmp_path: Path, file: Path) -> None:
    plain(tmp_path / "s").close()
    with OutcomeGraph.open(tmp_path / "s") as graph:
        assert graph.plain
        assert not graph.validation
        assert graph.initialise() == []
        graph.load(file)
        assert graph.store.graph_names() == ["http://e/g"]
        with pytest.raises(UsageError, match="holds no records"):
            graph.validate(store=True)


def test_a_store_of_records_stays_one(tmp_path: Path) -> None:
    OutcomeGraph.open(tmp_path / "s").close()
    with plain(tmp_path / "s") as graph:
        assert not graph.plain
        assert not graph.validation


def test_loading_again_adds_blank_nodes_only(tmp_path: Path, file: Path) -> None:
    """Blank nodes of two loads are two nodes (RDF 1.1 Concepts, 3.6: they are local to a file)."""
    with plain(tmp_path / "s") as graph:
        graph.load(file)
        assert "1 new statements" in graph.load(file).to_text()
        assert [entry.graphs for entry in graph.store.history()] == [
            ("default", "http://e/g"),
            ("default", "http://e/g"),
        ]


def test_compressed_and_other_syntaxes(tmp_path: Path) -> None:
    packed = tmp_path / "data.nq.gz"
    packed.write_bytes(gzip.compress(DATA))
    (tmp_path / "more.ttl").write_text('<http://e/x> a <http://e/Y> ; <http://e/p> "é" .', "utf-8")
    with plain(tmp_path / "s") as graph:
        assert "3 statements read" in graph.load(packed, dry_run=True).to_text()
        assert graph.store.revision() == 0
        assert graph.load(packed, tmp_path / "more.ttl").exit_code == 0
        assert number(graph, COUNT) == 3


def test_what_is_not_well_formed_is_refused_and_changes_nothing(tmp_path: Path, file: Path) -> None:
    bad = tmp_path / "bad.nq"
    bad.write_bytes(DATA + b"<http://e/a> <http://e/p>\n")
    page = tmp_path / "page.txt"
    page.write_text("no RDF at all")
    with plain(tmp_path / "s") as graph:
        summary = graph.load(bad)
        assert summary.exit_code == 2
        assert "bad.nq is not well formed" in summary.refused[0].reasons[0]
        assert graph.load(page).exit_code == 2
        assert graph.store.revision() == 0
        assert number(graph, COUNT) == 0
        both = graph.load(bad, file)
        assert (len(both.refused), both.exit_code, number(graph, COUNT)) == (1, 1, 1)
        refused = graph.load(page, source_format="page")
        assert "takes RDF only" in refused.refused[0].reasons[0]


@pytest.mark.parametrize("packed", [False, True])
def test_entities_are_refused(tmp_path: Path, packed: bool) -> None:
    bomb = b'<!DOCTYPE r [<!ENTITY a "aaaa">]><rdf:RDF xmlns:rdf="http://x#"/>'
    path = tmp_path / ("bomb.rdf.gz" if packed else "bomb.rdf")
    path.write_bytes(gzip.compress(bomb) if packed else bomb)
    with plain(tmp_path / "s") as graph:
        assert "DOCTYPE" in graph.load(path).refused[0].reasons[0]


@pytest.mark.parametrize("dry_run", [False, True])
def test_rdf_xml_that_was_cut_off_is_refused_whole(tmp_path: Path, dry_run: bool) -> None:
    path = tmp_path / "cut.rdf"
    path.write_bytes(
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
        b'<rdf:Description rdf:about="http://e/a"><e:p>1</e:p></rdf:Description>'
    )
    with plain(tmp_path / "s") as graph:
        assert "cut off" in graph.load(path, dry_run=dry_run).refused[0].reasons[0]
        assert number(graph, COUNT) == 0


def ask(url: str, sparql: str) -> list[dict[str, dict[str, str]]]:
    with urllib.request.urlopen(f"{url}/sparql?query={quote(sparql)}", timeout=60) as response:
        return json.load(response)["results"]["bindings"]


def test_serving(tmp_path: Path, file: Path, cli: Cli) -> None:
    """A new folder is made a plain store, and what is served keeps its default graph apart."""
    store = tmp_path / "s"
    done = cli("--store", store, "load", "--no-validation", file)
    assert done.returncode == 0, done.stderr
    assert "3 new statements" in done.stdout
    with running_server(store, "--no-validation") as server:
        assert ask(server.url, COUNT)[0]["n"]["value"] == "1"
        assert ask(server.url, COUNT_NAMED)[0]["n"]["value"] == "2"
        for path in ("/", "/records", "/sparql", "/validate", "/health/ready"):
            with urllib.request.urlopen(server.url + path, timeout=60) as response:
                assert response.status == 200, path
        with urllib.request.urlopen(f"{server.url}/sparql?format=turtle", timeout=60) as response:
            assert b"UnionDefaultGraph" not in response.read()
    with running_server(tmp_path / "new", "--no-validation") as server:
        assert ask(server.url, COUNT)[0]["n"]["value"] == "0"
    assert (tmp_path / "new" / "format").read_text() == "1 separate\n"
