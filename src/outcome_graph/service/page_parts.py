"""What pages are put together from: links with names, dates as people write them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from outcome_graph.model import Text, Texts, text_in

__all__ = ["Link", "format_date", "format_period", "text_of", "tongue"]


@dataclass(frozen=True, slots=True)
class Link:
    """Something with a name, and a page where it has one."""

    text: str
    href: str | None = None
    language: str | None = None
    note: str | None = None


def format_date(day: datetime.date | None) -> str | None:
    """Return a date as people write it: "1 April 2020"."""
    return f"{day.day} {day:%B} {day.year}" if day else None


def format_period(start: datetime.date | None, end: datetime.date | None) -> str:
    """Return a period in short: "25–27 August 2020", "30 September 2020"."""
    if start is None or end is None or start == end:
        return format_date(start or end) or ""
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{format_date(end)}"
    if start.year == end.year:
        return f"{start.day} {start:%B} – {format_date(end)}"
    return f"{format_date(start)} – {format_date(end)}"


def text_of(values: Texts, language: str) -> Text | None:
    """Return the text in a language, else the one that stands for it; None of none."""
    wanted = text_in(values, language)
    return next((t for t in values if t.value == wanted), None)


def tongue(text: Text | None) -> str | None:
    """Return the language of a text, if there is one."""
    return text.language if text else None
