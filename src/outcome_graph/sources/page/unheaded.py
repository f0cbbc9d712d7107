"""Pages that tell of a result without headings, as news do: which part of the prose is what."""

from __future__ import annotations

import re
from itertools import pairwise

from outcome_graph.sources.page.headings import Kind
from outcome_graph.sources.page.sections import Page, Section
from outcome_graph.sources.text import SourceText, Span

__all__ = ["give_sections"]

#: A paragraph is no shorter than this.
_PARAGRAPH = 120
_SENTENCE = re.compile(r"[a-z0-9)%\"'][.!?][\"')]?\s*$")
#: What the head of a page quotes from the programme.
_STATEMENT = re.compile(r"\((?:step|etape|paso|etapa) ?\d\)|number of|nombre d|numero de", re.I)
_AGENCY = re.compile(
    r"\b(?:ILO|OIT|BIT|UNICEF|UNDP|PNUD|WFP|PAM|PMA|FAO|WHO|OMS|OPS|UNFPA|UNHCR|ACNUR|IOM|OIM|"
    r"GIZ|AFD|LuxDev|Enabel|AECID|World Bank|Banque mondiale|Banco Mundial)\b"
)
_HEADLESS = (None, Kind.RESULT, Kind.FACTS)


def give_sections(source: SourceText, page: Page) -> None:
    """Make sections of the prose of a page that has no heading for what was achieved.

    What comes before the first paragraph that tells of an agency is what was achieved, the rest
    its contribution.

    Parameters:
        source: the text. page: its sections are changed.
    """
    headed = bool(page.kinds & {Kind.ACHIEVED, Kind.CONTRIBUTION})
    made: list[Section] = []
    for section in page.sections:
        bare = section.kind in ((None,) if headed else _HEADLESS)
        made += _parted(source, section, headed=headed) if bare else [section]
    page.sections = made


def _parted(source: SourceText, section: Section, *, headed: bool) -> list[Section]:
    prose = [line for line in source.lines(section.body) if _is_paragraph(source, line)]
    if len(prose) < 2 - headed:
        return [section]
    if headed:
        # Above the first heading stands the news itself.
        start = prose[0].start
        lead = Section(Kind.ACHIEVED, Span(start, start), Span(start, section.body.end))
        head = Section(section.kind, section.heading, Span(section.body.start, start))
        return [head, lead]
    contribution = next((p.start for p in prose[1:] if _AGENCY.search(source.match, *p)), None)
    kinds = [section.kind, Kind.ACHIEVED, Kind.CONTRIBUTION]
    edges = [section.body.start, prose[0].start, contribution, section.body.end]
    told = [edge for edge in edges if edge is not None]
    return [
        Section(kind, section.heading if n == 0 else Span(start, start), Span(start, end))
        for n, (kind, (start, end)) in enumerate(zip(kinds, pairwise(told), strict=False))
    ]


def _is_paragraph(source: SourceText, line: Span) -> bool:
    if line.end - line.start < _PARAGRAPH or _STATEMENT.search(source.match, *line):
        return False
    return bool(_SENTENCE.search(source.match, *line))
