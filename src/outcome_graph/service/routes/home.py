"""``/`` and ``/records``: what is here."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from outcome_graph.pipeline import canned_queries
from outcome_graph.service.cache import mark_cacheable
from outcome_graph.service.context import graph, language
from outcome_graph.service.labels import rows_of
from outcome_graph.service.rendering import html_page
from outcome_graph.service.results_page import Selection, found

__all__ = ["blueprint"]

blueprint = Blueprint("home", __name__)

#: Newest results on the home page.
_SHOWN = 12

#: Each counts something of its own: one query with several joins would multiply them.
COUNTS = {
    "countries": "SELECT (COUNT(DISTINCT ?c) AS ?count) { ?o a og:Outcome ; og:country ?c }",
    "targets": "SELECT (COUNT(DISTINCT ?target) AS ?count) { ?outcome og:sdgTarget ?target }",
    "funders": "SELECT (COUNT(DISTINCT ?f) AS ?count) { ?o a og:Outcome ; og:funder ?f }",
}


@blueprint.get("/")
def home() -> Response:
    """Show how much is here, the newest results and example queries."""
    counts = {name: int(rows_of(query)[0]["count"]["value"]) for name, query in COUNTS.items()}
    total, newest = found(Selection("", {}), language(), per_page=_SHOWN)
    return html_page(
        "home.html", total=total, newest=newest, counts=counts, examples=canned_queries()
    )


@blueprint.get("/records")
def records() -> Response:
    """List the public records as JSON."""
    mark_cacheable(request.environ)
    minter = graph().minter
    return jsonify(
        [
            {"id": i, "record": minter.record(i).value, "outcome": minter.outcome(i).value}
            for i in graph().record_ids()
        ]
    )
