"""``/reconcile``: the Reconciliation Service API 0.2, for OpenRefine and its like."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from outcome_graph.errors import NotFoundError, UsageError
from outcome_graph.namespaces import SDG
from outcome_graph.pipeline.reconcile_index import PROPERTIES, Thing, Value
from outcome_graph.pipeline.reconciling import Reconciler
from outcome_graph.service.cache import mark_cacheable
from outcome_graph.service.context import graph, href
from outcome_graph.service.errors import UnsupportedMediaTypeError
from outcome_graph.service.reconcile import (
    extended,
    manifest,
    read_batch,
    read_extension,
    read_limit,
    read_query,
    result,
    suggest_properties,
    suggest_things,
    suggest_types,
    the_property,
    the_type,
)
from outcome_graph.service.wording import asked_language, language, say

__all__ = ["blueprint"]

blueprint = Blueprint("reconcile", __name__, url_prefix="/reconcile")

_EXTENSION = "outcome-graph-reconciler"
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data", "")
#: Previews are shown in frames of other sites; they hold no form and no script.
_PREVIEW_CSP = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'"
#: What a preview shows, best first, so many of each.
_SHOWN = (
    "skos:notation",
    "dcterms:identifier",
    "og:country",
    "og:constituentType",
    "sdgo:isTargetOf",
    "sdgo:isIndicatorOf",
    "skos:altLabel",
)
_MOST_SHOWN = 6


def _reconciler() -> Reconciler:
    opened = graph()
    made = current_app.extensions.get(_EXTENSION)
    if made is None:
        new = Reconciler(opened.answer, opened.store.revision, opened.knowledge, opened.minter)
        # Of two requests that come at once, both use the one that was put first.
        made = current_app.extensions.setdefault(_EXTENSION, new)
    return made  # type: ignore[no-any-return]


@blueprint.route("", methods=["GET", "POST"])
def reconcile() -> Response:
    """Answer the manifest, or reconcile ``queries=``, or fetch the properties of ``extend=``."""
    if request.method == "POST" and request.mimetype not in _FORMS:
        raise UnsupportedMediaTypeError(
            "Send queries= or extend= as application/x-www-form-urlencoded, "
            f"not {request.mimetype[:80]}."
        )
    mark_cacheable(request.environ)
    asked = [name for name in ("queries", "query", "extend") if name in request.values]
    if len(asked) > 1:
        raise UsageError(f"Send one of {' and '.join(asked)} in a request, not several.")
    if not asked:
        return jsonify(manifest(request.url_root.rstrip("/"), graph().minter.base))
    text = request.values[asked[0]]
    if asked == ["extend"]:
        return jsonify(extended(_reconciler().index(), *read_extension(text)))
    if asked == ["query"]:
        (found,) = _reconciler().reconcile([read_query(text)])
        return jsonify(result(_reconciler().index(), found))
    batch = read_batch(text)
    answers = _reconciler().reconcile(list(batch.values()))
    index = _reconciler().index()
    return jsonify({key: result(index, c) for key, c in zip(batch, answers, strict=True)})


@blueprint.get("/suggest/entity")
def suggest_entity() -> Response:
    """Suggest things whose names begin with ``prefix=``, or are like it; ``cursor=`` pages."""
    mark_cacheable(request.environ)
    prefix, cursor = _prefix()
    kind = request.args.get("type")
    types = (the_type(kind).id,) if kind else ()
    found = _reconciler().beginning(prefix, types)
    return jsonify(suggest_things(_reconciler().index(), found, cursor))


@blueprint.get("/suggest/type")
def suggest_type() -> Response:
    """Suggest types whose names begin with ``prefix=``."""
    mark_cacheable(request.environ)
    return jsonify(suggest_types(*_prefix()))


@blueprint.get("/suggest/property")
def suggest_property() -> Response:
    """Suggest properties whose names begin with ``prefix=``."""
    mark_cacheable(request.environ)
    return jsonify(suggest_properties(*_prefix()))


@blueprint.get("/properties")
def properties() -> Response:
    """Propose the properties that can be fetched for a ``type=``."""
    mark_cacheable(request.environ)
    given = request.args.get("type")
    ids = the_type(given).properties if given else tuple(PROPERTIES)
    limit = request.args.get("limit")
    if limit is not None:
        digits = limit.isascii() and limit.isdigit()
        ids = ids[: read_limit(int(limit[:9]) if digits else limit, "The address")]
    answer: dict[str, object] = {"type": the_type(given).id} if given else {}
    answer["properties"] = [{"id": one, "name": PROPERTIES[one].name} for one in ids]
    if limit is not None:
        answer["limit"] = len(ids)
    return jsonify(answer)


@blueprint.get("/preview")
def preview() -> Response:
    """Show the thing of ``id=`` in a few lines, for a frame."""
    thing = _thing()
    mark_cacheable(request.environ)
    body = render_template(
        "reconcile_preview.html",
        thing=thing,
        name=thing.name(language()),
        kind=say(thing.type.name),
        facts=[(say(name), values) for name, values in _facts(thing, language())],
    )
    response = Response(body, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = _PREVIEW_CSP
    return response


@blueprint.get("/flyout/<what>")
def flyout(what: str) -> Response:
    """Describe what ``id=`` names, a suggestion, in a few lines of HTML within JSON."""
    mark_cacheable(request.environ)
    if what == "entity":
        thing = _thing()
        spoken = asked_language() or "en"
        told = thing.iri, thing.name(spoken), thing.type.name, _facts(thing, spoken)
    elif what == "type":
        kind = the_type(_id())
        told = kind.id, kind.name, kind.iri.value, []
    elif what != "property":
        raise NotFoundError(f"There is no flyout of {what[:40]!r}; of entity, type and property.")
    else:
        known = the_property(_id(), "The address")
        told = known.id, known.name, known.id, []
    body = render_template("reconcile_flyout.html", name=told[1], kind=told[2], facts=told[3])
    return jsonify({"id": told[0], "html": body})


@blueprint.get("/view")
def view() -> BaseResponse:
    """Lead to the page of the thing of ``id=``."""
    # Only to things of the store: this is no door to any address.
    iri = _thing().iri
    if iri.startswith(SDG.iri):
        # The UN's IRI, whose page of ours shows what serves it.
        return redirect(f"{request.script_root}/sdg/{iri.removeprefix(SDG.iri)}", 303)
    return redirect(href(iri) or iri, 303)


def _facts(thing: Thing, language: str) -> list[tuple[str, list[str]]]:
    index = _reconciler().index()
    facts = []
    for pid in _SHOWN:
        values = list(
            dict.fromkeys(
                index.label(v.text, language) if v.is_iri else v.text
                for v in sorted(thing.values.get(pid, ()), key=_readable)
            )
        )
        if values:
            facts.append((PROPERTIES[pid].name, values[:_MOST_SHOWN]))
    return facts


def _readable(value: Value) -> int:
    """Rank values by language: the reader's, those of the labels, others."""
    ranks = (language(), "", "en", "fr", "es")
    return ranks.index(value.language) if value.language in ranks else len(ranks)


def _id() -> str:
    given = request.args.get("id", "")
    if not given:
        raise UsageError("Say what is meant: ?id= and its identifier, percent-encoded.")
    return given


def _thing() -> Thing:
    iri = _id()
    thing = _reconciler().index().things.get(iri)
    if thing is None:
        raise NotFoundError(
            f"Nothing that can be reconciled has the identifier {iri[:200]!r}. Identifiers are "
            "IRIs as /reconcile answers them."
        )
    return thing


def _prefix() -> tuple[str, int]:
    prefix, cursor = request.args.get("prefix"), request.args.get("cursor") or "0"
    if prefix is None:
        raise UsageError("Say what names begin with: ?prefix= and the letters typed so far.")
    if not (cursor.isascii() and cursor.isdigit()) or len(cursor) > 9:
        raise UsageError(f"cursor is a whole number from 0, not {cursor[:40]!r}.")
    return prefix[:1000], int(cursor)
