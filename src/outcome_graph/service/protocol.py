"""Reading a request of the SPARQL 1.1 Protocol (W3C Recommendation, 21 March 2013), section 2.1."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import request

from outcome_graph.errors import QueryError, TooLargeError, UsageError
from outcome_graph.service.bodies import unpacked
from outcome_graph.service.context import graph
from outcome_graph.service.errors import LengthRequiredError, UnsupportedMediaTypeError
from outcome_graph.store.base import UpdateRequest

__all__ = [
    "QueryCall",
    "address_parameters",
    "deadline_of",
    "demand_length",
    "graph_iri",
    "read_query_call",
    "read_update_call",
    "whole_number",
]

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

#: Percent-encoding makes three bytes of one, and other parameters come along.
_ENCODED_FACTOR = 3
_MAX_PARAMETERS = 1000
#: Of a number in an address.
_DIGITS = 20
#: Syntaxes in which half of a document is malformed. (So is half of an XML document, but the
#: parser of RDF/XML takes it.)
_CLOSED = ("application/ld+json", "application/json")
_SINGLE = ("query", "timeout", "revision")
# RFC 3987: an absolute IRI has a scheme and holds none of these characters.
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*")


@dataclass(frozen=True, slots=True)
class QueryCall:
    """What a request asks for.

    Parameters:
        sparql: the query; None when there is none (GET only).
        default_graphs, named_graphs: the protocol's dataset (2.1.4); None for both when the
            request gives none.
        deadline: seconds; never above the server's own limit.
        formats: the values of ``format=``; clients such as SPARQLWrapper send a short name and a
            media type, or several of these separated by commas, and mean one and the same.
    """

    sparql: str | None
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    deadline: float
    formats: tuple[str, ...]


def read_query_call() -> QueryCall:
    """Read the current request (2.1.1 GET, 2.1.2 POST of a form, 2.1.3 POST of a query).

    Raises:
        UsageError: two queries, none where one is needed, malformed parameters or UTF-8.
        TooLargeError: the query is over the bound.
        UnsupportedMediaTypeError: the body is neither a form nor a query.
    """
    address = _parameters(request.query_string, "address")
    if request.method != "POST":
        return _call(address, address.get("query"))
    if request.mimetype == FORM:
        form = _parameters(_body(_ENCODED_FACTOR), "form")
        if "query" in address:
            raise UsageError("Give the query once: in the form, not in the address as well.")
        if "query" not in form:
            _refuse_update("update" in form)
            raise UsageError("The form has no parameter named query.")
        return _call(_together(address, form), form["query"])
    if request.mimetype == QUERY:
        if "query" in address:
            raise UsageError("Give the query once: in the body, not in the address as well.")
        _check_charset()
        return _call(address, [_decoded(_body(1), "body")])
    _refuse_update(request.mimetype == UPDATE)
    raise UnsupportedMediaTypeError(
        f"Send a query as {FORM} (parameter query) or as {QUERY}, not as "
        f"{request.mimetype or 'a body without Content-Type'}."
    )


def read_update_call() -> UpdateRequest:
    """Read the current request (2.2.1 POST of a form, 2.2.2 POST of an update).

    Raises:
        UsageError: no update or several, a query, malformed parameters or UTF-8.
        TooLargeError: the update is over the bound.
        UnsupportedMediaTypeError: the body is neither a form nor an update.
    """
    address = _parameters(request.query_string, "address")
    if request.mimetype == FORM:
        form = _parameters(_body(_ENCODED_FACTOR), "form")
        updates = [*form.pop("update", ()), *address.pop("update", ())]
        parameters = _together(address, form)
    elif request.mimetype == UPDATE:
        parameters = address
        _check_charset()
        updates = [_decoded(_body(1), "body"), *address.get("update", ())]
    else:
        raise UnsupportedMediaTypeError(
            f"Send an update as {FORM} (parameter update) or as {UPDATE}, not as "
            f"{request.mimetype or 'a body without Content-Type'}."
        )
    demand_length()
    if "query" in parameters:
        raise UsageError("This address takes updates; send queries to /sparql.")
    if len(updates) != 1:
        raise UsageError(f"Give exactly one update, not {len(updates)}.")
    limit = graph().settings.max_query_bytes
    if len(updates[0].encode()) > limit:
        raise TooLargeError(f"The update is longer than {limit:,} bytes.")
    if not updates[0].strip():
        raise UsageError("The update is empty.")
    using = tuple(graph_iri(g) for g in parameters.get("using-graph-uri", ()))
    named = tuple(graph_iri(g) for g in parameters.get("using-named-graph-uri", ()))
    given = bool(using or named)
    return UpdateRequest(
        sparql=updates[0],
        deadline=deadline_of(_only(parameters, "timeout"), graph().settings.update_deadline),
        using_graphs=using if given else None,
        using_named_graphs=named if given else None,
    )


def address_parameters() -> dict[str, list[str]]:
    """Return the parameters in the current request's address, decoded strictly.

    Raises:
        UsageError: they hold bytes that are no UTF-8.
    """
    return _parameters(request.query_string, "address")


def demand_length() -> None:
    """Demand that the end of the current request's body can be seen (RFC 9110, 15.5.12).

    The server below hands over a body sent in chunks that broke off as if it were whole. With a
    length, or in a syntax or compression that has an end of its own, that is noticed; half of an
    update or of a Turtle file may be well-formed.

    Raises:
        LengthRequiredError: it cannot.
    """
    packed = request.headers.get("Content-Encoding", "identity").strip().lower() != "identity"
    if request.content_length is None and not packed and request.mimetype not in _CLOSED:
        raise LengthRequiredError(
            "The body came without Content-Length, so that nobody could tell whether all of it "
            "arrived. Send it with Content-Length, or compressed with gzip."
        )


def _together(address: dict[str, list[str]], form: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return the parameters of a form and of its address.

    The protocol has all of them in the form (2.1.2), but clients that set some for every request
    put these into the address. None may be passed over: a dataset that is not heeded gives wrong
    answers.

    Raises:
        UsageError: the two contradict each other.
    """
    for name in form.keys() & address.keys():
        if sorted(form[name]) != sorted(address[name]):
            raise UsageError(
                f"The parameter {name[:40]} stands in the form and, with another value, in the "
                "address. Give it once."
            )
    return {**address, **form}


def _only(parameters: dict[str, list[str]], name: str) -> str:
    """Return the value of a parameter that may be given once, "" without one."""
    values = parameters.get(name, [""])
    if len(values) > 1:
        raise UsageError(f"The parameter {name} may be given once only.")
    return values[0]


def _refuse_update(update: bool) -> None:
    if update:
        raise QueryError("This address answers queries (SELECT, ASK, CONSTRUCT, DESCRIBE) only.")


def _call(parameters: dict[str, list[str]], query: list[str] | None) -> QueryCall:
    for name in _SINGLE:
        _only(parameters, name)
    if query is None:
        _refuse_update("update" in parameters)
    sparql = query[0] if query else None
    limit = graph().settings.max_query_bytes
    if sparql is not None and len(sparql.encode()) > limit:
        raise TooLargeError(f"The query is longer than {limit:,} bytes.")
    default = tuple(graph_iri(g) for g in parameters.get("default-graph-uri", ()))
    named = tuple(graph_iri(g) for g in parameters.get("named-graph-uri", ()))
    given = bool(default or named)
    return QueryCall(
        sparql=sparql,
        default_graphs=default if given else None,
        named_graphs=named if given else None,
        deadline=deadline_of(parameters.get("timeout", [""])[0]),
        formats=tuple(f for value in parameters.get("format", ()) for f in value.split(",") if f),
    )


def graph_iri(text: str) -> str:
    """Return the IRI that names a graph in a request.

    Raises:
        UsageError: it is none, or relative.
    """
    if not _ABSOLUTE.fullmatch(text):
        raise UsageError(f"A graph is named by an absolute IRI, not by {text[:80]!r}.")
    return text


def whole_number(name: str, default: int, *, least: int = 0, most: int = 10_000_000) -> int:
    """Return a whole number that the address gives, the default where it gives none.

    Raises:
        UsageError: it is none, or out of bounds.
    """
    text = request.args.get(name, "")
    if not text:
        return default
    digits = text.isascii() and text.isdigit() and len(text) <= _DIGITS
    if not (digits and least <= int(text) <= most):
        raise UsageError(f"{name} is a whole number from {least} to {most}, not {text[:40]!r}.")
    return int(text)


def deadline_of(text: str, limit: float | None = None) -> float:
    """Return the seconds that ``timeout=`` allows, never above the server's own limit.

    Parameters:
        text: the parameter, "" for none.
        limit: the server's limit; None for that of queries.

    Raises:
        UsageError: it is no number above 0.
    """
    own = graph().settings.deadline if limit is None else limit
    if not text:
        return own
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not (math.isfinite(seconds) and seconds > 0):
        raise UsageError(f"timeout is a number of seconds above 0, not {text[:40]!r}.")
    return min(seconds, own)


def _body(factor: int) -> bytes:
    limit = graph().settings.max_query_bytes * factor + (10_000 if factor > 1 else 0)
    if (request.content_length or 0) > limit:
        raise TooLargeError(f"The body is longer than {limit:,} bytes.")
    body = request.stream.read(limit + 1)
    if len(body) > limit:
        raise TooLargeError(f"The body is longer than {limit:,} bytes.")
    if len(body) < (request.content_length or 0):
        raise UsageError("The body broke off before its end. Send it again.")
    return unpacked(body, limit)


def _check_charset() -> None:
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise UnsupportedMediaTypeError(f"Queries are in UTF-8, not in {charset[:40]}.")


def _decoded(raw: bytes, where: str) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"The {where} is not valid UTF-8 (byte {error.start}).") from error


def _parameters(raw: bytes, where: str) -> dict[str, list[str]]:
    """Decode parameters strictly: Flask would replace malformed UTF-8 without a word."""
    try:
        pairs = parse_qsl(
            raw.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MAX_PARAMETERS,
        )
    except UnicodeDecodeError as error:
        raise UsageError(f"The {where} holds percent-encoded bytes that are no UTF-8.") from error
    except ValueError as error:
        raise UsageError(f"The {where} has more than {_MAX_PARAMETERS} parameters.") from error
    values: dict[str, list[str]] = defaultdict(list)
    for name, value in pairs:
        values[name].append(value)
    return dict(values)
