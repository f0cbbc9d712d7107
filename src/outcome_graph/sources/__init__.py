"""From the bytes of a source to draft records: which reader reads what.

A new format is a row in ``detect._TABLE`` and a reader in `READERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from outcome_graph.draft import Draft, SourceFile
from outcome_graph.errors import NotAResultPageError, TooLargeError, UnsupportedSourceError
from outcome_graph.lazy import lazy_names
from outcome_graph.settings import Settings
from outcome_graph.sources import html, tables
from outcome_graph.sources.detect import PAGE_FORMATS, SOURCE_FORMATS, detect
from outcome_graph.sources.files import FoundSource, expand
from outcome_graph.sources.iati import read_activities
from outcome_graph.sources.rdf import literal_problems, read_graphs
from outcome_graph.sources.text import decode
from outcome_graph.tables import SaidColumns

if TYPE_CHECKING:
    from outcome_graph.sources.tables import KnownWords

__all__ = [
    "READERS",
    "SOURCE_FORMATS",
    "FoundSource",
    "KnownWords",
    "detect",
    "expand",
    "literal_problems",
    "read",
    "read_activities",
    "read_graphs",
    "seen_text",
]

__getattr__ = lazy_names(__name__, {"outcome_graph.sources.tables": ("KnownWords",)})

#: Readers that yield drafts, by format. RDF holds finished graphs instead (`read_graphs`); IATI
#: files may be larger than memory, and each of their drafts has a source of its own
#: (`read_activities`).
READERS: dict[str, Callable[[SourceFile, Settings, KnownWords | None], Iterator[Draft]]] = {
    "page": lambda source, _, known: _pages(source, known),
    "html": lambda source, _, known: html.read_html(source, known),
    "csv": lambda source, settings, known: tables.read_csv(source, known, _said(source, settings)),
    "xlsx": lambda source, settings, known: tables.read_xlsx(
        source, settings.max_upload_bytes, known, _said(source, settings)
    ),
}


def _pages(source: SourceFile, known: KnownWords | None) -> Iterator[Draft]:
    # What reads pages takes half a second to import, and tables need little of it.
    from outcome_graph.sources.page.reader import read_pages

    return read_pages(source, known)


def _said(source: SourceFile, settings: Settings) -> SaidColumns:
    """Return what was said of the headings of tables, in general and with this one."""
    return SaidColumns.parse((settings.columns, *source.columns))


def read(
    source: SourceFile,
    source_format: str = "auto",
    *,
    settings: Settings | None = None,
    known: KnownWords | None = None,
) -> Iterator[Draft]:
    """Read the drafts of a source.

    Parameters:
        source: the source.
        source_format: one of `SOURCE_FORMATS`, or "auto" to tell it from the source.
        settings: the bounds: ``max_source_bytes`` for pages, ``max_upload_bytes`` for tables.
        known: the reference data, by which columns of tables are told whose headings are not known.

    Raises:
        SourceError: the source cannot be read at all; its subclasses say why: it is too large, in
            a format that is none of ours, or text that is no result page. Raised before the first
            draft, when the function is called.
        UsageError: ``source_format`` is no format.
    """
    found = detect(source, source_format)
    reader = READERS.get(found)
    if reader is None:
        raise UnsupportedSourceError(
            f"{source.name} is RDF: it holds graphs, not pages, and is read with read_graphs()."
        )
    bounds = settings or Settings()
    page = found in PAGE_FORMATS
    limit = bounds.max_source_bytes if page else bounds.max_upload_bytes
    if len(source.data) > limit:
        noun, name = ("result page", "SOURCE") if page else ("table", "UPLOAD")
        raise TooLargeError(
            f"{source.name} is larger than {limit:,} bytes, the bound for one {noun}. Split it, "
            f"or raise the bound (OUTCOME_GRAPH_MAX_{name}_BYTES)."
        )
    try:
        return reader(source, bounds, known)
    except NotAResultPageError as error:
        if found == "html" and source.name.lower().endswith(".xml"):
            raise UnsupportedSourceError(
                f"{source.name} is a web page, not a file of XML, and no result page: perhaps what "
                "a server showed in place of the file. Download the file itself."
            ) from error
        raise


def seen_text(source: SourceFile) -> str:
    """Return the text that the offsets of a record's evidence refer to.

    Parameters:
        source: a page, as text or saved from the web.

    Raises:
        SourceError: it cannot be read.
    """
    return (html.text_of(source) if detect(source) == "html" else decode(source)).text
