"""Splitting a line of names that the page runs together into organisations.

The page prints the names of constituents one after the other without separators. Where one ends
and the next begins is a reading: each possible boundary gets a score from the words beside it, each
possible name a score from its shape, and the split with the best sum wins (dynamic programming
over a bounded name length, so linear in the line). The score of the boundaries beside a name gives
its confidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from outcome_graph.sources.page import lexicon as lex
from outcome_graph.sources.text import SourceText, Span

__all__ = ["FoundName", "is_line_of_names", "language_of", "split_names"]

#: A name of this many words or more is none.
_MOST_WORDS = 24
#: A line of names is no longer than this many characters.
_LONGEST_LINE = 5000
_TOKEN = re.compile(
    r"\((?P<paren>[^()\n]{1,80})\)"
    r"|(?P<elided>\b[ld]')"
    r"|(?P<word>[^\W_](?:[\w.]|['-](?=\w))*(?:'(?!\w))?)"
    r"|(?P<sep>[,;|/•●▪◦‣\n]|\s-\s)"
    r"|(?P<other>\S)"
)
_GLUED = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z]{2})|(?<=[)])(?=[A-Z])")
_LABEL = re.compile(
    r"(?:government|governments|workers'?|employers'?|others?|other partners|partners|social partners|"
    r"gouvernement|travailleurs|employeurs|autres|partenaires|gobierno|trabajadores|empleadores|"
    r"otros|socios)(?: (?:organi[sz]ations?|representatives|constituents|organisations))? ?:\s*",
    re.IGNORECASE,
)
_PROSE = re.compile(
    r"\b(?:was|were|is|are|has|have|had|been|that|which|who|by|this|these|their|its|also|will|"
    r"during|through|ensured|supported|participated|est|sont|ete|ont|qui|que|avec|cette|ces|leurs?|"
    r"fue|fueron|son|han?|con|durante|sus?|esta|este|se|not|from|into|as|participe|participo|"
    r"participaron)\b"
)
_SENTENCE_END = re.compile(r"[a-z]{3,}[.!?](?:\s+[A-Z]|\s*$)")
_ACRONYM = re.compile(r"[A-Z][A-Z0-9.&-]{1,11}")
_ACRONYM_IN_PAREN = re.compile(r"[A-Za-z&./-]{2,15}")
_KNOWN = frozenset(lex.KNOWN)
_KNOWN_WORDS = max(name.count(" ") for name in lex.KNOWN) + 1

#: Confidence of a name by the weaker of its two boundaries' scores.
_SURE = 0.95
_CLEAR = 0.9
_WEAK = 0.7
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


@dataclass(frozen=True, slots=True)
class _Token:
    span: Span
    #: Lower-case matching text; "(" for a bracket, "," for any separator.
    word: str
    capital: bool
    acronym: bool = False
    #: Directly joined to the token before, without a space: "WelfareLao".
    glued: bool = False
    #: A separator that always ends a name.
    hard: bool = False

    @property
    def proper(self) -> bool:
        """Whether it is in no list: the name of a country, a people, a place."""
        w = self.word
        return (
            self.capital
            and w not in lex.HEADS
            and w not in lex.HEADS_FIRST
            and w not in lex.PLURAL_HEADS
            and w not in lex.NOUNS
            and w not in lex.ADJECTIVES
            and w not in lex.STARTERS
            and w not in lex.CONNECTORS
        )


def is_line_of_names(source: SourceText, line: Span) -> bool:
    """Whether a line lists names of organisations, and is not prose about them.

    Parameters:
        source: the text. line: one line.
    """
    if not 4 <= line.end - line.start <= _LONGEST_LINE:
        return False
    words = source.match[line.start : line.end]
    label = _LABEL.match(words)
    start = label.end() if label else 0
    if not words[start : start + 1].isupper() and not words[start : start + 1] in "•-*":
        return False
    if _PROSE.search(words.lower()) or _SENTENCE_END.search(words):
        return False
    found = split_names(source, line)
    return bool(found) and all(name.confidence > _NO_HEAD for name in found)


def split_names(source: SourceText, span: Span) -> list[FoundName]:
    """Split a stretch of text that lists names into the names.

    Line ends, semicolons and bullets always separate; commas and "and" do when names stand on
    both sides. A line that breaks within a name ("… Federation of⏎Trade Union") is joined.

    Parameters:
        source: the text. span: one line, or several.
    """
    found: list[FoundName] = []
    for part in _parts(_tokens(source, span)):
        found.extend(_split(source, part))
    return found


def _parts(tokens: list[_Token]) -> list[list[_Token]]:
    parts: list[list[_Token]] = [[]]
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


def _tokens(source: SourceText, span: Span) -> list[_Token]:
    tokens: list[_Token] = []
    at = span.start
    while at < span.end:
        label = _LABEL.match(source.match, at, span.end)
        if label and (not tokens or tokens[-1].hard):
            at = label.end()
        found = _TOKEN.search(source.match, at, span.end)
        if not found:
            break
        tokens.extend(_made(source, found, at))
        at = found.end()
    return tokens


def _made(source: SourceText, found: re.Match[str], before: int) -> list[_Token]:
    span = Span(*found.span())
    if found["sep"]:
        hard = found["sep"].strip() in ("", ";", "|", "•", "●", "▪", "◦", "‣")
        word = "\n" if found["sep"] == "\n" else ","
        return [_Token(span, word, False, hard=hard)]
    if found["paren"]:
        return [_Token(span, "(", False)]
    if found["other"]:
        hard = found["other"] in "*·"
        return [_Token(span, found["other"], False, hard=hard)]
    if found["elided"]:
        return [_Token(span, found["elided"].lower(), False)]
    cuts = [m.start() - span.start for m in _GLUED.finditer(found[0])]
    text = found[0].rstrip(".")
    tokens = []
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        piece = text[start:end]
        glued = start > 0 or (span.start == before and source.match[before - 1 : before] == ")")
        tokens.append(
            _Token(
                Span(span.start + start, span.start + end),
                piece.lower(),
                piece[:1].isupper(),
                bool(_ACRONYM.fullmatch(piece)),
                glued,
            )
        )
    return tokens


# --- the split -----------------------------------------------------------------------------------


def _split(source: SourceText, tokens: list[_Token]) -> list[FoundName]:
    """Find the split of one part with the best score."""
    count = len(tokens)
    joints = [0.0, *(_boundary(tokens, n) for n in range(1, count)), 0.0]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, count + 1):
        options = []
        for start in range(max(0, end - _MOST_WORDS), end):
            if start and joints[start] <= -50:
                continue
            score = best[start][0] + joints[start] + _shape(tokens, start, end)
            options.append((score, start))
        best.append(max(options, default=(-1e9, max(0, end - _MOST_WORDS))))
    cuts = [count]
    while cuts[-1] > 0:
        cuts.append(best[cuts[-1]][1])
    cuts.reverse()
    found = []
    for start, end in zip(cuts, cuts[1:], strict=False):
        name = _named(source, tokens, start, end, joints)
        if name:
            found.append(name)
    return found


def _boundary(tokens: list[_Token], n: int) -> float:
    """Score a boundary before token ``n``: below -50 impossible, above 2 clear."""
    left, right = tokens[n - 1], tokens[n]
    if right.word == "(" or left.word in lex.CONNECTORS - {"and", "et", "y", "&"}:
        return -99
    if right.word == "," or (left.word != "," and not right.capital and right.word != "the"):
        return -99
    leads = _leads(tokens, n)
    if left.word == ",":
        return 3.0
    if left.word in ("and", "et", "y", "&"):
        if right.word in lex.ARTICLES:
            return 1.5
        return 1.0 if leads else -99
    if right.glued:
        return 5.0
    if left.word == "(":
        return 3.0
    premodifier = left.word in lex.STARTERS or (left.proper and not left.acronym)
    if leads:
        return -1.5 if premodifier and _starts_name(tokens, n - 1) else 3.0
    score = -2.0
    if right.word in lex.ADJECTIVES:
        score = -1.0
    elif right.word in lex.STARTERS:
        score = -1.0 if left.proper or left.word in lex.STARTERS else 2.0
    elif right.proper:
        if left.proper and not left.acronym:
            score = -2.0
        else:
            score = -1.0 if left.word in lex.STARTERS else 2.0
    if left.word in lex.HEADS and not _leads(tokens, n - 1) and right.word not in lex.HEADS:
        score += 2.0
    return score


def _starts_name(tokens: list[_Token], n: int) -> bool:
    """Whether the word at ``n`` may begin a name: no "of" stands before it."""
    return n == 0 or tokens[n - 1].word not in lex.CONNECTORS


def _leads(tokens: list[_Token], n: int) -> bool:
    """Whether the word at ``n`` is a head that comes first in its name."""
    word = tokens[n].word
    if not tokens[n].capital:
        return False
    following = tokens[n + 1].word if n + 1 < len(tokens) else ""
    if word in lex.HEADS_FIRST:
        return True
    if word == "central":
        return following in lex.LEADING_TAIL - {"of", "for", "on"}
    return word in lex.HEADS | {"unión"} and following in lex.LEADING_TAIL


def _shape(tokens: list[_Token], start: int, end: int) -> float:
    """Score how well the tokens from ``start`` to ``end`` make one name."""
    first, last = start, end
    while first < last and tokens[first].word in (",", "and", "et", "y", "&", "the", "-"):
        first += 1
    while first < last and tokens[last - 1].word in (",", "and", "et", "y", "&", "-"):
        last -= 1
    if first == last:
        return -8.0
    while last - first > 1 and tokens[last - 1].word == "(":
        last -= 1
    words = [t.word for t in tokens[first:last]]
    if " ".join(words[: _KNOWN_WORDS + 1]) in _KNOWN:
        return 1.0
    if len(words) == 1:
        return -1.0 if tokens[first].acronym else -10.0
    heads = _main_heads(tokens, first, last)
    score = -3.0 * max(0, heads - 1)
    if heads == 0:
        score -= 10.0
    if words[-1] in lex.STARTERS or words[-1] in lex.CONNECTORS:
        score -= 5.0
    if words[-1] in lex.ADJECTIVES:
        score -= 4.0
    if not tokens[first].capital:
        score -= 10.0
    return score


def _main_heads(tokens: list[_Token], first: int, last: int) -> int:
    """Count the words that say what body it is, but not those of its members ("of Trade Unions")."""
    heads = 0
    for n in range(first, last):
        word = tokens[n].word
        if word not in lex.HEADS and word not in lex.HEADS_FIRST:
            continue
        if not tokens[n].capital:
            continue
        before = tokens[n - 1].word if n > first else ""
        ahead = tokens[n - 2].word if n - 1 > first else ""
        if word == "union" and before in ("trade", "labour", "labor") and heads:
            continue
        in_members = before in lex.CONNECTORS or (
            ahead in lex.CONNECTORS and before in ("national", "social", "trade", "workers'")
        )
        if heads and in_members and before not in ("and", "et", "y", "&"):
            continue
        heads += 1
    return heads


def _named(
    source: SourceText, tokens: list[_Token], start: int, end: int, joints: list[float]
) -> FoundName | None:
    first, last = start, end
    edges = (",", "and", "et", "y", "&", "-", "the", "la", "le", "les", "el", "los", "las", "l'")
    while first < last and (tokens[first].word in edges or not _has_letter(tokens[first])):
        first += 1
    while last > first and (
        tokens[last - 1].word in (",", "and", "et", "y", "&", "-", ".")
    ):
        last -= 1
    if first == last or tokens[first].word == "(":
        return None
    span = Span(tokens[first].span.start, tokens[last - 1].span.end)
    ends = last
    while ends - 1 > first and tokens[ends - 1].word == "(":
        inner = source.match[tokens[ends - 1].span.start + 1 : tokens[ends - 1].span.end - 1]
        if not _ACRONYM_IN_PAREN.fullmatch(inner):
            break
        ends -= 1
    name = source.value(Span(span.start, tokens[ends - 1].span.end)).rstrip(".")
    confidence = _confidence(tokens, first, ends, joints[start], joints[end])
    return FoundName(span, name, confidence, language_of([t.word for t in tokens[first:ends]]))


def _has_letter(token: _Token) -> bool:
    return token.word == "(" or any(c.isalpha() for c in token.word)


def _confidence(
    tokens: list[_Token], first: int, last: int, before: float, after: float
) -> float:
    words = [t.word for t in tokens[first:last]]
    known = " ".join(words) in _KNOWN
    if not known and not _main_heads(tokens, first, last):
        return _NO_HEAD if not (last - first == 1 and tokens[first].acronym) else 0.8
    joints = [j for j in (before, after) if j != 0.0]
    if not joints:
        return _SURE
    if min(joints) >= 1.5:
        return _CLEAR
    return 0.8 if min(joints) >= 1.0 else _WEAK


def language_of(words: list[str]) -> str | None:
    """Return the language a name's words (lower case, without accents) belong to, or None."""
    for word in words:
        language = lex.language_of_head(word)
        if language:
            return language
    if any(word in ("du", "des", "et", "d'", "l'", "les", "aux") for word in words):
        return "fr"
    if any(word in ("del", "y", "los", "las", "el") for word in words):
        return "es"
    return "en" if any(word in ("of", "and", "for", "the") for word in words) else None
