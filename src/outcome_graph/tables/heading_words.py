"""Headings that people make up: told by the words in them that stand for one thing only.

"Tripartite partners involved" holds partners, "Social security branches covered" branches. A
heading that speaks of two things ("Country of the donor"), or of something about one ("Donor
contact", "Date of next report"), is none of ours: better a column that is named as not read than
one that is read as what it is not.
"""

from __future__ import annotations

import re
import unicodedata

from outcome_graph.tables.lexicon import KEYS
from outcome_graph.tables.senses import BEGINNINGS, SENSES, singulars

__all__ = ["all_words", "folded_words", "is_about", "key_by_words", "speaks_of", "stands_for"]

_BY_WORD = {word: key for key, words in KEYS.items() for word in singulars(words.names)}
_SINGULAR = {sense: singulars(words) for sense, words in SENSES.items()}
_ABOUT = _SINGULAR["about"] | _SINGULAR["not"]
_OF_RESULTS = _SINGULAR["result"] | _SINGULAR["chief"] | _SINGULAR["small"]
_OF_CODES = singulars(KEYS["code"].fits)
_OF_SDGS = {
    "sdgTargets": frozenset(("target", "cible", "meta")),
    "sdgGoals": frozenset(("goal", "objectif", "objetivo", "objectivo")),
}


def folded_words(text: str) -> str:
    """Return the words of a heading in their order, small and without accents."""
    decomposed = unicodedata.normalize(
        "NFKD", text.replace("&", " and ").replace("œ", "oe").casefold()
    )
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def all_words(text: str) -> frozenset[str]:
    """Return the words of a heading, small and without accents."""
    return frozenset(folded_words(text).split())


def speaks_of(heading: str, sense: str) -> bool:
    """Tell whether a heading has a word of a sense.

    Parameters:
        heading: as it stands in the table. sense: one of `lexicon.SENSES` or `lexicon.BEGINNINGS`.
    """
    words = all_words(heading)
    if sense in BEGINNINGS:
        return any(word.startswith(BEGINNINGS[sense]) for word in words)
    return not singulars(words).isdisjoint(_SINGULAR[sense])


def is_about(words: frozenset[str]) -> bool:
    """Tell whether words make a heading one of something else, as "planned" and "contact" do.

    Parameters:
        words: as `all_words` makes them.
    """
    return not _ABOUT.isdisjoint(singulars(words))


def stands_for(words: frozenset[str]) -> set[str]:
    """Return the keys of the columns that words stand for.

    Parameters:
        words: as `all_words` makes them.
    """
    return {_BY_WORD[word] for word in singulars(words) if word in _BY_WORD}


def are_names(words: frozenset[str], key: str) -> bool:
    """Tell whether words are all names of a column, or say that it is of a result: "Result date".

    Parameters:
        words: as `all_words` makes them. key: of the column.
    """
    if key == "achievement":
        return False  # "Explanation", "Details" may be of anything
    return singulars(words) <= singulars(KEYS[key].names) | _SINGULAR["result"]


def key_by_words(words: frozenset[str]) -> str | None:
    """Return the key of the column that the words of a heading stand for, None if not just one.

    Parameters:
        words: as `all_words` makes them.
    """
    single = singulars(words)
    keys = stands_for(words)
    if single & _SINGULAR["code"] and single & _SINGULAR["result"]:
        # "Código de resultado de país", "Code du résultat de programme"
        return None if single & (_ABOUT - _OF_CODES) else "code"
    # The numbers of acts are read.
    if single & (_ABOUT - _SINGULAR["number"] if keys == {"legalActs"} else _ABOUT):
        return None
    if keys == {"legalActs"} and any(word.startswith(BEGINNINGS["former"]) for word in words):
        # "Law amended", "Draft law"
        return None
    if single & _SINGULAR["sdg"]:
        found = [key for key, names in _OF_SDGS.items() if single & names]
        return found[0] if len(found) == 1 else None if found else "sdgGoals"
    if "constituents" in keys and single & _SINGULAR["paying partner"]:
        return "funders" if keys <= {"constituents", "funders"} else None
    if keys == {"constituents", "contributors"}:
        # "Implementing partner"
        return "contributors"
    if keys == {"title", "achievement"}:
        # "Summary description"
        return "achievement"
    if not keys and single & _SINGULAR["result"] and single <= _OF_RESULTS:
        return "title"
    return keys.pop() if len(keys) == 1 else None
