"""Writing records and whole stores: JSON, RDF syntaxes, tables."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from outcome_graph.errors import SourceError
from outcome_graph.formats import serialise
from outcome_graph.mapping import record_to_plain, record_to_triples
from outcome_graph.model import OutcomeRecord
from outcome_graph.namespaces import IriMinter
from outcome_graph.pipeline.table_export import TABLE_FORMATS, write_table
from outcome_graph.rdf import Quad

__all__ = ["CONVERT_FORMATS", "EXPORT_FORMATS", "write_records", "write_stream"]

_RDF = {
    "turtle": "text/turtle",
    "nquads": "application/n-quads",
    "trig": "application/trig",
    "jsonld": "application/ld+json",
}
CONVERT_FORMATS = ("json", "turtle", "nquads", "trig", "jsonld", *TABLE_FORMATS)
EXPORT_FORMATS = ("nquads", "turtle", "trig", "jsonld", "json", *TABLE_FORMATS)


def write_records(records: Iterable[OutcomeRecord], target: str, minter: IriMinter) -> bytes:
    """Serialise records.

    Parameters:
        target: one of `CONVERT_FORMATS`. Turtle merges the records' graphs; N-Quads, TriG and
            JSON-LD keep one named graph a record. Tables have the form of the template.
    """
    if target == "json":
        plain = [record_to_plain(record) for record in records]
        return (json.dumps(plain, ensure_ascii=False, indent=2) + "\n").encode()
    if target in TABLE_FORMATS:
        return b"".join(write_table(records, target, minter))
    if target == "turtle":
        triples = (t for record in records for t in record_to_triples(record, minter))
        return serialise(dict.fromkeys(triples), _RDF[target])
    return serialise(_quads(records, minter), _RDF[target])


def _quads(records: Iterable[OutcomeRecord], minter: IriMinter) -> Iterator[Quad]:
    for record in records:
        graph = minter.record(record.id)
        for triple in record_to_triples(record, minter):
            yield Quad(triple.subject, triple.predicate, triple.object, graph)


def write_stream(chunks: Iterable[bytes], target: Path | BinaryIO, *, compress: bool) -> None:
    """Write chunks to a file (complete or not at all) or an open binary stream.

    Raises:
        SourceError: the file cannot be written.
    """
    if not isinstance(target, Path):
        _write(chunks, target, compress)
        return
    partial = target.with_name(target.name + ".part")
    try:
        with partial.open("wb") as file:
            _write(chunks, file, compress)
        partial.replace(target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise SourceError(f"{target} cannot be written: {error.strerror}.") from error


def _write(chunks: Iterable[bytes], file: BinaryIO, compress: bool) -> None:
    if not compress:
        for chunk in chunks:
            file.write(chunk)
        file.flush()
        return
    # Neither time nor file name: the same content gives the same bytes.
    with gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0) as zipped:
        for chunk in chunks:
            zipped.write(chunk)
