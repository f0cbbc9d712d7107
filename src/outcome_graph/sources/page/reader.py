"""Putting what the parts of a page say together into draft records.

How sure a reading is, and so whether it is stated or awaits review, is told in ``evidence``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from outcome_graph.draft import Draft, Location, Problem, SourceFile
from outcome_graph.errors import NotAResultPageError
from outcome_graph.model import OutcomeRecord, SourceDocument, Texts, record_id, texts
from outcome_graph.sources.page.about import Places, complete
from outcome_graph.sources.page.addresses import clean_url, page_number
from outcome_graph.sources.page.facts import Facts, read_facts
from outcome_graph.sources.page.header import Header, read_header
from outcome_graph.sources.page.judging import why_no_result
from outcome_graph.sources.page.languages import LANGUAGES, detect_language, word_counts
from outcome_graph.sources.page.layout import find_pages
from outcome_graph.sources.page.lines import without_bullet, without_furniture
from outcome_graph.sources.page.projects import read_projects
from outcome_graph.sources.page.prose import sentences
from outcome_graph.sources.page.sections import Kind, Page
from outcome_graph.sources.page.tail import Tail, cut_tail, read_told
from outcome_graph.sources.text import SourceText, Span, decode

__all__ = ["read_pages", "read_text"]

_NEEDED = (
    "A result page has a title under “Outcome summary”, text under “Outcome achieved” and, as a "
    "rule, “Result achieved” with a line such as “01.04.2020 LAO226 Public 2020-21 | 8.1.1”"
)
#: A heading counts as this many telling words when the language of a page is told.
_HEADING_WEIGHT = 2


def read_pages(source: SourceFile, known: Places | None = None) -> Iterator[Draft]:
    """Read the result pages of a text: as a rule one, but several may stand in one file.

    Parameters:
        source: the text, in any encoding that ``text.decode`` knows.
        known: the reference data, by which countries are told that no label names.

    Returns:
        A draft for each page, its coded fields in the page's own words.

    Raises:
        SourceError: the source is empty, binary or not decodable.
        NotAResultPageError: it is text, but no result page; the message says what is missing.
    """
    return read_text(source, decode(source), "text/plain", known)


def read_text(
    source: SourceFile,
    text: SourceText,
    media_type: str,
    known: Places | None = None,
    *,
    address: str | None = None,
) -> Iterator[Draft]:
    """Read the result pages of a text that was drawn from a source.

    Parameters:
        source: where the text comes from. text: the text; every offset refers to it.
        media_type: of the source. known: as `read_pages` has it.
        address: which the text gives for itself; it counts only where it holds one result.

    Raises:
        NotAResultPageError: there is no result page in it.
    """
    document = source.document(media_type)
    text = without_furniture(text)
    pages = find_pages(text)
    if sum(bool(page.kinds - {Kind.RESULT}) for page in pages) <= 1:
        source = replace(source, url=source.url or address)
    drafts, refused = [], []
    for number, page in enumerate(pages, 1):
        reading = _Reading(source, document, text, page, number, known)
        draft = reading.draft()
        if draft:
            drafts.append(draft)
        elif reading.refused:
            refused.append(reading.refused)
    if not drafts:
        raise NotAResultPageError(f"{source.name} is no result page: {refused[0]}. {_NEEDED}.")
    return iter(drafts)


class _Reading:
    """The reading of one page."""

    def __init__(
        self,
        source: SourceFile,
        document: SourceDocument,
        text: SourceText,
        page: Page,
        number: int,
        known: Places | None,
    ) -> None:
        self.source = source
        self.document = document
        self.text = text
        self.page = page
        self.number = number
        self.known = known
        #: Why it is no result page, when it is none.
        self.refused: str | None = None
        self.problems: list[Problem] = list(text.problems)
        self.places: dict[str, int] = {}

    def draft(self) -> Draft | None:
        """Read the page; None when it is none."""
        tail = cut_tail(self.text, self.page)
        read_told(self.text, self.page, tail)
        header = read_header(self.text, self.page, tail.taken)
        complete(self.text, self.page, header, self.known)
        language = self._language()
        dated = header.has_facts
        facts = read_facts(self.text, self.page, tail, header, language)
        self.refused = why_no_result(self.text, self.page, header, tail, facts, dated=dated)
        if self.refused:
            return None
        self._warn_of_untold()
        self.problems += header.problems
        self.places |= header.places
        titles = self._title(header, language)
        self.problems += facts.problems
        self.problems += [
            Problem(
                "info",
                f"The line “{self.text.value(line)}” below the statements was not understood.",
                location=self._at(line.start),
            )
            for line in tail.unread
        ]
        self.places |= facts.places
        record = self._record(header, tail, facts, titles, language)
        locations = tuple((name, self._at(offset)) for name, offset in self.places.items())
        return Draft(record, tuple(self.problems), locations)

    def _language(self) -> str:
        counts = word_counts(self.text.quote(self.page.span))
        for section in self.page.sections:
            if section.language:
                counts[section.language] += _HEADING_WEIGHT
        return max(LANGUAGES, key=lambda language: counts[language])

    def _at(self, offset: int) -> Location:
        return self.text.location(offset)

    # --- texts ---

    def _section_texts(self, kind: Kind, name: str, header: Header, language: str) -> Texts:
        """The paragraphs of the sections of one kind, without lines that were read already."""
        lines: list[str] = []
        sections = self.page.of(kind)
        for section in sections:
            self.places.setdefault(name, section.heading.start)
            for line in self.text.lines(section.body):
                if line not in header.used:
                    plain = without_bullet(self.text, line) if kind is Kind.SUMMARY else line
                    lines.append(self.text.value(plain))
        again = [s for s in sections if s.known and s.told and not s.continued]
        if len(again) > 1:
            self._warn_twice(kind, name, again[1].heading.start)
        words = "\n".join(lines)
        return texts(words, language=detect_language(words, language))

    def _warn_twice(self, kind: Kind, name: str, at: int) -> None:
        self.problems.append(
            Problem(
                "warning",
                f"The section “{kind.value}” stands twice on the page; both were read as one.",
                name,
                self._at(at),
            )
        )

    def _title(self, header: Header, language: str) -> Texts:
        found = self._section_texts(Kind.SUMMARY, "titles", header, language)
        title = " ".join(t.value for t in found).replace("\n", " ")
        start = self.page.span.start
        if not title.strip() and header.title:
            self.places["titles"] = header.title.start
            found = self._statement(header.title, language)
            title = found[0].value
        if not title.strip() and Kind.SUMMARY not in self.page.kinds:
            found = self._first_sentence(language)
            title = found[0].value if found else ""
        if not title.strip():
            empty = Kind.SUMMARY in self.page.kinds
            self.problems.append(
                Problem(
                    "error",
                    "The page has no title: the section “Outcome summary” is "
                    f"{'empty' if empty else 'missing'}. Write the title under this heading.",
                    "titles",
                    self._at(self.places.get("titles", start)),
                )
            )
            return ()
        if title.rstrip().endswith(("…", "...")):
            self.problems.append(
                Problem(
                    "info",
                    "The title is cut short on the page (“…”); it is kept as it stands.",
                    "titles",
                    self._at(self.places["titles"]),
                )
            )
        return texts(title, language=found[0].language)

    def _first_sentence(self, language: str) -> Texts:
        """What a page without a title tells first of what was achieved."""
        told = [s for s in self.page.of(Kind.ACHIEVED) if not s.known]
        first = next((one for s in told for one in sentences(self.text, s.body)), None)
        if first is None:
            return ()
        self.places["titles"] = first.start
        self.problems.append(
            Problem(
                "warning",
                "The page has no title: the first sentence of what was achieved was taken for it.",
                "titles",
                self._at(first.start),
            )
        )
        return self._statement(first, language)

    def _warn_of_untold(self) -> None:
        """Say which parts of the page no heading names, so that somebody looks at them."""
        untold = [
            f"“{s.kind.value}” from line {self._at(s.body.start).line}"
            for s in self.page.sections
            if s.kind and s.kind is not Kind.OTHER and not s.told
        ]
        if untold:
            self.problems.append(
                Problem(
                    "warning",
                    "No heading says what these parts of the page are; they were told by what they "
                    f"say: {', '.join(untold)}. Check what was read.",
                )
            )

    def _statement(self, span: Span | None, language: str) -> Texts:
        if span is None:
            return ()
        words = self.text.value(without_bullet(self.text, span))
        return texts(words, language=detect_language(words, language))

    # --- the record ---

    def _record(
        self, header: Header, tail: Tail, facts: Facts, titles: Texts, language: str
    ) -> OutcomeRecord:
        url = header.url or (clean_url(self.source.url) if self.source.url else None)
        complete = header.code and header.biennium and header.indicator
        for name, items in (
            ("sdg_goals", tail.goals),
            ("sdg_targets", tail.targets),
            ("sdg_indicators", tail.indicators),
            ("branches", tail.branches),
        ):
            if items:
                self.places[name] = items[0][1].start
        projects, more = read_projects(self.text, self.page, header.used, language)
        self.problems += more.problems
        self.places |= more.places
        return OutcomeRecord(
            id=self._id(header, url),
            profile="result-page" if complete else "core",
            language=language,
            code=header.code,
            country=header.country,
            titles=titles,
            achieved_on=header.date,
            achieved_in=header.year if header.date is None else None,
            biennium=header.biennium,
            indicator=header.indicator,
            step=header.step,
            result_statement=self._statement(header.result_statement, language),
            indicator_statement=self._statement(header.indicator_statement, language),
            visibility=header.visibility,
            achievement=self._section_texts(Kind.ACHIEVED, "achievement", header, language),
            gender_equality=self._section_texts(Kind.GENDER, "gender_equality", header, language),
            legal_acts=tuple(facts.legal_acts),
            contribution=facts.contribution(
                self._section_texts(Kind.CONTRIBUTION, "contribution", header, language)
            ),
            projects=projects,
            funders=tuple(facts.funders),
            constituents=tuple(facts.constituents),
            sdg_goals=tuple(value for value, _ in tail.goals),
            sdg_targets=tuple(value for value, _ in tail.targets),
            sdg_indicators=tuple(value for value, _ in tail.indicators),
            branches=tuple(value for value, _ in tail.branches),
            source=replace(self.document, url=url),
            evidence=tuple(facts.evidence),
            candidates=(*facts.candidates, *more.candidates),
        )

    def _id(self, header: Header, url: str | None) -> str:
        if header.code and header.biennium and header.indicator:
            return record_id(header.code, header.biennium, header.indicator)
        number = page_number(url)
        if number:
            return f"page-{number}"
        suffix = f"-{self.number}" if self.number > 1 else ""
        return f"doc-{self.document.sha256[:12]}{suffix}"
