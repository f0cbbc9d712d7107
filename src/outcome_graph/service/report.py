"""A validation report in the format that was negotiated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template

from outcome_graph.service.context import language
from outcome_graph.service.negotiation import HTML

if TYPE_CHECKING:
    from outcome_graph.validation import ValidationReport

__all__ = ["OFFERS", "render_report"]

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


def render_report(report: ValidationReport, media_type: str) -> str:
    """Write a report.

    Parameters:
        report: the report.
        media_type: one of `OFFERS`.
    """
    wanted = language()
    if media_type == HTML:
        # Not the report's own page: that one carries its styles inside, which our
        # Content-Security-Policy forbids.
        return render_template("report.html", report=report)
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
