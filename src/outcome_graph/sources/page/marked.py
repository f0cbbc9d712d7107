"""Lines that say what they hold: "Country: Jordan", "Partners – A; B", a table's first cell."""

from __future__ import annotations

import re
from dataclasses import dataclass

from outcome_graph.sources.page.heading_words import kind_of_label, meta_of_label
from outcome_graph.sources.page.projects import SYMBOL
from outcome_graph.sources.page.words.bodies import HEADS, HEADS_FIRST
from outcome_graph.sources.page.words.headings import Kind
from outcome_graph.sources.text import SourceText, Span, fold
from outcome_graph.tables.headings import find_column

__all__ = ["Marked", "read_mark"]

_MARK = re.compile(r"(?:[•●▪◦‣·*-]\s{1,3}|\d{1,2}(?:\.\d{1,2})?[.)]\s{1,3})?")
#: A label: a few words, none of them a number, before a sign that parts it from its value.
_LABEL = re.compile(
    r"(?P<label>[^\W\d_](?:[^:;|\n.?!\d\"()]|\.(?=\w)|\(\w{1,3}\)|2030){0,60}?"
    r"(?:\([^()\n]{1,50}\))?)\s?"
    r"(?:(?P<colon>:)(?!//)\s*|(?P<dash>\s-{1,2}\s)|(?P<stop>\.\s+(?=[A-Z0-9])))",
)
_CELL = re.compile(r"(?P<label>[^\W\d_][^\n\t.;:?!]{0,60}?)(?P<gap>[ ]*\t+\s*|[ ]{3,})(?=\S)")
_DIGIT = re.compile(r"\d")
#: The value of a single fact is no longer than this.
_LONGEST_FACT = 200
_GAP = re.compile(r"\t|[ ]{3,}")
#: A label of more words is the beginning of a sentence.
_MOST_WORDS, _FEW_WORDS, _SHORTEST = 7, 3, 2
_SIDES = re.compile(
    r"(?:for the |pour (?:le |les )?|por (?:el |los )?)?(?:governments?|workers?|employers?|"
    r"gouvernement|travailleurs|employeurs|gobierno|trabajadores|empleadores|civil society|"
    r"others?|autres|otros)",
    re.IGNORECASE,
)
_PROJECT = re.compile(
    r"(?:joint )?(?:programmes?|programs?|projects?|projets?|proyectos?|programas?|initiatives?)",
    re.IGNORECASE,
)
_LISTS = frozenset(
    (Kind.PROJECTS, Kind.FUNDERS, Kind.CONSTITUENTS, Kind.GOALS, Kind.BRANCHES, Kind.SUMMARY)
)


@dataclass(frozen=True, slots=True)
class Marked:
    """A line with its label.

    Parameters:
        label, value: where they stand. kind: the section that the value is of.
        whole: whether the line is an item of a list or table, which the next line is no part of.
        meta: which single fact it is, "" for a day of the page; None for what is none.
    """

    label: Span
    value: Span
    kind: Kind
    whole: bool
    meta: str | None = None


def read_mark(source: SourceText, line: Span) -> Marked | None:
    """Return what a line says that it holds, None when it is no such line.

    Parameters:
        source: the text. line: one line.
    """
    mark = _MARK.match(source.match, *line)
    start = mark.end() if mark else line.start
    bullet = start > line.start and not source.match[line.start].isdigit()
    cell = _CELL.match(source.text, start, line.end)
    found = cell or _LABEL.match(source.match, start, line.end)
    if not found:
        return None
    label, value = Span(*found.span("label")), source.trim(Span(found.end(), line.end))
    words = source.value(label)
    if cell and _GAP.search(source.text, *value):
        # A row of several cells is one of a table.
        return None
    if value.start >= value.end or len(words) < _SHORTEST or not words[:1].isupper():
        return None
    exact = bool(cell or found["colon"])
    if exact and _PROJECT.fullmatch(source.match, *label) and SYMBOL.search(source.match, *value):
        # "Programme: Markets, Jobs and Care (FJI/21/02/AUS)"
        return Marked(label, value, Kind.PROJECTS, whole=True)
    meta = None
    if exact and value.end - value.start <= _LONGEST_FACT:
        meta = meta_of_label(words)
    if meta == "date" and not _DIGIT.search(source.match, *value):
        meta = None
    kind = kind_of_label(words)
    column = find_column(words) if exact else None
    count = len(words.split("(")[0].split())
    plain = column is not None and not column.loose
    few = bullet and meta is None and not plain
    if count > (_MOST_WORDS if exact and not few else _FEW_WORDS):
        return None
    whole = bool(cell) or bullet
    if meta is not None:
        return Marked(label, value, Kind.FACTS, whole, meta)
    if _SIDES.fullmatch(source.match, *label):
        return Marked(label, value, Kind.CONSTITUENTS, whole) if exact else None
    if kind is None or (kind is not Kind.CONTRIBUTION and _names_body(words.split("(")[0])):
        return None
    if not (cell or count <= _FEW_WORDS or kind in _LISTS or column):
        return None
    if not exact and kind not in _LISTS | {Kind.GENDER, Kind.CONTRIBUTION, Kind.OTHER}:
        return None
    return Marked(label, value, kind, whole)


def _names_body(words: str) -> bool:
    """Whether a label names a body: "Ministry of Gender"."""
    return not {w.lower() for w in re.findall(r"[^\W\d_][\w'-]*", fold(words))}.isdisjoint(
        HEADS | HEADS_FIRST
    )
