"""What there is to have: the dataset described with VoID and DCAT.

Follows VoID (W3C Interest Group Note, 3 March 2011) and DCAT 3 (W3C Recommendation, 22 August
2024). Counts come from one aggregate query each, within a deadline: on a very large or busy store
they are left out rather than waited for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from outcome_graph.errors import StoreError
from outcome_graph.namespaces import (
    DCAT,
    DCTERMS,
    ELI,
    FOAF,
    ONTOLOGY,
    ORG,
    PROV,
    RDF,
    SKOS,
    VOID,
    XSD,
    IriMinter,
    Namespace,
)
from outcome_graph.pipeline.rows import Ask, rows_of
from outcome_graph.rdf import BlankNode, Literal, NamedNode, Triple

__all__ = ["DataCatalog", "Figures"]

#: Seconds that counting may take.
_DEADLINE = 10.0
_FORMATS = Namespace("http://www.w3.org/ns/formats/")
_MEDIA_TYPES = Namespace("https://www.iana.org/assignments/media-types/")
_VOCABULARIES = (
    NamedNode(ONTOLOGY),
    *(NamedNode(n.iri) for n in (DCTERMS, SKOS, ORG, PROV, ELI, FOAF)),
)

CLASSES = """
SELECT ?class (COUNT(*) AS ?count) WHERE { ?thing a ?class } GROUP BY ?class ORDER BY ?class
"""
PROPERTIES = """
SELECT ?property (COUNT(*) AS ?count) WHERE { ?s ?property ?o }
GROUP BY ?property ORDER BY ?property
"""
#: The same where the default graph is one graph among others.
PLAIN_CLASSES = """
SELECT ?class (COUNT(*) AS ?count)
WHERE { { ?thing a ?class } UNION { GRAPH ?graph { ?thing a ?class } } }
GROUP BY ?class ORDER BY ?class
"""
PLAIN_PROPERTIES = """
SELECT ?property (COUNT(*) AS ?count)
WHERE { { ?s ?property ?o } UNION { GRAPH ?graph { ?s ?property ?o } } }
GROUP BY ?property ORDER BY ?property
"""
RECORDS = """
SELECT (COUNT(*) AS ?count) (MAX(?time) AS ?modified) (SAMPLE(?outcome) AS ?example)
WHERE { ?record foaf:primaryTopic ?outcome ; dcterms:modified ?time }
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of a dataset; None or empty where they could not be had in time.

    Parameters:
        triples: statements in all graphs, each as often as it stands in one.
        records: record graphs. modified: when the newest was written, xsd:dateTime.
        example: an outcome.
        classes, properties: IRI and number of instances or statements.
    """

    triples: int | None
    records: int | None = None
    modified: str | None = None
    example: str | None = None
    classes: tuple[tuple[str, int], ...] = ()
    properties: tuple[tuple[str, int], ...] = ()


class DataCatalog:
    """Describes the dataset behind a service.

    Parameters:
        ask: answers queries. statistics: of the store.
        minter: of the base that is served.
        root: address of the service, with a slash at its end.
        plain: the dataset is any RDF, not records.
        publisher: name of who publishes the data. licence: its IRI. "" where not said.
    """

    def __init__(
        self,
        ask: Ask,
        statistics: Callable[[], dict[str, Any]],
        minter: IriMinter,
        root: str,
        *,
        plain: bool = False,
        publisher: str = "",
        licence: str = "",
    ) -> None:
        self._ask, self._statistics = ask, statistics
        self._minter, self._root, self._plain = minter, root, plain
        self._publisher, self._licence = publisher, licence
        self._catalog = _here(minter, "catalog")
        self._dataset = _here(minter, "catalog#dataset")
        self._endpoint = _here(minter, "catalog#sparql")

    def figures(self) -> Figures:
        """Count."""
        triples = self._statistics().get("quads")
        classes = PLAIN_CLASSES if self._plain else CLASSES
        properties = PLAIN_PROPERTIES if self._plain else PROPERTIES
        row = next(iter(self._rows(RECORDS)), {})
        records = int(row["count"]) if "count" in row else None
        return Figures(
            triples=triples,
            records=records,
            modified=row.get("modified"),
            example=row.get("example"),
            classes=tuple((r["class"], int(r["count"])) for r in self._rows(classes)),
            properties=tuple((r["property"], int(r["count"])) for r in self._rows(properties)),
        )

    def _rows(self, sparql: str) -> list[dict[str, str]]:
        try:
            return rows_of(self._ask, sparql, deadline=_DEADLINE)
        except StoreError:
            # Too slow just now: a description without counts is better than none.
            return []

    # -- VoID -----------------------------------------------------------------------------------

    def void(self) -> Iterator[Triple]:
        """Yield the VoID description."""
        document, dataset = _here(self._minter, ".well-known/void"), self._dataset
        yield Triple(document, RDF.type, VOID.DatasetDescription)
        yield Triple(document, FOAF.primaryTopic, dataset)
        yield Triple(dataset, RDF.type, VOID.Dataset)
        yield from self._titled(dataset)
        yield Triple(dataset, FOAF.homepage, self._at(""))
        yield Triple(dataset, VOID.sparqlEndpoint, self._at("sparql"))
        yield Triple(dataset, VOID.dataDump, self._at("dump.nq.gz"))
        yield Triple(dataset, VOID.feature, _FORMATS["N-Quads"])
        if not self._plain:
            yield Triple(dataset, VOID.uriSpace, Literal(self._minter.base))
            for vocabulary in _VOCABULARIES:
                yield Triple(dataset, VOID.vocabulary, vocabulary)
        yield from self._counts(dataset)

    def _counts(self, dataset: NamedNode) -> Iterator[Triple]:
        figures = self.figures()
        if figures.properties or figures.triples == 0:
            # A dataset is a set: what stands in two graphs counts once.
            total = sum(count for _, count in figures.properties)
            yield Triple(dataset, VOID.triples, _number(total))
            yield Triple(dataset, VOID.properties, _number(len(figures.properties)))
        if figures.classes:
            yield Triple(dataset, VOID.classes, _number(len(figures.classes)))
        if figures.records:
            yield Triple(dataset, VOID.documents, _number(figures.records))
        if figures.example:
            yield Triple(dataset, VOID.exampleResource, NamedNode(figures.example))
        if figures.modified:
            yield Triple(dataset, DCTERMS.modified, _time(figures.modified))
        for number, (iri, count) in enumerate(figures.classes):
            node = BlankNode(f"class{number}")
            yield Triple(dataset, VOID.classPartition, node)
            yield Triple(node, VOID["class"], NamedNode(iri))
            yield Triple(node, VOID.entities, _number(count))
        for number, (iri, count) in enumerate(figures.properties):
            node = BlankNode(f"property{number}")
            yield Triple(dataset, VOID.propertyPartition, node)
            yield Triple(node, VOID.property, NamedNode(iri))
            yield Triple(node, VOID.triples, _number(count))

    # -- DCAT -----------------------------------------------------------------------------------

    def dcat(self) -> Iterator[Triple]:
        """Yield the DCAT description: a catalogue of the dataset, its dump and its services."""
        catalog, dataset, endpoint = self._catalog, self._dataset, self._endpoint
        yield Triple(catalog, RDF.type, DCAT.Catalog)
        yield Triple(catalog, DCTERMS.title, Literal("Outcome Graph", language="en"))
        yield Triple(catalog, DCTERMS.description, Literal("What this service has.", language="en"))
        yield from self._terms(catalog)
        yield Triple(catalog, DCAT.dataset, dataset)
        yield Triple(catalog, DCAT.service, endpoint)
        yield Triple(dataset, RDF.type, DCAT.Dataset)
        yield from self._titled(dataset)
        yield Triple(dataset, DCAT.landingPage, self._at(""))
        if not self._plain:
            yield Triple(dataset, DCTERMS.conformsTo, NamedNode(ONTOLOGY))
            yield Triple(dataset, DCTERMS.conformsTo, self._at("shapes"))
            for word in ("social protection", "SDG", "results achieved"):
                yield Triple(dataset, DCAT.keyword, Literal(word, language="en"))
        row = next(iter(self._rows(RECORDS)), {})
        if "modified" in row:
            yield Triple(dataset, DCTERMS.modified, _time(row["modified"]))
        yield from self._dump(dataset)
        yield from self._services(dataset)

    def _dump(self, dataset: NamedNode) -> Iterator[Triple]:
        dump, address = _here(self._minter, "catalog#dump"), self._at("dump.nq.gz")
        yield Triple(dataset, DCAT.distribution, dump)
        yield Triple(dump, RDF.type, DCAT.Distribution)
        yield Triple(dump, DCTERMS.title, Literal("Everything, as N-Quads", language="en"))
        yield Triple(dump, DCAT.accessURL, address)
        yield Triple(dump, DCAT.downloadURL, address)
        yield from self._licensed(dump)
        yield Triple(dump, DCAT.mediaType, _MEDIA_TYPES["application/n-quads"])
        yield Triple(dump, DCAT.compressFormat, _MEDIA_TYPES["application/gzip"])

    def _services(self, dataset: NamedNode) -> Iterator[Triple]:
        endpoint = self._endpoint
        access = _here(self._minter, "catalog#sparql-access")
        yield Triple(endpoint, RDF.type, DCAT.DataService)
        yield Triple(endpoint, DCTERMS.title, Literal("SPARQL 1.1 endpoint", language="en"))
        yield Triple(endpoint, DCAT.endpointURL, self._at("sparql"))
        yield Triple(endpoint, DCAT.endpointDescription, self._at("sparql?format=turtle"))
        yield Triple(endpoint, DCAT.endpointDescription, self._at("openapi.json"))
        yield Triple(endpoint, DCTERMS.conformsTo, _SPARQL)
        yield from self._licensed(endpoint)
        yield Triple(endpoint, DCAT.servesDataset, dataset)
        yield Triple(dataset, DCAT.distribution, access)
        yield Triple(access, RDF.type, DCAT.Distribution)
        yield Triple(access, DCTERMS.title, Literal("By SPARQL query", language="en"))
        yield from self._licensed(access)
        yield Triple(access, DCAT.accessURL, self._at("sparql"))
        yield Triple(access, DCAT.accessService, endpoint)

    # -- both -----------------------------------------------------------------------------------

    def _titled(self, dataset: NamedNode) -> Iterator[Triple]:
        title, description = _PLAIN_WORDS if self._plain else _WORDS
        yield Triple(dataset, DCTERMS.title, Literal(title, language="en"))
        yield Triple(dataset, DCTERMS.description, Literal(description, language="en"))
        yield from self._terms(dataset)

    def _terms(self, thing: NamedNode) -> Iterator[Triple]:
        """Say who publishes something, and what others may do with it."""
        if self._publisher:
            agent = _here(self._minter, "catalog#publisher")
            yield Triple(thing, DCTERMS.publisher, agent)
            yield Triple(agent, RDF.type, FOAF.Agent)
            yield Triple(agent, FOAF.name, Literal(self._publisher))
        yield from self._licensed(thing)

    def _licensed(self, thing: NamedNode) -> Iterator[Triple]:
        if self._licence:
            yield Triple(thing, DCTERMS.license, NamedNode(self._licence))

    def _at(self, path: str) -> NamedNode:
        """Return an address of this service."""
        try:
            return NamedNode(self._root + path)
        except ValueError:
            # A client may send any Host; one that makes no IRI is not repeated.
            return _here(self._minter, path)


_WORDS = (
    "Results achieved",
    "What countries achieved in social protection, who stood behind it, and which goals it serves; "
    "one named graph for each record.",
)
_PLAIN_WORDS = ("RDF dataset", "An RDF dataset that is served as it is, without shapes.")
_SPARQL = NamedNode("https://www.w3.org/TR/sparql11-protocol/")


def _here(minter: IriMinter, path: str) -> NamedNode:
    return NamedNode(minter.base + path)


def _number(value: int) -> Literal:
    return Literal(str(value), datatype=XSD.integer)


def _time(text: str) -> Literal:
    return Literal(text, datatype=XSD.dateTime)
