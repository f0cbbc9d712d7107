"""Users' shapes that cannot be used: one clear line each, and never a false "conforms"."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from outcome_graph.errors import SourceError, UsageError
from outcome_graph.pipeline.users_shapes import ShapesTask, validate_with_shapes
from outcome_graph.settings import Settings

HEAD = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix og: <https://w3id.org/outcome-graph/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix ex: <http://example.org/> .
"""
ON_OUTCOMES = "ex:S a sh:NodeShape ; sh:targetClass og:Outcome ; "


def verdict(
    folder: Path, seed: Path, shapes: str | bytes, deadline: float = 60
) -> tuple[str, bool]:
    """Validate the seed record with shapes, as ``validate SOURCE --shapes FILE`` does."""
    file = folder / "mine.ttl"
    file.write_bytes(shapes if isinstance(shapes, bytes) else (HEAD + shapes).encode())
    task = ShapesTask(shapes=file, settings=Settings(), sources=(str(seed),))
    return validate_with_shapes(task, deadline)


def refusal(folder: Path, seed: Path, shapes: str | bytes) -> str:
    with pytest.raises((UsageError, SourceError)) as caught:
        verdict(folder, seed, shapes)
    message = caught.value.message
    assert message.startswith("mine.ttl") or "mine.ttl" in message or "shapes" in message
    assert "\n" not in message
    assert len(message) < 700
    return message


@pytest.mark.parametrize(
    ("shapes", "words"),
    [
        ("", ["holds no SHACL shape"]),
        ("this is not turtle {", ["Turtle is not well formed", "line 8"]),
        (b"\xff\xfe\x00bad", ["Turtle is not well formed", "UTF-8"]),
        (ON_OUTCOMES + "sh:node ex:S .", ["in a circle", "Break the circle"]),
        (ON_OUTCOMES + "sh:not ex:S .", ["in a circle"]),
        (ON_OUTCOMES + "sh:property [ sh:path og:contribution ; sh:node ex:S ] .", ["in a circle"]),
        (
            ON_OUTCOMES + "sh:in ex:L . ex:L rdf:first ex:a ; rdf:rest ex:L .",
            ["in a circle"],
        ),
        (
            ON_OUTCOMES + "sh:property [ sh:path [ sh:upsideDownPath og:code ] ; sh:minCount 1 ] .",
            ["example.org/S", "sh:path", "upsideDownPath"],
        ),
        (ON_OUTCOMES + 'sh:property [ sh:path "code" ; sh:minCount 1 ] .', ["sh:path", '"code"']),
        (ON_OUTCOMES + "sh:property [ sh:path ( og:code ) ; sh:minCount 1 ] .", ["sh:path"]),
        (
            "ex:S a sh:PropertyShape ; sh:targetClass og:Outcome ; sh:minCount 1 .",
            ["example.org/S"],
        ),
        (
            ON_OUTCOMES + 'sh:property [ sh:path og:code ; sh:minCount "many" ] .',
            ["sh:minCount", "integer"],
        ),
        (ON_OUTCOMES + "sh:in ex:NoList .", ["sh:in"]),
        (
            ON_OUTCOMES + 'sh:property [ sh:path og:code ; sh:pattern "(unclosed" ] .',
            ["regular expression", "(unclosed", "Correct sh:pattern"],
        ),
        (
            ON_OUTCOMES
            + 'sh:sparql [ a sh:SPARQLConstraint ; sh:select "SELECT $this { $this " ] .',
            ["cannot be evaluated"],
        ),
        (
            ON_OUTCOMES + 'sh:js [ a sh:JSConstraint ; sh:jsFunctionName "f" ] .',
            ["JavaScript", "not evaluated here", "sh:sparql"],
        ),
        (
            "ex:S a sh:NodeShape ; sh:target [ a sh:SPARQLTarget ; sh:select "
            '"SELECT ?this { ?this a og:Outcome }" ] ; sh:nodeKind sh:BlankNode .',
            ["sh:target", "not evaluated here"],
        ),
        # What SHACL does not know would be passed over, and read as "conforms".
        (
            ON_OUTCOMES + "sh:property [ sh:path og:code ; sh:minCunt 2 ] .",
            ["example.org/S", "sh:minCunt", "sh:minCount?"],
        ),
        (
            ON_OUTCOMES + "sh:property [ sh:path og:code ; sh:singleLine true ] .",
            ["sh:singleLine", "does not know"],
        ),
        (
            ON_OUTCOMES + 'sh:property [ sh:path og:code ; sh:pattern "a" ; sh:flags "g" ] .',
            ["flags", "'g'"],
        ),
        (ON_OUTCOMES + "sh:and () .", ["list"]),
        (
            "ex:S a sh:NodeShape ; sh:property [ sh:path og:code ; sh:maxLength 1 ] .",
            ["no shape with a target", "check nothing", "sh:targetClass"],
        ),
    ],
)
def test_a_clear_refusal(tmp_path: Path, seed: Path, shapes: str, words: list[str]) -> None:
    message = refusal(tmp_path, seed, shapes)
    for word in words:
        assert word in message


def test_a_file_that_is_no_file_of_shapes_is_not_read_to_its_end(
    tmp_path: Path, seed: Path
) -> None:
    file = tmp_path / "mine.ttl"
    with file.open("wb") as sparse:
        sparse.truncate(1_000_000_000)
    task = ShapesTask(shapes=file, settings=Settings(), sources=(str(seed),))
    with pytest.raises(UsageError, match=r"mine\.ttl is larger than 10,000,000 bytes"):
        validate_with_shapes(task, 30)


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A web server that remembers what it was asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_POST = do_GET

        def log_message(self, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", asked
        server.shutdown()


def test_imports_are_not_fetched(
    tmp_path: Path, seed: Path, listener: tuple[str, list[str]]
) -> None:
    address, asked = listener
    shapes = f"<{address}mine> a owl:Ontology ; owl:imports <{address}theirs.ttl> . " + ON_OUTCOMES
    message = refusal(tmp_path, seed, shapes + "sh:property [ sh:path og:code ; sh:minCount 1 ] .")
    assert f"{address}theirs.ttl" in message
    assert "not fetched" in message
    assert asked == []


def test_an_import_of_what_is_in_the_file_is_none(tmp_path: Path, seed: Path) -> None:
    shapes = (
        "ex:Mine a owl:Ontology ; owl:imports ex:Part . ex:Part a owl:Ontology . " + ON_OUTCOMES
    )
    found, conforms = verdict(
        tmp_path, seed, shapes + "sh:property [ sh:path og:code ; sh:minCount 1 ] ."
    )
    assert conforms, found


@pytest.mark.parametrize("silent", ["", "SILENT "])
def test_no_query_of_a_shape_calls_another_server(
    tmp_path: Path, seed: Path, listener: tuple[str, list[str]], silent: str
) -> None:
    address, asked = listener
    query = (
        f"SELECT $this ?value {{ $this ?p ?value . SERVICE {silent}<{address}> {{ ?a ?b ?c }} }}"
    )
    message = refusal(
        tmp_path, seed, ON_OUTCOMES + f'sh:sparql [ a sh:SPARQLConstraint ; sh:select "{query}" ] .'
    )
    assert "SERVICE" in message
    assert asked == []


@pytest.mark.parametrize(
    "query",
    [
        "LOAD <{address}>",
        "SELECT $this WHERE {{ $this ?p ?o }} ; LOAD <{address}>",
        "SELECT $this FROM <{address}> WHERE {{ $this ?p ?o }}",
        "INSERT DATA {{ <a:a> <a:b> <a:c> }}",
    ],
)
def test_no_query_of_a_shape_fetches_or_changes_data(
    tmp_path: Path, seed: Path, listener: tuple[str, list[str]], query: str
) -> None:
    address, asked = listener
    text = query.format(address=address)
    message = refusal(
        tmp_path, seed, ON_OUTCOMES + f'sh:sparql [ a sh:SPARQLConstraint ; sh:select "{text}" ] .'
    )
    assert message
    assert asked == []


def test_a_nested_repetition_takes_no_time(tmp_path: Path, seed: Path) -> None:
    """Python's expressions try 2^n ways here, past any deadline; the engine's do not."""
    shapes = ON_OUTCOMES + (
        'sh:property [ sh:path og:achievement ; sh:pattern "^(([a-zA-Z ,.]|.)+)+#$" ] .'
    )
    found, conforms = verdict(tmp_path, seed, shapes, deadline=30)
    assert not conforms
    assert "violation" in found


def test_a_component_of_ones_own_is_evaluated(tmp_path: Path, seed: Path) -> None:
    component = """
        ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:longerThan ] ;
            sh:propertyValidator [ a sh:SPARQLSelectValidator ; sh:message "too short" ; sh:select
            "SELECT $this ?value { $this $PATH ?value . FILTER(STRLEN(?value) <= $longerThan) }" ] .
    """
    property_shape = "sh:property [ sh:path dcterms:title ; ex:longerThan %d ] ."
    # The seed's title has 63 characters, as anybody can count.
    length = len("The National Social Protection Strategy was officially launched")
    found, conforms = verdict(tmp_path, seed, component + ON_OUTCOMES + property_shape % length)
    assert (conforms, "too short" in found) == (False, True)
    _, conforms = verdict(tmp_path, seed, component + ON_OUTCOMES + property_shape % (length - 1))
    assert conforms
