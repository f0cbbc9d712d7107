"""Shapes that users bring: checked once, evaluated in full, refused clearly."""

from __future__ import annotations

from pathlib import Path

import pytest
from seed import ID, MINTER, whole_triples

from outcome_graph.errors import SourceError, UsageError
from outcome_graph.rdf import RdfFormat
from outcome_graph.validation import Shapes, Validator

HEAD = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix og: <https://w3id.org/outcome-graph/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <http://example.org/> .
"""


def shapes_of(text: str) -> Shapes:
    return Shapes.parse((HEAD + text).encode(), RdfFormat.TURTLE, where="mine.ttl")


def found(text: str) -> list[tuple[str, str]]:
    results = Validator(MINTER, shapes_of(text)).validate_record(ID, whole_triples())
    return [(r.rule, r.text()) for r in results]


def test_a_rule_of_ones_own() -> None:
    assert found(
        "ex:Long a sh:NodeShape ; sh:targetClass og:Outcome ; sh:property ex:short ."
        'ex:short sh:path og:code ; sh:maxLength 3 ; sh:message "Too long"@en .'
    ) == [("short", "Too long")]


def test_it_may_read_far_into_the_shared_graphs() -> None:
    """Three steps from the record: country, ILO region, label."""
    text = (
        "ex:Region a sh:NodeShape ; sh:targetClass og:Outcome ; sh:property ex:far ."
        'ex:far sh:path ( og:country og:iloRegion skos:prefLabel ) ; sh:hasValue "{}"@en .'
    )
    assert found(text.format("Asia and the Pacific")) == []
    assert [rule for rule, _ in found(text.format("Africa"))] == ["far"]


def test_what_it_finds_in_shared_graphs_alone_is_not_the_records() -> None:
    text = (
        "ex:C a sh:NodeShape ; sh:targetClass og:Country ; sh:property ex:none ."
        "ex:none sh:path og:code ; sh:minCount 1 ."
    )
    results = Validator(MINTER, shapes_of(text)).validate_record(ID, whole_triples())
    assert {str(r.focus.value).rsplit("/", 1)[-1] for r in results} == {"LAO", "LUX"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ex:S a sh:NodeShape ; sh:property [ sh:minCount 1 ] .", "does not allow"),
        ('ex:S a sh:NodeShape ; sh:property [ sh:path og:code ; sh:minCount "x" ] .', "not allow"),
        ("ex:S ex:p ex:o .", "holds no SHACL shape"),
    ],
)
def test_malformed_shapes_are_refused(text: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        shapes_of(text)


def test_recursive_shapes_are_refused() -> None:
    text = (
        "ex:A a sh:NodeShape ; sh:targetClass og:Outcome ; sh:node ex:B ."
        "ex:B a sh:NodeShape ; sh:node ex:A ."
    )
    with pytest.raises(UsageError, match="refer to each other in a circle"):
        shapes_of(text)


def test_a_circle_through_lists_and_blank_nodes_is_seen() -> None:
    text = (
        "ex:A a sh:NodeShape ; sh:or ( ex:C [ sh:property [ sh:path og:code ; sh:not ex:A ] ] ) ."
        "ex:C a sh:NodeShape ."
    )
    with pytest.raises(UsageError, match="circle"):
        shapes_of(text)


def test_a_shape_used_twice_is_no_circle() -> None:
    text = (
        "ex:A a sh:NodeShape ; sh:and ( ex:B ex:C ) . ex:B a sh:NodeShape ; sh:node ex:C ."
        "ex:C a sh:NodeShape ; sh:targetClass og:Outcome ."
    )
    assert shapes_of(text).triples


def test_a_malformed_query_is_refused() -> None:
    text = (
        "ex:A a sh:NodeShape ; sh:targetClass og:Outcome ; "
        'sh:sparql [ a sh:SPARQLConstraint ; sh:select "SELECT $this WHERE { $this nonsense" ] .'
    )
    with pytest.raises(UsageError):
        found(text)


def test_what_is_no_rdf_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        shapes_of("this is no turtle")
    (tmp_path / "shapes.docx").write_bytes(b"x")
    with pytest.raises(SourceError, match="no RDF file"):
        Shapes.open(tmp_path / "shapes.docx")
    with pytest.raises(SourceError, match="cannot be read"):
        Shapes.open(tmp_path / "none.ttl")


def test_shapes_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "shapes.ttl"
    path.write_text(HEAD + "ex:S a sh:NodeShape ; sh:targetClass og:Outcome .", "utf-8")
    assert Shapes.open(path).triples
