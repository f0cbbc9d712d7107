"""A record that speaks of what is not its own: refused, or told what of it was left out.

Records cannot change the ontology, the shapes, the vocabularies or each other, whichever way they
come (the contract: each record has a graph of its own, which holds what the record says).
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from conftest import running_server
from support.writable import SEED_ID, Client, make_store

BASE = "https://w3id.org/outcome-graph/"
PREFIXES = {
    "og": BASE + "ontology#",
    "ogs": BASE + "shapes#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "sh": "http://www.w3.org/ns/shacl#",
    "dcterms": "http://purl.org/dc/terms/",
}
FOREIGN = {
    "a class of the ontology": 'og:Outcome rdfs:label "Mine"@en .',
    "a hierarchy of classes": "og:LegalAct rdfs:subClassOf og:Outcome .",
    "a property of the ontology": "og:code owl:equivalentProperty dcterms:title .",
    "a shape that is switched off": "ogs:duplicate sh:deactivated true .",
    "another record": f'<{BASE}outcome/XXX1-2020-21-1.1.1> dcterms:title "Theirs"@en .',
    "a country": f'<{BASE}country/LAO> rdfs:label "Mine"@en .',
    "an SDG target": '<http://metadata.un.org/sdg/1.3> rdfs:label "Mine"@en .',
    "a graph": f'<{BASE}graph/ontology> dcterms:title "Mine"@en .',
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("foreign") / "store"
    secrets = make_store(folder)
    with running_server(folder) as server:
        yield Client(server.url, secrets)


def turtle(client: Client, statement: str) -> str:
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    return f"{head}{client('GET', f'/record/{SEED_ID}.ttl').data.decode()}\n{statement}\n"


def names(statement: str) -> str:
    """Return the last part of what a statement is about."""
    return statement.split()[0].strip("<>").rsplit("/", 1)[-1].rpartition(":")[2]


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize(
    "address",
    [f"/record/{SEED_ID}", f"/graphs?graph={BASE}record/{SEED_ID}"],
    ids=["record", "graph"],
)
def test_a_graph_that_is_to_be_kept_as_it_is(client: Client, name: str, address: str) -> None:
    body = turtle(client, FOREIGN[name])
    before = client("GET", f"/record/{SEED_ID}.nt").data
    refused = client("PUT", address, body, "steward", Content_Type="text/turtle")
    assert refused.status == 422, refused.data
    assert client("GET", f"/record/{SEED_ID}.nt").data == before


@pytest.mark.parametrize("name", FOREIGN)
def test_an_update(client: Client, name: str) -> None:
    head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    update = f"{head}INSERT DATA {{ GRAPH <{BASE}record/{SEED_ID}> {{ {FOREIGN[name]} }} }}"
    before = client("GET", f"/record/{SEED_ID}.nt").data
    refused = client.update(update)
    assert refused.status == 422, refused.data
    assert client("GET", f"/record/{SEED_ID}.nt").data == before


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize("address", ["/validate", "/records"])
def test_a_document_of_records(client: Client, name: str, address: str) -> None:
    """Its records are read out of it; what is nobody's is refused, or left out and named."""
    body = turtle(client, FOREIGN[name])
    before = client("GET", f"/record/{SEED_ID}.nt").data
    answer = client(
        "POST", address, body, "steward", Content_Type="text/turtle", Accept="application/json"
    )
    said = json.loads(answer.data)
    assert answer.status in (200, 422), said
    refused = answer.status == 422 or said.get("conforms") is False
    told = "belongs to no record and was left out" in answer.data.decode()
    assert refused or (told and names(FOREIGN[name]) in answer.data.decode())
    assert client("GET", f"/record/{SEED_ID}.nt").data == before


def test_a_document_that_holds_records_only_is_not_complained_of(client: Client) -> None:
    answer = client(
        "POST", "/validate", turtle(client, ""), Content_Type="text/turtle", Accept="text/plain"
    )
    assert answer.status == 200
    assert b"left out" not in answer.data
