"""``/update``: SPARQL 1.1 Protocol, section 2.2, against the real server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from conftest import running_server
from SPARQLWrapper import POST, SPARQLWrapper
from support.writable import RECORD, SEED_ID, Client, make_store

FORM = "application/x-www-form-urlencoded"
OUTCOME = f"<https://w3id.org/outcome-graph/outcome/{SEED_ID}>"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("update") / "store"
    secrets = make_store(folder)
    with running_server(folder) as server:
        yield Client(server.url, secrets)


def insert(n: int) -> str:
    return f"INSERT DATA {{ GRAPH <http://e/g> {{ <http://e/s> <http://e/n> {n} }} }}"


def holds(n: int) -> str:
    return f"ASK {{ GRAPH <http://e/g> {{ <http://e/s> <http://e/n> {n} }} }}"


def test_posted_directly_and_read_back_at_its_revision(client: Client) -> None:
    done = client.update(insert(1))
    assert done.status == 204
    assert client.ask(holds(1), done.headers["X-Revision"])


def test_posted_as_a_form(client: Client) -> None:
    done = client("POST", "/update", urlencode({"update": insert(2)}), "admin", Content_Type=FORM)
    assert done.status == 204
    assert client.ask(holds(2), done.headers["X-Revision"])


def test_sparqlwrapper(client: Client) -> None:
    for method in ("urlencoded", "postdirectly"):
        wrapper = SPARQLWrapper(f"{client.url}/update")
        wrapper.setMethod(POST)
        wrapper.setRequestMethod(method)
        wrapper.addCustomHttpHeader("Authorization", f"Bearer {client.secrets['admin']}")
        wrapper.setQuery(insert(3))
        response = wrapper.query()
        assert response.response.status == 204
    assert client.ask(holds(3), response.info()["x-revision"])


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (urlencode([("update", insert(9)), ("update", insert(8))]), FORM, 400),
        (urlencode({"query": "ASK {}"}), FORM, 400),
        ("", FORM, 400),
        ("", "application/sparql-update", 400),
        ("INSERT DATA { <a:b> }", "application/sparql-update", 400),
        ("ASK {}", "application/sparql-update", 400),
        (b"INSERT DATA { <a:b> <a:c> '\xff' }", "application/sparql-update", 400),
        (insert(9), "text/plain", 415),
        (insert(9), "application/sparql-update; charset=latin-1", 415),
        ("LOAD <http://127.0.0.1:1/x>", "application/sparql-update", 400),
        ("#" * 1_000_001, "application/sparql-update", 413),
    ],
)
def test_bad_requests(client: Client, body: str | bytes, content_type: str, status: int) -> None:
    answer = client("POST", "/update", body, "admin", Content_Type=content_type)
    assert answer.status == status, answer.data
    assert json.loads(answer.data)["status"] == status
    assert not client.ask(holds(9))


def test_the_protocols_dataset(client: Client) -> None:
    assert client.update("INSERT DATA { GRAPH <http://e/from> { <http://e/x> <http://e/q> 5 } }")
    text = "INSERT { GRAPH <http://e/to> { ?s <http://e/q> ?o } } WHERE { ?s <http://e/q> ?o }"
    for using, there in (("http://e/none", False), ("http://e/from", True)):
        form = urlencode({"update": text, "using-graph-uri": using})
        done = client("POST", "/update", form, "admin", Content_Type=FORM)
        assert done.status == 204
        found = client.ask("ASK { GRAPH <http://e/to> { ?s ?p ?o } }", done.headers["X-Revision"])
        assert found is there
    # 2.2.3: the protocol's dataset with WITH or USING is an error.
    both = urlencode({"update": f"WITH <http://e/a> {text}", "using-graph-uri": "http://e/b"})
    assert client("POST", "/update", both, "admin", Content_Type=FORM).status == 400
    relative = urlencode({"update": text, "using-graph-uri": "b"})
    assert client("POST", "/update", relative, "admin", Content_Type=FORM).status == 400


def test_only_post(client: Client) -> None:
    answer = client("GET", "/update?update=x", None, "admin")
    assert answer.status == 405
    assert "POST" in answer.headers["Allow"]


def test_a_preflight_allows_the_token(client: Client) -> None:
    answer = client("OPTIONS", "/update", Origin="http://x", Access_Control_Request_Method="POST")
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_a_record_that_changes_is_validated_and_marked(client: Client) -> None:
    text = (
        f"DELETE {{ GRAPH <{RECORD}> {{ {OUTCOME} og:achievedOn ?d }} }} "
        f"INSERT {{ GRAPH <{RECORD}> {{ {OUTCOME} og:achievedOn {{}} }} }} "
        f"WHERE {{ GRAPH <{RECORD}> {{ {OUTCOME} og:achievedOn ?d }} }}"
    )
    before = client("GET", f"/record/{SEED_ID}.nt").data
    # Outside of the biennium 2020-21 of the record's id: no result of it.
    refused = client.update(text.replace("{}", '"2031-05-04"^^xsd:date'))
    assert refused.status == 422
    report = json.loads(refused.data)
    assert report["conforms"] is False
    assert any(r["field"] == "achieved_on" for r in report["results"]), report["results"]
    assert client("GET", f"/record/{SEED_ID}.nt").data == before
    good = client.update(text.replace("{}", '"2020-05-04"^^xsd:date'))
    assert good.status == 204, good.data
    revision = good.headers["X-Revision"]
    ask = (
        f'ASK {{ GRAPH <{RECORD}> {{ {OUTCOME} og:achievedOn "2020-05-04"^^xsd:date . '
        f"<{RECORD}> og:revision {revision} ; sh:conforms true ; og:completeness ?c }} }}"
    )
    assert client.ask(ask, revision)
    history = json.loads(client("GET", f"/record/{SEED_ID}/history", Accept="*/*").data)
    assert history["revisions"][-1]["agent"] == "the-admin"
    assert str(history["revisions"][-1]["revision"]) == revision


def test_a_refusal_as_turtle(client: Client) -> None:
    text = f"DELETE WHERE {{ GRAPH <{RECORD}> {{ {OUTCOME} dcterms:title ?t }} }}"
    refused = client.update(text, Accept="text/turtle")
    assert refused.status == 422
    assert b"sh:ValidationReport" in refused.data


def test_nothing_internal_and_no_scraps_among_the_public(client: Client) -> None:
    internal = "<https://w3id.org/outcome-graph/concept/visibility/internal>"
    where = f"GRAPH <{RECORD}> {{ {OUTCOME} og:visibility ?v }}"
    hide = f"DELETE {{ {where} }} INSERT {{ {where.replace('?v', internal)} }} WHERE {{ {where} }}"
    refused = client.update(hide)
    assert refused.status == 422
    assert b"not public" in refused.data
    scrap = f"INSERT DATA {{ GRAPH <{RECORD}-x> {{ <{RECORD}-x> og:code 1 }} }}"
    assert client.update(scrap).status == 422
    nested = f"INSERT DATA {{ GRAPH <{RECORD}/x> {{ <a:b> <a:c> 1 }} }}"
    assert client.update(nested).status == 422
    assert not client.ask(f"ASK {{ GRAPH <{RECORD}-x> {{ ?s ?p ?o }} }}")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (f"INSERT DATA {{ GRAPH <http://e/g> {{ {OUTCOME} og:code 'LAO999' }} }}", "http://e/g"),
        (f"INSERT DATA {{ {OUTCOME} og:code 'LAO999' }}", "The default graph"),
        (f"COPY <{RECORD}> TO <http://e/copy>", "http://e/copy"),
        (f"MOVE <{RECORD}> TO <http://e/moved>", "http://e/moved"),
        (
            f"INSERT {{ GRAPH <http://e/w> {{ ?o dcterms:title 'x' }} }} "
            f"WHERE {{ GRAPH <{RECORD}> {{ ?o a og:Outcome }} }}",
            "http://e/w",
        ),
    ],
)
def test_a_record_is_spoken_of_in_its_graph_alone(client: Client, text: str, where: str) -> None:
    """Elsewhere the shapes would not see it, and the union of all graphs would show it."""
    before = client("GET", f"/record/{SEED_ID}.nt").data
    refused = client.update(text)
    assert refused.status == 422
    detail = json.loads(refused.data)["detail"]
    assert detail.startswith(f"{where} would speak of record {SEED_ID}.")
    assert client("GET", f"/record/{SEED_ID}.nt").data == before
    assert not client.ask(f"ASK {{ GRAPH ?g {{ {OUTCOME} ?p ?o }} FILTER(?g != <{RECORD}>) }}")


def test_what_cannot_be_read_is_told_by_the_rules(client: Client) -> None:
    """Two codes make no record; the report says so in the words of the rule."""
    text = f"INSERT DATA {{ GRAPH <{RECORD}> {{ {OUTCOME} og:code 'LAO227' }} }}"
    refused = client.update(text)
    assert refused.status == 422
    report = json.loads(refused.data)
    assert "one-code" in {r["rule"] for r in report["results"]}
