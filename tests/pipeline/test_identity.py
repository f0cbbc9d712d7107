"""Which record a result belongs to (contract: "a date or counter is appended …")."""

from __future__ import annotations

import datetime

from outcome_graph.model import OutcomeRecord, SourceDocument, Text, texts
from outcome_graph.pipeline.identity import settle_identity

ID = "LAO226-2020-21-8.1.1"


def result(
    title: str, day: str | None = None, name: str = "page.txt", url: str | None = None
) -> OutcomeRecord:
    return OutcomeRecord(
        id=ID,
        titles=texts(Text(title)),
        achieved_on=datetime.date.fromisoformat(day) if day else None,
        source=SourceDocument(sha256="0" * 64, name=name, url=url),
    )


def settle(record: OutcomeRecord, *stored: OutcomeRecord) -> str:
    return settle_identity(record, {r.id: r for r in stored}.get).id


def test_a_free_id_is_taken() -> None:
    assert settle(result("A", "2020-04-01")) == ID


def test_the_same_page_again_is_the_same_record() -> None:
    assert settle(result("A", "2020-04-01"), result("A", "2020-04-01")) == ID


def test_a_corrected_date_or_title_is_the_same_record() -> None:
    stored = result("A", "2020-04-01")
    assert settle(result("A", "2020-05-01", name="renamed.txt"), stored) == ID
    assert settle(result("A corrected", "2020-04-01"), stored) == ID


def test_another_result_gets_its_date() -> None:
    stored = result("A", "2020-04-01")
    other = result("B", "2021-06-01", name="other.txt")
    assert settle(other, stored) == f"{ID}-2021-06-01"
    moved = other.with_changes(id=f"{ID}-2021-06-01")
    assert settle(other, stored, moved) == f"{ID}-2021-06-01"


def test_a_third_on_the_same_day_gets_a_counter() -> None:
    stored = result("A", "2020-04-01")
    second = result("B", "2020-04-01", name="b.txt").with_changes(id=f"{ID}-2020-04-01")
    assert settle(result("C", "2020-04-01", name="c.txt"), stored, second) == f"{ID}-2"


def test_without_a_date_a_counter() -> None:
    assert settle(result("B", name="b.txt"), result("A", name="a.txt")) == f"{ID}-2"


def test_addresses_decide_where_both_have_one() -> None:
    stored = result("A", "2020-04-01", url="https://example.org/?id=1")
    assert settle(result("Z", "2021-01-01", url="https://example.org/?id=1"), stored) == ID
    twin = result("A", "2020-04-01", url="https://example.org/?id=2")
    assert settle(twin, stored) == f"{ID}-2020-04-01"


def test_what_one_document_tells_is_two_results() -> None:
    """A document cannot correct itself: the same day or address in it is another result's."""
    stored = result("A", "2020-04-01", url="https://example.org/report")
    other = result("B", "2020-04-01", url="https://example.org/report")
    assert settle_identity(other, {ID: stored}.get).id == ID
    assert settle_identity(other, {ID: stored}.get, {ID}).id == f"{ID}-2020-04-01"


def test_its_own_title_and_day_go_before_a_corrected_title() -> None:
    first = result("A", "2020-04-01")
    second = result("B", "2020-04-01").with_changes(id=f"{ID}-2020-04-01")
    stored = {first.id: first, second.id: second}
    assert settle_identity(result("B", "2020-04-01"), stored.get).id == second.id
    assert settle_identity(result("C", "2020-04-01"), stored.get, {first.id}).id == second.id
