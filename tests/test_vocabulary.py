"""The look-up tables say what ISO 3166, the UN's SDG vocabulary and our schemes say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rdflib

from outcome_graph.model import REGION_CODES, text_in
from outcome_graph.namespaces import ONTOLOGY, SKOS, IriMinter
from outcome_graph.rdf import BlankNode, Literal, NamedNode, RdfFormat, parse_quads
from outcome_graph.resources import resource
from outcome_graph.vocabulary import (
    REFERENCE_GRAPHS,
    Knowledge,
    fold,
    reference_graphs,
)

MINTER = IriMinter()


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load(MINTER)


# ---- Countries ----------------------------------------------------------------------------------


def test_all_countries_of_iso_3166(knowledge: Knowledge) -> None:
    assert len(knowledge.countries) == 249


@pytest.mark.parametrize(
    ("words", "alpha3"),
    [
        ("LAO", "LAO"),
        ("LA", "LAO"),
        ("418", "LAO"),
        ("Lao PDR", "LAO"),
        ("Laos", "LAO"),
        ("the Lao People’s Democratic Republic", "LAO"),
        ("Lao Peoples Democratic Republic", "LAO"),
        ("República Democrática Popular Lao", "LAO"),
        ("COTE D'IVOIRE", "CIV"),
        ("Côte d’Ivoire", "CIV"),
        ("Ivory Coast", "CIV"),
        ("St. Lucia", "LCA"),
        ("Trinidad & Tobago", "TTO"),
        ("la France", "FRA"),
        ("l'Irlande", "IRL"),
        ("El Salvador", "SLV"),
        ("the Gambia", "GMB"),
        ("Viet Nam", "VNM"),
        ("Vietnam", "VNM"),
        ("Royaume-Uni", "GBR"),
        ("UK", "GBR"),
        ("Congo", "COG"),
        ("Democratic Republic of Congo", "COD"),
        ("Guinea", "GIN"),
        ("Guinea-Bissau", "GNB"),
        ("Bolivia", "BOL"),
        ("Niger", "NER"),
        ("Nigeria", "NGA"),
    ],
)
def test_countries_by_code_and_name(words: str, alpha3: str, knowledge: Knowledge) -> None:
    found = knowledge.countries.find(words)
    assert found is not None
    assert found.alpha3 == alpha3


@pytest.mark.parametrize("words", ["", "Atlantis", "XQZ", "999", "Asia", "Korea", "Ministry"])
def test_no_country_is_guessed(words: str, knowledge: Knowledge) -> None:
    assert knowledge.countries.find(words) is None


@pytest.mark.parametrize("code", REGION_CODES)
def test_regional_codes(code: str, knowledge: Knowledge) -> None:
    assert knowledge.countries.is_region(code)
    assert knowledge.countries.get(code) is None


@pytest.mark.parametrize(
    ("alpha3", "name"),
    [
        ("LAO", "Lao PDR"),
        ("LUX", "Luxembourg"),
        ("GBR", "the United Kingdom"),
        ("USA", "the United States"),
        ("BOL", "Bolivia"),
        ("NLD", "the Netherlands"),
        ("KOR", "the Republic of Korea"),
    ],
)
def test_names_used_in_offices(alpha3: str, name: str, knowledge: Knowledge) -> None:
    country = knowledge.countries.get(alpha3)
    assert country is not None
    assert country.office_name == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Democratic Republic of the Congo and Guinea-Bissau", ["COD", "GNB"]),
        ("Papua New Guinea, Guinea; Equatorial Guinea", ["PNG", "GIN", "GNQ"]),
        ("chad and jordan are no names when written small", []),
        ("Réunion d’experts", []),
        ("Adopted in Senegal. Africa", ["SEN"]),
        ("The UK helped Viet\nNam", ["GBR"]),
    ],
)
def test_countries_in_running_text(text: str, expected: list[str], knowledge: Knowledge) -> None:
    mentions = knowledge.countries.mentions(text)
    assert [m.country.alpha3 for m in mentions] == expected
    assert all(text[m.start : m.end].strip() for m in mentions)


@pytest.mark.parametrize(
    ("word", "alpha3"),
    [("Lao", "LAO"), ("Irish", "IRL"), ("espagnole", "ESP"), ("Syrian", "SYR"), ("Swiss", "CHE")],
)
def test_adjectives(word: str, alpha3: str, knowledge: Knowledge) -> None:
    found = knowledge.countries.by_adjective(word)
    assert found is not None
    assert found.alpha3 == alpha3


# ---- SDG ----------------------------------------------------------------------------------------


def test_seventeen_goals_and_their_targets(knowledge: Knowledge) -> None:
    assert sorted(map(int, knowledge.sdg.codes("goal"))) == list(range(1, 18))
    assert len(knowledge.sdg.codes("target")) == 169


@pytest.mark.parametrize(
    ("words", "kind", "code"),
    [
        ("1", "goal", "1"),
        ("SDG 1", "goal", "1"),
        ("SDG1", "goal", "1"),
        ("Goal 10: Reduced inequalities", "goal", "10"),
        ("ODD 8", "goal", "8"),
        ("Objetivo 5", "goal", "5"),
        ("Objectif de développement durable no 3", "goal", "3"),
        ("http://metadata.un.org/sdg/1", "goal", "1"),
        ("No poverty", "goal", "1"),
        ("Faim zéro", "goal", "2"),
        ("End poverty in all its forms everywhere", "goal", "1"),
        ("1.3", "target", "1.3"),
        ("01.03", "target", "1.3"),
        ("Target 1.3", "target", "1.3"),
        ("SDG 1.3", "target", "1.3"),
        ("cible 1.3", "target", "1.3"),
        ("meta 1.A", "target", "1.a"),
        ("17.10", "target", "17.10"),
        ("1.3 Implement nationally appropriate systems", "target", "1.3"),
        ("1.3.1", "indicator", "C010301"),
        ("Indicator 1.3.1", "indicator", "C010301"),
        ("C010301", "indicator", "C010301"),
        # One indicator serves several targets; its permanent code is the UN's.
        ("13.1.1", "indicator", "C200303"),
        ("1.5.1", "indicator", "C200303"),
        ("1.a.1", "indicator", "C010a01"),
    ],
)
def test_sdg_codes(words: str, kind: str, code: str, knowledge: Knowledge) -> None:
    found = knowledge.sdg.read(words)
    assert found is not None
    assert (found.kind, found.code, found.exists) == (kind, code, True)
    assert found.confidence >= 0.8


@pytest.mark.parametrize("words", ["1.99", "18", "0", "1.e", "9.9.9", "C999999"])
def test_sdg_codes_that_do_not_exist(words: str, knowledge: Knowledge) -> None:
    found = knowledge.sdg.read(words)
    assert found is not None
    assert not found.exists


@pytest.mark.parametrize("words", ["", "hello", "2 No poverty", "Women and children", "80% of it"])
def test_no_goal_is_guessed(words: str, knowledge: Knowledge) -> None:
    assert knowledge.sdg.read(words) is None


def test_a_hint_is_no_fact(knowledge: Knowledge) -> None:
    found = knowledge.sdg.read("End poverty")
    assert found is not None
    assert (found.code, found.confidence < 0.8) == ("1", True)


def _official_labels(shared: Path, pattern: str) -> list[tuple[str, str, str]]:
    path = shared / "vocabularies" / "sdg" / "sdg-kos-goals-targets-indicators.ttl"
    labels = []
    for quad in parse_quads(path.read_bytes(), RdfFormat.TURTLE, where=path.name):
        if quad.predicate.value.endswith("#prefLabel") and isinstance(quad.subject, NamedNode):
            code = quad.subject.value.rsplit("/", 1)[1]
            if re.fullmatch(pattern, code) and quad.object.language in ("en", "fr", "es"):
                labels.append((code, quad.object.language, quad.object.value))
    return labels


def test_official_titles_of_goals_are_told_apart(knowledge: Knowledge, shared: Path) -> None:
    labels = _official_labels(shared, r"\d{1,2}")
    assert len(labels) >= 17 * 3
    read = {(code, language): knowledge.sdg.read(title) for code, language, title in labels}
    wrong = {k: v for k, v in read.items() if v is None or v.code != k[0] or v.confidence < 0.8}
    assert not wrong


#: Labels that the official file gives to target 12.3 by mistake.
_MISPLACED = {"By 2030,d", "Tableau de bord macroéconomique", "Tablero macroeconómico"}


def test_targets_are_known_by_their_official_titles(knowledge: Knowledge, shared: Path) -> None:
    labels = _official_labels(shared, r"\d{1,2}\.(\d{1,2}|[a-d])")
    assert len(labels) >= 169 * 3
    for code, _, title in labels:
        if title in _MISPLACED:
            continue
        words = title.split()
        # As it stands, with two words gone, without the last fifth, and with its number before it.
        edited = (title, " ".join(words[:2] + words[3:-2] + words[-1:]), f"{code} {title}")
        cut = " ".join(words[: len(words) * 4 // 5])
        for written in (*edited, cut):
            found = knowledge.sdg.read(written)
            assert found is not None or written in (edited[1], cut), written
            assert found is None or found.confidence < 0.8 or found.code == code, written
            assert found is None or found.kind == "target" or found.confidence < 0.8, written


@pytest.mark.parametrize(
    ("words", "code"),
    [
        # Differences as people make them: spelling of a country, words left out, cut short.
        (
            "Protect labor rights and promote safe and secure working environments of all workers, "
            "including migrant workers, particularly women migrants",
            "8.8",
        ),
        (
            "Implement nationally appropriate social protection systems and measures for all "
            "including floors",
            "1.3",
        ),
        (
            "Mettre en place des systèmes et mesures de protection sociale pour tous, adaptés au "
            "contexte national, y compris des socles de protection sociale",
            "1.3",
        ),
        ("Target 8.8: Protect labour rights and promote safe working environments", "8.8"),
        ("SDG 8b", "8.b"),
        ("metadata.un.org/sdg/1.3", "1.3"),
        ("UNSDG-8.5", "8.5"),
        ("SDG_8.5", "8.5"),
        ("Meta ODS 10.4", "10.4"),
        ("Cible ODD 10.4", "10.4"),
    ],
)
def test_targets_as_people_write_them(words: str, code: str, knowledge: Knowledge) -> None:
    found = knowledge.sdg.read(words)
    assert found is not None
    assert (found.kind, found.code, found.exists) == ("target", code, True)
    assert found.confidence >= 0.8


@pytest.mark.parametrize(
    "words",
    [
        "3.5 million",
        "1.3%",
        "1.3 version",
        "8.5 per cent",
        # Two at once: the second would be lost.
        "SDGs 1 and 8",
        "ODD 1 et 8",
        "Goals 8-10",
        "SDG 8 and SDG 1",
        "Goal 5 / Goal 8",
        "2.5 m",
        # Contradictions.
        "Target 1.3 Protect labour rights and promote safe and secure working environments for all "
        "workers, including migrant workers",
        "Social protection for workers in the informal economy of the province",
    ],
)
def test_no_target_is_guessed(words: str, knowledge: Knowledge) -> None:
    assert knowledge.sdg.read(words) is None


@pytest.mark.parametrize(
    ("words", "goal"),
    [
        ("Reduced Inequality", "10"),
        ("Good health and wellbeing", "3"),
        ("Partnership for the Goals", "17"),
        ("ЦУР 8", "8"),
        ("目标8", "8"),
        ("ODS n.º 8", "8"),
    ],
)
def test_goals_as_people_write_them(words: str, goal: str, knowledge: Knowledge) -> None:
    found = knowledge.sdg.read(words)
    assert found is not None
    assert (found.kind, found.code) == ("goal", goal)
    assert found.confidence >= 0.8


# ---- Concepts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scheme", "words", "notation"),
    [
        ("visibility", "Public", "public"),
        ("visibility", "Interne", "internal"),
        ("visibility", "Confidential", "internal"),
        ("branch", "All branches", "all"),
        ("branch", "Toutes les branches", "all"),
        ("branch", "Old-age pensions", "old-age"),
        ("branch", "chômage", "unemployment"),
        ("branch", "Prestaciones por maternidad", None),
        ("branch", "Maternity benefits", "maternity"),
        ("branch", "Accidents du travail", "employment-injury"),
        ("constituent-type", "Trade union", "workers"),
        ("constituent-type", "gouvernement", "government"),
        ("legal-act-type", "Décret", "decree"),
        ("legal-act-type", "Ley", "law"),
        ("legal-act-type", "strategy", None),
        ("biennium", "2020-2021", "2020-21"),
        ("biennium", "2021-22", None),
    ],
)
def test_concepts(scheme: str, words: str, notation: str | None, knowledge: Knowledge) -> None:
    assert knowledge.concepts.notation(scheme, words) == notation


def test_indicators_belong_to_their_biennium(knowledge: Knowledge) -> None:
    assert knowledge.concepts.has_indicator("2020-21", "8.1.1")
    assert not knowledge.concepts.has_indicator("2018-19", "8.1.1")


def test_steps_and_result_types(knowledge: Knowledge) -> None:
    concepts = knowledge.concepts
    assert concepts.result_type_of_step(1) == "policy-adopted"
    assert concepts.step_of_result_type("policy-adopted") == 1
    assert concepts.result_type_of_step(4) is None


# ---- Organisations ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("International Labour Organization", "ilo"),
        ("the ILO", "ilo"),
        ("OIT", "ilo"),
        ("Organisation internationale du travail", "ilo"),
        ("Bureau international du Travail", "ilo"),
        ("PNUD", "undp"),
        ("Banque mondiale", "world-bank"),
        ("Unión Europea", "european-union"),
        ("International Organisation of Employers", "ioe"),
    ],
)
def test_known_organisations(name: str, slug: str, knowledge: Knowledge) -> None:
    found = knowledge.organisations.find(name)
    assert found is not None
    assert found.slug == slug


@pytest.mark.parametrize("name", ["who", "Bit", "Labour Organization", "ILO Office", ""])
def test_no_organisation_is_guessed(name: str, knowledge: Knowledge) -> None:
    assert knowledge.organisations.find(name) is None


def test_the_ilo_is_known_to_iati_publishers(knowledge: Knowledge) -> None:
    ilo = knowledge.organisations.by_identifier("XM-DAC-41302")
    assert ilo is not None
    assert ilo.slug == "ilo"
    assert text_in(ilo.names) == "International Labour Organization"


_OG = "https://w3id.org/outcome-graph/ontology#"
_ORG = "http://www.w3.org/ns/org#"


def _registry(*names: str) -> rdflib.Graph:
    graph = rdflib.Graph()
    for name in names:
        data = resource("data", f"{name}.ttl").read_bytes()
        graph.parse(data=data, format="turtle", publicID=MINTER.base)
    return graph


def _slugs(graph: rdflib.Graph) -> set[str]:
    found = graph.subjects(rdflib.RDF.type, rdflib.URIRef(f"{_ORG}Organization"))
    return {str(s).removeprefix(f"{MINTER.base}organisation/") for s in found}


def test_the_registry_is_whole() -> None:
    """Every body has a name, a type, and a country that exists; none is described twice."""
    knowledge = Knowledge.load(MINTER)
    known, national = _slugs(_registry("organisations")), _slugs(_registry("constituents"))
    assert not known & national
    assert len(known) + len(national) == len(knowledge.organisations)
    for slug in known | national:
        organisation = knowledge.organisations.get(slug)
        assert organisation is not None
        assert organisation.type in knowledge.concepts.notations("constituent-type")
        if organisation.country:
            assert knowledge.countries.get(organisation.country)
        if slug in known:
            assert {t.language for t in organisation.names} == {"en", "fr", "es"}, slug
        for name in organisation.names:
            found = knowledge.organisations.find(name.value)
            # National organisations are known in their own country only.
            assert found == (organisation if slug in known else None), name


def test_national_organisations_are_of_a_country_and_of_workers_or_employers() -> None:
    knowledge = Knowledge.load(MINTER)
    for slug in _slugs(_registry("constituents")):
        organisation = knowledge.organisations.get(slug)
        assert organisation is not None
        assert organisation.country, slug
        assert organisation.type in ("workers", "employers"), slug
        assert organisation.names, slug


def test_the_codes_of_the_registry() -> None:
    """No identifier is of two bodies, and an agency has the donor code of its country."""
    graph = _registry("organisations", "countries")
    identifiers = list(graph.subject_objects(rdflib.DCTERMS.identifier))
    assert len({value for _, value in identifiers}) == len(identifiers)
    donor = rdflib.URIRef(f"{_OG}donorCode")
    for body, country in graph.subject_objects(rdflib.URIRef(f"{_OG}country")):
        assert graph.value(body, donor) == graph.value(country, donor), body
    described = set(graph.subjects(rdflib.RDF.type, rdflib.URIRef(f"{_ORG}Organization")))
    for relation in (rdflib.DCTERMS.isReplacedBy, rdflib.URIRef(f"{_ORG}subOrganizationOf")):
        assert set(graph.objects(predicate=relation)) <= described


@pytest.mark.parametrize(
    ("identifier", "slug"),
    [
        # IATI's code list OrganisationIdentifier.
        ("LU-1", "luxdev"),
        ("DE-52", "giz"),
        ("GB-1", "dfid"),
        ("US-17", "usdol"),
        ("JP-8", "jica"),
        ("NO-4", "nor-ministry-of-foreign-affairs"),
        ("46003", "african-development-fund"),
        ("41302", "ilo"),
        # Names that publishers of IATI give themselves.
        ("XM-DAC-701-8", "jica"),
        ("XM-DAC-2-10", "dgd"),
        ("XM-DAC-7", "nld-ministry-of-foreign-affairs"),
        ("GB-GOV-1", "fcdo"),
        ("SE-0", "sida"),
        ("NO-BRC-971277882", "norad"),
        ("XI-IATI-IADB", "iadb"),
        ("DAC-1601", "gates-foundation"),
        # The DAC's list of donors.
        ("XM-DAC-905", "ida"),
        ("XM-DAC-1312", "global-fund"),
    ],
)
def test_bodies_are_known_by_their_identifiers(
    identifier: str, slug: str, knowledge: Knowledge
) -> None:
    found = knowledge.organisations.by_identifier(identifier)
    assert found is not None
    assert found.slug == slug


# ---- Reference graphs ---------------------------------------------------------------------------


def test_reference_graphs_are_the_same_each_time() -> None:
    first = {name: set(triples) for name, triples in reference_graphs(MINTER)}
    assert tuple(first) == REFERENCE_GRAPHS
    assert all(first.values())
    assert {name: set(triples) for name, triples in reference_graphs(MINTER)} == first


def test_reference_graphs_stand_under_the_base() -> None:
    elsewhere = IriMinter("https://example.org/data/")
    graphs = dict(reference_graphs(elsewhere))
    subjects = {t.subject for triples in graphs.values() for t in triples}
    assert elsewhere.country("LAO") in subjects
    assert elsewhere.organisation("ilo") in subjects
    assert not any(
        s.value.startswith(MINTER.base) and not s.value.startswith(ONTOLOGY)
        for s in subjects
        if not isinstance(s, BlankNode)
    )


def test_tables_are_loaded_once_for_each_base() -> None:
    assert Knowledge.load(MINTER) is Knowledge.load(IriMinter())
    elsewhere = Knowledge.load(IriMinter("https://example.org/data/"))
    assert elsewhere.countries.find("Laos") is not None
    assert elsewhere.concepts.notation("step", "Step 1") == "1"


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Côte d’Ivoire", "cote d ivoire"),
        ("  Commerce & Industry ", "commerce and industry"),
        ("ÉTAPE 1 : politique", "etape 1 politique"),
        ("Straße", "strasse"),
    ],
)
def test_fold(name: str, folded: str) -> None:
    assert fold(name) == folded


def test_numbers_of_indicators_are_those_of_the_vocabulary(knowledge: Knowledge) -> None:
    """A permanent code that has one number is shown by it; the others stay as they are."""
    numbers: dict[str, list[str]] = {}
    codes: dict[str, str] = {}
    for quad in parse_quads(resource("data", "sdg.ttl").read_bytes(), RdfFormat.TURTLE):
        if quad.predicate == SKOS.notation and isinstance(quad.object, Literal):
            kind = quad.object.datatype.value.rpartition("#")[2]
            if kind == "SDGCodePerm":
                codes[str(quad.subject)] = quad.object.value
            elif kind == "SDGCodeCompact":
                numbers.setdefault(str(quad.subject), []).append(quad.object.value)
    assert len(codes) > 200
    for thing, code in codes.items():
        (only, *others) = numbers[thing]
        assert knowledge.sdg.number(code) == (code if others else only)
    assert knowledge.sdg.number("1.3") == "1.3"
