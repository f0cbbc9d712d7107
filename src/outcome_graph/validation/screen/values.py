"""Constraints that look at one value only, as conditions of a query on ``{v}``.

A condition holds for values that break the constraint. Where the engine and pySHACL (rdflib) may
see a value differently, there is a *doubt* besides: a condition for values that the referee must
judge. Constants are taken only in forms that both understand alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from outcome_graph.namespaces import RDF, RDFS, SH, XSD
from outcome_graph.rdf import BlankNode, Literal, NamedNode, Term
from outcome_graph.validation.literals import is_canonical, is_valid
from outcome_graph.validation.screen.model import Unsupported, component_of
from outcome_graph.validation.screen.patterns import translated

__all__ = ["Condition", "constant", "count_of", "value_conditions"]

_STRING = XSD.string
_NUMBERS = (XSD.integer, XSD.decimal, XSD.double, XSD.float)
#: Datatypes that the engine keeps as they are written, or writes in the one canonical form.
_PLAIN = frozenset(
    {XSD.string, RDF.langString, XSD.integer, XSD.decimal, XSD.boolean, XSD.date, XSD.dateTime}
)
#: Datatypes whose lexical forms pySHACL checks and the engine can: by a cast that must succeed.
_CAST = frozenset(
    {XSD.integer, XSD.decimal, XSD.double, XSD.float, XSD.boolean, XSD.date, XSD.dateTime}
)
#: Datatypes of which pySHACL looks at the IRI only, or in which the two agree anyway.
_BY_NAME = frozenset({XSD.gYear, XSD.anyURI})
#: Datatypes of integers that the store turns into plain integers.
_DERIVED = frozenset(
    XSD[name]
    for name in [
        "long",
        "int",
        "short",
        "byte",
        "nonNegativeInteger",
        "positiveInteger",
        "nonPositiveInteger",
        "negativeInteger",
        "unsignedLong",
        "unsignedInt",
        "unsignedShort",
        "unsignedByte",
    ]
)
_KINDS = {
    SH.IRI: "isIRI({v})",
    SH.BlankNode: "isBlank({v})",
    SH.Literal: "isLiteral({v})",
    SH.BlankNodeOrIRI: "!isLiteral({v})",
    SH.BlankNodeOrLiteral: "!isIRI({v})",
    SH.IRIOrLiteral: "!isBlank({v})",
}
_SHORT_NUMBER = "^-?[0-9]{1,15}([.][0-9]{1,15})?$"
_YEAR = "([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"
_ZONE = "(Z|[-+][0-9][0-9]:[0-9][0-9])$"
_COMPARED = {
    "minInclusive": ">=",
    "minExclusive": ">",
    "maxInclusive": "<=",
    "maxExclusive": "<",
}


@dataclass(frozen=True, slots=True)
class Condition:
    """What values break a constraint: patterns with ``{v}`` for the value's variable.

    Parameters:
        component: local name of the constraint component.
        test: an expression that is true of values that break it.
        clauses: MINUS clauses that leave the values that break it, in place of a test.
        doubt: an expression that is true of values that pySHACL must judge, None for none.
    """

    component: str
    test: str | None = None
    clauses: str = ""
    doubt: str | None = None


def constant(term: Term) -> str:
    """Return a constant of a shape as a query writes it.

    Raises:
        Unsupported: it is a blank node, or a literal that engines do not agree on.
    """
    if isinstance(term, BlankNode):
        raise Unsupported("a blank node as a value")
    if isinstance(term, Literal) and (
        term.datatype not in _PLAIN or not is_valid(term) or not is_canonical(term)
    ):
        raise Unsupported(f"the value {term}")
    return str(term)


def count_of(values: Sequence[Term]) -> int:
    """Return the number that a parameter gives.

    Raises:
        Unsupported: it gives none, or several.
    """
    value = values[0] if len(values) == 1 else None
    if not isinstance(value, Literal) or value.datatype != XSD.integer or not is_valid(value):
        raise Unsupported("a count that is no integer")
    return int(value.value)


def value_conditions(
    name: str, values: Sequence[Term], flags: Sequence[Term], members: Callable[[Term], list[Term]]
) -> list[Condition] | None:
    """Return what breaks a parameter's constraints, None if it does not look at one value only.

    Parameters:
        name: the parameter's local name. values: its values.
        flags: values of ``sh:flags`` beside it.
        members: reads a list of the shapes graph.

    Raises:
        Unsupported: engines would not agree on it.
    """
    if name == "datatype":
        return [_datatype(values[0])]
    if name == "nodeKind":
        kind = values[0]
        if kind not in _KINDS:
            raise Unsupported("an unknown kind of node")
        return [Condition("NodeKind", f"!({_KINDS[kind]})")]  # type: ignore[index]
    if name in _COMPARED:
        return [_compared(name, value) for value in values]
    if name in ("minLength", "maxLength"):
        return _length(name, count_of(values))
    if name == "pattern":
        return [_pattern(value, flags) for value in values]
    if name == "languageIn":
        return [_languages(members(values[0]))]
    if name == "in":
        rows = " ".join(constant(m) for m in members(values[0]))
        return [Condition("In", clauses=f"MINUS {{ VALUES {{v}} {{ {rows} }} }}")]
    return None


def _datatype(wanted: Term) -> Condition:
    if not isinstance(wanted, NamedNode):
        raise Unsupported("a datatype that is no IRI")
    if wanted in (RDFS.Literal, RDFS.Datatype) or wanted in _DERIVED:
        raise Unsupported(f"the datatype {wanted}")
    known = wanted in _CAST or wanted in _BY_NAME or wanted in (_STRING, RDF.langString)
    if wanted.value.startswith(XSD.iri) and not known:
        raise Unsupported(f"the datatype {wanted}")
    right = f"COALESCE(DATATYPE({{v}}) = {wanted}, false)"
    if wanted in _CAST:
        right += f" && COALESCE(!isBlank({wanted}(STR({{v}}))), false)"
    broken = f"!({right})"
    doubt = None
    if wanted in (XSD.date, XSD.dateTime, XSD.gYear):
        # Python knows the years 1 to 9999 only, and takes other zones and other spellings.
        day = "" if wanted == XSD.gYear else "-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2})?"
        shape = f"^{_YEAR}{day}$"
        doubt = f'DATATYPE({{v}}) = {wanted} && !REGEX(STR({{v}}), "{shape}")'
    elif wanted in _CAST:
        doubt = f'DATATYPE({{v}}) = {wanted} && !REGEX(STR({{v}}), "{_SHORT_NUMBER}")'
        if wanted == XSD.boolean:
            doubt = f'DATATYPE({{v}}) = {wanted} && !REGEX(STR({{v}}), "^(true|false)$")'
    return Condition("Datatype", broken, doubt=doubt)


def _compared(name: str, limit: Term) -> Condition:
    text = constant(limit)
    if not isinstance(limit, Literal) or limit.datatype not in (*_NUMBERS, XSD.date, XSD.dateTime):
        raise Unsupported(f"sh:{name} with {text}")
    numeric = limit.datatype in _NUMBERS
    right = f"COALESCE({{v}} {_COMPARED[name]} {text}, false)"
    comparable = " || ".join(
        f"DATATYPE({{v}}) = {d}" for d in (_NUMBERS if numeric else (limit.datatype,))
    )
    # Strings are plainly wrong; what both engines can order is decided; all else is the referee's.
    plain = f"DATATYPE({{v}}) IN ({_STRING}, {RDF.langString})"
    ordered = f"COALESCE({{v}} < {text} || {{v}} >= {text}, false)"
    if not numeric:
        zoned = f'REGEX(STR({{v}}), "{_ZONE}")'
        ordered += f" && {'' if limit.value.endswith('Z') else '!'}{zoned}"
    doubt = f"isLiteral({{v}}) && !({plain}) && !(({comparable}) && {ordered})"
    return Condition(component_of(name), f"!{right}", doubt=doubt)


def _length(name: str, count: int) -> list[Condition]:
    if name == "minLength":
        if count <= 0:
            return []
        return [Condition("MinLength", f"isBlank({{v}}) || STRLEN(STR({{v}})) < {count}")]
    return [Condition("MaxLength", f"isBlank({{v}}) || STRLEN(STR({{v}})) > {count}")]


def _pattern(pattern: Term, flags: Sequence[Term]) -> Condition:
    if not isinstance(pattern, Literal):
        raise Unsupported("a pattern that is no literal")
    chosen = str(flags[0].value) if flags else ""
    if chosen not in ("", "i"):
        raise Unsupported(f"the flags {chosen!r}")
    text = Literal(translated(pattern.value))
    option = ', "i"' if chosen else ""
    return Condition(
        "Pattern", f"isBlank({{v}}) || COALESCE(!REGEX(STR({{v}}), {text}{option}), true)"
    )


def _languages(ranges: Sequence[Term]) -> Condition:
    wanted = []
    for term in ranges:
        if not isinstance(term, Literal) or term.datatype != _STRING:
            raise Unsupported("a language that is no string")
        wanted.append(term.value.lower())
    language = "LCASE(LANG({v}))"
    if "*" in wanted:
        return Condition("LanguageIn", f'!COALESCE({language} != "", false)')
    choices = ", ".join(str(Literal(w)) for w in wanted) or '""'
    right = (
        f'{language} != "" && ({language} IN ({choices}) || '
        f'STRBEFORE(CONCAT({language}, "-"), "-") IN ({choices}))'
    )
    return Condition("LanguageIn", f"!COALESCE({right}, false)")
