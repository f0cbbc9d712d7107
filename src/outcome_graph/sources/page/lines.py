"""What a line is by its form: of a site or its paper, an address, a paragraph, a row of cells."""

from __future__ import annotations

import re
from dataclasses import replace

from outcome_graph.sources.page.headings import kind_of_heading
from outcome_graph.sources.page.words.small import BULLETS
from outcome_graph.sources.text import SourceText, Span

__all__ = [
    "cells",
    "is_address",
    "is_prose",
    "is_site_line",
    "without_bullet",
    "without_furniture",
]

#: Page numbers, rights, days of the last change: a line each.
_FURNITURE = re.compile(
    r"(?:^[ \t]{0,80}|(?<=[ ]{3})|(?<=\t))(?:page|pagina|p\.)[ ]?\d{1,4}"
    r"(?:[ ]?(?:of|/|de|sur)[ ]?\d{1,4})?[^\S\n]{0,80}$"
    r"|^[^\S\n]*(?:\u00a9|copyright\b|all rights reserved|tous droits reserves|"
    r"todos los derechos|"
    # "(c) ILO 2022", but not the third item of a list
    r"\(c\)\s?(?:(?=\d{4})|(?-i:(?=[A-Z])(?=[^,;:\n]{0,60}\d{4}\W*$))))[^\n]{0,200}$"
    r"|^[^\S\n]*(?:(?:page )?last (?:updated|reviewed|modified)|page (?:updated|printed)|"
    r"printed (?:on|from)|downloaded (?:on|from)|derniere mise a jour|mise? a jour|imprime le|"
    r"ultima actualizacion|actualizado el|impreso el)\b(?:(?-i:(?![A-Z]{2}))[^\n]){0,60}$",
    re.IGNORECASE | re.MULTILINE,
)
#: Words of a site, an office or a collection at the head of a page.
_SITE = re.compile(
    r"[|>·]|\b(?:office|bureau|oficina|organi[sz]ation|organizacion|database|dashboard|factsheet|"
    r"country results|results? (?:of|at|from|sheet|card|database|archive)|joint results|"
    r"resultados por|ficha de|fiche de|page \d|sheet no|resultat de la cooperation|posted|"
    r"published|publiee?|publicad[oa]|newsletter|press release|communique)\b",
    re.IGNORECASE,
)
_YEARS = re.compile(r"\b(?:(?:19|20)\d\d(?:\s?[-/]\s?\d{2,4})?|2030)\b")
_URL_LINE = re.compile(r"(?:[\w ]{1,20}: ?)?https?://\S+", re.IGNORECASE)
#: Signs before the items of a list, and those of marked text.
_BULLET = re.compile(rf"(?:[{BULLETS}#*=_-]|o(?=\s)|\s)*")
_TITLE_WORDS = 4
_FEWEST_CHARACTERS = 40
_ENDS = re.compile(r"[.!?:;…][\"')\]]{0,2}$")
_GAP = re.compile(r"\t+[ \t]*|[ ]{3,}|\s[·•|–—-]\s")


def without_furniture(text: SourceText) -> SourceText:
    """Return a text whose lines of page numbers, rights and updates are blank to all patterns.

    Its words stay as they are, and so does every offset.

    Parameters:
        text: the text of one source.
    """
    blank = _FURNITURE.sub(lambda found: " " * len(found[0]), text.match)
    return replace(text, match=blank)


def is_site_line(source: SourceText, line: Span) -> bool:
    """Whether a line at the head of a page names a site, an office or a collection, no result."""
    words = source.match[line.start : line.end]
    bare = _YEARS.sub("", words)
    series = bare != words and len(bare.split()) <= _TITLE_WORDS and kind_of_heading(bare)
    return bool(_SITE.search(words) or series) or len(words.split()) < _TITLE_WORDS


def is_address(source: SourceText, line: Span) -> bool:
    """Whether a line is an address, with or without a label."""
    return bool(_URL_LINE.fullmatch(source.match, *line))


def is_prose(source: SourceText, block: Span) -> bool:
    """Whether a line or block of lines is a paragraph, not a label, a title or a name."""
    words = source.match[block.start : block.end]
    return len(words) >= _FEWEST_CHARACTERS and bool(_ENDS.search(words))


def cells(source: SourceText, line: Span) -> list[Span]:
    """Return the parts of a line that stand apart: behind tabs, wide gaps, or dots between them.

    Parameters:
        source: the text. line: where it stands.
    """
    found, at = [], line.start
    for gap in _GAP.finditer(source.text, *line):
        found.append(source.trim(Span(at, gap.start())))
        at = gap.end()
    return [*found, source.trim(Span(at, line.end))]


def without_bullet(source: SourceText, line: Span) -> Span:
    """Return what stands behind the signs that a line begins with: its own span without any.

    Parameters:
        source: the text. line: where it stands.
    """
    bullet = _BULLET.match(source.match, *line)
    return Span(bullet.end() if bullet else line.start, line.end)
