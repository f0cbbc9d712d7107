"""Cutting ready RDF into parts that fit into one update request each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from outcome_graph.rdf import (
    GraphName,
    RdfFormat,
    Triple,
    check_rdf_xml,
    parse,
)
from outcome_graph.store.bulk import format_to_load, not_loaded
from outcome_graph.store.remote_layout import has_blank

__all__ = ["Part", "parts_of"]

Part: TypeAlias = dict[GraphName, list[Triple]]

#: A statement goes into its graph and into the union, and into the journal, deflated.
_TIMES_SENT = 3


def parts_of(path: Path, media_type: str, update_bytes: int) -> Iterator[Part]:
    """Yield the statements of a file in parts.

    Statements with blank nodes come together, in the last part: a blank node cannot be spoken of
    again in a later request.

    Parameters:
        path, media_type: the file.
        update_bytes: size of one update request.

    Raises:
        SourceError: the file cannot be read, or is not well formed.
    """
    rdf_format = format_to_load(path, media_type)
    try:
        if rdf_format == RdfFormat.RDF_XML:
            with path.open("rb") as file:
                check_rdf_xml(file, path.name)
        yield from _cut(path, rdf_format, update_bytes // _TIMES_SENT)
    except (SyntaxError, ValueError, OSError) as error:
        raise not_loaded(path, error) from error


def _cut(path: Path, rdf_format: RdfFormat, room: int) -> Iterator[Part]:
    part: Part = {}
    blank: Part = {}
    size = 0
    for quad in parse(path=str(path), format=rdf_format, rename_blank_nodes=True):
        if has_blank(quad):
            blank.setdefault(quad.graph_name, []).append(quad.triple)
            continue
        size += len(str(quad))
        if size > room and part:
            yield part
            part, size = {}, len(str(quad))
        part.setdefault(quad.graph_name, []).append(quad.triple)
    for graph, triples in blank.items():
        part.setdefault(graph, []).extend(triples)
    if part:
        yield part
