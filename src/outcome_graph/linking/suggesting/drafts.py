"""Suggestions for records that name no goal and no target: candidates for a reader to review."""

from __future__ import annotations

from dataclasses import replace

from outcome_graph.draft import Draft
from outcome_graph.linking.suggesting.suggester import Suggester, Suggestion
from outcome_graph.model import Candidate, OutcomeRecord, Texts

__all__ = ["with_suggestions"]

#: So many goals, and targets of the likeliest of them, are worth a reader's time.
_GOALS = 2
_TARGETS = 3
_SDG_FIELDS = ("sdg_goals", "sdg_targets")


def with_suggestions(draft: Draft, suggester: Suggester) -> Draft:
    """Return the draft with candidates for its goals and targets when it states none.

    What a record states always wins: nothing is suggested beside it, nor beside candidates that
    the source itself gave rise to.

    Parameters:
        draft: a linked draft.
        suggester: what suggests.
    """
    record = draft.record
    if record.sdg_goals or record.sdg_targets:
        return draft
    if any(candidate.field in _SDG_FIELDS for candidate in record.candidates):
        return draft
    found = suggester.suggest(_text(record), record.language, targets=_TARGETS)
    goals = [item for item in found if "." not in item.code][:_GOALS]
    targets = [i for i in found if goals and i.code.startswith(f"{goals[0].code}.")][:_TARGETS]
    candidates = tuple(_candidate(item) for item in (*goals, *targets))
    if not candidates:
        return draft
    return replace(draft, record=record.with_changes(candidates=(*record.candidates, *candidates)))


def _candidate(item: Suggestion) -> Candidate:
    field = "sdg_targets" if "." in item.code else "sdg_goals"
    return Candidate(field, item.code, ", ".join(item.words), item.confidence)


def _text(record: OutcomeRecord) -> str:
    narrative = record.contribution.narrative if record.contribution else ()
    parts = (record.titles, record.result_statement, record.achievement, narrative)
    return "\n".join(text for texts in parts if (text := _in(texts, record.language)))


def _in(texts: Texts, language: str) -> str:
    chosen = [text.value for text in texts if text.language == language]
    return "\n".join(chosen or [text.value for text in texts[:1]])
