"""What the page of a record shows of a result published in IATI: indicators, shares, partners."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from outcome_graph.model import (
    Measure,
    Organisation,
    OutcomeRecord,
    Period,
    Text,
    Texts,
    plain_number,
)
from outcome_graph.namespaces import IriMinter
from outcome_graph.rdf import NamedNode
from outcome_graph.service.html_parts import Value, text_of
from outcome_graph.service.wording import say

__all__ = ["IatiParts", "iati_parts"]

#: PolicySignificance, of the policy marker for gender equality.
_MARKERS = (
    "not an aim of the activity",
    "a significant aim",
    "the principal aim",
    "the principal aim, in support of an action programme",
    "an explicit primary aim",
)
_ROLES = (
    ("accountable", "Accountable partners"),
    ("extending", "Extending partners"),
    ("implementing", "Implementing partners"),
)
_UNITS = {
    "unit": "a number",
    "percentage": "a percentage",
    "nominal": "a name, such as yes or no",
    "ordinal": "a rank",
    "qualitative": "words",
}
_WAYS = {True: "more is better", False: "less is better", None: ""}
#: Kinds of measure whose values can be set against each other.
_COUNTED = ("unit", "percentage")
#: Digits from which on groups of three are parted, by a thin space: a comma could be a decimal one.
_PARTED_FROM = 10_000
_THIN_SPACE = "\u202f"


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A baseline, or a period with target and actual value.

    Parameters:
        when: the year or the days. of: people and places, "" for all. reached: the actual value in
            per cent of the target, where that says something. notes: what is said of the values.
    """

    when: str
    of: str
    target: str
    actual: str
    reached: str
    notes: Sequence[tuple[str, Text]]


@dataclass(frozen=True, slots=True)
class MeasureTable:
    """An indicator with its values."""

    title: Text | None
    description: Text | None
    about: str
    rows: Sequence[ValueRow]


@dataclass(frozen=True, slots=True)
class IatiParts:
    """What the template shows beside the parts that all records have."""

    measures: Sequence[MeasureTable]
    facts: Sequence[tuple[str, str, Sequence[Value]]]
    description: Text | None


def iati_parts(
    record: OutcomeRecord,
    language: str,
    minter: IriMinter,
    link: Callable[[NamedNode], Value],
    organisation: Callable[[Organisation], Value],
) -> IatiParts | None:
    """Return what the page of a result published in IATI shows; None for other records.

    Parameters:
        record: the record. language: of its page. minter: makes the addresses.
        link, organisation: make a labelled link to something, to an organisation.
    """
    if record.profile != "iati":
        return None
    facts = (
        *_result(record, minter, link),
        *_places(record, minter, link),
        *_people(record, organisation),
        *_activity(record, minter, link),
    )
    project = record.projects[0] if record.projects else None
    return IatiParts(
        measures=[_measure(measure, record.language) for measure in record.measures],
        facts=[fact for fact in facts if fact[2]],
        description=text_of(project.descriptions, language) if project else None,
    )


_Fact = tuple[str, str, Sequence[Value]]


def _result(
    record: OutcomeRecord, minter: IriMinter, link: Callable[[NamedNode], Value]
) -> Iterator[_Fact]:
    if record.result_type:
        kind = minter.concept("result-type", record.result_type)
        yield "result_type", say("Kind of result"), [link(kind)]


def _places(
    record: OutcomeRecord, minter: IriMinter, link: Callable[[NamedNode], Value]
) -> Iterator[_Fact]:
    places = []
    for recipient in record.recipients:
        # Countries have codes of three letters, as regions have; only they have a page as such.
        place = link(minter.country(recipient.place))
        if place.text == recipient.place:
            place = link(minter.region(recipient.place))
        places.append(_shared(place, recipient.share))
    yield "recipients", say("Countries and regions"), places


def _people(
    record: OutcomeRecord, organisation: Callable[[Organisation], Value]
) -> Iterator[_Fact]:
    reporter = record.reporting_organisation
    yield "reporting_organisation", say("Reported by"), [organisation(reporter)] if reporter else []
    partners = record.projects[0].partners if record.projects else ()
    for role, name in _ROLES:
        yield role, say(name), [organisation(p.organisation) for p in partners if p.role == role]


def _activity(
    record: OutcomeRecord, minter: IriMinter, link: Callable[[NamedNode], Value]
) -> Iterator[_Fact]:
    if record.projects:
        project = record.projects[0]
        days = _days(project.start, project.end)
        if project.start and not project.end:
            days = say("from {day}", day=days)
        stage = say(project.status) if project.status else ""
        said = ", ".join(filter(None, (stage, days)))
        yield "activity", say("The activity"), [Value(said)] if said else []
    sectors = []
    for sector in record.sectors:
        named = link(minter.sector(sector.vocabulary, sector.code))
        sectors.append(_shared(named, sector.share))
    yield "sectors", say("Sectors"), sectors
    marker = record.gender_marker
    if marker is not None and 0 <= marker < len(_MARKERS):
        aim = f"{say(_MARKERS[marker])} ({say('marker {n}', n=marker)})"
        yield "gender_marker", say("Gender equality"), [Value(aim)]


def _shared(link: Value, share: str | None) -> Value:
    note = f"{_number(share)} %" if share is not None else None
    return Value(link.text, link.href, link.language, note)


def _measure(measure: Measure, language: str) -> MeasureTable:
    about = [_UNITS.get(measure.unit or "", ""), _WAYS[measure.ascending]]
    return MeasureTable(
        title=text_of(measure.titles, language),
        description=text_of(measure.descriptions, language),
        about=", ".join(say(words) for words in about if words),
        rows=[
            *(
                _row(baseline, measure, language, is_baseline=True)
                for baseline in measure.baselines
            ),
            *(_row(period, measure, language) for period in measure.periods),
        ],
    )


def _row(period: Period, measure: Measure, language: str, *, is_baseline: bool = False) -> ValueRow:
    days = _days(period.start, period.end)
    when = (
        f"{say('Baseline')}, {days or period.year or say('date not recorded')}"
        if is_baseline
        else days
    )
    comments: tuple[tuple[str, Texts], ...] = (
        ("Target", period.target_comment),
        ("Baseline" if is_baseline else "Actual", period.actual_comment),
    )
    notes = [(say(name), text_of(texts, language)) for name, texts in comments]
    return ValueRow(
        when=when or say("not recorded"),
        of="; ".join((*(d.replace("=", ": ", 1) for d in period.dimensions), *period.places)),
        target=_value(period.target, measure),
        actual=_value(period.actual, measure),
        reached="" if is_baseline else _reached(period, measure),
        notes=[(name, text) for name, text in notes if text is not None],
    )


def _days(start: datetime.date | None, end: datetime.date | None) -> str:
    """Return a period in short, in any language: "2021", "2021-03-15 – 2021-12-31"."""
    if start is None or end is None or start == end:
        return str(start or end or "")
    first, last = start.replace(month=1, day=1), start.replace(month=12, day=31)
    return str(start.year) if (start, end) == (first, last) else f"{start} – {end}"


def _value(value: str | None, measure: Measure) -> str:
    if value is None:
        return ""
    if measure.unit == "percentage" and plain_number(value) is not None:
        return f"{_number(value)} %"
    return _number(value)


def _number(value: str) -> str:
    """Return a number with its thousands parted; what is no number as it is."""
    number = plain_number(value)
    if number is None or abs(Decimal(number)) < _PARTED_FROM:
        return value
    return f"{Decimal(number):,f}".replace(",", _THIN_SPACE)


def _reached(period: Period, measure: Measure) -> str:
    """Return how much of the target was reached; "" where the two numbers do not tell it.

    Where less is better, half of the target is no half of the success.
    """
    if measure.unit not in _COUNTED or measure.ascending is False:
        return ""
    target, actual = (plain_number(v or "") for v in (period.target, period.actual))
    if target is None or actual is None or Decimal(target) <= 0 or Decimal(actual) < 0:
        return ""
    return f"{Decimal(actual) / Decimal(target):.0%}".replace("%", " %")
