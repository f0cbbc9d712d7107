"""Things by their IRI: ``{base}X`` is answered at ``/X`` (contract, "IRIs")."""

from __future__ import annotations

from flask import Blueprint, Response, request

from outcome_graph.errors import NotFoundError, UsageError
from outcome_graph.rdf import NamedNode
from outcome_graph.service.cache import mark_cacheable
from outcome_graph.service.context import FAMILIES, graph
from outcome_graph.service.negotiation import HTML, SUFFIXES
from outcome_graph.service.record_page import record_page
from outcome_graph.service.rendering import (
    html_page,
    negotiated,
    rdf_response,
    see_other,
    split_suffix,
)
from outcome_graph.service.resource_page import resource_page
from outcome_graph.service.wording import language
from outcome_graph.service.writing import etag_for

__all__ = ["blueprint"]

blueprint = Blueprint("resources", __name__)


@blueprint.get("/record/<name>")
def record(name: str) -> Response:
    """Serve a record: its whole named graph, or a page about the result."""
    record_id, suffix = split_suffix(name)
    iri = _record_iri(record_id)
    triples = graph().store.graph(iri)
    if not triples:
        raise NotFoundError(f"There is no record {record_id} among the public records.")
    media_type = negotiated(suffix=suffix)
    if media_type == HTML:
        response = html_page("record.html", page=record_page(record_id, triples, language()))
    else:
        response = rdf_response(triples, media_type)
        # What If-Match of a later write can name.
        response.headers["ETag"] = f'"{etag_for(triples, media_type)}"'
    return _linked(response, f"/record/{record_id}")


@blueprint.get("/outcome/<name>")
def outcome(name: str) -> Response:
    """Send on to the record, which is the document about the outcome (303)."""
    record_id, suffix = split_suffix(name)
    if not graph().store.has_graph(_record_iri(record_id)):
        raise NotFoundError(f"There is no outcome {record_id} among the public records.")
    media_type = negotiated(suffix=suffix)
    ending = _suffix_of(media_type) if suffix else ""
    query = f"?{request.query_string.decode('ascii', 'ignore')}" if request.query_string else ""
    return see_other(f"/record/{record_id}{ending}{query}")


def _record_iri(record_id: str) -> NamedNode:
    try:
        return graph().minter.record(record_id)
    except UsageError as error:
        raise NotFoundError(f"There is no record {record_id[:80]!r}.") from error


@blueprint.get("/source/<name>")
def source(name: str) -> Response:
    """Describe a source document, or send its bytes as they were (``?download``)."""
    sha256, suffix = split_suffix(name)
    if "download" not in request.args:
        return _described(("source", sha256), suffix)
    # Sources of internal records are kept too: only what the public store describes is public.
    if not graph().describe(graph().minter.source(sha256).value):
        raise NotFoundError("There is no such source document.")
    mark_cacheable(request.environ)
    response = Response(graph().store.source(sha256), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{sha256[:16]}.txt"'
    return response


def _thing(family: str, rest: str) -> Response:
    name, suffix = split_suffix(rest)
    return _described((family, *name.split("/")), suffix)


for _family in FAMILIES:
    blueprint.add_url_rule(
        f"/{_family}/<path:rest>",
        endpoint=_family.replace("-", "_"),
        view_func=_thing,
        defaults={"family": _family},
        methods=["GET"],
    )


@blueprint.get("/sdg/<name>")
def sdg(name: str) -> Response:
    """Describe a goal, target or indicator of the UN, by its code; its IRI stays the UN's."""
    code, suffix = split_suffix(name)
    return _page_or_data(graph().minter.sdg(code), f"/sdg/{code}", suffix)


def _described(segments: tuple[str, ...], suffix: str | None) -> Response:
    iri = graph().minter.at(*segments)
    return _page_or_data(iri, f"/{iri.value.removeprefix(graph().minter.base)}", suffix)


def _page_or_data(iri: NamedNode, path: str, suffix: str | None) -> Response:
    # An indicator of a biennium that we have no list of is named by records, and described nowhere.
    triples = graph().describe(iri.value, or_mentions=True)
    if not triples:
        raise NotFoundError(f"Nothing is known about {iri.value}.")
    media_type = negotiated(suffix=suffix)
    if media_type == HTML:
        page = resource_page(iri, f"{request.script_root}{path}", triples, language())
        response = html_page("resource.html", page=page)
    else:
        response = rdf_response(triples, media_type)
    return _linked(response, path)


def _suffix_of(media_type: str) -> str:
    return next(suffix for suffix, name in SUFFIXES.items() if name == media_type)


def _linked(response: Response, path: str) -> Response:
    """Name the other representations (RFC 8288)."""
    root = request.script_root
    links = [
        f'<{root}{path}{suffix}>; rel="alternate"; type="{media_type}"'
        for suffix, media_type in SUFFIXES.items()
        if media_type != response.mimetype
    ]
    response.headers["Link"] = ", ".join(links)
    return response
