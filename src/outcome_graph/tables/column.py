"""What a column is: its headings, what its cells hold, where its drop-down comes from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

__all__ = ["LANGUAGES", "Column", "Kind", "Words", "listed", "same"]

LANGUAGES = ("en", "fr", "es")


class Words(NamedTuple):
    """The same words in the three languages."""

    en: str
    fr: str
    es: str

    def get(self, language: str) -> str:
        """Return the words in a language, in English when it is none of the three."""
        return getattr(self, language) if language in LANGUAGES else self.en


class Kind(Enum):
    """What the cells of a column hold."""

    ID = "identifier"
    TEXT = "text"
    DATE = "date"
    YEAR = "year"
    NUMBER = "whole number"
    CODE = "code"
    CHOICE = "one of a list"
    ADDRESS = "web address"
    CODES = "list of codes"
    CHOICES = "list, from a list"
    ORGANISATIONS = "list of names"
    CONSTITUENTS = "list of: name (type)"
    LEGAL_ACTS = "list of: kind | number | date or year | passed by | title | country"
    PROJECTS = "list of: symbol | title | funder | funder …"
    ACTIVITIES = "list of: title | start | end | place | participants"

    @property
    def is_list(self) -> bool:
        """Whether a cell holds several values, and the column may be repeated."""
        return self.value.startswith("list")


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Parameters:
        key: its name in programs, that of the JSON of ``convert --to json``.
        field: the field of `OutcomeRecord` it fills; "contribution" is the narrative of the
            contribution, whose other parts are "contributors" and "activities".
        kind: what its cells hold.
        headings, help, example: in the three languages.
        scheme: where its drop-down comes from: a concept scheme, or "country", "language".
        synonyms: other headings people use.
        loose: headings that may mean other things too: they count when no other column is it.
        width: width in a workbook, in characters.
    """

    key: str
    field: str
    kind: Kind
    headings: Words
    help: Words
    example: Words
    scheme: str | None = None
    synonyms: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    width: int = 16


def listed(words: str) -> tuple[str, ...]:
    """Return headings that are parted by semicolons."""
    return tuple(heading.strip() for heading in words.split(";"))


def same(words: str) -> Words:
    """Return words that are the same in all three languages."""
    return Words(words, words, words)
