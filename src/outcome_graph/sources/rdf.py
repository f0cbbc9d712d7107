"""Reading RDF files: their named graphs, and what is doubtful about their literals.

Turning graphs into records is the pipeline's work, which knows the mapping.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator

from outcome_graph.draft import Problem, SourceFile
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
from outcome_graph.sources.lexical import lexical_problem

__all__ = ["Graph", "literal_problems", "read_graphs"]

Graph = tuple[NamedNode | None, list[Triple]]


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
    # Editors of Windows begin UTF-8 with a mark, which is no part of any RDF syntax.
    data = source.data.removeprefix(codecs.BOM_UTF8)
    if media_type == "application/ld+json":
        data = with_bundled_contexts(source, base_iri)
    graphs: dict[NamedNode | BlankNode | DefaultGraph, list[Triple]] = {}
    base = base_iri or source.url
    for quad in parse_quads(data, rdf_format, base_iri=base, where=source.name):
        graphs.setdefault(quad.graph_name, []).append(quad.triple)
    return [
        (name if isinstance(name, NamedNode) else None, triples) for name, triples in graphs.items()
    ]


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
