"""What a load knows of a record's statements before they are validated."""

from __future__ import annotations

from pathlib import Path

import pytest

from outcome_graph.mapping import record_to_triples
from outcome_graph.namespaces import OG, RDF, RDFS, SDGO, SKOS, XSD, IriMinter
from outcome_graph.pipeline import OutcomeGraph
from outcome_graph.pipeline.prepared import prepare
from outcome_graph.rdf import Literal, NamedNode, Triple
from outcome_graph.validation.guard import check_graph

BASE = "https://w3id.org/outcome-graph/"
MINTER = IriMinter(BASE)
SEED = Path(__file__).parents[2] / "data/outcomes/LAO226-2020-21-8.1.1.txt"
OWN, OTHER = NamedNode(f"{BASE}organisation/one"), NamedNode(f"{BASE}outcome/KHM126-2020-21-8.1.1")
SCHEME = NamedNode(f"{BASE}concept/step")


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[Triple]]:
    with OutcomeGraph.open(tmp_path_factory.mktemp("prepared") / "store") as graph:
        (record,) = graph.convert(SEED)
    return record.id, list(record_to_triples(record, MINTER))


def test_a_record_as_it_is_mapped_is_not_suspect(seed: tuple[str, list[Triple]]) -> None:
    record_id, triples = seed
    assert check_graph(triples, record_id, MINTER) == []
    assert prepare(record_id, triples, MINTER).suspect is False


@pytest.mark.parametrize(
    "added",
    [
        Triple(OTHER, OG.code, Literal("KHM126")),
        Triple(OWN, RDF.type, OG.Outcome),
        Triple(OWN, RDF.type, OG.Record),
        Triple(OWN, RDF.type, OG.Country),
        Triple(OWN, RDF.type, SDGO.Target),
        Triple(OWN, SKOS.inScheme, SCHEME),
        Triple(OWN, RDFS.subClassOf, OG.Outcome),
        Triple(NamedNode("http://metadata.un.org/sdg/1.3"), RDFS.label, Literal("mine")),
        Triple(OWN, OG.code, Literal("many", datatype=XSD.integer)),
    ],
    ids=str,
)
def test_what_the_guard_finds_is_suspect(seed: tuple[str, list[Triple]], added: Triple) -> None:
    record_id, triples = seed
    assert check_graph([*triples, added], record_id, MINTER)
    assert prepare(record_id, [*triples, added], MINTER).suspect is True
