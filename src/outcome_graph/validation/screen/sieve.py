"""Which constraints surely have nothing to say about graphs, so that no query need be asked.

A query costs an engine a tenth of a millisecond before it looks at any data, and nearly all the
constraints of nearly all records are kept. Here one graph, or a batch of records, is walked once,
shape by shape; what is plainly kept is crossed out. One-sided: what is not recognised, not plain,
or in any doubt is left to the compiled queries. What is found here is which values are there and
how many (``sh:minCount``, ``sh:maxCount``, ``sh:hasValue``): that needs no look into any value, and
is most of what there is to find.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeAlias

from outcome_graph.rdf import Line, Literal, NamedNode, Term, term_of, token_of
from outcome_graph.validation.screen.model import Graph, Shape, Unsupported, component_of
from outcome_graph.validation.screen.paths import Path
from outcome_graph.validation.screen.sparql import read_select
from outcome_graph.validation.screen.sure import Test, in_order, surely_kept, surely_unmatched
from outcome_graph.validation.screen.view import Names
from outcome_graph.validation.screen.walking import Data, Node, Reached, Shared, Solver

__all__ = ["Key", "Look", "Sieve"]

#: A constraint: the node of its shape, and the local name of its component.
Key: TypeAlias = tuple[Term, str]
_Values: TypeAlias = Collection[bytes]
#: Tells whether a constraint is surely kept by focus nodes with these values.
_Check: TypeAlias = Callable[[Data, Reached], bool]
#: Returns the focus nodes that break a constraint; all others keep it.
_Count: TypeAlias = Callable[[Reached], list[Node]]

_DEEPEST = 12
#: Values of which it is remembered whether they keep a constraint: most come again and again.
_REMEMBERED = 2_000


@dataclass(slots=True)
class Look:
    """What a walk saw.

    Parameters:
        suspects: constraints that may be broken.
        broken: focus nodes that break a constraint of their values' number; no others do.
    """

    suspects: set[Key] = field(default_factory=set)
    broken: dict[Key, dict[Node, None]] = field(default_factory=dict)


@dataclass(slots=True)
class _Plan:
    """How to walk a shape.

    Parameters:
        path: of a property shape.
        counts: of constraints that ask which values there are, and need not look into any.
        checks: of its other constraints.
        within: the shapes that its values are held to by ``sh:property``.
        whole: whether counts and checks are of all its constraints.
    """

    path: Path | None
    counts: list[tuple[Key, _Count]] = field(default_factory=list)
    checks: list[tuple[Key, _Check]] = field(default_factory=list)
    within: list[_Plan] = field(default_factory=list)
    whole: bool = True

    def walk(self, data: Data, nodes: Collection[Node], look: Look) -> None:
        """Note the constraints that focus nodes may break."""
        if not nodes:
            return
        reached = self._reached(data, nodes)
        for key, count in self.counts:
            if wrong := count(reached):
                look.broken.setdefault(key, {}).update(dict.fromkeys(wrong))
        for key, check in self.checks:
            if key not in look.suspects and not check(data, reached):
                look.suspects.add(key)
        for plan in self.within:
            plan.walk(data, reached.nodes, look)

    def sure(self, data: Data, nodes: Collection[Node]) -> bool:
        """Tell whether nodes surely conform to the shape."""
        if not self.whole:
            return False
        reached = self._reached(data, nodes)
        return (
            not any(count(reached) for _, count in self.counts)
            and all(check(data, reached) for _, check in self.checks)
            and all(plan.sure(data, reached.nodes) for plan in self.within)
        )

    def _reached(self, data: Data, nodes: Collection[Node]) -> Reached:
        if self.path is None:
            return Reached([(node, (node[1],)) for node in nodes])
        return data.reached(nodes, self.path)


class Sieve:
    """The target shapes of a shapes graph, ready to be walked.

    Parameters:
        graph: the shapes graph. shapes: its shapes.
        targets: those whose focus nodes are looked at; all of them are compiled.
        shared: what is said of things that graphs refer to.
    """

    def __init__(
        self,
        graph: Graph,
        shapes: Mapping[Term, Shape],
        targets: Iterable[Shape],
        shared: Shared | None = None,
    ) -> None:
        self._graph, self._shapes = graph, shapes
        self.shared = shared or Shared()
        self._checked: set[Key] = set()
        self._unchecked: set[Key] = set()
        try:
            self._plans = [(s.targets, self._plan(s, 0)) for s in targets]
        except Unsupported:  # too deep: then all is asked
            self._plans = []
            self._checked.clear()
        #: The constraints that may be crossed out; every other one is always asked about.
        self.known = frozenset(self._checked - self._unchecked)

    def look(self, graphs: Sequence[Iterable[Line]]) -> Look:
        """Return what graphs may break: one plain graph, or records that are no exceptions.

        Parameters:
            graphs: as of `Data`.
        """
        data, seen = Data(graphs, self.shared), Look()
        for targets, plan in self._plans:
            plan.walk(data, data.aimed_at(targets), seen)
        return seen

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
        if name in _COUNTS and shape.path is not None:
            plan.counts.append((key, _COUNTS[name](values)))
            self._checked.add(key)
            return
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
            kinds = list(map(token_of, values))
            return lambda data, reached: all(data.are(reached.nodes, kind) for kind in kinds)
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
        return lambda data, reached: (
            not any(solver.may_hold(data, [n for n, _ in reached.pairs]) for solver in solvers)
        )

    def _shapes_within(self, name: str, values: Sequence[Term], depth: int) -> _Check:
        groups = [values] if name == "node" else [self._graph.members(head) for head in values]
        plans = [[self._plan(self._shapes[n], depth + 1) for n in group] for group in groups]
        if name == "or":
            return lambda data, reached: all(
                any(plan.sure(data, (node,)) for plan in group)
                for node in reached.nodes
                for group in plans
            )
        return lambda data, reached: all(
            plan.sure(data, reached.nodes) for group in plans for plan in group
        )

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
    @lru_cache(maxsize=_REMEMBERED)
    def kept(value: bytes) -> bool:
        return test(term_of(value))

    return lambda data, reached: all(map(kept, reached.values))


def _least(counts: Sequence[Term]) -> _Count:
    least = int(counts[0].value)
    return lambda reached: (
        [node for node, values in reached.pairs if len(values) < least]
        if min(reached.counts, default=least) < least
        else []
    )


def _most(counts: Sequence[Term]) -> _Count:
    most = int(counts[0].value)
    return lambda reached: (
        [node for node, values in reached.pairs if len(values) > most]
        if max(reached.counts, default=most) > most
        else []
    )


def _has(terms: Sequence[Term]) -> _Count:
    wanted = list(map(token_of, terms))
    return lambda reached: [
        node for node, values in reached.pairs if not all(w in values for w in wanted)
    ]


def _languages(flags: Sequence[Term]) -> _Check:
    def check(data: Data, reached: Reached) -> bool:
        for _, values in reached.pairs:
            if len(values) < 2:
                continue
            terms = map(term_of, values)
            tags = [t.language.lower() for t in terms if isinstance(t, Literal) and t.language]
            if len(tags) != len(set(tags)):
                return False
        return True

    return check


def _compared(kept: Callable[[_Values, Sequence[bytes]], bool]) -> Callable[..., _Check]:
    """Return what makes the check of a comparison with the values of other properties."""

    def make(predicates: Sequence[NamedNode]) -> _Check:
        tokens = list(map(token_of, predicates))

        def check(data: Data, reached: Reached) -> bool:
            for find in map(data.ahead, tokens):
                if not all(kept(values, find(node) or ()) for node, values in reached.pairs):
                    return False
            return True

        return check

    return make


def _in_order(values: _Values, others: Sequence[bytes], *, equal: bool) -> bool:
    return all(_are_in_order(v, w, equal) for v in values for w in others)


@lru_cache(maxsize=_REMEMBERED)
def _are_in_order(value: bytes, other: bytes, equal: bool) -> bool:
    return in_order(term_of(value), term_of(other), equal=equal)


#: Constraints of which it is known who breaks them.
_COUNTS: Mapping[str, Callable[[Sequence[Any]], _Count]] = {
    "minCount": _least,
    "maxCount": _most,
    "hasValue": _has,
}
_SIMPLE: Mapping[str, Callable[[Sequence[Any]], _Check]] = {
    "uniqueLang": _languages,
    "equals": _compared(lambda values, others: set(values) == set(others)),
    "disjoint": _compared(lambda values, others: set(values).isdisjoint(others)),
    "lessThan": _compared(lambda values, others: _in_order(values, others, equal=False)),
    "lessThanOrEquals": _compared(lambda values, others: _in_order(values, others, equal=True)),
}
