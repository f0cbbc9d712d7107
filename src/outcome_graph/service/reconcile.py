"""The Reconciliation Service API 0.2: reading its JSON, and writing its answers.

Follows the final report of the W3C Entity Reconciliation Community Group, version 0.2,
https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/. Types and
properties are named by prefixed names (``og:Country``), things by their IRIs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TypeAlias

from outcome_graph import __version__
from outcome_graph.errors import TooLargeError, UsageError
from outcome_graph.namespaces import ONTOLOGY, PREFIXES
from outcome_graph.pipeline.reconcile_index import (
    PROPERTIES,
    TYPES,
    Property,
    Thing,
    ThingIndex,
    ThingType,
    Value,
)
from outcome_graph.pipeline.reconciling import Candidate, Given, Query

__all__ = [
    "MAX_QUERIES",
    "extended",
    "manifest",
    "read_batch",
    "read_extension",
    "read_query",
    "result",
    "suggest_properties",
    "suggest_things",
    "suggest_types",
    "the_property",
    "the_type",
]

Json: TypeAlias = dict[str, Any]

MAX_QUERIES = 1000
MAX_LIMIT = 100
_DEFAULT_LIMIT = 10
_LONGEST_JSON = 5_000_000
_LONGEST_TEXT = 1000
_MOST_PROPERTIES = 50
_STRICT = ("any", "all", "should")
_FIELDS = ("query", "type", "limit", "properties", "type_strict")
_LANGUAGES = ("en", "fr", "es")
_SUGGESTED = 20


def manifest(root: str, base: str) -> Json:
    """Return the service manifest (section 4.1).

    Parameters:
        root: address of ``/``, without the slash at its end.
        base: base IRI of the graph.
    """
    service = f"{root}/reconcile"
    return {
        "versions": ["0.2"],
        "name": "Outcome Graph",
        "identifierSpace": base,
        "schemaSpace": f"{ONTOLOGY}#",
        "serviceVersion": __version__,
        "defaultTypes": [_type(kind) for kind in TYPES.values()],
        "view": {"url": f"{service}/view?id={{{{id}}}}"},
        "preview": {"url": f"{service}/preview?id={{{{id}}}}", "width": 400, "height": 220},
        "suggest": {
            name: {
                "service_url": root,
                "service_path": f"/reconcile/suggest/{name}",
                "flyout_service_url": root,
                "flyout_service_path": f"/reconcile/flyout/{name}?id=${{id}}",
            }
            for name in ("entity", "type", "property")
        },
        "extend": {
            "propose_properties": {"service_url": root, "service_path": "/reconcile/properties"},
            "property_settings": [
                {
                    "name": "limit",
                    "label": "Most values",
                    "type": "number",
                    "default": 0,
                    "help_text": "How many values to fetch at most; 0 for all.",
                },
                {
                    "name": "language",
                    "label": "Language",
                    "type": "select",
                    "default": "any",
                    "help_text": "Fetch texts of this language only, and names of things in it.",
                    "choices": [
                        {"value": "any", "name": "any"},
                        {"value": "en", "name": "English"},
                        {"value": "fr", "name": "français"},
                        {"value": "es", "name": "español"},
                    ],
                },
            ],
        },
    }


# -- reading ------------------------------------------------------------------------------------


def read_batch(text: str) -> dict[str, Query]:
    """Read ``queries=``: a JSON object of queries by their keys (section 4.3).

    Raises:
        UsageError: it is no such object; the message names the query and what is wrong with it.
        TooLargeError: it is over 5 MB.
    """
    batch = _object(text, "queries")
    if len(batch) > MAX_QUERIES:
        raise UsageError(
            f"There are {len(batch):,} queries; send at most {MAX_QUERIES:,} in one request."
        )
    return {key: _query(value, f"Query {key[:40]!r}") for key, value in batch.items()}


def read_query(text: str) -> Query:
    """Read ``query=``: one query as a JSON object, or just a name.

    Raises:
        UsageError: it is malformed.
    """
    if text.lstrip().startswith("{"):
        return _query(_object(text, "query"), "The query")
    return _query({"query": text}, "The query")


def read_extension(text: str) -> tuple[list[str], list[tuple[Property, Json]]]:
    """Read ``extend=``: ids, and properties with their settings (section 7.2).

    Raises:
        UsageError: it is malformed, or names a property that is none of ours.
    """
    wanted = _object(text, "extend")
    ids = wanted.get("ids")
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        raise UsageError("extend needs a member ids: a list of identifiers (texts).")
    if len(ids) > MAX_QUERIES:
        raise UsageError(f"There are {len(ids):,} ids; send at most {MAX_QUERIES:,} in a request.")
    properties = wanted.get("properties")
    if not isinstance(properties, list) or len(properties) > _MOST_PROPERTIES:
        raise UsageError(
            'extend needs a member properties: a list of objects like {"id": "og:iso2"}, '
            f"at most {_MOST_PROPERTIES}."
        )
    return ids, [_wanted(one) for one in properties]


def the_type(name: object) -> ThingType:
    """Return a type by its prefixed name or IRI.

    Raises:
        UsageError: it is none of ours.
    """
    for kind in TYPES.values():
        if name in (kind.id, kind.iri.value):
            return kind
    raise UsageError(f"There is no type {_shown(name)}; there are {', '.join(TYPES)}.")


def the_property(name: object, where: str) -> Property:
    """Return a property by its prefixed name or IRI.

    Raises:
        UsageError: it is none of ours; the message begins with `where`.
    """
    for known in PROPERTIES.values():
        prefix, _, local = known.id.partition(":")
        if name in (known.id, PREFIXES[prefix] + local):
            return known
    raise UsageError(
        f"{where}: there is no property {_shown(name)}; there are {', '.join(PROPERTIES)}."
    )


def _object(text: str, name: str) -> Json:
    if len(text) > _LONGEST_JSON:
        raise TooLargeError(
            f"{name} is longer than {_LONGEST_JSON:,} characters; send fewer at once."
        )
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise UsageError(
            f"{name} is no valid JSON: {error.msg} at line {error.lineno}, column {error.colno}."
        ) from error
    except (RecursionError, ValueError) as error:
        raise UsageError(f"{name} is no JSON we can read: it is nested too deep.") from error
    if not isinstance(value, dict):
        raise UsageError(f"{name} must be a JSON object ({{…}}), not {_kind(value)}.")
    return value


def _query(value: object, where: str) -> Query:
    if not isinstance(value, dict):
        raise UsageError(f'{where} must be an object like {{"query": "Laos"}}, not {_kind(value)}.')
    unknown = next((name for name in value if name not in _FIELDS), None)
    if unknown is not None:
        raise UsageError(f"{where} has a field {unknown[:40]!r}; there are {', '.join(_FIELDS)}.")
    text = value.get("query")
    given = _given(value.get("properties", []), where)
    if text is None and not given:
        raise UsageError(f"{where} needs a text as query, or properties to look by.")
    if text is not None and not isinstance(text, str):
        raise UsageError(f"{where}: query must be a text, not {_kind(text)}.")
    if text is not None and len(text) > _LONGEST_TEXT:
        raise UsageError(f"{where}: query is longer than {_LONGEST_TEXT:,} characters.")
    strict = value.get("type_strict", "any")
    if strict not in _STRICT:
        raise UsageError(f"{where}: type_strict is any, all or should, not {_shown(strict)}.")
    types = value.get("type")
    if types is None or types == "":
        types = []
    names = types if isinstance(types, list) else [types]
    return Query(
        text,
        tuple(dict.fromkeys(the_type(name).id for name in names)),
        strict,
        read_limit(value.get("limit"), where),
        given,
    )


def read_limit(value: object, where: str) -> int:
    """Return a limit; what is above the most we give is cut to it.

    Raises:
        UsageError: it is no whole number from 1.
    """
    if value is None:
        return _DEFAULT_LIMIT
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not value >= 1 or (isinstance(value, float) and not value.is_integer()):  # type: ignore[operator]
        raise UsageError(f"{where}: limit must be a whole number from 1, not {_shown(value)}.")
    return min(int(value), MAX_LIMIT)  # type: ignore[call-overload,no-any-return]


def _given(value: object, where: str) -> tuple[Given, ...]:
    if not isinstance(value, list) or len(value) > _MOST_PROPERTIES:
        raise UsageError(
            f"{where}: properties must be a list of at most {_MOST_PROPERTIES} objects like "
            '{"pid": "og:country", "v": "Laos"}.'
        )
    found = []
    for one in value:
        if not isinstance(one, dict) or "pid" not in one or "v" not in one:
            raise UsageError(f'{where}: each of properties needs "pid" and "v".')
        values = one["v"] if isinstance(one["v"], list) else [one["v"]]
        texts = tuple(_given_value(v, where) for v in values[:MAX_LIMIT])
        found.append(Given(the_property(one["pid"], where).id, texts))
    return tuple(found)


def _given_value(value: object, where: str) -> str:
    if isinstance(value, dict) and isinstance(value.get("id"), str):
        return str(value["id"])
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int | float):
        return str(value)
    raise UsageError(
        f'{where}: the value v of a property must be a text, a number, true, false or {{"id": …}}, '
        f"not {_kind(value)}."
    )


def _wanted(value: object) -> tuple[Property, Json]:
    if not isinstance(value, dict) or not isinstance(value.get("id"), str):
        raise UsageError('extend: each of properties is an object like {"id": "og:iso2"}.')
    settings = value.get("settings") or {}
    if not isinstance(settings, dict):
        raise UsageError(f"extend: settings must be an object, not {_kind(settings)}.")
    where = f"extend, property {value['id'][:40]}"
    language = settings.get("language", "any")
    if language not in ("any", *_LANGUAGES):
        raise UsageError(f"{where}: language is any, en, fr or es, not {_shown(language)}.")
    limit = settings.get("limit", 0)
    # OpenRefine sends numbers of its settings dialogue as texts.
    if isinstance(limit, str) and limit.isascii() and limit.isdigit():
        limit = int(limit[:9])
    most = 0 if limit in (0, "", None) else _any_limit(limit, where)
    return the_property(value["id"], "extend"), {"limit": most, "language": language}


def _any_limit(value: object, where: str) -> int:
    read_limit(value, where)
    return int(value)  # type: ignore[call-overload,no-any-return]


def _kind(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "a text", bool: "true or false"}
    return "null" if value is None else names.get(type(value), "a number")


def _shown(value: object) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)[:80]
    return repr(value[:80]) if isinstance(value, str) else _kind(value)


# -- answers ------------------------------------------------------------------------------------


def result(index: ThingIndex, candidates: Iterable[Candidate]) -> Json:
    """Return the answer to one query (section 4.4)."""
    return {
        "result": [
            {
                "id": c.thing.iri,
                "name": c.thing.name(),
                "description": _description(index, c.thing),
                "type": [_type(c.thing.type)],
                "score": c.score,
                "match": c.match,
                "features": [{"id": k, "value": v} for k, v in c.features.items()],
            }
            for c in candidates
        ]
    }


def _description(index: ThingIndex, thing: Thing) -> str:
    """Say what tells namesakes apart: the type, and the country where there is one."""
    countries = (index.label(v.text) for v in thing.values.get("og:country", ()) if v.is_iri)
    return ", ".join((thing.type.name, *dict.fromkeys(countries)))


def extended(index: ThingIndex, ids: list[str], properties: list[tuple[Property, Json]]) -> Json:
    """Return values of properties of things (section 7.3); no values for what is unknown."""
    meta = []
    for known, _ in properties:
        entry: Json = {"id": known.id, "name": known.name}
        if known.points_at:
            entry["type"] = _type(TYPES[known.points_at])
        meta.append(entry)
    rows = {
        one: {known.id: _values(index, one, known, how) for known, how in properties} for one in ids
    }
    return {"meta": meta, "rows": rows}


def _values(index: ThingIndex, iri: str, known: Property, settings: Json) -> list[Json]:
    thing = index.things.get(iri)
    language = settings["language"]
    values = [
        value
        for value in (thing.values.get(known.id, ()) if thing else ())
        if language == "any" or value.language in ("", language)
    ]
    # Of codes the shortest first: "1.3" before "01.03".
    values.sort(
        key=lambda v: (v.language != "en", v.language, not v.language and len(v.text), v.text)
    )
    # A name that is the same in several languages is one value, not a row for each.
    once: dict[str, Value] = {}
    for value in values:
        once.setdefault(value.text, value)
    wanted = list(once.values())[: settings["limit"] or None]
    named_in = language if language != "any" else "en"
    return [_value(index, value, named_in) for value in wanted]


def _value(index: ThingIndex, value: Value, language: str) -> Json:
    if value.is_iri:
        return {"id": value.text, "name": index.label(value.text, language)}
    if value.datatype.endswith("#date"):
        return {"date": f"{value.text}T00:00:00"}
    return {"str": value.text}


def suggest_types(prefix: str, cursor: int) -> Json:
    """Return the types whose names or ids begin so (section 6)."""
    return _page(
        [
            {**_type(kind), "description": kind.iri.value}
            for kind in TYPES.values()
            if _begins(prefix, kind.name, kind.id)
        ],
        cursor,
    )


def suggest_properties(prefix: str, cursor: int) -> Json:
    """Return the properties whose names or ids begin so."""
    return _page(
        [
            {"id": known.id, "name": known.name, "description": known.id}
            for known in PROPERTIES.values()
            if _begins(prefix, known.name, known.id)
        ],
        cursor,
    )


def suggest_things(index: ThingIndex, things: list[Thing], cursor: int) -> Json:
    """Return a page of things."""
    return _page(
        [
            {
                "id": thing.iri,
                "name": thing.name(),
                "description": _description(index, thing),
                "notable": [_type(thing.type)],
            }
            for thing in things[cursor : cursor + _SUGGESTED]
        ],
        0,
    )


def _page(found: list[Json], cursor: int) -> Json:
    return {"result": found[cursor : cursor + _SUGGESTED]}


def _begins(prefix: str, name: str, id_: str) -> bool:
    start = prefix.strip().casefold()
    words = (name.casefold(), *name.casefold().split(), id_.casefold(), id_.split(":")[1].lower())
    return any(word.startswith(start) for word in words)


def _type(kind: ThingType) -> Json:
    return {"id": kind.id, "name": kind.name}
