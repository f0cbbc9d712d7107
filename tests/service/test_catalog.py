"""VoID, DCAT, the dump and the metrics, of the real application."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families
from rdflib import DCAT, DCTERMS, FOAF, RDF, VOID, Dataset, Graph, URIRef
from rdflib.compare import isomorphic

from outcome_graph.errors import UsageError
from outcome_graph.pipeline import OutcomeGraph, restore_store
from outcome_graph.rdf import NamedNode
from outcome_graph.service import create_app
from outcome_graph.service.routes import catalog
from outcome_graph.settings import Settings
from outcome_graph.store import Commit, GraphChange, UpdateRequest

BASE = "https://w3id.org/outcome-graph/"
DATASET = URIRef(BASE + "catalog#dataset")
MEDIA = "https://www.iana.org/assignments/media-types/"


def rdf(client: FlaskClient, path: str, accept: str = "text/turtle") -> Graph:
    response = client.get(path, headers={"Accept": accept})
    assert response.status_code == 200, response.text
    assert response.mimetype == accept
    return Graph().parse(data=response.data, format=accept)


def test_void(client: FlaskClient, graph: OutcomeGraph) -> None:
    """VoID, sections 2 to 4: description, access, statistics."""
    void = rdf(client, "/.well-known/void")
    assert (DATASET, RDF.type, VOID.Dataset) in void
    assert void.value(DATASET, VOID.sparqlEndpoint) == URIRef("http://localhost/sparql")
    assert void.value(DATASET, VOID.dataDump) == URIRef("http://localhost/dump.nq.gz")
    assert str(void.value(DATASET, VOID.uriSpace)) == BASE
    # Section 4.1: a dataset is a set of triples, whatever graphs they stand in; so the partitions
    # by property hold as many.
    (counted,) = graph.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    assert int(void.value(DATASET, VOID.triples)) == int(counted["n"])
    assert int(void.value(DATASET, VOID.documents)) == 1
    example = void.value(DATASET, VOID.exampleResource)
    assert example == URIRef(BASE + "outcome/LAO226-2020-21-8.1.1")
    of_class = {
        str(void.value(part, VOID["class"])): int(void.value(part, VOID.entities))
        for part in void.objects(DATASET, VOID.classPartition)
    }
    assert of_class["https://w3id.org/outcome-graph/ontology#Outcome"] == 1
    # The UN has 17 goals and 169 targets.
    assert of_class["http://metadata.un.org/sdg/ontology#Goal"] == 17
    assert of_class["http://metadata.un.org/sdg/ontology#Target"] == 169
    of_property = {
        str(void.value(part, VOID.property)): int(void.value(part, VOID.triples))
        for part in void.objects(DATASET, VOID.propertyPartition)
    }
    assert of_property["https://w3id.org/outcome-graph/ontology#code"] == 1
    assert sum(of_property.values()) == int(counted["n"])
    assert int(void.value(DATASET, VOID.properties)) == len(of_property)
    assert int(void.value(DATASET, VOID.classes)) == len(of_class)


def test_dcat(client: FlaskClient) -> None:
    """DCAT 3: a catalogue with a dataset, a distribution to download, and a data service."""
    found = rdf(client, "/catalog")
    (kept,) = found.subjects(RDF.type, DCAT.Catalog)
    assert kept == URIRef(BASE + "catalog")
    assert found.value(kept, DCAT.dataset) == DATASET
    service = found.value(kept, DCAT.service)
    assert found.value(service, DCAT.endpointURL) == URIRef("http://localhost/sparql")
    assert found.value(service, DCAT.servesDataset) == DATASET
    assert found.value(DATASET, DCTERMS.modified) is not None
    downloads = {
        found.value(d, DCAT.downloadURL): d for d in found.objects(DATASET, DCAT.distribution)
    }
    dump = downloads[URIRef("http://localhost/dump.nq.gz")]
    assert found.value(dump, DCAT.mediaType) == URIRef(MEDIA + "application/n-quads")
    assert found.value(dump, DCAT.compressFormat) == URIRef(MEDIA + "application/gzip")


def test_publisher_and_licence(tmp_path: Path) -> None:
    """DCAT-AP 3 demands the publisher of a catalogue, and recommends the licences of all parts."""
    licence = "https://creativecommons.org/licenses/by/4.0/"
    settings = Settings(store=str(tmp_path / "s"), publisher="An office", licence=licence)
    with OutcomeGraph.open(settings=settings) as graph:
        client = create_app(graph).test_client()
        found, void = rdf(client, "/catalog"), rdf(client, "/.well-known/void")
        page = client.get("/catalog", headers={"Accept": "text/html"}).text
    for described, things in (
        (found, (URIRef(BASE + "catalog"), DATASET)),
        (void, (DATASET,)),
    ):
        for thing in things:
            assert str(described.value(described.value(thing, DCTERMS.publisher), FOAF.name)) == (
                "An office"
            )
    for thing in (*found.subjects(RDF.type, DCAT.Distribution), DATASET):
        assert found.value(thing, DCTERMS.license) == URIRef(licence)
    assert "An office" in page
    assert f'href="{licence}"' in page
    with pytest.raises(UsageError, match="OUTCOME_GRAPH_LICENCE must be an absolute IRI"):
        Settings.load({"OUTCOME_GRAPH_LICENCE": "CC BY"})


@pytest.mark.parametrize("path", ["/catalog", "/.well-known/void"])
def test_negotiation_and_cache(client: FlaskClient, path: str) -> None:
    one = rdf(client, path)
    other = client.get(path, headers={"Accept": "application/rdf+xml"})
    assert isomorphic(one, Graph().parse(data=other.data, format="xml"))
    tag = other.headers["ETag"]
    again = client.get(path, headers={"Accept": "application/rdf+xml", "If-None-Match": tag})
    assert again.status_code == 304
    assert client.get(path, headers={"Accept": "image/png"}).status_code == 406


def test_the_page(client: FlaskClient) -> None:
    page = client.get("/catalog", headers={"Accept": "text/html"})
    assert page.mimetype == "text/html"
    assert "/dump.nq.gz" in page.text
    assert "169" in page.text


def test_the_host_is_not_repeated_when_it_makes_no_iri(app: Flask) -> None:
    response = app.test_client().get(
        "/catalog", headers={"Host": "a b<c>", "Accept": "text/turtle"}
    )
    assert b"a b<c>" not in response.data


# -- the dump ------------------------------------------------------------------------------------


def test_dump(client: FlaskClient, graph: OutcomeGraph) -> None:
    response = client.get("/dump.nq.gz")
    assert (response.status_code, response.mimetype) == (200, "application/gzip")
    assert "Content-Encoding" not in response.headers
    assert response.headers["X-Revision"] == str(graph.store.revision())
    text = gzip.decompress(response.data)
    assert sorted(text.splitlines()) == sorted(b"".join(graph.store.dump()).splitlines())
    named = {str(g.identifier) for g in Dataset().parse(data=text, format="nquads").graphs()}
    assert BASE + "record/LAO226-2020-21-8.1.1" in named
    # The same revision gives the same bytes, and need not be sent again.
    assert client.get("/dump.nq.gz").data == response.data
    tag = response.headers["ETag"]
    assert not tag.startswith("W/")
    assert client.get("/dump.nq.gz", headers={"If-None-Match": tag}).status_code == 304
    head = client.head("/dump.nq.gz")
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", tag)


def plain(tmp_path: Path) -> OutcomeGraph:
    return OutcomeGraph.open(settings=Settings(store=str(tmp_path / "s"), validation=False))


def test_a_dump_is_of_one_revision(tmp_path: Path) -> None:
    """What is committed while a dump is being sent is not in it; its ETag is the old one."""
    file = tmp_path / "many.nt"
    file.write_text("".join(f"<http://e/{n}> <http://e/p> <http://e/o> .\n" for n in range(20_000)))
    with plain(tmp_path) as graph:
        graph.load(file)
        client = create_app(graph).test_client()
        response = client.get("/dump.nq.gz", buffered=False)
        pieces = response.iter_encoded()
        begun = next(pieces)
        change = GraphChange(NamedNode("http://e/late"), ())
        graph.store.commit(Commit(changes=(change,), reason="", agent="x"))
        graph.store.update(
            UpdateRequest(
                sparql="DELETE WHERE { ?s ?p ?o } ; INSERT DATA { <http://late> <http://e/p> 1 }"
            ),
            reason="late",
            agent="x",
        )
        rest = gzip.decompress(begun + b"".join(pieces))
        assert len(rest.splitlines()) == 20_000
        assert b"late" not in rest
        old = response.headers["ETag"]
        response.close()
        fresh = client.get("/dump.nq.gz", headers={"If-None-Match": old})
        assert fresh.status_code == 200
        assert fresh.headers["ETag"] != old
        assert len(gzip.decompress(fresh.data).splitlines()) == 1


def test_a_restored_store_has_tags_of_its_own(tmp_path: Path) -> None:
    """It counts on from the revision of the backup: the same number is then another state."""

    def tag_after(update: str) -> tuple[int, str]:
        with plain(tmp_path) as graph:
            graph.store.update(UpdateRequest(sparql=update), reason="", agent="x")
            response = create_app(graph).test_client().get("/dump.nq.gz")
            return graph.store.revision(), response.headers["ETag"]

    with plain(tmp_path) as graph:
        graph.store.update(
            UpdateRequest(sparql="INSERT DATA { <http://e/s> <http://e/p> 1 }"),
            reason="",
            agent="x",
        )
        graph.backup(tmp_path / "copy")
    before = tag_after("INSERT DATA { <http://e/s> <http://e/p> 2 }")
    restore_store(Settings(store=str(tmp_path / "s")), tmp_path / "copy", force=True)
    after = tag_after("INSERT DATA { <http://e/s> <http://e/p> 3 }")
    assert before[0] == after[0]
    assert before[1] != after[1]


def test_too_many_dumps_at_a_time(client: FlaskClient) -> None:
    for _ in range(2):
        assert catalog._dumping.acquire(blocking=False)
    try:
        refused = client.get("/dump.nq.gz")
        assert refused.status_code == 503
        assert int(refused.headers["Retry-After"]) > 0
    finally:
        catalog._dumping.release(2)
    for _ in range(5):
        assert client.get("/dump.nq.gz").status_code == 200


def test_a_client_that_goes_away_gives_its_place_back(app: Flask) -> None:
    for _ in range(5):
        response = app.test_client().get("/dump.nq.gz", buffered=False)
        assert response.status_code == 200
        response.close()


def test_a_plain_store_is_described_too(tmp_path: Path) -> None:
    with plain(tmp_path) as graph:
        client = create_app(graph).test_client()
        void = rdf(client, "/.well-known/void")
        assert int(void.value(DATASET, VOID.triples)) == 0
        assert void.value(DATASET, VOID.vocabulary) is None
        assert client.get("/catalog", headers={"Accept": "text/html"}).status_code == 200
        assert gzip.decompress(client.get("/dump.nq.gz").data) == b""
        for path in ("/queries", "/queries/outcomes", "/openapi.json", "/metrics", "/", "/sparql"):
            for accept in ("text/html", "*/*"):
                assert client.get(path, headers={"Accept": accept}).status_code == 200, path


def test_all_graphs_of_a_plain_store_count(tmp_path: Path) -> None:
    file = tmp_path / "d.trig"
    file.write_text("<http://e/a> a <http://e/C> . <http://e/g> { <http://e/b> a <http://e/C> }")
    with plain(tmp_path) as graph:
        assert graph.load(file).exit_code == 0
        void = rdf(create_app(graph).test_client(), "/.well-known/void")
        (part,) = void.objects(DATASET, VOID.classPartition)
        assert (void.value(part, VOID["class"]), int(void.value(part, VOID.entities))) == (
            URIRef("http://e/C"),
            2,
        )


# -- metrics -------------------------------------------------------------------------------------


def value(text: str, name: str) -> float:
    match = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    return float(match[1]) if match else 0.0


def test_metrics(client: FlaskClient, graph: OutcomeGraph) -> None:
    """Prometheus' text format 0.0.4; each figure moves by what was asked."""
    query = "/sparql?query=SELECT%20(1%20AS%20%3Fmetric)%20%7B%7D"
    ok = 'outcome_graph_requests_total{method="GET",route="sparql",status="200"}'
    bad = 'outcome_graph_requests_total{method="GET",route="sparql",status="400"}'
    other = 'outcome_graph_requests_total{method="GET",route="other",status="404"}'
    hits = 'outcome_graph_cache_answers_total{result="hit"}'
    times = 'outcome_graph_request_seconds_count{route="sparql"}'
    before = client.get("/metrics").text
    assert client.get(query).status_code == 200
    assert client.get(query).status_code == 200
    assert client.get("/sparql?query=nonsense").status_code == 400
    assert client.get("/no-such-thing/x").status_code == 404
    response = client.get("/metrics")
    after = response.text
    assert response.mimetype == "text/plain"
    assert response.headers["Cache-Control"] == "no-store"
    for name, more in ((ok, 2), (bad, 1), (other, 1), (hits, 1), (times, 3)):
        assert value(after, name) - value(before, name) == more, name
    assert value(after, "outcome_graph_revision") == graph.store.revision()
    states = [value(after, f'outcome_graph_readers{{state="{s}"}}') for s in ("idle", "busy")]
    assert sum(states) >= 1
    assert "outcome_graph_queue 0.0" in after
    assert value(after, "outcome_graph_cache_bytes") > 0


def test_the_histogram_is_one(client: FlaskClient) -> None:
    """Buckets are cumulative, and the last one holds all (Prometheus' own parser reads them)."""
    client.get("/records")
    families = {f.name: f for f in text_string_to_metric_families(client.get("/metrics").text)}
    assert families["outcome_graph_requests"].type == "counter"
    histogram = families["outcome_graph_request_seconds"]
    assert histogram.type == "histogram"
    own = [s for s in histogram.samples if s.labels["route"] == "records"]
    buckets = [s.value for s in own if s.name.endswith("_bucket")]
    (count,) = (s.value for s in own if s.name.endswith("_count"))
    (total,) = (s.value for s in own if s.name.endswith("_sum"))
    assert buckets == sorted(buckets)
    assert buckets[-1] == count >= 1
    assert 0 < total < 60 * count
