"""Facts of the head that stand behind a label of their own: "Biennium: 2020-21", "Step⇥3"."""

from __future__ import annotations

import re
from typing import NamedTuple

from outcome_graph.sources.page.heading_words import meta_of_label
from outcome_graph.sources.text import SourceText, Span

__all__ = ["Labelled", "cells", "read_label"]

#: What stands behind a label in marks; places and types are told by headings too.
_FIELDS = frozenset(("date", "year", "code", "biennium", "indicator", "step", "visibility"))
_LINE = re.compile(
    r"[\s•●▪◦‣·*_|#-]{0,6}(?P<label>[^\W\d_][^:\t\n|*]{1,60}?)\s{0,3}[*_]{0,3}"
    r"(?:[:\t|=]|\s[–—-]\s|[ ]{3,})[*_]{0,3}\s{0,60}(?P<value>[^\s|*].*?)[\s|*_]*"
)
_GAP = re.compile(r"\t+[ \t]*|[ ]{3,}|\s[·•|–—-]\s")


class Labelled(NamedTuple):
    """A value behind a label: which fact it is, and where it stands."""

    field: str
    value: Span


def read_label(source: SourceText, line: Span) -> Labelled | None:
    """Read a line that is a label and its value, None when it is none that we know.

    Parameters:
        source: the text. line: where it stands.
    """
    found = _LINE.fullmatch(source.text, *line)
    if found is None:
        return None
    field = meta_of_label(source.text[found.start("label") : found.end("label")].replace("_", " "))
    if field not in _FIELDS:
        return None
    return Labelled(field, source.trim(Span(*found.span("value"))))


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
