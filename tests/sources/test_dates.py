"""Dates in prose, in three languages, against the days they name."""

from __future__ import annotations

import datetime

import pytest

from outcome_graph.sources.page.dates import find_dates
from outcome_graph.sources.text import SourceText

DATES = {
    "1 April 2020": ("2020-04-01", "2020-04-01"),
    "1st April, 2020": ("2020-04-01", "2020-04-01"),
    "3rd of February 2021": ("2021-02-03", "2021-02-03"),
    "April 1, 2020": ("2020-04-01", "2020-04-01"),
    "24-26 Nov 2020": ("2020-11-24", "2020-11-26"),
    "25–27 August 2020": ("2020-08-25", "2020-08-27"),
    "25 to 27 August 2020": ("2020-08-25", "2020-08-27"),
    "25 and 26 August 2020": ("2020-08-25", "2020-08-26"),
    "25, 26 and 27 August 2020": ("2020-08-25", "2020-08-27"),
    "29 June to 2 July 2021": ("2021-06-29", "2021-07-02"),
    "28 December - 3 January 2021": ("2020-12-28", "2021-01-03"),
    "28 December 2020 - 3 January 2021": ("2020-12-28", "2021-01-03"),
    "August 25-27, 2020": ("2020-08-25", "2020-08-27"),
    "01.04.2020": ("2020-04-01", "2020-04-01"),
    "1/4/2020": ("2020-04-01", "2020-04-01"),
    "25-27.08.2020": ("2020-08-25", "2020-08-27"),
    "2020-04-01": ("2020-04-01", "2020-04-01"),
    "٠١.٠٤.٢٠٢٠": ("2020-04-01", "2020-04-01"),
    "1er avril 2020": ("2020-04-01", "2020-04-01"),
    "du 25 au 27 août 2020": ("2020-08-25", "2020-08-27"),
    "les 5 et 6 février 2021": ("2021-02-05", "2021-02-06"),
    "12 déc. 2021": ("2021-12-12", "2021-12-12"),
    "1 de abril de 2020": ("2020-04-01", "2020-04-01"),
    "1º de abril de 2020": ("2020-04-01", "2020-04-01"),
    "13 de julho de 2017": ("2017-07-13", "2017-07-13"),
    "1º de março de 2021": ("2021-03-01", "2021-03-01"),
    "del 25 al 27 de agosto de 2020": ("2020-08-25", "2020-08-27"),
    "del 28 de septiembre al 2 de octubre de 2020": ("2020-09-28", "2020-10-02"),
    "el 5 y 6 de setiembre del 2021": ("2021-09-05", "2021-09-06"),
    "29 February 2020": ("2020-02-29", "2020-02-29"),
}


def dates_in(words: str) -> list[tuple[str | None, str | None, str | None]]:
    text = SourceText.of(words)

    def iso(day: datetime.date | None) -> str | None:
        return day.isoformat() if day else None

    return [(iso(d.first), iso(d.last), d.reason) for d in find_dates(text.match, text.span)]


@pytest.mark.parametrize("words", DATES)
def test_date(words: str) -> None:
    assert dates_in(f"It was held {words} (see 8.1.1).") == [(*DATES[words], None)]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("31.02.2020", "does not exist"),
        ("29 February 2021", "does not exist"),
        ("31 de abril de 2020", "does not exist"),
        ("13/13/2020", "does not exist"),
        ("27-25 August 2020", "ends before it begins"),
        ("5–9 July", "has no year"),
    ],
)
def test_no_date(words: str, reason: str) -> None:
    assert dates_in(f"on {words}.") == [(None, None, reason)]


@pytest.mark.parametrize(
    "words",
    [
        "Step 1 may be next",
        "8.1.1",
        "No. 224",
        "2020-21",
        "1.3 million",
        "v1.2.2020.3",
        "4 marches",
    ],
)
def test_what_is_no_date(words: str) -> None:
    assert dates_in(words) == []


def test_a_date_without_year_takes_the_next_one_of_its_sentence() -> None:
    assert dates_in("on 5–9 July and 12–16 August 2021") == [
        ("2021-07-05", "2021-07-09", None),
        ("2021-08-12", "2021-08-16", None),
    ]
    assert dates_in("on 5–9 July. Later, on 12 August 2021")[0][2] == "has no year"
