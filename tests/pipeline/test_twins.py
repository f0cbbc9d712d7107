"""Rule `duplicate`: two records of the same code, biennium, indicator, step and date are told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from support.engines import oxigraph_server

from outcome_graph import OutcomeGraph
from outcome_graph.draft import SourceFile
from outcome_graph.namespaces import OG
from outcome_graph.pipeline.twins import twins_in
from outcome_graph.pipeline.writing import RecordWriter
from outcome_graph.rdf import BlankNode, Literal, NamedNode, Triple
from outcome_graph.store import Commit, EmbeddedStore, GraphChange
from outcome_graph.validation import Result, ValidationReport
from outcome_graph.validation.statements import statements

ID = "LAO226-2020-21-8.1.1"
#: The contract: where an id is taken by another result, the date is appended.
TWIN = f"{ID}-2020-04-01"


@pytest.fixture
def graph(fresh_store: Path) -> Iterator[OutcomeGraph]:
    with OutcomeGraph.open(fresh_store) as opened:
        yield opened


def twin(seed: Path, *changes: tuple[str, str]) -> SourceFile:
    """Return the seed's page under another name and title: another document, as it seems."""
    title = "The National Social Protection Strategy was officially launched"
    text = seed.read_text("utf-8")
    for old, new in ((title, "A strategy for the protection of all was launched"), *changes):
        assert old in text
        text = text.replace(old, new)
    return SourceFile("another.txt", text.encode(), "text/plain")


def told(report: ValidationReport | None) -> list[Result]:
    assert report is not None
    return [r for r in report.results if r.rule == "duplicate"]


def pairs(report: ValidationReport | None, graph: OutcomeGraph) -> set[tuple[object, object]]:
    return {(r.focus, r.value) for r in told(report)}


def test_a_load_tells_of_the_stored_record_and_takes_the_new_one(
    graph: OutcomeGraph, seed: Path
) -> None:
    graph.load(seed)
    summary = graph.load(twin(seed))
    (loaded,) = summary.committed
    assert (loaded.id, loaded.status) == (TWIN, "created")
    (result,) = told(loaded.report)
    assert (result.severity, result.record_id) == ("warning", TWIN)
    assert result.value == graph.minter.outcome(ID)
    assert ID in result.text("en")
    assert "keep one" in result.text("en")
    assert ID in result.text("fr")
    assert ID in result.text("es")


@pytest.mark.parametrize("dry_run", [False, True])
def test_two_in_one_load_are_told_at_the_second(
    graph: OutcomeGraph, seed: Path, dry_run: bool
) -> None:
    summary = graph.load(seed, twin(seed), dry_run=dry_run)
    first, second = summary.committed
    assert told(first.report) == []
    assert pairs(second.report, graph) == {(graph.minter.outcome(TWIN), graph.minter.outcome(ID))}


def test_records_of_one_file_are_compared_before_they_are_loaded(
    graph: OutcomeGraph, seed: Path, tmp_path: Path
) -> None:
    graph.load(seed, twin(seed))
    quads = SourceFile("both.nq", b"".join(graph.store.dump()), "application/n-quads")
    report = graph.validate(quads)
    one, two = graph.minter.outcome(ID), graph.minter.outcome(TWIN)
    # The one that comes second in the file.
    assert len(pairs(report, graph)) == 1
    assert pairs(report, graph) <= {(one, two), (two, one)}


def test_a_loaded_record_again_is_no_duplicate_of_itself(graph: OutcomeGraph, seed: Path) -> None:
    graph.load(seed)
    (again,) = graph.load(seed).committed
    assert told(again.report) == []
    assert told(graph.validate(store=True)) == []


@pytest.mark.parametrize(
    "change",
    [
        ("01.04.2020 LAO226", "02.04.2020 LAO226"),
        ("LAO226", "LAO227"),
    ],
)
def test_results_that_differ_in_one_of_the_five_are_two(
    graph: OutcomeGraph, seed: Path, change: tuple[str, str]
) -> None:
    summary = graph.load(seed, twin(seed, change))
    assert [told(r.report) for r in summary.committed] == [[], []]
    assert told(graph.validate(store=True)) == []


def test_the_whole_store_names_both_as_the_shape_does(graph: OutcomeGraph, seed: Path) -> None:
    graph.load(seed, twin(seed))
    report = graph.validate(store=True)
    one, two = graph.minter.outcome(ID), graph.minter.outcome(TWIN)
    assert pairs(report, graph) == {(one, two), (two, one)}
    everything = [*graph.record_triples(ID), *graph.record_triples(TWIN)]
    found = graph.validator.engine.validate(statements(everything))
    by_shape = [f for f in found if f.shape.endswith("#duplicate")]
    assert {(f.focus, f.value) for f in by_shape} == pairs(report, graph)
    ours = {(r.path, r.component, r.shape) for r in told(report)}
    assert ours == {(f.path, f.component, f.shape) for f in by_shape}
    assert report.conforms


def test_nameless_values_are_the_same_as_no_others(tmp_path: Path) -> None:
    """RDF that came past the shapes may hold them; no query could name them."""
    store = EmbeddedStore(tmp_path / "store", create=True)
    graphs = []
    for number in (1, 2):
        outcome = NamedNode(f"http://example.org/outcome/{number}")
        step = BlankNode("same")
        values = (OG.code, OG.biennium, OG.indicator, OG.achievedOn)
        triples = [Triple(outcome, predicate, Literal("x")) for predicate in values]
        graph = NamedNode(f"http://example.org/record/{number}")
        graphs.append(GraphChange(graph, (*triples, Triple(outcome, OG.step, step))))
    store.commit(Commit(changes=tuple(graphs), reason="a test", agent="a tester"))
    assert twins_in(store) == {}
    store.close()


def anything(_: Sequence[Triple]) -> None:
    """Expect nothing of the state before."""


def test_a_written_record_is_compared_too(graph: OutcomeGraph, seed: Path) -> None:
    graph.load(seed)
    writer = RecordWriter(graph.reader, graph.stores, "a tester")
    done = writer.put_source(TWIN, twin(seed), anything)
    assert pairs(done.report, graph) == {(graph.minter.outcome(TWIN), graph.minter.outcome(ID))}


def test_a_public_record_never_names_an_internal_one(graph: OutcomeGraph, seed: Path) -> None:
    hidden = twin(seed, ("LAO226 Public", "LAO226 Internal"))
    first, second = graph.load(hidden, seed).committed
    assert (first.internal, second.internal) == (True, False)
    assert told(second.report) == []
    inner = (graph.minter.outcome(first.id), graph.minter.outcome(second.id))
    assert pairs(graph.validate(store=True), graph) == {inner}
    (again,) = graph.load(hidden).committed
    assert pairs(again.report, graph) == {inner}


def test_a_remote_engine_finds_the_same(tmp_path: Path, seed: Path) -> None:
    with oxigraph_server(tmp_path) as engine, OutcomeGraph.open(engine.query) as graph:
        graph.load(seed)
        (second,) = graph.load(twin(seed)).committed
        one, two = graph.minter.outcome(ID), graph.minter.outcome(TWIN)
        assert pairs(second.report, graph) == {(two, one)}
        assert pairs(graph.validate(store=True), graph) == {(one, two), (two, one)}
