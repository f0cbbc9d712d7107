"""From a CSV or XLSX file to draft records: sheets, headings, rows.

Nothing of a sheet but the row at hand is kept in memory, and the ids met so far.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from outcome_graph.draft import Draft, Location, Problem, SourceFile
from outcome_graph.errors import SourceError
from outcome_graph.model import SourceDocument
from outcome_graph.sources.tables.above import (
    place_of_section,
    with_values_above,
)
from outcome_graph.sources.tables.by_values import SURE, with_columns_by_values
from outcome_graph.sources.tables.csv_rows import CsvSheet
from outcome_graph.sources.tables.dates import DateOrder, Dates, order_of
from outcome_graph.sources.tables.drafts import RowReader
from outcome_graph.sources.tables.form import as_table
from outcome_graph.sources.tables.header import (
    BoundColumn,
    Header,
    find_header,
    possible_headers,
)
from outcome_graph.sources.tables.joined import value_of
from outcome_graph.sources.tables.mended_sheet import MendedSheet
from outcome_graph.sources.tables.row_kinds import (
    is_begun,
    is_no_outcome,
    not_achieved,
    says_one_thing,
    stands_alone,
)
from outcome_graph.sources.tables.rows import (
    Cell,
    Row,
    Sheet,
    column_letters,
    is_blank,
)
from outcome_graph.sources.tables.several_rows import outcome_rows
from outcome_graph.sources.tables.values import KnownWords
from outcome_graph.tables import (
    SHEET_NAMES,
    Column,
    Kind,
    SaidColumns,
    asks_whether_achieved,
    fold_heading,
)

__all__ = [
    "CSV_TYPE",
    "XLSX_TYPE",
    "find_columns",
    "read_cells",
    "read_csv",
    "read_rows",
    "read_xlsx",
]

CSV_TYPE = "text/csv"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OWN_SHEETS = {fold_heading(name) for key in ("instructions", "lists") for name in SHEET_NAMES[key]}
#: So many columns that hardly another table has make one of results where one heading is known.
_SURE_COLUMNS = 2
#: From so many columns on a row of one cell is no outcome.
_WIDE = 4
#: A row of so many headings is no line of a form.
_MANY = 6
_HIDDEN = "The hidden sheet"
_TEMPLATE = "`outcome-graph template xlsx -o FILE` makes a table with the headings that are known."


def read_csv(
    source: SourceFile, known: KnownWords | None = None, said: SaidColumns | None = None
) -> Iterator[Draft]:
    """Read the outcomes of a CSV file, one a row.

    Parameters:
        source: the file.
        known: the reference data; with it columns are told by their values too.
        said: what a person says of its headings.

    Returns:
        A draft for each row that holds anything. What concerns the whole table (its encoding,
        columns that are none of ours) is said with the first one.

    Raises:
        SourceError: it cannot be read as a table; also later, where a row cannot be parsed.
    """
    sheet = CsvSheet(source)
    document = source.document(CSV_TYPE)
    return _drafts(source, [sheet], document, (), known, said or SaidColumns())


def read_xlsx(
    source: SourceFile,
    max_bytes: int,
    known: KnownWords | None = None,
    said: SaidColumns | None = None,
) -> Iterator[Draft]:
    """Read the outcomes of a workbook, one a row; every sheet that has headings of ours is read.

    Parameters:
        source: the file. max_bytes: what it may hold, decompressed.
        known, said: as `read_csv`.

    Returns:
        As `read_csv`.

    Raises:
        SourceError: as `read_csv`, or it is damaged, protected by a password, no workbook.
        TooLargeError: it is too large decompressed.
        UnsupportedSourceError: it holds macros.
    """
    # openpyxl brings numpy along: a fifth of a second for every command that reads no workbook.
    from outcome_graph.sources.tables.xlsx_rows import xlsx_sheets

    sheets, hidden = xlsx_sheets(source, max_bytes)
    problems = [
        Problem("warning", f"{_HIDDEN} “{name}” was not read. Show it to have it read.")
        for name in hidden
        if fold_heading(name) not in _OWN_SHEETS
    ]
    shown = [sheet for sheet in sheets if fold_heading(sheet.name) not in _OWN_SHEETS]
    document = source.document(XLSX_TYPE)
    return _drafts(source, shown, document, problems, known, said or SaidColumns())


def _drafts(
    source: SourceFile,
    sheets: Sequence[Sheet],
    document: SourceDocument,
    problems: Sequence[Problem],
    known: KnownWords | None,
    said: SaidColumns,
) -> Iterator[Draft]:
    readable: list[tuple[MendedSheet, Header]] = []
    pending = list(problems)
    found = [_as_table(sheet, source.name, known, said) for sheet in sheets]
    told = any(header is not None and _tells(header) for _, header in found)
    for sheet, header in found:
        if header is not None and (_tells(header) or not told):
            readable.append((sheet, header))
            pending += (*sheet.problems, *header.warnings(sheet))
        elif any(True for _ in sheet.rows()):
            pending.append(_unread_sheet(sheet, header))
    if not readable:
        hidden = " ".join(p.message for p in problems if p.message.startswith(_HIDDEN))
        raise SourceError(" ".join(filter(None, (_no_headings(source, sheets), hidden))))
    pending += _not_met([header for _, header in readable], said)
    seen: dict[str, Location | None] = {}
    drafts = (
        sheet.told_with(draft)
        for sheet, header in readable
        for draft in read_rows(sheet, header, document, seen, known)
    )
    # The first draft is read here so that a table without rows is refused at once.
    first = next(drafts, None)
    if first is None:
        raise SourceError(
            f"{source.name} has headings but no rows below them (the example is not read). Write "
            "one row for each outcome."
        )
    return _with_first(replace(first, problems=(*pending, *first.problems)), drafts)


def _as_table(
    sheet: Sheet, source_name: str, known: KnownWords | None, said: SaidColumns
) -> tuple[MendedSheet, Header | None]:
    """Find the headings of a sheet, or of the form that it is."""
    mended = MendedSheet(sheet)
    header = find_columns(mended, source_name, known, said)
    named = header.columns if header is not None else ()
    few = sum(not one.by_values for one in named)
    if few < _MANY and (form := as_table(sheet, few)) is not None:
        # The cells of a form have words of headings too.
        mended = MendedSheet(form)
        header = find_columns(mended, source_name, known, said)
    return mended, header


def _tells(header: Header) -> bool:
    """Whether a sheet tells of results, or of records, and not only of countries and sums."""
    return any(one.column.kind is Kind.TEXT or one.column.key == "id" for one in header.columns)


def _not_met(headers: Sequence[Header], said: SaidColumns) -> Iterator[Problem]:
    """Complain of what was said of headings that no sheet has, where some were not known."""
    met = {fold_heading(words) for header in headers for words in header.headings}
    for folded, words in said.words.items():
        if folded not in met and any(header.unknown for header in headers):
            message = f"No column is called “{words[:80]}”, of which it was said what it is."
            yield Problem("warning", message)


def find_columns(
    sheet: Sheet,
    source_name: str,
    known: KnownWords | None = None,
    said: SaidColumns | None = None,
) -> Header | None:
    """Find the headings of a sheet and what its columns are: by words, and by values below them.

    No heading need be known where the values below others can be of results only.

    Parameters:
        sheet: the sheet. source_name: what messages call the file.
        known, said: as `read_csv`.

    Returns:
        The headings; None where the sheet holds no table of results.
    """
    said = said or SaidColumns()
    header = find_header(sheet, source_name, said)
    if known is None:
        return header
    if header is not None:
        told = with_columns_by_values(header, sheet, known)
        return with_values_above(told, sheet, known)
    for header in possible_headers(sheet, source_name, said):
        told = with_columns_by_values(header, sheet, known)
        if len({b.column.key for b in told.columns} & SURE) >= _SURE_COLUMNS:
            return with_values_above(told, sheet, known)
    return None


def _with_first(first: Draft, others: Iterator[Draft]) -> Iterator[Draft]:
    yield first
    yield from others


def read_rows(
    sheet: Sheet,
    header: Header,
    document: SourceDocument,
    seen: dict[str, Location | None] | None = None,
    known: KnownWords | None = None,
) -> Iterator[Draft]:
    """Read the rows below the headings of a sheet.

    Parameters:
        sheet: the sheet. header: its headings. document: the file it is in.
        seen: the ids that rows named, with their places; a second row of the same id is an error.
        known: the reference data; with it rows that name no more than a country are headings of
            those below.
    """
    seen = {} if seen is None else seen
    day_0 = getattr(sheet, "day_0", None)
    dates = Dates(partial(_date_order, sheet, header), day_0)
    reader = RowReader(header.columns, dates, header.language, document, known)
    places = [bound.index for bound in header.columns if bound.constant is None]
    statuses = [(n, words) for n, words in header.unknown if asks_whether_achieved(words)]

    def read() -> Iterator[Draft | Problem]:
        begun = False
        for row in outcome_rows(sheet, header):
            alone = stands_alone(row)
            labelled = alone and says_one_thing(row)
            alone &= row.across or labelled or header.width >= _WIDE
            if alone and known is not None and (place := place_of_section(row, known)):
                reader.begin_section(*place)
            elif is_no_outcome(row, header, places):
                continue
            elif labelled or (alone and begun and (row.across or not is_begun(row, header))):
                yield _passed_over(sheet, row)
            else:
                draft = reader.read(row.cells, partial(sheet.location, row))
                more = [
                    *_too_wide(sheet, header, row),
                    *_twice(draft, seen),
                    *not_achieved(sheet, row, statuses),
                ]
                if row.joined:
                    more.append(_gone_on(row, sheet))
                yield draft.with_problems(more) if more else draft
                begun = True

    return _with_notes(read())


def _with_notes(read: Iterator[Draft | Problem]) -> Iterator[Draft]:
    """Put what is to be said of rows that were passed over to the draft before them."""
    last: Draft | None = None
    try:
        for one in read:
            if isinstance(one, Draft):
                if last is not None:
                    yield last
                last = one
            elif last is not None:
                last = last.with_problems([one])
    except SourceError:
        # What came before a broken place was read.
        if last is not None:
            yield last
        raise
    if last is not None:
        yield last


def _passed_over(sheet: Sheet, row: Row) -> Problem:
    words = next(str(cell) for cell in row.cells if not is_blank(cell))
    return Problem(
        "warning",
        f"The row below was passed over as a note: it says “{words[:80]}” and nothing else.",
        None,
        sheet.location(row, None),
    )


def _gone_on(row: Row, sheet: Sheet) -> Problem:
    below = ", ".join(map(str, row.joined))
    return Problem(
        "warning",
        f"Below it stand lists without a title (row {below}): they were taken to those of this "
        "row. Give them a title if they are of a result of their own.",
        None,
        sheet.location(row, None),
    )


def _too_wide(sheet: Sheet, header: Header, row: Row) -> Iterator[Problem]:
    """Complain of values beyond the headings: in CSV a sign of a delimiter that is not quoted."""
    for n in range(header.width, len(row.cells)):
        if not is_blank(row.cells[n]):
            yield Problem(
                "error",
                f"The row has more cells than there are headings ({header.width}): "
                f"“{str(row.cells[n])[:60]}” has none. A text that holds the delimiter must stand "
                "in quotation marks.",
                None,
                sheet.location(row, n),
            )
            return


def _twice(draft: Draft, seen: dict[str, Location | None]) -> Iterator[Problem]:
    where = draft.location("id")
    if where is None:
        return
    record_id = draft.record.id
    if record_id in seen:
        yield Problem(
            "error",
            f"The record ID {record_id} stands in the table twice; first at {seen[record_id]}. "
            "Keep one of the rows, or empty the ID of a new result.",
            "id",
            where,
        )
    else:
        seen[record_id] = where


def _date_order(sheet: Sheet, header: Header) -> DateOrder | None:
    """Return the order of day and month that the dates of a sheet show; None if none or both."""
    days = [b for b in header.columns if b.column.kind is Kind.DATE]
    orders: set[DateOrder] = set()
    for row in sheet.rows():
        for one in days:
            cell = value_of(one, row.cells)
            if isinstance(cell, str) and (order := order_of(cell)):
                orders.add(order)
    return orders.pop() if len(orders) == 1 else None


def _unread_sheet(sheet: Sheet, header: Header | None) -> Problem:
    why = "none of its first rows holds headings that we know"
    if header is not None:
        why = "it has no column of titles or texts, as another sheet has"
    return Problem("warning", f"The sheet was not read: {why}.", None, Location(sheet=sheet.name))


def _no_headings(source: SourceFile, sheets: Sequence[Sheet]) -> str:
    if not any(True for sheet in sheets for _ in sheet.rows()):
        return f"{source.name} holds no table: it is empty. {_TEMPLATE}"
    return (
        f"{source.name} has no row of headings: none of its first rows holds at least two that we "
        f"know, such as Title and Country. {_TEMPLATE}"
    )


def read_cells(cells: Sequence[tuple[Column, Cell]], language: str, name: str) -> Draft:
    """Read single cells as if they stood in one row of a table.

    Parameters:
        cells: values with their columns.
        language: of texts, when no column says so.
        name: what to call the table.
    """
    columns = [BoundColumn(n, column.headings.en, column) for n, (column, _) in enumerate(cells)]
    document = SourceDocument(sha256="0" * 64, name=name, media_type=CSV_TYPE)
    reader = RowReader(columns, Dates(lambda: None), language, document)
    values = [cell for _, cell in cells]
    return reader.read(values, lambda n: Location(cell=f"{column_letters(n or 0)}2"))
