"""The words of a line of names, one by one."""

from __future__ import annotations

from dataclasses import dataclass

from outcome_graph.sources.page.words import bodies as lex
from outcome_graph.sources.text import Span

__all__ = ["Token"]


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a line of names, or a separator."""

    span: Span
    #: Lower-case matching text; "(" for a bracket, "," for any separator.
    word: str
    capital: bool
    acronym: bool = False
    #: Directly joined to the token before, without a space: "WelfareLao".
    glued: bool = False
    #: A separator that always ends a name.
    hard: bool = False

    @property
    def proper(self) -> bool:
        """Whether it is in no list: the name of a country, a people, a place."""
        w = self.word
        return (
            self.capital
            and w not in lex.HEADS
            and w not in lex.HEADS_FIRST
            and w not in lex.PLURAL_HEADS
            and w not in lex.NOUNS
            and w not in lex.ADJECTIVES
            and w not in lex.STARTERS
            and w not in lex.CONNECTORS
            and not (lex.COMMON_ENDING.search(w) and w not in lex.NOT_COMMON)
        )
