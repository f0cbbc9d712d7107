"""Writing records and whole stores: JSON, RDF syntaxes, tables."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from outcome_graph.errors import SourceError
from outcome_graph.formats import serialise
from outcome_graph.mapping import record_to_plain, record_to_triples
from outcome_graph.model import OutcomeRecord
from outcome_graph.namespaces import IriMinter
from outcome_graph.rdf import Quad

__all__ = ["CONVERT_FORMATS", "EXPORT_FORMATS", "write_records", "write_stream"]

_RDF = {
    "turtle": "text/turtle",
    "nquads": "application/n-quads",
    "trig": "application/trig",
    "jsonld": "application/ld+json",
}
CONVERT_FORMATS = ("json", "turtle", "nquads", "trig", "jsonld", "csv")
EXPORT_FORMATS = ("nquads", "turtle", "trig", "jsonld", "json", "csv")

#: Columns of the table, in the order of the page. Lists are joined by "; ".
COLUMNS = (
    "id",
    "code",
    "country",
    "title",
    "achievedOn",
    "biennium",
    "indicator",
    "step",
    "resultType",
    "visibility",
    "achievement",
    "contribution",
    "genderEquality",
    "legalActs",
    "projects",
    "funders",
    "constituents",
    "sdgGoals",
    "sdgTargets",
    "branches",
    "source",
)
_LIST_SEPARATOR = "; "


def write_records(records: Iterable[OutcomeRecord], target: str, minter: IriMinter) -> bytes:
    """Serialise records.

    Parameters:
        target: one of `CONVERT_FORMATS`. Turtle merges the records' graphs; N-Quads, TriG and
            JSON-LD keep one named graph a record.
    """
    if target == "json":
        plain = [record_to_plain(record) for record in records]
        return (json.dumps(plain, ensure_ascii=False, indent=2) + "\n").encode()
    if target == "csv":
        return _table(records).encode()
    if target == "turtle":
        triples = (t for record in records for t in record_to_triples(record, minter))
        return serialise(dict.fromkeys(triples), _RDF[target])
    return serialise(_quads(records, minter), _RDF[target])


def _quads(records: Iterable[OutcomeRecord], minter: IriMinter) -> Iterator[Quad]:
    for record in records:
        graph = minter.record(record.id)
        for triple in record_to_triples(record, minter):
            yield Quad(triple.subject, triple.predicate, triple.object, graph)


def _table(records: Iterable[OutcomeRecord]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for record in records:
        writer.writerow(_row(record))
    return out.getvalue()


def _row(record: OutcomeRecord) -> dict[str, object]:
    plain = record_to_plain(record)
    row: dict[str, object] = {column: plain[column] for column in COLUMNS}
    row["contribution"] = (plain["contribution"] or {}).get("narrative")
    row["legalActs"] = _joined(a["title"] or a["number"] for a in plain["legalActs"])
    row["projects"] = _joined(p["identifier"] for p in plain["projects"])
    row["funders"] = _joined(plain["funders"])
    row["constituents"] = _joined(c["name"] for c in plain["constituents"])
    for column in ("sdgGoals", "sdgTargets", "branches"):
        row[column] = _joined(plain[column])
    row["source"] = (plain["source"] or {}).get("url") or (plain["source"] or {}).get("name")
    return row


def _joined(values: Iterable[object]) -> str:
    return _LIST_SEPARATOR.join(str(v) for v in values if v is not None)


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
    # No time stamp: the same content gives the same bytes.
    with gzip.GzipFile(fileobj=file, mode="wb", mtime=0) as zipped:
        for chunk in chunks:
            zipped.write(chunk)
