"""The addresses of result pages: what of them stays the same, and the number some have."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from outcome_graph.rdf import NamedNode

__all__ = ["clean_url", "page_number"]


def clean_url(url: str) -> str | None:
    """Return a page's address without what differs from visit to visit.

    ``;jsessionid=…`` and the query parameters ``lang`` and ``jsessionid`` are dropped, and the
    fragment.

    Parameters:
        url: an http(s) address.

    Returns:
        The address, None when it is none that an IRI could be made of.
    """
    try:
        parts = urlsplit(url.rstrip(".,;)"))
        path = re.sub(r";jsessionid=[^/?#;]*", "", parts.path, flags=re.IGNORECASE)
        query = re.sub(r";jsessionid=[^&]*", "", parts.query, flags=re.IGNORECASE)
        kept = [
            (name, value)
            for name, value in parse_qsl(query, keep_blank_values=True)
            if name.lower() not in ("lang", "jsessionid")
        ]
        cleaned = urlunsplit((parts.scheme, parts.netloc, path, urlencode(kept), ""))
        return NamedNode(cleaned).value
    except ValueError:
        return None


def page_number(url: str | None) -> str | None:
    """Return the number a result page has in its address (``…?id=949``), None without one.

    Parameters:
        url: an address as `clean_url` returns it.
    """
    number = dict(parse_qsl(urlsplit(url).query)).get("id", "") if url else ""
    return number if re.fullmatch(r"[0-9]{1,10}", number) else None
