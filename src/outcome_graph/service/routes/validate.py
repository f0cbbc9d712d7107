"""``POST /validate``: what the shapes say of a document. Nothing is stored.

A document that can be read is answered with 200 and its report, whatever the verdict: validating
it is what was asked for. One that cannot be read is a problem (4xx).
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from flask import Blueprint, Response, render_template, request

from outcome_graph.draft import SourceFile
from outcome_graph.errors import SourceError, TooLargeError
from outcome_graph.service.bodies import unpacked
from outcome_graph.service.context import graph
from outcome_graph.service.negotiation import HTML, Offer
from outcome_graph.service.rendering import content_type, negotiated
from outcome_graph.service.report import OFFERS, render_report
from outcome_graph.sources.detect import PAGE_TYPES

__all__ = ["blueprint"]

blueprint = Blueprint("validate", __name__)

_FILE_NAME = re.compile(r"[\w .()-]{1,120}")


@blueprint.post("/validate")
def validate() -> Response:
    """Validate the document in the body; its ``Content-Type`` says what it is."""
    media_type = negotiated(tuple(Offer(m, m) for m in OFFERS))
    report = graph().validate(_posted())
    return Response(render_report(report, media_type), content_type=content_type(media_type))


@blueprint.get("/validate")
def form() -> Response:
    """Show a form to paste a result page into."""
    return Response(render_template("validate.html"), content_type=content_type(HTML))


def _posted() -> SourceFile:
    settings = graph().settings
    rdf = request.mimetype not in ("", *PAGE_TYPES, "application/x-www-form-urlencoded")
    limit = settings.max_upload_bytes if rdf else settings.max_source_bytes
    if request.mimetype == "application/x-www-form-urlencoded":
        # The page's own form: browsers send line ends as CR LF.
        data, media_type = request.form.get("document", "").encode(), "text/plain"
    else:
        data, media_type = request.stream.read(limit + 1), request.content_type or "text/plain"
        if len(data) <= limit:
            data = unpacked(data, limit)
    if len(data) > limit:
        raise TooLargeError(f"The document is larger than {limit:,} bytes.")
    if not data.strip():
        raise SourceError("The request's body is empty. Send the document to validate in it.")
    return SourceFile(_name(), data, media_type)


def _name() -> str:
    """Return the name the client gives the document (``?name=``), for messages and ids."""
    name = unquote(request.args.get("name", ""))
    return name if _FILE_NAME.fullmatch(name) else "posted document"
