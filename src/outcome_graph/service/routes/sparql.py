"""``/sparql``: SPARQL 1.1 Protocol queries, the query form, the service description."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, request

from outcome_graph.errors import OutcomeGraphError, QueryError
from outcome_graph.service.cache import mark_cacheable
from outcome_graph.service.context import graph, min_revision
from outcome_graph.service.description import service_description
from outcome_graph.service.errors import NotAcceptableError, status_of
from outcome_graph.service.negotiation import (
    FORMAT_NAMES,
    GRAPH_OFFERS,
    HTML,
    SOLUTION_OFFERS,
    Offer,
    best_offer,
)
from outcome_graph.service.protocol import QueryCall, read_query_call
from outcome_graph.service.query_page import answer_page, query_form
from outcome_graph.service.rendering import negotiated, rdf_response
from outcome_graph.service.streaming import answer_response
from outcome_graph.sparql_text import QueryForm, form_of, is_deterministic
from outcome_graph.store.base import AnswerFormats, AnswerKind, QueryRequest

__all__ = ["blueprint"]

blueprint = Blueprint("sparql", __name__)

#: What a query of each form answers with.
_KINDS: dict[QueryForm, AnswerKind] = {
    "select": "solutions",
    "ask": "boolean",
    "construct": "graph",
    "describe": "graph",
}


@blueprint.route("/sparql", methods=["GET", "POST"])
def sparql() -> Response:
    """Answer a query; without one, show the form or describe the service."""
    call = read_query_call()
    if call.sparql is None:
        media_type = negotiated()
        if media_type == HTML:
            return query_form()
        return rdf_response(service_description(request.base_url), media_type)
    offers = _negotiate(call)
    kind = _KINDS.get(form_of(call.sparql))
    if offers.wants_html(kind):
        return _page(call)
    return _data(call, offers, kind)


@dataclass(frozen=True, slots=True)
class _Offers:
    """What would be served for rows (and yes/no) and for graphs."""

    rows: Offer | None
    graph: Offer | None

    def of(self, kind: AnswerKind) -> Offer | None:
        return self.graph if kind == "graph" else self.rows

    def wants_html(self, kind: AnswerKind | None) -> bool:
        offer = self.of(kind or "solutions")
        return offer is not None and offer.media_type == HTML


def _negotiate(call: QueryCall) -> _Offers:
    if call.format is None:
        accept = request.headers.get("Accept")
        offers = _Offers(best_offer(accept, SOLUTION_OFFERS), best_offer(accept, GRAPH_OFFERS))
    else:
        wanted = call.format.lower().strip()
        rows, triples = FORMAT_NAMES.get(wanted, (wanted, wanted))
        offers = _Offers(_named(rows, SOLUTION_OFFERS), _named(triples, GRAPH_OFFERS))
    if offers.rows is None and offers.graph is None:
        raise NotAcceptableError(_choices("What is asked for is not here.", None))
    return offers


def _named(media_type: str | None, offers: tuple[Offer, ...]) -> Offer | None:
    return next((o for o in offers if o.media_type == media_type), None)


def _choices(what: str, kind: AnswerKind | None) -> str:
    rows = ", ".join(o.media_type for o in SOLUTION_OFFERS)
    triples = ", ".join(o.media_type for o in GRAPH_OFFERS)
    lists = {"graph": f"Graphs come as {triples}.", None: f"Rows: {rows}. Graphs: {triples}."}
    return f"{what} {lists.get(kind, f'Rows and yes/no come as {rows}.')}"


def _request(call: QueryCall, formats: AnswerFormats) -> QueryRequest:
    settings = graph().settings
    assert call.sparql is not None
    if form_of(call.sparql) == "update":
        raise QueryError(
            "This is an update. This address answers queries (SELECT, ASK, CONSTRUCT, DESCRIBE) "
            "only."
        )
    return QueryRequest(
        sparql=call.sparql,
        formats=formats,
        default_graphs=call.default_graphs,
        named_graphs=call.named_graphs,
        base_iri=settings.base,
        deadline=call.deadline,
        min_revision=min_revision(),
        max_rows=settings.max_rows,
        max_bytes=settings.max_bytes,
    )


def _data(call: QueryCall, offers: _Offers, kind: AnswerKind | None) -> Response:
    if kind is not None and offers.of(kind) is None:
        raise NotAcceptableError(_choices("An answer of this query cannot be served so.", kind))
    formats = AnswerFormats(
        solutions=offers.rows.engine if offers.rows else None,
        boolean=offers.rows.engine if offers.rows else None,
        graph=offers.graph.engine if offers.graph else None,
    )
    answer = graph().answer(_request(call, formats))
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
