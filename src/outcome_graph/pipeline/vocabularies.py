"""Reference vocabularies in the store: what ``init`` loads and ``vocab install`` brings.

The UN's SDG Knowledge Organization System: Amit Joshi, Luis Gonzalez Morales, Szymon Klarman, and
Aaron Helton. 2019. A Knowledge Organization System for the United Nations Sustainable Development
Goals. New York, NY. It is fetched for the user from its publisher, never shipped.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import urllib3

from outcome_graph.errors import NotFoundError, UsageError, VocabularyError
from outcome_graph.namespaces import RDF, SDGO, SKOS
from outcome_graph.pipeline.places import RecordStores
from outcome_graph.rdf import Literal, NamedNode, Triple, format_for, parse_quads
from outcome_graph.store import Commit, GraphChange

__all__ = ["InstalledVocabulary", "VocabularyEntry", "install", "official_sdg", "remove"]

#: Where the UN publishes the vocabulary's files, with the SHA-256 of the edition of May 2020.
PUBLISHER = "https://raw.githubusercontent.com/UNStats/LOD4Stats/master/sdg-data/"
FILES: dict[str, str] = {
    "sdg-codes.ttl": ("92fd9f4735a03b7d7342c6ac048fe41113caecbe887829d923fdb2c7b22246fe"),
    "sdg-kos-goals-targets-indicators.ttl": (
        "cb6b5600333b3a4f6498f9817db1a41244dd6b5758c274c42c6240a20259503e"
    ),
    "sdg-kos-subject-mappings.ttl": (
        "bec0c5d1920e6c2cf03f94dd99b601f922a15952e6b2d261acec0f8b5398a6da"
    ),
    "sdgs-ontology.ttl": ("5a00ffa8ae4face41dd293e766f4ea6671eb14d1833132967081935fc6634086"),
}
_MAX_BYTES = 50_000_000
_TIMEOUT = urllib3.Timeout(connect=10, read=60)


@dataclass(frozen=True, slots=True)
class VocabularyEntry:
    """A vocabulary in the store: graph name, number of named things and of statements."""

    name: str
    things: int
    triples: int


@dataclass(frozen=True, slots=True)
class InstalledVocabulary:
    """What an installation brought."""

    goals: int
    targets: int
    indicators: int
    triples: int


def install(stores: RecordStores, name: str, origin: str | None) -> InstalledVocabulary:
    """Put an official vocabulary into the public store, in place of what it has of it.

    Parameters:
        name: "sdg". origin: see `official_sdg`.

    Raises:
        UsageError: there is no vocabulary of this name.
        VocabularyError: it cannot be fetched or read, or is not the vocabulary.
    """
    graph = _graph(stores, name)
    triples, installed = official_sdg(origin)
    with stores.writing:
        _commit(stores, "install", GraphChange(graph, tuple(triples)))
    return installed


def remove(stores: RecordStores, name: str) -> int:
    """Remove an official vocabulary from the store, and return how many statements it had.

    Raises:
        UsageError: there is no vocabulary of this name.
        NotFoundError: it is not installed.
    """
    graph = _graph(stores, name)
    with stores.writing:
        held = len(stores.public.graph(graph))
        if not held:
            raise NotFoundError(f"The official vocabulary {name} is not installed.")
        _commit(stores, "remove", GraphChange(graph, None))
    return held


def _graph(stores: RecordStores, name: str) -> NamedNode:
    if name != "sdg":
        raise UsageError(f"There is no vocabulary “{name[:40]}” to install. There is: sdg.")
    return stores.minter.graph("sdg-official")


def _commit(stores: RecordStores, verb: str, change: GraphChange) -> None:
    reason = f"{verb} the official SDG vocabulary"
    stores.public.commit(Commit(changes=(change,), reason=reason, agent="vocab"))


def official_sdg(origin: str | None) -> tuple[list[Triple], InstalledVocabulary]:
    """Read the UN's official SDG vocabulary.

    Parameters:
        origin: a file, a folder of Turtle files or an address; None for the publisher, whose
            files must have the digests of the edition that was checked.

    Raises:
        VocabularyError: it cannot be fetched or read, or is not the SDG vocabulary.
    """
    if origin is None:
        documents = [(name, _published(name, digest)) for name, digest in FILES.items()]
    elif urlsplit(origin).scheme in ("http", "https"):
        documents = [(origin, _fetch(origin))]
    elif "://" in origin:
        raise VocabularyError(
            f"{origin} cannot be fetched. Name a file, a folder, or an address that begins with "
            "http:// or https://."
        )
    else:
        documents = _local(Path(origin))
    read = dict.fromkeys(t for name, data in documents for t in _parse(name, data))
    triples = list(_of_one_name(read))
    return triples, _checked(triples, origin)


def _of_one_name(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Leave out preferred names beside the longest of a language: SKOS allows one.

    The edition of 2019 has more by mistake: target 12.3 is also called "By 2030,d", and in French
    and Spanish "Macroeconomic Dashboard", which is indicator 17.13.1.
    """
    kept = list(triples)
    longest: dict[tuple[object, str | None], str] = {}
    for t in kept:
        if t.predicate == SKOS.prefLabel and isinstance(t.object, Literal):
            of = t.subject, t.object.language
            longest[of] = max(longest.get(of, ""), t.object.value, key=len)
    for t in kept:
        name = t.object if t.predicate == SKOS.prefLabel else None
        if not isinstance(name, Literal) or longest[t.subject, name.language] == name.value:
            yield t


def _published(name: str, digest: str) -> bytes:
    data = _fetch(PUBLISHER + name)
    found = hashlib.sha256(data).hexdigest()
    if found != digest:
        raise VocabularyError(
            f"{PUBLISHER}{name} is not the edition that was checked (SHA-256 {found[:12]}…, "
            f"expected {digest[:12]}…). To install another edition, download it, look at it, and "
            "name it: outcome-graph vocab install sdg --from FILE"
        )
    return data


def _fetch(url: str) -> bytes:
    try:
        with urllib3.PoolManager(timeout=_TIMEOUT, retries=urllib3.Retry(2)) as pool:
            response = pool.request("GET", url, preload_content=False)
            data = response.read(_MAX_BYTES + 1)
            response.release_conn()
    except urllib3.exceptions.HTTPError as error:
        raise VocabularyError(
            f"{url} cannot be reached ({_why(error)}). Check the network, or download "
            "the files elsewhere and name them: outcome-graph vocab install sdg --from FILE"
        ) from error
    if response.status != 200:
        raise VocabularyError(
            f"{url} answered {response.status}. Download the files elsewhere and name them: "
            "outcome-graph vocab install sdg --from FILE"
        )
    if len(data) > _MAX_BYTES:
        raise VocabularyError(f"{url} is larger than {_MAX_BYTES} bytes: it is not what it claims.")
    return data


def _why(error: urllib3.exceptions.HTTPError) -> str:
    reason = getattr(error, "reason", None) or error
    return type(reason).__name__.removesuffix("Error")


def _local(path: Path) -> list[tuple[str, bytes]]:
    files = sorted(path.glob("*.ttl")) if path.is_dir() else [path]
    if not files:
        raise VocabularyError(f"The folder {path} holds no Turtle files (*.ttl).")
    try:
        return [(str(file), file.read_bytes()) for file in files]
    except FileNotFoundError as error:
        raise VocabularyError(f"There is no file {path}.") from error
    except OSError as error:
        raise VocabularyError(f"{path} cannot be read: {error.strerror}.") from error


def _parse(name: str, data: bytes) -> list[Triple]:
    rdf_format = format_for(name.rsplit(".", 1)[-1]) or format_for("ttl")
    assert rdf_format is not None
    try:
        return [quad.triple for quad in parse_quads(data, rdf_format, where=name)]
    except Exception as error:
        raise VocabularyError(str(error)) from error


def _checked(triples: list[Triple], origin: str | None) -> InstalledVocabulary:
    kinds = {
        kind: {t.subject for t in triples if t.predicate == RDF.type and t.object == SDGO[kind]}
        for kind in ("Goal", "Target", "Indicator")
    }
    labelled = {
        t.subject
        for t in triples
        if t.predicate == SKOS.prefLabel and isinstance(t.object, Literal)
    }
    goals, targets, indicators = (len(kinds[k] & labelled) for k in kinds)
    if goals != 17 or targets != 169:
        raise VocabularyError(
            f"{origin or PUBLISHER} is not the official SDG vocabulary: it labels {goals} goals "
            f"and {targets} targets where 17 and 169 are expected."
        )
    return InstalledVocabulary(goals, targets, indicators, len(triples))
