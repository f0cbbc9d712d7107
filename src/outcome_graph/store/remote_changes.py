"""Working out what a commit to a remote engine changes.

What is there is read from the engine, literals are made comparable (engines differ in whether they
keep "007" or 7), and the difference is what is sent.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from outcome_graph.errors import QueryError, UsageError
from outcome_graph.rdf import BlankNode, DefaultGraph, GraphName, Quad, Triple
from outcome_graph.store.kept import as_kept
from outcome_graph.store.patch import GraphState, Patch, difference, normalised
from outcome_graph.store.remote_journal import Change
from outcome_graph.store.remote_layout import HIDDEN, has_blank, inward, outward

__all__ = ["Held", "QuadReader", "change_of", "change_to", "checked_graphs", "comparable_triples"]

#: Graphs that are asked for at once.
_SLICE = 1_000


@dataclass(slots=True)
class Held:
    """What some graphs hold.

    Parameters:
        graphs: comparable quads by graph.
        written: how the engine holds those that it writes differently.
    """

    graphs: dict[GraphName, list[Quad]] = field(default_factory=dict)
    written: dict[Quad, list[Quad]] = field(default_factory=dict)

    def add(self, quad: Quad) -> None:
        """Note a quad as the engine holds it."""
        same = _comparable(quad)
        quads = self.graphs.setdefault(same.graph_name, [])
        if same != quad:
            spellings = self.written.setdefault(same, [])
            spellings.append(quad)
            if len(spellings) > 1:
                return
        quads.append(same)


class QuadReader:
    """Reads quads of an engine.

    Parameters:
        select: runs a SELECT query on it.
    """

    def __init__(self, select: Callable[[str], Iterator[Any]]) -> None:
        self._select = select

    def of(self, graphs: Iterable[GraphName]) -> Held:
        """Return what some graphs hold."""
        held = Held()
        for quad in self.each_of(graphs):
            held.add(quad)
        return held

    def each_of(self, graphs: Iterable[GraphName]) -> Iterator[Quad]:
        """Yield what some graphs hold, as the engine has it."""
        names = [inward(graph) for graph in graphs]
        for start in range(0, len(names), _SLICE):
            values = " ".join(map(str, names[start : start + _SLICE]))
            query = f"SELECT ?s ?p ?o ?g {{ VALUES ?g {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} }}"
            yield from outward(Quad(*row) for row in self._select(query))

    def everything(self) -> Held:
        """Return what all graphs hold."""
        held = Held()
        for quad in self.all():
            held.add(quad)
        return held

    def all(self) -> Iterator[Quad]:
        """Yield everything, as people see it."""
        hidden = ", ".join(str(graph) for graph in HIDDEN if graph != inward(DefaultGraph()))
        query = f"SELECT ?s ?p ?o ?g {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g NOT IN ({hidden})) }}"
        return iter(outward(Quad(*row) for row in self._select(query)))


def comparable_triples(triples: Iterable[Triple]) -> list[Triple]:
    """Return triples with literals as the journal has them, each once."""
    quads = (Quad(t.subject, t.predicate, t.object) for t in triples)
    return list(dict.fromkeys(_comparable(quad).triple for quad in quads))


def checked_graphs(graphs: Iterable[GraphName]) -> None:
    """Refuse changes to graphs that are the store's own.

    Raises:
        QueryError: with the graph.
    """
    for graph in graphs:
        if graph in HIDDEN:
            raise QueryError(f"The graph {graph} is the store's own and cannot be written.")


def change_to(held: Held, wanted: Sequence[tuple[GraphName, Iterable[Triple]]]) -> Change:
    """Return the change that makes graphs hold what they are to hold.

    Parameters:
        held: what these graphs hold.
        wanted: each graph, once, with what it is to hold.

    Raises:
        UsageError: a graph is named by a blank node.
    """
    states = [
        GraphState(graph, held.graphs.get(graph, []), normalised(graph, _fresh(triples)))
        for graph, triples in wanted
    ]
    return change_of(difference(states), held)


def change_of(patch: Patch, held: Held) -> Change:
    """Return the change that a patch is.

    Parameters:
        patch: the difference.
        held: what the graphs it changes hold before.

    Raises:
        UsageError: a graph is named by a blank node.
    """
    if any(isinstance(graph, BlankNode) for graph in patch.graphs()):
        raise UsageError("A remote engine cannot keep graphs that are named by blank nodes.")
    touched = {q.graph_name for q in (*patch.removed, *patch.added) if has_blank(q)}
    removed = set(patch.removed)
    blank: dict[GraphName, list[Quad]] = {}
    for graph in touched:
        before = held.graphs.get(graph, ())
        kept = [q for q in before if has_blank(q) and q not in removed]
        new = [q for q in patch.added if q.graph_name == graph and has_blank(q)]
        blank[graph] = kept + new
    written = {q: held.written[q] for q in patch.removed if q in held.written}
    return Change(patch, blank, written)


def _fresh(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Give blank nodes labels that no engine has."""
    mark = secrets.token_hex(8)
    names: dict[BlankNode, BlankNode] = {}

    def renamed(term: Any) -> Any:
        if not isinstance(term, BlankNode):
            return term
        return names.setdefault(term, BlankNode(f"b{mark}{len(names)}"))

    for triple in triples:
        if has_blank(triple):
            yield Triple(renamed(triple.subject), triple.predicate, renamed(triple.object))
        else:
            yield triple


def _comparable(quad: Quad) -> Quad:
    given = quad.object
    value = as_kept(given)
    if value == given:
        return quad
    return Quad(quad.subject, quad.predicate, value, quad.graph_name)
