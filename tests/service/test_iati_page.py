"""The page of a result published in IATI: its indicators, shares and partners, for an officer.

Expected words and figures are read off the small activity file that the tests of the reader use.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from outcome_graph.pipeline import OutcomeGraph
from outcome_graph.service import create_app

RESULT = """
<result type="1"><title><narrative>Clinics open at night</narrative></title>
<indicator measure="1" ascending="1"><title><narrative>Visits</narrative></title>
<baseline year="2020" value="1500"/>
<period><period-start iso-date="2021-01-01"/><period-end iso-date="2021-12-31"/>
<target value="20000"><dimension name="sex" value="female"/></target>
<actual value="15000"><dimension name="sex" value="female"/>
<comment><narrative>Two clinics shut</narrative></comment></actual></period></indicator>
<indicator measure="2" ascending="0"><title><narrative>Waits over an hour</narrative></title>
<period><period-start iso-date="2021-01-01"/><period-end iso-date="2021-12-31"/>
<target value="10"/><actual value="20"/></period></indicator>
<indicator measure="5"><title><narrative>What patients say</narrative></title></indicator></result>
"""
ACTIVITY = f"""<?xml version="1.0" encoding="UTF-8"?>
<iati-activities version="2.03"><iati-activity xml:lang="en">
<iati-identifier>AA-AAA-1-NIGHT</iati-identifier>
<reporting-org ref="AA-AAA-1" type="21"><narrative>Night Health</narrative></reporting-org>
<title><narrative>Night clinics</narrative></title>
<description><narrative>Nurses work in shifts.</narrative></description>
<participating-org role="1"><narrative>Moon Fund</narrative></participating-org>
<participating-org role="4"><narrative>Lamp Society</narrative></participating-org>
<activity-status code="2"/><activity-date iso-date="2020-06-01" type="2"/>
<recipient-country code="KE" percentage="62.5"/><recipient-region code="89" percentage="37.5"/>
<sector code="12220" percentage="100"/>
<policy-marker code="1" significance="0"/>
{RESULT}</iati-activity></iati-activities>"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A service with an activity whose result has titles in four languages."""
    folder = tmp_path_factory.mktemp("project")
    file = folder / "night.xml"
    titles = "".join(
        f'<narrative xml:lang="{language}">{title}</narrative>'
        for language, title in (("es", "Abierto"), ("fr", "Ouvert"), ("am", "ክፍት"))
    )
    title = "<narrative>Clinics open at night</narrative>"
    file.write_text(ACTIVITY.replace(title, title + titles), encoding="utf-8")
    with OutcomeGraph.open(folder / "store") as graph:
        graph.load(file)
        yield create_app(graph).test_client()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("iati")
    file = folder / "night.xml"
    file.write_text(ACTIVITY, encoding="utf-8")
    with OutcomeGraph.open(folder / "store") as graph:
        summary = graph.load(file)
        client: FlaskClient = create_app(graph).test_client()
        answer = client.get(f"/record/{summary.committed[0].id}", headers={"Accept": "text/html"})
        assert answer.status_code == 200
        yield answer.text


def words(markup: str) -> str:
    """The text of markup, with one space between words."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def rows(page: str) -> list[list[str]]:
    """The cells of the tables of indicators."""
    found = re.findall(r"<tr>(.*?)</tr>", page, re.S)
    return [[words(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)] for row in found]


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Clinics open at night"), ("fr", "Ouvert"), ("es", "Abierto")]
)
def test_a_result_is_listed_by_its_title_in_the_language_of_the_page(
    project: FlaskClient, language: str, title: str
) -> None:
    address = f"/project/aa-aaa-1-night?lang={language}"
    page = project.get(address, headers={"Accept": "text/html"}).text
    row = re.findall(r"<tr><th scope=.row.>.*?</tr>", page, re.S)[0]
    assert title in words(row)
    # It has no day of its own, but a period.
    assert "2021" in words(row)


@pytest.mark.parametrize("language", ["fr", "es"])
def test_words_of_the_page_are_in_its_language(project: FlaskClient, language: str) -> None:
    listed = project.get("/project/aa-aaa-1-night", headers={"Accept": "text/html"}).text
    record = re.findall(r"/record/AA-AAA-1-NIGHT-[0-9a-f]{10}", listed)[0]
    headers = {"Accept": "text/html", "Accept-Language": language}
    shown = words(project.get(record, headers=headers).text)
    spoken = {
        "fr": ("Indicateurs", "Cible", "Réel / cible", "plus vaut mieux", "mise en œuvre, depuis"),
        "es": ("Indicadores", "Meta", "Real / meta", "más es mejor", "en ejecución, desde"),
    }
    for expected in spoken[language]:
        assert expected in shown
    english = ("Indicators", "Target", "Measured", "Kind of result", "Reported by", "partners")
    for word in (*english, "not an aim", "Baseline", "Countries and regions", "reported in IATI"):
        assert word not in shown


def test_values_stand_in_a_table_for_each_indicator(page: str) -> None:
    assert rows(page) == [
        ["When", "Of whom, where", "Target", "Actual", "Actual of target"],
        ["Baseline, 2020", "", "", "1500", ""],
        [
            "2021 Actual: Two clinics shut",
            "sex: female",
            "20 000",
            "15 000",
            "75 %",
        ],
        # Where less is better, the share of the target would say the contrary.
        ["When", "Target", "Actual"],
        ["2021", "10 %", "20 %"],
    ]
    assert "What patients say" in page
    assert "No values recorded." in page


@pytest.mark.parametrize(
    "fact",
    [
        "Kind of result Output",
        "Reported by Night Health",
        "Implementing partners Lamp Society",
        "Funders Moon Fund",
        "Countries and regions Kenya 62.5 % ; Europe and Central Asia (regional) 37.5 %",
        "Sectors 12220 100 %",
        "Gender equality not an aim of the activity (marker 0)",
        "The activity implementation, from 2020-06-01",
        "Measured as: a number, more is better",
        "Measured as: a percentage, less is better",
        "Nurses work in shifts.",
    ],
)
def test_what_the_activity_says_is_told_in_words(page: str, fact: str) -> None:
    assert fact in words(page)


def test_parts_that_only_country_programmes_have_are_left_out(page: str) -> None:
    for heading in ("Legal acts", "Contribution", "Constituents and partners"):
        assert f">{heading}" not in page
