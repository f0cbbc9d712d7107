"""CSV files: encoding, delimiter, rows."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import chain, islice

from outcome_graph.draft import Location, Problem, SourceFile
from outcome_graph.errors import SourceError
from outcome_graph.sources.tables.rows import Row, column_letters
from outcome_graph.sources.text import BYTE_ORDER_MARKS
from outcome_graph.tables import find_column
from outcome_graph.tables.guarding import unguarded

__all__ = ["CsvSheet"]

_STROKE = "|"
#: A stroke last: it parts names within cells too.
_DELIMITERS = f",;\t{_STROKE}"
#: Rows looked at to tell the delimiter.
_SAMPLE = 20
_CHUNK = 1 << 20
#: A last line of our own: the parser takes a quotation mark that is never closed for well closed.
_END = "\ue000end of the table\ue000"
#: Accented letters in a row, as no language has them that is written in Windows-1252.
_OTHER_LETTERS = re.compile(r"[À-ÖØ-öø-ÿ]{4,}")
_SAVE = "Save the table as CSV in UTF-8, or as XLSX."


class CsvSheet:
    """A CSV file as a sheet. Its rows are read as they are asked for.

    The delimiter is the one of comma, semicolon, tab and stroke that makes most headings that we
    know; a first line ``sep=;`` decides. The encoding is that of the byte order mark, else
    UTF-8, else Windows-1252 with a warning.

    Parameters:
        source: the file.

    Raises:
        SourceError: it is empty, binary, or in an encoding that cannot be told.
    """

    name: str | None = None

    def __init__(self, source: SourceFile) -> None:
        if not source.data.strip():
            raise SourceError(f"{source.name} is empty: there is nothing to read in it.")
        self.source = source
        self.problems: tuple[Problem, ...] = ()
        self._start, self._encoding = self._find_encoding()
        self._hint = 0
        self._delimiter = self._find_delimiter()

    def rows(self) -> Iterator[Row]:
        """Yield the rows.

        Raises:
            SourceError: a quotation mark is never closed, or a cell is far too long.
        """
        with self._text() as text:
            for _ in range(self._hint):
                text.readline()
            reader = csv.reader(chain(text, (_END,)), delimiter=self._delimiter)
            line = 1 + self._hint
            try:
                for number, cells in enumerate(reader, line):
                    if cells and cells[-1].endswith(_END):
                        if cells != [_END]:
                            raise self._never_closed(line)
                        return
                    yield Row(number, [unguarded(cell) for cell in cells], line)
                    line = reader.line_num + self._hint + 1
            except csv.Error as error:
                raise SourceError(
                    f"{self.source.name} cannot be read from line {line} on: {error}. A quotation "
                    "mark that opens a cell there may not be closed."
                ) from error

    def _never_closed(self, line: int) -> SourceError:
        return SourceError(
            f"{self.source.name}: a quotation mark that opens a cell in the row of line {line} is "
            "never closed, so that the rest of the file would be one cell. Close it; within a text "
            "write it twice."
        )

    def location(self, row: Row, column: int | None) -> Location:
        """Return where a cell is; columns count from 0. Without a column: where the row is."""
        if column is None:
            # They part where a cell above holds a line end.
            return Location(line=row.line if row.line != row.number else None, row=row.number)
        return Location(line=row.line, cell=f"{column_letters(column)}{row.number}")

    def _text(self) -> io.TextIOWrapper:
        stream = io.BytesIO(self.source.data)
        stream.seek(self._start)
        return io.TextIOWrapper(stream, self._encoding, newline="")

    def _find_encoding(self) -> tuple[int, str]:
        name, data = self.source.name, self.source.data
        for mark, encoding in BYTE_ORDER_MARKS:
            if data.startswith(mark):
                place = _undecodable(data, len(mark), encoding)
                if place is not None:
                    raise SourceError(
                        f"{name} begins like {encoding.upper()} text but is not valid: byte "
                        f"{place} cannot be decoded. {_SAVE}"
                    )
                return len(mark), encoding
        if b"\0" in data:
            raise SourceError(f"{name} looks binary, not like a table. {_SAVE}")
        if _undecodable(data, 0, "utf-8") is None:
            return 0, "utf-8"
        place = _undecodable(data, 0, "cp1252")
        if place is not None:
            raise SourceError(
                f"{name} looks binary, or is in an encoding that cannot be told: byte {place} "
                f"fits neither UTF-8 nor Windows-1252. {_SAVE}"
            )
        if found := _OTHER_LETTERS.search(data[:_CHUNK].decode("cp1252")):
            raise SourceError(
                f"{name} is in an encoding that cannot be told: it is not UTF-8, and as "
                f"Windows-1252 it says “{found[0][:40]}”. {_SAVE}"
            )
        warning = Problem(
            "warning",
            f"{name} is not UTF-8 and was read as Windows-1252. Check the accented letters, or "
            "save the table as UTF-8.",
        )
        self.problems = (warning,)
        return 0, "cp1252"

    def _find_delimiter(self) -> str:
        with self._text() as text:
            first = text.readline().strip().strip('"').lower()
            if len(first) == 5 and first.startswith("sep=") and first[4] in _DELIMITERS:
                self._hint = 1
                return first[4]
            if first == "sep=":
                # Its one character, a tab, was stripped.
                self._hint = 1
                return "\t"
        return max(_DELIMITERS, key=self._known_headings)

    def _known_headings(self, delimiter: str) -> tuple[int, int]:
        """Return how many known headings the best of the first rows has, and how many cells."""
        with self._text() as text:
            reader = csv.reader(text, delimiter=delimiter)
            try:
                rows = list(islice(reader, _SAMPLE))
            except csv.Error:
                return (0, 0)
        known = (sum(find_column(cell) is not None for cell in row) for row in rows)
        # Where no heading is known strokes may part the names of a cell.
        width = 0 if delimiter == _STROKE else max(map(len, rows), default=0)
        return max(known, default=0), width


def _undecodable(data: bytes, start: int, encoding: str) -> int | None:
    """Return the offset of the first byte that is not of an encoding; None when all are."""
    decoder = codecs.getincrementaldecoder(encoding)()
    view = memoryview(data)
    for at in range(start, len(data), _CHUNK):
        try:
            decoder.decode(view[at : at + _CHUNK], at + _CHUNK >= len(data))
        except UnicodeDecodeError as error:
            return at + error.start
    return None
