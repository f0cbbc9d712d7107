"""What an XML document is, from its first bytes."""

from __future__ import annotations

import codecs
import re
import zlib

__all__ = ["GZIP", "UTF16", "is_compressed", "root_element"]

GZIP = b"\x1f\x8b"
#: How files in UTF-16 begin, with a mark of the order of bytes and without one, and their encoding.
UTF16 = (
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
#: So much of a compressed head is looked at.
_HEAD = 65_536
_ROOT = re.compile(r"<([A-Za-z_][\w.:-]{0,100})")


def is_compressed(head: bytes) -> bool:
    """Tell whether bytes begin a gzip file."""
    return head.startswith(GZIP)


def root_element(head: bytes) -> str | None:
    """Return the name of the root element of an XML document, None when the bytes begin none.

    Parameters:
        head: the first bytes, compressed by gzip or not; nothing in them is expanded.
    """
    if is_compressed(head):
        try:
            head = zlib.decompressobj(wbits=31).decompress(head[:_HEAD], _HEAD)
        except zlib.error:
            return None
    text = _text(head[:_HEAD])
    position = 0
    while True:
        position += len(text[position:]) - len(text[position:].lstrip())
        if text.startswith("<?", position):
            end = text.find("?>", position)
        elif text.startswith("<!--", position):
            end = text.find("-->", position + 4) + (1 if "-->" in text[position + 4 :] else 0)
        elif text.startswith("<!DOCTYPE", position):
            end = _end_of_doctype(text, position) - 2
        else:
            found = _ROOT.match(text, position)
            return found[1] if found else None
        if end < position:
            return None
        position = end + 2


def _end_of_doctype(text: str, position: int) -> int:
    """Return the offset past a DOCTYPE; 0 when it does not end."""
    inner, end = text.find("[", position), text.find(">", position)
    if 0 <= inner < end:
        end = text.find(">", text.find("]", inner))
    return end + 1


def _text(head: bytes) -> str:
    encoding = next((name for mark, name in UTF16 if head.startswith(mark)), "utf-8-sig")
    return head.decode(encoding, "replace")
