"""The ontology: well formed, documented in three languages, and consistent."""

from __future__ import annotations

from pathlib import Path

import owlrl
import pytest
import rdflib
from pyoxigraph import RdfFormat, parse
from rdflib import DCTERMS, ORG, OWL, PROV, RDF, RDFS, SKOS, XSD, Literal, URIRef

OG = rdflib.Namespace("https://w3id.org/outcome-graph/ontology#")
SDGO = rdflib.Namespace("http://metadata.un.org/sdg/ontology#")
ONTOLOGY = URIRef("https://w3id.org/outcome-graph/ontology")
VANN = rdflib.Namespace("http://purl.org/vocab/vann/")
LANGUAGES = {"en", "fr", "es"}
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
#: Where owlrl puts the inconsistencies it finds.
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")


def own_terms(ontology: rdflib.Graph) -> list[URIRef]:
    """The og: terms that the ontology declares."""
    found = {s for kind in KINDS for s in ontology.subjects(RDF.type, kind)}
    return sorted(s for s in found if isinstance(s, URIRef) and s.startswith(OG))


@pytest.mark.parametrize("name", ["outcome.ttl", "alignments.ttl"])
def test_both_parsers_read_the_same(name: str, root: Path, base: str) -> None:
    path = root / "ontology" / name
    by_oxigraph = list(parse(path=str(path), format=RdfFormat.TURTLE, base_iri=base))
    by_rdflib = rdflib.Graph().parse(path, publicID=base)
    assert len(by_oxigraph) == len(by_rdflib) > 50


def test_the_ontology_describes_itself(ontology: rdflib.Graph) -> None:
    value = ontology.value
    assert (ONTOLOGY, RDF.type, OWL.Ontology) in ontology
    assert value(ONTOLOGY, OWL.versionIRI) == URIRef(f"{ONTOLOGY}/0.1.0")
    assert value(ONTOLOGY, OWL.versionInfo) == Literal("0.1.0")
    licence = URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert value(ONTOLOGY, DCTERMS.license) == licence
    assert value(ONTOLOGY, DCTERMS.creator)
    assert value(ONTOLOGY, VANN.preferredNamespacePrefix) == Literal("og")
    assert value(ONTOLOGY, VANN.preferredNamespaceUri) == Literal(str(OG))
    for predicate in (DCTERMS.title, DCTERMS.description):
        assert {o.language for o in ontology.objects(ONTOLOGY, predicate)} == LANGUAGES


@pytest.mark.parametrize("predicate", [RDFS.label, SKOS.definition, SKOS.example])
def test_every_term_is_documented_once_in_each_language(
    predicate: URIRef, ontology: rdflib.Graph
) -> None:
    bad = {}
    for term in own_terms(ontology):
        languages = sorted(o.language or "" for o in ontology.objects(term, predicate))
        if languages != sorted(LANGUAGES):
            bad[term] = languages
    assert not bad


def test_definitions_are_translated_not_copied(ontology: rdflib.Graph) -> None:
    copied = [
        term
        for term in own_terms(ontology)
        if len({str(o) for o in ontology.objects(term, SKOS.definition)}) < len(LANGUAGES)
    ]
    assert not copied


def test_every_term_says_where_it_is_defined(ontology: rdflib.Graph) -> None:
    assert [t for t in own_terms(ontology) if ontology.value(t, RDFS.isDefinedBy) != ONTOLOGY] == []


def test_nothing_of_ours_is_left_undeclared(ontology: rdflib.Graph) -> None:
    declared = set(own_terms(ontology))
    mentioned = {t for triple in ontology for t in triple if t.startswith(OG) and t != URIRef(OG)}
    assert {t for t in mentioned if isinstance(t, URIRef)} <= declared


def test_no_term_is_of_two_kinds(ontology: rdflib.Graph) -> None:
    for term in own_terms(ontology):
        kinds = [kind for kind in KINDS if (term, RDF.type, kind) in ontology]
        assert len(kinds) == 1, term


def test_class_names_are_capitalised_and_property_names_are_not(ontology: rdflib.Graph) -> None:
    for term in own_terms(ontology):
        is_class = (term, RDF.type, OWL.Class) in ontology
        assert term[len(OG)].isupper() == is_class, term


def test_object_properties_lead_to_classes_and_others_to_datatypes(ontology: rdflib.Graph) -> None:
    for term in own_terms(ontology):
        for target in ontology.objects(term, RDFS.range):
            is_datatype = target.startswith(XSD) or target == RDF.langString
            assert is_datatype == ((term, RDF.type, OWL.DatatypeProperty) in ontology), term


def test_terms_of_others_name_their_vocabulary(ontology: rdflib.Graph) -> None:
    foreign = {
        s for s in ontology.subjects(RDFS.comment) if isinstance(s, URIRef) and not s.startswith(OG)
    }
    for vocabulary in (DCTERMS, SKOS, ORG, PROV, SDGO):
        assert any(term.startswith(str(vocabulary)) for term in foreign), vocabulary
    for term in foreign:
        home = ontology.value(term, RDFS.isDefinedBy)
        assert home is not None, term
        assert term.startswith(str(home).rstrip("#")), term


def test_foreign_terms_in_axioms_are_introduced(ontology: rdflib.Graph) -> None:
    introduced = set(ontology.subjects(RDFS.isDefinedBy))
    structure = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range)
    used = {o for p in structure for o in ontology.objects(None, p)}
    foreign = {t for t in used if t not in XSD and t != RDF.langString}
    assert foreign <= introduced


def test_contract_superclasses_and_superproperties(ontology: rdflib.Graph) -> None:
    eli = rdflib.Namespace("http://data.europa.eu/eli/ontology#")
    foaf = rdflib.FOAF
    for sub, sup in [
        (OG.LegalAct, eli.LegalResource),
        (OG.Outcome, PROV.Entity),
        (OG.Record, foaf.Document),
        (OG.Record, PROV.Entity),
        (OG.SourceDocument, foaf.Document),
        (OG.SourceDocument, PROV.Entity),
        (OG.Evidence, RDF.Statement),
        (OG.Candidate, RDF.Statement),
        (OG.Profile, SKOS.Concept),
    ]:
        assert sup in ontology.transitive_objects(sub, RDFS.subClassOf), (sub, sup)
    for sub, sup in [
        (OG.shortLabel, SKOS.altLabel),
        (OG.achievement, DCTERMS.description),
        (OG.genderEquality, DCTERMS.description),
        (OG.country, DCTERMS.spatial),
        (OG.sdgGoal, OG.sdg),
        (OG.sdgTarget, OG.sdg),
        (OG.sdgIndicator, OG.sdg),
    ]:
        assert sup in ontology.transitive_objects(sub, RDFS.subPropertyOf), (sub, sup)


# --- Consistency: OWL 2 RL over the ontology and records ------------------------------------------


def closure(ontology: rdflib.Graph, *data: rdflib.Graph) -> rdflib.Graph:
    """Return the OWL 2 RL closure; texts are left out, which no rule looks into."""
    graph = rdflib.Graph()
    texts = (RDFS.label, RDFS.comment, SKOS.definition, SKOS.example, DCTERMS.description)
    for part in (ontology, *data):
        for triple in part:
            if triple[1] not in texts:
                graph.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False).expand(graph)
    return graph


def contradictions(graph: rdflib.Graph) -> list[str]:
    errors = [str(o) for o in graph.objects(None, ERROR)]
    return errors + [str(s) for s in graph.subjects(RDF.type, OWL.Nothing)]


@pytest.mark.parametrize(
    "record", ["LAO226-2020-21-8.1.1", "PRY126-2022-23-8.2.1", "KEN-XX-EXAMPLE-12345-1"]
)
def test_records_do_not_contradict_the_ontology(
    record: str, ontology: rdflib.Graph, records: dict[str, rdflib.Graph]
) -> None:
    assert contradictions(closure(ontology, records[record])) == []


@pytest.mark.parametrize(
    ("subject", "wrong"),
    [
        ("outcome/LAO226-2020-21-8.1.1", OG.LegalAct),
        ("country/LAO", ORG.Organization),
        ("record/LAO226-2020-21-8.1.1#evidence-1", OG.Candidate),
    ],
)
def test_a_thing_of_two_kinds_is_a_contradiction(
    subject: str,
    wrong: URIRef,
    base: str,
    ontology: rdflib.Graph,
    records: dict[str, rdflib.Graph],
) -> None:
    broken = rdflib.Graph().add((URIRef(base + subject), RDF.type, wrong))
    assert contradictions(closure(ontology, records["LAO226-2020-21-8.1.1"], broken))


def test_inference_finds_what_the_ontology_promises(
    base: str, ontology: rdflib.Graph, records: dict[str, rdflib.Graph]
) -> None:
    outcome = URIRef(f"{base}outcome/KHM127-2022-23-8.1.1")
    told = rdflib.Graph()
    for triple in records["KHM127-2022-23-8.1.1"]:
        if triple[:2] not in ((outcome, OG.funder), (outcome, OG.sdgGoal)):
            told.add(triple)
    sdg = rdflib.Namespace("http://metadata.un.org/sdg/")
    told.add((sdg["1.3"], SDGO.isTargetOf, sdg["1"]))
    inferred = closure(ontology, told)
    # A project's funder stands behind the outcome, and a target's goal is served by it.
    assert (outcome, OG.funder, URIRef(f"{base}organisation/european-union")) in inferred
    assert (outcome, OG.sdgGoal, sdg["1"]) in inferred
    assert (outcome, OG.sdg, sdg["8.8"]) in inferred
    assert (outcome, DCTERMS.spatial, URIRef(f"{base}country/KHM")) in inferred
    evidence = URIRef(f"{base}record/KHM127-2022-23-8.1.1#evidence-1")
    assert (evidence, RDF.type, RDF.Statement) in inferred
