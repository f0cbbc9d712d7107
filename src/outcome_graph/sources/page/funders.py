"""Funders named in prose: "financed by the Government of Luxembourg", "the EU-funded project".

What the section on the agency's contribution says is financed by someone is a fact about the work;
the same words elsewhere may tell how a benefit is paid for, and are less certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from outcome_graph.sources.page.evidence import CLEAR, FAINT, LIKELY, LOOSE, is_elsewhere, is_unreal
from outcome_graph.sources.page.lines import without_bullet
from outcome_graph.sources.page.prose import (
    capitalised,
    is_clear,
    is_subject,
    read_names,
    sentences,
)
from outcome_graph.sources.page.words import money as lex
from outcome_graph.sources.page.words.small import ARTICLE
from outcome_graph.sources.page.words.work import ILO
from outcome_graph.sources.text import SourceText, Span

__all__ = ["FoundFunder", "find_funders", "read_listed_funders"]

#: What is paid for from taxes and contributions is a benefit, not a project.
_BENEFIT = re.compile(
    r"\b(?:schemes?|systems?|benefits?|pensions?|allowances?|subsid\w+|regimes?|prestations?|"
    r"allocations?|prestaciones|pension(?:es)?|subsidios?|transfers?)\b[^.;]{0,25}$",
    re.IGNORECASE,
)
_NO_FUNDER = re.compile(
    r"\b(?:budget|contributions?|tax(?:es)?|ilo|oit|bit|presupuesto|impots?)\b"
    r"|^(?:workers|employers|trade unions)\b'?(?:$|\s(?:and|or)\b)",
    re.I,
)
_AGENCY = re.compile(rf"(?:{ILO}|international labou?r (?:organi[sz]ation|office))", re.IGNORECASE)
_GOVERNMENTS = re.compile(r"(governments|gouvernements|gobiernos)\b", re.IGNORECASE)
_SINGULAR = {"governments": "Government", "gouvernements": "Gouvernement", "gobiernos": "Gobierno"}
_ANY_OF = re.compile(r"\s(?:of|de|du|des|del|d')\s?(?:the\s)?", re.IGNORECASE)

#: What a funder of the agency's work pays for.
_WORK = re.compile(
    r"\b(?:project|program|activit|workshop|training|trained|stud(?:y|ies)|survey|assist|support|"
    r"interven|initiative|action|work|event|consult|valuation|review|campaign|mission|seminar|"
    r"dialogue|meeting|course|assessment|costing|advice|report|guide|tour|visit|contribution|"
    r"technical|expert|component|"
    r"projet|atelier|formation|etude|appui|seminaire|evaluation|"
    r"proyecto|actividad|taller|estudio|asistencia|apoyo|encuesta|curso)",
    re.IGNORECASE,
)
#: Forms that are said of work alone; "financed by" may be said of anything.
_OF_WORK = re.compile(r"(?!(?:co-?)?(?:financ|fund|paid|cofinanc))\w", re.IGNORECASE)
#: How far before the words that tell of money what they are about is looked for.
_FURTHEST = 400
_NAMED_WORK = re.compile(
    r"\b(?:(?:programme|projet|programa|proyecto|project)\s(?:de [\w' ]{0,40}\s)?"
    r"[\"']?(?-i:[A-Z])[\w-]+[\"']?|(?-i:[A-Z])\w+[\"']?\s(?:programme|project|scheme|fund))"
    r"[\"']?(?:\s\([^()]{1,30}\))?,?\s?$",
    re.IGNORECASE,
)
_OWN = re.compile(r"\b(?:su|its|their|son)\s$", re.IGNORECASE)
_LABEL = re.compile(r":\s*$")
#: "Foreign, Commonwealth and Development Office (FCDO)".
_NAME_ALONE = re.compile(
    r"(?P<name>[A-Z][\w&'., -]{1,120}?)(?:\s\((?P<initials>[A-Z][A-Za-z]{1,8})\))?\.?"
)
_PARTS = re.compile(r"[;•|]|\s/\s")
#: What may stand between a name and what it paid: its initials, by what means.
_ASIDE = re.compile(
    r"(?:\s\([^()]{2,20}\))?"
    r"(?:,\s(?:the latter|cette derniere|ce dernier|est[ea] ultim[oa])\s[^.;,]{3,80},)?",
    re.IGNORECASE,
)
#: What follows a list of names that is at its end.
_CLOSED = re.compile(r"\s?(?:\([^()]{1,60}\))?\s?(?:[.,;:)\n]|$)")
_COMMA = re.compile(r"(?:\s\([^()]{2,20}\))?,\s(?=[A-Z])")
_CLAUSE = re.compile(r"[,;:]\s|\b(?:and|et|y|which|that|who|qui|que)\s")


@dataclass(frozen=True, slots=True)
class FoundFunder:
    """A funder read from prose: the words, the name they give, and how certain the reading is."""

    span: Span
    name: str
    confidence: float


def find_funders(source: SourceText, span: Span, *, of_work: bool) -> list[FoundFunder]:
    """Find who financed the work a stretch of prose tells of.

    Parameters:
        source: the text. span: a section. of_work: whether the section tells of the agency's work.
    """
    found: list[FoundFunder] = []
    for sentence in sentences(source, span):
        elsewhere = is_elsewhere(source, *sentence)
        for funder in _in_sentence(source, sentence):
            if not of_work or elsewhere:
                funder = replace(funder, confidence=min(funder.confidence, FAINT))
            if lex.RBSA.fullmatch(funder.name) or not _NO_FUNDER.search(funder.name):
                found.append(funder)
    return found


def read_listed_funders(source: SourceText, span: Span) -> Iterator[FoundFunder]:
    """Read the names under a heading for funders: one a line, or with signs between.

    Parameters:
        source: the text. span: what stands under the heading.
    """
    for line in source.lines(span):
        start = line.start
        ends = [m.start() for m in _PARTS.finditer(source.match, *line)] + [line.end]
        for end in ends:
            part = source.trim(Span(start, end))
            start = end + 1
            part = without_bullet(source, part)
            if part.start == part.end:
                continue
            alone = _NAME_ALONE.fullmatch(source.match, *part)
            if alone and (len(ends) > 1 or _has_initials(alone["name"], alone["initials"])):
                # Between semicolons, or with its initials, it is one name whatever its commas.
                name = Span(*alone.span("name"))
                yield FoundFunder(name, source.value(name), CLEAR)
                continue
            names = _whole_names(source, read_names(source, *part))
            yield from _after_comma(source, names, part)
            for name in names:
                whole = _CLOSED.match(source.match, name.end, part.end) or name.end == part.end
                sure = CLEAR if whole and is_clear(source, name) else LOOSE
                yield FoundFunder(name, source.value(name), sure)


def _after_comma(source: SourceText, names: list[Span], part: Span) -> Iterator[FoundFunder]:
    """Yield what stands behind the names that were read, "A, Agence française …": it may be one."""
    comma = _COMMA.match(source.match, names[-1].end, part.end) if names else None
    if comma:
        for name in read_names(source, comma.end(), part.end):
            yield FoundFunder(name, source.value(name), LOOSE)


def _whole_names(source: SourceText, names: list[Span]) -> list[Span]:
    """Join what was parted within a name: "Agencia … para el Desarrollo | y la Cooperación"."""
    whole: list[Span] = []
    for name in names:
        if whole and is_subject(source.value(name)):
            whole[-1] = Span(whole[-1].start, name.end)
        else:
            whole.append(name)
    return whole


def _has_initials(name: str, initials: str | None) -> bool:
    letters = "".join(word[0] for word in re.findall(r"[A-Z][\w'-]*", name))
    return bool(initials) and letters == initials


def _in_sentence(source: SourceText, sentence: Span) -> Iterator[FoundFunder]:
    for m in lex.FUNDED.finditer(source.match, *sentence):
        sure = CLEAR if _is_of_work(source, sentence, m) else LOOSE
        yield from _listed(source, m.start(), m.end(), sentence.end, sure)
    for m in lex.X_FUNDED.finditer(source.match, *sentence):
        article = re.match(r"(?:The|This|A|An|With)\s", m[1])
        span = Span(m.start(1) + (article.end() if article else 0), m.end(1))
        work = _WORK.search(source.match, m.end(), min(sentence.end, m.end() + 40))
        # "The Swiss-funded SaMi programme": one with a name may be another's.
        named = work and re.search(r"[A-Z]", source.match[m.end() : work.start()])
        sure = LIKELY if work and not named and is_clear(source, span, bound=True) else LOOSE
        yield FoundFunder(Span(span.start, m.end()), source.value(span), sure)
    for pattern, surely in ((lex.ACTIVE, LIKELY), (lex.PAID, LOOSE)):
        for active in pattern.finditer(source.match, *sentence):
            found = list(_before(source, sentence, active, surely))
            yield from found
            end = min(sentence.end, active.end() + _FURTHEST)
            others = lex.WITH_THEM.search(source.match, active.end(), end) if found else None
            if others:
                yield from _listed(source, active.start(), others.end(), sentence.end, LOOSE)
    for m in lex.PAID_BY.finditer(source.match, *sentence):
        yield from _listed(source, m.start(), m.end(), sentence.end, LOOSE)
    for m in lex.PARTNERSHIP.finditer(source.match, *sentence):
        partner = Span(*next(m.span(n) for n in ("before", "after", "last") if m[n]))
        article = ARTICLE.match(source.match, *partner)
        name = Span(article.end() if article else partner.start, partner.end)
        yield FoundFunder(Span(*m.span()), source.value(name), LOOSE)
    for m in lex.RBSA.finditer(source.match, *sentence):
        yield FoundFunder(Span(*m.span()), source.value(Span(*m.span())), LOOSE)
    for m in lex.SUPPORTED.finditer(source.match, *sentence):
        yield from _listed(source, m.start(), m.end(), sentence.end, FAINT)


def _before(
    source: SourceText, sentence: Span, paid: re.Match[str], surely: float
) -> Iterator[FoundFunder]:
    """Yield the names that stand before who paid, where nothing else does in their clause."""
    low = max(sentence.start, paid.start() - _FURTHEST)
    starts = [low] if low == sentence.start else []
    clauses = _CLAUSE.finditer(source.match, low, paid.start())
    starts += [m.end() for m in clauses][-4:]
    for start in starts:
        article = ARTICLE.match(source.match, start, paid.start())
        names = list(read_names(source, article.end() if article else start, paid.start()))
        gap = source.match[names[-1].end : paid.start()] if names else "?"
        if not names or not _ASIDE.fullmatch(gap):
            continue
        whole = Span(start, paid.end())
        real = not is_unreal(source, start, paid.end())
        for name in names:
            sure = surely if is_clear(source, name) and real and start == sentence.start else LOOSE
            yield FoundFunder(whole, source.value(name), sure)
        return


def _is_of_work(source: SourceText, sentence: Span, found: re.Match[str]) -> bool:
    """Whether words tell who paid for work of the agency: not for a benefit, not in future."""
    low = max(sentence.start, found.start() - _FURTHEST)
    before = source.match[low : found.start()]
    clause = low + max((m.end() for m in _CLAUSE.finditer(before)), default=0)
    if _BENEFIT.search(before[-60:]) or is_unreal(source, clause, found.start()):
        return False
    if _OWN.search(found[0]):
        # "con fondos propios de su Programa": an agency's own means.
        return False
    if _NAMED_WORK.search(before):
        # "The IDPoor programme, financed by": another's, unless the page says more of it.
        return False
    if not before.strip() or _LABEL.search(found[0]):
        return not before.strip()
    return bool(_OF_WORK.match(found[0]) or _WORK.search(before))


def _of_funders(source: SourceText, trigger: int, names: list[Span]) -> list[Span]:
    """Cut a list of names where who acts begins: "With funds of A, the ILO and B ran …"."""
    for n, span in enumerate(names):
        if n and _AGENCY.fullmatch(source.match, *span):
            return names[:n]
    before = source.match[max(0, trigger - 8) : trigger].rstrip(" ")
    leads = before[-1:] in ("", ".", "\n")
    closed = bool(names) and source.match[names[-1].end : names[-1].end + 24].lstrip()[:1] in (
        ",",
        "(",
    )
    if leads and not closed:
        for n, (one, other) in enumerate(pairwise(names), 1):
            if "," in source.match[one.end : other.start]:
                return names[:n]
    return names


def _listed(
    source: SourceText, trigger: int, start: int, end: int, confidence: float
) -> Iterator[FoundFunder]:
    """Yield the names of a list; "Governments of A and B" are two governments."""
    plural = None
    labelled = bool(_LABEL.search(source.match[trigger:start]))
    spans = _of_funders(source, trigger, read_names(source, start, end, closed=labelled))
    closed = bool(spans) and _CLOSED.match(source.match, spans[-1].end, end)
    for n, span in enumerate(spans):
        name = source.value(span)
        if is_subject(name):
            continue
        words = Span(trigger, span.end)
        # "financed by A and B helped": B may be who helped.
        sure = confidence if is_clear(source, span) and (closed or n == 0) else LOOSE
        sure = min(sure, confidence)
        governments = _GOVERNMENTS.match(name)
        if governments:
            plural = governments[1].lower()
            rest = name[governments.end() :]
            yield FoundFunder(words, _SINGULAR[plural] + rest, sure)
        elif plural and " " not in name:
            joint = _ANY_OF.search(source.match, max(start, span.start - 6), span.start)
            of = "of" if plural == "governments" else (joint[0].strip() if joint else "de")
            yield FoundFunder(words, f"{_SINGULAR[plural]} {of} {name}", sure)
        else:
            plural = None
            yield FoundFunder(words, capitalised(name), sure)
