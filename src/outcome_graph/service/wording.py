"""What pages say, in the language of their reader: words, numbers and dates.

Templates and views are written in English; `wording.toml` has each text in the other languages. A
plain file and not gettext: two languages of some 300 texts need no compiler, no plural rules beyond
"one or more", and no further library, and a translator sees the three side by side.

The language is that of ``?lang=``, which links carry on, else that of ``Accept-Language``. There is
no cookie. Only pages are negotiated: what programs read is in English unless ``?lang=`` asks.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from flask import request
from markupsafe import Markup, escape

from outcome_graph.validation.messages import date_in_words

__all__ = [
    "LANGUAGES",
    "asked_language",
    "catalogue",
    "counted",
    "format_date",
    "format_period",
    "language",
    "language_of",
    "moment",
    "number",
    "percent",
    "say",
    "told",
]

#: Languages of pages, and of the labels of concepts.
LANGUAGES = {"en": "English", "fr": "Français", "es": "Español"}

#: A narrow space at which no line is broken: between thousands, and before a percent sign.
_THIN = "\u202f"
_PLACE = re.compile(r"\{(\w+)\}")


# -- which language --------------------------------------------------------------------------------


@lru_cache(maxsize=512)
def language_of(accept_language: str) -> str:
    """Return the language of ours that ``Accept-Language`` likes best (RFC 9110, 12.5.4).

    The regions of a language count as it: "es-PE" is Spanish. Without any of ours it is English.
    """
    best, liked = "en", 0.0
    for part in accept_language.lower().split(","):
        tag, _, rest = part.partition(";")
        main = tag.strip().partition("-")[0]
        try:
            quality = float(rest.strip().removeprefix("q=") or 1) if rest.strip() else 1.0
        except ValueError:
            continue
        if main in LANGUAGES and quality > liked:
            best, liked = main, quality
    return best


def asked_language() -> str | None:
    """Return the language that ``?lang=`` asks for; None where it is none of ours."""
    wanted = request.args.get("lang")
    return wanted if wanted in LANGUAGES else None


def language() -> str:
    """Return the language of the present page."""
    return asked_language() or language_of(request.headers.get("Accept-Language", ""))


# -- words -----------------------------------------------------------------------------------------


@cache
def _tables() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(Path(__file__).with_name("wording.toml").read_text("utf-8"))


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Return the texts by their English words: each by language."""
    return {text: words for table in _tables().values() for text, words in table.items()}


def say(text: str, /, **values: Any) -> Markup:
    """Return a text in the language of the page.

    Parameters:
        text: in English; it may hold markup, and places for values in braces.
        values: for the places; they are escaped.
    """
    found = catalogue().get(text, {}).get(language(), text)
    return Markup(found).format(**values) if values else Markup(found)  # noqa: S704 - our own texts


def counted(count: int, one: str, many: str, /, **values: Any) -> Markup:
    """Return the text for a number of things, which stands at ``{n}``.

    Parameters:
        one: for one thing (in French, for none too).
        many: for others.
    """
    singular = count == 1 or (count == 0 and language() == "fr")
    return say(one if singular else many, n=number(count), **values)


def told(message: str) -> Markup:
    """Return a message of an error in the language of the page; in English, and so marked, if not.

    Messages are made where errors happen, which know nothing of languages: here they are recognised
    by the texts that the catalogue has of them.
    """
    if language() == "en":
        return escape(message)
    for text, pattern in _messages():
        if match := pattern.fullmatch(message):
            return say(text, **match.groupdict())
    return Markup('<span lang="en">{}</span>').format(message)


@cache
def _messages() -> list[tuple[str, re.Pattern[str]]]:
    texts = _tables()["message"]
    return [(text, re.compile("".join(_parts(text)), re.DOTALL)) for text in texts]


def _parts(text: str) -> Iterator[str]:
    at = 0
    for place in _PLACE.finditer(text):
        yield re.escape(text[at : place.start()])
        yield f"(?P<{place[1]}>.+?)"
        at = place.end()
    yield re.escape(text[at:])


# -- numbers and dates -----------------------------------------------------------------------------


def number(value: int) -> str:
    """Return a number as people write it: "12,500", in French and Spanish "12 500"."""
    if language() == "en":
        return f"{value:,}"
    if language() == "es" and abs(value) < 10_000:
        return str(value)
    return f"{value:,}".replace(",", _THIN)


def percent(value: float) -> str:
    """Return a part of 1 in percent."""
    return f"{value:.0%}" if language() == "en" else f"{100 * value:.0f}{_THIN}%"


def format_date(day: datetime.date | None) -> str | None:
    """Return a date as people write it: "1 April 2020", "1er avril 2020"."""
    return date_in_words(day.isoformat(), language()) if day else None


def format_period(start: datetime.date | None, end: datetime.date | None) -> str:
    """Return a period in short: "25–27 August 2020", "30 September 2020"."""
    if start is None or end is None or start == end:
        return format_date(start or end) or ""
    first, last = format_date(start) or "", format_date(end)
    if start.year == end.year:
        first = first.removesuffix(f" {start.year}").removesuffix(" de")
        if start.month == end.month:
            return f"{first.partition(' ')[0]}–{last}"
    return f"{first} – {last}"


def moment(time: str | datetime.datetime) -> str:
    """Return a time in UTC as people write it."""
    known = datetime.datetime.fromisoformat(time) if isinstance(time, str) else time
    return f"{format_date(known.date())}, {known:%H:%M} UTC"
