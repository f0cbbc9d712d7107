"""Working out one DELETE/INSERT … WHERE without a copy of the whole store.

The engine answers the WHERE as a query for the variables of the templates; the templates are then
filled in here, on a copy of nothing but the graphs they change. That is possible for an update of
one operation without blank nodes; for others it is not tried (`plan_where` returns None).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from outcome_graph.rdf import DefaultGraph, GraphName, NamedNode
from outcome_graph.sparql_text import Token, group_end, tokens_of
from outcome_graph.store.base import QueryRequest
from outcome_graph.store.dataset import DEFAULT
from outcome_graph.store.dataset_choice import resolve
from outcome_graph.store.updates import Operation

__all__ = ["Row", "WherePlan", "plan_where"]

Row = tuple[object | None, ...]


@dataclass(frozen=True, slots=True)
class WherePlan:
    """One operation taken apart.

    Parameters:
        prologue: PREFIX and BASE.
        templates: DELETE and INSERT with their templates.
        request: the query for the templates' variables.
        variables: these, in the order of the query's columns.
        fixed: graphs that the templates name.
        varying: variables that name graphs in the templates.
    """

    prologue: str
    templates: str
    request: QueryRequest
    variables: tuple[str, ...]
    fixed: frozenset[GraphName]
    varying: frozenset[str]

    def graphs(self, rows: Iterable[Row]) -> set[GraphName]:
        """Return the graphs that change, given the query's answer."""
        columns = [n for n, name in enumerate(self.variables) if name in self.varying]
        found: set[GraphName] = set(self.fixed)
        for row in rows:
            found.update(t for n in columns if isinstance(t := row[n], NamedNode))
        return found

    def filled(self, rows: Iterable[Row]) -> str:
        """Return the update with the query's answer in the place of its WHERE."""
        names = " ".join(f"?{name}" for name in self.variables)
        values = "\n".join(
            "(" + " ".join("UNDEF" if term is None else str(term) for term in row) + ")"
            for row in rows
        )
        return f"{self.prologue}{self.templates} WHERE {{ VALUES ({names}) {{\n{values}\n}} }}"


def plan_where(operations: Sequence[Operation], base_iri: str | None) -> WherePlan | None:
    """Take an update apart; None when it must be run on a copy of everything.

    Parameters:
        operations: of an update that is well formed, as `read_update` gives them without a name
            for the default graph.
        base_iri: what relative IRIs are resolved against.
    """
    if len(operations) != 1 or not operations[0].asks:
        return None
    text = operations[0].text
    tokens = list(tokens_of(text))
    start = next((n for n, t in enumerate(tokens) if _is(t, "WITH", "DELETE", "INSERT")), None)
    if start is None or not _is(tokens[start], "DELETE", "INSERT"):
        # WITH changes what both parts mean.
        return None
    prologue = text[: tokens[start].start]
    pattern = _last_group(tokens)
    short = _is(tokens[start], "DELETE") and _is(tokens[start + 1], "WHERE")
    end = pattern if short else _end_of_templates(tokens, start)
    if any(_is(t, "USING") for t in tokens[end:pattern]):
        return None
    template = tokens[pattern:] if short else tokens[start:end]
    if any(t.text == "[" or t.text == "(" or t.text.startswith("_:") for t in template):
        return None
    where = text[tokens[pattern].start :]
    templates = f"DELETE {where}" if short else text[tokens[start].start : tokens[end - 1].end]
    variables = tuple(dict.fromkeys(t.text[1:] for t in template if t.kind == "variable"))
    graphs = _graphs(template, prologue, base_iri)
    if graphs is None:
        return None
    names = " ".join(f"?{name}" for name in variables) or "(1 AS ?nothing)"
    query = f"{prologue}SELECT DISTINCT {names} WHERE {where}"
    request = QueryRequest(sparql=query, base_iri=base_iri)
    return WherePlan(prologue, templates, request, variables, *graphs)


def _is(token: Token, *words: str) -> bool:
    return token.kind == "word" and token.text.upper() in words


def _last_group(tokens: Sequence[Token]) -> int:
    """Return where the last group of the outermost level begins: the WHERE."""
    depth, opening = 0, 0
    for position, token in enumerate(tokens):
        if token.text == "{":
            if depth == 0:
                opening = position
            depth += 1
        elif token.text == "}":
            depth -= 1
    return opening


def _end_of_templates(tokens: Sequence[Token], start: int) -> int:
    """Return what follows the DELETE and INSERT parts."""
    position = start
    while position < len(tokens) and _is(tokens[position], "DELETE", "INSERT"):
        end = group_end(tokens, position + 1)
        position = len(tokens) if end is None else end + 1
    return position


def _graphs(
    template: Sequence[Token], prologue: str, base_iri: str | None
) -> tuple[frozenset[GraphName], frozenset[str]] | None:
    # Whether any statement of a template is outside of GRAPH is not looked for.
    fixed: set[GraphName] = {DefaultGraph()}
    varying = set()
    for token, name in pairwise(template):
        if not _is(token, "GRAPH"):
            continue
        if name.kind == "variable":
            varying.add(name.text[1:])
            continue
        graph = resolve(prologue, name, base_iri)
        if graph is None:
            return None
        fixed.add(DefaultGraph() if graph == DEFAULT else graph)
    return frozenset(fixed), frozenset(varying)
