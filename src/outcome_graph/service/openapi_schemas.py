"""JSON schemas of what the service answers and takes in JSON, for its description in OpenAPI.

Objects are open: a member that is not named here may be added by a later version.
"""

from __future__ import annotations

from typing import Any, TypeAlias

__all__ = ["REPORT", "SCHEMAS", "TEXT", "Json", "schema_ref"]

Json: TypeAlias = dict[str, Any]

TEXT: Json = {"type": "string"}
_IRI: Json = {"type": "string", "format": "iri"}
_NUMBER: Json = {"type": "integer"}
_YES_NO: Json = {"type": "boolean"}
_SHARE: Json = {"type": "number", "minimum": 0, "maximum": 1}
_TIME: Json = {"type": "string", "format": "date-time"}


def schema_ref(name: str) -> Json:
    """Return a reference to one of `SCHEMAS`."""
    return {"$ref": f"#/components/schemas/{name}"}


def _object(required: Json, optional: Json | None = None, **more: Any) -> Json:
    properties = {**required, **(optional or {})}
    return {"type": "object", "required": [*required], "properties": properties, **more}


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


def _or_null(schema: Json) -> Json:
    return {**schema, "type": [schema["type"], "null"]}


def _by_key(values: Json) -> Json:
    return {"type": "object", "additionalProperties": values}


_SEVERITY: Json = {"type": "string", "enum": ["violation", "warning", "info"]}
#: Members of a report on what was validated; a refusal of a write has them too.
REPORT: Json = {
    "conforms": _YES_NO,
    "records": _NUMBER,
    "refused": _NUMBER,
    "counts": _by_key(_NUMBER),
    "totals": _by_key(_NUMBER),
    "omitted": _by_key(_NUMBER),
    "completeness": _by_key(_SHARE),
    "results": _list(schema_ref("ReportResult")),
}
#: What both the list of links and that of decisions say of a link.
_LINK: Json = {
    "id": TEXT,
    "record": TEXT,
    "property": {"description": "Kind of link: funder, sdgTarget, legalAct and so on.", **TEXT},
    "object": {"description": "What the link would lead to: an IRI.", **TEXT},
    "label": TEXT,
    "words": {"description": "The words it was read from.", **_or_null(TEXT)},
}
_LOADED: Json = {
    "id": TEXT,
    "record": _IRI,
    "outcome": _IRI,
    "href": {"description": "Its address here; null when it is not public.", **_or_null(TEXT)},
    "status": {"type": "string", "enum": ["created", "replaced", "unchanged"]},
    "public": _YES_NO,
    "completeness": _SHARE,
    "problems": _list(_object({"severity": TEXT, "message": TEXT})),
    "advice": _list(TEXT),
}
#: The revisions that a write made.
_MADE: Json = {
    "revisions": {"description": "Those of the public store.", **_list(_NUMBER)},
    "internalRevisions": {"description": "Those of the store beside it.", **_list(_NUMBER)},
}
_VERDICTS: Json = {"type": "string", "enum": ["accept", "reject", "correct", "undo"]}
_ORDER: Json = {
    "to": {"description": "What to say instead, with correct: a code, a name, an IRI.", **TEXT},
    "reason": TEXT,
    "record": {"description": "The record, where one link's id stands in several.", **TEXT},
    "everywhere": {
        "description": "Also in the country's other records where the same words say the same.",
        **_YES_NO,
    },
}

SCHEMAS: dict[str, Json] = {
    "Problem": _object(
        {"title": TEXT, "status": _NUMBER},
        {
            "type": {
                "description": "about:blank, or urn:outcome-graph:problem: and a word.",
                **TEXT,
            },
            "detail": {"description": "What, where, how to mend it.", **TEXT},
            "instance": TEXT,
            "line": {"description": "Of a syntax error in a query.", **_NUMBER},
            "column": _NUMBER,
            "deadline": {"description": "Seconds that have passed.", "type": "number"},
            "problems": _list(TEXT),
            "incident": {"description": "Number to tell the operator.", **TEXT},
        },
    ),
    "Refusal": {
        "description": "A problem with the report that refuses what was sent.",
        "allOf": [schema_ref("Problem")],
        "type": "object",
        "properties": REPORT,
    },
    "Report": _object(REPORT, description="What the shapes say of a document."),
    "ReportResult": _object(
        {
            "record": _or_null(TEXT),
            "severity": _SEVERITY,
            "rule": TEXT,
            "name": TEXT,
            "message": TEXT,
            "messages": {"description": "By language.", **_by_key(TEXT)},
            "field": _or_null(TEXT),
            "location": {
                "description": "Where in the document: line and column, or sheet, row and cell.",
                "type": ["object", "null"],
            },
            "focus": TEXT,
            "path": _or_null(TEXT),
            "value": _or_null(TEXT),
            "shape": _or_null(TEXT),
            "component": _or_null(TEXT),
        }
    ),
    "RecordName": _object({"id": TEXT, "record": _IRI, "outcome": _IRI}),
    "RecordNames": _list(schema_ref("RecordName")),
    "LoadedRecord": _object(_LOADED),
    "Loaded": _object(
        {
            "dryRun": _YES_NO,
            "revision": _NUMBER,
            "read": _NUMBER,
            "links": _NUMBER,
            "candidates": _NUMBER,
            "settled": _NUMBER,
            **_MADE,
            "records": _list(schema_ref("LoadedRecord")),
        },
        _LOADED,
        description="What a document led to. Of a document of one record, its members as well.",
    ),
    "Written": _object(
        {
            "id": TEXT,
            "dryRun": _YES_NO,
            "public": _YES_NO,
            "completeness": _SHARE,
            "changed": _YES_NO,
            "revision": _NUMBER,
        }
    ),
    "MadeGraph": _object({"graph": _IRI, "statements": _NUMBER, "revision": _NUMBER}),
    "History": _object(
        {
            "id": TEXT,
            "revisions": _list(
                _object(
                    {
                        "revision": _NUMBER,
                        "time": _TIME,
                        "agent": TEXT,
                        "reason": TEXT,
                        "removed": _or_null(_NUMBER),
                        "added": _or_null(_NUMBER),
                        "commit": _object({"removed": _NUMBER, "added": _NUMBER}),
                        "sources": _list(TEXT),
                        "group": {"description": "The same for all of one load.", **TEXT},
                    }
                )
            ),
        },
        description=(
            "The commits that changed a record, oldest first, with how many of its statements they "
            "removed and added (null of a bulk load), and those of all records (commit)."
        ),
    ),
    "Undone": _object(
        {
            "undone": {"description": "The commits that were undone, in words.", **TEXT},
            "removed": {"description": "Ids of records that they had made.", **_list(TEXT)},
            "restored": {"description": "Ids of records that they had changed.", **_list(TEXT)},
            "dryRun": _YES_NO,
            "revision": _NUMBER,
            **_MADE,
        },
        description="What taking back a load did.",
    ),
    "CannedQueries": _list(
        _object(
            {
                "name": TEXT,
                "title": TEXT,
                "description": TEXT,
                "href": TEXT,
                "parameters": _list(
                    _object({"name": TEXT, "type": TEXT, "required": _YES_NO, "description": TEXT})
                ),
            }
        )
    ),
    "Review": {
        "description": "Links that await review; with show=decided, what was decided.",
        "oneOf": [schema_ref("Candidates"), schema_ref("Decided")],
    },
    "Candidates": _object(
        {
            "total": _NUMBER,
            "offset": _NUMBER,
            "candidates": _list(schema_ref("Candidate")),
        }
    ),
    "Candidate": _object(
        {
            **_LINK,
            "confidence": _SHARE,
            "title": _or_null(TEXT),
            "place": _or_null(TEXT),
            "place_name": _or_null(TEXT),
            "start": _or_null(_NUMBER),
            "end": _or_null(_NUMBER),
            "source": _or_null(TEXT),
            "source_name": _or_null(TEXT),
            "records": _NUMBER,
        }
    ),
    "Decided": _object({"decisions": _list(schema_ref("PastDecision"))}),
    "PastDecision": _object(
        {
            **_LINK,
            "decision": _VERDICTS,
            "agent": TEXT,
            "time": _TIME,
            "replacement": _or_null(TEXT),
            "replacementLabel": _or_null(TEXT),
            "reason": _or_null(TEXT),
            "origin": _or_null(TEXT),
            "holds": _YES_NO,
        }
    ),
    "DecisionsMade": _object(
        {
            "decisions": _list(
                _object(
                    {
                        "id": TEXT,
                        "record": TEXT,
                        "decision": _VERDICTS,
                        "agent": TEXT,
                        "time": _TIME,
                        "replacement": _or_null(TEXT),
                    }
                )
            )
        }
    ),
    "Decision": _object({"decision": _VERDICTS}, _ORDER),
    "Decisions": _object(
        {"decisions": _list(_object({"id": TEXT, "decision": _VERDICTS}, _ORDER))}
    ),
    "Suggestions": _object(
        {
            "suggestions": _list(
                _object(
                    {
                        "code": {"description": "Goal or target.", "examples": ["1.3"], **TEXT},
                        "confidence": _SHARE,
                        "words": _list(TEXT),
                        "start": _or_null(_NUMBER),
                        "end": _or_null(_NUMBER),
                        "method": TEXT,
                    }
                )
            )
        }
    ),
    "Live": _object({"status": TEXT}),
    "Ready": _object({"status": TEXT, "revision": _NUMBER}),
    "Rows": _object(
        {"head": _object({}, {"vars": _list(TEXT)})},
        {
            "results": _object(
                {"bindings": _list(_by_key(schema_ref("Term")))},
            ),
            "boolean": _YES_NO,
            "truncated": {"description": "The bound that was hit, if any.", **TEXT},
            "note": {"description": "Why nothing was found, where that is known.", **TEXT},
        },
        description="SPARQL 1.1 Query Results JSON.",
    ),
    "JsonLd": {"description": "A JSON-LD document.", "type": ["object", "array"]},
    "Answer": {
        "description": "Rows, or the statements of CONSTRUCT and DESCRIBE.",
        "anyOf": [schema_ref("Rows"), schema_ref("JsonLd")],
    },
    "Term": _object(
        {
            "type": {"type": "string", "enum": ["uri", "literal", "bnode", "triple"]},
            "value": {},
        },
        {"xml:lang": TEXT, "datatype": TEXT},
    ),
}
