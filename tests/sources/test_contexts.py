"""JSON-LD contexts by address: ours are put in, others are refused, nothing is fetched."""

from __future__ import annotations

import json

import pytest

from outcome_graph.draft import SourceFile
from outcome_graph.errors import SourceError
from outcome_graph.rdf import Literal, NamedNode, Triple
from outcome_graph.sources.rdf import read_graphs

OG = "https://w3id.org/outcome-graph/ontology#"
CIDS = "https://ontology.commonapproach.org/cids#"
TOVE = "http://ontology.eil.utoronto.ca/tove/organization#"
BASE = "https://example.org/og/"


def graphs(context: object, **content: object) -> list[Triple]:
    document = {"@context": context, **content}
    source = SourceFile("a.jsonld", json.dumps(document).encode())
    ((_, triples),) = read_graphs(source, base_iri=BASE)
    return triples


@pytest.mark.parametrize(
    "context",
    [
        "https://w3id.org/outcome-graph/context.jsonld",
        f"{BASE}context.jsonld",
        [{"x": "http://x/"}, "https://w3id.org/outcome-graph/context.jsonld"],
    ],
)
def test_our_context_is_put_in(context: object) -> None:
    triples = graphs(context, id="http://a/1", type="Outcome", code="LAO226")
    assert set(triples) == {
        Triple(
            NamedNode("http://a/1"),
            NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
            NamedNode(f"{OG}Outcome"),
        ),
        Triple(NamedNode("http://a/1"), NamedNode(f"{OG}code"), Literal("LAO226")),
    }


def test_names_of_the_impact_standard_get_its_iris() -> None:
    context = "https://ontology.commonapproach.org/contexts/cidsContext.jsonld"
    node = NamedNode("http://a/1")
    triples = graphs(
        context,
        **{
            "@id": "http://a/1",
            "hasName": "More pensions",
            "hasDescription": "For all",
            "forOrganization": "http://a/org",
            "cids:hasIndicator": ["http://a/ind"],
        },
    )
    # As the standard's own context has them: names come from the TOVE ontology, links are nodes.
    assert set(triples) == {
        Triple(node, NamedNode(f"{TOVE}hasName"), Literal("More pensions")),
        Triple(node, NamedNode(f"{CIDS}hasDescription"), Literal("For all")),
        Triple(node, NamedNode(f"{CIDS}forOrganization"), NamedNode("http://a/org")),
        Triple(node, NamedNode(f"{CIDS}hasIndicator"), NamedNode("http://a/ind")),
    }


@pytest.mark.parametrize(
    "document",
    [
        {"@context": "https://example.org/other.jsonld", "@id": "x"},
        {"@context": [{}, "//example.org/c"], "@id": "x"},
        {"@graph": [{"@context": "file:///etc/passwd", "@id": "x"}]},
        {"@context": {"@import": "https://example.org/c", "p": "http://p"}, "@id": "x"},
        {"@context": {"p": {"@id": "http://p", "@context": "https://example.org/c"}}, "@id": "x"},
    ],
)
def test_other_contexts_are_refused(document: dict[str, object]) -> None:
    source = SourceFile("a.jsonld", json.dumps(document).encode())
    with pytest.raises(SourceError, match="does not come with us, and nothing is fetched"):
        read_graphs(source)


def test_a_name_that_is_no_iri_is_refused_rather_than_lost() -> None:
    source = SourceFile("a.jsonld", b'{"@graph": [{"@id": "http://x/a b", "http://p": "v"}]}')
    with pytest.raises(SourceError, match="'http://x/a b' is no IRI"):
        read_graphs(source)


def test_a_deep_document_is_refused() -> None:
    source = SourceFile("a.jsonld", b'{"@id":"x","p":' + b"[" * 5000 + b"]" * 5000 + b"}")
    with pytest.raises(SourceError, match="nests its values more than 50 deep"):
        read_graphs(source)
    deeper = SourceFile("a.jsonld", b"[" * 100_000 + b"]" * 100_000)
    with pytest.raises(SourceError, match="nests its values more than 50 deep"):
        read_graphs(deeper)


def test_a_context_may_import_ours() -> None:
    context = {"@import": "https://w3id.org/outcome-graph/context.jsonld", "mine": "http://a/mine"}
    document = {"@context": context, "@id": "http://a/x", "code": "LAO226", "mine": "v"}
    ((_, triples),) = read_graphs(SourceFile("a.jsonld", json.dumps(document).encode()))
    assert {t.predicate.value for t in triples} == {f"{OG}code", "http://a/mine"}
