"""Answers of a server, held to what its ``/openapi.json`` says of them."""

from __future__ import annotations

import json
from typing import Any

import jsonschema


def check(document: dict[str, Any], path: str, method: str, answer: Any) -> Any:
    """Hold an answer in JSON to what is said of it; return it."""
    responses = document["paths"][path][method]["responses"]
    described = responses.get(str(answer.status), responses["default"])
    if "$ref" in described:
        described = document["components"]["responses"][described["$ref"].rsplit("/", 1)[1]]
    media_type = answer.headers["Content-Type"].split(";")[0]
    schema = described["content"][media_type]["schema"]
    assert schema, (path, method, media_type)
    found = json.loads(answer.data)
    jsonschema.Draft202012Validator({**schema, "components": document["components"]}).validate(
        found
    )
    return found
