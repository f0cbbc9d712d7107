"""Writing records and whole stores: JSON, RDF syntaxes, tables."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from outcome_graph.errors import SourceError, UsageError
from outcome_graph.formats import serialise
from outcome_graph.mapping import record_to_cids, record_to_plain, record_to_triples
from outcome_graph.model import Organisation, OutcomeRecord
from outcome_graph.namespaces import IriMinter
from outcome_graph.pipeline.iati_export import by_activity, write_iati
from outcome_graph.pipeline.table_export import TABLE_FORMATS, write_table
from outcome_graph.rdf import Quad
from outcome_graph.store import Store

__all__ = ["CONVERT_FORMATS", "EXPORT_FORMATS", "write_records", "write_store", "write_stream"]

_RDF = {
    "turtle": "text/turtle",
    "nquads": "application/n-quads",
    "trig": "application/trig",
    "jsonld": "application/ld+json",
}
CONVERT_FORMATS = ("json", "turtle", "nquads", "trig", "jsonld", "iati", "cids", *TABLE_FORMATS)
EXPORT_FORMATS = ("nquads", "turtle", "trig", "jsonld", "json", "iati", "cids", *TABLE_FORMATS)


def write_records(
    records: Iterable[OutcomeRecord],
    target: str,
    minter: IriMinter,
    language: str = "en",
    reporter: Organisation | None = None,
) -> bytes:
    """Serialise records.

    Parameters:
        target: one of `CONVERT_FORMATS`. Turtle merges the records' graphs; N-Quads, TriG and
            JSON-LD keep one named graph a record. Tables have the form of the template. CIDS is an
            array of JSON-LD documents, one a record.
        language: of the headings and labels of tables.
        reporter: of IATI, who reports the results of which no reporting organisation is known.

    Raises:
        RecordError: the format is IATI, and no record makes an activity.
    """
    if target == "iati":
        records = by_activity(records, reporter)
    return b"".join(_chunks(records, target, minter, language, reporter))


def write_store(
    store: Store,
    records: Iterable[OutcomeRecord],
    minter: IriMinter,
    file_format: str,
    target: Path | BinaryIO,
    *,
    language: str,
    compress: bool,
    reporter: Organisation | None = None,
) -> None:
    """Write everything in a store: all its graphs, or its records.

    Parameters:
        records: those in the store.
        file_format: one of `EXPORT_FORMATS`; the RDF syntaxes hold all graphs.
        language: of the headings and labels of tables.
        reporter: as in `write_records`.

    Raises:
        UsageError: an unknown format or language.
        SourceError: the file cannot be written.
        RecordError: the format is IATI, and no record makes an activity.
    """
    if file_format not in EXPORT_FORMATS:
        raise UsageError(f"Export to one of {', '.join(EXPORT_FORMATS)}, not {file_format!r}.")
    if file_format in _RDF:
        chunks = store.dump(_RDF[file_format])
    else:
        chunks = _chunks(records, file_format, minter, language, reporter)
    write_stream(chunks, target, compress=compress)


def _chunks(
    records: Iterable[OutcomeRecord],
    target: str,
    minter: IriMinter,
    language: str,
    reporter: Organisation | None,
) -> Iterator[bytes]:
    """Serialise records piece by piece where the format allows, so that memory stays flat."""
    if target == "cids":
        return write_cids(records, minter)
    if target == "iati":
        return write_iati(records, minter, reporter=reporter)
    if target in TABLE_FORMATS:
        return iter(write_table(records, target, minter, language))
    return iter([_whole(records, target, minter)])


def _whole(records: Iterable[OutcomeRecord], target: str, minter: IriMinter) -> bytes:
    if target == "json":
        plain = [record_to_plain(record) for record in records]
        return (json.dumps(plain, ensure_ascii=False, indent=2) + "\n").encode()
    if target == "turtle":
        triples = (t for record in records for t in record_to_triples(record, minter))
        return serialise(dict.fromkeys(triples), _RDF[target])
    return serialise(_quads(records, minter), _RDF[target])


def write_cids(records: Iterable[OutcomeRecord], minter: IriMinter) -> Iterator[bytes]:
    """Write records in the Common Impact Data Standard: an array of JSON-LD documents."""
    before = b"["
    for record in records:
        document = json.dumps(record_to_cids(record, minter), ensure_ascii=False, indent=1)
        yield before + b"\n" + document.encode()
        before = b","
    yield b"[]\n" if before == b"[" else b"\n]\n"


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
        raise SourceError(f"{target} cannot be written: {error.strerror}.") from error
    finally:
        partial.unlink(missing_ok=True)


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
