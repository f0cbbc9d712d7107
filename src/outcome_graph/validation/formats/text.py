"""The report for terminals."""

from __future__ import annotations

from outcome_graph.validation.formats.words import left_out, words
from outcome_graph.validation.report import ValidationReport
from outcome_graph.validation.results import Result

__all__ = ["advice_line", "placed_message", "to_text"]


def advice_line(result: Result, language: str) -> str:
    """Return a result as one line: severity, place in the source where known, message."""
    return f"{words(language)[result.severity]}: {placed_message(result, language)}"


def placed_message(result: Result, language: str) -> str:
    """Return a result's message, after its place in the source where that is known."""
    message = " ".join(result.text(language).split())
    return f"{result.location}: {message}" if result.location else message


def to_text(report: ValidationReport, language: str) -> str:
    """Return the report as lines, grouped by record, with the totals last."""
    say = words(language)
    lines = []
    grouped = report.by_record()
    for record_id, results in grouped.items():
        score = report.completeness.get(record_id)
        known = "" if score is None else f" ({say['completeness'].lower()} {score:.0%})"
        lines.append(f"{record_id}{known}")
        lines += [f"  {advice_line(result, language)}" for result in results]
    lines += [text for _, text in left_out(report, language)]
    lines.append(say["conforms"] if report.conforms else say["not_conforms"])
    lines.append(
        ", ".join(
            f"{say[word].lower()} {number}"
            for word, number in (
                ("records", report.records),
                ("refused", report.refused),
                ("violations", report.counts.get("violation", 0)),
                ("warnings", report.counts.get("warning", 0)),
                ("infos", report.counts.get("info", 0)),
            )
        )
    )
    return "\n".join(lines)
