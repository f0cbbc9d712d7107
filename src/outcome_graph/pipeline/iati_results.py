"""Results with their indicators, as IATI 2.03 elements."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import groupby

from outcome_graph.model import UNITS, Date, Measure, OutcomeRecord, Period, Text, Texts
from outcome_graph.namespaces import IriMinter
from outcome_graph.pipeline.iati_xml import Xml

__all__ = ["valueless", "write_locations", "write_result"]

#: ResultType; what the ILO calls results achieved are outcomes.
_TYPES = {"output": "1", "outcome": "2", "impact": "3", "other": "9"}
_ACHIEVED = "2"
_QUALITATIVE = "5"

#: The attribute that names the outcome that a result is, in the namespace of RDF.
_ABOUT = "rdf:about"


def write_locations(xml: Xml, records: list[OutcomeRecord]) -> dict[str, str]:
    """Write the places that values are of, and return their references by name."""
    names = dict.fromkeys(
        place
        for record in records
        for measure in record.measures
        for period in (*measure.baselines, *measure.periods)
        for place in period.places
    )
    references = {name: f"place-{number}" for number, name in enumerate(names, 1)}
    for name, reference in references.items():
        xml.open("location", {"ref": reference})
        xml.narratives("name", (Text(name, "und"),))
        xml.close("location")
    return references


def write_result(
    xml: Xml, record: OutcomeRecord, locations: dict[str, str], minter: IriMinter
) -> None:
    """Write the result that a record is about, named by the record's outcome.

    Parameters:
        xml: what is being written. record: the record. minter: the base.
        locations: references of the activity's places by name.
    """
    fallback = _TYPES["other"] if record.result_type is None and not record.code else _ACHIEVED
    kind = _TYPES.get(record.result_type or "", fallback)
    xml.open("result", {"type": kind, _ABOUT: minter.outcome(record.id).value})
    titles = record.titles or (Text(record.id, "und"),)
    xml.narratives("title", titles)
    if record.achievement:
        xml.narratives("description", record.achievement)
    # The standard demands an indicator: the programme's, or what the result itself says.
    statement = record.indicator_statement or record.result_statement or titles
    reference = (f"99/{record.biennium}/{record.indicator}",) if record.indicator else ()
    # The day of the result has no element of its own: it is the period of that indicator.
    only = Measure(statement, references=reference, periods=tuple(_achieved(record)))
    for measure in record.measures or (only,):
        _indicator(xml, measure, titles, record, locations)
    xml.close("result")


def _achieved(record: OutcomeRecord) -> Iterator[Period]:
    if record.achieved_on or record.period_start or record.period_end:
        start = record.achieved_on or record.period_start
        yield Period(start=start, end=record.achieved_on or record.period_end)
    elif record.achieved_in:
        year = record.achieved_in
        yield Period(start=datetime.date(year, 1, 1), end=datetime.date(year, 12, 31))


def valueless(record: OutcomeRecord) -> int:
    """Count comments on values that are missing where a number is demanded: not written."""
    return sum(
        value is None and bool(comment)
        for measure in record.measures
        if not _may_lack_value(measure)
        for period in (*measure.baselines, *measure.periods)
        for value, comment in (
            (period.target, period.target_comment),
            (period.actual, period.actual_comment),
        )
    )


def _may_lack_value(measure: Measure) -> bool:
    """Tell whether values may be told in words alone: the standard demands numbers of others."""
    return measure.unit not in UNITS or measure.unit == "qualitative"


def _indicator(
    xml: Xml, measure: Measure, titles: Texts, record: OutcomeRecord, locations: dict[str, str]
) -> None:
    unit = str(UNITS.index(measure.unit) + 1) if measure.unit in UNITS else _QUALITATIVE
    attributes = {"measure": unit}
    if measure.ascending is not None:
        attributes["ascending"] = "1" if measure.ascending else "0"
    xml.open("indicator", attributes)
    xml.narratives("title", measure.titles or titles)
    if measure.descriptions:
        xml.narratives("description", measure.descriptions)
    # A vocabulary may stand once only.
    for vocabulary, code in {
        r.partition("/")[0]: r.partition("/")[2] for r in reversed(measure.references)
    }.items():
        if vocabulary.strip() and code.strip():
            xml.element("reference", {"vocabulary": vocabulary, "code": code})
    words = _may_lack_value(measure)
    for baseline in measure.baselines:
        if words or baseline.actual is not None:
            _baseline(xml, baseline, locations)
    dated = [(days, p) for p in measure.periods if (days := _days(p, record)) is not None]
    for (start, end), group in groupby(dated, key=lambda pair: pair[0]):
        periods = [period for _, period in group]
        xml.open("period")
        xml.element("period-start", {"iso-date": start.isoformat()})
        xml.element("period-end", {"iso-date": end.isoformat()})
        for period in periods:
            if words or period.target is not None:
                _value(xml, "target", period, period.target, period.target_comment, locations)
        for period in periods:
            if words or period.actual is not None:
                _value(xml, "actual", period, period.actual, period.actual_comment, locations)
        xml.close("period")
    xml.close("indicator")


def _baseline(xml: Xml, baseline: Period, locations: dict[str, str]) -> None:
    year = baseline.year or (baseline.start.year if baseline.start else None)
    if year is None:  # the standard demands one
        return
    attributes = {"year": f"{year:04d}"}
    if baseline.start is not None:
        attributes["iso-date"] = baseline.start.isoformat()
    if baseline.actual is not None:
        attributes["value"] = baseline.actual
    xml.open("baseline", attributes)
    _of(xml, baseline, locations)
    if baseline.actual_comment:
        xml.narratives("comment", baseline.actual_comment)
    xml.close("baseline")


def _days(period: Period, record: OutcomeRecord) -> tuple[Date, Date] | None:
    """Return first and last day: of the period, else of the result; None when neither is known."""
    start = period.start or period.end or record.period_start or record.achieved_on
    end = period.end or period.start or record.period_end or start
    # A period that ends before it begins has no place in a valid file.
    return (start, end) if start is not None and end is not None and start <= end else None


def _value(
    xml: Xml,
    tag: str,
    period: Period,
    value: str | None,
    comment: Texts,
    locations: dict[str, str],
) -> None:
    if value is None and not comment:
        return
    xml.open(tag, {"value": value} if value is not None else {})
    _of(xml, period, locations)
    if comment:
        xml.narratives("comment", comment)
    xml.close(tag)


def _of(xml: Xml, period: Period, locations: dict[str, str]) -> None:
    """Write the places and people that a value is of."""
    for place in period.places:
        xml.element("location", {"ref": locations[place]})
    for dimension in period.dimensions:
        name, _, value = dimension.partition("=")
        xml.element("dimension", {"name": name.strip() or value, "value": value.strip() or name})
