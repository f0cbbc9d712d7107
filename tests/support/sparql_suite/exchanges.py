"""The W3C's tests of the protocols: HTTP requests with the responses that are expected.

https://www.w3.org/2009/sparql/docs/tests/ , manifests "protocol" and "graph-store-protocol",
written in the W3C's vocabulary "HTTP in RDF".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import RDFS, Graph, Namespace
from rdflib.collection import Collection
from rdflib.term import Node

from support.sparql_suite.manifests import MF, UT, Dataset, entries, path_of, read_manifest

HT = Namespace("http://www.w3.org/2011/http#")
HTS = Namespace("http://www.w3.org/2011/http-statusCodes#")
CNT = Namespace("http://www.w3.org/2011/content#")
_STATUS = {
    HTS.StatusCode2xx: range(200, 300),
    HTS.StatusCode3xx: range(300, 400),
    HTS.StatusCode4xx: range(400, 500),
    HTS.OK: (200,),
    HTS.Created: (201,),
    HTS.NoContent: (204,),
    HTS.NotFound: (404,),
}


@dataclass(frozen=True)
class Expected:
    """What a response must be.

    Parameters:
        statuses: one of these.
        boolean: the answer to an ASK query.
        form: "boolean", "tabular" or "RDF".
        headers: (name, value) that it must carry.
        body: a graph in Turtle that its body must equal.
        location: the variable that stands for its Location in later requests.
    """

    statuses: frozenset[int]
    boolean: bool | None
    form: str | None
    headers: tuple[tuple[str, str], ...]
    body: str | None
    location: str | None


@dataclass(frozen=True)
class Exchange:
    """One request and the response expected."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None
    expected: Expected


@dataclass(frozen=True)
class Conversation:
    """A test: exchanges in their order, over a store that holds some graphs."""

    identifier: str
    data: Dataset
    exchanges: tuple[Exchange, ...]


def conversations(manifest: Path) -> Iterator[Conversation]:
    """Yield the tests of a manifest."""
    graph = read_manifest(manifest)
    for test in entries(graph):
        action = graph.value(test, MF.action)
        head = graph.value(action, HT.requests)
        if head is None:
            continue
        named = tuple(
            (str(graph.value(node, RDFS.label)), path_of(graph.value(node, UT.graph)))
            for node in graph.objects(test, UT.graphData)
        )
        requests = tuple(_exchange(graph, request) for request in Collection(graph, head))
        yield Conversation(
            str(test).rpartition("#")[2], Dataset(named=tuple(sorted(named))), requests
        )


def _exchange(graph: Graph, request: Node) -> Exchange:
    response = graph.value(request, HT.resp)
    return Exchange(
        str(graph.value(request, HT.methodName)),
        str(graph.value(request, HT.absolutePath)),
        _headers(graph, request),
        _body(graph, request),
        _expected(graph, response),
    )


def _expected(graph: Graph, response: Node | None) -> Expected:
    statuses = [_STATUS[status] for status in graph.objects(response, MF.expectedStatus)]
    boolean = graph.value(response, MF.expectedBoolean)
    form = graph.value(response, MF.expectedFormat)
    location = graph.value(response, MF.expectedLocation)
    body = _body(graph, response)
    return Expected(
        frozenset(code for codes in statuses for code in codes),
        bool(boolean.toPython()) if boolean is not None else None,
        str(form) if form is not None else None,
        _headers(graph, response),
        body.decode() if body is not None else None,
        str(location) if location is not None else None,
    )


def _headers(graph: Graph, message: Node | None) -> tuple[tuple[str, str], ...]:
    head = graph.value(message, HT.headers)
    if head is None:
        return ()
    return tuple(
        (str(graph.value(node, HT.fieldName)), str(graph.value(node, HT.fieldValue)))
        for node in Collection(graph, head)
    )


def _body(graph: Graph, message: Node | None) -> bytes | None:
    node = graph.value(message, HT.body)
    if node is None:
        return None
    encoding = str(graph.value(node, CNT.characterEncoding))
    return str(graph.value(node, CNT.chars)).encode(encoding)
