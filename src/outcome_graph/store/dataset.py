"""How the graphs of a store lie in the engine.

Queries promise that the default graph is the *union* of all graphs, and a graph is a set: a triple
that stands in a hundred records (the name of an organisation, say) is one triple of the union. The
engine's own union counts it a hundred times (oxigraph issue 1919; mended there after 0.5.13), which
makes COUNT and SUM wrong and joins grow. So the union is kept up to date in the engine's default
graph, at the price of three more index entries for each triple.

What people put into the default graph itself is kept in a graph of the name that Apache Jena gives
it, ``urn:x-arq:DefaultGraph``, which can be named in FROM and GRAPH but is not listed.

A *logical* quad is what commits, the journal and dumps speak of; *engine* quads follow from it. In
a store made with ``union=False`` the two are the same, and queries see the default graph as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph

from outcome_graph.rdf import DefaultGraph, GraphName, NamedNode, Quad, Triple
from outcome_graph.store.kept import NewQuads
from outcome_graph.store.patch import Patch, Transaction

__all__ = ["DEFAULT", "DatasetLayout"]

#: Where statements of the default graph itself are kept.
DEFAULT = NamedNode("urn:x-arq:DefaultGraph")


class DatasetLayout:
    """Translates between logical quads and what the engine holds.

    Parameters:
        union: whether the engine's default graph holds the union.
    """

    def __init__(self, *, union: bool) -> None:
        self.union = union

    def stored(self, graph: GraphName) -> GraphName:
        """Return the engine's graph that holds the statements of a graph."""
        return DEFAULT if self.union and isinstance(graph, DefaultGraph) else graph

    def logical(self, graph: GraphName) -> GraphName:
        """Return the graph whose statements an engine's graph holds."""
        return DefaultGraph() if self.union and graph == DEFAULT else graph

    def quads_of(self, store: pyoxigraph.Store, graph: GraphName) -> list[Quad]:
        """Return the logical quads of a graph."""
        quads = store.quads_for_pattern(None, None, None, self.stored(graph))
        if self.union and isinstance(graph, DefaultGraph):
            return [Quad(q.subject, q.predicate, q.object) for q in quads]
        return list(quads)

    def graph_names(self, store: pyoxigraph.Store) -> Iterator[GraphName]:
        """Yield the names of the named graphs."""
        for name in store.named_graphs():
            if not (self.union and name == DEFAULT):
                yield name

    def all_quads(self, store: pyoxigraph.Store) -> Iterator[Quad]:
        """Yield all logical quads, from one moment."""
        quads = store.quads_for_pattern(None, None, None, None)
        if not self.union:
            yield from quads
            return
        for quad in quads:
            name = quad.graph_name
            if name == DEFAULT:
                yield Quad(quad.subject, quad.predicate, quad.object)
            elif not isinstance(name, DefaultGraph):
                yield quad

    def count(self, store: pyoxigraph.Store) -> int:
        """Count the logical quads, by going through all of them."""
        if not self.union:
            return len(store)
        rows = store.query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")
        assert isinstance(rows, pyoxigraph.QuerySolutions)
        return int(next(rows)[0].value)

    def engine_quads(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """Yield the engine's quads for logical ones that are added: in a graph and in the union."""
        for quad in quads:
            if not self.union:
                yield quad
                continue
            parts = (quad.subject, quad.predicate, quad.object)
            yield Quad(*parts)
            is_default = isinstance(quad.graph_name, DefaultGraph)
            yield Quad(*parts, DEFAULT) if is_default else quad

    def transaction(self, store: pyoxigraph.Store, patch: Patch) -> Transaction:
        """Return what must happen in the engine for a patch, given what it holds now."""
        if isinstance(patch.added, NewQuads) and not patch.removed:
            union_text = patch.added.union() if self.union else b""
            written = patch.added.nquads() + union_text
            return Transaction((), patch.added, written=written)
        removed = [self._stored_quad(q) for q in patch.removed]
        added = [self._stored_quad(q) for q in patch.added]
        if not removed:
            # What other graphs hold too is added to the union again, which changes nothing.
            union = (Quad(q.subject, q.predicate, q.object) for q in patch.added)
            return Transaction(removed, [*added, *union] if self.union else added)
        emptied = _emptied(store, removed, added)
        if self.union:
            gone = set(removed)
            coming = {q.triple for q in added}
            lost = (t for t in {q.triple for q in removed} - coming if not _held(store, t, gone))
            removed += [Quad(t.subject, t.predicate, t.object) for t in lost]
            added += [Quad(t.subject, t.predicate, t.object) for t in coming]
        return Transaction(removed, added, emptied)

    def _stored_quad(self, quad: Quad) -> Quad:
        if self.union and isinstance(quad.graph_name, DefaultGraph):
            return Quad(quad.subject, quad.predicate, quad.object, DEFAULT)
        return quad

    def align_union(self, store: pyoxigraph.Store, triples: Iterable[Triple]) -> None:
        """Make the union hold just those of these triples that some graph holds.

        Not atomic: for copies that nobody else sees.
        """
        for triple in triples:
            quad = Quad(triple.subject, triple.predicate, triple.object)
            if _held(store, triple, ()):
                store.add(quad)
            else:
                store.remove(quad)


def _held(store: pyoxigraph.Store, triple: Triple, without: Iterable[Quad]) -> bool:
    """Tell whether any graph but the union holds a triple, leaving some quads out of account."""
    quads = store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
    return any(not isinstance(q.graph_name, DefaultGraph) and q not in without for q in quads)


def _emptied(store: pyoxigraph.Store, removed: list[Quad], added: list[Quad]) -> list[NamedNode]:
    """Return the graphs that hold nothing afterwards; the engine would go on listing them."""
    going = set(removed)
    graphs = {q.graph_name for q in removed} - {q.graph_name for q in added}
    return [
        graph
        for graph in graphs
        if isinstance(graph, NamedNode)
        and all(q in going for q in store.quads_for_pattern(None, None, None, graph))
    ]
