"""Deep, huge and broken requests to the real server: each has its status, and loses nothing."""

from __future__ import annotations

import gzip
import json
import os
import resource
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from conftest import RunningServer, running_server
from support.writable import SEED_ID, Client, make_store

DEEP = 5000
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
TARGET = "/graphs?graph=http%3A%2F%2Fe%2Fg"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningServer, Client]]:
    folder = tmp_path_factory.mktemp("broken") / "store"
    secrets = make_store(folder)
    with running_server(folder, OUTCOME_GRAPH_READERS="1") as running:
        yield running, Client(running.url, secrets)


@pytest.fixture
def client(server: tuple[RunningServer, Client]) -> Iterator[Client]:
    """A client; whatever it sends, the process that serves stays, and so does the record."""
    running, sender = server
    before, kept = workers(running), sender("GET", f"/record/{SEED_ID}.nt").data
    yield sender
    assert workers(running) == before
    assert sender("GET", f"/record/{SEED_ID}.nt").data == kept
    assert sender.ask("ASK { ?s og:code ?code }")


def workers(running: RunningServer) -> list[int]:
    pid = running.process.pid
    return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def nested(opening: str, inner: str, closing: str) -> str:
    return opening * DEEP + inner + closing * DEEP


DEEP_QUERIES = {
    "groups": "SELECT * " + nested("{", "?s ?p ?o", "}"),
    "parentheses": "SELECT * { ?s ?p ?o FILTER" + nested("(", "1", ")") + " }",
    "negations": "ASK { FILTER(" + nested("!", "true", "") + ") }",
    "paths": "SELECT * { ?s " + nested("(", "<a:b>", ")") + " ?o }",
    "repeated paths": "SELECT * { ?s " + nested("(", "<a:b>", ")*") + " ?o }",
    "collections": "SELECT * { ?s ?p " + nested("(", "1", ")") + " }",
    "blank nodes": "SELECT * { ?s ?p " + nested("[ <a:b> ", "1", " ]") + " }",
    "subqueries": "SELECT * " + nested("{ SELECT * ", "{}", "}"),
    "optionals": "SELECT * {" + nested("OPTIONAL {", "?s ?p ?o", "}") + "}",
    "unclosed": "SELECT * " + "{" * DEEP,
}


@pytest.mark.parametrize("name", DEEP_QUERIES)
def test_a_deep_query(client: Client, name: str) -> None:
    answer = client("POST", "/sparql", DEEP_QUERIES[name], Content_Type=QUERY)
    assert answer.status in (200, 400, 503), answer.data[:500]
    if answer.status != 200:
        assert json.loads(answer.data)["status"] == answer.status


DEEP_UPDATES = {
    "groups": "INSERT { <a:s> <a:p> 1 } WHERE " + nested("{", "<a:x> ?p ?o", "}"),
    "paths": "DELETE { ?s <a:p> ?o } WHERE { ?s " + nested("(", "<a:b>", ")*") + " ?o }",
    "parentheses": "INSERT { <a:s> <a:p> 1 } WHERE { FILTER" + nested("(", "false", ")") + " }",
    "data": "INSERT DATA { <a:s> <a:p> " + nested("[ <a:b> ", "1", " ]") + " }",
    "collections": "INSERT DATA { <a:s> <a:p> " + nested("(", "1", ")") + " }",
    "unclosed": "INSERT DATA " + "{" * DEEP,
}


@pytest.mark.parametrize("name", DEEP_UPDATES)
def test_a_deep_update(client: Client, name: str) -> None:
    answer = client.update(DEEP_UPDATES[name])
    assert answer.status in (204, 400, 503), answer.data[:500]
    if answer.status != 204:
        problem = json.loads(answer.data)
        assert problem["status"] == answer.status
        assert not client.ask("ASK { <a:s> <a:p> ?o }")
    else:
        assert client.update("DROP DEFAULT").status == 204


DEEP_BODIES = {
    "blank nodes": ("text/turtle", "<a:s> <a:p> " + nested("[ <a:b> ", "1", " ]") + " ."),
    "collections": ("text/turtle", "<a:s> <a:p> " + nested("(", "1", ")") + " ."),
    "unclosed": ("text/turtle", "<a:s> <a:p> " + "(" * DEEP),
    "objects": (
        "application/ld+json",
        nested('{"@id":"a:s","a:p":', '{"@id":"a:o"}', "}"),
    ),
    "arrays": ("application/ld+json", nested("[", '{"@id":"a:s","a:p":1}', "]")),
    "lists": ("application/ld+json", '{"a:p":' + nested('{"@list":[', "1", "]}") + "}"),
    "elements": (
        "application/rdf+xml",
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
        + nested("<rdf:Description><e:p>", "<rdf:Description/>", "</e:p></rdf:Description>")
        + "</rdf:RDF>",
    ),
}


@pytest.mark.parametrize("address", [TARGET, "/records", "/validate"])
@pytest.mark.parametrize("name", DEEP_BODIES)
def test_a_deep_body(client: Client, name: str, address: str) -> None:
    kind, body = DEEP_BODIES[name]
    method = "PUT" if address == TARGET else "POST"
    answer = client(method, address, body, "steward", Content_Type=kind)
    assert answer.status in (200, 201, 204, 400, 422), answer.data[:500]
    if answer.status in (201, 204):
        assert client("DELETE", TARGET, None, "steward").status == 204


def test_ten_megabytes_of_query(client: Client) -> None:
    text = "ASK {} #" + "x" * 10_000_000
    for body, kind in ((text, QUERY), (f"query={text}", FORM)):
        answer = client("POST", "/sparql", body, Content_Type=kind)
        assert answer.status == 413, answer.data
        assert "bytes" in json.loads(answer.data)["detail"]
    answer = client.update("#" + "x" * 10_000_000)
    assert answer.status == 413, answer.data


@pytest.mark.parametrize(
    ("method", "address", "body", "kind"),
    [
        ("GET", "/sparql?query=ASK%20%7B%7D%20%23%FF", None, None),
        ("POST", "/sparql", "query=ASK%20%7B%7D%20%23%FF", FORM),
        ("POST", "/sparql", b"ASK {} #\xff", QUERY),
        ("POST", "/update", "update=INSERT%20DATA%20%7B%3Ca:s%3E%20%3Ca:p%3E%20%22%FF%22%7D", FORM),
        ("POST", "/update", b"INSERT DATA { <a:s> <a:p> '\xff' }", UPDATE),
        ("PUT", TARGET, b"<a:s> <a:p> '\xff' .", "text/turtle"),
        ("PUT", "/graphs?graph=http://e/%FF", "<a:s> <a:p> 1 .", "text/turtle"),
        ("GET", "/graphs?graph=http://e/%FF", None, None),
        ("GET", "/sparql?query=ASK%20%7B%7D&default-graph-uri=http://e/%FF", None, None),
    ],
)
def test_malformed_utf8(
    client: Client, method: str, address: str, body: bytes | str | None, kind: str | None
) -> None:
    headers = {"Content_Type": kind} if kind else {}
    answer = client(method, address, body, "admin", **headers)
    assert answer.status == 400, answer.data
    assert "UTF-8" in json.loads(answer.data)["detail"]
    assert not client.ask("ASK { GRAPH ?g { <a:s> <a:p> ?o } }")


@pytest.mark.parametrize(
    ("text", "line", "columns"),
    [
        ("SELECT * {\n  ?s ?p \n}", 3, range(1, 3)),
        ("SELECT ?s\nWHERE { ?s ?p ?o", 2, range(17, 18)),
        ("SELECT * { ?s nope:x ?o }", 1, range(15, 22)),
    ],
)
def test_a_malformed_query_says_where(client: Client, text: str, line: int, columns: range) -> None:
    answer = client("POST", "/sparql", text, Content_Type=QUERY)
    problem = json.loads(answer.data)
    assert answer.status == 400
    assert problem["line"] == line
    assert problem["column"] in columns, problem


def test_a_malformed_update_says_where(client: Client) -> None:
    answer = client.update("INSERT DATA {\n  <a:s> <a:p> \n}")
    problem = json.loads(answer.data)
    assert answer.status == 400
    assert (problem["line"], problem["column"]) == (3, 1), problem
    assert "expected" in problem["detail"]


def test_an_unknown_graph(client: Client) -> None:
    nowhere = "http://e/nowhere"
    assert not client.ask(f"ASK {{ GRAPH <{nowhere}> {{ ?s ?p ?o }} }}")
    assert not client.ask(f"ASK FROM <{nowhere}> {{ ?s ?p ?o }}")
    for method in ("GET", "HEAD", "DELETE"):
        answer = client(method, f"/graphs?graph={nowhere}", None, "steward")
        assert answer.status == 404
    # SPARQL 1.1 Update, 3.2.2: dropping what is not there is an error only without SILENT; a
    # store that keeps no empty graphs may call it done.
    assert client.update(f"DROP SILENT GRAPH <{nowhere}>").status == 204


@pytest.mark.parametrize(
    "head",
    [
        "PUT {target} HTTP/1.1\r\nContent-Type: text/turtle",
        "POST /update HTTP/1.1\r\nContent-Type: application/sparql-update",
        "POST /records HTTP/1.1\r\nContent-Type: text/plain",
    ],
    ids=["graphs", "update", "records"],
)
@pytest.mark.parametrize("framing", ["length", "between chunks", "within a chunk"])
def test_an_upload_that_breaks_off(client: Client, head: str, framing: str) -> None:
    """What has arrived would be a whole document, an update, a page: it must not be taken."""
    page = Path(__file__).parents[2] / "data" / "outcomes" / f"{SEED_ID}.txt"
    body = {
        "PUT": b"<a:s> <a:p> 1 .\n",
        "POST /update": b"INSERT DATA { <a:s> <a:p> 1 } ",
        "POST /records": page.read_bytes().replace(b"LAO226", b"LAO298"),
    }[head.partition(" {")[0].partition(" HTTP")[0]]
    if framing == "length":
        extra, sent = f"Content-Length: {len(body) + 500}", body
    else:
        extra = "Transfer-Encoding: chunked"
        sent = f"{len(body):x}\r\n".encode() + body + b"\r\n"
        sent += b"1f4\r\n" if framing == "within a chunk" else b""
    before = client("GET", "/records").headers["X-Revision"]
    place = urlsplit(client.url)
    start = head.format(target=TARGET) + "\r\nHost: x\r\nAuthorization: Bearer "
    with socket.create_connection((place.hostname, place.port), timeout=30) as connection:
        connection.sendall(
            (start + client.secrets["admin"] + f"\r\n{extra}\r\n\r\n").encode() + sent
        )
        connection.shutdown(socket.SHUT_WR)
        try:
            answer = connection.recv(200)
        except ConnectionError:
            answer = b""
    status = b" 400 " if framing == "length" else b" 411 "
    assert answer == b"" or status in answer.split(b"\r\n")[0], answer
    assert client("GET", "/records").headers["X-Revision"] == before


def chunked(client: Client, kind: str, body: bytes, *, whole: bool, coding: str = "") -> bytes:
    """Send a body in chunks, with its end or without; return the line of the answer's status."""
    place = urlsplit(client.url)
    head = (
        f"PUT {TARGET} HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\n{coding}"
        f"Authorization: Bearer {client.secrets['admin']}\r\nTransfer-Encoding: chunked\r\n\r\n"
        f"{len(body):x}\r\n"
    )
    with socket.create_connection((place.hostname, place.port), timeout=30) as connection:
        connection.sendall(head.encode() + body + b"\r\n" + (b"0\r\n\r\n" if whole else b""))
        if not whole:
            connection.shutdown(socket.SHUT_WR)
        return connection.recv(200).split(b"\r\n")[0]


def test_chunks_are_taken_where_the_end_can_be_seen(client: Client) -> None:
    packed = gzip.compress(b"<a:s> <a:p> 1 .\n<a:s> <a:p> 2 .\n")
    tries = [
        ("application/ld+json", b'[{"@id":"a:s","a:p":1},{"@id":"a:s","a:p":2}]', ""),
        ("text/turtle", packed, "Content-Encoding: gzip\r\n"),
    ]
    for kind, body, coding in tries:
        assert b" 400 " in chunked(client, kind, body[:-9], whole=False, coding=coding)
        assert client("GET", TARGET).status == 404
        assert b" 201 " in chunked(client, kind, body, whole=True, coding=coding)
        assert client("DELETE", TARGET, None, "admin").status == 204
    xml = (
        b'<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
        b"<r:Description r:about='a:s'><e:p>1</e:p></r:Description></r:RDF>"
    )
    for kind, body in (("text/turtle", b"<a:s> <a:p> 1 ."), ("application/rdf+xml", xml)):
        assert b" 411 " in chunked(client, kind, body, whole=True)
    assert client("GET", TARGET).status == 404


def test_a_client_that_goes_away_frees_its_reader(client: Client) -> None:
    """With one reader, the next query is answered long before the deadline of the lost one."""
    place = urlsplit(client.url)
    path = "/sparql?timeout=25&query=" + quote("SELECT * { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f }")
    for _ in range(3):
        with socket.create_connection((place.hostname, place.port), timeout=30) as connection:
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            assert connection.recv(1000).startswith(b"HTTP/1.1 200")
    began = time.monotonic()
    assert client.ask("ASK { ?s og:code ?code }")
    assert time.monotonic() - began < 15


@pytest.mark.parametrize(
    ("method", "address", "body", "kind"),
    [
        ("PUT", TARGET, "<a:s> <a:p> 1 .", "text/turtle"),
        ("POST", "/update", "INSERT DATA { <a:s> <a:p> 1 }", UPDATE),
        ("POST", "/update", "INSERT { ?s <a:p> 1 } WHERE { ?s og:code ?c }", UPDATE),
        ("DELETE", f"/record/{SEED_ID}", None, None),
    ],
    ids=["graph", "data", "where", "record"],
)
def test_a_full_disk(
    server: tuple[RunningServer, Client],
    client: Client,
    method: str,
    address: str,
    body: str | None,
    kind: str | None,
) -> None:
    pids = workers(server[0])
    headers = {"Content_Type": kind} if kind else {}
    old = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in pids}
    before = client("GET", "/records").headers["X-Revision"]
    # The readers are where the store is: while the disk is full they could not follow.
    assert not client.ask("ASK { ?s <a:p> ?o }", before)
    try:
        for pid in pids:  # no file may grow beyond this: as when the disk is full
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (1000, old[pid][1]))
        failed = client(method, address, body, "admin", **headers)
        assert failed.status in (503, 507), failed.data
        assert json.loads(failed.data)["status"] == failed.status
        assert client.ask("ASK { ?s og:code ?code }")
    finally:
        for pid in pids:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, old[pid])
    assert client("GET", "/records").headers["X-Revision"] == before
    assert not client.ask("ASK { ?s <a:p> ?o }", before)
    done = client(
        "PUT", TARGET, f"<a:s> <a:q> {os.getpid()} .", "admin", Content_Type="text/turtle"
    )
    assert done.status == 201
    assert client("DELETE", TARGET, None, "admin").status == 204
