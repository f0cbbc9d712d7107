"""The report for people: one self-contained page, escaped, without scripts or other hosts."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from outcome_graph.validation.formats.words import left_out, rule_name, words
from outcome_graph.validation.report import ValidationReport
from outcome_graph.validation.results import LANGUAGES

__all__ = ["to_html"]


@cache
def _template() -> Template:
    folder = Path(__file__).resolve().parents[1] / "templates"
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html")


def to_html(report: ValidationReport, language: str) -> str:
    """Return the report as a page; records and their fields are links into the service's pages."""
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    grouped = report.by_record()
    scores = report.completeness.values()
    return _template().render(
        language=spoken,
        say=words(spoken),
        report=report,
        grouped=grouped,
        clean=report.clean,
        left_out=left_out(report, spoken),
        average=sum(scores) / len(scores) if scores else None,
        rule_name=rule_name,
    )
