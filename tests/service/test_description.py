"""What the service description says of writing, asked by SPARQL, state by state."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from flask.testing import FlaskClient

from outcome_graph.access import TokenBook
from outcome_graph.pipeline import OutcomeGraph
from outcome_graph.service import create_app
from outcome_graph.settings import Settings

#: SPARQL 1.1 Service Description, 3.2.2 and 3.4: a language is of the service with that endpoint.
LANGUAGES = """
PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
SELECT ?endpoint ?language {
  ?service a sd:Service ; sd:endpoint ?endpoint ; sd:supportedLanguage ?language ;
    sd:defaultDataset [ a sd:Dataset ] }
"""
READING = ("http://localhost/sparql", "SPARQL11Query")
WRITING = ("http://localhost/update", "SPARQL11Update")


def languages(client: FlaskClient) -> set[tuple[str, str]]:
    answer = client.get("/sparql", headers={"Accept": "text/turtle"})
    assert answer.status_code == 200
    described = rdflib.Graph().parse(data=answer.data, format="turtle")
    return {(str(e), str(la).rpartition("#")[2]) for e, la in described.query(LANGUAGES)}


@pytest.mark.parametrize("validation", [True, False], ids=["records", "plain"])
def test_updates_are_offered_where_somebody_may_make_them(tmp_path: Path, validation: bool) -> None:
    folder = tmp_path / "store"
    settings = Settings(store=str(folder), validation=validation)
    with OutcomeGraph.open(settings=settings) as graph:
        client = create_app(graph).test_client()
        assert languages(client) == {READING}
        assert client.post("/update", data={"update": "CLEAR ALL"}).status_code == 403
        # A token makes no revision; a description from before must not be kept.
        TokenBook(folder / "tokens.json").create("admin", name="a")
        assert languages(client) == {READING, WRITING}
        assert client.post("/update", data={"update": "CLEAR ALL"}).status_code == 401
    with OutcomeGraph.open(settings=settings, read_only=True) as graph:
        client = create_app(graph).test_client()
        assert languages(client) == {READING}
        assert client.post("/update", data={"update": "CLEAR ALL"}).status_code == 403
