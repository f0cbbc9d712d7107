"""Finding the pages of a text and the sections of each page by their headings.

Headings are known in English, French and Spanish, whatever their case, accents, apostrophes and
final colon; alone on a line, with text after a colon, or glued to the text before or after them
("…ReformOutcome achieved"), as pages copied from the web have them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from outcome_graph.sources.page.headings import (
    BY_WORDS,
    EITHER,
    EITHER_SHORT,
    MAIN,
    OF_AGENCY,
    SHORT,
    WORK_EN,
    WORK_ES,
    WORK_FR,
    Kind,
)
from outcome_graph.sources.page.languages import detect_language
from outcome_graph.sources.page.names import is_line_of_names
from outcome_graph.sources.text import SourceText, Span, fold

__all__ = ["Kind", "Page", "Section", "agencies_of", "find_pages", "heading_kind"]

#: Whose contribution a heading tells of.
_WHOSE = re.compile(
    r"[#*=_ ]*(?:\d[.)] )?(?:(?:how|what) (?:the )?(?P<did>.+?) \w+(?: done)?"
    rf"|{WORK_EN} (?:of|from|by|provided by) (?:the )?(?P<of>.+?)(?: (?:to|in|towards)\b.*)?"
    rf"|(?:the )?(?P<en>.+?)(?:'s|(?<=s)')? {WORK_EN}(?: (?:to|in|towards)\b.*)?"
    rf"|{WORK_FR} (?:de l'|de la |du |des |d'|de )(?P<fr>.+?)(?: (?:a|au|aux) .*)?"
    r"|(?:comment|ce qu[e']) ?(?:l'|le |la )?(?P<fait>.+?) a \w+"
    rf"|{WORK_ES} (?:del |de la |de los |de )(?P<es>.+?)(?: (?:al?|en) .*)?"
    r"|(?:que|lo que|como) (?:hizo|contribuyo|apoyo|ayudo|aporto) (?:la |el )?(?P<hizo>.+?)"
    r"|(?:lo que|como) (?:la |el )?(?P<como>.+?) \w+)[#*=_ :.]*",
    re.IGNORECASE,
)
#: "UNICEF's and ILO's", "du PAM et du BIT".
_AND = re.compile(
    r"(?:['’]s?)?\s*(?:,|&|\b(?:and|et|y|e)\b)\s+"
    r"(?:(?:the|du|des|del|de la|de l['’]|de|d['’])\s*)?",
    re.IGNORECASE,
)


def _groups(tables: dict[Kind, dict[str, str]]) -> list[tuple[str, Kind | None, str]]:
    return [(f, kind, lang) for kind, forms in tables.items() for lang, f in forms.items()]


_GLUABLE = [*_groups(MAIN), *((form, None, lang) for lang, form in EITHER.items())]
#: Headings that text may follow on their line, after a colon.
_LED = [*_GLUABLE, *_groups(SHORT), *_groups(OF_AGENCY)]
_ALL = [
    *_LED,
    *((form, None, lang) for lang, form in EITHER_SHORT.items()),
]


def _alternatives(forms: list[tuple[str, Kind | None, str]], prefix: str) -> str:
    joined = "|".join(f"(?P<{prefix}{n}>{form})" for n, (form, _, _) in enumerate(forms))
    return joined.replace(" ", r"[ ]{1,4}")


_ALONE = re.compile(
    rf"[#*=_ ]{{0,8}}(?:\d[.)] )?(?:{_alternatives(_ALL, 'a')})[ ]{{0,4}}[:.]?[#*=_ ]{{0,8}}",
    re.IGNORECASE,
)
#: A line that may be a heading: few words, no sentence, no code.
_LIKE_HEADING = re.compile(
    r"[#*=_ ]{0,4}(?:\d{1,2}[.)] )?\W?[^\W\d_](?:2030|[^.;:\n|/\t0-9]){2,58}(?<![.,])[?:]?"
    r"[#*=_ ]{0,4}"
)
_NUMBERING = re.compile(r"^[#*=_ ]*(?:\d{1,2}[.)] )?")
_BLANK_BEFORE = re.compile(r"\n[ ]{0,6}\n[ ]{0,6}$")
_BY_WORDS = [(kind, re.compile(rf"\b(?:{words})\b")) for kind, words in BY_WORDS]
_MOST_WORDS = 8
#: Lists end where prose of something else begins under a heading that is not known.
_LISTS = frozenset((Kind.FUNDERS, Kind.PROJECTS, Kind.CONSTITUENTS, Kind.GOALS, Kind.BRANCHES))
_PROSE_BELOW = re.compile(r"[ ]*\n(?:[ ]*\n)?[ ]*[^\s•*-][^\n]{60,}[.!?][ ]*(?:\n|$)")
#: A line this long is no title.
_PARAGRAPH = 250
#: The goals are about nothing else; of others the word that comes first counts, results the least.
_RANKS = {Kind.GOALS: 0, Kind.FACTS: 2, Kind.SUMMARY: 2, Kind.ACHIEVED: 3}
#: A question or a number makes a heading of a line.
_MARKED = re.compile(r"\?\W*$|^\W*\d{1,2}[.)] ")
_BULLETS = r"[#*=_•●▪◦‣· -]{0,8}"
_WITH_COLON = re.compile(
    rf"{_BULLETS}(?:\d[.)] )?(?:{_alternatives(_LED, 'c')})[ ]{{0,4}}:", re.IGNORECASE
)
#: "Funding. The Government of Denmark and …": at the beginning of a paragraph.
_RUN_IN = re.compile(rf"{_BULLETS}(?:{_alternatives(_LED, 'c')})[.](?=\s[^\W_])", re.IGNORECASE)
#: The first cell of a line whose cells stand apart.
_CELL = re.compile(r"(?:\|[ ]?)?(?P<head>[^\t|]{2,80}?)(?=\t|[ ]{3,}|[ ]?\|)")
_INSIDE = re.compile(_alternatives(_GLUABLE, "g"), re.IGNORECASE)
_DETERMINER = re.compile(
    r"\b(?:the|an?|this|each|of|le|la|les|un|une|el|los|del?|du|des)\s*$", re.I
)
_STEP_OR_FACTS = re.compile(
    r"\((?:step|etape|paso|etapa) ?\d\)|number of countries|nombre de pays|numero de paises"
    r"|\b[A-Z]{3} ?\d{3}\b[^\n]{0,40}\b20\d\d[-/]\d\d"
    # "Étape 1", "Référence : MDG102"
    r"|^[\s•*-]{0,6}(?:step|etape|paso|etapa) \d\s*$|[:\t]\s?[A-Z]{3}\d{3}\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_URL_LINE = re.compile(r"(?:[\w ]{1,20}: ?)?https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a page under one heading.

    Parameters:
        kind: what it holds; None for what stands before any heading.
        heading: where the heading stands. body: what follows, up to the next heading.
        language: the heading's language.
    """

    kind: Kind | None
    heading: Span
    body: Span
    language: str | None = None


@dataclass(slots=True)
class Page:
    """One result page within a text: its sections in the order in which they stand."""

    sections: list[Section] = field(default_factory=list)

    def of(self, kind: Kind) -> list[Section]:
        """The sections of one kind: one on most pages."""
        return [s for s in self.sections if s.kind is kind]

    @property
    def kinds(self) -> set[Kind]:
        """The kinds of section the page has."""
        return {s.kind for s in self.sections if s.kind}

    @property
    def span(self) -> Span:
        """From its first heading to its end."""
        return Span(self.sections[0].heading.start, self.sections[-1].body.end)


@dataclass(frozen=True, slots=True)
class _Heading:
    kind: Kind | None
    language: str
    span: Span


def heading_kind(line: str) -> Kind | None:
    """Return which section a line begins, None when it is no heading.

    Headings that mean either of two sections count as the later one.
    """
    found = _ALONE.fullmatch(fold(line))
    return None if found is None else _ALL[int((found.lastgroup or "a0")[1:])][1] or Kind.ACHIEVED


def agencies_of(source: SourceText, heading: Span) -> list[str]:
    """Return whose contribution a heading tells of, as written: as a rule one agency's.

    Parameters:
        source: the text. heading: where "UNDP's contribution to the outcome" stands.
    """
    found = _WHOSE.fullmatch(source.match, *source.trim(heading))
    name = found and next((n for n, words in found.groupdict().items() if words), None)
    if not (found and name):
        return []
    words = source.value(Span(*found.span(name)))
    return [part for part in _AND.split(words) if part]


def find_pages(source: SourceText) -> list[Page]:
    """Split a text into pages and their sections.

    A new page begins at each heading "Result achieved" after the first; addresses (URL lines)
    directly before it belong to the new page when the text begins with such a line.

    Parameters:
        source: the text.
    """
    sections = _sections(source)
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
    if not (_is_url(source, opening) and _is_url(source, lines[0])):
        return []
    start = lines[0].start
    page.sections[-1] = Section(
        last.kind, last.heading, Span(last.body.start, start), last.language
    )
    return [Section(None, Span(start, start), Span(start, last.body.end))]


def _is_url(source: SourceText, line: Span) -> bool:
    return bool(_URL_LINE.fullmatch(source.match, line.start, line.end))


def _sections(source: SourceText) -> list[Section]:
    headings = list(_headings(source))
    ends = [h.span.start for h in headings[1:]] + [len(source.text)]
    first = headings[0].span.start if headings else len(source.text)
    sections = [Section(None, Span(0, 0), Span(0, first))] if first else []
    seen: set[Kind] = set()
    for heading, end in zip(headings, ends, strict=False):
        body = Span(heading.span.end, end)
        kind = heading.kind or _resolve(source, body, seen)
        if kind is Kind.RESULT:
            seen = set()
        seen.add(kind)
        sections.append(Section(kind, heading.span, body, heading.language))
    return sections


def _resolve(source: SourceText, body: Span, seen: set[Kind]) -> Kind:
    """Tell which of its two meanings a heading such as "Résultat obtenu" has."""
    if _STEP_OR_FACTS.search(source.match, body.start, min(body.end, body.start + 4000)):
        return Kind.RESULT
    if source.trim(body).start == source.trim(body).end and not seen:
        return Kind.RESULT
    return Kind.ACHIEVED


def _headings(source: SourceText) -> Iterator[_Heading]:
    heads: Span | None = None
    under: Kind | None = None
    begun = False
    for line in source.lines(source.span):
        before, heads = heads, None
        begun = begun or before is not None
        kind = _by_words(source, line, before)
        if kind is Kind.OTHER and under not in _LISTS:
            kind = None
        # Above the first heading stands the title.
        if kind and (begun or _MARKED.search(source.match, *line) or _is_capitals(source, line)):
            heads, under = line, kind
            yield _Heading(kind, _language_of(source, line), line)
            continue
        begun = begun or line.end - line.start > _PARAGRAPH
        if line.end - line.start <= 120:
            alone = _ALONE.fullmatch(source.match, line.start, line.end)
            if alone:
                heads = line
                made = _made(alone, _ALL, line)
                under = made.kind
                yield made
                continue
        at = line.start
        cell = _CELL.match(source.text, line.start, line.end)
        first = cell and _ALONE.fullmatch(source.match, *cell.span("head"))
        if cell and first:
            made = _made(first, _ALL, Span(*cell.span()))
            under = made.kind
            yield made
            continue
        led = _WITH_COLON.match(source.match, line.start, line.end)
        if not led and _BLANK_BEFORE.search(source.match, max(0, line.start - 8), line.start):
            led = _RUN_IN.match(source.match, line.start, line.end)
        if led:
            made = _made(led, _LED, Span(*led.span()))
            under = made.kind
            yield made
            at = led.end()
        for inside in _INSIDE.finditer(source.match, at, line.end):
            if _is_glued(source, inside, line):
                end = inside.end()
                colon = source.match[end : end + 2].lstrip()[:1] == ":"
                end = source.match.index(":", end) + 1 if colon else end
                yield _made(inside, _GLUABLE, Span(inside.start(), end))


def _by_words(source: SourceText, line: Span, heading_before: Span | None) -> Kind | None:
    """What a line is about that stands as a heading does, in words that are not in our tables.

    A short line below a blank one, above another text, and not right below a heading; no name of a
    body, no item of a list and no sentence.
    """
    words = source.match[line.start : line.end]
    if heading_before or not _LIKE_HEADING.fullmatch(words) or _ALONE.fullmatch(words):
        return None
    if not _BLANK_BEFORE.search(source.match, max(0, line.start - 8), line.start):
        return None
    bare = _NUMBERING.sub("", words).lower()
    if not source.match[line.end :].strip() or len(bare.split()) > _MOST_WORDS:
        return None
    if not bare.startswith("contribu") and is_line_of_names(source, line):
        return None
    told = [
        (_RANKS.get(kind, 1), found.start(), kind)
        for kind, pattern in _BY_WORDS
        if (found := pattern.search(bare))
    ]
    if not told and _PROSE_BELOW.match(source.match, line.end):
        return Kind.OTHER
    return min(told, key=lambda one: one[:2])[2] if told else None


def _is_capitals(source: SourceText, line: Span) -> bool:
    return source.match[line.start : line.end].isupper()


def _language_of(source: SourceText, line: Span) -> str:
    return detect_language(source.value(line), "")


def _made(found: re.Match[str], forms: list[tuple[str, Kind | None, str]], span: Span) -> _Heading:
    _, kind, language = forms[int((found.lastgroup or "a0")[1:])]
    return _Heading(kind, language, span)


def _is_glued(source: SourceText, found: re.Match[str], line: Span) -> bool:
    """Whether words of a heading inside a line are one, not prose that happens to use them.

    They begin with a capital, and either touch the text beside them without a space, or stand
    between the end of one phrase and a capital letter.
    """
    match, start, end = source.match, found.start(), found.end()
    if not match[start].isupper():
        return False
    before = match[start - 1] if start > line.start else "\n"
    after = match[end] if end < line.end else "\n"
    if after == ":" or (after == " " and match[end : end + 2] == " :"):
        after = "\n"
    if after.islower() or after == "'" or after == "-" or before in "-/'\"(":
        return False
    if not before.isspace() or after.isalnum():
        return True
    if _DETERMINER.search(match, max(line.start, start - 8), start):
        return False
    next_word = match[end : end + 2].strip()[:1]
    return after == "\n" or (after == " " and (next_word.isupper() or next_word.isdigit()))
