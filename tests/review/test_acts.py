"""Correcting a proposed legal act: by its kind and number, with the year or the country."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from outcome_graph.errors import RecordError
from outcome_graph.pipeline import OutcomeGraph
from outcome_graph.pipeline.reviewing import Filters, Order, Reviewer

from .conftest import BASE, PRY

ASKING = "PRY777-2022-23-8.2.1"
#: What the record of the fixtures tells of: "Resolución núm. 1234" of 30 November 2023.
KNOWN = "PRY/2023/resolution-1234"
_DECREE = """
    <legal-act/PRY/2022/decree-77> a og:LegalAct , eli:LegalResource ;
        eli:id_local "77" ;
        eli:type_document <concept/legal-act-type/decree> ;
        og:year "2022"^^xsd:gYear ;
        eli:jurisdiction <country/PRY> ;
        dcterms:title "Decreto núm. 77"@es .

    <source/"""


def _block(text: str, start: str) -> str:
    """What is said of a thing."""
    return text[text.index(start) :].partition(" .\n")[0] + " .\n"


@pytest.fixture
def asking(graph: OutcomeGraph, tmp_path: Path) -> OutcomeGraph:
    """A second record, which states no act and proposes a decree that no other record tells of."""
    text = PRY.read_text("utf-8").replace("PRY126", "PRY777")
    text = text.replace("El registro de afiliados se puso en servicio", "Otro resultado")
    proposed = "rdf:predicate og:constituent ;\n        rdf:object <organisation/pry-mesa"
    for left_out in (
        "        og:legalAct <legal-act/PRY/2023/resolution-1234> ;\n",
        " ,\n            <record/PRY777-2022-23-8.2.1#evidence-2>",
        _block(text, "<legal-act/PRY/2023/resolution-1234> a"),
        _block(text, "<record/PRY777-2022-23-8.2.1#evidence-2> a"),
        _block(text, "<organisation/pry-mesa-interinstitucional> a"),
    ):
        assert left_out in text
        text = text.replace(left_out, "")
    assert proposed in text
    text = text.replace(
        f"{proposed}-interinstitucional>",
        "rdf:predicate og:legalAct ;\n        rdf:object <legal-act/PRY/2022/decree-77>",
    )
    text = text.replace("\n    <source/", _DECREE, 1)
    path = tmp_path / "PRY777.trig"
    path.write_text(text, "utf-8")
    assert graph.load(path).exit_code == 0
    assert graph.record(ASKING).legal_acts == ()
    return graph


def key(graph: OutcomeGraph) -> str:
    (item,) = Reviewer(graph).pending(Filters(property="legalAct"))
    return item.id


def correct(graph: OutcomeGraph, to: str) -> list[str]:
    Reviewer(graph).decide([Order(key(graph), "correct", to)], agent="ana")
    return [act.key for act in graph.record(ASKING).legal_acts]


@pytest.mark.parametrize(
    "words",
    [
        "Resolución núm. 1234 de 2023",
        "Resolution No. 1234 of 2023",
        "Resolution 1234/2023, Paraguay",
        "Resolución N° 1234 del 30 de noviembre de 2023",
        "Resolución 1234",  # the only one of its number
        "new: Resolution No. 1234 of 2023",
        f"{BASE}legal-act/{KNOWN}",
    ],
)
def test_a_known_act_is_found_by_kind_and_number(asking: OutcomeGraph, words: str) -> None:
    assert correct(asking, words) == [KNOWN]
    (act,) = asking.record(ASKING).legal_acts
    # As the record that tells of it describes it.
    assert (act.number, str(act.titles[0])) == ("1234", "Resolución núm. 1234")


def test_an_act_that_no_record_tells_of_is_named_as_new(asking: OutcomeGraph) -> None:
    with pytest.raises(RecordError, match="write “new: Ley N° 7446 de 2025”"):
        correct(asking, "Ley N° 7446 de 2025")
    assert correct(asking, "new: Ley N° 7446 de 2025") == ["PRY/2025/law-7446"]


def test_an_act_of_another_country_is_named_with_it(asking: OutcomeGraph) -> None:
    assert correct(asking, "new: Ley N° 27360 de 2000, Perú") == ["PER/2000/law-27360"]


def test_what_is_not_clear_is_told_with_the_acts_that_come_near(asking: OutcomeGraph) -> None:
    with pytest.raises(RecordError) as caught:
        correct(asking, "Resolución núm. 1235 de 2023")
    (choice,) = caught.value.problems
    assert choice == f"Resolución núm. 1234 <{BASE}legal-act/{KNOWN}>"


@pytest.mark.parametrize("words", ["the act on registers", "1234", "new: something"])
def test_words_that_name_no_act_are_refused(asking: OutcomeGraph, words: str) -> None:
    with pytest.raises(RecordError, match="names no legal act"):
        correct(asking, words)


def test_what_is_proposed_is_accepted_not_corrected(asking: OutcomeGraph) -> None:
    with pytest.raises(RecordError, match="accept it instead"):
        correct(asking, "Decreto N° 77 de 2022")


def test_the_page_offers_the_acts_of_the_country(asking: OutcomeGraph, client: FlaskClient) -> None:
    page = client.get("/review?property=legalAct", headers={"Accept": "text/html"}).text
    assert 'list="acts-PRY"' in page
    assert '<datalist id="acts-PRY">' in page
    assert f'<option value="{BASE}legal-act/{KNOWN}">Resolución núm. 1234</option>' in page
    # What is only proposed is no act of the country yet.
    assert "decree-77</option>" not in page


def test_over_http(asking: OutcomeGraph, client: FlaskClient, secret: str) -> None:
    headers = {"Authorization": f"Bearer {secret}", "Accept": "application/json"}
    refused = client.post(
        f"/review/{key(asking)}",
        json={"decision": "correct", "to": "Resolución núm. 1235 de 2023"},
        headers=headers,
    )
    assert refused.status_code == 422
    assert KNOWN in refused.get_json()["detail"]
    made = client.post(
        f"/review/{key(asking)}",
        json={"decision": "correct", "to": "Resolution No. 1234 of 2023"},
        headers=headers,
    )
    assert made.status_code == 200
    (decision,) = made.get_json()["decisions"]
    assert decision["replacement"] == f"{BASE}legal-act/{KNOWN}"
