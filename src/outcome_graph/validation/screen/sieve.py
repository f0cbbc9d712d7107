"""Which constraints surely have nothing to say about a graph, so that no query need be asked.

A query costs an engine a tenth of a millisecond before it looks at any data, and nearly all the
constraints of nearly all records are kept. Here a small graph is walked once, shape by shape; what
is plainly kept is crossed out. One-sided: what is not recognised, not plain, or in any doubt is
left to the compiled queries, which alone find results.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from outcome_graph.rdf import Literal, NamedNode, Term
from outcome_graph.validation.screen.model import Graph, Shape, Unsupported, component_of
from outcome_graph.validation.screen.paths import Path
from outcome_graph.validation.screen.sparql import read_select
from outcome_graph.validation.screen.sure import Test, in_order, surely_kept, surely_unmatched
from outcome_graph.validation.screen.view import Names
from outcome_graph.validation.screen.walking import Data, Solver
from outcome_graph.validation.statements import Statement

__all__ = ["Key", "Sieve"]

#: A constraint: the node of its shape, and the local name of its component.
Key: TypeAlias = tuple[Term, str]
_Values: TypeAlias = Collection[Term]
#: Focus nodes with the values of a path.
_Pairs: TypeAlias = Sequence[tuple[Term, _Values]]
#: Tells whether a constraint is surely kept by focus nodes with these values.
_Check: TypeAlias = Callable[[Data, _Pairs], bool]

_DEEPEST = 12


@dataclass(slots=True)
class _Plan:
    """How to walk a shape.

    Parameters:
        path: of a property shape. checks: of its constraints.
        within: the shapes that its values are held to by ``sh:property``.
        whole: whether the checks are of all its constraints.
    """

    path: Path | None
    checks: list[tuple[Key, _Check]] = field(default_factory=list)
    within: list[_Plan] = field(default_factory=list)
    whole: bool = True

    def walk(self, data: Data, nodes: _Values, suspects: set[Key]) -> None:
        """Add the constraints that focus nodes may break."""
        if not nodes:
            return
        pairs = self._pairs(data, nodes)
        for key, check in self.checks:
            if key not in suspects and not check(data, pairs):
                suspects.add(key)
        reached = _reached(pairs) if self.within else ()
        for plan in self.within:
            plan.walk(data, reached, suspects)

    def sure(self, data: Data, nodes: _Values) -> bool:
        """Tell whether nodes surely conform to the shape."""
        if not self.whole:
            return False
        pairs = self._pairs(data, nodes)
        if not all(check(data, pairs) for _, check in self.checks):
            return False
        reached = _reached(pairs) if self.within else ()
        return all(plan.sure(data, reached) for plan in self.within)

    def _pairs(self, data: Data, nodes: _Values) -> _Pairs:
        if self.path is None:
            return [(node, (node,)) for node in nodes]
        path = self.path
        return [(node, data.values(node, path)) for node in nodes]


def _reached(pairs: _Pairs) -> _Values:
    return dict.fromkeys(v for _, values in pairs for v in values)


class Sieve:
    """The target shapes of a shapes graph, ready to be walked.

    Parameters:
        graph: the shapes graph. shapes: its shapes.
        targets: those whose focus nodes are looked at; all of them are compiled.
    """

    def __init__(
        self, graph: Graph, shapes: Mapping[Term, Shape], targets: Iterable[Shape]
    ) -> None:
        self._graph, self._shapes = graph, shapes
        self._checked: set[Key] = set()
        self._unchecked: set[Key] = set()
        try:
            self._plans = [(s.targets, self._plan(s, 0)) for s in targets]
        except Unsupported:  # too deep: then all is asked
            self._plans = []
            self._checked.clear()
        #: The constraints that may be crossed out; every other one is always asked about.
        self.known = frozenset(self._checked - self._unchecked)

    def suspects(self, triples: Iterable[Statement]) -> set[Key]:
        """Return which of the known constraints a graph may break.

        Parameters:
            triples: the graph, each statement once.
        """
        data = Data(triples)
        found: set[Key] = set()
        for targets, plan in self._plans:
            plan.walk(data, dict.fromkeys(data.aimed_at(targets)), found)
        return found

    def _plan(self, shape: Shape, depth: int) -> _Plan:
        if depth > _DEEPEST:
            raise Unsupported("shapes that are nested too deeply")
        plan = _Plan(shape.path)
        if shape.deactivated:
            return plan
        for item in shape.constraints:
            if item.name == "property":
                plan.within += [self._plan(self._shapes[n], depth + 1) for n in item.values]
            elif item.name not in _BESIDE:
                self._add(plan, shape, item.name, item.values, depth)
        plan.whole = plan.whole and all(inner.whole for inner in plan.within)
        return plan

    def _add(
        self, plan: _Plan, shape: Shape, name: str, values: Sequence[Term], depth: int
    ) -> None:
        key = (shape.node, component_of(name))
        check = self._check(shape, name, values, depth)
        if check is None:
            plan.whole = False
            self._unchecked.add(key)
        else:
            plan.checks.append((key, check))
            self._checked.add(key)

    def _check(self, shape: Shape, name: str, values: Sequence[Term], depth: int) -> _Check | None:
        test = surely_kept(name, values, shape.values("flags"), self._graph.members)
        if test is not None:
            return _each_value(test)
        if name in _SIMPLE:
            return _SIMPLE[name](values)
        if name == "class":
            return lambda data, pairs: all(
                data.is_a(v, kind) for _, found in pairs for v in found for kind in values
            )
        if name in ("node", "and", "or"):
            return self._shapes_within(name, values, depth)
        if name == "not":
            return self._broken(values)
        if name == "sparql":
            return self._selects(shape, values)
        return None

    def _selects(self, shape: Shape, nodes: Sequence[Term]) -> _Check | None:
        selects = [read_select(self._graph, node, shape, Names()) for node in nodes]
        try:
            solvers = [Solver(select) for select in selects if select is not None]
        except Unsupported:
            return None
        return lambda data, pairs: (
            not any(solver.may_hold(data, focus) for solver in solvers for focus, _ in pairs)
        )

    def _shapes_within(self, name: str, values: Sequence[Term], depth: int) -> _Check:
        groups = [values] if name == "node" else [self._graph.members(head) for head in values]
        plans = [[self._plan(self._shapes[n], depth + 1) for n in group] for group in groups]
        enough = any if name == "or" else all

        def check(data: Data, pairs: _Pairs) -> bool:
            return all(
                enough(plan.sure(data, (value,)) for plan in group)
                for value in _reached(pairs)
                for group in plans
            )

        return check

    def _broken(self, nodes: Sequence[Term]) -> _Check | None:
        """Return the check of ``sh:not``: a pattern that surely does not match is enough."""
        tests = []
        for node in nodes:
            inner = self._shapes[node]
            patterns = inner.values("pattern")
            if inner.deactivated or inner.path is not None or not patterns:
                return None
            tests.append(surely_unmatched(patterns[0], inner.values("flags")))
        return _each_value(lambda value: all(test(value) for test in tests))


#: Parameters that belong to another one.
_BESIDE = frozenset({"flags", "ignoredProperties"})


def _each_value(test: Test) -> _Check:
    return lambda data, pairs: all(test(value) for _, values in pairs for value in values)


def _least(counts: Sequence[Term]) -> _Check:
    least = int(counts[0].value)
    return lambda data, pairs: all(len(values) >= least for _, values in pairs)


def _most(counts: Sequence[Term]) -> _Check:
    most = int(counts[0].value)
    return lambda data, pairs: all(len(values) <= most for _, values in pairs)


def _has(wanted: Sequence[Term]) -> _Check:
    return lambda data, pairs: all(w in values for _, values in pairs for w in wanted)


def _languages(flags: Sequence[Term]) -> _Check:
    def check(data: Data, pairs: _Pairs) -> bool:
        for _, values in pairs:
            tags = [v.language.lower() for v in values if isinstance(v, Literal) and v.language]
            if len(tags) != len(set(tags)):
                return False
        return True

    return check


def _compared(kept: Callable[[_Values, Sequence[Term]], bool]) -> Callable[..., _Check]:
    """Return what makes the check of a comparison with the values of other properties."""

    def make(predicates: Sequence[NamedNode]) -> _Check:
        return lambda data, pairs: all(
            kept(values, data.ahead.get((focus, predicate), ()))
            for focus, values in pairs
            for predicate in predicates
        )

    return make


_SIMPLE: Mapping[str, Callable[[Sequence[Any]], _Check]] = {
    "minCount": _least,
    "maxCount": _most,
    "hasValue": _has,
    "uniqueLang": _languages,
    "equals": _compared(lambda values, others: set(values) == set(others)),
    "disjoint": _compared(lambda values, others: set(values).isdisjoint(others)),
    "lessThan": _compared(
        lambda values, others: all(in_order(v, w, equal=False) for v in values for w in others)
    ),
    "lessThanOrEquals": _compared(
        lambda values, others: all(in_order(v, w, equal=True) for v in values for w in others)
    ),
}
