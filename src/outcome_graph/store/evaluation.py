"""Answering a query with the engine: in the owner's process or in a reader's, it is the same.

The default graph is the engine's own, in which the store keeps the union of all graphs, unless the
protocol's dataset or the query's own ``FROM`` says otherwise. Where these merge several graphs, the
engine would count a triple once for each of them (oxigraph issue 1919), so they are merged here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

import pyoxigraph

from outcome_graph.errors import (
    OutcomeGraphError,
    QueryError,
    QueryMemoryError,
    StoreError,
    UsageError,
)
from outcome_graph.namespaces import PREFIXES
from outcome_graph.sparql_text import bind_values, spell_out_star, star_of
from outcome_graph.store.base import AnswerKind, QueryRequest
from outcome_graph.store.dataset_choice import choose_dataset
from outcome_graph.store.deadlines import NEVER, Deadline
from outcome_graph.store.guards import check_fetching, check_nesting
from outcome_graph.store.messages import syntax_error
from outcome_graph.store.serialisation import (
    Bounds,
    Rows,
    boolean_chunks,
    graph_chunks,
    solution_chunks,
)

__all__ = ["LocalAnswer", "check_query", "check_revision", "evaluate", "translated"]

_SERVICE = re.compile(r"\bSERVICE\b", re.IGNORECASE)


def check_query(request: QueryRequest, service_allowed: Collection[str] = ()) -> None:
    """Refuse what must not reach the engine.

    Raises:
        QueryError: SERVICE beyond the allow-list, or nesting the engine would not survive.
    """
    check_nesting(request.sparql)
    check_fetching(request.sparql, service_allowed)


def check_revision(request: QueryRequest, newest: int) -> None:
    """Refuse a query that wants to see more than there is.

    Raises:
        UsageError: it wants a later revision than the newest.
    """
    if request.min_revision is not None and request.min_revision > newest:
        raise UsageError(
            f"There is no revision {request.min_revision} yet; the newest is {newest}."
        )


def evaluate(
    store: pyoxigraph.Store, request: QueryRequest, revision: int, *, union: bool = True
) -> LocalAnswer:
    """Begin to answer a query that has passed `check_query`.

    Parameters:
        store: the engine.
        request: the query; its deadline is looked at between rows, since the engine cannot be
            interrupted.
        revision: what the engine holds.
        union: whether the engine's default graph is the union of the others.

    Raises:
        QueryError: the query is malformed, or a dataset IRI is.
        UsageError: its kind of answer was not asked for in any format.
    """
    text = bind_values(request.sparql, request.bindings)
    try:
        store, dataset = choose_dataset(store, request, text, union=union)
        options = {**dataset, "prefixes": PREFIXES}
        if request.base_iri:
            options["base_iri"] = request.base_iri
        results = store.query(_with_columns(text, request.base_iri), **options)
    except SyntaxError as error:
        raise syntax_error(text, error) from error
    except Exception as error:
        raise translated(error, request.sparql) from error
    return LocalAnswer(results, request, revision)


#: Asked for the variables of a query: it holds nothing, so nothing is evaluated.
_EMPTY = pyoxigraph.Store()


def _with_columns(text: str, base_iri: str | None) -> str:
    """Name the columns of ``SELECT *`` in the order of the query: the engine sorts them by name."""
    star = star_of(text)
    if star is None:
        return text
    results = _EMPTY.query(text, prefixes=PREFIXES, base_iri=base_iri or None)
    if not isinstance(results, pyoxigraph.QuerySolutions):
        return text
    names = [variable.value for variable in results.variables]
    return spell_out_star(text, star, names) if names else text


def translated(error: BaseException, sparql: str = "") -> OutcomeGraphError:
    """Turn what the engine raises while it evaluates into an error of ours.

    Parameters:
        sparql: the query. What fails to be read may be an endpoint that it calls by SERVICE.
    """
    if isinstance(error, OutcomeGraphError):
        return error
    if isinstance(error, MemoryError):
        return QueryMemoryError("The query needs more memory than it may use. Ask for less.")
    if isinstance(error, OSError):
        said = str(error).strip(". \n")
        if _SERVICE.search(sparql):
            return StoreError(f"An endpoint that the query asks by SERVICE failed: {said}.")
        return StoreError(f"The store cannot be read: {said}.")
    return QueryError(f"The query cannot be answered: {error}.")


class LocalAnswer:
    """An answer computed in this process, piece by piece as it is read."""

    kind: AnswerKind
    media_type: str

    def __init__(
        self,
        results: pyoxigraph.QuerySolutions
        | pyoxigraph.QueryBoolean
        | pyoxigraph.QueryTriples
        | Rows,
        request: QueryRequest,
        revision: int,
    ) -> None:
        self.revision, self._sparql = revision, request.sparql
        deadline = NEVER if request.deadline is None else Deadline.after(request.deadline)
        self._bounds = Bounds(request.max_rows, request.max_bytes, deadline)
        if isinstance(results, pyoxigraph.QuerySolutions | Rows):
            self.kind, media_type = "solutions", request.formats.solutions
        elif isinstance(results, pyoxigraph.QueryBoolean):
            self.kind, media_type = "boolean", request.formats.boolean
        else:
            self.kind, media_type = "graph", request.formats.graph
        if media_type is None:
            noun = {"solutions": "a table", "boolean": "yes or no", "graph": "a graph"}[self.kind]
            raise UsageError(f"The answer is {noun}; no format was asked for that it comes in.")
        self.media_type = media_type
        self._chunks = self._start(results)

    def _start(self, results: Any) -> Iterator[bytes]:
        try:
            if self.kind == "solutions":
                return solution_chunks(results, self.media_type, self._bounds)
            if self.kind == "boolean":
                return boolean_chunks(results, self.media_type)
            return graph_chunks(results, self.media_type, self._bounds)
        except KeyError as error:
            raise UsageError(f"Answers do not come as {self.media_type!r}.") from error

    @property
    def truncated(self) -> str | None:
        """The bound that was hit, in words; known when the chunks are exhausted."""
        return self._bounds.hit

    def chunks(self) -> Iterator[bytes]:
        """Yield the serialised answer piece by piece."""
        try:
            yield from self._chunks
        except GeneratorExit:
            raise
        except Exception as error:
            raise translated(error, self._sparql) from error

    def close(self) -> None:
        """Give up the rest of the answer."""
        self._chunks = iter(())

    def __enter__(self) -> LocalAnswer:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
