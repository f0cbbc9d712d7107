"""The sheets of a workbook as rows, read piece by piece.

Written on expat rather than on a library's reader: memory stays bounded, merged cells and formulas
without a value are seen, and texts come out exactly as they were written.
"""

from __future__ import annotations

import datetime
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from openpyxl.utils.datetime import from_excel

from outcome_graph.draft import Location, Problem, SourceFile
from outcome_graph.errors import SourceError
from outcome_graph.sources.tables.package import Attributes, Package
from outcome_graph.sources.tables.rows import Cell, Fault, Row, column_letters
from outcome_graph.sources.tables.workbook import SheetEntry, Workbook, unescape_xml

__all__ = ["MAX_COLUMNS", "XlsxSheet", "xlsx_sheets"]

MAX_COLUMNS = 1000
#: What SpreadsheetML allows.
_MAX_ROWS = 1_048_576
_MAX_MERGES = 1000
_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
_MERGE_WORDS = (b"mergeCell", b"m\0e\0r\0g\0e\0C\0e\0l\0l")


@dataclass(frozen=True, slots=True)
class _Merge:
    """A merged range; columns count from 0, the last ones belong to it."""

    reference: str
    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def fault(self, above: Cell = None, beside: Cell = None) -> Fault:
        """Return what its cells but the first hold: it has the value, above or beside them."""
        return Fault(
            f"the cells {self.reference} are merged, and only the first holds the value. Unmerge "
            "them and fill in each.",
            above,
            beside,
        )


def xlsx_sheets(source: SourceFile, max_bytes: int) -> tuple[list[XlsxSheet], list[str]]:
    """Open a workbook.

    Parameters:
        source: the file. max_bytes: what it may hold, decompressed.

    Returns:
        Its visible sheets, and the names of the hidden ones.

    Raises:
        SourceError: it is no workbook, damaged, protected, or holds a DOCTYPE.
        TooLargeError: it is too large decompressed.
        UnsupportedSourceError: it holds macros.
    """
    book = Workbook.of(Package(source, max_bytes))
    shown = [XlsxSheet(book, entry) for entry in book.sheets if not entry.hidden]
    return shown, [entry.name for entry in book.sheets if entry.hidden]


class XlsxSheet:
    """A worksheet.

    Parameters:
        book: its workbook. entry: what the workbook says of it.
    """

    problems: tuple[Problem, ...] = ()

    def __init__(self, book: Workbook, entry: SheetEntry) -> None:
        self.book = book
        self.entry = entry
        self._merges: list[_Merge] | None = None

    @property
    def name(self) -> str:
        """Its name."""
        return self.entry.name

    @property
    def day_0(self) -> datetime.date:
        """The day that the workbook counts days from."""
        return self.book.epoch.date()

    def location(self, row: Row, column: int | None) -> Location:
        """Return where a cell is; columns count from 0. Without a column: where the row is."""
        if column is None:
            return Location(sheet=self.name, row=row.number)
        return Location(sheet=self.name, cell=f"{column_letters(column)}{row.number}")

    def rows(self) -> Iterator[Row]:
        """Yield the rows that hold anything.

        Raises:
            SourceError: the sheet is damaged, or has more columns or merged cells than is allowed.
        """
        parser = _Parser(self)
        steps = self.book.package.parse_steps(
            self.entry.part, parser.start, parser.end, parser.text
        )
        merges = deque(self._merged())
        open_: dict[_Merge, Cell] = {}
        for _ in steps:
            while parser.rows:
                row = parser.rows.popleft()
                while merges and merges[0].first_row <= row.number:
                    merge = merges.popleft()
                    open_[merge] = _at(row, merge) if merge.first_row == row.number else None
                open_ = {m: value for m, value in open_.items() if m.last_row >= row.number}
                if open_ and _is_one_cell(row, open_):
                    row = replace(row, across=True)
                else:
                    for merge, value in open_.items():
                        _mark(row, merge, value)
                yield row

    def _merged(self) -> list[_Merge]:
        """Return the merged ranges in order of their first row; they stand after the rows."""
        if self._merges is None:
            found: list[_Merge] = []

            def start(element: str, attributes: Attributes) -> None:
                if element == "mergeCell":
                    found.append(self._merge(attributes.get("ref", "")))
                    if len(found) > _MAX_MERGES:
                        raise self.refusal(f"has more than {_MAX_MERGES:,} merged cells")

            if self._mentions_merges():
                self.book.package.parse(self.entry.part, start)
            self._merges = sorted(found, key=lambda merge: merge.first_row)
        return self._merges

    def _mentions_merges(self) -> bool:
        tail = b""
        for chunk in self.book.package.chunks(self.entry.part):
            if any(word in tail + chunk for word in _MERGE_WORDS):
                return True
            tail = chunk[-32:]
        return False

    def _merge(self, reference: str) -> _Merge:
        found = _RANGE.fullmatch(reference)
        if found is None:
            raise self.refusal(f"is damaged: {reference[:40]!r} is no range of cells")
        return _Merge(
            reference,
            int(found[2]),
            _column_number(found[1]),
            int(found[4] or found[2]),
            _column_number(found[3] or found[1]),
        )

    def refusal(self, what: str) -> SourceError:
        """Return the error that the sheet cannot be read."""
        return SourceError(
            f"{self.book.package.name}, sheet {self.name}, {what}. Copy the rows into a new "
            "workbook (`outcome-graph template xlsx` makes one) and save it."
        )


class _Parser:
    """Makes rows of the elements of a sheet."""

    def __init__(self, sheet: XlsxSheet) -> None:
        self.sheet = sheet
        self.rows: deque[Row] = deque()
        self._strings = sheet.book.strings
        self._dates = sheet.book.date_styles
        self._number = 0
        self._cells: list[Cell] = []
        self._column = -1
        self._type = "n"
        self._style = 0
        self._formula = False
        self._pieces: list[str] = []
        self._reading = False
        self._phonetic = False

    def start(self, element: str, attributes: Attributes) -> None:
        """Take the start of an element."""
        if element == "c":
            self._start_cell(attributes)
        elif element in ("v", "t"):
            self._reading = not self._phonetic
        elif element == "f":
            self._formula = True
        elif element == "rPh":
            self._phonetic = True
        elif element == "row":
            number = attributes.get("r", "")
            self._start_row(int(number) if number.isdecimal() and len(number) < 9 else None)

    def text(self, data: str) -> None:
        """Take character data."""
        if self._reading:
            self._pieces.append(data)

    def end(self, element: str) -> None:
        """Take the end of an element."""
        if element == "c":
            value = self._value()
            if value is not None:
                self._put(value)
        elif element in ("v", "t"):
            self._reading = False
        elif element == "rPh":
            self._phonetic = False
        elif element == "row" and self._cells:
            self.rows.append(Row(self._number, self._cells))

    def _start_row(self, number: int | None) -> None:
        number = self._number + 1 if number is None else number
        if not self._number < number <= _MAX_ROWS:
            raise self.sheet.refusal(f"is damaged: row {number} follows row {self._number}")
        self._number = number
        self._cells = []
        self._column = -1

    def _start_cell(self, attributes: Attributes) -> None:
        address = _ADDRESS.fullmatch(attributes.get("r", ""))
        self._column = _column_number(address[1]) if address else self._column + 1
        self._type = attributes.get("t", "n")
        style = attributes.get("s", "")
        self._style = int(style) if style.isdecimal() and len(style) < 9 else 0
        self._formula = False
        self._pieces = []

    def _put(self, value: Cell) -> None:
        if self._column >= MAX_COLUMNS:
            raise self.sheet.refusal(f"has more than {MAX_COLUMNS:,} columns")
        missing = self._column + 1 - len(self._cells)
        if missing > 0:
            self._cells.extend([None] * missing)
        self._cells[self._column] = value

    def _value(self) -> Cell:
        words = "".join(self._pieces)
        if not words:
            return Fault(_UNCOMPUTED) if self._formula else None
        try:
            return self._typed(words)
        except (ValueError, OverflowError, IndexError):
            return Fault(f"the value {words[:60]!r} cannot be read. Write it anew.")

    def _typed(self, words: str) -> Cell:
        if self._type == "s":
            return self._strings[int(words)]
        if self._type in ("inlineStr", "str"):
            return unescape_xml(words)
        if self._type == "b":
            return words.strip() in ("1", "true")
        if self._type == "e":
            return Fault(
                f"the cell shows the error {words[:40]}. Mend the formula, or write the value."
            )
        if self._type == "d":
            return datetime.date.fromisoformat(words[:10])
        number = float(words)
        if self._style in self._dates:
            day: datetime.date | datetime.time = from_excel(number, self.sheet.book.epoch)
            return day
        return int(number) if number.is_integer() and abs(number) < 1e15 else number


_UNCOMPUTED = (
    "the cell holds a formula whose value is not stored. Open the file in a spreadsheet program "
    "and save it there, or write the value in place of the formula."
)


def _at(row: Row, merge: _Merge) -> Cell:
    """The value of a merged range, which stands in the first row of it."""
    return row.cells[merge.first_column] if merge.first_column < len(row.cells) else None


def _is_one_cell(row: Row, merges: Iterable[_Merge]) -> bool:
    """Whether a row is one cell that is merged across."""
    filled = len(row.cells) - row.cells.count(None)
    return filled == 1 and all(m.first_row == m.last_row == row.number for m in merges)


def _mark(row: Row, merge: _Merge, value: Cell) -> None:
    """Put the fault of a merged range into its cells in a row, the first of all left as it is."""
    last = min(merge.last_column, MAX_COLUMNS - 1)
    assert isinstance(row.cells, list)
    row.cells.extend([None] * (last + 1 - len(row.cells)))
    if row.number > merge.first_row:
        row.cells[merge.first_column] = None if value is None else merge.fault(value)
    for column in range(merge.first_column + 1, last + 1):
        row.cells[column] = None if value is None else merge.fault(beside=value)


def _column_number(letters: str) -> int:
    """Return the number, from 0, of a column given by letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
