"""``/.well-known/void``, ``/catalog`` and ``/dump.nq.gz``: what there is, and all of it."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Iterator

from flask import Blueprint, Response, request

from outcome_graph.errors import StoreBusyError
from outcome_graph.pipeline.catalog import DataCatalog
from outcome_graph.service.context import graph
from outcome_graph.service.negotiation import HTML, RDF_OFFERS
from outcome_graph.service.rendering import html_page, negotiated, rdf_response
from outcome_graph.store import EmbeddedStore

__all__ = ["blueprint"]

blueprint = Blueprint("catalog", __name__)

#: Dumps that may be sent at a time: each keeps a thread, and processor time, for long.
_AT_A_TIME = 2
_RETRY_AFTER = 30
_dumping = threading.BoundedSemaphore(_AT_A_TIME)


def _catalog() -> DataCatalog:
    own = graph()
    return DataCatalog(
        own.answer,
        own.store.statistics,
        own.minter,
        request.url_root,
        plain=own.plain,
        publisher=own.settings.publisher,
        licence=own.settings.licence,
    )


@blueprint.get("/.well-known/void")
def void() -> Response:
    """Describe the dataset with VoID: where it is, how large, which classes and properties."""
    return rdf_response(_catalog().void(), negotiated(RDF_OFFERS))


@blueprint.get("/catalog")
def catalog() -> Response:
    """Describe the dataset, its dump and its services with DCAT, or on a page."""
    media_type = negotiated()
    if media_type == HTML:
        figures = _catalog().figures()
        return html_page(
            "catalog.html", figures=figures, plain=graph().plain, settings=graph().settings
        )
    return rdf_response(_catalog().dcat(), media_type)


@blueprint.get("/dump.nq.gz")
def dump() -> Response:
    """Send everything as gzipped N-Quads, from one revision."""
    store = graph().store
    etag = _etag(store.revision())
    if etag and request.if_none_match.contains(etag):
        return Response(status=304, headers={"ETag": f'"{etag}"'})
    if not _dumping.acquire(blocking=False):
        raise StoreBusyError(
            f"{_AT_A_TIME} dumps are being sent already. Try again later.",
            retry_after=_RETRY_AFTER,
        )
    place = _Place()
    try:
        if isinstance(store, EmbeddedStore):
            revision, chunks = store.dump_at()
        else:
            revision, chunks = store.revision(), store.dump()
    except BaseException:
        place.give_back()
        raise
    response = Response(_gzipped(chunks, place), content_type="application/gzip")
    # For a client that goes away before the first piece.
    response.call_on_close(place.give_back)
    if etag := _etag(revision):
        response.headers["ETag"] = f'"{etag}"'
    response.headers["X-Revision"] = str(revision)
    response.headers["Content-Disposition"] = 'attachment; filename="dump.nq.gz"'
    return response


def _etag(revision: int) -> str | None:
    """Name a revision by its time too: a store that was restored counts on from an older one.

    None where nothing is counted: in an engine without a store of ours.
    """
    return f"dump-{revision}-{graph().store.patch(revision)[0].time}" if revision else None


class _Place:
    """One of the places for dumps, which has been taken; given back once."""

    def __init__(self) -> None:
        self._taken = True

    def give_back(self) -> None:
        if self._taken:
            self._taken = False
            _dumping.release()


def _gzipped(chunks: Iterator[bytes], place: _Place) -> Iterator[bytes]:
    # No time and no name in the head: the same revision gives the same bytes.
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    try:
        for chunk in chunks:
            if packed := packer.compress(chunk):
                yield packed
        yield packer.flush()
    finally:
        place.give_back()
