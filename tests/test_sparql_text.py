"""Tokens of SPARQL: form, determinism, keywords, and binding variables (run on the real engine)."""

from __future__ import annotations

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_graph.errors import QueryError
from outcome_graph.rdf import BlankNode, Literal, NamedNode, Quad
from outcome_graph.sparql_text import (
    bind_values,
    form_of,
    is_deterministic,
    keywords_of,
    spell_out_star,
    star_of,
)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * {}", "select"),
        ("# SELECT\nASK {}", "ask"),
        ("PREFIX select: <http://x/> CONSTRUCT {} WHERE {}", "construct"),
        ("BASE <http://x/#ask>\nprefix : <http://y/>\ndescribe <a>", "describe"),
        ("INSERT DATA { <a> <b> 'SELECT' }", "update"),
        ("WITH <g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "update"),
        ("LOAD <http://x/>", "update"),
        ("hello", "unknown"),
        ("", "unknown"),
        ("'SELECT'", "unknown"),
        (r"\u0053ELECT * {}", "select"),
        ("PREFIX a.b: <http://x/> # PREFIX\r\nPREFIX : <http://y/#ask>SELECT*{}", "select"),
        ("PREFIX é: <http://x/> ASK {}", "ask"),
        ("PREFIX ask: ASK {}", "ask"),
        ("select:x", "unknown"),
        ("SELECTED * {}", "unknown"),
    ],
)
def test_form(text: str, form: str) -> None:
    assert form_of(text) == form


@pytest.mark.parametrize(
    ("text", "deterministic"),
    [
        ("SELECT (NOW() AS ?n) {}", False),
        ("SELECT (rand() AS ?n) {}", False),
        ("SELECT * { SERVICE <http://x/> { ?s ?p ?o } }", False),
        (r"SELECT (N\u004FW() AS ?n) {}", False),
        ("SELECT ?now { ?now <http://x/NOW()> 'RAND()' # UUID()\n}", True),
        ("PREFIX now: <http://x/> SELECT * { ?s now:rand ?uuid }", True),
        ("SELECT ?s { ?s ?p 'x'@uuid }", True),
    ],
)
def test_determinism(text: str, deterministic: bool) -> None:
    assert is_deterministic(text) is deterministic


def test_keywords_are_not_found_in_strings_names_and_comments() -> None:
    text = """PREFIX load: <http://x/LOAD> INSERT DATA { load:load <load> "LOAD", '''SERVICE''' }"""
    assert not keywords_of(text) & {"LOAD", "SERVICE"}


@pytest.fixture(scope="module")
def store() -> pyoxigraph.Store:
    made = pyoxigraph.Store()
    for name, country in (("1", "LAO"), ("2", "SEN"), ("3", "LAO")):
        made.add(
            Quad(
                NamedNode(f"http://o/{name}"),
                NamedNode("http://p/country"),
                NamedNode(f"http://c/{country}"),
            )
        )
    return made


def _outcomes(store: pyoxigraph.Store, text: str) -> list[str]:
    return sorted(str(row["o"].value)[-1] for row in store.query(text))


LAO = {"c": NamedNode("http://c/LAO")}


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?o { ?o <http://p/country> ?c }",
        "SELECT ?o WHERE { ?o <http://p/country> $c }",
        "SELECT ?o WHERE { ?o <http://p/country> ?x FILTER(!BOUND(?c) || ?x = ?c) }",
        "SELECT ?o { ?o ?p ?x FILTER(!BOUND(?c) || EXISTS { ?o <http://p/country> ?c }) }",
        "SELECT ?o (EXISTS { ?o ?p ?c } AS ?e) { ?o <http://p/country> ?c }",
        "# {\nSELECT ?o # {\n WHERE # {\n{ ?o <http://p/country> ?c }",
        "SELECT ?o { SELECT ?o ?c { ?o <http://p/country> ?c } }",
        "SELECT ?o { ?o <http://p/country> ?c } GROUP BY ?o HAVING(COUNT(*) > 0)",
    ],
)
def test_a_bound_variable_has_its_value(store: pyoxigraph.Store, text: str) -> None:
    assert _outcomes(store, bind_values(text, LAO)) == ["1", "3"]


def test_binding_in_ask_and_construct(store: pyoxigraph.Store) -> None:
    assert bool(store.query(bind_values("ASK { <http://o/1> ?p ?c }", LAO)))
    assert not bool(store.query(bind_values("ASK { <http://o/2> ?p ?c }", LAO)))
    made = store.query(bind_values("CONSTRUCT { ?o a ?c } WHERE { ?o <http://p/country> ?c }", LAO))
    assert len(list(made)) == 2


def test_an_unbound_optional_parameter_filters_nothing(store: pyoxigraph.Store) -> None:
    text = "SELECT ?o WHERE { ?o <http://p/country> ?x FILTER(!BOUND(?c) || ?x = ?c) }"
    assert _outcomes(store, bind_values(text, {})) == ["1", "2", "3"]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_whatever_a_value_holds_it_stays_a_value(value: str) -> None:
    store = pyoxigraph.Store()
    text = bind_values("SELECT ?v { BIND(?x AS ?v) }", {"x": Literal(value)})
    (row,) = store.query(text)
    assert row["v"] == Literal(value)


@pytest.mark.parametrize(
    ("text", "bindings", "words"),
    [
        ("DESCRIBE <http://o/1>", LAO, "WHERE"),
        ("CONSTRUCT WHERE { ?o ?p ?c }", LAO, "short form"),
        ("SELECT ?o { ?o ?p ?c }", {"c } INSERT": Literal("x")}, "no variable name"),
        ("SELECT ?o { ?o ?p ?c }", {"c": BlankNode("b")}, "blank node"),
    ],
)
def test_what_cannot_be_bound_says_why(text: str, bindings: dict, words: str) -> None:
    with pytest.raises(QueryError, match=words):
        bind_values(text, bindings)


@pytest.mark.parametrize(
    ("query", "names", "expected"),
    [
        ("SELECT * { ?s ?p ?o }", "ops", "SELECT  ?s ?p ?o  { ?s ?p ?o }"),
        ("select distinct # all\n*{?b ?a 1}", "ab", "select distinct # all\n ?b ?a {?b ?a 1}"),
        ("PREFIX a: <b:c> SELECT*{?z a:p $y}", "yz", "PREFIX a: <b:c> SELECT ?z ?y {?z a:p $y}"),
        ("SELECT * { ?b <x:p> ?a FILTER EXISTS { ?c ?d ?e } }", "ab", None),
    ],
)
def test_a_star_is_spelt_out_in_order_of_appearance(
    query: str, names: str, expected: str | None
) -> None:
    star = star_of(query)
    assert star is not None
    spelt = spell_out_star(query, star, set(names))
    variables = [v.value for v in pyoxigraph.Store().query(spelt).variables]  # it is still a query
    assert variables == sorted(names, key=lambda name: query.replace("$", "?").index(f"?{name}"))
    assert expected is None or spelt == expected


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s { ?s <p>* ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "SELECT ?s { { SELECT * { ?s ?p ?o } } }",
        "ASK { { SELECT * { ?s ?p ?o } } }",
        "CONSTRUCT { ?s ?p ?o } { { SELECT * { ?s ?p ?o } } }",
    ],
)
def test_another_star_is_left_alone(query: str) -> None:
    assert star_of(query) is None
