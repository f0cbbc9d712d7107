"""Telling an SDG goal, target or indicator by its official title.

The title may be written with small differences or cut short. ``data/sdg-titles.txt`` holds, for
each of them and each language, the beginnings of the longer words of its title. Words are a title
when nearly all of them are in it and nearly all of it is in them; those of a target also when they
are all in it, are many, and no other title holds them. A word with a letter too many or too few is
still that word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from outcome_graph.resources import resource
from outcome_graph.vocabulary.names import fold

__all__ = ["LANGUAGES", "beginnings", "titled"]

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
#: Titles that share so much are looked at for misspelt words too.
_NEAR = 0.4


def beginnings(words: str) -> frozenset[str]:
    """Return the beginnings of the longer words of a text, without numbers.

    Parameters:
        words: the text, such as the title of a target.
    """
    return frozenset(word[:_BEGINNING] for word in _longer(words))


@lru_cache(maxsize=4096)
def titled(words: str) -> str | None:
    """Return the code of what bears the words as its title, None when nothing does for certain.

    Parameters:
        words: a title, or most of it.

    Returns:
        As the UN's IRIs end: "1", "1.3", "C010301".
    """
    written = beginnings(words)
    if len(written) < _LEAST or len(words.split()) > _LONGEST:
        return None
    titles, holders = _titles()
    common = Counter(n for beginning in written for n in holders.get(beginning, ()))
    misspelt: dict[str, frozenset[str]] | None = None
    best: dict[str, tuple[float, float]] = {}
    for n, shared in common.items():
        code, title = titles[n]
        if shared < len(title) and shared < len(written) and shared > _NEAR * len(written):
            misspelt = misspelt or {w[:_BEGINNING]: frozenset(_slips(w)) for w in _longer(words)}
            shared += _misspelt(misspelt, written - title, title - written)
        score = (shared / (len(title) + len(written) - shared), shared / len(written))
        best[code] = max(score, best.get(code, score))
    # Whole titles first: "floors" is in one title, "access for all" in many.
    whole = _ahead({c: alike for c, (alike, _) in best.items()}, _ALIKE)
    if whole is not None or len(written) < _FEWEST:
        return whole
    part = _ahead({c: within for c, (_, within) in best.items()}, _WITHIN)
    # Goals are told by their own words; here they keep targets from being taken for them.
    return part if part is not None and "." in part else None


def _longer(words: str) -> Iterator[str]:
    return (w for w in fold(words).split() if len(w) >= _SHORTEST and not w.isdecimal())


def _ahead(scores: dict[str, float], least: float) -> str | None:
    ranked = sorted(scores, key=lambda code: -scores[code])[:2]
    if not ranked or scores[ranked[0]] < least:
        return None
    first, second = scores[ranked[0]], scores[ranked[1]] if len(ranked) > 1 else 0.0
    return ranked[0] if first - second >= _AHEAD or first == 1 > second else None


def _misspelt(
    slips: dict[str, frozenset[str]], written: frozenset[str], title: frozenset[str]
) -> int:
    """Count the words of a title that stand misspelt among those written."""
    found = 0
    for beginning in title:
        shorter = {beginning, *_without_one(beginning)}
        found += any(not shorter.isdisjoint(slips[w]) for w in written)
    return min(found, len(written))


def _slips(word: str) -> Iterator[str]:
    """Yield how a word would begin if a letter were too many, and as it does if one is lacking."""
    yield word[: _BEGINNING - 1]
    yield from _without_one(word[: _BEGINNING + 1])


def _without_one(word: str) -> Iterator[str]:
    return (word[:n] + word[n + 1 :] for n in range(len(word)))


@lru_cache(maxsize=1)
def _titles() -> tuple[list[tuple[str, frozenset[str]]], dict[str, list[int]]]:
    """Return the titles as (code, beginnings), and which of them hold each beginning."""
    text = resource("data", "sdg-titles.txt").read_text(encoding="utf-8")
    titles: list[tuple[str, frozenset[str]]] = []
    holders: dict[str, list[int]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            key, _, words = line.partition(":")
            for beginning in words.split():
                holders.setdefault(beginning, []).append(len(titles))
            titles.append((key.split()[0], frozenset(words.split())))
    return titles, holders
