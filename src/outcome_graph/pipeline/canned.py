"""Canned queries: SPARQL files that come with us, with described and typed parameters.

A file begins with comment lines::

    # title: Outcomes of a country
    # description: One row an outcome, newest first.
    # param: country country Country by alpha-3 code, e.g. LAO
    # param: target target? SDG target, e.g. 1.3; all targets when not given

Each ``param`` line gives a variable, its type (a "?" behind it makes it optional) and help. Values
are bound to the variable as RDF terms; they never enter the query text.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from outcome_graph.errors import NotFoundError, UsageError
from outcome_graph.namespaces import XSD, IriMinter
from outcome_graph.rdf import Literal, Term
from outcome_graph.resources import resource, resources_in
from outcome_graph.store import QueryRequest

__all__ = ["CannedQuery", "Parameter", "canned_queries", "canned_query"]

_HEADER = re.compile(r"#\s*(title|description|param):\s*(.+)")
_PARAM = re.compile(r"(\w+)\s+([\w-]+)(\??)\s+(.+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a canned query: variable name, type, whether it may be left out, help."""

    name: str
    type: str
    optional: bool
    help: str


@dataclass(frozen=True, slots=True)
class CannedQuery:
    """A query with a name, a title, a description and parameters."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    sparql: str

    def request(self, values: Mapping[str, str], minter: IriMinter) -> QueryRequest:
        """Return the query with these values bound.

        Raises:
            UsageError: a value is missing, unknown, or not of its type.
        """
        known = {p.name: p for p in self.parameters}
        for name in values:
            if name not in known:
                offered = ", ".join(known) or "none"
                raise UsageError(f"{self.name} has no parameter {name!r}; it takes: {offered}.")
        missing = [p for p in self.parameters if not p.optional and p.name not in values]
        if missing:
            raise UsageError(f"{self.name} needs {missing[0].name}: {missing[0].help}.")
        bindings = {name: _term(known[name], text, minter) for name, text in values.items()}
        return QueryRequest(sparql=self.sparql, bindings=bindings, base_iri=minter.base)


def canned_queries() -> list[CannedQuery]:
    """Return all canned queries, sorted by name."""
    return [_read(path) for path in resources_in("data/queries", ".rq")]


def canned_query(name: str) -> CannedQuery:
    """Return one canned query.

    Raises:
        NotFoundError: there is none of that name.
    """
    names = [path.stem for path in resources_in("data/queries", ".rq")]
    if name not in names:
        raise NotFoundError(f"There is no canned query {name!r}. There are: {', '.join(names)}.")
    return _read(resource("data", "queries", f"{name}.rq"))


def _read(path: Path) -> CannedQuery:
    text = path.read_text("utf-8")
    title = description = ""
    parameters = []
    for line in text.splitlines():
        match = _HEADER.match(line)
        if match is None:
            break
        key, value = match.groups()
        if key == "title":
            title = value
        elif key == "description":
            description = value
        elif parts := _PARAM.fullmatch(value):
            parameters.append(Parameter(parts[1], parts[2], parts[3] == "?", parts[4]))
    return CannedQuery(path.stem, title, description, tuple(parameters), text)


def _date(text: str, minter: IriMinter) -> Term:
    return Literal(datetime.date.fromisoformat(text).isoformat(), datatype=XSD.date)


def _integer(text: str, minter: IriMinter) -> Term:
    return Literal(str(int(text)), datatype=XSD.integer)


#: How a typed value becomes a term.
_TYPES: dict[str, Callable[[str, IriMinter], Term]] = {
    "text": lambda text, minter: Literal(text),
    "integer": _integer,
    "date": _date,
    "country": lambda text, minter: minter.country(text.upper()),
    "goal": lambda text, minter: minter.sdg(text),
    "target": lambda text, minter: minter.sdg(text),
    "biennium": lambda text, minter: minter.concept("biennium", text),
    "branch": lambda text, minter: minter.concept("branch", text),
    "record": lambda text, minter: minter.outcome(text),
}


def _term(parameter: Parameter, text: str, minter: IriMinter) -> Term:
    try:
        return _TYPES[parameter.type](text.strip(), minter)
    except ValueError as error:
        raise UsageError(
            f"{parameter.name} is {text!r}, which is no {parameter.type}: {parameter.help}."
        ) from error
