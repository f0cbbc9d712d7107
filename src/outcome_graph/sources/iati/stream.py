"""Cutting an activity file into activities, however large it is.

The file is read in pieces and never held whole; of an activity only the parts that records are
made of are kept as nodes, and its bytes, which become the source document of its records: a small
IATI file of one activity, that can be read again by itself and stays the same from one edition of
a publisher's file to the next.

Expat is used directly: it tells line and byte of everything, resolves nothing from outside, and a
DOCTYPE, the only place where entities can be declared, is refused as soon as it begins.
"""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections import deque
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from outcome_graph.draft import SourceFile
from outcome_graph.errors import SourceError, TooLargeError, UnsupportedSourceError
from outcome_graph.sources.iati.encoding import encoding_of
from outcome_graph.sources.iati.sniff import GZIP

__all__ = ["Activity", "Node", "read_stream"]

_NO_ELEMENTS = expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS]
_INVALID = expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]
_MISPLACED = expat.errors.codes[expat.errors.XML_ERROR_MISPLACED_XML_PI]
_PIECE = 262_144
_DEEPEST = 60
#: A gzip file may grow by this factor; real activity files grow by 10 to 40.
_MOST_GROWTH = 300
#: Growth is judged from this size on.
_JUDGED_FROM = 50_000_000

#: The children of an activity that are read; all else is passed over.
_KEPT = frozenset(
    {
        "iati-identifier",
        "reporting-org",
        "title",
        "description",
        "participating-org",
        "activity-status",
        "activity-date",
        "activity-scope",
        "recipient-country",
        "recipient-region",
        "location",
        "sector",
        "tag",
        "policy-marker",
        "transaction",
        "document-link",
        "related-activity",
        "result",
    }
)
_ACTIVITY = ("iati-activity",)
#: Attributes of the root that an activity cut out of the file must keep.
_ROOT_KEPT = ("version", "linked-data-default", "xml:lang")


@dataclass(slots=True)
class Node:
    """An element: its name, attributes, text before the first child, children and line."""

    tag: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    children: list[Node] = field(default_factory=list)

    def all(self, tag: str) -> list[Node]:
        """The children of a name."""
        return [child for child in self.children if child.tag == tag]

    def first(self, tag: str) -> Node | None:
        """The first child of a name."""
        return next((child for child in self.children if child.tag == tag), None)

    def get(self, name: str) -> str | None:
        """An attribute without spaces around it; None when missing or blank."""
        value = self.attributes.get(name)
        return (value.strip() or None) if value is not None else None


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity of a file.

    Parameters:
        number: its place in the file, from 1. node: its parts that are read.
        source: the activity alone, as a file of its own.
        language: the language that the file states for all its activities.
        remark: what is to be said of the file, with its first activity.
    """

    number: int
    node: Node
    source: SourceFile
    language: str | None
    remark: str | None = None


def read_stream(source: SourceFile, limit: int) -> Iterator[Activity]:
    """Yield the activities of a file one after the other.

    Parameters:
        source: the file; where it has a path, it is read from there.
        limit: bytes that one activity may have at most.

    Raises:
        UnsupportedSourceError: it is no IATI 2.x activity file; told at the first element.
        TooLargeError: an activity is over the limit, or the file is a decompression bomb.
        SourceError: it has a DOCTYPE, or is not well-formed; all activities before that place were
            yielded.
    """
    cutter = _Cutter(source, limit)
    with closing(_open(source)) as stream:
        while True:
            error: SourceError | None = None
            try:
                piece = stream.read(_PIECE)
                cutter.feed(piece)
            except expat.ExpatError as broken:
                error = _broken(source, broken, cutter)
            except (EOFError, zlib.error, gzip.BadGzipFile, UnicodeError, OSError) as broken:
                told = _told(cutter.found)
                error = SourceError(
                    f"{source.name} cannot be read further: {broken}; {told}. "
                    "It seems to be damaged or cut off: get it again, and load it again."
                )
            except SourceError as refused:
                error = refused
            yield from cutter.finished()
            if error is not None:
                raise error
            if not piece:
                return


def _told(found: int) -> str:
    if found == 1:
        return "the activity before this place was read"
    return f"the {found} activities before this place were read" if found else "nothing was read"


def _broken(source: SourceFile, error: expat.ExpatError, cutter: _Cutter) -> SourceError:
    if error.code == _NO_ELEMENTS:
        return SourceError(f"{source.name} is empty: it holds no element of XML.")
    before = _told(cutter.found)
    place = f"at line {error.lineno}, column {error.offset + 1}"
    if error.code == _INVALID and cutter.is_no_utf8():
        return SourceError(
            f"{source.name} is not written in UTF-8 {place}, as XML is that declares no other "
            f"encoding; {before}. Save it as UTF-8, or declare its encoding (such as windows-1252)."
        )
    if error.code == _MISPLACED and not cutter.found:
        return SourceError(
            f"{source.name} has its XML declaration {place}, where it must be the very first: take "
            "out what stands before it (often blank lines)."
        )
    return SourceError(
        f"{source.name} is not well-formed XML {place}: "
        f"{expat.ErrorString(error.code)}; {before}. Mend the file there and load it again."
    )


def _open(source: SourceFile) -> IO[bytes] | gzip.GzipFile:
    raw: IO[bytes] = source.path.open("rb") if source.path else io.BytesIO(source.data)
    if raw.read(2) == GZIP:
        raw.seek(0)
        return _Bounded(raw, source.name)
    raw.seek(0)
    return raw


class _Bounded(gzip.GzipFile):
    """A gzip file that does not grow beyond all measure; closes what it reads."""

    def __init__(self, raw: IO[bytes], name: str) -> None:
        super().__init__(fileobj=raw)
        self._raw = raw
        self._name = name
        self._damage: Exception | None = None

    def read(self, size: int | None = -1) -> bytes:
        data = self._as_far_as_it_goes(size or -1)
        grown = self.tell()
        if grown > _JUDGED_FROM and grown > _MOST_GROWTH * max(self._raw.tell(), 1):
            raise TooLargeError(
                f"{self._name} grows more than {_MOST_GROWTH}-fold when it is decompressed, as no "
                "real activity file does. It was not read further."
            )
        return data

    def _as_far_as_it_goes(self, size: int) -> bytes:
        """Return what comes before the place where the file is cut off or damaged, if anything.

        One read of many bytes would lose all of them at such a place.
        """
        if self._damage is not None:
            raise self._damage
        pieces: list[bytes] = []
        missing = size
        while missing > 0:
            try:
                piece = self.read1(missing)
            except (EOFError, zlib.error, gzip.BadGzipFile) as damage:
                if not pieces:
                    raise
                self._damage = damage
                break
            if not piece:
                break
            pieces.append(piece)
            missing -= len(piece)
        return b"".join(pieces)

    def close(self) -> None:
        super().close()
        self._raw.close()


class _Cutter:
    """The state of cutting one file."""

    def __init__(self, source: SourceFile, limit: int) -> None:
        self.source = source
        self.limit = limit
        self.found = 0
        self._ready: deque[Activity] = deque()
        #: Of what is not UTF-8; the parser and the activities get UTF-8.
        self._decoder: codecs.IncrementalDecoder | None = None
        self._parser: expat.XMLParserType | None = None
        self._remark: str | None = None
        self._root = ""
        self._language: str | None = None
        self._buffer = bytearray()
        self._buffered_from = 0
        self._started_at: int | None = None
        self._path: list[Node] = []
        self._text: list[str] = []
        self._depth = 0
        self._passed_over = 0
        self._versionless = False

    def finished(self) -> Iterator[Activity]:
        """Yield the activities that are complete, and forget them."""
        while self._ready:
            yield self._ready.popleft()

    def feed(self, piece: bytes) -> None:
        """Parse the next bytes; none mean the end."""
        if self._parser is None:
            self._parser = self._make_parser(piece)
        if self._decoder is not None:
            text = self._decoder.decode(piece, not piece)
            piece, last = text.encode(), not piece
        else:
            last = not piece
        self._buffer += piece
        self._parser.Parse(piece, last)
        # What is no part of an open activity is no longer needed.
        if not self._path or self._passed_over:
            self._text.clear()
        if self._started_at is None:
            self._buffered_from += len(self._buffer)
            self._buffer.clear()
        else:
            self._drop_before(self._started_at)
            self._check_size(len(self._buffer))

    def _make_parser(self, head: bytes) -> expat.XMLParserType:
        encoding, self._remark = encoding_of(head, self.source.name)
        if encoding is not None:
            self._decoder = codecs.getincrementaldecoder(encoding)()
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append
        return parser

    def is_no_utf8(self) -> bool:
        """Tell whether the parser has stopped at bytes that are no character of UTF-8."""
        assert self._parser is not None
        at = self._parser.ErrorByteIndex - self._buffered_from
        return self._decoder is None and self._buffer[at : at + 1] >= b"\x80"

    def _drop_before(self, offset: int) -> None:
        del self._buffer[: offset - self._buffered_from]
        self._buffered_from = offset

    def _check_size(self, size: int) -> None:
        if size > self.limit:
            raise TooLargeError(
                f"{self.source.name}: activity {self.found + 1} is larger than {self.limit:,} "
                "bytes, the bound for one activity. Raise the bound "
                "(OUTCOME_GRAPH_MAX_UPLOAD_BYTES) if it is right."
            )

    # -- what the parser meets --------------------------------------------------------------------

    def _doctype(self, *_: object) -> None:
        raise SourceError(
            f"{self.source.name} has a DOCTYPE, which could declare entities and is never read. "
            "Activity files need none: take it out."
        )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        depth = self._depth = self._depth + 1
        if depth > _DEEPEST:
            raise SourceError(
                f"{self.source.name} nests elements more than {_DEEPEST} deep, as no activity "
                "file does. It was not read further."
            )
        if self._passed_over:
            return
        if depth < 4 and not self._is_read(depth, tag, attributes):
            return
        path = self._path
        if self._text:
            self._take_text()
        node = Node(tag, attributes, self._parser.CurrentLineNumber)  # type: ignore[union-attr]
        if path:
            path[-1].children.append(node)
        path.append(node)

    def _is_read(self, depth: int, tag: str, attributes: dict[str, str]) -> bool:
        """Tell whether an element near the root is kept; what is not is passed over."""
        if depth == 1:
            self._check_root(tag, attributes)
            return False
        if tag not in (_KEPT if depth == 3 else _ACTIVITY):
            self._passed_over = depth
            return False
        if depth == 2:
            assert self._parser is not None
            self._started_at = self._parser.CurrentByteIndex
        return True

    def _end(self, tag: str) -> None:
        depth = self._depth
        self._depth = depth - 1
        if self._passed_over:
            if depth == self._passed_over:
                self._passed_over = 0
                self._text.clear()
            return
        if depth == 1:
            return
        if self._text:
            self._take_text()
        node = self._path.pop()
        if depth == 2:
            self._finish(node)

    def _take_text(self) -> None:
        if self._path:
            text = "".join(self._text)
            # What parts elements only says nothing.
            if not text.isspace():
                self._path[-1].text += text
        self._text.clear()

    def _finish(self, node: Node) -> None:
        assert self._parser is not None
        assert self._started_at is not None
        at = self._parser.CurrentByteIndex - self._buffered_from
        end = self._buffer.index(b">", at) + 1
        self._check_size(end - (self._started_at - self._buffered_from))
        body = bytes(self._buffer[self._started_at - self._buffered_from : end])
        self._started_at = None
        if self._versionless and self.found == 0:
            self._check_layout(node)
        self.found += 1
        alone, remark = self._alone(body), self._remark
        self._ready.append(Activity(self.found, node, alone, self._language, remark))
        self._remark = None

    def _alone(self, body: bytes) -> SourceFile:
        head = f'<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities{self._root}>\n'
        data = b"".join((head.encode(), body, b"\n</iati-activities>\n"))
        return SourceFile(self.source.name, data, "application/xml", self.source.url)

    def _check_layout(self, activity: Node) -> None:
        """Refuse what states no version and is written as version 1 was: texts outside narratives.

        Its codes are others too.
        """
        title = activity.first("title")
        if title is not None and title.text.strip() and not title.children:
            raise UnsupportedSourceError(
                f"{self.source.name} states no version and is written as version 1 of the IATI "
                f"standard was (line {title.line}). Only versions 2.01 to 2.03 can be read: "
                "convert the file to 2.03, or ask the publisher for it."
            )

    def _check_root(self, tag: str, attributes: dict[str, str]) -> None:
        name = self.source.name
        if tag == "iati-organisations":
            raise UnsupportedSourceError(
                f"{name} is an IATI organisation file, which tells of budgets, not of results. "
                "Load the publisher's activity file."
            )
        if tag != "iati-activities":
            raise UnsupportedSourceError(
                f"{name} is no IATI activity file: its root element is {tag[:60]}, not "
                "iati-activities, which holds the activities."
            )
        self._versionless = "version" not in attributes
        version = attributes.get("version", "2.03").strip()
        if not version.startswith("2."):
            raise UnsupportedSourceError(
                f"{name} follows version {version[:20]} of the IATI standard. Only versions 2.01 "
                "to 2.03 can be read: convert the file to 2.03, or ask the publisher for it."
            )
        self._language = attributes.get("xml:lang")
        kept = {
            key: value
            for key, value in attributes.items()
            if key in _ROOT_KEPT or key.startswith("xmlns")
        }
        self._root = "".join(
            f" {k}={quoteattr(v)}" for k, v in {"version": version, **kept}.items()
        )
