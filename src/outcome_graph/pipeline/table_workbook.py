"""The workbook: rows with drop-downs, a sheet of instructions, a hidden sheet of values."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from outcome_graph.errors import RecordError
from outcome_graph.pipeline.table_cells import CellValue, Labels
from outcome_graph.tables import COLUMNS, SHEET_NAMES, Column, Kind, Words

__all__ = ["write_workbook"]

#: What spreadsheet programs allow in a cell.
_MAX_TEXT = 32_767
#: Empty rows below the last one that have drop-downs too.
_SPARE_ROWS = 1000
_DATE = "yyyy-mm-dd"
_HEAD = PatternFill("solid", fgColor="1F4E79")
_LIKE_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA_STARTS = ("=", "+", "-", "@")
_MAX_PROMPT, _MAX_PROMPT_TITLE = 255, 32

_INTRODUCTION = (
    Words(
        "One row is one outcome. Fill in the first sheet, save it, and load it with: "
        "outcome-graph load FILE",
        "Une ligne est un résultat. Remplissez la première feuille, enregistrez-la et chargez-la "
        "avec : outcome-graph load FICHIER",
        "Una fila es un resultado. Rellene la primera hoja, guárdela y cárguela con: "
        "outcome-graph load ARCHIVO",
    ),
    Words(
        "The row below the headings is an example; write over it or delete it. A row whose record "
        "ID is EXAMPLE is not read.",
        "La ligne sous les en-têtes est un exemple ; remplacez-la ou supprimez-la. Une ligne dont "
        "l'identifiant est EXEMPLE n'est pas lue.",
        "La fila bajo los encabezados es un ejemplo; sustitúyala o bórrela. Una fila cuyo "
        "identificador es EJEMPLO no se lee.",
    ),
    Words(
        "Columns may be left out, moved and, where they hold lists, repeated (Constituent 1, "
        "Constituent 2).",
        "Les colonnes peuvent être omises, déplacées et, si elles contiennent des listes, répétées "
        "(Mandant 1, Mandant 2).",
        "Las columnas pueden omitirse, moverse y, si contienen listas, repetirse (Mandante 1, "
        "Mandante 2).",
    ),
    Words(
        "In lists, part items by ; and the parts of an item by |. Write \\; and \\| for these "
        "signs themselves.",
        "Dans les listes, séparez les éléments par ; et les parties d'un élément par |. Écrivez "
        "\\; et \\| pour ces signes mêmes.",
        "En las listas, separe los elementos con ; y las partes de un elemento con |. Escriba "
        "\\; y \\| para los propios signos.",
    ),
    Words(
        "Write dates as 2022-05-17. A date such as 03/04/2022 may mean two days and is refused.",
        "Écrivez les dates sous la forme 2022-05-17. Une date comme 03/04/2022 peut désigner deux "
        "jours et est refusée.",
        "Escriba las fechas como 2022-05-17. Una fecha como 03/04/2022 puede significar dos días y "
        "se rechaza.",
    ),
)
_HELP_HEADINGS = (
    Words("Column", "Colonne", "Columna"),
    Words("What to write", "Que faut-il écrire", "Qué escribir"),
    Words("Example", "Exemple", "Ejemplo"),
    Words("Values", "Valeurs", "Valores"),
)
_UNKNOWN_VALUE = Words(
    "This value is not in the list. Keep it?",
    "Cette valeur n'est pas dans la liste. La garder ?",
    "Este valor no está en la lista. ¿Conservarlo?",
)


def write_workbook(rows: Iterable[Sequence[CellValue]], labels: Labels) -> bytes:
    """Write rows as a workbook of the template's form.

    Parameters:
        rows: cells in the order of the columns. labels: of the drop-downs, and the language.

    Raises:
        RecordError: a text is longer than a cell may be.
    """
    book = openpyxl.Workbook(write_only=True)
    book.properties.creator = "outcome-graph"
    choices = {c.scheme: labels.choices(c.scheme) for c in COLUMNS if c.scheme}
    _write_rows(book, rows, labels.language, choices)
    _write_instructions(book, labels.language, choices)
    _write_lists(book, labels.language, choices)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_rows(
    book: Any,
    rows: Iterable[Sequence[CellValue]],
    language: str,
    choices: dict[str, list[str]],
) -> None:
    sheet = book.create_sheet(SHEET_NAMES["outcomes"].get(language))
    sheet.freeze_panes = "A2"
    for number, column in enumerate(COLUMNS, 1):
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = column.width
        # Cells yet to be filled in are text, lest "8.1.1" or "2008-09" become dates.
        dimension.number_format = _DATE if column.kind is Kind.DATE else "@"
    sheet.append([_heading(sheet, column.headings.get(language)) for column in COLUMNS])
    last = 1
    for row in rows:
        last += 1
        sheet.append([_cell(sheet, v, c, row[0]) for v, c in zip(row, COLUMNS, strict=True)])
    for number, column in enumerate(COLUMNS, 1):
        letter = get_column_letter(number)
        validation = _validation(column, language, choices)
        validation.add(f"{letter}2:{letter}{last + _SPARE_ROWS}")
        sheet.data_validations.append(validation)


def _heading(sheet: Any, words: str) -> Any:
    cell = WriteOnlyCell(sheet, value=words)
    cell.font = Font(bold=True, color="FFFFFF")
    cell.fill = _HEAD
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(sheet: Any, value: CellValue, column: Column, row_id: CellValue) -> Any:
    if value is None:
        return None
    if column.kind is Kind.DATE and isinstance(value, str):
        value = datetime.date.fromisoformat(value)
    if isinstance(value, datetime.date):
        # Spreadsheet programs have no days before 1900-03-01 that all of them agree on.
        if value.year > 1900:
            cell = WriteOnlyCell(sheet, value=value)
            cell.number_format = _DATE
            return cell
        value = value.isoformat()
    if column.kind is Kind.NUMBER and isinstance(value, str) and value.isdecimal():
        value = int(value)
    if isinstance(value, int):
        return WriteOnlyCell(sheet, value=value)
    if len(value) > _MAX_TEXT:
        raise RecordError(
            f"Record {row_id}: {column.headings.en} has {len(value):,} characters, and a cell of a "
            f"workbook holds {_MAX_TEXT:,}. Export to CSV instead."
        )
    return _text_cell(sheet, value)


def _text_cell(sheet: Any, value: str) -> Any:
    cell = WriteOnlyCell(sheet, value=_LIKE_ESCAPE.sub("_x005F_", value))
    # Typed as text: a value that begins with "=" must not be run as a formula, not even once
    # somebody edits it.
    cell.data_type = "s"
    cell.number_format = "@"
    if value.startswith(_FORMULA_STARTS):
        cell.quotePrefix = True
    return cell


def _validation(column: Column, language: str, choices: dict[str, list[str]]) -> Any:
    formula = None
    if column.scheme:
        letter = get_column_letter(list(choices).index(column.scheme) + 1)
        lists = SHEET_NAMES["lists"].get(language)
        formula = f"'{lists}'!${letter}$2:${letter}${len(choices[column.scheme]) + 1}"
    validation = DataValidation(
        type="list" if formula else None, formula1=formula, allow_blank=True
    )
    validation.promptTitle = column.headings.get(language)[:_MAX_PROMPT_TITLE]
    validation.prompt = column.help.get(language)[:_MAX_PROMPT]
    validation.showInputMessage = True
    if formula and not column.kind.is_list:
        # A warning only: codes and other names of the same thing are read too.
        validation.errorStyle = "warning"
        validation.error = _UNKNOWN_VALUE.get(language)
        validation.showErrorMessage = True
    return validation


def _write_instructions(book: Any, language: str, choices: dict[str, list[str]]) -> None:
    sheet = book.create_sheet(SHEET_NAMES["instructions"].get(language))
    for letter, width in zip("ABCD", (26, 70, 50, 70), strict=True):
        sheet.column_dimensions[letter].width = width
    for words in _INTRODUCTION:
        sheet.append([_text_cell(sheet, words.get(language))])
    sheet.append([])
    sheet.append([_heading(sheet, words.get(language)) for words in _HELP_HEADINGS])
    for column in COLUMNS:
        values = choices.get(column.scheme or "", [])
        # The countries of the world are in the drop-down.
        shown = "; ".join(values) if len(values) <= 20 else ""
        texts = (
            column.headings.get(language),
            column.help.get(language),
            column.example.get(language),
            shown,
        )
        cells = [_text_cell(sheet, text) for text in texts]
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.append(cells)


def _write_lists(book: Any, language: str, choices: dict[str, list[str]]) -> None:
    sheet = book.create_sheet(SHEET_NAMES["lists"].get(language))
    sheet.sheet_state = "hidden"
    sheet.append([_text_cell(sheet, scheme) for scheme in choices])
    for n in range(max(map(len, choices.values()))):
        sheet.append([_text_cell(sheet, v[n]) if n < len(v) else None for v in choices.values()])
