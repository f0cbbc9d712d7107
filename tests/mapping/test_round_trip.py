"""record → RDF → record is the identity, directly, through a store, and through every syntax."""

from __future__ import annotations

import datetime

import pyoxigraph
import pytest
from hypothesis import HealthCheck, given, settings
from support.strategies import records

from outcome_graph.errors import RecordError
from outcome_graph.mapping import (
    RecordMetadata,
    metadata_of,
    record_to_triples,
    triples_to_record,
    with_metadata,
)
from outcome_graph.model import OutcomeRecord, Text
from outcome_graph.namespaces import DCTERMS, OG, IriMinter
from outcome_graph.rdf import Literal, Quad, RdfFormat, Triple, parse_quads, serialize

MINTERS = [IriMinter(), IriMinter("http://localhost:8000/deep/")]
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("minter", MINTERS, ids=["default base", "other base"])
@SLOW
@given(record=records())
def test_identity(minter: IriMinter, record: OutcomeRecord) -> None:
    assert triples_to_record(record_to_triples(record, minter), record.id, minter) == record


@SLOW
@given(record=records())
def test_identity_through_the_engine(record: OutcomeRecord) -> None:
    """The engine rewrites literals (4.0 → 4): nothing of a record may change by that."""
    minter = MINTERS[0]
    store = pyoxigraph.Store()
    graph = minter.record(record.id)
    store.extend(
        Quad(t.subject, t.predicate, t.object, graph) for t in record_to_triples(record, minter)
    )
    stored = [q.triple for q in store.quads_for_pattern(None, None, None, graph)]
    assert triples_to_record(stored, record.id, minter) == record


@pytest.mark.parametrize(
    "syntax", [RdfFormat.TURTLE, RdfFormat.N_TRIPLES, RdfFormat.RDF_XML, RdfFormat.JSON_LD]
)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(record=records())
def test_identity_through_a_syntax(syntax: RdfFormat, record: OutcomeRecord) -> None:
    minter = MINTERS[0]
    data = serialize(record_to_triples(record, minter), format=syntax)
    assert data is not None
    triples = [quad.triple for quad in parse_quads(data, syntax)]
    assert triples_to_record(triples, record.id, minter) == record


@SLOW
@given(record=records())
def test_statements_are_not_repeated(record: OutcomeRecord) -> None:
    triples = record_to_triples(record, MINTERS[0])
    assert len(triples) == len(set(triples))


def test_metadata_is_kept_apart_from_the_record() -> None:
    minter = MINTERS[0]
    record = OutcomeRecord(id="LAO226-2020-21-8.1.1", titles=(Text("T"),))
    metadata = RecordMetadata(
        modified=datetime.datetime(2026, 11, 23, 10, 0, tzinfo=datetime.UTC),
        revision=7,
        completeness=0.85,
        conforms=True,
    )
    triples = with_metadata(record_to_triples(record, minter), record.id, metadata, minter)
    assert metadata_of(triples, record.id, minter) == metadata
    assert triples_to_record(triples, record.id, minter) == record
    again = with_metadata(triples, record.id, metadata, minter)
    assert sorted(map(str, again)) == sorted(map(str, triples))


def _broken(predicate, value) -> list[Triple]:
    minter = MINTERS[0]
    record = OutcomeRecord(id="LAO226-2020-21-8.1.1")
    triples = record_to_triples(record, minter)
    return [*triples, Triple(minter.outcome(record.id), predicate, value)]


@pytest.mark.parametrize(
    ("predicate", "value", "fragment"),
    [
        (OG.achievedOn, Literal("2020-02-31"), "achievedOn is '2020-02-31'"),
        (OG.achievedInYear, Literal("soon"), "achievedInYear is 'soon'"),
        (OG.country, Literal("Laos"), "country is 'Laos'; it must be an IRI under"),
        (OG.sdgTarget, Literal("1.3"), "an IRI of the UN's"),
    ],
)
def test_a_value_that_cannot_be_is_an_error_with_its_place(predicate, value, fragment) -> None:
    triples = _broken(predicate, value)
    with pytest.raises(RecordError) as caught:
        triples_to_record(triples, "LAO226-2020-21-8.1.1", MINTERS[0])
    assert fragment in caught.value.message


def test_two_values_where_one_may_stand() -> None:
    triples = [*_broken(OG.code, Literal("LAO226")), *_broken(OG.code, Literal("LAO227"))]
    with pytest.raises(RecordError, match="code has 2 values"):
        triples_to_record(triples, "LAO226-2020-21-8.1.1", MINTERS[0])


def test_a_graph_about_something_else_is_no_record() -> None:
    minter = MINTERS[0]
    triples = [Triple(minter.country("LAO"), DCTERMS.title, Literal("Laos"))]
    with pytest.raises(RecordError, match="describes no outcome"):
        triples_to_record(triples, "LAO226-2020-21-8.1.1", minter)
