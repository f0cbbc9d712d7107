"""Organisations that work in many countries under one name: "Oxfam", "Care Nepal"."""

from __future__ import annotations

import re

from outcome_graph.sources.page.words.bodies import HEADS
from outcome_graph.sources.text import fold

__all__ = ["part_agencies", "works_in_many_countries"]

#: With the name of a country, or of a section, after it.
_NAMED = re.compile(
    r"(?:oxfam|caritas|actionaid|save the children|plan international|world vision|helpage|"
    r"wateraid|islamic relief|christian aid|danchurchaid|norwegian church aid|"
    r"bread for the world|brot fur die welt|misereor|trocaire|helvetas|handicap international|"
    r"humanity and inclusion|medecins du monde|secours catholique|diakonia|we effect|"
    r"(?:\w+ )?red cross|croix-rouge|cruz roja|friedrich[ -]ebert|rosa luxemburg|wiego)"
    r"(?: [\w-]+){0,2}"
)
#: "care" is a word too: one of a country has but that beside it.
_CARE = re.compile(r"care (?:international )?(\w+)")
_INITIALS = re.compile(r"[A-Z]{2,8}")


def works_in_many_countries(name: str) -> bool:
    """Tell whether a name is of an organisation that is known in many countries.

    Parameters:
        name: of a body.
    """
    folded = fold(name.strip()).lower()
    care = _CARE.fullmatch(folded)
    return bool(_NAMED.fullmatch(folded) or (care and care[1] not in HEADS))


def part_agencies(words: str) -> list[str]:
    """Part names by commas where each is of such an organisation, or initials.

    Parameters:
        words: a cell of names, or what stands between two semicolons of it.
    """
    names = [name.strip() for name in words.split(",")]
    some = any(map(works_in_many_countries, names))
    if some and all(works_in_many_countries(n) or _INITIALS.fullmatch(n) for n in names):
        return names
    return [words]
