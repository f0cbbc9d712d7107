"""``/graphs`` and ``/graph/{name}``: SPARQL 1.1 Graph Store HTTP Protocol.

Indirect (section 4.2: ``?graph=IRI`` or ``?default``), and direct (4.1) on graphs of our own. The
graph of a record is held to the shapes; reference graphs need the role admin.
"""

from __future__ import annotations

import uuid
from urllib.parse import quote

from flask import Blueprint, Response, request

from outcome_graph.draft import SourceFile
from outcome_graph.errors import NotFoundError, UsageError
from outcome_graph.mapping import is_record_graph
from outcome_graph.pipeline.writing_graphs import read_triples, write_graph
from outcome_graph.rdf import NamedNode, Triple
from outcome_graph.service.authorisation import demand_role
from outcome_graph.service.context import graph
from outcome_graph.service.negotiation import RDF_OFFERS
from outcome_graph.service.protocol import address_parameters, graph_iri
from outcome_graph.service.rendering import negotiated, rdf_response
from outcome_graph.service.routes.records_write import delete_record, put_record_graph
from outcome_graph.service.writing import (
    MULTIPART,
    etag_for,
    expectation,
    json_response,
    posted,
    uploaded,
    written,
)
from outcome_graph.vocabulary import reference_graphs

__all__ = ["blueprint"]

blueprint = Blueprint("graphs", __name__)

_METHODS = ["GET", "PUT", "POST", "DELETE"]


@blueprint.route("/graphs", methods=_METHODS)
def graphs() -> Response:
    """Read or write the graph that the address names; POST without one makes a new graph."""
    if request.method != "GET":
        demand_role("steward")  # before anything of the request is judged; more may be demanded
    given = address_parameters()
    named, default = given.get("graph", []), "default" in given
    if len(named) + default > 1:
        raise UsageError("Name one graph: either graph=IRI, once, or default.")
    if named or default:
        return _on_graph(_graph_named(named[0]) if named else None)
    if request.method != "POST":
        raise UsageError("Name the graph: graph=IRI, or default for the default graph.")
    agent = demand_role("steward")
    minted = graph().minter.graph(str(uuid.uuid4()))
    triples = _statements(minted)
    if not triples:
        raise UsageError("The body holds no statements, and a graph without any does not exist.")
    done = write_graph(graph(), minted, triples, lambda _: None, agent=agent)
    facts = {"graph": minted.value, "statements": len(triples), "revision": done.revision}
    return json_response(facts, 201, done.revision, _address(minted))


@blueprint.route("/graph/<name>", methods=_METHODS)
def own_graph(name: str) -> Response:
    """Read or write ``{base}graph/{name}``."""
    return _on_graph(graph().minter.graph(name))


def _on_graph(name: NamedNode | None) -> Response:
    if request.method == "GET":
        return _read(name)
    record_id = None
    if name is not None and not graph().plain:
        record_id = is_record_graph(name, graph().minter)
    if record_id is not None and name == _record_graph(record_id):
        demand = demand_role("steward")
        if request.method == "DELETE":
            return delete_record(record_id, demand)
        return put_record_graph(
            record_id, _statements(name), demand, merge=request.method == "POST"
        )
    agent = demand_role(_role_for(name))
    expected = expectation()
    if request.method == "DELETE":
        done = write_graph(graph(), name, None, expected, agent=agent)
        return written(204, done.revision)
    merge = request.method == "POST"
    done = write_graph(graph(), name, _statements(name), expected, agent=agent, merge=merge)
    location = _address(name) if done.created and name is not None else None
    return written(201 if done.created else 204, done.revision, location)


def _record_graph(record_id: str) -> NamedNode | None:
    try:
        return graph().minter.record(record_id)
    except UsageError:
        return None


def _read(name: NamedNode | None) -> Response:
    triples = graph().store.graph(name)
    if not triples and name is not None:
        raise NotFoundError(f"There is no graph {name.value}.")
    media_type = negotiated(RDF_OFFERS)
    response = rdf_response(triples, media_type)
    response.headers["ETag"] = f'"{etag_for(triples, media_type)}"'
    return response


def _role_for(name: NamedNode | None) -> str:
    """Return the role that may write a graph.

    Reference graphs, and anything else under the base but ``graph/`` of one's own, are the
    operator's.
    """
    if name is None or graph().plain:
        return "steward"
    minter = graph().minter
    parts = minter.parts(name)
    if not parts:
        return "steward"
    own = len(parts) == 2 and parts[0] == "graph" and parts[1] not in _reserved()
    return "steward" if own else "admin"


def _reserved() -> set[str]:
    return {name for name, _ in reference_graphs(graph().minter)} | {"shapes", "sdg-official"}


def _graph_named(text: str) -> NamedNode:
    graph_iri(text)
    # The server answers {base}X at its own path /X: that address names the same graph.
    if text.startswith(request.url_root):
        text = graph().minter.base + text[len(request.url_root) :]
    try:
        return NamedNode(text)
    except ValueError as error:
        raise UsageError(f"{text[:80]!r} is no IRI: {error}.") from error


def _statements(name: NamedNode | None) -> list[Triple]:
    """Read the body: one document, or the files of a form, whose blank nodes stay apart."""
    sources: list[SourceFile] = (
        uploaded() if request.mimetype == MULTIPART else [posted(rdf_only=True)]
    )
    # Section 4: relative IRIs are resolved against the graph's own.
    base = name.value if name is not None else request.base_url
    return [triple for source in sources for triple in read_triples(source, base, name)]


def _address(name: NamedNode) -> str:
    """Return where a graph is read: our own at its own path, others by their name."""
    base = graph().minter.base
    if name.value.startswith(base + "graph/"):
        return f"{request.script_root}/{name.value[len(base) :]}"
    return f"{request.script_root}/graphs?graph={quote(name.value, safe='')}"
