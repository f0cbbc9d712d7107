"""The facts that one line of the head holds, told apart by their form, and the words left over."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from outcome_graph.sources.page.dates import MONTH, find_dates
from outcome_graph.sources.page.evidence import is_elsewhere, is_unreal
from outcome_graph.sources.page.words import small
from outcome_graph.sources.page.words.labels import RESULT
from outcome_graph.sources.text import SourceText, Span

__all__ = ["LABEL", "STEP", "LineFacts", "facts_of", "guess_the_rest", "told_facts"]

STEP = re.compile(rf"\(?\b{small.STEP}\s?[:-]?\s?(\d)\b\)?", re.IGNORECASE)
_BIENNIUM = re.compile(r"\b((?:19|20)\d\d)\s?[-/]\s?(\d{4}|\d{2})\b(?!-)")
_CODE = re.compile(r"\b([A-Z]{3}\s?|[a-z]{3})(\d{3,4})\b")
_CODE_LIKE = re.compile(r"\b[A-Z]{1,6}\d{1,6}\b")
_INDICATOR = re.compile(r"(?<![\w.])\d{1,2}(?:\.\d{1,2}){1,3}(?![\w.]*\d)")
#: "November 2022": a result of a month is one of its year.
_YEAR = re.compile(
    rf"(?<![\w./-])(?:{MONTH}\s(?:de\s|del\s)?)?(?P<year>(?:19|20)\d\d)(?![\w/-])", re.IGNORECASE
)
_VISIBILITY = re.compile(
    r"\b(?:public|publique|publico|publica|internal|interne|interno|interna|private|prive|privado"
    r"|confidential|confidentiel|confidencial|restricted|restreint|restringido)\b",
    re.IGNORECASE,
)
#: Words that may label the facts and say nothing themselves.
LABEL = re.compile(
    r"\b(?:date|fecha|code|codigo|cpo|country programme outcome|visibility|visibilite|visibilidad"
    r"|biennium|biennia|exercice|biennale?|bienal|bienio|periode|periodo|indicator|indicateur"
    r"|indicador|p&b|p & b|of|du|de|in|en|au|caracter|cpo"
    r"|achieved|result|on|le|el|programme and budget|output|produit|producto)\b",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W_][\w&'.-]*")
#: Further ones, where a line holds several facts.
_SENTENCE_LABEL = re.compile(
    r"\b(?:resultat|resultado|alcanzado|logrado|obtenu|atteint|realise|outcome|reference|ref|"
    r"status|statut|estado|diffusion|difusion|period[eo]?|fiche|para|par|pays|pais|country|"
    r"programme|program|step|etape|paso|etapa|type|record|statute?)\b",
    re.IGNORECASE,
)
#: The line of facts with all spaces lost.
_RUN_TOGETHER = re.compile(
    r"(\d\d?\.\d\d?\.\d{4})([A-Z]{3}\d{3})([A-Za-z]{4,12})((?:19|20)\d\d[-/]\d\d(?:\d\d)?)"
    r"[|/ -]{0,3}(\d{1,2}(?:\.\d{1,2}){1,3})"
)

#: "This result (RUR101, biennium 2022-23, indicator 8.1.1) …", "recorded as outcome JAM105 of …".
_TOLD_CODE = re.compile(r"\b[A-Z]{3}\d{3}\b")
_OF_RESULT = re.compile(rf"\b{RESULT}\b", re.IGNORECASE)
_TOLD_INDICATOR = re.compile(
    r"\b(?:indicator|indicateur|indicador)\s(\d{1,2}(?:\.\d{1,2}){2})(?![\w.]*\d)", re.IGNORECASE
)


@dataclass(slots=True)
class LineFacts:
    """What one line holds: values by field, each with its offset, and the words left over."""

    found: dict[str, list[tuple[str, int]]]
    left: list[tuple[str, int]]

    @property
    def kinds(self) -> set[str]:
        """Which facts it holds."""
        return {name for name, values in self.found.items() if values}


def facts_of(source: SourceText, line: Span) -> LineFacts:
    """Take the facts out of a line one kind after the other; what is left is not understood.

    Parameters:
        source: the text. line: the line, or a part of one.
    """
    glued = _RUN_TOGETHER.fullmatch(source.match, *line)
    if glued:
        names = ("date", "code", "visibility", "biennium", "indicator")
        facts = {name: [(glued[n], glued.start(n))] for n, name in enumerate(names, 1)}
        biennium = _BIENNIUM.fullmatch(glued[4])
        facts["biennium"] = [(_biennium(biennium), glued.start(4))] if biennium else []
        return LineFacts(facts, [])
    chars = list(source.match[line.start : line.end])
    found: dict[str, list[tuple[str, int]]] = {}

    def take(name: str, start: int, end: int, value: str) -> None:
        found.setdefault(name, []).append((value, line.start + start))
        chars[start:end] = " " * (end - start)

    for date in find_dates("".join(chars), Span(0, len(chars))):
        if date.reason != "has no year":
            words = source.text[line.start + date.span.start : line.start + date.span.end]
            take("date", *date.span, words)
    patterns: list[tuple[str, re.Pattern[str], Callable[[re.Match[str]], str]]] = [
        ("step", STEP, lambda m: m[1]),
        ("biennium", _BIENNIUM, _biennium),
        ("code", _CODE, lambda m: (m[1].strip() + m[2]).upper()),
        ("indicator", _INDICATOR, lambda m: m[0]),
        ("visibility", _VISIBILITY, lambda m: m[0]),
    ]
    if "date" not in found:
        patterns.append(("year", _YEAR, lambda m: m["year"]))
    for name, pattern, value in patterns:
        for m in list(pattern.finditer("".join(chars))):
            take(name, m.start(), m.end(), value(m))
    text = LABEL.sub(lambda m: " " * len(m[0]), "".join(chars))
    if sum(bool(values) for values in found.values()) > 1:
        text = _SENTENCE_LABEL.sub(lambda m: " " * len(m[0]), text)
    left = [(m[0], line.start + m.start()) for m in _WORDS.finditer(text)]
    found["visibility"] = [
        (source.text[at : at + len(word)], at) for word, at in found.get("visibility", [])
    ]
    return LineFacts(found, left)


def told_facts(source: SourceText, sentence: Span) -> LineFacts | None:
    """Read code, biennium and indicator where a sentence tells them of its result.

    Parameters:
        source: the text. sentence: one sentence of prose.
    """
    codes = list(_TOLD_CODE.finditer(source.match, *sentence))
    biennia = list(_BIENNIUM.finditer(source.match, *sentence))
    if len(codes) != 1 or len(biennia) != 1 or not _OF_RESULT.search(source.match, *sentence):
        return None
    if is_elsewhere(source, *sentence) or is_unreal(source, *sentence):
        return None
    found = {
        "code": [(codes[0][0], codes[0].start())],
        "biennium": [(_biennium(biennia[0]), biennia[0].start())],
    }
    if led := _TOLD_INDICATOR.search(source.match, *sentence):
        found["indicator"] = [(led[1], led.start(1))]
    return LineFacts(found, [])


def _biennium(found: re.Match[str]) -> str:
    return f"{found[1]}-{found[2][-2:]}"


def guess_the_rest(facts: LineFacts) -> None:
    """Read an unknown word as code or visibility by its form, so that linking can judge it.

    Parameters:
        facts: what was found; a word is moved into it.
    """
    for word in list(facts.left):
        if "code" not in facts.kinds and _CODE_LIKE.fullmatch(word[0]):
            facts.found["code"] = [word]
            facts.left.remove(word)
    if len(facts.left) == 1 and "visibility" not in facts.kinds and facts.left[0][0].isalpha():
        facts.found["visibility"] = [facts.left.pop()]
