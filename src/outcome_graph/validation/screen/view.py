"""What the queries look at: one plain graph, or a store of records.

In a store each record is judged by what its own graph says and by what is said of the shared things
that it refers to. A *way* is one alternative of a pattern: in the record's own graph, or among the
shared statements, which are few and stand in the query as a table. So the queries do not depend on
which reference graphs a store happens to hold, and are exactly what a record is validated with when
it is alone (`validator.Validator`).

This holds where no record describes a shared thing itself, or has classes of its own. Those that do
are found by a query (`RecordView.exotic`) and left to pySHACL.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal as OneOf
from typing import Protocol, TypeAlias

from outcome_graph.namespaces import RDF, RDFS
from outcome_graph.rdf import BlankNode, Line, NamedNode, Term, token_of
from outcome_graph.validation.screen.model import Unsupported
from outcome_graph.validation.screen.paths import Hop, Repeat
from outcome_graph.validation.statements import Statement

__all__ = ["Facts", "Names", "PlainView", "RecordView", "State", "View", "Way", "is_variable"]

#: What is known of a node: described in the record's graph, referred to there, described by shared
#: statements, or nothing for sure.
State: TypeAlias = OneOf["own", "object", "shared", "any"]

#: Rows of shared statements that a query may hold; a shape that needs more goes to pySHACL.
_MOST_ROWS = 5000


@dataclass(frozen=True, slots=True)
class Way:
    """One alternative of a pattern.

    Parameters:
        text: the pattern. state: of the node it leads to.
        bound: whether it tells which record it is about.
        test: an expression that says the same of nodes that are known, where there is one.
        constant: the node it leads to, where that is always the same.
    """

    text: str
    state: State = "any"
    bound: bool = True
    test: str | None = None
    constant: str | None = None


def is_variable(name: str) -> bool:
    """Tell whether a node of a pattern is a variable."""
    return name.startswith("?")


class Names:
    """New names of variables."""

    def __init__(self) -> None:
        self._numbers = itertools.count()

    def new(self, letter: str = "x") -> str:
        """Return a variable that no other part of the query has."""
        return f"?{letter}{next(self._numbers)}"


class View(Protocol):
    """What the compiler asks of the data's layout."""

    #: Variables that tell records apart, with a space after each: "?g " or "".
    key: str

    def own(self, body: str) -> str:
        """Return a pattern that is looked for in the data proper."""
        ...

    def hop(self, step: Hop, a: str, b: str, state: State, names: Names) -> list[Way]:
        """Return the ways from a node to another along a predicate."""
        ...

    def repeat(self, step: Repeat, a: str, b: str) -> Way:
        """Return the way from a node to another along a repeated path.

        Raises:
            Unsupported: it may lead through shared statements.
        """
        ...

    def instances(self, node: str, kind: NamedNode, state: State | None, names: Names) -> list[Way]:
        """Return the ways in which a node is an instance of a class (SHACL, 1.1).

        Parameters:
            state: of the node, None where the instances themselves are looked for.
        """
        ...

    def given(self, node: str, term: Term) -> Way:
        """Return the way to a node that is named by a target."""
        ...

    def everything_of(self, node: str, predicate: str, value: str, state: State) -> str:
        """Return the pattern of all statements about a node.

        Raises:
            Unsupported: shared statements may be among them.
        """
        ...

    def noticed(self, node: str, names: Names) -> str | None:
        """Return the expression that a focus node's results belong to the data, None for always."""
        ...


class PlainView:
    """One graph, which is the default graph of the queries."""

    key = ""

    def own(self, body: str) -> str:
        """Return the pattern as it is."""
        return body

    def hop(self, step: Hop, a: str, b: str, state: State, names: Names) -> list[Way]:
        """Return the one way."""
        s, o = (b, a) if step.inverse else (a, b)
        return [Way(f"{s} {step.predicate} {o} .", "own" if step.inverse else "object")]

    def repeat(self, step: Repeat, a: str, b: str) -> Way:
        """Return the one way."""
        return Way(f"{a} {step.text()} {b} .")

    def instances(self, node: str, kind: NamedNode, state: State | None, names: Names) -> list[Way]:
        """Return the one way: by type and superclasses."""
        return [Way(f"{node} {RDF.type}/{RDFS.subClassOf}* {kind} .", "own")]

    def given(self, node: str, term: Term) -> Way:
        """Return the way to a named node."""
        return Way(
            f"VALUES {node} {{ {term} }}", test=f"sameTerm({node}, {term})", constant=str(term)
        )

    def everything_of(self, node: str, predicate: str, value: str, state: State) -> str:
        """Return the pattern of all statements about a node."""
        return f"{node} {predicate} {value} ."

    def noticed(self, node: str, names: Names) -> str | None:
        """Return None: all results count."""
        return None


class Facts:
    """Shared statements, by predicate.

    Parameters:
        statements: what shapes may read of shared things.
    """

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._rows: dict[NamedNode, list[tuple[Term, Term]]] = {}
        self.subjects: set[Term] = set()
        for s in statements:
            self._rows.setdefault(s.predicate, []).append((s.subject, s.object))
            self.subjects.add(s.subject)

    def lines(self) -> Iterator[Line]:
        """Yield all of them as tokens."""
        for predicate, rows in self._rows.items():
            for subject, value in rows:
                yield token_of(subject), token_of(predicate), token_of(value)

    def rows(self, predicate: NamedNode) -> list[tuple[Term, Term]]:
        """Subject and object of each statement with a predicate."""
        return self._rows.get(predicate, [])

    def classes_under(self, kind: NamedNode) -> list[NamedNode]:
        """A class and its subclasses."""
        found: dict[Term, None] = {kind: None}
        waiting: list[Term] = [kind]
        below: dict[Term, list[Term]] = {}
        for lower, upper in self.rows(RDFS.subClassOf):
            below.setdefault(upper, []).append(lower)
        while waiting:
            for lower in below.get(waiting.pop(), ()):
                if lower not in found:
                    found[lower] = None
                    waiting.append(lower)
        return [c for c in found if isinstance(c, NamedNode)]


class RecordView:
    """A store in which each record is a named graph; ``?g`` is the record.

    Parameters:
        facts: the shared statements.
        neighbours: whether a record sees only those about things that it refers to, else all.
        record_class: the class that every record is an instance of by contract, None for none.
    """

    key = "?g "

    def __init__(
        self, facts: Facts, *, neighbours: bool = True, record_class: NamedNode | None = None
    ) -> None:
        self.facts = facts
        self.neighbours = neighbours
        self.record_class = record_class

    def own(self, body: str) -> str:
        """Return the pattern in the record's graph."""
        return f"GRAPH ?g {{ {body} }}"

    def hop(self, step: Hop, a: str, b: str, state: State, names: Names) -> list[Way]:
        """Return the ways: in the record's graph, and among the shared statements."""
        s, o = (b, a) if step.inverse else (a, b)
        ways = [Way(self.own(f"{s} {step.predicate} {o} ."), "own" if step.inverse else "object")]
        # What a record describes itself is no shared thing (those records are exotic).
        if state == "own" and not step.inverse:
            return ways
        if state == "shared" and not step.inverse:
            ways = []
        table = _table(self.facts.rows(step.predicate), s, o)
        if table is None:
            return ways
        mention = ""
        if self.neighbours and (step.inverse or state == "any"):
            mention = " " + self._mention(s, names)
        reached: State = "object" if step.inverse and self.neighbours else "any"
        ways.append(Way(table + mention, reached, bool(mention)))
        return ways

    def repeat(self, step: Repeat, a: str, b: str) -> Way:
        """Return the way in the record's graph."""
        if any(self.facts.rows(p) for p in step.predicates()):
            raise Unsupported("a repeated path through shared statements")
        return Way(self.own(f"{a} {step.text()} {b} ."))

    def instances(self, node: str, kind: NamedNode, state: State | None, names: Names) -> list[Way]:
        """Return the ways: typed by the record, typed by shared statements, or the record."""
        kinds = self.facts.classes_under(kind)
        ways = [Way(self.own(f"{node} {RDF.type} {k} ."), "own") for k in kinds]
        if state != "own":
            chosen = set(kinds)
            typed = [(s, o) for s, o in self.facts.rows(RDF.type) if o in chosen]
            table = _table([(s, kind) for s, _ in dict.fromkeys(typed)], node, str(kind))
            if table is not None:
                needed = state is None or (self.neighbours and state == "any")
                mention = " " + self._mention(node, names) if needed else ""
                ways.append(Way(table + mention, "object", bool(mention)))
        if self.record_class in kinds:
            ways.append(
                Way(f"GRAPH ?g {{}} BIND(?g AS {node})", "own", test=f"sameTerm({node}, ?g)")
            )
        return ways

    def given(self, node: str, term: Term) -> Way:
        """Return the way to a named node, in every record."""
        return Way(
            f"GRAPH ?g {{}} VALUES {node} {{ {term} }}",
            test=f"sameTerm({node}, {term})",
            constant=str(term),
        )

    def everything_of(self, node: str, predicate: str, value: str, state: State) -> str:
        """Return the pattern of all statements about a node that the record describes."""
        if state != "own":
            raise Unsupported("sh:closed for things that may be shared")
        return self.own(f"{node} {predicate} {value} .")

    def noticed(self, node: str, names: Names) -> str | None:
        """Return the expression that a record mentions a focus node, where it sees more."""
        if self.neighbours:
            return None
        a, b = names.new("m"), names.new("m")
        as_object, as_subject = self.own(f"{a} {b} {node} ."), self.own(f"{node} {a} {b} .")
        return f"EXISTS {{ {as_object} }} || EXISTS {{ {as_subject} }}"

    def _mention(self, node: str, names: Names) -> str:
        return self.own(f"{names.new('m')} {names.new('m')} {node} .")

    def exotic(self) -> str:
        """Return the query for records that these queries do not judge rightly.

        They have classes of their own, or describe things that are shared.
        """
        subjects = sorted(str(s) for s in self.facts.subjects if isinstance(s, NamedNode))
        parts = [f"{{ GRAPH ?g {{ ?s {RDFS.subClassOf} ?o }} }}"]
        for start in range(0, len(subjects), _MOST_ROWS):
            rows = " ".join(subjects[start : start + _MOST_ROWS])
            parts.append(f"{{ VALUES ?s {{ {rows} }} GRAPH ?g {{ ?s ?p ?o }} }}")
        return f"SELECT DISTINCT ?g WHERE {{ {' UNION '.join(parts)} }}"


def _table(rows: Sequence[tuple[Term, Term]], s: str, o: str) -> str | None:
    """Return shared statements as a table, None when none fits.

    Raises:
        Unsupported: there are too many, or they have blank nodes, which no query can name.
    """
    fitting = [
        (a, b)
        for a, b in rows
        if (is_variable(s) or str(a) == s) and (is_variable(o) or str(b) == o)
    ]
    if not fitting:
        return None
    if len(fitting) > _MOST_ROWS:
        raise Unsupported("shared statements that are too many for a query")
    if any(isinstance(t, BlankNode) for row in fitting for t in row):
        raise Unsupported("shared statements with blank nodes")
    if s == o:
        raise Unsupported("a pattern that repeats a variable")
    shown = [n for n in (s, o) if is_variable(n)]
    if not shown:
        return ""
    if len(shown) == 1:
        column = [a if shown[0] == s else b for a, b in fitting]
        return f"VALUES {shown[0]} {{ {' '.join(dict.fromkeys(map(str, column)))} }}"
    body = " ".join(f"({a} {b})" for a, b in fitting)
    return f"VALUES ({s} {o}) {{ {body} }}"
