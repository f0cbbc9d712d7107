"""What the views share: the graph they answer for, and IRIs as links."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import current_app, request

from outcome_graph.errors import UsageError
from outcome_graph.namespaces import ONTOLOGY

if TYPE_CHECKING:
    from outcome_graph.pipeline import OutcomeGraph
    from outcome_graph.pipeline.finding import NewestResults

__all__ = [
    "CACHE",
    "EXTENSION",
    "FAMILIES",
    "METRICS",
    "RESULTS",
    "graph",
    "href",
    "min_revision",
    "newest_results",
]

EXTENSION = "outcome-graph"
METRICS = "outcome-graph-metrics"
CACHE = "outcome-graph-cache"
RESULTS = "outcome-graph-results"
#: First path segments whose things are described directly.
FAMILIES = (
    "country", "region", "organisation", "project", "legal-act", "concept", "activity",
    "contribution", "agent",
)  # fmt: skip


def graph() -> OutcomeGraph:
    """Return the graph that this application answers for."""
    return cast("OutcomeGraph", current_app.extensions[EXTENSION])


def newest_results() -> NewestResults:
    """Return what knows all results of the newest revision."""
    return cast("NewestResults", current_app.extensions[RESULTS])


def min_revision() -> int | None:
    """Return the revision a client wants at least: ``revision=`` or the header ``X-Revision``.

    Raises:
        UsageError: it is no whole number, or there is no such revision yet.
    """
    text = request.values.get("revision") or request.headers.get("X-Revision")
    if not text:
        return None
    newest = graph().store.revision()
    if not (text.isascii() and text.isdigit()):
        raise UsageError(f"The revision must be a whole number, not {text[:40]!r}.")
    if int(text[:20]) > newest:
        raise UsageError(f"There is no revision {text[:20]} yet; the newest is {newest}.")
    return int(text)


def href(iri: str) -> str | None:
    """Return the address to link an IRI to: our own path, an http(s) IRI itself, else None."""
    base = graph().minter.base
    root = request.script_root
    if iri.startswith(base):
        return f"{root}/{iri[len(base) :]}"
    if iri.startswith(ONTOLOGY):
        return f"{root}/ontology{iri[len(ONTOLOGY) :]}"
    return iri if iri.startswith(("http://", "https://")) else None
