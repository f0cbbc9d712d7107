"""``POST /records``: one source document; all of it is committed, or nothing."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from outcome_graph.draft import SourceFile
from outcome_graph.errors import NonConformingError, RecordError
from outcome_graph.pipeline import LoadedRecord, LoadSummary
from outcome_graph.pipeline.writing_graphs import load_document
from outcome_graph.service.authorisation import demand_role
from outcome_graph.service.context import graph
from outcome_graph.service.writing import demand_records, is_dry_run, json_response, posted

__all__ = ["blueprint"]

blueprint = Blueprint("records", __name__)


@blueprint.post("/records")
def post_records() -> Response:
    """Commit the records of the document in the body; its ``Content-Type`` says what it is.

    201 with Location when one is made, 200 when all were there, 422 with the report when any is
    refused. ``?dry-run`` writes nothing; ``?on-invalid=quarantine`` keeps what is refused.
    """
    agent = demand_role("steward")
    demand_records()
    dry_run = is_dry_run()
    source = posted(default="text/plain")
    summary = load_document(
        graph(),
        source,
        agent=agent,
        on_invalid=request.args.get("on-invalid", "reject"),
        dry_run=dry_run,
    )
    if summary.refused:
        raise _refusal(source, summary)
    if not summary.committed:
        raise RecordError("The document holds no record.")
    return _answer(summary, dry_run)


def _refusal(source: SourceFile, summary: LoadSummary) -> Exception:
    """Return the error that says what refused the document, with the report on all of it."""
    first = summary.refused[0]
    unread = next((r.error for r in summary.refused if r.error is not None), None)
    if unread is not None:
        # What came before the fault was read, and is not written either.
        return type(unread)(f"{unread.message} Nothing was written.") if summary.read else unread
    report = graph().validate(source)
    kept = " The original is kept in quarantine." if first.quarantined else ""
    others = summary.read - len(summary.refused)
    whole = " Nothing was written, not the others either." if others else ""
    message = f"{first.id or first.source}: {first.reasons[0]}{whole}{kept}"
    if report.conforms:
        return RecordError(message, first.reasons)
    return NonConformingError(message, report)


def _answer(summary: LoadSummary, dry_run: bool) -> Response:
    records = [_described(item) for item in summary.committed]
    facts: dict[str, Any] = {
        "dryRun": dry_run,
        "revision": summary.revision,
        **summary.made.as_data(),
        "read": summary.read,
        "links": summary.links,
        "candidates": summary.candidates,
        "settled": summary.settled,
        "records": records,
    }
    if len(records) == 1:
        facts = {**records[0], **facts}
    location = None
    public = [item for item in records if item["public"]]
    if len(records) == len(public) == 1:
        location = public[0]["href"]
    changed = any(item.status != "unchanged" for item in summary.committed)
    created = changed and not dry_run
    return json_response(facts, 201 if created else 200, summary.revision, location)


def _described(item: LoadedRecord) -> dict[str, Any]:
    minter = graph().minter
    iri = minter.record(item.id)
    public = not item.internal
    return {
        "id": item.id,
        "record": iri.value,
        "outcome": minter.outcome(item.id).value,
        "href": f"{request.script_root}/record/{item.id}" if public else None,
        "status": item.status,
        "public": public,
        "completeness": item.completeness,
        "problems": [{"severity": p.severity, "message": str(p)} for p in item.problems],
        "advice": item.advice(),
    }
