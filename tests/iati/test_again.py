"""Our own IATI files, loaded again: the same records, changed only where the file was edited."""

from __future__ import annotations

import datetime
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from iati.conftest import FILES, activity, document
from iati.rules203 import broken_rules
from outcome_graph import OutcomeGraph
from outcome_graph.draft import SourceFile
from outcome_graph.errors import RecordError
from outcome_graph.model import Measure, OutcomeRecord, Period, Text, texts
from outcome_graph.namespaces import IriMinter
from outcome_graph.pipeline.export import write_records
from outcome_graph.pipeline.reading import SourceReader

FULL = FILES / "social-protection.xml"
SEED_ID = "LAO226-2020-21-8.1.1"
TODAY = datetime.date.today()
Cli = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def graph(tmp_path: Path, seed: Path) -> Iterator[OutcomeGraph]:
    """A store with a result page and results of a publisher's activity file."""
    with OutcomeGraph.open(tmp_path / "store") as opened:
        assert opened.load(seed, FULL).conforms
        yield opened


def exported(graph: OutcomeGraph, folder: Path, old: bytes = b"", new: bytes = b"") -> Path:
    """Export a store, and replace something in the file."""
    file = folder / "ours.xml"
    graph.export(file, "iati")
    data = file.read_bytes()
    assert old in data
    file.write_bytes(data.replace(old, new))
    return file


def everything(graph: OutcomeGraph, file: Path) -> list[str]:
    graph.export(file, "nquads")
    return sorted(file.read_text("utf-8").splitlines())


def test_our_own_file_changes_nothing(graph: OutcomeGraph, tmp_path: Path) -> None:
    file = exported(graph, tmp_path)
    before, revision = everything(graph, tmp_path / "a.nq"), graph.store.revision()
    summary = graph.load(file)
    assert {r.status for r in summary.committed} == {"unchanged"}
    assert len(summary.committed) == 4
    assert summary.refused == ()
    assert graph.store.revision() == revision
    assert everything(graph, tmp_path / "b.nq") == before


def test_a_prefix_of_another_tool_is_the_same(graph: OutcomeGraph, tmp_path: Path) -> None:
    file = exported(graph, tmp_path)
    data = file.read_bytes().replace(b"rdf:about", b"ns0:about").replace(b"xmlns:rdf", b"xmlns:ns0")
    file.write_bytes(data)
    assert {r.status for r in graph.load(file).committed} == {"unchanged"}


def test_what_was_edited_changes_and_nothing_else(graph: OutcomeGraph, tmp_path: Path) -> None:
    before = graph.record(SEED_ID)
    assert before is not None
    old = f"<narrative>{before.title}</narrative>".encode()
    file = exported(graph, tmp_path, old, b"<narrative>Another title</narrative>")
    statuses = {r.id: r.status for r in graph.load(file).committed}
    assert statuses.pop(SEED_ID) == "replaced"
    assert set(statuses.values()) == {"unchanged"}
    after = graph.record(SEED_ID)
    assert after is not None
    assert after.title == "Another title"
    assert after.with_changes(titles=before.titles) == before


def test_values_added_to_the_file_become_the_records(graph: OutcomeGraph, tmp_path: Path) -> None:
    """The indicator that stands for a page's result has none yet."""
    before = graph.record(SEED_ID)
    assert before is not None
    day = '<period-end iso-date="2020-04-01"/>'
    file = exported(graph, tmp_path, day.encode(), f'{day}<actual value="7"/>'.encode())
    graph.load(file)
    after = graph.record(SEED_ID)
    assert after is not None
    (measure,) = after.measures
    assert [period.actual for period in measure.periods] == ["7"]
    assert after.with_changes(measures=()) == before


def test_an_empty_store_gets_the_same_records(
    graph: OutcomeGraph, tmp_path: Path, seed: Path
) -> None:
    file = exported(graph, tmp_path)
    with OutcomeGraph.open(tmp_path / "other") as other:
        assert other.load(file).refused == ()
        assert other.record_ids() == graph.record_ids()
        page, again = graph.record(SEED_ID), other.record(SEED_ID)
        assert page is not None
        assert again is not None
        assert again.profile == "iati"
        for field in ("titles", "country", "sdg_goals", "sdg_targets", "visibility", "language"):
            assert getattr(again, field) == getattr(page, field), field
        assert [o.slug for o in again.funders] == [o.slug for o in page.funders]
        assert again.period_start == again.period_end == page.achieved_on
        # The page itself comes later: it is the same result, and says more.
        (loaded,) = other.load(seed).committed
        assert (loaded.id, loaded.status) == (SEED_ID, "replaced")


def test_a_result_that_was_copied_is_a_result_of_its_own(
    graph: OutcomeGraph, tmp_path: Path
) -> None:
    file = exported(graph, tmp_path)
    data = file.read_text("utf-8")
    start = data.rindex("<iati-activity ", 0, data.index(f"outcome/{SEED_ID}"))
    end = data.index("</iati-activity>", start) + len("</iati-activity>")
    copy = data[start:end].replace("LAO226-2020-21<", "LAO226-2022-23<")
    file.write_text(f"{data[:end]}\n{copy}{data[end:]}", "utf-8")
    summary = graph.load(file)
    (made,) = [r for r in summary.committed if r.status == "created"]
    assert made.id.startswith("XM-DAC-41302-LAO226-2022-23-")
    assert any(f"names the record {SEED_ID}, as another" in str(p) for p in made.problems)


@pytest.mark.parametrize(
    "about",
    [
        "https://elsewhere.example/outcome/LAO226-2020-21-8.1.1",
        "https://w3id.org/outcome-graph/record/LAO226-2020-21-8.1.1",
        "https://w3id.org/outcome-graph/outcome/%20",
        "https://w3id.org/outcome-graph/outcome/a/1",
        "",
    ],
)
def test_what_names_no_record_of_ours_says_nothing(about: str, reader: SourceReader) -> None:
    plain = document(activity())
    named = plain.replace(b'<result type="2">', f'<result type="2" x:about="{about}">'.encode())
    named = named.replace(b'version="2.03"', b'version="2.03" xmlns:x="urn:x"', 1)
    one, other = (_ids(reader, data) for data in (plain, named))
    assert one == other


def _ids(reader: SourceReader, data: bytes) -> list[str]:
    return [item.draft.record.id for item in reader.items(SourceFile("file.xml", data))]


def test_counted_results_keep_their_numbers(reader: SourceReader) -> None:
    """In the order of ids the tenth of a kind comes before the second."""
    result = (
        '<result type="1"><title><narrative>Alike</narrative></title><description><narrative>No. {}'
        '</narrative></description><indicator measure="5"><title><narrative>Alike</narrative>'
        "</title></indicator></result>"
    )
    data = document(activity(results="".join(result.format(n) for n in range(1, 13))))
    before = {i.draft.record.id: i.draft.record for i in reader.items(SourceFile("a.xml", data))}
    ordered = [before[i] for i in sorted(before)]
    again = write_records(ordered, "iati", reader.minter)
    for item in reader.items(SourceFile("b.xml", again)):
        found = item.draft.record
        assert found.achievement == before[found.id].achievement


def test_the_export_says_in_a_line_what_it_cannot_hold(
    cli: Cli, seed: Path, tmp_path: Path
) -> None:
    file = tmp_path / "ours.xml"
    done = cli("convert", seed, "--to", "iati", "-o", file)
    (line,) = [line for line in done.stderr.splitlines() if "no place for these" in line]
    for what in ("legal acts (1)", "constituents (1)", "texts on gender equality (1)", "steps (1)"):
        assert what in line
    assert "SDG" not in line
    assert "<!-- not written: IATI has no place for these" in file.read_text("utf-8")
    full = cli("convert", FULL, "--to", "iati", "-o", file)
    assert "legal acts" not in full.stderr


def a_record(reader: SourceReader, **changes: object) -> OutcomeRecord:
    (item,) = reader.items(SourceFile("file.xml", document(activity())))
    return item.draft.record.with_changes(**changes)


def test_internal_records_are_left_out(
    reader: SourceReader, caplog: pytest.LogCaptureFixture
) -> None:
    """What is read from an activity file counts as public."""
    good = a_record(reader)
    hidden = a_record(reader, id="hidden", visibility="internal", titles=texts("Not for all"))
    data = write_records([hidden, good], "iati", IriMinter())
    assert b"Not for all" not in data
    assert "hidden: it is internal" in caplog.text


def test_comments_without_the_number_that_is_demanded_are_not_written(
    reader: SourceReader, caplog: pytest.LogCaptureFixture
) -> None:
    day = datetime.date(2020, 12, 31)
    said = Period(start=day, end=day, actual_comment=(Text("not yet counted", "en"),))
    counted = Measure((Text("People", "en"),), unit="unit", periods=(said,), baselines=(said,))
    told = Measure((Text("What people say", "en"),), unit="qualitative", periods=(said,))
    record = a_record(reader, measures=(counted, told))
    data = write_records([record], "iati", IriMinter())
    assert broken_rules(data, TODAY) == []
    assert data.count(b"not yet counted") == 1
    assert f"{record.id}: comments on values that are missing" in caplog.text


def test_an_export_of_nothing_is_an_error_and_no_file(
    tmp_path: Path, reader: SourceReader, cli: Cli
) -> None:
    """The schema demands an activity."""
    nowhere = a_record(reader, country=None)
    with pytest.raises(RecordError, match="neither a country nor a region is known"):
        write_records([nowhere, nowhere], "iati", IriMinter())
    with OutcomeGraph.open(tmp_path / "store") as graph:
        with pytest.raises(RecordError, match="no record to write"):
            graph.export(tmp_path / "out.xml", "iati")
        # What is there already stays.
        (tmp_path / "out.xml").write_text("before")
        with pytest.raises(RecordError):
            graph.export(tmp_path / "out.xml", "iati")
    assert (tmp_path / "out.xml").read_text() == "before"
    assert [p.name for p in tmp_path.iterdir() if p.suffix == ".part"] == []
    missing = cli("convert", tmp_path / "missing.csv", "--to", "iati")
    assert missing.returncode == 2
    assert missing.stderr.count("\n") == 1


def test_results_of_one_activity_need_not_follow_each_other(reader: SourceReader) -> None:
    """As they do not among pages of a folder."""
    ids = ("AA-AAA-1-X", "AA-AAA-1-Y")
    one, two = (
        [i.draft.record for i in reader.items(SourceFile("f.xml", document(activity(name))))]
        for name in ids
    )
    other = one[0].with_changes(id="third", titles=texts("A third result"))
    data = write_records([*one, *two, other], "iati", IriMinter())
    assert [data.count(f"<iati-identifier>{name}<".encode()) for name in ids] == [1, 1]
    found = _ids(reader, data)
    assert found == [one[0].id, "third", two[0].id]


def test_an_indicator_that_is_added_leaves_the_others_as_they_are(
    graph: OutcomeGraph, tmp_path: Path
) -> None:
    """Also with what no activity file holds of them: words in place of a number."""
    start = datetime.date(2020, 1, 1)
    counted = Measure(
        texts("Members"),
        unit="unit",
        periods=(
            Period(
                start=start,
                end=datetime.date(2020, 12, 31),
                target="5",
                actual_comment=texts("not yet known"),
            ),
        ),
    )
    before = graph.record(SEED_ID).with_changes(measures=(counted,))
    as_rdf = write_records([before], "nquads", graph.minter)
    assert graph.load(SourceFile("one.nq", as_rdf)).conforms
    end = b"</indicator>"
    added = b'<indicator measure="1"><title><narrative>Laws</narrative></title></indicator>'
    file = exported(graph, tmp_path)
    data = file.read_bytes()
    at = data.index(end, data.index(f"outcome/{SEED_ID}".encode())) + len(end)
    file.write_bytes(data[:at] + added + data[at:])
    assert graph.load(file).refused == ()
    first, second = graph.record(SEED_ID).measures
    assert first == counted
    assert second.titles == texts("Laws")
