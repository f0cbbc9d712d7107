"""The Flask application: blueprints, error handlers, headers that every answer carries."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from flask import Flask, Response, current_app, request

from outcome_graph.errors import StoreError
from outcome_graph.pipeline.finding import NewestResults
from outcome_graph.service import pages
from outcome_graph.service.cache import CacheMiddleware
from outcome_graph.service.context import CACHE, EXTENSION, METRICS, RESULTS, graph
from outcome_graph.service.early import HostCheck
from outcome_graph.service.errors import drain_body, register_error_handlers
from outcome_graph.service.headers import CACHE_CONTROL, CORS, SECURITY, VARY
from outcome_graph.service.metrics import Metrics
from outcome_graph.service.quick import QuickQueries
from outcome_graph.service.routes import blueprints
from outcome_graph.service.wording import language

if TYPE_CHECKING:
    from outcome_graph.pipeline import OutcomeGraph

__all__ = ["create_app"]

#: Everything pages need comes from this server; there is no script at all.
_CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_PREFLIGHT = {
    "Access-Control-Allow-Headers": (
        "Accept, Authorization, Content-Encoding, Content-Type, If-Match, If-None-Match, X-Revision"
    ),
    "Access-Control-Max-Age": "86400",
}


def create_app(graph: OutcomeGraph) -> Flask:
    """Make the WSGI application that answers for a graph.

    Parameters:
        graph: an open graph; the caller closes it after the last request.
    """
    app = Flask("outcome_graph.service", root_path=str(pages.ROOT), static_folder="static")
    app.extensions[EXTENSION] = graph
    app.extensions[RESULTS] = NewestResults(graph.answer, graph.store)
    app.config["MAX_CONTENT_LENGTH"] = graph.settings.max_upload_bytes
    app.config["MAX_FORM_MEMORY_SIZE"] = None  # forms hold queries; the route bounds those itself
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.url_map.strict_slashes = False
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    pages.register(app)
    for blueprint in blueprints():
        app.register_blueprint(blueprint)
    register_error_handlers(app)
    app.before_request(_of_the_server)
    app.after_request(_finish)
    settings = graph.settings
    metrics = app.extensions[METRICS] = Metrics(graph)
    cached = app.extensions[CACHE] = CacheMiddleware(
        metrics.behind_cache(QuickQueries(app.wsgi_app, graph.answer, settings)),
        graph.store.revision,
        settings.cache_bytes,
        settings.max_query_bytes,
    )
    rules = [rule.rule for rule in app.url_map.iter_rules()]
    app.wsgi_app = metrics.in_front(  # type: ignore[method-assign,assignment]
        HostCheck(cached), rules, cached.cache
    )
    return app


def _of_the_server() -> Response | None:
    """Answer ``OPTIONS *``, which asks what the server as a whole takes (RFC 9110, 9.3.7)."""
    if request.method != "OPTIONS" or request.environ.get("PATH_INFO") != "*":
        return None
    methods = {method for rule in current_app.url_map.iter_rules() for method in rule.methods or ()}
    response = Response(status=204, headers={"Allow": ", ".join(sorted(methods))})
    del response.headers["Content-Type"]
    return response


def _finish(response: Response) -> Response:
    headers = response.headers
    if "X-Revision" not in headers:
        # A store that cannot be reached has been reported in the answer already.
        with suppress(StoreError):
            headers["X-Revision"] = str(graph().store.revision())
    for name, value in SECURITY.items():
        headers.setdefault(name, value)
    if response.mimetype == "text/html":
        # The previews of /reconcile have one of their own: they are shown in frames.
        headers.setdefault("Content-Security-Policy", _CSP)
        headers.setdefault("Content-Language", language())
        response.vary.add("Accept-Language")
    headers.update(CORS)
    if request.method == "OPTIONS":
        headers["Access-Control-Allow-Methods"] = headers.get("Allow", "GET, HEAD, OPTIONS")
        headers.update(_PREFLIGHT)
    headers.setdefault("Cache-Control", CACHE_CONTROL)
    if response.status_code >= 400 and request.method not in ("GET", "HEAD"):
        drain_body()
    response.vary.update(VARY)
    return response
