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
``X``  to owner   it failed: JSON with the error's class and fields
====== ========= =============================================================

Pickles go to readers only: what comes from a reader, which works for the public, is plain data.
"""

from __future__ import annotations

import dataclasses
import json
import pickle
import struct
from typing import Any, BinaryIO

from outcome_graph import errors
from outcome_graph.store.base import QueryRequest

__all__ = ["error_from", "frame", "pack_error", "pack_request", "read_frame", "unpack_request"]

_HEADER = struct.Struct("!cI")
_FIELDS = tuple(field.name for field in dataclasses.fields(QueryRequest))


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
    """Describe a query to a reader (field by field: twice as fast as pickling the object)."""
    fields = tuple(getattr(request, name) for name in _FIELDS)
    return pickle.dumps((path, revision, fields), protocol=5)


def unpack_request(content: bytes) -> tuple[str, int, QueryRequest]:
    """Make the query again, in the reader."""
    path, revision, fields = pickle.loads(content)  # noqa: S301 - from our owner
    return path, revision, QueryRequest(**dict(zip(_FIELDS, fields, strict=True)))


def pack_error(error: errors.OutcomeGraphError) -> bytes:
    """Describe an error of ours as data."""
    fields: dict[str, Any] = {"class": type(error).__name__, "message": error.message}
    for name in ("line", "column", "deadline"):
        if (value := getattr(error, name, None)) is not None:
            fields[name] = value
    return json.dumps(fields).encode()


def error_from(content: bytes) -> errors.OutcomeGraphError:
    """Make the error again."""
    fields = json.loads(content)
    message = str(fields["message"])
    name = fields["class"]
    if name == "QueryError":
        return errors.QueryError(message, fields.get("line"), fields.get("column"))
    if name == "QueryTimeoutError":
        return errors.QueryTimeoutError(message, float(fields["deadline"]))
    kinds = {"UsageError": errors.UsageError, "QueryMemoryError": errors.QueryMemoryError}
    return kinds.get(name, errors.StoreError)(message)
