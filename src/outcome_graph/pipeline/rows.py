"""Rows of the program's own queries."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from outcome_graph.rdf import Term
from outcome_graph.store import Answer, QueryRequest

__all__ = ["Ask", "JsonTerm", "rows_of", "terms_of"]

#: Answers a query.
Ask: TypeAlias = Callable[[QueryRequest], Answer]
#: A term as SPARQL 1.1 Query Results JSON has it: "type", "value", "xml:lang", "datatype".
JsonTerm: TypeAlias = dict[str, str]


def rows_of(
    ask: Ask, sparql: str, bindings: Mapping[str, Term] | None = None, **more: Any
) -> list[dict[str, str]]:
    """Return the rows of a query, values as text.

    Parameters:
        more: further fields of `QueryRequest`.
    """
    rows = terms_of(ask, QueryRequest(sparql=sparql, bindings=bindings or {}, **more))
    return [{name: term["value"] for name, term in row.items()} for row in rows]


def terms_of(ask: Ask, request: QueryRequest) -> list[dict[str, JsonTerm]]:
    """Return the rows of a query, a term for each variable that is bound."""
    with ask(request) as answer:
        document = json.loads(b"".join(answer.chunks()))
    rows: list[dict[str, JsonTerm]] = document["results"]["bindings"]
    return rows
