"""Validates one plain graph: compiled queries, and pySHACL for what they do not cover.

The data are looked at in an engine, which writes some literals in its own way. When it does, or
when a value is in doubt, pySHACL judges the whole graph: the answer is always its answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from outcome_graph.rdf import Quad, Term
from outcome_graph.validation.screen.screen import Screen
from outcome_graph.validation.statements import Statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outcome_graph.validation.finding import Finding
    from outcome_graph.validation.shacl import ShaclEngine

__all__ = ["PlainScreen", "Scratch"]


class Scratch(Protocol):
    """A place for data that are looked at once: ``store.scanning.ScratchStore``."""

    def extend(self, quads: Iterable[Quad]) -> None:
        """Add quads."""
        ...

    def keeps(self, value: Term) -> bool:
        """Tell whether a value is written there as it is."""
        ...

    def rows(self, sparql: str) -> Iterable[Sequence[Term | None]]:
        """Answer a SELECT."""
        ...


class PlainScreen:
    """A shapes graph, compiled for plain graphs.

    Parameters:
        shapes: the shapes graph.
        referee: makes pySHACL with these shapes, where there is one already.
    """

    def __init__(
        self, shapes: Iterable[Statement], referee: Callable[[], ShaclEngine] | None = None
    ) -> None:
        self._shapes = list(shapes)
        self._given_referee = referee
        self.screen = Screen.compile(self._shapes)

    @cached_property
    def _referee(self) -> ShaclEngine:
        from outcome_graph.validation.shacl import ShaclEngine

        return self._given_referee() if self._given_referee else ShaclEngine(self._shapes)

    @cached_property
    def _rest(self) -> ShaclEngine:
        from outcome_graph.validation.shacl import ShaclEngine

        labels = {str(node.value) for node in self.screen.fallback}
        return ShaclEngine(self._shapes, only=labels)

    def validate(
        self, triples: Iterable[Statement], scratch: Callable[[], Scratch]
    ) -> list[Finding]:
        """Return what the shapes find in a graph.

        Parameters:
            triples: the graph. scratch: makes an empty place for it.

        Raises:
            UsageError: a shape cannot be evaluated: it is recursive, or its query is malformed.
        """
        given = list(dict.fromkeys(triples))
        if not self.screen.queries:
            return self._referee.validate(given)
        found: list[Finding] = []
        if queries := self.screen.asked_of(given):
            place = scratch()
            if not all(place.keeps(t.object) for t in given):
                return self._referee.validate(given)
            place.extend(Quad(*t) for t in given)
            doubtful: set[Term | None] = set()
            found = [f.finding for f in self.screen.findings(place.rows, doubtful, queries)]
            if doubtful:
                return self._referee.validate(given)
        if self.screen.fallback:
            found += self._rest.validate(given)
        return list(dict.fromkeys(found))
