"""Lines that say what they hold: "Country: Jordan", "Partners – A; B", a table's first cell."""

from __future__ import annotations

import re
from dataclasses import dataclass

from outcome_graph.sources.page.headings import kind_of_heading, plain_words
from outcome_graph.sources.page.projects import SYMBOL
from outcome_graph.sources.page.sections import Kind
from outcome_graph.sources.page.words import labels as lex
from outcome_graph.sources.page.words.bodies import HEADS, HEADS_FIRST
from outcome_graph.sources.page.words.small import BEFORE_WORD
from outcome_graph.sources.page.words.work import SIDES
from outcome_graph.sources.text import SourceText, Span, fold
from outcome_graph.tables.headings import find_column
from outcome_graph.tables.value_headings import may_hold

__all__ = ["Labelled", "kind_of_label", "meta_of_label", "read_label"]

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
_SIDES = re.compile(rf"(?:(?:for|pour|por)\s)?{BEFORE_WORD}?{SIDES}", re.IGNORECASE)
_PROJECT = re.compile(
    r"(?:joint )?(?:programmes?|programs?|projects?|projets?|proyectos?|programas?|initiatives?)",
    re.IGNORECASE,
)
#: What stands behind a label in marks; places and types are told by headings too.
_SIGNED_FACTS = frozenset(("date", "year", "code", "biennium", "indicator", "step", "visibility"))
_SIGNED = re.compile(
    r"[\s•●▪◦‣·*_|#-]{0,6}(?P<label>[^\W\d_][^:\t\n|*]{1,60}?)\s{0,3}[*_]{0,3}"
    r"(?:[:|=]|\s[–—-]\s)[*_]{0,3}\s{0,60}(?P<value>[^\s|*].*?)[\s|*_]*"
)
_TOLD_SHORTLY = frozenset((Kind.GENDER, Kind.CONTRIBUTION, Kind.OTHER))
_LISTS = frozenset(
    (Kind.PROJECTS, Kind.FUNDERS, Kind.CONSTITUENTS, Kind.GOALS, Kind.BRANCHES, Kind.SUMMARY)
)


@dataclass(frozen=True, slots=True)
class Labelled:
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


def read_label(source: SourceText, line: Span) -> Labelled | None:
    """Return what a line says that it holds, None when it is no such line.

    Parameters:
        source: the text. line: one line.
    """
    return _plainly_labelled(source, line) or _in_signs(source, line)


def _plainly_labelled(source: SourceText, line: Span) -> Labelled | None:
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
        return Labelled(label, value, Kind.PROJECTS, whole=True)
    meta = meta_of_label(words) if exact and value.end - value.start <= _LONGEST_FACT else None
    if meta == "date" and not _DIGIT.search(source.match, *value):
        meta = None
    column = find_column(words) if exact else None
    count = len(words.split("(")[0].split())
    few = bullet and meta is None and not (column and not column.loose)
    if count > (_MOST_WORDS if exact and not few else _FEW_WORDS):
        return None
    whole = bool(cell) or bullet
    if meta is not None:
        return Labelled(label, value, Kind.FACTS, whole, meta)
    kind = _section_of(
        source, label, exact=exact, short=bool(cell or column) or count <= _FEW_WORDS
    )
    return Labelled(label, value, kind, whole) if kind else None


def _section_of(source: SourceText, label: Span, *, exact: bool, short: bool) -> Kind | None:
    """Which section the value of a label is of.

    Parameters:
        source: the text. label: where it stands. exact: whether a colon or a gap follows it.
        short: whether it may be of any section; a longer one is of a list.
    """
    words = source.value(label)
    if _SIDES.fullmatch(source.match, *label):
        return Kind.CONSTITUENTS if exact else None
    kind = kind_of_label(words)
    if kind is None or (kind is not Kind.CONTRIBUTION and _names_body(words.split("(")[0])):
        return None
    if kind in _LISTS:
        return kind
    return kind if short and (exact or kind in _TOLD_SHORTLY) else None


def _in_signs(source: SourceText, line: Span) -> Labelled | None:
    """Read a single fact whose label stands in or before other signs: "**Step:** 2", "Code = X"."""
    found = _SIGNED.fullmatch(source.text, *line)
    label = Span(*found.span("label")) if found else line
    meta = meta_of_label(source.quote(label).replace("_", " ")) if found else None
    if found is None or meta not in _SIGNED_FACTS:
        return None
    value = source.trim(Span(*found.span("value")))
    if meta != "visibility" and not _DIGIT.search(source.match, *value):
        # "Date | Code": the headings of a table.
        return None
    return Labelled(label, value, Kind.FACTS, whole=False, meta=meta)


def _names_body(words: str) -> bool:
    """Whether a label names a body: "Ministry of Gender"."""
    return not {w.lower() for w in re.findall(r"[^\W\d_][\w'-]*", fold(words))}.isdisjoint(
        HEADS | HEADS_FIRST
    )


def meta_of_label(text: str) -> str | None:
    """Return which single fact a label is of, "" when it is of a day that is not the result's.

    Parameters:
        text: the words before a colon or a tab.
    """
    words = plain_words(lex.PARENTHESES.sub("", text))
    if lex.OF_THE_PAGE.search(words):
        return None if find_column(words) else ""
    if lex.CODE_OF_RESULT.match(words):
        return "code"
    column = find_column(words)
    if column and column.column.key in lex.META_OF and may_hold(words, column.column.key):
        return lex.META_OF[column.column.key]
    if len(words.split()) > lex.MOST_WORDS:
        return None
    return next((name for name, speaks_of in lex.META if speaks_of.search(words)), None)


def kind_of_label(text: str) -> Kind | None:
    """Return in which section what follows a label belongs, None when the label does not tell.

    Parameters:
        text: the words before a colon, a tab or a dash.
    """
    words = plain_words(text)
    if lex.COMMISSIONED.fullmatch(words) or lex.SUPPORTED.fullmatch(words):
        return Kind.FUNDERS
    if lex.TALKS.search(words):
        return None
    if lex.AMOUNT.search(words) or lex.NO_HEADING.search(words):
        return Kind.OTHER
    column = find_column(words)
    if column and column.column.key in lex.SECTION_OF:
        return lex.SECTION_OF[column.column.key]
    kind = kind_of_heading(text)
    # A day of something else: "Date of entry into force".
    return Kind.OTHER if kind is Kind.FACTS and lex.DAYS.search(words) else kind
