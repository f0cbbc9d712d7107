"""``/load``: storing documents from a browser, for stewards; programs use ``POST /records``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, request

from outcome_graph.draft import SourceFile
from outcome_graph.errors import OutcomeGraphError
from outcome_graph.pipeline import LoadedRecord, LoadSummary
from outcome_graph.pipeline.writing_graphs import load_document
from outcome_graph.service.authorisation import demand_own_page, demand_role
from outcome_graph.service.context import graph
from outcome_graph.service.errors import status_of
from outcome_graph.service.form_documents import form_documents
from outcome_graph.service.read_facts import FirstRead, ReadRecord
from outcome_graph.service.rendering import html_page
from outcome_graph.service.wording import language
from outcome_graph.service.writing import demand_records

__all__ = ["blueprint"]

blueprint = Blueprint("load", __name__)

#: Records and refusals of a document that are shown.
_MOST = 200


@dataclass(frozen=True, slots=True)
class LoadedDocument:
    """What became of one document.

    Parameters:
        name: of its file.
        summary: what was stored or would be, and what was refused.
        read: what was read in it, where nothing was stored.
    """

    name: str
    summary: LoadSummary
    read: Sequence[ReadRecord]


@blueprint.get("/load")
def form() -> Response:
    """Show a form to send documents with."""
    demand_records()
    return _page()


@blueprint.post("/load")
def load() -> Response:
    """Store the documents of the form (``action=store``), or say what would be stored.

    Each document is stored as a whole or not at all; with ``partly`` those of its records that
    conform are stored though others do not.
    """
    demand_records()
    demand_own_page()
    storing = request.form.get("action") == "store"
    done: list[LoadedDocument] = []
    try:
        agent = demand_role("steward", request.form.get("token", ""))
        partly = "partly" in request.form
        for source in form_documents():
            done.append(_loaded(source, agent, partly=partly, dry_run=not storing))
    except OutcomeGraphError as error:
        if status_of(error) >= 500 and not done:
            raise
        return _page(error, done, stored=storing)
    return _page(done=done, stored=storing)


def _loaded(source: SourceFile, agent: str, *, partly: bool, dry_run: bool) -> LoadedDocument:
    first = FirstRead() if dry_run else None
    summary = load_document(
        graph(), source, agent=agent, dry_run=dry_run, whole=not partly, told=first
    )
    return LoadedDocument(source.name, summary, first.shown() if first else ())


def _page(
    error: OutcomeGraphError | None = None,
    done: Sequence[LoadedDocument] = (),
    *,
    stored: bool = False,
) -> Response:
    refused = any(d.summary.refused and not d.summary.committed for d in done)
    status = status_of(error) if error else 422 if refused else 200
    response = html_page(
        "load.html",
        status,
        cacheable=False,
        error=error,
        # What a store that failed in the middle of a document had stored of it.
        notes=getattr(error, "__notes__", ()),
        done=done,
        stored=stored,
        pasted=request.form.get("document", "") if not stored or refused or error else "",
        partly="partly" in request.form,
        most=_MOST,
        advice=_advice,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _advice(item: LoadedRecord) -> list[tuple[str, str]]:
    """Return what was doubtful or could be better about a record: words and their language."""
    said = [(str(p), "en") for p in item.problems if p.severity != "info"]
    results = item.report.results if item.report is not None else ()
    return said + [(result.text(language()), language()) for result in results]
