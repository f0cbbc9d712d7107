"""What the owner of a store and its reader processes say to each other.

A frame is one letter, the length of what follows (4 bytes, big-endian) and that many bytes.

====== ========= =============================================================
letter direction  content
====== ========= =============================================================
``O``  to reader  open a snapshot: pickled (path, revision)
``Q``  to reader  answer a query: pickled (path, revision, `QueryRequest`)
``R``  to owner   ready, nothing
``H``  to owner   an answer begins: JSON with kind, media_type, revision
``C``  to owner   a piece of it
``E``  to owner   it is complete: JSON with truncated
``X``  to owner   it failed: JSON with the error's class and fields
====== ========= =============================================================

Pickles go to readers only: what comes from a reader, which works for the public, is plain data.
"""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO

from outcome_graph import errors

__all__ = ["error_from", "frame", "pack_error", "read_frame"]

_HEADER = struct.Struct("!cI")


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
