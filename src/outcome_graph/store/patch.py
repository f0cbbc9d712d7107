"""Patches: what a revision removes and adds, as the engine keeps it, and how it is applied.

The engine normalises literals when it stores them (``"007"^^xsd:int`` is kept as
``"7"^^xsd:integer``); differences are computed between what it holds and what it *would* hold, so
that storing the same document twice changes nothing.

A patch is applied in one transaction of the engine: one call of ``update()``. Quads without blank
nodes go as ``DELETE DATA``/``INSERT DATA``, written by the engine's own serialiser. SPARQL has no
way to name a stored blank node, so quads with blank nodes come out of a custom function, by number.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import pyoxigraph

from outcome_graph.rdf import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    GraphName,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
    serialize,
)
from outcome_graph.store.base import JournalEntry
from outcome_graph.store.kept import NewQuads, as_kept

__all__ = [
    "GraphState",
    "Patch",
    "Transaction",
    "apply_transaction",
    "difference",
    "entry_for",
    "graph_label",
    "normalised",
    "normalised_graphs",
    "patch_lines",
    "read_patch",
    "timestamp",
]

#: Above this many blank nodes two graphs are compared by label only: comparing them properly can
#: take exponential time.
_MAX_COMPARED_BLANKS = 5_000
#: Statements that are added as one file; beyond the second number the engine would make several.
_MANY, _AT_ONCE = 5_000, 500_000

_PART = "urn:outcome-graph:part:"


@dataclass(frozen=True, slots=True)
class Patch:
    """Quads to remove and quads to add; no quad is in both.

    Parameters:
        removed, added: the quads, with literals as the engine keeps them.
    """

    removed: Sequence[Quad] = ()
    added: Sequence[Quad] = ()

    def __bool__(self) -> bool:
        return bool(self.removed or self.added)

    def graphs(self) -> list[GraphName]:
        """Return the graphs it changes, each once."""
        if isinstance(self.added, NewQuads) and not self.removed:
            return [graph for graph, _ in self.added.graphs]
        return list(dict.fromkeys(q.graph_name for q in (*self.removed, *self.added)))


@dataclass(frozen=True, slots=True)
class Transaction:
    """What happens in the engine at once: quads removed, then added, then graphs dropped.

    Parameters:
        written: where nothing is removed or dropped, what is added as N-Quads.
    """

    removed: Sequence[Quad]
    added: Sequence[Quad]
    dropped: Sequence[NamedNode] = ()
    written: bytes | None = None


@dataclass(frozen=True, slots=True)
class GraphState:
    """What a graph holds and is to hold: both as the engine keeps them, each quad once."""

    graph: GraphName
    before: Sequence[Quad]
    after: Sequence[Quad]


def graph_label(graph: GraphName) -> str:
    """Name a graph for people and the journal: its IRI, "_:label", or "default"."""
    if isinstance(graph, NamedNode):
        return graph.value
    return str(graph) if isinstance(graph, BlankNode) else "default"


def entry_for(
    patch: Patch,
    revision: int,
    *,
    reason: str,
    agent: str,
    sources: tuple[str, ...],
    group: str = "",
) -> JournalEntry:
    """Return the journal's entry for a patch that makes a revision now."""
    return JournalEntry(
        revision=revision,
        time=timestamp(),
        agent=agent,
        reason=reason,
        sources=sources,
        graphs=tuple(graph_label(graph) for graph in patch.graphs()),
        removed=len(patch.removed),
        added=len(patch.added),
        group=group,
    )


def timestamp() -> str:
    """Return the present time as the journal has it."""
    now = datetime.datetime.now(datetime.UTC)
    return now.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def patch_lines(patch: Patch) -> bytes:
    """Write a patch as lines of N-Quads with ``D`` (removed) or ``A`` (added) before each.

    Blank nodes keep their labels.
    """
    return _marked(b"D ", patch.removed) + _marked(b"A ", patch.added)


def _marked(mark: bytes, quads: Sequence[Quad]) -> bytes:
    if isinstance(quads, NewQuads):
        return quads.nquads(mark)
    text = serialize(quads, format=RdfFormat.N_QUADS) or b""
    return b"".join(mark + line for line in text.splitlines(keepends=True))


def read_patch(lines: bytes, graph: NamedNode | None = None) -> Patch:
    """Read a patch from its lines.

    Parameters:
        graph: only what it does to this graph; the lines of others are passed over unread.
    """
    end = b"" if graph is None else f" {graph} .\n".encode()
    parts: dict[bytes, list[bytes]] = {b"D ": [], b"A ": []}
    for line in lines.splitlines(keepends=True):
        if line.endswith(end):
            parts[line[:2]].append(line[2:])
    removed, added = (
        tuple(
            quad
            for quad in parse(b"".join(quads), format=RdfFormat.N_QUADS)
            # In the default graph a statement about the graph ends like one in it.
            if graph is None or quad.graph_name == graph
        )
        for quads in parts.values()
    )
    return Patch(removed, added)


def normalised(graph: GraphName, triples: Iterable[Triple]) -> list[Quad]:
    """Return triples as quads of a graph, each once, as the engine would keep them."""
    return normalised_graphs([(graph, triples)])[0]


def normalised_graphs(contents: Iterable[tuple[GraphName, Iterable[Triple]]]) -> list[list[Quad]]:
    """Return `normalised` for each of several graphs, none of them twice."""
    return [
        list(dict.fromkeys(Quad(t.subject, t.predicate, as_kept(t.object), graph) for t in triples))
        for graph, triples in contents
    ]


def difference(states: Iterable[GraphState]) -> Patch:
    """Return what must be removed and added so that each graph holds what it is to hold."""
    removed: list[Quad] = []
    added: list[Quad] = []
    for state in states:
        if not state.before:
            added += state.after
            continue
        before, after = set(state.before), set(state.after)
        out = [q for q in state.before if q not in after]
        new = [q for q in state.after if q not in before]
        if out and new and len(before) == len(after) and _same_but_for_labels(out, new, state):
            continue
        removed += out
        added += new
    return Patch(tuple(removed), tuple(added))


def _same_but_for_labels(out: list[Quad], new: list[Quad], state: GraphState) -> bool:
    """Tell whether two graphs differ by the labels of their blank nodes alone."""
    if len(out) != len(new) or len(out) > _MAX_COMPARED_BLANKS:
        return False
    if not all(_has_blank(q) for q in (*out, *new)):
        return False
    one, other = (Dataset(q for q in side if _has_blank(q)) for side in (state.before, state.after))
    for dataset in (one, other):
        dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return one == other


def _has_blank(quad: Quad | Triple) -> bool:
    parts: list[object] = [quad.subject, quad.object]
    if isinstance(quad, Quad):
        parts.append(quad.graph_name)
    return any(isinstance(p, BlankNode) or (isinstance(p, Triple) and _has_blank(p)) for p in parts)


def apply_transaction(store: pyoxigraph.Store, transaction: Transaction) -> None:
    """Change the engine's quads, all or nothing; doing it twice is the same as once.

    Raises:
        OSError: the engine cannot write; nothing was changed.
    """
    if not transaction.removed and not transaction.dropped:
        # All or nothing as well, and several times faster than an update's text. Files of many
        # statements are taken in as one by the engine, faster still.
        written = transaction.written
        count = len(transaction.added) if written is None else written.count(b"\n")
        many = _MANY <= count <= _AT_ONCE
        if written is None:
            (store.bulk_extend if many else store.extend)(transaction.added)
        else:
            # The engine's own words: what they say was checked when they were terms.
            load = store.bulk_load if many else store.load
            load(written, RdfFormat.N_QUADS, lenient=True)
        return
    labelled: list[Quad] = []
    operations = [
        *_operations(transaction.removed, "DELETE", labelled),
        *_operations(transaction.added, "INSERT", labelled),
        *(f"DROP SILENT GRAPH {graph}" for graph in transaction.dropped),
    ]
    functions = _functions(labelled) if labelled else None
    store.update(";\n".join(operations), custom_functions=functions)


def _operations(quads: Sequence[Quad], verb: str, labelled: list[Quad]) -> Iterator[str]:
    """Yield update operations; quads with blank nodes are collected and named by number."""
    plain: dict[GraphName, list[Triple]] = defaultdict(list)
    first = len(labelled)
    for quad in quads:
        if _has_blank(quad):
            labelled.append(quad)
        else:
            plain[quad.graph_name].append(quad.triple)
    if plain:
        blocks = []
        for graph, triples in plain.items():
            text = (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
            named = not isinstance(graph, DefaultGraph)
            blocks.append(f"GRAPH {graph} {{\n{text}}}" if named else text)
        yield f"{verb} DATA {{\n{' '.join(blocks)}}}"
    numbered = range(first, len(labelled))
    for default in (True, False):
        numbers = [
            n for n in numbered if isinstance(labelled[n].graph_name, DefaultGraph) is default
        ]
        if numbers:
            yield _by_number(verb, numbers, default=default)


def _by_number(verb: str, numbers: Iterable[int], *, default: bool) -> str:
    template = "?s ?p ?o" if default else "GRAPH ?g { ?s ?p ?o }"
    parts = "spo" if default else "spog"
    binds = " ".join(f"BIND(<{_PART}{part}>(?n) AS ?{part})" for part in parts)
    values = " ".join(map(str, numbers))
    return f"{verb} {{ {template} }} WHERE {{ VALUES ?n {{ {values} }} {binds} }}"


_Function: TypeAlias = Callable[..., NamedNode | BlankNode | Literal | Triple | None]


def _functions(quads: Sequence[Quad]) -> dict[NamedNode, _Function]:
    def part(attribute: str) -> _Function:
        def of_number(number: Literal) -> NamedNode | BlankNode | Literal | Triple | None:
            term: NamedNode | BlankNode | Literal | Triple = getattr(
                quads[int(number.value)], attribute
            )
            return term

        return of_number

    names = {"s": "subject", "p": "predicate", "o": "object", "g": "graph_name"}
    return {NamedNode(_PART + short): part(name) for short, name in names.items()}
