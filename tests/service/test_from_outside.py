"""What programs that know the recommendations alone, and nothing of ours, find when they ask.

The parts of HTTP (RFC 9110, 9112), problem documents (RFC 9457) and the SPARQL 1.1 protocols that
clients rely on without saying so, against the real server.
"""

from __future__ import annotations

import gzip
import http.client
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from conftest import running_server
from SPARQLWrapper import CSV, GET, JSON, JSONLD, N3, POST, RDFXML, TSV, TURTLE, XML, SPARQLWrapper
from support.stores import SEED
from support.writable import RECORD, SEED_ID, Client, make_store

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
GRAPH = "/graphs?graph=http%3A%2F%2Fe%2F"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("outside") / "store"
    secrets = make_store(folder)
    with running_server(folder) as server:
        yield Client(server.url, secrets)


def send(client: Client, request: bytes) -> bytes:
    """Send bytes as they are and return all that comes back."""
    address = urlsplit(client.url)
    with socket.create_connection((address.hostname, address.port), timeout=30) as connection:
        connection.sendall(request)
        parts = []
        while part := connection.recv(65_536):
            parts.append(part)
    return b"".join(parts)


def ask(client: Client, sparql: str) -> bool:
    """Ask as a client that has never heard of X-Revision."""
    answer = client("GET", f"/sparql?{urlencode({'query': sparql})}", Accept="application/json")
    assert answer.status == 200, answer.data
    return bool(json.loads(answer.data)["boolean"])


# -- a write that is confirmed is seen (RFC 9110, 9.3.4; Graph Store Protocol, 5.3) ---------------


def test_whoever_is_told_that_a_write_is_done_sees_it(client: Client) -> None:
    for n in range(8):
        body = f"<http://e/s> <http://e/n> {n} ."
        done = client("PUT", GRAPH + "seen", body, "steward", Content_Type="text/turtle")
        assert done.status in (201, 204)
        assert ask(client, f"ASK {{ <http://e/s> <http://e/n> {n} }}")
        assert not ask(client, f"ASK {{ <http://e/s> <http://e/n> {n - 1} }}")


def test_an_update_and_a_deletion_are_seen(client: Client) -> None:
    pattern = "GRAPH <http://e/upd> { <http://e/s> <http://e/p> 1 }"
    for _ in range(4):
        assert client.update(f"INSERT DATA {{ {pattern} }}").status == 204
        assert ask(client, f"ASK {{ {pattern} }}")
        assert client("DELETE", GRAPH + "upd", None, "steward").status == 204
        assert not ask(client, f"ASK {{ {pattern} }}")


# -- uploads (Graph Store Protocol, 5.5; RFC 7578) ----------------------------------------------


def upload(*files: tuple[str, str, str, str]) -> bytes:
    parts = [
        f'--XX\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
        f"Content-Type: {kind}\r\n\r\n{text}\r\n"
        for field, name, kind, text in files
    ]
    return ("".join(parts) + "--XX--\r\n").encode()


def test_files_of_one_field_are_all_taken(client: Client) -> None:  # RFC 7578, 4.3
    body = upload(
        ("file", "a.ttl", "text/turtle", "<http://e/a> <http://e/p> 1 ."),
        ("file", "b.ttl", "text/turtle", "<http://e/b> <http://e/p> 1 ."),
    )
    kind = "multipart/form-data; boundary=XX"
    assert client("POST", GRAPH + "many", body, "steward", Content_Type=kind).status == 201
    for name in "ab":
        assert ask(client, f"ASK {{ GRAPH <http://e/many> {{ <http://e/{name}> ?p ?o }} }}")


def test_a_file_of_unknown_type_goes_by_its_name(client: Client) -> None:  # as curl sends it
    kind = "multipart/form-data; boundary=XX"
    text = "<http://e/a> <http://e/p> 1 ."
    named = upload(("file", "A.TTL", "application/octet-stream", text))
    assert client("POST", GRAPH + "named", named, "steward", Content_Type=kind).status == 201
    nameless = upload(("file", "data", "application/octet-stream", text))
    assert client("POST", GRAPH + "named", nameless, "steward", Content_Type=kind).status == 415


def test_an_answer_without_a_body_has_no_media_type(client: Client) -> None:  # RFC 9110, 8.3
    body = "<http://e/a> <http://e/p> 1 ."
    made = client("PUT", GRAPH + "typeless", body, "steward", Content_Type="text/turtle")
    assert made.status == 201
    assert made.data == b""
    assert "Content-Type" not in made.headers


# -- compressed bodies (RFC 9110, 8.4 and 15.5.16) ------------------------------------------------


@pytest.mark.parametrize(
    ("path", "kind", "body", "status"),
    [
        ("/sparql", QUERY, b"ASK {}", 200),
        ("/sparql", FORM, b"query=ASK+%7B%7D", 200),
        ("/validate", "text/plain", SEED.read_bytes(), 200),
        ("/update", UPDATE, b"INSERT DATA { GRAPH <http://e/z> { <a:s> <a:p> 1 } }", 204),
    ],
)
def test_queries_and_updates_may_be_compressed(
    client: Client, path: str, kind: str, body: bytes, status: int
) -> None:
    def post(data: bytes, coding: str):
        return client("POST", path, data, "admin", Content_Type=kind, Content_Encoding=coding)

    assert post(gzip.compress(body), "gzip").status == status
    broken = post(gzip.compress(body)[:-4], "gzip")
    assert broken.status == 400
    refused = post(body, "br")
    assert refused.status == 415
    assert refused.headers["Accept-Encoding"] == "gzip"  # 12.5.3
    large = post(gzip.compress(b"#" * 65_000_000 + body), "gzip")
    assert large.status == 413


def test_a_compressed_query_is_not_answered_from_memory_as_a_plain_one(client: Client) -> None:
    for coding, status in (("identity", 200), ("br", 415), ("identity", 200)):
        answer = client("POST", "/sparql", b"ASK {}", Content_Type=QUERY, Content_Encoding=coding)
        assert answer.status == status


# -- conditional reading (RFC 9110, 13.1.1) -------------------------------------------------------


@pytest.mark.parametrize(
    "path", [f"/record/{SEED_ID}", f"/graphs?graph={RECORD}", "/sparql?query=ASK%7B%7D", "/"]
)
def test_if_match_holds_for_reading_too(client: Client, path: str) -> None:
    tag = client("GET", path).headers["ETag"]
    for given in (tag, f'"other", {tag}', "*"):
        assert client("GET", path, If_Match=given).status == 200
    for given in ('"other"', f"W/{tag}"):
        failed = client("GET", path, If_Match=given)
        assert failed.status == 412
        assert failed.headers["Content-Type"] == "application/problem+json"
        assert json.loads(failed.data)["status"] == 412
        head = client("HEAD", path, If_Match=given)
        assert (head.status, head.data) == (412, b"")


# -- the host (RFC 9112, 3.2) ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "lines",
    [b"", b"Host:\r\n", b"Host: a\r\nHost: b\r\n", b"Host: a b\r\n", b'Host: "><script>\r\n'],
)
@pytest.mark.parametrize("path", [b"/sparql?query=ASK%7B%7D", b"/catalog", b"/nothing"])
def test_a_request_names_one_host(client: Client, lines: bytes, path: bytes) -> None:
    answer = send(client, b"GET %s HTTP/1.1\r\n%sConnection: close\r\n\r\n" % (path, lines))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ")
    assert b"content-type: application/problem+json" in head
    assert json.loads(body)["status"] == 400


@pytest.mark.parametrize("host", [b"localhost", b"[::1]:8000", b"e.example:", b"10.0.0.1:80"])
def test_hosts_that_are_named_well(client: Client, host: bytes) -> None:
    request = b"GET /health/live HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n" % host
    assert send(client, request).startswith(b"HTTP/1.1 200 ")


def test_http_1_0_need_not_name_one(client: Client) -> None:
    answer = send(client, b"GET /catalog?format=nt HTTP/1.0\r\n\r\n")
    assert answer.split(b" ")[1] == b"200"
    assert b"<http:///" not in answer
    assert urlsplit(client.url).netloc.encode() in answer


# -- connections (RFC 9112, 9.3) ------------------------------------------------------------------


def test_a_connection_outlives_requests_that_are_refused(client: Client) -> None:
    address = urlsplit(client.url)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=30)
    large = b"x" * 400_000
    refused = [
        ("POST", "/update", UPDATE, 401),
        ("PUT", "/graphs?graph=a:g", "text/turtle", 401),
        ("POST", "/nothing", "text/plain", 404),
        ("PUT", "/sparql", "text/plain", 405),
        ("POST", "/sparql", "text/plain", 415),
    ]
    for method, path, kind, status in refused:
        connection.request(method, path, large, {"Content-Type": kind})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == status
        own = connection.sock
        connection.request("GET", "/health/live")
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (200, b'{"status":"live"}\n')
        assert connection.sock is own
    connection.close()


# -- problem documents (RFC 9457) -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/record/none", 404),
        ("GET", "/queries/none", 404),
        ("DELETE", "/sparql", 405),
        ("POST", "/update", 401),
        ("GET", "/sparql?query=nope", 400),
        ("GET", "/sparql?query=ASK%7B%7D&timeout=x", 400),
        ("GET", "/sparql?query=SELECT*%7B?a?b?c.?d?e?f.?g?h?i.?j?k?l%7DORDER+BY?a&timeout=.2", 503),
    ],
)
def test_titles_belong_to_types(client: Client, method: str, path: str, status: int) -> None:
    answer = client(method, path)
    problem = json.loads(answer.data)
    assert answer.status == problem["status"] == status
    if problem["type"] == "about:blank":  # 4.2.1
        assert problem["title"] == http.client.responses[status]
    else:  # 3.1.1: an absolute URI; one for each kind of problem
        assert problem["type"].startswith("urn:outcome-graph:problem:")


def test_two_reasons_of_one_status_are_told_apart(client: Client) -> None:
    slow = client("GET", "/sparql?query=SELECT*%7B?a?b?c.?d?e?f.?g?h?i%7DORDER+BY?a&timeout=.2")
    assert json.loads(slow.data)["type"] == "urn:outcome-graph:problem:query-timeout"
    wrong = client("GET", "/sparql?query=nope")
    assert json.loads(wrong.data)["type"] == "urn:outcome-graph:problem:query"


@pytest.mark.parametrize("accept", ["application/json", "application/problem+json", "image/png"])
@pytest.mark.parametrize(
    "path",
    ["/record/none", "/outcome/none", "/country/XXX", "/graphs?graph=a:none", "/record/no/history"],
)
def test_what_is_not_here_is_404_whatever_is_accepted(
    client: Client, path: str, accept: str
) -> None:
    answer = client("GET", path, Accept=accept)
    assert answer.status == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_without_a_query_there_are_no_results(client: Client) -> None:  # SPARQL Protocol, 2.1.1
    for accept in ("application/sparql-results+json", "text/csv"):
        answer = client("GET", "/sparql", Accept=accept)
        assert answer.status == 400
        assert "query" in json.loads(answer.data)["detail"]
    assert client("GET", "/sparql", Accept="text/turtle").status == 200


# -- SPARQLWrapper --------------------------------------------------------------------------------


@pytest.mark.parametrize("method", [GET, POST])
@pytest.mark.parametrize(
    ("sparql", "wanted", "media_type"),
    [
        ('SELECT ("é" AS ?x) {}', JSON, "application/sparql-results+json"),
        ('SELECT ("é" AS ?x) {}', XML, "application/sparql-results+xml"),
        ('SELECT ("é" AS ?x) {}', CSV, "text/csv"),
        ('SELECT ("é" AS ?x) {}', TSV, "text/tab-separated-values"),
        ("ASK {}", JSON, "application/sparql-results+json"),
        ("CONSTRUCT { <a:s> <a:p> 1 } {}", TURTLE, "text/turtle"),
        ("CONSTRUCT { <a:s> <a:p> 1 } {}", N3, "text/turtle"),
        ("CONSTRUCT { <a:s> <a:p> 1 } {}", RDFXML, "application/rdf+xml"),
        ("CONSTRUCT { <a:s> <a:p> 1 } {}", JSONLD, "application/ld+json"),
        ("CONSTRUCT { <a:s> <a:p> 1 } {}", XML, "application/rdf+xml"),
    ],
)
def test_sparqlwrapper_gets_what_it_wants(
    client: Client, method: str, sparql: str, wanted: str, media_type: str
) -> None:
    # It says what it wants in Accept and, up to twice, in format=.
    wrapper = SPARQLWrapper(f"{client.url}/sparql")
    wrapper.setMethod(method)
    wrapper.setReturnFormat(wanted)
    wrapper.setQuery(sparql)
    answer = wrapper.query()
    assert answer.info()["content-type"].startswith(media_type)
    assert answer.convert() is not None


# -- bounds ---------------------------------------------------------------------------------------


def test_pages_keep_to_the_bound_of_rows(tmp_path: Path) -> None:
    secrets = make_store(tmp_path / "store")
    with running_server(tmp_path / "store", OUTCOME_GRAPH_MAX_ROWS="3") as server:
        client = Client(server.url, secrets)
        query = urlencode({"query": "SELECT * { ?s ?p ?o }"})
        page = client("GET", f"/sparql?{query}", Accept="text/html")
        assert "only the first 3 rows are given" in page.data.decode()
        rows = client("GET", f"/sparql?{query}", Accept="application/json")
        assert len(json.loads(rows.data)["results"]["bindings"]) == 3
        assert rows.headers["X-Truncated"]


def test_options_of_the_server_as_a_whole(client: Client) -> None:
    """RFC 9110, 9.3.7: with "*" it is a ping, and tells what the server takes anywhere."""
    answer = send(client, b"OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    head = answer.decode().lower()
    assert head.startswith("http/1.1 204 ")
    allow = next(line for line in head.splitlines() if line.startswith("allow:"))
    assert {"get", "head", "options", "post", "put", "delete"} == set(
        allow.removeprefix("allow:").replace(" ", "").split(",")
    )
    other = send(client, b"GET /* HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert other.startswith(b"HTTP/1.1 404 ")
