"""Which goals and targets the words of a text point to.

The words are ours (``data/sdg-terms``), a list for each language. A term weighs more when it says
much on its own, when it is longer, and less when several goals share it; its repetition counts
logarithmically. The sum is divided by the square root of the text's length. Measured on the public
benchmark in docs/suggestions.md.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from outcome_graph.errors import SourceError
from outcome_graph.resources import resource

__all__ = ["LANGUAGES", "Match", "TermList", "goal_of"]

#: Languages that there are terms in, with the stemmer for each.
LANGUAGES = {"en": "english", "fr": "french", "es": "spanish"}
_WORD = re.compile(r"[^\W_]+")
_LONGEST = 4
#: A marked term weighs twice an unmarked one, each further word of a term half a word more.
_MARKED = 2.0
_FURTHER_WORD = 0.5
#: Shorter texts are taken for this many words, so that one word does not decide.
_SHORTEST = 10
_STOPWORDS = {
    "en": "a an and are as at be been but by can for from had has have he her his i if in into is "
    "it its may more most no not of on or our such than that the their them there they this those "
    "these to was we were which who will with would also all any both between other over some "
    "under up about after during each how many much own same should so through too very what when "
    "where while within without",
    "fr": "à au aux avec ce ces cette d dans de des du elle en est et il ils l la le les leur lui "
    "mais n ne nous on ou où par pas plus pour qu que qui s sa se ses son sont sur un une",
    "es": "a al con como de del e el en es esta este la las le lo los más no o para pero por que "
    "se sin son su sus u un una y",
}


def goal_of(code: str) -> str:
    """Return the goal of a goal or target: "1" of "1.3"."""
    return code.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Match:
    """A term that a text holds.

    Parameters:
        words: the words of the text, as they stand in it the first time.
        start, end: where that is, in characters.
        weights: how much it speaks for each code.
    """

    words: str
    start: int
    end: int
    weights: dict[str, float]


class TermList:
    """The terms of one language."""

    def __init__(self, language: str, lines: Iterator[str]) -> None:
        self._stem = snowballstemmer.stemmer(LANGUAGES[language]).stemWord
        self._stems: dict[str, str] = {}
        self._stopwords = frozenset(_STOPWORDS[language].split())
        self._terms: dict[tuple[str, ...], dict[str, float]] = defaultdict(dict)
        for number, line in enumerate(lines, 1):
            if line.strip() and not line.startswith("#"):
                self._add(line, f"data/sdg-terms/{language}.txt, line {number}")

    @classmethod
    @lru_cache(maxsize=len(LANGUAGES))
    def load(cls, language: str) -> TermList:
        """Return the terms of a language, those in English where we have none.

        Raises:
            NotFoundError: the packaged file is missing.
            SourceError: it is damaged.
        """
        known = language.lower().partition("-")[0]
        if known not in LANGUAGES:
            return cls.load("en")
        path = resource("data", "sdg-terms", f"{known}.txt")
        with path.open(encoding="utf-8") as lines:
            return cls(known, lines)

    def _add(self, line: str, place: str) -> None:
        code, colon, terms = line.partition(":")
        if not colon or not re.fullmatch(r"\d{1,2}(\.(\d{1,2}|[a-d]))?", code):
            raise SourceError(f"{place}: a line is CODE: term; term; …")
        for term in terms.split(";"):
            text = term.strip()
            stems = tuple(stem for stem, _, _ in self._stems_of(text.rstrip("!")))
            if not 0 < len(stems) <= _LONGEST:
                raise SourceError(f"{place}: “{text}” has no word to it, or more than {_LONGEST}.")
            weight = _MARKED if text.endswith("!") else 1.0
            weight *= 1 + _FURTHER_WORD * (len(stems) - 1)
            known = self._terms[stems]
            known[code] = max(known.get(code, 0.0), weight)

    def _stems_of(self, text: str) -> Iterator[tuple[str, int, int]]:
        for found in _WORD.finditer(text):
            word = unicodedata.normalize("NFC", found[0].lower())
            if word in self._stopwords:
                continue
            stem = self._stems.get(word)
            if stem is None:
                stem = self._stem(word)
                if len(self._stems) < 200_000:
                    self._stems[word] = stem
            yield stem, found.start(), found.end()

    def matches(self, text: str) -> list[Match]:
        """Return the terms in a text, each once, with what they weigh in it."""
        words = list(self._stems_of(text))
        stems = [stem for stem, _, _ in words]
        counts: Counter[tuple[str, ...]] = Counter()
        places: dict[tuple[str, ...], tuple[int, int]] = {}
        for length in range(1, _LONGEST + 1):
            for first in range(len(stems) - length + 1):
                term = tuple(stems[first : first + length])
                if term in self._terms:
                    counts[term] += 1
                    places.setdefault(term, (words[first][1], words[first + length - 1][2]))
        scale = math.sqrt(max(_SHORTEST, len(words)))
        return [
            Match(text[start:end], start, end, self._weights(term, counts[term], scale))
            for term, (start, end) in places.items()
        ]

    def _weights(self, term: tuple[str, ...], count: int, scale: float) -> dict[str, float]:
        codes = self._terms[term]
        goals = {goal_of(code) for code in codes}
        factor = (1 + math.log(count)) / math.sqrt(len(goals)) / scale
        return {code: weight * factor for code, weight in codes.items()}
