"""What a query is answered with: the format by its kind and ``Accept``, and the request for it.

Shared by the view of ``/sparql`` and by the shorter way in front of Flask (`quick`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from outcome_graph.service.negotiation import (
    FORMAT_NAMES,
    GRAPH_OFFERS,
    HTML,
    SOLUTION_OFFERS,
    Offer,
    best_offer,
)
from outcome_graph.sparql_text import QueryForm, form_of
from outcome_graph.store.base import AnswerFormats, AnswerKind, QueryRequest

if TYPE_CHECKING:
    from outcome_graph.settings import Settings

__all__ = ["Offers", "kind_of", "offers_by_accept", "offers_by_name", "query_request"]

#: What a query of each form answers with.
_KINDS: dict[QueryForm, AnswerKind] = {
    "select": "solutions",
    "ask": "boolean",
    "construct": "graph",
    "describe": "graph",
}


def kind_of(sparql: str) -> AnswerKind | None:
    """Return what a query answers with, as far as its first word tells."""
    return _KINDS.get(form_of(sparql))


@dataclass(frozen=True, slots=True)
class Offers:
    """What would be served for rows (and yes/no) and for graphs."""

    rows: Offer | None
    graph: Offer | None

    def of(self, kind: AnswerKind) -> Offer | None:
        """Return what an answer of this kind is served as."""
        return self.graph if kind == "graph" else self.rows

    def wants_html(self, kind: AnswerKind | None) -> bool:
        """Tell whether a page is wanted."""
        offer = self.of(kind or "solutions")
        return offer is not None and offer.media_type == HTML

    def formats(self) -> AnswerFormats:
        """Return what the store is to write."""
        rows = self.rows.engine if self.rows else None
        graph = self.graph.engine if self.graph else None
        return AnswerFormats(solutions=rows, boolean=rows, graph=graph)


@lru_cache(maxsize=256)
def offers_by_accept(accept: str | None) -> Offers:
    """Choose by the header ``Accept``."""
    return Offers(best_offer(accept, SOLUTION_OFFERS), best_offer(accept, GRAPH_OFFERS))


def offers_by_name(*names: str) -> Offers:
    """Choose by ``format=``: short names, or media types; the first that we have wins."""
    known = [FORMAT_NAMES.get(n, (n, n)) for n in (name.lower().strip() for name in names)]
    return Offers(
        _first(known, 0, SOLUTION_OFFERS),
        _first(known, 1, GRAPH_OFFERS),
    )


def _first(
    known: Sequence[tuple[str | None, str | None]], place: int, offers: tuple[Offer, ...]
) -> Offer | None:
    return next((offer for names in known if (offer := _named(names[place], offers))), None)


def _named(media_type: str | None, offers: tuple[Offer, ...]) -> Offer | None:
    return next((o for o in offers if o.media_type == media_type), None)


def query_request(
    sparql: str, formats: AnswerFormats, settings: Settings, **more: Any
) -> QueryRequest:
    """Return the request for a query, with the bounds of the service.

    Parameters:
        sparql: the query.
        formats: what it is to be written as.
        settings: the bounds.
        more: fields of `QueryRequest` that this call asks for itself.
    """
    bounds = {
        "base_iri": settings.base,
        "deadline": settings.deadline,
        "max_rows": settings.max_rows,
        "max_bytes": settings.max_bytes,
    }
    return QueryRequest(sparql=sparql, formats=formats, **{**bounds, **more})
