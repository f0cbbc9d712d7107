"""Codes and words of coded fields, and the messages about those that are wrong."""

from __future__ import annotations

from typing import Any

import pytest

from outcome_graph.draft import Draft, Location
from outcome_graph.linking import link
from outcome_graph.model import Evidence, OutcomeRecord, texts
from outcome_graph.vocabulary import Knowledge


def _linked(knowledge: Knowledge, *locations: tuple[str, Location], **fields: Any) -> Draft:
    record = OutcomeRecord(id="X-1", **fields)
    return link(Draft(record, locations=locations), knowledge)


def _messages(draft: Draft, severity: str) -> list[str]:
    return [p.message for p in draft.problems if p.severity == severity]


# ---- Country ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "country", "region"),
    [
        ({"code": "LAO226"}, "LAO", None),
        ({"code": "lao 226"}, "LAO", None),
        ({"code": "RAF127"}, None, "RAF"),
        ({"code": "GLO999"}, None, "GLO"),
        ({"country": "Laos"}, "LAO", None),
        ({"country": "RDP lao"}, "LAO", None),
        ({"country": "Africa"}, None, "RAF"),
        ({"code": "SEN103", "country": "Sénégal"}, "SEN", None),
    ],
)
def test_country_or_region(
    fields: dict[str, str], country: str | None, region: str | None, knowledge: Knowledge
) -> None:
    draft = _linked(knowledge, **fields)
    assert (draft.record.country, draft.record.region) == (country, region)
    assert draft.problems == ()


def test_a_code_whose_prefix_is_no_country(knowledge: Knowledge) -> None:
    draft = _linked(knowledge, ("code", Location(line=6, column=12)), code="XQZ226")
    (error,) = draft.errors
    assert "XQZ226" in error.message
    assert "no country or region has the code XQZ" in error.message
    assert str(error).startswith("line 6, column 12: ")
    assert draft.record.country is None


def test_a_country_that_does_not_exist(knowledge: Knowledge) -> None:
    (error,) = _linked(knowledge, country="Senegall").errors
    assert "Senegall" in error.message
    assert "Did you mean Senegal?" in error.message


def test_a_code_of_another_country_is_a_warning(knowledge: Knowledge) -> None:
    draft = _linked(knowledge, code="LAO226", country="Viet Nam")
    assert draft.record.country == "VNM"
    (warning,) = _messages(draft, "warning")
    assert "LAO226" in warning
    assert "Viet Nam" in warning
    assert not draft.errors


def test_the_title_may_name_the_country(knowledge: Knowledge) -> None:
    draft = _linked(knowledge, titles=texts("Viet Nam adopts a new Labour Code"))
    assert draft.record.country == "VNM"
    assert draft.record.evidence == (Evidence("country", "VNM", "Viet Nam", 0.85),)


def test_a_country_of_the_text_is_a_candidate(knowledge: Knowledge) -> None:
    draft = _linked(knowledge, achievement=texts("A law was adopted, as in Senegal before."))
    assert draft.record.country is None
    (candidate,) = draft.record.candidates
    assert (candidate.field, candidate.value) == ("country", "SEN")
    assert candidate.confidence < 0.8


def test_two_countries_in_a_title_decide_nothing(knowledge: Knowledge) -> None:
    draft = _linked(knowledge, titles=texts("Kenya and Uganda sign an agreement"))
    assert draft.record.country is None
    assert draft.record.candidates == ()


# ---- SDG ----------------------------------------------------------------------------------------


def test_goals_and_targets_each_in_its_field(knowledge: Knowledge) -> None:
    draft = _linked(
        knowledge,
        sdg_goals=("SDG 8", "Travail décent et croissance économique", "1.3"),
        sdg_targets=("Target 1.3", "01.03", "8.5", "1.3.1"),
    )
    assert draft.record.sdg_goals == ("8",)
    assert draft.record.sdg_targets == ("1.3", "8.5")
    assert draft.record.sdg_indicators == ("C010301",)
    assert draft.problems == ()


def test_no_goal_is_invented_for_a_target(knowledge: Knowledge) -> None:
    draft = _linked(knowledge, sdg_goals=("1",), sdg_targets=("8.5",))
    assert draft.record.sdg_goals == ("1",)
    assert draft.record.sdg_targets == ("8.5",)


def test_a_target_that_does_not_exist(knowledge: Knowledge) -> None:
    draft = _linked(
        knowledge, ("sdg_targets", Location(line=31)), sdg_goals=("1",), sdg_targets=("1.99",)
    )
    (error,) = draft.errors
    assert "There is no SDG target 1.99" in error.message
    assert error.location == Location(line=31)
    assert draft.record.sdg_targets == ()


def test_a_goal_that_does_not_exist(knowledge: Knowledge) -> None:
    (error,) = _linked(knowledge, sdg_goals=("Goal 18",)).errors
    assert "There is no SDG goal 18" in error.message


def test_words_that_are_no_goal_are_left_out_and_said(knowledge: Knowledge) -> None:
    draft = _linked(knowledge, sdg_goals=("Improve everything",))
    assert draft.record.sdg_goals == ()
    assert "Improve everything" in _messages(draft, "warning")[0]


def test_a_hint_at_a_goal_is_a_candidate(knowledge: Knowledge) -> None:
    draft = _linked(knowledge, sdg_goals=("End poverty",))
    assert draft.record.sdg_goals == ()
    (candidate,) = draft.record.candidates
    assert (candidate.field, candidate.value, candidate.quote) == ("sdg_goals", "1", "End poverty")


def test_evidence_of_goals_follows_them(knowledge: Knowledge) -> None:
    words = "End poverty in all its forms everywhere"
    draft = _linked(
        knowledge, sdg_goals=(words,), evidence=(Evidence("sdg_goals", words, words, 0.95, 3, 9),)
    )
    (evidence,) = draft.record.evidence
    assert (evidence.key, evidence.start, evidence.end) == ("1", 3, 9)


# ---- Concepts -----------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["2021-22", "2021-2022", "2019/20"])
def test_a_biennium_begins_in_an_even_year(words: str, knowledge: Knowledge) -> None:
    (error,) = _linked(knowledge, biennium=words).errors
    assert "a biennium begins in an even year" in error.message


def test_the_right_bienniums_are_offered(knowledge: Knowledge) -> None:
    (error,) = _linked(knowledge, biennium="2021-22").errors
    assert "2020-21 or 2022-23" in error.message


@pytest.mark.parametrize("words", ["2020-22", "2020", "soon"])
def test_what_is_no_biennium_at_all(words: str, knowledge: Knowledge) -> None:
    draft = _linked(knowledge, biennium=words)
    assert words in draft.errors[0].message
    assert draft.record.biennium is None


@pytest.mark.parametrize("words", ["2020-2021", "2020/21", "Biennium 2020-21"])
def test_bienniums_as_people_write_them(words: str, knowledge: Knowledge) -> None:
    draft = _linked(knowledge, biennium=words)
    assert draft.record.biennium == "2020-21"
    assert draft.problems == ()


def test_an_unknown_indicator_is_a_warning(knowledge: Knowledge) -> None:
    draft = _linked(knowledge, biennium="2020-21", indicator="8.9.9")
    assert draft.record.indicator == "8.9.9"
    assert not draft.errors
    assert "8.9.9" in _messages(draft, "warning")[0]


@pytest.mark.parametrize(
    ("words", "expected"), [("Public", "public"), ("Publique", "public"), ("Privado", "internal")]
)
def test_visibility(words: str, expected: str, knowledge: Knowledge) -> None:
    assert _linked(knowledge, visibility=words).record.visibility == expected


def test_an_unknown_visibility_is_never_public(knowledge: Knowledge) -> None:
    draft = _linked(knowledge, visibility="Pubic")
    assert draft.record.visibility is None
    assert "Pubic" in draft.errors[0].message


def test_the_step_gives_the_result_type(knowledge: Knowledge) -> None:
    assert _linked(knowledge, step=2).record.result_type == "scheme-adopted"
    assert _linked(knowledge, result_type="Policy or strategy adopted").record.step == 1


def test_step_and_result_type_that_disagree(knowledge: Knowledge) -> None:
    draft = _linked(knowledge, step=3, result_type="policy-adopted")
    assert draft.record.step == 3
    assert "step 1" in _messages(draft, "warning")[0]


def test_a_step_that_does_not_exist(knowledge: Knowledge) -> None:
    draft = _linked(knowledge, step=4)
    assert "no step 4" in draft.errors[0].message


def test_branches_in_three_languages(knowledge: Knowledge) -> None:
    draft = _linked(knowledge, branches=("Old age", "Maternité", "Desempleo", "Old-age pensions"))
    assert draft.record.branches == ("maternity", "old-age", "unemployment")
    assert draft.problems == ()


def test_an_unknown_branch_is_left_out_and_said(knowledge: Knowledge) -> None:
    draft = _linked(knowledge, branches=("Housing",))
    assert draft.record.branches == ()
    assert "Housing" in _messages(draft, "warning")[0]


def test_profiles_stay_as_the_reader_set_them(knowledge: Knowledge) -> None:
    assert _linked(knowledge, profile="core", code="LAO226").record.profile == "core"


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("Goal 1 target 3", "1.3"),
        ("Goal 1, Target 1.3", "1.3"),
        ("SDG 1 target 1.3", "1.3"),
        ("ODD 1, cible 1.3", "1.3"),
        ("Objetivo 8 meta b", "8.b"),
        ("SDG 8 b", "8.b"),
        ("SDG 8: 8.5", "8.5"),
        ("SDG 8 / 8.5", "8.5"),
        ("SDG 8 (target 8.5)", "8.5"),
        ("Goal 8, targets 8.5", "8.5"),
        ("la cible 1.3 de l'ODD 1", "1.3"),
        ("SDG 11.1", "11.1"),
        ("T1.3", "1.3"),
        ("Target 1.3", "1.3"),
        ("Target 1.A", "1.a"),
    ],
)
def test_targets_told_with_their_goal(knowledge: Knowledge, words: str, target: str) -> None:
    draft = _linked(knowledge, sdg_targets=(words,))
    assert draft.record.sdg_targets == (target,)
    assert draft.record.sdg_goals == ()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Ind. 1.3.1", "C010301"),
        ("01.0a.02", "C010a02"),
        # Titles of the official vocabulary, one with a letter too few, one with a word left out.
        (
            "Proportion of population covered by social protecton floors/systems, by sex, "
            "distinguishing children, unemployed and older persons, persons with disabilities, "
            "pregnant women, newborns, work-injury victims and the poor and the vulnerable",
            "C010301",
        ),
        ("Maternal mortality ratio", "C030101"),
        (
            "Proportion of seats held by women in national parliaments and local governments",
            "C050501",
        ),
        ("1.3.1 Proportion of population covered by social protection floors/systems", "C010301"),
    ],
)
def test_indicators(knowledge: Knowledge, words: str, code: str) -> None:
    draft = _linked(knowledge, sdg_indicators=(words,))
    assert draft.record.sdg_indicators == (code,)
    assert draft.record.sdg_targets == draft.record.sdg_goals == ()


@pytest.mark.parametrize(
    "words",
    [
        "Ensure access to affordable, reliable, sustainable and modern enrgy for all",
        "Energy: ensure access to affordable, reliable and modern energy for all",
        "Global Goal 7",
        "Agenda 2030: SDG 7",
        "SDG Nr. 7",
    ],
)
def test_a_goal_in_other_words(knowledge: Knowledge, words: str) -> None:
    assert _linked(knowledge, sdg_goals=(words,)).record.sdg_goals == ("7",)


@pytest.mark.parametrize("words", ["SDG1 SDG8", "1.3 8.5", "SDG 1: No poverty, SDG 8: Decent work"])
def test_several_codes_are_not_the_first_of_them(knowledge: Knowledge, words: str) -> None:
    record = _linked(knowledge, sdg_goals=(words,)).record
    assert record.sdg_goals == record.sdg_targets == ()


def test_a_goal_by_its_page(knowledge: Knowledge) -> None:
    assert _linked(knowledge, sdg_goals=("https://sdgs.un.org/goals/goal1",)).record.sdg_goals == (
        "1",
    )


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Congo, Dem. Rep.", "COD"),
        ("Congo, Rep.", "COG"),
        ("Korea, Dem. People's Rep.", "PRK"),
        ("Iran, Islamic Rep.", "IRN"),
        ("Venezuela, RB", "VEN"),
        ("Egypt, Arab Rep.", "EGY"),
        ("Yemen, Rep.", "YEM"),
        ("Central African Rep.", "CAF"),
        ("United Rep. of Tanzania", "TZA"),
        ("Rép. dominicaine", "DOM"),
        ("FYROM", "MKD"),
        ("Macedonia", "MKD"),
    ],
)
def test_countries_as_statistics_shorten_them(knowledge: Knowledge, name: str, code: str) -> None:
    assert _linked(knowledge, country=name).record.country == code
