"""One table from error to HTTP status, and one shape for every error (RFC 9457).

Browsers get an HTML page of the same facts. Messages of our own errors are written for their
user and shown; anything else is logged under an id and answered with that id alone.
"""

from __future__ import annotations

import logging
import re
import secrets
from contextlib import suppress
from http import HTTPStatus
from typing import Any, cast

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from outcome_graph import errors
from outcome_graph.service.headers import PROBLEM_JSON, as_json, problem
from outcome_graph.service.negotiation import HTML, best
from outcome_graph.service.wording import say

__all__ = [
    "STATUS",
    "TITLES",
    "ForbiddenError",
    "LengthRequiredError",
    "NotAcceptableError",
    "PreconditionFailedError",
    "UnauthorisedError",
    "UnsupportedCodingError",
    "UnsupportedMediaTypeError",
    "drain_body",
    "error_response",
    "problem_type",
    "register_error_handlers",
    "status_of",
]

_log = logging.getLogger("outcome_graph.service")

#: Where the engine behind the service is concerns its operator alone, who reads it in the log.
_ADDRESS = re.compile(r"https?://[^\s)]*[^\s).,:;]")
_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


class NotAcceptableError(errors.OutcomeGraphError):
    """No representation we have is acceptable to the client."""


class UnsupportedMediaTypeError(errors.UsageError):
    """The request's body has a media type that this route does not take."""


class UnsupportedCodingError(UnsupportedMediaTypeError):
    """The request's body is compressed in a way that is not taken (RFC 9110, 8.4)."""


class LengthRequiredError(errors.UsageError):
    """A write's body came without its length, in a syntax that does not show its end."""


class PreconditionFailedError(errors.OutcomeGraphError):
    """``If-None-Match`` of a write is not met (RFC 9110, 13.1.2)."""


class UnauthorisedError(errors.OutcomeGraphError):
    """A request needs a token and has none that is good.

    Parameters:
        challenge: for the header ``WWW-Authenticate``.
    """

    def __init__(self, message: str, challenge: str) -> None:
        super().__init__(message)
        self.challenge = challenge


class ForbiddenError(errors.OutcomeGraphError):
    """A token's role does not allow the request, or nobody may make it."""

    def __init__(self, message: str, challenge: str = "") -> None:
        super().__init__(message)
        self.challenge = challenge


#: The status of each error class; a class not listed has its nearest parent's.
STATUS: dict[type[errors.OutcomeGraphError], int] = {
    errors.OutcomeGraphError: 500,
    errors.UsageError: 400,
    errors.SourceError: 400,
    errors.UnsupportedSourceError: 415,
    errors.TooLargeError: 413,
    errors.NotAResultPageError: 422,
    errors.RecordError: 422,
    errors.NonConformingError: 422,
    errors.QueryError: 400,
    errors.NotFoundError: 404,
    errors.ConflictError: 409,
    errors.VocabularyError: 502,
    errors.StoreError: 503,
    errors.StoreBusyError: 503,
    errors.QueryTimeoutError: 503,
    errors.QueryMemoryError: 503,
    errors.UncertainError: 503,
    errors.StoreReadOnlyError: 403,
    NotAcceptableError: 406,
    PreconditionFailedError: 412,
    UnauthorisedError: 401,
    ForbiddenError: 403,
    UnsupportedMediaTypeError: 415,
    LengthRequiredError: 411,
}

#: What an error is called, for people, where that is more than its status; such errors have a type
#: of their own for programs (RFC 9457, 3.1.1), all others ``about:blank`` and the status's phrase.
TITLES: dict[type[errors.OutcomeGraphError], str] = {
    errors.QueryError: "The query cannot be answered",
    errors.QueryTimeoutError: "The query took too long",
    errors.QueryMemoryError: "The query needs too much memory",
    errors.StoreBusyError: "The service is busy",
    errors.NotAResultPageError: "This is no result page",
    errors.RecordError: "No record can be made of this",
    errors.NonConformingError: "The record does not conform",
}

#: What pages say where the title is a status's phrase, which people do not speak.
HEADINGS: dict[str, str] = {
    HTTPStatus(status).phrase: heading
    for status, heading in {
        400: "This cannot be understood",
        401: "An access token is needed",
        403: "This is not allowed",
        404: "There is nothing here",
        405: "This cannot be done here",
        406: "There is no such format",
        409: "Somebody else was faster",
        411: "The length is missing",
        412: "This has changed meanwhile",
        413: "This is too large",
        414: "The address is too long",
        415: "This kind of document is not taken",
        422: "This cannot be taken in",
        500: "Something went wrong",
        502: "The vocabulary cannot be had",
        503: "The service cannot answer now",
    }.items()
}

#: Details for errors that the web framework finds.
_DETAILS: dict[int, str] = {
    404: "There is nothing at this address. The home page lists what there is.",
    405: "This address does not take {method}; it takes {allow}.",
    413: "The request's body is larger than the server accepts.",
    414: "The address is too long. Send the query in the body of a POST request.",
    415: "The request's body has a media type that this address does not take.",
    400: "The request is malformed.",
}


def status_of(error: errors.OutcomeGraphError) -> int:
    """Return the HTTP status of an error by the nearest class in `STATUS`."""
    for kind in type(error).__mro__:
        if kind in STATUS:
            return STATUS[kind]
    return 500


def _kind_of(error: errors.OutcomeGraphError) -> tuple[str, str | None]:
    """Return the type and the title of an error's problem document."""
    for kind in type(error).__mro__:
        if kind in TITLES:
            title = TITLES[kind]
            if request.path == "/update":
                title = title.replace("query", "update")
            return problem_type(kind), title
    return "about:blank", None


def problem_type(kind: type[errors.OutcomeGraphError]) -> str:
    """Return the URI that tells programs what kind of problem an error is."""
    words = _WORD.sub("-", kind.__name__.removesuffix("Error")).lower()
    return f"urn:outcome-graph:problem:{words}"


def _extras(error: errors.OutcomeGraphError) -> dict[str, Any]:
    if isinstance(error, errors.QueryError) and error.line is not None:
        return {"line": error.line, "column": error.column}
    if isinstance(error, errors.QueryTimeoutError):
        return {"deadline": error.deadline}
    if isinstance(error, errors.RecordError) and len(error.problems) > 1:
        return {"problems": list(error.problems)}
    return {}


def error_response(
    status: int, detail: str, title: str | None = None, kind: str = "about:blank", **more: Any
) -> Response:
    """Make the answer to a request that failed: problem document, or a page for browsers.

    Parameters:
        status, detail, title, kind, more: see `headers.problem`.
    """
    facts = problem(status, detail, request.path, title=title, kind=kind, **more)
    offered = [PROBLEM_JSON, "application/json", HTML]
    accepted = best(request.headers.get("Accept"), offered)
    if accepted == HTML:
        heading = say(HEADINGS.get(facts["title"], facts["title"]))
        body = render_template("error.html", problem=facts, heading=heading)
        response = Response(body, content_type="text/html; charset=utf-8")
    else:
        # Where the client accepts neither, a problem document is still better than nothing.
        response = Response(as_json(facts), content_type=PROBLEM_JSON)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept")
    return response


#: So much of the body of a request that is refused is read and dropped: the server below closes a
#: connection with an unread body without a word (RFC 9112, 9.6), and a client that is still
#: sending, or sends its next request there, would never see why.
_DRAINED = 16_000_000


def drain_body() -> None:
    """Read and drop what is left of the current request's body."""
    if "HTTP_EXPECT" in request.environ:
        return  # the client waits for the answer before it sends its body (RFC 9110, 10.1.1)
    with suppress(Exception):  # the client may be gone; the answer stays what it is
        left = _DRAINED
        while left > 0 and (part := request.environ["wsgi.input"].read(min(left, 262_144))):
            left -= len(part)


def _ours(error: errors.OutcomeGraphError) -> Response:
    status = status_of(error)
    if status == 500:
        return _unexpected(error)
    if isinstance(error, errors.NonConformingError) and error.report is not None:
        from outcome_graph.service.report import refusal_response

        return refusal_response(error)
    # A write in several commits that a store failed in says what was done before.
    detail = " ".join([error.message, *getattr(error, "__notes__", ())])
    if status >= 503:
        _log.warning("%s %s: %s", request.method, request.path, detail)
        detail = _ADDRESS.sub("(its address)", detail)
    kind, title = _kind_of(error)
    response = error_response(status, detail, title, kind, **_extras(error))
    if challenge := getattr(error, "challenge", ""):
        response.headers["WWW-Authenticate"] = challenge
    if isinstance(error, UnsupportedCodingError):
        response.headers["Accept-Encoding"] = "gzip"
    if isinstance(error, errors.StoreBusyError):
        response.headers["Retry-After"] = str(error.retry_after)
    elif status == 503 and not isinstance(error, errors.UncertainError):
        # What may have been written is not to be sent again unseen.
        response.headers["Retry-After"] = "5"
    return response


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if error.response is not None or status < 400:
        return cast(Response, Response.force_type(error.get_response()))
    allowed = error.valid_methods if isinstance(error, MethodNotAllowed) else None
    allow = ", ".join(sorted(allowed or ()))
    detail = _DETAILS.get(status, error.description or "")
    response = error_response(status, detail.format(method=request.method, allow=allow))
    if allow:
        response.headers["Allow"] = allow
    return response


def _unexpected(error: Exception) -> Response:
    incident = secrets.token_hex(6)
    _log.error("incident %s: %s %s", incident, request.method, request.path, exc_info=error)
    detail = (
        "The service made a mistake. If it happens again, "
        f"tell the operator the incident number {incident}."
    )
    return error_response(500, detail, incident=incident)


def register_error_handlers(app: Flask) -> None:
    """Answer every error of the app in the one shape."""
    app.register_error_handler(errors.OutcomeGraphError, _ours)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)
