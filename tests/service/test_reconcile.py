"""``/reconcile`` over the real application, by rules written from the specification 0.2."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from outcome_graph.pipeline import OutcomeGraph
from outcome_graph.service import create_app
from outcome_graph.store import UpdateRequest

BASE = "https://w3id.org/outcome-graph/"
SDG = "http://metadata.un.org/sdg/"
COUNTRY, ORGANISATION, PROJECT = "og:Country", "org:Organization", "og:Project"
LAO = f"{BASE}country/LAO"
NAMES = {"og:Country", "org:Organization", "og:Project"} | {
    f"sdgo:{kind}" for kind in ("Goal", "Target", "Indicator")
}

PREFIXES = """
PREFIX og: <https://w3id.org/outcome-graph/ontology#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
#: Two bodies of one name in two countries, and a project.
THINGS = f"""
INSERT DATA {{ GRAPH <urn:x:things> {{
  <{BASE}organisation/lao-inspectorate> a org:Organization ;
    skos:prefLabel "Labour Inspectorate"@en ; og:country <{LAO}> .
  <{BASE}organisation/khm-inspectorate> a org:Organization ;
    skos:prefLabel "Labour Inspectorate"@en ; og:country <{BASE}country/KHM> .
  <{BASE}project/lao-16-02-lux> a og:Project ; dcterms:identifier "LAO/16/02/LUX" ;
    dcterms:title "Extending social health protection"@en ,
      "Étendre la protection sociale en santé"@fr , "Ampliar la protección social en salud"@es ;
    og:country <{LAO}> ; og:startDate "2016-03-01"^^xsd:date .
}} }}
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    with OutcomeGraph.open(tmp_path_factory.mktemp("reconcile") / "store", base=BASE) as graph:
        graph.store.update(UpdateRequest(sparql=PREFIXES + THINGS), reason="test", agent="test")
        yield create_app(graph).test_client()


def ask(client: FlaskClient, **query: Any) -> list[dict[str, Any]]:
    return batch(client, {"q": query})["q"]["result"]


def batch(client: FlaskClient, queries: dict[str, Any]) -> dict[str, Any]:
    response = client.post("/reconcile", data={"queries": json.dumps(queries)})
    assert response.status_code == 200, response.text
    for answer in response.json.values():
        check_results(answer)
    return response.json


def check_results(answer: dict[str, Any]) -> None:
    """Section 4.4: candidates with id, name and score, sorted; at most one is a match."""
    assert set(answer) == {"result"}
    candidates = answer["result"]
    for one in candidates:
        assert isinstance(one["id"], str)
        assert isinstance(one["name"], str)
        assert type(one["score"]) in (int, float)
        assert 0 <= one["score"] <= 100
        assert type(one["match"]) is bool
        assert all(isinstance(t["id"], str) and isinstance(t["name"], str) for t in one["type"])
        assert all(
            isinstance(f["id"], str) and type(f["value"]) in (bool, int, float)
            for f in one["features"]
        )
    scores = [one["score"] for one in candidates]
    assert scores == sorted(scores, reverse=True)
    assert [one["match"] for one in candidates].count(True) <= 1


def test_the_manifest(client: FlaskClient) -> None:
    response = client.get("/reconcile")
    assert (response.status_code, response.mimetype) == (200, "application/json")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    told = response.json
    assert "0.2" in told["versions"]
    assert told["name"]
    assert told["identifierSpace"] == BASE
    assert told["schemaSpace"].startswith("https://")
    assert {t["id"] for t in told["defaultTypes"]} == NAMES
    for part in ("view", "preview"):
        assert "{{id}}" in told[part]["url"]
    assert type(told["preview"]["width"]) is type(told["preview"]["height"]) is int
    for service in (*told["suggest"].values(), told["extend"]["propose_properties"]):
        path = service["service_url"].removeprefix("http://localhost") + service["service_path"]
        assert client.get(path, query_string={"prefix": "a"}).status_code == 200
    for setting in told["extend"]["property_settings"]:
        assert setting["type"] in ("number", "text", "checkbox", "select")
        assert setting["label"]
        assert setting["name"]
        assert ("choices" in setting) == (setting["type"] == "select")


@pytest.mark.parametrize(
    ("kind", "names", "wanted"),
    [
        (COUNTRY, ("Lao PDR", "LAO", "LA", "418", "RDP lao", "RDP Lao"), LAO),
        (COUNTRY, ("Germany", "Allemagne", "Alemania", "DEU"), f"{BASE}country/DEU"),
        (COUNTRY, ("Cote dIvoire", "Côte d’Ivoire", "CIV"), f"{BASE}country/CIV"),
        (
            ORGANISATION,
            (
                "ILO",
                "OIT",
                "International Labour Organization",
                "Organisation internationale du Travail",
                "Organización Internacional del Trabajo",
            ),
            f"{BASE}organisation/ilo",
        ),
        (ORGANISATION, ("XM-DAC-41114",), f"{BASE}organisation/undp"),
        (
            PROJECT,
            (
                "LAO/16/02/LUX",
                "Extending social health protection",
                "Etendre la protection sociale en sante",
                "Ampliar la protección social en salud",
            ),
            f"{BASE}project/lao-16-02-lux",
        ),
        ("sdgo:Goal", ("1", "SDG 1", "ODD 1", "No poverty", "Fin de la pobreza"), f"{SDG}1"),
        ("sdgo:Target", ("1.3", "01.03", "Target 1.3", "cible 1.3", "SDG 1.3"), f"{SDG}1.3"),
        ("sdgo:Indicator", ("1.3.1", "C010301", "Indicator 1.3.1"), f"{SDG}C010301"),
    ],
)
def test_names_and_codes_are_certain(
    client: FlaskClient, kind: str, names: tuple[str, ...], wanted: str
) -> None:
    answers = batch(client, {name: {"query": name, "type": kind} for name in names})
    for name in names:
        first = answers[name]["result"][0]
        assert (first["id"], first["score"], first["match"]) == (wanted, 100, True), name
        assert first["type"][0]["id"] == kind


@pytest.mark.parametrize(
    ("kind", "names", "wanted"),
    [
        (COUNTRY, ("Camboda", "Cambodge.s", "Camboyya"), f"{BASE}country/KHM"),
        (
            ORGANISATION,
            ("Internatonal Labor Organisation", "Organisacion Internacionl del Trabajo"),
            f"{BASE}organisation/ilo",
        ),
        (
            PROJECT,
            ("Extendng social health protecton", "Ampliar la proteccion social en la salud"),
            f"{BASE}project/lao-16-02-lux",
        ),
        ("sdgo:Goal", ("No povrety", "Pas de pauvretee", "Fin de la probreza"), f"{SDG}1"),
        (
            "sdgo:Target",
            ("Social protecton systems and floors for all", "Systemes et socles de protecton"),
            f"{SDG}1.3",
        ),
        (
            "sdgo:Indicator",
            ("Social protecton coverage, by group", "Cobertura de protección social por grupos"),
            f"{SDG}C010301",
        ),
    ],
)
def test_misspelt_names_are_found_and_never_certain(
    client: FlaskClient, kind: str, names: tuple[str, ...], wanted: str
) -> None:
    for name in names:
        found = ask(client, query=name, type=kind)
        assert [one["id"] for one in found[:1]] == [wanted], (name, found[:2])
        assert found[0]["score"] < 95
        assert not found[0]["match"]


def test_of_two_things_of_one_name_neither_matches(client: FlaskClient) -> None:
    found = ask(client, query="Labour Inspectorate", type=ORGANISATION)
    both = {f"{BASE}organisation/{country}-inspectorate" for country in ("lao", "khm")}
    assert {one["id"] for one in found[:2]} == both
    assert [one["score"] for one in found[:2]] == [100, 100]
    assert not any(one["match"] for one in found)
    # What the limit hides is still there.
    assert not ask(client, query="Labour Inspectorate", type=ORGANISATION, limit=1)[0]["match"]
    assert not any(one["match"] for one in ask(client, query="Korea", type=COUNTRY))


@pytest.mark.parametrize("value", ["Laos", "LAO", {"id": LAO}, ["Thailand", "Lao PDR"]])
def test_a_property_tells_them_apart(client: FlaskClient, value: object) -> None:
    given = [{"pid": "og:country", "v": value}]
    found = ask(client, query="Labour Inspectorate", type=ORGANISATION, properties=given)
    assert found[0]["id"] == f"{BASE}organisation/lao-inspectorate"
    assert found[0]["match"]
    assert {"id": "og:country", "value": True} in found[0]["features"]
    other = next(one for one in found if one["id"] == f"{BASE}organisation/khm-inspectorate")
    assert other["score"] < 95
    assert {"id": "og:country", "value": False} in other["features"]


def test_a_name_with_another_country_is_not_certain(client: FlaskClient) -> None:
    given = [{"pid": "og:country", "v": "Kenya"}]
    found = ask(client, query="LAO/16/02/LUX", type=PROJECT, properties=given)
    assert found[0]["score"] < 95
    assert not found[0]["match"]


def test_properties_alone(client: FlaskClient) -> None:
    found = ask(client, type=COUNTRY, properties=[{"pid": "og:iso2", "v": "LA"}])
    assert [(one["id"], one["match"]) for one in found] == [(LAO, True)]


def test_types_limits_and_strictness(client: FlaskClient) -> None:
    found = ask(client, query="Lao", limit=2)
    assert len(found) == 2
    of_types = ask(client, query="poverty", type=["sdgo:Goal", "sdgo:Target"])
    assert {one["type"][0]["id"] for one in of_types} == {"sdgo:Goal", "sdgo:Target"}
    assert not ask(client, query="poverty", type=["sdgo:Goal", "sdgo:Target"], type_strict="all")
    should = ask(client, query="ILO", type=COUNTRY, type_strict="should")
    assert should[0]["id"] == f"{BASE}organisation/ilo"
    assert should[0]["score"] == 90
    assert ask(client, query=LAO)[0]["match"]
    assert ask(client, query="xqzvw wvzqx") == ask(client, query="  ") == []


def test_by_get_and_one_by_one(client: FlaskClient) -> None:
    queries = {"a": {"query": "Laos"}, "b": {"query": "1.3"}}
    by_get = client.get("/reconcile", query_string={"queries": json.dumps(queries)})
    assert by_get.json == batch(client, queries)
    assert list(by_get.json) == ["a", "b"]
    for single in ("Laos", '{"query": "Laos"}'):
        assert client.get("/reconcile", query_string={"query": single}).json == by_get.json["a"]
    assert client.post("/reconcile", data={"queries": "{}"}).json == {}


def test_a_thousand_names(client: FlaskClient) -> None:
    ask(client, query="Laos")
    found = batch(client, {str(n): {"query": f"Ministry {n} of Labor"} for n in range(1000)})
    assert len(found) == 1000


def test_data_extension(client: FlaskClient) -> None:
    project, nothing = f"{BASE}project/lao-16-02-lux", f"{BASE}country/XXX"
    wanted = {
        "ids": [LAO, project, nothing],
        "properties": [
            {"id": "og:iso2"},
            {"id": "skos:prefLabel", "settings": {"language": "fr", "limit": "1"}},
            {"id": "og:country"},
            {"id": "og:startDate"},
            {"id": "skos:exactMatch", "settings": {"limit": 1}},
        ],
    }
    told = client.post("/reconcile", data={"extend": json.dumps(wanted)}).json
    assert [one["id"] for one in told["meta"]] == [one["id"] for one in wanted["properties"]]
    assert told["meta"][2]["type"]["id"] == COUNTRY
    lao, of_project, of_nothing = (told["rows"][one] for one in wanted["ids"])
    assert lao["og:iso2"] == [{"str": "LA"}]
    assert lao["skos:prefLabel"] == [{"str": "République démocratique populaire lao"}]
    assert len(lao["skos:exactMatch"]) == 1
    assert lao["skos:exactMatch"][0]["id"]
    named = {"id": LAO, "name": "Lao People's Democratic Republic"}
    assert of_project["og:country"] == [named]
    assert of_project["og:startDate"] == [{"date": "2016-03-01T00:00:00"}]
    assert all(values == [] for values in of_nothing.values())
    assert set(of_nothing) == {one["id"] for one in wanted["properties"]}


def test_a_name_that_is_the_same_in_several_languages_is_one_value(client: FlaskClient) -> None:
    kenya = f"{BASE}country/KEN"
    wanted = {"ids": [kenya], "properties": [{"id": "skos:prefLabel"}]}
    told = client.post("/reconcile", data={"extend": json.dumps(wanted)}).json
    assert told["rows"][kenya]["skos:prefLabel"] == [{"str": "Kenya"}]


def test_the_shortest_of_several_codes_comes_first(client: FlaskClient) -> None:
    code = {"id": "skos:notation", "settings": {"limit": 1}}
    wanted = {"ids": [f"{SDG}5", f"{SDG}1.3", f"{SDG}C030101"], "properties": [code]}
    told = client.post("/reconcile", data={"extend": json.dumps(wanted)}).json
    values = [row["skos:notation"][0]["str"] for row in told["rows"].values()]
    assert values == ["5", "1.3", "3.1.1"]


def test_properties_are_proposed(client: FlaskClient) -> None:
    told = client.get("/reconcile/properties", query_string={"type": COUNTRY, "limit": 3}).json
    assert (told["type"], told["limit"], len(told["properties"])) == (COUNTRY, 3, 3)
    told = client.get("/reconcile/properties?type=sdgo:Target").json
    assert {"id": "sdgo:isTargetOf", "name": "goal"} in told["properties"]


def test_suggestions(client: FlaskClient) -> None:
    def suggested(what: str, **given: object) -> list[dict[str, Any]]:
        return client.get(f"/reconcile/suggest/{what}", query_string=given).json["result"]

    assert suggested("entity", prefix="Camb", type=COUNTRY)[0]["id"] == f"{BASE}country/KHM"
    assert LAO in [one["id"] for one in suggested("entity", prefix="lao")]
    assert suggested("entity", prefix="Camboda")[0]["id"] == f"{BASE}country/KHM"
    first, second = (suggested("entity", prefix="s", cursor=at) for at in (0, 20))
    assert len(first) == 20
    assert not {o["id"] for o in first} & {o["id"] for o in second}
    assert suggested("entity", prefix="s", cursor=100_000) == []
    for one in first:
        assert one["name"]
        assert one["notable"][0]["id"] in NAMES
    assert [one["id"] for one in suggested("type", prefix="coun")] == [COUNTRY]
    assert "og:iso2" in [one["id"] for one in suggested("property", prefix="iso")]


def test_what_is_suggested_has_a_flyout(client: FlaskClient) -> None:
    suggest = client.get("/reconcile").json["suggest"]
    for what, one, word in (
        ("entity", LAO, "Lao People&#39;s Democratic Republic"),
        ("type", COUNTRY, "Country"),
        ("property", "og:iso2", "ISO 3166-1"),
    ):
        assert suggest[what]["flyout_service_url"] == suggest[what]["service_url"]
        path = suggest[what]["flyout_service_path"]
        assert "${id}" in path
        told = client.get(path.replace("${id}", quote(one, safe=""))).json
        assert (set(told), told["id"]) == ({"id", "html"}, one)
        assert word in told["html"]
    for path, status in (("entity?id=x", 404), ("type?id=x", 400), ("entity", 400), ("x", 404)):
        assert client.get(f"/reconcile/flyout/{path}").status_code == status


def test_a_limit_of_one_does_not_make_a_doubtful_name_certain(client: FlaskClient) -> None:
    asked = {"query": "Labour Inspectorate", "type": ORGANISATION, "limit": 1}
    found = client.get("/reconcile", query_string={"query": json.dumps(asked)}).json["result"]
    # Two bodies have the name.
    assert [one["match"] for one in found] == [False]


def test_suggestions_whose_own_name_begins_so_come_first(client: FlaskClient) -> None:
    asked = {"prefix": "Repub", "type": COUNTRY}
    found = client.get("/reconcile/suggest/entity", query_string=asked).json["result"]
    names = [one["name"] for one in found]
    own = [name.startswith("Republic") for name in names]
    # "Chad" is also "Republic of Chad".
    assert own == sorted(own, reverse=True)
    assert own[0]
    assert not own[-1]


def test_namesakes_are_told_apart(client: FlaskClient) -> None:
    wanted = {"Organisation, Cambodia", "Organisation, Lao People's Democratic Republic"}
    found = ask(client, query="Labour Inspectorate", type=ORGANISATION)[:2]
    assert {one["description"] for one in found} == wanted
    asked = {"prefix": "Labour Insp", "type": ORGANISATION}
    suggested = client.get("/reconcile/suggest/entity", query_string=asked).json["result"]
    assert {one["description"] for one in suggested} == wanted
    assert ask(client, query="Lao PDR", type=COUNTRY)[0]["description"] == "Country"


def test_names_in_the_readers_writing_come_first(client: FlaskClient) -> None:
    page = client.get("/reconcile/preview", query_string={"id": f"{BASE}country/TCD"}).text
    assert page.index("Republic of Chad") < page.index("Чад" if "Чад" in page else "</html>")


@pytest.mark.parametrize(
    "name", ["GTZ", "Deutsche Gesellschaft für Internationale Zusammenarbeit (GIZ) GmbH"]
)
def test_bodies_by_old_and_legal_names(client: FlaskClient, name: str) -> None:
    best = ask(client, query=name, type=ORGANISATION)[0]
    assert (best["id"], best["match"]) == (f"{BASE}organisation/giz", True)


@pytest.mark.parametrize("limit", [0, -1, 1.5])
def test_a_limit_that_is_none_is_named(client: FlaskClient, limit: float) -> None:
    queries = json.dumps({"q": {"query": "x", "limit": limit}})
    answer = client.post("/reconcile", data={"queries": queries})
    assert answer.status_code == 400
    assert answer.json["detail"].endswith(f"not {limit}.")


def test_preview_and_view(client: FlaskClient) -> None:
    page = client.get("/reconcile/preview", query_string={"id": LAO})
    assert (page.status_code, page.mimetype) == (200, "text/html")
    assert "Lao People&#39;s Democratic Republic" in page.text
    assert "<script" not in page.text
    policy = page.headers["Content-Security-Policy"]
    # It is shown in a frame of another site, and may run nothing there.
    assert "frame-ancestors" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in client.get("/").headers["Content-Security-Policy"]
    for iri, address in ((LAO, "/country/LAO"), (f"{SDG}1.3", "/sdg/1.3")):
        led = client.get("/reconcile/view", query_string={"id": iri})
        assert (led.status_code, led.headers["Location"]) == (303, address)
    for page_name in ("preview", "view"):
        for bad, status in (("", 400), ("https://evil.example/", 404)):
            found = client.get(f"/reconcile/{page_name}", query_string={"id": bad})
            assert found.status_code == status


@pytest.mark.parametrize(
    ("queries", "words"),
    [
        ("{", "no valid JSON"),
        ("[" * 100_000, "JSON"),
        ("[]", "a list"),
        ("null", "null"),
        ({"q": "Laos"}, "'q'"),
        ({"q": {}}, "needs a text"),
        ({"q": {"query": 5}}, "must be a text"),
        ({"q": {"query": "x" * 1001}}, "longer than"),
        ({"q": {"query": "x", "type": "og:Planet"}}, "og:Planet"),
        ({"q": {"query": "x", "type": [1]}}, "no type"),
        ({"q": {"query": "x", "limit": 0}}, "limit"),
        ({"q": {"query": "x", "limit": "5"}}, "limit"),
        ({"q": {"query": "x", "limit": 1.5}}, "limit"),
        ('{"q": {"query": "x", "limit": NaN}}', "limit"),
        ('{"q": {"query": "x", "limit": Infinity}}', "limit"),
        ({"q": {"query": "x", "limit": True}}, "limit"),
        ({"q": {"query": "x", "type_strict": "some"}}, "type_strict"),
        ({"q": {"query": "x", "properties": {}}}, "properties"),
        ({"q": {"query": "x", "properties": [{"pid": "og:country"}]}}, '"v"'),
        ({"q": {"query": "x", "properties": [{"pid": "og:colour", "v": 1}]}}, "og:colour"),
        ({"q": {"query": "x", "properties": [{"pid": "og:iso2", "v": None}]}}, "null"),
        ({"q": {"query": "x", "colour": "red"}}, "colour"),
        ({str(n): {"query": "x"} for n in range(1001)}, "at most 1,000"),
    ],
)
def test_bad_queries_are_problems(client: FlaskClient, queries: object, words: str) -> None:
    text = queries if isinstance(queries, str) else json.dumps(queries)
    response = client.post("/reconcile", data={"queries": text})
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    assert words in response.json["detail"]


@pytest.mark.parametrize(
    "extend",
    [
        "x",
        "{}",
        '{"ids": [1], "properties": []}',
        '{"ids": []}',
        '{"ids": [], "properties": [{}]}',
        '{"ids": [], "properties": [{"id": "og:colour"}]}',
        '{"ids": [], "properties": [{"id": "og:iso2", "settings": {"limit": -1}}]}',
        '{"ids": [], "properties": [{"id": "og:iso2", "settings": {"language": "xx"}}]}',
    ],
)
def test_bad_extensions_are_problems(client: FlaskClient, extend: str) -> None:
    response = client.post("/reconcile", data={"extend": extend})
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")


@pytest.mark.parametrize(
    "address",
    [
        "/reconcile?queries={}&extend={}",
        "/reconcile/suggest/entity",
        "/reconcile/suggest/entity?prefix=a&cursor=-1",
        "/reconcile/suggest/entity?prefix=a&type=x",
        "/reconcile/suggest/type?prefix=a&cursor=x",
        "/reconcile/properties?type=x",
        "/reconcile/properties?limit=x",
    ],
)
def test_bad_addresses_are_problems(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 400


def test_a_body_that_is_no_form_is_refused(client: FlaskClient) -> None:
    assert client.post("/reconcile", json={"q": {"query": "x"}}).status_code == 415


def test_a_commit_is_seen(client: FlaskClient) -> None:
    graph = client.application.extensions["outcome-graph"]
    name = "Federation of Basket Weavers"
    address = f"/reconcile?query={name.replace(' ', '%20')}"
    assert not any(one["match"] for one in client.get(address).json["result"])
    iri = f"{BASE}organisation/weavers"
    more = f'{{ <{iri}> a org:Organization ; skos:prefLabel "{name}"@en }}'
    update = f"{PREFIXES} INSERT DATA {{ GRAPH <urn:x:more> {more} }}"
    graph.store.update(UpdateRequest(sparql=update), reason="test", agent="test")
    first = client.get(address).json["result"][0]
    assert (first["id"], first["match"]) == (iri, True)
