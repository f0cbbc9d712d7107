"""Working out what a SPARQL update changes in a remote engine.

The journal must know what is removed and added, and engines do not tell. So an update is run here:

- without WHERE, on a copy of the graphs it names;
- one DELETE/INSERT … WHERE, on the engine's answer to its WHERE and a copy of the graphs that
  change (`outcome_graph.store.remote_where`);
- anything else on a copy of everything, up to a bound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain, islice

import pyoxigraph

from outcome_graph.errors import TooLargeError
from outcome_graph.rdf import BlankNode, RdfFormat, serialize
from outcome_graph.store.base import QueryRequest, UpdateRequest
from outcome_graph.store.checking import UpdateCheck, checked_contents
from outcome_graph.store.dataset import DatasetLayout
from outcome_graph.store.deadlines import Deadline
from outcome_graph.store.patch import Patch
from outcome_graph.store.remote_changes import (
    Held,
    QuadReader,
    change_of,
    change_to,
    checked_graphs,
)
from outcome_graph.store.remote_journal import Change, State
from outcome_graph.store.remote_where import Row, plan_where
from outcome_graph.store.update_runs import UpdateRunner, evaluates
from outcome_graph.store.updating import plan_update, run_update

__all__ = ["UpdateWorker"]


class UpdateWorker:
    """Works out one update, as often as the store moves on meanwhile.

    Parameters:
        request: the update.
        runner: has updates with WHERE run by processes that can be stopped.
        deadline: its.
        quads: reads the engine's quads.
        rows: runs a query on the engine.
        copy_quads: how much may be copied.
        check: looks at what it makes, None for no check.

    Raises:
        QueryError: the update is malformed, or not allowed.
    """

    def __init__(
        self,
        request: UpdateRequest,
        runner: UpdateRunner,
        deadline: Deadline,
        *,
        quads: QuadReader,
        rows: Callable[[QueryRequest], Iterator[Row]],
        copy_quads: int,
        check: UpdateCheck | None = None,
    ) -> None:
        self._request, self._runner, self._deadline = request, runner, deadline
        self._quads, self._rows = quads, rows
        self._copy_quads, self._check = copy_quads, check
        self._ready: tuple[int, tuple[Change, Held]] | None = None
        self._asks = evaluates(request.sparql)
        if self._asks:
            # Only looks for mistakes.
            runner.in_memory(None, request, deadline)
        plan = partial(plan_update, request, runner.service_allowed, parsed=self._asks)
        self._operations = plan(union=True)
        self._named = {g for o in self._operations for g in o.graphs or ()}
        checked_graphs(self._named)
        self._where = plan_where(plan(union=False), request.base_iri)

    def prepare(self, state: State) -> None:
        """Work it out for a state; `change` needs no time then, if that state is still there."""
        self._ready = (state.revision, self._worked_out(state))

    def change(self, state: State) -> Change:
        """Return what the update changes.

        Raises:
            TooLargeError: it needs a copy of more than may be copied.
        """
        ready, self._ready = self._ready, None
        if ready is not None and ready[0] == state.revision:
            change, held = ready[1]
        else:
            change, held = self._worked_out(state)
        if self._check is None or not change.patch:
            return change
        after = checked_contents(
            change.patch,
            lambda g: held.graphs.get(g, ()),
            self._check,
            state.revision + 1,
            self._deadline.go_on,
        )
        return change_to(held, list(after.items()))

    def _worked_out(self, state: State) -> tuple[Change, Held]:
        if not any(o.asks or o.graphs is None for o in self._operations):
            return self._run(self._quads.of(self._named))
        return self._by_where() or self._on_everything(state)

    def _by_where(self) -> tuple[Change, Held] | None:
        plan = self._where
        if plan is None:
            return None
        rows = list(islice(self._rows(plan.request), self._copy_quads + 1))
        if len(rows) > self._copy_quads:
            raise TooLargeError(
                f"The WHERE of this update has more than {self._copy_quads:,} answers. Change "
                "less at once, or raise OUTCOME_GRAPH_MAX_COPY_QUADS."
            )
        if any(isinstance(term, BlankNode) for row in rows for term in row):
            # An engine's blank node has no name by which the next query could find it.
            return None
        if not plan.variables:
            rows = [() for _ in rows[:1]]
        if not rows:
            return Change(Patch()), Held()
        graphs = plan.graphs(rows)
        checked_graphs(graphs)
        return self._run(self._quads.of(graphs), plan.filled(rows))

    def _on_everything(self, state: State) -> tuple[Change, Held]:
        if state.quads > self._copy_quads:
            raise TooLargeError(
                f"This update needs a copy of the store, whose {state.quads:,} statements are more "
                f"than the {self._copy_quads:,} that may be copied. Write it as single operations, "
                "name the graphs it changes, or raise OUTCOME_GRAPH_MAX_COPY_QUADS."
            )
        return self._run(self._quads.everything())

    def _run(self, held: Held, filled: str | None = None) -> tuple[Change, Held]:
        """Run the update on some graphs; or what it is with the answers of its WHERE filled in."""
        layout = DatasetLayout(union=True)
        lists = (layout.engine_quads(quads) for quads in held.graphs.values())
        if self._asks and filled is None:
            together = serialize(chain.from_iterable(lists), format=RdfFormat.N_QUADS) or b""
            patch = self._runner.in_memory(together, self._request, self._deadline)
        else:
            memory = pyoxigraph.Store()
            for quads in lists:
                memory.bulk_extend(quads)
            request = self._request
            if filled is not None:
                request = UpdateRequest(sparql=filled, base_iri=request.base_iri)
            patch = run_update(memory, layout, None, request, self._runner.service_allowed)
        checked_graphs(patch.graphs())
        return change_of(patch, held), held
