"""Whole-store questions of the program itself, answered with terms instead of bytes.

Validation asks a hundred queries over all records; what it gets are few rows. They are answered by
the engine in this process, which lets go of Python's lock, so that several can run at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

import pyoxigraph

from outcome_graph.rdf import NamedNode, Quad, Term, Triple
from outcome_graph.store.embedded import EmbeddedStore
from outcome_graph.store.evaluation import translated

__all__ = ["Row", "ScratchStore", "select_rows"]

#: A row of a SELECT in the order of its columns; None where unbound.
Row: TypeAlias = tuple[Term | None, ...]


def select_rows(store: EmbeddedStore, sparql: str) -> Iterator[Row]:
    """Yield the rows of a SELECT of the program's own (not checked as those of the public are).

    Raises:
        QueryError, StoreError: it cannot be answered.
    """
    return _rows(store.engine_store(), sparql)


def _rows(engine: pyoxigraph.Store, sparql: str) -> Iterator[Row]:
    try:
        results = engine.query(sparql)
        assert isinstance(results, pyoxigraph.QuerySolutions)
        for row in results:
            yield tuple(row)
    except SyntaxError:
        raise
    except Exception as error:
        raise translated(error) from error


class ScratchStore:
    """A store in memory for data that is looked at once: the records of a batch, a posted file."""

    def __init__(self) -> None:
        self._engine = pyoxigraph.Store()

    def extend(self, quads: Iterable[Quad]) -> None:
        """Add quads."""
        self._engine.bulk_extend(quads)

    def rows(self, sparql: str) -> Iterator[Row]:
        """Yield the rows of a SELECT."""
        return _rows(self._engine, sparql)

    def graph(self, graph: NamedNode) -> list[Triple]:
        """Return the triples of a named graph, as they are kept."""
        return [q.triple for q in self._engine.quads_for_pattern(None, None, None, graph)]
