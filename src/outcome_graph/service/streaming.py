"""Sending an answer piece by piece, so that what is incomplete can never look complete.

The first megabyte is held back: an answer that ends or fails within it has its right status and
headers. Beyond it the answer streams. What a server does when an application fails in mid-stream
differs (granian may cut the connection, or end the response in good order), so the body itself must
show it: JSON and XML stay unfinished, and every other format ends with words that its parsers
refuse or that nobody overlooks.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Response, request

from outcome_graph.errors import OutcomeGraphError
from outcome_graph.service.rendering import content_type

if TYPE_CHECKING:
    from outcome_graph.store.base import Answer

__all__ = ["Prepared", "answer_response", "broken_tail", "prepare", "with_note"]

_log = logging.getLogger("outcome_graph.service")

#: Bytes held back before the first byte is sent.
HELD_BACK = 1_000_000
#: Seconds for the words that say why an answer broke off to go out.
_SENT_WITHIN = 0.2
#: Enough of the end of a JSON document to find its last brace in.
_TAIL = 64

_SOLUTIONS_JSON = ("application/sparql-results+json", "application/json")
_XML = ("application/sparql-results+xml", "application/rdf+xml", "application/xml")
_HASH_COMMENTS = (
    "text/turtle",
    "application/x-turtle",
    "application/n-triples",
    "application/n-quads",
    "application/trig",
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """The answer to a query, ready to be sent.

    Parameters:
        body: the whole of it, or its pieces.
        headers: of the response.
    """

    body: bytes | Iterator[bytes]
    headers: dict[str, str]

    @property
    def cacheable(self) -> bool:
        """Whether it is whole and complete."""
        return isinstance(self.body, bytes) and "X-Truncated" not in self.headers


def prepare(answer: Answer, media_type: str, path: str) -> Prepared:
    """Begin to send the answer to a query.

    Parameters:
        answer: is closed here when all of it is held back; else by the caller, once it is sent.
        media_type: what ``Content-Type`` says.
        path: of the request, for the log.

    Raises:
        OutcomeGraphError: the query failed before anything was sent.
    """
    source = answer.chunks()
    try:
        held, complete = _hold_back(source)
    except BaseException:
        answer.close()
        raise
    headers = {"Content-Type": content_type(media_type), "X-Revision": str(answer.revision)}
    if not complete:
        return Prepared(_stream(held, source, answer, media_type, path), headers)
    answer.close()
    if answer.truncated:
        headers.update({"X-Truncated": _ascii(answer.truncated), "Cache-Control": "no-store"})
        held = with_note(held, media_type, answer.truncated)
    return Prepared(held, headers)


def answer_response(answer: Answer, media_type: str) -> Response:
    """Answer a request with the answer to a query, which is closed when the response is.

    Raises:
        OutcomeGraphError: the query failed before anything was sent.
    """
    prepared = prepare(answer, media_type, request.path)
    response = Response(prepared.body, headers=prepared.headers)
    response.call_on_close(answer.close)
    return response


def _hold_back(source: Iterator[bytes]) -> tuple[bytes, bool]:
    held = bytearray()
    for chunk in source:
        held += chunk
        if len(held) > HELD_BACK:
            return bytes(held), False
    return bytes(held), True


def _stream(
    held: bytes, source: Iterator[bytes], answer: Answer, media_type: str, path: str
) -> Iterator[bytes]:
    tail = held
    try:
        for chunk in source:
            if len(tail) > _TAIL:
                yield tail[:-_TAIL]
                tail = tail[-_TAIL:]
            tail += chunk
    except Exception as error:
        # What was held back is not sent: where it is the end of the document, the document
        # would look complete.
        known = isinstance(error, OutcomeGraphError)
        _log.warning("%s: the answer broke off: %s", path, error, exc_info=not known)
        if last := broken_tail(media_type, str(error) if known else "the service made a mistake"):
            yield last
            # The server drops what it has not sent yet when it learns of the error.
            time.sleep(_SENT_WITHIN)
        raise
    if not answer.truncated:
        yield tail
    elif media_type in (*_SOLUTIONS_JSON, *_XML, *_HASH_COMMENTS):
        yield with_note(tail, media_type, answer.truncated)
    elif media_type.startswith("text/"):
        yield tail + broken_tail(media_type, answer.truncated)
    # Else (JSON-LD) the document stays unfinished.


def with_note(body: bytes, media_type: str, note: str, name: str = "truncated") -> bytes:
    """Say in a body (or its end) that it was cut, or else: where its format has a place for that.

    CSV, TSV and JSON-LD have none: short answers say it in a header, streams as if broken off.

    Parameters:
        note: what to say. name: what the note is called.
    """
    words = " ".join(note.split())
    if media_type in _SOLUTIONS_JSON:
        cut = body.rstrip()
        quoted = json.dumps(words, ensure_ascii=False)
        if cut.endswith(b"}"):
            return cut[:-1] + f',"{name}":{quoted}}}'.encode()
        return body
    if media_type in _XML:
        return body + f"<!-- {name}: {words.replace('--', '- -')} -->\n".encode()
    if media_type in _HASH_COMMENTS:
        return body + f"\n# {name}: {words}\n".encode()
    return body


def broken_tail(media_type: str, reason: str) -> bytes:
    """Return what ends a body that broke off, so that no reader takes it for complete."""
    words = " ".join(reason.replace('"', "'").split())
    if media_type == "text/csv":
        # An opened quote that is never closed: strict readers refuse it, others show the words.
        return f'\r\n"INCOMPLETE: the answer broke off: {words}'.encode()
    if media_type == "text/tab-separated-values":
        return f"\nINCOMPLETE: the answer broke off: {words}".encode()
    if media_type in _HASH_COMMENTS:
        return f'\n"""INCOMPLETE: the answer broke off: {words}'.encode()
    return b""


def _ascii(text: str) -> str:
    return " ".join(text.split()).encode("ascii", "replace").decode()
