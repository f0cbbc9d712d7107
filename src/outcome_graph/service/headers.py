"""Headers that every answer carries: said once, for Flask's answers and for those before it."""

from __future__ import annotations

__all__ = ["CACHE_CONTROL", "CORS", "SECURITY", "VARY"]

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
