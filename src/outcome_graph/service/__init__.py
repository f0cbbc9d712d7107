"""The HTTP service: thin routes over the pipeline. See ``docs/http.md``."""

from outcome_graph.service.app import create_app

__all__ = ["create_app"]
