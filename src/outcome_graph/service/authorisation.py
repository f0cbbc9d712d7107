"""Who may write: bearer tokens (RFC 6750) with roles. Reading needs none.

A token is taken from the header ``Authorization`` alone, never from the address, where it would
end up in logs and histories. No cookie is ever set, so no other site can write in a user's name.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app, request

from outcome_graph.access import Token, TokenBook, tokens_file
from outcome_graph.errors import StoreReadOnlyError
from outcome_graph.service.context import graph
from outcome_graph.service.errors import ForbiddenError, UnauthorisedError

__all__ = ["BOOK", "book_for", "demand_own_page", "demand_role", "is_read_only", "may_be_written"]

#: Where the application keeps its book of tokens.
BOOK = "outcome-graph-tokens"
_REALM = 'Bearer realm="outcome-graph"'


def book_for() -> TokenBook | None:
    """Return the application's tokens; None where no file for them is named."""
    if BOOK not in current_app.extensions:
        path = tokens_file(graph().settings)
        current_app.extensions[BOOK] = None if path is None else TokenBook(path)
    found: TokenBook | None = current_app.extensions[BOOK]
    return found


def is_read_only() -> bool:
    """Tell whether the service was started for reading only."""
    return graph().store.read_only


def may_be_written() -> bool:
    """Tell whether anybody may write: it is not for reading only, and there are tokens."""
    book = book_for()
    return not is_read_only() and book is not None and bool(book.tokens())


def demand_role(role: str, secret: str | None = None) -> str:
    """Return the name of the token of the current request, which must have a role.

    Parameters:
        role: at least this one.
        secret: the token, where a form of ours sent it in its body; None to take the header's.

    Raises:
        StoreReadOnlyError: the service is for reading only (403).
        ForbiddenError: there are no tokens, or this one's role does not do (403).
        UnauthorisedError: there is no good token (401).
    """
    if is_read_only():
        raise StoreReadOnlyError("This service is for reading only; it accepts no writes.")
    book = book_for()
    if book is None or not book.tokens():
        raise ForbiddenError(
            "Nobody may write here yet: no access token has been made. The operator makes one "
            f"with: outcome-graph token create --role {role}"
        )
    token = _presented(book) if secret is None else _good(book, secret)
    if not token.allows(role):
        raise ForbiddenError(
            f"This needs a token with the role {role}; yours has the role {token.role}.",
            f'{_REALM}, error="insufficient_scope", scope="{role}"',
        )
    return token.name


def demand_own_page() -> None:
    """Refuse forms that pages of other sites send.

    A form needs a token in its body, which no browser adds by itself; this is a second lock.

    Raises:
        ForbiddenError: it is another site's (403).
    """
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    own = origin is None or urlsplit(origin).netloc == request.host
    if site not in (None, "same-origin", "none") or not own:
        raise ForbiddenError("Forms are taken from this site's own pages, not from others.")


def _presented(book: TokenBook) -> Token:
    header = request.headers.get("Authorization", "").strip()
    if not header:
        raise UnauthorisedError(
            "This needs an access token. Send it in the header: Authorization: Bearer TOKEN", _REALM
        )
    scheme, _, secret = header.partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise UnauthorisedError(
            "The header Authorization must be: Bearer TOKEN", f'{_REALM}, error="invalid_request"'
        )
    return _good(book, secret)


def _good(book: TokenBook, secret: str) -> Token:
    token = book.find(secret.strip())
    if token is None:
        raise UnauthorisedError(
            "The access token is not known, was revoked, or has expired.",
            f'{_REALM}, error="invalid_token"',
        )
    return token
