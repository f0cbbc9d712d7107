"""What a query is asked of: the engine's own default graph, or a dataset that is named.

SPARQL 1.1 Query, 13.2 (FROM, FROM NAMED), and SPARQL 1.1 Protocol, 2.1.4, which wins over it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pyoxigraph

from outcome_graph.errors import QueryError
from outcome_graph.namespaces import PREFIXES
from outcome_graph.rdf import DefaultGraph, NamedNode, Quad
from outcome_graph.sparql_text import Token, keywords_of, text_at, tokens_of
from outcome_graph.store.base import QueryRequest
from outcome_graph.store.dataset import DEFAULT

__all__ = ["choose_dataset", "declaration", "from_clauses", "graph_name", "resolve"]


#: What may be the keyword; in ``<https://w3id.org/outcome-graph/>`` it cannot be. The letters come
#: first: with the look behind them at its start, it was tried at every place of a text.
_MAYBE_GRAPH = re.compile(r"graph(?<![\w/-]graph)(?![\w/.-])")


def choose_dataset(
    store: pyoxigraph.Store, request: QueryRequest, text: str, *, union: bool
) -> tuple[pyoxigraph.Store, dict[str, Any]]:
    """Return the engine to ask, and the options that name the dataset.

    Parameters:
        store: the engine.
        request: the query; the protocol's dataset.
        text: its text with values bound.
        union: whether the engine's default graph is the union of the others.

    Raises:
        QueryError: an IRI of the protocol's dataset is malformed.
    """
    if request.default_graphs is not None or request.named_graphs is not None:
        default = [graph_name(g) for g in request.default_graphs or ()]
        named = [graph_name(g) for g in request.named_graphs or ()]
        return _named_dataset(store, default, named)
    lowered = text.lower()
    if "from" in lowered:
        default, named = from_clauses(text, request.base_iri)
        if len(default) > 1:
            return _named_dataset(store, default, named)
        if default or named:
            return store, {}
    # Most queries have the word in an IRI only: cheap looks come first.
    if (
        union
        and ("\\" in text or _MAYBE_GRAPH.search(lowered))
        and "GRAPH" in keywords_of(text)
        and store.contains_named_graph(DEFAULT)
    ):
        # The graph that stands for the default graph is not to be met by GRAPH ?g.
        return store, {"named_graphs": [g for g in store.named_graphs() if g != DEFAULT]}
    return store, {}


def graph_name(iri: str) -> NamedNode:
    """Return the name of a graph.

    Raises:
        QueryError: it is no absolute IRI.
    """
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise QueryError(f"{iri[:200]!r} is no absolute IRI and names no graph.") from error


def _named_dataset(
    store: pyoxigraph.Store, default: Sequence[NamedNode], named: Sequence[NamedNode]
) -> tuple[pyoxigraph.Store, dict[str, Any]]:
    if len(set(default)) > 1:
        store, default_graphs = _merged(store, default, named), [DefaultGraph()]
        return store, {"default_graph": default_graphs, "named_graphs": list(named)}
    return store, {"default_graph": list(default), "named_graphs": list(named)}


def _merged(
    store: pyoxigraph.Store, default: Sequence[NamedNode], named: Sequence[NamedNode]
) -> pyoxigraph.Store:
    """Return a store in memory with some graphs merged in its default graph, and others named."""
    memory = pyoxigraph.Store()
    for graph in dict.fromkeys(default):
        quads = store.quads_for_pattern(None, None, None, graph)
        memory.extend(Quad(q.subject, q.predicate, q.object) for q in quads)
    for graph in dict.fromkeys(named):
        memory.extend(store.quads_for_pattern(None, None, None, graph))
    return memory


def from_clauses(text: str, base_iri: str | None) -> tuple[list[NamedNode], list[NamedNode]]:
    """Return the graphs that a query's own FROM and FROM NAMED name."""
    tokens = list(tokens_of(text))
    default: list[NamedNode] = []
    named: list[NamedNode] = []
    depth, prologue = 0, ""
    for position, token in enumerate(tokens):
        if token.kind == "mark":
            depth += (token.text in "{([") - (token.text in "})]")
        word = token.text.upper() if token.kind == "word" and depth == 0 else ""
        if word in ("PREFIX", "BASE"):
            prologue += declaration(text, tokens, position)
        elif word == "FROM":
            is_named = text_at(tokens, position + 1).upper() == "NAMED"
            for name in tokens[position + 1 + is_named : position + 2 + is_named]:
                graph = resolve(prologue, name, base_iri)
                if graph is not None:
                    (named if is_named else default).append(graph)
    return default, named


def declaration(text: str, tokens: Sequence[Token], position: int) -> str:
    """Return the line of a prologue that begins with the PREFIX or BASE at a position."""
    start = tokens[position]
    end = next((t.end for t in tokens[position:] if t.kind == "iri"), start.end)
    return text[start.start : end] + "\n"


def resolve(prologue: str, name: Token, base_iri: str | None) -> NamedNode | None:
    """Resolve an IRI or prefixed name as the engine does.

    Parameters:
        prologue: the PREFIX and BASE lines before it.
        name: its token.
        base_iri: what relative IRIs are resolved against where there is no BASE.

    Returns:
        None when it is malformed, which the engine will say better.
    """
    query = f"{prologue}\nSELECT ?g {{ VALUES ?g {{ {name.text} }} }}"
    try:
        rows = pyoxigraph.Store().query(query, base_iri=base_iri, prefixes=PREFIXES)
        assert isinstance(rows, pyoxigraph.QuerySolutions)
        value = next(rows)[0]
    except (SyntaxError, RuntimeError, StopIteration):
        return None
    return value if isinstance(value, NamedNode) else None
