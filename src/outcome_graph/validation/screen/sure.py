"""Values that surely keep a constraint: seen at a glance, without an engine.

One-sided: True means that pySHACL and the compiled queries both have nothing to say about a value,
and no doubt either; False means nothing at all. So only the plainest forms are recognised here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from outcome_graph.namespaces import RDF, SH, XSD
from outcome_graph.rdf import BlankNode, Literal, NamedNode, Term
from outcome_graph.validation.literals import is_valid
from outcome_graph.validation.patterns import compiled

__all__ = ["Day", "Test", "in_order", "plain_value", "surely_kept", "surely_unmatched"]

#: Tells whether a value surely keeps a constraint.
Test: TypeAlias = Callable[[Term], bool]


@dataclass(frozen=True, order=True, slots=True)
class Day:
    """A plain day, by its text, which sorts as days do."""

    text: str


_NUMBERS = frozenset({XSD.integer, XSD.decimal})
#: Lexical forms in which every engine reads the datatype alike.
_PLAIN: dict[NamedNode, re.Pattern[str]] = {
    datatype: re.compile(pattern, re.ASCII)
    for datatype, pattern in {
        XSD.date: r"(?!0000)\d{4}-\d\d-\d\d",
        XSD.dateTime: r"(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?",
        XSD.gYear: r"(?!0000)\d{4}",
        XSD.integer: r"-?\d{1,15}",
        XSD.decimal: r"-?\d{1,15}(\.\d{1,15})?",
        XSD.boolean: r"true|false",
    }.items()
}
_KINDS: dict[Term, tuple[type, ...]] = {
    SH.IRI: (NamedNode,),
    SH.BlankNode: (BlankNode,),
    SH.Literal: (Literal,),
    SH.BlankNodeOrIRI: (BlankNode, NamedNode),
    SH.BlankNodeOrLiteral: (BlankNode, Literal),
    SH.IRIOrLiteral: (NamedNode, Literal),
}
_LIMITS: dict[str, Callable[[Decimal | Day, Decimal | Day], bool]] = {
    "minInclusive": lambda v, limit: v >= limit,  # type: ignore[operator]
    "minExclusive": lambda v, limit: v > limit,  # type: ignore[operator]
    "maxInclusive": lambda v, limit: v <= limit,  # type: ignore[operator]
    "maxExclusive": lambda v, limit: v < limit,  # type: ignore[operator]
}


def surely_kept(
    name: str, values: Sequence[Term], flags: Sequence[Term], members: Callable[[Term], list[Term]]
) -> Test | None:
    """Return the test of a parameter that looks at one value only; None where there is none.

    Parameters:
        name: the parameter's local name. values: its values, well formed (it was compiled).
        flags: values of ``sh:flags`` beside it. members: reads a list of the shapes graph.
    """
    if name == "datatype":
        return _datatype(values[0])
    if name == "nodeKind":
        kinds = _KINDS[values[0]]
        return lambda value: isinstance(value, kinds)
    if name in _LIMITS:
        return _every([_limited(name, limit) for limit in values])
    if name == "minLength":
        least = int(values[0].value)
        return lambda value: not isinstance(value, BlankNode) and len(value.value) >= least
    if name == "maxLength":
        most = int(values[0].value)
        return lambda value: not isinstance(value, BlankNode) and len(value.value) <= most
    if name == "pattern":
        return _every([_matched(_expression(p, flags)) for p in values])
    if name == "in":
        allowed = frozenset(members(values[0]))
        return lambda value: value in allowed
    return None


def surely_unmatched(pattern: Term, flags: Sequence[Term]) -> Test:
    """Return the test of values that surely break ``sh:pattern``."""
    expression = _expression(pattern, flags)
    return lambda value: not isinstance(value, BlankNode) and expression.search(value.value) is None


def in_order(value: Term, other: Term, *, equal: bool) -> bool:
    """Tell whether two values are surely in order: both plain dates, or both plain numbers."""
    first, second = plain_value(value), plain_value(other)
    if first is None or second is None or type(first) is not type(second):
        return False
    return bool(first <= second) if equal else bool(first < second)  # type: ignore[operator]


def _every(tests: Sequence[Test]) -> Test:
    if len(tests) == 1:
        return tests[0]
    return lambda value: all(test(value) for test in tests)


def _datatype(wanted: Term) -> Test | None:
    if wanted == RDF.langString:
        return lambda value: isinstance(value, Literal) and bool(value.language)
    if wanted == XSD.string:
        return lambda value: isinstance(value, Literal) and value.datatype == wanted
    if not isinstance(wanted, NamedNode) or wanted not in _PLAIN:
        return None
    return lambda value: _is_plain(value, wanted)


def _is_plain(value: Term, datatype: NamedNode) -> bool:
    return (
        isinstance(value, Literal)
        and value.datatype == datatype
        and _PLAIN[datatype].fullmatch(value.value) is not None
        and is_valid(value)
    )


def plain_value(value: Term) -> Decimal | Day | None:
    """Return a plain number or a plain day."""
    if not isinstance(value, Literal):
        return None
    if value.datatype in _NUMBERS and _is_plain(value, value.datatype):
        return Decimal(value.value)
    return Day(value.value) if _is_plain(value, XSD.date) else None


def _limited(name: str, limit: Term) -> Test:
    kept, bound = _LIMITS[name], plain_value(limit)

    def test(value: Term) -> bool:
        found = plain_value(value)
        return found is not None and type(found) is type(bound) and kept(found, bound)

    return test


def _expression(pattern: Term, flags: Sequence[Term]) -> re.Pattern[str]:
    return compiled(str(pattern.value), "".join(str(flag.value) for flag in flags))


def _matched(expression: re.Pattern[str]) -> Test:
    return lambda value: (
        not isinstance(value, BlankNode) and expression.search(value.value) is not None
    )
