"""Canned queries: SPARQL files that come with us, with described and typed parameters.

A file begins with comment lines::

    # title: Outcomes of a country
    # description: One row an outcome, newest first.
    # param: country country Country by alpha-3 code, e.g. LAO
    # param: target target? SDG target, e.g. 1.3; all targets when not given
    # link: id record

Each ``param`` line gives a variable, its type (a "?" behind it makes it optional) and help. Values
are bound to the variable as RDF terms; they never enter the query text. Each ``link`` line names a
column of the answer and what its values are codes of, for pages to link them: record, country, sdg,
concept/SCHEME (which pages name too).
Words in other languages stand in lines of their own, which name the language: ``# title@fr: …``,
``# param@fr: country …``.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from outcome_graph.errors import NotFoundError, UsageError
from outcome_graph.namespaces import XSD
from outcome_graph.rdf import Literal, Term
from outcome_graph.resources import resource, resources_in
from outcome_graph.store import QueryRequest

if TYPE_CHECKING:
    from outcome_graph.pipeline.graph import OutcomeGraph

__all__ = ["CannedQuery", "Parameter", "canned_queries", "canned_query"]

_HEADER = re.compile(r"#\s*(title|description|param|link)(?:@(\w+))?:\s*(.+)")
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
    """A query with a name, a title, a description, parameters and what its columns link to.

    Parameters:
        words: in other languages, by language and what they are for.
    """

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    sparql: str
    links: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]

    def in_language(self, language: str) -> CannedQuery:
        """Return it with title, description and help in a language, where they are there."""
        words = self.words.get(language, {})
        return replace(
            self,
            title=words.get("title", self.title),
            description=words.get("description", self.description),
            parameters=tuple(
                replace(p, help=words.get(f"param {p.name}", p.help)) for p in self.parameters
            ),
        )

    def request(self, values: Mapping[str, str], graph: OutcomeGraph) -> QueryRequest:
        """Return the query with these values bound.

        Parameters:
            values: by the name of the parameter.
            graph: says which countries and goals there are.

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
        bindings = {name: _term(known[name], text, graph) for name, text in values.items()}
        return QueryRequest(sparql=self.sparql, bindings=bindings, base_iri=graph.minter.base)


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
    links = {}
    words: dict[str, dict[str, str]] = defaultdict(dict)
    for line in text.splitlines():
        match = _HEADER.match(line)
        if match is None:
            break
        key, language, value = match.groups()
        if language:
            name, _, rest = value.partition(" ") if key == "param" else ("", "", value)
            words[language][f"{key} {name}".strip()] = rest
        elif key == "title":
            title = value
        elif key == "description":
            description = value
        elif key == "link":
            column, _, family = value.partition(" ")
            links[column] = family.strip()
        elif parts := _PARAM.fullmatch(value):
            parameters.append(Parameter(parts[1], parts[2], parts[3] == "?", parts[4]))
    return CannedQuery(path.stem, title, description, tuple(parameters), text, links, words)


def _country(text: str, graph: OutcomeGraph) -> Term:
    countries = graph.knowledge.countries
    found = countries.find(text)
    if found is None:
        near = countries.close_to(text)
        hint = f" Is {near} meant?" if near else ""
        raise UsageError(f"No country is called {text[:60]!r}.{hint} Give its name or code (LAO).")
    return graph.minter.country(found.alpha3)


def _sdg(text: str, graph: OutcomeGraph) -> Term:
    found = graph.knowledge.sdg.read(text)
    if found is None or not found.exists:
        raise UsageError(f"There is no SDG goal or target {text[:60]!r}. Targets are such as 1.3.")
    return graph.minter.sdg(found.code)


#: How a typed value becomes a term.
_TYPES: dict[str, Callable[[str, OutcomeGraph], Term]] = {
    "text": lambda text, graph: Literal(text),
    "integer": lambda text, graph: Literal(str(int(text)), datatype=XSD.integer),
    "date": lambda text, graph: Literal(
        datetime.date.fromisoformat(text).isoformat(), datatype=XSD.date
    ),
    "country": _country,
    "goal": _sdg,
    "target": _sdg,
    "biennium": lambda text, graph: graph.minter.concept("biennium", text),
    "branch": lambda text, graph: graph.minter.concept("branch", text),
    "record": lambda text, graph: graph.minter.outcome(text),
}


def _term(parameter: Parameter, text: str, graph: OutcomeGraph) -> Term:
    try:
        return _TYPES[parameter.type](text.strip(), graph)
    except ValueError as error:
        raise UsageError(
            f"{parameter.name} is {text!r}, which is no {parameter.type}: {parameter.help}."
        ) from error
