"""``/queries`` and ``/queries/{name}``: canned queries as an API, and ``/openapi.json``."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, jsonify, request

from outcome_graph.errors import UsageError
from outcome_graph.pipeline import CannedQuery, canned_queries, canned_query
from outcome_graph.service.cache import mark_cacheable
from outcome_graph.service.context import graph, min_revision
from outcome_graph.service.negotiation import HTML, LIST_OFFERS, SOLUTION_OFFERS
from outcome_graph.service.openapi import openapi_document
from outcome_graph.service.protocol import deadline_of
from outcome_graph.service.query_page import answer_values
from outcome_graph.service.rendering import html_page, negotiated
from outcome_graph.service.streaming import answer_response
from outcome_graph.service.wording import language
from outcome_graph.sparql_text import is_deterministic
from outcome_graph.store.base import AnswerFormats, QueryRequest

__all__ = ["blueprint"]

blueprint = Blueprint("queries", __name__)

#: Parameters of every request; no canned query may have one of these names.
RESERVED = ("format", "lang", "revision", "timeout")


@blueprint.get("/queries")
def queries() -> Response:
    """List the canned queries with their parameters."""
    if negotiated(LIST_OFFERS) == HTML:
        return html_page(
            "queries.html", queries=[q.in_language(language()) for q in canned_queries()]
        )
    mark_cacheable(request.environ)
    return jsonify([_described(query) for query in canned_queries()])


def _described(query: CannedQuery) -> dict[str, object]:
    return {
        "name": query.name,
        "title": query.title,
        "description": query.description,
        "href": f"{request.script_root}/queries/{query.name}",
        "parameters": [
            {"name": p.name, "type": p.type, "required": not p.optional, "description": p.help}
            for p in query.parameters
        ],
    }


@blueprint.get("/queries/<name>")
def answer(name: str) -> Response:
    """Answer a canned query; its parameters are given in the address."""
    query = canned_query(name)
    media_type = negotiated(SOLUTION_OFFERS)
    values = _values()
    if media_type == HTML:
        return _page(query, values)
    offer = next(o for o in SOLUTION_OFFERS if o.media_type == media_type)
    formats = AnswerFormats(solutions=offer.engine, boolean=offer.engine, graph=None)
    wanted = replace(_request(query, values), formats=formats)
    response = answer_response(graph().answer(wanted), media_type)
    if is_deterministic(query.sparql) and "X-Truncated" not in response.headers:
        mark_cacheable(request.environ)
    return response


def _values() -> dict[str, str]:
    """Return the values given for the query's own parameters.

    Raises:
        UsageError: one is given twice.
    """
    values = {}
    for name, given in request.args.lists():
        if len(given) > 1:
            raise UsageError(f"The parameter {name[:80]} may be given once only.")
        # What a form leaves empty is not given.
        if name not in RESERVED and given[0].strip():
            values[name] = given[0]
    return values


def _request(query: CannedQuery, values: dict[str, str]) -> QueryRequest:
    settings = graph().settings
    return replace(
        query.request(values, graph()),
        deadline=deadline_of(request.args.get("timeout", "")),
        min_revision=min_revision(),
        max_rows=settings.max_rows,
        max_bytes=settings.max_bytes,
    )


def _page(query: CannedQuery, values: dict[str, str]) -> Response:
    query = query.in_language(language())
    lacking = any(not p.optional and p.name not in values for p in query.parameters)
    if lacking and not values:
        return html_page("query.html", query=query, given=values)
    try:
        wanted = _request(query, values)
    except UsageError as error:
        # A value that is none: the form stays, with what was typed.
        return html_page("query.html", 400, query=query, given=request.args, error=error)
    shown, revision = answer_values(wanted, query.links)
    links = [
        (name, "?" + urlencode([*values.items(), ("format", name)]))
        for name in ("csv", "tsv", "json", "xml")
    ]
    response = html_page(
        "query.html",
        cacheable=is_deterministic(query.sparql),
        query=query,
        given=values,
        links=links,
        **shown,
    )
    response.headers["X-Revision"] = str(revision)
    return response


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """Describe this service in OpenAPI 3.1."""
    mark_cacheable(request.environ)
    return jsonify(openapi_document(current_app, request.script_root))
