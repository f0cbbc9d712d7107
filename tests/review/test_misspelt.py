"""A misspelt body: of its own until somebody has decided whose name it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from outcome_graph.pipeline import OutcomeGraph
from outcome_graph.pipeline.reviewing import Order, Reviewer

from .conftest import BASE

SPELT = "Swedish International Develoment Cooperation Agency"
OWN = "swe-swedish-international-develoment-cooperation-agency"
_HEADING = "Record ID,Profile,Country,Title,Date achieved,Outcome achieved,Funders\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text(_HEADING + _row(1) + _row(2), "utf-8")
    return path


@pytest.fixture
def loaded_table(graph: OutcomeGraph, table: Path) -> OutcomeGraph:
    # It is the only body of each record, which must have one.
    assert graph.load(table).exit_code == 0
    return graph


def funders(graph: OutcomeGraph, *records: str) -> list[str]:
    return [o.slug for record in records for o in graph.record(record).funders]


def proposal(graph: OutcomeGraph) -> Order:
    (item,) = (i for i in Reviewer(graph).groups() if i.words == SPELT)
    assert (item.records, item.object) == (2, f"{BASE}organisation/sida")
    return Order(item.id, "accept", record=item.record, everywhere=True)


def decide(graph: OutcomeGraph, order: Order) -> None:
    Reviewer(graph).decide([order], agent="ana")


def test_it_is_a_body_of_its_own_and_the_known_one_is_proposed(loaded_table: OutcomeGraph) -> None:
    assert funders(loaded_table, "S-1", "S-2") == [OWN, OWN]
    assert proposal(loaded_table)


def test_accepted_the_known_body_takes_its_place(loaded_table: OutcomeGraph, table: Path) -> None:
    order = proposal(loaded_table)
    decide(loaded_table, order)
    assert funders(loaded_table, "S-1", "S-2") == ["sida", "sida"]
    (evidence,) = loaded_table.record("S-1").evidence
    assert (evidence.key, evidence.quote) == ("sida", SPELT)
    # It holds for what is loaded again, and for further records.
    table.write_text(table.read_text("utf-8") + _row(3), "utf-8")
    assert loaded_table.load(table).exit_code == 0
    assert funders(loaded_table, "S-1", "S-2", "S-3") == ["sida"] * 3


def test_undone_it_is_of_its_own_again(loaded_table: OutcomeGraph, table: Path) -> None:
    order = proposal(loaded_table)
    decide(loaded_table, order)
    table.write_text(table.read_text("utf-8") + _row(3), "utf-8")
    assert loaded_table.load(table).exit_code == 0
    decide(loaded_table, Order(order.key, "undo", record=order.record))
    assert funders(loaded_table, "S-1", "S-2", "S-3") == [OWN] * 3
    assert len(loaded_table.record("S-3").candidates) == 1


def test_rejected_it_stays_of_its_own(loaded_table: OutcomeGraph, table: Path) -> None:
    order = proposal(loaded_table)
    decide(loaded_table, Order(order.key, "reject", record=order.record, everywhere=True))
    for _ in range(2):
        assert funders(loaded_table, "S-1", "S-2") == [OWN, OWN]
        assert loaded_table.record("S-1").candidates == ()
        loaded_table.load(table)


def test_corrected_the_other_body_takes_its_place(loaded_table: OutcomeGraph) -> None:
    order = proposal(loaded_table)
    decide(loaded_table, Order(order.key, "correct", to="Norad", record=order.record))
    record = "S-1" if order.record == "S-1" else "S-2"
    assert funders(loaded_table, record) == ["norad"]


def _row(number: int) -> str:
    return f"S-{number},core,Kenya,Title {number},2021-03-0{number},A law,{SPELT}\n"
