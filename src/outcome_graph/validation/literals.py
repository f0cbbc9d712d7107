"""Which literals are valid by XML Schema 1.1 Part 2, and which are written in canonical form.

The store normalises literals when they enter it: ``"300"^^xsd:byte`` becomes a valid integer,
``"007"^^xsd:int`` becomes 7. So values are checked here, from the terms as they were read.
Datatypes that are not XML Schema's are not judged.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable

from outcome_graph.namespaces import XSD
from outcome_graph.rdf import Literal

__all__ = ["datatype_name", "is_canonical", "is_valid"]

_ZONE = r"(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_YEAR = r"-?(?:[1-9]\d{3,}|0\d{3})"
_TIME = r"(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)"
_DURATION_DAYS = r"(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?"

_INTEGER_RANGES: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}

_PATTERNS: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.ASCII)
    for name, pattern in {
        "boolean": r"true|false|1|0",
        "decimal": r"[+-]?(\d+(\.\d*)?|\.\d+)",
        "double": r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|[+-]?INF|NaN",
        "float": r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|[+-]?INF|NaN",
        "date": rf"({_YEAR})-(\d\d)-(\d\d){_ZONE}",
        "dateTime": rf"({_YEAR})-(\d\d)-(\d\d)T{_TIME}{_ZONE}",
        "dateTimeStamp": rf"({_YEAR})-(\d\d)-(\d\d)T{_TIME}{_ZONE[:-1]}",
        "time": rf"{_TIME}{_ZONE}",
        "gYear": rf"{_YEAR}{_ZONE}",
        "gYearMonth": rf"{_YEAR}-(0[1-9]|1[0-2]){_ZONE}",
        "gMonth": rf"--(0[1-9]|1[0-2]){_ZONE}",
        "gDay": rf"---(0[1-9]|[12]\d|3[01]){_ZONE}",
        "gMonthDay": rf"--(\d\d)-(\d\d){_ZONE}",
        "duration": rf"-?P(?=.)(?:\d+Y)?(?:\d+M)?{_DURATION_DAYS}",
        "yearMonthDuration": r"-?P(?=.)(?:\d+Y)?(?:\d+M)?",
        "dayTimeDuration": rf"-?P(?=.){_DURATION_DAYS}",
        "hexBinary": r"([0-9a-fA-F]{2})*",
        "base64Binary": r"(([A-Za-z0-9+/] ?){4})*(([A-Za-z0-9+/] ?){2}([A-Za-z0-9+/] ?|=) ?=)?",
        "language": r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*",
    }.items()
}

_CANONICAL: dict[str, re.Pattern[str]] = {
    "boolean": re.compile("true|false"),
    "decimal": re.compile(r"0|-?[1-9]\d*|-?(0|[1-9]\d*)\.\d*[1-9]", re.ASCII),
    **{n: re.compile(r"0|-?[1-9]\d*", re.ASCII) for n in _INTEGER_RANGES},
}


def _day_exists(year: str, month: str, day: str) -> bool:
    # The proleptic Gregorian calendar repeats every 400 years, which also brings years beyond
    # Python's into range.
    if not 1 <= int(month) <= 12:
        return False
    return 1 <= int(day) <= calendar.monthrange(int(year) % 400 + 400, int(month))[1]


def _dated(name: str) -> Callable[[str], bool]:
    pattern = _PATTERNS[name]

    def valid(text: str) -> bool:
        match = pattern.fullmatch(text)
        return match is not None and _day_exists(*match.groups()[:3])

    return valid


def _month_day(text: str) -> bool:
    match = _PATTERNS["gMonthDay"].fullmatch(text)
    return match is not None and _day_exists("2000", match[1], match[2])


def _integer(name: str) -> Callable[[str], bool]:
    low, high = _INTEGER_RANGES[name]
    pattern = re.compile(r"[+-]?\d+", re.ASCII)

    def valid(text: str) -> bool:
        # int() of thousands of digits is slow and refused by Python beyond 4,300 of them
        if not pattern.fullmatch(text):
            return False
        digits = text.lstrip("+-").lstrip("0") or "0"
        negative = text.startswith("-") and digits != "0"
        if len(digits) > 30:
            return high is None if not negative else low is None
        value = -int(digits) if negative else int(digits)
        return (low is None or value >= low) and (high is None or value <= high)

    return valid


def _by_pattern(name: str) -> Callable[[str], bool]:
    pattern = _PATTERNS[name]
    return lambda text: pattern.fullmatch(text) is not None


_CHECKS: dict[str, Callable[[str], bool]] = {
    **{n: _by_pattern(n) for n in _PATTERNS},
    **{n: _integer(n) for n in _INTEGER_RANGES},
    **{n: _dated(n) for n in ("date", "dateTime", "dateTimeStamp")},
    "gMonthDay": _month_day,
}


def datatype_name(literal: Literal) -> str:
    """Return the local name of a literal's datatype: "date"."""
    return literal.datatype.value.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _xsd_name(literal: Literal) -> str | None:
    iri = literal.datatype.value
    return iri[len(XSD.iri) :] if iri.startswith(XSD.iri) else None


def is_valid(literal: Literal) -> bool:
    """Tell whether a literal's text is one that its XML Schema datatype allows."""
    name = _xsd_name(literal)
    check = _CHECKS.get(name) if name else None
    return check is None or check(literal.value)


def is_canonical(literal: Literal) -> bool:
    """Tell whether the store keeps a number or truth value as it is written."""
    name = _xsd_name(literal)
    pattern = _CANONICAL.get(name) if name else None
    return pattern is None or pattern.fullmatch(literal.value) is not None
