"""Every setting in one table: name, environment variable, type, default, help.

The documentation's table is generated from this one (``docs/settings.md``; a test compares them).
Command-line options win over the environment, the environment over the default.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from outcome_graph.errors import UsageError
from outcome_graph.namespaces import DEFAULT_BASE

__all__ = ["Settings"]


def _setting(env: str, default: Any, help_text: str) -> Any:
    return field(default=default, metadata={"env": env, "help": help_text})


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
    deadline: float = _setting(
        "OUTCOME_GRAPH_QUERY_DEADLINE", 30.0, "Seconds a query over HTTP may take at most."
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
    tokens_file: str = _setting(
        "OUTCOME_GRAPH_TOKENS_FILE", "", "File of hashed access tokens; default: beside the store."
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
        return cls(**values)


def _convert(text: str, kind: type, env: str) -> Any:
    try:
        return kind(text)
    except ValueError as error:
        noun = {int: "a whole number", float: "a number"}.get(kind, "text")
        raise UsageError(f"{env} must be {noun}, not {text!r}.") from error
