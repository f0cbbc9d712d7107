"""The vocabulary of countries and regions: whole, unambiguous, and the same as the UN's.

Expected facts come from ISO 3166-1 (249 entries), the UN's M49 standard and its published code list
of areas (in the shared folder), ILOSTAT's groupings and the UN's lists of LDCs, LLDCs and SIDS;
none was read from the file under test.
"""

from __future__ import annotations

import importlib.util
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

import pycountry
import pyoxigraph
import pytest
from rdflib import RDF, SKOS, Graph, Literal, Namespace, URIRef

ROOT = Path(__file__).parents[2]
TURTLE = ROOT / "data" / "countries.ttl"
TABLES = ROOT / "data" / "build"
#: Another base than the default: the file must not hold the default one.
BASE = "https://results.example/kg/"
OG = Namespace("https://w3id.org/outcome-graph/ontology#")
AREA = Namespace("http://metadata.un.org/sdg/codes/geoArea/")
ISO3 = URIRef("http://metadata.un.org/sdg/codes/geoArea#iso3code")
EU = "http://publications.europa.eu/resource/authority/country/"
WIKIDATA = "http://www.wikidata.org/entity/"

#: The UN's list of areas has no entry for it.
NOT_A_UN_AREA = {"TWN"}
#: No state, and in no region of the ILO; M49 puts it directly under the world.
WITHOUT_ILO_REGION = {"ATA"}
#: The UN's list matches Palestine with two Wikidata items; we take that of the State.
PALESTINE = "Q219060"

ARAB_STATES = "ARE BHR IRQ JOR KWT LBN OMN PSE QAT SAU SYR YEM"


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph().parse(TURTLE, format="turtle", publicID=BASE)


@pytest.fixture(scope="module")
def countries(graph: Graph) -> dict[str, URIRef]:
    """Every country by the last segment of its IRI."""
    prefix = f"{BASE}country/"
    found = graph.subjects(RDF.type, OG.Country)
    return {str(c).removeprefix(prefix): c for c in found if isinstance(c, URIRef)}


@pytest.fixture(scope="module")
def official(shared: Path) -> Graph:
    """The UN's own code list of geographic areas."""
    path = shared / "vocabularies" / "sdg" / "sdg-codes.ttl"
    if not path.is_file():
        pytest.skip(f"needs the UN's code list ({path})")
    return Graph().parse(path, format="turtle")


def ours(path: str) -> URIRef:
    return URIRef(BASE + path)


def only(graph: Graph, subject: URIRef, predicate: URIRef) -> str:
    """The one value; more or none is a failure."""
    values = list(graph.objects(subject, predicate))
    assert len(values) == 1, (subject, predicate, values)
    return str(values[0])


def matches(graph: Graph, subject: URIRef, prefix: str) -> list[str]:
    found = map(str, graph.objects(subject, SKOS.exactMatch))
    return [m.removeprefix(prefix) for m in found if m.startswith(prefix)]


def members(graph: Graph, predicate: URIRef, region: str) -> set[str]:
    return {str(c)[-3:] for c in graph.subjects(predicate, ours(f"region/{region}"))}


def m49_of(area: URIRef) -> str:
    return str(area).rsplit("/", 1)[1]


# ---- The file -----------------------------------------------------------------------------------


def test_both_parsers_read_the_same_statements(graph: Graph) -> None:
    quads = pyoxigraph.parse(TURTLE.read_bytes(), pyoxigraph.RdfFormat.TURTLE, base_iri=BASE)
    triples = {(q.subject.value, q.predicate.value, str(q.object)) for q in quads}
    assert len(triples) == len(graph) > 249 * 10


def test_the_file_leaves_the_base_to_the_reader() -> None:
    text = TURTLE.read_text(encoding="utf-8")
    assert "@base" not in text
    assert "<https://w3id.org/outcome-graph/country" not in text


def test_every_term_of_ours_is_in_the_ontology(graph: Graph) -> None:
    ontology = Graph().parse(ROOT / "ontology" / "outcome.ttl", format="turtle", publicID=BASE)
    used = {t for s, p, o in graph for t in (p, o) if str(t).startswith(str(OG))}
    assert used <= set(ontology.subjects())
    assert {OG.Country, OG.Region, OG.iso2, OG.m49, OG.iloRegion, OG.countryGroup} <= used


def test_every_link_within_the_base_leads_somewhere(graph: Graph) -> None:
    targets = {o for o in graph.objects() if isinstance(o, URIRef) and str(o).startswith(BASE)}
    assert targets <= set(graph.subjects())


def test_every_table_names_its_source() -> None:
    read_by_the_script = re.findall(
        r'"(\w+\.csv)"', (TABLES / "countries.py").read_text(encoding="utf-8")
    )
    assert len(set(read_by_the_script)) == 11
    for name in set(read_by_the_script):
        head = [
            line
            for line in (TABLES / name).read_text(encoding="utf-8").splitlines()
            if line.startswith("#")
        ]
        assert re.search(r"\bSources?\b.*:", " ".join(head)), name


# ---- Countries ----------------------------------------------------------------------------------


def test_there_are_249_countries_with_their_codes(
    graph: Graph, countries: dict[str, URIRef]
) -> None:
    assert len(countries) == 249
    codes = defaultdict(set)
    for alpha3, country in countries.items():
        assert re.fullmatch("[A-Z]{3}", alpha3)
        assert only(graph, country, SKOS.notation) == alpha3
        assert set(graph.objects(country, RDF.type)) == {OG.Country, SKOS.Concept}
        assert only(graph, country, SKOS.inScheme) == f"{BASE}concept/country"
        for name, predicate, form in (("iso2", OG.iso2, "[A-Z]{2}"), ("m49", OG.m49, "[0-9]{3}")):
            value = only(graph, country, predicate)
            assert re.fullmatch(form, value), (alpha3, value)
            codes[name].add(value)
    assert {name: len(values) for name, values in codes.items()} == {"iso2": 249, "m49": 249}


def test_codes_are_those_of_iso_3166(graph: Graph, countries: dict[str, URIRef]) -> None:
    stated = {
        (alpha3, only(graph, c, OG.iso2), only(graph, c, OG.m49)) for alpha3, c in countries.items()
    }
    assert stated == {(c.alpha_3, c.alpha_2, c.numeric) for c in pycountry.countries}


def test_every_country_is_matched_outside(graph: Graph, countries: dict[str, URIRef]) -> None:
    items = set()
    for alpha3, country in countries.items():
        expected = [] if alpha3 in NOT_A_UN_AREA else [only(graph, country, OG.m49)]
        assert matches(graph, country, str(AREA)) == expected
        assert matches(graph, country, EU) == [alpha3]
        [item] = matches(graph, country, WIKIDATA)
        assert re.fullmatch("Q[1-9][0-9]*", item)
        items.add(item)
        assert len(list(graph.objects(country, SKOS.exactMatch))) == 3 - (alpha3 in NOT_A_UN_AREA)
    assert len(items) == 249


def test_every_country_is_named_in_six_languages(
    graph: Graph, countries: dict[str, URIRef]
) -> None:
    for alpha3, country in countries.items():
        preferred = [label.language for label in graph.objects(country, SKOS.prefLabel)]
        assert sorted(preferred) == ["en", "es", "fr"], alpha3
        others = {label.language for label in graph.objects(country, SKOS.altLabel)}
        assert {"ar", "ru", "zh"} <= others, alpha3
        assert not set(graph.objects(country, SKOS.prefLabel)) & set(
            graph.objects(country, SKOS.altLabel)
        ), alpha3


def test_labels_are_tidy(graph: Graph) -> None:
    for predicate in (SKOS.prefLabel, SKOS.altLabel):
        for subject, label in graph.subject_objects(predicate):
            assert isinstance(label, Literal)
            assert label.language, subject
            assert str(label) == " ".join(str(label).split()) != "", subject
            assert "’" not in label, subject


def test_no_name_means_two_countries(graph: Graph, countries: dict[str, URIRef]) -> None:
    bearers = defaultdict(set)
    for alpha3, country in countries.items():
        for predicate in (SKOS.prefLabel, SKOS.altLabel):
            for label in graph.objects(country, predicate):
                bearers[str(label).casefold()].add(alpha3)
    assert {name: who for name, who in bearers.items() if len(who) > 1} == {}


@pytest.mark.parametrize(
    ("alpha3", "preferred", "others"),
    [
        ("LAO", "Lao People's Democratic Republic", ["Lao PDR", "Laos"]),
        ("VNM", "Viet Nam", ["Vietnam"]),
        ("CIV", "Côte d'Ivoire", ["Ivory Coast"]),
        ("TUR", "Türkiye", ["Turkey"]),
        ("SWZ", "Eswatini", ["Swaziland"]),
        ("CPV", "Cabo Verde", ["Cape Verde"]),
        ("BOL", "Bolivia (Plurinational State of)", ["Bolivia"]),
        ("COD", "Democratic Republic of the Congo", ["DRC", "DR Congo"]),
        ("COG", "Congo", ["Republic of the Congo"]),
        ("TZA", "United Republic of Tanzania", ["Tanzania"]),
        ("KOR", "Republic of Korea", ["South Korea"]),
        ("MMR", "Myanmar", ["Burma"]),
        ("PSE", "State of Palestine", ["Palestine", "Occupied Palestinian Territory"]),
        ("GBR", "United Kingdom of Great Britain and Northern Ireland", ["United Kingdom", "UK"]),
        ("STP", "Sao Tome and Principe", ["São Tomé and Príncipe"]),
    ],
)
def test_common_names(graph: Graph, alpha3: str, preferred: str, others: list[str]) -> None:
    country = ours(f"country/{alpha3}")
    assert (country, SKOS.prefLabel, Literal(preferred, lang="en")) in graph
    for name in others:
        assert (country, SKOS.altLabel, Literal(name, lang="en")) in graph, name


def test_names_that_are_out_of_date_are_not_taken_over(graph: Graph) -> None:
    assert (None, SKOS.altLabel, Literal("Rwandese Republic", lang="en")) not in graph
    assert (ours("country/RWA"), SKOS.altLabel, Literal("Republic of Rwanda", lang="en")) in graph


def test_lao_pdr(graph: Graph) -> None:
    lao = ours("country/LAO")
    assert only(graph, lao, OG.m49) == "418"
    assert only(graph, lao, OG.iso2) == "LA"
    assert set(graph.objects(lao, SKOS.exactMatch)) == {
        URIRef("http://metadata.un.org/sdg/codes/geoArea/418"),
        URIRef("http://www.wikidata.org/entity/Q819"),
        URIRef("http://publications.europa.eu/resource/authority/country/LAO"),
    }
    assert only(graph, lao, SKOS.broader) == f"{BASE}region/m49/035"
    assert only(graph, lao, OG.iloRegion) == f"{BASE}region/ilo/asia-pacific"
    assert set(graph.objects(lao, OG.countryGroup)) == {
        ours("region/group/ldc"),
        ours("region/group/lldc"),
    }
    named = {(str(o), o.language) for o in graph.objects(lao, SKOS.prefLabel)}
    assert named == {
        ("Lao People's Democratic Republic", "en"),
        ("République démocratique populaire lao", "fr"),
        ("República Democrática Popular Lao", "es"),
    }


# ---- Regions ------------------------------------------------------------------------------------


def chain(graph: Graph, subject: URIRef) -> Iterator[str]:
    """The regions around a country or region, from the smallest to the largest."""
    seen = {subject}
    while parents := list(graph.objects(subject, SKOS.broader)):
        assert len(parents) == 1, subject
        subject = URIRef(parents[0])
        assert subject not in seen, subject
        seen.add(subject)
        yield str(subject).removeprefix(f"{BASE}region/m49/")


def test_every_country_lies_in_the_world(graph: Graph, countries: dict[str, URIRef]) -> None:
    for alpha3, country in countries.items():
        around = list(chain(graph, country))
        assert around[-1] == "001", alpha3
        assert len(around) > 1 or alpha3 == "ATA"
    assert list(chain(graph, countries["LAO"])) == ["035", "142", "001"]
    assert list(chain(graph, countries["KEN"])) == ["014", "202", "002", "001"]


def test_every_region_has_scheme_notation_and_labels(graph: Graph) -> None:
    regions = set(graph.subjects(RDF.type, OG.Region))
    assert len(regions) == 31 + 5 + 3 + 6
    for region in regions:
        assert (region, RDF.type, SKOS.Concept) in graph
        notation = only(graph, region, SKOS.notation)
        assert str(region).endswith(f"/{notation}")
        scheme = URIRef(only(graph, region, SKOS.inScheme))
        for subject in (region, scheme):
            tags = [label.language for label in graph.objects(subject, SKOS.prefLabel)]
            assert sorted(tags) == ["en", "es", "fr"], subject
        assert (scheme, RDF.type, SKOS.ConceptScheme) in graph


def test_top_concepts_and_schemes_agree(graph: Graph) -> None:
    down = set(graph.subject_objects(SKOS.hasTopConcept))
    up = {(scheme, concept) for concept, scheme in graph.subject_objects(SKOS.topConceptOf)}
    assert down == up
    assert (ours("concept/region"), ours("region/m49/001")) in down


def test_every_country_has_one_ilo_region(graph: Graph, countries: dict[str, URIRef]) -> None:
    regions = {alpha3: list(graph.objects(c, OG.iloRegion)) for alpha3, c in countries.items()}
    assert {a for a, r in regions.items() if not r} == WITHOUT_ILO_REGION
    assert {a for a, r in regions.items() if len(r) > 1} == set()
    assert {str(r[0]).rsplit("/", 1)[1] for r in regions.values() if r} == {
        "africa",
        "americas",
        "arab-states",
        "asia-pacific",
        "europe-central-asia",
    }


def test_arab_states_are_those_of_western_asia(graph: Graph) -> None:
    assert members(graph, OG.iloRegion, "ilo/arab-states") == set(ARAB_STATES.split())


@pytest.mark.parametrize(
    ("region", "some"),
    [
        ("africa", "EGY LBY SDN SOM DJI MRT COM MUS REU SHN"),
        ("americas", "CAN USA MEX HTI GUY GRL FLK"),
        ("asia-pacific", "AFG IRN PAK LKA MDV CHN TWN MNG KOR AUS FJI ASM GUM TLS"),
        ("europe-central-asia", "ISR TUR CYP ARM AZE GEO KAZ KGZ TJK TKM UZB RUS ALB AND GBR"),
    ],
)
def test_ilo_regions(graph: Graph, region: str, some: str) -> None:
    assert set(some.split()) <= members(graph, OG.iloRegion, f"ilo/{region}")


def test_country_groups_are_as_long_as_the_lists_of_the_un(graph: Graph) -> None:
    sizes = {g: len(members(graph, OG.countryGroup, f"group/{g}")) for g in ("ldc", "lldc", "sids")}
    assert sizes == {"ldc": 44, "lldc": 32, "sids": 39}


@pytest.mark.parametrize(
    ("code", "predicate", "target"),
    [
        ("GLO", SKOS.exactMatch, "m49/001"),
        ("RAF", SKOS.exactMatch, "ilo/africa"),
        ("RAS", SKOS.exactMatch, "ilo/asia-pacific"),
        ("RLA", SKOS.broader, "ilo/americas"),
        ("RAB", SKOS.exactMatch, "ilo/arab-states"),
        ("RER", SKOS.exactMatch, "ilo/europe-central-asia"),
    ],
)
def test_prefixes_of_ilo_codes(graph: Graph, code: str, predicate: URIRef, target: str) -> None:
    assert (ours(f"region/ilo-code/{code}"), predicate, ours(f"region/{target}")) in graph


# ---- Against the official vocabulary ------------------------------------------------------------


def test_codes_are_the_official_ones(
    graph: Graph, countries: dict[str, URIRef], official: Graph
) -> None:
    for alpha3, country in countries.items():
        if alpha3 in NOT_A_UN_AREA:
            assert (None, ISO3, Literal(alpha3)) not in official
            continue
        [code] = matches(graph, country, str(AREA))
        stated = {
            str(p).rsplit("#", 1)[-1]: str(o) for p, o in official.predicate_objects(AREA[code])
        }
        assert stated["iso3code"] == alpha3
        assert stated["iso2code"] == only(graph, country, OG.iso2)
        # The official codes are written without leading zeros here, with them in the IRIs.
        assert stated["m49code"].zfill(3) == only(graph, country, OG.m49)


def test_wikidata_items_are_the_official_ones(
    graph: Graph, countries: dict[str, URIRef], official: Graph
) -> None:
    for alpha3, country in countries.items():
        if alpha3 in NOT_A_UN_AREA:
            continue
        area = AREA[only(graph, country, OG.m49)]
        theirs = matches(official, area, WIKIDATA)
        expected = [PALESTINE] if alpha3 == "PSE" else theirs
        assert PALESTINE in theirs or alpha3 != "PSE"
        assert matches(graph, country, WIKIDATA) == expected, alpha3


def test_hierarchy_is_the_official_one(graph: Graph, official: Graph) -> None:
    compared = 0
    for kind in (OG.Country, OG.Region):
        for place in graph.subjects(RDF.type, kind):
            code = graph.value(place, OG.m49)
            if code is None or (AREA[str(code)], None, None) not in official:
                continue
            theirs = {m49_of(o) for o in official.objects(AREA[str(code)], SKOS.broader)}
            parents = {m49_of(o) for o in graph.objects(place, SKOS.broader)}
            assert parents == {c for c in theirs if c.isdigit()}, place
            compared += 1
    assert compared == 248 + 31


def official_group(official: Graph, name: str) -> set[str]:
    areas = official.subjects(SKOS.broader, AREA[name])
    return {str(official.value(area, ISO3)) for area in areas}


def test_ldcs_are_the_official_ones_less_those_that_left(graph: Graph, official: Graph) -> None:
    # The UN's list is of December 2019; these left in 2020, 2023 and 2024.
    left = {"VUT", "BTN", "STP"}
    theirs = official_group(official, "ldc")
    assert theirs - left == members(graph, OG.countryGroup, "group/ldc")
    assert left <= theirs


def test_sids_are_among_the_official_ones(graph: Graph, official: Graph) -> None:
    # The UN's list also counts territories, which the list of UN-OHRLLS leaves out.
    assert members(graph, OG.countryGroup, "group/sids") <= official_group(official, "sids")


# ---- The script ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_countries", TABLES / "countries.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_the_committed_file_is_what_the_script_makes(script: ModuleType) -> None:
    committed = TURTLE.read_text(encoding="utf-8")
    stated = re.search(r"pycountry (\S+) and Babel (\d\S*\d)\.", committed)
    assert stated is not None
    if stated.groups() != (version("pycountry"), version("babel")):
        pytest.skip(f"the file was made with other versions: {' and '.join(stated.groups())}")
    assert script.build() == committed


def test_tables_alone_decide_codes_and_links(script: ModuleType, graph: Graph) -> None:
    """Holds for any versions of pycountry and Babel: only names may differ between them."""

    def links(g: Graph) -> set[tuple[object, ...]]:
        return {t for t in g if t[1] not in (SKOS.prefLabel, SKOS.altLabel)}

    made = Graph().parse(data=script.build(), format="turtle", publicID=BASE)
    assert links(made) == links(graph)


def test_the_script_refuses_an_unknown_country(script: ModuleType) -> None:
    with pytest.raises(script.TableError, match="XXX"):
        script.check_codes("some.csv", ["LAO", "XXX"], {"LAO"})
    with pytest.raises(script.TableError, match="missing for THA"):
        script.check_codes("some.csv", ["LAO"], {"LAO", "THA"}, complete=True)


@pytest.mark.parametrize(
    ("alpha3", "code"),
    # The DAC's list of donors; 22, 302 and 701 are in IATI identifiers such as XM-DAC-701-8 too.
    [("LUX", "22"), ("GBR", "12"), ("USA", "302"), ("JPN", "701"), ("KOR", "742"), ("LAO", None)],
)
def test_donors_have_the_code_of_the_dac(
    graph: Graph, countries: dict[str, URIRef], alpha3: str, code: str | None
) -> None:
    found = graph.value(countries[alpha3], OG.donorCode)
    assert (str(found) if found else None) == code
