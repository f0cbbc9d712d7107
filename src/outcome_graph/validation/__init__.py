"""Validation of records against the shapes, in words that people understand.

`Validator` holds records to the shapes, `ValidationReport` says what was found in every format.
pySHACL is the referee (``shacl``); the rules, their texts and weights live in the shapes graph.
"""

from outcome_graph.validation.report import (
    FORMATS,
    RecordCheck,
    ReportBuilder,
    ValidationReport,
)
from outcome_graph.validation.results import LANGUAGES, SEVERITIES, Result, Severity
from outcome_graph.validation.rules import OGS, SHAPES, Rule
from outcome_graph.validation.shapes import Shapes, shapes_graph
from outcome_graph.validation.validator import SOURCE_READING, Validator, packaged_context

__all__ = [
    "FORMATS",
    "LANGUAGES",
    "OGS",
    "SEVERITIES",
    "SHAPES",
    "SOURCE_READING",
    "RecordCheck",
    "ReportBuilder",
    "Result",
    "Rule",
    "Severity",
    "Shapes",
    "ValidationReport",
    "Validator",
    "packaged_context",
    "shapes_graph",
]
