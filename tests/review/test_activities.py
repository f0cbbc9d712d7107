"""Events that wait for review: asked with all their details, stated with a number, taken back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from outcome_graph.errors import RecordError
from outcome_graph.pipeline import OutcomeGraph
from outcome_graph.pipeline.reviewing import Filters, Order, Reviewer
from outcome_graph.service import create_app

from .conftest import BASE, ROOT

SEED = ROOT / "data" / "outcomes" / "LAO226-2020-21-8.1.1.txt"
TOLD = """ILO's contribution to the outcome

The ILO organised a workshop in Vientiane on 3 May 2020 with 40 participants. Two courses were \
held in Pakse on 5 June 2020 with 30 participants. A dialogue took place in Thalat on 7 July 2020 \
on the cards of 900 members.

Gender equality"""
RECORD = "LAO226-2020-21-8.1.1"
EVENTS = "SELECT ?n { ?c og:activity ?a . ?a a og:Activity ; og:position ?n } ORDER BY ?n"


@pytest.fixture
def events(tmp_path: Path) -> OutcomeGraph:
    page = tmp_path / "page.txt"
    text, replaced = re.subn(
        r"ILO's contribution to the outcome.*?Gender equality",
        TOLD,
        SEED.read_text("utf-8"),
        flags=re.DOTALL,
    )
    assert replaced == 1
    page.write_text(text, "utf-8")
    opened = OutcomeGraph.open(tmp_path / "store", base=BASE)
    assert opened.load(page).exit_code == 0
    return opened


def keys(graph: OutcomeGraph) -> dict[str, str]:
    found = Reviewer(graph).pending(Filters(property="activity"))
    return {item.label: item.id for item in found}


def numbers(graph: OutcomeGraph) -> list[str]:
    return [str(row.n) for row in graph.query(EVENTS)]


def decide(graph: OutcomeGraph, key: str, verdict: str, to: str | None = None) -> None:
    Reviewer(graph).decide([Order(key, verdict, to)], agent="ana")  # type: ignore[arg-type]


def evidence(graph: OutcomeGraph) -> list[tuple[str, bool]]:
    found = graph.record(RECORD).evidence
    return sorted((e.key, bool(e.decision)) for e in found if e.field == "activities")


def test_who_decides_sees_day_place_and_number(events: OutcomeGraph) -> None:
    assert set(keys(events)) == {
        "Two courses (2020-06-05, Pakse, 30 participants)",
        "Dialogue (2020-07-07, Thalat, 900 participants)",
    }
    assert numbers(events) == ["1"]


def test_an_accepted_event_gets_a_number_and_holds_when_loaded_again(
    events: OutcomeGraph, tmp_path: Path
) -> None:
    first, second = sorted(keys(events).values())
    decide(events, second, "accept")
    assert numbers(events) == ["1", "2"]
    assert evidence(events) == [("1", False), ("2", True)]
    after = events.record(RECORD)
    events.load(tmp_path / "page.txt")
    assert events.record(RECORD) == after
    assert list(keys(events).values()) == [first]


def test_undoing_takes_the_event_out_and_the_next_moves_up(events: OutcomeGraph) -> None:
    before = events.record(RECORD)
    first, second = sorted(keys(events).values())
    decide(events, first, "accept")
    one = events.record(RECORD)
    decide(events, second, "accept")
    assert numbers(events) == ["1", "2", "3"]
    decide(events, first, "undo")
    assert numbers(events) == ["1", "2"]
    assert evidence(events) == [("1", False), ("2", True)]
    decide(events, second, "undo")
    assert events.record(RECORD) == before
    decide(events, first, "accept")
    made, again = one.contribution, events.record(RECORD).contribution
    assert made is not None
    assert again is not None
    assert again.activities == made.activities


def test_an_event_is_not_corrected_but_rejected(events: OutcomeGraph) -> None:
    key = sorted(keys(events).values())[0]
    with pytest.raises(RecordError, match="Reject this one"):
        decide(events, key, "correct", "A workshop")
    decide(events, key, "reject")
    assert len(keys(events)) == 1
    assert numbers(events) == ["1"]


def test_the_page_asks_for_the_whole_event_and_offers_no_other(events: OutcomeGraph) -> None:
    client, html = create_app(events).test_client(), {"Accept": "text/html"}
    text = client.get("/review", headers=html).get_data(as_text=True)
    asked = "Two courses (2020-06-05, Pakse, 30 participants)"
    assert asked in text
    assert '<span class="tag">Activity</span>' in text
    assert text.count('value="accept"') == 2
    assert 'value="correct"' not in text
    assert asked in client.get(f"/record/{RECORD}", headers=html).get_data(as_text=True)
