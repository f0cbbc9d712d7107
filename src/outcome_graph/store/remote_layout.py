"""How graphs lie in a remote engine, and the graphs there that are our own.

Queries promise that the default graph is the *union* of all graphs, as a set. Engines differ: for
some the default graph is a graph of its own (Oxigraph, Fuseki, Stardog), for others always some
union (GraphDB, RDF4J, Neptune, Virtuoso), and what a triple counts for that stands in two graphs
differs again. So the union is kept up to date by our own commits, as in the embedded store:

- where the default graph is a graph of its own, in it;
- where it is a union, in the named graph `UNION`, which queries are asked from by
  ``default-graph-uri``, unless they hold GRAPH: these see the engine's own union.

What people put into the default graph itself lies in `DEFAULT`.
"""

from __future__ import annotations

from collections.abc import Iterable

from outcome_graph.rdf import BlankNode, DefaultGraph, GraphName, NamedNode, Quad, Triple

__all__ = [
    "DEFAULT",
    "HIDDEN",
    "JOURNAL",
    "PROBE",
    "SOURCES",
    "STATE",
    "UNION",
    "Term",
    "entry_node",
    "has_blank",
    "inward",
    "outward",
    "source_node",
]

_OWN = "urn:outcome-graph:"
#: The journal: one node for each revision, and the state of the store.
JOURNAL = NamedNode(_OWN + "journal")
#: Kept source documents.
SOURCES = NamedNode(_OWN + "sources")
#: The union, where the engine's default graph cannot hold it.
UNION = NamedNode(_OWN + "union")
#: The default graph itself.
DEFAULT = NamedNode(_OWN + "default")
#: Holds one triple that the journal holds too, to find out how the engine counts.
PROBE = NamedNode(_OWN + "probe")
#: What the journal says of the store as a whole is said of this.
STATE = NamedNode(_OWN + "store")

#: Graphs that queries must not meet by name.
HIDDEN = (JOURNAL, SOURCES, UNION, DEFAULT, PROBE)


class Term:
    """Properties in the journal."""

    REVISION = NamedNode(_OWN + "term:revision")
    QUADS = NamedNode(_OWN + "term:quads")
    UNION = NamedNode(_OWN + "term:union")
    NUMBER = NamedNode(_OWN + "term:number")
    TOKEN = NamedNode(_OWN + "term:token")
    ENTRY = NamedNode(_OWN + "term:entry")
    GRAPH = NamedNode(_OWN + "term:graph")
    PATCH = NamedNode(_OWN + "term:patch")
    DATA = NamedNode(_OWN + "term:data")


def entry_node(revision: int) -> NamedNode:
    """Return the node of a revision in the journal."""
    return NamedNode(f"{_OWN}revision:{revision}")


def source_node(sha256: str) -> NamedNode:
    """Return the node of a kept source document."""
    return NamedNode(f"{_OWN}source:{sha256}")


def has_blank(statement: Quad | Triple) -> bool:
    """Tell whether a statement speaks of a blank node, which the next request cannot name."""
    return isinstance(statement.subject, BlankNode) or isinstance(statement.object, BlankNode)


def inward(graph: GraphName) -> GraphName:
    """Return the engine's graph that holds the statements of a graph."""
    return DEFAULT if isinstance(graph, DefaultGraph) else graph


def outward(quads: Iterable[Quad]) -> Iterable[Quad]:
    """Yield the quads that people see for those the engine holds in named graphs."""
    for quad in quads:
        if quad.graph_name == DEFAULT:
            yield Quad(quad.subject, quad.predicate, quad.object)
        elif quad.graph_name not in HIDDEN:
            yield quad
