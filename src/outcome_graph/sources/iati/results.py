"""A result of an activity: its indicators with baselines and periods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from outcome_graph.model import Measure, Period
from outcome_graph.sources.iati.codes import UNIT_CODES
from outcome_graph.sources.iati.stream import Node
from outcome_graph.sources.iati.values import Values

__all__ = ["read_measures", "sdg_references"]

#: IndicatorVocabulary: the UN's SDG indicators.
_SDG_INDICATORS = "9"


@dataclass(frozen=True, slots=True)
class _Of:
    """What a value is of: people and places."""

    dimensions: tuple[str, ...]
    places: tuple[str, ...]


def read_measures(result: Node, values: Values, locations: dict[str, str]) -> tuple[Measure, ...]:
    """Return the indicators of a result.

    Parameters:
        result: the element. values: reads values.
        locations: names of the activity's locations by their ``@ref``.
    """
    return tuple(_measure(node, values, locations) for node in result.all("indicator"))


def sdg_references(measures: tuple[Measure, ...]) -> list[str]:
    """Return the codes of SDG indicators that measures refer to."""
    prefix = f"{_SDG_INDICATORS}/"
    return [r.removeprefix(prefix) for m in measures for r in m.references if r.startswith(prefix)]


def _measure(node: Node, values: Values, locations: dict[str, str]) -> Measure:
    references = (
        f"{reference.get('vocabulary') or '99'}/{reference.get('code')}"
        for reference in node.all("reference")
        if reference.get("code")
    )
    unit = values.code(node, "measure", UNIT_CODES, "kind of measure", "measures")
    percent = unit == "percentage"
    periods: list[Period] = []
    for period in node.all("period"):
        periods += _periods(period, values, locations, percent)
    return Measure(
        titles=values.texts(node.first("title")),
        descriptions=values.texts(node.first("description"), paragraphs=True),
        unit=unit,
        ascending=values.flag(node, "ascending", "measures"),
        references=tuple(references),
        baselines=tuple(_baseline(b, values, locations, percent) for b in node.all("baseline")),
        periods=tuple(periods),
    )


def _baseline(node: Node, values: Values, locations: dict[str, str], percent: bool) -> Period:
    year = node.get("year")
    if year is not None and not (year.isdecimal() and year.isascii() and len(year) == 4):
        values.warn(f"“{year[:40]}” is no year and was left out.", "measures", node)
        year = None
    day, of = values.date(node, "measures"), _of(node, locations)
    return Period(
        start=day,
        end=day,
        year=int(year) if year else None,
        actual=values.value(node, "measures", percent=percent),
        actual_comment=values.texts(node.first("comment"), paragraphs=True),
        dimensions=of.dimensions,
        places=of.places,
    )


def _periods(node: Node, values: Values, locations: dict[str, str], percent: bool) -> list[Period]:
    """Return a period for each group of people and places that it has values of."""
    start = values.date(node.first("period-start"), "measures")
    end = values.date(node.first("period-end"), "measures")
    if start and end and start > end:
        values.warn(
            f"A period ends on {end}, before it begins on {start}. Check the two dates.",
            "measures",
            node,
        )
    made: list[tuple[_Of, dict[str, Any]]] = []
    for kind in ("target", "actual"):
        for part in node.all(kind):
            of = _of(part, locations)
            said: dict[str, Any] = {
                kind: values.value(part, "measures", percent=percent),
                f"{kind}_comment": values.texts(part.first("comment"), paragraphs=True),
            }
            if not any(said.values()):
                continue
            # An actual value goes with the target of the same people and places.
            for other, values_of in made:
                if other == of and kind not in values_of:
                    values_of.update(said)
                    break
            else:
                made.append((of, said))
    return [
        Period(start=start, end=end, dimensions=of.dimensions, places=of.places, **said)
        for of, said in made
    ] or [Period(start=start, end=end)]


def _of(node: Node, locations: dict[str, str]) -> _Of:
    dimensions = (
        f"{d.get('name')}={d.get('value')}"
        for d in node.all("dimension")
        if d.get("name") and d.get("value")
    )
    refs = (location.get("ref") for location in node.all("location"))
    places = (locations.get(ref, ref) for ref in refs if ref)
    return _Of(tuple(sorted(set(dimensions))), tuple(sorted(set(places))))
