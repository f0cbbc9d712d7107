"""The description of the service in OpenAPI 3.1.1, made from its routes and canned queries.

Every route is described: with the first line of its view's docstring, its methods and the
parameters of its path; what else it takes and gives stands in `openapi_parameters` and
`openapi_tables`.
"""

from __future__ import annotations

import re

from flask import Flask
from werkzeug.routing import Rule

from outcome_graph import __version__
from outcome_graph.pipeline import CannedQuery, canned_queries
from outcome_graph.service.openapi_parameters import (
    OPTIONS,
    PARAMETERS,
    PATH_PARAMETERS,
    QUERY_PARAMETERS,
    VALUES,
    given,
)
from outcome_graph.service.openapi_schemas import TEXT, Json, schema_ref
from outcome_graph.service.openapi_tables import (
    BODIES,
    COMPONENTS,
    HEADERS,
    MEDIA_TYPES,
    PROBLEM,
    REFUSAL,
    ROWS,
    SECURED,
    SUCCESS,
    TYPED,
    content,
)

__all__ = ["openapi_document"]

_JSON = "application/json"
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


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
        kind = _kind(rule)
        # Two routes of one path may call its parameter differently; OpenAPI wants one name.
        inside = PATH_PARAMETERS.get(rule.rule) or PATH_PARAMETERS.get(kind)
        name, words = inside if inside and "<" in rule.rule else ("", "")
        path = paths.setdefault(_PARAMETER.sub(f"{{{name}}}", rule.rule), {})
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            path[method.lower()] = _operation(app, rule, method.lower(), kind, (name, words))
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


def _kind(rule: Rule) -> str:
    """Return a route's path without parameters: ``record/history``."""
    parts = (_PARAMETER.sub("", part).rstrip(".") for part in rule.rule.split("/"))
    return "/".join(part for part in parts if part)


def _operation(app: Flask, rule: Rule, method: str, kind: str, inside: tuple[str, str]) -> Json:
    call, (name, words) = f"{method} {kind}", inside
    parameters: list[Json] = []
    if name:
        parameters.append(
            {"name": name, "in": "path", "required": True, "description": words, "schema": TEXT}
        )
    if method == "get":
        parameters += PARAMETERS.get(kind, [])
    parameters += OPTIONS.get(call, [])
    operation: Json = {
        "operationId": _operation_id(method, kind, name),
        "summary": _summary(app, rule),
        "tags": [kind.partition("/")[0] or "pages"],
        "parameters": parameters,
        "responses": {**_success(call), "default": PROBLEM},
    }
    if body := BODIES.get(f"{call}/{{}}" if name else call) or BODIES.get(call):
        operation["requestBody"] = {"content": body, "required": True}
    if method in ("put", "delete", "patch") or (method == "post" and kind in SECURED):
        operation["security"] = [{"token": []}]
        if "requestBody" in operation:
            operation["responses"]["422"] = REFUSAL
    return operation


#: Kinds of which there is a list, and one by its name, at the same path.
_BOTH = ("ontology", "shapes", "review")


def _operation_id(method: str, kind: str, name: str) -> str:
    words = re.sub(r"\W+", "_", kind).strip("_") or "home"
    return f"{method}_{words}{f'_by_{name}' if name and kind in _BOTH else ''}"


def _summary(app: Flask, rule: Rule) -> str:
    words = (app.view_functions[rule.endpoint].__doc__ or "").strip().partition("\n")[0]
    return words or f"Describe a thing of the kind {_kind(rule)}."


def _success(call: str) -> Json:
    method, kind = call.split(" ", 1)
    types = MEDIA_TYPES.get(call) or (MEDIA_TYPES.get(kind) if method == "get" else None)
    body = content(types or (_JSON,), schema_ref(TYPED[call]) if call in TYPED else None)
    responses: Json = {}
    for status, words in SUCCESS.get(call, {"200": "Done."}).items():
        responses[status] = {"description": words, "headers": HEADERS}
        if status == "200" or call == "post records":
            responses[status]["content"] = body
    return responses


def _query_operation(query: CannedQuery) -> Json:
    parameters = [
        given(p.name, p.help, VALUES.get(p.type, TEXT), required=not p.optional)
        for p in query.parameters
    ]
    rows = content(ROWS, schema_ref("Rows"))
    return {
        "operationId": f"query_{query.name.replace('-', '_')}",
        "summary": query.title or query.name,
        "description": query.description,
        "tags": ["queries"],
        "parameters": [*parameters, *QUERY_PARAMETERS],
        "responses": {
            "200": {"description": "The rows.", "headers": HEADERS, "content": rows},
            "default": PROBLEM,
        },
    }
