"""Graphs in memory, walked along paths and patterns: one plain graph, or many records at a time.

Terms are tokens (`outcome_graph.rdf.Line`), and a node is a token of one of the graphs, so that
what records say of the same thing is kept apart.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

from outcome_graph.namespaces import RDF, RDFS
from outcome_graph.rdf import Line, Literal, NamedNode, token_of
from outcome_graph.validation.screen.filters import Filter
from outcome_graph.validation.screen.model import Targets, Unsupported
from outcome_graph.validation.screen.paths import Branch, Hop, Path, Repeat
from outcome_graph.validation.screen.sparql import Select, TriplePattern
from outcome_graph.validation.screen.view import is_variable
from outcome_graph.validation.statements import Statement

__all__ = ["Data", "Node", "Reached", "Shared", "Solver", "lines_from"]

#: The number of a graph, and a token.
Node: TypeAlias = tuple[int, bytes]
#: Finds what a node has, None where that is nothing.
_Find: TypeAlias = Callable[[Node], Sequence[bytes] | None]
#: A node, and what a path leads to from there.
_Way: TypeAlias = tuple[Node, bytes]

_TYPE, _ABOVE = token_of(RDF.type), token_of(RDFS.subClassOf)
_NOTHING: dict[Node, list[bytes]] = {}


def lines_from(triples: Iterable[Statement]) -> list[Line]:
    """Return statements as tokens."""
    return [(token_of(s), token_of(p), token_of(o)) for s, p, o in triples]


class Shared:
    """What is said of things that records refer to, and do not describe themselves.

    Parameters:
        lines: the statements.
    """

    def __init__(self, lines: Iterable[Line] = ()) -> None:
        self.ahead: dict[bytes, dict[bytes, list[bytes]]] = {}
        self.behind: dict[bytes, dict[bytes, list[bytes]]] = {}
        self.subjects: set[bytes] = set()
        for subject, predicate, value in lines:
            self.subjects.add(subject)
            self.ahead.setdefault(predicate, {}).setdefault(subject, []).append(value)
            self.behind.setdefault(predicate, {}).setdefault(value, []).append(subject)

        self._classes: dict[bytes, Collection[bytes]] = {}
        self._instances: dict[bytes, Collection[bytes]] = {}

    def classes(self, kind: bytes) -> Collection[bytes]:
        """Return a class and those above it."""
        if kind not in self._classes:
            above = self.ahead.get(_ABOVE, {})
            self._classes[kind] = _closure(kind, lambda lower: above.get(lower, ()))
        return self._classes[kind]

    def instances(self, kind: bytes) -> Collection[bytes]:
        """Return the instances of a class."""
        if kind not in self._instances:
            types = self.ahead.get(_TYPE, {}).items()
            self._instances[kind] = {
                s for s, kinds in types if any(kind in self.classes(k) for k in kinds)
            }
        return self._instances[kind]

    def are_described_by(self, lines: Iterable[Line]) -> bool:
        """Tell whether a record describes a shared thing itself, or has classes of its own."""
        return any(s in self.subjects or p == _ABOVE for s, p, _ in lines)


def _closure(start: bytes, step: Callable[[bytes], Iterable[bytes]]) -> Collection[bytes]:
    """Return all that repeated steps lead to, and where they start."""
    found, waiting = {start: None}, [start]
    while waiting:
        for reached in step(waiting.pop()):
            if reached not in found:
                found[reached] = None
                waiting.append(reached)
    return found


class Reached:
    """What a path leads to from nodes.

    Parameters:
        pairs: each node with its values, each value once.
    """

    def __init__(self, pairs: Sequence[tuple[Node, Collection[bytes]]]) -> None:
        self.pairs = pairs

    @cached_property
    def counts(self) -> Collection[int]:
        """How many values nodes have, each number once."""
        return {len(values) for _, values in self.pairs}

    @cached_property
    def values(self) -> Collection[bytes]:
        """The values, each once."""
        return {value for _, values in self.pairs for value in values}

    @cached_property
    def nodes(self) -> Collection[Node]:
        """The values as nodes, each once."""
        return {(node[0], value): None for node, values in self.pairs for value in values}


class Data:
    """Graphs by what follows, and what leads to, a node.

    Parameters:
        graphs: the statements of each, none twice: one plain graph, or records that do not
            describe what is shared.
        shared: what is said of the things that they refer to.
    """

    def __init__(self, graphs: Sequence[Iterable[Line]], shared: Shared | None = None) -> None:
        self._count = len(graphs)
        self._shared = shared or Shared()
        #: By predicate.
        self._ahead: dict[bytes, dict[Node, list[bytes]]] = {}
        self._behind: dict[bytes, dict[Node, list[bytes]]] = {}
        #: Many shapes have the same targets.
        self._focus: dict[Targets, Collection[Node]] = {}
        self._reached: dict[tuple[int, str], tuple[Collection[Node], Reached]] = {}
        self._above: dict[bytes, Collection[bytes]] = {}
        #: Shared things that a graph refers to.
        self._mentioned: dict[Node, None] = {}
        ahead, subjects, last = self._ahead, self._shared.subjects, b""
        for number, lines in enumerate(graphs):
            last = b""
            for subject, predicate, value in lines:
                if subject != last:
                    node, last = (number, subject), subject
                table = ahead.get(predicate)
                if table is None:
                    table = ahead[predicate] = {}
                if node in table:
                    table[node].append(value)
                else:
                    table[node] = [value]
                if value in subjects:
                    self._mentioned[number, value] = None

    def ahead(self, predicate: bytes) -> _Find:
        """Return what finds the values that a node has of a predicate."""
        own = self._ahead.get(predicate, _NOTHING)
        shared = self._shared.ahead.get(predicate)
        if shared is None:
            return own.get

        def find(node: Node) -> Sequence[bytes] | None:
            found = own.get(node)
            if found is None and node in self._mentioned:
                return shared.get(node[1])
            return found

        return find

    def behind(self, predicate: bytes) -> _Find:
        """Return what finds the nodes that have a node as a value of a predicate."""
        if predicate not in self._behind:
            made: dict[Node, list[bytes]] = {}
            for (number, subject), values in self._ahead.get(predicate, _NOTHING).items():
                for value in values:
                    made.setdefault((number, value), []).append(subject)
            self._behind[predicate] = made
        own, shared = self._behind[predicate], self._shared.behind.get(predicate)
        if shared is None:
            return own.get

        def find(node: Node) -> Sequence[bytes]:
            others = [s for s in shared.get(node[1], ()) if (node[0], s) in self._mentioned]
            return [*own.get(node, ()), *others]

        return find

    def reached(self, nodes: Collection[Node], path: Path) -> Reached:
        """Return what a path leads to from nodes.

        Parameters:
            nodes: are not changed any more.
        """
        # Several shapes look at the same values. The nodes are kept, so that their id is theirs.
        key = (id(nodes), path.notation)
        if key not in self._reached:
            self._reached[key] = (nodes, Reached(self._pairs(nodes, path)))
        return self._reached[key][1]

    def _pairs(
        self, nodes: Collection[Node], path: Path
    ) -> Sequence[tuple[Node, Collection[bytes]]]:
        if path.iri is not None:
            find = self.ahead(token_of(path.iri))
            return [(node, find(node) or ()) for node in nodes]
        made: dict[Node, dict[bytes, None]] = {node: {} for node in nodes}
        for branch in path.branches:
            for node, value in self._along([(node, node[1]) for node in nodes], branch):
                made[node][value] = None
        return list(made.items())

    def _along(self, ways: Collection[_Way], branch: Branch) -> Collection[_Way]:
        """Return where a branch leads, together with where it came from."""
        for step in branch:
            if isinstance(step, Hop):
                find = (self.behind if step.inverse else self.ahead)(token_of(step.predicate))
                ways = [(n, v) for n, token in ways for v in find((n[0], token)) or ()]
            else:
                ways = self._repeated(ways, step)
            if not ways:
                break
        return ways

    def _repeated(self, ways: Iterable[_Way], step: Repeat) -> Collection[_Way]:
        found: dict[_Way, None] = {}
        waiting: Collection[_Way] = list(ways)
        while waiting:
            reached = [w for chain in step.choices for w in self._along(waiting, chain)]
            waiting = list(dict.fromkeys(w for w in reached if w not in found))
            found.update(dict.fromkeys(waiting))
        return found

    def are(self, nodes: Iterable[Node], kind: bytes) -> bool:
        """Tell whether nodes are all instances of a class (SHACL, 1.1)."""
        types, shared = self.ahead(_TYPE), self._shared.instances(kind)
        others = [n for n in nodes if not (n[1] in shared and n in self._mentioned)]
        return all(any(kind in self._classes(t) for t in types(node) or ()) for node in others)

    def instances(self, kind: bytes) -> Iterator[Node]:
        """Yield the instances of a class."""
        for own_type, nodes in self._typed.items():
            if kind in self._classes(own_type):
                yield from nodes
        found = self._shared.instances(kind)
        if found:
            yield from (node for node in self._mentioned if node[1] in found)

    @cached_property
    def _typed(self) -> dict[bytes, list[Node]]:
        made: dict[bytes, list[Node]] = {}
        for node, kinds in self._ahead.get(_TYPE, _NOTHING).items():
            for kind in kinds:
                made.setdefault(kind, []).append(node)
        return made

    def _classes(self, kind: bytes) -> Collection[bytes]:
        """Return a class and those above it, which are the same for all graphs."""
        own = self._ahead.get(_ABOVE)
        if own is None:
            return self._shared.classes(kind)
        if kind not in self._above:
            self._above[kind] = _closure(kind, lambda lower: own.get((0, lower), ()))
        return self._above[kind]

    def aimed_at(self, targets: Targets) -> Collection[Node]:
        """Return the focus nodes of targets."""
        if targets not in self._focus:
            self._focus[targets] = dict.fromkeys(self._aimed_at(targets))
        return self._focus[targets]

    def _aimed_at(self, targets: Targets) -> Iterator[Node]:
        for term in targets.nodes:
            token = token_of(term)
            yield from ((number, token) for number in range(self._count))
        for kind in targets.classes:
            yield from self.instances(token_of(kind))
        for predicate in targets.subjects_of:
            yield from (node for node, _ in self._ends(token_of(predicate)))
        for predicate in targets.objects_of:
            for (number, _), values in self._ends(token_of(predicate)):
                yield from ((number, value) for value in values)

    def _ends(self, predicate: bytes) -> Iterator[tuple[Node, Sequence[bytes]]]:
        """Yield the nodes that have values of a predicate, with those."""
        yield from self._ahead.get(predicate, _NOTHING).items()
        shared = self._shared.ahead.get(predicate, {})
        if shared:
            for node in self._mentioned:
                if node[1] in shared:
                    yield node, shared[node[1]]


#: A graph's number, and what the variables of a query are bound to, by place.
_Row: TypeAlias = tuple[int, *tuple[bytes, ...]]
#: An end of a triple: a constant, or the place of a variable in the rows.
_End: TypeAlias = bytes | int


class _Join:
    """Triples that rows are joined with, one after the other.

    Parameters:
        triples: the triples. places: of the variables that are bound; takes the new ones.

    Raises:
        Unsupported: some have nothing in common with the others.
    """

    def __init__(self, triples: Iterable[TriplePattern], places: dict[str, int]) -> None:
        self._steps: list[tuple[_End | None, bytes, _End | None]] = []
        waiting = list(triples)
        while waiting:
            for triple in waiting:
                ends = [_end(text, places) for text in (triple.subject, triple.object)]
                if ends != [None, None]:
                    break
            else:
                raise Unsupported("triples that are joined with nothing")
            waiting.remove(triple)
            self._steps.append((ends[0], token_of(triple.predicate), ends[1]))
            for text, end in zip((triple.subject, triple.object), ends, strict=True):
                if end is None:
                    places[text] = len(places) + 1

    def rows(self, data: Data, rows: list[_Row]) -> list[_Row]:
        """Return rows with what they are joined with."""
        for subject, predicate, value in self._steps:
            if not rows:
                return rows
            if subject is None:
                assert value is not None
                behind, at = data.behind(predicate), _looking_at(value)
                rows = [(*row, s) for row in rows for s in behind((row[0], at(row))) or ()]
                continue
            ahead, at = data.ahead(predicate), _looking_at(subject)
            if value is None:
                rows = [(*row, v) for row in rows for v in ahead((row[0], at(row))) or ()]
            else:
                end = _looking_at(value)
                rows = [row for row in rows if end(row) in (ahead((row[0], at(row))) or ())]
        return rows


def _looking_at(end: _End) -> Callable[[_Row], bytes]:
    if isinstance(end, bytes):
        return lambda row: end
    return lambda row: row[end]  # type: ignore[return-value]


def _end(text: str, places: Mapping[str, int]) -> _End | None:
    """Return an end of a triple, None for a variable that is new."""
    if is_variable(text):
        return places.get(text)
    if text.startswith("<"):
        return token_of(NamedNode(text[1:-1]))
    if "\\" in text:
        raise Unsupported("an escaped character")
    return token_of(Literal(text[1:-1]))


class Solver:
    """Tells whether a SPARQL constraint may find something.

    Parameters:
        select: the constraint, taken apart.

    Raises:
        Unsupported: it has a text with characters that its query escapes, or an unusual join.
    """

    def __init__(self, select: Select) -> None:
        places = {select.this: 1}
        self._join = _Join(select.triples, places)
        self._width = len(places) + 1
        self._conditions = [(_Join(c.triples, dict(places)), c.wanted) for c in select.conditions]
        self._filters = [
            (found.may_hold, [places[name] for name in found.variables])
            for found in map(_filter, select.filters)
            if found is not None and places.keys() >= set(found.variables)
        ]

    def may_hold(self, data: Data, nodes: Iterable[Node]) -> bool:
        """Tell whether a focus node may be found."""
        rows = self._join.rows(data, list(nodes))
        for may_hold, at in self._filters:
            rows = [row for row in rows if may_hold(*(row[place] for place in at))]
        for join, wanted in self._conditions:
            held = {row[: self._width] for row in join.rows(data, rows)}
            rows = [row for row in rows if (row in held) is wanted]
        return bool(rows)


def _filter(text: str) -> Filter | None:
    try:
        return Filter(text)
    except Unsupported:  # then it may always hold
        return None
