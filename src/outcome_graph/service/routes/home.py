"""``/`` and ``/records``: what is here."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from flask import Blueprint, Response, jsonify, request

from outcome_graph.pipeline import canned_queries
from outcome_graph.pipeline.result_index import Entry
from outcome_graph.service.cache import mark_cacheable
from outcome_graph.service.context import graph, newest_results
from outcome_graph.service.protocol import whole_number
from outcome_graph.service.rendering import html_page
from outcome_graph.service.results_page import is_country, listed
from outcome_graph.service.wording import language

__all__ = ["blueprint"]

blueprint = Blueprint("home", __name__)

#: Newest results on the home page.
_SHOWN = 12
#: What is counted, and where an entry has it.
COUNTED: dict[str, Callable[[Entry], Iterable[str]]] = {
    "countries": lambda entry: [iri for iri in entry.country if is_country(iri)],
    "targets": lambda entry: entry.sdg_targets,
    "funders": lambda entry: entry.funder,
}


@blueprint.get("/")
def home() -> Response:
    """Show how much is here, the newest results and example queries."""
    index = newest_results().newest()
    counts = {
        name: len({iri for entry in index.newest for iri in values(entry)})
        for name, values in COUNTED.items()
    }
    return html_page(
        "home.html",
        total=len(index.newest),
        newest=listed(index, index.newest[:_SHOWN], language()),
        counts=counts,
        examples=[query.in_language(language()) for query in canned_queries()],
    )


@blueprint.get("/records")
def records() -> Response:
    """List the public records as JSON: all, or those that ``limit`` and ``offset`` ask for.

    A part names the others in ``Link`` (RFC 8288).
    """
    offset, limit = whole_number("offset", 0), whole_number("limit", 0, least=1)
    mark_cacheable(request.environ)
    minter, ids = graph().minter, graph().record_ids()
    shown = ids[offset : offset + limit] if limit else ids[offset:]
    response = jsonify(
        [
            {"id": i, "record": minter.record(i).value, "outcome": minter.outcome(i).value}
            for i in shown
        ]
    )
    if limit:
        response.headers["Link"] = _other_pages(len(ids), offset, limit)
    return response


def _other_pages(total: int, offset: int, limit: int) -> str:
    """Return the header that names the other pages of the records."""
    pages = {"first": 0, "last": max(0, total - 1) // limit * limit}
    if offset > 0:
        pages["prev"] = max(0, offset - limit)
    if offset + limit < total:
        pages["next"] = offset + limit
    address = f"{request.script_root}/records"
    return ", ".join(
        f'<{address}?limit={limit}&offset={start}>; rel="{name}"' for name, start in pages.items()
    )
