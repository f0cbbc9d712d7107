"""Splitting a line of names that the page runs together into organisations.

The page prints the names of constituents one after the other without separators. Where one ends
and the next begins is a reading: each possible boundary gets a score from the words beside it, each
possible name a score from its shape, and the split with the best sum wins (dynamic programming
over a bounded name length, so linear in the line). The score of the boundaries beside a name gives
its confidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from outcome_graph.sources.page.evidence import CLEAR, LIKELY, LOOSE, SURE
from outcome_graph.sources.page.name_tokens import Token
from outcome_graph.sources.page.segmentation import CERTAIN, Part
from outcome_graph.sources.page.words import bodies as lex
from outcome_graph.sources.page.words.small import BEFORE_WORD, BULLETS
from outcome_graph.sources.page.words.work import PARTNERS, SIDES
from outcome_graph.sources.text import SourceText, Span

__all__ = ["FoundName", "is_line_of_names", "language_of", "split_names", "tells"]

#: A line of names is no longer than this many characters.
_LONGEST_LINE = 5000
#: From so many names on a list is known for one; none of them has more words.
_FEWEST = 3
_LONGEST_NAME = 16
_SEPARATORS = 2
_TOKEN = re.compile(
    r"\((?P<paren>[^()\n]{1,80})\)"
    r"|(?P<also>\b(?:ainsi que|as well as|asi como)\b)"
    r"|(?P<elided>\b[ld]')"
    r"|(?P<word>[^\W_](?:[\w.]|['-](?=\w))*(?:'(?!\w))?)"
    r"|(?P<sep>[,;|/•●▪◦‣∙\n]|\s-\s)"
    r"|(?P<other>\S)"
)
_GLUED = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z]{2})|(?<=[)])(?=[A-Z])")
_LABEL = re.compile(
    rf"(?:(?:for|on|pour|por|de|del|par)\s)?{BEFORE_WORD}?(?:{SIDES}|{PARTNERS})"
    r"(?: (?:organi[sz]ations?|representatives|constituents|organisations))? ?:\s*",
    re.IGNORECASE,
)
#: "1. Ministry of Labour": the number of a list.
_ORDINAL = re.compile(r"\d{1,2}[.)]\s{1,4}(?=[A-Z])")
_PROSE = re.compile(
    r"\b(?:was|were|is|are|has|have|had|been|that|which|who|by|this|these|their|its|also|will|"
    r"during|through|ensured|supported|participated|est|sont|ete|ont|qui|que|cette|ces|leurs?|"
    r"fue|fueron|son|han?|durante|sus?|esta|este|se|not|from|into|as|participe|participo|"
    r"participaron)\b"
)
_SENTENCE_END = re.compile(r"[a-z]{3,}[.!?](?:\s+[A-Z]|\s*$)")
#: Verbs of the past in small letters: "funded", "financió", "a financé"; names have none.
_VERB = re.compile(
    r"(?<![\w'-])(?:[a-z]{3,}ed|[a-zñáéíóú]{2,}(?:ó|aron|ieron)|a [a-zéèêîôûç]{2,}é)(?![\w-])"
)
#: What is told of events, not of bodies: a year, how many took part.
_EVENT = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d+ (?:participants?|participantes|people)\b", re.IGNORECASE
)
_BLANK = re.compile(r" +")
_ACRONYM = re.compile(r"[A-Z][A-Z0-9.&-]{1,11}")
_ACRONYM_IN_PAREN = re.compile(r"[A-Za-z&./-]{2,15}")

#: Confidence of a name by how much worse the best split is that lacks one of its ends.
_BY_MARGIN = ((CERTAIN, SURE), (2.5, CLEAR), (1.5, LIKELY))
#: The margin of an end that may as well be another.
_NO_MARGIN = 0.0
#: No word in it says what kind of body it is.
_NO_HEAD = 0.6


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name found in a line.

    Parameters:
        span: where. name: its words, without article and initials in brackets.
        confidence: 0 to 1. language: "en", "fr", "es", None when its words do not tell.
    """

    span: Span
    name: str
    confidence: float
    language: str | None = None


def is_line_of_names(source: SourceText, line: Span) -> bool:
    """Whether a line lists names of organisations, and is not prose about them.

    Parameters:
        source: the text. line: one line.
    """
    if not 4 <= line.end - line.start <= _LONGEST_LINE:
        return False
    words = source.match[line.start : line.end]
    label = _LABEL.match(words) or _ORDINAL.match(words)
    start = label.end() if label else 0
    if not words[start : start + 1].isupper() and words[start : start + 1] not in "•-*":
        return False
    said = words.lower()
    if words.count(";") >= _SEPARATORS:
        # "Ministry of Displaced Persons from …; Agency …; Union …": a name may say whence.
        said = said.replace(" from ", " ")
    if _PROSE.search(said) or _SENTENCE_END.search(words) or _EVENT.search(words):
        return False
    if _VERB.search(source.text, *line):
        return False
    found = split_names(source, line)
    certain = sum(name.confidence > _NO_HEAD for name in found)
    return certain > 0 and 2 * certain >= len(found)


def tells(source: SourceText, line: Span) -> bool:
    """Whether a line has a verb: it tells of bodies rather than names them.

    Parameters:
        source: the text. line: one line.
    """
    return bool(_VERB.search(source.text, *line))


def split_names(source: SourceText, span: Span) -> list[FoundName]:
    """Split a stretch of text that lists names into the names.

    Line ends, semicolons and bullets always separate; commas and "and" do when names stand on
    both sides. A line that breaks within a name ("… Federation of⏎Trade Union") is joined.

    Parameters:
        source: the text. span: one line, or several.
    """
    found: list[FoundName] = []
    parts = _parts(_tokens(source, span))
    if _is_list(parts):
        return [name for part in parts if (name := _whole(source, part))]
    for part in parts:
        for run in _by_language(part):
            found.extend(_split(source, run))
    return found


def _is_list(parts: list[list[Token]]) -> bool:
    """Whether each part is one name: one a line, or parted by semicolons or bullets."""
    if len(parts) < _FEWEST or any(len(part) > _LONGEST_NAME for part in parts):
        return False
    bodies = sum(bool(Part(part).main_heads(0, len(part))) for part in parts)
    return 2 * bodies >= len(parts) and not any(_lists_more(Part(part)) for part in parts)


def _lists_more(part: Part) -> bool:
    """Whether a part lists names itself: after a comma, or without a space, one begins."""
    for n, token in enumerate(part.tokens[1:], 1):
        before = part.tokens[n - 1].word
        # " - " is kept as a comma, but parts of one name stand beside it.
        dash = part.tokens[n - 1].span.end - part.tokens[n - 1].span.start > 1
        begins = part.leads(n) or token.acronym or token.word in lex.STARTERS
        if token.glued or (before == "," and not dash and begins and part.main_heads(0, n - 1)):
            return True
    return False


def _whole(source: SourceText, tokens: list[Token]) -> FoundName | None:
    """Read a part of a list as the one name that it is, whatever words it is made of."""
    part = Part(tokens)
    name = _named(source, part, 0, part.count, CERTAIN)
    if name is None:
        return None
    first, last = part.core(0, part.count)
    sure = SURE if part.main_heads(first, last) else LIKELY
    # "Photo: Ministry of Health": a label that is not known says that it is something else.
    return replace(name, confidence=LOOSE if ":" in name.name else sure)


def _by_language(tokens: list[Token]) -> list[list[Token]]:
    """Part a line whose names are English first and French, Spanish or Portuguese then, or so on.

    The two build names differently: each run of names is split by its own rules.
    """
    cuts = [0]
    romance = None
    for n, token in enumerate(tokens):
        following = tokens[n + 1].word if n + 1 < len(tokens) else ""
        if token.capital and token.word in lex.HEADS_FIRST:
            begins, here = n, True
        elif token.capital and token.word in lex.HEADS and following in ("of", "for"):
            starter = n > cuts[-1] and tokens[n - 1].word in lex.STARTERS
            begins, here = n - starter, False
        else:
            continue
        if romance is not None and here != romance and begins > cuts[-1]:
            cuts.append(begins)
        romance = here
    return [tokens[start:end] for start, end in pairwise([*cuts, len(tokens)])]


def _parts(tokens: list[Token]) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    for n, token in enumerate(tokens):
        if token.hard:
            after = tokens[n + 1] if n + 1 < len(tokens) else None
            broken = parts[-1] and (
                parts[-1][-1].word in lex.CONNECTORS
                or (after and not after.capital and after.word not in ("(", ","))
            )
            if not (broken and token.word == "\n"):
                parts.append([])
        elif len(parts[-1]) < _LONGEST_LINE:
            parts[-1].append(token)
    return [part for part in parts if part]


def _tokens(source: SourceText, span: Span) -> list[Token]:
    tokens: list[Token] = []
    at = span.start
    while at < span.end:
        blank = _BLANK.match(source.match, at, span.end)
        start = blank.end() if blank else at
        label = _LABEL.match(source.match, start, span.end)
        label = label or _ORDINAL.match(source.match, start, span.end)
        if label and (not tokens or tokens[-1].hard):
            at = label.end()
        found = _TOKEN.search(source.match, at, span.end)
        if not found:
            break
        at_start = not tokens or tokens[-1].word == "\n"
        if not (found["other"] == "-" and at_start):
            tokens.extend(_made(source, found, at))
        at = found.end()
    if source.match[span.start : span.end].isupper():
        # All in capitals: they tell no initials.
        return [replace(token, acronym=False) for token in tokens]
    return tokens


def _made(source: SourceText, found: re.Match[str], before: int) -> list[Token]:
    span = Span(*found.span())
    if found["sep"]:
        hard = found["sep"].strip() in ("", ";", "|", *BULLETS)
        hard = hard or source.match[span.start - 1 : span.end + 1] == " / "
        word = "\n" if found["sep"] == "\n" else ","
        return [Token(span, word, False, hard=hard)]
    if found["also"]:
        return [Token(span, ",", False)]
    if found["paren"]:
        return [Token(span, "(", False)]
    if found["other"]:
        hard = found["other"] in "*·"
        return [Token(span, found["other"], False, hard=hard)]
    if found["elided"]:
        return [Token(span, found["elided"].lower(), False)]
    one = found[0].lower() in lex.ONE_WORD
    cuts = [] if one else [m.start() for m in _GLUED.finditer(found[0])]
    text = found[0].rstrip(".")
    tokens = []
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        piece = text[start:end]
        glued = start > 0 or (span.start == before and source.match[before - 1 : before] == ")")
        tokens.append(
            Token(
                Span(span.start + start, span.start + end),
                piece.lower(),
                piece[:1].isupper(),
                bool(_ACRONYM.fullmatch(piece)),
                glued,
            )
        )
    return tokens


# --- the split -----------------------------------------------------------------------------------


def _split(source: SourceText, tokens: list[Token]) -> list[FoundName]:
    """Find the split of one part with the best score, and how much better it is than others."""
    part = Part(tokens)
    cuts, margins = part.best_split()
    stretches = list(pairwise(cuts))
    doubtful = [_is_doubtful(part, *part.core(start, end)) for start, end in stretches]
    found = []
    for n, (start, end) in enumerate(stretches):
        margin = min(
            _margin(part, start, margins[n], n > 0 and doubtful[n - 1]),
            _margin(part, end, margins[n + 1], n + 1 < len(doubtful) and doubtful[n + 1]),
            part.oneness(start, end),
        )
        name = _named(source, part, start, end, _NO_MARGIN if doubtful[n] else margin)
        if name:
            found.append(name)
    return found


def _margin(part: Part, cut: int, margin: float, beside_doubtful: bool) -> float:
    """The margin of a cut; what stands beside a doubtful name may belong to it."""
    if not beside_doubtful or not 0 < cut < part.count:
        return margin
    after, before = part.tokens[cut], part.tokens[cut - 1]
    # "Ministry of Women, Family, Youth": a subject after a comma may belong to the ministry.
    comma = before.word == "," and after.word not in lex.NOUNS | lex.SUBJECTS
    return margin if after.glued or comma else _NO_MARGIN


def _is_doubtful(part: Part, first: int, last: int) -> bool:
    """Whether what stands there is hardly a whole name: "Association of Malawi", "Net "
    "Thailand"."""
    if first == last or " ".join(t.word for t in part.tokens[first:last]) in lex.KNOWN:
        return False
    initials = last - first == 1 and part.tokens[first].acronym
    headless = not part.main_heads(first, last) and not initials
    alone = first == 0 and last == part.count
    scant = part.scant(first, last) and not alone
    shape = (part.bare, part.odd, part.unclosed, part.runs_on)
    return headless or scant or any(bad(first, last) for bad in shape)


def _named(source: SourceText, part: Part, start: int, end: int, margin: float) -> FoundName | None:
    tokens = part.tokens
    first, last = part.core(start, end)
    while first < last and not any(c.isalpha() for c in tokens[first].word):
        first += 1
    if first == last:
        return None
    ends = last
    # Initials in brackets belong to the words read, not to the name; other brackets to both.
    while ends < end and tokens[ends].word == "(":
        inner = source.match[tokens[ends].span.start + 1 : tokens[ends].span.end - 1]
        last = last if _ACRONYM_IN_PAREN.fullmatch(inner) else ends + 1
        ends += 1
    span = Span(tokens[first].span.start, tokens[ends - 1].span.end)
    name = source.value(Span(span.start, tokens[last - 1].span.end)).rstrip(".")
    words = [t.word for t in tokens[first:last]]
    return FoundName(span, name, _confidence(part, first, last, margin), language_of(words))


def _confidence(part: Part, first: int, last: int, margin: float) -> float:
    words = [t.word for t in part.tokens[first:last]]
    if " ".join(words) not in lex.KNOWN and not part.main_heads(first, last):
        return 0.8 if len(words) == 1 and part.tokens[first].acronym else _NO_HEAD
    if ":" in words or _is_prose(part, first, last) or part.national_scheme(first, last):
        return _NO_HEAD
    for least, confidence in _BY_MARGIN:
        if margin >= least:
            return confidence
    return LOOSE


def _is_prose(part: Part, first: int, last: int) -> bool:
    """Whether words in small letters stand in it that English names do not have."""
    if part.head_first:
        return False
    small = [t.word for t in part.tokens[first:last] if not t.capital and t.word[:1].isalpha()]
    return any(word not in lex.CONNECTORS and word not in lex.LEADING_TAIL for word in small)


_FRENCH_LINKS = frozenset(("du", "des", "et", "d'", "l'", "les", "aux"))
_SPANISH_LINKS = frozenset(("del", "y", "los", "las", "el"))
_ENGLISH_LINKS = frozenset(("of", "and", "for", "the"))


def language_of(words: list[str]) -> str | None:
    """Return the language a name's words (lower case, without accents) belong to, or None.

    Small words tell more than a head that several languages share ("Union", "Commission").
    """
    there = set(words)
    if there.isdisjoint(_ENGLISH_LINKS):
        if there & {"du", "des", "et", "pour"}:
            return "fr"
        if there & {"del", "y", "los", "las", "para"}:
            return "es"
    for word in words:
        language = lex.language_of_head(word)
        if language:
            return language
    if there & _FRENCH_LINKS:
        return "fr"
    if there & _SPANISH_LINKS:
        return "es"
    return "en" if there & _ENGLISH_LINKS else None
