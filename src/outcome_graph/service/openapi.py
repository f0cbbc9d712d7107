"""The description of the service in OpenAPI 3.1.1, made from its routes and canned queries.

Every route is described: with the first line of its view's docstring, its methods and the
parameters of its path; what else it takes and gives stands in the tables of `openapi_tables`.
"""

from __future__ import annotations

import re

from flask import Flask
from werkzeug.routing import Rule

from outcome_graph import __version__
from outcome_graph.pipeline import CannedQuery, canned_queries
from outcome_graph.service.openapi_tables import (
    BODIES,
    COMPONENTS,
    EVERY_METHOD,
    FORMAT,
    HEADERS,
    JSON_ROWS,
    MEDIA_TYPES,
    OPTIONS,
    PARAMETERS,
    PROBLEM,
    REVISION,
    ROWS,
    SECURED,
    SUCCESS,
    TEXT,
    TIMEOUT,
    VALUES,
    Json,
    given,
)

__all__ = ["openapi_document"]

_JSON = ("application/json",)
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


def openapi_document(app: Flask, root: str) -> Json:
    """Describe an application.

    Parameters:
        app: with all its routes.
        root: the path it is mounted at, "" for none.
    """
    paths: dict[str, Json] = {}
    # Two routes of one path may call its parameters differently; OpenAPI wants one name.
    names: dict[str, list[str]] = {}
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if rule.endpoint == "static" or rule.rule == "/queries/<name>":
            continue
        inside = names.setdefault(_PARAMETER.sub("{}", rule.rule), _PARAMETER.findall(rule.rule))
        path = paths.setdefault(
            _PARAMETER.sub("{}", rule.rule).format(*map("{{{}}}".format, inside)), {}
        )
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            path[method.lower()] = _operation(app, rule, method.lower(), inside)
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
        "components": COMPONENTS,
    }


def _first(rule: Rule) -> str:
    first = rule.rule.split("/")[1]
    return first.partition(".<")[0]


def _operation(app: Flask, rule: Rule, method: str, names: list[str]) -> Json:
    first = _first(rule)
    # What lies below a record is no record.
    kind = f"{first}/history" if rule.rule.endswith("/history") else first
    inside: list[Json] = [
        {"name": name, "in": "path", "required": True, "schema": TEXT} for name in names
    ]
    more = PARAMETERS.get(kind, []) if method == "get" or first in EVERY_METHOD else []
    operation: Json = {
        "operationId": re.sub(
            r"\W", "_", f"{method}_{rule.endpoint}{'_' * len(names)}{'_'.join(names)}"
        ),
        "summary": _summary(app, rule),
        "tags": [first or "pages"],
        "parameters": [*inside, *more, *OPTIONS.get((first, method), ())],
        "responses": {**_success(kind, method), "default": PROBLEM},
    }
    if body := BODIES.get((first, method)):
        content: Json = {media: {"schema": {}} for media in body}
        operation["requestBody"] = {"content": content, "required": True}
    if method in ("put", "delete", "patch") or (first, method) in SECURED:
        operation["security"] = [{"token": []}]
    return operation


def _summary(app: Flask, rule: Rule) -> str:
    words = (app.view_functions[rule.endpoint].__doc__ or "").strip().partition("\n")[0]
    if words:
        return words
    return f"Describe a thing of the kind {_first(rule)}."


def _success(kind: str, method: str) -> Json:
    responses: Json = {}
    for status, words in SUCCESS.get((kind, method), {"200": "Done."}).items():
        responses[status] = {"description": words, "headers": HEADERS}
        if status == "200":
            types = MEDIA_TYPES.get(f"{method} {kind}") or MEDIA_TYPES.get(kind) or _JSON
            responses[status]["content"] = {media: {"schema": {}} for media in types}
    return responses


def _query_operation(query: CannedQuery) -> Json:
    parameters = [
        given(p.name, p.help, VALUES.get(p.type, TEXT), required=not p.optional)
        for p in query.parameters
    ]
    rows: Json = {"$ref": "#/components/schemas/Rows"}
    content = {media: {"schema": rows if media in JSON_ROWS else {}} for media in ROWS}
    return {
        "operationId": f"query_{query.name.replace('-', '_')}",
        "summary": query.title or query.name,
        "description": query.description,
        "tags": ["queries"],
        "parameters": [*parameters, FORMAT, TIMEOUT, REVISION],
        "responses": {
            "200": {"description": "The rows.", "headers": HEADERS, "content": content},
            "default": PROBLEM,
        },
    }
