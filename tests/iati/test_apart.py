"""Results that publishers title alike are told apart in lists and headings; their RDF stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from iati.conftest import activity, document
from outcome_graph import OutcomeGraph
from outcome_graph.namespaces import IriMinter
from outcome_graph.service.app import create_app

TAGS = '<tag vocabulary="3" code="1.3"/>'
ACT = "Law No. 12 of 2019 on social insurance"


def result(indicator: str, *more: str) -> str:
    """A result with a title that says nothing."""
    indicators = "".join(
        f'<indicator measure="1"><title><narrative>{name}</narrative></title></indicator>'
        for name in (indicator, *more)
    )
    return f'<result type="1"><title><narrative>Output 1.1</narrative></title>{indicators}</result>'


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, seed: Path) -> Iterator[FlaskClient]:
    """A service over activities whose results are titled alike, and a result page."""
    folder = tmp_path_factory.mktemp("apart")
    link = (
        f'<document-link format="text/html" url="https://x.example/a"><title><narrative>{ACT}'
        '</narrative></title><category code="A12"/></document-link>'
    )
    wells, nurses = (
        activity(name, inner=TAGS, results=result(*indicators) + extra).replace(
            "An activity", title
        )
        for name, title, indicators, extra in (
            ("AA-AAA-1-W", "Wells for villages", ("Wells dug", "Families with water"), link),
            ("AA-AAA-1-N", "Nurses in schools", ("#",), result("Nurses <i>employed</i>")),
        )
    )
    file = folder / "alike.xml"
    file.write_bytes(document(wells, nurses.replace("<i>", "&lt;i&gt;").replace("</i>", "")))
    with OutcomeGraph.open(folder / "store") as graph:
        assert graph.load(file, seed).refused == ()
        yield create_app(graph).test_client()


def told(client: FlaskClient, path: str) -> list[str]:
    """What a page tells of each result beside its title."""
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    parts = re.findall(r'<span class="apart">(.*?)</span>', answer.get_data(as_text=True), re.S)
    return sorted(parts)


EVERY = ["Nurses &lt;i&gt;employed · Nurses in schools", "Nurses in schools", "Wells for villages"]


@pytest.mark.parametrize("path", ["/", "/results?words=output", "/sdg/1.3", "/country/KHM"])
def test_lists_name_the_only_indicator_and_the_activity(client: FlaskClient, path: str) -> None:
    """Several indicators tell nothing, nor does a sign for a unit."""
    assert told(client, path) == EVERY


def test_the_page_of_an_activity_does_not_name_it_again(client: FlaskClient) -> None:
    path = IriMinter().project("AA-AAA-1-N").value.removeprefix(IriMinter().base)
    assert told(client, f"/{path}") == ["Nurses &lt;i&gt;employed"]


def test_review_names_the_activity(client: FlaskClient) -> None:
    assert "Wells for villages" in told(client, "/review")


def test_the_heading_of_a_record_is_followed_by_what_tells_it_apart(client: FlaskClient) -> None:
    found = client.get("/results?words=output", headers={"Accept": "text/html"})
    paths = re.findall(r'href="(/record/AA-AAA-1-W[^"]*)"', found.get_data(as_text=True))
    page = client.get(paths[0], headers={"Accept": "text/html"}).get_data(as_text=True)
    assert told(client, paths[0]) == ["Wells for villages"]
    assert re.search(r"<h1[^>]*>Output 1.1</h1>", page)
    assert "<title>Output 1.1 · Wells for villages – " in page
    turtle = client.get(f"{paths[0]}.ttl").get_data(as_text=True)
    assert 'dcterms:title "Output 1.1"@en' in turtle


def test_result_pages_have_titles_of_their_own(client: FlaskClient) -> None:
    assert told(client, "/record/LAO226-2020-21-8.1.1") == []
