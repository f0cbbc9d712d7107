"""Reading the packaged Turtle files of reference data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias, TypeVar

from outcome_graph.namespaces import IriMinter
from outcome_graph.rdf import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse_quads
from outcome_graph.resources import resource, resources_in

__all__ = [
    "REFERENCE_GRAPHS",
    "Description",
    "Descriptions",
    "descriptions",
    "reference_graphs",
    "texts_of",
]

_T = TypeVar("_T")

#: The graphs of reference data that a store is initialised with, by name.
REFERENCE_GRAPHS = ("ontology", "concepts", "countries", "sdg", "organisations")

#: What the files say of one thing, by property: IRIs as strings, values as terms.
Description: TypeAlias = dict[str, list[NamedNode | Literal]]
#: What they say of each thing, by its IRI.
Descriptions: TypeAlias = dict[str, Description]


def _files(graph: str) -> list[Path]:
    if graph == "ontology":
        return [resource("ontology", "outcome.ttl"), resource("ontology", "alignments.ttl")]
    if graph == "concepts":
        return resources_in("ontology/concepts", ".ttl")
    if graph == "organisations":
        return [resource("data", "organisations.ttl"), resource("data", "constituents.ttl")]
    return [resource("data", f"{graph}.ttl")]


def reference_graphs(minter: IriMinter) -> Iterator[tuple[str, list[Triple]]]:
    """Yield the name and the statements of each graph of reference data.

    Blank nodes get the same names each time, so that a store can tell whether anything changed.

    Parameters:
        minter: the base that the files' relative IRIs are resolved against.

    Raises:
        NotFoundError: a packaged file is missing.
        SourceError: a packaged file is damaged.
    """
    for name in REFERENCE_GRAPHS:
        triples: dict[Triple, None] = {}
        for path in _files(name):
            named: dict[BlankNode, BlankNode] = {}
            for triple in _parse(path, minter):
                subject = _stable(triple.subject, path, named)
                value = _stable(triple.object, path, named)
                triples[Triple(subject, triple.predicate, value)] = None
        yield name, list(triples)


def _parse(path: Path, minter: IriMinter) -> Iterator[Triple]:
    quads = parse_quads(path.read_bytes(), RdfFormat.TURTLE, base_iri=minter.base, where=path.name)
    return (quad.triple for quad in quads)


def _stable(term: _T, path: Path, named: dict[BlankNode, BlankNode]) -> _T | BlankNode:
    if not isinstance(term, BlankNode):
        return term
    if term not in named:
        named[term] = BlankNode(f"{path.stem}-{len(named) + 1}".replace("_", "-"))
    return named[term]


def descriptions(graph: str, minter: IriMinter, wanted: Iterable[NamedNode]) -> Descriptions:
    """Return what the files of a reference graph say with some properties.

    Parameters:
        graph: one of `REFERENCE_GRAPHS`.
        minter: the base.
        wanted: the properties; all others are passed over, which halves the time.
    """
    properties = set(wanted)
    found: Descriptions = {}
    for path in _files(graph):
        for triple in _parse(path, minter):
            subject, predicate, value = triple.subject, triple.predicate, triple.object
            if predicate not in properties or not isinstance(subject, NamedNode):
                continue
            if isinstance(value, NamedNode | Literal):
                values = found.setdefault(subject.value, {})
                values.setdefault(predicate.value, []).append(value)
    return found


def texts_of(description: Description, *properties: NamedNode) -> Iterator[tuple[str, str | None]]:
    """Yield the literals of some properties as (text, language)."""
    for name in properties:
        for value in description.get(name.value, ()):
            if isinstance(value, Literal):
                yield value.value, value.language
