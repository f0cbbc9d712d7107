"""``POST /revisions/{n}/undo``: taking back what the commits of a load did to records."""

from __future__ import annotations

from flask import Blueprint, Response

from outcome_graph.errors import ConflictError, UsageError
from outcome_graph.pipeline import Undone
from outcome_graph.service.authorisation import demand_role
from outcome_graph.service.context import graph
from outcome_graph.service.writing import demand_records, flag, is_dry_run, json_response

__all__ = ["blueprint"]

blueprint = Blueprint("revisions", __name__)


@blueprint.post("/revisions/<int:revision>/undo")
def undo(revision: int) -> Response:
    """Take back the load that made a revision: all of it, or nothing where others built upon it.

    A commit that belongs to no load is undone by itself. ``?dry-run`` writes nothing;
    ``?internal`` says that the revision is of the journal of internal records.
    """
    agent = demand_role("steward")
    demand_records()
    dry_run, internal = is_dry_run(), flag("internal")
    done = _undone(revision, agent, internal=internal, dry_run=dry_run)
    now = graph().store.revision()
    return json_response({**done.as_data(), "dryRun": dry_run, "revision": now}, 200, now)


def _undone(revision: int, agent: str, *, internal: bool, dry_run: bool) -> Undone:
    try:
        return graph().undo(revision, agent=agent, internal=internal, dry_run=dry_run)
    except UsageError as error:
        # The request is well formed: it is the revision that cannot be undone.
        raise ConflictError(error.message) from error
