"""``/graphs``: SPARQL 1.1 Graph Store HTTP Protocol (W3C Recommendation, 21 March 2013)."""

from __future__ import annotations

import gzip
import json
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
import urllib3
from conftest import running_server
from support.writable import BASE, RECORD, SEED_ID, Client, make_store

TURTLE = {"Content_Type": "text/turtle"}
NT = "application/n-triples"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("graphs") / "store"
    secrets = make_store(folder)
    with running_server(folder, OUTCOME_GRAPH_MAX_UPLOAD_BYTES="200000") as server:
        yield Client(server.url, secrets)


def at(iri: str) -> str:
    return f"/graphs?graph={quote(iri, safe='')}"


def lines(client: Client, path: str) -> set[bytes]:
    answer = client("GET", path, Accept=NT)
    assert answer.status == 200, answer.data
    return set(answer.data.splitlines())


def test_put_makes_and_replaces(client: Client) -> None:  # 5.3
    path = at("http://e/put")
    made = client("PUT", path, b"<http://e/s> <http://e/p> 1, 2 .", "steward", **TURTLE)
    assert made.status == 201
    assert len(lines(client, path)) == 2
    again = client("PUT", path, b"<http://e/s> <http://e/p> 'x' .", "steward", **TURTLE)
    assert again.status == 204
    assert lines(client, path) == {b'<http://e/s> <http://e/p> "x" .'}
    assert int(again.headers["X-Revision"]) == int(made.headers["X-Revision"]) + 1


def test_post_merges_and_blank_nodes_stay_apart(client: Client) -> None:  # 5.5
    path = at("http://e/post")
    body = b"_:b <http://e/p> 1 ."
    assert client("POST", path, body, "steward", **TURTLE).status == 201
    assert client("POST", path, body, "steward", **TURTLE).status == 204
    assert len(lines(client, path)) == 2


def test_delete(client: Client) -> None:  # 5.4
    path = at("http://e/delete")
    client("PUT", path, b"<a:b> <a:c> 1 .", "steward", **TURTLE)
    assert client("DELETE", path, None, "steward").status == 204
    assert client("GET", path).status == 404
    assert client("DELETE", path, None, "steward").status == 404


def test_a_new_graph_is_named_in_location(client: Client) -> None:  # 5.5
    made = client("POST", "/graphs", b"<> <http://e/p> 1 .", "steward", **TURTLE)
    assert made.status == 201
    name = json.loads(made.data)["graph"]
    found = lines(client, made.headers["Location"])
    # 4.1: a relative IRI is resolved against the graph's own.
    assert len(found) == 1
    assert next(iter(found)).startswith(f"<{name}> ".encode())
    assert lines(client, at(name)) == found
    head = client("HEAD", made.headers["Location"])
    assert (head.status, head.data) == (200, b"")
    assert head.headers["Content-Length"] != "0"


def test_a_form_with_files(client: Client) -> None:
    path = at("http://e/form")
    fields = {
        "one": ("1.ttl", b"_:b <http://e/p> 1 .", "text/turtle"),
        "two": ("2.nt", b"_:b <http://e/p> <http://e/o> .", NT),
    }
    body, kind = urllib3.encode_multipart_formdata(fields)
    assert client("POST", path, body, "steward", Content_Type=kind).status == 201
    assert len({line.split()[0] for line in lines(client, path)}) == 2


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/graphs?graph=relative", 400),
        ("/graphs?graph=http://e/a&graph=http://e/b", 400),
        ("/graphs?graph=http://e/a&default", 400),
        ("/graphs", 400),
        (at("http://e/absent"), 404),
        (at("http://e/a b"), 400),
    ],
)
def test_naming_a_graph(client: Client, path: str, status: int) -> None:
    assert client("GET", path).status == status


def test_the_name_is_decoded_once(client: Client) -> None:
    path = at("http://e/100%25")
    done = client("PUT", path, b"<a:b> <a:c> 1 .", "steward", **TURTLE)
    revision = done.headers["X-Revision"]
    assert client.ask("ASK { GRAPH <http://e/100%25> { ?s ?p ?o } }", revision)


def test_a_malformed_body_leaves_the_old_graph(client: Client) -> None:
    path = at("http://e/atomic")
    client("PUT", path, b"<a:b> <a:c> 1 .", "steward", **TURTLE)
    before = lines(client, path)
    bad = client("PUT", path, b"<a:b> <a:c> 2 .\n<a:b> <a:c> .\n", "steward", **TURTLE)
    assert bad.status == 400
    assert "line 2" in json.loads(bad.data)["detail"]
    assert lines(client, path) == before


def test_media_types(client: Client) -> None:
    path = at("http://e/types")
    for kind in ("text/html", "application/json", None):
        extra = {"Content_Type": kind} if kind else {}
        assert client("PUT", path, b"<a:b> <a:c> 1 .", "steward", **extra).status == 415
    odd = {"Content_Type": "Text/Turtle; charset=UTF-8"}
    assert client("PUT", path, b"<a:b> <a:c> 1 .", "steward", **odd).status == 201
    assert client("GET", path, Accept="image/png").status == 406
    remote = b'{"@context": "http://127.0.0.1:1/c", "a": 1}'
    kind = {"Content_Type": "application/ld+json"}
    assert client("PUT", path, remote, "steward", **kind).status == 400
    quads = b"<a:b> <a:c> <a:d> <http://e/other> ."
    kind = {"Content_Type": "application/n-quads"}
    assert client("PUT", path, quads, "steward", **kind).status == 400


def test_gzip_within_bounds(client: Client) -> None:
    path = at("http://e/gzip")
    head = {**TURTLE, "Content_Encoding": "gzip"}
    packed = gzip.compress(b"<a:b> <a:c> 1 .")
    assert client("PUT", path, packed, "steward", **head).status == 201
    bomb = gzip.compress(b" " * 5_000_000)
    assert len(bomb) < 200_000
    assert client("PUT", path, bomb, "steward", **head).status == 413
    assert client("PUT", path, packed[:-12], "steward", **head).status == 400
    assert client("PUT", path, b"not gzip", "steward", **head).status == 400
    other = {**TURTLE, "Content_Encoding": "br"}
    assert client("PUT", path, b"x", "steward", **other).status == 415
    assert client("PUT", path, b" " * 300_000, "steward", **TURTLE).status == 413


def test_preconditions(client: Client) -> None:  # RFC 9110, 13.1; 409 by our contract
    path = at("http://e/match")
    new = {**TURTLE, "If_None_Match": "*"}
    assert client("PUT", path, b"<a:b> <a:c> 1 .", "steward", **new).status == 201
    assert client("PUT", path, b"<a:b> <a:c> 2 .", "steward", **new).status == 412
    tag = client("GET", path, Accept="text/turtle").headers["ETag"]
    compressed = client("GET", path, Accept=NT, Accept_Encoding="gzip").headers["ETag"]
    assert tag != compressed
    good = {**TURTLE, "If_Match": compressed}
    assert client("PUT", path, b"<a:b> <a:c> 2 .", "steward", **good).status == 204
    assert client("PUT", path, b"<a:b> <a:c> 3 .", "steward", **good).status == 409
    assert client("DELETE", path, None, "steward", If_Match=tag).status == 409
    assert client("GET", path, Accept="text/turtle", If_None_Match=tag).status == 200
    now = client("GET", path, Accept="text/turtle").headers["ETag"]
    assert client("GET", path, Accept="text/turtle", If_None_Match=now).status == 304
    assert client("DELETE", path, None, "steward", If_Match="*").status == 204
    assert client("DELETE", path, None, "steward", If_Match="*").status == 409


def test_the_default_graph(client: Client) -> None:
    path = "/graphs?default"
    assert client("GET", path, Accept=NT).data == b""
    assert client("PUT", path, b"<a:b> <a:c> 1 .", "steward", **TURTLE).status == 201
    assert len(lines(client, path)) == 1
    assert client("DELETE", path, None, "steward").status == 204
    assert lines(client, path) == set()


def test_other_methods(client: Client) -> None:
    for path in ("/graphs?default", f"/record/{SEED_ID}"):
        answer = client("PATCH", path, b"", "admin")
        assert answer.status == 405
        allowed = {m.strip() for m in answer.headers["Allow"].split(",")}
        assert {"GET", "HEAD", "PUT", "POST", "DELETE"} <= allowed


def test_a_record_is_held_to_the_shapes(client: Client) -> None:
    path = at(RECORD)
    before = client("GET", path, Accept=NT)
    assert before.status == 200
    scrap = client("PUT", path, b"<> <http://e/p> 1 .", "steward", **TURTLE)
    assert scrap.status == 422
    without = b"\n".join(
        line
        for line in before.data.splitlines()
        if not (b"dc/terms/title" in line and b"/outcome/" in line)
    )
    refused = client("PUT", path, without, "steward", Content_Type=NT)
    assert refused.status == 422
    assert json.loads(refused.data)["conforms"] is False
    assert client("GET", path, Accept=NT).data == before.data
    # The same again changes nothing.
    same = client("PUT", path, before.data, "steward", Content_Type=NT)
    assert (same.status, same.headers["X-Revision"]) == (204, before.headers["X-Revision"])


@pytest.mark.parametrize("path", ["/graphs?default", at("http://e/results"), "/graph/mine"])
def test_a_record_is_spoken_of_in_its_graph_alone(client: Client, path: str) -> None:
    """Elsewhere the shapes would not see it, and the union of all graphs would show it."""
    body = f"<{BASE}outcome/{SEED_ID}> <http://e/p> 1 .".encode()
    for method in ("PUT", "POST"):
        refused = client(method, path, body, "steward", **TURTLE)
        assert refused.status == 422
        assert f"/record/{SEED_ID}" in json.loads(refused.data)["detail"]
    about = f"<http://e/s> <http://e/p> <{BASE}outcome/{SEED_ID}> .".encode()
    assert client("PUT", path, about, "steward", **TURTLE).status in (201, 204)
    client("DELETE", path, None, "steward")


def test_what_cannot_be_read_is_told_by_the_rules(client: Client) -> None:
    """A result with two codes is no record; the report says so in the words of the rule."""
    body = f"<{BASE}outcome/{SEED_ID}> <{BASE}ontology#code> 'LAO227' .".encode()
    refused = client("POST", at(RECORD), body, "steward", **TURTLE)
    assert refused.status == 422
    assert "one-code" in {r["rule"] for r in json.loads(refused.data)["results"]}


@pytest.mark.parametrize("name", ["graph/shapes", "ontology", "country/LAO"])
def test_reference_graphs_are_the_operators(client: Client, name: str) -> None:
    assert client("DELETE", at(BASE + name), None, "steward").status == 403


def test_an_upload_that_breaks_off_changes_nothing(client: Client) -> None:
    place = urlsplit(client.url)
    head = (
        f"PUT {at('http://e/broken')} HTTP/1.1\r\nHost: x\r\nContent-Type: text/turtle\r\n"
        f"Authorization: Bearer {client.secrets['steward']}\r\nContent-Length: 1000\r\n\r\n"
    )
    with socket.create_connection((place.hostname, place.port)) as connection:
        connection.sendall(head.encode() + b"<a:b> <a:c> 1 .\n")
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(20)
        answer = connection.recv(100)
    assert answer == b"" or b" 400 " in answer
    assert client("GET", at("http://e/broken")).status == 404


def test_curl_sends_a_file_in_chunks(client: Client, tmp_path: Path) -> None:
    file = tmp_path / "data.jsonld"  # shows its end; without length, Turtle is refused (411)
    file.write_text('{"@id": "a:b", "a:c": [1, 2, 3]}')
    done = subprocess.run(
        ["curl", "-sS", "-T", "-", "-H", "Content-Type: application/ld+json", "-H",
         f"Authorization: Bearer {client.secrets['steward']}", "-w", "%{http_code}",
         client.url + at("http://e/curl")],
        input=file.read_text(), capture_output=True, text=True, check=True, timeout=30,
    )  # fmt: skip
    assert done.stdout == "201"
    assert len(lines(client, at("http://e/curl"))) == 3
