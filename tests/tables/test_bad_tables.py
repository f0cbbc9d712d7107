"""Tables as people have them: what is read, and what is refused with one clear message.

Real files, made by openpyxl or byte by byte. What is expected comes from the cells written here.
"""

from __future__ import annotations

import datetime
import io
import resource
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from outcome_graph.draft import Draft, SourceFile
from outcome_graph.errors import SourceError, TooLargeError, UnsupportedSourceError
from outcome_graph.pipeline import OutcomeGraph, SourceReader, write_records
from outcome_graph.settings import Settings
from outcome_graph.sources import read

READER = SourceReader(Settings())
HEADINGS = ("Title", "Country", "Date achieved", "Code", "Biennium")
ROW = ("A strategy was adopted", "Lao PDR", "2020-04-01", "LAO226", "2020-21")


def book(*rows: tuple[object, ...], change: Callable[[Worksheet], None] | None = None) -> bytes:
    """Return a workbook with a sheet of rows."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "Results"
    for row in rows:
        sheet.append(row)
    if change is not None:
        change(sheet)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def table(*rows: tuple[str, ...], between: str = ",") -> bytes:
    return "\n".join(between.join(row) for row in rows).encode()


def drafts(data: bytes, name: str = "rows.xlsx", settings: Settings | None = None) -> list[Draft]:
    return list(read(SourceFile(name, data), settings=settings))


def only(data: bytes, name: str = "rows.xlsx") -> Draft:
    (draft,) = drafts(data, name)
    return draft


def messages(draft: Draft) -> str:
    return "\n".join(f"{p.severity} {p}" for p in draft.problems)


def dated(value: object) -> tuple[object, ...]:
    return (*ROW[:2], value, *ROW[3:])


# -- workbooks ------------------------------------------------------------------------------------


def test_a_cell_merged_over_rows_holds_its_value_for_each_and_is_named() -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("B2:B3")

    first, second = drafts(book(HEADINGS, ROW, (*ROW[:3], "LAO227", ROW[4]), change=merge))
    assert not first.problems
    assert [draft.record.country for draft in (first, second)] == ["Lao PDR"] * 2
    (problem,) = second.problems
    assert problem.severity == "warning"
    assert "“Lao PDR” is taken from above: the cells B2:B3 are merged" in problem.message
    assert (problem.location.sheet, problem.location.cell) == ("Results", "B3")  # type: ignore[union-attr]


def test_cells_merged_beside_each_other_are_refused() -> None:
    (error,) = only(book(HEADINGS, ROW, change=lambda sheet: sheet.merge_cells("B2:C2"))).errors
    assert "B2:C2 are merged" in error.message
    assert "Unmerge them" in error.message
    assert (error.location.sheet, error.location.cell) == ("Results", "C2")  # type: ignore[union-attr]


def test_formulas_are_read_by_their_stored_value_or_refused() -> None:
    data = book(HEADINGS, ("=UPPER(A9)", *ROW[1:]))  # openpyxl stores no values
    (error,) = only(data).errors
    assert "formula whose value is not stored" in error.message
    assert str(error.location) == "sheet Results, cell A2"
    stored = _replaced(data, "xl/worksheets/sheet1.xml", b"<v />", b"<v>A LAW</v>", b"<v></v>")
    draft = only(stored)
    assert not draft.errors, messages(draft)
    assert [t.value for t in draft.record.titles] == ["A LAW"]


def _replaced(data: bytes, part: str, *words: bytes) -> bytes:
    """Return a package with one part changed; words[1] takes the place of the others."""
    old, new = io.BytesIO(data), io.BytesIO()
    with zipfile.ZipFile(old) as source, zipfile.ZipFile(new, "w") as target:
        for info in source.infolist():
            content = source.read(info)
            if info.filename == part:
                before = content
                for word in (words[0], *words[2:]):
                    content = content.replace(word, words[1])
                content = content.replace(b'r="A2"', b'r="A2" t="str"')
                assert content != before
            target.writestr(info, content)
    return new.getvalue()


def test_errors_shown_by_formulas_are_named() -> None:
    def fault(sheet: Worksheet) -> None:
        sheet["D2"].value, sheet["D2"].data_type = "#REF!", "e"

    (error,) = only(book(HEADINGS, ROW, change=fault)).errors
    assert "#REF!" in error.message
    assert error.location.cell == "D2"  # type: ignore[union-attr]


def test_a_cell_that_is_a_date_is_one() -> None:
    for value in (datetime.date(2020, 4, 1), datetime.datetime(2020, 4, 1, 9, 30)):
        assert only(book(HEADINGS, dated(value))).record.achieved_on == datetime.date(2020, 4, 1)


def test_a_code_that_became_a_date_is_refused() -> None:
    row = (*ROW[:3], datetime.date(2001, 1, 8), ROW[4])
    (error,) = only(book(HEADINGS, row)).errors
    assert "made a date of it" in error.message


def test_hidden_sheets_are_not_read_and_told() -> None:
    made = openpyxl.load_workbook(io.BytesIO(book(HEADINGS, ROW)))
    hidden = made.create_sheet("Draft")
    hidden.append(HEADINGS)
    hidden.append(("Not for anybody", *ROW[1:]))
    hidden.sheet_state = "hidden"
    stream = io.BytesIO()
    made.save(stream)
    draft = only(stream.getvalue())
    assert "hidden sheet “Draft” was not read" in messages(draft)


def test_sheets_without_headings_are_told_and_others_read() -> None:
    made = openpyxl.load_workbook(io.BytesIO(book(HEADINGS, ROW)))
    made.create_sheet("Notes").append(("Ask Viengsay about the second row",))
    made.create_sheet("Empty")
    stream = io.BytesIO()
    made.save(stream)
    draft = only(stream.getvalue())
    assert not draft.errors
    assert "Notes" in messages(draft)
    assert "Empty" not in messages(draft)


def test_macro_files_are_refused() -> None:
    data = _with_part(book(HEADINGS, ROW), "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    for name in ("rows.xlsm", "rows.xlsx"):
        with pytest.raises(UnsupportedSourceError, match="holds macros"):
            drafts(data, name)


def _with_part(data: bytes, name: str, content: bytes) -> bytes:
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, content)
    return stream.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = _with_part(book(HEADINGS, ROW), "xl/media/image1.bin", b"\0" * 300_000_000)
    assert len(bomb) < 1_000_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(TooLargeError, match="when decompressed"):
        drafts(bomb, settings=replace(Settings(), max_upload_bytes=50_000_000))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_a_part_that_holds_more_than_it_declares_is_refused() -> None:
    rows = b"<row><c t='str'><v>x</v></c></row>" * 10_000
    data = _with_part(book(HEADINGS, ROW), "xl/more.xml", rows)
    # The size in the list of parts, and where the part begins.
    lie = data.replace(len(rows).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lie != data
    assert not drafts(lie)[0].errors  # nobody reads that part
    sheet = zipfile.ZipFile(io.BytesIO(book(HEADINGS, ROW))).getinfo("xl/worksheets/sheet1.xml")
    size = sheet.file_size.to_bytes(4, "little")
    with pytest.raises(SourceError, match="damaged"):
        drafts(book(HEADINGS, ROW).replace(size, (10).to_bytes(4, "little")))


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "rows.xlsx", "empty|no workbook"),
        (b"PK\x03\x04 and no more", "rows.xlsx", "damaged"),
        (book(HEADINGS, ROW)[:2000], "rows.xlsx", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "rows.xls", "old Office|protected"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "rows.xlsx", "old Office|protected"),
        (book(), "rows.xlsx", "heading"),
        (book(HEADINGS), "rows.xlsx", "no rows"),
        (book(("one", "two"), ("three", "four")), "rows.xlsx", "heading"),
    ],
    # Not by their bytes: they hold the time, and workers must find the same tests.
    ids=["empty", "torn", "half", "xls", "encrypted", "nothing", "headings", "no-headings"],
)
def test_what_cannot_be_read_is_refused_with_one_message(
    data: bytes, name: str, words: str
) -> None:
    with pytest.raises(SourceError, match=words) as caught:
        drafts(data, name)
    assert name in caught.value.message
    assert "\n" not in caught.value.message


def test_a_doctype_in_a_workbook_is_refused() -> None:
    declared = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet'
    stream = io.BytesIO(book(HEADINGS, ROW))
    out = io.BytesIO()
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(out, "w") as target:
        for info in source.infolist():
            content = source.read(info)
            if info.filename == "xl/worksheets/sheet1.xml":
                content = content.replace(b"<worksheet", declared, 1)
            target.writestr(info, content)
    with pytest.raises(SourceError, match="DOCTYPE"):
        drafts(out.getvalue())


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_three_hundred_columns(suffix: str) -> None:
    more = tuple(f"Remark {n}" for n in range(300))
    rows = ((*HEADINGS, *more), (*ROW, *more))
    draft = only(book(*rows) if suffix == "xlsx" else table(*rows), f"rows.{suffix}")
    assert not draft.errors
    assert draft.record.country == "Lao PDR"
    assert "Remark 0" in messages(draft)
    assert len(messages(draft)) < 2_000


# -- CSV ------------------------------------------------------------------------------------------

FRENCH = ("Titre", "Pays", "Date", "Code", "Biennium")
ACCENTED = ("Une stratégie a été adoptée à l’été", *ROW[1:])


@pytest.mark.parametrize("between", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_and_delimiters(between: str, encoding: str) -> None:
    text = "\r\n".join(between.join(row) for row in (FRENCH, ACCENTED))
    draft = only(text.encode(encoding), "rows.csv")
    assert not draft.errors
    assert [t.value for t in draft.record.titles] == [ACCENTED[0]]
    assert ("Windows-1252" in messages(draft)) is (encoding == "cp1252")


def test_quoted_line_ends_delimiters_and_quotation_marks() -> None:
    title = 'First, "second"\nthird; fourth'
    quoted = '"' + title.replace('"', '""') + '"'
    data = table(HEADINGS, (quoted, *ROW[1:]), ("Another", *ROW[1:3], "LAO227", ROW[4]))
    first, second = drafts(data, "rows.csv")
    assert [t.value for t in first.record.titles] == [title]
    # Line 3 is the second line of the quoted cell.
    assert second.location("titles").line == 4  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b" \n \n", "empty"),
        (b"Title,Country,Date\n\x00\x01,b,c", "binary"),
        (b"Title,Country,Date\n\x81\x8d\x8f,b,c", "binary"),
        (b"\xff\xfeT\x00i\x00t", "UTF-16|heading"),
        (table(HEADINGS), "no rows"),
        (b"a,b,c\nd,e,f\n", "heading"),
        (table(HEADINGS, ('"never closed', *ROW[1:])) + b"x" * 200_000, "quotation mark"),
    ],
)
def test_csv_that_cannot_be_read(data: bytes, words: str) -> None:
    with pytest.raises(SourceError, match=words) as caught:
        drafts(data, "rows.csv")
    assert "rows.csv" in caught.value.message


def test_a_cell_of_a_million_characters_is_no_crash() -> None:
    with pytest.raises(SourceError, match="line 2"):
        drafts(table(HEADINGS, ("x" * 1_000_000, *ROW[1:])), "rows.csv")


# -- dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "2020-04-01", "2020/04/01", "01.04.2020", "1.4.2020", "1 April 2020", "April 1, 2020",
        "1er avril 2020", "1 de abril de 2020", "1-Apr-2020", "2020-04-01T00:00:00",
    ],
)  # fmt: skip
def test_dates_that_have_one_meaning(words: str) -> None:
    draft = only(book(HEADINGS, dated(words)))
    assert not draft.errors, messages(draft)
    assert draft.record.achieved_on == datetime.date(2020, 4, 1)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("03/04/2021", "2021-04-03 or 2021-03-04"),
        ("03-04-2021", "2021-04-03 or 2021-03-04"),
        ("3/4/21", "two digits"),
        ("31.02.2021", "does not exist"),
        ("2021-13-01", "does not exist"),
        ("44288", "format the cell as a date"),
        ("spring 2021", "no date"),
    ],
)
def test_dates_that_have_none_or_two_are_refused(words: str, message: str) -> None:
    for data, name in (
        (book(HEADINGS, dated(words)), "rows.xlsx"),
        (table(HEADINGS, tuple(map(str, dated(f'"{words}"')))), "rows.csv"),
    ):
        (error,) = only(data, name).errors
        assert message in error.message
        assert words in error.message
        assert error.field == "achieved_on"
        assert error.location.cell == "C2"  # type: ignore[union-attr]


# -- rows among rows ------------------------------------------------------------------------------


def test_one_bad_row_does_not_stop_the_others_and_ids_are_given_once(tmp_path: Path) -> None:
    with OutcomeGraph.open(tmp_path / "store") as graph:
        graph.load(Path(__file__).parents[2] / "data" / "outcomes" / "LAO226-2020-21-8.1.1.txt")
        (record,) = (graph.record(i) for i in graph.record_ids())
        data = write_records([record], "xlsx", graph.minter)
        made = openpyxl.load_workbook(io.BytesIO(data))
        sheet = made["Outcomes"]
        place = {cell.value: cell.column for cell in sheet[1]}
        wanted = [cell.value for cell in sheet[2]]
        for number, code in ((3, "LAO227"), (4, "LAO228"), (5, "LAO227")):
            for column, value in enumerate(wanted, 1):
                sheet.cell(number, column).value = value
            sheet.cell(number, place["Record ID"]).value = record.id.replace("LAO226", code)
            sheet.cell(number, place["Code"]).value = code
        sheet.cell(4, place["Country"]).value = "Atlantis"
        stream = io.BytesIO()
        made.save(stream)
        summary = graph.load(SourceFile("rows.xlsx", stream.getvalue()))
        assert sorted(c.id[:6] for c in summary.committed) == ["LAO226", "LAO227"]
        told = {r.id[:6]: " ".join(r.reasons) for r in summary.refused if r.id}
        assert "Atlantis" in told["LAO228"]
        assert "row" in told["LAO227"] or "cell A3" in told["LAO227"]
        assert len(graph.record_ids()) == 2


@pytest.mark.parametrize(
    ("sign", "other", "day", "also", "first"),
    [
        ("13/04/2021", "03/04/2021", datetime.date(2021, 4, 3), "2021-03-04", "day"),
        ("04/13/2021", "03/04/2021", datetime.date(2021, 3, 4), "2021-04-03", "month"),
    ],
)
def test_a_date_read_by_the_order_of_its_sheet_is_flagged(
    sign: str, other: str, day: datetime.date, also: str, first: str
) -> None:
    """The issue: "ambiguous ones are flagged, not guessed"."""
    certain, flagged = drafts(book(HEADINGS, dated(sign), dated(other)))
    assert certain.problems == ()
    assert flagged.record.achieved_on == day
    (problem,) = flagged.problems
    assert (problem.severity, problem.field) == ("warning", "achieved_on")
    for words in (f"“{other}”", str(day), also, f"the {first} first", "Check it", "Date achieved"):
        assert words in problem.message
    assert problem.location is not None
    assert "C3" in str(problem.location)


def test_a_quotation_mark_that_is_never_closed_does_not_swallow_the_rest() -> None:
    data = b'Title,Country\nA,Kenya\n"B,Kenya\nC,Kenya\n'
    with pytest.raises(SourceError, match="in the row of line 3 is never closed"):
        drafts(data, "rows.csv")
    quoted = b'Title,Country\n"A ""b""\nc",Kenya\n"D",Kenya'
    assert [d.record.titles[0].value for d in drafts(quoted, "rows.csv")] == ['A "b"\nc', "D"]


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp1253"])
def test_letters_of_other_scripts_are_not_read_as_latin_ones(encoding: str) -> None:
    words = "Συντάξεις" if encoding == "cp1253" else "Пенсии по старости"
    data = f"Title;Country\n{words};Kyrgyzstan\n".encode(encoding)
    with pytest.raises(SourceError, match="is in an encoding that cannot be told"):
        drafts(data, "rows.csv")


def test_accented_words_of_windows_are_read() -> None:
    data = "Title;Country\nLa réforme a été créée à Noël, œuvre d’été;Bénin\n".encode("cp1252")
    draft = only(data, "rows.csv")
    assert draft.record.titles[0].value == "La réforme a été créée à Noël, œuvre d’été"


def test_a_form_is_read_as_a_table_of_its_columns() -> None:
    rows = (
        ("Result sheet",),
        ("Title", "A", "B"),
        ("Country", "Kenya", "Nepal"),
        ("Date", "2021-01-01", "spring"),
        ("Funded by", "Norway\nJapan", None),
    )
    first, second = drafts(book(*rows))
    assert [first.record.country, second.record.country] == ["Kenya", "Nepal"]
    assert str(first.record.achieved_on) == "2021-01-01"
    assert len(first.record.funders) == 2
    assert "headings stand below each other" in messages(first)
    (error,) = second.errors
    assert (error.location.sheet, error.location.cell) == ("Results", "C4")  # type: ignore[union-attr]


def test_a_line_of_a_form_is_no_row_of_headings_below_what_is_said_of_all_rows() -> None:
    rows = (
        ("Field", "Value"),
        ("País", "Belice"),
        ("Código", "BLZ102"),
        ("Bienio", "2022-23"),
        ("Indicador P&P", "8.1.1"),
        ("Donante", "Unión Europea"),
        ("Mandantes y socios", "Junta de Seguridad Social de Belice"),
        ("Metas ODS", "1.3; 8.5"),
        ("Título", "Auxilio por desempleo convertido en prestación permanente"),
        ("Visibilidad", "Interno"),
    )
    data = book(*rows)
    (draft,) = [i.draft for i in READER.items(SourceFile("t.xlsx", data))]
    assert (draft.record.country, draft.record.code) == ("BLZ", "BLZ102")
    assert (draft.record.biennium, draft.record.indicator) == ("2022-23", "8.1.1")


def test_a_workbook_whose_sheets_are_all_hidden_names_them() -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.parent.create_sheet("Cover")
        sheet.sheet_state = "hidden"

    with pytest.raises(SourceError, match="The hidden sheet “Results” was not read"):
        drafts(book(HEADINGS, ROW, change=hide))


WIDE = ("Title", "Country", "Date achieved", "Project", "Donor", "Budget")
OUTCOME = ("Pension law adopted", "Kenya", "2021-03-04", "KEN/19/03/NOR", "Norway", 10)


def test_a_result_whose_title_is_merged_over_rows_takes_their_lists() -> None:
    def merge(sheet: Worksheet) -> None:
        for letter in "ABC":
            sheet.merge_cells(f"{letter}2:{letter}3")

    more = (None, None, None, "KEN/20/01/JPN", "Japan", 20)
    other = ("Scheme opened", "Nepal", "2022-01-01", "NPL/19/03/NOR", "Norway", 5)
    first, second = drafts(book(WIDE, OUTCOME, more, other, change=merge))
    assert not first.errors
    assert [p.identifier for p in first.record.projects] == ["KEN/19/03/NOR", "KEN/20/01/JPN"]
    assert [o.name for o in first.record.funders] == ["Japan", "Norway"]
    assert [o.name for o in second.record.funders] == ["Norway"]


def test_a_result_over_several_rows_has_one_day() -> None:
    more = (None, "Kenya", "2022-05-06", None, "Japan", None)
    data = book(WIDE, OUTCOME, more, change=lambda sheet: sheet.merge_cells("A2:A3"))
    (error,) = only(data).errors
    assert "the title is merged over several rows" in error.message
    assert (error.location.sheet, error.location.cell) == ("Results", "C2")  # type: ignore[union-attr]


def test_rows_merged_across_are_sections_and_notes() -> None:
    def merge(sheet: Worksheet) -> None:
        for row in (2, 4, 6):
            sheet.merge_cells(f"A{row}:F{row}")

    rows = (
        ("AFRICA (REGIONAL)",),
        (OUTCOME[0], None, *OUTCOME[2:]),
        ("KENYA",),
        ("Scheme opened", None, *OUTCOME[2:]),
        ("Budgets are those of the whole project.",),
    )
    read = [
        item.draft for item in READER.items(SourceFile("t.xlsx", book(WIDE, *rows, change=merge)))
    ]
    assert [(d.record.country, d.record.region) for d in read] == [(None, "RAF"), ("KEN", None)]
    assert "“AFRICA” stands alone in a row above and is taken as the region" in messages(read[0])
    assert "passed over as a note" in messages(read[1])


def test_a_heading_merged_over_columns_is_that_of_each() -> None:
    headings = ("Title", "Country", "Date achieved", "Partners", None, "Budget")
    row = (*OUTCOME[:3], "Ministry of Labour", "Federation of Employers", 10)
    (draft,) = drafts(book(headings, row, change=lambda sheet: sheet.merge_cells("D1:E1")))
    names = {body.name for body in draft.record.constituents}
    assert names == {"Ministry of Labour", "Federation of Employers"}
    text = ("Title", None, *headings[1:])
    other = (OUTCOME[0], "more words", *row[1:])
    read = drafts(book(text, other, change=lambda sheet: sheet.merge_cells("A1:B1")))
    assert [t.value for t in read[0].record.titles] == [OUTCOME[0]]
    assert "B “Title”" in messages(read[0])


def test_headings_that_are_merged_over_two_rows_make_both_rows_headings() -> None:
    def merge(sheet: Worksheet) -> None:
        for cells in ("A1:A2", "B1:C1", "D1:D2", "E1:E2"):
            sheet.merge_cells(cells)

    (draft,) = drafts(
        book(
            ("Country", "Partners", None, "Date achieved", "Title"),
            (None, "Government", "Workers", None, None),
            ("Kenya", "Ministry of Labour", "COTU", "2021-03-04", "Pension law adopted"),
            change=merge,
        )
    )
    assert draft.record.country == "Kenya"
    assert {body.name for body in draft.record.constituents} == {"Ministry of Labour", "COTU"}


def test_who_made_a_table_is_no_result() -> None:
    made = ("Prepared by: M. Rivas", "Date: 2023-01-01")
    (draft,) = drafts(book(HEADINGS, ROW, made))
    assert draft.record.titles[0].value == ROW[0]
