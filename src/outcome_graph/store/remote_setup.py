"""Start-up of a remote store: is the engine there, is it one, is the store in it in order?

Everything is found out by asking, not by the engine's name:

- a query tells that the query address answers as SPARQL 1.1 Protocol has it;
- a triple that stands in a named graph only tells whether the default graph is a union;
- a triple that stands in two graphs tells whether ``FROM`` of both counts it once or twice;
- an update that changes nothing, and getting a small graph, try the other two addresses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from outcome_graph.errors import OutcomeGraphError, StoreError, UsageError
from outcome_graph.rdf import NamedNode
from outcome_graph.store.remote_addresses import Addresses
from outcome_graph.store.remote_http import Body, EngineClient
from outcome_graph.store.remote_journal import RemoteJournal, State
from outcome_graph.store.remote_layout import JOURNAL, PROBE, STATE, UNION, Term

__all__ = ["Findings", "start"]

_STORE = NamedNode("urn:outcome-graph:term:Store")
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_MARK = f"{STATE} {_TYPE} {_STORE}"


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found out.

    Parameters:
        union: the named graph that holds the union, None for the engine's default graph.
        counts_twice: whether a triple counts for each graph that FROM merges.
    """

    union: NamedNode | None
    counts_twice: bool


def start(
    client: EngineClient,
    addresses: Addresses,
    select: Callable[[str], Iterator[Any]],
    *,
    create: bool,
    read_only: bool,
) -> Findings:
    """Check the engine, make a store in it if there is none, and return what was found out.

    Parameters:
        client, addresses: the engine.
        select: runs a SELECT query on it.
        create: make a store in an empty engine.
        read_only: nothing will be written.

    Raises:
        UsageError: the addresses for writing are not known.
        StoreError: the engine is away, refuses us, is none, or holds something else.
    """
    journal = RemoteJournal(select)
    state = journal.state()
    if state is None:
        if read_only:
            return Findings(None, counts_twice=True)
        _need_addresses(addresses)
        if not create:
            raise StoreError(
                f"There is no store at {addresses.query} yet. Make one with: "
                f"outcome-graph --store {addresses.query} init"
            )
        state = _make(client, addresses, select, journal)
    is_union = _is_union(select)
    if is_union != (state.union is not None):
        raise StoreError(_changed(addresses, is_union=is_union))
    if not read_only:
        _need_addresses(addresses)
        _try_writing(client, addresses)
    return Findings(state.union, counts_twice=_counts_twice(select))


def _need_addresses(addresses: Addresses) -> None:
    for address, what, setting in (
        (addresses.update, "updates", "OUTCOME_GRAPH_UPDATE_URL"),
        (addresses.graphs, "the graph store", "OUTCOME_GRAPH_GRAPHS_URL"),
    ):
        if not address:
            raise UsageError(
                f"The address for {what} does not follow from {addresses.query}. "
                f"Name it with {setting}, or open the store for reading only."
            )


def _make(
    client: EngineClient,
    addresses: Addresses,
    select: Callable[[str], Iterator[Any]],
    journal: RemoteJournal,
) -> State:
    """Make a store in an empty engine; another process may be doing the same."""
    if _holds_other_data(select):
        # Or the other process was quicker.
        state = journal.state()
        if state is None:
            raise StoreError(
                f"The engine at {addresses.query} holds data that Outcome Graph did not write. "
                "Give it an empty dataset of its own, or open this one for reading only."
            )
        return state
    mark = f"GRAPH {JOURNAL} {{ {_MARK} }} GRAPH {PROBE} {{ {_MARK} }}"
    client.update(addresses.update, f"INSERT DATA {{ {mark} }}")
    union = str(UNION) if _is_union(select) else '"default"'
    client.update(
        addresses.update,
        f"""INSERT {{ GRAPH {JOURNAL} {{
            {STATE} {Term.REVISION} 0 ; {Term.QUADS} 0 ; {Term.UNION} {union} }} }}
        WHERE {{ FILTER NOT EXISTS {{ GRAPH {JOURNAL} {{ {STATE} {Term.REVISION} ?any }} }} }}""",
    )
    state = journal.state()
    if state is None:
        raise StoreError(
            f"The engine at {addresses.query} does not show what was written at "
            f"{addresses.update}: they are not addresses of one dataset. Check "
            "OUTCOME_GRAPH_UPDATE_URL."
        )
    return state


def _holds_other_data(select: Callable[[str], Iterator[Any]]) -> bool:
    anything = "{ ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } }"
    rows = select(f"SELECT ?s {{ {anything} FILTER(?s != {STATE}) }} LIMIT 1")
    return next(rows, None) is not None


def _is_union(select: Callable[[str], Iterator[Any]]) -> bool:
    """Tell whether the default graph shows what stands in a named graph only."""
    return next(select(f"SELECT ?type {{ {STATE} {_TYPE} ?type }}"), None) is not None


def _counts_twice(select: Callable[[str], Iterator[Any]]) -> bool:
    query = f"SELECT ?type FROM {JOURNAL} FROM {PROBE} {{ {STATE} {_TYPE} ?type }}"  # noqa: S608 - terms of our own
    return len(list(select(query))) != 1


def _changed(addresses: Addresses, *, is_union: bool) -> str:
    if is_union:
        was, now, mend = "a graph of its own", "the union of all graphs", "without"
    else:
        was, now, mend = "the union of all graphs", "a graph of its own", "with"
    return (
        f"The default graph of the engine at {addresses.query} was {was} when the store was made, "
        f"and is now {now}: answers would be wrong. Start the engine {mend} its option for a union "
        "default graph (Oxigraph: --union-default-graph; Fuseki: tdb2:unionDefaultGraph)."
    )


def _try_writing(client: EngineClient, addresses: Addresses) -> None:
    """Try the addresses for updates and graphs; nothing is changed."""
    nothing = f"GRAPH {PROBE} {{ {STATE} {Term.TOKEN} {STATE} }}"
    try:
        client.update(addresses.update, f"DELETE {{ {nothing} }} WHERE {{ {nothing} }}")
    except OutcomeGraphError as error:
        raise StoreError(f"Updates do not work. {error.message}") from error
    try:
        body = client.get_graph(addresses.graphs, PROBE.value)
    except OutcomeGraphError as error:
        raise StoreError(f"The graph store does not work. {error.message}") from error
    if body is None or STATE.value.encode() not in _all(body):
        raise StoreError(
            f"{addresses.graphs} is not the graph store of the engine at {addresses.query}. "
            "Name it with OUTCOME_GRAPH_GRAPHS_URL."
        )


def _all(body: Body) -> bytes:
    pieces = []
    while piece := body.read(65_536):
        pieces.append(piece)
    body.close()
    return b"".join(pieces)
