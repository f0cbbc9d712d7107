"""``/`` and ``/records``: what is here."""

from __future__ import annotations

import json

from flask import Blueprint, Response, jsonify, request

from outcome_graph.pipeline import canned_queries
from outcome_graph.service.cache import mark_cacheable
from outcome_graph.service.context import graph, href
from outcome_graph.service.rendering import html_page
from outcome_graph.service.resource_page import OutcomeLink, Value
from outcome_graph.store.base import QueryRequest

__all__ = ["blueprint"]

blueprint = Blueprint("home", __name__)

_SHOWN = 100

COUNTS = """
SELECT (COUNT(DISTINCT ?outcome) AS ?outcomes) (COUNT(DISTINCT ?country) AS ?countries)
       (COUNT(DISTINCT ?target) AS ?targets) (COUNT(DISTINCT ?funder) AS ?funders)
WHERE {
  ?outcome a og:Outcome .
  OPTIONAL { ?outcome og:country ?country }
  OPTIONAL { ?outcome og:sdgTarget ?target }
  OPTIONAL { ?outcome og:funder ?funder }
}
"""

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


def _rows(sparql: str) -> list[dict[str, dict[str, str]]]:
    with graph().answer(QueryRequest(sparql=sparql)) as answer:
        document = json.loads(b"".join(answer.chunks()))
    rows: list[dict[str, dict[str, str]]] = document["results"]["bindings"]
    return rows


@blueprint.get("/")
def home() -> Response:
    """Show how much is here, the newest results and example queries."""
    counts = {name: int(term["value"]) for name, term in _rows(COUNTS)[0].items()}
    outcomes: dict[str, OutcomeLink] = {}
    for row in _rows(NEWEST):
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
