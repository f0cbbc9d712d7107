"""Whether a literal's words belong to its datatype, and are written in the one canonical way.

Follows W3C XML Schema Definition Language 1.1 part 2 for the datatypes our terms use.
"""

from __future__ import annotations

import calendar
import re

__all__ = ["lexical_problem"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
_CANONICAL_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
_CANONICAL_DECIMAL = re.compile(r"(0|-?[1-9][0-9]*)|-?(0|[1-9][0-9]*)\.[0-9]*[1-9]")
_ZONE = r"(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
_YEAR = r"(-?(?:[1-9][0-9]{3,}|0[0-9]{3}))"
_DATE = re.compile(rf"{_YEAR}-([0-9]{{2}})-([0-9]{{2}}){_ZONE}")
_TIME = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
_DATE_TIME = re.compile(rf"{_YEAR}-([0-9]{{2}})-([0-9]{{2}})T{_TIME}{_ZONE}")
_G_YEAR = re.compile(rf"{_YEAR}{_ZONE}")
_BAD = "is not a valid xsd:"


def lexical_problem(words: str, datatype: str) -> str | None:
    """Return what is wrong with a literal, as the end of a sentence; None when nothing is.

    Parameters:
        words: its lexical form. datatype: the IRI of its datatype; ones not checked give None.
    """
    if not datatype.startswith(_XSD):
        return None
    name = datatype[len(_XSD) :]
    if name in ("date", "dateTime"):
        found = (_DATE if name == "date" else _DATE_TIME).fullmatch(words)
        return None if found and _exists(*found.groups()) else f"{_BAD}{name}"
    if name == "gYear":
        return None if _G_YEAR.fullmatch(words) else f"{_BAD}{name}"
    if name == "boolean":
        if words in ("1", "0"):
            return "is not written canonically (write true or false)"
        return None if words in ("true", "false") else f"{_BAD}{name}"
    if name == "integer":
        return _number(words, name, _INTEGER, _CANONICAL_INTEGER)
    if name == "decimal":
        return _number(words, name, _DECIMAL, _CANONICAL_DECIMAL)
    return None


def _number(words: str, name: str, form: re.Pattern[str], canonical: re.Pattern[str]) -> str | None:
    if not form.fullmatch(words):
        return f"{_BAD}{name}"
    return None if canonical.fullmatch(words) else "is not written canonically"


def _exists(year: str, month: str, day: str) -> bool:
    if not 1 <= int(month) <= 12:
        return False
    # Leap years repeat every 400 years, which divides 10,000: the last four digits tell.
    same = int(year[-4:]) % 400 + 400
    return 1 <= int(day) <= calendar.monthrange(same, int(month))[1]
