"""Shapes whose results are known by hand; random ones found that an engine missed them.

Each is asked of the compiled queries and of pySHACL: both must find what SHACL says.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from outcome_graph.rdf import BlankNode, RdfFormat, parse_quads
from outcome_graph.store.scanning import ScratchStore
from outcome_graph.validation.screen.plain import PlainScreen
from outcome_graph.validation.shacl import Finding, ShaclEngine
from outcome_graph.validation.statements import Statement, statements

PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <http://example.org/> .
"""


@dataclass(frozen=True)
class Case:
    """Shapes, data, and the results: local name of the focus node, of the value, component."""

    name: str
    shapes: str
    data: str
    results: frozenset[tuple[str, str | None, str]]


def _case(name: str, shapes: str, data: str, *results: tuple[str, str | None, str]) -> Case:
    return Case(name, shapes, data, frozenset(results))


CASES = [
    # The path leads to ex:a itself and to ex:b; sh:equals demands the same of ex:q.
    _case(
        "equals-of-a-path-that-may-stay",
        "sh:targetNode ex:a ; sh:property [ sh:path [ sh:zeroOrOnePath ex:p ] ; sh:equals ex:q ]",
        "ex:a ex:p ex:b ; ex:q ex:a , ex:c .",
        ("a", "b", "Equals"),
        ("a", "c", "Equals"),
    ),
    _case(
        "equals-of-a-path-that-repeats",
        "sh:targetNode ex:a ; sh:property [ sh:path [ sh:zeroOrMorePath ex:p ] ; sh:equals ex:q ]",
        "ex:a ex:q ex:a , ex:c .",
        ("a", "c", "Equals"),
    ),
    # ex:a has no ex:r, so it conforms to the inner shape; ex:b has one that is too long.
    _case(
        "a-property-of-what-stays-within-a-node",
        """sh:targetObjectsOf ex:p ; sh:node [ sh:property [ sh:path [ sh:zeroOrOnePath ex:q ] ;
            sh:property [ sh:path ex:r ; sh:maxLength 1 ] ] ]""",
        'ex:x ex:p ex:a , ex:b . ex:b ex:r "long" .',
        ("b", "b", "Node"),
    ),
    _case(
        "a-property-of-what-stays-within-a-not",
        """sh:targetObjectsOf ex:p ; sh:not [ sh:property [ sh:path [ sh:zeroOrOnePath ex:q ] ;
            sh:property [ sh:path ex:r ; sh:maxLength 1 ] ] ]""",
        'ex:x ex:p ex:a , ex:b . ex:b ex:r "long" .',
        ("a", "a", "Not"),
    ),
    _case(
        "a-property-of-a-property-of-a-named-node",
        """sh:targetNode ex:a , ex:b ; sh:not [ sh:property [ sh:path ex:q ;
            sh:property [ sh:path ex:r ; sh:maxLength 1 ] ] ]""",
        'ex:a ex:q ex:c . ex:b ex:q ex:d . ex:d ex:r "long" .',
        ("a", "a", "Not"),
    ),
    _case(
        "a-nameless-node-is-in-order-with-nothing",
        "sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:lessThanOrEquals ex:q ]",
        "ex:a ex:p _:n ; ex:q _:n .",
        ("a", "_", "LessThanOrEquals"),
    ),
    _case(
        "no-number-is-in-order-with-nothing",
        "sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:lessThanOrEquals ex:q ]",
        'ex:a ex:p "NaN"^^xsd:double ; ex:q 1.5 , "NaN"^^xsd:double .',
        ("a", "NaN", "LessThanOrEquals"),
    ),
    _case(
        "no-number-is-within-no-bounds",
        """sh:targetNode ex:a ;
            sh:property [ sh:path ex:p ; sh:minInclusive 1.5 ; sh:maxExclusive 9 ]""",
        'ex:a ex:p "NaN"^^xsd:double .',
        ("a", "NaN", "MinInclusive"),
        ("a", "NaN", "MaxExclusive"),
    ),
    # ex:b is reached by ^ex:q, then ^ex:p; the other way round nothing would be.
    _case(
        "an-inverse-sequence-is-walked-from-its-end",
        """sh:targetNode ex:a ; sh:property [ sh:path [ sh:inversePath ( ex:p ex:q ) ] ;
            sh:maxCount 0 ]""",
        "ex:b ex:p ex:c . ex:c ex:q ex:a .",
        ("a", None, "MaxCount"),
    ),
    _case(
        "a-line-feed-at-the-end-is-part-of-the-text",
        'sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:pattern "^[a-z]+$" ]',
        r'ex:a ex:p "abc" , "abd\n" .',
        ("a", "abd\n", "Pattern"),
    ),
    # rdflib reads the first as 2020, the second as 10.
    _case(
        "values-that-their-datatype-does-not-allow",
        """sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:datatype xsd:gYear ] ,
            [ sh:path ex:q ; sh:datatype xsd:integer ]""",
        """ex:a ex:p "20"^^xsd:gYear , "2020-01-01"^^xsd:gYear , "2020"^^xsd:gYear ;
            ex:q "1_0"^^xsd:integer , 10 .""",
        ("a", "20", "Datatype"),
        ("a", "2020-01-01", "Datatype"),
        ("a", "1_0", "Datatype"),
    ),
]


def _parsed(text: str) -> list[Statement]:
    return statements(q.triple for q in parse_quads(PREFIXES + text, RdfFormat.TURTLE))


def _local(term: object) -> str | None:
    if isinstance(term, BlankNode):
        return "_"
    return None if term is None else str(getattr(term, "value", "")).rsplit("/", 1)[-1]


def _key(found: Finding) -> tuple[str | None, str | None, str]:
    component = found.component.rsplit("#", 1)[-1].removesuffix("ConstraintComponent")
    return _local(found.focus), _local(found.value), component


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_both_engines_find_what_shacl_says(case: Case) -> None:
    graph, data = _parsed(f"ex:S a sh:NodeShape ; {case.shapes} ."), _parsed(case.data)
    screen = PlainScreen(graph)
    assert not screen.screen.fallback
    for found in (screen.validate(data, ScratchStore), ShaclEngine(graph).validate(data)):
        assert {_key(f) for f in found} == case.results
