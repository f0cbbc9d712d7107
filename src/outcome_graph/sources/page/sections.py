"""A page and its sections: what each holds, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from outcome_graph.sources.text import Span

__all__ = ["Kind", "Page", "Section"]


class Kind(Enum):
    """What a section holds; the value names it in messages."""

    RESULT = "Result achieved"
    PROJECTS = "Linked projects"
    SUMMARY = "Outcome summary"
    ACHIEVED = "Outcome achieved"
    CONTRIBUTION = "ILO's contribution to the outcome"
    GENDER = "Gender equality & non-discrimination"
    CONSTITUENTS = "Constituents"
    GOALS = "SDGs"
    BRANCHES = "Branches"
    FUNDERS = "Funders"
    FACTS = "Key facts"
    OTHER = "Background"


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a page under one heading.

    Parameters:
        kind: what it holds; None for what stands before any heading.
        heading: where the heading stands. body: what follows, up to the next heading.
        language: the heading's language. continued: what goes on after a line of another kind.
        known: whether its heading is a known one. told: whether a heading says what it holds at
        all; else its words do.
    """

    kind: Kind | None
    heading: Span
    body: Span
    language: str | None = None
    continued: bool = False
    known: bool = True
    told: bool = True


@dataclass(slots=True)
class Page:
    """One result page within a text: its sections in the order in which they stand."""

    sections: list[Section] = field(default_factory=list)

    def of(self, kind: Kind) -> list[Section]:
        """The sections of one kind: one on most pages."""
        return [s for s in self.sections if s.kind is kind]

    @property
    def kinds(self) -> set[Kind]:
        """The kinds of section the page has."""
        return {s.kind for s in self.sections if s.kind}

    @property
    def span(self) -> Span:
        """From its first heading to its end."""
        return Span(self.sections[0].heading.start, self.sections[-1].body.end)
