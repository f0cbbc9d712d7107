"""``/suggest``: SDG goals and targets that a text may serve. Suggestions are never stored."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, Response, jsonify, request

from outcome_graph.errors import SourceError, TooLargeError, UnsupportedSourceError, UsageError
from outcome_graph.service.context import graph
from outcome_graph.service.wording import asked_language

__all__ = ["blueprint"]

blueprint = Blueprint("suggest", __name__)

_LONGEST = 100_000


@blueprint.route("/suggest", methods=["GET", "POST"])
def suggest() -> Response:
    """Suggest goals and targets for ``?text=`` or the posted text; ``lang`` and ``least``."""
    text = request.args.get("text") if request.method == "GET" else _posted()
    if not (text or "").strip():
        raise SourceError("There is no text: give it as ?text=, or post it as text/plain.")
    found = graph().suggester.suggest(text or "", asked_language() or "en", least=_least())
    return jsonify(suggestions=[asdict(item) for item in found])


def _posted() -> str:
    if request.mimetype not in ("", "text/plain"):
        raise UnsupportedSourceError(f"Post the text as text/plain, not {request.mimetype}.")
    data = request.stream.read(_LONGEST + 1)
    if len(data) > _LONGEST:
        raise TooLargeError(f"The text is larger than {_LONGEST:,} bytes.")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise SourceError(
            f"The text is not UTF-8: byte {error.start + 1} cannot be read."
        ) from error


def _least() -> float:
    text = request.args.get("least", "0.5")
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise UsageError(f"least is a confidence from 0 to 1, not {text[:40]!r}.")
    return value
