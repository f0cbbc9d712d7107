"""Small graphs in memory, walked along paths and patterns."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from outcome_graph.namespaces import RDF, RDFS
from outcome_graph.rdf import Literal, NamedNode, Term
from outcome_graph.validation.screen.model import Targets, Unsupported
from outcome_graph.validation.screen.paths import Branch, Hop, Path, Repeat
from outcome_graph.validation.screen.sparql import Select, TriplePattern
from outcome_graph.validation.screen.view import is_variable
from outcome_graph.validation.statements import Statement

__all__ = ["Data", "Solver"]

_UNEQUAL = re.compile(r"\(\s*(\?\w+)\s*!=\s*(\?\w+)\s*\)")


class Data:
    """A graph by what follows, and what leads to, a node."""

    def __init__(self, triples: Iterable[Statement]) -> None:
        self.ahead: dict[tuple[Term, NamedNode], list[Term]] = {}
        self.behind: dict[tuple[Term, NamedNode], list[Term]] = {}
        self.ends: dict[NamedNode, list[tuple[Term, Term]]] = {}
        for subject, predicate, value in triples:
            self.ahead.setdefault((subject, predicate), []).append(value)
            self.behind.setdefault((value, predicate), []).append(subject)
            self.ends.setdefault(predicate, []).append((subject, value))
        self._classes: dict[Term, set[Term]] = {}
        self._instances: dict[Term, list[Term]] = {}

    def step(self, node: Term, hop: Hop) -> Sequence[Term]:
        """Return the nodes that a hop leads to."""
        index = self.behind if hop.inverse else self.ahead
        return index.get((node, hop.predicate), ())

    def values(self, node: Term, path: Path) -> Collection[Term]:
        """Return the nodes that a path leads to, each once."""
        if path.iri is not None:
            return self.ahead.get((node, path.iri), ())
        found: dict[Term, None] = {}
        for branch in path.branches:
            found.update(dict.fromkeys(self._along(node, branch)))
        return found

    def _along(self, node: Term, branch: Branch) -> Iterable[Term]:
        nodes: Iterable[Term] = (node,)
        for step in branch:
            if isinstance(step, Hop):
                nodes = {v: None for n in nodes for v in self.step(n, step)}
            else:
                nodes = self._repeated(nodes, step)
        return nodes

    def _repeated(self, nodes: Iterable[Term], step: Repeat) -> Iterable[Term]:
        found: dict[Term, None] = {}
        waiting = list(nodes)
        while waiting:
            node = waiting.pop()
            for chain in step.choices:
                for value in self._along(node, chain):
                    if value not in found:
                        found[value] = None
                        waiting.append(value)
        return found

    def is_a(self, node: Term, kind: Term) -> bool:
        """Tell whether a node is an instance of a class (SHACL, 1.1)."""
        return any(kind in self._above(c) for c in self.ahead.get((node, RDF.type), ()))

    def instances(self, kind: NamedNode) -> Sequence[Term]:
        """Return the instances of a class."""
        if kind not in self._instances:
            typed = self.ends.get(RDF.type, ())
            self._instances[kind] = [s for s, found in typed if kind in self._above(found)]
        return self._instances[kind]

    def _above(self, kind: Term) -> set[Term]:
        if kind not in self._classes:
            found, waiting = {kind}, [kind]
            while waiting:
                for upper in self.ahead.get((waiting.pop(), RDFS.subClassOf), ()):
                    if upper not in found:
                        found.add(upper)
                        waiting.append(upper)
            self._classes[kind] = found
        return self._classes[kind]

    def aimed_at(self, targets: Targets) -> Iterator[Term]:
        """Yield the focus nodes of targets."""
        yield from targets.nodes
        for kind in targets.classes:
            yield from self.instances(kind)
        for predicate in targets.subjects_of:
            yield from (subject for subject, _ in self.ends.get(predicate, ()))
        for predicate in targets.objects_of:
            yield from (value for _, value in self.ends.get(predicate, ()))

    def matches(
        self, subject: Term | None, predicate: NamedNode, value: Term | None
    ) -> Iterable[tuple[Term, Term]]:
        """Return subject and object of the statements with a predicate that fit what is given."""
        if subject is not None:
            found = self.ahead.get((subject, predicate), ())
            return [(subject, v) for v in found if value is None or v == value]
        if value is not None:
            return [(s, value) for s in self.behind.get((value, predicate), ())]
        return self.ends.get(predicate, ())


#: A triple of a query with its constants as terms; variables are texts.
_Triple: TypeAlias = tuple[str | Term, NamedNode, str | Term]


class Solver:
    """Tells whether a SPARQL constraint may find something.

    Parameters:
        select: the constraint, taken apart.

    Raises:
        Unsupported: it has a text with characters that its query escapes.
    """

    def __init__(self, select: Select) -> None:
        self._this = select.this
        self._triples = _translated(select.triples)
        self._conditions = [(_translated(c.triples), c.wanted) for c in select.conditions]
        self._filters = [_UNEQUAL.fullmatch(f) for f in select.filters]

    def may_hold(self, data: Data, focus: Term) -> bool:
        """Tell whether a focus node may be found; of filters only the plainest are looked into."""
        return any(
            all(_holds(data, *condition, bound) for condition in self._conditions)
            and not any(match and _same(match, bound) for match in self._filters)
            for bound in _solutions(data, self._triples, {self._this: focus})
        )


def _holds(data: Data, triples: Sequence[_Triple], wanted: bool, bound: Mapping[str, Term]) -> bool:
    return any(True for _ in _solutions(data, triples, bound)) is wanted


def _same(unequal: re.Match[str], bound: Mapping[str, Term]) -> bool:
    """Tell whether variables that are to differ are bound to one IRI."""
    first, second = bound.get(unequal[1]), bound.get(unequal[2])
    return isinstance(first, NamedNode) and first == second


def _solutions(
    data: Data, triples: Sequence[_Triple], bound: Mapping[str, Term]
) -> Iterator[Mapping[str, Term]]:
    if not triples:
        yield bound
        return
    subject, predicate, value = triples[0]
    known = [bound.get(end) if isinstance(end, str) else end for end in (subject, value)]
    for ends in data.matches(known[0], predicate, known[1]):
        more = dict(bound)
        for end, term in zip((subject, value), ends, strict=True):
            if isinstance(end, str) and more.setdefault(end, term) != term:
                break
        else:
            yield from _solutions(data, triples[1:], more)


def _translated(triples: Iterable[TriplePattern]) -> list[_Triple]:
    return [(_term(t.subject), t.predicate, _term(t.object)) for t in triples]


def _term(text: str) -> str | Term:
    if text.startswith("<"):
        return NamedNode(text[1:-1])
    if is_variable(text):
        return text
    if "\\" in text:
        raise Unsupported("an escaped character")
    return Literal(text[1:-1])
