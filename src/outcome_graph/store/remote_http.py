"""Talking to a remote engine over HTTP: one pool of connections, one place for what can go wrong.

SPARQLWrapper makes the requests of queries, as SPARQL 1.1 Protocol has them (parameters, encoding,
``Accept``); the pool sends them, and streams what comes back. Updates and the graph store go
through the same pool.

What is tried again: a read whose connection was refused or broken before the answer began, twice.
An update only when no connection could be made, so that nothing can have been sent. Nothing is
tried again after a time-out.
"""

from __future__ import annotations

import math
import os
import socket
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import IO, Any, cast

import urllib3
from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NewConnectionError,
    ReadTimeoutError,
    SSLError,
)

from outcome_graph.errors import OutcomeGraphError, StoreError, UncertainError
from outcome_graph.store.deadlines import Deadline
from outcome_graph.store.remote_refusals import (
    away,
    check_status,
    reason_of,
    said,
)

__all__ = ["Body", "EngineClient"]

_CONNECT_SECONDS = 5.0
_PAUSES = (0.1, 0.4)
_POOL = 32
#: Bytes of an update that the slowest engine carries out in a second.
_SLOWEST = 250_000
_RESULTS_JSON = "application/sparql-results+json"
_NTRIPLES = "application/n-triples"


class _Request(SPARQLWrapper):
    """A query as SPARQLWrapper puts it into a request.

    Its own guess at a query's form is a regular expression that a hostile query can keep busy for
    hours; the form is known here.
    """

    def __init__(self, endpoint: str, sparql: str, form: str) -> None:
        self._form = form
        super().__init__(endpoint, agent="outcome-graph")
        self.setOnlyConneg(True)
        self.setMethod(POST)
        self.setReturnFormat(JSON)
        if form == "CONSTRUCT":
            # It knows no N-Triples, which is what can be read as it comes.
            self.setReturnFormat(TURTLE)
            self.addCustomHttpHeader("Accept", _NTRIPLES)
        self.setQuery(sparql)

    def _parseQueryType(self, query: str) -> str:  # noqa: N802 - SPARQLWrapper's name
        return getattr(self, "_form", "SELECT")

    def prepared(self) -> tuple[str, bytes, dict[str, str]]:
        """Return URL, body and headers."""
        request = self._createRequest()
        assert isinstance(request.data, bytes)
        return request.full_url, request.data, dict(request.header_items())


class Body:
    """The body of an answer as it arrives: a file to read from.

    Parameters:
        response: its head has come.
        where: the engine, for messages.
        deadline: when it must be read, None for none.
    """

    def __init__(
        self,
        response: urllib3.BaseHTTPResponse,
        where: str,
        deadline: Deadline | None = None,
    ) -> None:
        self._response = response
        self._where = where
        self._deadline = deadline
        self._lock = threading.Lock()
        self._open = True
        self._expired = False
        self._timer: threading.Timer | None = None
        if deadline is not None:
            self._watch(deadline)

    def _watch(self, deadline: Deadline) -> None:
        """Break the connection at the deadline: a read that waits for the engine then ends."""
        try:
            self._socket = socket.socket(fileno=os.dup(self._response.fileno()))
        except (OSError, ValueError):
            # All of it has come already.
            return
        self._timer = threading.Timer(deadline.left, self._expire)
        self._timer.daemon = True
        self._timer.start()

    def _expire(self) -> None:
        with self._lock:
            if self._open:
                self._expired = True
                with suppress(OSError):
                    self._socket.shutdown(socket.SHUT_RDWR)

    def read(self, amount: int | None = None) -> bytes:
        """Read up to so many bytes, b"" at the end.

        Raises:
            QueryTimeoutError: the deadline passed.
            StoreError: the connection broke.
        """
        if not self._open:
            return b""
        wanted = None if amount is None or amount < 0 else amount
        try:
            data = self._response.read(wanted)
        except (HTTPError, OSError, ValueError) as error:
            expired = self._expired or isinstance(error, ReadTimeoutError)
            self.close()
            if expired:
                raise self._timed_out() from error
            raise StoreError(
                f"The engine at {self._where} broke off in the middle of its answer "
                f"({reason_of(error)}). Try again, or look whether it still runs."
            ) from error
        if self._expired:
            self.close()
            raise self._timed_out()
        if not data and wanted != 0:
            self.close()
        return bytes(data)

    def _timed_out(self) -> OutcomeGraphError:
        if self._deadline is None:
            return StoreError(
                f"The engine at {self._where} stayed silent in the middle of its answer. "
                "Raise OUTCOME_GRAPH_ENGINE_TIMEOUT if it needs longer."
            )
        return self._deadline.expired()

    def file(self) -> IO[bytes]:
        """Return this as what parsers call a file; they need no more than ``read``."""
        return cast("IO[bytes]", self)

    def close(self) -> None:
        """Give up the rest; the connection goes back to the pool only when all was read."""
        with self._lock:
            if not self._open:
                return
            self._open = False
        if self._timer is not None:
            self._timer.cancel()
            self._socket.close()
        self._response.close()
        self._response.release_conn()


class EngineClient:
    """A remote engine over HTTP; thread-safe.

    Parameters:
        authorisation: value of the Authorization header, None for none. Never logged.
        silence: seconds the engine may say nothing before it counts as away.
    """

    def __init__(self, authorisation: str | None, silence: float) -> None:
        headers = {"User-Agent": "outcome-graph"}
        if authorisation:
            headers["Authorization"] = authorisation
        self._headers = headers
        self._silence = silence
        #: Whether the engine takes a query's deadline in seconds as ``timeout``, and stops it
        #: itself. Fuseki does, and RDF4J; to others the same word means milliseconds.
        self._takes_timeout = False
        self._pool = urllib3.PoolManager(num_pools=4, maxsize=_POOL, retries=False)

    # -- questions ------------------------------------------------------------------------------

    def query(
        self,
        url: str,
        sparql: str,
        form: str,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        deadline: Deadline | None = None,
        users: bool = False,
    ) -> Body:
        """Send a query; return its answer, SPARQL Results JSON or N-Triples, as it comes.

        Parameters:
            url: the query address.
            sparql: the query.
            form: SELECT, ASK, or CONSTRUCT for all that answers with a graph.
            default_graphs, named_graphs: the protocol's dataset.
            deadline: see `Body`.
            users: the query is a user's, so that a refusal is the query's fault.

        Raises:
            QueryError: the engine refuses a user's query.
            QueryTimeoutError: the deadline passed.
            StoreBusyError: the engine has too much to do.
            StoreError: the engine is away, refuses us, or is no SPARQL engine.
        """
        request = _Request(url, sparql, form)
        for graph in default_graphs:
            request.addParameter("default-graph-uri", graph)
        for graph in named_graphs:
            request.addParameter("named-graph-uri", graph)
        if deadline is not None and self._takes_timeout:
            request.addParameter("timeout", str(math.ceil(deadline.left) or 1))
        address, body, headers = request.prepared()
        response = self._read(address, "POST", body, headers, deadline)
        wanted = _NTRIPLES if form == "CONSTRUCT" else _RESULTS_JSON
        check_status(response, url, deadline, users=users)
        kind = response.headers.get("Content-Type", "").split(";")[0].strip().lower()
        if kind not in (wanted, "application/json" if wanted == _RESULTS_JSON else "text/plain"):
            response.close()
            raise StoreError(
                f"{url} answers a query with {kind or 'no media type'} where {wanted} was asked "
                "for: it is no SPARQL query address. For Oxigraph it ends with /query, for Fuseki "
                "with /DATASET/query."
            )
        return Body(response, url, deadline)

    def get_graph(self, url: str, graph: str) -> Body | None:
        """Get a named graph as N-Triples (Graph Store Protocol, 5.2); None when there is none.

        Raises:
            StoreError: the engine is away, or refuses us.
        """
        response = self._read(url, "GET", None, {"Accept": _NTRIPLES}, None, {"graph": graph})
        if response.status == 404:
            response.drain_conn()
            response.release_conn()
            return None
        check_status(response, url, None)
        kind = response.headers.get("Content-Type", "").split(";")[0].strip().lower()
        if kind not in (_NTRIPLES, "text/plain"):
            response.close()
            raise StoreError(
                f"{url} answers with {kind or 'no media type'} where a graph was asked for: it is "
                "no graph store address. Name the engine's with OUTCOME_GRAPH_GRAPHS_URL."
            )
        return Body(response, url)

    def _read(
        self,
        url: str,
        method: str,
        body: bytes | None,
        headers: Mapping[str, str],
        deadline: Deadline | None,
        fields: Mapping[str, str] | None = None,
    ) -> urllib3.BaseHTTPResponse:
        for pause in (*_PAUSES, None):
            try:
                left = self._silence if deadline is None else max(deadline.left, 0.01)
                response = self._send(url, method, body, headers, left, fields)
                if "Fuseki-Request-Id" in response.headers or "/repositories/" in url:
                    self._takes_timeout = True
                return response
            except ReadTimeoutError as error:
                if deadline is not None:
                    raise deadline.expired() from error
                raise self._silent(url) from error
            except (HTTPError, OSError) as error:
                hopeless = isinstance(error, SSLError | ConnectTimeoutError)
                if pause is None or hopeless or (deadline is not None and deadline.left <= pause):
                    raise away(url, error) from error
                time.sleep(pause)
        raise AssertionError("unreachable")

    # -- changes --------------------------------------------------------------------------------

    def update(self, url: str, sparql: str) -> None:
        """Send an update, once.

        Raises:
            UncertainError: it may or may not have been carried out.
            StoreError: it was not.
        """
        headers = {"Content-Type": "application/sparql-update; charset=utf-8", "Accept": "*/*"}
        body = sparql.encode()
        patience = self._silence + len(body) / _SLOWEST
        for pause in (*_PAUSES, None):
            try:
                response = self._send(url, "POST", body, headers, patience)
                break
            except (NewConnectionError, ConnectTimeoutError) as error:
                # No connection, nothing sent.
                if pause is None or isinstance(error, ConnectTimeoutError):
                    raise away(url, error) from error
                time.sleep(pause)
            except (HTTPError, OSError) as error:
                raise UncertainError(
                    f"The engine at {url} did not say what became of a change ({reason_of(error)})."
                ) from error
        if response.status >= 500:
            text = said(response)
            raise UncertainError(f"The engine at {url} failed ({response.status}): {text}")
        check_status(response, url, None)
        with suppress(HTTPError, OSError):
            response.drain_conn()
        response.release_conn()

    def _send(
        self,
        url: str,
        method: str,
        body: bytes | None,
        headers: Mapping[str, str],
        patience: float,
        fields: Mapping[str, str] | None = None,
    ) -> urllib3.BaseHTTPResponse:
        options: dict[str, Any] = {"fields": fields} if fields else {"body": body}
        return self._pool.request(
            method,
            url,
            headers={**headers, **self._headers},
            timeout=urllib3.Timeout(connect=min(_CONNECT_SECONDS, patience), read=patience),
            preload_content=False,
            redirect=False,
            **options,
        )

    def _silent(self, url: str) -> StoreError:
        return StoreError(
            f"The engine at {url} stayed silent for {self._silence:g} seconds. Look whether it "
            "works, or raise OUTCOME_GRAPH_ENGINE_TIMEOUT."
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.clear()
