"""What the tests of the ontology share: its files, and the data set questions are asked of."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from pyoxigraph import NamedNode, RdfFormat, Store, parse, serialize

ROOT = Path(__file__).resolve().parents[2]
BASE = "https://w3id.org/outcome-graph/"

#: The reference graphs as the store keeps them: name and files.
REFERENCE = {
    "ontology": [ROOT / "ontology" / "outcome.ttl", ROOT / "ontology" / "alignments.ttl"],
    "concepts": sorted((ROOT / "ontology" / "concepts").glob("*.ttl")),
    "countries": [ROOT / "data" / "countries.ttl"],
    "sdg": [ROOT / "data" / "sdg.ttl"],
}
RECORDS = sorted((Path(__file__).parent / "records").glob("*.trig"))


def read(*paths: Path) -> rdflib.Graph:
    """Parse Turtle files into one graph, IRIs relative to the base."""
    graph = rdflib.Graph()
    for path in paths:
        graph.parse(path, format="turtle", publicID=BASE)
    return graph


def read_record(path: Path) -> rdflib.Graph:
    """Return the one named graph of a TriG file.

    Read by pyoxigraph, because rdflib's own TriG parser warns of rdflib's own deprecations.
    """
    quads = parse(path=str(path), format=RdfFormat.TRIG, base_iri=BASE)
    ntriples = serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES) or b""
    return rdflib.Graph().parse(data=ntriples.decode(), format="nt")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def base() -> str:
    return BASE


@pytest.fixture(scope="session")
def ontology() -> rdflib.Graph:
    return read(ROOT / "ontology" / "outcome.ttl")


@pytest.fixture(scope="session")
def alignments() -> rdflib.Graph:
    return read(ROOT / "ontology" / "alignments.ttl")


@pytest.fixture(scope="session")
def concepts() -> rdflib.Graph:
    return read(*REFERENCE["concepts"])


@pytest.fixture(scope="session")
def records() -> dict[str, rdflib.Graph]:
    """The hand-written record graphs by record id."""
    return {path.stem: read_record(path) for path in RECORDS}


@pytest.fixture(scope="session")
def store() -> Store:
    """Reference graphs and records in one store, each in its own named graph."""
    made = Store()
    for name, paths in REFERENCE.items():
        for path in paths:
            made.load(
                path=str(path),
                format=RdfFormat.TURTLE,
                base_iri=BASE,
                to_graph=NamedNode(f"{BASE}graph/{name}"),
            )
    for path in RECORDS:
        made.load(path=str(path), format=RdfFormat.TRIG, base_iri=BASE)
    return made


@pytest.fixture(scope="session")
def union() -> rdflib.Graph:
    """The same as ``store`` in one graph, for rdflib's own query engine."""
    made = read(*(path for paths in REFERENCE.values() for path in paths))
    for path in RECORDS:
        made += read_record(path)
    return made
