"""What IATI adds to a record, to triples and back: measures, recipients, sectors, partners.

`writer` and `reader` call these functions; together they keep record → RDF → record the identity.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from outcome_graph.errors import RecordError
from outcome_graph.mapping.terms import (
    date_triples,
    integer_literal,
    text_triples,
    year_literal,
)
from outcome_graph.model import (
    PARTNER_ROLES,
    REGION_CODES,
    Measure,
    Organisation,
    OutcomeRecord,
    Partner,
    Period,
    Project,
    Recipient,
    Sector,
    Texts,
    plain_number,
)
from outcome_graph.namespaces import DCTERMS, OG, RDF, SKOS, XSD, IriMinter
from outcome_graph.rdf import Literal, NamedNode, Term, Triple

__all__ = [
    "PARTNER_PREDICATES",
    "Lookup",
    "outcome_parts",
    "project_parts",
    "read_outcome_parts",
    "read_project_parts",
]

#: The property of each role of a partner.
PARTNER_PREDICATES: dict[str, NamedNode] = {role: OG[f"{role}Partner"] for role in PARTNER_ROLES}


# -- to triples ---------------------------------------------------------------------------------


def outcome_parts(record: OutcomeRecord, minter: IriMinter) -> Iterator[Triple]:
    """Yield the statements about an outcome's measures, recipients, sectors and gender marker."""
    node = minter.outcome(record.id)
    if record.gender_marker is not None:
        yield Triple(node, OG.genderMarker, integer_literal(record.gender_marker))
    for number, sector in enumerate(record.sectors, 1):
        concept = minter.sector(sector.vocabulary, sector.code)
        yield Triple(node, OG.sector, concept)
        yield Triple(concept, RDF.type, SKOS.Concept)
        yield Triple(concept, SKOS.notation, Literal(sector.code))
        yield from text_triples(concept, SKOS.prefLabel, sector.names)
        if sector.share is not None:
            share = minter.allocation(record.id, number)
            yield Triple(node, OG.allocation, share)
            yield Triple(share, RDF.type, OG.Allocation)
            yield Triple(share, OG.sector, concept)
            yield Triple(share, OG.share, Literal(sector.share, datatype=XSD.decimal))
    for number, recipient in enumerate(record.recipients, 1):
        yield from _recipient(node, minter.recipient(record.id, number), recipient, minter)
    for number, measure in enumerate(record.measures, 1):
        iri = minter.measure(record.id, number)
        yield Triple(node, OG.measure, iri)
        yield from _measure(iri, number, measure)


def _recipient(
    outcome: NamedNode, node: NamedNode, recipient: Recipient, minter: IriMinter
) -> Iterator[Triple]:
    yield Triple(outcome, OG.recipient, node)
    yield Triple(node, RDF.type, OG.Recipient)
    if recipient.place in REGION_CODES:
        yield Triple(node, OG.region, minter.region(recipient.place))
    else:
        yield Triple(node, OG.country, minter.country(recipient.place))
    if recipient.share is not None:
        yield Triple(node, OG.share, Literal(recipient.share, datatype=XSD.decimal))


def _measure(node: NamedNode, number: int, measure: Measure) -> Iterator[Triple]:
    yield Triple(node, RDF.type, OG.Measure)
    yield Triple(node, OG.position, integer_literal(number))
    yield from text_triples(node, DCTERMS.title, measure.titles)
    yield from text_triples(node, DCTERMS.description, measure.descriptions)
    if measure.unit is not None:
        yield Triple(node, OG.unitOfMeasure, Literal(measure.unit))
    if measure.ascending is not None:
        text = "true" if measure.ascending else "false"
        yield Triple(node, OG.ascending, Literal(text, datatype=XSD.boolean))
    for reference in measure.references:
        yield Triple(node, OG.indicatorReference, Literal(reference))
    for predicate, kind, periods in (
        (OG.baseline, "baseline", measure.baselines),
        (OG.period, "period", measure.periods),
    ):
        for n, period in enumerate(periods, 1):
            iri = IriMinter.period(node, kind, n)
            yield Triple(node, predicate, iri)
            yield from _period(iri, n, period)


def _period(node: NamedNode, number: int, period: Period) -> Iterator[Triple]:
    yield Triple(node, RDF.type, OG.Period)
    yield Triple(node, OG.position, integer_literal(number))
    for predicate, day in ((OG.periodStart, period.start), (OG.periodEnd, period.end)):
        yield from date_triples(node, predicate, day)
    if period.year is not None:
        yield Triple(node, OG.year, year_literal(period.year))
    for predicate, value in ((OG.targetValue, period.target), (OG.actualValue, period.actual)):
        if value is not None:
            yield Triple(node, predicate, _value(value))
    yield from text_triples(node, OG.targetComment, period.target_comment)
    yield from text_triples(node, OG.actualComment, period.actual_comment)
    for dimension in period.dimensions:
        yield Triple(node, OG.dimension, Literal(dimension))
    for place in period.places:
        yield Triple(node, OG.place, Literal(place))


def project_parts(project: Project, minter: IriMinter) -> Iterator[Triple]:
    """Yield the statements about a project that only IATI makes; its partners are only named."""
    node = minter.project(project.identifier)
    yield from text_triples(node, DCTERMS.description, project.descriptions)
    yield from date_triples(node, OG.startDate, project.start)
    yield from date_triples(node, OG.endDate, project.end)
    if project.status is not None:
        yield Triple(node, OG.projectStatus, Literal(project.status))
    for partner in project.partners:
        iri = minter.organisation(partner.organisation.slug)
        yield Triple(node, OG.partner, iri)
        yield Triple(node, PARTNER_PREDICATES[partner.role], iri)


def _value(value: str) -> Literal:
    number = plain_number(value)
    return Literal(value) if number is None else Literal(number, datatype=XSD.decimal)


# -- and back -----------------------------------------------------------------------------------


class Lookup(Protocol):
    """What these functions ask of the reader: the values of a node's properties."""

    def all(self, node: Any, predicate: NamedNode) -> list[Any]:
        """All values."""

    def one(self, node: Any, predicate: NamedNode) -> Term | None:
        """The value; an error when there are several."""

    def text(self, node: Any, predicate: NamedNode) -> str | None:
        """The value's text."""

    def texts(self, node: Any, predicate: NamedNode) -> Texts:
        """Texts with their languages."""

    def integer(self, node: Any, predicate: NamedNode) -> int | None:
        """A whole number."""

    def date(self, node: Any, predicate: NamedNode) -> datetime.date | None:
        """A day."""

    def organisation(self, node: Any) -> Organisation:
        """An organisation that is described."""


def read_outcome_parts(found: Lookup, outcome: NamedNode, minter: IriMinter) -> dict[str, Any]:
    """Return the fields of `OutcomeRecord` that `outcome_parts` states.

    Raises:
        RecordError: a value is not what its property holds.
    """
    reporter = found.one(outcome, OG.reportingOrganisation)
    shares = {
        found.one(node, OG.sector): found.text(node, OG.share)
        for node in found.all(outcome, OG.allocation)
    }
    return {
        "gender_marker": found.integer(outcome, OG.genderMarker),
        "sectors": tuple(
            _read_sector(found, v, minter, shares.get(v)) for v in found.all(outcome, OG.sector)
        ),
        "recipients": tuple(
            _read_recipient(found, v, minter) for v in found.all(outcome, OG.recipient)
        ),
        "measures": tuple(
            _read_measure(found, v) for v in _in_order(found, found.all(outcome, OG.measure))
        ),
        "reporting_organisation": found.organisation(reporter) if reporter is not None else None,
    }


def read_project_parts(found: Lookup, node: Any) -> dict[str, Any]:
    """Return the fields of `Project` that `project_parts` states."""
    return {
        "descriptions": found.texts(node, DCTERMS.description),
        "start": found.date(node, OG.startDate),
        "end": found.date(node, OG.endDate),
        "status": found.text(node, OG.projectStatus),
        "partners": tuple(
            Partner(role, found.organisation(v))
            for role, predicate in PARTNER_PREDICATES.items()
            for v in found.all(node, predicate)
        ),
    }


def _in_order(found: Lookup, nodes: Iterable[Any]) -> list[Any]:
    return sorted(nodes, key=lambda n: (found.integer(n, OG.position) or 0, n.value))


def _read_sector(found: Lookup, node: Any, minter: IriMinter, share: str | None) -> Sector:
    parts = minter.parts(node) if isinstance(node, NamedNode) else ()
    if len(parts) != 4 or parts[:2] != ("concept", "sector"):
        raise RecordError(
            f"The sector {getattr(node, 'value', node)!r} must be an IRI "
            f"{minter.base}concept/sector/VOCABULARY/CODE."
        )
    return Sector(parts[2], parts[3], found.texts(node, SKOS.prefLabel), share)


def _read_recipient(found: Lookup, node: Any, minter: IriMinter) -> Recipient:
    place = found.one(node, OG.country) or found.one(node, OG.region)
    parts = minter.parts(place) if isinstance(place, NamedNode) else ()
    if len(parts) < 2:
        raise RecordError("A recipient must name a country or a region of ours.")
    return Recipient(parts[-1], found.text(node, OG.share))


def _read_measure(found: Lookup, node: Any) -> Measure:
    ascending = found.text(node, OG.ascending)
    return Measure(
        titles=found.texts(node, DCTERMS.title),
        descriptions=found.texts(node, DCTERMS.description),
        unit=found.text(node, OG.unitOfMeasure),
        ascending=None if ascending is None else ascending in ("true", "1"),
        references=tuple(v.value for v in found.all(node, OG.indicatorReference)),
        baselines=_read_periods(found, found.all(node, OG.baseline)),
        periods=_read_periods(found, found.all(node, OG.period)),
    )


def _read_periods(found: Lookup, nodes: Iterable[Any]) -> tuple[Period, ...]:
    return tuple(
        Period(
            start=found.date(node, OG.periodStart),
            end=found.date(node, OG.periodEnd),
            year=found.integer(node, OG.year),
            target=found.text(node, OG.targetValue),
            actual=found.text(node, OG.actualValue),
            target_comment=found.texts(node, OG.targetComment),
            actual_comment=found.texts(node, OG.actualComment),
            dimensions=tuple(v.value for v in found.all(node, OG.dimension)),
            places=tuple(v.value for v in found.all(node, OG.place)),
        )
        for node in _in_order(found, nodes)
    )
