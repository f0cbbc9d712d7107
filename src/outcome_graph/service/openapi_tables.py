"""What the description in OpenAPI says beyond routes and docstrings, by first path segment."""

from __future__ import annotations

from typing import Any, TypeAlias

from outcome_graph.rdf import FORMATS
from outcome_graph.service.negotiation import (
    DESCRIPTION_OFFERS,
    FORMAT_NAMES,
    GRAPH_OFFERS,
    HTML,
    SOLUTION_OFFERS,
)
from outcome_graph.service.report import OFFERS as REPORTS

__all__ = [
    "BODIES",
    "COMPONENTS",
    "EVERY_METHOD",
    "FORMAT",
    "HEADERS",
    "JSON_ROWS",
    "MEDIA_TYPES",
    "OPTIONS",
    "PARAMETERS",
    "PROBLEM",
    "REVISION",
    "ROWS",
    "SECURED",
    "SUCCESS",
    "TEXT",
    "TIMEOUT",
    "VALUES",
    "Json",
    "given",
]

Json: TypeAlias = dict[str, Any]

TEXT: Json = {"type": "string"}
PROBLEM: Json = {"$ref": "#/components/responses/Problem"}
_RDF = tuple(offer.media_type for offer in DESCRIPTION_OFFERS)
_GRAPH = tuple(media_type for media_type in _RDF if media_type != HTML)
_UPLOADS = tuple(FORMATS)
ROWS = tuple(offer.media_type for offer in SOLUTION_OFFERS)
_GRAPHS = tuple(offer.media_type for offer in GRAPH_OFFERS)
JSON_ROWS = ("application/sparql-results+json", "application/json")


def given(name: str, description: str, schema: Json | None = None, **more: Any) -> Json:
    """Describe a parameter in the address."""
    return {
        "name": name,
        "in": "query",
        "description": description,
        "schema": schema or TEXT,
        **more,
    }


TIMEOUT = given(
    "timeout",
    "Seconds the answer may take, up to the server's own limit.",
    {"type": "number", "exclusiveMinimum": 0},
)
REVISION = given(
    "revision",
    "Answer from this revision of the data or a later one.",
    {"type": "integer", "minimum": 0},
)
FORMAT = given(
    "format",
    "Instead of Accept; media types are taken too.",
    {"type": "string", "enum": list(FORMAT_NAMES)},
)
_RDF_FORMAT = given(
    "format",
    "Instead of Accept; media types are taken too.",
    {"type": "string", "enum": [name for name, types in FORMAT_NAMES.items() if types[1] in _RDF]},
)
_LANGUAGE = given(
    "lang", "Language of labels on pages.", {"type": "string", "enum": ["en", "fr", "es"]}
)

_DOCUMENTS = (
    "text/plain",
    "text/html",
    "text/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    *_UPLOADS,
)

#: What the first segment of a path answers with.
MEDIA_TYPES: dict[str, tuple[str, ...]] = {
    "sparql": tuple(dict.fromkeys((*ROWS, *_GRAPHS))),
    "queries": ("application/json", "text/html"),
    "results": ROWS,
    "openapi.json": ("application/json",),
    "metrics": ("text/plain",),
    "health": ("application/json",),
    "records": ("application/json",),
    "reconcile": ("application/json", "text/html"),
    "review": ("application/json", "text/html"),
    "dump.nq.gz": ("application/gzip",),
    "context.jsonld": ("application/ld+json",),
    ".well-known": _GRAPH,
    "graphs": _GRAPH,
    "graph": _GRAPH,
    "record/history": ("application/json", "text/html"),
    "suggest": ("application/json", "text/html"),
    "": ("text/html",),
    "validate": REPORTS,
    "get validate": (HTML,),
    # Dry runs, and records that are not public.
    "put record": ("application/json",),
    "post record": ("application/json",),
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
PARAMETERS: dict[str, list[Json]] = {
    "sparql": [
        given("query", "The SPARQL query (without one: the form, or the service description)."),
        given(
            "default-graph-uri",
            "A graph of the query's default graph.",
            {"type": "array", "items": {"type": "string", "format": "iri"}},
        ),
        given(
            "named-graph-uri",
            "A named graph of the query's dataset.",
            {"type": "array", "items": {"type": "string", "format": "iri"}},
        ),
        FORMAT,
        TIMEOUT,
        REVISION,
    ],
    "results": [
        given("words", "Each must stand in the title, the text or the ID, or name the country."),
        given("country", "Country: code or name."),
        given("target", "SDG goal (with its targets) or target: 1 or 1.3."),
        given("funder", "Funder, as its address ends."),
        given("biennium", "Biennium: 2020-21."),
        given("page", "Number of the page, for HTML.", {"type": "integer", "minimum": 1}),
        FORMAT,
        TIMEOUT,
        REVISION,
    ],
    "update": [
        given(
            "timeout",
            "Seconds the update may take, up to the server's own limit.",
            {"type": "number", "exclusiveMinimum": 0},
        ),
        given(
            "using-graph-uri",
            "A graph of the default graph that WHERE sees.",
            {"type": "array", "items": {"type": "string", "format": "iri"}},
        ),
        given(
            "using-named-graph-uri",
            "A named graph that WHERE sees.",
            {"type": "array", "items": {"type": "string", "format": "iri"}},
        ),
    ],
    "reconcile": [
        given("queries", "Reconciliation queries by their keys, as a JSON object."),
        given("query", "One reconciliation query: a JSON object or a name."),
        given("extend", "Things and the properties to fetch of them, as a JSON object."),
        given("prefix", "What names begin with (suggestions)."),
        given("cursor", "How many suggestions to pass over.", {"type": "integer", "minimum": 0}),
        given("type", "A type: og:Country and so on (suggestions, properties)."),
        given("limit", "How many properties to propose.", {"type": "integer", "minimum": 1}),
        given("id", "Identifier (previews, flyouts and pages)."),
    ],
    "review": [
        given("country", "Records of this country or region: name or code."),
        given("property", "Kind of link: funder, sdgTarget, legalAct and so on."),
        given("record", "Id of a record."),
        given(
            "min-confidence",
            "How sure the reading is at least.",
            {"type": "number", "minimum": 0, "maximum": 1},
        ),
        given("show", "decided: what was decided instead of what awaits review."),
        given("limit", "How many at most.", {"type": "integer", "minimum": 0, "maximum": 200}),
        given("offset", "How many to pass over.", {"type": "integer", "minimum": 0}),
    ],
    "graphs": [
        given("graph", "IRI of a named graph."),
        given("default", "The default graph.", {"type": "string"}, allowEmptyValue=True),
    ],
    **{name: [_RDF_FORMAT, _LANGUAGE] for name, types in MEDIA_TYPES.items() if types == _RDF},
}

#: Bodies that are taken, by first segment and method.
BODIES: dict[tuple[str, str], tuple[str, ...]] = {
    ("sparql", "post"): ("application/sparql-query", "application/x-www-form-urlencoded"),
    ("reconcile", "post"): ("application/x-www-form-urlencoded",),
    ("update", "post"): ("application/sparql-update", "application/x-www-form-urlencoded"),
    ("graphs", "put"): (*_UPLOADS, "multipart/form-data"),
    ("graphs", "post"): (*_UPLOADS, "multipart/form-data"),
    ("graph", "put"): (*_UPLOADS, "multipart/form-data"),
    ("graph", "post"): (*_UPLOADS, "multipart/form-data"),
    ("record", "put"): _DOCUMENTS,
    ("record", "post"): _UPLOADS,
    ("records", "post"): _DOCUMENTS,
    ("suggest", "post"): ("application/x-www-form-urlencoded", "application/json"),
    ("review", "post"): ("application/json", "application/x-www-form-urlencoded"),
    ("validate", "post"): (*_DOCUMENTS, "application/x-www-form-urlencoded"),
}

_MADE = {"201": "It was made; it is at Location.", "204": "It was changed."}
_GONE = {"204": "It is gone."}
#: Statuses of success, where they are other than 200 alone, by first segment and method.
SUCCESS: dict[tuple[str, str], dict[str, str]] = {
    ("outcome", "get"): {"303": "The record about the outcome is at Location."},
    ("records", "post"): {
        "201": "The record was made; it is at Location.",
        "200": "All was there already, or it was a dry run.",
    },
    ("update", "post"): {"204": "The update was made."},
    ("graphs", "put"): _MADE,
    ("graphs", "post"): _MADE,
    ("graphs", "delete"): _GONE,
    ("graph", "put"): _MADE,
    ("graph", "post"): _MADE,
    ("graph", "delete"): _GONE,
    ("record", "put"): {**_MADE, "200": "It was a dry run, or the record is not public."},
    ("record", "post"): {**_MADE, "200": "It was a dry run, or the record is not public."},
    ("record", "delete"): _GONE,
}

_DRY_RUN = given("dry-run", "Say what would be, and change nothing.", TEXT, allowEmptyValue=True)
_NAME = given("name", "The document's name; documents of one name are versions of each other.")
_COLUMN = given(
    "column",
    "What a column of a table is, as HEADING=FIELD; HEADING=- leaves it out. May be repeated.",
    {"type": "array", "items": TEXT, "examples": [["What changed=achievement"]]},
    style="form",
    explode=True,
)
#: More parameters, by first segment and method.
OPTIONS: dict[tuple[str, str], list[Json]] = {
    ("records", "post"): [
        _DRY_RUN,
        _NAME,
        given(
            "on-invalid",
            "What becomes of a document that is refused.",
            {"type": "string", "enum": ["reject", "quarantine"]},
        ),
        _COLUMN,
    ],
    ("record", "put"): [_DRY_RUN, _COLUMN],
    ("record", "post"): [_DRY_RUN],
    ("validate", "post"): [_NAME, _COLUMN],
}

#: POST requests that write.
SECURED = frozenset(
    (first, "post") for first in ("update", "records", "record", "graphs", "graph", "review")
)
#: Whose parameters stand in the address whatever the method.
EVERY_METHOD = frozenset(("graphs", "update"))

#: JSON schemas of the values of canned queries.
VALUES: dict[str, Json] = {
    "text": TEXT,
    "integer": {"type": "integer"},
    "date": {"type": "string", "format": "date"},
    "country": {"type": "string", "pattern": "^[A-Za-z]{3}$", "examples": ["LAO"]},
    "goal": {"type": "string", "examples": ["1"]},
    "target": {"type": "string", "examples": ["1.3"]},
    "biennium": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$", "examples": ["2020-21"]},
}

HEADERS: Json = {
    "X-Revision": {"$ref": "#/components/headers/Revision"},
    "ETag": {"$ref": "#/components/headers/ETag"},
}
COMPONENTS: Json = {
    "headers": {
        "Revision": {
            "description": "The revision of the data behind the answer.",
            "schema": {"type": "integer"},
        },
        "ETag": {"description": "For If-None-Match.", "schema": TEXT},
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
                "type": TEXT,
                "title": TEXT,
                "status": {"type": "integer"},
                "detail": TEXT,
            },
        },
        "Rows": {
            "description": "SPARQL 1.1 Query Results JSON.",
            "type": "object",
            "required": ["head"],
            "properties": {
                "head": {
                    "type": "object",
                    "properties": {"vars": {"type": "array", "items": TEXT}},
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
                "truncated": {"description": "The bound that was hit, if any.", **TEXT},
            },
        },
        "Term": {
            "type": "object",
            "required": ["type", "value"],
            "properties": {
                "type": {"type": "string", "enum": ["uri", "literal", "bnode", "triple"]},
                "value": {},
                "xml:lang": TEXT,
                "datatype": TEXT,
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
