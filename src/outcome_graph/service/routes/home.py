"""``/`` and ``/records``: what is here."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from outcome_graph.pipeline import canned_queries
from outcome_graph.service.cache import mark_cacheable
from outcome_graph.service.context import graph, href
from outcome_graph.service.labels import rows_of
from outcome_graph.service.rendering import html_page
from outcome_graph.service.resource_page import OutcomeLink, Value

__all__ = ["blueprint"]

blueprint = Blueprint("home", __name__)

_SHOWN = 100

#: Each counts something of its own: one query with several joins would multiply them.
COUNTS = {
    "outcomes": "SELECT (COUNT(?outcome) AS ?count) { ?outcome a og:Outcome }",
    "countries": "SELECT (COUNT(DISTINCT ?c) AS ?count) { ?o a og:Outcome ; og:country ?c }",
    "targets": "SELECT (COUNT(DISTINCT ?target) AS ?count) { ?outcome og:sdgTarget ?target }",
    "funders": "SELECT (COUNT(DISTINCT ?f) AS ?count) { ?o a og:Outcome ; og:funder ?f }",
}

NEWEST = f"""
SELECT ?id ?title ?date ?country WHERE {{
  ?outcome a og:Outcome ; dcterms:identifier ?id .
  OPTIONAL {{ ?outcome dcterms:title ?title }}
  OPTIONAL {{ ?outcome og:achievedOn ?date }}
  OPTIONAL {{ ?outcome og:country/skos:prefLabel ?country FILTER(LANG(?country) = "en") }}
}}
ORDER BY DESC(?date) ?id
LIMIT {_SHOWN}
"""


@blueprint.get("/")
def home() -> Response:
    """Show how much is here, the newest results and example queries."""
    counts = {name: int(rows_of(query)[0]["count"]["value"]) for name, query in COUNTS.items()}
    outcomes: dict[str, OutcomeLink] = {}
    for row in rows_of(NEWEST):
        key = row["id"]["value"]
        title = row.get("title", {})
        outcomes.setdefault(
            key,
            OutcomeLink(
                id=key,
                href=href(graph().minter.record(key).value) or "",
                title=Value(title.get("value", key), None, title.get("xml:lang")),
                date=row.get("date", {}).get("value", ""),
                roles=(row.get("country", {}).get("value", ""),),
            ),
        )
    return html_page(
        "home.html", counts=counts, outcomes=list(outcomes.values()), examples=canned_queries()
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
