"""What a validated write of one record over HTTP takes, beside pySHACL's own time for it.

    python tests/benchmarks/one_record.py [--writes 60]

A real server with a token; the seed's page is sent to ``/records`` (read, linked, validated,
committed) and its statements as Turtle to ``/record/{id}`` (validated, committed), each time with
another title, so that each write is a commit. In the same run, in this process: pySHACL with our
shapes preloaded, on the same statements, as this program tunes it (queries parsed once, only the
record's neighbourhood) and as ``pyshacl.validate`` does it with a graph of shapes that is at hand.
Medians of the clock on one connection, and seconds of processor: of the server with its readers
for writes, of this process for pySHACL. The second are the better measure on a busy machine.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyshacl

from outcome_graph.namespaces import IriMinter
from outcome_graph.pipeline import OutcomeGraph
from outcome_graph.pipeline.store_validation import check_record
from outcome_graph.rdf import RdfFormat, serialize
from outcome_graph.validation import Validator
from outcome_graph.validation.screen.records import RecordScreen
from outcome_graph.validation.shacl import to_rdflib_graph
from outcome_graph.validation.statements import statements

ID = "LAO226-2020-21-8.1.1"
SEED = Path(__file__).resolve().parents[2] / "data" / "outcomes" / f"{ID}.txt"
TITLE = "The National Social Protection Strategy was officially launched"


def _timed(
    run: Callable[[int], object], times: int, processor: Callable[[], float] = time.process_time
) -> tuple[float, float]:
    """Return median time and mean processor time of a call, in milliseconds.

    The first tenth warms up.
    """
    taken = []
    warm = times // 10
    for number in range(times):
        if number == warm:
            used = processor()
        began = time.perf_counter()
        run(number)
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken[warm:]), (processor() - used) * 1000 / (times - warm)


def _processor(pid: int) -> float:
    """Return the seconds of processor of a process and its children (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(_processor(int(child)) for child in children)


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
            _measure(int(found[1]), token, triples, writes, server.pid)
        finally:
            server.terminate()
            server.wait()


def _measure(port: int, token: str, triples: list[object], writes: int, pid: int) -> None:
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
    screen = RecordScreen(validator)
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
    data = to_rdflib_graph(validator.surroundings(ID, own))
    shapes = to_rdflib_graph(validator.shapes.constraints())

    def served(run: Callable[[int], object]) -> tuple[float, float]:
        return _timed(run, writes, lambda: _processor(pid))

    figures = {
        "pySHACL, tuned, shapes preloaded": _timed(
            lambda _: validator.found_by(validator.engine, ID, own), writes
        ),
        "pyshacl.validate, shapes preloaded": _timed(
            lambda _: pyshacl.validate(data, shacl_graph=shapes, inference="none"), 10
        ),
        "the record's check in this process": _timed(
            lambda _: check_record(screen, ID, triples), writes
        ),
        "PUT /record/{id}, Turtle": served(
            lambda n: send("PUT", where, turtle_of(n), rdf, (200, 201, 204))
        ),
        "PUT /record/{id}, Turtle, refused (422)": served(
            lambda n: send("PUT", where, bad_of(n), rdf, (422,))
        ),
        "POST /records, the page": served(
            lambda n: send("POST", "/records", page_of(n), text, (200, 201))
        ),
    }
    clock, processor = figures["pySHACL, tuned, shapes preloaded"]
    for name, (taken, used) in figures.items():
        print(
            f"{name:42s} {taken:7.1f} ms {taken / clock:6.2f} x"
            f"   processor {used:7.1f} ms {used / processor:6.2f} x"
        )


if __name__ == "__main__":
    main()
