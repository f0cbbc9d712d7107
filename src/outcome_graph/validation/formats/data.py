"""The report for programs: JSON, CSV and JUnit XML."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any
from xml.etree import ElementTree

from outcome_graph.draft import Location
from outcome_graph.rdf import BlankNode, Term
from outcome_graph.validation.formats.words import left_out, rule_name
from outcome_graph.validation.report import ValidationReport
from outcome_graph.validation.results import Result

__all__ = ["CSV_COLUMNS", "to_csv", "to_json", "to_junit"]

CSV_COLUMNS = (
    "record", "severity", "rule", "name", "message", "field", "location", "focus", "path", "value",
    "completeness",
)  # fmt: skip

#: What XML 1.0 cannot hold.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_json(report: ValidationReport, language: str) -> str:
    """Return the report as a JSON document.

    Keys: conforms, records, refused, counts, totals, omitted, completeness, results [{record,
    severity, rule, name, message, messages {by language}, field, location, focus, path, value,
    shape, component}].
    """
    document = {
        "conforms": report.conforms,
        "records": report.records,
        "refused": report.refused,
        "counts": {s: report.counts.get(s, 0) for s in ("violation", "warning", "info")},
        "totals": dict(report.totals),
        "omitted": report.omitted,
        "completeness": dict(report.completeness),
        "results": [_plain(result, language) for result in report.results],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _plain(result: Result, language: str) -> dict[str, Any]:
    return {
        "record": result.record_id,
        "severity": result.severity,
        "rule": result.rule,
        "name": rule_name(result, language),
        "message": result.text(language),
        "messages": dict(result.message),
        "field": result.field,
        "location": _place(result.location),
        "focus": _text(result.focus),
        "path": result.path,
        "value": None if result.value is None else _text(result.value),
        "shape": result.shape,
        "component": result.component,
    }


def _place(location: Location | None) -> dict[str, Any] | None:
    if location is None:
        return None
    names = ("line", "column", "sheet", "cell", "path", "row")
    return {n: getattr(location, n) for n in names if getattr(location, n) is not None}


def _text(term: Term) -> str:
    return f"_:{term.value}" if isinstance(term, BlankNode) else term.value


def to_csv(report: ValidationReport, language: str) -> str:
    """Return one line a result (RFC 4180), with a heading line, and one a rule of what is left out.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for result in report.results:
        score = report.completeness.get(result.record_id or "")
        cells = (
            result.record_id or "",
            result.severity,
            result.rule,
            rule_name(result, language),
            result.text(language),
            result.field or "",
            str(result.location or ""),
            _text(result.focus),
            result.path or "",
            "" if result.value is None else _text(result.value),
        )
        score_cell = "" if score is None else f"{score:g}"
        writer.writerow([*(_harmless(c) for c in cells), score_cell])
    for rule, text in left_out(report, language):
        writer.writerow(["", "", rule, "", text, *[""] * (len(CSV_COLUMNS) - 5)])
    return out.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) and not _is_number(cell) else cell


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", cell, re.ASCII) is not None


def to_junit(report: ValidationReport, language: str) -> str:
    """Return JUnit XML: a test case for each result, and one for each record without any.

    Violations are failures; warnings and information are output of cases that pass. What is left
    out of a bounded report is a case for each rule.
    """
    clean, left = report.clean, left_out(report, language)
    grave = {r.rule for r in report.results if r.severity == "violation"}
    failures = sum(r.severity == "violation" for r in report.results)
    failures += sum(rule in grave for rule, _ in left)
    root = ElementTree.Element("testsuites")
    suite = ElementTree.SubElement(
        root,
        "testsuite",
        name="outcome-graph validate",
        tests=str(len(report.results) + len(clean) + len(left)),
        failures=str(failures),
        errors="0",
        skipped="0",
        time="0",
    )
    for record_id in clean:
        _case(suite, record_id, "conforms")
    for number, result in enumerate(report.results, 1):
        case = _case(suite, result.record_id or "", f"{result.rule} {number}")
        message = _xml(result.text(language))
        if result.severity == "violation":
            failure = ElementTree.SubElement(
                case, "failure", message=message, type=_xml(result.rule)
            )
            failure.text = _xml(f"{_text(result.focus)} {result.location or ''}".strip())
        else:
            output = ElementTree.SubElement(case, "system-out")
            output.text = f"{result.severity}: {message}"
    for rule, text in left:
        case = _case(suite, rule, "left out")
        if rule in grave:
            ElementTree.SubElement(case, "failure", message=_xml(text), type=_xml(rule))
        else:
            ElementTree.SubElement(case, "system-out").text = _xml(text)
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _case(suite: ElementTree.Element, of: str, name: str) -> ElementTree.Element:
    return ElementTree.SubElement(suite, "testcase", classname=_xml(of), name=_xml(name), time="0")


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
