"""Filters of SPARQL that surely do not hold, seen without an engine.

One-sided, as `sure` is: False means that every engine leaves the solution out; True means nothing.
Only IRIs, plain texts, plain numbers and plain days are looked at, and the functions and operators
that mean the same of them everywhere; all else is a doubt, which a part that is surely false
outweighs in ``&&``, and one that is surely true in ``||``.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeAlias

from outcome_graph.namespaces import XSD
from outcome_graph.rdf import Literal, NamedNode, term_of
from outcome_graph.validation.screen.model import Unsupported
from outcome_graph.validation.screen.sure import Day, plain_value

__all__ = ["Filter"]

#: What a part of a filter means; None for a doubt.
_Value: TypeAlias = NamedNode | str | Decimal | Day | bool | None
#: Tells what a part means, given what the variables are bound to.
_Part: TypeAlias = Callable[[Sequence[bytes]], _Value]

_TOKEN = re.compile(
    r"""\s*(?:(?P<var>\?\w+)|<(?P<iri>[^<>\s]*)>|"(?P<text>[^"\\]*)"|(?P<number>\d{1,15})
    |(?P<name>[A-Za-z]+)|(?P<sign>&&|\|\||!=|<=|>=|[()<>=,!+-]))""",
    re.VERBOSE,
)
_COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_INTEGER = re.compile(r"-?\d{1,15}", re.ASCII)
#: Solutions of which it is remembered whether the filter holds.
_REMEMBERED = 2_000


class Filter:
    """A filter, ready to be asked of solutions.

    Parameters:
        text: in parentheses, as `sparql.Select` has it.

    Raises:
        Unsupported: it has something else in it.
    """

    def __init__(self, text: str) -> None:
        self._tokens = [(str(m.lastgroup), m[str(m.lastgroup)]) for m in _matches(text)]
        self._at = 0
        #: The variables that it looks at.
        self.variables: list[str] = []
        part = self._any()
        if self._at < len(self._tokens):
            raise Unsupported("a filter that is not looked into")

        @lru_cache(maxsize=_REMEMBERED)
        def may_hold(*bound: bytes) -> bool:
            return part(bound) is not False

        #: Tells whether it may hold, given the tokens of the variables.
        self.may_hold: Callable[..., bool] = may_hold

    def _take(self, *wanted: str) -> str | None:
        if self._at < len(self._tokens):
            kind, text = self._tokens[self._at]
            if kind == "sign" and text in wanted:
                self._at += 1
                return text
        return None

    def _demand(self, sign: str) -> None:
        if self._take(sign) is None:
            raise Unsupported("a filter that is not looked into")

    def _any(self) -> _Part:
        parts = [self._all()]
        while self._take("||"):
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else _joined(parts, True)

    def _all(self) -> _Part:
        parts = [self._compared()]
        while self._take("&&"):
            parts.append(self._compared())
        return parts[0] if len(parts) == 1 else _joined(parts, False)

    def _compared(self) -> _Part:
        first = self._sum()
        sign = self._take(*_COMPARISONS)
        if sign is None:
            return first
        second = self._sum()
        return lambda bound: _comparison(sign, first(bound), second(bound))

    def _sum(self) -> _Part:
        part = self._single()
        while sign := self._take("+", "-"):
            part = _added(part, self._single(), 1 if sign == "+" else -1)
        return part

    def _single(self) -> _Part:
        if self._take("!"):
            inner = self._single()
            return lambda bound: not found if isinstance(found := inner(bound), bool) else None
        if self._take("("):
            inner = self._any()
            self._demand(")")
            return inner
        if self._at == len(self._tokens):
            raise Unsupported("a filter that is not looked into")
        kind, text = self._tokens[self._at]
        self._at += 1
        if kind == "var":
            if text not in self.variables:
                self.variables.append(text)
            place = self.variables.index(text)
            return lambda bound: _value(bound[place])
        if kind in ("text", "number"):
            constant = text if kind == "text" else Decimal(text)
            return lambda bound: constant
        if kind == "iri" and not (
            self._at < len(self._tokens) and self._tokens[self._at][1] == "("
        ):
            node = NamedNode(text)
            return lambda bound: node
        return self._call(text.upper() if kind == "name" else text)

    def _call(self, name: str) -> _Part:
        function = _FUNCTIONS.get(name)
        if function is None:
            raise Unsupported(f"{name} in a filter")
        self._demand("(")
        given = [self._sum()]
        while self._take(","):
            given.append(self._sum())
        self._demand(")")
        return lambda bound: function(*(part(bound) for part in given))


def _matches(text: str) -> list[re.Match[str]]:
    made, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise Unsupported("a filter that is not looked into")
        made.append(match)
        at = match.end()
    return made


@lru_cache(maxsize=20_000)
def _value(token: bytes) -> _Value:
    term = term_of(token)
    if isinstance(term, NamedNode):
        return term
    if isinstance(term, Literal) and term.datatype == XSD.string:
        return term.value
    return plain_value(term)


def _joined(parts: Sequence[_Part], enough: bool) -> _Part:
    """Return the part for several, of which one that is ``enough`` decides."""

    def join(bound: Sequence[bytes]) -> _Value:
        found = [part(bound) for part in parts]
        if any(value is enough for value in found):
            return enough
        return not enough if all(value is (not enough) for value in found) else None

    return join


def _comparison(sign: str, first: _Value, second: _Value) -> bool | None:
    if type(first) is not type(second) or first is None or isinstance(first, bool):
        return None
    if isinstance(first, NamedNode | str) and sign not in ("=", "!="):
        return None
    return _COMPARISONS[sign](first, second)


def _added(first: _Part, second: _Part, sign: int) -> _Part:
    def add(bound: Sequence[bytes]) -> _Value:
        one, other = first(bound), second(bound)
        if isinstance(one, Decimal) and isinstance(other, Decimal):
            return one + sign * other
        return None

    return add


def _texts(function: Callable[..., _Value]) -> Callable[..., _Value]:
    """Return a function of plain texts."""
    return lambda *given: function(*given) if all(isinstance(v, str) for v in given) else None


def _str(value: _Value) -> _Value:
    if isinstance(value, NamedNode):
        return value.value
    if isinstance(value, Day):
        return value.text
    return value if isinstance(value, str) else None


def _substring(value: _Value, start: _Value, length: _Value) -> _Value:
    if isinstance(value, str) and isinstance(start, Decimal) and isinstance(length, Decimal):
        first = int(start) - 1
        return value[first : first + int(length)] if first >= 0 else None
    return None


def _datatype(value: _Value) -> _Value:
    if isinstance(value, str):
        return XSD.string
    return XSD.date if isinstance(value, Day) else None


def _integer(value: _Value) -> _Value:
    return Decimal(value) if isinstance(value, str) and _INTEGER.fullmatch(value) else None


#: Functions by name in capitals, casts by their IRI.
_FUNCTIONS: Mapping[str, Callable[..., _Value]] = {
    "STR": _str,
    "SUBSTR": _substring,
    "CONCAT": _texts(lambda *given: "".join(given)),
    "STRSTARTS": _texts(lambda text, part: text.startswith(part)),
    "STRENDS": _texts(lambda text, part: text.endswith(part)),
    "CONTAINS": _texts(lambda text, part: part in text),
    "DATATYPE": _datatype,
    "YEAR": lambda value: Decimal(value.text[:4]) if isinstance(value, Day) else None,
    "ISNUMERIC": lambda value: True if isinstance(value, Decimal) else None,
    XSD.integer.value: _integer,
}
