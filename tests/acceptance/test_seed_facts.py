"""What the seed page says, asked over HTTP by SPARQLWrapper of a running server.

Each expected value was read from the page by a person; the outside identifiers (UN geoArea 418,
Wikidata Q819, the EU authority) are those the issue names.
"""

from __future__ import annotations

import hashlib
import json

import pytest
from conftest import RunningServer
from SPARQLWrapper import JSON, SPARQLWrapper

BASE = "https://w3id.org/outcome-graph/"
OUTCOME = f"<{BASE}outcome/LAO226-2020-21-8.1.1>"
RECORD = f"<{BASE}record/LAO226-2020-21-8.1.1>"
PREFIXES = """
PREFIX og: <https://w3id.org/outcome-graph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX sdgo: <http://metadata.un.org/sdg/ontology#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


def ask(server: RunningServer, pattern: str) -> set[tuple[str, ...]]:
    """Run a query whose SELECT names its columns; return its rows as tuples of strings."""
    wrapper = SPARQLWrapper(f"{server.url}/sparql")
    wrapper.setQuery(PREFIXES + pattern.replace("OUTCOME", OUTCOME).replace("RECORD", RECORD))
    wrapper.setReturnFormat(JSON)
    answer = wrapper.query().convert()
    names = answer["head"]["vars"]
    return {
        tuple(row[name]["value"] if name in row else "" for name in names)
        for row in answer["results"]["bindings"]
    }


FACTS: dict[str, tuple[str, set[tuple[str, ...]]]] = {
    "country": (
        "SELECT ?code ?same "
        "{ OUTCOME og:country ?c . ?c skos:notation ?code ; skos:exactMatch ?same }",
        {
            ("LAO", "http://metadata.un.org/sdg/codes/geoArea/418"),
            ("LAO", "http://www.wikidata.org/entity/Q819"),
            ("LAO", "http://publications.europa.eu/resource/authority/country/LAO"),
        },
    ),
    "code and identifier": (
        "SELECT ?code ?id { OUTCOME og:code ?code ; dcterms:identifier ?id }",
        {("LAO226", "LAO226-2020-21-8.1.1")},
    ),
    "date": (
        "SELECT ?day (DATATYPE(?day) AS ?type) { OUTCOME og:achievedOn ?day }",
        {("2020-04-01", "http://www.w3.org/2001/XMLSchema#date")},
    ),
    "biennium": (
        "SELECT ?b ?from ?to "
        "{ OUTCOME og:biennium ?n . ?n skos:notation ?b ; og:startDate ?from ; og:endDate ?to }",
        {("2020-21", "2020-01-01", "2021-12-31")},
    ),
    "visibility": (
        "SELECT ?v { OUTCOME og:visibility/skos:notation ?v }",
        {("public",)},
    ),
    "indicator, its output and outcome": (
        "SELECT ?indicator ?output ?outcome { OUTCOME og:indicator ?i . "
        "?i skos:notation ?indicator ; skos:broader ?o . "
        "?o skos:notation ?output ; skos:broader/skos:notation ?outcome }",
        {("8.1.1", "8.1", "8")},
    ),
    "indicator is the biennium's own": (
        "SELECT ?i { OUTCOME og:indicator ?i }",
        {(f"{BASE}concept/indicator/2020-21/8.1.1",)},
    ),
    "step": ("SELECT ?s { OUTCOME og:step/skos:notation ?s }", {("1",)}),
    "result type in full": (
        "SELECT ?full { OUTCOME og:resultStatement ?full ; og:resultType [a skos:Concept] }",
        {
            (
                "A new or revised policy or strategy to extend coverage, enhance comprehensiveness "
                "and/or increase adequacy of benefits has been adopted (Step 1)",
            )
        },
    ),
    "title": (
        "SELECT ?title (LANG(?title) AS ?language) { OUTCOME dcterms:title ?title }",
        {("The National Social Protection Strategy was officially launched", "en")},
    ),
    "achievement": (
        'SELECT (STRSTARTS(?t, "The National Social Protection Strategy (NSPS), adopted by the '
        "Prime Minister’s Decree No.224 on 1 April 2020, was officially launched and disseminated"
        '") AS ?begins) (STRENDS(?t, "was submitted for further discussion within the National '
        'Social Protection Commission.") AS ?ends) { OUTCOME og:achievement ?t }',
        {("true", "true")},
    ),
    "legal act": (
        "SELECT ?number ?day ?by ?where ?type { OUTCOME og:legalAct ?a . ?a a og:LegalAct ; "
        "eli:id_local ?number ; eli:date_document ?day ; eli:passed_by/skos:prefLabel ?by ; "
        "eli:jurisdiction/skos:notation ?where ; eli:type_document/skos:notation ?type }",
        {("224", "2020-04-01", "Prime Minister of Lao PDR", "LAO", "decree")},
    ),
    "legal act's node": (
        "SELECT ?a { OUTCOME og:legalAct ?a }",
        {(f"{BASE}legal-act/LAO/2020/decree-224",)},
    ),
    "funder, read from prose": (
        "SELECT ?name ?country { OUTCOME og:funder ?f ; og:evidence ?e . "
        "?f skos:prefLabel ?name ; og:country/skos:notation ?country . "
        "?e rdf:predicate og:funder ; rdf:object ?f ; prov:value ?words ; og:confidence ?c "
        "FILTER(?c >= 0.8 && ?c <= 1 && CONTAINS(?words, STR(?name))) }",
        {("Government of Luxembourg", "LUX")},
    ),
    "contributor": (
        "SELECT ?n { OUTCOME og:contribution/og:contributor ?o . ?o skos:prefLabel ?n "
        'FILTER(LANG(?n) = "en") }',
        {("International Labour Organization",)},
    ),
    "activities": (
        "SELECT ?title ?place ?from ?to ?n { OUTCOME og:contribution/og:activity ?a . "
        "?a dcterms:title ?title ; og:place ?place ; og:startDate ?from ; og:endDate ?to ; "
        "og:participants ?n }",
        {
            (
                "Capacity Building and UNJP Roadmap Discussion Workshop",
                "Thalat",
                "2020-08-25",
                "2020-08-27",
                "30",
            ),
            (
                "Official launch of the NSPS and UNJP",
                "Vientiane",
                "2020-09-30",
                "2020-09-30",
                "40",
            ),
            (
                "Training programme on social protection policy design and implementation",
                "Vientiane",
                "2020-11-24",
                "2020-11-26",
                "40",
            ),
        },
    ),
    "gender statement": (
        'SELECT (STRSTARTS(?t, "Women have been the priority in the cash transfer") AS ?begins) '
        '(STRENDS(?t, "while proposing recovery policies") AS ?ends) '
        "{ OUTCOME og:genderEquality ?t }",
        {("true", "true")},
    ),
    "constituents": (
        "SELECT ?name ?type { OUTCOME og:constituent ?o . ?o skos:prefLabel ?name ; "
        "og:constituentType/skos:notation ?type }",
        {
            ("Ministry of Labour and Social Welfare", "government"),
            ("Lao Social Security Organization", "government"),
            ("National Health Insurance Bureau", "government"),
            ("Lao Federation of Trade Union", "workers"),
            ("Lao National Chamber of Commerce and Industry", "employers"),
            ("Association of Lao Garment Industry", "employers"),
        },
    ),
    "each constituent is an organisation of its own": (
        "SELECT (COUNT(DISTINCT ?o) AS ?n) { OUTCOME og:constituent ?o }",
        {("6",)},
    ),
    "goal and target": (
        "SELECT ?goal ?target { OUTCOME og:sdgGoal ?goal ; og:sdgTarget ?target . "
        "?target skos:broader ?goal . ?goal a sdgo:Goal . ?target a sdgo:Target }",
        {("http://metadata.un.org/sdg/1", "http://metadata.un.org/sdg/1.3")},
    ),
    "branches": ("SELECT ?b { OUTCOME og:branch/skos:notation ?b }", {("all",)}),
    "no project is invented": ("SELECT ?p { OUTCOME og:project ?p }", set()),
    "the record": (
        "SELECT ?conforms { RECORD foaf:primaryTopic OUTCOME ; sh:conforms ?conforms ; "
        "og:revision ?r ; dcterms:modified ?m ; og:completeness ?c "
        "FILTER(?c > 0.8 && ?c < 1 && ?r > 0) }",
        {("true",)},
    ),
}


@pytest.mark.parametrize("name", FACTS)
def test_the_page_says(name: str, seed_server: RunningServer) -> None:
    pattern, expected = FACTS[name]
    assert ask(seed_server, pattern) == expected


def test_the_source_document_is_named_with_its_digest(seed_server: RunningServer, seed) -> None:
    found = ask(
        seed_server,
        "SELECT ?s ?name ?sha { OUTCOME prov:wasDerivedFrom ?s . "
        "?s dcterms:title ?name ; og:sha256 ?sha }",
    )
    digest = hashlib.sha256(seed.read_bytes()).hexdigest()
    (row,) = found
    assert row[0] == f"{BASE}source/{digest}"
    assert row[1] == "LAO226-2020-21-8.1.1.txt"
    assert row[2] == digest


def test_the_missing_project_is_reported_not_invented(cli, seed) -> None:
    report = json.loads(cli("validate", seed, "--report", "json").stdout)
    assert report["conforms"] is True
    messages = [r["message"] for r in report["results"]]
    assert any("project" in m.lower() for m in messages)


def test_evidence_quotes_stand_where_it_says(seed_server: RunningServer, seed) -> None:
    """SUBSTR counts characters from 1; offsets count from 0, end exclusive."""
    text = seed.read_text("utf-8-sig")
    found = ask(
        seed_server,
        "SELECT ?words ?from ?to { OUTCOME og:evidence ?e . "
        "?e prov:value ?words ; og:textStart ?from ; og:textEnd ?to }",
    )
    assert len(found) >= 6 + 1 + 1 + 3
    assert all(text[int(a) : int(b)] == words for words, a, b in found)
