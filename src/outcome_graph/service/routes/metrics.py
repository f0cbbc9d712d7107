"""``/metrics``: figures for operators."""

from __future__ import annotations

from flask import Blueprint, Response, current_app

from outcome_graph.service.context import METRICS
from outcome_graph.service.metrics import CONTENT_TYPE

__all__ = ["blueprint"]

blueprint = Blueprint("metrics", __name__)


@blueprint.get("/metrics")
def metrics() -> Response:
    """Give requests, latencies, queue, readers, cache and revision in Prometheus' text format."""
    response = Response(current_app.extensions[METRICS].text(), content_type=CONTENT_TYPE)
    response.headers["Cache-Control"] = "no-store"
    return response
