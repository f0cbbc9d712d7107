"""The W3C's SPARQL test manifests as data.

Vocabulary: https://www.w3.org/2001/sw/DataAccess/tests/README and its successors for 1.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from rdflib import RDF, RDFS, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
DAWG = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#")


@dataclass(frozen=True)
class Dataset:
    """Files of a dataset: those of the default graph, and those of named graphs by name."""

    default: tuple[Path, ...] = ()
    named: tuple[tuple[str, Path], ...] = ()


@dataclass(frozen=True)
class Case:
    """One test.

    Parameters:
        identifier: its name in the manifest, with the folder before it.
        kind: local name of its class, such as "QueryEvaluationTest".
        text: file of the query or update.
        data: what the store holds before.
        result: file of the expected answer; None for syntax tests and updates.
        after: what the store holds after an update.
        services: what other endpoints hold, by their IRIs.
    """

    identifier: str
    kind: str
    text: Path
    data: Dataset
    result: Path | None = None
    after: Dataset = Dataset()
    services: Dataset = Dataset()


def path_of(node: Node) -> Path:
    """Return the file that a file IRI names."""
    return Path(unquote(urlsplit(str(node)).path))


def read_manifest(path: Path) -> Graph:
    """Parse one manifest; relative IRIs are files beside it."""
    return Graph().parse(path, format="turtle", publicID=path.as_uri())


def entries(graph: Graph) -> Iterator[Node]:
    """Yield the tests of a manifest in its order."""
    for head in graph.objects(None, MF.entries):
        yield from Collection(graph, head)


def cases(root: Path, *kinds: str) -> Iterator[Case]:
    """Yield the tests of the given kinds from all manifests under a folder."""
    for path in sorted(root.rglob("*manifest*.ttl")):
        graph = read_manifest(path)
        for test in entries(graph):
            kind = str(graph.value(test, RDF.type)).rpartition("#")[2]
            if kind in kinds:
                yield _case(graph, test, kind, path)


def _case(graph: Graph, test: Node, kind: str, manifest: Path) -> Case:
    action = graph.value(test, MF.action)
    result = graph.value(test, MF.result)
    assert action is not None
    name = str(test).rpartition("#")[2] if isinstance(test, URIRef) else str(test)
    identifier = f"{manifest.parent.parent.name}/{manifest.parent.name}/{name}"
    text = graph.value(action, QT.query) or graph.value(action, UT.request)
    if text is None:
        return Case(identifier, kind, path_of(action), Dataset())
    if kind == "UpdateEvaluationTest":
        after = _dataset(graph, result, UT)
        return Case(identifier, kind, path_of(text), _dataset(graph, action, UT), None, after)
    expected = path_of(result) if result is not None else None
    data = _dataset(graph, action, QT)
    services = _services(graph, action)
    return Case(identifier, kind, path_of(text), data, expected, services=services)


def _dataset(graph: Graph, node: Node | None, terms: Namespace) -> Dataset:
    named: list[tuple[str, Path]] = []
    for value in graph.objects(node, terms.graphData):
        file = graph.value(value, terms.graph)
        if file is None:  # 1.0: the file is the graph, its name the file's
            named.append((str(value), path_of(value)))
        else:
            named.append((str(graph.value(value, RDFS.label)), path_of(file)))
    default = tuple(path_of(value) for value in graph.objects(node, terms.data))
    return Dataset(default, tuple(sorted(named)))


def _services(graph: Graph, action: Node) -> Dataset:
    found = [
        (str(graph.value(node, QT.endpoint)), path_of(file))
        for node in graph.objects(action, QT.serviceData)
        for file in graph.objects(node, QT.data)
    ]
    return Dataset(named=tuple(sorted(found)))


def approved(graph: Graph, test: Node) -> bool:
    """Tell whether a test is in force: neither deprecated nor withdrawn."""
    return graph.value(test, DAWG.approval) not in (DAWG.Deprecated, DAWG.Withdrawn)
