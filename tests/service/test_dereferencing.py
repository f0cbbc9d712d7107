"""Every IRI under the base that the public data names answers, as a page and as RDF."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from outcome_graph.pipeline import OutcomeGraph
from outcome_graph.service import create_app

ROOT = Path(__file__).parents[2]
BASE = "https://w3id.org/outcome-graph/"
SEED = ROOT / "data" / "outcomes" / "LAO226-2020-21-8.1.1.txt"
#: Of a biennium whose indicators no list of ours has.
OLD = "concept/indicator/2014-15/4.2"
NAMED = """
SELECT DISTINCT ?iri WHERE {
  { ?iri ?p ?o } UNION { ?s ?iri ?o } UNION { ?s ?p ?iri } UNION { GRAPH ?iri { ?s ?p ?o } }
  FILTER(isIRI(?iri) && STRSTARTS(STR(?iri), "https://w3id.org/outcome-graph/"))
}
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OutcomeGraph]:
    place = tmp_path_factory.mktemp("dereferencing")
    text = SEED.read_text().replace("2020-21", "2014-15").replace("8.1.1", "4.2")
    text = text.replace("2020", "2014")
    (place / "LAO226-2014-15-4.2.txt").write_text(text)
    with OutcomeGraph.open(place / "store", base=BASE) as opened:
        assert opened.load(SEED, place / "LAO226-2014-15-4.2.txt").exit_code == 0
        yield opened


@pytest.fixture(scope="module")
def client(graph: OutcomeGraph) -> FlaskClient:
    return create_app(graph).test_client()


def test_all_that_is_named_answers(graph: OutcomeGraph, client: FlaskClient) -> None:
    documents = {str(row["iri"]).split("#")[0] for row in graph.query(NAMED)}
    paths = {iri.removeprefix(BASE) for iri in documents}
    assert {OLD, "ontology/0.1.0", "ontology"} <= paths
    # Some of each kind, and all of those that there are few of.
    kinds: dict[str, list[str]] = {}
    for path in sorted(paths):
        kinds.setdefault(path.partition("/")[0], []).append(path)
    for kind, found in kinds.items():
        for path in {*found[:12], *found[-12:], *(p for p in found if p == OLD)}:
            for wanted in ("text/html,*/*;q=0.8", "text/turtle"):
                answer = client.get(f"/{quote(path)}", headers={"Accept": wanted})
                assert answer.status_code in (200, 303), (kind, path, wanted)


def test_what_is_only_named_tells_who_names_it(client: FlaskClient) -> None:
    data = client.get(f"/{OLD}", headers={"Accept": "application/n-triples"}).text
    assert f"<{BASE}outcome/LAO226-2014-15-4.2> " in data
    page = client.get(f"/{OLD}", headers={"Accept": "text/html"}).text
    assert 'href="/record/LAO226-2014-15-4.2"' in page
    assert client.get("/concept/indicator/2014-15/4.3").status_code == 404


def test_the_ontology_by_its_version(client: FlaskClient) -> None:
    wanted = {"Accept": "application/n-triples"}
    version = client.get("/ontology/0.1.0", headers=wanted)
    assert version.text == client.get("/ontology", headers=wanted).text
    assert client.get("/ontology/0.0.9").status_code == 404
