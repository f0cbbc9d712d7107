"""The head of a page: the two statements with their step, and the line of facts.

``01.04.2020 LAO226 Public 2020-21 | 8.1.1`` is date achieved, code, visibility, biennium and
indicator; they are told apart by their form, so their order, separators and labels do not matter.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field

from outcome_graph.draft import Problem
from outcome_graph.sources.page.addresses import clean_url
from outcome_graph.sources.page.dates import find_dates
from outcome_graph.sources.page.fact_line import (
    LABEL,
    STEP,
    LineFacts,
    facts_of,
    guess_the_rest,
    told_facts,
)
from outcome_graph.sources.page.labels import read_label
from outcome_graph.sources.page.lines import cells, is_site_line, without_bullet
from outcome_graph.sources.page.prose import sentences
from outcome_graph.sources.page.sections import Kind, Page
from outcome_graph.sources.page.words import small
from outcome_graph.sources.text import SourceText, Span, fold

__all__ = ["Header", "read_header"]

_URL_LINE = re.compile(
    r"(?:(?:source|url|link|page|lien|enlace|fuente)\s?:?\s*)?<?(https?://[^\s<>\"{}|"
    r"\\^`]{1,2000})>?",
    re.IGNORECASE,
)
_COUNTRY = re.compile(r"[\s•*-]{0,4}(?:country|pays|pais)\s?:\s*(\S[^\n]{1,80})", re.IGNORECASE)
_BRACKETED_STEP = re.compile(rf"\([^()\n]{{0,60}}?\b{small.STEP}\s?(\d)\)", re.IGNORECASE)
_COUNTRY_ENDS = re.compile(r"[.;/|·]\s")
_NUMBER_OF = re.compile(r"number of|nombre d(?:e|')|numero de", re.IGNORECASE)
#: A line with an address or a day is no title.
_NO_TITLE = re.compile(r"https?:|\b\d{1,2}[./]\d{1,2}[./]\d{4}", re.IGNORECASE)
_LONGEST_TITLE = 250
_SMALL_WORD = re.compile(r"(?<![\w'-])[a-z]{3,}")
_SMALL_WORDS = 3
_RULE = re.compile(r"[\W_]+")

#: Of the lines at the head that were not understood no more are reported.
_MOST_REPORTED = 10
#: In a sentence that tells them all: "El resultado corresponde al bienio 2022-23 (código …)".
_MOST_WORDS_OF_FACTS = 10
#: A line of facts is short.
_LONGEST = 300


@dataclass(slots=True)
class Header:
    """What the head of a page says; spans are offsets into the text."""

    date: datetime.date | None = None
    year: int | None = None
    code: str | None = None
    visibility: str | None = None
    biennium: str | None = None
    indicator: str | None = None
    title: Span | None = None
    result_statement: Span | None = None
    indicator_statement: Span | None = None
    step: int | None = None
    country: str | None = None
    url: str | None = None
    places: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    #: Lines that have been read and belong to no other part of the page.
    used: set[Span] = field(default_factory=set)

    @property
    def has_facts(self) -> bool:
        """Whether a line of facts was found."""
        return any((self.date, self.year, self.code, self.biennium, self.indicator))


def read_header(source: SourceText, page: Page, taken: set[Span]) -> Header:
    """Read the head of a page, and lines of facts or addresses wherever they stand.

    Parameters:
        source: the text. page: the page within it. taken: lines that have been read already.
    """
    header = Header()
    rest: list[Span] = []
    head: set[Span] = set()
    for section in page.sections:
        _read_bracketed_step(source, section.heading, header)
        at_head = section.kind in (None, Kind.RESULT, Kind.FACTS)
        for line in source.lines(section.body):
            if line in taken:
                continue
            if (
                _read_address(source, line, header)
                or _read_labelled(source, line, header)
                or _read_facts(source, line, header, at_head)
                or (at_head and _read_cells(source, line, header))
            ):
                header.used.add(line)
            elif at_head:
                rest.append(line)
                head |= {line} if section.kind is not Kind.FACTS else set()
    if header.code is None:
        _read_told_facts(source, page, header)
    lines = _joined(source, rest)
    if not any(source.paragraphs(section.body) for section in page.of(Kind.SUMMARY)):
        titles = [line for line in lines if _is_title(source, line) and _begins_with(line, head)]
        # A sentence rather than the name of an office or of a series.
        header.title = next((t for t in reversed(titles) if _tells(source, t)), None)
        header.title = header.title or next(iter(titles), None)
    _read_statements(source, [line for line in lines if line != header.title], header)
    return header


def _read_told_facts(source: SourceText, page: Page, header: Header) -> None:
    """Read the facts that one sentence of the page tells, where no line gives a code."""
    told = [
        facts
        for section in page.sections
        if section.kind is not Kind.OTHER
        for sentence in sentences(source, section.body)
        if (facts := told_facts(source, sentence))
    ]
    if len(told) == 1:
        _put_all(source, told[0], header)


def _begins_with(line: Span, lines: set[Span]) -> bool:
    """Whether a line, which may be joined of several, begins with one of some lines."""
    return any(line.start == one.start for one in lines)


def _is_title(source: SourceText, line: Span) -> bool:
    """Whether a line of the head may be the title of a page that has no heading for one."""
    words = source.match[line.start : line.end]
    return (
        words.count(" ") >= 3
        and len(words) <= _LONGEST_TITLE
        and not STEP.search(words)
        and not _NUMBER_OF.match(words)
        and not _NO_TITLE.search(words)
        and not words.endswith(":")
        and not is_site_line(source, line)
    )


def _tells(source: SourceText, line: Span) -> bool:
    return len(_SMALL_WORD.findall(source.match, *line)) >= _SMALL_WORDS


def _read_labelled(source: SourceText, line: Span, header: Header) -> bool:
    """Read a line such as "Programme and budget indicator: 8.1.1 (step 2)"."""
    labelled = read_label(source, line) if line.end - line.start <= _LONGEST else None
    if labelled is None:
        return False
    _read_bracketed_step(source, labelled.label, header)
    if labelled.meta is None:
        return False
    field, value = labelled.meta, labelled.value
    if not field:
        # A day of the page, not of the result.
        return True
    facts = facts_of(source, value)
    words = source.value(value)
    if field == "country":
        cut = _COUNTRY_ENDS.search(source.match, *value)
        if header.country is None:
            header.country = source.value(Span(value.start, cut.start() if cut else value.end))
            header.places["country"] = value.start
        if cut:
            _put_all(source, facts, header)
        return True
    if field == "type":
        facts.found = {"step": facts.found.get("step", [])}
    if field == "step" and re.fullmatch(r"\d", words):
        facts.found["step"] = [(words, value.start)]
    if field == "visibility" and field not in facts.kinds and words.isalpha():
        facts.found[field] = [(words, value.start)]
    if field == "date" and "year" in facts.kinds:
        field = "year"
    if field not in facts.kinds and field != "type":
        return False
    if field not in ("date", "year"):
        # "Indicator: 8.1.1, adopted in 2019".
        facts.found.pop("year", None)
    _put_all(source, facts, header)
    return True


def _read_bracketed_step(source: SourceText, label: Span, header: Header) -> None:
    """Read the step in a label or heading: "Result (scheme in operation, step 3): …"."""
    step = _BRACKETED_STEP.search(source.match, *label)
    if step:
        _put(source, header, "step", step[1], step.start(1))


def _put_all(source: SourceText, facts: LineFacts, header: Header) -> None:
    for name, values in facts.found.items():
        for found, at in values:
            _put(source, header, name, found, at)


def _read_cells(source: SourceText, line: Span, header: Header) -> bool:
    """Read a line whose parts stand apart, one of them a fact: "JORDAN      JOR151"."""
    parts = cells(source, line)
    read = [_read_facts(source, part, header, at_head=True) for part in parts if len(parts) > 1]
    return any(read)


def _read_address(source: SourceText, line: Span, header: Header) -> bool:
    url = _URL_LINE.fullmatch(source.match, line.start, line.end)
    if url:
        if header.url is None:
            header.url = clean_url(source.text[url.start(1) : url.end(1)])
            header.places["source"] = line.start
        return True
    country = _COUNTRY.fullmatch(source.match, line.start, line.end)
    if country and header.country is None:
        header.country = source.value(Span(country.start(1), country.end(1)))
        header.places["country"] = line.start
        return True
    return False


# --- the line of facts ---------------------------------------------------------------------------


def _read_facts(source: SourceText, line: Span, header: Header, at_head: bool) -> bool:
    if line.end - line.start > _LONGEST:
        return False
    facts = facts_of(source, line)
    kinds = facts.kinds
    if at_head:
        certain = len(kinds - {"step"}) >= 2 and len(facts.left) <= 3
        if not certain and (not kinds or facts.left):
            return False
    elif len(kinds) < 3 or "code" not in kinds or len(facts.left) > 3:
        told = {"code", "biennium", "indicator"} <= kinds
        if not told or len(facts.left) > _MOST_WORDS_OF_FACTS:
            return False
        facts.left.clear()
    guess_the_rest(facts)
    _drop_other_days(source, facts)
    for name, values in facts.found.items():
        for value, at in values:
            _put(source, header, name, value, at)
    if facts.left:
        words = " ".join(word for word, _ in facts.left)
        header.problems.append(
            Problem(
                "warning",
                f"The words “{words}” in the line of facts were not understood.",
                location=source.location(facts.left[0][1]),
            )
        )
    return True


def _drop_other_days(source: SourceText, facts: LineFacts) -> None:
    """Leave out days that a word not understood stands before: "Last updated 05.06.2021"."""
    ends = [at + len(word) for word, at in facts.left]
    facts.found["date"] = [
        (value, at)
        for value, at in facts.found.get("date", [])
        if not any(
            end <= at and not LABEL.sub("", source.match[end:at]).strip(" :-") for end in ends
        )
    ]


def _put(source: SourceText, header: Header, name: str, value: str, at: int) -> None:
    where = source.location(at)
    if name == "date":
        day = next(iter(find_dates(fold(value), Span(0, len(value)))), None)
        if day is None or day.last is None:
            header.problems.append(
                Problem(
                    "error",
                    f"The date {value} does not exist. Write the day first: dd.mm.yyyy.",
                    "achieved_on",
                    where,
                )
            )
            return
        _set(source, header, "date", "achieved_on", day.last, at)
    elif name == "step":
        _set(source, header, "step", "step", int(value), at)
    elif name == "year":
        _set(source, header, "year", "achieved_in", int(value), at)
    else:
        _set(source, header, name, name, value, at)


_NOUNS = {
    "date": "dates",
    "year": "years",
    "step": "steps",
    "code": "codes",
    "visibility": "visibilities",
    "biennium": "biennia",
    "indicator": "indicators",
}


def _set(
    source: SourceText, header: Header, attribute: str, name: str, value: object, at: int
) -> None:
    known = getattr(header, attribute)
    if known is None:
        setattr(header, attribute, value)
        header.places[name] = at
    elif known != value:
        header.problems.append(
            Problem(
                "error",
                f"The page gives two {_NOUNS[attribute]}: {known} and {value}. "
                "Leave the right one.",
                name,
                source.location(at),
            )
        )


# --- the statements ------------------------------------------------------------------------------


def _joined(source: SourceText, lines: list[Span]) -> list[Span]:
    """Join lines of the head that were broken within a sentence."""
    joined: list[Span] = []
    for line in lines:
        if _RULE.fullmatch(source.match, line.start, line.end):
            continue
        first = source.match[line.start]
        if joined and (first.islower() or first == "("):
            joined[-1] = Span(joined[-1].start, line.end)
        else:
            joined.append(line)
    return joined


def _read_statements(source: SourceText, lines: list[Span], header: Header) -> None:
    steps: dict[str, tuple[int, int]] = {}
    unread: list[Span] = []
    for line in lines:
        step = STEP.search(source.match, line.start, line.end)
        if _NUMBER_OF.match(source.match, *without_bullet(source, line)):
            name = "indicator_statement"
        elif step or (not header.title and source.match.count(" ", line.start, line.end) >= 5):
            name = "result_statement"
        else:
            unread.append(line)
            continue
        before: Span | None = getattr(header, name)
        if before is not None:
            if not step or name in steps:
                unread.append(line)
                continue
            # The first long line may be a site's; one that gives the step is none.
            unread.append(before)
        setattr(header, name, line)
        header.places[name] = line.start
        if step:
            steps[name] = (int(step[1]), step.start())
    if header.title:
        # What stands around a title names the site, the office, the country.
        unread = [line for line in unread if not is_site_line(source, line)]
    for line in unread[:_MOST_REPORTED]:
        words = source.value(line)[:60]
        header.problems.append(
            Problem(
                "info",
                f"The line “{words}” at the head of the page was not understood.",
                location=source.location(line.start),
            )
        )
    _read_step(source, steps, header)


def _read_step(source: SourceText, steps: dict[str, tuple[int, int]], header: Header) -> None:
    for name in ("result_statement", "indicator_statement"):
        if name not in steps:
            continue
        number, at = steps[name]
        if header.step is None:
            header.step = number
            header.places["step"] = at
        elif header.step != number:
            header.problems.append(
                Problem(
                    "warning",
                    f"The result is of step {header.step}, the indicator statement of step "
                    f"{number}; the result's was taken.",
                    "step",
                    source.location(at),
                )
            )
