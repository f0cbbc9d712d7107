"""What an engine finds, before it is put into words."""

from __future__ import annotations

from dataclasses import dataclass

from outcome_graph.rdf import Term

__all__ = ["Finding"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A validation result, whoever found it: pySHACL, or a query.

    Parameters:
        focus, value: terms. path: IRI, or path in SPARQL's notation.
        shape: IRI or blank node label of the source shape.
        component, severity: IRIs. messages: by language ("" for none).
    """

    focus: Term
    path: str | None
    value: Term | None
    shape: str
    component: str
    severity: str
    messages: tuple[tuple[str, str], ...]
