"""The description of the service in OpenAPI 3.1.1, made from its routes and canned queries.

Every route is described: with the first line of its view's docstring, its methods and the
parameters of its path; what else it takes and gives stands in the tables below.
"""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from flask import Flask
from werkzeug.routing import Rule

from outcome_graph import __version__
from outcome_graph.pipeline import CannedQuery, canned_queries
from outcome_graph.service.negotiation import DESCRIPTION_OFFERS, GRAPH_OFFERS, SOLUTION_OFFERS

__all__ = ["openapi_document"]

Json: TypeAlias = dict[str, Any]

_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
_TEXT: Json = {"type": "string"}
_PROBLEM: Json = {"$ref": "#/components/responses/Problem"}
_RDF = tuple(offer.media_type for offer in DESCRIPTION_OFFERS)
_ROWS = tuple(offer.media_type for offer in SOLUTION_OFFERS)
_GRAPHS = tuple(offer.media_type for offer in GRAPH_OFFERS)
_JSON_ROWS = ("application/sparql-results+json", "application/json")


def _given(name: str, description: str, schema: Json | None = None, **more: Any) -> Json:
    return {
        "name": name,
        "in": "query",
        "description": description,
        "schema": schema or _TEXT,
        **more,
    }


_TIMEOUT = _given(
    "timeout",
    "Seconds the answer may take, up to the server's own limit.",
    {"type": "number", "exclusiveMinimum": 0},
)
_REVISION = _given(
    "revision",
    "Answer from this revision of the data or a later one.",
    {"type": "integer", "minimum": 0},
)
_FORMAT = _given("format", "Instead of Accept: json, csv, html, turtle and so on.")
_LANGUAGE = _given(
    "lang", "Language of labels on pages.", {"type": "string", "enum": ["en", "fr", "es"]}
)

#: What the first segment of a path answers with.
_MEDIA_TYPES: dict[str, tuple[str, ...]] = {
    "sparql": tuple(dict.fromkeys((*_ROWS, *_GRAPHS))),
    "queries": ("application/json", "text/html"),
    "results": _ROWS,
    "openapi.json": ("application/json",),
    "metrics": ("text/plain",),
    "health": ("application/json",),
    "records": ("application/json",),
    "reconcile": ("application/json", "text/html"),
    "review": ("application/json", "text/html"),
    "dump.nq.gz": ("application/gzip",),
    "context.jsonld": ("application/ld+json",),
    ".well-known": tuple(m for m in _RDF if m != "text/html"),
    "": ("text/html",),
    "validate": ("application/json", "text/html"),
    **dict.fromkeys(
        (
            "record",
            "source",
            "country",
            "region",
            "organisation",
            "project",
            "legal-act",
            "concept",
            "sdg",
            "activity",
            "contribution",
            "agent",
            "decisions",
            "ontology",
            "shapes",
            "catalog",
        ),
        _RDF,
    ),
}

#: More parameters, by the first segment of the path.
_PARAMETERS: dict[str, list[Json]] = {
    "sparql": [
        _given("query", "The SPARQL query (without one: the form, or the service description)."),
        _given(
            "default-graph-uri",
            "A graph of the query's default graph.",
            {"type": "array", "items": {"type": "string", "format": "iri"}},
        ),
        _given(
            "named-graph-uri",
            "A named graph of the query's dataset.",
            {"type": "array", "items": {"type": "string", "format": "iri"}},
        ),
        _FORMAT,
        _TIMEOUT,
        _REVISION,
    ],
    "results": [
        _given("words", "Each must stand in the title, the text or the ID, or name the country."),
        _given("country", "Country: code or name."),
        _given("target", "SDG goal (with its targets) or target: 1 or 1.3."),
        _given("funder", "Funder, as its address ends."),
        _given("biennium", "Biennium: 2020-21."),
        _given("page", "Number of the page, for HTML.", {"type": "integer", "minimum": 1}),
        _FORMAT,
        _TIMEOUT,
        _REVISION,
    ],
    "update": [
        _given(
            "timeout",
            "Seconds the update may take, up to the server's own limit.",
            {"type": "number", "exclusiveMinimum": 0},
        ),
        _given(
            "using-graph-uri",
            "A graph of the default graph that WHERE sees.",
            {"type": "array", "items": {"type": "string", "format": "iri"}},
        ),
        _given(
            "using-named-graph-uri",
            "A named graph that WHERE sees.",
            {"type": "array", "items": {"type": "string", "format": "iri"}},
        ),
    ],
    "reconcile": [
        _given("queries", "Reconciliation queries by their keys, as a JSON object."),
        _given("query", "One reconciliation query: a JSON object or a name."),
        _given("extend", "Things and the properties to fetch of them, as a JSON object."),
        _given("prefix", "What names begin with (suggestions)."),
        _given("cursor", "How many suggestions to pass over.", {"type": "integer", "minimum": 0}),
        _given("type", "A type: og:Country and so on (suggestions, properties)."),
        _given("limit", "How many properties to propose.", {"type": "integer", "minimum": 1}),
        _given("id", "Identifier (previews, flyouts and pages)."),
    ],
    "review": [
        _given("country", "Records of this country or region: name or code."),
        _given("property", "Kind of link: funder, sdgTarget, legalAct and so on."),
        _given("record", "Id of a record."),
        _given(
            "min-confidence",
            "How sure the reading is at least.",
            {"type": "number", "minimum": 0, "maximum": 1},
        ),
        _given("show", "decided: what was decided instead of what awaits review."),
        _given("limit", "How many at most.", {"type": "integer", "minimum": 0, "maximum": 200}),
        _given("offset", "How many to pass over.", {"type": "integer", "minimum": 0}),
    ],
    "graphs": [
        _given("graph", "IRI of a named graph."),
        _given("default", "The default graph.", {"type": "string"}, allowEmptyValue=True),
    ],
    **{
        name: [_FORMAT, _LANGUAGE] for name, types in _MEDIA_TYPES.items() if types == _RDF and name
    },
}

#: Bodies that are taken, by first segment and method.
_BODIES: dict[tuple[str, str], tuple[str, ...]] = {
    ("sparql", "post"): ("application/sparql-query", "application/x-www-form-urlencoded"),
    ("reconcile", "post"): ("application/x-www-form-urlencoded",),
    ("update", "post"): ("application/sparql-update", "application/x-www-form-urlencoded"),
    ("graphs", "put"): _GRAPHS,
    ("graphs", "post"): _GRAPHS,
    ("record", "put"): _GRAPHS,
    ("records", "post"): (
        "text/plain",
        "text/html",
        "text/csv",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "text/turtle",
        "application/trig",
        "application/n-quads",
        "application/ld+json",
    ),
    ("review", "post"): ("application/json", "application/x-www-form-urlencoded"),
    ("validate", "post"): (
        *("text/plain", "text/html", "text/csv", "text/turtle"),
        "multipart/form-data",
    ),
}

#: Statuses of success other than 200, by first segment and method.
_SUCCESS: dict[tuple[str, str], tuple[str, str]] = {
    ("outcome", "get"): ("303", "The record about the outcome is at Location."),
    ("records", "post"): ("201", "The record was made; it is at Location."),
    ("update", "post"): ("204", "The update was made."),
}

#: JSON schemas of the values of canned queries.
_TYPES: dict[str, Json] = {
    "text": _TEXT,
    "integer": {"type": "integer"},
    "date": {"type": "string", "format": "date"},
    "country": {"type": "string", "pattern": "^[A-Za-z]{3}$", "examples": ["LAO"]},
    "goal": {"type": "string", "examples": ["1"]},
    "target": {"type": "string", "examples": ["1.3"]},
    "biennium": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$", "examples": ["2020-21"]},
}


def openapi_document(app: Flask, root: str) -> Json:
    """Describe an application.

    Parameters:
        app: with all its routes.
        root: the path it is mounted at, "" for none.
    """
    paths: dict[str, Json] = {}
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if rule.endpoint == "static" or rule.rule == "/queries/<name>":
            continue
        path = paths.setdefault(_template(rule), {})
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            path[method.lower()] = _operation(app, rule, method.lower())
    for query in canned_queries():
        paths[f"/queries/{query.name}"] = {"get": _query_operation(query)}
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "Outcome Graph",
            "version": __version__,
            "summary": "Results achieved, as a validated knowledge graph.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": root or "/"}],
        "paths": paths,
        "components": _COMPONENTS,
    }


def _template(rule: Rule) -> str:
    return _PARAMETER.sub(r"{\1}", rule.rule)


def _first(rule: Rule) -> str:
    first = rule.rule.split("/")[1]
    return first.partition(".<")[0]


def _operation(app: Flask, rule: Rule, method: str) -> Json:
    first = _first(rule)
    names = list(_PARAMETER.findall(rule.rule))
    inside: list[Json] = [
        {"name": name, "in": "path", "required": True, "schema": _TEXT} for name in names
    ]
    more = _PARAMETERS.get(first, []) if method == "get" or first in _EVERY_METHOD else []
    operation: Json = {
        "operationId": re.sub(
            r"\W", "_", f"{method}_{rule.endpoint}{'_' * len(names)}{'_'.join(names)}"
        ),
        "summary": _summary(app, rule),
        "tags": [first or "pages"],
        "parameters": [*inside, *more],
        "responses": {**_success(first, method), "default": _PROBLEM},
    }
    if body := _BODIES.get((first, method)):
        operation["requestBody"] = {"content": {media: {"schema": {}} for media in body}}
    if method in ("put", "delete", "patch") or (first, method) in _SECURED:
        operation["security"] = [{"token": []}]
    return operation


#: Whose parameters stand in the address whatever the method.
_EVERY_METHOD = frozenset(("graphs", "update"))

#: POST requests that write.
_SECURED = frozenset(
    (("update", "post"), ("records", "post"), ("graphs", "post"), ("review", "post"))
)


def _summary(app: Flask, rule: Rule) -> str:
    words = (app.view_functions[rule.endpoint].__doc__ or "").strip().partition("\n")[0]
    if words:
        return words
    return f"Describe a thing of the kind {_first(rule)}."


def _success(first: str, method: str) -> Json:
    status, words = _SUCCESS.get((first, method), ("200", "Done."))
    response: Json = {"description": words, "headers": _HEADERS}
    if status == "200" and method in ("get", "post"):
        types = _MEDIA_TYPES.get(first, ("application/json",))
        response["content"] = {media: {"schema": {}} for media in types}
    return {status: response}


def _query_operation(query: CannedQuery) -> Json:
    parameters = [
        _given(p.name, p.help, _TYPES.get(p.type, _TEXT), required=not p.optional)
        for p in query.parameters
    ]
    rows: Json = {"$ref": "#/components/schemas/Rows"}
    content = {media: {"schema": rows if media in _JSON_ROWS else {}} for media in _ROWS}
    return {
        "operationId": f"query_{query.name.replace('-', '_')}",
        "summary": query.title or query.name,
        "description": query.description,
        "tags": ["queries"],
        "parameters": [*parameters, _FORMAT, _TIMEOUT, _REVISION],
        "responses": {
            "200": {"description": "The rows.", "headers": _HEADERS, "content": content},
            "default": _PROBLEM,
        },
    }


_HEADERS: Json = {
    "X-Revision": {"$ref": "#/components/headers/Revision"},
    "ETag": {"$ref": "#/components/headers/ETag"},
}
_COMPONENTS: Json = {
    "headers": {
        "Revision": {
            "description": "The revision of the data behind the answer.",
            "schema": {"type": "integer"},
        },
        "ETag": {"description": "For If-None-Match.", "schema": _TEXT},
    },
    "responses": {
        "Problem": {
            "description": "What went wrong, and how to mend it (RFC 9457).",
            "content": {
                "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
            },
        }
    },
    "schemas": {
        "Problem": {
            "type": "object",
            "required": ["title", "status"],
            "properties": {
                "type": _TEXT,
                "title": _TEXT,
                "status": {"type": "integer"},
                "detail": _TEXT,
            },
        },
        "Rows": {
            "description": "SPARQL 1.1 Query Results JSON.",
            "type": "object",
            "required": ["head"],
            "properties": {
                "head": {
                    "type": "object",
                    "properties": {"vars": {"type": "array", "items": _TEXT}},
                },
                "results": {
                    "type": "object",
                    "properties": {
                        "bindings": {
                            "type": "array",
                            "items": {
                                "type": "object",
                                "additionalProperties": {"$ref": "#/components/schemas/Term"},
                            },
                        }
                    },
                },
                "boolean": {"type": "boolean"},
                "truncated": {"description": "The bound that was hit, if any.", **_TEXT},
            },
        },
        "Term": {
            "type": "object",
            "required": ["type", "value"],
            "properties": {
                "type": {"type": "string", "enum": ["uri", "literal", "bnode", "triple"]},
                "value": {},
                "xml:lang": _TEXT,
                "datatype": _TEXT,
            },
        },
    },
    "securitySchemes": {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "`outcome-graph token create --role …`",
        }
    },
}
