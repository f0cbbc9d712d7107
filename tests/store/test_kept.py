"""Statements as the text that the engine keeps say just what they said as terms."""

from __future__ import annotations

from pathlib import Path

import pytest
from store.contract import G1, G2, P, S, triple

from outcome_graph.bench.records import synthetic_records
from outcome_graph.mapping import record_to_triples
from outcome_graph.namespaces import XSD, IriMinter
from outcome_graph.rdf import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Term,
    Triple,
    lines_of,
    ntriples,
    serialize,
    term_of,
    token_of,
)
from outcome_graph.store import Commit, EmbeddedStore, GraphChange
from outcome_graph.store.kept import KeptStatements, as_kept, kept

TEXTS = [
    "",
    "plain",
    'quoted "x" ',
    "two\nlines\r",
    " .\n",
    "\\",
    '"^^<urn:x> .',
    "_:b",
    "é漢",
    "\x0b",
]


def test_statements_come_back_as_they_were() -> None:
    triples = [triple(Literal(text)) for text in TEXTS]
    triples += [triple(Literal(text, language="fr")) for text in TEXTS]
    triples += [triple(Literal(text, datatype=P)) for text in TEXTS]
    found = kept(triples)
    assert found is not None
    assert list(found) == triples
    assert len(found) == len(triples)
    assert (found[3], found[-2:]) == (triples[3], tuple(triples[-2:]))
    assert list(kept([]) or ()) == []


@pytest.mark.parametrize(
    "value",
    [
        Literal("007", datatype=XSD.int),
        Literal("1.50", datatype=XSD.decimal),
        Literal("1", datatype=XSD.boolean),
        BlankNode("b"),
        Triple(S, P, Literal("said")),
    ],
)
def test_what_the_engine_would_write_otherwise_is_no_text(value: Literal) -> None:
    assert as_kept(value) != value or not isinstance(value, Literal)
    assert kept([triple("before"), Triple(S, P, value), triple("after")]) is None


def test_nameless_subjects_are_no_text() -> None:
    assert kept([triple("x"), triple("y", BlankNode("b"))]) is None


@pytest.mark.parametrize("mark", [b"", b"A "])
def test_lines_in_a_graph_are_those_of_the_engine(mark: bytes) -> None:
    triples = [triple(Literal(text)) for text in TEXTS]
    quads = [Quad(t.subject, t.predicate, t.object, G1) for t in triples]
    written = serialize(quads, format=RdfFormat.N_QUADS) or b""
    found = kept(triples)
    assert found is not None
    assert found.in_graph(G1, mark) == b"".join(
        mark + line for line in written.splitlines(keepends=True)
    )
    assert KeptStatements(b"").in_graph(G1, mark) == b""


@pytest.mark.parametrize("union", [True, False])
@pytest.mark.parametrize("count", [1, 60])
def test_a_commit_of_text_is_a_commit_of_terms(tmp_path: Path, count: int, union: bool) -> None:
    """With few statements (one transaction) and with many (one file), as journal and engine say."""
    minter = IriMinter()
    given = [
        (minter.record(r.id), record_to_triples(r, minter))
        for r in synthetic_records(count, minter=minter)
    ]
    states = []
    for name in ("terms", "text"):
        store = EmbeddedStore(tmp_path / name, create=True, union=union)
        changes = []
        for graph, triples in given:
            content = kept(triples) if name == "text" else tuple(triples)
            assert content is not None
            changes.append(GraphChange(graph, content))
        for _ in range(2):
            store.commit(Commit(changes=tuple(changes), reason="load", agent="tester"))
        store.close()
        store = EmbeddedStore(tmp_path / name)
        engine = sorted(map(str, store.engine_store()))
        ((entry, patch),) = store.patches()
        assert patch is not None
        facts = (entry.graphs, entry.added, entry.removed, patch, store.statistics()["quads"])
        states.append((engine, facts))
        store.close()
    assert states[0] == states[1]


def test_text_and_terms_in_one_commit(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "store", create=True)
    changes = (GraphChange(G1, kept([triple("a")])), GraphChange(G2, (triple("a"), triple("b"))))
    store.commit(Commit(changes=changes, reason="both", agent="tester"))
    assert store.graph(G1) == [triple("a")]
    assert len(store.graph(G2)) == 2
    assert store.statistics()["quads"] == 3
    store.close()


@pytest.mark.parametrize(
    "value",
    [
        NamedNode("http://example.org/é#x"),
        Literal(""),
        Literal('"quoted" \\ and\nbroken\tlines\r\x85 é'),
        Literal("ends with a sign \\"),
        Literal("deux mots", language="fr"),
        Literal("7", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
        BlankNode("b1"),
    ],
)
def test_tokens_are_terms(value: Term) -> None:
    """A line of N-Triples falls into three, whatever its value holds; equal terms, equal tokens."""
    subject, predicate = NamedNode("http://example.org/s"), NamedNode("http://example.org/p")
    lines = lines_of(ntriples([Triple(subject, predicate, value)] * 2))
    assert lines == [(token_of(subject), token_of(predicate), token_of(value))] * 2
    assert term_of(lines[0][2]) == value
