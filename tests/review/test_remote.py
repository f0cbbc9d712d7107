"""The review queue with everything in a remote engine."""

from __future__ import annotations

from pathlib import Path

from support.engines import oxigraph_server

from outcome_graph.pipeline import OutcomeGraph
from outcome_graph.pipeline.reviewing import Filters, Order, Reviewer

from .conftest import BASE, PRY, PRY_ID


def test_decisions_in_a_remote_engine(tmp_path: Path) -> None:
    with oxigraph_server(tmp_path) as engine, OutcomeGraph.open(engine.query, base=BASE) as graph:
        graph.load(PRY)
        before = graph.record(PRY_ID)
        first, second = Reviewer(graph).pending()
        assert first.label == "Government of Spain"
        assert Reviewer(graph).count(Filters(min_confidence=0.5)) == 1
        revision = graph.store.revision()
        orders = [Order(first.id, "accept"), Order(second.id, "reject")]
        Reviewer(graph).decide(orders, agent="ana")
        assert graph.store.revision() == revision + 1
        graph.load(PRY)
        assert Reviewer(graph).pending() == []
        undo = [Order(first.id, "undo"), Order(second.id, "undo")]
        Reviewer(graph).decide(undo, agent="ana")
        assert graph.record(PRY_ID) == before
        assert [p.decision.verdict for p in Reviewer(graph).history()].count("undo") == 2
