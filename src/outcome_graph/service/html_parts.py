"""What pages are put together from: values for people, texts in a language."""

from __future__ import annotations

from dataclasses import dataclass

from outcome_graph.model import Text, Texts, text_in

__all__ = ["Value", "text_of"]


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
