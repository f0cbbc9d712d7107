"""A literal that breaks its datatype is never taken for well formed, whichever way it comes.

What is valid is from XML Schema 1.1 Part 2 (3.3 and 3.4): lexical spaces and ranges. The engine
keeps ``"300"^^xsd:byte`` as the integer 300, so what counts is what was written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import SEED, Cli, running_server
from support.writable import SEED_ID, Client, make_store

from outcome_graph.namespaces import OG, XSD, IriMinter
from outcome_graph.pipeline import SourceReader
from outcome_graph.rdf import Literal, RdfFormat, Triple, serialize
from outcome_graph.settings import Settings

MINTER = IriMinter()
RECORD, OUTCOME = MINTER.record(SEED_ID), MINTER.outcome(SEED_ID)
BROKEN = [
    ("2020-13-45", "date"),
    ("2020-02-30", "date"),
    ("2020-04-01T25:00:00", "dateTime"),
    ("12:00", "time"),
    ("abc", "integer"),
    ("1.0", "integer"),
    ("300", "byte"),
    ("-1", "nonNegativeInteger"),
    ("0", "positiveInteger"),
    ("4294967296", "unsignedInt"),
    ("NaN", "decimal"),
    ("1e3", "decimal"),
    ("maybe", "boolean"),
    ("TRUE", "boolean"),
]
#: Values that are right but not as the store keeps them: it says so, and takes them.
RESPELT = [("007", "integer"), ("+1", "integer"), ("1.50", "decimal"), ("1", "boolean")]
SYNTAXES = {
    "application/n-triples": ".nt",
    "text/turtle": ".ttl",
    "application/rdf+xml": ".rdf",
    "application/ld+json": ".jsonld",
}


@pytest.fixture(scope="module")
def statements() -> list[Triple]:
    reader = SourceReader(Settings())
    (item,) = (i for source in reader.sources([SEED]) for i in reader.items(source))
    return reader.statements(item, item.draft.record)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("literals") / "store"
    secrets = make_store(folder)
    with running_server(folder) as server:
        yield Client(server.url, secrets)


def written(statements: list[Triple], value: str, datatype: str, kind: str) -> bytes:
    """Return the record with one more value, in a syntax."""
    literal = Literal(value, datatype=XSD[datatype])
    triples = [*statements, Triple(OUTCOME, OG.participants, literal)]
    if kind == "application/ld+json":
        # Written out: a serialiser might make a number of it.
        nodes: dict[str, dict[str, list[object]]] = {}
        for t in triples:
            nodes.setdefault(str(t.subject.value), {}).setdefault(t.predicate.value, []).append(
                _json(t)
            )
        return json.dumps([{"@id": i, **node} for i, node in nodes.items()]).encode()
    rdf_format = RdfFormat.from_media_type(kind)
    assert rdf_format is not None
    return serialize(triples, format=rdf_format) or b""


def _json(triple: Triple) -> dict[str, str]:
    value = triple.object
    if not isinstance(value, Literal):
        return {"@id": str(value.value)}
    if value.language:
        return {"@value": value.value, "@language": value.language}
    return {"@value": value.value, "@type": value.datatype.value}


@pytest.mark.parametrize("kind", SYNTAXES)
@pytest.mark.parametrize(("value", "datatype"), BROKEN)
def test_documents(
    client: Client, statements: list[Triple], value: str, datatype: str, kind: str
) -> None:
    body = written(statements, value, datatype, kind)
    before = client("GET", f"/record/{SEED_ID}.nt").data
    report = client("POST", "/validate", body, Content_Type=kind, Accept="application/json")
    found = [r for r in json.loads(report.data)["results"] if r["rule"] == "valid-values"]
    assert [(r["severity"], r["record"]) for r in found] == [("violation", SEED_ID)]
    assert value in found[0]["message"]
    for method, address in (
        ("PUT", f"/record/{SEED_ID}"),
        ("PUT", f"/graphs?graph={RECORD.value}"),
        ("POST", "/records"),
    ):
        refused = client(method, address, body, "steward", Content_Type=kind)
        assert refused.status == 422, (address, refused.data)
        assert value in refused.data.decode()
    assert client("GET", f"/record/{SEED_ID}.nt").data == before


@pytest.mark.parametrize(("value", "datatype"), BROKEN)
@pytest.mark.parametrize("form", ["data", "template", "prefix"])
def test_updates(client: Client, value: str, datatype: str, form: str) -> None:
    literal = f'"{value}"^^{XSD[datatype]}'
    if form == "prefix":
        literal = f"'{value}'^^other:{datatype}"
    statement = f"GRAPH {RECORD} {{ {OUTCOME} {OG.participants} {literal} }}"
    head = f"PREFIX other: <{XSD.iri}>\n"
    update = f"INSERT {{ {statement} }} WHERE {{}}" if form == "template" else ""
    before = client("GET", f"/record/{SEED_ID}.nt").data
    refused = client.update(head + (update or f"INSERT DATA {{ {statement} }}"))
    assert refused.status in (400, 422), refused.data
    assert value in json.loads(refused.data)["detail"]
    assert client("GET", f"/record/{SEED_ID}.nt").data == before


def test_the_place_in_an_update_is_named(client: Client) -> None:
    refused = client.update(f'INSERT DATA {{\n  {OUTCOME} {OG.participants} "300"^^{XSD.byte} }}')
    problem = json.loads(refused.data)
    column = len(f"  {OUTCOME} {OG.participants} ") + 1
    assert (refused.status, problem["line"], problem["column"]) == (400, 2, column)
    assert "no byte" in problem["detail"]


def test_a_comparison_may_name_any_value(client: Client) -> None:
    """What an update only looks for is stored nowhere, but it cannot be what it says either."""
    done = client.update(f'DELETE {{ <a:s> <a:p> ?o }} WHERE {{ <a:s> <a:p> ?o, "x"^^{XSD.date} }}')
    assert done.status == 204, done.data


@pytest.mark.parametrize("datatype", ["<byte>", "other:byte", "xsd:by\\-te", "<a:b>", "<>"])
def test_other_datatypes_are_the_engines_business(client: Client, datatype: str) -> None:
    answer = client.update(f"DELETE DATA {{ <a:s> <a:p> '300'^^{datatype} }}")
    assert answer.status in (204, 400), answer.data


@pytest.mark.parametrize(("value", "datatype"), RESPELT)
def test_another_spelling_is_told_and_taken(
    client: Client, statements: list[Triple], value: str, datatype: str
) -> None:
    body = written(statements, value, datatype, "text/turtle")
    report = client(
        "POST", "/validate", body, Content_Type="text/turtle", Accept="application/json"
    )
    told = {r["rule"]: r["severity"] for r in json.loads(report.data)["results"]}
    assert told.get("plain-values") in ("warning", "info")
    assert "valid-values" not in told


@pytest.mark.parametrize("ending", SYNTAXES.values())
def test_the_commands(cli: Cli, tmp_path: Path, statements: list[Triple], ending: str) -> None:
    kind = next(k for k, e in SYNTAXES.items() if e == ending)
    file = tmp_path / f"record{ending}"
    file.write_bytes(written(statements, "2020-13-45", "date", kind))
    for command in (["validate", file], ["--store", tmp_path / "store", "load", file]):
        done = cli(*command)
        assert done.returncode == 1
        assert "2020-13-45" in done.stdout + done.stderr
