"""What templates may use: words, links, dates, languages; where templates and styles lie."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask, request
from markupsafe import Markup

from outcome_graph.service.authorisation import is_read_only
from outcome_graph.service.context import graph, href
from outcome_graph.service.labels import short_name
from outcome_graph.service.wording import (
    LANGUAGES,
    asked_language,
    counted,
    format_date,
    language,
    moment,
    number,
    percent,
    say,
    told,
)

__all__ = ["ROOT", "register"]

#: The folder of templates/ and static/.
ROOT = Path(__file__).resolve().parent

#: Languages that are written from right to left.
_RIGHT_TO_LEFT = frozenset(
    ("ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi")
)


def _query_address(sparql: str) -> str:
    return f"/sparql?{urlencode({'query': sparql})}"


def _in_language(code: str) -> str:
    """Return the present address in another language."""
    pairs = [(k, v) for k, v in request.args.items(multi=True) if k not in ("lang", "done")]
    return "?" + urlencode([*pairs, ("lang", code)])


def _in_tongue(address: str) -> str:
    """Return an address of ours with the language that was asked for on the present page."""
    code = asked_language()
    # Addresses of other sites know nothing of our languages.
    own = address.startswith(("/", "?")) and not address.startswith("//")
    if code is None or not own:
        return address
    path, mark, anchor = address.partition("#")
    return f"{path}{'&' if '?' in path else '?'}lang={code}{mark}{anchor}"


def _to(path: str) -> str:
    """Return the address of one of our pages."""
    return _in_tongue(f"{request.script_root}{path}")


def _day(text: str) -> str:
    """Return an ISO date as people write it; anything else as it is."""
    try:
        return format_date(datetime.date.fromisoformat(text)) or text
    except ValueError:
        return text


def _heading(name: str) -> str:
    """Return the name of a variable in words: "achievedOn" is "achieved on"."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name.replace("_", " "))
    return say(spaced if spaced == name else spaced.lower())


def _tongue(code: str | None) -> str:
    """Return the attributes of a text in another language than the page's, "" for other text."""
    if not code or code == language():
        return ""
    main = code.lower().partition("-")[0]
    return Markup(' lang="{}"').format(code) + (
        Markup(' dir="rtl"') if main in _RIGHT_TO_LEFT else ""
    )


def _site() -> dict[str, Any]:
    return {
        "root": request.script_root,
        "languages": LANGUAGES,
        "language": language(),
        "asked_language": asked_language(),
        "in_language": _in_language,
        "may_load": not (is_read_only() or graph().plain),
    }


def _sdg_number(code: str) -> str:
    """Write the code of an SDG indicator as people know it."""
    return graph().knowledge.sdg.number(code)


def register(app: Flask) -> None:
    """Give templates their filters and globals."""
    app.jinja_env.filters.update(
        href=href,
        number=number,
        percent=percent,
        query_address=_query_address,
        short=short_name,
        in_tongue=_in_tongue,
        day=_day,
        moment=moment,
        heading=_heading,
        told=told,
        sdg_number=_sdg_number,
    )
    app.jinja_env.globals.update(
        _=say, counted=counted, to=_to, tongue=_tongue, asked_language=asked_language
    )
    app.context_processor(_site)
