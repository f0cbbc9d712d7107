"""Columns whose headings are in words that we do not know, told by what their cells hold.

What is taken is said; what may be two things is not taken.
"""

from __future__ import annotations

import csv
import datetime
import io

import pytest
from openpyxl import Workbook

from outcome_graph.draft import Draft, SourceFile
from outcome_graph.pipeline import SourceReader
from outcome_graph.settings import Settings

TITLES = ("Pension law adopted by parliament", "Registry of poor households opened")
PLACES = ("Kenya", "Lao PDR")


def drafts(data: bytes, name: str = "t.csv") -> list[Draft]:
    return [item.draft for item in SourceReader(Settings()).items(SourceFile(name, data))]


def of_columns(*columns: tuple[str, ...]) -> list[Draft]:
    """Read a table of columns, each its heading and its cells."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(zip(*columns, strict=True))
    return drafts(text.getvalue().encode())


def table(heading: str, *cells: str, country: bool = True) -> list[Draft]:
    """Read a table of titles and countries with another column."""
    titles = [("Title", *(TITLES[n % 2] + " " + "a" * n for n in range(len(cells))))]
    places = [("Country", *(PLACES[n % 2] for n in range(len(cells))))] if country else []
    more = [] if country else [("Partners", *("Ministry of Labour" for _ in cells))]
    return of_columns(*titles, *places, *more, (heading, *cells))


def said(read: list[Draft]) -> str:
    return "\n".join(problem.message for draft in read for problem in draft.problems)


@pytest.mark.parametrize(
    ("heading", "cells", "field", "first"),
    [
        ("Links to 2030", ("SDG 1", "SDG 10"), "sdg_goals", ("1",)),
        ("Alignment", ("SDG 1.3", "ODS 8.5"), "sdg_targets", ("1.3",)),
        ("Agenda 2030", ("1.3", "8.5"), "sdg_targets", ("1.3",)),
        ("Contingency", ("Old age", "Maternity; sickness"), "branches", ("old-age",)),
        ("Planning cycle", ("2020-21", "2018-2019"), "biennium", "2020-21"),
        ("Our ref.", ("KEN101", "LAO226"), "code", "KEN101"),
        ("Came about on", ("2021-03-04", "5 May 2022"), "achieved_on", datetime.date(2021, 3, 4)),
        ("Stage", ("Step 2", "Step 1"), "step", 2),
        ("Who may see it", ("public", "internal"), "visibility", "public"),
    ],
)
def test_a_column_is_told_by_its_values(
    heading: str, cells: tuple[str, ...], field: str, first: object
) -> None:
    read = table(heading, *cells)
    assert getattr(read[0].record, field) == first
    assert f"Column “{heading}” was read as" in said(read)
    assert "by its values" in said(read)


def test_countries_symbols_acts_and_addresses_are_told_by_their_values() -> None:
    read = table("Mission", *PLACES, country=False)
    assert [draft.record.country for draft in read] == ["KEN", "LAO"]
    read = table("TC symbol", "KEN/16/02/LUX", "LAO/18/01/JPN")
    assert [p.identifier for d in read for p in d.record.projects] == [
        "KEN/16/02/LUX",
        "LAO/18/01/JPN",
    ]
    read = table("Came of it", "Decree No. 5 of 2020", "Law No. 7 of 2021")
    acts = [(a.type, a.number) for d in read for a in d.record.legal_acts]
    assert acts == [("decree", "5"), ("law", "7")]
    read = table("Read on", "https://example.org/a", "https://example.org/b")
    assert read[0].record.source is not None
    assert read[0].record.source.url == "https://example.org/a"


def test_titles_are_the_only_column_of_short_sentences() -> None:
    places = ("Country", *PLACES)
    short = ("In one line", *TITLES)
    prose = ("In our words", "Parliament adopted the law in May.", "The registry opened in March.")
    read = of_columns(places, ("Donor", "Japan", "Spain"), short, prose)
    assert [t.value for d in read for t in d.record.titles] == list(TITLES)
    assert [t.value for d in read for t in d.record.achievement] == list(prose[1:])
    # Two of them, and none is known to be it.
    other = ("In other words", "Workers have a new pension", "Poor people are on a list")
    read = of_columns(places, ("Donor", "Japan", "Spain"), ("In words", *TITLES), other)
    assert [d.record.titles for d in read] == [(), ()]
    for heading in ("Lessons learned", "Name", "Districts reached", "Project title"):
        read = of_columns(places, ("Donor", "Japan", "Spain"), (heading, *TITLES))
        assert [d.record.titles for d in read] == [(), ()]
    names = ("Together with", "Ministry of Labour and Pensions", "National Union of Teachers")
    read = of_columns(places, ("Donor", "Japan", "Spain"), names)
    assert [d.record.titles for d in read] == [(), ()]


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Budget (million)", ("1.3", "8.5")),
        ("EUR million", ("1.3", "2.4")),
        ("Score", ("1", "10")),
        ("Section", ("1.3.1", "8.5.2")),
        ("Planned SDG", ("SDG 1.3", "SDG 8.5")),
    ],
)
def test_numbers_that_look_like_codes_of_the_sdgs_are_none(
    heading: str, cells: tuple[str, ...]
) -> None:
    for draft in table(heading, *cells):
        record = draft.record
        assert (record.sdg_goals, record.sdg_targets, record.sdg_indicators) == ((), (), ())


@pytest.mark.parametrize(
    "heading",
    ["Start of grant", "Fecha de inicio", "Début", "Grant opened", "Reported", "Published",
     "Closing", "Updated", "Signed", "Next visit", "Lancement", "From", "Timestamp"],
)  # fmt: skip
def test_days_of_other_things_are_not_the_day_of_the_result(heading: str) -> None:
    for draft in table(heading, "2021-03-04", "2022-05-06"):
        assert draft.record.achieved_on is None


def test_of_two_columns_of_days_the_one_that_says_so_is_taken() -> None:
    for heading in ("Came about", "Adopted", "Aprobado el", "Mois"):
        read = of_columns(
            ("Title", *TITLES),
            ("Country", *PLACES),
            (heading, "2021-03-04", "2022-05-06"),
            ("Grant opened", "2019-03-04", "2020-05-06"),
        )
        assert read[0].record.achieved_on == datetime.date(2021, 3, 4)
        assert f"“{heading}” was read as Date achieved by its values" in said(read)


def test_of_two_columns_of_days_none_is_taken_that_says_nothing() -> None:
    read = of_columns(
        ("Title", *TITLES),
        ("Country", *PLACES),
        ("One", "2021-03-04", "2022-05-06"),
        ("Two", "2019-03-04", "2020-05-06"),
    )
    assert [d.record.achieved_on for d in read] == [None, None]
    assert "Column “One” holds what may be Date achieved (so do D “Two”)" in said(read)
    assert 'say --column "One=achievedOn"' in said(read)
    read = table("Came about", "3/4/2021 10:22:01", "3/5/2021 08:02:44")
    assert [d.record.achieved_on for d in read] == [None, None]


def test_a_date_of_something_gives_way_where_another_column_of_days_may_be_it() -> None:
    read = of_columns(
        ("Title", *TITLES),
        ("Country", *PLACES),
        ("Tranche date", "2019-06-01", "2020-02-01"),
        ("Effectiveness", "2021-03-01", "2022-12-01"),
    )
    assert [d.record.achieved_on for d in read] == [None, None]
    assert "“Tranche date” holds what may be Date achieved (so do D “Effectiveness”)" in said(read)
    read = of_columns(
        ("Title", *TITLES),
        ("Country", *PLACES),
        ("When was it achieved?", "2019-06-01", "2020-02-01"),
        ("Effectiveness", "2021-03-01", "2022-12-01"),
    )
    assert read[0].record.achieved_on == datetime.date(2019, 6, 1)
    for heading in ("Board date", "Date de votre prochaine action"):
        assert table(heading, "2019-06-01", "2020-02-01")[0].record.achieved_on is None


def test_countries_of_those_who_paid_are_not_those_of_the_results() -> None:
    # Beside the country.
    for draft in table("Made possible thanks to", "Japan", "Spain"):
        assert draft.record.country in ("KEN", "LAO")
    # Alone: the title says where it was.
    read = of_columns(
        ("Title", "Pension law adopted in Kenya", "Registry opened in Nepal"),
        ("Partners", "Ministry of Labour", "Ministry of Health"),
        ("Thanks to", "Japan", "Spain"),
    )
    assert [draft.record.country for draft in read] == ["KEN", "NPL"]
    assert [f.name for f in read[1].record.funders] == ["Government of Spain"]
    assert "“Thanks to” was read as Funders" in said(read)
    read = of_columns(
        ("Title", "Pension law adopted in Kenya", "Registry opened in Nepal"),
        ("Partners", "Ministry of Labour", "Ministry of Health"),
        ("On the map", "Japan", "Spain"),
    )
    assert [draft.record.country for draft in read] == ["KEN", "NPL"]
    assert "holds what may be Country, or something else" in said(read)
    for heading in ("Contributing nation", "Sponsor", "Headquarters", "Paid by"):
        read = table(heading, *PLACES, country=False)
        assert [draft.record.country for draft in read] == [None, None]


def test_two_columns_of_countries_or_two_countries_in_a_cell_are_not_taken() -> None:
    read = of_columns(
        ("Title", *TITLES),
        ("Partners", "Ministry of Labour", "Ministry of Health"),
        ("One", *PLACES),
        ("Two", "Nepal", "Togo"),
    )
    assert [draft.record.country for draft in read] == [None, None]
    assert "“Two”), or something else" in said(read)
    read = table("Mission", "Kenya; Uganda", "Nepal and Togo", country=False)
    assert [draft.record.country for draft in read] == [None, None]
    assert not said(read).count("was read as Country")


def test_yes_and_no_are_no_countries() -> None:
    """NO is Norway, ID Indonesia."""
    read = table("Signed off", "NO", "NO", country=False)
    assert [draft.record.country for draft in read] == [None, None]


@pytest.mark.parametrize(
    ("heading", "cells", "field"),
    [
        ("Grant", ("KEN101", "LAO226"), "code"),
        ("Room", ("KEN101", "KEN101"), "code"),
        ("Shelf", ("ABQ101", "ZZQ226"), "code"),
        ("Fiscal year", ("2020-21", "2018-19"), "biennium"),
        ("Cycle", ("2020-21", "2021-22"), "biennium"),
        ("Homepage", ("https://example.org/a", "https://example.org/b"), "url"),
        ("Address", ("https://example.org", "https://example.org/"), "url"),
        ("Repealed", ("Decree No. 5 of 2020", "Law No. 7 of 2021"), "legal_acts"),
        ("Sector", ("Public", "Public"), "visibility"),
        ("Branches not covered", ("Old age", "Maternity"), "branches"),
        ("Level", ("1", "2"), "step"),
        ("Districts", ("All", "all"), "branches"),
        ("Sex", ("Other", "Other"), "result_type"),
    ],
)
def test_values_of_other_things_are_not_taken(
    heading: str, cells: tuple[str, ...], field: str
) -> None:
    for draft in table(heading, *cells):
        record = draft.record
        of_source = record.source.url if record.source else None
        assert not (of_source if field == "url" else getattr(record, field))


@pytest.mark.parametrize(
    "heading", ["Whose money made it possible?", "Paid for by", "Aportante", "Appui financier"]
)
def test_names_that_we_know_below_a_word_for_paying_are_of_funders(heading: str) -> None:
    read = table(heading, "European Union", "Japan")
    names = [f.name for draft in read for f in draft.record.funders]
    assert names == ["European Union", "Government of Japan"]
    assert f"“{heading}” was read as Funders by its values" in said(read)


def test_what_those_whom_we_know_did_is_for_a_person_to_say() -> None:
    for heading in ("In touch with", "Support received from", "Planned sponsor", "Sponsor contact"):
        read = table(heading, "European Union", "World Bank")
        assert [draft.record.funders for draft in read] == [(), ()]
        assert "If they paid for the work, call it “Funders”" in said(read)
    read = table("Paid for by", "European Union", "people of good will")
    assert [draft.record.funders for draft in read] == [(), ()]


def test_of_two_columns_of_countries_one_of_donors_only_is_not_that_of_the_results() -> None:
    read = of_columns(
        ("Title", *TITLES),
        ("Partners", "Ministry of Labour", "Ministry of Health"),
        ("One", *PLACES),
        ("Lender nation", "Japan", "Spain"),
    )
    assert [draft.record.country for draft in read] == ["KEN", "LAO"]
    names = [funder.name for draft in read for funder in draft.record.funders]
    assert names == ["Government of Japan", "Government of Spain"]


def test_names_of_bodies_are_no_titles() -> None:
    read = of_columns(
        ("Country", *PLACES),
        ("Donor", "Japan", "Spain"),
        ("In short", *TITLES),
        ("In touch with", "Caisse nationale de prévoyance sociale", "Trades Union Congress"),
    )
    assert [t.value for d in read for t in d.record.titles] == list(TITLES)
    assert read[0].record.constituents == ()
    assert "D “In touch with”. Say what one is with" in said(read)


PROSE = ("Parliament adopted the law in May.", "The registry is open now.")
HELP = ("The ILO costed three options.", "Our experts trained 40 officials.")


def test_the_only_column_of_prose_tells_what_was_achieved() -> None:
    read = table("In our words", *PROSE)
    assert [t.value for d in read for t in d.record.achievement] == list(PROSE)
    assert "“In our words” was read as Outcome achieved by its values" in said(read)
    assert '--column "In our words=-" to leave it out' in said(read)


def test_prose_is_told_by_who_did_what() -> None:
    read = of_columns(
        ("Country", *PLACES), ("Title", *TITLES), ("One", *HELP), ("Two", *PROSE),
    )  # fmt: skip
    assert [t.value for d in read for t in d.record.achievement] == list(PROSE)
    narratives = [d.record.contribution.narrative for d in read if d.record.contribution]
    assert [t.value for texts in narratives for t in texts] == list(HELP)
    alone = table("One", *HELP)
    assert [d.record.contribution for d in alone] == [None, None]
    assert [d.record.achievement for d in alone] == [(), ()]
    assert 'say --column "One=contribution"' in said(alone)


def test_prose_of_plans_lessons_or_two_kinds_is_for_a_person_to_say() -> None:
    plans = ("The decree will be adopted in 2023.", "A second phase is to be funded.")
    for heading, cells in (("One", plans), ("What we learned", PROSE), ("Comments", PROSE)):
        assert [d.record.achievement for d in table(heading, *cells)] == [(), ()]
    read = of_columns(
        ("Country", *PLACES), ("Title", *TITLES), ("One", *PROSE), ("Two", *reversed(PROSE)),
    )  # fmt: skip
    assert [d.record.achievement for d in read] == [(), ()]
    assert "If they tell what was achieved, call it “Outcome achieved”" in said(read)


def test_bodies_are_constituents_where_no_word_says_otherwise() -> None:
    names = ("Ministry of Labour", "Trades Union Congress; Federation of Employers")
    read = table("Round the table", *names)
    assert {o.name for d in read for o in d.record.constituents} == {
        "Ministry of Labour", "Trades Union Congress", "Federation of Employers",
    }  # fmt: skip
    assert "was read as Constituents by its values" in said(read)
    for heading in ("Verified by", "Your organisation", "Adopted by"):
        assert [d.record.constituents for d in table(heading, *names)] == [(), ()]
    two = of_columns(
        ("Country", *PLACES), ("Title", *TITLES), ("One", *names), ("Two", *names),
    )  # fmt: skip
    assert [d.record.constituents for d in two] == [(), ()]
    assert 'say --column "One=constituents"' in said(two)
    agencies = table("Agencies in the lead", "UNICEF; ILO", "World Food Programme")
    assert [d.record.constituents for d in agencies] == [(), ()]
    assert all(d.record.contribution for d in agencies)


@pytest.mark.parametrize(
    ("heading", "cells", "field", "first"),
    [
        ("Contribution to the 2030 Agenda", ("SDG 1.3; 8.5", "SDG 1.3"), "sdg_targets", "1.3"),
        ("Result type", PLACES, "country", "KEN"),
        ("Title of the grant", ("KEN/16/02/LUX", "LAO/16/02/LUX"), "projects", None),
    ],
)
def test_values_overrule_a_heading_that_they_cannot_be_of(
    heading: str, cells: tuple[str, ...], field: str, first: str | None
) -> None:
    beside = () if field == "country" else (("Country", *PLACES),)
    more = (("Partners", "Ministry of Labour", "Ministry of Health"),)
    read = of_columns(("Title", *TITLES), *beside, *more, (heading, *cells))
    found = getattr(read[0].record, field)
    assert found
    if first:
        assert found == first or first in found
    assert not any(draft.errors for draft in read)


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Source", ("Annual report 2022", "Interview")),
        ("Code", ("R1", "R2")),
        ("Target", ("500 people", "12")),
        ("Type of result", ("Success", "Failure")),
    ],
)
def test_a_column_that_holds_nothing_of_its_heading_refuses_no_row(
    heading: str, cells: tuple[str, ...]
) -> None:
    read = table(heading, *cells)
    assert not any(draft.errors for draft in read)
    assert "none of its cells holds what may stand there" in said(read)
    assert read[0].record.code is None
    assert read[1].record.sdg_goals == ()


def test_the_target_beside_a_baseline_is_that_of_an_indicator() -> None:
    read = of_columns(
        ("Country", *PLACES), ("Title", *TITLES), ("Baseline", "0", "0"), ("Target", "1.3", "8.5"),
    )  # fmt: skip
    assert [d.record.sdg_targets for d in read] == [(), ()]


def test_no_heading_need_be_known() -> None:
    read = of_columns(
        ("Where we worked", *PLACES),
        ("What changed", "Parliament adopted the Social Protection Act", TITLES[1]),
        ("Milestone reached", "12 March 2021", "5 May 2022"),
        ("Backed by", "Government of Sweden", "Norway"),
        ("Contribution to the 2030 Agenda", "SDG 1.3; 8.5", "SDG 1.3"),
        ("Instrument", "Act No. 5 of 2021", "Ley N° 31301"),
    )
    record = read[0].record
    assert (record.country, str(record.achieved_on)) == ("KEN", "2021-03-12")
    assert record.titles[0].value == "Parliament adopted the Social Protection Act"
    assert [f.name for f in record.funders] == ["Government of Sweden"]
    assert record.sdg_targets == ("1.3", "8.5")
    assert [(a.type, a.number) for a in record.legal_acts] == [("act", "5")]


def test_a_column_that_a_heading_names_keeps_its_field() -> None:
    read = of_columns(
        ("Title", *TITLES), ("Country", *PLACES), ("SDG targets", "1.3", "8.5"),
        ("More", "SDG 5.4", "SDG 3.8"),
    )  # fmt: skip
    assert [d.record.sdg_targets for d in read] == [("1.3",), ("8.5",)]


def test_one_known_heading_is_enough_above_values_of_results_only() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(("Geography", "Statement", "Details", "TC symbol"))
    sheet.append(("Kenya", "Construction workers covered by a fund", "Long.", "KEN/16/02/LUX"))
    sheet.append(("Zambia", "Maternity benefits paid to workers", "Long.", "ZMB/16/02/LUX"))
    stream = io.BytesIO()
    book.save(stream)
    read = drafts(stream.getvalue(), "t.xlsx")
    assert [draft.record.country for draft in read] == ["KEN", "ZMB"]
    assert read[1].record.titles[0].value == "Maternity benefits paid to workers"


def test_a_row_of_outcomes_is_no_row_of_headings() -> None:
    rows = (
        "Country;Statement;Symbol",
        "Kenya;Title of the law on dates;KEN/16/02/LUX",
        "Description of the ministry;Decree adopted with partners;LAO/16/02/LUX",
    )
    assert len(drafts("\n".join(rows).encode())) == 2


def test_a_cell_that_a_guessed_column_cannot_hold_refuses_no_row() -> None:
    days = [f"2021-01-{n % 28 + 1:02}" for n in range(205)]
    read = table("Came about on", *days, "not yet")
    assert read[0].record.achieved_on == datetime.date(2021, 1, 1)
    last = read[-1]
    assert last.errors == ()
    assert "“not yet”: it is no date that can be read" in said([last])


def test_a_row_is_kept_without_a_day_that_cannot_be_read_where_a_year_is_given() -> None:
    (draft,) = drafts(b"Country,Title,Date achieved,Year achieved\nKenya,A,spring,2021\n")
    assert draft.errors == ()
    assert draft.record.achieved_in == 2021
    assert "“spring”" in said([draft])
    assert "read without it" in said([draft])
    (alone,) = drafts(b"Country,Title,Date achieved\nKenya,A,spring\n")
    assert alone.errors
    (two,) = drafts(b"Country,Title,Date achieved,Year achieved\nKenya,A,2020,2021\n")
    assert two.errors


def test_a_country_in_an_unusual_spelling_is_that_of_the_code() -> None:
    (draft,) = drafts(b"Country,Title,Code\nThe country of Tanzania,A,TZA101\n")
    assert draft.errors == ()
    assert draft.record.country == "TZA"
    assert "There is no country “The country of Tanzania”" in said([draft])
    for words in ("Nowhereland", "The country of Kenya"):
        (draft,) = drafts(f"Country,Title,Code\n{words},A,TZA101\n".encode())
        assert draft.errors


def test_a_row_with_a_day_a_target_or_an_act_is_one_of_results_not_of_headings() -> None:
    """The last row was taken for headings: "floor", "SDG" and "Ley" are words of such."""
    table = (
        "Where we worked;Title;Milestone reached;Agenda;Instrument\n"
        "Kenya;Parliament adopted the Act;12 March 2021;SDG 8.5;Act No. 5 of 2021\n"
        "Peru;The pension floor was extended to workers;5 May 2022;SDG 1.3;Ley N° 31301\n"
    )
    first, second = drafts(table.encode())
    assert (first.record.country, second.record.country) == ("KEN", "PER")
    assert first.record.achieved_on == datetime.date(2021, 3, 12)
    assert (first.record.sdg_targets, second.record.sdg_targets) == (("8.5",), ("1.3",))
    assert second.record.titles[0].value == "The pension floor was extended to workers"


@pytest.mark.parametrize("word", ["TOTAL", "Promedio"])
def test_a_row_of_sums_says_nothing_of_a_column(word: str) -> None:
    read = drafts(
        "Title;Donor;Access;Nation;Rate\n"
        f"{TITLES[0]};Japan;Public;Kenya;94\n{TITLES[1]};Italy;Internal;Nepal;71\n"
        f";;{word};;82,5\n".encode()
    )
    assert [draft.record.visibility for draft in read] == ["public", "internal"]
    assert [draft.record.country for draft in read] == ["KEN", "NPL"]
