"""What templates may use: links, dates, the languages; where templates and styles lie."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask, request

from outcome_graph.service.context import LANGUAGES, href, language
from outcome_graph.service.labels import short_name

__all__ = ["ROOT", "register"]

#: The folder of templates/ and static/.
ROOT = Path(__file__).resolve().parent


def _percent(value: float) -> str:
    return f"{value:.0%}"


def _query_address(sparql: str) -> str:
    return f"{request.script_root}/sparql?{urlencode({'query': sparql})}"


def _in_language(code: str) -> str:
    """Return the present address with another language for labels."""
    pairs = [(k, v) for k, v in request.args.items(multi=True) if k != "lang"]
    return "?" + urlencode([*pairs, ("lang", code)])


def _site() -> dict[str, Any]:
    return {
        "root": request.script_root,
        "languages": LANGUAGES,
        "language": language(),
        "in_language": _in_language,
    }


def register(app: Flask) -> None:
    """Give templates their filters and globals."""
    app.jinja_env.filters.update(
        href=href, percent=_percent, query_address=_query_address, short=short_name
    )
    app.context_processor(_site)
