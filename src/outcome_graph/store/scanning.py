"""Whole-store questions of the program itself, answered with terms instead of bytes.

Validation asks a hundred queries over all records; what it gets are few rows. They are answered by
the engine in this process, which lets go of Python's lock, so that several can run at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

import pyoxigraph

from outcome_graph.rdf import NamedNode, Quad, RdfFormat, Term
from outcome_graph.store.embedded import EmbeddedStore
from outcome_graph.store.evaluation import translated
from outcome_graph.store.kept import as_kept

__all__ = ["Row", "ScratchStore", "copied", "select_rows"]

#: A row of a SELECT in the order of its columns; None where unbound.
Row: TypeAlias = tuple[Term | None, ...]
#: Quads below which a bulk load does not pay.
_FEW = 2000


def select_rows(store: EmbeddedStore, sparql: str) -> Iterator[Row]:
    """Yield the rows of a SELECT of the program's own (not checked as those of the public are).

    Raises:
        QueryError, StoreError: it cannot be answered.
    """
    return _rows(store.engine_store(), sparql)


def copied(store: EmbeddedStore, graphs: Iterable[NamedNode]) -> ScratchStore:
    """Return some graphs of a store in memory; as there, the default graph is their union."""
    engine = store.engine_store()
    scratch = ScratchStore(union=True)
    scratch.extend(q for g in graphs for q in engine.quads_for_pattern(None, None, None, g))
    return scratch


def _rows(engine: pyoxigraph.Store, sparql: str, *, union: bool = False) -> Iterator[Row]:
    try:
        results = engine.query(sparql, use_default_graph_as_union=union)
        assert isinstance(results, pyoxigraph.QuerySolutions)
        for row in results:
            yield tuple(row)
    except SyntaxError:
        raise
    except Exception as error:
        raise translated(error) from error


class ScratchStore:
    """A store in memory for data that is looked at once: the records of a batch, a posted file.

    Parameters:
        union: whether queries see the union of all graphs as the default graph.
    """

    def __init__(self, *, union: bool = False) -> None:
        self._engine = pyoxigraph.Store()
        self._union = union

    def extend(self, quads: Iterable[Quad]) -> None:
        """Add quads."""
        given = list(quads)
        few = len(given) < _FEW  # a transaction is quicker then
        (self._engine.extend if few else self._engine.bulk_extend)(given)

    def keeps(self, value: Term) -> bool:
        """Tell whether a value is written here as it is."""
        return as_kept(value) == value

    def load(self, nquads: bytes) -> None:
        """Add quads that the engine wrote as N-Quads."""
        self._engine.bulk_load(nquads, RdfFormat.N_QUADS, lenient=True)

    def rows(self, sparql: str) -> Iterator[Row]:
        """Yield the rows of a SELECT."""
        return _rows(self._engine, sparql, union=self._union)
