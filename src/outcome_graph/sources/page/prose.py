"""Tools for reading facts out of prose: sentences, and proper names that begin at a place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from outcome_graph.sources.page.words.bodies import (
    ADJECTIVES,
    CONNECTORS,
    HEADS,
    HEADS_FIRST,
    KNOWN,
    NOUNS,
    PLURAL_HEADS,
    STARTERS,
    SUBJECTS,
    WITH_COMMA,
    words_of,
)
from outcome_graph.sources.page.words.small import ARTICLE, ARTICLES
from outcome_graph.sources.text import SourceText, Span, fold

__all__ = [
    "capitalised",
    "is_clear",
    "is_subject",
    "read_name",
    "read_names",
    "sentences",
]

_END = re.compile(r"[.!?][\"')]{0,2}(?=\s+[\"'(]?[A-Z0-9])|\n")
_ABBREVIATION = re.compile(
    r"\b(?:[Nn]|[Nn]os?|[Nn]ro?|[Nn]um|[Aa]pprox|[Ee]nv|[Mm]rs?|[Dd]r|[Ss]t|[Aa]rts?|[Vv]s|etc|"
    r"[Ss]ra?|[Jj]an|[Ff]eb|[Mm]ar|[Aa]pr|[Jj]un|[Jj]ul|[Aa]ug|[Ss]ept?|[Oo]ct|[Nn]ov|[Dd]ec|"
    r"[Ii]\.e|[Ee]\.g|[A-Z])$"
)
_WORD = re.compile(r"[^\W_](?:[\w-]|&(?=\w)|\.(?=\w)|'(?=\w))*(?:(?<=s)'(?!\w))?")
#: Words that may stand inside a name in lower case, if the name goes on after them.
_LINKS = words_of(
    "of for and de du des la le les l d et y del los las el the da do dos das und van von au aux "
    "a pour para"
)
#: Lower-case words that end or continue French and Spanish names.
_LOWER = words_of(
    "nationale national nationaux federal federale ministres ministre republique etat deputes "
    "generale general superieur supreme constituant transition royaume roi senat peuple nacional "
    "ministros ministro republica estado diputados legislativa constitucional superior europeenne "
    "europeen francaise francais allemande belge suisse canadienne italienne espagnole danoise "
    "suedoise norvegienne finlandaise neerlandaise luxembourgeoise japonaise coreenne europea "
    "europeo espanola alemana suiza italiana noruega sueca danesa japonesa coreana africaine "
    "africaine mondiale internationale mundial internacional interamericano developpement "
    "desarrollo cooperation cooperacion travail trabajo sociale social affaires etrangeres "
    "asuntos exteriores sante salud finances finanzas economique economica economico allemand "
    "suedois danois norvegien neerlandais japonais coreen canadien italien espagnol wallonne "
    "flamande aleman espanol italiano japones coreano canadiense noruego sueco danes "
    "plurinational plurinationale plurinacional president presidente conjoint conjunto commun "
    "comun"
)
#: First words of a name that may be written small: "gouvernement du Luxembourg".
_SMALL_HEADS = words_of(
    "government governments gouvernement gouvernements gobierno gobiernos kingdom royaume reino "
    "union parlement parlamento parliament president presidente cabinet cooperation cooperacion"
)
_MONTH_LIKE = words_of(
    "january february march april may june july august september october november december"
)
#: Bodies whose names go on after "and": "Ministry of Labour and Social Affairs".
_LONG_HEADS = words_of(
    "ministry minister ministre ministro department ministere ministerio agency agence agencia "
    "office secretariat directorate direction direccion departement departamento commission "
    "chamber chambers chambre camara secretaria subsecretaria viceministerio comision "
    "superintendencia secretariado commissariat ministra ministros"
)
#: Bodies that are for something: "Qatar Fund for Development", "Banque pour".
_FOR_BODY = re.compile(
    r"\b(?:fund|bank|foundation|trust|cent(?:re|er)|institute|organi[sz]ation|initiative|facility|"
    r"fonds|banque|fondation|fondo|banco|fundacion|agencia)(?:\s(?:conjoint|conjunto|commun))?\s{1,4}$",
    re.IGNORECASE,
)
_MOST_WORDS = 16
_AMPERSAND = re.compile(r"&\s{1,2}(?=[A-Z])")


def sentences(source: SourceText, span: Span) -> Iterator[Span]:
    """Yield the sentences of a stretch of prose; a line end always ends one.

    Parameters:
        source: the text. span: the stretch.
    """
    start = span.start
    for end in _END.finditer(source.match, span.start, span.end):
        before = source.match[max(start, end.start() - 8) : end.start()]
        if end[0][0] == "." and _ABBREVIATION.search(before):
            continue
        yield from _some(source, Span(start, end.end()))
        start = end.end()
    yield from _some(source, Span(start, span.end))


def _some(source: SourceText, span: Span) -> Iterator[Span]:
    trimmed = source.trim(span)
    if trimmed.start < trimmed.end:
        yield trimmed


def read_name(source: SourceText, start: int, end: int) -> Span | None:
    """Read a proper name that begins at a place, after an article.

    It goes on over words with a capital, and over "of", "and", "de" … when the name continues
    after them. "and" joins two names rather than two parts of one, except in names of ministries
    and the like.

    Parameters:
        source: the text. start: where. end: no further than here.
    """
    article = ARTICLE.match(source.match, start, end)
    at = article.end() if article else start
    first = _WORD.match(source.match, at, end)
    if not first or not _begins(first[0]):
        return None
    with_comma = WITH_COMMA.match(source.match, at, end)
    last = with_comma.end() if with_comma else first.end()
    may_join = first[0].lower() in _LONG_HEADS
    for _ in range(_MOST_WORDS):
        step = _next_word(source.match, last, end, may_join)
        if step is None:
            break
        may_join = may_join or source.match[last:step].split()[-1].lower() in _LONG_HEADS
        last = step
    return Span(at, _with_subjects(source, last, end) if may_join else last)


_SUBJECT_WORDS = NOUNS | ADJECTIVES | SUBJECTS
_FURTHER_SUBJECT = re.compile(
    r"(?P<joint>\s?,\s|\s?,?\s(?:and|et|y|e)\s)(?:(?:of|de|du|des|del|da|do|l')\s?|de la\s|"
    r"de l'|d')?"
    r"(?P<words>[^\W\d_][\w'-]*(?:\s(?:of\s|de\s|la\s)?[^\W\d_][\w'-]*){0,3})",
    re.IGNORECASE,
)


def _with_subjects(source: SourceText, last: int, end: int) -> int:
    """Go on over the subjects of a ministry: "Ministry of Labour, Solidarity and Social Security".

    Only a list that ends in "and" is one; a name that follows is no subject.
    """
    at = last
    while further := _FURTHER_SUBJECT.match(source.match, at, end):
        words = re.finditer(r"[^\W_][\w'-]*", source.match[further.start("words") : further.end()])
        known = 0
        for word in words:
            if word[0].lower() in _SUBJECT_WORDS:
                known = word.end()
            elif word[0].lower() not in ("of", "de", "la"):
                break
        if not known:
            return last
        at = further.start("words") + known
        if further["joint"].strip(" ,"):
            country = _OF_PLACE.match(source.match, at, end)
            if country:
                return country.end()
            follows = re.compile(r"\s[A-Z]").match(source.match, at, end)
            return last if follows else at
    return last


#: "Ministry of Health, Labour and Welfare of Japan".
_OF_PLACE = re.compile(
    r"\s(?:of|de|du|del|des)\s(?:the\s|la\s)?[A-Z][\w'-]+(?:\s(?:of\s|de\s)?[A-Z][\w'-]+){0,3}"
)


def _begins(word: str) -> bool:
    return (word[0].isupper() and word.lower() not in _MONTH_LIKE) or word.lower() in _SMALL_HEADS


def _next_word(match: str, at: int, end: int, may_join: bool) -> int | None:
    """Return where the next word of a name ends, None when the name is at its end."""
    gap = re.compile(r"\s{1,4}|(?<=')").match(match, at, end)
    if not gap or "\n\n" in gap[0]:
        return None
    at, before = gap.end(), ""
    for _ in range(4):
        ampersand = _AMPERSAND.match(match, at, end)
        at = ampersand.end() if ampersand else at
        word = _WORD.match(match, at, end)
        if not word:
            return None
        text = word[0]
        bare = text.lower()
        elided = re.match(r"[ld]'(?=\w)", bare)
        if elided:
            rest = text[2:]
            if rest[0].isupper() or rest.lower() in _LOWER:
                return word.end()
            return None
        if bare in ("and", "et", "y") and not may_join:
            return None
        if bare in ("for", "pour", "para") and not (
            may_join or _FOR_BODY.search(match, max(0, at - 40), at)
        ):
            return None
        if bare in ARTICLES and before in ("", "and", "et", "y"):
            # "from Luxembourg the ILO …", "Agency … and the Ministry …": another; "of the" goes on.
            return None
        before = bare
        if bare in _LINKS and text[0].islower():
            after = re.compile(r"\s{1,4}").match(match, word.end(), end)
            if not after:
                return None
            at = after.end()
            continue
        if text[0].isupper() and bare not in _MONTH_LIKE:
            return word.end()
        return word.end() if bare in _LOWER else None
    return None


#: The common words of names: alone they name no body in particular.
_COMMON = (
    NOUNS
    | ADJECTIVES
    | SUBJECTS
    | HEADS
    | HEADS_FIRST
    | PLURAL_HEADS
    | CONNECTORS
    | STARTERS
    | words_of(
        "state etat estado donors donor bailleurs donantes partners partenaires socios embassy"
    )
)
#: After a name these say that it goes on, in a way that was not read.
_GOES_ON = re.compile(r"\s?[&/+@]|-\s?\w|'\w")
_JOINED = re.compile(r"\s(?:and|et|y)\s(?:(?:of|des|del|de|du|la)\s|l')*(?P<next>[\w-]+)")


def is_clear(source: SourceText, name: Span, *, bound: bool = False) -> bool:
    """Whether a name that was read in prose is surely whole, one, and that of some body.

    Parameters:
        source: the text. name: where it stands. bound: what follows is known to be another word.
    """
    words = source.match[name.start : name.end].lower()
    if words in KNOWN:
        return True
    if not bound and _GOES_ON.match(source.match, name.end):
        return False
    if any(joint["next"] not in _COMMON for joint in _JOINED.finditer(words)):
        return False
    return any(word[0] not in _COMMON for word in _WORD.finditer(words))


def is_subject(name: str) -> bool:
    """Whether words name but what a ministry is of: "Labour", "Solidarity and Social Security"."""
    words = (word[0].lower() for word in _WORD.finditer(fold(name)))
    return all(word in _SUBJECT_WORDS or word in CONNECTORS for word in words)


#: What may stand behind a name in a list: its initials, through whom, in which programme.
_ASIDE = re.compile(
    r"\s?\([^()\n]{2,60}\)"
    r"|,\s(?:through|via|under|par le biais d|dans le cadre d|a traves d|en el marco d)"
    r"[^,;.()\n]{3,60}(?=,?\s(?:and|et|y)\s(?:by|from|of|par|por|de|du|del)\s)",
    re.IGNORECASE,
)
_AND = re.compile(
    r"\s*,?\s+(?:and|et|y|e|as well as|ainsi que)\s+(?:(?:of|by|from|par|por|de|du|del)\s+)?",
    re.IGNORECASE,
)
_COMMA = re.compile(r"\s*,\s+(?:(?:by|par|por)\s+)?", re.IGNORECASE)
_FROM = re.compile(r"(?:de\s+|du\s+|des\s+|del\s+|d'|of\s+|from\s+)", re.IGNORECASE)


def read_names(source: SourceText, start: int, end: int, *, closed: bool = False) -> list[Span]:
    """Read a list of names: "A", "A and B", "A, B and C".

    Commas belong to the list only if it ends in "and": after "financed by A, the ILO …" a new
    phrase begins.

    Parameters:
        source: the text. start: where. end: no further than here.
        closed: they stand behind a label, "(funds: A, B)": commas part them up to a bracket.
    """
    first = read_name(source, start, end)
    if not first:
        return []
    names: list[Span] = [first]
    waiting: list[Span] = []
    at = _after_aside(source, first.end, end)
    for _ in range(12):
        joint = _AND.match(source.match, at, end)
        comma = None if joint else _COMMA.match(source.match, at, end)
        found = joint or comma
        if not found:
            break
        after = _FROM.match(source.match, found.end(), end)
        name = read_name(source, after.end() if after else found.end(), end)
        if not name:
            break
        waiting.append(name)
        at = _after_aside(source, name.end, end)
        if joint:
            names += waiting
            waiting = []
    whole = closed and source.match[at : at + 1] in (")", "")
    return names + waiting if whole else names


def _after_aside(source: SourceText, at: int, end: int) -> int:
    aside = _ASIDE.match(source.match, at, end)
    return aside.end() if aside else at


def capitalised(text: str) -> str:
    """Return a text with its first letter as a capital."""
    return text[:1].upper() + text[1:]
