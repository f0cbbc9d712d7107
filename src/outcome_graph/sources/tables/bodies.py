"""Whether the cells of a column name bodies, and which: payers, agencies, constituents.

Each test answers for a whole column, and yes only where its cells can hardly be anything else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from outcome_graph.sources.page.words.bodies import CONNECTORS, HEADS, HEADS_FIRST
from outcome_graph.sources.tables.inner import split_bodies
from outcome_graph.sources.tables.rows import Cell
from outcome_graph.sources.tables.values import IN_BRACKETS, KnownWords, is_country, names_in
from outcome_graph.sources.text import fold

__all__ = [
    "are_agencies",
    "are_bodies",
    "are_mostly_payers",
    "are_named_bodies",
    "are_names",
    "are_payers",
    "has_small_words",
    "listed_agencies",
    "listed_bodies",
    "name_donors",
]

_AND = re.compile(r"\s+(?:and|et|y|e)\s+")
_INITIALS = re.compile(r"[A-Z][A-Z&-]{1,9}")
_BIG_WORD = re.compile(r"[^\W\d_]{4,}")
#: What titles say that has been done; hardly a name has these words.
_DONE = re.compile(
    r"\b(?:adopted|approved|enacted|passed|launched|extended|created|established|ratified|"
    r"introduced|opened|raised|reformed|signed|adoptee?s?|approuvee?s?|lancee?s?|creee?s?|"
    r"etendue?s?|ratifiee?s?|aprobad[oa]s?|adoptad[oa]s?|cread[oa]s?|ampliad[oa]s?|"
    r"ratificad[oa]s?|lanzad[oa]s?|promulgad[oa]s?)\b"
)
#: Of ten names so many must look like those of bodies; none is longer, in characters.
_BODIES, _LONGEST_BODY = 0.8, 120
_CONSTITUENTS = frozenset(("government", "workers", "employers"))


def are_payers(cells: Sequence[Cell], known: KnownWords) -> bool:
    """Tell whether cells name organisations or countries that we know, as a column of payers."""
    texts = all(isinstance(cell, str) for cell in cells)
    return texts and len(cells) > 1 and all(_is_payer(name, known) for name in _names(cells, known))


def are_mostly_payers(cells: Sequence[Cell], known: KnownWords) -> bool:
    """Tell whether most names are of those who pay, others of bodies that are no constituents."""
    names = _names(cells, known)
    others = [name for name in names if not _is_payer(name, known)]
    bodies = all(
        _is_body(name, known) and known.type_of_body(name) not in _CONSTITUENTS for name in others
    )
    return bodies and 2 * len(others) < len(names)


def name_donors(cells: Sequence[Cell], known: KnownWords) -> bool:
    """Tell whether cells name governments or their agencies, as those of donors do."""
    return any(known.is_donor(name) or is_country(name, known) for name in _names(cells, known))


def are_agencies(cells: Sequence[Cell], known: KnownWords) -> bool:
    """Tell whether most names are of bodies that work in many countries, and none constituents'."""
    names = _names(cells, known)
    agencies = [name for name in names if known.works_in_many_countries(name)]
    constituents = any(known.type_of_body(name) in _CONSTITUENTS for name in names)
    return 2 * len(agencies) > len(names) > 0 and not constituents


def are_names(cells: Sequence[Cell]) -> bool:
    """Tell whether cells name bodies: "Caisse nationale de prévoyance", "Trades Union Congress"."""
    return all(isinstance(cell, str) and _is_name(cell.strip()) for cell in cells)


def are_bodies(cells: Sequence[Cell], known: KnownWords, *, asked: bool) -> bool:
    """Tell whether cells name bodies, and some at least by a word such as "Ministry".

    Parameters:
        cells: those of a column that are not blank. known: the reference data.
        asked: whether the heading asks for bodies, so that most may be told by initials.
    """
    names = _listed(cells)
    named = [name for name in names if _is_body(name, known)]
    typed = [name for name in named if known.type_of_body(name) is not None]
    fewest = max(1, 0 if asked else len(names) / 2)
    return len(named) >= _BODIES * len(names) and len(typed) >= fewest


def are_named_bodies(cells: Sequence[Cell], known: KnownWords) -> bool:
    """Tell whether cells name bodies of any type, most by a word for one or known, no persons."""
    names = _listed(cells)
    told = [
        name
        for name in names
        if all(map(known.is_organisation, names_in(name)))
        or known.is_organisation(name)
        or (_is_body(name, known) and _is_headed(name))
    ]
    return (
        bool(names)
        and all(_is_body(name, known) for name in names)
        and (len(told) >= _BODIES * len(names))
    )


def listed_agencies(words: str, known: KnownWords) -> list[str] | None:
    """Part names by commas where each is of a body that works in many countries, or initials."""
    names = [name.strip() for name in words.split(",")]
    some = len(names) > 1 and any(map(known.works_in_many_countries, names))
    if some and all(known.works_in_many_countries(n) or _INITIALS.fullmatch(n) for n in names):
        return names
    return None


def listed_bodies(words: str) -> list[str] | None:
    """Part a list such as "Ministry of Labour, COTU and FKE"; None where a part is no body alone.

    Each part begins, in English ends, with what bodies are called, or is their initials.
    """
    *firsts, last = (part.strip() for part in words.split(","))
    ends = _AND.split(last)
    if len(ends) == 2 and all(map(_is_body_alone, ends)):
        firsts, last = [*firsts, ends[0]], ends[1]
    names = [*firsts, last]
    return names if len(names) > 1 and all(map(_is_body_alone, names)) else None


def _is_body_alone(words: str) -> bool:
    return bool(_INITIALS.fullmatch(words)) or (_is_headed(words) and not has_small_words(words))


def has_small_words(words: str) -> bool:
    """Tell whether words are no name in capitals but have small ones, or say what was done."""
    big = [word for word in _BIG_WORD.findall(words) if word.lower() not in CONNECTORS]
    return any(not word[0].isupper() for word in big) or _says_done(words)


def _says_done(words: str) -> bool:
    return bool(_DONE.search(fold(words).lower()))


def _names(cells: Sequence[Cell], known: KnownWords) -> list[str]:
    """The names in cells, parted by all that may part names but within known ones."""
    pieces = (piece.strip() for cell in cells for piece in re.split("[;,\n]", str(cell)))
    return [
        IN_BRACKETS.sub("", name)
        for piece in pieces
        for name in ([piece] if known.is_organisation(piece) else names_in(piece))
    ]


def _listed(cells: Sequence[Cell]) -> list[str]:
    """The names in cells as they are read; none where a cell is no text."""
    if not all(isinstance(cell, str) for cell in cells):
        return []
    return [IN_BRACKETS.sub("", name) for cell in cells for name in split_bodies(str(cell))]


def _is_payer(name: str, known: KnownWords) -> bool:
    forms = (name, IN_BRACKETS.sub("", name))
    return any(known.is_payer(words) or is_country(words, known) for words in forms)


def _is_body(words: str, known: KnownWords) -> bool:
    return len(words) <= _LONGEST_BODY and (_is_name(words) or known.is_organisation(words))


def _is_name(words: str) -> bool:
    """Whether words may name a body: no sentence, and in capitals or begun with a word for one."""
    if words.endswith((".", "!", "?")) or _says_done(words):
        return False
    return not has_small_words(words) or _is_headed(words)


def _is_headed(words: str) -> bool:
    """Whether words begin, in English end, with what bodies are called."""
    found = [fold(word).lower() for word in _BIG_WORD.findall(words)]
    return bool(found) and (found[0] in HEADS_FIRST | HEADS or found[-1] in HEADS)
