"""Generated shapes and data: the compiled queries find what pySHACL finds, no more and no less."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from outcome_graph.errors import UsageError
from outcome_graph.rdf import RdfFormat, parse_quads
from outcome_graph.store.scanning import ScratchStore
from outcome_graph.validation.finding import Finding
from outcome_graph.validation.screen.plain import PlainScreen
from outcome_graph.validation.shacl import ShaclEngine
from outcome_graph.validation.statements import Statement, statements

pytestmark = pytest.mark.filterwarnings("ignore")

PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix ex: <http://example.org/> .
ex:D rdfs:subClassOf ex:C .
"""
NODES = st.sampled_from(["ex:a", "ex:b", "ex:c", "ex:d", "_:n"])
PREDICATES = st.sampled_from(["ex:p", "ex:q", "ex:r"])
CLASSES = st.sampled_from(["ex:C", "ex:D"])
LITERALS = st.sampled_from(
    [
        '"a"',
        '"abc"',
        '"abc\\n"',
        '""',
        '"a"@en',
        '"a"@fr',
        '"b"@en',
        '"c"@en-gb',
        "1",
        "2",
        "-3",
        "1.5",
        "true",
        '"2020-01-01"^^xsd:date',
        '"2021-06-30"^^xsd:date',
        '"2020-02-30"^^xsd:date',
        '"2020-01-01T00:00:00Z"^^xsd:dateTime',
        '"x"^^xsd:integer',
        '"y"^^ex:own',
    ]
)
VALUES = NODES | LITERALS
CONSTANTS = st.sampled_from(["ex:a", "ex:b", '"a"', '"a"@en', "1", "1.5", "true"])


@st.composite
def paths(draw: st.DrawFn, depth: int = 0) -> str:
    kind = draw(st.sampled_from(["", "", "", "seq", "alt", "inv", "*", "+", "?"]))
    if not kind or depth > 1:
        return draw(PREDICATES)
    inner = paths(depth + 1)
    if kind == "seq":
        return f"( {draw(inner)} {draw(inner)} )"
    if kind == "alt":
        return f"[ sh:alternativePath ( {draw(inner)} {draw(inner)} ) ]"
    name = {
        "inv": "inversePath",
        "*": "zeroOrMorePath",
        "+": "oneOrMorePath",
        "?": "zeroOrOnePath",
    }[kind]
    return f"[ sh:{name} {draw(inner)} ]"


def _listed(members: list[str]) -> str:
    return f"( {' '.join(members)} )"


DATATYPES = st.sampled_from(
    ["xsd:string", "xsd:integer", "xsd:date", "xsd:boolean", "rdf:langString"]
)
KINDS = st.sampled_from(["sh:IRI", "sh:Literal", "sh:BlankNode", "sh:BlankNodeOrIRI"])
LIMITS = ["sh:minInclusive", "sh:maxExclusive", "sh:minExclusive", "sh:maxInclusive"]
PAIRS = ["sh:equals", "sh:disjoint", "sh:lessThan", "sh:lessThanOrEquals"]


def _text(*parts: str | list[str] | st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Texts put together of texts, choices of texts, and strategies for them."""
    made = []
    for part in parts:
        if isinstance(part, str):
            made.append(st.just(part))
        else:
            made.append(st.sampled_from(part) if isinstance(part, list) else part)
    return st.tuples(*made).map("".join)


@st.composite
def constraints(draw: st.DrawFn, depth: int, *, of_property: bool) -> str:
    simple = [
        _text("sh:class ", CLASSES),
        _text("sh:datatype ", DATATYPES),
        _text("sh:nodeKind ", KINDS),
        _text(LIMITS, [" 1", " 1.5", ' "2020-06-01"^^xsd:date']),
        _text(["sh:minLength 2", "sh:maxLength 1", "sh:minLength 0"]),
        _text("sh:pattern ", ['"^a"', '"c$"', '"^[a-b]{1,2}$"', '"A"', '"B" ; sh:flags "i"']),
        _text("sh:languageIn ", ['( "en" )', '( "fr" "en-GB" )']),
        _text("sh:hasValue ", CONSTANTS),
        _text("sh:in ", st.lists(CONSTANTS, max_size=3).map(_listed)),
    ]
    for_properties = [
        _text(["sh:minCount 1", "sh:minCount 2", "sh:maxCount 0", "sh:maxCount 1"]),
        _text("sh:uniqueLang true"),
        _text(PAIRS, [" ex:q", " ex:r"]),
    ]
    chosen = simple + (for_properties if of_property else [])
    if depth < 2:
        inner = st.lists(shapes_within(depth + 1), min_size=1, max_size=3).map(_listed)
        chosen += [
            _text("sh:property ", properties(depth + 1)),
            _text(["sh:node ", "sh:not "], nodes_within(depth + 1)),
            _text(["sh:and ", "sh:or ", "sh:xone "], inner),
        ]
        if of_property:
            counts = [" ; sh:qualifiedMinCount 1", " ; sh:qualifiedMaxCount 1"]
            chosen.append(_text("sh:qualifiedValueShape ", nodes_within(depth + 1), counts))
        else:
            closed = "sh:closed true ; sh:ignoredProperties ( rdf:type ) ; sh:property "
            chosen.append(_text(closed, properties(depth + 1)))
    return draw(st.one_of(chosen))


@st.composite
def properties(draw: st.DrawFn, depth: int) -> str:
    parts = draw(st.lists(constraints(depth, of_property=True), min_size=1, max_size=2))
    extra = draw(
        st.sampled_from(["", "", "", "sh:severity sh:Warning ; ", "sh:deactivated true ; "])
    )
    return f"[ sh:path {draw(paths())} ; {extra}{' ; '.join(_apart(parts))} ]"


@st.composite
def nodes_within(draw: st.DrawFn, depth: int) -> str:
    parts = draw(st.lists(constraints(depth, of_property=False), min_size=1, max_size=2))
    return f"[ a sh:NodeShape ; {' ; '.join(_apart(parts))} ]"


def shapes_within(depth: int) -> st.SearchStrategy[str]:
    return properties(depth) | nodes_within(depth)


def _apart(parts: list[str]) -> list[str]:
    """Leave out what would give a parameter twice, which many may not have."""
    seen: set[str] = set()
    kept = []
    for part in parts:
        names = {w for w in part.split() if w.startswith("sh:")}
        if not names & seen:
            kept.append(part)
            seen |= names
    return kept


TARGETS = st.sampled_from(
    [
        "sh:targetClass ex:C",
        "sh:targetNode ex:a , ex:elsewhere",
        "sh:targetSubjectsOf ex:p",
        "sh:targetObjectsOf ex:q",
        "sh:targetClass ex:D ; sh:targetObjectsOf ex:p",
    ]
)


@st.composite
def shape_graphs(draw: st.DrawFn) -> str:
    parts = draw(st.lists(constraints(0, of_property=False), min_size=1, max_size=2))
    return f"{PREFIXES} ex:S a sh:NodeShape ; {draw(TARGETS)} ; {' ; '.join(_apart(parts))} ."


@st.composite
def data_graphs(draw: st.DrawFn) -> str:
    lines = draw(
        st.lists(
            st.tuples(NODES, PREDICATES, VALUES) | st.tuples(NODES, st.just("a"), CLASSES),
            min_size=1,
            max_size=14,
        )
    )
    return PREFIXES + "\n".join(f"{s} {p} {o} ." for s, p, o in lines)


def _parsed(text: str) -> list[Statement]:
    return statements(q.triple for q in parse_quads(text, RdfFormat.TURTLE))


def _keys(found: list[Finding]) -> set[tuple[object, ...]]:
    return {(f.focus, f.path, f.value, f.shape, f.component, f.severity) for f in found}


@pytest.fixture(autouse=True, scope="module")
def quiet() -> Iterator[None]:
    """rdflib logs each literal that it cannot read."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@given(shape_graphs(), data_graphs())
@settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
def test_same_results_as_pyshacl(shapes: str, data: str) -> None:
    graph, triples = _parsed(shapes), list(dict.fromkeys(_parsed(data)))
    screen = PlainScreen(graph)
    event("compiled" if not screen.screen.fallback else "left to pySHACL")
    try:
        want = ShaclEngine(graph).validate(triples)
    except UsageError:
        return
    assert _keys(screen.validate(triples, ScratchStore)) == _keys(want)
