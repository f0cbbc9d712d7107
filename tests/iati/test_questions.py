"""The questions that come with us about results from IATI, answered against sums over the XML."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from iati.conftest import FILES, activity, document
from outcome_graph import OutcomeGraph
from outcome_graph.pipeline.canned import canned_query

FULL = FILES / "social-protection.xml"


def _result(title: str, measure: str, periods: str) -> str:
    """A result with one indicator; ``measure`` holds the attributes of the indicator."""
    return (
        f'<result type="1"><title><narrative>{title}</narrative></title><indicator {measure}>'
        f"<title><narrative>{title} counted</narrative></title>{periods}</indicator></result>"
    )


def _period(target: str, actual: str, year: int = 2021) -> str:
    return (
        f'<period><period-start iso-date="{year}-01-01"/><period-end iso-date="{year}-12-31"/>'
        f'<target value="{target}"/><actual value="{actual}"/></period>'
    )


OWN = document(
    activity(
        "AA-AAA-1-KE",
        country='<recipient-country code="KE"/>',
        inner='<sector code="12220"/><policy-marker code="1" significance="2"/>',
        results=_result(
            "Visits",
            'measure="1"',
            '<baseline year="2020" value="7"/>' + _period("200", "150") + _period("3", "4", 2022),
        )
        + _result("Waits", 'measure="2" ascending="0"', _period("10", "20") + _period("10", "5")),
    ),
    activity(
        "AA-AAA-1-UG",
        country='<recipient-country code="UG" percentage="50"/>'
        '<recipient-country code="TZ" percentage="50"/>',
        inner='<policy-marker code="1" significance="0"/>'
        '<policy-marker vocabulary="99" code="1" significance="4"/>',
        results=_result("Views", 'measure="5"', _period("good", "3")),
    ),
)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OutcomeGraph]:
    folder = tmp_path_factory.mktemp("questions")
    own: Path = folder / "own.xml"
    own.write_bytes(OWN)
    with OutcomeGraph.open(folder / "store") as opened:
        opened.load(own, FULL)
        yield opened


def ask(graph: OutcomeGraph, name: str, **values: str) -> list[dict[str, str]]:
    """Rows of a query that comes with us, as texts."""
    with graph.answer(canned_query(name).request(values, graph)) as answer:
        rows = json.loads(b"".join(answer.chunks()))["results"]["bindings"]
    return [{key: value["value"] for key, value in row.items()} for row in rows]


def _trees() -> list[ET.Element]:
    return [ET.fromstring(OWN), ET.fromstring(FULL.read_bytes())]


def test_every_value_of_the_files_is_a_row(graph: OutcomeGraph) -> None:
    rows = ask(graph, "indicator-values")
    for element, kind, column in (
        ("baseline", "baseline", "actualValue"),
        ("period/target", "period", "targetValue"),
        ("period/actual", "period", "actualValue"),
    ):
        written = [n for t in _trees() for n in t.iterfind(f".//indicator/{element}[@value]")]
        found = [row[column] for row in rows if row["kind"] == kind and column in row]
        assert len(found) == len(written) > 0, element


def test_the_share_of_the_target_is_told_where_it_says_something(graph: OutcomeGraph) -> None:
    found = {
        (row["indicator"], row["targetValue"]): row.get("percentOfTarget")
        for row in ask(graph, "indicator-values", country="Kenya")
        if row["kind"] == "period"
    }
    assert found == {
        ("Visits counted", "200"): "75",
        ("Visits counted", "3"): "133.3",
        ("Waits counted", "10"): None,
    }


def test_a_country_has_what_it_is_one_recipient_of(graph: OutcomeGraph) -> None:
    rows = ask(graph, "indicator-values", country="TZA")
    assert [(row["indicator"], row["targetValue"]) for row in rows] == [("Views counted", "good")]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # 150 of 200 missed it, 4 of 3 met it; of waits 20 missed it, 5 met it.
        (
            "targets-met-by-country",
            {"code": "KEN", "periods": "4", "met": "2", "percentMet": "50"},
        ),
        ("results-by-sector", {"vocabulary": "1", "code": "12220", "results": "2"}),
        ("results-by-gender-marker", {"marker": "2", "results": "2", "activities": "1"}),
        ("results-by-gender-marker", {"marker": "0", "results": "1", "activities": "1"}),
    ],
)
def test_counts(graph: OutcomeGraph, name: str, expected: Mapping[str, str]) -> None:
    rows = ask(graph, name)
    assert any(expected.items() <= row.items() for row in rows), rows


def test_a_marker_of_another_vocabulary_says_nothing_of_gender(graph: OutcomeGraph) -> None:
    assert "4" not in {row["marker"] for row in ask(graph, "results-by-gender-marker")}
