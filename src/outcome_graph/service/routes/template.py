"""``/template.xlsx`` and ``/template.csv``: an empty table to fill in and to load."""

from __future__ import annotations

from functools import lru_cache

from flask import Blueprint, Response, request

from outcome_graph import pipeline
from outcome_graph.namespaces import IriMinter
from outcome_graph.service.cache import mark_cacheable
from outcome_graph.service.context import graph
from outcome_graph.service.wording import language

__all__ = ["blueprint"]

blueprint = Blueprint("template", __name__)

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@blueprint.get("/template.csv", defaults={"ending": "csv"})
@blueprint.get("/template.xlsx", defaults={"ending": "xlsx"})
def template(ending: str) -> Response:
    """Serve an empty table of outcomes to fill in, in the language of the page."""
    mark_cacheable(request.environ)
    table = _table(ending, graph().minter.base, language())
    response = Response(table, content_type=_TYPES[ending])
    response.headers["Content-Disposition"] = f'attachment; filename="outcomes.{ending}"'
    return response


@lru_cache(maxsize=8)
def _table(ending: str, base: str, language: str) -> bytes:
    """Make a table once: a workbook takes a tenth of a second of processor."""
    return pipeline.template(ending, IriMinter(base), language)
