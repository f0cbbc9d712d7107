"""The real server process: granian, one worker that owns the store; SPARQLWrapper, curl, urllib."""

from __future__ import annotations

import errno
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from SPARQLWrapper import CSV, JSON, TURTLE, XML, SPARQLWrapper
from support.stores import seeded

from outcome_graph.errors import StoreBusyError, UsageError
from outcome_graph.pipeline import OutcomeGraph
from outcome_graph.service import server as server_module

RECORD = "/record/LAO226-2020-21-8.1.1"
CODE = "SELECT ?code { ?o og:code ?code }"


def command(store: Path, *args: str) -> list[str]:
    return [sys.executable, "-m", "outcome_graph", "--store", str(store), "serve", *args]


@contextmanager
def served(store: Path, *args: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("OUTCOME_GRAPH_")}
    process = subprocess.Popen(
        command(store, "--port", "0", *args), stderr=subprocess.PIPE, text=True, env=environment
    )
    assert process.stderr is not None
    lines: list[str] = []
    rest: threading.Thread | None = None
    try:
        for line in process.stderr:
            lines.append(line)
            if "http://" in line:
                break
        else:
            raise AssertionError("the server did not start:\n" + "".join(lines))
        rest = threading.Thread(target=process.stderr.read, daemon=True)
        rest.start()
        yield "http://" + lines[-1].split("http://")[1].strip(), process
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(30)
        if rest is not None:
            rest.join(30)
        process.stderr.close()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served") / "store"
    return seeded(folder)


@pytest.fixture(scope="module")
def url(store: Path) -> Iterator[str]:
    with served(store) as (address, _):
        yield address


def get(url: str, accept: str = "*/*", **headers: str):
    request = urllib.request.Request(url, headers={"Accept": accept, **headers})
    return urllib.request.urlopen(request, timeout=60)


def test_it_answers_as_soon_as_it_says_so(url: str) -> None:
    with get(f"{url}/health/ready") as response:
        assert json.load(response)["status"] == "ready"
    with get(f"{url}/health/live") as response:
        assert json.load(response)["status"] == "live"


@pytest.mark.parametrize(
    ("method", "request_method"),
    [("GET", "urlencoded"), ("POST", "urlencoded"), ("POST", "postdirectly")],
)
def test_sparqlwrapper_rows(url: str, method: str, request_method: str) -> None:
    wrapper = SPARQLWrapper(f"{url}/sparql")
    wrapper.setMethod(method)
    wrapper.setRequestMethod(request_method)
    wrapper.setQuery("PREFIX og: <https://w3id.org/outcome-graph/ontology#> " + CODE)
    wrapper.setReturnFormat(JSON)
    rows = wrapper.queryAndConvert()["results"]["bindings"]
    assert [row["code"]["value"] for row in rows] == ["LAO226"]
    wrapper.setReturnFormat(CSV)
    assert wrapper.queryAndConvert().split() == [b"code", b"LAO226"]
    wrapper.setReturnFormat(XML)
    assert "LAO226" in wrapper.queryAndConvert().toxml()


@pytest.mark.parametrize("name", [TURTLE, XML])
def test_sparqlwrapper_graphs(url: str, name: str) -> None:
    wrapper = SPARQLWrapper(f"{url}/sparql")
    wrapper.setQuery("DESCRIBE <https://w3id.org/outcome-graph/outcome/LAO226-2020-21-8.1.1>")
    wrapper.setReturnFormat(name)
    answer = wrapper.queryAndConvert()
    if name == TURTLE:
        assert b"LAO226" in answer
    else:
        assert len(answer) > 10


def test_curl(url: str) -> None:
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("needs curl")
    done = subprocess.run(
        [
            *(curl, "-sS", "-L", "--compressed", "-H", "Accept: text/turtle"),
            *("-w", "%{http_code}", f"{url}/outcome/LAO226-2020-21-8.1.1"),
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.endswith("200")
    assert 'og:code "LAO226"' in done.stdout
    head = subprocess.run(
        [curl, "-sS", "-I", f"{url}{RECORD}"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    lines = head.stdout.lower().splitlines()
    assert lines[0].startswith("http/1.1 200")
    assert any(line.startswith("etag:") for line in lines)
    assert any(line.startswith("content-length:") for line in lines)


def test_conditional_requests(url: str) -> None:
    with get(f"{url}{RECORD}") as response:
        tag = response.headers["ETag"]
    with pytest.raises(urllib.error.HTTPError) as caught:
        get(f"{url}{RECORD}", **{"If-None-Match": tag})
    assert caught.value.code == 304
    caught.value.close()


def test_a_chunked_body_without_length(url: str) -> None:
    host, port = url.removeprefix("http://").split(":")
    body = CODE.encode()
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept: text/csv\r\n"
            b"Content-Type: application/sparql-query\r\nTransfer-Encoding: chunked\r\n\r\n"
            + f"{len(body):x}\r\n".encode()
            + body
            + b"\r\n0\r\n\r\n"
        )
        answer = b""
        while part := connection.recv(65536):
            answer += part
    assert answer.startswith(b"HTTP/1.1 200")
    assert b"LAO226" in answer


def test_a_long_answer_streams_whole(url: str) -> None:
    query = quote("SELECT * { ?s ?p ?o }")
    with get(f"{url}/sparql?query={query}", "text/csv") as response:
        lines = sum(1 for _ in response)
    count = quote("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    with get(f"{url}/sparql?query={count}", "text/csv") as response:
        expected = int(response.read().split()[1])
    # Literals may hold line ends, so there are at least as many lines as rows and heading.
    assert lines >= expected + 1
    assert expected > 5000


def test_an_answer_that_breaks_off_shows_it(url: str) -> None:
    query = quote("SELECT * { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f }")
    with get(f"{url}/sparql?query={query}&timeout=1", "text/csv") as response:
        tail, broken = b"", False
        try:
            while part := response.read1(1 << 16):
                tail = (tail + part)[-2000:]
        except http.client.IncompleteRead:
            broken = True  # a busy machine may break the connection off before the line is sent
    assert broken or b"INCOMPLETE" in tail


def test_a_client_that_goes_away_does_no_harm(url: str) -> None:
    host, port = url.removeprefix("http://").split(":")
    path = "/sparql?query=" + quote("SELECT * { ?s ?p ?o . ?a ?b ?c }")
    for _ in range(4):
        with socket.create_connection((host, int(port)), timeout=30) as connection:
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            assert connection.recv(1000)
    started = time.monotonic()
    with get(f"{url}/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D") as response:
        assert json.load(response)["boolean"] is True
    assert time.monotonic() - started < 10


def test_a_port_in_use_is_said_in_one_line(url: str, tmp_path: Path) -> None:
    port = url.rpartition(":")[2]
    done = subprocess.run(
        command(tmp_path / "other", "--port", port), capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 2
    assert port in done.stderr
    assert "in use" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "other").exists()


def test_a_port_that_may_not_be_used_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Below 1024 an ordinary user gets EACCES; tests may run as another."""

    def refused(self: socket.socket, address: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", refused, raising=False)
    with pytest.raises(UsageError) as stopped:
        server_module._free_port("127.0.0.1", 80)
    assert stopped.value.message == (
        "Cannot listen on 127.0.0.1, port 80: this user may not use the port; choose one above "
        "1023 with --port."
    )


def test_a_store_that_cannot_be_opened_is_said_in_one_line(url: str, store: Path) -> None:
    # The running server owns it.
    done = subprocess.run(
        command(store, "--port", "0"), capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 3, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_in_good_order_and_frees_the_store(tmp_path: Path, stop: int) -> None:
    with OutcomeGraph.open(tmp_path / "store"):
        pass
    with served(tmp_path / "store") as (_, process):
        process.send_signal(stop)
        assert process.wait(30) == 0
    with OutcomeGraph.open(tmp_path / "store") as graph:
        assert graph.store.revision() > 0


def test_the_worker_ends_when_its_supervisor_is_killed(tmp_path: Path) -> None:
    with OutcomeGraph.open(tmp_path / "store"):
        pass
    with served(tmp_path / "store") as (address, process):
        process.kill()
        process.wait(30)
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                get(f"{address}/health/live").close()
            except OSError:
                break
            time.sleep(0.1)
        else:
            raise AssertionError("the worker still answers")
    # It no longer answers; closing the store may take it a moment more.
    while True:
        try:
            with OutcomeGraph.open(tmp_path / "store") as graph:
                assert graph.store.revision() > 0
            break
        except StoreBusyError:
            assert time.monotonic() < until, "the worker still holds the store"
            time.sleep(0.1)


def test_read_only(tmp_path: Path) -> None:
    seeded(tmp_path / "store")
    with (
        served(tmp_path / "store", "--read-only") as (address, _),
        get(f"{address}{RECORD}", "text/html") as response,
    ):
        assert b"National Social Protection Strategy" in response.read()
