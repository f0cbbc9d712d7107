"""`outcome_graph.pipeline.writing`: single records, and the check of updates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from outcome_graph import NonConformingError, NotFoundError, OutcomeGraph, RecordError
from outcome_graph.draft import SourceFile
from outcome_graph.pipeline.writing import RecordWriter
from outcome_graph.rdf import Triple

SEED_ID = "LAO226-2020-21-8.1.1"
OTHER_ID = "LAO299-2020-21-8.1.1"


@pytest.fixture
def graph(seeded_store: Path) -> Iterator[OutcomeGraph]:
    with OutcomeGraph.open(seeded_store) as opened:
        yield opened


@pytest.fixture
def writer(graph: OutcomeGraph) -> RecordWriter:
    return RecordWriter(graph.reader, graph.stores, "a tester")


def anything(_: Sequence[Triple]) -> None:
    """Expect nothing of the state before."""


def page(seed: Path, code: str) -> SourceFile:
    data = seed.read_bytes().replace(b"LAO226", code.encode())
    return SourceFile(f"{code}.txt", data, "text/plain")


def test_what_is_the_same_makes_no_revision(graph: OutcomeGraph, writer: RecordWriter) -> None:
    before = graph.store.revision()
    done = writer.put(SEED_ID, graph.record_triples(SEED_ID), anything)
    assert (done.created, done.changed, done.revision) == (False, False, before)
    assert graph.store.revision() == before


def test_a_dry_run_writes_nothing(graph: OutcomeGraph, writer: RecordWriter, seed: Path) -> None:
    before = graph.store.revision()
    done = writer.put_source(OTHER_ID, page(seed, "LAO299"), anything, dry_run=True)
    assert done.created
    assert done.changed
    assert done.report.conforms
    assert graph.store.revision() == before
    with pytest.raises(NotFoundError):
        graph.record(OTHER_ID)


def test_a_document_of_another_record_is_refused(writer: RecordWriter, seed: Path) -> None:
    with pytest.raises(RecordError, match=rf"describes record {SEED_ID}, not {OTHER_ID}"):
        writer.put_source(OTHER_ID, page(seed, "LAO226"), anything)


def test_the_writer_and_its_document_are_in_the_journal(
    graph: OutcomeGraph, writer: RecordWriter, seed: Path
) -> None:
    done = writer.put_source(OTHER_ID, page(seed, "LAO299"), anything)
    (entry,) = graph.history(OTHER_ID)
    assert (entry.revision, entry.agent) == (done.revision, "a tester")
    assert entry.reason == f"create {OTHER_ID}"
    assert len(entry.sources) == 1


def test_an_expectation_that_is_not_met_stops_everything(
    graph: OutcomeGraph, writer: RecordWriter
) -> None:
    class UnmetError(Exception):
        pass

    seen: list[int] = []

    def unmet(triples: Sequence[Triple]) -> None:
        seen.append(len(triples))
        raise UnmetError

    before, held = graph.store.revision(), graph.record_triples(SEED_ID)
    with pytest.raises(UnmetError):
        writer.put(SEED_ID, held[:1], unmet)
    with pytest.raises(UnmetError):
        writer.delete(SEED_ID, unmet)
    assert seen == [len(graph.store.graph(graph.minter.record(SEED_ID)))] * 2
    assert graph.store.revision() == before


def test_what_does_not_conform_is_refused_with_its_report(
    graph: OutcomeGraph, writer: RecordWriter
) -> None:
    title = "http://purl.org/dc/terms/title"
    outcome = graph.minter.outcome(SEED_ID)
    held = graph.record_triples(SEED_ID)
    less = [t for t in held if not (t.subject == outcome and t.predicate.value == title)]
    assert len(less) < len(held)
    before = graph.store.revision()
    with pytest.raises(NonConformingError) as caught:
        writer.put(SEED_ID, less, anything)
    assert caught.value.report is not None
    assert not caught.value.report.conforms
    # Added to what is there, they take nothing away.
    assert writer.put(SEED_ID, less, anything, merge=True).changed is False
    assert graph.store.revision() == before


def test_deleting_keeps_the_history_and_works_once(
    graph: OutcomeGraph, writer: RecordWriter
) -> None:
    writer.delete(SEED_ID, anything)
    assert [e.reason for e in graph.history(SEED_ID)][-1] == f"delete {SEED_ID}"
    with pytest.raises(NotFoundError):
        writer.delete(SEED_ID, anything)
