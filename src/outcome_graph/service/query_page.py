"""The query form and its results as pages: rendered here, no script."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlencode

from flask import Response, request

from outcome_graph.errors import OutcomeGraphError
from outcome_graph.namespaces import OG, XSD
from outcome_graph.pipeline import canned_queries
from outcome_graph.service.context import graph, href
from outcome_graph.service.labels import labels_of, short_name
from outcome_graph.service.protocol import QueryCall
from outcome_graph.service.rendering import html_page
from outcome_graph.service.wording import language, say
from outcome_graph.sparql_text import form_of, is_deterministic
from outcome_graph.store.base import QueryRequest

__all__ = ["answer_page", "answer_values", "query_form"]

#: Rows and bytes that a page shows; the whole answer is a link away.
_PAGE_ROWS = 1000
_PAGE_BYTES = 300_000

#: Families of columns that hold codes of concepts: the scheme comes after it.
_CONCEPTS = "concept/"
_NUMBERS = frozenset(("integer", "decimal", "double", "float", "long", "int"))

_START = """SELECT ?id ?title ?date
WHERE {
  ?outcome a og:Outcome ;
           dcterms:identifier ?id ;
           dcterms:title ?title .
  OPTIONAL { ?outcome og:achievedOn ?date }
}
ORDER BY DESC(?date)
LIMIT 100
"""


@dataclass(frozen=True, slots=True)
class _Cell:
    """One value of a table."""

    text: str
    href: str | None = None
    language: str | None = None
    number: bool = False


def query_form(
    sparql: str = _START,
    *,
    error: OutcomeGraphError | None = None,
    status: int = 200,
    **values: Any,
) -> Response:
    """Show the form, with an error or an answer below it."""
    return html_page(
        "sparql.html",
        status,
        cacheable=is_deterministic(sparql),
        sparql=sparql,
        examples=[query.in_language(language()) for query in canned_queries()],
        error=error,
        **values,
    )


def answer_page(call: QueryCall, wanted: QueryRequest) -> Response:
    """Run a query and show its answer below the form.

    Raises:
        OutcomeGraphError: the query cannot be answered.
    """
    values, revision = answer_values(wanted)
    assert call.sparql is not None
    response = query_form(call.sparql, links=_links(call), **values)
    response.headers["X-Revision"] = str(revision)
    return response


def answer_values(
    wanted: QueryRequest, links: Mapping[str, str] | None = None
) -> tuple[dict[str, Any], int]:
    """Run a query and return what a page shows of its answer, and the answer's revision.

    Parameters:
        wanted: the query.
        links: names of columns of codes, and the family of paths that the codes lie under.

    Raises:
        OutcomeGraphError: the query cannot be answered.
    """
    request_cut = replace(
        wanted,
        max_rows=min(_PAGE_ROWS, wanted.max_rows or _PAGE_ROWS),
        max_bytes=min(_PAGE_BYTES, wanted.max_bytes or _PAGE_BYTES),
    )
    with graph().answer(request_cut) as answer:
        body = b"".join(answer.chunks())
        truncated = answer.truncated
    values: dict[str, Any] = {"kind": answer.kind, "truncated": truncated}
    if answer.kind == "graph":
        values["turtle"] = body.decode()
    elif answer.kind == "boolean":
        values["boolean"] = json.loads(body)["boolean"]
    else:
        document = json.loads(body)
        variables = document["head"].get("vars", [])
        values["variables"] = variables
        values["rows"] = [
            [_cell(row.get(name), (links or {}).get(name)) for name in variables]
            for row in document["results"]["bindings"]
        ]
        _name_concepts(values["rows"], [(links or {}).get(name, "") for name in variables])
    return values, answer.revision


def _name_concepts(rows: list[list[_Cell]], families: list[str]) -> None:
    """Put the names of concepts in the place of their codes."""
    mint = graph().minter
    for column, family in enumerate(families):
        if family.startswith(_CONCEPTS):
            codes = {row[column].text for row in rows if row[column].text}
            iris = {code: mint.concept(family.removeprefix(_CONCEPTS), code) for code in codes}
            names = labels_of(iris.values(), language())
            for row in rows:
                if iri := iris.get(row[column].text):
                    spoken = names.language(iri.value) or None
                    row[column] = replace(row[column], text=names.text(iri.value), language=spoken)


def _cell(term: dict[str, str] | None, family: str | None = None) -> _Cell:
    if term is None:
        return _Cell("")
    value = term["value"]
    if family:
        return _Cell(value, f"{request.script_root}/{family}/{quote(value, safe='')}")
    if term["type"] == "uri":
        base = graph().minter.base
        own = value.startswith(base) and not value.startswith(str(OG))
        text = value[len(base) :] if own else short_name(value)
        return _Cell(text, href=href(value))
    if term["type"] == "bnode":
        return _Cell(f"_:{value}")
    if term.get("datatype") == XSD.boolean.value:
        return _Cell(say("Yes") if value in ("true", "1") else say("No"))
    number = term.get("datatype", "").removeprefix(str(XSD)) in _NUMBERS
    return _Cell(value, None, term.get("xml:lang"), number)


def _links(call: QueryCall) -> list[tuple[str, str]]:
    """Return the addresses of the whole answer in each format."""
    names = ["turtle", "jsonld", "nt", "rdf"]
    if form_of(call.sparql or "") in ("select", "ask"):
        names = ["csv", "tsv", "json", "xml"]
    dataset = [("default-graph-uri", g) for g in call.default_graphs or ()]
    dataset += [("named-graph-uri", g) for g in call.named_graphs or ()]
    return [
        (name, "?" + urlencode([("query", call.sparql or ""), *dataset, ("format", name)]))
        for name in names
    ]
