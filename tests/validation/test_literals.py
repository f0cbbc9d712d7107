"""Validity of literals by XML Schema 1.1 Part 2; examples are the specification's rules."""

from __future__ import annotations

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_graph.namespaces import XSD
from outcome_graph.rdf import Literal, NamedNode, Quad
from outcome_graph.validation.literals import is_canonical, is_valid

VALID = [
    ("date", "2020-02-29"),
    ("date", "2000-02-29"),
    ("date", "-0001-01-01"),
    ("date", "12020-01-01Z"),
    ("date", "2020-04-01+14:00"),
    ("dateTime", "2020-04-01T24:00:00"),
    ("dateTime", "2020-04-01T10:00:00.5-05:00"),
    ("gYear", "2020"),
    ("gMonthDay", "--02-29"),
    ("time", "23:59:59"),
    ("duration", "P1Y2M3DT4H5M6.7S"),
    ("duration", "-P1D"),
    ("boolean", "1"),
    ("decimal", "-.5"),
    ("decimal", "+1."),
    ("double", "1e400"),
    ("double", "-INF"),
    ("float", "NaN"),
    ("byte", "127"),
    ("unsignedByte", "255"),
    ("integer", "9" * 5000),
    ("nonNegativeInteger", "-0"),
    ("long", "-9223372036854775808"),
    ("hexBinary", "0aFF"),
    ("base64Binary", "YWJj"),
    ("language", "en-GB"),
    ("string", "anything"),
]
INVALID = [
    ("date", "2021-02-29"),
    ("date", "1900-02-29"),
    ("date", "2020-4-1"),
    ("date", "01.04.2020"),
    ("date", "2020-13-01"),
    ("date", "2020-04-31"),
    ("date", "2020-04-01+15:00"),
    ("date", " 2020-04-01"),
    ("dateTime", "2020-04-01"),
    ("dateTime", "2020-04-01T24:00:01"),
    ("dateTimeStamp", "2020-04-01T10:00:00"),
    ("gYear", "20"),
    ("gYear", "02020"),
    ("gMonthDay", "--02-30"),
    ("time", "24:01:00"),
    ("duration", "P"),
    ("duration", "P1DT"),
    ("boolean", "TRUE"),
    ("decimal", "1e3"),
    ("decimal", "."),
    ("double", "Infinity"),
    ("byte", "128"),
    ("unsignedByte", "-1"),
    ("positiveInteger", "0"),
    ("nonPositiveInteger", "1"),
    ("integer", "1.0"),
    ("integer", ""),
    ("integer", "٣"),
    ("long", "9223372036854775808"),
    ("unsignedLong", "9" * 5000),
    ("hexBinary", "0"),
    ("base64Binary", "YWJ"),
]


def made(name: str, text: str) -> Literal:
    return Literal(text, datatype=XSD[name])


@pytest.mark.parametrize(("name", "text"), VALID)
def test_valid(name: str, text: str) -> None:
    assert is_valid(made(name, text))


@pytest.mark.parametrize(("name", "text"), INVALID)
def test_invalid(name: str, text: str) -> None:
    assert not is_valid(made(name, text))


def test_other_datatypes_are_not_judged() -> None:
    assert is_valid(Literal("x", datatype=NamedNode("http://example.org/t")))
    assert is_canonical(Literal("x", datatype=NamedNode("http://example.org/t")))


@given(st.integers(-(2**62), 2**62))
def test_what_we_call_canonical_the_store_keeps(number: int) -> None:
    _is_kept(made("integer", str(number)))


@given(st.decimals(-(10**9), 10**9, places=3))
def test_canonical_decimals_are_kept(number: object) -> None:
    literal = made("decimal", f"{number:f}")
    if is_canonical(literal):
        _is_kept(literal)


@pytest.mark.parametrize(
    ("name", "text"),
    [("integer", "007"), ("integer", "+1"), ("decimal", "4.0"), ("boolean", "1")],
)
def test_what_the_store_rewrites_is_not_canonical(name: str, text: str) -> None:
    literal = made(name, text)
    assert not is_canonical(literal)
    assert _stored(literal) != literal


def _is_kept(literal: Literal) -> None:
    assert is_canonical(literal)
    assert _stored(literal) == literal


def _stored(literal: Literal) -> object:
    store = pyoxigraph.Store()
    node = NamedNode("http://example.org/s")
    store.add(Quad(node, node, literal))
    (quad,) = store
    return quad.object
