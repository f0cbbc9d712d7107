"""``/health``: is the process there, and can it answer."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from outcome_graph.service.context import graph
from outcome_graph.store.base import QueryRequest

__all__ = ["blueprint"]

blueprint = Blueprint("health", __name__, url_prefix="/health")


def _uncached(**facts: object) -> Response:
    response = jsonify(facts)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/live")
def live() -> Response:
    """Answer at all: the process lives."""
    return _uncached(status="live")


@blueprint.get("/ready")
def ready() -> Response:
    """Answer a query: the store, and the readers if there are any, work."""
    with graph().answer(QueryRequest(sparql="ASK { ?s ?p ?o }", deadline=5)) as answer:
        for _ in answer.chunks():
            pass
        return _uncached(status="ready", revision=answer.revision)
