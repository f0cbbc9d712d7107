"""The few words of reports that are not a rule's, in each language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from outcome_graph.validation.results import LANGUAGES, Result, in_language

if TYPE_CHECKING:
    from outcome_graph.validation.report import ValidationReport

__all__ = ["left_out", "rule_name", "words"]

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "title": "Validation report",
        "conforms": "All records conform",
        "not_conforms": "Some records do not conform",
        "records": "Records",
        "refused": "Not conforming",
        "violation": "violation",
        "warning": "warning",
        "info": "information",
        "violations": "Violations",
        "warnings": "Warnings",
        "infos": "For information",
        "completeness": "Completeness",
        "average": "Average completeness",
        "severity": "Severity",
        "rule": "Rule",
        "message": "What is wrong and how to mend it",
        "where": "Where",
        "value": "Value",
        "clean": "Records without remarks",
        "more": "{rule}: {left} more results are left out ({total} in all)",
    },
    "fr": {
        "title": "Rapport de validation",
        "conforms": "Toutes les fiches sont conformes",
        "not_conforms": "Certaines fiches ne sont pas conformes",
        "records": "Fiches",
        "refused": "Non conformes",
        "violation": "violation",
        "warning": "avertissement",
        "info": "information",
        "violations": "Violations",
        "warnings": "Avertissements",
        "infos": "Pour information",
        "completeness": "Complétude",
        "average": "Complétude moyenne",
        "severity": "Gravité",
        "rule": "Règle",
        "message": "Ce qui ne va pas et comment y remédier",
        "where": "Où",
        "value": "Valeur",
        "clean": "Fiches sans remarque",
        "more": "{rule} : {left} autres résultats sont omis ({total} en tout)",
    },
    "es": {
        "title": "Informe de validación",
        "conforms": "Todas las fichas son conformes",
        "not_conforms": "Algunas fichas no son conformes",
        "records": "Fichas",
        "refused": "No conformes",
        "violation": "infracción",
        "warning": "advertencia",
        "info": "información",
        "violations": "Infracciones",
        "warnings": "Advertencias",
        "infos": "Para información",
        "completeness": "Completitud",
        "average": "Completitud media",
        "severity": "Gravedad",
        "rule": "Regla",
        "message": "Qué está mal y cómo corregirlo",
        "where": "Dónde",
        "value": "Valor",
        "clean": "Fichas sin observaciones",
        "more": "{rule}: se omiten {left} resultados más ({total} en total)",
    },
}


def words(language: str) -> Mapping[str, str]:
    """Return the words of a language, English for one we do not speak."""
    return _WORDS.get(language, _WORDS[LANGUAGES[0]])


def left_out(report: ValidationReport, language: str) -> list[tuple[str, str]]:
    """Return each rule of which a bounded report leaves results out, and how many in words."""
    more = words(language)["more"]
    return [
        (rule, more.format(rule=rule, left=left, total=report.totals[rule]))
        for rule, left in report.omitted.items()
    ]


def rule_name(result: Result, language: str) -> str:
    """Return the name of a result's rule."""
    return in_language(result.name, language) or result.rule
