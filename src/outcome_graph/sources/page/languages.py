"""Telling English, French and Spanish apart by their commonest words."""

from __future__ import annotations

import re

from outcome_graph.sources.text import fold

__all__ = ["LANGUAGES", "detect_language", "is_portuguese", "word_counts"]

LANGUAGES = ("en", "fr", "es")

#: Words that one of the three languages uses often and the others do not use.
_WORDS = {
    "en": "the of and to in for with was were by on that has have is are from which been its "
    "their at this",
    "fr": "le les des du et une dans pour par ete est qui sur aux au avec ont sont cette ce ces "
    "leur leurs ainsi",
    "es": "el los las del y una para por fue con se un al como su sus fueron han esta este "
    "sido entre",
}
_LANGUAGE_OF = {word: language for language, words in _WORDS.items() for word in words.split()}
#: What Portuguese has and Spanish has not, and the other way round.
_PORTUGUESE = frozenset(
    {"uma", "nao", "pelo", "pela", "ao", "aos", "sao", "em", "foi", "num", "numa", "os"}
)
_NOT_PORTUGUESE = frozenset({"el", "los", "las", "del", "y", "una", "con", "fue", "al", "su", "un"})
_FEW = 4
_WORD = re.compile(r"[a-z]+")
#: The beginning of a text tells its language; reading more costs time.
_ENOUGH = 20_000


def word_counts(text: str) -> dict[str, int]:
    """Count the telling words of each language in a text."""
    counts = dict.fromkeys(LANGUAGES, 0)
    for word in _WORD.findall(fold(text[:_ENOUGH]).lower()):
        language = _LANGUAGE_OF.get(word)
        if language:
            counts[language] += 1
    return counts


def is_portuguese(text: str) -> bool:
    """Tell whether a text is in Portuguese, which has many of the words of Spanish."""
    words = _WORD.findall(fold(text[:_ENOUGH]).lower())
    ours, others = (sum(w in some for w in words) for some in (_PORTUGUESE, _NOT_PORTUGUESE))
    return ours >= _FEW and ours > 2 * others


def detect_language(text: str, default: str = "en") -> str:
    """Return "en", "fr" or "es"; ``default`` when the words do not tell."""
    counts = word_counts(text)
    best = max(LANGUAGES, key=lambda language: (counts[language], language == default))
    second = max(counts[language] for language in LANGUAGES if language != best)
    return best if counts[best] > second else default
