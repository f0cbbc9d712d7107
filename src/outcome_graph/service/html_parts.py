"""What pages are put together from: links with names, texts in a language."""

from __future__ import annotations

from dataclasses import dataclass

from outcome_graph.model import Text, Texts, text_in

__all__ = ["Link", "text_of"]


@dataclass(frozen=True, slots=True)
class Link:
    """Something with a name, and a page where it has one."""

    text: str
    href: str | None = None
    language: str | None = None
    note: str | None = None


def text_of(values: Texts, language: str) -> Text | None:
    """Return the text in a language, else the one that stands for it; None of none."""
    wanted = text_in(values, language)
    return next((t for t in values if t.value == wanted), None)
