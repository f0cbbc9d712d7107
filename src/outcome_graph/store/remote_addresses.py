"""Where a remote engine is: its three addresses, and what lets us in.

The addresses of updates and graphs are guessed from the query address for engines whose layout is
known, and named by settings for all others. The guesses follow the engines' own documentation:

===========================  ==================  =====================  ===========================
engine                       query               update                 graph store
===========================  ==================  =====================  ===========================
Oxigraph                     /query              /update                /store
Apache Jena Fuseki           /DATASET/query      /DATASET/update        /DATASET/data
                             (or /sparql)
RDF4J, GraphDB               /repositories/R     /repositories/R/       /repositories/R/
                                                 statements             rdf-graphs/service
Amazon Neptune               :8182/sparql        :8182/sparql           :8182/sparql/gsp/
===========================  ==================  =====================  ===========================
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from outcome_graph.errors import UsageError
from outcome_graph.settings import Settings

__all__ = ["Addresses", "addresses_of", "authorisation", "is_address"]

_NEPTUNE_PORT = 8182


@dataclass(frozen=True, slots=True)
class Addresses:
    """URLs of an engine. ``update`` and ``graphs`` are "" where they are not known.

    Parameters:
        query: SPARQL 1.1 Protocol, queries.
        update: SPARQL 1.1 Protocol, updates.
        graphs: SPARQL 1.1 Graph Store HTTP Protocol, indirect.
    """

    query: str
    update: str
    graphs: str


def is_address(store: str) -> bool:
    """Tell whether a store is named by the address of an engine, not by a folder."""
    return store.lower().startswith(("http://", "https://"))


def addresses_of(settings: Settings) -> Addresses:
    """Return the addresses that the settings name, or that follow from the query address.

    Raises:
        UsageError: an address is malformed, or holds a password.
    """
    query = _checked(settings.store, "--store")
    update, graphs = _guessed(query)
    if settings.update_url:
        update = _checked(settings.update_url, "OUTCOME_GRAPH_UPDATE_URL").geturl()
    if settings.graphs_url:
        graphs = _checked(settings.graphs_url, "OUTCOME_GRAPH_GRAPHS_URL").geturl()
    return Addresses(query.geturl(), update, graphs)


def _checked(address: str, name: str) -> SplitResult:
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError as error:
        raise UsageError(f"{name} is no address: {error}.") from error
    if parts.username is not None or parts.password is not None:
        raise UsageError(
            f"{name} must not hold a user or password: addresses are logged. "
            "Put them into OUTCOME_GRAPH_STORE_USER and OUTCOME_GRAPH_STORE_PASSWORD."
        )
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or port == 0:
        raise UsageError(f"{name} must be an address such as http://host:3030/dataset/query.")
    if parts.fragment:
        raise UsageError(f"{name} must not hold a # part.")
    return parts


def _guessed(query: SplitResult) -> tuple[str, str]:
    """Return the likely addresses of updates and of the graph store."""

    def at(path: str) -> str:
        return query._replace(path=path, query="").geturl()

    path = query.path.rstrip("/")
    if path == "/query":
        return at("/update"), at("/store")
    if path == "/sparql" and query.port == _NEPTUNE_PORT:
        return at("/sparql"), at("/sparql/gsp/")
    if match := re.fullmatch(r"(.+)/(?:query|sparql)", path):
        return at(f"{match[1]}/update"), at(f"{match[1]}/data")
    if re.fullmatch(r".*/repositories/[^/]+", path):
        return at(f"{path}/statements"), at(f"{path}/rdf-graphs/service")
    return "", ""


def authorisation(settings: Settings) -> str | None:
    """Return the Authorization header's value, None when no credentials are set.

    Raises:
        UsageError: both kinds are set, or one half of one, or they hold line breaks.
    """
    user, password = settings.store_user, settings.store_password
    token = settings.store_token
    if any(c in part for part in (user, password, token) for c in "\r\n"):
        raise UsageError("Credentials of the engine must not hold line breaks.")
    if token:
        if user or password:
            raise UsageError(
                "Set either OUTCOME_GRAPH_STORE_TOKEN, or OUTCOME_GRAPH_STORE_USER and "
                "OUTCOME_GRAPH_STORE_PASSWORD, not both."
            )
        return f"Bearer {token}"
    if not user and not password:
        return None
    if not user or ":" in user:
        raise UsageError(
            "OUTCOME_GRAPH_STORE_USER must name the user (without a colon) that "
            "OUTCOME_GRAPH_STORE_PASSWORD belongs to."
        )
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
