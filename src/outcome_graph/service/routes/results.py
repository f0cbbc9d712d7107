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
from outcome_graph.service.protocol import deadline_of
from outcome_graph.service.rendering import html_page, negotiated
from outcome_graph.service.results_page import PER_PAGE, Selection, facets, listed, look_up
from outcome_graph.service.streaming import answer_response
from outcome_graph.service.wording import language
from outcome_graph.store.base import AnswerFormats, QueryRequest

__all__ = ["blueprint"]

blueprint = Blueprint("results", __name__)

#: More characters are no search by people.
_LONGEST = 200
#: Far enough for any list that people page through.
_LAST_PAGE = 1_000_000


@blueprint.get("/results")
def results() -> Response:
    """List results that fit words and filters: a page, or all of them as CSV, TSV, JSON or XML."""
    media_type = negotiated(SOLUTION_OFFERS)
    selection = _selection()
    if media_type != HTML:
        return _table(selection, media_type)
    page = _page_number()
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
    countries = graph().knowledge.countries
    if country := countries.find(given["country"]):
        given["country"] = country.alpha3
    elif region := countries.region(given["country"]):
        given["country"] = region
    return Selection(words, {name: value for name, value in given.items() if value})


def _page_number() -> int:
    text = request.args.get("page") or "1"
    digits = text.isascii() and text.isdigit() and len(text) <= len(str(_LAST_PAGE))
    if not (digits and 1 <= int(text) <= _LAST_PAGE):
        raise UsageError(f"page is a whole number from 1, not {text[:40]!r}.")
    return int(text)


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
    if "X-Truncated" not in response.headers:
        mark_cacheable(request.environ)
    return response
