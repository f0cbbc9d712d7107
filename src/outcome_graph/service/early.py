"""Answers that are given before Flask sees the request: problem documents, as everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from outcome_graph.service.headers import CORS, PROBLEM_JSON, SECURITY, VARY, as_json, problem

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

__all__ = ["HostCheck", "refuse"]

# RFC 9110, 4.2.1: a name or an address, which is not empty, and a port. Characters that names
# could have by RFC 3986 but never do are left out: a comma joins two headers.
_HOST = re.compile(r"([A-Za-z0-9._~%-]+|\[[0-9A-Fa-f:.]+\])(:\d*)?")

#: As granian says it, and as the specification of WSGI does.
_MAY_NAME_NONE = ("HTTP/1", "HTTP/1.0")


def refuse(
    environ: WSGIEnvironment, start_response: StartResponse, status: HTTPStatus, detail: str
) -> list[bytes]:
    """Answer with a problem document (RFC 9457)."""
    body = as_json(problem(status, detail, environ.get("PATH_INFO", ""))).encode()
    headers = {
        "Content-Type": PROBLEM_JSON,
        "Content-Length": str(len(body)),
        "Cache-Control": "no-store",
        "Vary": ", ".join(VARY),
        **SECURITY,
        **CORS,
    }
    start_response(f"{status.value} {status.phrase}", list(headers.items()))
    return [body]


class HostCheck:
    """WSGI middleware: refuses requests that do not say which host they are for, or not clearly.

    RFC 9112, 3.2, demands 400. Answers hold whole addresses that begin with the host.

    Parameters:
        app: the application behind it.
    """

    def __init__(self, app: WSGIApplication) -> None:
        self.app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request: the WSGI callable."""
        host = environ.get("HTTP_HOST", "")
        if not host and environ.get("SERVER_PROTOCOL") in _MAY_NAME_NONE:
            # The address that was connected to stands for it.
            environ.pop("HTTP_HOST", None)
        elif not _HOST.fullmatch(host):
            wrong = "Name the host in the header Host, once: a name or address, and a port."
            return refuse(environ, start_response, HTTPStatus.BAD_REQUEST, wrong)
        return self.app(environ, start_response)
