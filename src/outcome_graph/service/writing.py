"""What the routes that write share: bodies, preconditions, answers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import unquote

from flask import Response, request
from werkzeug.datastructures import FileStorage

from outcome_graph.draft import SourceFile
from outcome_graph.errors import (
    ConflictError,
    NotFoundError,
    SourceError,
    TooLargeError,
    UsageError,
)
from outcome_graph.rdf import FORMATS, Triple, ntriples
from outcome_graph.service.bodies import unpacked
from outcome_graph.service.context import graph
from outcome_graph.service.errors import PreconditionFailedError, UnsupportedMediaTypeError
from outcome_graph.service.headers import as_json
from outcome_graph.service.protocol import demand_length
from outcome_graph.sources.detect import PAGE_TYPES

__all__ = [
    "demand_records",
    "etag_for",
    "expectation",
    "file_name",
    "flag",
    "given_name",
    "is_dry_run",
    "json_response",
    "nameless",
    "posted",
    "read_body",
    "said_columns",
    "state_tag",
    "written",
]

_FILE_NAME = re.compile(r"[\w .()-]{1,120}")
#: Letters of the names of files that are kept.
_LONGEST, _LONGEST_SUFFIX = 120, 12
MULTIPART = "multipart/form-data"
_SUFFIXES = {f".{suffix}": media_type for media_type, (_, suffix, _) in FORMATS.items()}
_TELLS_NOTHING = ("", "text/plain", "application/octet-stream")


def read_body(limit: int) -> bytes:
    """Return the request's body, decompressed, within a bound that holds before and after.

    Raises:
        TooLargeError: it is larger.
        SourceError: it is empty, or broke off.
        LengthRequiredError: it could have broken off without anybody seeing it.
        UnsupportedCodingError: it is compressed in a way that is not taken.
    """
    raw = request.stream.read(limit + 1)
    if len(raw) > limit:
        raise TooLargeError(f"The body is larger than {limit:,} bytes.")
    if request.content_length is not None and len(raw) < request.content_length:
        raise SourceError(
            f"The body broke off after {len(raw):,} of {request.content_length:,} bytes. "
            "Nothing was changed; send it again."
        )
    if raw:
        demand_length()
    return unpacked(raw, limit)


def posted(*, default: str | None = None, rdf_only: bool = False) -> SourceFile:
    """Return the document in the request's body.

    Parameters:
        default: media type where none is given; None to refuse that.
        rdf_only: take RDF syntaxes alone.

    Raises:
        UnsupportedMediaTypeError: none, or none of ours.
        SourceError: the body is empty.
    """
    media_type = (request.mimetype or default or "").lower()
    known = ", ".join(FORMATS)
    if not media_type:
        raise UnsupportedMediaTypeError(f"Say in Content-Type what the body is: {known}.")
    if rdf_only and media_type not in FORMATS:
        raise UnsupportedMediaTypeError(f"Graphs are sent as {known}, not as {media_type[:80]}.")
    settings = graph().settings
    page = media_type in PAGE_TYPES
    data = read_body(settings.max_source_bytes if page else settings.max_upload_bytes)
    if not rdf_only and not data.strip():
        raise SourceError("The request's body is empty. Send the document in it.")
    # The charset of a page saved from the web may be known to its sender only.
    name = given_name() or nameless(data)
    declared = request.content_type if page else media_type
    return SourceFile(name, data, declared, columns=said_columns())


def said_columns() -> tuple[str, ...]:
    """Return what the request says of the headings of a table (``?column=HEADING=FIELD``)."""
    return tuple(request.args.getlist("column"))


def uploaded() -> list[SourceFile]:
    """Return the files of a form (``multipart/form-data``), also several under one name.

    Raises:
        UsageError: there are none.
        UnsupportedMediaTypeError: one is no RDF.
    """
    demand_length()
    found = []
    for _, file in request.files.items(multi=True):
        media_type = _type_of(file)
        if media_type not in FORMATS:
            raise UnsupportedMediaTypeError(
                f"The file {(file.filename or '')[:80]!r} is declared as {media_type[:80]!r}; "
                f"files are taken as {', '.join(FORMATS)}."
            )
        found.append(SourceFile(file_name(file) or "file", file.stream.read(), media_type))
    if not found:
        raise UsageError("The form holds no file.")
    return found


def _type_of(file: FileStorage) -> str:
    """Return a file's media type; by the suffix of its name where the client knows none.

    RFC 7578, 4.4: without a type a part is text/plain, and clients such as curl say
    application/octet-stream of what they do not know.
    """
    media_type = (file.mimetype or "").lower()
    if media_type in _TELLS_NOTHING:
        return _SUFFIXES.get(PurePath((file.filename or "").lower()).suffix, media_type)
    return media_type


def given_name() -> str:
    """Return the name that the client gives the document (``?name=``), "" for none."""
    name = unquote(request.args.get("name", ""))
    return name if _FILE_NAME.fullmatch(name) else ""


def file_name(file: FileStorage) -> str:
    """Return the name of a file of a form, "" for none: without folders, and not without end.

    It is kept with the records and told in their public history. Browsers send the name alone.
    """
    name = re.split(r"[/\\]", file.filename or "")[-1]
    printable = "".join(letter for letter in name if letter.isprintable()).strip()
    # What a file is may be told by how its name ends.
    stem, suffix = PurePath(printable).stem, PurePath(printable).suffix[:_LONGEST_SUFFIX]
    return stem[: _LONGEST - len(suffix)] + suffix


def nameless(data: bytes) -> str:
    """Return what a document without a name is called: like no other.

    Documents of one name are taken for versions of each other.
    """
    return f"posted-{hashlib.sha256(data).hexdigest()[:12]}"


def demand_records() -> None:
    """Refuse records where there are none.

    Raises:
        NotFoundError: the store is plain.
    """
    if graph().plain:
        raise NotFoundError("This service holds RDF as it is, no records. Send it to /graphs.")


def is_dry_run() -> bool:
    """Tell whether ``dry-run`` is in the address; see `flag`.

    Raises:
        UsageError: it has another value.
    """
    return flag("dry-run")


def flag(name: str) -> bool:
    """Tell whether a word is in the address; ``=no`` and the like turn it off.

    Raises:
        UsageError: it has another value.
    """
    value = request.args.get(name, "no")
    if value.lower() in ("0", "no", "false"):
        return False
    if value.lower() in ("", "1", "yes", "true"):
        return True
    raise UsageError(f"{name} is given without a value, not as {value[:40]!r}.")


# -- preconditions ----------------------------------------------------------------------------


def state_tag(triples: Sequence[Triple]) -> str:
    """Return what stands for the state of a graph in its entity tags."""
    lines = sorted(ntriples(triples).splitlines())
    return hashlib.sha256(b"\n".join(lines)).hexdigest()[:24]


def etag_for(triples: Sequence[Triple], media_type: str) -> str:
    """Return the strong entity tag of a graph in a syntax."""
    return f"{state_tag(triples)}.{hashlib.sha256(media_type.encode()).hexdigest()[:8]}"


def expectation() -> Callable[[Sequence[Triple]], None]:
    """Return the test that ``If-Match`` and ``If-None-Match`` ask for (RFC 9110, 13.1).

    Any representation's tag will do: it is the state of the graph that must not have changed.
    """
    match, none_match = request.headers.get("If-Match"), request.headers.get("If-None-Match")

    def check(triples: Sequence[Triple]) -> None:
        state = state_tag(triples) if triples else None
        if match is not None and not _names(match, state, weak=False):
            raise ConflictError(
                "If-Match does not name the present state: it was changed or removed meanwhile. "
                "Get it again, and repeat your change."
            )
        if none_match is not None and _names(none_match, state, weak=True):
            raise PreconditionFailedError(
                "If-None-Match is not met: there is such a thing already. Nothing was changed."
            )

    return check


def _names(header: str, state: str | None, *, weak: bool) -> bool:
    if state is None:
        return False
    tags = [tag.strip() for tag in header.split(",")]
    if "*" in tags:
        return True
    plain = [t.removeprefix("W/") if weak else t for t in tags]
    return any(t.startswith('"') and t.strip('"').split(".")[0] == state for t in plain)


# -- answers ----------------------------------------------------------------------------------


def written(status: int, revision: int, location: str | None = None) -> Response:
    """Return the answer to a write that has nothing to tell but its revision."""
    response = Response(status=status)
    del response.headers["Content-Type"]
    return _marked(response, revision, location)


def json_response(
    facts: dict[str, Any], status: int, revision: int, location: str | None = None
) -> Response:
    """Return the answer to a write, with a summary."""
    response = Response(as_json(facts), status=status, content_type="application/json")
    return _marked(response, revision, location)


def _marked(response: Response, revision: int, location: str | None) -> Response:
    response.headers["X-Revision"] = str(revision)
    response.headers["Cache-Control"] = "no-store"
    if location is not None:
        response.headers["Location"] = location
    return response
