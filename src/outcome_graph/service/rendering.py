"""Answers that hold RDF or pages: one place that sets their headers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask import Response, render_template, request

from outcome_graph.formats import serialise
from outcome_graph.rdf import Triple
from outcome_graph.service.cache import mark_cacheable
from outcome_graph.service.errors import NotAcceptableError
from outcome_graph.service.negotiation import (
    DESCRIPTION_OFFERS,
    FORMAT_NAMES,
    HTML,
    SUFFIXES,
    Offer,
    best_offer,
)

__all__ = [
    "content_type",
    "html_page",
    "negotiated",
    "rdf_response",
    "see_other",
    "split_suffix",
]


#: What short names mean where there are neither rows nor RDF.
_PLAIN = {"json": "application/json", "xml": "application/xml", "text": "text/plain"}
#: The syntax behind each media type of a description.
_SYNTAX = {offer.media_type: offer.engine for offer in DESCRIPTION_OFFERS}


def content_type(media_type: str) -> str:
    """Return the ``Content-Type`` of a media type; UTF-8 is said where clients would guess."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def split_suffix(name: str) -> tuple[str, str | None]:
    """Split ``LAO226-2020-21-8.1.1.ttl`` into the name and the media type its suffix asks for."""
    for suffix, media_type in SUFFIXES.items():
        if name.endswith(suffix) and len(name) > len(suffix):
            return name[: -len(suffix)], media_type
    return name, None


def negotiated(offers: Sequence[Offer] = DESCRIPTION_OFFERS, suffix: str | None = None) -> str:
    """Return the media type to answer with: the suffix's, ``format=``'s, or by ``Accept``.

    Raises:
        NotAcceptableError: there is none.
    """
    if suffix:
        return suffix
    names = ", ".join(offer.media_type for offer in offers)
    if wanted := request.args.get("format"):
        meant = (*FORMAT_NAMES.get(wanted.lower(), (wanted,)), _PLAIN.get(wanted.lower()))
        for possible in offers:
            if possible.media_type in meant:
                return possible.media_type
        raise NotAcceptableError(f"format={wanted[:40]} is none of what is here: {names}.")
    offer = best_offer(request.headers.get("Accept"), offers)
    if offer is None:
        raise NotAcceptableError(f"None of the media types in Accept is here. Here are: {names}.")
    return offer.media_type


def see_other(path: str) -> Response:
    """Send on to another of our addresses (303)."""
    location = f"{request.script_root}{path}"
    return Response(status=303, headers={"Location": location}, content_type="text/plain")


def rdf_response(triples: Iterable[Triple], media_type: str, *, cacheable: bool = True) -> Response:
    """Answer with statements in an RDF syntax.

    Parameters:
        triples: the statements.
        media_type: of the syntax.
        cacheable: whether they depend on the store's revision and the request alone.
    """
    if cacheable:
        mark_cacheable(request.environ)
    return Response(serialise(triples, _SYNTAX[media_type]), content_type=content_type(media_type))


def html_page(
    template: str, status: int = 200, *, cacheable: bool = True, **values: Any
) -> Response:
    """Answer with a page.

    Parameters:
        template: its file name.
        status: pages of errors are never kept by any cache.
        cacheable: whether the page depends on the store's revision and the request alone.
        values: for the template.
    """
    body = render_template(template, **values)
    response = Response(body, status=status, content_type=content_type(HTML))
    if status != 200:
        response.headers["Cache-Control"] = "no-store"
    elif cacheable:
        mark_cacheable(request.environ)
    return response
