"""Record → plain values: the JSON of ``convert --to json`` (contract, "Command line")."""

from __future__ import annotations

from typing import Any

from outcome_graph.model import (
    Activity,
    Candidate,
    Date,
    Evidence,
    LegalAct,
    Measure,
    Organisation,
    OutcomeRecord,
    Period,
    Project,
    Texts,
    key_of,
    text_in,
)

__all__ = ["record_to_plain"]


def record_to_plain(record: OutcomeRecord) -> dict[str, Any]:
    """Return a record as the contract's JSON object, ready for ``json.dumps``.

    Dates are ISO 8601; ``country`` is alpha-3; ``step`` an integer; SDG codes and names strings.
    A text in several languages is given in the record's language, with the others below
    ``translations``.
    """
    contribution = record.contribution
    language = record.language
    return {
        "id": record.id,
        "profile": record.profile,
        "language": language,
        "code": record.code,
        "country": record.country,
        "region": record.region,
        "title": text_in(record.titles, language),
        "achievedOn": _date(record.achieved_on),
        "achievedInYear": record.achieved_in,
        "periodStart": _date(record.period_start),
        "periodEnd": _date(record.period_end),
        "biennium": record.biennium,
        "indicator": record.indicator,
        "indicatorStatement": text_in(record.indicator_statement, language),
        "step": record.step,
        "resultType": text_in(record.result_statement, language) or record.result_type,
        "resultTypeCode": record.result_type,
        "visibility": record.visibility,
        "achievement": text_in(record.achievement, language),
        "contribution": contribution
        and {
            "contributors": [o.name for o in contribution.contributors],
            "narrative": text_in(contribution.narrative, language),
            "activities": [_activity(a, language) for a in contribution.activities],
        },
        "genderEquality": text_in(record.gender_equality, language),
        "legalActs": [_legal_act(a, language) for a in record.legal_acts],
        "projects": [_project(p, language) for p in record.projects],
        "funders": [o.name for o in record.funders],
        "constituents": [{"name": o.name, "type": o.type} for o in record.constituents],
        "sdgGoals": list(record.sdg_goals),
        "sdgTargets": list(record.sdg_targets),
        "sdgIndicators": list(record.sdg_indicators),
        "branches": list(record.branches),
        "measures": [_measure(m, language) for m in record.measures],
        "recipients": [{"place": r.place, "share": r.share} for r in record.recipients],
        "sectors": [
            {
                "vocabulary": s.vocabulary,
                "code": s.code,
                "name": text_in(s.names, language),
                "share": s.share,
            }
            for s in record.sectors
        ],
        "genderMarker": record.gender_marker,
        "reportingOrganisation": record.reporting_organisation
        and record.reporting_organisation.name,
        "source": record.source
        and {
            "name": record.source.name,
            "sha256": record.source.sha256,
            "mediaType": record.source.media_type,
            "size": record.source.size,
            "url": record.source.url,
        },
        "evidence": [_evidence(e) for e in record.evidence],
        "candidates": [_candidate(c) for c in record.candidates],
        "translations": _translations(record),
    }


def _date(day: Date | None) -> str | None:
    return day.isoformat() if day else None


def _activity(activity: Activity, language: str) -> dict[str, Any]:
    return {
        "title": text_in(activity.titles, language),
        "startDate": _date(activity.start),
        "endDate": _date(activity.end),
        "place": activity.place,
        "participants": activity.participants,
    }


def _legal_act(act: LegalAct, language: str) -> dict[str, Any]:
    return {
        "number": act.number,
        "type": act.type,
        "date": _date(act.date),
        "year": act.year,
        "passedBy": act.passed_by.name if act.passed_by else None,
        "jurisdiction": act.place,
        "title": text_in(act.titles, language),
    }


def _project(project: Project, language: str) -> dict[str, Any]:
    return {
        "identifier": project.identifier,
        "title": text_in(project.titles, language),
        "funders": [o.name for o in project.funders],
        "partners": [{"role": p.role, "name": p.organisation.name} for p in project.partners],
        "description": text_in(project.descriptions, language),
        "startDate": _date(project.start),
        "endDate": _date(project.end),
        "status": project.status,
    }


def _measure(measure: Measure, language: str) -> dict[str, Any]:
    return {
        "title": text_in(measure.titles, language),
        "description": text_in(measure.descriptions, language),
        "unit": measure.unit,
        "ascending": measure.ascending,
        "references": list(measure.references),
        "baselines": [_period(p, language) for p in measure.baselines],
        "periods": [_period(p, language) for p in measure.periods],
    }


def _period(period: Period, language: str) -> dict[str, Any]:
    return {
        "start": _date(period.start),
        "end": _date(period.end),
        "year": period.year,
        "target": period.target,
        "actual": period.actual,
        "targetComment": text_in(period.target_comment, language),
        "actualComment": text_in(period.actual_comment, language),
        "dimensions": list(period.dimensions),
        "places": list(period.places),
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "field": evidence.field,
        "key": evidence.key,
        "quote": evidence.quote,
        "confidence": evidence.confidence,
        "start": evidence.start,
        "end": evidence.end,
        "decision": evidence.decision,
    }


def _candidate(candidate: Candidate) -> dict[str, Any]:
    value = candidate.value
    shown = value.name if isinstance(value, Organisation) else key_of(value)
    if isinstance(value, Activity):
        shown = text_in(value.titles) or shown
    return {
        "field": candidate.field,
        "key": candidate.key,
        "value": shown,
        "quote": candidate.quote,
        "confidence": candidate.confidence,
        "start": candidate.start,
        "end": candidate.end,
    }


def _translations(record: OutcomeRecord) -> dict[str, dict[str, str]]:
    fields: dict[str, Texts] = {
        "title": record.titles,
        "achievement": record.achievement,
        "genderEquality": record.gender_equality,
        "resultType": record.result_statement,
        "indicatorStatement": record.indicator_statement,
        "narrative": record.contribution.narrative if record.contribution else (),
    }
    return {
        name: {t.language: t.value for t in values if t.language != record.language}
        for name, values in fields.items()
        if any(t.language != record.language for t in values)
    }
