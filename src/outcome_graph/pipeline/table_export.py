"""Records as tables in the form of the template, and the template itself."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from outcome_graph.errors import UsageError
from outcome_graph.model import OutcomeRecord
from outcome_graph.namespaces import IriMinter
from outcome_graph.pipeline.table_cells import CellValue, Labels, record_cells
from outcome_graph.tables import COLUMNS, LANGUAGES
from outcome_graph.tables.guarding import guarded

__all__ = ["TABLE_FORMATS", "template", "write_table"]

TABLE_FORMATS = ("csv", "xlsx")


def write_table(
    records: Iterable[OutcomeRecord], file_format: str, minter: IriMinter, language: str = "en"
) -> Iterator[bytes]:
    """Write records as a table that `sources.read` reads back, one row a record.

    CSV holds codes (LAO, public), for programs; a workbook holds their labels, as its drop-downs
    have them. Texts in a workbook are typed as text: one that begins with "=" is no formula. In CSV
    such a text is written with an apostrophe before it, which reading takes off.

    Parameters:
        records: the records. file_format: "csv" or "xlsx".
        minter: the base. language: of headings and labels.

    Raises:
        UsageError: an unknown format or language.
        RecordError: a text is longer than a cell of a workbook may be.
    """
    _check(file_format, language)
    if file_format == "csv":
        return _csv((record_cells(record, language=language) for record in records), language)
    labels = Labels(minter, language)
    rows = (record_cells(record, labels.name, language) for record in records)
    return iter((_workbook(rows, labels),))


def template(file_format: str, minter: IriMinter, language: str = "en") -> bytes:
    """Return an empty table to fill in: headings and an example row, which is never loaded.

    A workbook also has drop-downs and a sheet of instructions.

    Parameters:
        file_format: "csv" or "xlsx". minter: the base. language: of headings and labels.

    Raises:
        UsageError: an unknown format or language.
    """
    _check(file_format, language)
    example = [column.example.get(language) or None for column in COLUMNS]
    if file_format == "csv":
        # With the mark by which spreadsheet programs know UTF-8: it is for people to open.
        return codecs.BOM_UTF8 + b"".join(_csv([example], language))
    return _workbook([example], Labels(minter, language))


def _workbook(rows: Iterable[Sequence[CellValue]], labels: Labels) -> bytes:
    # openpyxl brings numpy along: a fifth of a second for every command that writes no workbook.
    from outcome_graph.pipeline.table_workbook import write_workbook

    return write_workbook(rows, labels)


def _check(file_format: str, language: str) -> None:
    if file_format not in TABLE_FORMATS:
        raise UsageError(f"A table is one of {', '.join(TABLE_FORMATS)}, not {file_format!r}.")
    if language not in LANGUAGES:
        raise UsageError(f"Tables are in {', '.join(LANGUAGES)}, not {language!r}.")


def _csv(rows: Iterable[Sequence[CellValue]], language: str) -> Iterator[bytes]:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(column.headings.get(language) for column in COLUMNS)
    for row in rows:
        writer.writerow(guarded(cell) if isinstance(cell, str) else cell for cell in row)
        yield out.getvalue().encode()
        out.seek(0)
        out.truncate()
    yield out.getvalue().encode()
