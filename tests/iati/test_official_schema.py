"""Whatever sources our records come from: their IATI files conform to the standard's own schema.

The real files, the seed and records made at random are in ``test_export.py``.
"""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from iati.conftest import activity, document
from iati.rules203 import broken_rules
from iati.schema203 import schema_errors
from outcome_graph.errors import RecordError
from outcome_graph.namespaces import IriMinter
from outcome_graph.pipeline.export import write_records
from outcome_graph.pipeline.reading import SourceReader

TESTS = Path(__file__).parents[1]
SETS = sorted(path for path in (TESTS / "benchmarks" / "facts").iterdir() if path.is_dir())
TABLES = sorted((TESTS / "tables" / "people").rglob("*.[cx][sl][vs]*"))
TODAY = datetime.date.today()


def test_the_schema_finds_what_is_wrong() -> None:
    right = document(activity())
    assert schema_errors(right) == []
    for old, new, words in [
        (b"<title><narrative>An activity</narrative></title>", b"", "description"),
        (b'iso-date="2020-01-01"', b'iso-date="soon"', "iso-date"),
        (b'<activity-status code="2"/>', b"", "activity-date"),
        (b"</result>", b"</result><tag code='1' vocabulary='2'/>", "tag"),
    ]:
        assert old in right
        found = schema_errors(right.replace(old, new, 1))
        assert any(words in problem for problem in found), (new, found)


@pytest.mark.parametrize("folder", SETS, ids=lambda path: path.name)
def test_result_pages_make_valid_activities(folder: Path, reader: SourceReader) -> None:
    records = reader.convert(folder).records
    assert len(records) > 3
    assert broken_rules(write_records(records, "iati", reader.minter), TODAY) == []


def test_tables_make_valid_activities_or_none(reader: SourceReader) -> None:
    """Most name no reporting organisation of which an identifier is known."""
    assert len(TABLES) > 30
    written = 0
    for table in TABLES:
        records = reader.convert(table).records
        try:
            data = write_records(records, "iati", IriMinter())
        except RecordError:
            continue
        assert broken_rules(data, TODAY) == [], table.name
        written += 1
    assert written > 1
