"""The parameters that the description in OpenAPI tells of, by a route's kind.

A route's *kind* is its path without parameters: ``record``, ``record/history``, ``reconcile/view``.
"""

from __future__ import annotations

from typing import Any

from outcome_graph.service.context import FAMILIES
from outcome_graph.service.negotiation import DESCRIPTION_OFFERS, FORMAT_NAMES
from outcome_graph.service.openapi_schemas import TEXT, Json

__all__ = [
    "IRIS",
    "OPTIONS",
    "PARAMETERS",
    "PATH_PARAMETERS",
    "QUERY_PARAMETERS",
    "REVISION",
    "THINGS",
    "TIMEOUT",
    "VALUES",
    "given",
]

_RDF = tuple(offer.media_type for offer in DESCRIPTION_OFFERS)
#: Kinds of things that are described as RDF and on a page.
THINGS = ("record", "source", *FAMILIES, "sdg", "decisions", "ontology", "shapes", "catalog")


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


def _format(*names: str) -> Json:
    return given(
        "format",
        "Instead of Accept; media types are taken too.",
        {"type": "string", "enum": list(names)},
    )


_ANY_FORMAT = _format(*FORMAT_NAMES)
_ROWS_FORMAT = _format(*(name for name, types in FORMAT_NAMES.items() if types[0]))
_RDF_FORMAT = _format(*(name for name, types in FORMAT_NAMES.items() if types[1] in _RDF))
_GRAPH_FORMAT = _format(*(n for n in _RDF_FORMAT["schema"]["enum"] if n != "html"))
_JSON_FORMAT = _format("json", "html")
_LANGUAGE = given(
    "lang", "Language of pages and reports.", {"type": "string", "enum": ["en", "fr", "es"]}
)
#: Those of every ready query.
QUERY_PARAMETERS = (_ROWS_FORMAT, TIMEOUT, REVISION, _LANGUAGE)

#: Parameters of paths, by kind (or rule): what each is called in the description, and what it is.
PATH_PARAMETERS: dict[str, tuple[str, str]] = {
    "record": ("id", "The record's ID, also with a suffix: .ttl .jsonld .nt .rdf .html."),
    "record/history": ("id", "The record's ID."),
    "revisions/undo": ("revision", "One that the load made, or any other commit's."),
    "outcome": ("id", "The outcome's ID, which is its record's, also with a suffix."),
    "decisions": ("id", "The record's ID, also with a suffix."),
    "review": ("id", "The link's id, as /review lists it."),
    "source": ("sha256", "SHA-256 of the document, also with a suffix."),
    "sdg": ("code", "1, 1.3 or C010301, also with a suffix."),
    "country": ("code", "ISO 3166 alpha-3, also with a suffix."),
    "region": ("path", "As the IRI ends: m49/035, also with a suffix."),
    "organisation": ("slug", "As the IRI ends, also with a suffix."),
    "project": ("slug", "As the IRI ends, also with a suffix."),
    "legal-act": ("path", "As the IRI ends: alpha-3/year/slug, also with a suffix."),
    "concept": ("path", "As the IRI ends: scheme/notation, also with a suffix."),
    "activity": ("path", "As the IRI ends: id/n, also with a suffix."),
    "contribution": ("path", "As the IRI ends, also with a suffix."),
    "agent": ("path", "As the IRI ends, also with a suffix."),
    "graph": ("name", "Name of a graph under {base}graph/."),
    "ontology": ("ending", "ttl, jsonld, nt, rdf or html."),
    "/ontology/<part>": ("part", "Its version, or alignments."),
    "shapes": ("ending", "ttl, jsonld, nt, rdf or html."),
    "reconcile/flyout": ("what", "entity, type or property."),
}

IRIS: Json = {"type": "array", "items": {"type": "string", "format": "iri"}}
_GRAPH_NAMES = [
    given("graph", "IRI of a named graph."),
    given("default", "The default graph.", TEXT, allowEmptyValue=True),
]
_ID = given("id", "Identifier of the thing, as /reconcile answers it.", required=True)
_PREFIX = given("prefix", "What names begin with.", required=True)
_CURSOR = given("cursor", "How many to pass over.", {"type": "integer", "minimum": 0})
#: Parameters in the address of GET, by kind.
PARAMETERS: dict[str, list[Json]] = {
    "sparql": [
        given("query", "The SPARQL query (without one: the form, or the service description)."),
        given("default-graph-uri", "A graph of the query's default graph.", IRIS),
        given("named-graph-uri", "A named graph of the query's dataset.", IRIS),
        _ANY_FORMAT,
        TIMEOUT,
        REVISION,
    ],
    "queries": [_JSON_FORMAT, _LANGUAGE],
    "results": [
        given("words", "Each must stand in the title, the text or the ID, or name the country."),
        given("country", "Country or region: code or name. One that is not known finds nothing."),
        given("target", "SDG goal (with its targets) or target: 1 or 1.3."),
        given("funder", "Funder, as its address ends."),
        given("biennium", "Biennium: 2020-21."),
        given("page", "Number of the page, for HTML.", {"type": "integer", "minimum": 1}),
        _ROWS_FORMAT,
        TIMEOUT,
        REVISION,
        _LANGUAGE,
    ],
    "reconcile": [
        given("queries", "Reconciliation queries by their keys, as a JSON object."),
        given("query", "One reconciliation query: a JSON object or a name."),
        given("extend", "Things and the properties to fetch of them, as a JSON object."),
    ],
    "reconcile/preview": [_ID, _LANGUAGE],
    "reconcile/view": [_ID],
    "reconcile/flyout": [
        given("id", "Identifier of the thing, the type or the property.", required=True),
        _LANGUAGE,
    ],
    "reconcile/suggest/entity": [
        _PREFIX,
        _CURSOR,
        given("type", "Only things of this type: og:Country and so on."),
    ],
    "reconcile/suggest/type": [_PREFIX, _CURSOR],
    "reconcile/suggest/property": [_PREFIX, _CURSOR],
    "reconcile/properties": [
        given("type", "A type: og:Country and so on."),
        given("limit", "How many to propose.", {"type": "integer", "minimum": 1}),
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
        given(
            "grouped",
            "true: the same in several records of a country is listed once.",
            {"type": "string", "enum": ["true", "false"]},
        ),
        given("limit", "How many at most.", {"type": "integer", "minimum": 0, "maximum": 200}),
        given("offset", "How many to pass over.", {"type": "integer", "minimum": 0}),
        _JSON_FORMAT,
        _LANGUAGE,
    ],
    "records": [
        given("limit", "How many at most; all without.", {"type": "integer", "minimum": 1}),
        given("offset", "How many to pass over.", {"type": "integer", "minimum": 0}),
    ],
    "record/history": [_JSON_FORMAT, _LANGUAGE],
    "source": [
        given("download", "The document itself, as it was.", TEXT, allowEmptyValue=True),
        _RDF_FORMAT,
        _LANGUAGE,
    ],
    "graphs": [*_GRAPH_NAMES, _GRAPH_FORMAT],
    "graph": [_GRAPH_FORMAT],
    ".well-known/void": [_GRAPH_FORMAT],
    "validate": [_LANGUAGE],
    "template.csv": [_LANGUAGE],
    "template.xlsx": [_LANGUAGE],
    "": [_LANGUAGE],
    **{name: [_RDF_FORMAT, _LANGUAGE] for name in THINGS if name != "source"},
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


def _condition(name: str, description: str) -> Json:
    return {"name": name, "in": "header", "description": description, "schema": TEXT}


_IF_MATCH = _condition("If-Match", "ETag of the state that must not have changed; else 409.")
_IF_NONE_MATCH = _condition("If-None-Match", "*: make only what is not there; else 412.")
_CONDITIONS = [_IF_MATCH, _IF_NONE_MATCH]
#: More parameters, by method and kind.
OPTIONS: dict[str, list[Json]] = {
    "post records": [
        _DRY_RUN,
        _NAME,
        _COLUMN,
        given(
            "on-invalid",
            "What becomes of a document that is refused.",
            {"type": "string", "enum": ["reject", "quarantine"]},
        ),
        _LANGUAGE,
    ],
    "post sparql": PARAMETERS["sparql"][1:],
    "post update": [
        TIMEOUT,
        given("using-graph-uri", "A graph of the default graph that WHERE sees.", IRIS),
        given("using-named-graph-uri", "A named graph that WHERE sees.", IRIS),
    ],
    "put record": [_DRY_RUN, _COLUMN, *_CONDITIONS],
    "post record": [_DRY_RUN, *_CONDITIONS],
    "delete record": [_IF_MATCH],
    "put graphs": [*_GRAPH_NAMES, *_CONDITIONS],
    "post graphs": [*_GRAPH_NAMES, *_CONDITIONS],
    "delete graphs": [*_GRAPH_NAMES, _IF_MATCH],
    "put graph": _CONDITIONS,
    "post graph": _CONDITIONS,
    "delete graph": [_IF_MATCH],
    "post revisions/undo": [
        _DRY_RUN,
        given(
            "internal",
            "The revision is of the journal of internal records.",
            TEXT,
            allowEmptyValue=True,
        ),
    ],
    "post review": [_IF_MATCH],
    "post validate": [_NAME, _COLUMN, _LANGUAGE],
    "get suggest": [
        given("text", "What to suggest goals and targets for.", required=True),
        given(
            "least",
            "How sure a suggestion is at least.",
            {"type": "number", "minimum": 0, "maximum": 1},
        ),
        _LANGUAGE,
    ],
    "post suggest": [
        given(
            "least",
            "How sure a suggestion is at least.",
            {"type": "number", "minimum": 0, "maximum": 1},
        ),
        _LANGUAGE,
    ],
}

#: JSON schemas of the values of canned queries.
VALUES: dict[str, Json] = {
    "text": TEXT,
    "integer": {"type": "integer"},
    "date": {"type": "string", "format": "date"},
    "country": {"type": "string", "examples": ["LAO", "Laos"]},
    "goal": {"type": "string", "examples": ["1"]},
    "target": {"type": "string", "examples": ["1.3"]},
    "biennium": {"type": "string", "examples": ["2020-21"]},
}
