"""Keeping spreadsheet programs from running what a CSV cell says.

A cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line break is taken for a formula by
programs that open CSV files (OWASP, "CSV Injection"). It is written with an apostrophe before it,
as people do by hand, and the apostrophe is taken off again when such a cell is read.
"""

from __future__ import annotations

__all__ = ["guarded", "unguarded"]

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def guarded(text: str) -> str:
    """Return a text as a CSV cell that no program takes for a formula."""
    # A text that looks guarded itself gets one more, so that reading gives it back.
    return f"'{text}" if text.lstrip("'").startswith(_STARTS) else text


def unguarded(cell: str) -> str:
    """Return the text that a CSV cell was written from."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_STARTS) else cell
