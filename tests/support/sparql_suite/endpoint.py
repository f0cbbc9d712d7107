"""A running server without shapes, asked as any client would."""

from __future__ import annotations

import time
from pathlib import Path

import pyoxigraph
import urllib3

from support.sparql_suite.manifests import Dataset

_PARSERS = {
    ".ttl": pyoxigraph.RdfFormat.TURTLE,
    ".nt": pyoxigraph.RdfFormat.N_TRIPLES,
    ".rdf": pyoxigraph.RdfFormat.RDF_XML,
}
TABLES = "application/sparql-results+xml, application/sparql-results+json;q=0.5"
ANY = f"{TABLES}, application/n-triples;q=0.9"


def triples_of(path: Path, name: str | None = None) -> list[pyoxigraph.Triple]:
    """Parse a file; relative IRIs are taken from its own name, or the one given."""
    quads = pyoxigraph.parse(
        path.read_bytes(),
        format=_PARSERS[path.suffix],
        base_iri=name or path.as_uri(),
        rename_blank_nodes=True,  # each file has blank nodes of its own
    )
    return [quad.triple for quad in quads]


#: Endpoints that the suite's federated queries call.
ENDPOINTS = (
    "http://example.org/sparql",
    "http://example1.org/sparql",
    "http://example2.org/sparql",
)
#: One that is called in vain: nobody is there.
NOBODY = "http://invalid.endpoint.org/sparql"


def address(other: str, endpoint: str) -> str:
    """Return where the stand-in answers for one of the suite's endpoints."""
    return f"{other}/sparql?default-graph-uri={endpoint}"


class Endpoint:
    """The query and update endpoints of a server, with a token that may write."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self.pool = urllib3.PoolManager(retries=False, timeout=60)
        self.authorisation = {"Authorization": f"Bearer {token}"}
        self.revision = ""
        self.held: Dataset | None = None

    def request(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> urllib3.BaseHTTPResponse:
        """Send a request as it is, with the token; ``_`` in header names stands for ``-``."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.pool.request(
            method, self.url + path, body=body, headers={**sent, **self.authorisation}
        )

    def update(self, text: str, base: str | None = None) -> urllib3.BaseHTTPResponse:
        """Run an update; what is asked afterwards is asked of a store that knows it."""
        self.held = None
        response = self.request(
            "POST", "/update", _with_base(text, base), Content_Type="application/sparql-update"
        )
        self.revision = response.headers.get("X-Revision", self.revision)
        return response

    def query(
        self, text: str, base: str | None = None, accept: str = ANY
    ) -> urllib3.BaseHTTPResponse:
        """Ask a query."""
        headers = {"X_Revision": self.revision} if self.revision else {}
        return self.request(
            "POST",
            "/sparql",
            _with_base(text, base),
            Content_Type="application/sparql-query",
            Accept=accept,
            **headers,
        )

    def hold(self, dataset: Dataset) -> None:
        """Make the store hold a dataset and nothing else."""
        if self.held == dataset:
            return
        parts = [
            "\n".join(f"{triple} ." for path in dataset.default for triple in triples_of(path))
        ]
        for name, path in dataset.named:
            parts.append(f"GRAPH <{name}> {{")
            parts.extend(f"{triple} ." for triple in triples_of(path, name))
            parts.append("}")
        body = "\n".join(parts)
        response = self.update(f"DROP ALL ; INSERT DATA {{ {body} }}")
        assert response.status in (200, 204), response.data.decode()
        self.held = dataset

    def settle(self) -> None:
        """Wait until questions that name no revision are answered from the newest one."""
        fresh, end = 0, time.monotonic() + 10
        while fresh < 5 and time.monotonic() < end:
            response = self.request("GET", "/sparql?query=ASK%7B%7D", Cache_Control="no-cache")
            fresh = fresh + 1 if response.headers["X-Revision"] == self.revision else 0
            time.sleep(0.02)
        assert fresh, "the readers did not follow"


def _with_base(text: str, base: str | None) -> bytes:
    return (f"BASE <{base}>\n{text}" if base else text).encode()
