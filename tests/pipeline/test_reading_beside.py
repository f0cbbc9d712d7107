"""A large file is read by a second process: the results are the same, whatever ends it."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pipeline.test_loading_together import _mutated, _rows, _table
from support.stores import fresh

from outcome_graph.draft import SourceFile
from outcome_graph.pipeline import LoadSummary, OutcomeGraph, loading, reading_beside
from outcome_graph.settings import Settings

ACTIVITY = """<iati-activity xml:lang="en">
<iati-identifier>AA-AAA-1-{number}</iati-identifier>
<reporting-org ref="AA-AAA-1" type="21"><narrative>Agency</narrative></reporting-org>
<title><narrative>Activity {number}</narrative></title>
<description><narrative>What it does</narrative></description>
<participating-org role="4"><narrative>Agency</narrative></participating-org>
<activity-status code="2"/><activity-date iso-date="2020-01-01" type="2"/>
<recipient-country code="{country}"/><sector vocabulary="1" code="16010"/>
<result type="2"><title><narrative>A result</narrative></title>
<indicator measure="1"><title><narrative>A number</narrative></title></indicator></result>
</iati-activity>"""


def _activities(count: int = 70, end: str = "</iati-activities>") -> bytes:
    body = "".join(
        ACTIVITY.format(number=n % 60, country="ZZ" if n % 9 == 0 else "KH") for n in range(count)
    )
    return f'<?xml version="1.0"?>\n<iati-activities version="2.03">{body}{end}'.encode()


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Every file is read beside; gives the processes that were started."""
    processes: list[subprocess.Popen[bytes]] = []

    class Popen(subprocess.Popen):  # type: ignore[type-arg]
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            processes.append(self)

    monkeypatch.setattr(reading_beside.subprocess, "Popen", Popen)
    monkeypatch.setattr(reading_beside, "WORTH", dict.fromkeys(reading_beside.WORTH, 0))
    monkeypatch.setattr(reading_beside.os, "sched_getaffinity", lambda _: {0, 1})
    yield processes
    assert all(process.poll() is not None for process in processes)


def _loaded(folder: Path, source: SourceFile, **options: Any) -> tuple[LoadSummary, list[str]]:
    if not (folder / "format").exists():
        fresh(folder)
    with OutcomeGraph.open(settings=replace(Settings(), store=str(folder))) as graph:
        summary = graph.load(source, **options)
        lines = b"".join(graph.store.dump()).decode().splitlines()
        return summary, sorted(line for line in lines if "/dc/terms/modified>" not in line)


SOURCES = {
    "table": lambda: SourceFile("rows.csv", _mutated()),
    "iati": lambda: SourceFile("file.xml", _activities()),
    "broken": lambda: SourceFile("file.xml", _activities(end="<oops></iati-activities>")),
    "empty": lambda: SourceFile("rows.csv", b"Title,Country\n"),
}


@pytest.mark.parametrize("kind", SOURCES)
def test_results_are_the_same(
    tmp_path: Path, kind: str, started: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = SOURCES[kind]()
    beside, kept = _loaded(tmp_path / "beside", source, on_invalid="quarantine")
    assert len(started) == 1
    monkeypatch.setattr(loading, "readings_of", loading.SourceReader.readings)
    here, same = _loaded(tmp_path / "here", source, on_invalid="quarantine")
    assert len(started) == 1
    assert beside.to_text() == here.to_text()
    assert kept == same
    for one, other in zip(beside.committed, here.committed, strict=True):
        assert replace(one, report=None) == replace(other, report=None)
        assert one.report.results == other.report.results
    for refused, other in zip(beside.refused, here.refused, strict=True):
        assert (refused.id, refused.reasons) == (other.id, other.reasons)
        assert refused.source == other.source == source.name
        assert type(refused.error) is type(other.error)
        assert (refused.report and refused.report.results) == (
            other.report and other.report.results
        )
    if kind == "broken":
        assert "not well-formed" in beside.refused[-1].reasons[0]


def test_again_edited_rows_change_what_was_edited(tmp_path: Path, started: list[object]) -> None:
    rows = _rows()
    _loaded(tmp_path, SourceFile("rows.csv", _table(rows)))
    title = next(name for name in rows[0] if name.lower().startswith("title"))
    rows[5][title] += " (corrected)"
    again, _ = _loaded(tmp_path, SourceFile("rows.csv", _table(rows)))
    changed = [c.id for c in again.committed if c.status == "replaced"]
    assert len(changed) == 1
    assert {c.status for c in again.committed} == {"replaced", "unchanged"}
    assert len(started) == 2


def test_small_files_are_read_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError("no process is needed")

    monkeypatch.setattr(reading_beside.subprocess, "Popen", fail)
    summary, _ = _loaded(tmp_path, SourceFile("rows.csv", _table(_rows()[:5])))
    assert len(summary.committed) == 5


def test_a_process_that_is_killed(
    tmp_path: Path, started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What came before is loaded, and the user told; nothing is half done."""
    monkeypatch.setattr(loading, "_PROGRESS_EVERY", 1)
    monkeypatch.setattr(reading_beside, "_AHEAD", 1)

    def kill(read: int, _: int | None) -> None:
        if read == 1:
            os.kill(started[0].pid, signal.SIGKILL)
            started[0].wait()

    data = _activities(3_000)
    summary, _ = _loaded(tmp_path, SourceFile("file.xml", data), progress=kill)
    (refused,) = [r for r in summary.refused if r.id is None]
    assert "was killed (signal 9" in refused.reasons[0]
    assert 0 < summary.read < 3_000
    assert summary.exit_code == 1
    with OutcomeGraph.open(tmp_path) as graph:
        assert graph.record_ids() == sorted(c.id for c in summary.committed)


def test_an_interruption_ends_both(
    tmp_path: Path, started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "_PROGRESS_EVERY", 1)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _loaded(tmp_path, SourceFile("rows.csv", _mutated()), progress=interrupt)
    assert started[0].returncode == -signal.SIGKILL
    with OutcomeGraph.open(tmp_path) as graph:
        assert graph.record_ids() == []


def test_a_process_ends_with_its_owner(started: list[subprocess.Popen[bytes]]) -> None:
    graph_reader = loading.SourceReader(Settings())
    source = SourceFile("file.xml", _activities(3_000))
    readings = reading_beside.readings_of(graph_reader, source)
    next(readings)
    assert started[0].stdin is not None
    started[0].stdin.close()  # as the system does for an owner that is gone
    assert started[0].wait(30) == 0
    readings.close()


def test_where_no_process_can_be_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(reading_beside.subprocess, "Popen", fail)
    monkeypatch.setattr(reading_beside, "WORTH", dict.fromkeys(reading_beside.WORTH, 0))
    summary, _ = _loaded(tmp_path, SourceFile("rows.csv", _table(_rows()[:5])))
    assert len(summary.committed) == 5
