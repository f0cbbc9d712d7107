"""The lines that stand below the last statement of a page without headings of their own.

Names of constituents, bullets with SDG goals and targets, and the branches of social security. They
are told by what they hold, so that they are found wherever a page puts them: at the end of any
section, or under headings of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from outcome_graph.sources.page.dates import MONTH
from outcome_graph.sources.page.evidence import is_elsewhere, is_unreal
from outcome_graph.sources.page.goals import (
    begins_with_code,
    denies_code,
    ends_with_all_branches,
    is_code_alone,
    names_goal,
    numbers_goal,
    read_branches,
    read_codes,
    tells_goals,
    told_branches,
    told_codes,
)
from outcome_graph.sources.page.labels import read_label
from outcome_graph.sources.page.lines import is_address, is_site_line, without_bullet
from outcome_graph.sources.page.mentions import find_mentions
from outcome_graph.sources.page.names import is_line_of_names, tells
from outcome_graph.sources.page.prose import sentences
from outcome_graph.sources.page.sections import Kind, Page
from outcome_graph.sources.page.words.small import BULLETS
from outcome_graph.sources.text import SourceText, Span

__all__ = ["Tail", "cut_tail", "read_told"]

_RULE = re.compile(r"[\W_]+")

_HEADED = (None, Kind.FUNDERS, Kind.FACTS, Kind.CONSTITUENTS, Kind.GOALS, Kind.BRANCHES)
#: What stands under these is no list of names or targets below a statement.
_NO_TAIL = (Kind.FUNDERS, Kind.FACTS, Kind.OTHER)
_SENTENCE = re.compile(r"[a-z)]{3}\.(?:\s+[A-Z]|\s*$)")
_SENTENCES = re.compile(r"[a-z)]{3}\.\s+[A-Z]")
_NUMBERED = re.compile(r"\W{0,4}(\d{1,2})[.)]\s")
_PROSE = (None, Kind.SUMMARY, Kind.ACHIEVED, Kind.CONTRIBUTION, Kind.GENDER, Kind.GOALS)
_LISTING = (Kind.CONSTITUENTS, Kind.PROJECTS, Kind.BRANCHES)
#: Below these a page may end in branches; what a site sets under them is none of the page's.
_ENDS_PAGE = (Kind.GENDER, Kind.GOALS)
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

    def add_codes(self, codes: list[str], words: Span) -> None:
        """Add goals, targets and indicators, told apart by the dots in their codes."""
        for code in codes:
            getattr(self, _KINDS[code.count(".")]).append((code, words))


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
        if section.kind in _ENDS_PAGE:
            page.sections[n] = replace(section, body=_without_site(source, section.body))
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


def _without_site(source: SourceText, body: Span) -> Span:
    """Cut off the short lines that stand below a line of branches: "Read next: …"."""
    lines = list(source.lines(body))
    branches = [n for n, line in enumerate(lines) if read_branches(source, line)]
    below = lines[branches[-1] + 1 :] if branches else []
    pieces = [_Piece(line, source.trim(without_bullet(source, line)), False) for line in below]
    mine = any(
        not _is_short(source, piece)
        or names_goal(source, piece.content)
        or begins_with_code(source, piece.content)
        for piece in pieces
    )
    return body if mine or not below else Span(body.start, lines[branches[-1]].end)


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
            for m in re.finditer(rf"[{BULLETS}]", source.match[line.start : line.end])
            if m.start()
        ]
        cuts[1:] = [line.start + cut for cut in cuts[1:]]
        all_branches = ends_with_all_branches(source, line)
        cuts += [] if all_branches is None else [all_branches]
        for start, end in zip(cuts, [*cuts[1:], line.end], strict=True):
            span = source.trim(Span(start, end))
            content = source.trim(without_bullet(source, span))
            if content.start < content.end:
                pieces.append(_Piece(span, content, content.start > span.start))
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
            _add_goals(source, piece.content, tail, headed=True)
        if kind is Kind.BRANCHES:
            tail.branches += read_branches(source, piece.content) or [
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
    branches = read_branches(source, piece.content)
    if branches:
        tail.branches += reversed(branches)
        return True
    in_head = kind in (None, Kind.RESULT, Kind.FACTS)
    told = kind in _LISTING and tells_goals(source, piece.content)
    # "Indicator: 8.1.1" alone in the head of a page is the programme's, not the SDGs'.
    coded = begins_with_code(source, piece.content) and not (
        in_head and is_code_alone(source, piece.content)
    )
    if told or coded or names_goal(source, piece.content):
        return _add_goals(source, piece.content, tail, backwards=True, headed=told)
    if _is_names(source, kind, piece, tail):
        if tail.names and not piece.bullet and _adjoin(source, piece.content, tail.names[-1]):
            tail.names[-1] = Span(piece.content.start, tail.names[-1].end)
        else:
            tail.names.append(piece.content)
        return True
    if _is_goal(source, kind, piece, tail):
        return _add_goals(source, piece.content, tail, backwards=True)
    return False


def _is_names(source: SourceText, kind: Kind | None, piece: _Piece, tail: Tail) -> bool:
    labelled = read_label(source, piece.span)
    if kind is Kind.FUNDERS or (labelled and labelled.meta):
        return False
    if kind is None and is_site_line(source, piece.content):
        # "ILO Country Office for Ruritania / Results"
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
    below = bool(tail.targets or tail.branches or tail.goals)
    if piece.bullet:
        if (
            len(words.split()) > _TITLE_WORDS
            or _SENTENCES.search(words)
            or not (below or kind is Kind.GENDER)
        ):
            return False
        return numbers_goal(source, piece.content) or not _DETAIL.search(words)
    return (
        bool(tail.targets)
        and not tail.names
        and words[:1].isupper()
        and len(words.split()) <= _BARE_TITLE_WORDS
        and not words.endswith(".")
        and not _DETAIL.search(words)
    )


def _add_goals(
    source: SourceText, words: Span, tail: Tail, *, backwards: bool = False, headed: bool = False
) -> bool:
    """Add the codes of an item, or its words as a goal's title where it has none.

    Parameters:
        source: the text. words: the item. tail: what was found. headed: under a heading for goals.
        backwards: the items are read from the last.
    """
    codes = read_codes(source, words, headed=headed)
    tail.add_codes(codes[::-1] if backwards else codes, words)
    if not codes and not denies_code(source, words):
        tail.goals.append((source.value(words).rstrip(".;"), words))
    return True


def read_told(source: SourceText, page: Page, tail: Tail) -> None:
    """Read targets and branches that are told in sentences, where the page lists none.

    Parameters:
        source: the text. page: its sections. tail: what is listed; what is told is added.
    """
    coded = bool(tail.goals or tail.targets or tail.indicators)
    branches = bool(tail.branches)
    for section in page.sections:
        of_goals = section.kind is Kind.GOALS
        for sentence in sentences(source, section.body) if section.kind in _PROSE else ():
            if is_unreal(source, *sentence):
                continue
            if not coded:
                for code, words in told_codes(source, sentence, of_goals=of_goals):
                    tail.add_codes([code], words)
            if not branches and not is_elsewhere(source, *sentence):
                tail.branches += told_branches(source, sentence)


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
