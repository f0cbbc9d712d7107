"""What a validated write of one record over HTTP takes, beside pySHACL's own time for it.

    python tests/benchmarks/one_record.py [--writes 60]

A real server with a token; the seed's page is sent to ``/records`` (read, linked, validated,
committed) and its statements as Turtle to ``/record/{id}`` (validated, committed), each time with
another title, so that each write is a commit. In the same run, in this process: pySHACL with our
shapes preloaded, on the same statements. Medians of wall time, on one connection.
"""

from __future__ import annotations

import argparse
import http.client
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from outcome_graph.namespaces import IriMinter
from outcome_graph.pipeline import OutcomeGraph
from outcome_graph.rdf import RdfFormat, serialize
from outcome_graph.validation import Validator
from outcome_graph.validation.statements import statements

ID = "LAO226-2020-21-8.1.1"
SEED = Path(__file__).resolve().parents[2] / "data" / "outcomes" / f"{ID}.txt"
TITLE = "The National Social Protection Strategy was officially launched"


def _median(run: Callable[[int], None], times: int) -> float:
    """Return the median time of a call in milliseconds; the first tenth warms up."""
    taken = []
    for number in range(times):
        began = time.perf_counter()
        run(number)
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken[times // 10 :])


def _cli(store: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "outcome_graph", "--store", str(store), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writes", type=int, default=60)
    writes = parser.parse_args().writes
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        _cli(store, "init")
        _cli(store, "load", str(SEED))
        with OutcomeGraph.open(store, read_only=True) as graph:
            triples = graph.record_triples(ID)
        token = _cli(store, "token", "create", "--role", "steward").split()[-1]
        command = [sys.executable, "-m", "outcome_graph", "--store", str(store)]
        server = subprocess.Popen([*command, "serve", "--port", "0"], stderr=subprocess.PIPE)
        try:
            assert server.stderr is not None
            line = server.stderr.readline().decode()
            found = re.search(r"127\.0\.0\.1:(\d+)", line)
            assert found, line
            _measure(int(found[1]), token, triples, writes)
        finally:
            server.terminate()
            server.wait()


def _measure(port: int, token: str, triples: list[object], writes: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port)

    def send(
        method: str, path: str, body: bytes, media_type: str, expected: tuple[int, ...]
    ) -> None:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": media_type}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        assert answer.status in expected, content

    page = SEED.read_bytes()
    turtle = (serialize(triples, format=RdfFormat.TURTLE) or b"").decode()  # type: ignore[arg-type]
    validator = Validator.load(IriMinter())
    own = statements(triples)  # type: ignore[arg-type]
    validator.found_by(validator.engine, ID, own)

    def page_of(number: int) -> bytes:
        # The title makes it another result, which would be another record.
        return page.replace(b"approx. 30 participants", b"approx. %d participants" % (number + 31))

    def turtle_of(number: int) -> bytes:
        return turtle.replace(TITLE, f"{TITLE} ({number})").encode()

    def bad_of(number: int) -> bytes:
        return re.sub("2020-04-01", "2031-04-01", turtle_of(number).decode()).encode()

    text, rdf = "text/plain; charset=utf-8", "text/turtle"
    where = f"/record/{ID}"
    figures = {
        "pySHACL on the statements, shapes preloaded": _median(
            lambda _: validator.found_by(validator.engine, ID, own) and None, writes
        ),
        "PUT /record/{id}, Turtle": _median(
            lambda n: send("PUT", where, turtle_of(n), rdf, (200, 201, 204)), writes
        ),
        "PUT /record/{id}, Turtle, refused (422)": _median(
            lambda n: send("PUT", where, bad_of(n), rdf, (422,)), writes
        ),
        "POST /records, the page": _median(
            lambda n: send("POST", "/records", page_of(n), text, (200, 201)), writes
        ),
    }
    base = figures["pySHACL on the statements, shapes preloaded"]
    for name, milliseconds in figures.items():
        print(f"{name:45s} {milliseconds:7.1f} ms   {milliseconds / base:.2f} x")


if __name__ == "__main__":
    main()
