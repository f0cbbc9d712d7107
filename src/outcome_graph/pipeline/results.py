"""Answers to queries as Python values: the results of the Python API."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import rdflib
from rdflib.term import BNode, Literal, URIRef

from outcome_graph.errors import UsageError
from outcome_graph.formats import to_rdflib

if TYPE_CHECKING:
    from outcome_graph.store import Answer

__all__ = ["Results", "Row"]


class Row(Mapping[str, Any]):
    """One solution: a mapping from variable to value, also by position and as attribute.

    IRIs and blank nodes are rdflib terms; numbers, booleans and dates are Python values; other
    literals are ``rdflib.Literal``, which is a ``str`` that keeps its language. An unbound variable
    is None.
    """

    def __init__(self, variables: tuple[str, ...], values: tuple[Any, ...]) -> None:
        self._variables = variables
        self._values = values

    def __getitem__(self, key: str | int) -> Any:
        if isinstance(key, int):
            return self._values[key]
        try:
            return self._values[self._variables.index(key)]
        except ValueError:
            raise KeyError(key) from None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self[name]
        except KeyError as error:
            raise AttributeError(name) from error

    def __iter__(self) -> Iterator[str]:
        return iter(self._variables)

    def __len__(self) -> int:
        return len(self._variables)

    def __repr__(self) -> str:
        pairs = ", ".join(f"{k}={v!r}" for k, v in self.items())
        return f"Row({pairs})"


class Results:
    """The answer to a query.

    Iterate for rows (SELECT), use ``bool()`` for ASK, ``.graph`` for CONSTRUCT and DESCRIBE.

    Parameters:
        answer: the store's answer, with solutions as SPARQL JSON and graphs as N-Triples.
    """

    def __init__(self, answer: Answer) -> None:
        with answer:
            body = b"".join(answer.chunks())
            self.truncated: str | None = answer.truncated
        self.kind = answer.kind
        self.revision = answer.revision
        self.variables: tuple[str, ...] = ()
        self.rows: tuple[Row, ...] = ()
        self._graph: rdflib.Graph | None = None
        self._boolean: bool | None = None
        if self.kind == "graph":
            self._graph = to_rdflib(body)
            return
        document = json.loads(body)
        if self.kind == "boolean":
            self._boolean = bool(document["boolean"])
            return
        self.variables = tuple(document["head"].get("vars", ()))
        self.rows = tuple(
            Row(self.variables, tuple(_value(row.get(v)) for v in self.variables))
            for row in document["results"]["bindings"]
        )

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self._graph) if self._graph is not None else len(self.rows)

    def __bool__(self) -> bool:
        return self._boolean if self._boolean is not None else len(self) > 0

    @property
    def graph(self) -> rdflib.Graph:
        """The graph of a CONSTRUCT or DESCRIBE.

        Raises:
            UsageError: the query was a SELECT or ASK.
        """
        if self._graph is None:
            raise UsageError("Only CONSTRUCT and DESCRIBE queries answer with a graph.")
        return self._graph

    def to_csv(self) -> str:
        """Return the rows as CSV with a heading line (SPARQL 1.1 Query Results CSV)."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(self.variables)
        for row in self.rows:
            writer.writerow("" if v is None else _plain(v) for v in row.values())
        return out.getvalue()

    def to_dataframe(self) -> Any:
        """Return the rows as a pandas DataFrame.

        Raises:
            UsageError: pandas is not installed.
        """
        try:
            import pandas
        except ImportError as error:
            raise UsageError(
                "to_dataframe() needs pandas: pip install 'outcome-graph[pandas]'"
            ) from error
        data = [[_scalar(v) for v in row.values()] for row in self.rows]
        return pandas.DataFrame(data, columns=list(self.variables))


def _value(term: Mapping[str, str] | None) -> Any:
    if term is None:
        return None
    if term["type"] == "uri":
        return URIRef(term["value"])
    if term["type"] == "bnode":
        return BNode(term["value"])
    datatype = term.get("datatype")
    literal = Literal(
        term["value"],
        lang=term.get("xml:lang"),
        datatype=URIRef(datatype) if datatype else None,
    )
    if datatype is None or literal.ill_typed:
        return literal
    value = literal.toPython()
    return literal if isinstance(value, str) else value


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"_:{value}" if isinstance(value, BNode) else str(value)


def _scalar(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value
