"""Texts with their languages: what names, titles and prose of records are made of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from outcome_graph.errors import RecordError

__all__ = ["Text", "Texts", "in_order", "text_in", "texts"]

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
#: What XML 1.0 (and so RDF/XML, SPARQL XML and XLSX) cannot hold, besides lone surrogates.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _clean(value: str, what: str) -> str:
    if _FORBIDDEN.search(value):
        raise RecordError(f"The {what} holds control characters that no text may hold.")
    return value


@dataclass(frozen=True, slots=True, order=True)
class Text:
    """A text in one language.

    Parameters:
        value: the text, not empty.
        language: a BCP 47 tag in its usual form, e.g. "en", "pt-BR".

    Raises:
        RecordError: the text is empty or holds control characters, or the tag is malformed.
    """

    value: str
    language: str = "en"

    def __post_init__(self) -> None:
        if not self.value.strip():
            raise RecordError("A text is empty.")
        _clean(self.value, "text")
        object.__setattr__(self, "language", self.language.lower())
        if not _LANGUAGE.fullmatch(self.language):
            raise RecordError(f"{self.language!r} is no language tag; write for example 'en'.")

    def __str__(self) -> str:
        return self.value


#: The same text in several languages, sorted by language.
Texts: TypeAlias = tuple[Text, ...]


def texts(*values: str | Text, language: str = "en") -> Texts:
    """Make sorted `Texts` of texts and of strings in ``language``; empty ones are left out."""
    made = (v if isinstance(v, Text) else Text(v, language) for v in values if str(v).strip())
    return tuple(sorted(set(made), key=lambda t: (t.language, t.value)))


def text_in(values: Texts, language: str = "en") -> str | None:
    """Return the text in ``language``, else in English, else in any language, else None."""
    for wanted in (language, "en"):
        for value in values:
            if value.language == wanted:
                return value.value
    return values[0].value if values else None


def in_order(values: Texts) -> Texts:
    """Return texts sorted by language, none twice."""
    if len(values) < 2:
        return tuple(values)
    return tuple(sorted(set(values), key=lambda t: (t.language, t.value)))
