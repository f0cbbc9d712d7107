"""Telling an SDG target by its official title, written with small differences or cut short.

``data/sdg-titles.txt`` holds, for each goal, target and language, the beginnings of the longer
words of its title. Words are a title when nearly all of them are in it and nearly all of it is in
them, or when they are all in it, are many, and no other title holds them.
"""

from __future__ import annotations

from functools import lru_cache

from outcome_graph.resources import resource
from outcome_graph.vocabulary.names import fold

__all__ = ["LANGUAGES", "beginnings", "target_titled"]

LANGUAGES = ("en", "fr", "es")
#: So many letters tell a word; shorter words than so many are left out.
_BEGINNING = 6
_SHORTEST = 4
#: The share of the words of both that must be common, and how far ahead of the next title.
_ALIKE = 0.7
_AHEAD = 0.15
#: A part of a title: how many of its words there must be, and which share of them be in it.
_FEWEST = 6
_WITHIN = 0.9
#: Fewer words, and longer texts, are no titles.
_LEAST = 3
_LONGEST = 120


def beginnings(words: str) -> frozenset[str]:
    """Return the beginnings of the longer words of a text, without numbers.

    Parameters:
        words: the text, such as the title of a target.
    """
    return frozenset(
        word[:_BEGINNING]
        for word in fold(words).split()
        if len(word) >= _SHORTEST and not word.isdecimal()
    )


@lru_cache(maxsize=4096)
def target_titled(words: str) -> str | None:
    """Return the code of the target whose title the words are, None when of none for certain."""
    written = beginnings(words)
    if len(written) < _LEAST or len(words.split()) > _LONGEST:
        return None
    best: dict[str, tuple[float, float]] = {}
    for code, title in _titles():
        common = len(title & written)
        score = (common / len(title | written), common / len(written))
        best[code] = max(score, best.get(code, score))
    # Whole titles first: "floors" is in one title, "access for all" in many.
    return _ahead({c: alike for c, (alike, _) in best.items()}, _ALIKE) or (
        _ahead({c: within for c, (_, within) in best.items()}, _WITHIN)
        if len(written) >= _FEWEST
        else None
    )


def _ahead(scores: dict[str, float], least: float) -> str | None:
    first, second = sorted(scores, key=lambda code: -scores[code])[:2]
    lead = scores[first] - scores[second]
    sure = scores[first] >= least and (lead >= _AHEAD or scores[first] == 1 > scores[second])
    # Goals are told by their own words; here they keep targets from being taken for them.
    return first if sure and "." in first else None


@lru_cache(maxsize=1)
def _titles() -> tuple[tuple[str, frozenset[str]], ...]:
    text = resource("data", "sdg-titles.txt").read_text(encoding="utf-8")
    found = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            key, _, words = line.partition(":")
            found.append((key.split()[0], frozenset(words.split())))
    return tuple(found)
