"""``/ontology``, ``/shapes`` and ``/context.jsonld``: the vocabulary, as data and to read."""

from __future__ import annotations

from flask import Blueprint, Response, request

from outcome_graph.errors import NotFoundError
from outcome_graph.namespaces import ONTOLOGY, OWL
from outcome_graph.resources import resource
from outcome_graph.service.cache import mark_cacheable
from outcome_graph.service.context import graph
from outcome_graph.service.negotiation import HTML, SUFFIXES
from outcome_graph.service.rendering import html_page, negotiated, rdf_response
from outcome_graph.service.vocabulary_page import ontology_page, shapes_page
from outcome_graph.service.wording import language

__all__ = ["blueprint"]

blueprint = Blueprint("vocabulary", __name__)


def _document(stem: str, ending: str) -> Response:
    suffix = SUFFIXES.get(f".{ending}")
    if ending and suffix is None:
        raise NotFoundError(f"There is no {stem}.{ending} here.")
    media_type = negotiated(suffix=suffix)
    triples = graph().store.graph(graph().minter.graph(stem))
    if not triples:
        raise NotFoundError(f"The {stem} is not loaded; run `outcome-graph init`.")
    if media_type != HTML:
        return rdf_response(triples, media_type)
    if stem == "ontology":
        return html_page("ontology.html", page=ontology_page(triples, language()))
    return html_page("shapes.html", page=shapes_page(triples, language()))


@blueprint.get("/ontology")
@blueprint.get("/ontology.<ending>")
def ontology(ending: str = "") -> Response:
    """Serve the ontology."""
    return _document("ontology", ending)


@blueprint.get("/ontology/<part>")
def ontology_part(part: str) -> Response:
    """Serve the ontology by its version IRI, or by that of its alignments, which it holds."""
    iri, known = f"<{ONTOLOGY}/{part}>", graph().store.graph(graph().minter.graph("ontology"))
    named = (str(t.object if t.predicate == OWL.versionIRI else t.subject) for t in known)
    if iri not in named:
        raise NotFoundError(f"There is no ontology/{part[:40]} here; past versions are not kept.")
    return _document("ontology", "")


@blueprint.get("/shapes")
@blueprint.get("/shapes.<ending>")
def shapes(ending: str = "") -> Response:
    """Serve the shapes."""
    return _document("shapes", ending)


@blueprint.get("/context.jsonld")
def context() -> Response:
    """Serve the JSON-LD context."""
    mark_cacheable(request.environ)
    data = resource("ontology", "context.jsonld").read_bytes()
    return Response(data, content_type="application/ld+json")
