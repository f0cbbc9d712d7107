"""Columns of bodies: who pays, who does the work, who takes part; and prose below such words."""

from __future__ import annotations

import csv
import io

import pytest

from outcome_graph.draft import Draft, SourceFile
from outcome_graph.pipeline import SourceReader
from outcome_graph.settings import Settings

TITLES = ("Pension law adopted by parliament", "Registry of poor households opened")
BODIES = ("Samoa National Provident Fund", "Ministry of Internal Affairs")


def drafts(data: bytes) -> list[Draft]:
    return [i.draft for i in SourceReader(Settings()).items(SourceFile("t.csv", data))]


def table(*columns: tuple[str, ...], between: str = ";") -> list[Draft]:
    """Read a table of two results with further columns, each its heading and its cells."""
    text = io.StringIO()
    every = (("Title", *TITLES), ("Country", "Kenya", "Lao PDR"), *columns)
    csv.writer(text, delimiter=between).writerows(zip(*every, strict=True))
    return drafts(text.getvalue().encode())


def contributors(draft: Draft) -> list[str]:
    given = draft.record.contribution
    return [o.name for o in given.contributors] if given else []


def constituents(draft: Draft) -> list[str]:
    return [o.name for o in draft.record.constituents]


def test_sentences_below_a_word_for_bodies_are_no_names() -> None:
    gain = (
        "What workers gain",
        "Whoever works at night is paid a tenth more.",
        "Agencies have to insure the helpers whom they place.",
    )
    women = (
        "Women workers",
        "Safe transport home is part of the order.",
        "Most of the helpers are women from the islands.",
    )
    first, _ = table(gain, women)
    assert constituents(first) == []
    assert [t.value for t in first.record.achievement] == [gain[1]]
    assert [t.value for t in first.record.gender_equality] == [women[1]]


def test_names_below_the_same_words_stay_names() -> None:
    first, _ = table(("Workers' organisations", "Federation of Free Workers", "KSBSI"))
    assert constituents(first) == ["Federation of Free Workers"]


@pytest.mark.parametrize("heading", ["Delivered by", "Carried out by", "Realizado por", "Mené par"])
def test_those_who_did_the_work_contributed_whatever_they_are(heading: str) -> None:
    first, _ = table((heading, *BODIES))
    assert contributors(first) == [BODIES[0]]
    assert constituents(first) == []


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Delivered by", ("Maria Lopez", "J. Otieno")),
        ("Delivered by", ("2023-12-31", "2024-06-30")),
        ("Executed by", ("yes", "no")),
        ("Verified by", BODIES),
        ("Audit carried out by", BODIES),
        ("Study carried out by", BODIES),
        ("To be delivered by", BODIES),
        ("Partners", ("We worked with the ministry.", "Unions took part.")),
    ],
)
def test_what_did_no_work_contributed_nothing(heading: str, cells: tuple[str, ...]) -> None:
    first, _ = table((heading, *cells))
    assert contributors(first) == []
    assert constituents(first) == []
    assert first.record.achievement == ()


def test_names_that_end_in_a_stop_are_names() -> None:
    first, _ = table(("Partners", "Fiji Commerce Company Ltd.", "Tonga Sugar Company Ltd."))
    assert constituents(first) == ["Fiji Commerce Company Ltd."]


def test_agencies_that_helped_contributed_and_donors_that_helped_paid() -> None:
    first, _ = table(
        ("Backed by", "DanChurchAid", "Government of Norway; Government of Japan"),
        ("Who helped", "Care Nepal, Oxfam", "Oxfam"),
    )
    assert contributors(first) == ["Care Nepal", "Oxfam"]
    assert [o.name for o in first.record.funders] == ["DanChurchAid"]
    (donors, _) = table(("Who helped", "Government of Norway", "Government of Japan"))
    assert contributors(donors) == []


@pytest.mark.parametrize(
    "cells",
    [
        ("Nepal Trade Union Congress", "Government of Norway; Government of Japan"),
        ("two thirds of the workers", "Government of Norway; Government of Japan"),
    ],
)
def test_others_beside_donors_are_not_said_to_pay(cells: tuple[str, str]) -> None:
    first, second = table(("Backed by", *cells))
    assert first.record.funders == second.record.funders == ()
    assert constituents(first) == constituents(second) == []


def test_agencies_below_technical_support_contributed() -> None:
    first, second = table(("Technical support", "UNICEF", "FAO; WFP"))
    assert len(contributors(first)) == 1
    assert len(contributors(second)) == 2


@pytest.mark.parametrize("words", ["Care Commission, Kenya", "Oxfam, the union and others"])
def test_a_comma_within_a_name_parts_it_not(words: str) -> None:
    (draft, _) = table(("Contributors", words, "ILO"))
    assert contributors(draft) == [words]


def test_strokes_may_part_columns_or_names() -> None:
    first, second = table(("Partners", *BODIES), between="|")
    assert [constituents(first), constituents(second)] == [[name] for name in BODIES]
    first, _ = table(("Partners", "|".join(BODIES), ""), between=",")
    assert sorted(constituents(first)) == sorted(BODIES)


def test_a_period_from_and_to() -> None:
    first, _ = table(
        ("Period from", "2023-01-01", "2023-07-01"), ("Period to", "2023-06-30", "2023-12-31")
    )
    days = [str(first.record.period_start), str(first.record.period_end)]
    assert days == ["2023-01-01", "2023-06-30"]


@pytest.mark.parametrize(("heading", "goals"), [("ODS y meta", ("5",)), ("SDG targets", ())])
def test_a_column_of_goals_and_targets_keeps_both(heading: str, goals: tuple[str, ...]) -> None:
    first, _ = table((heading, "ODS 5, meta 5.4", "ODS 1, meta 1.3"))
    assert first.record.sdg_goals == goals
    assert first.record.sdg_targets == ("5.4",)


def test_partners_that_implemented_are_contributors() -> None:
    first, second = table(("Implementing partner", "Solidaridad West Africa", "ActionAid"))
    assert (contributors(first), contributors(second)) == (
        ["Solidaridad West Africa"],
        ["ActionAid"],
    )
    assert constituents(first) == []


def test_agencies_with_whose_assistance_it_was_done_are_contributors() -> None:
    first, _ = table(("Financé par", "Japon", "Italie"), ("Avec le concours de", "OMS", "UNICEF"))
    assert contributors(first) == ["World Health Organization"]
    donors = table(("Avec le concours de", "Japon", "Italie"))
    assert [contributors(draft) for draft in donors] == [[], []]
