"""What is said of malformed queries and updates: the place of the mistake, and what to do.

The mark ▮ stands where the mistake begins, by the grammar of SPARQL 1.1 (Query, 19.8): the first
token that cannot follow.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from outcome_graph.errors import QueryError
from outcome_graph.rdf import NamedNode
from outcome_graph.store import EmbeddedStore, QueryRequest, UpdateRequest

QUERIES = [
    ("SELECT * { ?s ▮dct:title ?t }", "the prefix dct: is not declared; write PREFIX dct: <…>"),
    (
        "SELECT * {\n ?s og:step ?c .\n ?s ▮xx:title ?t .\n ?t yy:q ?u }",
        "prefix xx: is not declared",
    ),
    ("PREFIX ▮ex <http://e/> SELECT * { ?s ?p ?o }", "a prefix with its colon"),
    ("SELECT * { ?s ?p ?o ▮", "ends too early; expected one of “}”"),
    ("SELECT ?x ?y▮", "ends too early"),
    (
        "SELECT * { ?s a og:Outcome ; og:country ?c ▮og:step ?b }",
        "a “.” or “;” is missing before it",
    ),
    ("SELECT * { ?s ?p ?o\n  ▮?a ?b ?c }", "a “.” or “;” is missing before it"),
    ("SELECT * { ?s ?p ▮}", "expected one of"),
    ("▮SELEC * { ?s ?p ?o }", "is SELECT meant?"),
    ("SELECT * { ?s ?p ?o . ▮FILTR(?o > 3) }", "is FILTER meant?"),
    ("SELECT ?x▮, ?y { ?x ?p ?y }", "a variable such as ?x"),
    ("SELECT ▮{ ?s ?p ?o }", "expected one of “(”, “*”"),
    ("SELECT ?s ▮COUNT(?o) { ?s ?p ?o } GROUP BY ?s", "write (COUNT(…) AS ?name)"),
    (
        "SELECT ?a ▮?s (COUNT(?o) AS ?n) { ?s ?p ?o ; ?q ?a } GROUP BY ?a",
        "names ?s, which is neither",
    ),
    ("SELECT ▮?s (COUNT(?o) AS ?n) { ?s ?p ?o }", "names ?s, which is neither in GROUP BY"),
    ("SELECT * { ?s ?p ?o . FILTER ▮?o > 3 }", "expected one of “(”"),
    (
        "SELECT (YEAR(?d) AS ?y) (COUNT(?a) AS ?n) { ?a ?b ?d } GROUP BY (YEAR(?d))▮",
        "GROUP BY (YEAR(?day) AS ?year)",
    ),
    ("SELECT * { ?s ?p ?o OPTIONAL ▮?s ?p ?o }", "expected “{”"),
    ("SELECT * WHERE ▮( ?s ?p ?o )", "expected “{”"),
    ("SELECT * { BIND(1 ▮?x) }", ""),
    ("SELECT * { BIND(1 AS ▮x) }", "expected a variable"),
    ("SELECT * { ?s ?p ?o } LIMIT ▮", "expected a number"),
    ("SELECT * { ?s ?p ?o } LIMIT ▮ten", "expected a number"),
    ("SELECT * { ?s ?p ?o } ORDER ▮?s", "expected BY"),
    ("SELECT * { ?s ?p ▮<http://a b> }", "this is no IRI, which has no spaces"),
    ('SELECT * { ?s ?p ▮"abc }', "this text is not closed"),
    ("SELECT * { ?s ?p 'it'▮s' }", "not understood"),
    ("SELECT * { ?s ?p ?o } ▮SELECT * { ?s ?p ?o }", "expected one of the end"),
    ("SELECT * { VALUES ?x ▮(1 2) ?x ?p ?o }", "expected “{”"),
    ("▮", "the query is empty"),
    ("# only this ▮", "the query is empty"),
    (
        "▮INSERT DATA { <a:a> <b:b> <c:c> }",
        "this is an update, not a query; send updates to /update",
    ),
]
UPDATES = [
    ("▮SELECT * { ?s ?p ?o }", "this is a query, not an update; send queries to /sparql"),
    ("INSERT ▮DTA { <a:a> <b:b> <c:c> }", "is DATA meant?"),
    ("DELETE { ?s ?p ?o } ▮{ ?s ?p ?o }", "WHERE"),
    ("INSERT DATA { <a:a> <b:b> ▮}", "expected one of"),
    ("INSERT DATA { <a:a> <b:b> <c:c> }\n▮INSERT DATA { <a:a> <b:b> <c:d> }", "“;”"),
    ("DELETE WHERE { GRAPH ▮{ ?s ?p ?o } }", "expected one of"),
    ("INSERT DATA { ▮zz:a <b:b> <c:c> }", "the prefix zz: is not declared"),
]


def place_of(marked: str) -> tuple[str, int, int]:
    """Return the text without its mark, and line and column of it."""
    before, _, after = marked.partition("▮")
    return before + after, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    opened = EmbeddedStore(tmp_path_factory.mktemp("syntax") / "store", create=True)
    yield opened
    opened.close()


@pytest.mark.parametrize(("marked", "words"), QUERIES)
def test_a_query(store: EmbeddedStore, marked: str, words: str) -> None:
    text, line, column = place_of(marked)
    if text.startswith("#"):
        line, column = 1, 1
    with pytest.raises(QueryError) as caught:
        store.query(QueryRequest(sparql=text))
    assert (caught.value.line, caught.value.column) == (line, column), caught.value.message
    assert caught.value.message.startswith(f"Line {line}, column {column}: ")
    assert words in caught.value.message


@pytest.mark.parametrize(("marked", "words"), UPDATES)
def test_an_update(store: EmbeddedStore, marked: str, words: str) -> None:
    text, line, column = place_of(marked)
    with pytest.raises(QueryError) as caught:
        store.update(UpdateRequest(sparql=text), reason="a test", agent="a tester")
    assert (caught.value.line, caught.value.column) == (line, column), caught.value.message
    assert words in caught.value.message


def test_what_the_grammar_does_not_see_the_engine_says(store: EmbeddedStore) -> None:
    """Variables in DATA are forbidden by a note beside the grammar (19.8, note 8)."""
    with pytest.raises(QueryError, match=r"Line 1, column \d+: ."):
        store.update(
            UpdateRequest(sparql="INSERT DATA { ?s ?p ?o }"), reason="a test", agent="a tester"
        )
    assert not store.has_graph(NamedNode("http://example.org/"))
