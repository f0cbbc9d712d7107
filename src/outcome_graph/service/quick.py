"""The short way of a query: WSGI middleware between the response cache and Flask.

Only the plainest request is taken: ``GET /sparql?query=…`` with nothing else asked, answered in a
format for programs. Anything else, and anything malformed, goes on to the views, which say what is
wrong; an error of the query itself is handed on to them too. The answer is the same to the byte,
headers included, as theirs: a test compares the two. It saves half of the time of small queries.
"""

from __future__ import annotations

import re
from binascii import a2b_qp
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from outcome_graph.service.answering import kind_of, offers_by_accept, query_request
from outcome_graph.service.cache import mark_cacheable
from outcome_graph.service.headers import CACHE_CONTROL, CORS, SECURITY, VARY
from outcome_graph.service.negotiation import HTML
from outcome_graph.service.streaming import prepare
from outcome_graph.sparql_text import is_deterministic
from outcome_graph.store.base import AnswerFormats, QueryRequest

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from outcome_graph.settings import Settings
    from outcome_graph.store.base import Answer

__all__ = ["QuickQueries", "raise_failure"]

_FAILURE = "outcome_graph.failure"
_PATH = "/sparql"
_PARAMETER = "query="
_BROKEN = re.compile("%(?![0-9A-Fa-f]{2})")
_STANDARD = {**SECURITY, **CORS, "Cache-Control": CACHE_CONTROL, "Vary": ", ".join(VARY)}


def raise_failure(environ: WSGIEnvironment) -> None:
    """Raise the error of a query that was asked on the short way, if it was."""
    if (failure := environ.get(_FAILURE)) is not None:
        raise failure


class QuickQueries:
    """WSGI middleware; see the module's docstring.

    Parameters:
        app: what answers everything else.
        ask: answers a query (`OutcomeGraph.answer`).
        settings: bounds of queries and answers.
    """

    def __init__(
        self, app: WSGIApplication, ask: Callable[[QueryRequest], Answer], settings: Settings
    ) -> None:
        self.app, self.ask, self.settings = app, ask, settings

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request: the WSGI callable."""
        sparql = _query_of(environ, self.settings.max_query_bytes)
        kind = kind_of(sparql) if sparql is not None else None
        if sparql is None or kind is None:
            return self.app(environ, start_response)
        offers = offers_by_accept(environ.get("HTTP_ACCEPT"))
        offer = offers.of(kind)
        if offer is None or offer.media_type == HTML:
            return self.app(environ, start_response)
        try:
            answer = self.ask(self._request(sparql, offers.formats()))
            prepared = prepare(answer, offer.media_type, _PATH)
        except Exception as error:  # the view raises it, and Flask says what is to be said
            environ[_FAILURE] = error
            return self.app(environ, start_response)
        if prepared.cacheable and is_deterministic(sparql):
            mark_cacheable(environ)
        headers = {**_STANDARD, **prepared.headers}
        if isinstance(prepared.body, bytes):
            headers["Content-Length"] = str(len(prepared.body))
            start_response("200 OK", list(headers.items()))
            return [prepared.body]
        start_response("200 OK", list(headers.items()))
        return _Closing(prepared.body, answer)

    def _request(self, sparql: str, formats: AnswerFormats) -> QueryRequest:
        return query_request(sparql, formats, self.settings)


class _Closing:
    """The pieces of an answer, which is closed when the server has sent, or given up, them."""

    def __init__(self, pieces: Iterator[bytes], answer: Answer) -> None:
        self._pieces, self._answer = pieces, answer

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces

    def close(self) -> None:
        self._answer.close()


def _query_of(environ: WSGIEnvironment, longest: int) -> str | None:
    """Return the query, of so many bytes at most, of a request that asks for nothing else."""
    text: str = environ.get("QUERY_STRING", "")
    if (
        environ["REQUEST_METHOD"] != "GET"
        or environ.get("PATH_INFO") != _PATH
        or not text.startswith(_PARAMETER)
        or "&" in text
        or not text.isascii()
        or "HTTP_X_REVISION" in environ
    ):
        return None
    query = _unquoted(text[len(_PARAMETER) :].replace("+", " "))
    try:
        return query.decode("utf-8") if len(query) <= longest else None
    except ValueError:
        return None


def _unquoted(text: str) -> bytes:
    """Do as `unquote_to_bytes`, which takes as long as the rest of this way, in a tenth of that.

    Quoted-printable is the same but for its sign, and its decoder is written in C. The two differ
    in what they make of signs that nothing follows; those are left to the other.
    """
    if _BROKEN.search(text):
        return unquote_to_bytes(text)
    return a2b_qp(text.replace("=", "=3D").replace("%", "=").encode("ascii"))
