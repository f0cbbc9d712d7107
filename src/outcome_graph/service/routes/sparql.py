"""``/sparql``: SPARQL 1.1 Protocol queries, the query form, the service description."""

from __future__ import annotations

from flask import Blueprint, Response, request

from outcome_graph.errors import OutcomeGraphError, QueryError, UsageError
from outcome_graph.service.answering import (
    Offers,
    kind_of,
    offers_by_accept,
    offers_by_name,
    query_request,
)
from outcome_graph.service.cache import mark_cacheable
from outcome_graph.service.context import graph, min_revision
from outcome_graph.service.description import service_description
from outcome_graph.service.errors import NotAcceptableError, status_of
from outcome_graph.service.negotiation import (
    DESCRIPTION_OFFERS,
    GRAPH_OFFERS,
    HTML,
    SOLUTION_OFFERS,
)
from outcome_graph.service.protocol import QueryCall, read_query_call
from outcome_graph.service.query_page import answer_page, query_form
from outcome_graph.service.quick import raise_failure
from outcome_graph.service.rendering import negotiated, rdf_response
from outcome_graph.service.streaming import answer_response
from outcome_graph.sparql_text import form_of, is_deterministic
from outcome_graph.store.base import AnswerFormats, AnswerKind, QueryRequest

__all__ = ["blueprint"]

blueprint = Blueprint("sparql", __name__)

#: Of the service; who accepts plain JSON alone wants rows, and has forgotten the query.
_OFFERS = tuple(offer for offer in DESCRIPTION_OFFERS if offer.engine == offer.media_type)


@blueprint.route("/sparql", methods=["GET", "POST"])
def sparql() -> Response:
    """Answer a query; without one, show the form or describe the service."""
    raise_failure(request.environ)
    call = read_query_call()
    if call.sparql is None:
        media_type = _described_as()
        if media_type == HTML:
            return query_form()
        # Whether updates are taken depends on tokens, which make no revision.
        return rdf_response(service_description(request.base_url), media_type, cacheable=False)
    offers = _negotiate(call)
    kind = kind_of(call.sparql)
    if offers.wants_html(kind):
        return _page(call)
    return _data(call, offers, kind)


def _described_as() -> str:
    """Return what the service is described as to a client that sends no query.

    Raises:
        UsageError: what it accepts are answers to queries (SPARQL 1.1 Protocol, 2.1.1).
    """
    try:
        return negotiated(_OFFERS)
    except NotAcceptableError as error:
        raise UsageError(f"There is no parameter query. {error.message}") from error


def _negotiate(call: QueryCall) -> Offers:
    if call.formats:
        offers = offers_by_name(*call.formats)
    else:
        offers = offers_by_accept(request.headers.get("Accept"))
    if offers.rows is None and offers.graph is None:
        raise NotAcceptableError(_choices("What is asked for is not here.", None))
    return offers


def _choices(what: str, kind: AnswerKind | None) -> str:
    rows = ", ".join(o.media_type for o in SOLUTION_OFFERS)
    triples = ", ".join(o.media_type for o in GRAPH_OFFERS)
    lists = {"graph": f"Graphs come as {triples}.", None: f"Rows: {rows}. Graphs: {triples}."}
    return f"{what} {lists.get(kind, f'Rows and yes/no come as {rows}.')}"


def _request(call: QueryCall, formats: AnswerFormats) -> QueryRequest:
    assert call.sparql is not None
    if form_of(call.sparql) == "update":
        raise QueryError(
            "This is an update. This address answers queries (SELECT, ASK, CONSTRUCT, DESCRIBE) "
            "only."
        )
    return query_request(
        call.sparql,
        formats,
        graph().settings,
        default_graphs=call.default_graphs,
        named_graphs=call.named_graphs,
        deadline=call.deadline,
        min_revision=min_revision(),
    )


def _data(call: QueryCall, offers: Offers, kind: AnswerKind | None) -> Response:
    if kind is not None and offers.of(kind) is None:
        raise NotAcceptableError(_choices("An answer of this query cannot be served so.", kind))
    answer = graph().answer(_request(call, offers.formats()))
    offer = offers.of(answer.kind)
    assert call.sparql is not None
    response = answer_response(answer, offer.media_type if offer else answer.media_type)
    if is_deterministic(call.sparql) and "X-Truncated" not in response.headers:
        mark_cacheable(request.environ)
    return response


def _page(call: QueryCall) -> Response:
    try:
        # Pages show rows of any length as a table, and graphs as text.
        return answer_page(call, _request(call, AnswerFormats(graph="text/turtle")))
    except OutcomeGraphError as error:
        return query_form(call.sparql or "", error=error, status=status_of(error))
