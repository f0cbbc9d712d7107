"""Statements without named graphs: each record gets back exactly its own."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from support.strategies import records

from outcome_graph.mapping import record_to_triples, split_by_record, triples_to_record
from outcome_graph.namespaces import FOAF, OG, RDF, RDFS, IriMinter
from outcome_graph.rdf import Literal, NamedNode, Triple

MINTER = IriMinter()
LAO = MINTER.country("LAO")


@settings(deadline=None, max_examples=60)
@given(st.lists(records(), min_size=1, max_size=3, unique_by=lambda record: record.id))
def test_merged_graphs_are_parted_again(found: list) -> None:
    graphs = {record.id: set(record_to_triples(record, MINTER)) for record in found}
    merged = [triple for graph in graphs.values() for triple in graph]
    parted = {record_id: set(triples) for record_id, triples in split_by_record(merged, MINTER)}
    assert parted.keys() == graphs.keys()
    for record_id, graph in graphs.items():
        # What two records say of one organisation or act belongs to both.
        assert graph <= parted[record_id]
    if len(found) == 1:
        assert parted == graphs
        assert triples_to_record(parted[found[0].id], found[0].id, MINTER) == found[0]


def test_an_outcome_alone_gets_a_record() -> None:
    outcome = MINTER.outcome("X-1")
    stated = [
        Triple(outcome, RDF.type, OG.Outcome),
        Triple(outcome, OG.country, LAO),
        Triple(LAO, NamedNode("http://example.org/p"), Literal("shared: not the record's")),
    ]
    ((record_id, triples),) = split_by_record(stated, MINTER)
    record = MINTER.record("X-1")
    assert record_id == "X-1"
    assert set(triples) == {
        *stated[:2],
        Triple(record, RDF.type, OG.Record),
        Triple(record, FOAF.primaryTopic, outcome),
    }


def test_other_statements_are_nobodys() -> None:
    other = Triple(NamedNode("http://example.org/s"), OG.code, Literal("x"))
    assert list(split_by_record([other], MINTER)) == []


def test_an_export_without_graphs_is_parted_from_the_vocabularies_in_it() -> None:
    """A store as Turtle holds ontology, goals and countries: a record points at them, no more."""
    outcome, target = MINTER.outcome("X-1"), NamedNode("http://metadata.un.org/sdg/1.3")
    own = [Triple(outcome, RDF.type, OG.Outcome), Triple(outcome, OG.sdgTarget, target)]
    others = [
        Triple(target, RDFS.label, Literal("Target 1.3")),
        Triple(OG.Outcome, RDFS.label, Literal("Outcome")),
        Triple(NamedNode(f"{MINTER.base}void"), RDFS.label, Literal("All of it")),
    ]
    ((_, triples),) = split_by_record([*own, *others], MINTER)
    assert {t.subject for t in triples} == {outcome, MINTER.record("X-1")}
