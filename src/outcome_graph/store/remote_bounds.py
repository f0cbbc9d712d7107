"""Limits of what is asked of a remote engine."""

from __future__ import annotations

from dataclasses import dataclass, field

from outcome_graph.store.update_runs import UpdateBounds

__all__ = ["RemoteBounds"]


@dataclass(frozen=True, slots=True)
class RemoteBounds:
    """Limits of what is asked of an engine.

    Parameters:
        deadline: seconds of a query that names no deadline of its own, and the most it may name.
        silence: seconds the engine may say nothing.
        update_bytes: size of one update request.
        copy_quads: statements that are copied here to work out a SPARQL update with WHERE, or to
            answer a query of several graphs.
        updates: what working one out may use.
    """

    deadline: float | None = None
    silence: float = 60.0
    update_bytes: int = 64_000_000
    copy_quads: int = 1_000_000
    updates: UpdateBounds = field(default_factory=UpdateBounds)
