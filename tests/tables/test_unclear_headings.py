"""Headings that are unclear lose no file: two that say the same, one over several, several in one.

What cannot be told apart is named in a warning and left out; it is not stated.
"""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from outcome_graph.draft import Draft, SourceFile
from outcome_graph.errors import SourceError
from outcome_graph.pipeline import SourceReader
from outcome_graph.settings import Settings

READER = SourceReader(Settings())
ROWS = ("Kenya,Pension law adopted", "Nepal,Registry of households opened")


def read(heading: str, *cells: str) -> list[Draft]:
    """Read a table of two results with further columns, named and filled as given."""
    lines = [f"Country,Title,{heading}", *(",".join(p) for p in zip(ROWS, cells, strict=True))]
    return [i.draft for i in READER.items(SourceFile("t.csv", "\n".join(lines).encode()))]


def said(drafts: list[Draft]) -> str:
    return "\n".join(problem.message for draft in drafts for problem in draft.problems)


def test_of_two_headings_that_say_the_same_none_is_stated_and_the_others_are_read() -> None:
    drafts = read("Date,Date achieved,Donor", "2020-01-01,2021-02-03,Norway", "2020-01-01,,Japan")
    assert [draft.record.country for draft in drafts] == ["KEN", "NPL"]
    assert [draft.record.achieved_on for draft in drafts] == [None, None]
    assert all(draft.record.funders and not draft.errors for draft in drafts)
    assert "C “Date” and D “Date achieved” say the same thing, Date achieved" in said(drafts)


def test_of_two_headings_that_say_the_same_the_one_that_is_filled_or_says_more_is_read() -> None:
    blank = read("Date achieved,Fecha de logro", "2021-02-03,", "2021-02-04,")
    more = read("Dates,Achieved on", "2020-01-01,2021-02-03", "2020-01-01,2021-02-04")
    for drafts in (blank, more):
        assert [str(draft.record.achieved_on) for draft in drafts] == ["2021-02-03", "2021-02-04"]
        assert "was read as Date achieved by its values" in said(drafts)


@pytest.mark.parametrize("headings", ["Period start,Début de la période", "Step,Étape"])
def test_columns_of_which_one_heading_says_the_same_are_taken_for_nothing_else(
    headings: str,
) -> None:
    cells = (
        ("2020-01-01,2021-01-01", "2020-02-01,2021-02-01") if "Per" in headings else ("1,2",) * 2
    )
    drafts = read(headings, *cells)
    assert not any(d.record.period_start or d.record.achieved_on or d.record.step for d in drafts)
    assert "say the same thing" in said(drafts)


@pytest.mark.parametrize("heading", ["Country", "Pays"])
def test_two_columns_of_what_a_result_is_known_by_are_refused(heading: str) -> None:
    with pytest.raises(SourceError, match=f"A “Country” and C “{heading}” .row 1. hold the same"):
        read(heading, "Kenya", "Nepal")


def test_two_columns_of_which_a_person_says_the_same_are_refused() -> None:
    data = b"Country,Title,A,B\nKenya,T,2020-01-01,2021-01-01\n"
    both = SourceFile("t.csv", data, columns=("A=achievedOn", "B=achievedOn"))
    with pytest.raises(SourceError, match="hold the same thing, Date achieved"):
        list(READER.items(both))


def test_a_heading_over_several_columns_names_none_of_them_alone() -> None:
    made = Workbook()
    for row in (
        ("Country", "Title", "Dates", None, None, "Donor"),
        (None, None, "Contract start", "Obtained", "Contract end", None),
        ("Kenya", "Pension law adopted", "2020-01-01", "2021-02-03", "2023-12-31", "Norway"),
        ("Nepal", "Registry opened", "2020-01-01", "2021-02-04", "2023-12-31", "Japan"),
    ):
        made.active.append(row)
    for cells in ("A1:A2", "B1:B2", "C1:E1", "F1:F2"):
        made.active.merge_cells(cells)
    made.save(stream := io.BytesIO())
    drafts = [i.draft for i in READER.items(SourceFile("t.xlsx", stream.getvalue()))]
    assert [str(draft.record.achieved_on) for draft in drafts] == ["2021-02-03", "2021-02-04"]
    assert "C “Contract start”" in said(drafts)


def test_a_heading_above_another_names_no_column_whose_own_heading_forbids_it() -> None:
    lines = (
        "Place,Result,Dates,,Money",
        "Country,Title,Contract start,Obtained,Donor",
        "Kenya,Pension law adopted,2020-01-01,2021-02-03,Norway",
        "Nepal,Registry opened,2020-01-01,2021-02-04,Japan",
    )
    drafts = [i.draft for i in READER.items(SourceFile("t.csv", "\n".join(lines).encode()))]
    assert [str(draft.record.achieved_on) for draft in drafts] == ["2021-02-03", "2021-02-04"]


@pytest.mark.parametrize("between", [" | ", "|", " / ", "/"])
def test_a_column_that_is_named_as_two_is_read_as_two(between: str) -> None:
    heading = f"Biennium{between}Indicator"
    drafts = read(heading, f"2020-21{between}8.1.1", f"2022-23{between}8.2.1")
    found = [(draft.record.biennium, draft.record.indicator) for draft in drafts]
    assert found == [("2020-21", "8.1.1"), ("2022-23", "8.2.1")]


def test_days_in_a_column_that_is_named_as_two_show_their_order() -> None:
    drafts = read("Date / Visibility", "12/05/2021 / public", "13/05/2021 / internal")
    assert [str(d.record.achieved_on) for d in drafts] == ["2021-05-12", "2021-05-13"]
    assert [d.record.visibility for d in drafts] == ["public", "internal"]


def test_a_column_with_other_parts_than_its_heading_is_not_parted() -> None:
    drafts = read("Biennium / Indicator", "2020-21 / 8.1.1", "2022-23")
    assert [draft.record.biennium for draft in drafts] == [None, None]
    assert "C “Biennium / Indicator”" in said(drafts)


def test_a_column_of_countries_and_regions_may_be_called_so() -> None:
    data = b"Country/Region,Title,Donor\nKenya,Law adopted,Japan\nNepal,Registry opened,Japan\n"
    drafts = [i.draft for i in READER.items(SourceFile("t.csv", data))]
    assert [draft.record.country for draft in drafts] == ["KEN", "NPL"]
