"""`Screen`: finds what shapes forbid by a few queries over the whole of the data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from outcome_graph.namespaces import SH
from outcome_graph.rdf import Line, NamedNode, Term
from outcome_graph.validation.finding import Finding
from outcome_graph.validation.screen.compiler import Compiler, Violation
from outcome_graph.validation.screen.messages import default_message
from outcome_graph.validation.screen.model import Graph, Shape, Unsupported, read_shapes
from outcome_graph.validation.screen.relations import BARRIER, Source, union
from outcome_graph.validation.screen.sieve import Key, Sieve
from outcome_graph.validation.screen.view import PlainView, RecordView, View
from outcome_graph.validation.screen.walking import Shared, lines_from
from outcome_graph.validation.statements import Statement

__all__ = ["Ask", "GraphFinding", "Query", "Screen", "open_queries"]

#: Answers a SELECT: rows of terms in the order of its columns, None where unbound.
Ask: TypeAlias = Callable[[str], Iterable[Sequence[Term | None]]]


@dataclass(frozen=True, slots=True)
class GraphFinding:
    """A finding and the record it belongs to (None with one plain graph)."""

    graph: Term | None
    finding: Finding


@dataclass(frozen=True, slots=True)
class Query:
    """One query and what its rows mean.

    Parameters:
        text: the query; its columns are the record (if records are told apart), the focus node,
            the value, the path, as far as there are such.
        shape, component: the source of the results.
        value: whether there is such a column. focus_is_value: the value is the focus node.
        path: whether there is such a column.
        fixed_path: the results' path where there is no column of it.
        messages: of each result, by language.
        gates: queries that all have a row if this one has any.
        flag: the last column is true where pySHACL must judge the record.
        doubt: the rows are records that pySHACL must judge; nothing else of it is then set.
    """

    text: str
    shape: Shape | None = None
    component: str = ""
    value: bool = False
    focus_is_value: bool = False
    path: bool = False
    fixed_path: str | None = None
    messages: tuple[tuple[str, str], ...] = ()
    gates: tuple[str, ...] = ()
    flag: bool = False
    doubt: bool = False

    @property
    def key(self) -> Key | None:
        """The constraint it is of; None where it only finds doubts."""
        return None if self.shape is None else (self.shape.node, self.component)

    def read(
        self, rows: Iterable[Sequence[Term | None]], *, graphs: bool, doubtful: set[Term | None]
    ) -> Iterator[GraphFinding]:
        """Yield what rows of this query mean.

        Parameters:
            graphs: whether records are told apart.
            doubtful: takes the records that pySHACL must judge.
        """
        for row in rows:
            at = iter(row)
            graph = next(at) if graphs else None
            if self.doubt or (self.flag and _is_true(row[len(row) - 1])):
                doubtful.add(graph)
                continue
            focus = next(at)
            assert focus is not None
            value = focus if self.focus_is_value else None
            if self.value:
                value = next(at)
            path = self.fixed_path
            if self.path:
                predicate = next(at)
                path = None if predicate is None else str(predicate.value)
            yield GraphFinding(graph, self.finding(focus, value, path))

    def finding(self, focus: Term, value: Term | None, path: str | None) -> Finding:
        """Return the result that a row stands for."""
        assert self.shape is not None
        return Finding(
            focus=focus,
            path=path,
            value=value,
            shape=self.shape.label,
            component=f"{SH.iri}{self.component}ConstraintComponent",
            severity=self.shape.severity,
            messages=self.messages,
        )


def _is_true(term: Term | None) -> bool:
    return term is not None and term.value == "true"


class Screen:
    """The queries of a shapes graph for one layout of the data.

    Parameters:
        queries: what is asked. fallback: shapes that pySHACL must judge, with the reasons.
        view: the layout of the data.
        sieve: tells which queries need not be asked; None where that is never known.
    """

    def __init__(
        self,
        queries: Sequence[Query],
        fallback: Mapping[Term, str],
        view: View,
        sieve: Sieve | None = None,
    ) -> None:
        self.queries = tuple(queries)
        self._by_key = {query.key: query for query in self.queries}
        self.sieve = sieve
        #: Target shapes that are not compiled, by node, with the reason in words.
        self.fallback = dict(fallback)
        self.view = view

    @classmethod
    def compile(cls, shapes: Iterable[Statement], view: View | None = None) -> Screen:
        """Compile a shapes graph.

        Parameters:
            shapes: the shapes graph.
            view: the layout of the data; None for one plain graph.
        """
        graph = Graph(shapes)
        layout = view or PlainView()
        known = read_shapes(graph)
        queries: list[Query] = []
        fallback: dict[Term, str] = {}
        compiled: list[Shape] = []
        for node, shape in known.items():
            if shape.unsupported is None and (not shape.targets or shape.deactivated):
                continue
            compiler = Compiler(graph, known, layout)
            try:
                violations = compiler.targeted(shape)
                made = [_query(v, layout, compiler) for v in violations]
                made += [_doubt(text, layout) for text in compiler.doubts]
            except Unsupported as reason:
                if _targeted(graph, node):
                    fallback[node] = str(reason)
                continue
            queries += made
            compiled.append(shape)
        sieve = None
        if not isinstance(layout, RecordView):
            sieve = Sieve(graph, known, compiled)
        elif layout.neighbours:
            sieve = Sieve(graph, known, compiled, Shared(layout.facts.lines()))
        return cls(list(dict.fromkeys(queries)), fallback, layout, sieve)

    def asked_of(self, triples: Iterable[Statement]) -> list[Query]:
        """Return the queries that may find something in one plain graph.

        Parameters:
            triples: the graph, each statement once.
        """
        if self.sieve is None:
            return list(self.queries)
        seen = self.sieve.look([lines_from(triples)])
        passed = self.sieve.known - seen.suspects - seen.broken.keys()
        return [q for q in self.queries if q.key not in passed]

    def seen_in(
        self, records: Sequence[Sequence[Line]]
    ) -> tuple[list[Query], Iterator[tuple[int, Query, bytes]]]:
        """Look at records without an engine.

        Parameters:
            records: the statements of each; none of them is an exception
                (`Shared.are_described_by`).

        Returns:
            The queries that may find more, and what is found: the number of a record, the query
            that would find it, and the focus node (`Query.finding`).
        """
        assert self.sieve is not None
        seen = self.sieve.look(records)
        passed = self.sieve.known - seen.suspects
        found = (
            (number, self._by_key[key], token)
            for key, nodes in seen.broken.items()
            for number, token in nodes
        )
        return [q for q in self.queries if q.key not in passed], found

    def findings(
        self, ask: Ask, doubtful: set[Term | None], queries: Iterable[Query] | None = None
    ) -> Iterator[GraphFinding]:
        """Ask queries and yield what they find, each thing once.

        Parameters:
            queries: those that are asked; None for all.
            ask: answers queries over the data.
            doubtful: takes the records that pySHACL must judge in place of what is found in them;
                None stands for the one plain graph.
        """
        seen: set[GraphFinding] = set()
        graphs = bool(self.view.key)
        if isinstance(self.view, RecordView):
            doubtful.update(row[0] for row in ask(self.view.exotic()))
        for query in open_queries(self.queries if queries is None else queries, ask):
            for found in query.read(ask(query.text), graphs=graphs, doubtful=doubtful):
                if found not in seen:
                    seen.add(found)
                    yield found


def open_queries(
    queries: Iterable[Query], ask: Ask, each: Callable[..., Iterable[bool]] = map
) -> list[Query]:
    """Return the queries that may find something, by what is quickly asked.

    Parameters:
        each: `map`, or one that asks several at a time.
    """
    given = list(queries)
    gates = list(dict.fromkeys(gate for q in given for gate in q.gates))
    answers = each(lambda gate: next(iter(ask(gate)), None) is not None, gates)
    passed = {gate for gate, answer in zip(gates, answers, strict=True) if answer}
    return [q for q in given if passed.issuperset(q.gates)]


def _targeted(graph: Graph, node: Term) -> bool:
    """Tell whether a shape that could not be read may have targets."""
    given = graph.predicates(node)
    marks = ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf", "target")
    if any(SH[mark] in given for mark in marks):
        return True
    # The shape may be a class as well.
    return isinstance(node, NamedNode)


def _query(violation: Violation, view: View, compiler: Compiler) -> Query:
    source, shape = violation.source, violation.shape
    columns = [source.var]
    if violation.value is not None:
        columns.append(violation.value)
    by_column = violation.path is not None and violation.path.startswith("?")
    if by_column:
        columns.append(violation.path or "")
    # A node shape's value is the focus node itself, which is then named twice.
    inner = " ".join(dict.fromkeys(columns))
    tests = []
    if not (source.exact and violation.checked):
        tests.append(source.membership())
    if noticed := view.noticed(source.var, compiler.names):
        tests.append(noticed)
    shown = f"{view.key}{inner}"
    pattern = violation.doubtful or violation.pattern
    if violation.doubt:
        inner += " ?doubtful"
        pattern += f" BIND(COALESCE({violation.doubt}, false) AS ?doubtful)"
        shown += " ?doubtful"
    body = f"{{ SELECT DISTINCT {shown} WHERE {{ {pattern} }}{BARRIER} }}"
    body += "".join(f" FILTER({t})" for t in tests)
    text = f"SELECT {shown} WHERE {{ {body} }}"
    path = None
    if not by_column:
        path = violation.path or (shape.path.notation if shape.path else None)
    messages = violation.messages or shape.messages
    if not messages:
        messages = (("", default_message(violation.component, shape)),)
    same = violation.value == source.var
    return Query(
        text=text,
        shape=shape,
        component=violation.component,
        value=violation.value is not None and not same,
        focus_is_value=same,
        path=by_column,
        fixed_path=path,
        messages=messages,
        gates=(*_gate(source), *violation.gates),
        flag=violation.doubt is not None,
    )


def _gate(source: Source) -> tuple[str, ...]:
    """Return the query that tells whether a source that is looked for elsewhere is empty."""
    if source.exact:
        return ()
    return (f"SELECT {source.var} WHERE {{ {union(w.text for w in source.ways)} }} LIMIT 1",)


def _doubt(text: str, view: View) -> Query:
    columns = view.key or "?doubtful "
    body = text if view.key else f"{text} BIND(1 AS ?doubtful)"
    return Query(text=f"SELECT DISTINCT {columns} WHERE {{ {body} }}", doubt=True)
