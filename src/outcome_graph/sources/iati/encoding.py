"""In what encoding an XML file is written: as its bytes show, else as it declares."""

from __future__ import annotations

import codecs
import re

from outcome_graph.errors import SourceError
from outcome_graph.sources.iati.sniff import UTF16

__all__ = ["encoding_of"]

_DECLARED = re.compile(
    rb"\s*<\?xml\s[^>]{0,200}?\bencoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']"
)
#: What stands in the declaration itself: an encoding that reads it otherwise is not the file's.
_ASCII = bytes(range(0x20, 0x7F))


def encoding_of(head: bytes, name: str) -> tuple[str | None, str | None]:
    """Return the encoding of a file, None for UTF-8, and what is to be said of it.

    Parameters:
        head: its first bytes. name: of the file, for messages.

    Raises:
        SourceError: it declares an encoding that nobody knows.
    """
    for mark, encoding in UTF16:
        if head.startswith(mark):
            return encoding, None
    found = _DECLARED.match(head)
    if found is None:
        return None, None
    declared = found[1].decode("ascii")
    try:
        known = codecs.lookup(declared)
        extends = _ASCII.decode(declared) == _ASCII.decode("ascii")
    except UnicodeError:
        extends = False
    except LookupError as error:
        raise SourceError(
            f"{name} declares the encoding “{declared}”, which is not known. Save it as UTF-8, and "
            "declare that."
        ) from error
    if not extends or known.name in ("utf-8", "ascii"):
        # The declaration could not be read in UTF-16: what it says is not so.
        return None, None
    if _is_utf8(head):
        return None, (
            f"The file declares the encoding {declared}, but is written in UTF-8 and was read so. "
            "Declare UTF-8: other programs will show wrong letters."
        )
    return declared, None


def _is_utf8(head: bytes) -> bool:
    """Tell whether bytes, of which the last character may be cut, are more than ASCII, in UTF-8."""
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return not text.isascii()
