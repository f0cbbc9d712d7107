"""Bodies, answers and statuses that the description in OpenAPI tells of, by a route's kind.

`openapi_parameters` says what a kind is.
"""

from __future__ import annotations

from outcome_graph.rdf import FORMATS
from outcome_graph.service.negotiation import (
    DESCRIPTION_OFFERS,
    GRAPH_OFFERS,
    HTML,
    SOLUTION_OFFERS,
)
from outcome_graph.service.openapi_parameters import IRIS, REVISION, THINGS, TIMEOUT
from outcome_graph.service.openapi_schemas import SCHEMAS, TEXT, Json, schema_ref
from outcome_graph.service.report import OFFERS as REPORTS

__all__ = [
    "BODIES",
    "COMPONENTS",
    "HEADERS",
    "MEDIA_TYPES",
    "PROBLEM",
    "REFUSAL",
    "ROWS",
    "SECURED",
    "SUCCESS",
    "TYPED",
    "content",
]

PROBLEM: Json = {"$ref": "#/components/responses/Problem"}
REFUSAL: Json = {"$ref": "#/components/responses/Refusal"}
_JSON, _FORM, _MULTIPART = (
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
)
_RDF = tuple(offer.media_type for offer in DESCRIPTION_OFFERS)
_GRAPH = tuple(media_type for media_type in _RDF if media_type != HTML)
_UPLOADS = tuple(FORMATS)
ROWS = tuple(offer.media_type for offer in SOLUTION_OFFERS)
_GRAPHS = tuple(offer.media_type for offer in GRAPH_OFFERS)
_BINARY: Json = {"type": "string", "format": "binary"}
#: What is sent in media types that are no text, whatever it is about.
_SCHEMAS: dict[str, Json] = {
    "application/sparql-results+json": schema_ref("Rows"),
    "application/ld+json": schema_ref("JsonLd"),
    "application/gzip": _BINARY,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _BINARY,
}


def content(media_types: tuple[str, ...], json: Json | None = None) -> Json:
    """Describe a body in several media types.

    Parameters:
        json: what it is as ``application/json``.
    """
    schemas = {**_SCHEMAS, _JSON: json or {}}
    return {media: {"schema": schemas.get(media, TEXT)} for media in media_types}


_DOCUMENTS = (
    "text/plain",
    "text/html",
    "text/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    *_UPLOADS,
)
#: What GET answers with, by kind; what is not named here is JSON.
MEDIA_TYPES: dict[str, tuple[str, ...]] = {
    "sparql": tuple(dict.fromkeys((*ROWS, *_GRAPHS))),
    "queries": (_JSON, HTML),
    "results": ROWS,
    "metrics": ("text/plain",),
    "reconcile/preview": (HTML,),
    "review": (_JSON, HTML),
    "dump.nq.gz": ("application/gzip",),
    "template.csv": ("text/csv",),
    "template.xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",),
    "context.jsonld": ("application/ld+json",),
    ".well-known/void": _GRAPH,
    "graphs": _GRAPH,
    "graph": _GRAPH,
    "record/history": (_JSON, HTML),
    "": (HTML,),
    "validate": (HTML,),
    "load": (HTML,),
    **dict.fromkeys(THINGS, _RDF),
}
#: What the others answer with, by method and kind.
_OTHERS: dict[str, tuple[str, ...]] = {
    "post sparql": MEDIA_TYPES["sparql"],
    "post validate": REPORTS,
    "post load": (HTML,),
}
MEDIA_TYPES.update(_OTHERS)

#: Schemas of what is JSON, by method and kind.
TYPED: dict[str, str] = {
    "get records": "RecordNames",
    "post records": "Loaded",
    "put record": "Written",
    "post record": "Written",
    "get record/history": "History",
    "post revisions/undo": "Undone",
    "post graphs": "MadeGraph",
    "get queries": "CannedQueries",
    "get results": "Rows",
    "get review": "Review",
    "post review": "DecisionsMade",
    "get suggest": "Suggestions",
    "post suggest": "Suggestions",
    "post validate": "Report",
    "get sparql": "Answer",
    "post sparql": "Answer",
    **{f"get {kind}": "JsonLd" for kind in (*THINGS, ".well-known/void", "graph", "graphs")},
    "get health/live": "Live",
    "get health/ready": "Ready",
}

_TEXTS = {"type": "object", "additionalProperties": TEXT}
_QUERY_FORM: Json = {
    "type": "object",
    "required": ["query"],
    "properties": {
        "query": TEXT,
        "default-graph-uri": IRIS,
        "named-graph-uri": IRIS,
        "format": TEXT,
        "timeout": TIMEOUT["schema"],
        "revision": REVISION["schema"],
    },
}
_UPDATE_FORM: Json = {
    "type": "object",
    "required": ["update"],
    "properties": {
        "update": TEXT,
        "using-graph-uri": IRIS,
        "using-named-graph-uri": IRIS,
        "timeout": TIMEOUT["schema"],
    },
}
_FILES: Json = {"type": "object", "additionalProperties": _BINARY}
_CHOSEN: Json = {"file": {"type": "array", "items": _BINARY}}
#: What the page for stewards sends.
_LOADED: Json = {
    **_CHOSEN,
    "document": TEXT,
    "token": TEXT,
    "action": {"type": "string", "enum": ["try", "store"]},
    "partly": {"type": "string", "enum": ["on"]},
}
_RDF_BODY = {**content(_UPLOADS), _MULTIPART: {"schema": _FILES}}
#: Bodies that are taken, by method and kind.
BODIES: dict[str, Json] = {
    "post sparql": {**content(("application/sparql-query",)), _FORM: {"schema": _QUERY_FORM}},
    "post update": {**content(("application/sparql-update",)), _FORM: {"schema": _UPDATE_FORM}},
    "post reconcile": {_FORM: {"schema": _TEXTS}},
    "put graphs": _RDF_BODY,
    "post graphs": _RDF_BODY,
    "put graph": _RDF_BODY,
    "post graph": _RDF_BODY,
    "put record": content(_DOCUMENTS),
    "post record": content(_UPLOADS),
    "post records": content(_DOCUMENTS),
    "post suggest": content(("text/plain",)),
    "post review": {**content((_JSON,), schema_ref("Decisions")), _FORM: {"schema": _TEXTS}},
    "post review/{}": {**content((_JSON,), schema_ref("Decision")), _FORM: {"schema": _TEXTS}},
    "post validate": {
        **content(_DOCUMENTS),
        _FORM: {"schema": {"type": "object", "properties": {"document": TEXT}}},
        _MULTIPART: {"schema": {"type": "object", "properties": _CHOSEN}},
    },
    "post load": {
        _MULTIPART: {"schema": {"type": "object", "properties": _LOADED}},
    },
}

_MADE = {"201": "It was made; it is at Location.", "204": "It was changed."}
_GONE = {"204": "It is gone."}
_PUT = {**_MADE, "200": "It was a dry run, or the record is not public."}
#: Statuses of success, where they are other than 200 alone, by method and kind.
SUCCESS: dict[str, dict[str, str]] = {
    "get outcome": {"303": "The record about the outcome is at Location."},
    "get decisions": {
        "200": "Done.",
        "303": "For people: the list of what was decided is at Location.",
    },
    "get reconcile/view": {"303": "The thing's page is at Location."},
    "post records": {
        "201": "The record was made; it is at Location.",
        "200": "All was there already, or it was a dry run.",
    },
    "post review": {"200": "It was decided.", "303": "For forms: the list is at Location."},
    "post update": {"204": "The update was made."},
    "post revisions/undo": {"200": "It was undone, or it was a dry run."},
    "put graphs": _MADE,
    "post graphs": _MADE,
    "delete graphs": _GONE,
    "put graph": _MADE,
    "post graph": _MADE,
    "delete graph": _GONE,
    "put record": _PUT,
    "post record": _PUT,
    "delete record": _GONE,
}

#: POST requests that write; PUT and DELETE always do.
SECURED = frozenset(("update", "records", "record", "revisions/undo", "graphs", "graph", "review"))

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
        "ETag": {"description": "For If-None-Match; of RDF also for If-Match.", "schema": TEXT},
    },
    "responses": {
        "Problem": {
            "description": "What went wrong, and how to mend it (RFC 9457).",
            "content": {
                "application/problem+json": {"schema": schema_ref("Problem")},
                HTML: {"schema": TEXT},
            },
        },
        "Refusal": {
            "description": "No record can be made of it, or the shapes refuse it: why.",
            "content": {
                "application/problem+json": {"schema": schema_ref("Refusal")},
                **content(tuple(media for media in REPORTS if media != _JSON)),
            },
        },
    },
    "schemas": SCHEMAS,
    "securitySchemes": {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "`outcome-graph token create --role …`",
        }
    },
}
