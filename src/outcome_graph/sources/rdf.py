"""Reading RDF files: their named graphs, and what is doubtful about their literals.

Turning graphs into records is the pipeline's work, which knows the mapping.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator

from outcome_graph.draft import Problem, SourceFile
from outcome_graph.errors import SourceError
from outcome_graph.rdf import (
    FORMATS,
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Triple,
    parse_quads,
)
from outcome_graph.sources.contexts import with_bundled_contexts
from outcome_graph.sources.detect import rdf_media_type
from outcome_graph.sources.iati.encoding import encoding_of
from outcome_graph.sources.lexical import lexical_problem

__all__ = ["Graph", "literal_problems", "read_graphs"]

Graph = tuple[NamedNode | None, list[Triple]]

_XML_DECLARATION = re.compile(r"\s*<\?xml\s[^>]*\?>")


def read_graphs(source: SourceFile, *, base_iri: str | None = None) -> list[Graph]:
    """Read an RDF document and group its statements by named graph.

    Parameters:
        source: Turtle, N-Triples, N-Quads, TriG, JSON-LD or RDF/XML, told by its declared media
            type, its suffix or its first characters.
        base_iri: what relative IRIs are resolved against; default: where it was published.

    Returns:
        Pairs of graph name and statements, in the order in which the graphs first appear; the name
        is None for the default graph. Graphs named by a blank node have no name to keep and come
        as pairs of their own with None.

    Raises:
        SourceError: the document is not well formed.
        UnsupportedSourceError: it is in no RDF syntax that is known.
    """
    media_type = rdf_media_type(source)
    rdf_format, _, _ = FORMATS[media_type]
    data = _utf8(source, media_type)
    if media_type == "application/ld+json":
        data = with_bundled_contexts(source, base_iri)
    graphs: dict[NamedNode | BlankNode | DefaultGraph, list[Triple]] = {}
    base = base_iri or source.url
    try:
        for quad in parse_quads(data, rdf_format, base_iri=base, where=source.name):
            graphs.setdefault(quad.graph_name, []).append(quad.triple)
    except SourceError as error:
        raise _not_utf8(source.name, data) or error from error
    return [
        (name if isinstance(name, NamedNode) else None, triples) for name, triples in graphs.items()
    ]


def _utf8(source: SourceFile, media_type: str) -> bytes:
    """Return a document in UTF-8, which RDF syntaxes are written in: editors of Windows do not.

    Raises:
        SourceError: it cannot be decoded.
    """
    # A mark of UTF-8 is no part of any RDF syntax.
    data = source.data.removeprefix(codecs.BOM_UTF8)
    # Told by the zeros among the first bytes: documents begin with characters of ASCII.
    encoding: str | None = json.detect_encoding(data)
    is_xml = media_type == "application/rdf+xml"
    if encoding == "utf-8":
        encoding = encoding_of(data[:4096], source.name)[0] if is_xml else None
    if encoding is None:
        return data
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{source.name} seems to be written in {encoding.upper()}, but is damaged: {error}. "
            "Save it as UTF-8."
        ) from error
    return (_XML_DECLARATION.sub("", text, count=1) if is_xml else text).encode()


def _not_utf8(name: str, data: bytes) -> SourceError | None:
    """Return the error of a document that is not in UTF-8, None when it is."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return SourceError(
            f"{name} is not written in UTF-8, as RDF is: line {line} holds a byte of another "
            "encoding. Save it as UTF-8."
        )
    return None


def literal_problems(triples: Iterable[Triple]) -> Iterator[Problem]:
    """Yield a warning for each literal that is ill-typed or not written canonically.

    Engines disagree on such literals: some keep the words, some drop or rewrite them, so that the
    same data would answer differently from one store to the next (RDF 1.1 Concepts, section 3.3;
    XSD 1.1 part 2 for the lexical and canonical forms).
    """
    for triple in triples:
        value = triple.object
        if isinstance(value, Literal):
            wrong = lexical_problem(value.value, value.datatype.value)
            if wrong:
                yield Problem(
                    "warning",
                    f"The value {value.value[:80]!r} of {triple.predicate.value} {wrong}.",
                )
