"""Writing answers piece by piece, in constant memory, within bounds.

Rows are written here rather than by the engine because only so can an answer be cut at an exact
row and still be a well-formed document. Measured with 60,000 rows of three terms in memory, on the
project's 2-core machine: 320,000 rows/s as JSON against the engine's 760,000; from disk the engine
reads 120,000 rows/s, so that writing them is not what bounds long answers.
Formats: SPARQL 1.1 Query Results JSON, XML (Second Edition), CSV and TSV; RDF syntaxes by the
engine, in batches that are joined.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any, TypeAlias

import pyoxigraph

from outcome_graph.errors import UsageError
from outcome_graph.namespaces import PREFIXES
from outcome_graph.rdf import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    Variable,
    format_for,
    serialize,
)
from outcome_graph.store.deadlines import NEVER, Deadline

__all__ = [
    "CHUNK",
    "Bounds",
    "Rows",
    "boolean_chunks",
    "dump_chunks",
    "graph_chunks",
    "solution_chunks",
]

#: Characters of a piece, about.
CHUNK = 65_536
#: Statements that are serialised together.
_BATCH = 1_000

_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_AnyTerm: TypeAlias = NamedNode | BlankNode | Literal | Triple


@dataclass(slots=True)
class Bounds:
    """How much of an answer is written.

    Parameters:
        max_rows, max_bytes: None for no bound.
        deadline: looked at now and then.
        hit: the bound that was hit, in words.
    """

    max_rows: int | None = None
    max_bytes: int | None = None
    deadline: Deadline = NEVER
    hit: str | None = field(default=None, init=False)

    @property
    def bounded(self) -> bool:
        """Whether there is any bound."""
        return self.max_rows is not None or self.max_bytes is not None

    def full(self, written: int) -> bool:
        """Tell whether the bound of bytes is reached."""
        return self.max_bytes is not None and written >= self.max_bytes

    def note(self, rest: Iterator[object], written: int, noun: str) -> None:
        """Note which bound was hit, if anything is left."""
        if next(rest, None) is None:
            return
        if self.full(written):
            self.hit = f"the answer was cut at {self.max_bytes:,} bytes; there is more"
        else:
            self.hit = f"only the first {self.max_rows:,} {noun} are given; there are more"


# -- rows -------------------------------------------------------------------------------------

_Row: TypeAlias = Sequence[_AnyTerm | None]


class Rows:
    """A table that is no answer of an engine, and is written as one.

    Parameters:
        names: of the columns.
        rows: a term for each column; None where there is none.
    """

    def __init__(self, names: Iterable[str], rows: Iterable[_Row]) -> None:
        self.variables = [Variable(name) for name in names]
        self._rows = rows

    def __iter__(self) -> Iterator[_Row]:
        return iter(self._rows)


@dataclass(frozen=True, slots=True)
class _RowFormat:
    """A format of rows: what comes first, between rows, and last, and one row."""

    head: Callable[[list[str]], str]
    row: Callable[[list[str]], Callable[[_Row], str]]
    between: str
    tail: str


def solution_chunks(
    solutions: pyoxigraph.QuerySolutions | Rows, media_type: str, bounds: Bounds
) -> Iterator[bytes]:
    """Return the pieces of a table of solutions.

    Raises:
        KeyError: not a format of ours.
    """
    return _solution_chunks(solutions, _ROW_FORMATS[media_type], bounds)


def _solution_chunks(
    solutions: pyoxigraph.QuerySolutions | Rows, form: _RowFormat, bounds: Bounds
) -> Iterator[bytes]:
    head, write = _written_for(form, tuple([v.value for v in solutions.variables]))
    between = form.between
    parts, size, written = [head], 0, 0
    gap = ""
    rows: Iterator[Any] = iter(solutions)
    for row in islice(rows, bounds.max_rows):
        text = gap + write(row)
        gap = between
        parts.append(text)
        size += len(text)
        if size >= CHUNK:
            bounds.deadline.go_on()
            piece = "".join(parts).encode()
            parts, size, written = [], 0, written + len(piece)
            yield piece
        if bounds.full(written + size):
            break
    if bounds.bounded:
        bounds.note(rows, written + size, "rows")
    parts.append(form.tail)
    yield "".join(parts).encode()


@lru_cache(maxsize=256)
def _written_for(form: _RowFormat, names: tuple[str, ...]) -> tuple[str, Callable[[_Row], str]]:
    """Return the head of a table with these columns, and what writes its rows."""
    return form.head(list(names)), form.row(list(names))


_quote = json.encoder.encode_basestring


def _json_head(names: list[str]) -> str:
    return f'{{"head":{{"vars":{json.dumps(names)}}},"results":{{"bindings":[\n'


def _json_rows(names: list[str]) -> Callable[[_Row], str]:
    keys = [_quote(name) + ":" for name in names]

    def write(row: _Row) -> str:
        cells = [k + _json_term(t) for k, t in zip(keys, row, strict=True) if t is not None]
        return "{" + ",".join(cells) + "}"

    return write


def _json_term(term: _AnyTerm) -> str:
    kind = type(term)
    if kind is NamedNode:
        return '{"type":"uri","value":' + _quote(term.value) + "}"  # type: ignore[union-attr]
    if isinstance(term, Literal):
        text = '{"type":"literal","value":' + _quote(term.value)
        if (language := term.language) is not None:
            text += ',"xml:lang":' + _quote(language)
            direction = getattr(term, "direction", None)
            return text + (f',"its:dir":"{direction}"}}' if direction else "}")
        datatype = term.datatype.value
        return text + ("}" if datatype == _XSD_STRING else ',"datatype":' + _quote(datatype) + "}")
    if isinstance(term, Triple):
        parts = zip(("subject", "predicate", "object"), term, strict=True)
        inner = ",".join(f'"{name}":{_json_term(part)}' for name, part in parts)
        return f'{{"type":"triple","value":{{{inner}}}}}'
    return '{"type":"bnode","value":' + _quote(term.value) + "}"


#: XML 1.0 has no way to write these characters, escaped or not.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


#: A bare carriage return would be read back as a line feed (XML 1.0, 2.11).
_XML_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})


def _xml_text(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text).translate(_XML_ESCAPES)


def _xml_head(names: list[str]) -> str:
    variables = "".join(f'<variable name="{_xml_text(name)}"/>' for name in names)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<sparql xmlns="http://www.w3.org/2005/sparql-results#">'
        f"<head>{variables}</head><results>\n"
    )


def _xml_rows(names: list[str]) -> Callable[[_Row], str]:
    openings = [f'<binding name="{_xml_text(name)}">' for name in names]

    def write(row: _Row) -> str:
        cells = [
            o + _xml_term(t) + "</binding>"
            for o, t in zip(openings, row, strict=True)
            if t is not None
        ]
        return "<result>" + "".join(cells) + "</result>\n"

    return write


def _xml_term(term: _AnyTerm) -> str:
    if isinstance(term, NamedNode):
        return f"<uri>{_xml_text(term.value)}</uri>"
    if isinstance(term, BlankNode):
        return f"<bnode>{_xml_text(term.value)}</bnode>"
    if isinstance(term, Triple):
        parts = zip(("subject", "predicate", "object"), term, strict=True)
        inner = "".join(f"<{name}>{_xml_term(part)}</{name}>" for name, part in parts)
        return f"<triple>{inner}</triple>"
    mark = ""
    if term.language is not None:
        mark = f' xml:lang="{_xml_text(term.language)}"'
    elif term.datatype.value != _XSD_STRING:
        mark = f' datatype="{_xml_text(term.datatype.value)}"'
    return f"<literal{mark}>{_xml_text(term.value)}</literal>"


_CSV_SPECIAL = re.compile('[",\r\n]')


def _csv_rows(names: list[str]) -> Callable[[_Row], str]:
    def write(row: _Row) -> str:
        return ",".join(map(_csv_cell, row)) + "\r\n"

    return write


def _csv_cell(term: _AnyTerm | None) -> str:
    if term is None:
        return ""
    plain = isinstance(term, NamedNode | Literal)
    text = term.value if plain else str(term)  # type: ignore[union-attr]
    return '"' + text.replace('"', '""') + '"' if _CSV_SPECIAL.search(text) else text


def _tsv_rows(names: list[str]) -> Callable[[_Row], str]:
    def write(row: _Row) -> str:
        return "\t".join(["" if t is None else str(t) for t in row]) + "\n"

    return write


_JSON = _RowFormat(_json_head, _json_rows, ",\n", "\n]}}\n")
_XML = _RowFormat(_xml_head, _xml_rows, "", "</results></sparql>\n")
_CSV = _RowFormat(lambda names: ",".join(names) + "\r\n", _csv_rows, "", "")
_TSV = _RowFormat(lambda names: "\t".join("?" + n for n in names) + "\n", _tsv_rows, "", "")
_ROW_FORMATS = {
    "application/sparql-results+json": _JSON,
    "application/json": _JSON,
    "application/sparql-results+xml": _XML,
    "application/xml": _XML,
    "text/csv": _CSV,
    "text/tab-separated-values": _TSV,
}
_BOOLEAN_FORMATS = {
    "application/sparql-results+json": pyoxigraph.QueryResultsFormat.JSON,
    "application/json": pyoxigraph.QueryResultsFormat.JSON,
    "application/sparql-results+xml": pyoxigraph.QueryResultsFormat.XML,
    "application/xml": pyoxigraph.QueryResultsFormat.XML,
    "text/csv": pyoxigraph.QueryResultsFormat.CSV,
    "text/tab-separated-values": pyoxigraph.QueryResultsFormat.TSV,
}


def boolean_chunks(answer: pyoxigraph.QueryBoolean, media_type: str) -> Iterator[bytes]:
    """Return the one piece of a yes or no.

    Raises:
        KeyError: not a format of ours.
    """
    return iter([answer.serialize(format=_BOOLEAN_FORMATS[media_type]) or b""])


# -- graphs -----------------------------------------------------------------------------------


def graph_chunks(
    statements: Iterable[Triple | Quad], media_type: str, bounds: Bounds
) -> Iterator[bytes]:
    """Return the pieces of triples, or quads, in an RDF syntax.

    Raises:
        KeyError: not a syntax of ours.
    """
    rdf_format = format_for(media_type)
    if rdf_format is None:
        raise KeyError(media_type)
    return _graph_chunks(iter(statements), rdf_format, bounds)


def dump_chunks(quads: Iterator[Quad], media_type: str) -> Iterator[bytes]:
    """Return the pieces of all that a store holds; syntaxes without graphs get its triples.

    Raises:
        UsageError: not an RDF syntax of ours.
    """
    rdf_format = format_for(media_type)
    if rdf_format is None:
        raise UsageError(f"The store cannot be written as {media_type!r}.")
    statements = quads if rdf_format.supports_datasets else (quad.triple for quad in quads)
    return _graph_chunks(statements, rdf_format, Bounds())


def _graph_chunks(
    statements: Iterator[Triple | Quad], rdf_format: RdfFormat, bounds: Bounds
) -> Iterator[bytes]:
    prefixed = rdf_format in (RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.RDF_XML)
    options: dict[str, Any] = {"prefixes": PREFIXES} if prefixed else {}
    join = _JOINERS.get(rdf_format, _as_is)
    limited = islice(statements, bounds.max_rows)
    written, tail, first = 0, b"", True
    while True:
        batch: list[Any] = list(islice(limited, _BATCH))
        # Nothing at all is a document too.
        if not batch and not first:
            break
        bounds.deadline.go_on()
        document = serialize(batch, format=rdf_format, **options) or b""
        piece, tail = join(document, first)
        first = False
        written += len(piece)
        yield piece
        if bounds.full(written):
            break
    if bounds.bounded:
        bounds.note(statements, written, "statements")
    if tail:
        yield tail


def _as_is(document: bytes, first: bool) -> tuple[bytes, bytes]:
    return document, b""


_TURTLE_HEAD = "".join(f"@prefix {p}: <{PREFIXES[p]}> .\n" for p in sorted(PREFIXES)).encode()


def _turtle(document: bytes, first: bool) -> tuple[bytes, bytes]:
    """Declare the prefixes once, and in the same order each time: the engine's order varies."""
    body = document
    while body.startswith(b"@prefix"):
        body = body[body.index(b"\n") + 1 :]
    return (_TURTLE_HEAD + b"\n" + body if first else body), b""


_XML_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF'
    + "".join(f'\n\txmlns:{p}="{PREFIXES[p]}"' for p in sorted(PREFIXES))
    + '\n\txmlns:its="http://www.w3.org/2005/11/its">\n'
).encode()


def _rdf_xml(document: bytes, first: bool) -> tuple[bytes, bytes]:
    """Put the descriptions of all batches into one document."""
    start = document.index(b">", document.index(b"<rdf:RDF")) + 1
    body = document[start : document.rindex(b"</rdf:RDF>")].lstrip(b"\n")
    return (_XML_HEAD + body if first else body), b"</rdf:RDF>\n"


def _json_ld(document: bytes, first: bool) -> tuple[bytes, bytes]:
    """Put the nodes of all batches into one array."""
    inner = document.strip()[1:-1]
    return (b"[" if first else b",\n") + inner, b"]\n"


_JOINERS: dict[RdfFormat, Callable[[bytes, bool], tuple[bytes, bytes]]] = {
    RdfFormat.TURTLE: _turtle,
    RdfFormat.TRIG: _turtle,
    RdfFormat.RDF_XML: _rdf_xml,
    RdfFormat.JSON_LD: _json_ld,
}
