"""Finding the pages of a text and the sections of each.

A section begins at a heading (``headings``) that is known, or that has the form of one and words
that tell; or at a line that says what it holds (``labels``). What stands under no heading is told
by what it says (``paragraphs``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from outcome_graph.sources.page.headings import (
    Heading,
    alone,
    is_own,
    kind_of_heading,
    leading,
    resolved,
    within,
)
from outcome_graph.sources.page.labels import read_label
from outcome_graph.sources.page.languages import detect_language
from outcome_graph.sources.page.lines import is_address, is_prose, is_site_line
from outcome_graph.sources.page.names import is_line_of_names
from outcome_graph.sources.page.paragraphs import kind_of_paragraph
from outcome_graph.sources.page.sections import Kind, Page, Section
from outcome_graph.sources.text import SourceText, Span

__all__ = ["find_pages"]

#: Sections that a labelled line holds whole: what follows a blank line goes on with the page.
_OF_A_LINE = frozenset(
    (
        Kind.PROJECTS,
        Kind.FUNDERS,
        Kind.CONSTITUENTS,
        Kind.GOALS,
        Kind.BRANCHES,
        Kind.FACTS,
        Kind.SUMMARY,
        Kind.OTHER,
    )
)
_NUMBERED = re.compile(r"(?:\d{1,2}[.)]|[IVX]{1,4}[.)-]|#{1,4})\s+")
_NO_FORM = re.compile(r"[|•·;\t<>=@]|://|\b[A-Z]{3}\s?\d{3}\b|\b[A-Z]{3}/\d\d/|[.,;]$|\d[./]\d")
_YEARS = re.compile(r"\b(?:(?:19|20)\d\d(?:\s?[-/]\s?\d{2,4})?|2030)\b")
_BLANK = re.compile(r"\n\s*\n")
_PROSE_BELOW = re.compile(r"[ ]{0,9}\n[ ]{0,9}\n?[ ]{0,9}[^\s•*-][^\n]{60,}[.!?][ ]{0,9}(?:\n|$)")
_LONGEST, _MOST_WORDS = 80, 10
_GOAL = re.compile(r"[\s•*-]{0,4}(?:SDG|ODD|ODS|Goal|Objectif|Objetivo)\s?\d{1,2}\b", re.IGNORECASE)
#: What a page of a result tells in prose.
_PARTS = frozenset((Kind.ACHIEVED, Kind.CONTRIBUTION))


def find_pages(source: SourceText) -> list[Page]:
    """Split a text into pages and their sections.

    A new page begins at each heading "Result achieved" after the first; addresses (URL lines)
    directly before it belong to the new page when the text begins with such a line.

    Parameters:
        source: the text.
    """
    sections = list(_with_paragraphs(source, _sections(source)))
    pages = [Page()]
    seen = False
    for section in sections:
        if section.kind is Kind.RESULT and seen:
            pages.append(Page(_leading_address(source, pages[-1], sections[0])))
        seen = seen or section.kind is Kind.RESULT
        pages[-1].sections.append(section)
    return pages


def _leading_address(source: SourceText, page: Page, first: Section) -> list[Section]:
    """Take the address line off the end of a page if it belongs to the next one."""
    opening = next(source.lines(first.body), None)
    last = page.sections[-1]
    lines = list(source.lines(last.body))[-1:]
    if first.kind or not opening or not lines:
        return []
    if not (is_address(source, opening) and is_address(source, lines[0])):
        return []
    start = lines[0].start
    page.sections[-1] = replace(last, body=Span(last.body.start, start))
    return [Section(None, Span(start, start), Span(start, last.body.end))]


# --- sections ------------------------------------------------------------------------------------


def _sections(source: SourceText) -> list[Section]:
    headings = list(_headings(source))
    ends = [h.span.start for h in headings[1:]] + [len(source.text)]
    first = headings[0].span.start if headings else len(source.text)
    sections = [Section(None, Span(0, 0), Span(0, first))] if first else []
    seen: set[Kind] = set()
    above: Section | None = None
    for heading, end in zip(headings, ends, strict=False):
        body = Span(heading.span.end, end)
        kind = heading.kind or resolved(source, body, seen)
        if kind is Kind.RESULT:
            seen = set()
        seen.add(kind)
        section = Section(kind, heading.span, body, heading.language, known=heading.known)
        if heading.value is None or (kind not in _OF_A_LINE and above):
            above = section
            sections.append(section)
            continue
        cut = heading.value.end if heading.whole else _blank(source, heading.value.end, end)
        sections.append(replace(section, body=Span(body.start, cut)))
        if source.trim(Span(cut, end)).start < source.trim(Span(cut, end)).end:
            rest = Span(cut, cut)
            sections.append(
                replace(above, heading=rest, body=Span(cut, end), continued=True)
                if above
                else Section(None, rest, Span(cut, end))
            )
    return sections


def _with_paragraphs(source: SourceText, sections: list[Section]) -> Iterator[Section]:
    """Take the paragraphs that stand under no heading out of the head, each as a section."""
    formal = any(section.kind is Kind.RESULT for section in sections)
    titled = any(_is_short(source, s) for s in sections if s.kind is Kind.SUMMARY) or any(
        not is_site_line(source, line) and not is_address(source, line)
        for section in sections
        if section.kind is None
        for line in source.lines(section.body)
    )
    missing = _PARTS - {s.kind for s in sections if s.told and _holds_prose(source, s)}
    for section in sections:
        if section.kind is Kind.FACTS and not section.known and _lists_goals(source, section.body):
            # "Cadre mondial": goals under a heading for facts.
            yield replace(section, kind=Kind.GOALS)
        elif not formal and section.kind is Kind.OTHER and missing:
            yield _told_below(source, section, missing)
        elif formal or section.kind not in (None, Kind.SUMMARY):
            yield section
        elif section.kind is None:
            yield from _parted(source, section)
        elif titled and not _is_short(source, section):
            # The title stands at the head: a summary of sentences tells what was achieved.
            yield replace(section, kind=Kind.ACHIEVED)
        else:
            yield section


def _told_below(source: SourceText, section: Section, missing: frozenset[Kind]) -> Section:
    """Take what stands under a heading in words of its own for the part of a result that it tells.

    Parameters:
        missing: the parts that no heading of the page names.
    """
    heading = source.match[section.heading.start : section.heading.end]
    if kind_of_heading(heading.strip("#*_ :")) is not None:
        return section
    kind = kind_of_paragraph(source, source.trim(section.body))
    return replace(section, kind=kind, told=False) if kind in missing else section


def _lists_goals(source: SourceText, body: Span) -> bool:
    """Whether every line is of a goal: "ODD 1 : cible 1.3"."""
    lines = list(source.lines(body))
    return bool(lines) and all(_GOAL.match(source.match, *line) for line in lines)


def _holds_prose(source: SourceText, section: Section) -> bool:
    return any(is_prose(source, line) for line in source.lines(section.body))


def _is_short(source: SourceText, section: Section) -> bool:
    """Whether a section holds a line that may be a title, and no paragraph."""
    lines = list(source.lines(section.body))
    return bool(lines) and not any(is_prose(source, line) for line in lines)


def _parted(source: SourceText, section: Section) -> Iterator[Section]:
    above = section
    for block in _blocks(source, section.body):
        if is_prose(source, block):
            yield replace(above, body=Span(above.body.start, block.start))
            kind = kind_of_paragraph(source, block) or Kind.OTHER
            above = Section(kind, Span(block.start, block.start), block, known=False, told=False)
    yield replace(above, body=Span(above.body.start, section.body.end))


def _blocks(source: SourceText, span: Span) -> Iterator[Span]:
    """Yield the stretches between blank lines."""
    at = span.start
    ends = [*_BLANK.finditer(source.match, *span), None]
    for end in ends:
        block = source.trim(Span(at, end.start() if end else span.end))
        if block.start < block.end:
            yield block
        at = end.end() if end else at


def _blank(source: SourceText, start: int, end: int) -> int:
    """Where the next blank line begins."""
    blank = _BLANK.search(source.match, start, end)
    return blank.start() if blank else end


def _headings(source: SourceText) -> Iterator[Heading]:
    before = 0
    titled = False
    lines = [(line, alone(source, line)) for line in source.lines(source.span)]
    # A text has the headings of our own pages: its other lines are no headings then.
    formal = any(heading and is_own(source, heading) for _, heading in lines)
    above: Heading | None = None
    for line, known in lines:
        parted = source.match.count("\n", before, line.start) > 1 or not before
        last, before = before, line.end
        if known:
            titled, above = True, known
            yield known
            continue
        at = line.start
        led = leading(source, line)
        labelled = None if led else read_label(source, line)
        if led:
            value = source.trim(Span(led.span.end, line.end))
            yield replace(led, value=value) if value.start < value.end else led
            at = led.span.end
        elif labelled:
            words = source.value(labelled.label)
            span = Span(
                line.start, line.start if labelled.meta is not None else labelled.value.start
            )
            titled = True
            yield Heading(
                labelled.kind, _language(words), span, labelled.value, labelled.whole, known=False
            )
            at = labelled.value.start
        elif above and above.kind is Kind.SUMMARY and above.span.end == last:
            # The title stands below its heading.
            pass
        elif found := _by_form(source, line, parted=parted, formal=formal, titled=titled):
            titled, above = True, found
            yield found
            continue
        elif not is_site_line(source, line):
            titled = True
        yield from within(source, line, at)


def _by_form(
    source: SourceText, line: Span, *, parted: bool, formal: bool, titled: bool
) -> Heading | None:
    """Return the heading that a line is by its form and words.

    On a page of our own form (formal) blank lines and numbers make none: its names have both.
    """
    parted = parted and not formal
    words = source.match[line.start : line.end].strip("#*_ ")
    asks = words.endswith("?")
    bare = _YEARS.sub("", _NUMBERED.sub("", words, count=1))
    if len(words) > _LONGEST or len(bare.split()) > _MOST_WORDS or not bare:
        return None
    if (
        "\t" in source.quote(line)
        or _NO_FORM.search(bare)
        or re.search(r"\d", bare)
        or not re.match(r"[A-Z¿]", bare)
    ):
        return None
    numbered = not formal and bool(_NUMBERED.match(words)) and not _is_item(source, line)
    stands_out = asks or words.isupper() or words.endswith(":") or numbered
    if not (parted or stands_out) or line.end == len(source.match.rstrip()):
        return None
    kind = kind_of_heading(words)
    if kind is None and titled and parted and _PROSE_BELOW.match(source.match, line.end):
        # Nothing is read under a heading of which nothing is known.
        kind = Kind.OTHER
    if kind is None:
        return None
    surely = asks or kind is Kind.CONTRIBUTION or numbered
    if not surely and is_line_of_names(source, line):
        return None
    if not (titled or asks or kind is Kind.SUMMARY):
        return None
    return Heading(kind, _language(source.value(line)), line, known=False)


def _is_item(source: SourceText, line: Span) -> bool:
    """Whether a numbered line stands next to another one: headings have text below."""
    above = source.match[max(0, line.start - _LONGEST) : line.start]
    before = above.rstrip("\n").rpartition("\n")[2]
    touching = not above.endswith("\n\n")
    below = source.match[line.end : line.end + _LONGEST].removeprefix("\n")
    return bool((touching and _NUMBERED.match(before)) or _NUMBERED.match(below))


def _language(words: str) -> str | None:
    return detect_language(words, "") or None
