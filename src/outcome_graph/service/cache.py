"""The response cache: WSGI middleware in front of Flask, keyed by the store's revision.

A request whose answer is known is served without Flask. The key is (revision, method, host, path,
query string, ``Accept``, language, body of a query sent by POST); a commit makes a new revision,
and so all older entries unreachable. Only what a view declares deterministic is kept
(`mark_cacheable`), only successful and complete answers, and only so many bytes.

It also does for every answer what must be done once: HEAD is answered with the headers of GET
(RFC 9110, 9.3.2), complete answers get a strong ETag made of their content, ``If-None-Match`` is
answered with 304 (13.1.2) and ``If-Match`` with 412 (13.1.1), and bodies are compressed where the
client takes gzip.
"""

from __future__ import annotations

import hashlib
import io
import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeAlias

from outcome_graph.errors import StoreError
from outcome_graph.service.early import refuse
from outcome_graph.service.negotiation import best_encoding
from outcome_graph.service.wording import language_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

__all__ = ["CacheMiddleware", "ResponseCache", "mark_cacheable"]

Headers: TypeAlias = list[tuple[str, str]]

_FLAG = "outcome_graph.cacheable"
#: Bodies smaller than this are sent as they are: compressing them saves no packet.
_COMPRESS_FROM = 1000
_COMPRESSIBLE = ("text/", "application/json", "application/ld+json", "application/rdf+xml")
_COMPRESSIBLE_MORE = ("+json", "+xml", "n-triples", "n-quads", "trig", "application/xml")
#: An entry larger than this part of the cache is not kept.
_LARGEST_PART = 8
#: What an entry costs beside its bodies and its key.
_OVERHEAD = 600


def mark_cacheable(environ: WSGIEnvironment) -> None:
    """Declare that this request's answer depends on nothing but its key.

    Views call it; all others are never kept.
    """
    environ[_FLAG] = True


@dataclass(slots=True)
class _Entry:
    status: str
    headers: Headers
    body: bytes
    etag: str
    gzipped: bytes | None = None

    def size(self) -> int:
        return len(self.body) + len(self.gzipped or b"") + _OVERHEAD


class ResponseCache:
    """A bounded map from key to answer; the least recently used go first. Thread-safe.

    Parameters:
        max_bytes: what all entries together may take; 0 keeps nothing.
    """

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.bytes = 0
        self._entries: OrderedDict[tuple[Any, ...], _Entry] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: tuple[Any, ...]) -> _Entry | None:
        """Return the answer kept under a key."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None:
                self._entries.move_to_end(key)
            return entry

    def put(self, key: tuple[Any, ...], entry: _Entry) -> None:
        """Keep an answer if it is not too large a part of the whole."""
        size = entry.size() + _size_of(key)
        if size * _LARGEST_PART > self.max_bytes:
            return
        with self._lock:
            old = self._entries.pop(key, None)
            if old is not None:
                self.bytes -= old.size() + _size_of(key)
            self._entries[key] = entry
            self.bytes += size
            while self.bytes > self.max_bytes:
                gone_key, gone = self._entries.popitem(last=False)
                self.bytes -= gone.size() + _size_of(gone_key)


def _size_of(key: tuple[Any, ...]) -> int:
    return sum(len(part) for part in key if isinstance(part, str | bytes))


class CacheMiddleware:
    """WSGI middleware; see the module's docstring.

    Parameters:
        app: the application behind it.
        revision: returns the newest revision of the store; called for every request.
        max_bytes: bound of the cache.
        max_query_bytes: bodies of queries sent by POST up to this size are part of keys.
    """

    def __init__(
        self,
        app: WSGIApplication,
        revision: Callable[[], int],
        max_bytes: int,
        max_query_bytes: int,
    ) -> None:
        self.app = app
        self.revision = revision
        self.cache = ResponseCache(max_bytes)
        self.max_query_bytes = max_query_bytes

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request: the WSGI callable."""
        if environ["REQUEST_METHOD"] != "HEAD":
            return self._answer(environ, start_response)
        environ["REQUEST_METHOD"] = "GET"
        _close(self._answer(environ, start_response))
        return []

    def _answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        key = self._key(environ)
        now = self._newest() if key else None
        if key and now and (kept := self.cache.get((now, *key))):
            return _send(kept, environ, start_response)
        status, headers, chunks = self._ask(environ)
        if _header(headers, "Content-Length") is None:
            return _stream(status, headers, chunks, environ, start_response)
        body = _read(chunks)
        if not status.startswith("200"):
            start_response(status, headers)
            return [body]
        entry = _entry(status, headers, body)
        if key and now and environ.get(_FLAG):
            self._keep(key, now, entry)
        return _send(entry, environ, start_response)

    def _ask(self, environ: WSGIEnvironment) -> tuple[str, Headers, Iterable[bytes]]:
        started: list[tuple[str, Headers]] = []

        def start(status: str, headers: Headers, exc_info: Any = None) -> Callable[[bytes], object]:
            started[:] = [(status, headers)]
            return _no_write

        chunks = self.app(environ, start)
        return *started[0], chunks

    def _keep(self, key: tuple[Any, ...], now: int, entry: _Entry) -> None:
        revision = int(_header(entry.headers, "X-Revision") or -1)
        if revision > now:
            # Read while a commit came between: in parts it may be of the revision before.
            return
        if _compressible(entry.headers, len(entry.body)):
            # Both forms are kept: compressing once is what makes the repeated answer fast.
            entry.gzipped = _gzip(entry.body)
        self.cache.put((revision, *key), entry)

    def _newest(self) -> int | None:
        """Return the newest revision, by which answers are kept; None when there is none.

        A store that cannot tell is reported by the view. An engine without a store of ours counts
        no revisions: what it holds changes unseen.
        """
        try:
            return self.revision() or None
        except StoreError:
            return None

    def _key(self, environ: WSGIEnvironment) -> tuple[Any, ...] | None:
        method = environ["REQUEST_METHOD"]
        body = b""
        if method == "POST":
            read = self._query_body(environ)
            if read is None:
                return None
            body = read
        elif method != "GET":
            return None
        if "HTTP_AUTHORIZATION" in environ:
            return None
        get = environ.get
        return (
            method,
            get("HTTP_HOST", ""),
            get("SCRIPT_NAME", "") + get("PATH_INFO", ""),
            get("QUERY_STRING", ""),
            get("HTTP_ACCEPT", ""),
            language_of(get("HTTP_ACCEPT_LANGUAGE", "")),
            get("HTTP_X_REVISION", ""),
            get("CONTENT_TYPE", "") + get("HTTP_CONTENT_ENCODING", "") if body else "",
            body,
        )

    def _query_body(self, environ: WSGIEnvironment) -> bytes | None:
        """Read the body of a query sent by POST, and put it back; None for any other body."""
        if environ.get("PATH_INFO") != "/sparql":
            return None
        try:
            length = int(environ.get("CONTENT_LENGTH") or 0)
        except ValueError:
            return None
        if not 0 < length <= self.max_query_bytes:
            return None
        body: bytes = environ["wsgi.input"].read(length)
        environ["wsgi.input"] = io.BytesIO(body)
        return body


class _Gzipped:
    """An iterable of bytes, compressed as it goes by; closes what it reads."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = chunks
        self._generator = self._packed()

    def _packed(self) -> Generator[bytes, None, None]:
        packer = zlib.compressobj(6, zlib.DEFLATED, 31)
        for chunk in self._chunks:
            if packed := packer.compress(chunk) + packer.flush(zlib.Z_SYNC_FLUSH):
                yield packed
        # Not reached when the answer breaks off: the client then sees an incomplete gzip stream.
        yield packer.flush()

    def __iter__(self) -> Iterator[bytes]:
        return self._generator

    def close(self) -> None:
        self._generator.close()
        _close(self._chunks)


def _no_write(data: bytes) -> object:
    raise RuntimeError("write() of WSGI is not offered")


def _close(chunks: Iterable[bytes]) -> None:
    close = getattr(chunks, "close", None)
    if close is not None:
        close()


def _read(chunks: Iterable[bytes]) -> bytes:
    try:
        return b"".join(chunks)
    finally:
        _close(chunks)


def _entry(status: str, headers: Headers, body: bytes) -> _Entry:
    # A view that knows the state of what it shows names it; pages are told by their content.
    own = _header(headers, "ETag")
    etag = own.strip('"') if own else _etag_of(body, _header(headers, "Content-Type") or "")
    return _Entry(status, _without(headers, "etag", "content-length"), body, etag)


def _send(
    entry: _Entry, environ: WSGIEnvironment, start_response: StartResponse
) -> Iterable[bytes]:
    headers = list(entry.headers)
    body, etag = entry.body, f'"{entry.etag}"'
    if _wants_gzip(environ, headers, len(body)):
        body = entry.gzipped or _gzip(body)
        etag = f'"{entry.etag}-gzip"'
        headers.append(("Content-Encoding", "gzip"))
    headers.append(("ETag", etag))
    if environ["REQUEST_METHOD"] == "GET" and _fails(environ, entry.etag):
        wrong = "If-Match does not name this representation: it is another by now."
        return refuse(environ, start_response, HTTPStatus.PRECONDITION_FAILED, wrong)
    if environ["REQUEST_METHOD"] == "GET" and _matches(environ, entry.etag):
        start_response("304 Not Modified", _without(headers, "content-type", "content-encoding"))
        return []
    headers.append(("Content-Length", str(len(body))))
    start_response(entry.status, headers)
    return [body]


def _stream(
    status: str,
    headers: Headers,
    chunks: Iterable[bytes],
    environ: WSGIEnvironment,
    start_response: StartResponse,
) -> Iterable[bytes]:
    if not (status.startswith("200") and _wants_gzip(environ, headers, _COMPRESS_FROM)):
        start_response(status, headers)
        return chunks
    start_response(status, [*headers, ("Content-Encoding", "gzip")])
    return _Gzipped(chunks)


def _header(headers: Headers, name: str) -> str | None:
    return next((value for key, value in headers if key.lower() == name.lower()), None)


def _without(headers: Headers, *names: str) -> Headers:
    return [(key, value) for key, value in headers if key.lower() not in names]


def _etag_of(body: bytes, content_type: str) -> str:
    digest = hashlib.sha256(content_type.encode())
    digest.update(body)
    return digest.hexdigest()[:32]


def _gzip(body: bytes) -> bytes:
    return zlib.compress(body, 6, 31)


def _wants_gzip(environ: WSGIEnvironment, headers: Headers, size: int) -> bool:
    encoding = best_encoding(environ.get("HTTP_ACCEPT_ENCODING"))
    return encoding == "gzip" and _compressible(headers, size)


def _compressible(headers: Headers, size: int) -> bool:
    if size < _COMPRESS_FROM:
        return False
    media_type = (_header(headers, "Content-Type") or "").partition(";")[0]
    return media_type.startswith(_COMPRESSIBLE) or media_type.endswith(_COMPRESSIBLE_MORE)


def _matches(environ: WSGIEnvironment, etag: str) -> bool:
    """Tell whether ``If-None-Match`` names this content (weak comparison: RFC 9110, 13.1.2)."""
    given = environ.get("HTTP_IF_NONE_MATCH")
    if not given:
        return False
    tags = {tag.strip().removeprefix("W/").strip('"') for tag in given.split(",")}
    return "*" in tags or bool(tags & {etag, f"{etag}-gzip"})


def _fails(environ: WSGIEnvironment, etag: str) -> bool:
    """Tell whether ``If-Match`` names other content (strong comparison: RFC 9110, 13.1.1)."""
    given = environ.get("HTTP_IF_MATCH")
    if not given:
        return False
    tags = {tag.strip() for tag in given.split(",")}
    return not tags & {"*", f'"{etag}"', f'"{etag}-gzip"'}
