"""Synthetic records: the same for the same seed, varied, and valid by our shapes."""

from __future__ import annotations

from pathlib import Path

from outcome_graph.bench import synthetic_records, write_dataset
from outcome_graph.mapping import record_to_triples, triples_to_record
from outcome_graph.namespaces import IriMinter
from outcome_graph.rdf import RdfFormat, parse_quads
from outcome_graph.validation import Validator

MINTER = IriMinter()


def test_the_same_seed_makes_the_same_records() -> None:
    one, other = list(synthetic_records(30)), list(synthetic_records(30))
    assert one == other
    assert one != list(synthetic_records(30, seed=2))
    assert len({record.id for record in one}) == 30


def test_records_conform_and_come_back_from_rdf() -> None:
    validator = Validator.load(MINTER)
    for record in synthetic_records(12, seed=3):
        triples = record_to_triples(record, MINTER)
        assert validator.report(validator.check(record.id, triples)).conforms
        assert triples_to_record(triples, record.id, MINTER) == record


def test_records_vary() -> None:
    records = list(synthetic_records(300))
    assert len({record.country for record in records}) > 100
    assert len({record.biennium for record in records}) >= 3
    assert len({target for record in records for target in record.sdg_targets}) > 80
    assert {record.step for record in records} == {1, 2, 3}


def test_a_dataset_holds_a_graph_for_each_record(tmp_path: Path) -> None:
    count = write_dataset(tmp_path / "data.nq", 5)
    quads = list(parse_quads((tmp_path / "data.nq").read_bytes(), RdfFormat.N_QUADS))
    assert len(quads) == count
    names = {quad.graph_name for quad in quads}
    assert names == {MINTER.record(record.id) for record in synthetic_records(5)}
