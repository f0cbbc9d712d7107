"""Telling the format of a source: as asked for, else by media type, suffix and first bytes."""

from __future__ import annotations

import re
from pathlib import PurePath

from outcome_graph.draft import SourceFile
from outcome_graph.errors import UnsupportedSourceError, UsageError
from outcome_graph.rdf import FORMATS as RDF_FORMATS
from outcome_graph.sources.html.markup import is_archive
from outcome_graph.sources.iati.sniff import root_element
from outcome_graph.sources.text import BYTE_ORDER_MARKS
from outcome_graph.tables import find_column

__all__ = [
    "PAGE_FORMATS",
    "PAGE_TYPES",
    "SOURCE_FORMATS",
    "SUFFIXES",
    "detect",
    "rdf_media_type",
]

#: The formats that can be read: name, media types, suffixes, and how a message names it. A format
#: that gets a reader gets a row here and one in ``sources.READERS``.
_TABLE: tuple[tuple[str, tuple[str, ...], tuple[str, ...], str], ...] = (
    ("page", ("text/plain",), (".txt", ".text"), "result pages as text (.txt)"),
    (
        "html",
        (
            *("text/html", "application/xhtml+xml"),
            *("multipart/related", "application/x-mimearchive", "message/rfc822"),
        ),
        (".html", ".htm", ".xhtml", ".mhtml", ".mht"),
        "result pages saved from the web (.html, .mhtml)",
    ),
    (
        "csv",
        ("text/csv", "application/csv", "text/tab-separated-values"),
        (".csv", ".tsv"),
        "tables as CSV (.csv, .tsv)",
    ),
    (
        "xlsx",
        (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            # Goes to the same reader, which says what is wrong with it.
            "application/vnd.ms-excel.sheet.macroenabled.12",
        ),
        (".xlsx",),
        "workbooks (.xlsx)",
    ),
    # No media type of its own: XML of any kind is told by its root element.
    ("iati", (), (".xml", ".xml.gz"), "IATI activity files (.xml, .xml.gz)"),
    (
        "rdf",
        tuple(RDF_FORMATS),
        tuple("." + suffix for _, suffix, _ in RDF_FORMATS.values()),
        "RDF (.ttl, .nt, .nq, .trig, .jsonld, .rdf)",
    ),
)
SOURCE_FORMATS: tuple[str, ...] = tuple(row[0] for row in _TABLE)
#: Formats that hold result pages, and the media types that declare them.
PAGE_FORMATS = ("page", "html")
PAGE_TYPES = frozenset(media for row in _TABLE if row[0] in PAGE_FORMATS for media in row[1])
_BY_MEDIA_TYPE = {media: row[0] for row in _TABLE for media in row[1]}
#: Suffixes of files that are taken from a folder.
SUFFIXES: dict[str, str] = {suffix: row[0] for row in _TABLE for suffix in row[2]}
_NOUNS = [row[3] for row in _TABLE]
_SUPPORTED = f"{', '.join(_NOUNS[:-1])} and {_NOUNS[-1]}"

#: What the first bytes of other formats look like: (pattern, format or None, what it is).
_FIRST_BYTES: tuple[tuple[re.Pattern[bytes], str | None, str], ...] = (
    (re.compile(rb"%PDF-"), None, "a PDF document"),
    (
        re.compile(rb"(?s)PK\x03\x04.{26}(\[Content_Types\]\.xml|mimetype)"),
        None,
        "a document of an office program (save a table as .xlsx or .csv, a text as .txt)",
    ),
    (re.compile(rb"PK\x03\x04"), None, "a ZIP archive (unpack it and load the files in it)"),
    (
        re.compile(rb"\x1f\x8b"),
        None,
        "a gzip archive of something else than IATI activities (unpack it and load what is in it)",
    ),
    (
        re.compile(rb"\xd0\xcf\x11\xe0"),
        None,
        "an old Office document or a protected one (save it as .xlsx, without a password)",
    ),
    (
        re.compile(rb"bplist00"),
        None,
        "a web archive of Safari (save the page as “Page Source”) or another property list",
    ),
    (re.compile(rb"(?s)\s*(<\?xml.{0,200}?\?>\s*)?<rdf:RDF\b"), "rdf", "RDF/XML"),
    (
        re.compile(
            rb"(?is)\s*(<\?xml.{0,200}?\?>\s*)?(<!--.{0,500}?-->\s*){0,3}<(!doctype\s+html|html)\b"
        ),
        "html",
        "an HTML page",
    ),
    (re.compile(rb"(?i)\s*@(prefix|base)\s"), "rdf", "Turtle"),
    (re.compile(rb"\s*PREFIX\s+[\w.-]*:\s*<"), "rdf", "Turtle"),
    (re.compile(rb"\s*<[^<>\s]{1,2000}>\s+<[^<>\s]{1,2000}>\s"), "rdf", "N-Triples or N-Quads"),
    (
        re.compile(
            rb"(?s)\s*[\[{](?!.{0,4000}\"@context\")"
            rb".{0,4000}?\"(/?iati-activit|/?iati[-_]identifier\"|aid\"\s*:)"
        ),
        None,
        "IATI data as JSON, as d-portal and the Datastore give it (download the same as XML)",
    ),
    (re.compile(rb"(?s)\s*[\[{].{0,2000}?\"@(context|id|graph|type)\""), "rdf", "JSON-LD"),
)
_JSON = re.compile(rb"\s*[\[{]")
_XML_DECLARATION = re.compile(rb"\s*<\?xml\b")
#: Media types that say nothing: Windows declares CSV files as documents of Excel.
_XML = ("application/xml", "text/xml")
_VAGUE = (
    *("", "text/plain", "application/octet-stream", "application/vnd.ms-excel"),
    *("application/gzip", "application/x-gzip", *_XML),
)
#: Root elements of IATI files; the reader refuses the last two, and says why.
_IATI_ROOTS = ("iati-activities", "iati-organisations", "iati-activity")
#: So many headings that we know make a first line the head of a table.
_HEADINGS = 3


def detect(source: SourceFile, source_format: str = "auto") -> str:
    """Return the format of a source: one of `SOURCE_FORMATS`.

    Parameters:
        source: the source.
        source_format: one of `SOURCE_FORMATS`, or "auto" to tell it from the declared media type,
            the first bytes and the suffix of the name; text that shows no sign of another format
            counts as a page.

    Raises:
        UsageError: ``source_format`` is no format at all.
        UnsupportedSourceError: the source is in a format that cannot be read.
    """
    if source_format != "auto":
        if source_format in SOURCE_FORMATS:
            return source_format
        raise UsageError(
            f"The format {source_format!r} cannot be read; choose one of: auto, "
            f"{', '.join(SOURCE_FORMATS)}."
        )
    media_type = _media_type(source)
    if media_type not in _VAGUE:
        if media_type in _BY_MEDIA_TYPE:
            return _BY_MEDIA_TYPE[media_type]
        raise _unsupported(source, f"declared as {media_type}")
    suffix = PurePath(source.name).suffix.lower()
    if SUFFIXES.get(suffix) == "rdf":
        return "rdf"
    if not source.data or source.data.isspace():
        # Its reader says that it is empty.
        return SUFFIXES.get(suffix, "page")
    if source.data.startswith(b"PK\x03\x04") and _is_workbook(source, suffix):
        return "xlsx"
    root = root_element(source.data[:65_536])
    if root in _IATI_ROOTS:
        return "iati"
    head = _head(source.data)
    table = SUFFIXES.get(suffix) == "csv"
    for pattern, found, noun in _FIRST_BYTES:
        if not (table and found) and pattern.match(head):
            if found:
                return found
            raise _unsupported(source, noun)
    if SUFFIXES.get(suffix) == "html" or is_archive(source.data):
        return "html"
    _refuse_xml(source, root, head)
    if table or (_is_table(head) and not _JSON.match(head)):
        return "csv"
    if suffix == ".json":
        raise _unsupported(
            source,
            "JSON, but no JSON-LD (it does not begin with @context, @graph, @id or @type; what "
            "`--to json` writes is for programs)",
        )
    if suffix in (".xlsx", ".xls", ".xlsb", ".ods", ".pdf", ".doc"):
        raise _unsupported(source, f"a {suffix} file")
    return "page"


def _refuse_xml(source: SourceFile, root: str | None, head: bytes) -> None:
    """Refuse XML of kinds that are not read, and what is named or declared XML and is none."""
    called_xml = _media_type(source) in _XML or source.name.lower().endswith(".xml")
    if root is not None and (called_xml or _XML_DECLARATION.match(head)):
        raise _unsupported(
            source, f"an XML document of another kind (it begins with <{root[:60]}>)"
        )
    if called_xml or _XML_DECLARATION.match(head):
        words = " ".join(head[:200].decode("utf-8", "replace").split())[:60]
        raise UnsupportedSourceError(
            f"{source.name} is called XML, but begins with “{words}”: perhaps the message of a "
            "server, kept in place of the file. Download it again."
        )


def _is_workbook(source: SourceFile, suffix: str) -> bool:
    return suffix in (".xlsx", ".xlsm", ".xltx", ".xltm") or b"xl/workbook" in source.data


def _head(data: bytes) -> bytes:
    """Return the first bytes without a mark of the order of bytes; in UTF-8 where there was one."""
    marked = (found for found in BYTE_ORDER_MARKS if data.startswith(found[0]))
    mark, encoding = next(marked, (b"", "utf-8"))
    head = data[len(mark) : 4096]
    return head if encoding == "utf-8" else head.decode(encoding, "replace").encode()


def _is_table(head: bytes) -> bool:
    """Tell whether text begins with a line of headings, parted as in CSV."""
    first, _, rest = head.decode("utf-8", "replace").lstrip().partition("\n")
    second = rest.lstrip().partition("\n")[0]
    # Strokes part what a site leads to as well: "Home | Projects | Partners".
    between = r"[,;\t|]" if first.count("|") == second.count("|") else r"[,;\t]"
    cells = [cell.strip(' "\r') for cell in re.split(between, first)]
    return sum(find_column(cell) is not None for cell in cells) >= _HEADINGS


def rdf_media_type(source: SourceFile) -> str:
    """Return which RDF syntax a source is in: a media type of ``outcome_graph.rdf.FORMATS``.

    Raises:
        UnsupportedSourceError: it is in none of them.
    """
    media_type = _media_type(source)
    if media_type in RDF_FORMATS:
        return media_type
    suffix = PurePath(source.name).suffix.lower()
    for media, (_, usual, _) in RDF_FORMATS.items():
        if suffix == "." + usual:
            return media
    head = _head(source.data).lstrip()
    if head[:1] in (b"{", b"["):
        return "application/ld+json"
    if head.startswith((b"<?xml", b"<rdf:RDF")):
        return "application/rdf+xml"
    if head.startswith((b"@", b"PREFIX", b"prefix", b"BASE", b"base")):
        # TriG is Turtle that may also hold graphs.
        return "application/trig"
    if head.startswith((b"<", b"_:")):
        return "application/n-quads"
    raise _unsupported(source, "in no RDF syntax that is known")


def _media_type(source: SourceFile) -> str:
    return (source.media_type or "").split(";")[0].strip().lower()


def _unsupported(source: SourceFile, noun: str) -> UnsupportedSourceError:
    return UnsupportedSourceError(
        f"{source.name} is {noun}, which cannot be read. Supported: {_SUPPORTED}."
    )
