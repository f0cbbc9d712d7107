"""``/results``: finding results. Expected values are those of the records that were loaded."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from outcome_graph.bench.records import synthetic_records, write_dataset
from outcome_graph.model import OutcomeRecord
from outcome_graph.pipeline import OutcomeGraph
from outcome_graph.service import create_app, results_page
from outcome_graph.service.results_page import PER_PAGE

SEED = Path(__file__).parents[2] / "data" / "outcomes" / "LAO226-2020-21-8.1.1.txt"
SEED_ID = "LAO226-2020-21-8.1.1"
SEED_TITLE = "The National Social Protection Strategy was officially launched"
COUNT = PER_PAGE + 10

#: Another script and a target without its goal; a year without its day and signs of markup.
ROWS = (
    {
        "Language": "ar",
        "Code": "JOR501",
        "Country": "Jordan",
        "Title": "اعتماد الاستراتيجية الوطنية",
        "Date achieved": "2021-05-17",
        "Biennium": "2020-21",
        "Step": "1",
        "Outcome achieved": "اعتمد مجلس الوزراء الاستراتيجية.",
        "SDG targets": "1.3",
    },
    {
        "Language": "en",
        "Code": "MOZ502",
        "Country": "Mozambique",
        "Title": "A <b>scheme</b> & its law",
        "Year achieved": "2019",
        "Biennium": "2018-19",
        "Step": "2",
        "Outcome achieved": "Parliament passed Act 100% ready.",
        "SDG goals": "3",
        "SDG targets": "3.8",
    },
)
SHARED = {"Contributors": "ILO", "Indicator": "8.1.1", "Visibility": "Public"}


def write_rows(path: Path) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, sorted({name for row in ROWS for name in (*row, *SHARED)}))
        writer.writeheader()
        writer.writerows({**SHARED, **row} for row in ROWS)


@pytest.fixture(scope="module")
def made() -> list[OutcomeRecord]:
    return list(synthetic_records(COUNT, seed=5))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("results")
    write_dataset(folder / "made.nq", COUNT, seed=5)
    write_rows(folder / "odd.csv")
    with OutcomeGraph.open(folder / "store") as graph:
        summary = graph.load(folder / "made.nq", folder / "odd.csv", SEED)
        assert len(summary.committed) == COUNT + 3, summary.to_text()
        yield create_app(graph).test_client()


def page(client: FlaskClient, query: str, status: int = 200) -> str:
    response = client.get(f"/results{query}", headers={"Accept": "text/html"})
    assert response.status_code == status, response.text
    return response.text


def listed(text: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/record/([^"?]+)', text)


def rows(client: FlaskClient, query: str) -> list[dict[str, str]]:
    response = client.get(f"/results{query}", headers={"Accept": "text/csv"})
    assert response.status_code == 200, response.text
    return list(csv.DictReader(io.StringIO(response.text)))


def test_all_are_listed_page_by_page(client: FlaskClient, made: list[OutcomeRecord]) -> None:
    first, second = page(client, ""), page(client, "?page=2")
    assert f"{COUNT + 3} results" in first
    assert 'rel="next"' in first
    assert 'rel="prev"' in second
    everything = listed(first) + listed(second)
    assert len(listed(first)) == PER_PAGE
    assert len(everything) == COUNT + 3
    assert {*everything} == {*(r.id for r in made), SEED_ID, *_odd()}


def test_the_newest_come_first_also_with_a_year_alone(client: FlaskClient) -> None:
    dates = [row["achieved"] for row in rows(client, "")]
    assert dates == sorted(dates, reverse=True)
    assert "2019" in dates


def _odd() -> tuple[str, str]:
    return "JOR501-2020-21-8.1.1", "MOZ502-2018-19-8.1.1"


@pytest.mark.parametrize(
    "query",
    [
        "?words=officially+launched",
        "?words=LAUNCHED+strategy+disseminated",
        "?words=LAO226",
        "?words=nsps+laos",
        "?words=lao+pdr&biennium=2020-21&target=1.3",
        "?country=Laos&words=NSPS",
        "?country=lao&words=NSPS",
        "?funder=lux-government-of-luxembourg&words=roadmap",
    ],
)
def test_the_seed_is_found(client: FlaskClient, query: str) -> None:
    assert listed(page(client, query)) == [SEED_ID]
    assert [row["id"] for row in rows(client, query)] == [SEED_ID]


def test_a_goal_finds_what_serves_its_targets(client: FlaskClient) -> None:
    """JOR501 names target 1.3 and no goal."""
    found = {row["id"] for row in rows(client, "?target=1")}
    assert {SEED_ID, "JOR501-2020-21-8.1.1"} <= found
    assert "MOZ502-2018-19-8.1.1" not in found


def test_choices_say_how_many(client: FlaskClient, made: list[OutcomeRecord]) -> None:
    in_biennium = sum(1 for r in made if r.biennium == "2020-21") + 2
    text = page(client, "")
    assert f'<option value="2020-21">Biennium 2020-21 ({in_biennium})</option>' in text
    narrowed = page(client, "?biennium=2020-21")
    assert f"{in_biennium} results" in narrowed
    # The other bienniums can still be chosen; countries are counted within this one.
    assert '<option value="2018-19">' in narrowed
    of_laos = sum(1 for r in made if r.country == "LAO" and r.biennium == "2020-21") + 1
    assert f'<option value="LAO">Lao People&#39;s Democratic Republic ({of_laos})' in narrowed


def test_a_long_list_of_choices_is_cut_to_the_most_telling(
    client: FlaskClient, made: list[OutcomeRecord], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results_page, "MOST_CHOICES", 1)
    bienniums = Counter([*(r.biennium for r in made), "2020-21", "2020-21", "2018-19"])
    ((most, count),) = bienniums.most_common(1)
    text = page(client, "?biennium=2012-13&lang=en")
    assert f'<option value="{most}">Biennium {most} ({count})</option>' in text
    assert '<option value="2012-13" selected>' in text
    assert not any(f'<option value="{b}"' in text for b in bienniums if b != most)


def test_the_table_has_what_the_source_says(client: FlaskClient) -> None:
    (row,) = rows(client, "?words=LAO226")
    assert row == {
        "id": SEED_ID,
        "title": SEED_TITLE,
        "countryCode": "LAO",
        "countryName": "Lao People's Democratic Republic",
        "achieved": "2020-04-01",
        "bienniumCode": "2020-21",
        "targets": "1.3",
        "funders": "Government of Luxembourg",
        "region": "",
    }


SHARED_RESULT = """<iati-activities version="2.03"><iati-activity>
<iati-identifier>XM-DAC-7-11</iati-identifier>
<reporting-org ref="XM-DAC-7" type="10"><narrative xml:lang="en">A donor</narrative></reporting-org>
<title><narrative xml:lang="en">Portable benefits</narrative></title>
<activity-date type="4" iso-date="2021-03-01"/>
<recipient-country code="KE" percentage="60"/><recipient-country code="UG" percentage="40"/>
<result type="2"><title><narrative xml:lang="en">Two countries agreed</narrative></title>
<description><narrative xml:lang="en">Pensions move with workers.</narrative></description></result>
</iati-activity></iati-activities>"""


def test_results_of_several_countries_are_found_by_each_and_by_their_region(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.xml").write_text(SHARED_RESULT, "utf-8")
    with OutcomeGraph.open(tmp_path / "store") as graph:
        assert len(graph.load(tmp_path / "a.xml", SEED).committed) == 2
        client = create_app(graph).test_client()
        ids = [listed(page(client, f"?country={code}")) for code in ("KEN", "Uganda", "Africa")]
        assert ids[0] == ids[1] == ids[2]
        assert len(ids[0]) == 1
        assert listed(page(client, "?words=uganda")) == ids[0]
        assert listed(page(client, "?country=LAO")) == [SEED_ID]
        text = page(client, "?lang=en")
        assert ">Africa (regional)</a></td>" in text
        assert '<option value="RAF">Africa (regional) (1)</option>' in text
        assert '<option value="KEN">Kenya (1)</option>' in text
        assert '<option value="RAF" selected>' in page(client, "?country=Africa")
        home = client.get("/?lang=en", headers={"Accept": "text/html"}).text
        assert ">countries</a></dt><dd>3</dd>" in home
        (row,) = rows(client, "?country=KEN")
        assert (row["countryCode"], row["region"]) == ("", "Africa (regional)")


def test_nothing_found_says_what_to_do(client: FlaskClient) -> None:
    text = page(client, "?words=zebra")
    assert "0 results" in text
    assert "Remove all filters" in text
    assert "The last is page 2.</a>" in page(client, "?page=99")


@pytest.mark.parametrize(
    "query",
    ["?country=XX", "?target=99.9", "?target=%3E%20%7D", "?funder=%00%22", "?biennium=%3Cx%3E"],
)
def test_unknown_values_find_nothing(client: FlaskClient, query: str) -> None:
    assert listed(page(client, query)) == []


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "No country or region is called “Nowhere”."),
        ("fr", "Aucun pays ni aucune région ne s’appelle «\xa0Nowhere\xa0»."),
        ("es", "Ningún país ni región se llama «Nowhere»."),
    ],
)
def test_a_country_that_is_not_known_is_told(client: FlaskClient, language: str, told: str) -> None:
    assert told in page(client, f"?country=Nowhere&lang={language}")


def test_a_country_that_is_not_known_is_told_in_tables(client: FlaskClient) -> None:
    answer = client.get("/results?country=Frence&format=json")
    assert answer.status_code == 200
    assert answer.json["results"]["bindings"] == []
    said = "No country or region is called “Frence”. Is France meant?"
    assert answer.json["note"] == said
    assert f"<!-- note: {said} -->" in client.get("/results?country=Frence&format=xml").text
    # One that is known and has no results is something else.
    assert "note" not in client.get("/results?country=Iceland&format=json").json
    assert "No country" not in page(client, "?country=Iceland")


@pytest.mark.parametrize(
    "query", ["?page=0", "?page=x", "?page=-1", "?page=00000000019999999999", f"?words={'x' * 300}"]
)
def test_what_is_no_selection(client: FlaskClient, query: str) -> None:
    assert "Error 400" in page(client, query, 400)


def test_words_are_words_not_patterns(client: FlaskClient) -> None:
    assert [row["id"] for row in rows(client, "?words=100%25")] == ["MOZ502-2018-19-8.1.1"]
    assert rows(client, "?words=.*") == []
    assert rows(client, '?words="%27}') == []


def test_titles_are_text_and_other_scripts_are_marked(client: FlaskClient) -> None:
    assert "A &lt;b&gt;scheme&lt;/b&gt; &amp; its law" in page(client, "?words=MOZ502")
    assert '<span lang="ar" dir="rtl">اعتماد' in page(client, "?words=JOR501")


def test_the_language_goes_along(client: FlaskClient) -> None:
    text = page(client, "?lang=fr")
    assert 'href="/sparql?lang=fr"' in text
    assert 'href="?page=2&amp;lang=fr"' in text
    assert "République démocratique populaire lao" in text
    assert '<input type="hidden" name="lang" value="fr">' in text


def test_goals_have_a_page_with_their_results(client: FlaskClient) -> None:
    response = client.get("/sdg/1", headers={"Accept": "text/html"})
    assert f'href="/record/{SEED_ID}"' in response.text
    assert 'href="/record/JOR501-2020-21-8.1.1"' in response.text
    assert "SDG goal 1" in response.text
    assert 'href="http://metadata.un.org/sdg/1"' in response.text
    assert 'href="/results?target=1"' in response.text
    assert 'href="/sdg/1.3"' in response.text
    turtle = client.get("/sdg/1.3.ttl")
    assert turtle.mimetype == "text/turtle"
    assert "sdg:1.3" in turtle.text or "http://metadata.un.org/sdg/1.3" in turtle.text
    assert client.get("/sdg/99.9").status_code == 404
    assert client.get("/sdg/%3Cx%3E").status_code == 404


def test_a_goal_that_only_its_target_names_has_its_words(client: FlaskClient) -> None:
    text = client.get("/record/JOR501-2020-21-8.1.1", headers={"Accept": "text/html"}).text
    assert "No poverty" in text
    assert 'lang="ar" dir="rtl"' in text
    assert 'href="/record/JOR501-2020-21-8.1.1/history"' in text


def test_things_are_told_in_words(client: FlaskClient) -> None:
    text = client.get("/country/LAO", headers={"Accept": "text/html"}).text
    assert 'href="/results?country=LAO"' in text
    assert "1 April 2020" in text
    assert "other names" in text
    assert "skos:" not in text
    assert "rdf:type" not in text


def links(answer: TestResponse) -> dict[str, str]:
    """Return the addresses in ``Link`` by their relation (RFC 8288)."""
    found = re.findall(r'<([^>]*)>; rel="(\w+)"', answer.headers.get("Link", ""))
    return {relation: address for address, relation in found}


def test_records_are_had_part_by_part(client: FlaskClient) -> None:
    whole = client.get("/records")
    assert links(whole) == {}
    parts, answer = [], client.get("/records?limit=25")
    last = links(answer)["last"]
    while True:
        parts.append(answer.json)
        following = links(answer).get("next")
        if following is None:
            break
        answer = client.get(following)
    assert [len(part) for part in parts] == [25, 25, len(whole.json) - 50]
    assert [item for part in parts for item in part] == whole.json
    assert client.get(last).json == parts[-1]
    assert client.get(links(answer)["prev"]).json == parts[-2]
    assert client.get(links(answer)["first"]).json == parts[0]
    assert client.get("/records?offset=60").json == whole.json[60:]
    beyond = client.get("/records?limit=25&offset=1000")
    assert beyond.json == []
    assert "next" not in links(beyond)


@pytest.mark.parametrize("query", ["?limit=0", "?limit=-1", "?limit=x", "?offset=-1", "?offset=²"])
def test_what_is_no_part_of_the_records(client: FlaskClient, query: str) -> None:
    assert client.get(f"/records{query}").status_code == 400
