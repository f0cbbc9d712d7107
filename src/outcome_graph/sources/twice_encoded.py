"""Texts whose letters were encoded twice: "dÃ©cret" for "décret", "Womenâ€™s" for "Women’s".

They come from programs that read UTF-8 as Windows-1252 or Latin-1 and saved what they saw. What a
text was before is worked out by ftfy, which leaves alone what may be meant as it stands.
"""

from __future__ import annotations

import re

from outcome_graph.draft import Location, Problem

__all__ = ["mended", "warning"]

#: What a letter beyond ASCII becomes: the first byte of its UTF-8, then one of the others, as
#: Windows-1252 or Latin-1 show them; a no-break space may have become a plain one.
_SUSPECT = re.compile(
    "[\u00c2-\u00f4]"
    "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014"
    "\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]"
    "|[\u00c2\u00c3] "
)
_LINES = re.compile(r"[^\n]*\n?")
#: Characters of an example, and how many of them stand before the first that was mended.
_SHOWN, _BEFORE = 40, 20


def mended(text: str) -> str:
    """Return a text as it was before its letters were encoded a second time.

    Parameters:
        text: any text. Each line is looked at alone, so that one does not spoil the next.
    """
    if text.isascii() or not _SUSPECT.search(text):
        return text
    return _LINES.sub(lambda line: _line(line[0]), text)


def _line(line: str) -> str:
    if not _SUSPECT.search(line):
        return line
    # Few sources need it, and it takes a tenth of a second to be imported.
    from ftfy import fix_encoding

    return fix_encoding(line)


def warning(before: str, after: str, location: Location | None = None) -> Problem:
    """Return what is said of a source whose letters were encoded twice.

    Parameters:
        before, after: a text of it as it stands and as it was read. location: where it stands.
    """
    lines = zip(before.split("\n"), after.split("\n"), strict=False)
    was, became = next((pair for pair in lines if pair[0] != pair[1]), (before, after))
    # What was mended may be the beginning of what stood there: "IRMÃƒ" was "IRMÃ".
    differing = (n for n, (a, b) in enumerate(zip(was, became, strict=False)) if a != b)
    start = max(0, next(differing, len(became)) - _BEFORE)
    shown, read = (text[start : start + _SHOWN].strip() for text in (was, became))
    return Problem(
        "warning",
        f"Letters were encoded twice: “{shown}” was read as “{read}”, and the like elsewhere. "
        "Check the accented letters, or save the source from where they are still right, as UTF-8.",
        location=location,
    )
