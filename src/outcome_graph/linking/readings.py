"""Carrying evidence, candidates and problems along while a draft is linked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from outcome_graph.draft import WHOLE, Draft, Problem, Severity
from outcome_graph.model import Candidate, OutcomeRecord

__all__ = ["changed", "drop_stated_candidates", "problem", "repointed", "with_problems"]


def problem(draft: Draft, severity: Severity, message: str, field: str) -> Problem:
    """Make a problem about a field, with its place in the source, or that of the record."""
    return Problem(severity, message, field, draft.location(field) or draft.location(WHOLE))


def with_problems(draft: Draft, problems: Iterable[Problem]) -> Draft:
    """Return the draft with those problems it does not hold yet."""
    new = [p for p in dict.fromkeys(problems) if p not in draft.problems]
    return draft.with_problems(new) if new else draft


def changed(draft: Draft, record: OutcomeRecord, problems: Iterable[Problem] = ()) -> Draft:
    """Return the draft with another record and further problems."""
    if record is not draft.record:
        draft = replace(draft, record=record)
    return with_problems(draft, problems)


def repointed(
    record: OutcomeRecord, moved: Mapping[tuple[str, str], tuple[str, str, float]]
) -> OutcomeRecord:
    """Point evidence at what its items are called now.

    Parameters:
        record: the record.
        moved: by (field, key) as they were: field and key as they are, and the confidence of the
            link. Two readings that both must hold are as sure as the less sure of them.
    """
    evidence = []
    for item in record.evidence:
        field, key, confidence = moved.get((item.field, item.key), (item.field, item.key, 1.0))
        if (field, key) != (item.field, item.key) or confidence < item.confidence:
            confidence = min(item.confidence, confidence)
            item = replace(item, field=field, key=key, confidence=confidence)
        evidence.append(item)
    if tuple(evidence) == record.evidence:
        return record
    return record.with_changes(evidence=tuple(evidence))


def drop_stated_candidates(record: OutcomeRecord, stated: Mapping[str, set[str]]) -> OutcomeRecord:
    """Leave out candidates for what the record states anyway.

    Parameters:
        record: the record. stated: the keys that each field states.
    """
    kept = tuple(c for c in record.candidates if not _is_stated(c, stated))
    return record if len(kept) == len(record.candidates) else record.with_changes(candidates=kept)


def _is_stated(candidate: Candidate, stated: Mapping[str, set[str]]) -> bool:
    return candidate.key in stated.get(candidate.field, ())
