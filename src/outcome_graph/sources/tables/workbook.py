"""The parts of a workbook that its sheets refer to: sheet list, shared strings, date formats.

Follows ECMA-376 part 1, "SpreadsheetML"; both its transitional and its strict namespaces, since
only local names count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from outcome_graph.errors import SourceError
from outcome_graph.sources.tables.package import Attributes, Package, local_name

__all__ = ["SheetEntry", "Workbook", "unescape_xml"]

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
#: Built-in formats of East Asian and Thai dates, which ECMA-376 (18.8.30) leaves to the language.
_LOCAL_DATES = frozenset({*range(27, 37), *range(50, 59), 71, 72, 73, 75, 76, 77, 81})


def unescape_xml(text: str) -> str:
    """Undo SpreadsheetML's way to write characters (``_x000D_``; ECMA-376 part 1, 22.9.2.19)."""
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it."""

    name: str
    part: str
    hidden: bool


@dataclass(slots=True)
class Workbook:
    """What the sheets of a workbook refer to.

    Parameters:
        package: the file.
        sheets: its worksheets in order; charts are left out.
        strings: the texts that cells refer to by number.
        date_styles: the numbers of the cell styles that show dates.
        epoch: the day that dates count from.
    """

    package: Package
    sheets: list[SheetEntry] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    date_styles: set[int] = field(default_factory=set)
    epoch: datetime = WINDOWS_EPOCH

    @classmethod
    def of(cls, package: Package) -> Workbook:
        """Read a workbook's parts, all but the sheets.

        Raises:
            SourceError: it is no workbook, or damaged.
        """
        main = next(
            (r.target for r in package.relations("").values() if r.type == "officeDocument"), None
        )
        if main is None or not package.has(main):
            raise SourceError(
                f"{package.name} is a ZIP archive but no workbook. Save the table as XLSX or CSV."
            )
        book = cls(package)
        relations = package.relations(main)
        book._read_sheets(
            main, {i: r.target for i, r in relations.items() if r.type == "worksheet"}
        )
        parts = {relation.type: relation.target for relation in relations.values()}
        if "sharedStrings" in parts:
            book._read_strings(parts["sharedStrings"])
        if "styles" in parts:
            book._read_styles(parts["styles"])
        return book

    def _read_sheets(self, main: str, worksheets: dict[str, str]) -> None:
        def start(element: str, attributes: Attributes) -> None:
            if element == "sheet":
                ids = [v for k, v in attributes.items() if " " in k and local_name(k) == "id"]
                # Each part once: a part that is listed a thousand times is read once.
                part = next((worksheets.pop(i) for i in ids if i in worksheets), None)
                if part is not None:
                    name, state = attributes.get("name", ""), attributes.get("state", "visible")
                    self.sheets.append(SheetEntry(name, part, state != "visible"))
            elif element == "workbookPr" and attributes.get("date1904") in ("1", "true"):
                self.epoch = MAC_EPOCH

        self.package.parse(main, start)

    def _read_strings(self, part: str) -> None:
        # The readings of characters (rPh) are no part of the text.
        pieces: list[str] = []
        inside: list[str] = []

        def start(element: str, _: Attributes) -> None:
            if element in ("t", "rPh"):
                inside.append(element)

        def text(data: str) -> None:
            if inside == ["t"]:
                pieces.append(data)

        def end(element: str) -> None:
            if element in ("t", "rPh"):
                inside.pop()
            elif element == "si":
                self.strings.append(unescape_xml("".join(pieces)))
                pieces.clear()

        self.package.parse(part, start, end, text)

    def _read_styles(self, part: str) -> None:
        formats: dict[int, str] = dict(BUILTIN_FORMATS)
        inside: list[str] = []
        count = 0

        def start(element: str, attributes: Attributes) -> None:
            nonlocal count
            if element == "numFmt":
                formats[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
            elif element == "cellXfs":
                inside.append(element)
            elif element == "xf" and inside:
                number = _number(attributes.get("numFmtId"))
                if number in _LOCAL_DATES or is_date_format(formats.get(number)):
                    self.date_styles.add(count)
                count += 1

        def end(element: str) -> None:
            if element == "cellXfs":
                inside.pop()

        self.package.parse(part, start, end)


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 9 else 0
