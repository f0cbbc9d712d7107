"""SDG goals, targets and indicators: from titles and any usual spelling to the UN's codes.

Codes and hierarchy are those of the UN's SDG vocabulary (``data/sdg.ttl``). A code that does not
exist is an error. Whether a target belongs to a stated goal is for the shapes to judge: no goal is
invented here.
"""

from __future__ import annotations

from dataclasses import replace

from outcome_graph.draft import STATED, Draft, Problem
from outcome_graph.linking.readings import changed, problem, repointed
from outcome_graph.model import Candidate, OutcomeRecord
from outcome_graph.vocabulary import Knowledge, SdgCode, SdgCodes

__all__ = ["link_sdg"]

_FIELDS = {"goal": "sdg_goals", "target": "sdg_targets", "indicator": "sdg_indicators"}
_UNKNOWN = {
    "sdg_goals": "There is no SDG goal {code}: the goals are numbered 1 to 17. Check the number.",
    "sdg_targets": "There is no SDG target {code}. Check its number, for example 1.3.",
    "sdg_indicators": "There is no SDG indicator {code}. Check its number, for example 1.3.1.",
}


def link_sdg(draft: Draft, knowledge: Knowledge) -> Draft:
    """Turn what a draft says of the SDGs into codes, each in the field of its kind.

    Parameters:
        draft: the draft. knowledge: the look-up tables.
    """
    record = draft.record
    problems: list[Problem] = []
    codes: dict[str, list[str]] = {field: [] for field in _FIELDS.values()}
    candidates: list[Candidate] = []
    moved: dict[tuple[str, str], tuple[str, str, float]] = {}
    for field in codes:
        for words in getattr(record, field):
            found = knowledge.sdg.read(words)
            complaint = _complaint(draft, field, words, found)
            if complaint is not None:
                problems.append(complaint)
            if found is None or not found.exists:
                continue
            its_field = _FIELDS[found.kind]
            if found.confidence >= STATED:
                codes[its_field].append(found.code)
                moved[field, words] = (its_field, found.code, found.confidence)
            else:
                candidates.append(Candidate(its_field, found.code, words, found.confidence))
    record = repointed(record.with_changes(**{f: tuple(c) for f, c in codes.items()}), moved)
    record = record.with_changes(candidates=_candidates(record, candidates, knowledge.sdg))
    return changed(draft, record, problems)


def _complaint(draft: Draft, field: str, words: str, found: SdgCode | None) -> Problem | None:
    if found is None:
        message = (
            f"“{words}” is no SDG goal, target or indicator that we know, and was left out. "
            "Write its number, for example 1 or 1.3."
        )
        return problem(draft, "warning", message, field)
    if not found.exists:
        message = _UNKNOWN[_FIELDS[found.kind]].format(code=found.code)
        if draft.record.profile == "iati":
            # Published data is often wrong in its codes: the rest of it is kept.
            return problem(draft, "warning", f"{message} It was left out.", field)
        return problem(draft, "error", message, field)
    if found.confidence < STATED:
        message = (
            f"“{words}” may be SDG {found.kind} {found.code}; it awaits review. Write the number "
            "to be sure."
        )
        return problem(draft, "warning", message, field)
    return None


def _candidates(
    record: OutcomeRecord, new: list[Candidate], sdg: SdgCodes
) -> tuple[Candidate, ...]:
    """Link candidates that are codes, and leave out those that the record states anyway."""
    kept: list[Candidate] = []
    for candidate in (*record.candidates, *new):
        if candidate.field not in _FIELDS.values() or not isinstance(candidate.value, str):
            kept.append(candidate)
            continue
        found = sdg.read(candidate.value)
        if found is None or not found.exists:
            continue
        field = _FIELDS[found.kind]
        if found.code not in getattr(record, field):
            confidence = min(candidate.confidence, found.confidence)
            kept.append(replace(candidate, field=field, value=found.code, confidence=confidence))
    return tuple(kept)
