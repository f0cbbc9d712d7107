"""Records that are validated together fare as they would alone, in the same order."""

from __future__ import annotations

import csv
import gc
import io
from dataclasses import replace
from pathlib import Path

import pytest
from support.stores import fresh

from outcome_graph.bench.records import synthetic_records
from outcome_graph.draft import SourceFile
from outcome_graph.errors import StoreError
from outcome_graph.namespaces import IriMinter
from outcome_graph.pipeline import (
    LoadSummary,
    OutcomeGraph,
    loading,
    store_validation,
    summary,
    write_records,
)
from outcome_graph.settings import Settings
from outcome_graph.validation.screen.records import RecordScreen

COUNT = 60


def _rows() -> list[dict[str, str]]:
    minter = IriMinter()
    table = write_records(list(synthetic_records(COUNT, minter=minter)), "csv", minter)
    return list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))


def _table(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _mutated() -> bytes:
    """Rows of which every third breaks a rule, some cannot be read, and some stand twice."""
    rows = _rows()
    date = next(name for name in rows[0] if name.lower().startswith("date"))
    title = next(name for name in rows[0] if name.lower().startswith("title"))
    for number in range(0, COUNT, 3):
        rows[number][date] = "2031-05-05"
    for number in range(1, COUNT, 7):
        rows[number][title] = ""
    for number in range(2, COUNT, 11):
        rows[number][date] = "31 February 2021"
    # The same results again: once the first was refused, once it was taken.
    again = [dict(rows[number]) for number in (0, 5, 5, 8)]
    again[0][date] = _rows()[0][date]
    again[2][title] += " (corrected)"
    return _table(rows[:30] + again + rows[30:])


def _loaded(folder: Path, data: bytes, **options: object) -> tuple[LoadSummary, set[str]]:
    with OutcomeGraph.open(fresh(folder)) as graph:
        summary = graph.load(SourceFile("rows.csv", data), **options)
        titles = graph.query("SELECT ?o ?t { ?o a og:Outcome ; dcterms:title ?t }")
        return summary, {f"{row[0]} {row[1]}" for row in titles}


def _told(summary: LoadSummary) -> list[object]:
    committed = [
        (c.id, c.status, c.completeness, c.problems, c.report.results, c.report.counts)
        for c in summary.committed
    ]
    refused = [(r.id, r.reasons, r.report.results if r.report else None) for r in summary.refused]
    return [committed, refused, summary.read, summary.links, summary.candidates]


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Every record is validated by itself, by pySHACL."""
    monkeypatch.setattr(store_validation, "FEW", 10**9)
    monkeypatch.setattr(
        RecordScreen, "check", lambda s, i, t, _, places=None: s.validator.check(i, t, places)
    )
    return monkeypatch


@pytest.mark.parametrize("on_invalid", ["reject", "quarantine"])
def test_together_as_alone(tmp_path: Path, alone: pytest.MonkeyPatch, on_invalid: str) -> None:
    data = _mutated()
    one, kept = _loaded(tmp_path / "alone", data, on_invalid=on_invalid)
    assert len(one.refused) > 20
    assert len(one.committed) > 20
    alone.undo()
    together, same = _loaded(tmp_path / "together", data, on_invalid=on_invalid)
    assert _told(together) == _told(one)
    assert together.to_text() == one.to_text()
    assert same == kept
    assert len(list((tmp_path / "together").rglob("quarantine/*"))) == len(
        list((tmp_path / "alone").rglob("quarantine/*"))
    )


def test_batches_of_any_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = _mutated()
    whole, kept = _loaded(tmp_path / "whole", data)
    for size, batch in ((1, 500), (5, 5), (17, 20), (500, 1)):
        monkeypatch.setattr(loading, "TOGETHER", size)
        monkeypatch.setattr(loading, "BATCH", batch)
        some, same = _loaded(tmp_path / str(size), data)
        assert _told(some) == _told(whole)
        assert same == kept


def test_batches_end_at_so_many_statements_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "TOGETHER", 10)
    monkeypatch.setattr(loading, "STATEMENTS", 500)
    with OutcomeGraph.open(tmp_path / "store") as graph:
        graph.load(SourceFile("rows.csv", _table(_rows())))
        sizes = [e.added for e in graph.store.history() if e.reason == "load rows.csv"]
    assert len(sizes) > COUNT // 20
    assert all(500 <= size < 3_000 for size in sizes[:-1])


def test_who_writes_while_a_batch_waits_to_be_committed_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The batch of the first 20 rows cannot begin before another result has taken an id of it."""
    monkeypatch.setattr(loading, "TOGETHER", 5)
    monkeypatch.setattr(loading, "BATCH", 20)
    monkeypatch.setattr(loading, "_PROGRESS_EVERY", 15)
    rows = _rows()
    for row in rows:
        del row["Record ID"]
    with OutcomeGraph.open(tmp_path / "store") as graph:
        code, taken = rows[3]["Code"], {}

        def progress(read: int, _: int | None) -> None:
            if read == 15:
                graph.stores.writing.__enter__()
            elif read == 30:
                other = dict(rows[3], Title="What another one loaded")
                other["Date achieved"] = "2017-02-03"
                loaded = graph.load(SourceFile("other.csv", _table([other])))
                taken.update(dict.fromkeys(c.id for c in loaded.committed))
                graph.stores.writing.__exit__(None, None, None)

        told = graph.load(SourceFile("rows.csv", _table(rows)), progress=progress)
        assert len(told.committed) == COUNT
        assert len(graph.record_ids()) == COUNT + 1
        (other,) = taken
        assert other == told.committed[3].id.removesuffix("-2016-11-27")
        assert graph.record(other).titles[0].value == "What another one loaded"
        assert graph.record(told.committed[3].id).code == code
        assert [c.id for c in told.committed] == list(dict.fromkeys(c.id for c in told.committed))


def test_a_report_is_the_same_together_as_alone(alone: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sources = [SourceFile("a.csv", _mutated()), SourceFile("b.csv", _table(_rows()[:9]))]
    with OutcomeGraph.open(tmp_path / "store") as graph:
        one = graph.validate(*sources)
        alone.undo()
        together = graph.validate(*sources)
    assert not one.conforms
    assert replace(together, shapes=None) == replace(one, shapes=None)


def test_a_summary_keeps_the_details_of_so_many_records_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = _mutated()
    whole, _ = _loaded(tmp_path / "whole", data)
    assert "records only" not in whole.to_text()
    for module in (loading, summary):
        monkeypatch.setattr(module, "DETAILED", 5)
    short, _ = _loaded(tmp_path / "short", data)
    assert [c.id for c in short.committed] == [c.id for c in whole.committed]
    assert [r.reasons for r in short.refused] == [r.reasons for r in whole.refused]
    assert [c.report is None for c in short.committed] == [
        n >= 5 for n in range(len(short.committed))
    ]
    assert all(r.report is None for r in short.refused[5:])
    assert "first 5 records only" in short.to_text()


def test_what_is_told_of_the_first_records_is_decided_of_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond them nothing is put into words but what is refused: the verdicts are the same."""
    data = _mutated()
    whole, kept = _loaded(tmp_path / "whole", data)
    for module in (loading, summary):
        monkeypatch.setattr(module, "DETAILED", 8)
    monkeypatch.setattr(loading, "TOGETHER", 10)
    monkeypatch.setattr(loading, "BATCH", 8)
    brief, same = _loaded(tmp_path / "brief", data)
    assert [c.report is not None for c in brief.committed].count(True) == 8
    assert [(c.id, c.status, c.completeness) for c in brief.committed] == [
        (c.id, c.status, c.completeness) for c in whole.committed
    ]
    assert [r.reasons for r in brief.refused] == [r.reasons for r in whole.refused]
    assert [r.report.results for r in brief.refused[:8] if r.report] == [
        r.report.results for r in whole.refused[:8] if r.report
    ]
    assert same == kept


def test_a_dry_run_and_a_second_load_change_nothing(tmp_path: Path) -> None:
    data = _table(_rows())
    settings = replace(Settings(), store=str(tmp_path / "store"))
    with OutcomeGraph.open(settings=settings) as graph:
        dry = graph.load(SourceFile("rows.csv", data), dry_run=True)
        assert [c.status for c in dry.committed] == ["created"] * COUNT
        assert graph.record_ids() == []
        graph.load(SourceFile("rows.csv", data))
        revision = graph.store.revision()
        again = graph.load(SourceFile("rows.csv", data))
        assert {c.status for c in again.committed} == {"unchanged"}
        assert graph.store.revision() == revision


def test_a_store_that_fails_in_the_middle_ends_the_load(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "TOGETHER", 5)
    monkeypatch.setattr(loading, "BATCH", 10)
    monkeypatch.setattr(loading, "_PROGRESS_EVERY", 30)
    source = SourceFile("rows.csv", _table(_rows()))
    with OutcomeGraph.open(tmp_path / "store") as graph, pytest.raises(StoreError):
        graph.load(source, progress=lambda read, _: graph.store.close() if read == 30 else None)
    with OutcomeGraph.open(tmp_path / "store") as graph:
        assert len(graph.record_ids()) in (10, 20, 30)
        summary = graph.load(source)
        assert len(summary.committed) == len(graph.record_ids()) == COUNT


def test_a_load_leaves_the_search_for_cycles_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is made rare meanwhile, also when the load ends early."""
    before, seen = gc.get_threshold(), []
    judge = loading.Loader._judge

    def noted(self: loading.Loader) -> None:
        seen.append(gc.get_threshold()[0])
        judge(self)

    monkeypatch.setattr(loading.Loader, "_judge", noted)
    with OutcomeGraph.open(tmp_path / "store") as graph:
        graph.load(SourceFile("rows.csv", _table(_rows())))
        assert min(seen) > before[0]
        assert gc.get_threshold() == before
        graph.store.close()
        with pytest.raises(StoreError):
            graph.load(SourceFile("rows.csv", _table(_rows())))
    assert gc.get_threshold() == before
