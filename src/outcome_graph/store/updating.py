"""Running a SPARQL update on a copy, to learn what it removes and adds.

The engine does not say what an update changed, and the journal must know before the store does.
An update without WHERE runs in memory on the graphs it names. One with WHERE runs on a hard-linked
copy of the store, and the graphs it can change are compared; all graphs, one by one, where that
cannot be told (``GRAPH ?g`` in a template, CLEAR ALL).
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph

from outcome_graph.errors import QueryError, StoreError
from outcome_graph.namespaces import PREFIXES
from outcome_graph.rdf import DefaultGraph, GraphName
from outcome_graph.store.guards import check_fetching, check_nesting
from outcome_graph.store.messages import syntax_error
from outcome_graph.store.patch import GraphState, Patch, difference, quads_of
from outcome_graph.store.updates import plan_update

__all__ = ["run_update"]


def run_update(
    store: pyoxigraph.Store,
    scratch: Path,
    sparql: str,
    *,
    using_graphs: tuple[str, ...] | None = None,
    using_named_graphs: tuple[str, ...] | None = None,
    base_iri: str | None = None,
    service_allowed: Collection[str] = (),
) -> Patch:
    """Return what an update would change; the store stays as it is.

    Parameters:
        store: the engine, which nobody may write to meanwhile.
        scratch: a folder on the same file system for the copy.
        sparql, using_graphs, using_named_graphs, base_iri: as `Store.update` has them.
        service_allowed: endpoints that SERVICE may call.

    Raises:
        QueryError: the update is malformed, not allowed, or fails (CREATE of a graph there is).
        StoreError: the copy cannot be made.
    """
    check_nesting(sparql)
    check_fetching(sparql, service_allowed, update=True)
    plan = plan_update(
        sparql,
        using_graphs=using_graphs,
        using_named_graphs=using_named_graphs,
        base_iri=base_iri,
    )
    options: dict[str, Any] = {"prefixes": PREFIXES}
    if base_iri:
        options["base_iri"] = base_iri
    if plan.graphs is not None and not plan.asks:
        memory = pyoxigraph.Store()
        for graph in plan.graphs:
            memory.extend(store.quads_for_pattern(None, None, None, graph))
        _run(memory, plan.text, sparql, options)
        return difference(_states(store, memory, plan.graphs))
    return _on_copy(store, scratch, plan.text, sparql, options, plan.graphs)


def _on_copy(
    store: pyoxigraph.Store,
    scratch: Path,
    text: str,
    sparql: str,
    options: dict[str, Any],
    graphs: frozenset[GraphName] | None,
) -> Patch:
    # A malformed update should not cost a copy.
    _run(pyoxigraph.Store(), text, sparql, options, only_syntax=True)
    folder = Path(tempfile.mkdtemp(prefix="update-", dir=scratch))
    try:
        store.backup(folder / "store")
        copy = pyoxigraph.Store(str(folder / "store"))
        _run(copy, text, sparql, options)
        changed = graphs if graphs is not None else _all_graphs(store, copy)
        return difference(_states(store, copy, changed))
    except OSError as error:
        raise StoreError(f"The update cannot be prepared: {error}. Nothing was changed.") from error
    finally:
        copy = None  # type: ignore[assignment]
        shutil.rmtree(folder, ignore_errors=True)


def _run(
    store: pyoxigraph.Store,
    text: str,
    sparql: str,
    options: dict[str, Any],
    *,
    only_syntax: bool = False,
) -> None:
    try:
        store.update(text, **options)
    except SyntaxError as error:
        raise syntax_error(text, error, "update") from error
    except (RuntimeError, ValueError) as error:
        if not only_syntax:
            raise QueryError(f"The update cannot be carried out: {error}.") from error


def _all_graphs(*stores: pyoxigraph.Store) -> set[GraphName]:
    graphs: set[GraphName] = {DefaultGraph()}
    for store in stores:
        graphs.update(store.named_graphs())
    return graphs


def _states(
    store: pyoxigraph.Store, changed: pyoxigraph.Store, graphs: Collection[GraphName]
) -> Iterator[GraphState]:
    for graph in graphs:
        yield GraphState(graph, quads_of(store, graph), quads_of(changed, graph))
