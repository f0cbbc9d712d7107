"""``sh:pattern`` with ``sh:flags`` as Python's regular expressions.

Their meaning is that of SPARQL's REGEX (SHACL, 4.4.3), which is XPath's: ``$`` is the end of the
text, not what stands before a last line feed, and the flags are ``s``, ``m``, ``i``, ``x`` and
(XPath 3.0) ``q``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["FLAGS", "compiled"]

#: Flags that are understood.
FLAGS = "smixq"


def compiled(pattern: str, flags: str = "") -> re.Pattern[str]:
    """Return a pattern as Python reads it.

    Raises:
        re.error: it is not well formed.
    """
    options = re.NOFLAG
    for flag, option in (("i", re.IGNORECASE), ("m", re.MULTILINE), ("s", re.DOTALL)):
        if flag in flags:
            options |= option
    if "q" in flags:
        return re.compile(re.escape(pattern), options)
    return re.compile("".join(_parts(pattern, flags)), options)


def _parts(pattern: str, flags: str) -> Iterator[str]:
    within = False  # a set of characters
    at = 0
    while at < len(pattern):
        part = pattern[at : at + 2] if pattern[at] == "\\" else pattern[at]
        at += len(part)
        if part == "$" and not within and "m" not in flags:
            part = r"\Z"
        elif part.isspace() and not within and "x" in flags:
            part = ""
        elif part in "[]":
            within = part == "["
            # A bracket that comes first in a set belongs to it.
            first = re.match(r"\^?\]", pattern[at:]) if within else None
            if first:
                part += first[0]
                at += len(first[0])
        yield part
