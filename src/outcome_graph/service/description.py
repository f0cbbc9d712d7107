"""The service description (SPARQL 1.1 Service Description, W3C Recommendation, 21 March 2013)."""

from __future__ import annotations

from collections.abc import Iterator

from outcome_graph.namespaces import RDF, SD, VOID, XSD, Namespace
from outcome_graph.rdf import BlankNode, Literal, NamedNode, Triple
from outcome_graph.service.authorisation import may_be_written
from outcome_graph.service.context import graph

__all__ = ["service_description"]

#: The W3C's names of file formats (https://www.w3.org/ns/formats/).
FORMATS = Namespace("http://www.w3.org/ns/formats/")
_RESULT_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
    "N-Quads",
    "TriG",
)


def service_description(endpoint: str) -> Iterator[Triple]:
    """Yield the description of this service.

    Parameters:
        endpoint: the address it was asked at.
    """
    service, dataset = _node(endpoint), BlankNode("dataset")
    yield Triple(service, RDF.type, SD.Service)
    yield Triple(service, SD.endpoint, service)
    yield Triple(service, SD.supportedLanguage, SD.SPARQL11Query)
    if not graph().plain:
        yield Triple(service, SD.feature, SD.UnionDefaultGraph)
    for name in _RESULT_FORMATS:
        yield Triple(service, SD.resultFormat, FORMATS[name])
    yield Triple(service, SD.defaultDataset, dataset)
    yield Triple(dataset, RDF.type, SD.Dataset)
    yield from _graphs(dataset)
    if graph().settings.service_allowed:
        yield Triple(service, SD.feature, SD.BasicFederatedQuery)
    if may_be_written():
        yield from _updates(endpoint, dataset)


def _updates(endpoint: str, dataset: BlankNode) -> Iterator[Triple]:
    """Yield the service that takes updates, at an address of its own, of the same dataset."""
    service = _node(endpoint.removesuffix("sparql") + "update", "update")
    yield Triple(service, RDF.type, SD.Service)
    yield Triple(service, SD.endpoint, service)
    yield Triple(service, SD.supportedLanguage, SD.SPARQL11Update)
    yield Triple(service, SD.defaultDataset, dataset)


def _node(endpoint: str, route: str = "sparql") -> NamedNode:
    try:
        return NamedNode(endpoint)
    except ValueError:
        # A client may send any Host; one that makes no IRI is not repeated.
        return NamedNode(f"{graph().minter.base}{route}")


def _graphs(dataset: BlankNode) -> Iterator[Triple]:
    union = BlankNode("union")
    statistics = graph().store.statistics()
    yield Triple(dataset, SD.defaultGraph, union)
    yield Triple(union, RDF.type, SD.Graph)
    if "quads" in statistics:
        count = Literal(str(statistics["quads"]), datatype=XSD.integer)
        yield Triple(union, VOID.triples, count)
    # Reference graphs only: there are as many record graphs as there are records.
    prefix = graph().minter.graph("").value
    for number, name in enumerate(n for n in graph().store.graph_names() if n.startswith(prefix)):
        node = BlankNode(f"graph{number}")
        yield Triple(dataset, SD.namedGraph, node)
        yield Triple(node, RDF.type, SD.NamedGraph)
        yield Triple(node, SD.name, NamedNode(name))
