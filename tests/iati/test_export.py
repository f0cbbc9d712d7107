"""Our IATI files keep to the rules of the standard and say what the records say."""

from __future__ import annotations

import datetime
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from support.strategies import records

from iati.conftest import FILES, activity, document
from iati.rules203 import broken_rules
from outcome_graph import OutcomeGraph
from outcome_graph.draft import SourceFile
from outcome_graph.errors import RecordError
from outcome_graph.model import (
    Measure,
    Organisation,
    OutcomeRecord,
    Period,
    Recipient,
    Sector,
    Text,
    texts,
)
from outcome_graph.namespaces import IriMinter
from outcome_graph.pipeline.export import write_records
from outcome_graph.pipeline.iati_export import write_iati
from outcome_graph.pipeline.reading import SourceReader

MINTER = IriMinter()
TODAY = datetime.date(2024, 6, 1)
ILO = Organisation("ilo", texts("ILO"), "other", None, "XM-DAC-41302")
FULL = FILES / "social-protection.xml"


def exported(found: list[OutcomeRecord]) -> bytes:
    return b"".join(write_iati(found, MINTER, TODAY))


def read(reader: SourceReader, data: bytes) -> list[OutcomeRecord]:
    return [i.draft.record for i in reader.items(SourceFile("file.xml", data))]


def test_the_rules_find_what_is_wrong() -> None:
    """The checks themselves: each of these breaks one rule of the standard."""
    right = a_file()
    assert broken_rules(right, TODAY) == []
    for old, new, words in [
        (b'version="2.03"', b'version="2.01"', "version"),
        (b'type="21"', b"", "lacks type"),
        (b"<title><narrative>A result</narrative></title>", b"", "0 title"),
        (b'measure="1"', b'measure="7"', "measure"),
        (b'iso-date="2020-01-01"', b'iso-date="2030-01-01"', "future"),
        (b'<recipient-country code="KH"/>', b"", "no recipients"),
        (b'<sector code="16010"/>', b'<sector code="1"/><sector code="2"/>', "share 0"),
        (b'<activity-status code="2"/>', b"", "0 activity-status"),
        (b">AA-AAA-1-X<", b">BB-1<", "does not begin"),
    ]:
        assert old in right
        found = broken_rules(right.replace(old, new), TODAY)
        assert any(words in problem for problem in found), (new, found)


def a_file() -> bytes:
    return document(activity(inner='<sector code="16010"/>'))


def test_a_file_comes_out_by_the_rules_and_says_the_same(reader: SourceReader) -> None:
    before = read(reader, FULL.read_bytes())
    data = exported(before)
    assert broken_rules(data, TODAY) == []
    after = read(reader, data)
    assert [r.id for r in after] == [r.id for r in before]
    for one, other in zip(before, after, strict=True):
        assert other.with_changes(source=None, candidates=()) == one.with_changes(
            source=None, candidates=()
        )


@pytest.mark.parametrize(
    "name",
    [
        "activity-standard-example-annotated.xml",
        "caf-part.xml",
        "worldbank-679.xml",
        "wri-521257057-strategic-plan-2023-2027.xml",
    ],
)
def test_real_files_come_out_by_the_rules(name: str, shared: Path, reader: SourceReader) -> None:
    file = shared / "data" / "iati" / name
    if not file.exists():
        pytest.skip("not there")
    before = read(reader, file.read_bytes())
    data = exported(before)
    assert broken_rules(data, TODAY) == []
    after = {r.id: r for r in read(reader, data)}
    assert after.keys() == {r.id for r in before}
    for record in before:
        assert after[record.id].measures == record.measures
        assert after[record.id].sdg_goals == record.sdg_goals
        assert after[record.id].place == record.place


def test_the_seed_page_is_an_activity_of_the_ilo(seed: Path, reader: SourceReader) -> None:
    (record,) = reader.convert(seed).records
    data = write_records([record], "iati", MINTER)
    assert broken_rules(data, datetime.date.today()) == []
    (found,) = ET.fromstring(data)
    assert found.findtext("iati-identifier") == "XM-DAC-41302-LAO226-2020-21"
    assert {t.get("code") for t in found.findall("tag")} == {"1", "1.3"}
    assert [c.get("code") for c in found.findall("recipient-country")] == ["LA"]
    funders = [o for o in found.findall("participating-org") if o.get("role") == "1"]
    assert [f.findtext("narrative") for f in funders] == ["Government of Luxembourg"]
    assert [r.get("type") for r in found.findall("result")] == ["2"]
    again = read(reader, data)
    assert [t.value for t in again[0].titles] == [record.title]


def a_record(reader: SourceReader, **changes: object) -> OutcomeRecord:
    (record,) = read(reader, a_file())
    return record.with_changes(**changes)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reporting_organisation": None}, b"no reporting organisation"),
        ({"country": None, "region": None}, b"neither a country nor a region"),
    ],
)
def test_what_makes_no_valid_activity_is_left_out_with_the_reason(
    changes: dict[str, object],
    words: bytes,
    reader: SourceReader,
    caplog: pytest.LogCaptureFixture,
) -> None:
    good = a_record(reader)
    (other,) = read(reader, a_file().replace(b"AA-AAA-1-X", b"AA-AAA-1-Y"))
    bad = other.with_changes(**changes, id="bad--one")
    data = exported([bad, good])
    assert words in data
    assert words.decode() in caplog.text
    root = ET.fromstring(data)
    assert len(root) == 1


def test_shares_that_do_not_add_up_are_not_written(
    reader: SourceReader, caplog: pytest.LogCaptureFixture
) -> None:
    record = a_record(
        reader,
        recipients=(Recipient("KHM", "50"), Recipient("LAO")),
        sectors=(Sector("1", "16010", (), "30"), Sector("1", "16020")),
        country=None,
        region="RAS",
    )
    data = exported([record])
    assert broken_rules(data, TODAY) == []
    (found,) = ET.fromstring(data)
    assert [r.get("code") for r in found.findall("recipient-region")] == ["798"]
    assert [s.get("code") for s in found.findall("sector")] == ["99810"]
    for what in ("recipients", "sectors of vocabulary 1"):
        line = f"AA-AAA-1-X: its {what}, whose shares are not all known or do not add up to 100"
        assert f"<!-- not written: {line}" in data.decode()
        assert line in caplog.text


def test_what_has_no_name_is_written_and_read_by_its_code_alone(reader: SourceReader) -> None:
    """A sector of a publisher's own needs words in the file; its code is none."""
    inner = (
        '<participating-org role="1" ref="ZZ-ZZZ-1"/>'
        '<sector vocabulary="99" code="W1" percentage="100"/>'
    )
    (record,) = read(reader, document(activity(inner=inner)))
    data = exported([record])
    assert broken_rules(data, TODAY) == []
    (found,) = ET.fromstring(data)
    (funder,) = found.findall("participating-org[@role='1']")
    assert (funder.get("ref"), list(funder)) == ("ZZ-ZZZ-1", [])
    (again,) = read(reader, data)
    assert again.sectors == record.sectors
    assert [s.names for s in again.sectors] == [()]
    assert again.funders == record.funders


def test_text_that_looks_like_markup_stays_text(reader: SourceReader) -> None:
    record = a_record(
        reader,
        titles=texts("a < b & \"c\" ]]> 'd' -->"),
        measures=(
            Measure(
                (Text("<script>", "en"),),
                periods=(
                    Period(
                        start=datetime.date(2020, 1, 1),
                        end=datetime.date(2020, 12, 31),
                        actual='"<5>"',
                        dimensions=("no equals sign", "a=b=c"),
                        places=("A & B",),
                    ),
                ),
            ),
        ),
    )
    data = exported([record])
    assert broken_rules(data, TODAY) == []
    (again,) = read(reader, data)
    assert again.titles == record.titles
    assert again.measures[0].periods[0].actual == '"<5>"'
    assert again.measures[0].periods[0].places == ("A & B",)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
@given(found=records())
def test_whatever_a_record_holds_the_file_keeps_to_the_rules(found: OutcomeRecord) -> None:
    found = found.with_changes(
        reporting_organisation=ILO,
        country="LAO",
        region=None,
        achieved_on=datetime.date(2020, 4, 1),
        visibility="public",
    )
    try:
        data = exported([found])
    except RecordError as reason:
        assert "the country XKX has no code of two letters" in str(reason)  # noqa: PT017
        return
    # Projects made at random do not belong to the publisher.
    assert [p for p in broken_rules(data, TODAY) if "does not begin" not in p] == []


def test_a_store_is_exported_by_the_command(tmp_path: Path, seed: Path) -> None:
    with OutcomeGraph.open(tmp_path / "store") as graph:
        assert graph.load(FULL, seed).conforms
        graph.export(tmp_path / "out.xml", "iati")
    data = (tmp_path / "out.xml").read_bytes()
    assert broken_rules(data, datetime.date.today()) == []
    root = ET.fromstring(data)
    assert sorted(len(a.findall("result")) for a in root) == [1, 3]
