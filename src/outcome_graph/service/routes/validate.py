"""``POST /validate``: what the shapes say of a document. Nothing is stored.

A document that can be read is answered with 200 and its report, whatever the verdict: validating
it is what was asked for. One that cannot be read is a problem (4xx).
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from flask import Blueprint, Response, request
from werkzeug.datastructures import FileStorage

from outcome_graph.draft import SourceFile
from outcome_graph.errors import OutcomeGraphError, SourceError, TooLargeError
from outcome_graph.service.bodies import unpacked
from outcome_graph.service.context import graph
from outcome_graph.service.errors import status_of
from outcome_graph.service.negotiation import HTML, Offer
from outcome_graph.service.rendering import content_type, html_page, negotiated
from outcome_graph.service.report import OFFERS, render_report
from outcome_graph.service.writing import said_columns
from outcome_graph.sources.detect import PAGE_FORMATS, PAGE_TYPES, detect

__all__ = ["blueprint"]

blueprint = Blueprint("validate", __name__)

_MULTIPART = "multipart/form-data"
_FORMS = ("application/x-www-form-urlencoded", _MULTIPART)
_FILE_NAME = re.compile(r"[\w .()-]{1,120}")


@blueprint.post("/validate")
def validate() -> Response:
    """Validate the document in the body; its ``Content-Type`` says what it is."""
    media_type = negotiated(tuple(Offer(m, m) for m in OFFERS))
    pasted = request.form.get("document", "") if request.mimetype in _FORMS else ""
    try:
        report = graph().validate(*_posted())
    except OutcomeGraphError as error:
        if media_type == HTML and request.mimetype in _FORMS and status_of(error) < 500:
            # What was pasted stays in the form, to be mended.
            return _form(error, pasted)
        raise
    body = render_report(report, media_type, pasted)
    return Response(body, content_type=content_type(media_type))


@blueprint.get("/validate")
def form() -> Response:
    """Show a form to paste a result page into, or to send files with."""
    return _form()


def _form(error: OutcomeGraphError | None = None, pasted: str = "") -> Response:
    status = status_of(error) if error else 200
    return html_page("validate.html", status, cacheable=False, error=error, pasted=pasted)


def _posted() -> list[SourceFile]:
    if files := [file for file in request.files.getlist("file") if file.filename]:
        return [_chosen(file) for file in files]
    settings = graph().settings
    rdf = request.mimetype not in ("", *PAGE_TYPES, *_FORMS)
    limit = settings.max_upload_bytes if rdf else settings.max_source_bytes
    if request.mimetype in _FORMS:
        # The page's own form: browsers send line ends as CR LF.
        data, media_type = request.form.get("document", "").encode(), "text/plain"
        empty = "There is nothing to validate: paste the text of a page, or choose a file."
    else:
        data, media_type = request.stream.read(limit + 1), request.content_type or "text/plain"
        if len(data) <= limit:
            data = unpacked(data, limit)
        empty = "The request's body is empty. Send the document to validate in it."
    if len(data) > limit:
        raise TooLargeError(f"The document is larger than {limit:,} bytes.")
    if not data.strip():
        raise SourceError(empty)
    return [SourceFile(_name(), data, media_type, columns=said_columns())]


def _chosen(file: FileStorage) -> SourceFile:
    """Return a file of the form; what it is, its name and bytes tell better than browsers do."""
    source = SourceFile(file.filename or "", file.stream.read(), columns=said_columns())
    limit = graph().settings.max_source_bytes
    if detect(source) in PAGE_FORMATS and len(source.data) > limit:
        raise TooLargeError(f"{source.name} is larger than {limit:,} bytes.")
    if not source.data.strip():
        raise SourceError(f"{source.name} is empty.")
    return source


def _name() -> str:
    """Return the name the client gives the document (``?name=``), for messages and ids."""
    name = unquote(request.args.get("name", ""))
    return name if _FILE_NAME.fullmatch(name) else "posted document"
