"""Constraints that compare the values of a path with those of another property."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from outcome_graph.namespaces import RDF, XSD
from outcome_graph.rdf import NamedNode, Term
from outcome_graph.validation.screen.model import Unsupported, component_of
from outcome_graph.validation.screen.paths import Hop
from outcome_graph.validation.screen.relations import BARRIER, Relations, Values, rename, union

__all__ = ["PairViolation", "pair_violations"]

_NUMBERS = (XSD.integer, XSD.decimal, XSD.double, XSD.float)
_ZONE = "(Z|[-+][0-9][0-9]:[0-9][0-9])$"


@dataclass(frozen=True, slots=True)
class PairViolation:
    """What breaks a comparison: see `compiler.Violation`."""

    component: str
    pattern: str
    value: str
    doubt: str | None = None
    both: str | None = None


def pair_violations(
    relations: Relations, name: str, others: Sequence[Term], values: Values
) -> list[PairViolation]:
    """Return what breaks a comparison.

    Parameters:
        name: "equals", "disjoint", "lessThan" or "lessThanOrEquals".
        others: the properties that values are compared with.

    Raises:
        Unsupported: the parameter is not one of these, or names no property.
    """
    found, value = [], values.var
    for other in others:
        if not isinstance(other, NamedNode):
            raise Unsupported(f"sh:{name} with something that is no IRI")
        pair = _Pair(relations, other, values)
        if name == "equals":
            found.append(PairViolation("Equals", pair.missing(), value))
            found.append(PairViolation("Equals", pair.surplus(), pair.second))
        elif name == "disjoint":
            found.append(PairViolation("Disjoint", pair.common(), value))
        elif name in ("lessThan", "lessThanOrEquals"):
            test = pair.unordered("<" if name == "lessThan" else "<=")
            doubt = pair.doubtful()
            both = pair.having(f"{test} || {doubt}")
            found.append(PairViolation(component_of(name), pair.having(test), value, doubt, both))
        else:
            raise Unsupported(f"sh:{name}")
    return found


class _Pair:
    def __init__(self, relations: Relations, other: NamedNode, values: Values) -> None:
        self._relations = relations
        self._source, self._chains, self._value = values.source, values.chains, values.var
        self.second = relations.names.new("w")
        self._branches = ((Hop(other),),)

    def _first(self) -> str:
        text = union(self._relations.hashed(self._source, c) for c in self._chains)
        return self._relations.distinct([self._source.var, self._value], text)

    def _other(self, var: str) -> str:
        ways = self._relations.values(self._source, self._branches, var).chains
        text = union(self._relations.hashed(self._source, c) for c in ways)
        return self._relations.distinct([self._source.var, var], text)

    def missing(self) -> str:
        """Values that the other property lacks."""
        return f"{self._first()} MINUS {{ {self._other(self._value)} }}"

    def surplus(self) -> str:
        """Values that only the other property has."""
        chains = [
            replace(c, steps=tuple(rename(s, self._value, self.second) for s in c.steps))
            for c in self._chains
        ]
        text = union(self._relations.hashed(self._source, c) for c in chains)
        mine = self._relations.distinct([self._source.var, self.second], text)
        return f"{self._other(self.second)} MINUS {{ {mine} }}"

    def common(self) -> str:
        """Values that both have."""
        return f"{self._first()} {self._other(self._value)}"

    def having(self, test: str) -> str:
        """Pairs of values that pass a test."""
        both = f"{self._first()} {self._other(self.second)}"
        if not self._relations.key:
            return f"{both} FILTER({test})"
        # Each pair of values is looked at once.
        pairs = f"{{ SELECT DISTINCT {self._value} {self.second} WHERE {{ {both} }}{BARRIER} }}"
        picked = f"{{ SELECT * WHERE {{ {pairs} FILTER({test}) }}{BARRIER} }}"
        return f"{picked} {both}"

    def unordered(self, operator: str) -> str:
        """The test for values that are not smaller than some value of the other property."""
        v, w = self._value, self.second
        texts = f"{_textual(v)} && {_textual(w)} && STR({v}) {operator} STR({w})"
        right = f"({texts}) || COALESCE({v} {operator} {w}, false)"
        # Equal terms come first: the engine need not look into them to compare.
        same = f"sameTerm({v}, {w}) || " if operator == "<=" else ""
        # A nameless node is in order with nothing, not even with itself.
        return f"(isBlank({v}) || !({same}{right}))"

    def doubtful(self) -> str:
        """The test for pairs that engines order differently, or not at all."""
        v, w = self._value, self.second
        numeric = f"{_among(v, _NUMBERS)} && {_among(w, _NUMBERS)}"
        timed = " || ".join(
            f"(DATATYPE({v}) = {d} && DATATYPE({w}) = {d})" for d in (XSD.date, XSD.dateTime)
        )
        zones = f'!REGEX(STR({v}), "{_ZONE}") && !REGEX(STR({w}), "{_ZONE}")'
        ordered = f"COALESCE({v} <= {w} || {v} > {w}, false)"
        literals = f"isLiteral({v}) && isLiteral({w}) && (({numeric}) || (({timed}) && {zones}))"
        sure = f"({_textual(v)} && {_textual(w)}) || ({literals} && {ordered})"
        # Names and texts, nameless nodes: never in order, whoever looks.
        mixed = f"(isIRI({v}) && isLiteral({w})) || (isLiteral({v}) && isIRI({w}))"
        mixed += f" || isBlank({v}) || isBlank({w})"
        return f"(!(COALESCE({sure}, false)) && !({mixed}))"


def _textual(var: str) -> str:
    return f"(isIRI({var}) || COALESCE(DATATYPE({var}) IN ({XSD.string}, {RDF.langString}), false))"


def _among(var: str, kinds: Sequence[NamedNode]) -> str:
    return f"COALESCE(DATATYPE({var}) IN ({', '.join(map(str, kinds))}), false)"
