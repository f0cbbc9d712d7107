"""Keeping spreadsheet programs from running what a CSV cell says.

A cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line break is taken for a formula by
programs that open CSV files (OWASP, "CSV Injection"). It is written with an apostrophe before it,
as people do by hand, and the apostrophe is taken off again when such a cell is read. Where the list
separator of the system is ";", such programs part a cell there too: what follows is guarded alike.
"""

from __future__ import annotations

import re

__all__ = ["guarded", "unguarded"]

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_PART = re.compile(r"(;[ \t]*)('*)(?=[=+\-@])")
_GUARDED_PART = re.compile(r"(;[ \t]*)'('*)(?=[=+\-@])")


def guarded(text: str) -> str:
    """Return a text as a CSV cell that no program takes for a formula."""
    if ";" in text:
        text = _PART.sub(r"\1'\2", text)
    # A text that looks guarded itself gets one more, so that reading gives it back.
    return f"'{text}" if text.lstrip("'").startswith(_STARTS) else text


def unguarded(cell: str) -> str:
    """Return the text that a CSV cell was written from."""
    if ";" in cell:
        cell = _GUARDED_PART.sub(r"\1\2", cell)
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_STARTS) else cell
