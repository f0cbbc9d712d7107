"""Values that users bind to variables of queries."""

from __future__ import annotations

from typing import Any

import rdflib.term

from outcome_graph.errors import UsageError
from outcome_graph.rdf import BlankNode, Literal, NamedNode, Term

__all__ = ["bound_term"]


def bound_term(value: Any) -> Term:
    """Turn an rdflib term or a Python value into a term of ours.

    Raises:
        UsageError: it is a blank node of rdflib's.
    """
    if isinstance(value, NamedNode | BlankNode | Literal):
        return value
    if isinstance(value, rdflib.term.URIRef):
        return NamedNode(str(value))
    if isinstance(value, rdflib.term.BNode):
        raise UsageError("A blank node cannot be bound: in a query it stands for anything.")
    literal = value if isinstance(value, rdflib.term.Literal) else rdflib.term.Literal(value)
    if literal.language:
        return Literal(str(literal), language=literal.language)
    if literal.datatype:
        return Literal(str(literal), datatype=NamedNode(str(literal.datatype)))
    return Literal(str(literal))
