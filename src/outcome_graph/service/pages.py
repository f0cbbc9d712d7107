"""What templates may use: links, dates, the languages; where templates and styles lie."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask, request
from markupsafe import Markup

from outcome_graph.service.context import LANGUAGES, href, language
from outcome_graph.service.labels import short_name
from outcome_graph.service.record_page import format_date

__all__ = ["ROOT", "register"]

#: The folder of templates/ and static/.
ROOT = Path(__file__).resolve().parent

#: Languages that are written from right to left.
_RIGHT_TO_LEFT = frozenset(
    ("ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi")
)


def _percent(value: float) -> str:
    return f"{value:.0%}"


def _query_address(sparql: str) -> str:
    return f"{request.script_root}/sparql?{urlencode({'query': sparql})}"


def _in_language(code: str) -> str:
    """Return the present address with another language for labels."""
    pairs = [(k, v) for k, v in request.args.items(multi=True) if k != "lang"]
    return "?" + urlencode([*pairs, ("lang", code)])


def _in_tongue(address: str) -> str:
    """Return an address of ours for the language of the present page."""
    code = language()
    # Addresses of other sites know nothing of our languages.
    own = address.startswith(("/", "?")) and not address.startswith("//")
    if code == "en" or not own:
        return address
    path, mark, anchor = address.partition("#")
    return f"{path}{'&' if '?' in path else '?'}lang={code}{mark}{anchor}"


def _day(text: str) -> str:
    """Return an ISO date as people write it; anything else as it is."""
    try:
        return format_date(datetime.date.fromisoformat(text)) or text
    except ValueError:
        return text


def _moment(time: str | datetime.datetime) -> str:
    """Return a time in UTC as people write it."""
    known = datetime.datetime.fromisoformat(time) if isinstance(time, str) else time
    return f"{format_date(known.date())}, {known:%H:%M} UTC"


def _heading(name: str) -> str:
    """Return the name of a variable in words: "achievedOn" is "achieved on"."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name.replace("_", " "))
    return spaced if spaced == name else spaced.lower()


def _direction(code: str | None) -> str:
    """Return the attribute for text that is written from right to left, "" for other text."""
    main = (code or "").lower().partition("-")[0]
    return Markup(' dir="rtl"') if main in _RIGHT_TO_LEFT else ""


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
        href=href,
        percent=_percent,
        query_address=_query_address,
        short=short_name,
        in_tongue=_in_tongue,
        day=_day,
        moment=_moment,
        direction=_direction,
        heading=_heading,
    )
    app.context_processor(_site)
