"""``/update``: SPARQL 1.1 Protocol, section 2.2 (update operation)."""

from __future__ import annotations

from flask import Blueprint, Response

from outcome_graph.pipeline.writing_graphs import run_update
from outcome_graph.service.authorisation import demand_role
from outcome_graph.service.context import graph
from outcome_graph.service.protocol import read_update_call
from outcome_graph.service.writing import written

__all__ = ["blueprint"]

blueprint = Blueprint("update", __name__)


@blueprint.post("/update")
def update() -> Response:
    """Run an update as one commit; needs the role admin. 204 says that it is done."""
    agent = demand_role("admin")
    return written(204, run_update(graph(), read_update_call(), agent=agent))
