"""The journal of a remote store: in the engine itself, written together with what it tells of.

So any number of service processes can share an engine: each change is one update request whose
first operation moves the store from revision N to N+1, and whose others do something only if it
did. Two processes that both begin at N cannot both succeed; the one that comes second finds N+1,
reads again what it changes, and tries again. No entry is lost, none is written twice.

An entry, in the graph `JOURNAL`::

    <urn:outcome-graph:revision:7>
        term:number 7 ; term:token "…" ;        one token for each try
        term:entry "{…}" ;                      JSON: time, agent, reason, sources, graphs, counts
        term:graph <…/record/X>, "default" ;    for the history of one graph
        term:patch "…" .                        what was removed and added, N-Quads, deflated
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from outcome_graph.errors import NotFoundError, StoreError
from outcome_graph.rdf import (
    GraphName,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    serialize,
)
from outcome_graph.store.base import JournalEntry
from outcome_graph.store.patch import Patch, patch_lines, read_patch
from outcome_graph.store.remote_layout import (
    JOURNAL,
    STATE,
    UNION,
    Term,
    entry_node,
    has_blank,
    inward,
)

__all__ = ["Change", "RemoteJournal", "State", "update_text"]

Select = Callable[[str], Iterator[Any]]


@dataclass(frozen=True, slots=True)
class State:
    """What the journal says of the store.

    Parameters:
        revision: the newest.
        quads: how many statements there are in all graphs.
        union: where the union is kept: None for the engine's default graph.
    """

    revision: int
    quads: int
    union: NamedNode | None


@dataclass(frozen=True, slots=True)
class Change:
    """What a commit does in the engine.

    Parameters:
        patch: what is removed and added, literals as the engine keeps them.
        blank: for graphs where statements with blank nodes change: all such statements that the
            graph is to hold. SPARQL cannot name a stored blank node, so these are replaced whole.
        written: for removed statements that the engine holds in another spelling ("007" for 7):
            how it holds them.
    """

    patch: Patch
    blank: dict[GraphName, list[Quad]] = field(default_factory=dict)
    written: dict[Quad, list[Quad]] = field(default_factory=dict)


class RemoteJournal:
    """Reads the journal.

    Parameters:
        select: runs a SELECT query on the engine.
    """

    def __init__(self, select: Select) -> None:
        self._select = select

    def state(self) -> State | None:
        """Return the state of the store, None where there is no store yet."""
        query = f"""SELECT ?revision ?quads ?union {{ GRAPH {JOURNAL} {{
            {STATE} {Term.REVISION} ?revision ; {Term.QUADS} ?quads ; {Term.UNION} ?union }} }}"""
        rows = list(self._select(query))
        if not rows:
            return None
        if len(rows) > 1:
            raise StoreError(
                "The journal in the engine is not in order: it tells of several states at once. "
                "Restore the engine's backup."
            )
        revision, quads, union = (row.value for row in rows[0])
        return State(int(revision), int(quads), UNION if union == UNION.value else None)

    def has(self, revision: int, token: str) -> bool:
        """Tell whether the try with this token made this revision."""
        query = f"""SELECT ?token {{ GRAPH {JOURNAL} {{
            {entry_node(revision)} {Term.TOKEN} ?token }} }}"""
        return [row[0].value for row in self._select(query)] == [token]

    def entries(self, graph: NamedNode | None = None) -> Iterator[JournalEntry]:
        """Yield the entries, oldest first; only those that changed ``graph`` when given."""
        only = f" ; {Term.GRAPH} {graph}" if graph else ""
        query = f"""SELECT ?entry {{ GRAPH {JOURNAL} {{
            ?node {Term.NUMBER} ?number ; {Term.ENTRY} ?entry{only} }} }} ORDER BY ?number"""
        for row in self._select(query):
            yield JournalEntry.from_facts(json.loads(row[0].value))

    def patch(
        self, revision: int, graph: NamedNode | None = None
    ) -> tuple[JournalEntry, Patch | None]:
        """Return the entry of a revision and what it removed and added.

        Parameters:
            graph: only what it removed from this graph and added to it.

        Raises:
            NotFoundError: there is no such revision.
        """
        for found in self._patches(f"BIND({entry_node(revision)} AS ?node)", graph):
            return found
        raise NotFoundError(f"The journal has no revision {revision}.")

    def patches(self) -> Iterator[tuple[JournalEntry, Patch | None]]:
        """Yield all entries with what they removed and added, oldest first."""
        yield from self._patches("")

    def _patches(
        self, only: str, graph: NamedNode | None = None
    ) -> Iterator[tuple[JournalEntry, Patch | None]]:
        query = f"""SELECT ?entry ?patch {{ {only} GRAPH {JOURNAL} {{
            ?node {Term.NUMBER} ?number ; {Term.ENTRY} ?entry ; {Term.PATCH} ?patch }} }}
            ORDER BY ?number"""
        for row in self._select(query):
            entry = JournalEntry.from_facts(json.loads(row[0].value))
            yield entry, _unpacked(row[1].value, graph)


def _packed(patch: Patch) -> str:
    return base64.b64encode(zlib.compress(patch_lines(patch))).decode()


def _unpacked(text: str, graph: NamedNode | None) -> Patch:
    return read_patch(zlib.decompress(base64.b64decode(text)), graph)


# -- the update request -----------------------------------------------------------------------


def update_text(state: State, entry: JournalEntry, change: Change, token: str) -> str:
    """Return the update that makes a revision of the one before, or does nothing.

    Parameters:
        state: what the store must still be.
        entry: the new revision.
        change: what it does.
        token: a new one for each try.
    """
    guard = f"GRAPH {JOURNAL} {{ {entry_node(entry.revision)} {Term.TOKEN} {Literal(token)} }}"
    operations = [_journal_operation(state, entry, change, token)]
    operations += [_blanks_removed(graph, guard, state.union) for graph in change.blank]
    removed = [q for q in change.patch.removed if not has_blank(q)]
    if removed:
        written = [w for q in removed for w in change.written.get(q, [q])]
        operations.append(f"DELETE {{ {_blocks(written)} }} WHERE {{ {guard} }}")
    added = [q for q in change.patch.added if not has_blank(q)]
    added += [q for quads in change.blank.values() for q in quads]
    if added:
        union = _placed(added, state.union)
        operations.append(f"INSERT {{ {_blocks(added)} {union} }} WHERE {{ {guard} }}")
    if removed:
        operations.append(_union_narrowed(removed, added, change, guard, state.union))
    return " ;\n".join(o for o in operations if o)


def _journal_operation(state: State, entry: JournalEntry, change: Change, token: str) -> str:
    node = entry_node(entry.revision)
    text = json.dumps(entry.facts(), ensure_ascii=False)
    labels = [NamedNode(g) if _is_iri(g) else Literal(g) for g in entry.graphs]
    graphs = "".join(f"{node} {Term.GRAPH} {label} .\n" for label in labels)
    before = f"{STATE} {Term.REVISION} {state.revision} ; {Term.QUADS} ?quads ."
    quads = state.quads + entry.added - entry.removed
    return f"""DELETE {{ GRAPH {JOURNAL} {{ {before} }} }}
INSERT {{ GRAPH {JOURNAL} {{
{STATE} {Term.REVISION} {entry.revision} ; {Term.QUADS} {quads} .
{node} {Term.NUMBER} {entry.revision} ; {Term.TOKEN} {Literal(token)} ;
  {Term.ENTRY} {Literal(text)} ; {Term.PATCH} "{_packed(change.patch)}" .
{graphs}}} }}
WHERE {{ GRAPH {JOURNAL} {{ {before} }} }}"""


def _is_iri(label: str) -> bool:
    return label != "default" and not label.startswith("_:")


def _blanks_removed(graph: GraphName, guard: str, union: NamedNode | None) -> str:
    """Remove all statements with blank nodes from a graph, and from the union those it alone has.

    A blank node belongs to one graph, but for those that one commit put into several.
    """
    place = inward(graph)
    apart = f"FILTER(?other != {place}" + (f" && ?other != {union})" if union else ")")
    pattern = f"GRAPH {place} {{ ?s ?p ?o }} FILTER(ISBLANK(?s) || ISBLANK(?o))"
    elsewhere = f"FILTER NOT EXISTS {{ GRAPH ?other {{ ?s ?p ?o }} {apart} }}"
    whole = _in_union("?s ?p ?o", union)
    return (
        f"DELETE {{ {whole} }} WHERE {{ {guard} {pattern} {elsewhere} }} ;\n"
        f"DELETE {{ GRAPH {place} {{ ?s ?p ?o }} }} WHERE {{ {guard} {pattern} }}"
    )


def _union_narrowed(
    removed: Sequence[Quad],
    added: Sequence[Quad],
    change: Change,
    guard: str,
    union: NamedNode | None,
) -> str:
    """Remove from the union what no graph holds any more."""
    coming = {q.triple for q in added}
    going = {q.triple: change.written.get(q, [q]) for q in removed if q.triple not in coming}
    if not going:
        return ""
    written = {w.triple for quads in going.values() for w in quads}
    rows = "\n".join(f"({t.subject} {t.predicate} {t.object})" for t in written)
    apart = f" FILTER(?other != {union})" if union else ""
    return (
        f"DELETE {{ {_in_union('?s ?p ?o', union)} }}\nWHERE {{ {guard} "
        f"VALUES (?s ?p ?o) {{\n{rows}\n}} "
        f"FILTER NOT EXISTS {{ GRAPH ?other {{ ?s ?p ?o }}{apart} }} }}"
    )


def _in_union(text: str, union: NamedNode | None) -> str:
    return f"GRAPH {union} {{ {text} }}" if union else text


def _placed(quads: Iterable[Quad], union: NamedNode | None) -> str:
    text = serialize({q.triple for q in quads}, format=RdfFormat.N_TRIPLES) or b""
    return _in_union("\n" + text.decode(), union)


def _blocks(quads: Iterable[Quad]) -> str:
    """Write quads as GRAPH blocks; what is in the default graph goes to its stand-in."""
    graphs: dict[GraphName, list[Triple]] = {}
    for quad in quads:
        graphs.setdefault(inward(quad.graph_name), []).append(quad.triple)
    pieces = []
    for graph, triples in graphs.items():
        text = (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
        pieces.append(f"GRAPH {graph} {{\n{text}}}")
    return " ".join(pieces)
