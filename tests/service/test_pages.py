"""What pages and descriptions say. Expected facts were read from the seed page by a person."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from flask.testing import FlaskClient
from rdflib.namespace import FOAF, RDFS, SKOS

from outcome_graph.pipeline import OutcomeGraph
from outcome_graph.service import create_app

BASE = "https://w3id.org/outcome-graph/"
OG = rdflib.Namespace(f"{BASE}ontology#")
ID = "LAO226-2020-21-8.1.1"
SEED = Path(__file__).parents[2] / "data" / "outcomes" / f"{ID}.txt"


def page(client: FlaskClient, path: str) -> str:
    response = client.get(path, headers={"Accept": "text/html"})
    assert response.status_code == 200, response.text
    assert response.mimetype == "text/html"
    return re.sub(r"\s+", " ", re.sub(r"&#39;|&#x27;", "'", response.text))


@pytest.mark.parametrize(
    "fact",
    [
        "The National Social Protection Strategy was officially launched",
        "1 April 2020",
        'href="/country/LAO"',
        "LAO226",
        "adopted by the Prime Minister’s Decree No.224 on 1 April 2020",
        "Luxembourg",
        "Thalat",
        "25–27 August 2020",
        "30 September 2020",
        "24–26 November 2020",
        'class="number">30<',
        "Women have been the priority",
        "Ministry of Labour and Social Welfare",
        "Lao Social Security Organization",
        "National Health Insurance Bureau",
        "Lao Federation of Trade Union",
        "Lao National Chamber of Commerce and Industry",
        "Association of Lao Garment Industry",
        "Government",
        "Workers’ organisations",
        "Employers’ organisations",
        'href="http://metadata.un.org/sdg/1"',
        'href="http://metadata.un.org/sdg/1.3"',
        "All branches",
        "2020-21",
        "<meter",
        f'href="/record/{ID}.ttl"',
        f'href="/record/{ID}.jsonld"',
        f"{ID}.txt",
        "none recorded",
    ],
)
def test_the_record_page_shows_what_the_source_says(client: FlaskClient, fact: str) -> None:
    assert fact in page(client, f"/record/{ID}")


def test_a_row_of_a_table_shows_its_type_and_its_indicators(tmp_path: Path) -> None:
    """Of a table the type of result is one of a list; indicators are known by their numbers."""
    table = tmp_path / "results.csv"
    table.write_text(
        "Record ID,Country,Title,Date achieved,Outcome achieved,Contributors,Type of result,"
        "SDG indicators\n"
        "one,Kenya,A law was adopted,2023-03-07,Parliament adopted it.,ILO,"
        "Scheme or legislation adopted,1.3.1\n",
        "utf-8",
    )
    with OutcomeGraph.open(tmp_path / "store") as graph:
        assert graph.load(table).conforms
        text = page(create_app(graph).test_client(), "/record/one")
    facts = text[text.index('id="result_type"') :]
    assert "Scheme or legislation adopted" in facts[: facts.index("</div>")]
    goals = text[text.index('id="sdg_goals"') :]
    assert "1.3.1" in goals[: goals.index("</section>")]
    assert "None recorded" not in goals[: goals.index("</section>")]


def test_the_record_page_says_what_is_missing(client: FlaskClient) -> None:
    text = page(client, f"/record/{ID}")
    advice = text[text.index('class="advice"') :]
    assert "project" in advice[: advice.index("</ul>")].lower()


def test_labels_in_french_and_texts_in_their_own_language(client: FlaskClient) -> None:
    text = page(client, f"/record/{ID}?lang=fr")
    assert '<html lang="fr">' in text
    assert "République démocratique populaire lao" in text
    assert '<h1 id="titles" lang="en">The National' in text


@pytest.mark.parametrize(
    ("suffix", "accept", "parser"),
    [
        (".ttl", None, "turtle"),
        (".jsonld", None, "json-ld"),
        (".nt", None, "nt"),
        (".rdf", None, "xml"),
        ("", "text/turtle", "turtle"),
        ("", "application/ld+json", "json-ld"),
        ("", "application/rdf+xml", "xml"),
        ("", "application/n-triples", "nt"),
    ],
)
def test_the_record_as_data(
    client: FlaskClient, suffix: str, accept: str | None, parser: str
) -> None:
    response = client.get(f"/record/{ID}{suffix}", headers={"Accept": accept} if accept else {})
    assert response.status_code == 200
    data = rdflib.Graph().parse(data=response.data, format=parser)
    record, outcome = rdflib.URIRef(f"{BASE}record/{ID}"), rdflib.URIRef(f"{BASE}outcome/{ID}")
    assert (record, FOAF.primaryTopic, outcome) in data
    assert (outcome, OG.code, rdflib.Literal("LAO226")) in data
    assert (outcome, OG.sdgTarget, rdflib.URIRef("http://metadata.un.org/sdg/1.3")) in data
    assert 'rel="alternate"' in response.headers["Link"]


def test_all_representations_say_the_same(client: FlaskClient) -> None:
    sizes = set()
    for suffix, parser in (
        (".ttl", "turtle"),
        (".jsonld", "json-ld"),
        (".nt", "nt"),
        (".rdf", "xml"),
    ):
        data = client.get(f"/record/{ID}{suffix}").data
        sizes.add(len(rdflib.Graph().parse(data=data, format=parser)))
    assert len(sizes) == 1


@pytest.mark.parametrize("suffix", ["", ".ttl", ".jsonld", ".nt", ".rdf", ".html"])
def test_the_outcome_sends_on_to_its_record(client: FlaskClient, suffix: str) -> None:
    response = client.get(f"/outcome/{ID}{suffix}")
    assert response.status_code == 303
    assert response.headers["Location"] == f"/record/{ID}{suffix}"
    assert client.get(f"/outcome/{ID}{suffix}", follow_redirects=True).status_code == 200


THINGS = [
    ("/country/LAO", SKOS.notation, rdflib.Literal("LAO")),
    ("/concept/step/1", SKOS.notation, rdflib.Literal("1")),
    ("/concept/indicator/2020-21/8.1.1", SKOS.notation, rdflib.Literal("8.1.1")),
    (f"/activity/{ID}/1", OG.place, rdflib.Literal("Thalat")),
    (f"/contribution/{ID}", OG.activity, rdflib.URIRef(f"{BASE}activity/{ID}/3")),
    ("/organisation/ilo", SKOS.prefLabel, None),
    ("/legal-act/LAO/2020/decree-224", None, None),
]


@pytest.mark.parametrize(("path", "predicate", "value"), THINGS, ids=[t[0] for t in THINGS])
def test_things_are_described(
    client: FlaskClient,
    path: str,
    predicate: rdflib.URIRef | None,
    value: rdflib.term.Node | None,
) -> None:
    thing = rdflib.URIRef(BASE + path.removeprefix("/"))
    for address in (path, f"{path}.ttl"):
        response = client.get(address)
        assert response.status_code == 200
        data = rdflib.Graph().parse(data=response.data, format="turtle")
        assert (thing, predicate, value) in data
    html = client.get(f"{path}.html")
    assert html.mimetype == "text/html"
    assert f"<code>{thing}</code>" in html.text


@pytest.mark.parametrize(
    "path",
    ["/country/LAO", "/concept/step/1", "/legal-act/LAO/2020/decree-224", "/organisation/ilo"],
)
def test_things_list_their_results(client: FlaskClient, path: str) -> None:
    assert f'href="/record/{ID}"' in page(client, path)


@pytest.mark.parametrize(
    "path",
    [
        "/country/XXX",
        "/country/",
        "/record/",
        "/record/a/b",
        "/record/..",
        "/record/%00",
        "/record/%FF",
        "/outcome/none.ttl",
        "/concept/step/9",
        "/concept/" + "x" * 5000,
        '/organisation/"><script>',
        "/source/" + "0" * 64,
        "/source/" + "0" * 64 + "?download",
        "/source/../../etc/passwd?download",
        "/ontology.docx",
        "/static/../app.py",
    ],
)
def test_what_is_not_there_is_404(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_source_document(client: FlaskClient) -> None:
    sha256 = hashlib.sha256(SEED.read_bytes()).hexdigest()
    described = client.get(f"/source/{sha256}")
    data = rdflib.Graph().parse(data=described.data, format="turtle")
    assert (None, OG.sha256, rdflib.Literal(sha256)) in data
    download = client.get(f"/source/{sha256}?download")
    assert download.data == SEED.read_bytes()
    assert download.headers["Content-Disposition"].startswith("attachment")
    assert download.headers["X-Content-Type-Options"] == "nosniff"


def test_home(client: FlaskClient) -> None:
    text = page(client, "/")
    assert f'href="/record/{ID}"' in text
    assert '<dt><a href="/results">result</a></dt><dd>1</dd>' in text
    assert '<dt><a href="/queries/results-by-country">country</a></dt><dd>1</dd>' in text
    assert 'href="/queries/outcomes"' in text


def test_records(client: FlaskClient) -> None:
    assert json.loads(client.get("/records").data) == [
        {"id": ID, "record": f"{BASE}record/{ID}", "outcome": f"{BASE}outcome/{ID}"}
    ]


def test_the_examples_on_the_pages_work(client: FlaskClient) -> None:
    links = re.findall(r'href="(/queries/[^"]+)"', page(client, "/"))
    links += re.findall(r'href="(/sparql\?query=[^"]+)"', page(client, "/sparql"))
    assert len(links) >= 16
    for link in links:
        response = client.get(link.replace("&amp;", "&"), headers={"Accept": "text/html"})
        assert response.status_code == 200
        assert 'class="alert"' not in response.text


@pytest.mark.parametrize("name", ["ontology", "shapes"])
def test_vocabulary_as_data(client: FlaskClient, name: str) -> None:
    sizes = set()
    for suffix, parser in (
        (".ttl", "turtle"),
        (".rdf", "xml"),
        (".nt", "nt"),
        (".jsonld", "json-ld"),
    ):
        response = client.get(f"/{name}{suffix}")
        assert response.status_code == 200
        sizes.add(len(rdflib.Graph().parse(data=response.data, format=parser)))
    assert len(sizes) == 1


def test_every_term_has_its_place_on_the_ontology_page(client: FlaskClient) -> None:
    data = rdflib.Graph().parse(data=client.get("/ontology.nt").data, format="nt")
    text = page(client, "/ontology")
    names = {
        str(s).rpartition("#")[2]
        for s in data.subjects(RDFS.isDefinedBy, None)
        if str(s).startswith(str(OG))
    }
    assert len(names) > 30
    missing = [name for name in names if f'id="{name}"' not in text]
    assert not missing


def test_context(client: FlaskClient) -> None:
    response = client.get("/context.jsonld")
    assert response.mimetype == "application/ld+json"
    assert "@context" in json.loads(response.data)


def test_the_shapes_page(client: FlaskClient) -> None:
    text = page(client, "/shapes")
    assert "violation" in text
    assert "warning" in text


# -- hostile texts --------------------------------------------------------------------------------

SCRIPT = "<script>alert(1)</script>"
HOSTILE = '"><img src=x onerror=alert(2)>'


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The service over a record whose texts hold markup."""
    folder = tmp_path_factory.mktemp("hostile")
    text = SEED.read_text("utf-8")
    text = text.replace(
        "The National Social Protection Strategy was officially launched",
        f"Launch {SCRIPT} {HOSTILE}",
    ).replace("Women have been the priority", f"Women {SCRIPT} have been the priority")
    (folder / "page.txt").write_text(text, "utf-8")
    with OutcomeGraph.open(folder / "store") as opened:
        summary = opened.load(folder / "page.txt")
        assert summary.committed, summary.to_text()
        yield create_app(opened).test_client()


@pytest.mark.parametrize(
    "path",
    [
        f"/record/{ID}",
        "/",
        "/country/LAO",
        f"/contribution/{ID}",
        "/sparql?query=SELECT%20%2A%20%7B%20%3Fs%20dcterms%3Atitle%20%3Fo%20%7D",
        "/sparql?query=DESCRIBE%20%3Chttps%3A%2F%2Fw3id.org%2Foutcome-graph%2Foutcome%2F"
        + ID
        + "%3E",
    ],
)
def test_texts_cannot_bring_script_into_a_page(hostile: FlaskClient, path: str) -> None:
    response = hostile.get(path, headers={"Accept": "text/html"})
    assert response.status_code == 200
    assert "<script" not in response.text
    assert "<img" not in response.text


def test_the_hostile_title_is_shown_as_text(hostile: FlaskClient) -> None:
    shown = hostile.get(f"/record/{ID}", headers={"Accept": "text/html"}).text
    assert "Launch &lt;script&gt;alert(1)&lt;/script&gt;" in shown


def test_a_bad_lang_parameter_falls_back_to_english(client: FlaskClient) -> None:
    text = page(client, f"/record/{ID}?lang=%22%3E%3Cscript%3E")
    assert "<script" not in text


def test_reports_can_link_to_every_field(client: FlaskClient) -> None:
    # Links of reports end in "#" and the field that a rule is about (ogs:field in the shapes).
    page = client.get("/record/LAO226-2020-21-8.1.1.html").text
    anchors = re.findall(r'\bid="([^"]+)"', page)
    assert len(anchors) == len(set(anchors))
    shown = {
        "titles", "country", "achieved_on", "achieved_in", "period_start", "code", "biennium",
        "indicator", "step", "visibility", "result_statement", "achievement", "legal_acts",
        "contribution", "gender_equality", "constituents", "funders", "projects", "branches",
        "sdg_goals", "sdg_targets", "source", "evidence", "id",
    }  # fmt: skip
    assert shown <= set(anchors)


def test_the_form_says_what_a_page_looks_like(client: FlaskClient) -> None:
    text = page(client, "/validate")
    assert 'aria-describedby="hint"' in text
    hint = re.search(r'<p id="hint">(.*?)</p>', text)
    assert hint
    assert all(h in hint[1] for h in ("Outcome summary", "Outcome achieved"))
