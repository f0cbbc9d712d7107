"""The lines that stand below the last statement of a page without headings of their own.

Names of constituents, bullets with SDG goals and targets, and the branches of social security. They
are told by what they hold, so that they are found wherever a page puts them: at the end of any
section, or under headings of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from outcome_graph.sources.page.dates import MONTH
from outcome_graph.sources.page.labels import read_label
from outcome_graph.sources.page.lines import is_address
from outcome_graph.sources.page.mentions import find_mentions
from outcome_graph.sources.page.names import is_line_of_names, tells
from outcome_graph.sources.page.sections import Kind, Page
from outcome_graph.sources.text import SourceText, Span

__all__ = ["BRANCH", "Tail", "cut_tail", "read_codes"]

_BULLETS = "•●▪◦‣·∙"
_BULLET = re.compile(rf"\s*(?:[{_BULLETS}]|[-*o](?=\s))\s*")
_RULE = re.compile(r"[\W_]+")

_ALL = r"all branches|toutes (?:les )?branches|todas las ramas"
#: Names of branches of social security, as matching text has them.
BRANCH = (
    rf"{_ALL}|medical care|health care|healthcare|health|sickness|unemployment|old[ -]?age"
    r"|employment injury|work injury|family|child(?:ren)?|maternity|invalidity|disability"
    r"|survivors?'?|survivorship"
    r"|soins (?:medicaux|de sante)|sante|maladie|chomage|vieillesse"
    r"|accidents? du travail(?: et maladies professionnelles)?|(?:prestations )?familiales|famille"
    r"|maternite|invalidite|survivants?"
    r"|asistencia medica|atencion medica|salud|enfermedad|desempleo|vejez"
    r"|accidentes? (?:del|de) trabajo(?: y enfermedades profesionales)?|familiares|familia"
    r"|prestaciones familiares|maternidad|invalidez|sobrevivientes|sobrevivencia|supervivencia"
)
_BRANCH_ITEM = re.compile(
    r"(?:de (?:la |l')?|d')?"
    r"(?P<name>(?:(?:prestations?|prestacion(?:es)?|pensions?) (?:de la |de |d'|por ))?"
    rf"(?:{BRANCH})(?: (?:benefits?|pensions?|insurance|protection))?)"
    r"(?:\s*(?:[,;/|•&]|\b(?:and|et|y)\b)\s*|\s+|(?=[A-Z])|$)",
    re.IGNORECASE,
)
_GLUED_ALL = re.compile(rf"(?<=[^\s\w]|[a-z])(?:{_ALL})$", re.IGNORECASE)
_BRANCH_LABEL = re.compile(
    r"(?:(?:social security )?branch(?:es)?(?: covered)?|ramas|branches? couvertes?)\s?:\s*", re.I
)

_PREFIX = (
    r"(?:(?:sdg|odd|ods|un sdg)s?\s?)?(?:(?:goals?|targets?|indicators?|cibles?|indicateurs?|"
    r"metas?"
    r"|indicador(?:es)?|objectifs?|objetivos?)\s?)?:?\s*"
)
_INDICATOR = re.compile(rf"{_PREFIX}(\d{{1,2}}\.(?:\d{{1,2}}|[a-z])\.\d{{1,2}})\b", re.I)
_TARGET = re.compile(rf"{_PREFIX}(\d{{1,2}}\.(?:\d{{1,2}}|[a-z]))(?![\w]|\.\d)", re.I)
_GOAL = re.compile(
    r"(?:(?:sdg|odd|ods|sustainable development goal|objectif de developpement durable|"
    r"objetivo de desarrollo sostenible|goal|objectif|objetivo)s?\s?"
    r"(?:goals?\s?)?:?\s?(?:no?\.?\s?)?(\d{1,2})(?![\d.]*\d)|(\d{1,2})[.):]?\s+(?=[A-Z])|(\d{1,2})$)",
    re.IGNORECASE,
)
_HEADED = (None, Kind.FUNDERS, Kind.FACTS, Kind.CONSTITUENTS, Kind.GOALS, Kind.BRANCHES)
#: What stands under these is no list of names or targets below a statement.
_NO_TAIL = (Kind.FUNDERS, Kind.FACTS, Kind.OTHER)
_SENTENCE = re.compile(r"[a-z)]{3}\.(?:\s+[A-Z]|\s*$)")
_SDG_WORD = (
    r"(?:(?:sdg|odd|ods)\s?(?:goal|target|indicator)?|goal|target|indicator|objectif|cible|"
    r"indicateur"
    r"|objetivo|meta|indicador)s?\s?:?\s?"
)
#: Another code on the line: parted by a sign or "and", or led by its word.
_MORE = re.compile(
    rf"\s*(?:(?:[,;:&/|(]|-\s|\)\s?[,;:&/|]?|\b(?:and|et|y)\b)\s*(?:(?:and|et|y|e)\s)?(?:{_SDG_WORD})?|\.?\s(?:-\s)?{_SDG_WORD})"
    r"(\d{1,2}(?:\.(?:\d{1,2}|[a-z]))?(?:\.\d{1,2})?)(?![\w.]*\d)",
    re.IGNORECASE,
)
#: Under a heading for goals: "1 (target 1.3), 8", "1, 5 and 8".
_BARE_GOAL = re.compile(r"(\d{1,2})(?=\s?[,;(&]|\s(?:and|et|y)\s\d)", re.IGNORECASE)
#: After a goal's title: "SDG 1: No poverty (target 1.3)".
_IN_TITLE = re.compile(
    r"(?:[(,;:]|-\s)\s?(?:(?:targets?|cibles?|metas?|indicators?|indicateurs?|indicador(?:es)?)\s)?"
    r"(\d{1,2}\.(?:\d{1,2}|[a-z])(?:\.\d{1,2})?)(?![\w.]*\d)|-\s(\d{1,2})\s(?=[A-Z])",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\W{0,4}(\d{1,2})[.)]\s")
#: Told in a sentence: "… on Goal 1 (no poverty) and Goal 2, above all on targets 1.3 and 2.2".
_SPOKEN = re.compile(
    rf"\b{_SDG_WORD}\s?(\d{{1,2}}(?:\.(?:\d{{1,2}}|[a-z]))?(?:\.\d{{1,2}})?)(?![\w.]*\d)",
    re.IGNORECASE,
)
#: A sentence below a list: "Aporta a las metas 1.3 y 2.2 de los ODS."
_TELLS_GOALS = re.compile(
    r"(?=[^\n]{0,200}\b(?:sdgs?|odd|ods|sustainable development|developpement durable|"
    r"desarrollo sostenible|2030)\b)[^.;\n]{3,80}?\b(?:targets?|cibles?|metas?|goals?|objectifs?|"
    r"objetivos?)\s\d{1,2}\b[^\n]*\.$",
    re.IGNORECASE,
)
_LISTING = (Kind.CONSTITUENTS, Kind.PROJECTS, Kind.BRANCHES)
_ENDS_HEAD = re.compile(r"\s?[,;(]?\s?\(?(?:(?:step|etape|paso|etapa)\s?\d\)?)?\s*$", re.IGNORECASE)
#: A title that is followed by the goal it is of: "End poverty: SDG1". Prose ends otherwise.
_GOAL_AT_END = re.compile(r"[^\d.]{1,80}[:(]\s?(?:sdg|odd|ods)\s?(\d{1,2})\)?$", re.IGNORECASE)
#: What a code is, by the dots in it.
_KINDS = ("goals", "targets", "indicators")
_SYMBOL = re.compile(r"[A-Z]{2,4}/\d\d/")
_DETAIL = re.compile(rf"\d|\b(?:participants?|workshop|training|seminar)\b|\b\d\s{MONTH}", re.I)
_TITLE_WORDS = 30
#: How far above the end of a section its tail is looked for, in characters.
_FURTHEST = 50_000
#: Without a bullet only a short line directly above a target is taken for a goal's title.
_BARE_TITLE_WORDS = 12
#: A line below the statements that is not understood is no longer than this, in characters.
_LONGEST_UNREAD = 80


@dataclass(slots=True)
class Tail:
    """What stands below the statements: each item with its place.

    Parameters:
        names: stretches that list names. prose: stretches of prose that mention organisations.
        goals, targets, indicators: words or codes. branches: as written.
        taken: the lines and pieces that were read. unread: short lines between them that were not.
    """

    names: list[Span] = field(default_factory=list)
    prose: list[Span] = field(default_factory=list)
    goals: list[tuple[str, Span]] = field(default_factory=list)
    targets: list[tuple[str, Span]] = field(default_factory=list)
    indicators: list[tuple[str, Span]] = field(default_factory=list)
    branches: list[tuple[str, Span]] = field(default_factory=list)
    taken: set[Span] = field(default_factory=set)
    unread: list[Span] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line, or part of one between bullets."""

    span: Span
    content: Span
    bullet: bool


def cut_tail(source: SourceText, page: Page) -> Tail:
    """Read the lines below the statements and cut them off the page's sections.

    Parameters:
        source: the text. page: the page; the bodies of its sections are shortened.
    """
    tail = Tail()
    for n, section in enumerate(page.sections):
        if section.kind in _NO_TAIL:
            continue
        if section.kind is Kind.GOALS and not section.told:
            # A paragraph that tells more than its targets: it is read as prose.
            continue
        if section.kind in (Kind.CONSTITUENTS, Kind.GOALS, Kind.BRANCHES):
            if section.kind is Kind.CONSTITUENTS and (
                not section.told or _is_told(source, section.body)
            ):
                tail.prose.append(section.body)
                tail.taken |= set(source.lines(section.body))
                continue
            _read_headed(source, section.kind, section.body, tail)
        if section.kind is Kind.OTHER:
            continue
        number = _NUMBERED.match(source.match, *section.heading)
        end = _read_trailing(source, section.kind, section.body, tail, number and number[1])
        page.sections[n] = replace(section, body=Span(section.body.start, end))
    for n, section in enumerate(page.sections):
        if section.kind is Kind.GENDER and not tail.names:
            end = _read_prose(source, section.heading, section.body, tail)
            page.sections[n] = replace(section, body=Span(section.body.start, end))
    return tail


def _is_told(source: SourceText, body: Span) -> bool:
    """Whether constituents are told of in sentences, not listed: "The Ministry led the work."."""
    lines = list(source.lines(body))
    told = [line for line in lines if _SENTENCE.search(source.match, *line) and tells(source, line)]
    return bool(told) and 2 * len(told) >= len(lines) and len(find_mentions(source, body)) > 1


def _pieces(source: SourceText, body: Span) -> list[_Piece]:
    pieces = []
    if body.end - body.start > _FURTHEST:
        line_end = source.match.find("\n", body.end - _FURTHEST, body.end)
        body = Span(line_end if line_end >= 0 else body.end, body.end)
    for line in source.lines(body):
        cuts = [line.start]
        cuts += [
            m.start()
            for m in re.finditer(rf"[{_BULLETS}]", source.match[line.start : line.end])
            if m.start()
        ]
        cuts[1:] = [line.start + cut for cut in cuts[1:]]
        all_branches = _GLUED_ALL.search(source.match, line.start, line.end)
        if all_branches and all_branches.start() > line.start:
            cuts.append(all_branches.start())
        for start, end in zip(cuts, [*cuts[1:], line.end], strict=True):
            span = source.trim(Span(start, end))
            bullet = _BULLET.match(source.match, span.start, span.end)
            content = source.trim(Span(bullet.end(), span.end)) if bullet else span
            if content.start < content.end:
                pieces.append(_Piece(span, content, bool(bullet)))
    return pieces


def _read_headed(source: SourceText, kind: Kind, body: Span, tail: Tail) -> None:
    """Read what stands under a heading of its own, up to what belongs elsewhere."""
    trial = Tail()
    end = _read_trailing(source, kind, body, trial)
    rest = Span(body.start, end)
    pieces = _pieces(source, rest)
    if kind is Kind.CONSTITUENTS and pieces:
        tail.names.append(Span(pieces[0].span.start, pieces[-1].span.end))
    for piece in pieces:
        if kind is Kind.GOALS:
            read_codes(source, piece.content, tail, headed=True)
        if kind is Kind.BRANCHES:
            tail.branches += _branches(source, piece.content) or [
                (source.value(piece.content), piece.content)
            ]
        tail.taken.add(piece.span)


def _read_trailing(
    source: SourceText, kind: Kind | None, body: Span, tail: Tail, number: str | None = None
) -> int:
    """Read from the end of a section upwards; return where the section's own text ends.

    Items "3.1 …" of a section that is numbered 3 are no targets.
    """
    pieces = _pieces(source, body)
    end = body.end
    mine = Tail()
    skipped: list[_Piece] = []
    for n in range(len(pieces) - 1, -1, -1):
        piece = pieces[n]
        words = (source.match, piece.content.start, piece.content.end)
        if _RULE.fullmatch(*words) or is_address(source, piece.content):
            continue
        if kind is Kind.SUMMARY and n == 0:
            break  # a title may look like a name
        if number and source.match.startswith(f"{number}.", piece.content.start):
            break
        if not _read_piece(source, kind, piece, mine):
            # A short line that is not understood hides nothing that stands above it.
            if skipped or kind in _HEADED or not _is_short(source, piece):
                break
            skipped.append(piece)
            continue
        end = piece.span.start
        tail.taken.add(piece.span)
        if skipped:
            line = skipped.pop()
            if not _is_between(source, piece, line, mine):
                tail.unread.append(line.content)
    for name in ("names", "goals", "targets", "indicators", "branches"):
        getattr(tail, name).extend(reversed(getattr(mine, name)))
    return end


def _is_between(source: SourceText, above: _Piece, line: _Piece, tail: Tail) -> bool:
    """Whether a line stands between lines of names, and so is one; it is taken for one then."""
    if len(tail.names) < 2 or tail.names[-1] != above.content:
        return False
    below = tail.names[-2]
    if not (_adjoin(source, above.content, line.content) and _adjoin(source, line.content, below)):
        return False
    tail.names[-2:] = [Span(above.content.start, below.end)]
    return True


def _is_short(source: SourceText, piece: _Piece) -> bool:
    """Whether a line is a label or a list of few words, not the end of a text."""
    words = source.match[piece.content.start : piece.content.end]
    return len(words) <= _LONGEST_UNREAD and not re.search(r"[.!?]$|[.!?]\s[A-Z]", words)


def _read_piece(source: SourceText, kind: Kind | None, piece: _Piece, tail: Tail) -> bool:
    branches = _branches(source, piece.content)
    if branches:
        tail.branches += reversed(branches)
        return True
    in_head = kind in (None, Kind.RESULT, Kind.FACTS)
    if kind in _LISTING and _TELLS_GOALS.match(source.match, *piece.content):
        return read_codes(source, piece.content, tail, backwards=True, headed=True)
    coded = _INDICATOR.match(source.match, *piece.content) or _TARGET.match(
        source.match, *piece.content
    )
    # "Indicator: 8.1.1" alone in the head of a page is the programme's, not the SDGs'.
    alone = coded and _ENDS_HEAD.match(source.match, coded.end(), piece.content.end)
    if coded and not (in_head and alone):
        return read_codes(source, piece.content, tail, backwards=True)
    numbered = _GOAL.match(source.match, *piece.content)
    if (numbered and numbered[1]) or _GOAL_AT_END.match(source.match, *piece.content):
        return read_codes(source, piece.content, tail, backwards=True)
    if _is_names(source, kind, piece, tail):
        if tail.names and not piece.bullet and _adjoin(source, piece.content, tail.names[-1]):
            tail.names[-1] = Span(piece.content.start, tail.names[-1].end)
        else:
            tail.names.append(piece.content)
        return True
    if _is_goal(source, kind, piece, tail):
        return read_codes(source, piece.content, tail, backwards=True)
    return False


def _is_names(source: SourceText, kind: Kind | None, piece: _Piece, tail: Tail) -> bool:
    labelled = read_label(source, piece.span)
    if kind is Kind.FUNDERS or (labelled and labelled.meta):
        return False
    if kind is Kind.PROJECTS:
        # Titles of projects look like names; only what stands above SDG bullets is none of them.
        below = tail.names or tail.goals or tail.targets or tail.branches
        if not below or _SYMBOL.search(source.match, *piece.content):
            return False
    return is_line_of_names(source, piece.content)


def _adjoin(source: SourceText, above: Span, below: Span) -> bool:
    """Whether two stretches stand on lines that follow each other."""
    return (
        not source.match[above.end : below.start].strip()
        and "\n" in (source.match[above.end : below.start])
    )


def _is_goal(source: SourceText, kind: Kind | None, piece: _Piece, tail: Tail) -> bool:
    words = source.match[piece.content.start : piece.content.end]
    numbered = _GOAL.match(words)
    if numbered and numbered[1]:
        return True
    below = bool(tail.targets or tail.branches or tail.goals)
    if piece.bullet:
        if len(words.split()) > _TITLE_WORDS or not (below or kind is Kind.GENDER):
            return False
        return bool(numbered) or not _DETAIL.search(words)
    return (
        bool(tail.targets)
        and not tail.names
        and words[:1].isupper()
        and len(words.split()) <= _BARE_TITLE_WORDS
        and not words.endswith(".")
        and not _DETAIL.search(words)
    )


def read_codes(
    source: SourceText,
    content: Span,
    tail: Tail,
    *,
    backwards: bool = False,
    headed: bool = False,
) -> bool:
    """Read one bullet as indicator, target or goal; several codes of one kind may follow.

    Parameters:
        source: the text. content: the bullet. tail: what was found; the codes are added.
        backwards: the bullets are read from the last. headed: they stand under their heading.
    """
    for pattern in (_INDICATOR, _TARGET, _GOAL, _GOAL_AT_END, *((_BARE_GOAL,) if headed else ())):
        found = pattern.match(source.match, *content)
        if not found:
            continue
        codes = [next(g for g in found.groups() if g)]
        at = found.end()
        while more := _MORE.match(source.match, at, content.end):
            codes.append(more[1])
            at = more.end()
        for titled in _IN_TITLE.finditer(source.match, at, content.end):
            codes.append(titled[1] or titled[2])
            at = titled.end()
            while more := _MORE.match(source.match, at, content.end):
                codes.append(more[1])
                at = more.end()
        for code in reversed(codes) if backwards else codes:
            getattr(tail, _KINDS[code.count(".")]).append((code.lower(), content))
        return True
    spoken = list(_SPOKEN.finditer(source.match, *content)) if headed else []
    at = content.start
    for found in spoken:
        if found.start() < at:
            continue
        getattr(tail, _KINDS[found[1].count(".")]).append((found[1].lower(), content))
        at = found.end()
        while more := _MORE.match(source.match, at, content.end):
            getattr(tail, _KINDS[more[1].count(".")]).append((more[1].lower(), content))
            at = more.end()
    if not spoken:
        tail.goals.append((source.value(content).rstrip(".;"), content))
    return True


def _branches(source: SourceText, content: Span) -> list[tuple[str, Span]]:
    """Return the branches a line lists, () unless it lists nothing else."""
    if content.end - content.start > 400:
        return []
    label = _BRANCH_LABEL.match(source.match, *content)
    at = label.end() if label else content.start
    found = []
    while at < content.end:
        item = _BRANCH_ITEM.match(source.match, at, content.end)
        if not item:
            return []
        span = Span(item.start("name"), item.end("name"))
        found.append((source.value(span), span))
        at = item.end()
    return found


def _read_prose(source: SourceText, heading: Span, body: Span, tail: Tail) -> int:
    """Take prose about constituents from below the gender statement: it stands further apart.

    Returns where the gender statement ends.
    """
    lines = list(source.lines(body))
    if len(lines) < 2:
        return body.end
    first_gap = source.match.count("\n", heading.end, lines[0].start)
    last_gap = source.match.count("\n", lines[-2].end, lines[-1].start)
    if last_gap <= first_gap or not find_mentions(source, lines[-1]):
        return body.end
    tail.prose.append(lines[-1])
    tail.taken.add(lines[-1])
    return lines[-1].start
