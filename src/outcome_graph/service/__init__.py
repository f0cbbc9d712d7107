"""The HTTP service: thin routes over the pipeline. See ``docs/http.md``.

The application is imported when it is asked for: the process that only watches over the one that
serves (`outcome_graph.service.server`) does without it, and so needs a fourth of the memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_graph.lazy import lazy_names

if TYPE_CHECKING:
    from outcome_graph.service.app import create_app

__all__ = ["create_app"]

__getattr__ = lazy_names(__name__, {"outcome_graph.service.app": ("create_app",)})
