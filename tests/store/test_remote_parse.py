"""Queries of very many parts end nobody's process when the service parses them itself."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

from outcome_graph.errors import QueryError
from outcome_graph.store.remote_parse import MOST_PARTS, parsed

#: Flat to write, deep for the engine: each as long as a number of parts.
SHAPES = {
    "sums": lambda n: f"ASK {{ FILTER({'+'.join(['1'] * n)} > 0) }}",
    "products": lambda n: f"ASK {{ FILTER({'*'.join(['?a'] * n)} > 0) }}",
    "conditions": lambda n: f"ASK {{ FILTER({'||'.join(['?a=1'] * n)}) }}",
    "unions": lambda n: f"ASK {{ {'{} UNION ' * n} {{}} }}",
    "options": lambda n: f"ASK {{ {'OPTIONAL { ?s ?p ?o } ' * n} }}",
    "filters": lambda n: f"ASK {{ {'FILTER(?a = 1) ' * n} }}",
    "objects": lambda n: f"ASK {{ ?s ?p ?o {', ?o' * n} }}",
    "paths": lambda n: f"ASK {{ ?s {'/'.join(['<a:p>'] * n)} ?o }}",
    "aggregates": lambda n: f"SELECT {' '.join(f'(COUNT(?s) AS ?x{i})' for i in range(n))} {{}}",
    "comments": lambda n: f"ASK {{ FILTER(1{'# VALUES {' + chr(10)}{'+1' * n}) }}",
}

#: A thread as those of the server, which have 2 MB of stack.
PROGRAM = textwrap.dedent(
    """
    import sys, threading
    from outcome_graph.errors import QueryError
    from outcome_graph.store.remote_parse import parsed

    def work():
        try:
            print(parsed(sys.stdin.read(), None))
        except QueryError as error:
            print("refused:", error.message)

    threading.stack_size(2 * 1024 * 1024)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    """
)


def parse_as_the_server_does(sparql: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], input=sparql, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, f"it ended with {done.returncode}"
    return done.stdout.strip()


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("parts", [1_200, 50_000])
def test_many_parts_end_no_process(shape: str, parts: int) -> None:
    said = parse_as_the_server_does(SHAPES[shape](parts))
    assert said in ("solutions", "boolean") or "more than 10,000 words and signs" in said


@pytest.mark.parametrize("shape", ["sums", "objects", "paths"])
def test_what_is_just_allowed_is_parsed(shape: str) -> None:
    assert parse_as_the_server_does(SHAPES[shape](MOST_PARTS // 2 - 20)) == "boolean"


def test_data_may_be_as_long_as_it_likes() -> None:
    names = " ".join(f"<http://e/{n}>" for n in range(30_000))
    assert parsed(f"SELECT * {{ VALUES ?s {{ {names} }} ?s ?p ?o }}", None) == "solutions"


def test_the_place_is_told() -> None:
    query = "ASK {\n" + "?s ?p ?o .\n" * 3_000 + "}"
    with pytest.raises(QueryError) as caught:
        parsed(query, None)
    assert caught.value.line is not None
    assert 2_400 < caught.value.line < 2_600  # four words and signs a line
