"""Reading and comparing answers, as the test suites say: up to names of blank nodes."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyoxigraph
from rdflib import RDF, Graph, Namespace
from rdflib.compare import isomorphic
from rdflib.term import BNode, Literal, Node, URIRef

RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
XSD = "http://www.w3.org/2001/XMLSchema#"
_FLOATS = {XSD + "double", XSD + "float"}

_TRUE = {"true", "1"}

Term = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal
Row = tuple[tuple[str, Term], ...]


@dataclass(frozen=True)
class Solutions:
    """A table: its variables, its rows, and whether their order is said to matter."""

    variables: frozenset[str]
    rows: tuple[Row, ...]
    ordered: bool = False


Answer = Solutions | bool | Graph

_TABLES = {
    ".srx": pyoxigraph.QueryResultsFormat.XML,
    ".srj": pyoxigraph.QueryResultsFormat.JSON,
    ".tsv": pyoxigraph.QueryResultsFormat.TSV,
}
_MEDIA = {
    "application/sparql-results+xml": ".srx",
    "application/sparql-results+json": ".srj",
    "text/tab-separated-values": ".tsv",
}


def read_answer(data: bytes, media_type: str) -> Answer:
    """Read what the endpoint answered."""
    kind = media_type.partition(";")[0]
    if kind in _MEDIA:
        return _table(data, _MEDIA[kind])
    return Graph().parse(data=data, format=kind)


def read_expected(path: Path) -> Answer:
    """Read a suite's file of an expected answer."""
    if path.suffix in _TABLES:
        return _table(path.read_bytes(), path.suffix)
    syntax = "xml" if path.suffix == ".rdf" else "turtle"
    graph = Graph().parse(path, format=syntax, publicID=path.as_uri())
    holder = graph.value(None, RDF.type, RS.ResultSet)
    if holder is None:
        return graph
    boolean = graph.value(holder, RS.boolean)
    if boolean is not None:
        return bool(boolean.toPython())
    return _described(graph, holder)


def _table(data: bytes, suffix: str) -> Answer:
    parsed = pyoxigraph.parse_query_results(data, format=_TABLES[suffix])
    if isinstance(parsed, pyoxigraph.QueryBoolean):
        return bool(parsed)
    names = [variable.value for variable in parsed.variables]
    rows = [
        tuple((n, t) for n, t in zip(names, solution, strict=True) if t is not None)
        for solution in parsed
    ]
    return Solutions(frozenset(names), tuple(tuple(sorted(row, key=_name)) for row in rows))


def _name(pair: tuple[str, Term]) -> str:
    return pair[0]


def _described(graph: Graph, holder: Node) -> Solutions:
    """Read a table written in the suite's own vocabulary."""
    rows: list[tuple[int, Row]] = []
    ordered = False
    for solution in graph.objects(holder, RS.solution):
        index = graph.value(solution, RS.index)
        ordered = ordered or index is not None
        row = [
            (str(graph.value(binding, RS.variable)), _term(graph.value(binding, RS.value)))
            for binding in graph.objects(solution, RS.binding)
        ]
        rows.append(
            (int(index.toPython()) if index is not None else 0, tuple(sorted(row, key=_name)))
        )
    rows.sort(key=lambda item: item[0])
    names = frozenset(str(name) for name in graph.objects(holder, RS.resultVariable))
    return Solutions(names, tuple(row for _, row in rows), ordered)


def _term(node: Node | None) -> Term:
    match node:
        case URIRef():
            return pyoxigraph.NamedNode(str(node))
        case BNode():
            return pyoxigraph.BlankNode(str(node))
        case Literal(language=str() as language):
            return pyoxigraph.Literal(str(node), language=language)
        case Literal(datatype=URIRef() as datatype):
            return pyoxigraph.Literal(str(node), datatype=pyoxigraph.NamedNode(str(datatype)))
    return pyoxigraph.Literal(str(node))


def same(found: Answer, expected: Answer) -> bool:
    """Tell whether two answers say the same."""
    if isinstance(expected, Solutions) and isinstance(found, Solutions):
        return _same_tables(found, expected)
    if isinstance(expected, Graph) and isinstance(found, Graph):
        return isomorphic(_canonical(found), _canonical(expected))
    return type(found) is type(expected) and found == expected


def _canonical(graph: Graph) -> Graph:
    """Compare literals by value where their datatype has one."""
    copy = Graph()
    for triple in graph:
        copy.add(tuple(_value(term) for term in triple))
    return copy


def _value(node: Node) -> Node:
    return Literal(node.toPython()) if isinstance(node, Literal) and node.datatype else node


def _same_tables(found: Solutions, expected: Solutions) -> bool:
    if found.variables != expected.variables or len(found.rows) != len(expected.rows):
        return False
    if expected.ordered:
        pairs = list(zip(found.rows, expected.rows, strict=True))
        naming: dict[str, str] | None = {}
        for row, other in pairs:
            naming = None if naming is None else _match(row, other, naming)
        return naming is not None
    return _assign(list(found.rows), list(expected.rows), {})


def _assign(found: list[Row], expected: list[Row], naming: dict[str, str]) -> bool:
    """Find a renaming of blank nodes that makes the bags of rows equal."""
    if not found:
        return True
    row, rest = found[0], found[1:]
    for position, other in enumerate(expected):
        extended = _match(row, other, naming)
        if extended is not None and _assign(
            rest, expected[:position] + expected[position + 1 :], extended
        ):
            return True
        if extended == naming:  # no blank node was named: no other row can do better
            return False
    return False


def _match(row: Row, other: Row, naming: dict[str, str]) -> dict[str, str] | None:
    """Return the naming with what these two rows add to it, None when they differ."""
    if len(row) != len(other):
        return None
    extended = dict(naming)
    for (name, term), (other_name, other_term) in zip(row, other, strict=True):
        if name != other_name:
            return None
        if isinstance(term, pyoxigraph.BlankNode) and isinstance(other_term, pyoxigraph.BlankNode):
            if extended.setdefault(term.value, other_term.value) != other_term.value:
                return None
            if len(set(extended.values())) != len(extended):
                return None
        elif not _equal(term, other_term):
            return None
    return extended


def _equal(term: Term, other: Term) -> bool:
    if term == other:
        return True
    if not (isinstance(term, pyoxigraph.Literal) and isinstance(other, pyoxigraph.Literal)):
        return False
    if term.datatype != other.datatype or term.language or not term.datatype.value.startswith(XSD):
        return False
    if term.datatype.value == XSD + "string":
        return False
    if term.datatype.value == XSD + "boolean":
        return (term.value in _TRUE) == (other.value in _TRUE)
    try:
        if term.datatype.value in _FLOATS:
            return float(term.value) == float(other.value)
        return Decimal(term.value) == Decimal(other.value)
    except (InvalidOperation, ValueError):
        return False


def csv_rows(text: str) -> tuple[list[str], list[tuple[str, ...]]]:
    """Return the header and the sorted rows of CSV, names of blank nodes made equal."""
    header, *rows = list(csv.reader(io.StringIO(text, newline="")))
    plain = [tuple("_:" if cell.startswith("_:") else cell for cell in row) for row in rows]
    return header, sorted(plain)
