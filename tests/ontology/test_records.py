"""The hand-written records: true to their page, and what the mapping writes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import rdflib
from rdflib import DCTERMS, PROV, RDF, SKOS, URIRef

from outcome_graph.mapping import record_to_triples, triples_to_record
from outcome_graph.namespaces import IriMinter
from outcome_graph.rdf import RdfFormat, parse_quads

OG = rdflib.Namespace("https://w3id.org/outcome-graph/ontology#")
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
SEED = "LAO226-2020-21-8.1.1"
FOLDER = Path(__file__).parent / "records"
#: Written at commit, not by the mapping.
METADATA = {str(p) for p in (DCTERMS.modified, OG.revision, OG.completeness, SH.conforms)}
#: The record model holds no measures yet: the IATI record is not the mapping's so far.
MAPPED = sorted(p.stem for p in FOLDER.glob("*.trig") if not p.stem.startswith("KEN-"))


@pytest.fixture(scope="module")
def page(root: Path) -> bytes:
    return (root / "data" / "outcomes" / f"{SEED}.txt").read_bytes()


def test_evidence_quotes_the_page_where_it_says(
    page: bytes, records: dict[str, rdflib.Graph]
) -> None:
    text, graph = page.decode(), records[SEED]
    readings = list(graph.subjects(RDF.type, OG.Evidence))
    assert len(readings) == 11  # three activities, six constituents, the funder, the decree
    for reading in readings:
        start, end = (int(str(graph.value(reading, p))) for p in (OG.textStart, OG.textEnd))
        assert text[start:end] == str(graph.value(reading, PROV.value))
        subject, predicate, value = (
            graph.value(reading, p) for p in (RDF.subject, RDF.predicate, RDF.object)
        )
        assert (subject, predicate, value) in graph


def test_texts_stand_on_the_page_word_for_word(
    page: bytes, base: str, records: dict[str, rdflib.Graph]
) -> None:
    lines, graph = page.decode().split("\n"), records[SEED]
    outcome = URIRef(f"{base}outcome/{SEED}")
    for predicate in (
        DCTERMS.title,
        OG.achievement,
        OG.genderEquality,
        OG.resultStatement,
        OG.indicatorStatement,
    ):
        assert str(graph.value(outcome, predicate)) in lines, predicate
    assert str(graph.value(URIRef(f"{base}contribution/{SEED}"), OG.narrative)) in lines


def test_the_source_is_the_page(page: bytes, records: dict[str, rdflib.Graph]) -> None:
    graph = records[SEED]
    digest = hashlib.sha256(page).hexdigest()
    source = graph.value(predicate=RDF.type, object=OG.SourceDocument)
    assert str(source).endswith(f"/source/{digest}")
    assert str(graph.value(source, OG.sha256)) == digest
    assert int(str(graph.value(source, OG.byteSize))) == len(page)


@pytest.mark.parametrize("record", MAPPED)
def test_mapping_writes_the_record_as_it_is_written_by_hand(record: str, base: str) -> None:
    minter = IriMinter(base)
    data = (FOLDER / f"{record}.trig").read_bytes()
    quads = list(parse_quads(data, RdfFormat.TRIG, base_iri=base))
    assert {quad.graph_name for quad in quads} == {minter.record(record)}
    written = {quad.triple for quad in quads if quad.triple.predicate.value not in METADATA}
    model = triples_to_record([quad.triple for quad in quads], record, minter)
    assert set(record_to_triples(model, minter)) == written


def test_links_into_the_concept_schemes_lead_somewhere(
    base: str, concepts: rdflib.Graph, records: dict[str, rdflib.Graph]
) -> None:
    for record, graph in records.items():
        for value in set(graph.objects()):
            if isinstance(value, URIRef) and value.startswith(f"{base}concept/"):
                assert concepts.value(value, SKOS.notation) is not None, (record, value)
