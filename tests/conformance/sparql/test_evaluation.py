"""The W3C's evaluation and syntax tests for SPARQL 1.0 and 1.1, asked over HTTP.

https://www.w3.org/2009/sparql/docs/tests/ and https://www.w3.org/2001/sw/DataAccess/tests/r2
"""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph
import pytest
import urllib3
from conftest import SHARED
from rdflib import Graph
from rdflib.compare import isomorphic
from support.sparql_suite.answers import Solutions, csv_rows, read_answer, read_expected, same
from support.sparql_suite.endpoint import ENDPOINTS, Endpoint, address, triples_of
from support.sparql_suite.manifests import Case, Dataset, cases

SUITE = SHARED / "w3c" / "sparql"

_CANONICAL = (
    "the engine keeps one spelling for each number, boolean and time: 1.0 and 01.0 are one term"
)
_GRAPH = "the engine evaluates what stands inside GRAPH ?g with ?g already bound"
_FETCH = "fetching is refused, even where failing would be silent"
#: Tests that fail, each with the reason; one that passes again must leave this list.
KNOWN: dict[str, str] = {
    "sparql10/distinct/distinct-1": _CANONICAL,
    "sparql10/distinct/distinct-9": _CANONICAL,
    "sparql10/expr-builtin/dawg-str-1": _CANONICAL,
    "sparql10/expr-builtin/dawg-str-2": _CANONICAL,
    "sparql10/expr-builtin/sameTerm-simple": _CANONICAL,
    "sparql10/expr-builtin/sameTerm-eq": _CANONICAL,
    "sparql10/expr-builtin/sameTerm-not-eq": _CANONICAL,
    "sparql10/expr-equals/eq-graph-1": _CANONICAL,
    "sparql10/expr-equals/eq-graph-2": _CANONICAL,
    "sparql10/open-world/open-eq-01": _CANONICAL,
    "sparql10/open-world/date-3": _CANONICAL,
    "sparql11/csv-tsv-res/tsv03": _CANONICAL,
    "sparql11/csv-tsv-res/csv03": _CANONICAL,
    "sparql10/open-world/date-2": "the engine compares dates with and without a time zone",
    "sparql10/expr-builtin/case-insensitive-booleans": "the engine knows true and false only",
    "sparql10/graph/graph-variable-scope": _GRAPH,
    "sparql10/graph/graph-optional": _GRAPH,
    "sparql11/aggregates/agg-empty-group-count-graph": _GRAPH,
    "sparql11/bindings/graph": _GRAPH,
    "sparql11/negation/graph-minus": _GRAPH,
    "sparql11/aggregates/agg-groupconcat-04": "the engine keeps a language that all values share",
    "sparql11/aggregates/agg-groupconcat-06": "the engine keeps a language that all values share",
    "sparql11/functions/bnode01": "the engine gives BNODE(label) one node for all solutions",
    "sparql11/property-path/zero_or_more_set_start": "a path of length zero from no known node",
    "sparql11/property-path/zero_or_more_set_end": "a path of length zero from no known node",
    "sparql11/property-path/zero_or_one_set_start": "a path of length zero from no known node",
    "sparql11/property-path/zero_or_one_set_end": "a path of length zero from no known node",
    "sparql11/service/service5": "SERVICE ?variable is refused: endpoints are named one by one",
    "sparql11/update-silent/load-silent": _FETCH,
    "sparql11/update-silent/load-into-silent": _FETCH,
    "sparql10/syntax-sparql3/syn-bad-26": "the engine reads ?x<?a&&?b>?y as two comparisons",
}
#: What may be refused although its syntax is good: policy, and functions that nobody knows.
_REFUSED = re.compile("LOAD is not allowed|SERVICE (is not allowed|may call)|custom function")


def _params(*kinds: str) -> list[object]:
    found = list(cases(SUITE, *kinds)) if SUITE.is_dir() else []
    if not found:
        mark = pytest.mark.skip(reason=f"needs the W3C's test suite ({SUITE})")
        return [pytest.param(None, marks=mark, id="w3c")]
    return [
        pytest.param(
            case,
            id=case.identifier,
            marks=[pytest.mark.xfail(reason=KNOWN[case.identifier], strict=True)]
            if case.identifier in KNOWN
            else [],
        )
        for case in found
    ]


def _from_clauses(case: Case) -> Dataset:
    """Return the dataset that the query itself names, as files beside it."""
    text = case.text.read_text(encoding="utf-8")
    names = re.findall(r"(?i)\bFROM\s+(?:NAMED\s+)?<([^>]*)>", text)
    files = [case.text.parent / name for name in dict.fromkeys(names)]
    return Dataset(named=tuple((file.as_uri(), file) for file in files if file.is_file()))


@pytest.mark.parametrize("case", _params("QueryEvaluationTest"))
def test_query(endpoint: Endpoint, elsewhere: Endpoint, case: Case) -> None:
    endpoint.hold(case.data if case.data != Dataset() else _from_clauses(case))
    base = case.text.as_uri()
    text = case.text.read_text(encoding="utf-8")
    if "service" in case.identifier:
        elsewhere.hold(case.services)
        elsewhere.settle()  # SERVICE names no revision
        for name in ENDPOINTS:
            text = text.replace(f"<{name}>", f"<{address(elsewhere.url, name)}>")
    response = endpoint.query(text, base)
    assert response.status == 200, response.data.decode()
    assert case.result is not None
    found = read_answer(response.data, response.headers["Content-Type"])
    expected = read_expected(case.result)
    if "reduced" in case.identifier:  # REDUCED may drop duplicates, any number of them
        assert isinstance(found, Solutions)
        assert isinstance(expected, Solutions)
        assert set(expected.rows) == set(found.rows)
        assert len(set(expected.rows)) <= len(found.rows)
        return
    assert same(found, expected), f"found {found}\nexpected {expected}"


@pytest.mark.parametrize("case", _params("CSVResultFormatTest"))
def test_csv(endpoint: Endpoint, case: Case) -> None:
    endpoint.hold(case.data)
    response = endpoint.query(case.text.read_text(encoding="utf-8"), accept="text/csv")
    assert case.result is not None
    expected = csv_rows(case.result.read_text(encoding="utf-8"))
    assert csv_rows(response.data.decode()) == expected


@pytest.mark.parametrize("case", _params("UpdateEvaluationTest"))
def test_update(endpoint: Endpoint, case: Case) -> None:
    endpoint.hold(case.data)
    response = endpoint.update(case.text.read_text(encoding="utf-8"), case.text.as_uri())
    assert response.status in (200, 204), response.data.decode()
    names = [name for name, _ in case.after.named]
    assert _held(endpoint, "CONSTRUCT WHERE { ?s ?p ?o }") == _graph(*case.after.default)
    for name, path in case.after.named:
        found = _held(
            endpoint, f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"
        )
        assert found == _graph(path), name
    listed = endpoint.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
    answer = read_answer(listed.data, listed.headers["Content-Type"])
    assert isinstance(answer, Solutions)
    filled = {name for name, path in case.after.named if triples_of(path)}
    assert {value.value for row in answer.rows for _, value in row} == filled, names


class _Comparable:
    """A graph that equals another of the same shape."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Comparable) and isomorphic(self.graph, other.graph)

    def __repr__(self) -> str:
        return self.graph.serialize(format="nt")


def _held(endpoint: Endpoint, query: str) -> _Comparable:
    response = endpoint.query(query, accept="application/n-triples")
    assert response.status == 200, response.data.decode()
    return _Comparable(Graph().parse(data=response.data, format="nt"))


def _graph(*paths: Path) -> _Comparable:
    graph = Graph()
    for path in paths:
        data = pyoxigraph.serialize(triples_of(path), format=pyoxigraph.RdfFormat.N_TRIPLES)
        graph.parse(data=data, format="nt")
    return _Comparable(graph)


def _ask(endpoint: Endpoint, case: Case) -> urllib3.BaseHTTPResponse:
    text = case.text.read_bytes().decode("utf-8")
    if "Update" in case.kind:
        endpoint.hold(Dataset())
        return endpoint.update(text, case.text.as_uri())
    return endpoint.query(text, case.text.as_uri())


@pytest.mark.parametrize(
    "case", _params("PositiveSyntaxTest", "PositiveSyntaxTest11", "PositiveUpdateSyntaxTest11")
)
def test_good_syntax_is_taken(endpoint: Endpoint, case: Case) -> None:
    response = _ask(endpoint, case)
    refused = response.status == 400 and _REFUSED.search(response.data.decode())
    assert refused or response.status in (200, 204), response.data.decode()


@pytest.mark.parametrize(
    "case", _params("NegativeSyntaxTest", "NegativeSyntaxTest11", "NegativeUpdateSyntaxTest11")
)
def test_bad_syntax_is_refused(endpoint: Endpoint, case: Case) -> None:
    response = _ask(endpoint, case)
    assert response.status == 400, response.data.decode()
