"""Which property says which field, the tables that writer and reader share; values as literals."""

from __future__ import annotations

from collections.abc import Iterator

from outcome_graph.model import Date, Texts
from outcome_graph.namespaces import DCTERMS, OG, XSD
from outcome_graph.rdf import Literal, NamedNode, Triple

__all__ = [
    "CODE_FIELDS",
    "CONCEPT_FIELDS",
    "DATE_FIELDS",
    "READING_PREDICATES",
    "TEXT_FIELDS",
    "date_triples",
    "integer_literal",
    "text_triples",
    "year_literal",
]

#: Language-tagged texts of the outcome.
TEXT_FIELDS: dict[str, NamedNode] = {
    "titles": DCTERMS.title,
    "achievement": OG.achievement,
    "gender_equality": OG.genderEquality,
    "result_statement": OG.resultStatement,
    "indicator_statement": OG.indicatorStatement,
}

#: Days of the outcome.
DATE_FIELDS: dict[str, NamedNode] = {
    "achieved_on": OG.achievedOn,
    "period_start": OG.periodStart,
    "period_end": OG.periodEnd,
}

#: Single values that are concepts: property and scheme.
CONCEPT_FIELDS: dict[str, tuple[NamedNode, str]] = {
    "result_type": (OG.resultType, "result-type"),
    "biennium": (OG.biennium, "biennium"),
    "visibility": (OG.visibility, "visibility"),
}

#: Sets of UN codes.
CODE_FIELDS: dict[str, NamedNode] = {
    "sdg_goals": OG.sdgGoal,
    "sdg_targets": OG.sdgTarget,
    "sdg_indicators": OG.sdgIndicator,
}

#: The property that a piece of evidence or a candidate speaks of, by field of the record.
READING_PREDICATES: dict[str, NamedNode] = {
    "legal_acts": OG.legalAct,
    "funders": OG.funder,
    "constituents": OG.constituent,
    "contributors": OG.contributor,
    "activities": OG.activity,
    "projects": OG.project,
    "sdg_goals": OG.sdgGoal,
    "sdg_targets": OG.sdgTarget,
    "sdg_indicators": OG.sdgIndicator,
    "branches": OG.branch,
    "country": OG.country,
    "step": OG.step,
    "result_type": OG.resultType,
    "biennium": OG.biennium,
    "visibility": OG.visibility,
    "indicator": OG.indicator,
}


def text_triples(node: NamedNode, predicate: NamedNode, values: Texts) -> Iterator[Triple]:
    """Yield the statements of texts."""
    for text in values:
        yield Triple(node, predicate, Literal(text.value, language=text.language))


def date_triples(node: NamedNode, predicate: NamedNode, day: Date | None) -> Iterator[Triple]:
    """Yield the statement of a day, if there is one."""
    if day is not None:
        yield Triple(node, predicate, Literal(day.isoformat(), datatype=XSD.date))


def year_literal(value: int) -> Literal:
    """Return a year."""
    return Literal(f"{value:04d}", datatype=XSD.gYear)


def integer_literal(value: int) -> Literal:
    """Return a number."""
    return Literal(str(value), datatype=XSD.integer)
