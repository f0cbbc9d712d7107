"""``/results``: find results by words, country, goal, funder or biennium; as a page or a table."""

from __future__ import annotations

from math import ceil

from flask import Blueprint, Response, request

from outcome_graph.errors import UsageError
from outcome_graph.pipeline.finding import table
from outcome_graph.pipeline.result_index import FILTERS
from outcome_graph.service.cache import mark_cacheable
from outcome_graph.service.context import graph, min_revision
from outcome_graph.service.negotiation import HTML, SOLUTION_OFFERS
from outcome_graph.service.protocol import deadline_of, whole_number
from outcome_graph.service.rendering import html_page, negotiated
from outcome_graph.service.results_page import PER_PAGE, Selection, facets, listed, look_up
from outcome_graph.service.streaming import answer_response, with_note
from outcome_graph.service.wording import language
from outcome_graph.store.base import AnswerFormats, QueryRequest

__all__ = ["blueprint"]

blueprint = Blueprint("results", __name__)

#: More characters are no search by people.
_LONGEST = 200


@blueprint.get("/results")
def results() -> Response:
    """List results that fit words and filters: a page, or all of them as CSV, TSV, JSON or XML."""
    media_type = negotiated(SOLUTION_OFFERS)
    selection = _selection()
    if media_type != HTML:
        return _table(selection, media_type)
    page = whole_number("page", 1, least=1)
    index, found = look_up(selection)
    total, start = len(found.entries), (page - 1) * PER_PAGE
    return html_page(
        "results.html",
        selection=selection,
        choices=facets(selection, index, found, language()),
        total=total,
        shown=listed(index, found.entries[start : start + PER_PAGE], language()),
        first=start + 1,
        page=page,
        pages=max(1, ceil(total / PER_PAGE)),
    )


def _selection() -> Selection:
    words = " ".join(request.args.get("words", "").split())
    given = {name: request.args.get(name, "").strip() for name in FILTERS}
    for name, value in {"words": words, **given}.items():
        if len(value) > _LONGEST:
            raise UsageError(f"{name} is longer than {_LONGEST} characters.")
    countries, unknown = graph().knowledge.countries, ""
    if country := countries.find(given["country"]):
        given["country"] = country.alpha3
    elif region := countries.region(given["country"]):
        given["country"] = region
    else:
        unknown = given["country"]
    return Selection(words, {name: value for name, value in given.items() if value}, unknown)


def _unknown(selection: Selection) -> str:
    """Say that there is no country or region of a name, which finds nothing."""
    near = graph().knowledge.countries.close_to(selection.unknown)
    hint = f" Is {near} meant?" if near else ""
    return f"No country or region is called “{selection.unknown}”.{hint}"


def _table(selection: Selection, media_type: str) -> Response:
    offer = next(o for o in SOLUTION_OFFERS if o.media_type == media_type)
    settings, given = graph().settings, request.args.get("timeout", "")
    min_revision()
    wanted = QueryRequest(
        sparql="",
        formats=AnswerFormats(solutions=offer.engine),
        # Rows are written as fast as they are sent: only who asks for a deadline has one.
        deadline=deadline_of(given) if given else None,
        max_rows=settings.max_rows,
        max_bytes=settings.max_bytes,
    )
    index, found = look_up(selection)
    response = answer_response(table(index, found.entries, wanted), media_type)
    if selection.unknown and not found.entries:
        response.set_data(with_note(response.get_data(), media_type, _unknown(selection), "note"))
    if "X-Truncated" not in response.headers:
        mark_cacheable(request.environ)
    return response
