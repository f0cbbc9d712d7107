"""What a heading that we do not know may still say of a column whose values we know.

A column of countries is the country of the results, unless its heading speaks of who paid; one of
days is the day of the result, unless it speaks of the beginning, of a report, of an entry; "What
our grant led to", "¿Quién los acompañó?" ask for texts and for bodies. These words only forbid or
confirm what the values say (`outcome_graph.sources.tables.by_values`).
"""

from __future__ import annotations

import re

from outcome_graph.tables.heading_words import (
    all_words,
    folded_words,
    is_about,
    speaks_of,
    stands_for,
)
from outcome_graph.tables.headings import find_column
from outcome_graph.tables.lexicon import KEYS, KeyWords
from outcome_graph.tables.senses import BEGINNINGS, SENSES, SOMETHING_ELSE, beginnings, singulars

__all__ = [
    "asks_for",
    "asks_whether_achieved",
    "asks_who_did_it",
    "asks_who_helped",
    "is_vague",
    "may_hold",
    "speaks_of_approval",
    "speaks_of_sdgs",
    "speaks_of_secrecy",
    "tells_of_something_else",
    "visibility_of_yes",
]

_ASKING = {key: beginnings(words.asks) for key, words in KEYS.items() if words.asks}
_SOMETHING_ELSE = beginnings(SOMETHING_ELSE)
_FORBIDDEN = {key: tuple(words.forbids) + BEGINNINGS["not ours"] for key, words in KEYS.items()}
#: Who did the work, whatever body it is; nothing else, such as "Study carried out by".
_DONE_BY = re.compile(
    r"(?:(?:the|it|was|is|were|le|la|el|project|projet|proyecto|programme?|programa|work|support|"
    r"intervention|intervencion|action|accion|service)s? )*"
    r"(?:(?:delivered|carried out|implemented|executed|run|conducted) by|"
    r"(?:realise|execute|mis en oeuvre|mise en oeuvre|mene)e?s? par|"
    r"(?:realizad[oa]|ejecutad[oa]|implementad[oa]|llevad[oa] a cabo)s? por)|"
    r"(?:who|qui|quien(?:es)?|quem) (?:did|carried out|implemented|delivered|ran|a (?:fait|realise|"
    r"execute|mis en oeuvre|mene)|hizo|hicieron|realizo|ejecuto|implemento|fez|executou)"
    r"(?: (?:the |it|this|le |la |l |el |o )?\w*)?"
)
#: Who helped, with money or with work.
_HELPED = re.compile(
    r"\b(?:(?:who|which \w+) (?:helped|assisted|supported)|qui (?:nous )?a (?:aide|appuye|soutenu)|"
    r"quien(?:es)? (?:ayud|apoy|asisti)\w+|(?:avec|with|con|com) (?:le |the |el |la |a |o )?"
    r"(?:concours|assistance|concurso|asistencia|assistencia))\b"
)
#: What a "yes" makes internal, or public.
_SECRET = re.compile(
    r"\b(?:confiden|restric|restrein|restring|secret|sensib|sensit|embargo|not public|non publi|"
    r"no publi|nao publi|reserve? |reservad)|\bintern\w* (?:use|only|usage|uso)\b|"
    r"\b(?:usage|uso) intern|^intern(?:al|e|o|a) $"
)
_OPEN = re.compile(
    r"\b(?:publish|publiable|publicable|publier|publicar|diffus|difund|divulg|disclos|website|"
    r"site web|sitio web|visib)|"
    r"^(?:is |it |this |est |es )*publi(?:c|que|co|ca|cly)(?: y n| yes no)? $"
)
_HIDDEN = re.compile(
    r"\b(?:intern|confiden|restri|secret|reserv|priv|draft|embargo|not (?:for|to be)|do not|"
    r"ne pas|no (?:public|difund|divulg)|nao (?:public|divulg))"
)
_NOTHING = KeyWords()
_SMALL = SENSES["small"]


def asks_for(heading: str) -> frozenset[str]:
    """Return the keys of the columns that a heading may ask for.

    Parameters:
        heading: as it stands in the table.
    """
    words = f"{folded_words(heading)} "
    keys = {key for key, pattern in _ASKING.items() if pattern.search(words)}
    if words.strip() and not all_words(heading) - SENSES["when"] - _SMALL:
        # "Mois", "Day / month": of what is not said, so it is of the result.
        keys.add("achievedOn")
    return frozenset(keys)


def may_hold(heading: str, key: str, *, misnamed: bool = False) -> bool:
    """Tell whether nothing in a heading forbids that its column is the one of a key.

    Parameters:
        heading: as it stands in the table. key: of a column of ours.
        misnamed: whether its values are not what the heading stands for.
    """
    words, of_key = all_words(heading), KEYS.get(key, _NOTHING)
    fits = singulars(of_key.fits)
    others = frozenset(word for word in words if singulars(frozenset((word,))).isdisjoint(fits))
    if key == "title" and words <= SENSES["name"]:
        # Alone they do not say of what; a "short name" may be a title.
        return False
    forbidding = (SENSES["not"] | of_key.forbids_whole) - of_key.fits
    forbidden = _FORBIDDEN.get(key, BEGINNINGS["not ours"])
    if others & forbidding or any(word.startswith(forbidden) for word in others):
        return False
    if not misnamed and is_about(others):
        return False
    # "Donor's country" has a word of ours that stands for something else.
    return misnamed or stands_for(words) <= {key, *of_key.alike}


def asks_whether_achieved(heading: str) -> bool:
    """Tell whether a heading asks how far a result is, or whether it came: "Achieved (Y/N)"."""
    words = all_words(heading) - _SMALL - {"yes", "no", "n", "oui", "non", "si", "sim", "nao"}
    return speaks_of(heading, "status") or (bool(words) and words <= SENSES["achieved"])


def asks_who_did_it(heading: str) -> bool:
    """Tell whether a heading asks by whom the work was done: "Carried out by"."""
    return bool(_DONE_BY.fullmatch(folded_words(heading)))


def asks_who_helped(heading: str) -> bool:
    """Tell whether a heading asks who helped, with money or with work."""
    return bool(_HELPED.search(folded_words(heading)))


def tells_of_something_else(heading: str) -> bool:
    """Tell whether prose below a heading is of what is none of ours: "Lessons", "Next steps"."""
    return bool(_SOMETHING_ELSE.search(f"{folded_words(heading)} "))


def visibility_of_yes(heading: str) -> str | None:
    """Return the visibility that "yes" below a heading means, None where it asks for none."""
    words = f"{folded_words(heading)} "
    if _SECRET.search(words):
        return "internal"
    return "public" if _OPEN.search(words) else None


def speaks_of_secrecy(words: str) -> bool:
    """Tell whether what stands in a cell says that something is not to be seen by all."""
    return bool(_HIDDEN.search(folded_words(words)))


def is_vague(heading: str) -> bool:
    """Tell whether a heading of days says not of what: "Board date", not "Date of adoption"."""
    found = find_column(heading)
    if found is None or not found.loose or not all_words(heading) - SENSES["when"] - _SMALL:
        return False
    return "achievedOn" not in asks_for(heading) and not speaks_of_approval(heading)


def speaks_of_approval(heading: str) -> bool:
    """Tell whether a heading speaks of nothing but that something was approved, or of a text.

    That is of the result, where no column says more plainly when it was achieved.
    """
    words = all_words(heading) - SENSES["when"] - _SMALL
    return bool(words) and all(word.startswith(BEGINNINGS["approving"]) for word in words)


def speaks_of_sdgs(heading: str) -> bool:
    """Tell whether a heading names the SDGs: "Agenda 2030", "Global Goals", "ODD concernés"."""
    words = all_words(heading)
    goals = words & {"goal", "goals", "objectifs", "objetivos"}
    return (
        speaks_of(heading, "sdg")
        or words >= {"agenda", "2030"}
        or bool(goals and words & SENSES["of the world"])
    )
