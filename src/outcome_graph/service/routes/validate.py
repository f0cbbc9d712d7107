"""``POST /validate``: what the shapes say of a document. Nothing is stored.

A document that can be read is answered with 200 and its report, whatever the verdict: validating
it is what was asked for. One that cannot be read is a problem (4xx).
"""

from __future__ import annotations

from flask import Blueprint, Response, request

from outcome_graph.draft import SourceFile
from outcome_graph.errors import OutcomeGraphError, SourceError, TooLargeError
from outcome_graph.service.bodies import unpacked
from outcome_graph.service.context import graph
from outcome_graph.service.errors import status_of
from outcome_graph.service.form_documents import FORMS, form_documents
from outcome_graph.service.negotiation import HTML, Offer
from outcome_graph.service.read_facts import FirstRead
from outcome_graph.service.rendering import content_type, html_page, negotiated
from outcome_graph.service.report import OFFERS, render_report
from outcome_graph.service.writing import given_name, said_columns
from outcome_graph.sources.detect import PAGE_TYPES

__all__ = ["blueprint"]

blueprint = Blueprint("validate", __name__)


@blueprint.post("/validate")
def validate() -> Response:
    """Validate the document in the body; its ``Content-Type`` says what it is."""
    media_type = negotiated(tuple(Offer(m, m) for m in OFFERS))
    first = FirstRead()
    pasted = request.form.get("document", "") if request.mimetype in FORMS else ""
    try:
        report = graph().reader.check(*_posted(), told=first)
    except OutcomeGraphError as error:
        if media_type == HTML and request.mimetype in FORMS and status_of(error) < 500:
            # What was pasted stays in the form, to be mended.
            return _form(error, pasted)
        raise
    shown = media_type == HTML and request.mimetype in FORMS
    body = render_report(report, media_type, pasted, first.shown() if shown else ())
    return Response(body, content_type=content_type(media_type))


@blueprint.get("/validate")
def form() -> Response:
    """Show a form to paste a result page into, or to send files with."""
    return _form()


def _form(error: OutcomeGraphError | None = None, pasted: str = "") -> Response:
    status = status_of(error) if error else 200
    return html_page("validate.html", status, cacheable=False, error=error, pasted=pasted)


def _posted() -> list[SourceFile]:
    if request.mimetype in FORMS:
        return form_documents()
    settings = graph().settings
    rdf = request.mimetype not in ("", *PAGE_TYPES)
    limit = settings.max_upload_bytes if rdf else settings.max_source_bytes
    data = request.stream.read(limit + 1)
    if len(data) <= limit:
        data = unpacked(data, limit)
    if len(data) > limit:
        raise TooLargeError(f"The document is larger than {limit:,} bytes.")
    if not data.strip():
        raise SourceError("The request's body is empty. Send the document to validate in it.")
    name = given_name() or "posted document"
    media_type = request.content_type or "text/plain"
    return [SourceFile(name, data, media_type, columns=said_columns())]
