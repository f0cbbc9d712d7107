"""The HTTP service: thin routes over the pipeline. See ``docs/http.md``.

The application is imported when it is asked for: the process that only watches over the one that
serves (`outcome_graph.service.server`) does without it, and so needs a fourth of the memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from outcome_graph.service.app import create_app

__all__ = ["create_app"]


def __getattr__(name: str) -> object:
    if name == "create_app":
        from outcome_graph.service.app import create_app

        return create_app
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
