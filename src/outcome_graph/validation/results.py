"""One result of validation, and the severities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from outcome_graph.draft import Location
from outcome_graph.namespaces import SH
from outcome_graph.rdf import NamedNode, Term

__all__ = ["LANGUAGES", "SEVERITIES", "Result", "Severity", "in_language", "severity_of"]

#: The languages of names, descriptions and messages; the first is used where one is missing.
LANGUAGES = ("en", "fr", "es")

Severity: TypeAlias = Literal["violation", "warning", "info"]

#: Severities from the gravest, with SHACL's terms for them.
SEVERITIES: dict[Severity, NamedNode] = {
    "violation": SH.Violation,
    "warning": SH.Warning,
    "info": SH.Info,
}


def severity_of(iri: str) -> Severity:
    """Return the severity that an IRI names; SHACL's default, violation, for any other IRI."""
    return next((name for name, term in SEVERITIES.items() if term.value == iri), "violation")


def in_language(texts: Mapping[str, str], language: str) -> str:
    """Return the text in a language, else in English, else in any, else ""."""
    return texts.get(language) or texts.get(LANGUAGES[0]) or next(iter(texts.values()), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One thing that a rule found.

    Parameters:
        focus: the thing that breaks the rule.
        path: the property or path concerned: an IRI, or a path in SPARQL's notation.
        value: the offending value, where there is one.
        severity: "violation", "warning" or "info".
        rule: short name of the rule, the local name of its shape ("date-in-biennium").
        name: name of the rule by language. message: what is wrong and how to mend it, by language.
        shape: IRI of the shape (a blank node's label for shapes without a name).
        component: IRI of the constraint component.
        field: the field of `OutcomeRecord` it concerns, where the rule says so.
        record_id: the record it was found in.
        location: where that field stands in the record's source.
    """

    focus: Term
    severity: Severity
    rule: str
    shape: str
    component: str
    path: str | None = None
    value: Term | None = None
    name: Mapping[str, str] = field(default_factory=dict)
    message: Mapping[str, str] = field(default_factory=dict)
    field: str | None = None
    record_id: str | None = None
    location: Location | None = None

    def text(self, language: str = "en") -> str:
        """Return the message in a language, else in English."""
        return in_language(self.message, language)
