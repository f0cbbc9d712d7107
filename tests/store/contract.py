"""What every store must do: one suite for all engines.

A test class of an engine derives from `StoreContract` and provides the fixture ``store``: a new,
empty store that can be written to. Expected values come from the SPARQL 1.1 recommendations and
from the promises in `outcome_graph.store.base`.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import threading
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from outcome_graph.errors import NotFoundError, QueryError, SourceError, UsageError
from outcome_graph.rdf import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    format_for,
    parse,
)
from outcome_graph.store import (
    AnswerFormats,
    Commit,
    GraphChange,
    QueryRequest,
    Store,
    UpdateRequest,
)
from outcome_graph.store.kept import kept

XSD = "http://www.w3.org/2001/XMLSchema#"
DATE = NamedNode(XSD + "date")
G1, G2, G3 = (NamedNode(f"http://example.org/graph/{n}") for n in (1, 2, 3))
S, P, Q = (NamedNode(f"http://example.org/{n}") for n in "spq")


def triple(value: object, subject: NamedNode | BlankNode = S, predicate: NamedNode = P) -> Triple:
    term = value if isinstance(value, NamedNode | BlankNode | Literal) else Literal(str(value))
    return Triple(subject, predicate, term)


def put(store: Store, graph: NamedNode | None, *values: object, reason: str = "test") -> int:
    triples = tuple(v if isinstance(v, Triple) else triple(v) for v in values)
    change = GraphChange(graph, triples)
    return store.commit(Commit(changes=(change,), reason=reason, agent="tester"))


def drop(store: Store, graph: NamedNode) -> int:
    return store.commit(Commit(changes=(GraphChange(graph, None),), reason="drop", agent="tester"))


def update(store: Store, sparql: str, **options: object) -> int:
    check = options.pop("check", None)
    request = UpdateRequest(sparql=sparql, **options)
    return store.update(request, reason="test", agent="tester", check=check)


def ask(store: Store, sparql: str, **options: object) -> bytes:
    with store.query(QueryRequest(sparql=sparql, **options)) as answer:
        return b"".join(answer.chunks())


def rows(store: Store, sparql: str, **options: object) -> list[tuple[str | None, ...]]:
    """Lexical values of all rows, sorted; a column for each variable of the head."""
    document = json.loads(ask(store, sparql, **options))
    names = document["head"]["vars"]
    found = [
        tuple(row[n]["value"] if n in row else None for n in names)
        for row in document["results"]["bindings"]
    ]
    return sorted(found, key=str)


def values(store: Store, sparql: str, **options: object) -> list[str | None]:
    return [row[0] for row in rows(store, sparql, **options)]


ALL = "SELECT ?o { ?s ?p ?o }"


class StoreContract:
    # -- commits --------------------------------------------------------------------------------

    def test_is_empty_at_first(self, store: Store) -> None:
        assert store.revision() == 0
        assert store.graph_names() == []
        assert list(store.history()) == []
        assert store.graph(G1) == []
        assert not store.has_graph(G1)
        assert values(store, ALL) == []

    def test_a_commit_makes_a_revision_that_is_seen_at_once(self, store: Store) -> None:
        assert put(store, G1, "a", "b") == 1
        assert store.revision() == 1
        assert set(store.graph(G1)) == {triple("a"), triple("b")}
        assert store.has_graph(G1)
        assert values(store, ALL) == ["a", "b"]

    def test_a_commit_replaces_whole_graphs_and_leaves_others(self, store: Store) -> None:
        put(store, G1, "a", "b")
        put(store, G2, "c")
        assert put(store, G1, "b", "d") == 3
        assert set(store.graph(G1)) == {triple("b"), triple("d")}
        assert store.graph(G2) == [triple("c")]

    def test_several_graphs_change_together(self, store: Store) -> None:
        put(store, G1, "a")
        changes = (GraphChange(G1, None), GraphChange(G2, (triple("b"),)))
        assert store.commit(Commit(changes=changes, reason="move", agent="tester")) == 2
        assert store.graph_names() == [G2.value]

    def test_the_default_graph_is_a_graph_too(self, store: Store) -> None:
        put(store, None, "a")
        assert store.graph(None) == [triple("a")]
        assert store.graph_names() == []
        assert put(store, None, "b") == 2
        assert store.graph(None) == [triple("b")]

    def test_one_graph_cannot_be_changed_twice_in_a_commit(self, store: Store) -> None:
        changes = (GraphChange(G1, (triple("a"),)), GraphChange(G1, None))
        with pytest.raises(UsageError, match="only once"):
            store.commit(Commit(changes=changes, reason="twice", agent="tester"))
        assert store.revision() == 0

    def test_a_graph_without_triples_does_not_exist(self, store: Store) -> None:
        put(store, G1, "a")
        put(store, G2, "b")
        assert drop(store, G1) == 3
        assert store.graph_names() == [G2.value]
        assert not store.has_graph(G1)
        put(store, G2)
        assert store.graph_names() == []
        assert rows(store, "SELECT ?g { GRAPH ?g {} }") == []

    @pytest.mark.parametrize(
        "literal",
        [
            Literal("007", datatype=NamedNode(XSD + "int")),
            Literal("1.50", datatype=NamedNode(XSD + "decimal")),
            Literal("1", datatype=NamedNode(XSD + "boolean")),
            Literal("2020-06-30T00:00:00.000Z", datatype=NamedNode(XSD + "dateTime")),
            Literal("not a number", datatype=NamedNode(XSD + "integer")),
            Literal("2020-02-30", datatype=NamedNode(XSD + "date")),
            Literal('tab\tline\nreturn\r quote" back\\slash \u0001 \U0001f30d', language="en"),
        ],
        ids=str,
    )
    def test_the_same_again_is_no_revision(self, store: Store, literal: Literal) -> None:
        assert put(store, G1, literal, "other") == 1
        assert put(store, G1, "other", literal) == 1
        assert len(list(store.history())) == 1

    def test_removing_what_is_not_there_is_no_revision(self, store: Store) -> None:
        assert drop(store, G1) == 0
        assert update(store, f"DELETE DATA {{ GRAPH {G1} {{ {S} {P} 1 }} }}") == 0

    def test_blank_nodes_under_other_labels_are_the_same(self, store: Store) -> None:
        def shape(one: str, two: str) -> tuple[Triple, ...]:
            return (
                triple(BlankNode(one)),
                triple(BlankNode(two), BlankNode(one), Q),
                triple("end", BlankNode(two), Q),
                triple("plain"),
            )

        assert put(store, G1, *shape("a", "b")) == 1
        assert put(store, G1, *shape("x", "y")) == 1
        changed = (*shape("x", "y")[:2], triple("other end", BlankNode("y"), Q), triple("plain"))
        assert put(store, G1, *changed) == 2
        assert len(store.graph(G1)) == 4
        path = f"SELECT ?o {{ {S} {P}/{Q}/{Q} ?o }}"
        assert values(store, path) == ["other end"]

    def test_blank_nodes_are_replaced_and_dropped(self, store: Store) -> None:
        put(store, G1, triple(BlankNode()), triple("a", BlankNode()))
        assert put(store, G1, triple("b", BlankNode())) == 2
        assert values(store, ALL) == ["b"]
        drop(store, G1)
        assert store.graph_names() == []

    # -- datasets -------------------------------------------------------------------------------

    @pytest.fixture
    def three(self, store: Store) -> Store:
        put(store, G1, "one")
        put(store, G2, "two")
        put(store, None, "default")
        return store

    def test_the_default_graph_is_the_union(self, three: Store) -> None:
        assert values(three, ALL) == ["default", "one", "two"]

    def test_the_same_triple_in_two_graphs_is_one_in_the_union(self, store: Store) -> None:
        put(store, G1, "same")
        put(store, G2, "same")
        assert values(store, ALL) == ["same"]

    def test_the_union_is_a_set(self, store: Store) -> None:
        graphs = [NamedNode(f"http://example.org/record/{n}") for n in range(5)]
        for graph in graphs:
            put(store, graph, "shared", graph)
        count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
        assert values(store, count) == ["6"]
        assert values(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?s ?q ?r }") == ["36"]
        assert values(store, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }") == ["10"]
        both = f"FROM {graphs[0]} FROM {graphs[1]}"
        assert values(store, f"SELECT (COUNT(*) AS ?n) {both} {{ ?s ?p ?o }}") == ["3"]
        listed = tuple(g.value for g in graphs[:2])
        assert values(store, count, default_graphs=listed) == ["3"]
        # It stays for as long as one graph holds it, and no longer.
        for left in range(4, -1, -1):
            drop(store, graphs[left])
            assert values(store, count) == [str(left + 1 if left else 0)]

    def test_the_union_is_a_set_after_updates_too(self, store: Store) -> None:
        text = " ; ".join(
            f"INSERT DATA {{ GRAPH {g} {{ {S} {P} 'shared' }} }}" for g in (G1, G2, G3)
        )
        update(store, text)
        count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
        assert values(store, count) == ["1"]
        update(store, f"DELETE WHERE {{ GRAPH {G1} {{ ?s ?p ?o }} }} ; DROP GRAPH {G2}")
        assert values(store, count) == ["1"]
        update(store, f"MOVE {G3} TO {G1} ; CLEAR GRAPH {G1}")
        assert values(store, count) == ["0"]

    def test_from_says_otherwise(self, three: Store) -> None:
        # SPARQL 1.1 Query, 13.2: FROM alone leaves no named graphs; FROM NAMED alone an empty
        # default graph.
        assert values(three, f"SELECT ?o FROM {G1} {{ ?s ?p ?o }}") == ["one"]
        assert values(three, f"SELECT ?o from{G1}{{ ?s ?p ?o }}") == ["one"]
        assert values(three, f"SELECT ?o FROM {G1} {{ GRAPH ?g {{ ?s ?p ?o }} }}") == []
        assert values(three, f"SELECT ?o FROM NAMED {G2} {{ ?s ?p ?o }}") == []
        assert values(three, f"SELECT ?o FROM NAMED {G2} {{ GRAPH ?g {{ ?s ?p ?o }} }}") == ["two"]

    def test_from_in_a_string_or_name_is_no_dataset(self, three: Store) -> None:
        query = 'SELECT ?o { ?s ?p ?o FILTER(?o != "FROM <x>") } # FROM'
        assert values(three, query) == ["default", "one", "two"]

    def test_the_protocols_dataset_wins(self, three: Store) -> None:
        # SPARQL 1.1 Protocol, 2.1.4.
        query = f"SELECT ?o FROM {G1} {{ ?s ?p ?o }}"
        assert values(three, query, default_graphs=(G2.value,)) == ["two"]
        assert values(three, ALL, default_graphs=(G1.value, G2.value)) == ["one", "two"]
        assert values(three, ALL, named_graphs=(G1.value,)) == []
        in_graph = "SELECT ?o { GRAPH ?g { ?s ?p ?o } }"
        assert values(three, in_graph, named_graphs=(G1.value,)) == ["one"]
        assert values(three, in_graph, default_graphs=(G1.value,)) == []

    def test_unknown_graphs_are_empty(self, three: Store) -> None:
        assert values(three, ALL, default_graphs=("http://example.org/none",)) == []
        assert values(three, "SELECT ?o FROM <http://example.org/none> { ?s ?p ?o }") == []

    def test_a_dataset_iri_must_be_absolute(self, three: Store) -> None:
        with pytest.raises(QueryError, match="names no graph"):
            ask(three, ALL, default_graphs=("relative",))

    # -- queries --------------------------------------------------------------------------------

    def test_our_prefixes_are_known(self, store: Store) -> None:
        put(store, G1, triple("a", predicate=NamedNode("http://purl.org/dc/terms/title")))
        assert values(store, "SELECT ?o { ?s dcterms:title ?o }") == ["a"]
        own = "PREFIX dcterms: <http://example.org/> SELECT ?o { ?s dcterms:title ?o }"
        assert values(store, own) == []

    def test_relative_iris_are_resolved(self, store: Store) -> None:
        put(store, G1, "a")
        assert values(store, "SELECT ?o { <s> ?p ?o }", base_iri="http://example.org/") == ["a"]

    def test_values_are_bound_as_terms(self, store: Store) -> None:
        nasty = "x\" } UNION { ?s ?p ?o } # \\ \n'''"
        put(store, G1, nasty, "other", triple("third", NamedNode("http://example.org/t")))
        query = "SELECT ?s ?o { ?s ?p ?o }"
        assert rows(store, query, bindings={"o": Literal(nasty)}) == [(S.value, nasty)]
        assert set(values(store, "SELECT ?o { ?s ?p ?o }", bindings={"s": S})) == {nasty, "other"}
        assert json.loads(ask(store, "ASK { ?s ?p ?o }", bindings={"o": Literal("none")})) == {
            "head": {},
            "boolean": False,
        }

    @pytest.mark.parametrize(
        ("query", "line", "words"),
        [
            ("SELECT ?x {\n ?x dcterms:title 'a }", 2, "expected|understood|early|not closed"),
            ("SELECT ?x {\n\n ?x nope:title ?t }", 3, "nope: is not declared"),
            ("SELEKT ?x { ?x ?y ?z }", 1, "expected|understood"),
            ("SELECT ?x { ?x ?y ", 1, "early"),
            ("SELECT * { ?s ?p ?o } GROUP BY ?s", 1, re.escape("SELECT * is not authorized")),
            ("", 1, "the query is empty"),
        ],
    )
    def test_a_malformed_query_says_where(
        self, store: Store, query: str, line: int, words: str
    ) -> None:
        with pytest.raises(QueryError, match=words) as caught:
            ask(store, query)
        assert caught.value.line == line
        assert caught.value.column is not None
        assert caught.value.message.startswith(f"Line {line}, column {caught.value.column}: ")
        # What the parser says in grammar terms must not reach people.
        assert "\\u{" not in caught.value.message
        assert len(caught.value.message) < 300

    def test_an_unknown_function_is_the_querys_fault(self, store: Store) -> None:
        put(store, G1, "a")
        with pytest.raises(QueryError, match=r"example\.org/f"):
            ask(store, "SELECT * { ?s ?p ?o FILTER(<http://example.org/f>(?o)) }")

    @pytest.mark.parametrize(
        "query",
        [
            "SELECT * { %s{ ?s ?p ?o } }",
            "SELECT * { ?s ?p ?o FILTER EXISTS { %s{ ?s ?p ?o } } }",
            "ASK { { SELECT * { OPTIONAL{%s{ ?s ?p ?o }} } } }",
            'SELECT * { BIND("a\\u0022" AS ?x) %s{ ?s ?p ?o } #" \n}',
            "SELECT * { ?s ?p true%s{ ?s ?p ?o } }",
            "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p 1%s{ ?s ?p ?o } }",
        ],
    )
    @pytest.mark.parametrize(
        "call",
        [
            "SERVICE <http://127.0.0.1:9/> ",
            "service<http://127.0.0.1:9/>",
            "SeRvIcE SILENT <http://127.0.0.1:9/>",
            "SERVICESILENT<http://127.0.0.1:9/>",
            "SERVICE ex:a ",
            "SERVICEex:a ",
            "SERVICESILENTex:a",
            "SERVICE ?endpoint ",
        ],
    )
    def test_service_is_refused_before_anything_is_fetched(
        self, store: Store, query: str, call: str
    ) -> None:
        text = "PREFIX ex: <http://127.0.0.1:9/>\n" + query % call
        with pytest.raises(QueryError, match="SERVICE") as caught:
            ask(store, text)
        assert (caught.value.line or 0) >= 2

    def test_the_word_service_is_allowed_elsewhere(self, store: Store) -> None:
        text = """PREFIX service: <http://example.org/service/>
            SELECT ?service (STR(?p) AS ?q) { # SERVICE <x> {}
              ?service ?p "SERVICE <x> { }" . OPTIONAL { ?service service:SERVICE 'a SERVICE b' }
              OPTIONAL { GRAPH service:g { ?a ?b ?c } }
            }"""
        put(store, G1, "SERVICE <x> { }")
        assert rows(store, text) == [(S.value, P.value)]

    def test_nesting_that_would_kill_the_parser_is_refused(self, store: Store) -> None:
        for opening, closing in (("{", "}"), ("[ ex:p ", "]")):
            depth = 5_000
            text = (
                f"PREFIX ex: <http://e/> SELECT * {{ ?s ?p {opening * depth} {closing * depth} }}"
            )
            with pytest.raises(QueryError, match="nested"):
                ask(store, text)
        with pytest.raises(QueryError, match="nested"):
            ask(store, f"SELECT * {{ FILTER({'!' * 100_000}true) }}")

    def test_many_brackets_side_by_side_are_fine(self, store: Store) -> None:
        put(store, G1, "a")
        text = "SELECT ?o { ?s ?p ?o " + "FILTER(STRLEN(?o) = 1) " * 400 + "}"
        assert values(store, text) == ["a"]

    # -- formats --------------------------------------------------------------------------------

    NASTY = ('comma, "quotes" & <tags>', "line\r\nbreak\ttab", "é ü 漢字 \U0001f30d", "")

    @pytest.fixture
    def nasty(self, store: Store) -> Store:
        put(
            store,
            G1,
            *self.NASTY,
            triple(Literal("mot", language="fr")),
            triple(Literal("5", datatype=NamedNode(XSD + "integer"))),
            triple(NamedNode("http://example.org/a?b=c&d=e")),
        )
        return store

    TABLE = "SELECT ?o ?none { ?s ?p ?o } ORDER BY STR(?o)"

    def test_rows_as_json(self, nasty: Store) -> None:
        document = json.loads(ask(nasty, self.TABLE))
        assert document["head"]["vars"] == ["o", "none"]
        cells = [row["o"] for row in document["results"]["bindings"]]
        assert {"type": "literal", "value": "mot", "xml:lang": "fr"} in cells
        assert {"type": "literal", "value": "5", "datatype": XSD + "integer"} in cells
        assert {"type": "uri", "value": "http://example.org/a?b=c&d=e"} in cells
        for text in self.NASTY:
            assert {"type": "literal", "value": text} in cells
        assert all("none" not in row for row in document["results"]["bindings"])

    def test_rows_as_xml(self, nasty: Store) -> None:
        formats = AnswerFormats(solutions="application/sparql-results+xml")
        root = ElementTree.fromstring(ask(nasty, self.TABLE, formats=formats))
        space = "{http://www.w3.org/2005/sparql-results#}"
        assert root.tag == space + "sparql"
        assert [v.get("name") for v in root.iter(space + "variable")] == ["o", "none"]
        literals = list(root.iter(space + "literal"))
        assert {e.text or "" for e in literals} == {*self.NASTY, "mot", "5"}
        language = "{http://www.w3.org/XML/1998/namespace}lang"
        assert [e.text for e in literals if e.get(language) == "fr"] == ["mot"]
        assert [e.text for e in literals if e.get("datatype") == XSD + "integer"] == ["5"]
        assert [e.text for e in root.iter(space + "uri")] == ["http://example.org/a?b=c&d=e"]
        assert len(list(root.iter(space + "result"))) == 7

    def test_rows_as_csv(self, nasty: Store) -> None:
        data = ask(nasty, self.TABLE, formats=AnswerFormats(solutions="text/csv")).decode()
        assert data.startswith("o,none\r\n")
        table = list(csv.reader(io.StringIO(data, newline="")))
        assert {row[0] for row in table[1:]} == {
            *self.NASTY,
            "mot",
            "5",
            "http://example.org/a?b=c&d=e",
        }
        assert {row[1] for row in table[1:]} == {""}

    def test_rows_as_tsv(self, nasty: Store) -> None:
        formats = AnswerFormats(solutions="text/tab-separated-values")
        lines = ask(nasty, self.TABLE, formats=formats).decode().split("\n")
        assert lines[0] == "?o\t?none"
        assert lines[-1] == ""
        cells = {line.split("\t")[0] for line in lines[1:-1]}
        assert len(lines) == 9
        assert '"mot"@fr' in cells
        assert "<http://example.org/a?b=c&d=e>" in cells
        assert '"line\\r\\nbreak\\ttab"' in cells

    @pytest.mark.parametrize(
        ("media_type", "yes"),
        [
            ("application/sparql-results+json", b'"boolean":true'),
            ("application/sparql-results+xml", b"<boolean>true</boolean>"),
            ("text/csv", b"true"),
            ("text/tab-separated-values", b"true"),
        ],
    )
    def test_yes_and_no(self, store: Store, media_type: str, yes: bytes) -> None:
        with store.query(
            QueryRequest(sparql="ASK {}", formats=AnswerFormats(boolean=media_type))
        ) as answer:
            assert (answer.kind, answer.media_type) == ("boolean", media_type)
            assert yes in b"".join(answer.chunks()).replace(b" ", b"")

    @pytest.mark.parametrize(
        "media_type",
        [
            "text/turtle",
            "application/n-triples",
            "application/rdf+xml",
            "application/ld+json",
            "application/trig",
            "application/n-quads",
        ],
    )
    @pytest.mark.parametrize("count", [0, 3, 2_500])
    def test_graphs_in_every_syntax(self, store: Store, media_type: str, count: int) -> None:
        triples = [
            triple(Literal(f"<{n}> & é", language="en"), NamedNode(f"http://example.org/{n // 7}"))
            for n in range(count)
        ]
        if count:
            triples += [triple("of a blank node", BlankNode("x")), triple(BlankNode("x"))]
        put(store, G1, *triples)
        formats = AnswerFormats(graph=media_type)
        document = ask(store, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", formats=formats)
        parsed = parse(document, format=format_for(media_type))
        assert _canonical(parsed) == _canonical(_as_quads(triples))

    def test_a_query_answers_with_the_same_bytes_each_time(self, store: Store) -> None:
        put(store, G1, *(f"{n}" for n in range(50)))
        for media_type in ("text/turtle", "application/rdf+xml", "application/ld+json"):
            formats = AnswerFormats(graph=media_type)
            query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
            assert len({ask(store, query, formats=formats) for _ in range(5)}) == 1

    def test_turtle_declares_our_prefixes_once(self, store: Store) -> None:
        label = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
        put(store, G1, *(triple(f"{n}", predicate=label) for n in range(2_500)))
        formats = AnswerFormats(graph="text/turtle")
        text = ask(store, "CONSTRUCT WHERE { ?s ?p ?o }", formats=formats).decode()
        assert text.count("@prefix skos: <http://www.w3.org/2004/02/skos/core#> .") == 1
        assert "skos:prefLabel" in text

    def test_an_answer_in_no_acceptable_format_is_refused(self, store: Store) -> None:
        with pytest.raises(UsageError, match="a graph"):
            ask(store, "CONSTRUCT WHERE { ?s ?p ?o }", formats=AnswerFormats(graph=None))
        with pytest.raises(UsageError, match="image/png"):
            ask(store, ALL, formats=AnswerFormats(solutions="image/png"))

    # -- bounds ---------------------------------------------------------------------------------

    @pytest.mark.parametrize(
        "media_type",
        ["application/sparql-results+json", "application/sparql-results+xml", "text/csv"],
    )
    def test_rows_beyond_the_bound_are_cut_and_said(self, store: Store, media_type: str) -> None:
        put(store, G1, *range(10))
        formats = AnswerFormats(solutions=media_type)
        counts = {
            "application/sparql-results+json": lambda b: len(json.loads(b)["results"]["bindings"]),
            "application/sparql-results+xml": lambda b: len(ElementTree.fromstring(b)[1]),
            "text/csv": lambda b: b.count(b"\r\n") - 1,
        }
        for bound, given in ((4, 4), (10, 10), (11, 10)):
            request = QueryRequest(sparql=ALL, formats=formats, max_rows=bound)
            with store.query(request) as answer:
                body = b"".join(answer.chunks())
                assert counts[media_type](body) == given
                assert (answer.truncated is not None) == (bound < 10)
                assert answer.truncated is None or "4" in answer.truncated

    def test_bytes_beyond_the_bound_are_cut_and_said(self, store: Store) -> None:
        put(store, G1, *(f"{n:06}" for n in range(5_000)))
        with store.query(QueryRequest(sparql=ALL, max_bytes=100_000)) as answer:
            body = b"".join(answer.chunks())
        assert 100_000 <= len(body) < 101_000
        assert 0 < len(json.loads(body)["results"]["bindings"]) < 5_000
        assert answer.truncated is not None
        assert "100,000 bytes" in answer.truncated

    def test_graphs_are_bounded_too(self, store: Store) -> None:
        put(store, G1, *range(10))
        request = QueryRequest(sparql="CONSTRUCT WHERE { ?s ?p ?o }", max_rows=4)
        with store.query(request) as answer:
            body = b"".join(answer.chunks())
        assert body.count(b"\n") == 4
        assert answer.truncated is not None

    def test_long_answers_come_in_pieces(self, store: Store) -> None:
        put(store, G1, *(f"{n} " + "x" * 100 for n in range(4_000)))
        for kind in ("SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"):
            with store.query(QueryRequest(sparql=kind)) as answer:
                sizes = [len(chunk) for chunk in answer.chunks()]
            assert len(sizes) > 2
            assert max(sizes) < 300_000

    # -- updates --------------------------------------------------------------------------------

    def test_updates_change_and_are_journalled(self, store: Store) -> None:
        put(store, G1, "a", "b")
        text = f"""DELETE {{ GRAPH {G1} {{ ?s ?p "a" }} }}
                   INSERT {{ GRAPH {G1} {{ ?s ?p "c" }} GRAPH {G2} {{ ?s ?p "b" }} }}
                   WHERE {{ GRAPH {G1} {{ ?s ?p "a" }} }}"""
        assert update(store, text) == 2
        assert set(store.graph(G1)) == {triple("b"), triple("c")}
        assert store.graph(G2) == [triple("b")]
        entry = list(store.history())[-1]
        assert (entry.removed, entry.added) == (1, 2)
        assert set(entry.graphs) == {G1.value, G2.value}

    def test_an_update_that_inserts_what_is_there_is_no_revision(self, store: Store) -> None:
        put(store, G1, Literal("7", datatype=NamedNode(XSD + "integer")))
        assert update(store, f"INSERT DATA {{ GRAPH {G1} {{ {S} {P} 007 }} }}") == 1

    def test_an_update_is_all_or_nothing(self, store: Store) -> None:
        put(store, G1, "a")
        text = f"INSERT DATA {{ GRAPH {G1} {{ {S} {P} 'b' }} }} ; CREATE GRAPH {G1}"
        with pytest.raises(QueryError, match="already exists"):
            update(store, text)
        assert store.graph(G1) == [triple("a")]
        assert store.revision() == 1

    def test_operations_see_what_those_before_did(self, store: Store) -> None:
        text = f"""PREFIX e: <http://example.org/>
            INSERT DATA {{ GRAPH {G1} {{ e:s e:p "1" }} }} ;
            PREFIX e: <http://example.org/>
            INSERT {{ GRAPH {G2} {{ ?s ?p "2" }} }} WHERE {{ GRAPH {G1} {{ ?s ?p "1" }} }} ;
            DELETE WHERE {{ GRAPH {G1} {{ ?s ?p ?o }} }} ;"""
        assert update(store, text) == 1
        assert store.graph_names() == [G2.value]
        assert store.graph(G2) == [triple("2")]

    def test_variable_graphs_and_whole_stores(self, store: Store) -> None:
        put(store, G1, "a")
        put(store, G2, "b")
        text = f"INSERT {{ GRAPH ?g {{ ?s {Q} 1 }} }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}"
        assert update(store, text) == 3
        assert [len(store.graph(g)) for g in (G1, G2)] == [2, 2]
        assert update(store, f"COPY {G1} TO {G3}") == 4
        assert set(store.graph(G3)) == set(store.graph(G1))
        assert update(store, f"MOVE {G3} TO DEFAULT") == 5
        assert store.graph_names() == [G1.value, G2.value]
        assert update(store, "DROP NAMED") == 6
        assert store.graph_names() == []
        assert len(store.graph(None)) == 2
        assert update(store, "CLEAR ALL") == 7
        assert store.graph(None) == []

    def test_updates_see_the_default_graph_that_queries_see(self, store: Store) -> None:
        put(store, G1, "a")
        put(store, G2, "a")
        counted = f"""INSERT {{ GRAPH {G3} {{ {S} {Q} ?n }} }}
            WHERE {{ {{ SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o }} }} }}"""
        assert update(store, counted) == 3
        assert values(store, f"SELECT ?o {{ {S} {Q} ?o }}") == ["1"]
        # Each operation sees what those before it did to the union.
        text = f"""DROP GRAPH {G1} ; DROP GRAPH {G2} ;
            INSERT {{ GRAPH {G1} {{ {S} {P} ?n }} }}
            WHERE {{ {{ SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o }} }} }}"""
        assert update(store, text) == 4
        assert values(store, f"SELECT ?o {{ {S} {P} ?o }}") == ["1"]

    def test_updates_write_to_the_default_graph_itself(self, store: Store) -> None:
        put(store, G1, "a", "b")
        text = f"""INSERT {{ ?s {Q} ?o . GRAPH {G2} {{ ?s {Q} ?o }} . ?s {P} ?o # GRAPH
            }} WHERE {{ GRAPH {G1} {{ ?s ?p ?o }} }}"""
        assert update(store, text) == 2
        assert set(store.graph(None)) == {triple(v, predicate=p) for v in "ab" for p in (P, Q)}
        assert set(store.graph(G2)) == {triple(v, predicate=Q) for v in "ab"}
        # What is deleted from the default graph stays where other graphs hold it.
        assert update(store, f"DELETE WHERE {{ ?s {P} ?o }}") == 3
        assert set(store.graph(None)) == {triple(v, predicate=Q) for v in "ab"}
        assert set(store.graph(G1)) == {triple("a"), triple("b")}
        assert update(store, f"DELETE DATA {{ {S} {Q} 'a' }} ; COPY DEFAULT TO {G3}") == 4
        assert store.graph(G3) == [triple("b", predicate=Q)]
        assert update(store, "CLEAR NAMED") == 5
        assert store.graph(None) == [triple("b", predicate=Q)]
        assert store.graph_names() == []
        assert rows(store, "SELECT ?g ?o { GRAPH ?g { ?s ?p ?o } }") == []
        assert values(store, ALL) == ["b"]
        assert update(store, "CLEAR DEFAULT") == 6
        assert values(store, ALL) == []
        # Empty or not, the default graph exists (SPARQL 1.1 Update, 2.1).
        put(store, G1, "a")
        assert update(store, f"MOVE DEFAULT TO {G1}") == 8
        assert store.graph_names() == []

    def test_graph_variables_do_not_meet_the_default_graph(self, store: Store) -> None:
        # SPARQL 1.1 Query, 13.3: GRAPH ranges over the named graphs.
        put(store, G1, "a")
        put(store, None, "a", "b")
        assert update(store, f"DELETE WHERE {{ GRAPH ?g {{ {S} {P} ?o }} }}") == 3
        assert set(store.graph(None)) == {triple("a"), triple("b")}
        assert store.graph_names() == []
        put(store, G1, "c")
        text = f"""INSERT {{ GRAPH {G2} {{ {S} {P} ?o }} }} WHERE {{
            {{ SELECT ?o {{ GRAPH ?g {{ ?s ?p ?o }} }} }}
            OPTIONAL {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"""
        assert update(store, text) == 5
        assert store.graph(G2) == [triple("c")]

    def test_graphs_that_do_not_exist_can_be_cleared(self, store: Store) -> None:
        # SPARQL 1.1 Update, 3.2: stores that do not record empty graphs never fail on them.
        assert update(store, f"CLEAR GRAPH {G1} ; DROP GRAPH {G2}; CREATE GRAPH {G3}") == 0

    def test_with_using_and_the_protocols_dataset(self, store: Store) -> None:
        put(store, G1, "a")
        put(store, G2, "b")
        text = f"WITH {G3} INSERT {{ ?s {Q} ?o }} USING {G1} WHERE {{ ?s ?p ?o }}"
        assert update(store, text) == 3
        assert store.graph(G3) == [triple("a", predicate=Q)]
        text = f"INSERT {{ GRAPH {G3} {{ ?s {Q} ?o }} }} WHERE {{ ?s ?p ?o }}"
        assert update(store, text, using_graphs=(G2.value,)) == 4
        assert set(store.graph(G3)) == {triple("a", predicate=Q), triple("b", predicate=Q)}
        text = f"INSERT {{ GRAPH {G3} {{ ?s {P} ?o }} }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}"
        assert update(store, text, using_named_graphs=(G1.value,)) == 5
        assert triple("a") in store.graph(G3)
        assert triple("b") not in store.graph(G3)

    def test_two_datasets_for_one_update_are_refused(self, store: Store) -> None:
        # SPARQL 1.1 Protocol, 2.2.3.
        for text in (
            f"INSERT {{ ?s ?p 1 }} USING {G1} WHERE {{ ?s ?p ?o }}",
            f"WITH {G1} DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
        ):
            with pytest.raises(QueryError, match=r"2\.2\.3"):
                update(store, text, using_graphs=(G2.value,))

    def test_blank_nodes_come_and_go(self, store: Store) -> None:
        text = f"INSERT DATA {{ GRAPH {G1} {{ {S} {P} [ {Q} [ {Q} 'deep' ] ] }} }}"
        assert update(store, text) == 1
        assert values(store, f"SELECT ?o {{ {S} {P}/{Q}/{Q} ?o }}") == ["deep"]
        text = f"DELETE {{ GRAPH {G1} {{ ?s ?p ?o }} }} WHERE {{ GRAPH {G1} {{ ?s ?p ?o }} }}"
        assert update(store, text) == 2
        assert store.graph_names() == []

    @pytest.mark.parametrize(
        "text",
        [
            "LOAD <http://127.0.0.1:9/x>",
            "load<http://127.0.0.1:9/x>",
            "LOADSILENT<http://127.0.0.1:9/x>INTO GRAPH <http://e/g>",
            "PREFIX ex: <http://127.0.0.1:9/> LOADex:a INTO GRAPH <http://e/g>",
            "INSERT DATA { <a:a> <a:b> 'x' } ; LOAD SILENT <http://127.0.0.1:9/x>",
            "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
            "PREFIX e: <http://127.0.0.1:9/> INSERT { ?s ?p 1 } WHERE { SERVICEe:a { ?s ?p ?o } }",
        ],
    )
    def test_updates_that_fetch_are_refused(self, store: Store, text: str) -> None:
        with pytest.raises(QueryError, match=r"LOAD|SERVICE"):
            update(store, text)
        assert store.revision() == 0

    def test_the_word_load_is_allowed_elsewhere(self, store: Store) -> None:
        text = """PREFIX load: <http://example.org/load/>
            INSERT DATA { GRAPH load:LOAD { load:a load:b "LOAD <x>" } # LOAD <x>
            }"""
        assert update(store, text) == 1

    @pytest.mark.parametrize(
        "text",
        [
            "INSERT DATA { ?x <a:b> 1 }",
            "SELECT * {}",
            "INSERT {",
        ],
    )
    def test_a_malformed_update_says_where(self, store: Store, text: str) -> None:
        with pytest.raises(QueryError, match="Line 1, column") as caught:
            update(store, text)
        assert caught.value.line == 1
        assert store.revision() == 0

    def test_a_blank_nodes_label_belongs_to_one_operation(self, store: Store) -> None:
        # SPARQL 1.1 Update, 3.1.1 and 19.6 of Query: labels are not shared between operations.
        text = "INSERT DATA { _:b <a:b> 1 } ; INSERT DATA { _:b <a:b> 2 }"
        with pytest.raises(QueryError, match="_:b cannot be shared"):
            update(store, text)
        assert store.revision() == 0

    # -- bulk -----------------------------------------------------------------------------------

    def test_bulk_load(self, store: Store, tmp_path: Path) -> None:
        put(store, G1, "a")
        file = tmp_path / "bulk.nq"
        file.write_text(
            "".join(f'{S} {P} "{n}" <http://example.org/bulk/{n // 10}> .\n' for n in range(1_000))
            + f'{S} {P} "b" {G1} .\n'
        )
        assert store.bulk_load(file, "application/n-quads", reason="bulk", agent="tester") == 2
        assert len(store.graph_names()) == 101
        assert set(store.graph(G1)) == {triple("a"), triple("b")}
        entry = list(store.history())[-1]
        assert (entry.removed, entry.added, entry.reason) == (0, 1_001, "bulk")
        assert [e.revision for e in store.history(G1)] == [1, 2]
        assert store.bulk_load(file, "application/n-quads", reason="bulk", agent="tester") == 2
        assert put(store, G1, "c") == 3

    def test_a_malformed_bulk_load_changes_nothing(self, store: Store, tmp_path: Path) -> None:
        put(store, G1, "a")
        file = tmp_path / "bad.nq"
        good = "".join(f'{S} {P} "{n}" {G2} .\n' for n in range(1_000))
        file.write_text(good + "nonsense\n")
        with pytest.raises(SourceError, match=r"bad\.nq"):
            store.bulk_load(file, "application/n-quads", reason="bulk", agent="tester")
        assert store.revision() == 1
        assert store.graph_names() == [G1.value]
        assert put(store, G2, "b") == 2
        with pytest.raises(SourceError):
            store.bulk_load(tmp_path / "none.nq", "application/n-quads", reason="", agent="t")
        with pytest.raises(SourceError, match="image/png"):
            store.bulk_load(file, "image/png", reason="", agent="t")

    # -- history and sources --------------------------------------------------------------------

    def test_history_says_who_why_when_and_what(self, store: Store) -> None:
        change = GraphChange(G1, (triple("a"), triple("b")))
        commit = Commit(
            changes=(change,),
            reason='load "LAO226".txt\nand é',
            agent="clerk",
            sources=("ab" * 32, "cd" * 32),
            group="5f0c",
        )
        store.commit(commit)
        put(store, G2, "x")
        put(store, G1, "a")
        first, second, third = store.history()
        assert (first.revision, second.revision, third.revision) == (1, 2, 3)
        assert (first.agent, first.reason, first.sources) == (
            "clerk",
            'load "LAO226".txt\nand é',
            ("ab" * 32, "cd" * 32),
        )
        assert (first.removed, first.added, first.graphs) == (0, 2, (G1.value,))
        assert (first.group, second.group) == ("5f0c", "")
        assert store.patch(1)[0] == first
        assert (third.removed, third.added) == (1, 0)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", first.time)
        assert first.time <= second.time <= third.time
        assert [e.revision for e in store.history(G1)] == [1, 3]
        assert [e.revision for e in store.history(G3)] == []
        drop(store, G1)
        assert [e.revision for e in store.history(G1)] == [1, 3, 4]

    def test_statements_that_are_text_are_stored_like_others(self, store: Store) -> None:
        words = 'a\n“b” \\ "c"'
        text = kept([triple(words), triple(Literal("2021-05-01", datatype=DATE))])
        assert text is not None
        change = GraphChange(G1, text)
        assert store.commit(Commit(changes=(change,), reason="text", agent="tester")) == 1
        assert sorted(store.graph(G1), key=str) == sorted(text, key=str)
        assert store.commit(Commit(changes=(change,), reason="again", agent="tester")) == 1
        assert values(store, ALL) == ["2021-05-01", words]
        less = GraphChange(G1, kept([text[0]]))
        more = GraphChange(G2, kept([text[0]]))
        assert store.commit(Commit(changes=(less, more), reason="two", agent="tester")) == 2
        entry, patch = store.patch(2)
        assert patch is not None
        assert (entry.removed, entry.added, len(patch.removed), len(patch.added)) == (1, 1, 1, 1)
        assert len(rows(store, ALL)) == 1
        assert store.statistics()["graphs"] == 2

    def test_a_patch_of_one_graph_is_what_it_did_to_that_graph(self, store: Store) -> None:
        # A statement about a graph, in the default graph, ends like one in it.
        about = Triple(G2, G2, G1)
        changes = (
            GraphChange(G1, (triple("one"), triple("two"))),
            GraphChange(G2, (triple("three"),)),
            GraphChange(None, (about,)),
        )
        first = store.commit(Commit(changes=changes, reason="three graphs", agent="tester"))
        second = put(store, G1, triple("two"), triple("four"))
        _, patch = store.patch(first, G1)
        assert patch is not None
        assert sorted(str(q.object) for q in patch.added) == ['"one"', '"two"']
        assert {q.graph_name for q in patch.added} == {G1}
        assert patch.removed == ()
        entry, patch = store.patch(second, G1)
        assert patch is not None
        assert [str(q.object) for q in patch.removed] == ['"one"']
        assert [str(q.object) for q in patch.added] == ['"four"']
        assert (entry.removed, entry.added) == (1, 1)
        _, patch = store.patch(second, G2)
        assert patch is not None
        assert (patch.removed, patch.added) == ((), ())

    def test_sources_that_come_together_are_kept_as_they_came(self, store: Store) -> None:
        documents = [b"\x00%d\r\n" % n for n in range(30)]
        documents[7] = documents[3]
        digests = store.keep_sources(documents)
        assert digests == [hashlib.sha256(data).hexdigest() for data in documents]
        assert store.keep_sources(documents) == digests
        assert [store.source(digest) for digest in digests] == documents
        assert store.keep_sources([]) == []
        with pytest.raises(NotFoundError):
            store.source("0" * 64)

    def test_sources_are_kept_as_they_came(self, store: Store) -> None:
        data = b"\x00\xff any bytes\r\n"
        digest = store.keep_source(data)
        assert digest == hashlib.sha256(data).hexdigest()
        assert store.keep_source(data) == digest
        assert store.source(digest) == data
        for unknown in ("0" * 64, "../../etc/passwd", ""):
            with pytest.raises(NotFoundError):
                store.source(unknown)

    # -- whole stores ---------------------------------------------------------------------------

    def test_everything_out_again(self, store: Store) -> None:
        put(store, G1, "a", triple(BlankNode("x")), triple("of x", BlankNode("x")))
        put(store, G2, Literal("b", language="en"))
        put(store, None, "c")
        expected = _canonical(
            [
                *_as_quads([triple("a"), triple(BlankNode("x"))], G1),
                *_as_quads([triple("of x", BlankNode("x"))], G1),
                *_as_quads([triple(Literal("b", language="en"))], G2),
                *_as_quads([triple("c")]),
            ]
        )
        for media_type in ("application/n-quads", "application/trig", "application/ld+json"):
            data = b"".join(store.dump(media_type))
            assert _canonical(parse(data, format=format_for(media_type))) == expected
        triples = list(parse(b"".join(store.dump("text/turtle")), format=RdfFormat.TURTLE))
        assert len(triples) == 5
        with pytest.raises(UsageError, match="image/png"):
            store.dump("image/png")

    def test_statistics(self, store: Store) -> None:
        put(store, G1, "a", "b")
        put(store, G2, "c")
        put(store, G1, "a")
        statistics = store.statistics()
        assert statistics["quads"] == 2
        assert statistics["graphs"] == 2
        assert statistics["revision"] == 3

    # -- isolation ------------------------------------------------------------------------------

    def test_a_query_sees_one_revision_and_says_which(self, store: Store) -> None:
        def commit(n: int) -> int:
            changes = tuple(GraphChange(g, (triple(n), triple(BlankNode()))) for g in (G1, G2))
            return store.commit(Commit(changes=changes, reason="both", agent="tester"))

        commit(1)
        stop, wrong = threading.Event(), []

        def watch() -> None:
            while not stop.is_set():
                with store.query(
                    QueryRequest(sparql=f"SELECT ?o {{ {S} {P} ?o FILTER(ISLITERAL(?o)) }}")
                ) as answer:
                    found = json.loads(b"".join(answer.chunks()))["results"]["bindings"]
                if [row["o"]["value"] for row in found] != [str(answer.revision)]:
                    wrong.append((answer.revision, found))

        watchers = [threading.Thread(target=watch) for _ in range(2)]
        for watcher in watchers:
            watcher.start()
        try:
            for n in range(2, 60):
                assert commit(n) == n
        finally:
            stop.set()
            for watcher in watchers:
                watcher.join()
        assert wrong == []

    def test_commits_from_many_threads_all_happen(self, store: Store) -> None:
        def work(worker: int) -> None:
            for n in range(10):
                put(store, NamedNode(f"http://example.org/{worker}/{n}"), "x")

        workers = [threading.Thread(target=work, args=(w,)) for w in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert store.revision() == 40
        assert [e.revision for e in store.history()] == list(range(1, 41))
        assert len(store.graph_names()) == 40


def _as_quads(triples: list[Triple], graph: NamedNode | DefaultGraph | None = None) -> list[Quad]:
    return [Quad(t.subject, t.predicate, t.object, graph or DefaultGraph()) for t in triples]


def _canonical(quads: object) -> set[str]:
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return set(map(str, dataset))
