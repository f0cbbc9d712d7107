"""Small activity files, written by hand from the rules of the IATI standard 2.03."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from outcome_graph.draft import Draft, SourceFile
from outcome_graph.pipeline.reading import SourceReader
from outcome_graph.settings import Settings
from outcome_graph.sources.iati import read_activities

FILES = Path(__file__).parent / "files"
LIMIT = 10_000_000


def activity(
    identifier: str = "AA-AAA-1-X", *, inner: str = "", results: str | None = None, **named: str
) -> str:
    """An activity that the standard allows, with more elements before its results."""
    country = named.get("country", '<recipient-country code="KH"/>')
    if results is None:
        results = (
            '<result type="2"><title><narrative>A result</narrative></title>'
            '<indicator measure="1"><title><narrative>A number</narrative></title></indicator>'
            "</result>"
        )
    return f"""<iati-activity xml:lang="en">
<iati-identifier>{identifier}</iati-identifier>
<reporting-org ref="AA-AAA-1" type="21"><narrative>Agency</narrative></reporting-org>
<title><narrative>An activity</narrative></title>
<description><narrative>What it does</narrative></description>
<participating-org role="4"><narrative>Agency</narrative></participating-org>
<activity-status code="2"/><activity-date iso-date="2020-01-01" type="2"/>
{country}{inner}{results}
</iati-activity>"""


def document(*activities: str, version: str = "2.03", prolog: str = "") -> bytes:
    """An activity file."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{prolog}<iati-activities version="{version}">\n'
        + "\n".join(activities)
        + "\n</iati-activities>\n"
    ).encode()


def drafts(data: bytes, name: str = "file.xml") -> list[Draft]:
    """Read a file that is in memory."""
    return [draft for _, draft in read_activities(SourceFile(name, data), LIMIT)]


@pytest.fixture(scope="session")
def reader() -> SourceReader:
    """Reads and links."""
    return SourceReader(Settings())


@pytest.fixture(scope="session")
def linked(reader: SourceReader) -> Callable[[bytes], list[Draft]]:
    """Read and link a file that is in memory."""

    def run(data: bytes, name: str = "file.xml") -> list[Draft]:
        return [item.draft for item in reader.items(SourceFile(name, data))]

    return run
