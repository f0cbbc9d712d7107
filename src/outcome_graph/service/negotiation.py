"""Content negotiation: the one place that reads ``Accept``, ``Accept-Encoding`` and ``format=``.

Follows RFC 9110, 12.4.2 (quality values), 12.5.1 (Accept) and 12.5.3 (Accept-Encoding). Media types
are compared without regard to case; parameters other than ``q`` are accepted and ignored, since
none of ours changes a representation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

__all__ = [
    "DESCRIPTION_OFFERS",
    "FORMAT_NAMES",
    "GRAPH_OFFERS",
    "HTML",
    "LIST_OFFERS",
    "RDF_OFFERS",
    "SOLUTION_OFFERS",
    "SUFFIXES",
    "Offer",
    "best",
    "best_encoding",
    "best_offer",
]

HTML = "text/html"


@dataclass(frozen=True, slots=True)
class Offer:
    """A representation that can be served.

    Parameters:
        media_type: what ``Content-Type`` says.
        engine: the serialisation behind it; differs for aliases such as ``application/json``.
    """

    media_type: str
    engine: str


def _offers(*media_types: str, aliases: dict[str, str] | None = None) -> tuple[Offer, ...]:
    own = [Offer(m, m) for m in media_types]
    return (*own, *(Offer(alias, engine) for alias, engine in (aliases or {}).items()))


_JSON = "application/sparql-results+json"
_JSON_LD = "application/ld+json"
_PLAIN_JSON = "application/json"
_XML = "application/sparql-results+xml"

#: Order is preference: the first wins among equals.
SOLUTION_OFFERS = _offers(
    _JSON,
    _XML,
    "text/csv",
    "text/tab-separated-values",
    aliases={_PLAIN_JSON: _JSON, "application/xml": _XML, HTML: _JSON},
)
GRAPH_OFFERS = _offers(
    "text/turtle",
    "application/n-triples",
    "application/ld+json",
    "application/rdf+xml",
    "application/n-quads",
    "application/trig",
    aliases={
        "application/x-turtle": "text/turtle",
        _PLAIN_JSON: _JSON_LD,
        HTML: "text/turtle",
    },
)
#: What a description of one thing is served as.
DESCRIPTION_OFFERS = _offers(
    "text/turtle",
    "application/ld+json",
    "application/n-triples",
    "application/rdf+xml",
    HTML,
    aliases={_PLAIN_JSON: _JSON_LD},
)
#: What graphs as data are served as.
RDF_OFFERS = tuple(offer for offer in DESCRIPTION_OFFERS if offer.media_type != HTML)
#: What lists are served as.
LIST_OFFERS = _offers("application/json", HTML)

#: File suffixes that ask for a representation of a thing.
SUFFIXES: dict[str, str] = {
    ".ttl": "text/turtle",
    ".jsonld": "application/ld+json",
    ".nt": "application/n-triples",
    ".rdf": "application/rdf+xml",
    ".html": HTML,
}

#: Values of ``format=``: what each means for rows (and yes/no) and for graphs.
FORMAT_NAMES: dict[str, tuple[str | None, str | None]] = {
    "json": (_JSON, "application/ld+json"),
    "xml": (_XML, "application/rdf+xml"),
    "csv": ("text/csv", None),
    "tsv": ("text/tab-separated-values", None),
    "html": (HTML, HTML),
    "turtle": (None, "text/turtle"),
    "ttl": (None, "text/turtle"),
    "n3": (None, "text/turtle"),
    "jsonld": (None, "application/ld+json"),
    "json-ld": (None, "application/ld+json"),
    "nt": (None, "application/n-triples"),
    "ntriples": (None, "application/n-triples"),
    "n-triples": (None, "application/n-triples"),
    "rdf": (None, "application/rdf+xml"),
    "rdfxml": (None, "application/rdf+xml"),
    "rdf+xml": (None, "application/rdf+xml"),
    "nquads": (None, "application/n-quads"),
    "n-quads": (None, "application/n-quads"),
    "nq": (None, "application/n-quads"),
    "trig": (None, "application/trig"),
}


@dataclass(frozen=True, slots=True)
class _Range:
    type: str
    subtype: str
    quality: float

    def matches(self, media_type: str) -> int:
        """Return how specific the match is: 3 exact, 2 type/*, 1 */*, 0 none."""
        main, _, sub = media_type.partition("/")
        if self.type == main and self.subtype == sub:
            return 3
        if self.type == main and self.subtype == "*":
            return 2
        return 1 if self.type == "*" and self.subtype == "*" else 0


def _quality(parameters: Iterable[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                return min(max(float(value.strip()), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


@lru_cache(maxsize=512)
def _ranges(accept: str) -> tuple[_Range, ...]:
    found = []
    for part in accept.lower().split(","):
        media_range, *parameters = part.split(";")
        main, slash, sub = (s.strip() for s in media_range.partition("/"))
        if slash and main and sub:
            found.append(_Range(main, sub, _quality(parameters)))
    return tuple(found)


def _score(ranges: Sequence[_Range], media_type: str) -> tuple[float, int]:
    """Return quality and specificity of a media type under the most specific range for it."""
    specificity, quality = 0, 0.0
    for item in ranges:
        match = item.matches(media_type)
        if match > specificity:
            specificity, quality = match, item.quality
    return quality, specificity


def best_offer(accept: str | None, offers: Sequence[Offer]) -> Offer | None:
    """Return the offer that ``Accept`` likes best, None when none is acceptable.

    Parameters:
        accept: the header, None or empty when it was not sent (everything is acceptable).
        offers: in order of our own preference.

    Equal qualities are decided by the more specific range (``text/html, */*`` means HTML), then by
    the order of the offers.
    """
    if accept is None or not accept.strip():
        return offers[0]
    ranges = _ranges(accept)
    chosen, chosen_score = None, (0.0, 0)
    for offer in offers:
        score = _score(ranges, offer.media_type)
        if score[0] > 0 and score > chosen_score:
            chosen, chosen_score = offer, score
    return chosen


def best(accept: str | None, media_types: Sequence[str]) -> str | None:
    """Return the media type that ``Accept`` likes best, None when none is acceptable."""
    offer = best_offer(accept, [Offer(m, m) for m in media_types])
    return offer.media_type if offer else None


@lru_cache(maxsize=128)
def best_encoding(accept_encoding: str | None) -> str:
    """Return "gzip" or "identity" for an ``Accept-Encoding`` header (RFC 9110, 12.5.3).

    A missing or empty header means no compression. Identity is used also where the header refuses
    it, since answering is more useful than refusing.
    """
    gzip, star = None, None
    for part in (accept_encoding or "").lower().split(","):
        name, *parameters = part.split(";")
        coding = name.strip()
        if coding in ("gzip", "x-gzip"):
            gzip = _quality(parameters)
        elif coding == "*":
            star = _quality(parameters)
    wanted = gzip if gzip is not None else star
    return "gzip" if wanted else "identity"
