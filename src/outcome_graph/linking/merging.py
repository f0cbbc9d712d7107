"""Each organisation is described once in a record, wherever the record names it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from outcome_graph.model import Candidate, LegalAct, Organisation, OutcomeRecord, Project, Text

__all__ = ["described_once", "map_organisations"]


def map_organisations(
    record: OutcomeRecord, change: Callable[[str, Organisation], Organisation]
) -> OutcomeRecord:
    """Return the record with every organisation in it replaced.

    Parameters:
        record: the record.
        change: makes the new organisation of the field it stands in ("funders", "constituents",
            "contributors", "passed_by", "partners", "reporting_organisation") and the old one.
    """

    def act(value: LegalAct) -> LegalAct:
        passed_by = value.passed_by and change("passed_by", value.passed_by)
        return value if passed_by is value.passed_by else replace(value, passed_by=passed_by)

    def project(value: Project) -> Project:
        funders = tuple(change("funders", o) for o in value.funders)
        partners = tuple(
            replace(p, organisation=change("partners", p.organisation)) for p in value.partners
        )
        if funders == value.funders and partners == value.partners:
            return value
        return replace(value, funders=funders, partners=partners)

    def candidate(value: Candidate) -> Candidate:
        match value.value:
            case Organisation():
                return replace(value, value=change(value.field, value.value))
            case LegalAct():
                return replace(value, value=act(value.value))
            case Project():
                return replace(value, value=project(value.value))
        return value

    reporter = record.reporting_organisation
    contribution = record.contribution
    if contribution is not None:
        contributors = tuple(change("contributors", o) for o in contribution.contributors)
        contribution = replace(contribution, contributors=contributors)
    return record.with_changes(
        funders=tuple(change("funders", o) for o in record.funders),
        constituents=tuple(change("constituents", o) for o in record.constituents),
        contribution=contribution,
        reporting_organisation=reporter and change("reporting_organisation", reporter),
        legal_acts=tuple(act(a) for a in record.legal_acts),
        projects=tuple(project(p) for p in record.projects),
        candidates=tuple(candidate(c) for c in record.candidates),
    )


def described_once(record: OutcomeRecord) -> OutcomeRecord:
    """Describe organisations of the same slug alike: with all that is said of them anywhere.

    Of several names in one language the first in order stays.
    """
    known: dict[str, Organisation] = {}

    def collect(_: str, organisation: Organisation) -> Organisation:
        other = known.get(organisation.slug)
        if other is None:
            known[organisation.slug] = organisation
        elif other != organisation:
            known[organisation.slug] = _one(other, organisation)
        return organisation

    map_organisations(record, collect)
    return map_organisations(record, lambda _, organisation: known[organisation.slug])


def _one(organisation: Organisation, other: Organisation) -> Organisation:
    names: dict[str, Text] = {}
    for text in sorted((*organisation.names, *other.names), key=lambda t: (t.language, t.value)):
        names.setdefault(text.language, text)
    return Organisation(
        slug=organisation.slug,
        names=tuple(names.values()),
        type=organisation.type or other.type,
        country=organisation.country or other.country,
        identifier=organisation.identifier or other.identifier,
    )
