"""What each commit writes about a record: when, its revision, completeness and conformance."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from outcome_graph.namespaces import DCTERMS, OG, SH, XSD, IriMinter
from outcome_graph.rdf import Literal, Triple

__all__ = ["RecordMetadata", "metadata_of", "metadata_triples", "same_record", "with_metadata"]

_PREDICATES = (DCTERMS.modified, OG.revision, OG.completeness, SH.conforms)


@dataclass(frozen=True, slots=True)
class RecordMetadata:
    """Metadata of a record graph.

    Parameters:
        modified: time of the commit, UTC.
        revision: the revision that commit made.
        completeness: 0 to 1, by the weights of the shapes graph.
        conforms: whether it has no violation.
    """

    modified: datetime.datetime
    revision: int
    completeness: float
    conforms: bool


def with_metadata(
    triples: Iterable[Triple], record_id: str, metadata: RecordMetadata, minter: IriMinter
) -> list[Triple]:
    """Return the triples of a record's graph with this metadata in place of any other."""
    node = minter.record(record_id)
    kept = [t for t in triples if not (t.predicate in _PREDICATES and t.subject == node)]
    return kept + metadata_triples(record_id, metadata, minter)


def same_record(
    one: Iterable[Triple], other: Iterable[Triple], record_id: str, minter: IriMinter
) -> bool:
    """Tell whether two versions of a record's graph differ in their metadata at most."""
    first, second = (
        {t for t in version if not (t.predicate in _PREDICATES and t.subject == node)}
        for node in [minter.record(record_id)]
        for version in (one, other)
    )
    return first == second


def metadata_triples(record_id: str, metadata: RecordMetadata, minter: IriMinter) -> list[Triple]:
    """Return the statements of a record's metadata."""
    node = minter.record(record_id)
    time = metadata.modified.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    values = (
        Literal(time, datatype=XSD.dateTime),
        Literal(str(metadata.revision), datatype=XSD.integer),
        Literal(f"{metadata.completeness:.3f}".rstrip("0").rstrip("."), datatype=XSD.decimal),
        Literal("true" if metadata.conforms else "false", datatype=XSD.boolean),
    )
    return [Triple(node, p, v) for p, v in zip(_PREDICATES, values, strict=True)]


def metadata_of(
    triples: Iterable[Triple], record_id: str, minter: IriMinter
) -> RecordMetadata | None:
    """Return the metadata that a record's graph carries, None when it carries none or not all."""
    node = minter.record(record_id)
    values = {
        t.predicate: t.object.value
        for t in triples
        if t.subject == node and t.predicate in _PREDICATES and isinstance(t.object, Literal)
    }
    if len(values) < len(_PREDICATES):
        return None
    modified, revision, completeness, conforms = (values[p] for p in _PREDICATES)
    return RecordMetadata(
        modified=datetime.datetime.fromisoformat(modified),
        revision=int(revision),
        completeness=float(completeness),
        conforms=conforms in ("true", "1"),
    )
