"""Every setting in one table: name, environment variable, type, default, help.

The documentation's table is generated from this one (``docs/settings.md``; a test compares them).
Command-line options win over the environment, the environment over the default.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from outcome_graph.errors import UsageError
from outcome_graph.namespaces import DEFAULT_BASE

__all__ = ["Settings"]


def _setting(env: str, default: Any, help_text: str, *, secret: bool = False) -> Any:
    return field(default=default, repr=not secret, metadata={"env": env, "help": help_text})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one run. See each field's ``help`` metadata."""

    store: str = _setting(
        "OUTCOME_GRAPH_STORE",
        "./outcome-graph-data",
        "Folder of the embedded store, or http(s) URL of a remote engine's query endpoint.",
    )
    base: str = _setting(
        "OUTCOME_GRAPH_BASE_IRI",
        DEFAULT_BASE,
        "What the IRIs of records, countries, organisations and concepts begin with.",
    )
    publisher: str = _setting(
        "OUTCOME_GRAPH_PUBLISHER", "", "Name of who publishes the data, told in catalogues."
    )
    licence: str = _setting(
        "OUTCOME_GRAPH_LICENCE",
        "",
        "IRI of the licence the data may be used under, told in catalogues.",
    )
    deadline: float = _setting(
        "OUTCOME_GRAPH_QUERY_DEADLINE", 30.0, "Seconds a query over HTTP may take at most."
    )
    update_deadline: float = _setting(
        "OUTCOME_GRAPH_UPDATE_DEADLINE",
        60.0,
        "Seconds a SPARQL update may take to work out at most; then it is stopped, with nothing "
        "changed.",
    )
    reader_memory: int = _setting(
        "OUTCOME_GRAPH_READER_MEMORY",
        1_500_000_000,
        "Bytes of memory a reader process may use for queries; beyond it the query is stopped.",
    )
    readers: int = _setting(
        "OUTCOME_GRAPH_READERS", 2, "Reader processes that answer queries of the service."
    )
    queue: int = _setting(
        "OUTCOME_GRAPH_QUEUE", 64, "Queries that may wait for a reader before 503 is answered."
    )
    max_rows: int = _setting(
        "OUTCOME_GRAPH_MAX_ROWS",
        1_000_000,
        "Rows of one answer over HTTP; the rest is cut, and said.",
    )
    max_bytes: int = _setting(
        "OUTCOME_GRAPH_MAX_BYTES", 1_000_000_000, "Bytes of one answer over HTTP, likewise."
    )
    max_query_bytes: int = _setting(
        "OUTCOME_GRAPH_MAX_QUERY_BYTES", 1_000_000, "Bytes of a query or update text."
    )
    max_upload_bytes: int = _setting(
        "OUTCOME_GRAPH_MAX_UPLOAD_BYTES", 64_000_000, "Bytes of an upload, after decompression too."
    )
    max_source_bytes: int = _setting(
        "OUTCOME_GRAPH_MAX_SOURCE_BYTES", 10_000_000, "Bytes of one result page."
    )
    cache_bytes: int = _setting(
        "OUTCOME_GRAPH_CACHE_BYTES", 64_000_000, "Bytes of the response cache; 0 turns it off."
    )
    service_allowed: str = _setting(
        "OUTCOME_GRAPH_SERVICE_ALLOWED",
        "",
        "Endpoints that SERVICE may call: exact IRIs separated by spaces; none by default.",
    )
    columns: str = _setting(
        "OUTCOME_GRAPH_COLUMNS",
        "",
        "What headings of your tables stand for, each `HEADING=FIELD`, parted by `;`; "
        "`HEADING=-` leaves a column out.",
    )
    sdg_model: str = _setting(
        "OUTCOME_GRAPH_SDG_MODEL",
        "",
        "Folder of a sentence model for SDG suggestions (extra `sdg`); words alone without one.",
    )
    validation: bool = _setting(
        "OUTCOME_GRAPH_VALIDATION",
        True,
        "Whether records are checked against the shapes; `no` serves any RDF, and a store made so "
        "is plain.",
    )
    tokens_file: str = _setting(
        "OUTCOME_GRAPH_TOKENS_FILE", "", "File of hashed access tokens; default: beside the store."
    )
    update_url: str = _setting(
        "OUTCOME_GRAPH_UPDATE_URL",
        "",
        "Remote engine: address of updates; guessed for Oxigraph, Fuseki, RDF4J, GraphDB, Neptune.",
    )
    graphs_url: str = _setting(
        "OUTCOME_GRAPH_GRAPHS_URL", "", "Remote engine: address of its graph store; likewise."
    )
    store_user: str = _setting(
        "OUTCOME_GRAPH_STORE_USER", "", "Remote engine: user, for HTTP basic authentication."
    )
    store_password: str = _setting(
        "OUTCOME_GRAPH_STORE_PASSWORD", "", "Remote engine: the user's password.", secret=True
    )
    store_token: str = _setting(
        "OUTCOME_GRAPH_STORE_TOKEN",
        "",
        "Remote engine: bearer token, instead of user and password.",
        secret=True,
    )
    engine_timeout: float = _setting(
        "OUTCOME_GRAPH_ENGINE_TIMEOUT",
        60.0,
        "Remote engine: seconds it may stay silent before it counts as away.",
    )
    max_update_bytes: int = _setting(
        "OUTCOME_GRAPH_MAX_UPDATE_BYTES",
        64_000_000,
        "Remote engine: bytes of one update request, and so of one commit.",
    )
    max_copy_quads: int = _setting(
        "OUTCOME_GRAPH_MAX_COPY_QUADS",
        1_000_000,
        "Remote engine: statements that an update, or a query of several graphs, may copy.",
    )
    sources_folder: str = _setting(
        "OUTCOME_GRAPH_SOURCES_FOLDER",
        "",
        "Remote engine: folder for source documents; by default they are kept in the engine.",
    )
    internal_store: str = _setting(
        "OUTCOME_GRAPH_INTERNAL_STORE",
        "",
        "Folder or second engine for records that are not public; default: beside an embedded "
        "store.",
    )
    quarantine_folder: str = _setting(
        "OUTCOME_GRAPH_QUARANTINE_FOLDER",
        "",
        "Folder for refused sources; default: beside an embedded store.",
    )

    @classmethod
    def load(cls, environ: Mapping[str, str] | None = None, **given: Any) -> Settings:
        """Take settings from arguments, then the environment, then the defaults.

        Parameters:
            environ: the environment, ``os.environ`` when None.
            given: settings by name; None means not given.

        Raises:
            UsageError: an environment variable holds no value of its type.
        """
        source = os.environ if environ is None else environ
        values: dict[str, Any] = {k: v for k, v in given.items() if v is not None}
        for item in fields(cls):
            env = item.metadata["env"]
            if item.name not in values and source.get(env, "") != "":
                values[item.name] = _convert(source[env], type(item.default), env)
        settings = cls(**values)
        if settings.licence and not _IRI.fullmatch(settings.licence):
            raise UsageError(
                f"OUTCOME_GRAPH_LICENCE must be an absolute IRI, such as "
                f"https://creativecommons.org/licenses/by/4.0/, not {settings.licence!r}."
            )
        return settings


_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
#: Words for a setting that is on or off.
_WORDS = dict.fromkeys(("1", "true", "yes", "on"), True)
_WORDS |= dict.fromkeys(("0", "false", "no", "off"), False)


def _convert(text: str, kind: type, env: str) -> Any:
    try:
        return _WORDS[text.strip().lower()] if kind is bool else kind(text)
    except (KeyError, ValueError) as error:
        nouns = {int: "a whole number", float: "a number", bool: "yes or no"}
        noun = nouns.get(kind, "text")
        raise UsageError(f"{env} must be {noun}, not {text!r}.") from error
