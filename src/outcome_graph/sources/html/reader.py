"""Reading result pages saved from the web."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from outcome_graph.draft import Draft, Location, SourceFile
from outcome_graph.errors import SourceError
from outcome_graph.sources.html.lines import visible_lines
from outcome_graph.sources.html.markup import parse, unpack
from outcome_graph.sources.page.about import Places
from outcome_graph.sources.page.reader import read_text
from outcome_graph.sources.text import SourceText

__all__ = ["read_html", "text_of"]

_MEDIA_TYPE = "text/html"


@dataclass(frozen=True, slots=True)
class _PageText(SourceText):
    """The text of a page; places are told as lines of the file.

    Parameters:
        file_lines: for each line of the text the line of the file.
    """

    file_lines: tuple[int, ...] = ()

    def location(self, offset: int) -> Location:
        """Return the line of the file, counted from 1, that an offset of the text comes from."""
        return Location(line=self.file_lines[bisect_right(self.starts, offset) - 1])


def read_html(source: SourceFile, known: Places | None = None) -> Iterator[Draft]:
    """Read the result pages of a saved page: as a rule one, but several may stand in one file.

    Offsets of evidence refer to the text as a person sees it, line by line; the file itself is the
    source document, byte for byte.

    Parameters:
        source: HTML, XHTML, or a web archive (MHTML); its ``media_type`` may name a charset.
        known: as `read_pages` has it.

    Returns:
        A draft for each page, as `read_pages` gives them.

    Raises:
        SourceError: the source is empty, binary, not decodable, or holds no text.
        NotAResultPageError: it is a page, but no result page.
    """
    found, address = _seen(source)
    return read_text(source, found, _MEDIA_TYPE, known, address=address)


def text_of(source: SourceFile) -> SourceText:
    """Return the text that a person sees of a saved page, which offsets of evidence refer to.

    Raises:
        SourceError: as `read_html`.
    """
    return _seen(source)[0]


def _seen(source: SourceFile) -> tuple[_PageText, str | None]:
    """Return the text of a page, and the address it gives for itself."""
    page, archived_from = unpack(source)
    markup = parse(page)
    lines = visible_lines(markup.root)
    if not lines:
        raise SourceError(
            f"{source.name} shows no text: it may be made by scripts when it is opened. Open it in "
            "a browser, and save it from there, or copy its text into a .txt file."
        )
    text = SourceText.of("\n".join(line.text for line in lines), markup.problems)
    places = tuple(line.at for line in lines)
    found = _PageText(text.text, text.match, text.starts, text.problems, places)
    return found, archived_from or markup.address
