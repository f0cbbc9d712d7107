"""The name of a body without what only says whose it is, or how it is abbreviated.

"Netherlands Ministry of Foreign Affairs", "Ministry of Foreign Affairs of the Netherlands" and
"Ministry of Foreign Affairs (MFA), Netherlands" are one ministry: that of foreign affairs, of the
Netherlands.
"""

from __future__ import annotations

import re

from outcome_graph.vocabulary import Countries, Country, fold

__all__ = ["without_abbreviation", "without_country"]

_ABBREVIATED = re.compile(r"(.{8,}?)\s*\(([A-Z][A-Za-z&-]{1,11})\)")
#: What joins a body and its country: ", ", " (", " of the ", " de la ", ", Government of ".
_JOINT = re.compile(
    r"(?:\s*[,(]\s*|\s+(?:of|de|du|des|del|da|do|d['’])\s*"
    r"|\s*[,(]?\s+(?:royal |federal )?(?:government|gouvernement|gobierno) (?:of|du|de|del)\s+)"
    r"(?:the\s+|la\s+|los\s+|las\s+|les\s+|l['’])?$",
    re.IGNORECASE,
)
#: An abbreviation may stand right before its country: "MOFA Japan".
_ABBREVIATION = re.compile(r"[A-Z][a-z]?[A-Z][A-Za-z]{0,6}(?= $)")
#: What may stand between a country and its body: "Australian Government Department of …".
_GOVERNMENT = re.compile(r"^(?:Government|Federal|Royal|State)(?:'s)?\s+(?=\w)")


def without_abbreviation(name: str) -> str:
    """Return a name without the abbreviation in brackets that its own initials make."""
    found = _ABBREVIATED.fullmatch(name.strip())
    if found is None:
        return name
    initials = iter(word[0] for word in fold(found[1]).split())
    letters = [c.lower() for c in found[2] if c.isupper()]
    # Each letter is the initial of a word, in order; small words may be left out.
    return found[1] if len(letters) > 1 and all(c in initials for c in letters) else name


def without_country(name: str, countries: Countries) -> tuple[str, Country] | None:
    """Return a name without the country that stands before or after it, and that country.

    Parameters:
        name: of a body. countries: the country table.
    """
    mentions = countries.mentions(name)
    if mentions and name[mentions[-1].end :].strip(" )") == "":
        before = name[: mentions[-1].start]
        joint = _JOINT.search(before)
        if joint is not None and joint.start() > 0:
            return without_abbreviation(name[: joint.start()]), mentions[-1].country
        if abbreviation := _ABBREVIATION.match(before):
            return abbreviation[0], mentions[-1].country
    if mentions and mentions[0].start == 0:
        return _rest(name, mentions[0].end), mentions[0].country
    first = re.match(r"(?:The |Royal )?(\w+)\s+", name)
    country = countries.by_adjective(first[1]) if first else None
    return (_rest(name, first.end()), country) if first and country else None


def _rest(name: str, at: int) -> str:
    return _GOVERNMENT.sub("", re.sub(r"^['’]s\b", "", name[at:]).strip(" ,-–"))
