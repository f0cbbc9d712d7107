"""From elements to the lines of text that a person sees, each with its line in the file.

A block is a line of its own, and so is a heading of ours wherever it stands (a bold word in a
paragraph, a term of a list, a cell of a table). What is no part of the text is left out: scripts,
navigation, forms, hidden elements. In a table with a heading of ours in each column every row is a
result; other rows of short cells are one line, as the facts of a result are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from outcome_graph.sources.page.headings import heading_kind
from outcome_graph.sources.page.sections import Kind
from outcome_graph.sources.text import normalise

__all__ = ["Line", "visible_lines"]

_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu ol "
    "p pre search section summary table tbody td tfoot th thead tr ul"
)
_SKIPPED_NAMES = (
    "applet audio button canvas datalist embed frame frameset head iframe input map math meter nav "
    "noembed noframes noscript object option progress script select style svg template textarea "
    "title video"
)
_BLOCKS, _SKIPPED = frozenset(_BLOCK_NAMES.split()), frozenset(_SKIPPED_NAMES.split())
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt", "legend", "caption"])
_ROLES = frozenset(
    ("navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "dialog")
)
_ASIDES = frozenset(("footer", "aside"))
#: Words in ``class`` and ``id`` of what surrounds a text on every site.
_CHROME = re.compile(
    r"\b(?:cookies?|consent|gdpr|(?:bread)?crumbs?|pagination|pager|\w*nav|navbar|navigation|menu|topbar|"
    r"skip-?links?|share|sharing|social|social-share|related|recommended|see-also|more-results|"
    r"newsletter|subscribe|subscription|sidebar|widget|banner|comments?|site-header|site-footer|"
    r"page-footer|footer|advert\w*)\b",
    re.I,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_COLON = re.compile(r"^(\s*)[:\uff1a]")
_SPACES = re.compile(r"\s+")
#: A heading of ours is no longer than this.
_HEADING = 120
#: A cell of facts ("01.04.2020", "Public") is no longer than this.
_FACT = 60
_ENOUGH = 2
#: A link of a menu has no more characters than this.
_LINK = 60
#: What surrounds a text (a notice, a row of links) has no more characters than this; what is looked
#: at before it is read has no more elements.
_SMALL, _NODES = 2_000, 600
#: Rows of more cells are no facts of a result; tables of results within such tables end here.
_MOST_CELLS, _MOST_TABLES = 40, 3


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, and the line of the file that it begins in."""

    text: str
    at: int


def visible_lines(root: etree._Element) -> list[Line]:
    """Return the text of a page, line by line.

    Where several ``<article>`` elements hold a result each, each begins with “Result achieved”, so
    that they are told apart.

    Parameters:
        root: the page.
    """
    chosen = _main(root)
    kinds = {article: _kinds(article) for article in _innermost(chosen, "article")}
    results = [article for article, found in kinds.items() if len(found) >= _ENOUGH]
    several = len(results) >= _ENOUGH
    marked = {a for a in results if several and Kind.RESULT not in kinds[a]}
    drawing = _Drawing(marked)
    drawing.element(chosen)
    return drawing.finish()


def _main(root: etree._Element) -> etree._Element:
    """Return the part of a page that holds its text, if the page says which; else all of it."""
    mains = [e for e in root.iter("main", "div", "section") if _is_main(e)]
    return mains[0] if len(mains) == 1 and len(_kinds(mains[0])) >= _ENOUGH else root


def _innermost(root: etree._Element, tag: str) -> list[etree._Element]:
    """Return the elements of a tag that hold none of the same; one pass, however they nest."""
    found: list[etree._Element] = []
    open_: list[tuple[etree._Element, int]] = []
    for event, element in etree.iterwalk(root, events=("start", "end"), tag=tag):
        if event == "start":
            open_.append((element, len(found)))
        else:
            _, before = open_.pop()
            if len(found) == before:
                found.append(element)
    return found


def _is_main(element: etree._Element) -> bool:
    return bool(element.tag == "main" or element.get("role") == "main")


def _kinds(element: etree._Element) -> set[Kind]:
    lines = _Drawing(set())
    lines.element(element)
    return {kind for line in lines.finish() if (kind := _kind(line.text))}


def _kind(text: str) -> Kind | None:
    return heading_kind(text) if len(text) <= _HEADING else None


def _flat(text: str) -> str:
    return _SPACES.sub(" ", normalise(text)).strip()


@dataclass
class _Drawing:
    """Lines as they come.

    Pages may nest two thousand deep and hold a million elements: `element` is a loop, and nothing
    looks further than a few hundred elements up, down or ahead of each.
    """

    marked: set[etree._Element]
    lines: list[Line] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    #: Whether the present line has shown nothing yet.
    blank: bool = True
    #: The line of the file that the reading has come to, and that the present line began in.
    at: int = 1
    began: int = 1
    #: How many <pre> elements, and tables of results, the reading is in.
    kept: int = 0
    tables: int = 0
    #: How many articles it is in: their footers and asides are theirs.
    articles: int = 0
    #: Whether a heading within a line has just ended: a colon after it is part of it.
    labelled: bool = False
    #: The row that was looked at last, and whether it is one line.
    row: tuple[etree._Element | None, bool] = (None, False)

    def finish(self) -> list[Line]:
        self.end_line()
        return self.lines

    def end_line(self) -> None:
        text = "" if self.blank else _flat("".join(self.parts))
        if text:
            self.lines.append(Line(text, self.began))
        self.parts.clear()
        self.blank, self.labelled = True, False

    def add(self, text: str | None) -> None:
        """Add characters; line ends are spaces, but not in ``<pre>``."""
        if not text:
            return
        if self.labelled and text.strip():
            text, self.labelled = _COLON.sub(r"\1", text, count=1), False
        for number, piece in enumerate(text.split("\n")):
            self.at += number > 0
            if number and self.kept:
                self.end_line()
            if self.blank and piece.strip():
                self.began, self.blank = self.at, False
            self.parts.append(" " + piece if number else piece)

    def element(self, root: etree._Element) -> None:
        """Draw an element and all below it."""
        skipped: etree._Element | None = None
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if skipped is None and event == "start":
                if self._is_left_out(element) or self._is_table_of_results(element):
                    skipped = element
                else:
                    self._start(element)
            elif event == "end" and (skipped is None or skipped is element):
                if skipped is None:
                    self._end(element)
                skipped = None
                if element is not root:
                    self.add(element.tail)

    def _start(self, element: etree._Element) -> None:
        tag = element.tag
        if self._continues_row(element):
            self.parts.append(" " if self.blank else " | ")
        elif _answers_term(element):
            self.parts.append(": ")
        elif tag == "br" or tag in _BLOCKS or _is_heading(element):
            self.end_line()
        if element.sourceline and element.sourceline >= self.at:
            self.at = element.sourceline
        if _stands_as_heading(element) and self.lines and self.lines[-1].text:
            # A heading in words of its own is told by the room above it.
            self.lines.append(Line("", self.at))
        if element in self.marked:
            self.lines.append(Line(Kind.RESULT.value, self.at))
        if tag == "li":
            self.parts.append("• ")
        self.kept += tag == "pre"
        self.articles += tag == "article"
        self.add(element.text)

    def _end(self, element: etree._Element) -> None:
        tag = element.tag
        self.kept -= tag == "pre"
        self.articles -= tag == "article"
        if tag in ("td", "th") and self._is_one_line(element.getparent()):
            return
        if tag == "dt" and _answers_term(element.getnext()):
            return
        if tag in _BLOCKS:
            self.end_line()
        elif _is_heading(element):
            self.end_line()
            self.labelled = True

    def _is_left_out(self, element: etree._Element) -> bool:
        tag, role = element.tag, (element.get("role") or "").lower()
        if tag in _SKIPPED or role in _ROLES or "hidden" in element.attrib:
            return True
        if element.get("aria-hidden") == "true" or _HIDDEN.search(element.get("style") or ""):
            return True
        return (tag in _ASIDES and not self.articles) or _is_chrome(element)

    def _is_one_line(self, row: etree._Element | None) -> bool:
        if row is not self.row[0]:
            self.row = row, row is not None and _is_row_of_facts(row)
        return self.row[1]

    def _continues_row(self, element: etree._Element) -> bool:
        if element.tag not in ("td", "th") or not self._is_one_line(element.getparent()):
            return False
        return any(True for _ in element.itersiblings("td", "th", preceding=True))

    def _is_table_of_results(self, table: etree._Element) -> bool:
        """Draw a table whose columns have headings of ours, row by row; tell whether it was one."""
        if table.tag != "table" or self.tables > _MOST_TABLES:
            return False
        rows = list(_rows(table))
        heads = [_words(cell, _HEADING) or "" for cell in _cells(rows[0])] if rows else []
        kinds = [_kind(head) for head in heads]
        if len(rows) < _ENOUGH or len([kind for kind in kinds if kind]) < _ENOUGH:
            return False
        self.end_line()
        self.tables += 1
        for row in rows[1:]:
            if Kind.RESULT not in kinds:
                self.lines.append(Line(Kind.RESULT.value, row.sourceline or self.at))
            # What stands under no heading of ours (the facts) belongs to the head of the result.
            cells = list(zip(heads, kinds, _cells(row), strict=False))
            for head, kind, cell in sorted(cells, key=_order):
                if kind:
                    self.lines.append(Line(head, cell.sourceline or self.at))
                self.element(cell)
                self.end_line()
        self.tables -= 1
        return True


def _order(cell: tuple[str, Kind | None, etree._Element]) -> int:
    return {Kind.RESULT: 0, None: 1}.get(cell[1], 2)


def _is_chrome(element: etree._Element) -> bool:
    """Tell whether an element is one of a site's small surroundings, by its names."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if element.tag == "body" or not _CHROME.search(names):
        return False
    words = _words(element, _SMALL, between="\n")
    lines = words.split("\n") if words is not None else []
    headings = [line for line in lines if _kind(line)]
    # "Results", "Projects" in a menu are links; a section has more to say.
    tells = any(" " in line for line in headings) or max(map(len, lines), default=0) > _LINK
    return words is not None and not (headings and tells)


def _stands_as_heading(element: etree._Element) -> bool:
    """Tell whether an element is a heading to the eye, in words that are not in our tables."""
    if element.tag not in _HEADINGS:
        if element.tag not in ("p", "div") or len(element) != 1 or (element.text or "").strip():
            return False
        if element[0].tag not in ("b", "strong") or (element[0].tail or "").strip():
            return False
    return _kind(_words(element, _HEADING) or "") is None


def _is_heading(element: etree._Element) -> bool:
    """Tell whether the words of an element within a line are a heading of ours."""
    if element.tag not in ("b", "strong", "em", "i", "u", "span", "label", "a", "font"):
        return False
    return _kind(_words(element, _HEADING) or "") is not None


def _words(element: etree._Element, most: int, *, between: str = "") -> str | None:
    """Return the words of an element; None when they, or the elements in it, are too many."""
    parts: list[str | None] = []
    size = 0
    for steps, (event, node) in enumerate(etree.iterwalk(element, events=("start", "end"))):
        words = node.text if event == "start" else node.tail if node is not element else None
        parts.append(words)
        size += len(words or "")
        if steps > _NODES or size > 2 * most:
            return None
    given = [part for part in parts if part]
    return between.join(map(_flat, given)) if between else _flat("".join(given))


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for part in table:
        if part.tag == "tr":
            yield part
        elif part.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in part if row.tag == "tr")


def _cells(row: etree._Element) -> list[etree._Element]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _is_row_of_facts(row: etree._Element) -> bool:
    """Tell whether a row is one line: short cells, none of them a heading of ours."""
    if row.tag != "tr":
        return False
    cells = _cells(row)
    if len(cells) > _MOST_CELLS:
        return False
    words = [_words(cell, _FACT) for cell in cells]
    return (
        len(cells) > 1
        and all(text is not None and len(text) <= _FACT for text in words)
        and not any(_kind(text or "") for text in words)
        and not any(_has_block(cell) for cell in cells)
    )


def _answers_term(element: etree._Element | None) -> bool:
    """Tell whether an element is the short value of a short term: "Date", "04.06.2022"."""
    if element is None or element.tag != "dd" or _has_block(element):
        return False
    term = element.getprevious()
    if term is None or term.tag != "dt":
        return False
    name, value = _words(term, _FACT), _words(element, _FACT)
    short = name and value and max(len(name), len(value)) <= _FACT
    return bool(short) and _kind(name or "") is None and not (name or "").endswith((":", "?"))


def _has_block(cell: etree._Element) -> bool:
    return any(isinstance(e.tag, str) and (e.tag in _BLOCKS or e.tag == "br") for e in cell)
