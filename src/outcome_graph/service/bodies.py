"""Bodies of requests that came compressed (RFC 9110, 8.4)."""

from __future__ import annotations

import zlib

from flask import request

from outcome_graph.errors import SourceError, TooLargeError
from outcome_graph.service.errors import UnsupportedCodingError

__all__ = ["unpacked"]

_PIECE = 65_536


def unpacked(raw: bytes, limit: int) -> bytes:
    """Return the current request's body as it was before the client compressed it.

    Parameters:
        raw: what arrived.
        limit: bytes that may come out.

    Raises:
        TooLargeError: more would come out.
        SourceError: it is not what ``Content-Encoding`` says, or breaks off.
        UnsupportedCodingError: it is compressed in a way that is not taken.
    """
    coding = request.headers.get("Content-Encoding", "").strip().lower()
    if coding in ("gzip", "x-gzip"):
        return _gunzipped(raw, limit)
    if coding not in ("", "identity"):
        raise UnsupportedCodingError(
            f"Bodies are taken as they are or compressed with gzip, not with {coding[:40]}."
        )
    return raw


def _gunzipped(raw: bytes, limit: int) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while raw:
        unpacker = zlib.decompressobj(31)
        try:
            while not unpacker.eof:
                piece = unpacker.decompress(raw, _PIECE)
                raw = unpacker.unconsumed_tail
                pieces.append(piece)
                size += len(piece)
                if size > limit:
                    raise TooLargeError(f"The body is larger than {limit:,} bytes unpacked.")
                if not piece and not raw and not unpacker.eof:
                    raise SourceError("The gzip body breaks off before its end.")
        except zlib.error as error:
            raise SourceError(f"The body is no gzip data: {error}.") from error
        raw = unpacker.unused_data
    return b"".join(pieces)
