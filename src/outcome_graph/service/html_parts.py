"""What pages are put together from: values for people, texts in a language."""

from __future__ import annotations

from dataclasses import dataclass

from outcome_graph.model import OutcomeRecord, Text, Texts, text_in
from outcome_graph.service.wording import format_date, format_period

__all__ = ["Value", "text_of", "when"]


@dataclass(frozen=True, slots=True)
class Value:
    """A value for people: its text, with an address, a language and a note where it has them."""

    text: str
    href: str | None = None
    language: str | None = None
    note: str | None = None


def text_of(values: Texts, language: str) -> Text | None:
    """Return the text in a language, else the one that stands for it; None of none."""
    wanted = text_in(values, language)
    return next((t for t in values if t.value == wanted), None)


def when(record: OutcomeRecord) -> str | None:
    """Return when a result was achieved, as people write it: a day, a period or a year."""
    if record.achieved_on:
        return format_date(record.achieved_on)
    if record.period_start or record.period_end:
        return format_period(record.period_start, record.period_end)
    return str(record.achieved_in) if record.achieved_in else None
