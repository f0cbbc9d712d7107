"""What decisions do to a record: pure functions from record to record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from outcome_graph.errors import RecordError
from outcome_graph.linking.merging import described_once
from outcome_graph.model import (
    Activity,
    Candidate,
    CandidateValue,
    Contribution,
    Evidence,
    Organisation,
    OutcomeRecord,
    Project,
    key_of,
)

__all__ = ["in_place_of", "stated", "states", "undone", "without"]

#: What a record states is as sure as this, where it stands among what a decision takes from it.
_STATED = 1.0

_SINGLE = ("country", "step", "result_type", "biennium", "visibility", "indicator")
_MANY = (
    "legal_acts",
    "projects",
    "funders",
    "constituents",
    "sdg_goals",
    "sdg_targets",
    "sdg_indicators",
    "branches",
)


def states(record: OutcomeRecord, field: str, key: str) -> bool:
    """Tell whether a record states an item."""
    return key in _keys(record, field)


def _keys(record: OutcomeRecord, field: str) -> set[str]:
    if field == "contributors":
        return {o.slug for o in record.contribution.contributors} if record.contribution else set()
    if field == "activities":
        return {activity.key for activity in _activities(record)}
    value = getattr(record, field, None)
    if isinstance(value, tuple):
        return {key_of(item) for item in value}
    return set() if value is None else {str(value)}


def _activities(record: OutcomeRecord) -> tuple[Activity, ...]:
    return record.contribution.activities if record.contribution else ()


def _evidence_key(record: OutcomeRecord, candidate: Candidate) -> str:
    """What evidence calls a candidate's value once it is stated: activities are numbered then."""
    for number, activity in enumerate(_activities(record), 1):
        if activity == candidate.value:
            return str(number)
    return candidate.key


def without(record: OutcomeRecord, taken: Sequence[Candidate]) -> OutcomeRecord:
    """Return the record without these candidates."""
    return record.with_changes(candidates=tuple(c for c in record.candidates if c not in taken))


def in_place_of(record: OutcomeRecord, taken: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return the bodies that a record states under the very words of candidates.

    A misspelt name is stated as a body of its own while it awaits review; what it is decided to be
    takes its place.

    Parameters:
        record: the record. taken: the candidates that are decided to be right, or corrected.
    """
    return tuple(
        Candidate(c.field, body, c.quote, _STATED)
        for c in taken
        if isinstance(c.value, Organisation)
        for body in _bodies(record, c.field)
        if body.slug != c.key and c.quote in {name.value for name in body.names}
    )


def _bodies(record: OutcomeRecord, field: str) -> tuple[Organisation, ...]:
    if field == "contributors":
        return record.contribution.contributors if record.contribution else ()
    return record.funders if field == "funders" else record.constituents


def _is_in_place(candidate: Candidate) -> bool:
    return candidate.confidence == _STATED and isinstance(candidate.value, Organisation)


def stated(
    record: OutcomeRecord, meant: Candidate, taken: Sequence[Candidate], decision: str
) -> OutcomeRecord:
    """State what a candidate proposes, or what is meant instead, with the words as evidence.

    Parameters:
        record: the record.
        meant: field and value to state.
        taken: the candidates that are decided, with what stands `in_place_of` them; they go, and
            the candidates' words become evidence.
        decision: the name of the decision, which the evidence of what is new names.

    Raises:
        RecordError: the record has room for one value and states another, or the field is none
            that can be stated so.
    """
    record = without(record, taken)
    for other in filter(_is_in_place, taken):
        if other.key != meant.key:
            record = _without_item(record, other.field, other.key)
            kept = (e for e in record.evidence if (e.field, e.key) != (other.field, other.key))
            record = record.with_changes(evidence=tuple(kept))
    taken = [candidate for candidate in taken if not _is_in_place(candidate)]
    # Stated by decisions alone so far: it goes when the last of them is undone.
    key = _evidence_key(record, meant)
    decided = any(e.decision and (e.field, e.key) == (meant.field, key) for e in record.evidence)
    record, new = _with_item(record, meant.field, meant.value)
    marked = decision if new or decided else None
    key = _evidence_key(record, meant)
    evidence = [
        Evidence(meant.field, key, c.quote, c.confidence, c.start, c.end, marked) for c in taken
    ]
    # The contract: a funder is one of the outcome also when it is known only through a project.
    funders = meant.value.funders if isinstance(meant.value, Project) else ()
    for funder in funders:
        record, new = _with_item(record, "funders", funder)
        if new:
            evidence += [replace(e, field="funders", key=funder.slug) for e in evidence[:1]]
    return described_once(record.with_changes(evidence=(*record.evidence, *evidence)))


def _with_item(
    record: OutcomeRecord, field: str, value: CandidateValue
) -> tuple[OutcomeRecord, bool]:
    """Return the record with an item, and whether that is new."""
    if states(record, field, key_of(value)):
        return record, False
    if field == "contributors" and isinstance(value, Organisation):
        contribution = record.contribution or Contribution()
        contributors = (*contribution.contributors, value)
        contribution = replace(contribution, contributors=contributors)
        return record.with_changes(contribution=contribution), True
    if field == "activities" and isinstance(value, Activity):
        contribution = record.contribution or Contribution()
        contribution = replace(contribution, activities=(*contribution.activities, value))
        return record.with_changes(contribution=contribution), True
    if field in _MANY:
        return record.with_changes(**{field: (*getattr(record, field), value)}), True
    if field not in _SINGLE or not isinstance(value, str):
        raise RecordError(f"A candidate for {field.replace('_', ' ')} cannot be stated; reject it.")
    present = getattr(record, field)
    if present is not None:
        raise RecordError(
            f"Record {record.id} states the {field.replace('_', ' ')} {present}; it has room for "
            f"one, not also for {value}. Reject the candidate, or change the record first."
        )
    return record.with_changes(**{field: _of_type(field, value)}), True


def _of_type(field: str, value: str) -> Any:
    if field != "step":
        return value
    if value not in ("1", "2", "3"):
        raise RecordError(f"There is no step {value}: steps are 1, 2 and 3.")
    return int(value)


def undone(
    record: OutcomeRecord, decision: str, candidates: Sequence[Candidate]
) -> tuple[OutcomeRecord, int]:
    """Take back what a decision stated, and put its candidates back.

    What the source states by itself meanwhile stays, and needs no candidate.

    Parameters:
        record: the record as it is.
        decision: the name of the decision.
        candidates: what the decision took from the record.

    Returns:
        The record, and how many candidates were put back.
    """
    made = {(e.field, e.key) for e in record.evidence if e.decision == decision}
    kept = tuple(e for e in record.evidence if e.decision != decision)
    record = record.with_changes(evidence=kept)
    still = {(e.field, e.key) for e in kept}
    for field, key in made - still:
        record = _without_item(record, field, key)
    for other in filter(_is_in_place, candidates):
        record, _ = _with_item(record, other.field, other.value)
    candidates = [c for c in candidates if not _is_in_place(c)]
    back = [c for c in candidates if not states(record, c.field, c.key)]
    return record.with_changes(candidates=(*record.candidates, *back)), len(back)


def _without_item(record: OutcomeRecord, field: str, key: str) -> OutcomeRecord:
    if field == "contributors":
        if record.contribution is None:
            return record
        left = tuple(o for o in record.contribution.contributors if o.slug != key)
        contribution: Contribution | None = replace(record.contribution, contributors=left)
        return record.with_changes(
            contribution=contribution if contribution != Contribution() else None
        )
    if field == "activities":
        return _without_activity(record, int(key))
    value = getattr(record, field)
    if isinstance(value, tuple):
        return record.with_changes(**{field: tuple(v for v in value if key_of(v) != key)})
    return record.with_changes(**{field: None}) if str(value) == key else record


def _without_activity(record: OutcomeRecord, number: int) -> OutcomeRecord:
    """Take an activity out; those after it move up, and so does their evidence."""
    contribution = record.contribution
    if contribution is None or not 0 < number <= len(contribution.activities):
        return record
    left = contribution.activities[: number - 1] + contribution.activities[number:]
    evidence = tuple(
        replace(e, key=str(int(e.key) - 1))
        if e.field == "activities" and int(e.key) > number
        else e
        for e in record.evidence
    )
    return record.with_changes(
        contribution=replace(contribution, activities=left), evidence=evidence
    )
