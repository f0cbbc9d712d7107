"""Evidence and candidates of a record that a row of a table changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from outcome_graph.model import Activity, Candidate, Evidence, OutcomeRecord, key_of

__all__ = ["merge_readings"]


def merge_readings(
    stored: OutcomeRecord, before: OutcomeRecord, row: OutcomeRecord, merged: OutcomeRecord
) -> OutcomeRecord:
    """Return the merged record with the readings that still hold.

    Evidence of what is no longer stated goes, and so do candidates for what is stated now; readings
    that linking made of the row, and did not make before, come to it.

    Parameters:
        stored: the record. before: the record as a row. row: the row. merged: what came of them.
    """
    moved = _moved_activities(stored, merged)
    evidence = [kept for e in stored.evidence if (kept := _kept(e, stored, merged, moved))]
    evidence += [e for e in row.evidence if e not in before.evidence and _states(merged, e)]
    new = [
        c
        for c in row.candidates
        if c not in before.candidates and c.key not in _keys(merged, c.field)
    ]
    # What is asked again, more or less surely than before, is one question.
    asked = {_question(c) for c in new}
    candidates = [
        c
        for c in stored.candidates
        if not _newly_stated(c.field, c.key, stored, merged) and _question(c) not in asked
    ]
    candidates += new
    return merged.with_changes(evidence=tuple(evidence), candidates=tuple(candidates))


def _question(candidate: Candidate) -> tuple[str, str, str]:
    return candidate.field, candidate.key, candidate.quote


def _kept(
    evidence: Evidence, stored: OutcomeRecord, merged: OutcomeRecord, moved: dict[str, str]
) -> Evidence | None:
    if evidence.field == "activities":
        key = moved.get(evidence.key)
        return replace(evidence, key=key) if key is not None else None
    if _value(stored, evidence.field) == _value(merged, evidence.field):
        return evidence
    return evidence if _states(merged, evidence) else None


def _states(record: OutcomeRecord, evidence: Evidence) -> bool:
    return evidence.key in _keys(record, evidence.field)


def _newly_stated(field: str, key: str, stored: OutcomeRecord, merged: OutcomeRecord) -> bool:
    return key in _keys(merged, field) and key not in _keys(stored, field)


def _value(record: OutcomeRecord, field: str) -> object:
    if field in ("contributors", "activities"):
        return getattr(record.contribution, field, ())
    return getattr(record, field, None)


def _keys(record: OutcomeRecord, field: str) -> set[str]:
    value = _value(record, field)
    if isinstance(value, tuple):
        return {key_of(item) for item in value if not isinstance(item, Activity)}
    return {str(value)} if value is not None else set()


def _moved_activities(stored: OutcomeRecord, merged: OutcomeRecord) -> dict[str, str]:
    """Return the new numbers of the stored activities that are still told."""
    left = list(_numbered(merged))
    moved: dict[str, str] = {}
    for number, activity in _numbered(stored):
        found = next((item for item in left if item[1] == activity), None)
        found = found or next((i for i in left if i[1].titles == activity.titles), None)
        if found is not None:
            left.remove(found)
            moved[number] = found[0]
    return moved


def _numbered(record: OutcomeRecord) -> Iterator[tuple[str, Activity]]:
    activities = record.contribution.activities if record.contribution else ()
    return ((str(n), activity) for n, activity in enumerate(activities, 1))
