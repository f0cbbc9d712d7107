"""A donor's questions over real files: SPARQL answers as XPath counts in the publishers' XML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from outcome_graph import OutcomeGraph

NAMES = (
    "activity-standard-example-annotated.xml",
    "caf-part.xml",
    "worldbank-679.xml",
    "wri-521257057-strategic-plan-2023-2027.xml",
)


@pytest.fixture(scope="module")
def activities(shared: Path) -> list[Any]:
    """The activities that have results."""
    files = [shared / "data" / "iati" / name for name in NAMES]
    if not all(file.exists() for file in files):
        pytest.skip("not there")
    return [a for f in files for a in etree.parse(str(f)).xpath("//iati-activity[result]")]


@pytest.fixture(scope="module")
def graph(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OutcomeGraph]:
    """A store that holds them."""
    with OutcomeGraph.open(tmp_path_factory.mktemp("counted")) as opened:
        assert opened.load(*(shared / "data" / "iati" / name for name in NAMES)).refused == ()
        yield opened


def of_each(activities: list[Any], codes: Callable[[Any], set[str]]) -> Counter[str]:
    """How many results each code has that an activity gives."""
    return Counter(code for a in activities for _ in a.findall("result") for code in codes(a))


def answered(graph: OutcomeGraph, where: str) -> Counter[str]:
    """How many results each ``?code`` has."""
    sparql = (
        f"SELECT ?code (COUNT(DISTINCT ?result) AS ?n) {{ ?result a og:Outcome . {where} }} "
        "GROUP BY ?code"
    )
    return Counter({str(row["code"]): int(row["n"]) for row in graph.query(sparql)})


def number(text: str | None) -> Decimal | str | None:
    """A value as it is to be read: see the rules of docs/iati.md."""
    if text is None or not text.strip():
        return None
    plain = text.strip().removesuffix("%")
    try:
        return Decimal(plain.replace(",", "") if "." in plain else plain)
    except InvalidOperation:
        return text.strip()


def test_results_by_country(activities: list[Any], graph: OutcomeGraph) -> None:
    place = (
        "{ ?result og:country ?c } UNION { ?result og:recipient/og:country ?c } ?c og:iso2 ?code"
    )
    counted = of_each(activities, lambda a: {*a.xpath("recipient-country/@code")})
    assert sum(counted.values()) > 200
    assert answered(graph, place) == counted


def test_results_by_goal(activities: list[Any], graph: OutcomeGraph) -> None:
    """That of a target counts with it."""
    goal = "?result og:sdgGoal ?goal . BIND(STRAFTER(STR(?goal), '/sdg/') AS ?code)"
    paths = "tag[@vocabulary=2]/@code | tag[@vocabulary=3]/@code | sector[@vocabulary=7]/@code"
    counted = of_each(activities, lambda a: {c.partition(".")[0] for c in a.xpath(paths)})
    assert len(counted) > 8
    assert answered(graph, goal) == counted


def test_results_by_sector(activities: list[Any], graph: OutcomeGraph) -> None:
    sector = (
        "?result og:sector ?s . BIND(STRAFTER(STR(?s), '/concept/sector/1/') AS ?code) "
        "FILTER(?code != '')"
    )
    path = "sector[not(@vocabulary) or @vocabulary=1]/@code[. != '99810']"
    counted = of_each(activities, lambda a: {*a.xpath(path)})
    assert len(counted) > 5
    assert answered(graph, sector) == counted


def test_results_by_gender_marker(activities: list[Any], graph: OutcomeGraph) -> None:
    path = "policy-marker[@code=1 and (not(@vocabulary) or @vocabulary=1)]/@significance"
    counted = of_each(activities, lambda a: {*a.xpath(path)})
    assert answered(graph, "?result og:genderMarker ?code") == counted


def test_results_by_funder(activities: list[Any], graph: OutcomeGraph) -> None:
    """By identifier; the World Bank is known by the DAC's, of which it gives the end."""
    path = (
        "participating-org[@role=1]/@ref | transaction[transaction-type[@code=1 or @code=11 or "
        "@code=13]]/provider-org/@ref"
    )
    counted = of_each(activities, lambda a: {*a.xpath(path)})
    counted["XM-DAC-44002"] = counted.pop("44002")
    # The registry knows some by other codes of the DAC's, and of IATI's first code list, too.
    counted["XM-DAC-905"] = counted["XM-DAC-44002"]
    counted["XM-DAC-7-1"] = counted["NL-1"] = counted["XM-DAC-7"]
    assert answered(graph, "?result og:funder/dcterms:identifier ?code") == counted


def test_what_was_aimed_at_and_reached_in_each_period(
    activities: list[Any], graph: OutcomeGraph
) -> None:
    counted = Counter(
        (
            indicator.xpath("string((baseline/@value)[1])") or None,
            *(period.xpath(f"string(period-{end}/@iso-date)") for end in ("start", "end")),
            *(number(period.xpath(f"string({k}/@value)")) for k in ("target", "actual")),
        )
        for activity in activities
        for indicator in activity.iterfind("result/indicator")
        for period in indicator.iterfind("period")
    )
    rows = graph.query(
        "SELECT ?period ?start ?end ?target ?actual (MIN(?b) AS ?base) { "
        "?measure og:period ?period . ?period og:periodStart ?start ; og:periodEnd ?end "
        "OPTIONAL { ?period og:targetValue ?target } OPTIONAL { ?period og:actualValue ?actual } "
        "OPTIONAL { ?measure og:baseline/og:actualValue ?b } } "
        "GROUP BY ?period ?start ?end ?target ?actual"
    )
    found = Counter(
        (
            row["start"].isoformat(),
            row["end"].isoformat(),
            *(
                number(None if row[name] is None else str(row[name]))
                for name in ("base", "target", "actual")
            ),
        )
        for row in rows
    )
    wanted = Counter({(s, e, number(b), t, a): n for (b, s, e, t, a), n in counted.items()})
    assert sum(found.values()) > 250
    assert found == wanted
