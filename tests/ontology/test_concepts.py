"""The concept schemes: complete in three languages, with the notations of the contract."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse
from rdflib import RDF, SKOS, URIRef

OG = rdflib.Namespace("https://w3id.org/outcome-graph/ontology#")
LANGUAGES = {"en", "fr", "es"}
#: What each scheme must hold at least, from the contract and the domain's description.
NOTATIONS = {
    "step": {"1", "2", "3"},
    "result-type": {
        *("policy-adopted", "scheme-adopted", "administration-improved"),
        *("output", "outcome", "impact", "other"),
    },
    "visibility": {"public", "internal"},
    "constituent-type": {"government", "workers", "employers", "other"},
    "profile": {"core", "result-page", "iati"},
    "branch": {
        "medical-care",
        "sickness",
        "unemployment",
        "old-age",
        "employment-injury",
        "family",
        "maternity",
        "invalidity",
        "survivors",
        "all",
    },
}


def scheme_iri(base: str, scheme: str) -> URIRef:
    return URIRef(f"{base}concept/{scheme}")


def members(concepts: rdflib.Graph, scheme: URIRef) -> set[URIRef]:
    return {s for s in concepts.subjects(SKOS.inScheme, scheme) if isinstance(s, URIRef)}


def notations(concepts: rdflib.Graph, scheme: URIRef) -> set[str]:
    return {str(concepts.value(c, SKOS.notation)) for c in members(concepts, scheme)}


def all_concepts(concepts: rdflib.Graph) -> list[URIRef]:
    found = set(concepts.subjects(RDF.type, SKOS.Concept))
    return sorted(s for s in found if isinstance(s, URIRef))


def test_both_parsers_read_the_same(root: Path, base: str) -> None:
    for path in sorted((root / "ontology" / "concepts").glob("*.ttl")):
        by_oxigraph = list(parse(path=str(path), format=RdfFormat.TURTLE, base_iri=base))
        assert len(by_oxigraph) == len(rdflib.Graph().parse(path, publicID=base)) > 0, path.name


def test_files_follow_the_configured_base(root: Path) -> None:
    elsewhere = "http://127.0.0.1:8000/"
    for path in sorted((root / "ontology" / "concepts").glob("*.ttl")):
        graph = rdflib.Graph().parse(path, publicID=elsewhere)
        for concept in graph.subjects(RDF.type, SKOS.Concept):
            assert str(concept).startswith(f"{elsewhere}concept/{path.stem}/")


@pytest.mark.parametrize("scheme", NOTATIONS)
def test_notations_are_those_of_the_contract(
    scheme: str, base: str, concepts: rdflib.Graph
) -> None:
    assert notations(concepts, scheme_iri(base, scheme)) == NOTATIONS[scheme]


def test_concept_iris_end_in_their_notation(base: str, concepts: rdflib.Graph) -> None:
    for concept in all_concepts(concepts):
        notation = concepts.value(concept, SKOS.notation)
        assert str(concept).rsplit("/", 1)[1] == str(notation)
        scheme = concepts.value(concept, SKOS.inScheme)
        assert str(concept).startswith(f"{scheme}/")


@pytest.mark.parametrize("predicate", [SKOS.prefLabel, SKOS.definition, SKOS.example])
def test_every_concept_and_scheme_speaks_three_languages(
    predicate: URIRef, concepts: rdflib.Graph
) -> None:
    schemes = set(concepts.subjects(RDF.type, SKOS.ConceptScheme))
    assert len(schemes) == 9
    for subject in [*all_concepts(concepts), *schemes]:
        languages = sorted(o.language or "" for o in concepts.objects(subject, predicate))
        assert languages == sorted(LANGUAGES), (subject, predicate)


def test_labels_name_one_concept_of_a_scheme_only(concepts: rdflib.Graph) -> None:
    seen: dict[tuple[str, str, str], URIRef] = {}
    for concept in all_concepts(concepts):
        scheme = str(concepts.value(concept, SKOS.inScheme))
        if scheme.endswith("/indicator"):
            continue  # the same label in each biennium
        labels = [*concepts.objects(concept, SKOS.prefLabel)]
        labels += [*concepts.objects(concept, SKOS.altLabel)]
        assert len(labels) == len(set(labels)), concept
        for label in labels:
            key = (scheme, str(label.language), str(label).casefold())
            assert seen.setdefault(key, concept) == concept, key


def test_top_concepts_are_those_without_broader(concepts: rdflib.Graph) -> None:
    for concept in all_concepts(concepts):
        scheme = concepts.value(concept, SKOS.inScheme)
        is_top = concepts.value(concept, SKOS.broader) is None
        assert ((scheme, SKOS.hasTopConcept, concept) in concepts) == is_top
        assert ((concept, SKOS.topConceptOf, scheme) in concepts) == is_top


def test_links_between_concepts_lead_somewhere(concepts: rdflib.Graph) -> None:
    known = set(all_concepts(concepts))
    for predicate in (SKOS.broader, SKOS.related, SKOS.hasTopConcept, OG.step, OG.biennium):
        assert set(concepts.objects(None, predicate)) <= known, predicate


def test_biennia_are_two_calendar_years_from_an_even_one(base: str, concepts: rdflib.Graph) -> None:
    biennia = members(concepts, scheme_iri(base, "biennium"))
    assert {"2010-11", "2020-21", "2030-31"} <= notations(concepts, scheme_iri(base, "biennium"))
    for biennium in biennia:
        first, last = str(concepts.value(biennium, SKOS.notation)).split("-")
        year = int(first)
        assert year % 2 == 0
        assert last == f"{(year + 1) % 100:02d}"
        start, end = (concepts.value(biennium, p) for p in (OG.startDate, OG.endDate))
        assert start is not None
        assert end is not None
        assert start.toPython() == datetime.date(year, 1, 1)
        assert end.toPython() == datetime.date(year + 1, 12, 31)


@pytest.mark.parametrize(
    ("biennium", "codes"),
    [
        ("2016-17", {"3", "3.1", "3.2", "3.3"}),
        ("2018-19", {"3", "3.1", "3.2", "3.3"}),
        ("2020-21", {"8", "8.1", "8.2", "8.3", "8.1.1", "8.2.1", "8.3.1"}),
        ("2022-23", {"8", "8.1", "8.2", "8.3", "8.1.1", "8.2.1", "8.3.1"}),
        ("2024-25", {"7"}),
    ],
)
def test_indicators_of_a_biennium_hang_together(
    biennium: str, codes: set[str], base: str, concepts: rdflib.Graph
) -> None:
    period = URIRef(f"{base}concept/biennium/{biennium}")
    found = set(concepts.subjects(OG.biennium, period))
    assert {str(concepts.value(c, SKOS.notation)) for c in found} == codes
    for concept in found:
        code = str(concepts.value(concept, SKOS.notation))
        assert concept == URIRef(f"{base}concept/indicator/{biennium}/{code}")
        above = code.rpartition(".")[0]
        expected = URIRef(f"{base}concept/indicator/{biennium}/{above}") if above else None
        assert concepts.value(concept, SKOS.broader) == expected


def test_result_types_belong_to_their_steps(base: str, concepts: rdflib.Graph) -> None:
    for notation, step in [
        ("policy-adopted", 1),
        ("scheme-adopted", 2),
        ("administration-improved", 3),
    ]:
        concept = URIRef(f"{base}concept/result-type/{notation}")
        assert concepts.value(concept, OG.step) == URIRef(f"{base}concept/step/{step}")


def test_step_one_carries_the_sentences_of_the_seed_page(
    root: Path, base: str, concepts: rdflib.Graph
) -> None:
    page = (root / "data" / "outcomes" / "LAO226-2020-21-8.1.1.txt").read_text("utf-8")
    lines = [line for line in page.splitlines() if line.strip()]
    concept = URIRef(f"{base}concept/result-type/policy-adopted")
    for predicate, line in [(SKOS.definition, lines[1]), (OG.indicatorStatement, lines[2])]:
        english = [o for o in concepts.objects(concept, predicate) if o.language == "en"]
        assert [str(o) for o in english] == [line]


def test_branches_name_their_part_of_convention_102(base: str, concepts: rdflib.Graph) -> None:
    # Social Security (Minimum Standards) Convention, 1952: Parts II to X, one for each branch.
    parts = {
        "medical-care": "II",
        "sickness": "III",
        "unemployment": "IV",
        "old-age": "V",
        "employment-injury": "VI",
        "family": "VII",
        "maternity": "VIII",
        "invalidity": "IX",
        "survivors": "X",
    }
    for branch, part in parts.items():
        concept = URIRef(f"{base}concept/branch/{branch}")
        notes = {o.language: str(o) for o in concepts.objects(concept, SKOS.note)}
        assert set(notes) == LANGUAGES
        assert notes["en"] == f"Convention No. 102, Part {part}"
        assert notes["fr"].endswith(f" {part}")
        assert notes["es"].endswith(f" {part}")


@pytest.mark.parametrize(
    ("scheme", "notation", "written"),
    [
        ("branch", "all", ["All branches", "Toutes les branches", "Todas las ramas"]),
        ("visibility", "public", ["Public", "Público"]),
        ("visibility", "internal", ["Internal", "Interne", "Interno"]),
        ("legal-act-type", "decree", ["Decree", "Décret", "Decreto"]),
        ("constituent-type", "workers", ["Trade union", "Syndicat", "Sindicato"]),
    ],
)
def test_concepts_are_found_by_what_people_write(
    scheme: str, notation: str, written: list[str], base: str, concepts: rdflib.Graph
) -> None:
    concept = URIRef(f"{base}concept/{scheme}/{notation}")
    labels = {str(o) for p in (SKOS.prefLabel, SKOS.altLabel) for o in concepts.objects(concept, p)}
    assert set(written) <= labels


def test_legal_act_types_are_legal_acts(base: str, concepts: rdflib.Graph) -> None:
    found = notations(concepts, scheme_iri(base, "legal-act-type"))
    assert {"decree", "sub-decree", "prakas", "law", "circular", "resolution"} <= found
    assert not found & {"strategy", "plan", "policy", "roadmap"}


def test_profiles_are_profiles(base: str, concepts: rdflib.Graph) -> None:
    profiles = set(concepts.subjects(RDF.type, OG.Profile))
    assert profiles == members(concepts, scheme_iri(base, "profile"))
