"""What the owner of a store and its reader processes say to each other.

A frame is one letter, the length of what follows (4 bytes, big-endian) and that many bytes.

====== ========= =============================================================
letter direction  content
====== ========= =============================================================
``O``  to reader  open a snapshot: pickled (path, revision)
``Q``  to reader  answer a query: pickled (path, revision, fields of `QueryRequest`)
``R``  to owner   ready, nothing
``H``  to owner   an answer begins: kind, media type and revision, with spaces between
``C``  to owner   a piece of it
``E``  to owner   it is complete: the bound that was hit, in words, or nothing
``A``  to owner   a small answer, whole: the content of ``H``, a line feed, all pieces
``X``  to owner   it failed: JSON with the error's class and fields
====== ========= =============================================================

Pickles go to readers only: what comes from a reader, which works for the public, is plain data.
"""

from __future__ import annotations

import dataclasses
import json
import pickle
import struct
from operator import attrgetter
from typing import Any, BinaryIO

from outcome_graph import errors
from outcome_graph.store.base import AnswerFormats, QueryRequest

__all__ = [
    "error_facts",
    "error_from",
    "error_of",
    "frame",
    "pack_error",
    "pack_request",
    "read_frame",
    "unpack_request",
]

_HEADER = struct.Struct("!cI")
_FIELDS = tuple(f.name for f in dataclasses.fields(QueryRequest) if f.name != "formats")
_values = attrgetter(*_FIELDS)
#: Errors that arrive as what they were, and what they are made of besides their message; others
#: arrive as `StoreError`.
_CROSSING: dict[type[errors.OutcomeGraphError], tuple[str, ...]] = {
    errors.UsageError: (),
    errors.SourceError: (),
    errors.TooLargeError: (),
    errors.NotFoundError: (),
    errors.ConflictError: (),
    errors.StoreBusyError: ("retry_after",),
    errors.StoreReadOnlyError: (),
    errors.QueryError: ("line", "column"),
    errors.QueryTimeoutError: ("deadline",),
    errors.QueryMemoryError: (),
}


def frame(letter: bytes, content: bytes = b"") -> bytes:
    """Return a frame."""
    return _HEADER.pack(letter, len(content)) + content


def read_frame(stream: BinaryIO) -> tuple[bytes, bytes]:
    """Read a frame.

    Raises:
        EOFError: the other end is gone.
    """
    header = stream.read(_HEADER.size)
    if len(header) < _HEADER.size:
        raise EOFError
    letter, length = _HEADER.unpack(header)
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return letter, content


def pack_request(path: str, revision: int, request: QueryRequest) -> bytes:
    """Describe a query to a reader (field by field: thrice as fast as pickling the object)."""
    formats = request.formats
    wanted = (formats.solutions, formats.boolean, formats.graph)
    return pickle.dumps((path, revision, wanted, _values(request)), protocol=5)


def unpack_request(content: bytes) -> tuple[str, int, QueryRequest]:
    """Make the query again, in the reader."""
    path, revision, wanted, values = pickle.loads(content)  # noqa: S301 - from our owner
    fields = dict(zip(_FIELDS, values, strict=True))
    return path, revision, QueryRequest(formats=AnswerFormats(*wanted), **fields)


def pack_error(error: errors.OutcomeGraphError) -> bytes:
    """Describe an error of ours as data."""
    return json.dumps(error_facts(error)).encode()


def error_from(content: bytes) -> errors.OutcomeGraphError:
    """Make the error again."""
    return error_of(json.loads(content))


def error_facts(error: errors.OutcomeGraphError) -> dict[str, Any]:
    """Describe an error of ours as plain values."""
    parts = {name: getattr(error, name) for name in _CROSSING.get(type(error), ())}
    return {"class": type(error).__name__, "message": error.message, **parts}


def error_of(facts: dict[str, Any]) -> errors.OutcomeGraphError:
    """Make the error again."""
    for kind, parts in _CROSSING.items():
        if kind.__name__ == facts["class"]:
            return kind(str(facts["message"]), *(facts[name] for name in parts))
    return errors.StoreError(str(facts["message"]))
