"""The Python API, as an engineer uses it."""

from __future__ import annotations

import datetime
import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib

import outcome_graph
from outcome_graph import (
    NotFoundError,
    OutcomeGraph,
    QueryError,
    RecordError,
    StoreError,
    UsageError,
)

SEED_ID = "LAO226-2020-21-8.1.1"


@pytest.fixture
def graph(seeded_store: Path) -> Iterator[OutcomeGraph]:
    with OutcomeGraph.open(seeded_store) as opened:
        yield opened


def _page(seed: Path, folder: Path, name: str, *changes: tuple[str, str]) -> Path:
    text = seed.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_exported_names_are_all_there_and_sorted() -> None:
    names = outcome_graph.__all__
    assert list(names) == sorted(names)
    assert all(hasattr(outcome_graph, name) for name in names)


def test_rows_hold_python_values_and_rdflib_terms(graph: OutcomeGraph) -> None:
    (row,) = graph.query(
        "SELECT ?o ?day ?n ?title ?nothing "
        "{ ?o og:achievedOn ?day ; dcterms:title ?title BIND(2 AS ?n) OPTIONAL { ?o a ?nothing "
        "FILTER(false) } }"
    )
    assert row["o"] == rdflib.URIRef(graph.minter.outcome(SEED_ID).value)
    assert row.day == datetime.date(2020, 4, 1)
    assert row[2] == 2
    assert row.title.language == "en"
    assert row.nothing is None
    assert list(row) == ["o", "day", "n", "title", "nothing"]


def test_variables_are_bound_as_terms(graph: OutcomeGraph) -> None:
    query = "SELECT ?id { ?o og:country ?c ; dcterms:identifier ?id }"
    lao = rdflib.URIRef(graph.minter.country("LAO").value)
    assert [r.id for r in graph.query(query, c=lao)] == [rdflib.Literal(SEED_ID)]
    assert len(graph.query(query, c=rdflib.URIRef("http://example.org/elsewhere"))) == 0
    hostile = '"> } INSERT DATA { <a:b> <a:b> 1 } #'
    assert len(graph.query("SELECT ?o { ?o og:code ?code }", code=hostile)) == 0
    assert len(graph.query("SELECT ?o { ?o og:code ?code }", code="LAO226")) == 1
    day = datetime.date(2020, 4, 1)
    assert len(graph.query("SELECT ?o { ?o og:achievedOn ?day }", day=day)) == 1


def test_ask_construct_and_csv(graph: OutcomeGraph) -> None:
    assert graph.query("ASK { ?o og:code 'LAO226' }")
    assert not graph.query("ASK { ?o og:code 'LAO999' }")
    made = graph.query("CONSTRUCT { ?o a ?t } WHERE { ?o a ?t ; og:code ?c }").graph
    assert len(made) == 1
    assert graph.query("SELECT ?c { ?o og:code ?c }").to_csv() == "c\r\nLAO226\r\n"
    with pytest.raises(UsageError, match="CONSTRUCT"):
        _ = graph.query("SELECT ?c { ?o og:code ?c }").graph


def test_a_malformed_query_says_where(graph: OutcomeGraph) -> None:
    with pytest.raises(QueryError) as caught:
        graph.query("SELECT ?c {\n ?o og:code ?c ")
    assert caught.value.line is not None


def test_the_default_graph_is_a_set(graph: OutcomeGraph, seed: Path, tmp_path: Path) -> None:
    """A triple that stands in many record graphs is one triple of the union (SPARQL 1.1, 13.1)."""
    for code in ("LAO301", "LAO302"):
        assert graph.load(_page(seed, tmp_path, f"{code}.txt", ("LAO226", code))).conforms
    (row,) = graph.query(
        "SELECT (COUNT(*) AS ?n) { <http://metadata.un.org/sdg/1.3> a sdgo:Target . "
        "?f skos:prefLabel 'Government of Luxembourg'@en }"
    )
    assert row.n == 1
    assert len(graph.query("SELECT ?o ?name { ?o og:funder/skos:prefLabel ?name }")) == 3


def test_a_corrected_page_replaces_its_record(
    graph: OutcomeGraph, seed: Path, tmp_path: Path
) -> None:
    corrected = _page(
        seed, tmp_path, seed.name, ("Strategy was officially launched", "Strategy was launched")
    )
    (done,) = graph.load(corrected).committed
    assert (done.id, done.status) == (SEED_ID, "replaced")
    assert graph.record(SEED_ID).title == "The National Social Protection Strategy was launched"
    assert graph.record_ids() == [SEED_ID]
    assert [entry.agent for entry in graph.history(SEED_ID)] == ["api", "api"]


def test_two_results_of_one_objective_are_two_records(
    graph: OutcomeGraph, seed: Path, tmp_path: Path
) -> None:
    other = _page(
        seed,
        tmp_path,
        "other.txt",
        ("The National Social Protection Strategy was officially launched", "A fund was set up"),
        ("01.04.2020", "02.06.2021"),
    )
    (done,) = graph.load(other).committed
    assert done.id == f"{SEED_ID}-2021-06-02"
    assert graph.record_ids() == [SEED_ID, f"{SEED_ID}-2021-06-02"]


def test_internal_records_reach_no_query_no_dump_and_no_list(
    graph: OutcomeGraph, seed: Path, tmp_path: Path
) -> None:
    secret = _page(seed, tmp_path, "secret.txt", ("LAO226 Public", "LAO777 Internal"))
    (done,) = graph.load(secret).committed
    assert done.status == "created"
    internal_id = "LAO777-2020-21-8.1.1"
    assert graph.record(internal_id).visibility == "internal"
    assert graph.record_ids() == [SEED_ID]
    assert not graph.query("ASK { ?o og:code 'LAO777' }")
    graph.export(tmp_path / "dump.nq")
    assert "LAO777" not in (tmp_path / "dump.nq").read_text("utf-8")
    with pytest.raises(NotFoundError):
        graph.record_triples(internal_id)
    # Published later, it moves; withdrawn again, it leaves nothing behind.
    for word, visible in (("Public", True), ("Internal", False)):
        graph.load(_page(seed, tmp_path, "secret.txt", ("LAO226 Public", f"LAO777 {word}")))
        assert bool(graph.query("ASK { ?o og:code 'LAO777' }")) is visible


def test_delete_and_what_is_not_there(graph: OutcomeGraph) -> None:
    before = graph.store.revision()
    assert graph.delete(SEED_ID) == before + 1
    for call in (graph.record, graph.record_triples, graph.delete):
        with pytest.raises(NotFoundError, match=SEED_ID):
            call(SEED_ID)


def test_the_original_is_kept(graph: OutcomeGraph, seed: Path) -> None:
    source = graph.record(SEED_ID).source
    assert source is not None
    assert graph.store.source(source.sha256) == seed.read_bytes()


def test_dry_run_writes_nothing(tmp_path: Path, seed: Path) -> None:
    with OutcomeGraph.open(tmp_path / "dry") as graph:
        before = graph.store.revision()
        assert len(graph.load(seed, dry_run=True).committed) == 1
        assert graph.store.revision() == before
        assert graph.record_ids() == []


def test_an_export_loads_into_the_same_records(graph: OutcomeGraph, tmp_path: Path) -> None:
    graph.export(tmp_path / "all.nq")
    with OutcomeGraph.open(tmp_path / "copy") as copy:
        summary = copy.load(tmp_path / "all.nq")
        assert summary.conforms, summary.to_text()
        assert copy.record(SEED_ID) == graph.record(SEED_ID)


def test_compressed_exports_are_reproducible(graph: OutcomeGraph, tmp_path: Path) -> None:
    for name in ("one.gz", "two.gz"):
        graph.export(tmp_path / name, "csv", compress=True)
    assert (tmp_path / "one.gz").read_bytes() == (tmp_path / "two.gz").read_bytes()
    assert b"LAO226" in gzip.decompress((tmp_path / "one.gz").read_bytes())


def test_convert_raises_what_refuses_a_record(seed: Path, tmp_path: Path) -> None:
    with OutcomeGraph.open(tmp_path / "store") as graph:
        (record,) = graph.convert(seed)
        assert record.country == "LAO"
        bad = _page(seed, tmp_path, "bad.txt", ("01.04.2020", "31.02.2020"))
        with pytest.raises(RecordError, match=r"31\.02\.2020"):
            list(graph.convert(bad))


def test_reading_a_store_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store"):
        OutcomeGraph.open(tmp_path / "nowhere", read_only=True)
    assert not (tmp_path / "nowhere").exists()
