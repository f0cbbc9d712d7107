"""``/review``: links that were read with doubt, and what people decide about them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, request

from outcome_graph.errors import NotFoundError, OutcomeGraphError, SourceError, UsageError
from outcome_graph.pipeline.decisions import Decision
from outcome_graph.pipeline.reviewing import Filters, Order, PastDecision, Pending, Reviewer
from outcome_graph.service.authorisation import demand_own_page, demand_role
from outcome_graph.service.cache import mark_cacheable
from outcome_graph.service.context import graph
from outcome_graph.service.errors import UnsupportedMediaTypeError, status_of
from outcome_graph.service.negotiation import HTML, LIST_OFFERS
from outcome_graph.service.protocol import FORM, whole_number
from outcome_graph.service.rendering import (
    html_page,
    negotiated,
    rdf_response,
    see_other,
    split_suffix,
)
from outcome_graph.service.review_page import (
    ReviewPage,
    acts_to_choose,
    cards,
    names_of,
    page_address,
)
from outcome_graph.service.writing import expectation, json_response, read_body

__all__ = ["blueprint"]

blueprint = Blueprint("review", __name__)

_JSON = "application/json"
_LARGEST = 1_000_000
_PER_PAGE, _MOST = 20, 200
_FILTERS = ("country", "property", "record", "min-confidence")


@blueprint.get("/review")
def review() -> Response:
    """List public links that await review, or (``show=decided``) what was decided: JSON or HTML."""
    media_type = negotiated(LIST_OFFERS)
    if media_type == HTML:
        return _page()
    mark_cacheable(request.environ)
    reviewer = _reviewer()
    if request.args.get("show") == "decided":
        past = reviewer.history(request.args.get("record") or None)
        return jsonify(decisions=[_public(item.as_data()) for item in past])
    wanted, offset = _wanted(), whole_number("offset", 0)
    limit = whole_number("limit", _PER_PAGE, most=_MOST)
    grouped = _grouped()
    listed = reviewer.groups if grouped else reviewer.pending
    found = listed(wanted, limit=limit, offset=offset)
    return jsonify(
        total=reviewer.count(wanted, grouped=grouped),
        offset=offset,
        candidates=[_public(item.as_data()) for item in found],
    )


@blueprint.post("/review")
def decide_many() -> Response:
    """Decide about several links, all or none: JSON ``{"decisions": […]}``, or the page's form."""
    if request.mimetype == FORM:
        return _by_form(_entered)
    agent = demand_role("steward")
    given = _json_body().get("decisions")
    if not isinstance(given, list):
        raise UsageError('The body must be {"decisions": [{"id": …, "decision": …}, …]}.')
    return _told(_decide([_order(item, None) for item in given], agent))


@blueprint.post("/review/<key>")
def decide_one(key: str) -> Response:
    """Decide about one link: ``{"decision": accept|reject|correct|undo, "to", "reason"}``.

    With ``"everywhere": true`` also about the same words in other records of the country.
    """
    if request.mimetype == FORM:
        return _by_form(lambda: [_order(_form_order(), key)])
    agent = demand_role("steward")
    return _told(_decide([_order(_json_body(), key)], agent))


@blueprint.get("/decisions/<name>")
def decisions(name: str) -> Response:
    """Serve the graph of what was decided about a public record; people are sent to the list."""
    record_id, suffix = split_suffix(name)
    media_type = negotiated(suffix=suffix)
    triples = graph().store.graph(graph().minter.at("decisions", record_id))
    if not triples:
        raise NotFoundError(f"Nothing was decided about a public record {record_id[:80]}.")
    if media_type == HTML:
        query = urlencode({"show": "decided", "record": record_id})
        return see_other(f"/review?{query}")
    return rdf_response(triples, media_type)


# -- reading -------------------------------------------------------------------------------------


def _reviewer() -> Reviewer:
    if graph().plain:
        raise NotFoundError("This service holds RDF as it is, no records: nothing awaits review.")
    return Reviewer(graph(), internal=False)


def _public(data: dict[str, Any]) -> dict[str, Any]:
    data.pop("internal", None)
    return data


def _wanted() -> Filters:
    confidence = request.args.get("min-confidence") or None
    try:
        least = float(confidence) if confidence else None
    except ValueError as error:
        raise UsageError(
            f"min-confidence is a number from 0 to 1, not {str(confidence)[:40]!r}."
        ) from error
    if least is not None and not 0 <= least <= 1:
        raise UsageError("min-confidence is a number from 0 to 1.")
    country, kind, record = (request.args.get(name, "").strip() for name in _FILTERS[:3])
    return Filters(country or None, kind or None, record or None, least)


def _grouped() -> bool:
    given = request.args.get("grouped", "")
    if given not in ("", "true", "false"):
        raise UsageError(f"grouped is true or false, not {given[:40]!r}.")
    return given == "true"


def _page(problem: OutcomeGraphError | None = None, entered: list[Order] | None = None) -> Response:
    reviewer = _reviewer()
    showing = "decided" if request.args.get("show") == "decided" else "pending"
    found: list[Pending] = []
    past: list[PastDecision] = []
    wanted, number, total, offset = Filters(), 1, 0, 0
    try:
        wanted, number = _wanted(), whole_number("page", 1, least=1)
        if showing == "decided":
            past = reviewer.history(wanted.record)
        total = len(past) if showing == "decided" else reviewer.count(wanted, grouped=True)
        # What was decided leaves the list: its last page may be gone by now.
        number = max(1, min(number, -(-total // _PER_PAGE)))
        offset = (number - 1) * _PER_PAGE
        if showing == "pending":
            found = reviewer.groups(wanted, limit=_PER_PAGE, offset=offset)
    except UsageError as error:  # a filter that makes no sense: say so beside the filters
        problem = problem or error
    choices = {order.key: (str(order.verdict), order.to or "") for order in entered or ()}
    problems = tuple(getattr(problem, "problems", ()))
    page = ReviewPage(
        cards=cards(found, choices) if showing == "pending" else (),
        decided=names_of(past[offset : offset + _PER_PAGE]),
        showing=showing,
        total=total,
        first=offset + 1,
        filters=wanted,
        previous=page_address(number - 1) if number > 1 else None,
        following=page_address(number + 1) if offset + _PER_PAGE < total else None,
        done=whole_number("done", 0),
        problem=_say(problem),
        problems=problems if len(problems) > 1 else (),
        acts=acts_to_choose(found),
        reason=next((order.reason for order in entered or () if order.reason), ""),
    )
    status = status_of(problem) if problem is not None else 200
    return html_page("review.html", status, page=page)


def _say(problem: OutcomeGraphError | None) -> str | None:
    return None if problem is None else problem.message


# -- deciding ------------------------------------------------------------------------------------


def _json_body() -> dict[str, Any]:
    if request.mimetype != _JSON:
        raise UnsupportedMediaTypeError(f"Send the decision as {_JSON}, or by the page's form.")
    try:
        body = json.loads(read_body(_LARGEST))
    except (ValueError, RecursionError) as error:
        raise SourceError(f"The body is no JSON: {error}.") from error
    if not isinstance(body, dict):
        raise SourceError("The body must be a JSON object.")
    return body


def _order(given: Any, key: str | None) -> Order:
    if not isinstance(given, dict):
        raise UsageError("Each decision must be a JSON object.")
    names = ("id", "decision", "to", "reason", "record")
    texts = {name: given.get(name) for name in names}
    if key is not None:
        texts["id"] = key
    for name, value in texts.items():
        if value is not None and not isinstance(value, str):
            raise UsageError(f"{name} must be a text.")
    everywhere = given.get("everywhere", False)
    if not isinstance(everywhere, bool):
        raise UsageError("everywhere must be true or false.")
    if not texts["id"] or not texts["decision"]:
        raise UsageError("Give the id of the link, and a decision: accept, reject, correct, undo.")
    return Order(
        texts["id"],
        texts["decision"],  # the decider refuses what is none
        texts["to"] or None,
        texts["reason"] or None,
        texts["record"] or None,
        everywhere,
    )


def _form_order() -> dict[str, Any]:
    return {**request.form.to_dict(), "everywhere": request.form.get("everywhere") == "true"}


def _entered() -> list[Order]:
    """Return the decisions of the page's form; links that nothing was chosen for are left."""
    form, orders = request.form, []
    for name, choice in form.items():
        if name.startswith("decision-") and choice:
            key = name.removeprefix("decision-")
            # Words in the field of a link that is not to be corrected are no correction.
            to = form.get(f"to-{key}", "").strip() if choice == "correct" else None
            orders.append(
                Order(
                    key,
                    choice,  # type: ignore[arg-type]
                    to or None,
                    form.get("reason") or None,
                    form.get(f"record-{key}") or None,
                    form.get(f"everywhere-{key}") == "true",
                )
            )
    return orders


def _by_form(read: Callable[[], list[Order]]) -> Response:
    """Take the decisions of the page's form, which must be read to find the token in it."""
    demand_own_page()
    request.max_content_length = _LARGEST
    orders = read()
    try:
        agent = demand_role("steward", None if _has_header() else request.form.get("token", ""))
        done = _decide(orders, agent)
    except OutcomeGraphError as error:
        response = _page(error, orders)
        response.headers["Cache-Control"] = "no-store"
        return response
    kept = {
        name: request.args[name] for name in (*_FILTERS, "show", "page") if request.args.get(name)
    }
    query = urlencode({**kept, "done": len(done)})
    return see_other(f"/review?{query}")


def _has_header() -> bool:
    return bool(request.headers.get("Authorization"))


def _decide(orders: list[Order], agent: str) -> list[Decision]:
    return _reviewer().decide(orders, agent=agent, expected=expectation())


def _told(done: list[Decision]) -> Response:
    facts = [
        {
            "id": item.key,
            "record": item.record_id,
            "decision": item.verdict,
            "agent": item.agent,
            "time": item.iso_time,
            "replacement": item.replacement.value if item.replacement else None,
        }
        for item in done
    ]
    return json_response({"decisions": facts}, 200, graph().store.revision())
