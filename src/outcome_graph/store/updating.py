"""Running a SPARQL update on a copy, to learn what it removes and adds.

The engine does not say what an update changed, and the journal must know before the store does.
An update without WHERE runs in memory on the graphs it names. One with WHERE runs on a hard-linked
copy of the store, and the graphs it can change are compared; all graphs, one by one, where that
depends on the data (``GRAPH ?g`` in a template, CLEAR ALL).
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyoxigraph

from outcome_graph.errors import QueryError, StoreError
from outcome_graph.namespaces import PREFIXES
from outcome_graph.rdf import DefaultGraph, GraphName, Triple
from outcome_graph.sparql_text import tokens_of
from outcome_graph.store.base import UpdateRequest
from outcome_graph.store.dataset import DEFAULT, DatasetLayout
from outcome_graph.store.guards import check_fetching, check_nesting
from outcome_graph.store.messages import syntax_error
from outcome_graph.store.patch import GraphState, Patch, difference
from outcome_graph.store.updates import Operation, read_update

__all__ = ["plan_update", "run_on_copy", "run_update"]


def run_update(
    store: pyoxigraph.Store,
    layout: DatasetLayout,
    scratch: Path | None,
    request: UpdateRequest,
    service_allowed: Collection[str],
) -> Patch:
    """Return what an update would change; the store stays as it is.

    Parameters:
        store: the engine, which nobody may write to meanwhile.
        layout: how graphs lie in it.
        scratch: a folder on the same file system for the copy; None to copy into memory.
        request: the update.
        service_allowed: endpoints that SERVICE may call.

    Raises:
        QueryError: the update is malformed, not allowed, or fails (CREATE of a graph there is).
        StoreError: the copy cannot be made.
    """
    operations = plan_update(request, service_allowed, union=layout.union)
    run = _Run(store, layout, operations, _options(request))
    if run.graphs is None or any(operation.asks for operation in operations):
        return run.on_copy_in_memory() if scratch is None else run.on_copy(scratch)
    return run.in_memory(run.graphs)


def run_on_copy(
    store: pyoxigraph.Store,
    copy: pyoxigraph.Store,
    layout: DatasetLayout,
    request: UpdateRequest,
    service_allowed: Collection[str],
) -> Patch:
    """Run an update on a copy of the store, and return what it changes there.

    Parameters:
        store: what the copy is of.
        copy: is written to.
        layout, request, service_allowed: as `run_update` has them.

    Raises:
        QueryError: the update is malformed, not allowed, or fails.
    """
    operations = plan_update(request, service_allowed, union=layout.union)
    return _Run(store, layout, operations, _options(request)).all_operations(copy)


def plan_update(
    request: UpdateRequest,
    service_allowed: Collection[str],
    *,
    union: bool,
    parsed: bool = False,
) -> list[Operation]:
    """Return the operations of an update.

    To find mistakes in it the engine must run it, on an empty store; that can take for ever where
    it has a WHERE.

    Parameters:
        request, service_allowed: as `run_update` has them.
        union: whether the default graph is the union of the others.
        parsed: it is known to be well formed, and need not be run.

    Raises:
        QueryError: it is malformed, or not allowed.
    """
    sparql, options = request.sparql, _options(request)
    check_nesting(sparql)
    check_fetching(sparql, service_allowed, update=True)
    try:
        operations = read_update(request, DEFAULT if union else None)
    except QueryError:
        if not parsed:
            _parse(sparql, options)
        raise
    if parsed:
        return operations
    # The engine takes no PREFIX after a semicolon (0.5.13), but each operation by itself.
    apart = _has_inner_prologue(sparql) and all(_parses(o.text, options) for o in operations)
    if not apart:
        _parse(sparql, options)
    return operations


def _options(request: UpdateRequest) -> dict[str, Any]:
    options: dict[str, Any] = {"prefixes": PREFIXES}
    if request.base_iri:
        options["base_iri"] = request.base_iri
    return options


def _has_inner_prologue(sparql: str) -> bool:
    """Tell whether PREFIX or BASE stands after the first operation."""
    tokens = [t.text.upper() for t in tokens_of(sparql) if t.text == ";" or t.kind == "word"]
    return any(a == ";" and b in ("PREFIX", "BASE") for a, b in pairwise(tokens))


def _parse(sparql: str, options: dict[str, Any]) -> None:
    """Have an update parsed.

    The engine cannot parse without running; on an empty store that is quick, and what fails then
    says nothing.

    Raises:
        QueryError: it is malformed.
    """
    try:
        pyoxigraph.Store().update(sparql, **options)
    except SyntaxError as error:
        raise syntax_error(sparql, error, "update") from error
    except (RuntimeError, ValueError, OSError):
        pass


def _parses(sparql: str, options: dict[str, Any]) -> bool:
    try:
        _parse(sparql, options)
    except QueryError:
        return False
    return True


class _Run:
    """One update being run on a copy.

    Parameters:
        store, layout: what is copied.
        operations: the update.
        options: for the engine.
    """

    def __init__(
        self,
        store: pyoxigraph.Store,
        layout: DatasetLayout,
        operations: Sequence[Operation],
        options: dict[str, Any],
    ) -> None:
        self.store, self.layout = store, layout
        self.operations, self.options = operations, options
        self.graphs = _graphs_of(operations)

    def in_memory(self, graphs: Iterable[GraphName]) -> Patch:
        """Run on nothing but some graphs."""
        memory = pyoxigraph.Store()
        for graph in graphs:
            stored = self.layout.stored(graph)
            memory.extend(self.store.quads_for_pattern(None, None, None, stored))
        for operation in self.operations:
            self.operate(memory, operation)
        return difference(self.states(memory, graphs))

    def on_copy(self, scratch: Path) -> Patch:
        """Run on all there is."""
        folder = Path(tempfile.mkdtemp(prefix="update-", dir=scratch))
        copy: pyoxigraph.Store | None = None
        try:
            self.store.backup(folder / "store")
            copy = pyoxigraph.Store(str(folder / "store"))
            return self.all_operations(copy)
        except OSError as error:
            raise StoreError(
                f"The update cannot be prepared: {error}. Nothing was changed."
            ) from error
        finally:
            copy = None
            shutil.rmtree(folder, ignore_errors=True)

    def on_copy_in_memory(self) -> Patch:
        """Run on all there is: for a store that is itself a small one in memory."""
        copy = pyoxigraph.Store()
        copy.bulk_extend(self.store.quads_for_pattern(None, None, None, None))
        return self.all_operations(copy)

    def all_operations(self, copy: pyoxigraph.Store) -> Patch:
        mentioned: set[Triple] = set()
        for number, operation in enumerate(self.operations, 1):
            self.operate(copy, operation)
            patch = difference(self.states(copy, _graphs_of(self.operations[:number])))
            if self.layout.union and number < len(self.operations):
                # The next operation must see the union as it is now.
                mentioned.update(q.triple for q in (*patch.removed, *patch.added))
                self.layout.align_union(copy, mentioned)
        return patch if self.operations else Patch()

    def operate(self, copy: pyoxigraph.Store, operation: Operation) -> None:
        """Run one operation.

        Raises:
            QueryError: it fails.
        """
        spared = []
        if operation.spares_default:
            spared = list(copy.quads_for_pattern(None, None, None, DEFAULT))
        if self.layout.union and not operation.asks:
            # The default graph always exists: MOVE DEFAULT must not fail when it is empty.
            copy.add_graph(DEFAULT)
        try:
            copy.update(operation.text, **self.options)
        except (SyntaxError, RuntimeError, ValueError) as error:
            raise QueryError(f"The update cannot be carried out: {error}.") from error
        copy.extend(spared)
        if (
            self.layout.union
            and next(copy.quads_for_pattern(None, None, None, DEFAULT), None) is None
        ):
            # And GRAPH ?g does not meet the graph that stands for it.
            copy.remove_graph(DEFAULT)

    def states(
        self, changed: pyoxigraph.Store, graphs: Iterable[GraphName] | None
    ) -> Iterator[GraphState]:
        """Compare graphs, or all graphs, of the store and the changed copy."""
        if graphs is None:
            graphs = {
                DefaultGraph(),
                *self.layout.graph_names(self.store),
                *self.layout.graph_names(changed),
            }
        for graph in graphs:
            before = self.layout.quads_of(self.store, graph)
            yield GraphState(graph, before, self.layout.quads_of(changed, graph))


def _graphs_of(operations: Iterable[Operation]) -> frozenset[GraphName] | None:
    """Return the graphs that operations can change; None when that depends on the data."""
    graphs: frozenset[GraphName] = frozenset()
    for operation in operations:
        if operation.graphs is None:
            return None
        graphs |= operation.graphs
    return graphs
