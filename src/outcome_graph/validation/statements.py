"""Statements as validation reads them: triples whose terms are IRIs, blank nodes and literals.

RDF 1.2 lets a triple be the object of another. SHACL, rdflib and our record model have no words for
that, so such triples are set apart here, once, and reported (``guard``).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from outcome_graph.rdf import NamedNode, Subject, Term, Triple

__all__ = ["Statement", "quoting", "statements"]


class Statement(NamedTuple):
    """A triple of RDF 1.1."""

    subject: Subject
    predicate: NamedNode
    object: Term


def statements(triples: Iterable[Triple]) -> list[Statement]:
    """Return the triples without those that quote a triple."""
    made = []
    for triple in triples:
        subject, value = triple.subject, triple.object
        if not isinstance(subject, Triple) and not isinstance(value, Triple):
            made.append(Statement(subject, triple.predicate, value))
    return made


def quoting(triples: Iterable[Triple]) -> list[Triple]:
    """Return the triples that quote a triple."""
    return [t for t in triples if isinstance(t.subject, Triple) or isinstance(t.object, Triple)]
