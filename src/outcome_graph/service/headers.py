"""What Flask's answers and those before it share: headers, and what a problem document says."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

__all__ = ["CACHE_CONTROL", "CORS", "PROBLEM_JSON", "SECURITY", "VARY", "as_json", "problem"]

PROBLEM_JSON = "application/problem+json"

SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
#: No answer to reading depends on who asks, and no cookie is ever set: writing needs a token that
#: another site does not have.
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "ETag, Link, Location, Retry-After, WWW-Authenticate, X-Revision, X-Truncated"
    ),
}
CACHE_CONTROL = "public, no-cache"
VARY = ("Accept", "Accept-Encoding")


def problem(
    status: int,
    detail: str,
    path: str,
    *,
    title: str | None = None,
    kind: str = "about:blank",
    **more: Any,
) -> dict[str, Any]:
    """Return a problem document (RFC 9457) about a request of a path.

    Parameters:
        title: None for the status's phrase.
        kind: the URI of the kind of problem.
        more: members of its own.
    """
    return {
        "type": kind,
        "title": title or HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": path,
        **more,
    }


def as_json(facts: dict[str, Any]) -> str:
    """Return facts as JSON for programs and people."""
    return json.dumps(facts, ensure_ascii=False, indent=2) + "\n"
