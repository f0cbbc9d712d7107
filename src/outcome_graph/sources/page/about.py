"""What a page is about where no label says it: its country, and the code before its title.

A country is stated where the head of the page names one only: the site or office ("UNDP Moldova"),
the title, the dateline; else where what was achieved names one only. Where several are named nobody
guesses: the page says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

from outcome_graph.draft import Problem
from outcome_graph.sources.page.dates import find_dates
from outcome_graph.sources.page.header import Header
from outcome_graph.sources.page.sections import Kind, Page
from outcome_graph.sources.page.words.labels import DAYS, RESULT
from outcome_graph.sources.text import SourceText, Span

__all__ = ["Places", "complete"]

_CODE_FIRST = re.compile(r"(?P<code>[A-Z]{3}\d{3,4})\s?(?:[:.|]|-)\s+(?=\S)")
_OF_RESULTS = re.compile(
    rf"\b{RESULT}\b[^\n]{{0,60}}?\b(?P<first>(?:19|20)\d\d)\s?[-/]\s?(?P<last>\d{{4}}|\d\d)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w'.-]*")
#: Of a name of a country no more words are tried; shorter words are initials.
_MOST_WORDS, _SHORTEST = 6, 4
#: So much of what was achieved is searched for a country, in characters.
_LEAD = 600


class Places(Protocol):
    """What is known of countries: the reference data, as the reader of pages asks it."""

    def country(self, words: str) -> str | None:
        """Return the code of the country that words name."""


def complete(source: SourceText, page: Page, header: Header, known: Places | None) -> None:
    """Add to the head what it says without a label.

    Parameters:
        source: the text. page: its sections. header: what was read of the head; it is changed.
        known: the reference data, None where no country can be told.
    """
    if header.title:
        first = _CODE_FIRST.match(source.match, *header.title)
        if first:
            header.title = Span(first.end(), header.title.end)
            if header.code is None:
                header.code = first["code"]
                header.places["code"] = first.start()
    if header.date is None and header.year is None:
        _take_day(source, page, header)
    if header.biennium is None:
        _take_biennium(source, page, header)
    if header.country is None and header.code is None and known is not None:
        _take_country(source, page, header, known)


def _take_day(source: SourceText, page: Page, header: Header) -> None:
    """Take the one day that stands under a heading such as "¿Dónde y cuándo?"."""
    for section in page.of(Kind.FACTS):
        if not (section.told and DAYS.search(source.match, *section.heading)):
            continue
        days = find_dates(source.match, section.body)
        if len(days) == 1 and days[0].last and days[0].first == days[0].last:
            header.date = days[0].last
            header.places["achieved_on"] = days[0].span.start


def _take_biennium(source: SourceText, page: Page, header: Header) -> None:
    """Take the biennium of a line such as "Results at country level 2024-25"."""
    for line in _head(source, page):
        told = _OF_RESULTS.search(source.match, *line)
        if told and int(told["last"][-2:]) == (int(told["first"]) + 1) % 100:
            header.biennium = f"{told['first']}-{told['last'][-2:]}"
            header.places["biennium"] = told.start("first")
            return


def _head(source: SourceText, page: Page) -> Iterator[Span]:
    """The lines before the first section."""
    if page.sections and page.sections[0].kind is None:
        yield from source.lines(page.sections[0].body)


def _take_country(source: SourceText, page: Page, header: Header, known: Places) -> None:
    lead = [s.body for s in (*page.of(Kind.SUMMARY), *page.of(Kind.ACHIEVED)) if s.body]
    head = [*_head(source, page), *([header.title] if header.title else [])]
    for spans in (head, [Span(b.start, min(b.end, b.start + _LEAD)) for b in lead]):
        found: dict[str, Span] = {}
        for span in spans:
            for code, where in _countries(source, span, known):
                found.setdefault(code, where)
        if len(found) == 1:
            where = next(iter(found.values()))
            header.country = source.value(where)
            header.places["country"] = where.start
            return
        if found:
            named = ", ".join(source.value(where) for where in found.values())
            header.problems.append(
                Problem(
                    "warning",
                    f"The page names several countries ({named}) and does not say which one the "
                    "result is of: write a line such as “Country: …”.",
                    "country",
                    source.location(min(found.values()).start),
                )
            )
            return


def _countries(source: SourceText, span: Span, known: Places) -> Iterator[tuple[str, Span]]:
    """Yield the countries that capitalised words name, the longest name first."""
    words = list(_WORD.finditer(source.match, *span))
    n = 0
    while n < len(words):
        step = 1
        if words[n][0][0].isupper():
            for count in range(min(_MOST_WORDS, len(words) - n), 0, -1):
                last = words[n + count - 1]
                where = Span(words[n].start(), last.start() + len(last[0].rstrip(".'-")))
                name = source.value(where)
                if len(name) < _SHORTEST or "\n" in source.match[where.start : where.end]:
                    continue
                code = known.country(name)
                if code:
                    yield code, where
                    step = count
                    break
        n += step
