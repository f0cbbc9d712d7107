"""Comparing names: folding away what people write differently, and tables to look names up in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Generic, TypeVar

__all__ = ["ARTICLES", "NameTable", "fold", "one_spelling", "plain", "words_of"]

_T = TypeVar("_T")
_APOSTROPHES = re.compile("['’‘ʼ`´]")
_GAPS = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Return a text in small letters, without accents, with single spaces; punctuation stays."""
    if text.isascii():  # nothing to take apart, in a tenth of the time
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(unicodedata.normalize("NFC", bare).split())


def words_of(text: str) -> frozenset[str]:
    """Return the words of a list parted by spaces."""
    return frozenset(text.split())


#: Words that are spelt in two ways.
_SPELLINGS = {
    "st": "saint",
    "program": "programme",
    "labor": "labour",
    "organisation": "organization",
    "center": "centre",
}
_DOTTED = re.compile(r"(?:[A-Z]\.){2,8}[A-Z]?")
#: Articles that may stand before a name.
ARTICLES = words_of("the le la les l el los las")


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Fold a name for comparing: small letters, no accents, words parted by single spaces.

    Punctuation parts words ("Côte d’Ivoire" becomes "cote d ivoire"), "&" is "and".
    """
    return _GAPS.sub(" ", plain(text.replace("&", " and "))).strip()


_AMERICAN = re.compile(r"\b(labor|program|center)\b", re.IGNORECASE)
_CO_APART = re.compile(r"\bco-(?=operat|ordin)", re.IGNORECASE)


def one_spelling(name: str) -> str:
    """Write a name with "and" for "&", "Co" for "Co-" and British spellings: one way for all."""
    spelt = _CO_APART.sub("co", " ".join(name.replace("&", " and ").split()))
    return _AMERICAN.sub(lambda m: _SPELLINGS[m[1].lower()], spelt)


#: "Co-operation", "co ordination": one word today.
_CO = re.compile(r"\bco (?=operat|ordin)")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


@lru_cache(maxsize=16384)
def name_keys(text: str) -> tuple[str, ...]:
    """Return the folded forms under which a name is looked up, the plainest first.

    "the" is dropped, "St" read as "Saint", "Program" as "Programme", "Co-operation" as
    "Cooperation", "ü" may be "ue", and apostrophes may be left out ("Lao Peoples …").
    """
    variants = {text: None, _APOSTROPHES.sub("", text): None}
    if not text.isascii():
        variants[text.translate(_UMLAUTS)] = None
    keys = dict.fromkeys(_key(variant) for variant in variants)
    return tuple(key for key in keys if key)


def _key(text: str) -> str:
    folded = _CO.sub("co", fold(text))
    return " ".join(_SPELLINGS.get(word, word) for word in folded.split() if word != "the")


class NameTable(Generic[_T]):
    """Names of things. Of two things of the same name the better-ranked name wins, or neither.

    A name in capitals throughout ("WHO", "BIT", "UK") is found only as it is written: in small
    letters it may be a word.
    """

    def __init__(self) -> None:
        self._names: dict[str, tuple[int, _T | None]] = {}
        self._capitals: dict[str, tuple[int, _T | None]] = {}

    def add(self, name: str, value: _T, rank: int = 0) -> None:
        """Enter a name; a lower rank is a stronger claim to it."""
        if is_abbreviation(name):
            _enter(self._capitals, name, value, rank)
        else:
            for key in name_keys(name):
                _enter(self._names, key, value, rank)

    def find(self, name: str) -> _T | None:
        """Return what bears the name, with or without an article before it."""
        for form in _forms(name):
            found = self._capitals.get(form)
            if found is None:
                found = next((self._names[k] for k in name_keys(form) if k in self._names), None)
            if found is not None:
                return found[1]
        return None

    def folded(self) -> Iterator[tuple[tuple[str, ...], _T]]:
        """Yield the unambiguous names, abbreviations left out, as folded words."""
        for key, (_, value) in self._names.items():
            if value is not None:
                yield tuple(key.split()), value

    def abbreviations(self) -> dict[str, _T]:
        """Return the unambiguous abbreviations."""
        return {name: value for name, (_, value) in self._capitals.items() if value is not None}


def is_abbreviation(name: str) -> bool:
    """Tell whether a name is one word of two to eight capitals: "WHO", "UK"."""
    return name.isascii() and name.isalpha() and name.isupper() and 2 <= len(name) <= 8


def _enter(table: dict[str, tuple[int, _T | None]], key: str, value: _T, rank: int) -> None:
    known = table.get(key)
    if known is None or rank < known[0]:
        table[key] = (rank, value)
    elif rank == known[0] and known[1] != value:
        table[key] = (rank, None)


def _forms(name: str) -> Iterator[str]:
    if _DOTTED.fullmatch(name.strip()):
        # "U.N.D.P."
        yield name.strip().replace(".", "")
    name = name.strip(" \t\n.,;:")
    yield name
    words = re.split(r"[\s'’]+", name, maxsplit=1)
    if len(words) == 2 and words[0].lower() in ARTICLES:
        yield words[1]
