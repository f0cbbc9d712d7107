"""A validation report in the format that was negotiated."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from flask import Response, render_template, request

from outcome_graph.errors import NonConformingError
from outcome_graph.service.errors import problem_type
from outcome_graph.service.headers import PROBLEM_JSON, as_json, problem
from outcome_graph.service.negotiation import HTML, best
from outcome_graph.service.rendering import content_type
from outcome_graph.service.wording import asked_language
from outcome_graph.validation.formats.words import rule_name

if TYPE_CHECKING:
    from outcome_graph.service.read_facts import ReadRecord
    from outcome_graph.validation import ValidationReport

__all__ = ["OFFERS", "refusal_response", "render_report"]

JUNIT = "application/junit+xml"

#: In order of preference.
OFFERS = (
    "application/json",
    HTML,
    "text/turtle",
    "application/ld+json",
    "text/plain",
    "text/csv",
    JUNIT,
    "application/xml",
)


def render_report(
    report: ValidationReport,
    media_type: str,
    pasted: str = "",
    read: Sequence[ReadRecord] = (),
) -> str:
    """Write a report.

    Parameters:
        report: the report.
        media_type: one of `OFFERS`.
        pasted: the text it is about, for a form to mend it in; "" for none.
        read: what was read in the documents that it is about, for a page.
    """
    wanted = asked_language() or "en"
    if media_type == HTML:
        # Not the report's own page: that one carries its styles inside, which our
        # Content-Security-Policy forbids.
        return render_template(
            "report.html", report=report, pasted=pasted, read=read, rule_name=rule_name
        )
    if media_type == "text/turtle":
        return report.to_turtle()
    if media_type == "application/ld+json":
        return report.to_jsonld()
    if media_type == "text/plain":
        return report.to_text(wanted)
    if media_type == "text/csv":
        return report.to_csv(wanted)
    if media_type in (JUNIT, "application/xml"):
        return report.to_junit(wanted)
    return report.to_json()


def refusal_response(error: NonConformingError) -> Response:
    """Answer 422 with the report that refuses what was sent, in the syntax that is wanted.

    In JSON it is a problem document (RFC 9457) that holds the members of the report as well.
    """
    report = cast("ValidationReport", error.report)
    media_type = best(request.headers.get("Accept"), [PROBLEM_JSON, *OFFERS]) or PROBLEM_JSON
    if media_type in (PROBLEM_JSON, "application/json"):
        kind, title = problem_type(NonConformingError), "The data does not conform"
        facts = problem(422, error.message, request.path, title=title, kind=kind)
        facts |= json.loads(report.to_json(asked_language() or "en"))
        response = Response(as_json(facts), status=422, content_type=PROBLEM_JSON)
    else:
        body = render_report(report, media_type)
        response = Response(body, status=422, content_type=content_type(media_type))
    response.headers["Cache-Control"] = "no-store"
    return response
