"""What records hold and an IATI file cannot: told once, so that nobody takes the file for all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from outcome_graph.model import OutcomeRecord

__all__ = ["Losses"]

#: Fields that IATI has no element for, in words.
_FIELDS = (
    ("gender_equality", "texts on gender equality"),
    ("legal_acts", "legal acts"),
    ("constituents", "constituents"),
    ("branches", "branches of social security"),
    ("step", "steps"),
    ("result_statement", "statements of results"),
    ("evidence", "readings"),
    ("candidates", "candidates"),
)
#: How references to SDG indicators begin (IndicatorVocabulary 9).
_SDG = "9/"
#: Result types that IATI has too.
_RESULT_TYPES = ("output", "outcome", "impact", "other")


class Losses:
    """Counts, over the records of a file, what is not written."""

    def __init__(self) -> None:
        self._records: Counter[str] = Counter()

    def note(self, record: OutcomeRecord) -> None:
        """Count what a record that is written holds beyond what is written."""
        self._records.update(set(_beyond(record)))

    def sentence(self) -> str | None:
        """Return what the file does not hold, and in how many records; None when it holds all."""
        if not self._records:
            return None
        named = ", ".join(f"{what} ({n:,})" for what, n in sorted(self._records.items()))
        return f"IATI has no place for these, with how many records hold them: {named}"


def _beyond(record: OutcomeRecord) -> Iterator[str]:
    for field, noun in _FIELDS:
        if getattr(record, field) not in (None, ()):
            yield noun
    contribution = record.contribution
    if contribution is not None and contribution.narrative:
        yield "narratives of contributions"
    if contribution is not None and contribution.activities:
        yield "activities of contributions"
    # The project of a result that was published in IATI is the activity.
    if record.projects[1 if record.profile == "iati" else 0 :]:
        yield "projects"
    if record.result_type is not None and record.result_type not in _RESULT_TYPES:
        yield "result types of the programme"
    references = {r for m in record.measures for r in m.references if r.startswith(_SDG)}
    if len(references) < len(record.sdg_indicators):
        yield "SDG indicators"
    if record.measures and (record.achieved_on or record.achieved_in):
        yield "days of achievement"
