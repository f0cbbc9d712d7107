"""The same question of several records: asked once, settled by one decision where that is meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from outcome_graph.cli import cli
from outcome_graph.errors import RecordError
from outcome_graph.pipeline import OutcomeGraph
from outcome_graph.pipeline.reviewing import Filters, Order, Reviewer

from .conftest import BASE, PRY, PRY_ID

OTHERS = ("PRY777-2022-23-8.2.1", "PRY778-2022-23-8.2.1")
SPAIN = f"{BASE}organisation/esp-government-of-spain"


def copied(folder: Path, code: str, country: str = "PRY") -> Path:
    """The record under another code: its words propose the same."""
    text = PRY.read_text("utf-8").replace("PRY126", code).replace("PRY", country)
    text = text.replace("El registro de afiliados se puso en servicio", f"Resultado {code}")
    path = folder / f"{code}.trig"
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def three(graph: OutcomeGraph, tmp_path: Path) -> OutcomeGraph:
    """A graph with three records of Paraguay, and one of Bolivia, whose words propose Spain."""
    for code in ("PRY777", "PRY778"):
        assert graph.load(copied(tmp_path, code)).exit_code == 0
    assert graph.load(copied(tmp_path, "BOL779", "BOL")).exit_code == 0
    return graph


def asked(graph: OutcomeGraph) -> dict[str, tuple[str, int]]:
    found = Reviewer(graph).groups(Filters(property="funder"))
    return {item.place or "": (item.record, item.records) for item in found}


def states_spain(graph: OutcomeGraph, *records: str) -> set[bool]:
    slug = SPAIN.rsplit("/", 1)[-1]
    return {slug in {o.slug for o in graph.record(record).funders} for record in records}


def key_of(graph: OutcomeGraph, record: str = PRY_ID) -> str:
    (item,) = Reviewer(graph).pending(Filters(property="funder", record=record))
    return item.id


def test_the_same_words_of_a_country_are_asked_about_once(three: OutcomeGraph) -> None:
    assert asked(three) == {"PRY": (PRY_ID, 3), "BOL": ("BOL779-2022-23-8.2.1", 1)}
    reviewer = Reviewer(three)
    funders = Filters(property="funder")
    assert (reviewer.count(funders), reviewer.count(funders, grouped=True)) == (4, 2)
    first, second = reviewer.groups(funders, limit=1), reviewer.groups(funders, limit=1, offset=1)
    assert {first[0].place, second[0].place} == {"PRY", "BOL"}


def test_one_decision_settles_all(three: OutcomeGraph) -> None:
    made = Reviewer(three).decide([Order(key_of(three), "accept", everywhere=True)], agent="ana")
    assert {d.record_id for d in made} == {PRY_ID, *OTHERS}
    assert states_spain(three, PRY_ID, *OTHERS) == {True}
    # Another country is another question.
    assert states_spain(three, "BOL779-2022-23-8.2.1") == {False}
    assert set(asked(three)) == {"BOL"}
    # Undoing the one that was made undoes what it brought about.
    Reviewer(three).decide([Order(made[0].key, "undo", record=PRY_ID)], agent="ben")
    assert states_spain(three, PRY_ID, *OTHERS) == {False}
    assert asked(three)["PRY"] == (PRY_ID, 3)


def test_without_everywhere_one_record_is_decided(three: OutcomeGraph) -> None:
    Reviewer(three).decide([Order(key_of(three), "reject")], agent="ana")
    assert asked(three)["PRY"] == (OTHERS[0], 2)


def test_another_decision_given_with_it_holds(three: OutcomeGraph) -> None:
    orders = [
        Order(key_of(three), "accept", everywhere=True),
        Order(key_of(three, OTHERS[0]), "reject"),
    ]
    Reviewer(three).decide(orders, agent="ana")
    assert states_spain(three, PRY_ID, OTHERS[1]) == {True}
    assert states_spain(three, OTHERS[0]) == {False}


def test_a_correction_settles_all(three: OutcomeGraph) -> None:
    order = Order(key_of(three), "correct", to="AECID", everywhere=True)
    Reviewer(three).decide([order], agent="ana")
    for record in (PRY_ID, *OTHERS):
        assert "aecid" in {o.slug for o in three.record(record).funders}


def test_all_or_none(three: OutcomeGraph) -> None:
    order = Order(key_of(three), "correct", to="Nobody Knows Them", everywhere=True)
    with pytest.raises(RecordError):
        Reviewer(three).decide([order], agent="ana")
    assert asked(three)["PRY"] == (PRY_ID, 3)


def test_over_http(three: OutcomeGraph, client: FlaskClient, secret: str) -> None:
    json = {"Accept": "application/json"}
    listed = client.get("/review?property=funder&grouped=true", headers=json).get_json()
    assert listed["total"] == 2
    assert {c["place"]: c["records"] for c in listed["candidates"]} == {"PRY": 3, "BOL": 1}
    single = client.get("/review?property=funder", headers=json).get_json()
    assert (single["total"], {c["records"] for c in single["candidates"]}) == (4, {1})
    key = next(c["id"] for c in listed["candidates"] if c["place"] == "PRY")
    answer = client.post(
        f"/review/{key}",
        json={"decision": "accept", "everywhere": True},
        headers={"Authorization": f"Bearer {secret}"},
    )
    assert answer.status_code == 200
    assert len(answer.get_json()["decisions"]) == 3
    assert states_spain(three, PRY_ID, *OTHERS) == {True}


@pytest.mark.parametrize(
    ("path", "body"),
    [("/review?grouped=yes", None), ("/review/00", {"decision": "accept", "everywhere": "yes"})],
)
def test_what_is_neither_true_nor_false_is_refused(
    path: str, body: dict[str, str] | None, client: FlaskClient, secret: str
) -> None:
    headers = {"Authorization": f"Bearer {secret}", "Accept": "application/json"}
    answer = (
        client.get(path, headers=headers)
        if body is None
        else client.post(path, json=body, headers=headers)
    )
    assert answer.status_code == 400
    assert "true or false" in answer.get_json()["detail"]


def test_the_page_asks_once_and_decides_for_all(
    three: OutcomeGraph, client: FlaskClient, secret: str
) -> None:
    page = client.get("/review?property=funder", headers={"Accept": "text/html"}).text
    assert page.count("<fieldset") == 2
    assert "Decide so in all 3 records of the country" in page
    key = key_of(three)
    form = {f"decision-{key}": "accept", f"record-{key}": PRY_ID, "token": secret}
    home = {"Origin": "http://localhost"}
    client.post("/review", data={**form, f"everywhere-{key}": "true"}, headers=home)
    assert states_spain(three, PRY_ID, *OTHERS) == {True}


def test_the_page_decides_for_one_where_the_box_is_empty(
    three: OutcomeGraph, client: FlaskClient, secret: str
) -> None:
    key = key_of(three)
    form = {f"decision-{key}": "accept", f"record-{key}": PRY_ID, "token": secret}
    client.post("/review", data=form, headers={"Origin": "http://localhost"})
    assert states_spain(three, PRY_ID) == {True}
    assert states_spain(three, *OTHERS) == {False}


def test_on_the_command_line(three: OutcomeGraph, store: Path) -> None:
    key = key_of(three)
    three.close()

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(cli, ["--store", str(store), "review", *arguments])
        assert result.exit_code == 0, result.output
        return result.output

    assert f"in {PRY_ID} and 2 more (Paraguay)" in run("list", "--grouped", "--property", "funder")
    assert run("accept", key, "--everywhere").count("accepted") == 3
