"""pySHACL, the referee: the only module that knows it.

The shapes graph is kept between records, and so are parsed SPARQL texts: a record is then bounded
by pySHACL's own work on it. Data is handed over as converted terms, never through a store (which
rewrites literals), with the literals' text as it was read.
"""

from __future__ import annotations

import logging
import operator
import threading
from collections.abc import Callable, Collection, Iterable
from decimal import InvalidOperation
from functools import lru_cache
from typing import Any

import rdflib
from pyshacl import shape as pyshacl_shape
from pyshacl.constraints.core import value_range_constraints
from pyshacl.constraints.core.property_pair_constraints import (
    LessThanConstraintComponent,
    LessThanOrEqualsConstraintComponent,
)
from pyshacl.constraints.core.string_based_constraints import PatternConstraintComponent
from pyshacl.constraints.core.value_constraints import DatatypeConstraintComponent
from pyshacl.entrypoints import meta_validate
from pyshacl.errors import (
    ConstraintLoadError,
    ReportableRuntimeError,
    RuleLoadError,
    ShapeLoadError,
    ValidationFailure,
)
from pyshacl.helper import expression_helper
from pyshacl.helper.path_helper import shacl_path_to_sparql_path
from pyshacl.pytypes import SHACLExecutor
from pyshacl.rdfutil.compare import compare_literal
from pyshacl.shapes_graph import ShapesGraph
from rdflib.plugins.sparql import operators, prepareQuery
from rdflib.plugins.sparql.sparql import Query, SPARQLError
from rdflib.plugins.stores.memory import SimpleMemory

from outcome_graph.errors import UsageError
from outcome_graph.namespaces import PREFIXES, SH
from outcome_graph.rdf import BlankNode, Literal, NamedNode, Term
from outcome_graph.validation.finding import Finding
from outcome_graph.validation.literals import is_valid
from outcome_graph.validation.patterns import compiled
from outcome_graph.validation.statements import Statement

__all__ = ["ShaclEngine", "check_shapes", "to_rdflib", "to_rdflib_graph"]

_FAILURES = (
    ConstraintLoadError,
    ReportableRuntimeError,
    RuleLoadError,
    ShapeLoadError,
    ValidationFailure,
    RecursionError,
    NotImplementedError,
)
_SH = rdflib.Namespace(SH.iri)
#: Characters of a reason: pySHACL quotes whole shapes.
_LONGEST = 200
_NAMESPACES = {prefix: rdflib.URIRef(iri) for prefix, iri in PREFIXES.items()}


def _in_order(value: Any, other: Any, in_order: Callable[[Any, Any], bool]) -> bool:
    """Tell whether two values are in order; values that cannot be compared are not.

    (SHACL, 4.5.3 and 4.5.4. pySHACL gives up at nameless nodes and at ill-typed literals.)
    """
    if isinstance(value, rdflib.BNode) or isinstance(other, rdflib.BNode):
        return False
    texts = [isinstance(t, rdflib.URIRef) or isinstance(t.value, str) for t in (value, other)]
    if texts[0] != texts[1] or _is_nan(value) or _is_nan(other):
        return False
    try:
        return in_order(str(value), str(other)) if texts[0] else in_order(value, other)
    except TypeError:
        return False


def _comparing(in_order: Callable[[Any, Any], bool]) -> Callable[..., tuple[bool, list[Any]]]:
    def compare(
        constraint: Any, values: Iterable[Any], others: Iterable[Any], data: Any, focus: Any
    ) -> tuple[bool, list[Any]]:
        kept = list(others)
        wrong = [v for v in values if not all(_in_order(v, w, in_order) for w in kept)]
        return bool(wrong), [constraint.make_v_result(data, focus, value_node=v) for v in wrong]

    return compare


def _is_nan(term: Any) -> bool:
    """Tell whether a term is "not a number", which is neither less nor more than anything."""
    value = getattr(term, "value", None)
    return bool(value != value)


def _compared(one: Any, other: Any, *, compare: Any = compare_literal) -> Any:
    if _is_nan(one) or _is_nan(other):
        raise TypeError("NaN has no order")
    return compare(one, other)


def _along(
    shapes: Any,
    focus: Any,
    path: Any,
    data: Any,
    inverse: bool = False,
    recursion: int = 0,
    *,
    others: Any = expression_helper.value_nodes_from_path,
) -> set[Any]:
    """Return the values of a path; an inverse sequence is walked from its end.

    (SPARQL 1.1, 18.4: the inverse of ``p/q`` is ``^q/^p``. pySHACL walks ``^p/^q``.)
    """
    steps = list(shapes.graph.items(path)) if inverse and isinstance(path, rdflib.BNode) else []
    if not steps:
        return set(others(shapes, focus, path, data, inverse=inverse, recursion=recursion))
    found = {focus}
    for step in reversed(steps):
        ways = (
            _along(shapes, node, step, data, inverse=True, recursion=recursion + 1)
            for node in found
        )
        found = set().union(*ways)
    return found


def _new_pattern(
    made: Any, shape: Any, *, others: Any = PatternConstraintComponent.__init__
) -> None:
    others(made, shape)
    flags = str(made.flags or "")
    for pattern in made.compiled_cache:
        made.compiled_cache[pattern] = compiled(str(pattern), flags)


def _of_datatype(
    made: Any,
    value: Any,
    wanted: Any,
    *,
    others: Any = DatatypeConstraintComponent._assert_actual_datatype,
) -> bool:
    """Tell whether a literal is one of its datatype: rdflib reads "20" as a year, "1_0" as 10."""
    literal = _from_rdflib(value)
    return bool(others(made, value, wanted)) and isinstance(literal, Literal) and is_valid(literal)


setattr(DatatypeConstraintComponent, "_assert_actual_datatype", _of_datatype)  # noqa: B010
setattr(PatternConstraintComponent, "__init__", _new_pattern)  # noqa: B010
setattr(value_range_constraints, "compare_literal", _compared)  # noqa: B010
for _module in (expression_helper, pyshacl_shape):
    setattr(_module, "value_nodes_from_path", _along)  # noqa: B010
setattr(LessThanConstraintComponent, "_compare_lt", _comparing(operator.lt))  # noqa: B010
setattr(LessThanOrEqualsConstraintComponent, "_compare_ltoe", _comparing(operator.le))  # noqa: B010


def _readable(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def checked(literal: Any) -> Any:
        value = read(literal)
        if isinstance(value, rdflib.Literal):  # its text is no date
            raise SPARQLError(f"{literal!r} is no date")
        return value

    return checked


# YEAR("abc"^^xsd:date) is an error of the expression (SPARQL 1.1, 17.4.5), not of the program.
for _name in ("date", "datetime"):
    setattr(operators, _name, _readable(getattr(operators, _name)))


class _DataGraph(rdflib.Graph):
    """A graph that parses each query text once for all graphs of its kind.

    pySHACL asks "graph or other" for each result, which would count all triples: it is true.
    """

    def __bool__(self) -> bool:
        return True

    def query(self, query_object: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(query_object, str) and not kwargs.get("initNs"):
            query_object = _prepared(query_object)
        return super().query(query_object, *args, **kwargs)


@lru_cache(maxsize=1024)
def _prepared(text: str) -> Query:
    return prepareQuery(text, initNs=dict(_NAMESPACES))


class ShaclEngine:
    """Validates graphs against one shapes graph.

    Parameters:
        shapes: the shapes graph.
        only: the shapes to validate with, by IRI or label; None for all that have targets.

    Raises:
        UsageError: the shapes cannot be used.
    """

    def __init__(self, shapes: Iterable[Statement], *, only: Collection[str] | None = None) -> None:
        logger = logging.getLogger("outcome_graph.validation")
        self._graph = ShapesGraph(to_rdflib_graph(shapes, _quick_graph()), logger=logger)
        self._executor = SHACLExecutor(validator=None)
        self._paths: dict[Any, str] = {}
        self._lock = threading.Lock()  # pySHACL keeps state in its shapes
        try:
            # A shape without a target is only ever reached from another one.
            self._targeted = [
                s
                for s in self._graph.shapes
                if (only is None or str(s.node) in only) and any(set(t) for t in s.target())
            ]
            _ = self._graph.custom_constraints
        except _FAILURES as error:
            raise _unusable(error) from error

    def validate(self, triples: Iterable[Statement]) -> list[Finding]:
        """Return what the shapes find in a graph.

        Raises:
            UsageError: a shape cannot be evaluated: it is recursive, or its query is malformed.
        """
        data = to_rdflib_graph(triples, _quick_graph(_DataGraph))
        findings: list[Finding] = []
        try:
            with self._lock:
                for shape in self._targeted:
                    _, reports = shape.validate(self._executor, data)
                    findings.extend(self._finding(node, parts) for _, node, parts in reports)
        except _FAILURES as error:
            raise _unusable(error) from error
        except InvalidOperation as error:
            raise UsageError(
                "A query of the shapes compares NaN, which is no number, with a decimal. Compare "
                "numbers only."
            ) from error
        except Exception as error:  # a malformed query fails in the SPARQL parser's own ways
            ways = ("pyparsing", "rdflib")
            if type(error) is Exception or type(error).__module__.startswith(ways):
                raise _unusable(error) from error
            raise
        return list(dict.fromkeys(findings))

    def _finding(self, result: Any, parts: Iterable[tuple[Any, Any, Any]]) -> Finding:
        values: dict[Any, Any] = {}
        messages: list[tuple[str, str]] = []
        for subject, predicate, value in parts:
            if subject != result:
                continue  # details (sh:detail) are results of their own
            term = value[1] if isinstance(value, tuple) else value
            if predicate == _SH.resultMessage:
                messages.append((term.language or "", str(term)))
            else:
                values[predicate] = term
        path = values.get(_SH.resultPath)
        value = values.get(_SH.value)
        return Finding(
            focus=_from_rdflib(values[_SH.focusNode]),
            path=None if path is None else self._path(path),
            value=None if value is None else _from_rdflib(value),
            shape=str(values[_SH.sourceShape]),
            component=str(values[_SH.sourceConstraintComponent]),
            severity=str(values[_SH.resultSeverity]),
            messages=tuple(sorted(messages)),
        )

    def _path(self, path: Any) -> str:
        if path not in self._paths:
            simple = isinstance(path, rdflib.URIRef)
            self._paths[path] = (
                str(path)
                if simple
                else shacl_path_to_sparql_path(self._graph, path, prefixes=_NAMESPACES)
            )
        return self._paths[path]


def _unusable(error: Exception) -> UsageError:
    if isinstance(error, RecursionError):
        return UsageError("The shapes refer to each other in a circle. Break the circle.")
    reason = str(getattr(error, "message", "") or error).splitlines()[0:1]
    detail = reason[0] if reason else type(error).__name__
    return UsageError(f"The shapes cannot be evaluated: {detail} Correct the shapes.")


def check_shapes(shapes: Iterable[Statement]) -> list[tuple[Term, str]]:
    """Check shapes against SHACL's own shapes (SHACL, appendix C).

    Returns:
        What is wrong: the node of the shapes graph, and the reason in a line.
    """
    graph = to_rdflib_graph(shapes)
    try:
        conforms, report, text = meta_validate(graph, inference="none")
    except _FAILURES as error:
        return [(SH.Shape, _line(str(error)))]
    if conforms:
        return []
    if not isinstance(report, rdflib.Graph):
        return [(SH.Shape, _line(str(text)))]
    parts: list[tuple[Term, str]] = []
    wholes: list[tuple[Term, str]] = []
    for result in report.objects(None, _SH.result):
        focus = _from_rdflib(report.value(result, _SH.focusNode))
        path = report.value(result, _SH.resultPath)
        message = _in_short(str(report.value(result, _SH.resultMessage)))
        if isinstance(path, rdflib.URIRef):
            parts.append((focus, f"{path.n3(report.namespace_manager)}: {message}"))
        else:
            wholes.append((focus, message))
    # A shape as a whole is wrong because a part is: the part says more.
    return sorted(parts or wholes, key=str)


def _in_short(message: str) -> str:
    """Return what SHACL's own shapes say of a node in words of ours, other messages as they are."""
    node, said, _ = _line(message, None).partition(" must conform to ")
    if not said:
        return _line(message.removesuffix(" See details for more information."))
    return _line(f"{node.removeprefix('Node ')} is none of what SHACL allows here")


def _line(text: str, longest: int | None = _LONGEST) -> str:
    line = " ".join(text.split())
    return line if longest is None or len(line) <= longest else line[: longest - 1] + "…"


def to_rdflib_graph(
    triples: Iterable[Statement], graph: rdflib.Graph | None = None
) -> rdflib.Graph:
    """Return an rdflib graph of these triples; literals keep their text."""
    made = rdflib.Graph(bind_namespaces="none") if graph is None else graph
    add = made.store.add
    for t in triples:
        add((to_rdflib(t.subject), to_rdflib(t.predicate), to_rdflib(t.object)), made)
    return made


def _quick_graph(kind: type[rdflib.Graph] = rdflib.Graph) -> rdflib.Graph:
    # SimpleMemory keeps no named graphs, which makes every look-up quicker.
    return kind(store=SimpleMemory(), bind_namespaces="none")


@lru_cache(maxsize=100_000)
def to_rdflib(term: Term) -> Any:
    """Return the rdflib term that says the same, without normalising literals."""
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    datatype = None if term.datatype.value == _STRING else rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, datatype=datatype, normalize=False)


_STRING = "http://www.w3.org/2001/XMLSchema#string"


def _from_rdflib(term: Any) -> Term:
    if isinstance(term, rdflib.URIRef):
        return NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return BlankNode(str(term))
    if term.language:
        return Literal(str(term), language=term.language)
    return Literal(str(term), datatype=NamedNode(str(term.datatype or _STRING)))
