"""Writing RDF for people and programs: prefixes declared, JSON-LD compacted by our own context."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

import rdflib

from outcome_graph.namespaces import PREFIXES
from outcome_graph.rdf import Quad, RdfFormat, Triple, format_for, ntriples, serialize
from outcome_graph.resources import resource

__all__ = ["jsonld_context", "serialise", "to_jsonld", "to_rdflib"]

_PREFIXED = (RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.RDF_XML)


def serialise(statements: Iterable[Triple] | Iterable[Quad], media_type: str) -> bytes:
    """Serialise statements in an RDF syntax (see `outcome_graph.rdf.FORMATS`).

    Parameters:
        statements: triples, or quads for the syntaxes that hold named graphs.
        media_type: e.g. "text/turtle". JSON-LD of triples is compacted with our context.

    Raises:
        ValueError: the media type is none of ours.
    """
    rdf_format = format_for(media_type)
    if rdf_format is None:
        raise ValueError(f"{media_type!r} is no RDF syntax of ours")
    if rdf_format == RdfFormat.JSON_LD:
        items: list[Triple | Quad] = list(statements)
        triples = [item for item in items if isinstance(item, Triple)]
        if len(triples) == len(items):
            return to_jsonld(triples)
        quads = [item for item in items if isinstance(item, Quad)]
        return serialize(quads, format=rdf_format) or b""
    options: dict[str, Any] = {"prefixes": PREFIXES} if rdf_format in _PREFIXED else {}
    return serialize(statements, format=rdf_format, **options) or b""


@cache
def jsonld_context() -> dict[str, Any]:
    """Return our JSON-LD context document (``{"@context": …}``)."""
    document: dict[str, Any] = json.loads(resource("ontology", "context.jsonld").read_bytes())
    return document


def to_jsonld(triples: Iterable[Triple]) -> bytes:
    """Serialise triples as JSON-LD 1.1, compacted with our context, which is included whole."""
    graph = to_rdflib(ntriples(triples))
    text = graph.serialize(
        format="json-ld", context=jsonld_context()["@context"], auto_compact=False, indent=2
    )
    return text.encode()


def to_rdflib(data: bytes) -> rdflib.Graph:
    """Return N-Triples as an rdflib graph with our prefixes bound."""
    graph = rdflib.Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph.parse(data=data, format="nt")
