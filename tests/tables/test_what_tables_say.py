"""What stands beside, above and between the columns of a table, and what a person says of them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from conftest import Cli

from outcome_graph.draft import Draft, SourceFile
from outcome_graph.errors import UsageError
from outcome_graph.pipeline import SourceReader
from outcome_graph.settings import Settings

READER = SourceReader(Settings())


def read(*rows: tuple[str, ...], columns: tuple[str, ...] = ()) -> list[Draft]:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    source = SourceFile("t.csv", text.getvalue().encode(), columns=columns)
    return [item.draft for item in READER.items(source)]


def said(drafts: list[Draft]) -> str:
    return "\n".join(problem.message for draft in drafts for problem in draft.problems)


# --- several columns that are one ---


def test_kind_number_and_day_of_an_act_may_stand_in_columns_of_their_own() -> None:
    first, second = read(
        ("País", "Título", "Tipo de norma", "Número de norma", "Fecha de la norma"),
        ("Perú", "Se aprobó la ley", "Ley", "31301", "2021-07-22"),
        ("Bolivia", "Se amplió el seguro", "Decreto Supremo", "N° 4708", "2022-05-18"),
    )
    acts = [(a.type, a.number, a.date and str(a.date)) for a in first.record.legal_acts]
    assert acts == [("law", "31301", "2021-07-22")]
    assert [(a.type, a.number) for a in second.record.legal_acts] == [("decree", "4708")]
    assert "was read as Legal acts by its values" in said([first])


def test_an_act_without_a_number_in_its_column_is_none() -> None:
    (_, draft) = read(
        ("Pays", "Titre", "Nature de l'acte", "Référence"),
        ("Gabon", "Pension instituée", "Ordonnance", "12/2021"),
        ("Tchad", "Registre ouvert", "Arrêté", ""),
    )
    assert draft.record.legal_acts == ()


def test_title_number_and_day_of_an_act_are_one_act() -> None:
    drafts = read(
        ("Country", "Title", "Act title", "Act no.", "Act date"),
        ("Kenya", "A title", "Pensions Act", "12", "2021-03-04"),
        ("Nepal", "B title", "Maternity Act", "7", "2020-11-30"),
    )
    (act,) = drafts[0].record.legal_acts
    assert (act.type, act.number, str(act.date)) == ("act", "12", "2021-03-04")
    assert [t.value for t in act.titles] == ["Pensions Act"]


def test_a_column_of_numbered_outcomes_is_none_of_titles() -> None:
    drafts = read(
        ("Country", "Outcome", "Statement"),
        ("Kenya", "Outcome 8", "Pension law adopted by parliament"),
        ("Nepal", "Outcome 8", "Registry of poor households opened"),
    )
    assert drafts[0].record.titles[0].value == "Pension law adopted by parliament"


def test_a_sheet_of_sums_is_not_read_beside_one_of_results() -> None:
    book = openpyxl.Workbook()
    results, sums = book.create_sheet("Results"), book.create_sheet("By country")
    for row in (("Country", "Title"), ("Kenya", "A title"), ("Nepal", "B title")):
        results.append(row)
    for row in (("Country", "Donor", "USD"), ("Kenya", "Japan", 5), ("Nepal", "Spain", 6)):
        sums.append(row)
    stream = io.BytesIO()
    book.save(stream)
    drafts = [i.draft for i in READER.items(SourceFile("t.xlsx", stream.getvalue()))]
    assert len(drafts) == 2
    assert "it has no column of titles or texts" in said(drafts)


@pytest.mark.parametrize("month", ["May", "mai", "5", "05"])
def test_a_month_beside_a_year_is_a_period(month: str) -> None:
    (draft,) = read(("Country", "Title", "Year", "Month"), ("Kenya", "A title", "2022", month))
    assert (str(draft.record.period_start), draft.record.achieved_in) == ("2022-05-01", None)


def test_a_year_whose_month_is_empty_is_a_year() -> None:
    drafts = read(
        ("Country", "Title", "Year", "Month"),
        ("Kenya", "A title", "2022", "May"),
        ("Kenya", "Another", "2021", ""),
    )
    assert drafts[1].record.achieved_in == 2021


# --- what is said of all rows, or of some ---


def test_what_stands_above_a_table_is_said_of_its_rows() -> None:
    drafts = read(
        ("Réformes de protection sociale",),
        ("Pays : Bénin",),
        ("Bailleur", "Belgique"),
        ("Mise à jour : 31/12/2023",),
        ("Titre", "Cible ODD", "Branches"),
        ("Pensions relevées", "1.3", "Vieillesse"),
    )
    assert drafts[0].record.country == "BEN"
    assert [f.name for f in drafts[0].record.funders] == ["Government of Belgium"]
    assert "“Bénin” is taken as Country of all rows, since it stands above" in said(drafts)


def test_a_column_goes_before_what_stands_above() -> None:
    drafts = read(("Country: Kenya",), ("Title", "Country"), ("A title", "Nepal"), ("B title", ""))
    assert [draft.record.country for draft in drafts] == ["NPL", None]


def test_the_name_of_a_sheet_may_be_its_country() -> None:
    book = openpyxl.Workbook()
    for name in ("Kenya", "Notes"):
        sheet = book.create_sheet(name)
        sheet.append(("Title", "SDG target"))
        sheet.append((f"A title of {name.lower()}", "1.3"))
    stream = io.BytesIO()
    book.save(stream)
    drafts = [i.draft for i in READER.items(SourceFile("t.xlsx", stream.getvalue()))]
    assert drafts[0].record.country == "KEN"
    assert "since it stands on the tab of the table" in said(drafts)


def test_rows_of_a_country_alone_head_those_below_and_headings_may_be_repeated() -> None:
    head = ("No.", "Title", "What happened", "SDG")
    drafts = read(
        head,
        ("Kenya", "", "", ""),
        ("1", "Pension law adopted", "Parliament adopted it.", "1.3"),
        ("2", "Fund opened", "The fund opened in May.", "1.3"),
        ("Lao PDR", "", "", ""),
        head,
        ("3", "Scheme merged", "The scheme was merged.", "3.8"),
    )
    assert [draft.record.country for draft in drafts] == ["KEN", "KEN", "LAO"]
    assert "“Kenya” stands alone in a row above" in said(drafts[:1])
    assert "stands alone" not in said(drafts[1:2])


@pytest.mark.parametrize("heading", ["May it be published?", "Publishable", "Website"])
def test_yes_and_no_say_what_may_be_public(heading: str) -> None:
    drafts = read(
        ("Country", "Title", heading), ("Kenya", "A title", "Yes"), ("Kenya", "B title", "No")
    )
    assert [draft.record.visibility for draft in drafts] == ["public", "internal"]


def test_what_is_confidential_is_internal() -> None:
    drafts = read(("Country", "Title", "Confidential"), ("Kenya", "A", "x"), ("Kenya", "B", "no"))
    assert [draft.record.visibility for draft in drafts] == ["internal", "public"]


def test_the_language_of_texts_is_that_of_their_words() -> None:
    texts = ("Le régime est ouvert à tous les artisans du pays et de la région", "x")
    (draft,) = read(("Country", "Title", "Donor"), ("Togo", texts[0], "France"))
    assert draft.record.titles[0].language == "fr"
    (named,) = read(("Country", "Title", "Language"), ("Togo", texts[0], "en"))
    assert named.record.titles[0].language == "en"


@pytest.mark.parametrize("words", ["n/a", "-", "—", "Sans objet", "Ninguno", "TBC"])
def test_words_for_nothing_are_nothing(words: str) -> None:
    (draft,) = read(
        ("Country", "Title", "Donor", "Date", "Law"), ("Kenya", "A title", words, words, words)
    )
    assert (draft.record.funders, draft.record.legal_acts, draft.errors) == ((), (), ())


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("12–14 May 2022", ("2022-05-12", "2022-05-14")),
        ("25-27 August 2020", ("2020-08-25", "2020-08-27")),
        ("1 January - 30 June 2022", ("2022-01-01", "2022-06-30")),
    ],
)
def test_a_span_of_days_is_a_period(words: str, days: tuple[str, str]) -> None:
    (draft,) = read(("Country", "Title", "Date"), ("Kenya", "A title", words))
    assert (str(draft.record.period_start), str(draft.record.period_end)) == days
    assert draft.record.achieved_on is None


@pytest.mark.parametrize(
    "words", ["Q2 2022", "2022-Q2", "T2 2022", "2nd quarter of 2022", "2e trimestre 2022"]
)
def test_a_quarter_is_that_of_the_calendar_and_said(words: str) -> None:
    (draft,) = read(("Country", "Title", "Date"), ("Kenya", "A title", words))
    record = draft.record
    assert (str(record.period_start), str(record.period_end)) == ("2022-04-01", "2022-06-30")
    assert "a quarter of the calendar. If your quarters are others" in said([draft])


def test_a_row_of_one_cell_is_a_note_and_said() -> None:
    drafts = read(
        ("Territory", "Result", "Donor", "SDG target"),
        ("Kenya", "Pension law adopted by parliament", "Japan", "1.3"),
        ("Nepal", "Registry of poor households opened", "Japan", "1.3"),
        ("", "", "", ""),
        ("Dates are given as year-month-day.", "", "", ""),
    )
    assert len(drafts) == 2
    assert "passed over as a note: it says “Dates are given as year-month-day.”" in said(drafts)


def test_a_column_of_places_may_hold_regions_and_two_countries() -> None:
    drafts = read(
        ("Territory", "Title", "SDG target"),
        ("Trinidad and Tobago", "A title", "1.3"),
        ("Barbados and Saint Lucia", "B title", "1.3"),
        ("Africa (regional)", "C title", "1.3"),
        ("Jamaica", "D title", "1.3"),
    )
    assert [draft.record.country for draft in drafts[::3]] == ["TTO", "JAM"]
    assert drafts[1].errors


def test_a_lender_gives_way_where_another_column_names_donors() -> None:
    drafts = read(
        ("Country", "Title", "Fndg", "Parallel loan (lender)", "Lender"),
        ("Kenya", "A title", "Finland", "World Bank", "Japan"),
        ("Nepal", "B title", "Sweden", "Japan", "Japan"),
    )
    assert [f.name for f in drafts[0].record.funders] == ["Government of Finland"]


@pytest.mark.parametrize("words", ["20220512", "12/May/2022"])
def test_days_as_databases_write_them(words: str) -> None:
    (draft,) = read(("Country", "Title", "Date"), ("Kenya", "A title", words))
    assert str(draft.record.achieved_on) == "2022-05-12"


def test_titles_may_be_short_beside_prose() -> None:
    drafts = read(
        ("Pays", "Changement observé", "En quoi consiste le changement", "ODD"),
        ("Kenya", "Loi sur les pensions adoptée", "Le parlement a adopté la loi en mai.", "1"),
        ("Togo", "Assurance étendue", "Les artisans peuvent désormais cotiser.", "3"),
    )
    assert drafts[1].record.titles[0].value == "Assurance étendue"
    assert drafts[1].record.achievement[0].value == "Les artisans peuvent désormais cotiser."


@pytest.mark.parametrize(
    ("heading", "cell", "field", "value"),
    [
        ("SDG", "ODS 5, meta 5.4", "sdg_targets", ("5.4",)),
        ("SDG", "ODS 5, meta 5.4", "sdg_goals", ("5",)),
        ("SDG", "SDG 3.1, 3.8", "sdg_targets", ("3.1", "3.8")),
        ("SDG", "SDG 8: 8.5, 8.8", "sdg_targets", ("8.5", "8.8")),
        ("SDG", "SDG 1: No poverty, SDG 8: Decent work", "sdg_goals", ("1", "8")),
        ("SDG", "SDGs: 1, 8", "sdg_goals", ("1", "8")),
        ("P&B indicator", "8.1.1: Number of countries that …", "indicator", "8.1.1"),
        ("Step", "Step 2: legislation", "step", 2),
        ("Country", "KEN - Kenya", "country", "KEN"),
        ("Country", "Kenya¹", "country", "KEN"),
    ],
)
def test_codes_with_their_names_and_marks(
    heading: str, cell: str, field: str, value: object
) -> None:
    place = () if heading == "Country" else (("Country", "Kenya"),)
    columns = (*place, ("Title", "A title"), (heading, cell))
    (draft,) = read(tuple(h for h, _ in columns), tuple(c for _, c in columns))
    assert getattr(draft.record, field) == value
    assert draft.errors == ()


def test_names_may_be_parted_by_strokes_and_marks_of_lists() -> None:
    (draft,) = read(
        ("Country", "Title", "Constituents"),
        ("Kenya", "A title", "Ministry of Labour | Trades Union Congress\n• Employers' Forum"),
    )
    names = {o.name for o in draft.record.constituents}
    assert names == {"Ministry of Labour", "Trades Union Congress", "Employers' Forum"}


# --- what a person says ---

ODD = (
    ("Place", "In words", "More", "Aside"),
    ("Kenya", "One thing", "A story", "x"),
    ("Nepal", "Two things", "A story", "x"),
)


def test_a_person_says_what_a_column_is() -> None:
    draft, _ = read(*ODD, columns=("In words=Titre", "More=achievement", "aside = -"))
    assert [t.value for t in draft.record.titles] == ["One thing"]
    assert [t.value for t in draft.record.achievement] == ["A story"]
    assert draft.record.country == "KEN"
    assert "Aside" not in said([draft])
    assert "None of ours" not in said([draft])


def test_what_was_said_goes_before_what_a_heading_says() -> None:
    (draft,) = read(
        ("Country", "Title", "Result"),
        ("Kenya", "Name of the file", "A law"),
        columns=("Result=title",),
    )
    assert [t.value for t in draft.record.titles] == ["A law"]
    assert "B “Title”" in said([draft])


def test_settings_say_it_for_all_tables() -> None:
    reader = SourceReader(Settings(columns="In words=title; More=-"))
    text = b"Place,In words,More\nKenya,One,A story\n"
    (item,) = reader.items(SourceFile("t.csv", text))
    assert [t.value for t in item.draft.record.titles] == ["One"]
    assert item.draft.record.achievement == ()


@pytest.mark.parametrize(
    ("words", "message"),
    [("In words", "does not say what a column is"), ("In words=nonsense", "There is no field")],
)
def test_what_is_said_must_name_a_field(words: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read(*ODD, columns=(words,))


def test_a_heading_that_no_column_has_is_told() -> None:
    drafts = read(*ODD, columns=("In words=title", "Moer=achievement"))
    assert "No column is called “Moer”" in said(drafts)


def test_the_warning_says_the_option_to_use() -> None:
    drafts = read(("Country", "Title", "Colour"), ("Kenya", "A title", "red"))
    assert 'Say what one is with --column "Colour=FIELD", or =- to leave it out' in said(drafts)


def test_the_command_line_takes_it(cli: Cli, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("Place,In words,More\nKenya,One,A story\n", "utf-8")
    options = ("--column", "In words=title", "--column", "More=Outcome achieved")
    done = cli("convert", table, "--to", "json", *options)
    assert done.returncode == 0, done.stderr
    (record,) = json.loads(done.stdout)
    assert (record["title"], record["achievement"]) == ("One", "A story")
    assert cli("validate", table, "--column", "More=nonsense").returncode == 2
    loaded = cli("--store", tmp_path / "store", "load", table, "--dry-run", *options)
    assert "1" in loaded.stdout
    assert "none of ours" not in loaded.stdout
