"""Writing one record at its own address, and its history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, jsonify, request

from outcome_graph.errors import NotFoundError, UsageError
from outcome_graph.pipeline import RecordRevision, record_history
from outcome_graph.pipeline.writing import RecordWriter, WrittenRecord
from outcome_graph.pipeline.writing_graphs import read_triples
from outcome_graph.rdf import Triple
from outcome_graph.service.authorisation import demand_role
from outcome_graph.service.cache import mark_cacheable
from outcome_graph.service.context import graph
from outcome_graph.service.negotiation import HTML, LIST_OFFERS
from outcome_graph.service.rendering import html_page, negotiated
from outcome_graph.service.writing import (
    demand_records,
    expectation,
    is_dry_run,
    json_response,
    posted,
    written,
)

__all__ = ["blueprint", "delete_record", "put_record_graph"]

blueprint = Blueprint("records_write", __name__)


@blueprint.route("/record/<record_id>", methods=["PUT", "POST", "DELETE"])
def write(record_id: str) -> Response:
    """PUT a record (RDF, or a document of one record), POST statements to it, or DELETE it."""
    agent = demand_role("steward")
    demand_records()
    iri = graph().minter.record(record_id)
    if request.method == "DELETE":
        return delete_record(record_id, agent)
    merge = request.method == "POST"
    source = posted(default=None, rdf_only=merge)
    if merge or _writer(agent).is_rdf(source):
        triples = read_triples(source, iri.value, iri)
        return put_record_graph(record_id, triples, agent, merge=merge, decided=True)
    done = _writer(agent).put_source(record_id, source, expectation(), dry_run=is_dry_run())
    return _answer(done)


def put_record_graph(
    record_id: str, triples: Sequence[Triple], agent: str, *, merge: bool, decided: bool = False
) -> Response:
    """Make a record's graph hold these statements, if they conform; answer 201 or 204.

    Parameters:
        decided: what reviewers decided about candidates among them holds.
    """
    done = _writer(agent).put(
        record_id, triples, expectation(), merge=merge, decided=decided, dry_run=is_dry_run()
    )
    return _answer(done)


def delete_record(record_id: str, agent: str) -> Response:
    """Remove a record; its history is kept."""
    return written(204, _writer(agent).delete(record_id, expectation()))


def _writer(agent: str) -> RecordWriter:
    return RecordWriter(graph().reader, graph().stores, agent)


def _answer(done: WrittenRecord) -> Response:
    location = None if done.internal else f"{request.script_root}/record/{done.id}"
    dry_run = is_dry_run()
    if dry_run or done.internal:
        facts = {
            "id": done.id,
            "dryRun": dry_run,
            "public": not done.internal,
            "completeness": done.completeness,
            "changed": done.changed,
            "revision": done.revision,
        }
        created = done.created and done.changed and not dry_run
        return json_response(facts, 201 if created else 200, done.revision, location)
    return written(201 if done.created else 204, done.revision, location)


@blueprint.get("/record/<record_id>/history")
def history(record_id: str) -> Response:
    """Say which commits changed a public record, oldest first: JSON, or a page."""
    try:
        revisions = record_history(graph().stores, record_id, internal=False)
    except UsageError as error:
        raise NotFoundError(f"There is no record {record_id[:80]!r}.") from error
    media_type = negotiated(LIST_OFFERS)
    if media_type == HTML:
        return html_page("history.html", record_id=record_id, revisions=revisions)
    mark_cacheable(request.environ)
    told = [_told(revision) for revision in revisions]
    return jsonify({"id": record_id, "revisions": told})


def _told(revision: RecordRevision) -> dict[str, Any]:
    facts = revision.as_data()
    del facts["internal"]
    return facts
