"""Acts and funders in single sentences: which act is the result's own, and who paid the work."""

from __future__ import annotations

import pytest

from outcome_graph.linking.readings import STATED
from outcome_graph.sources.page.acts import find_acts
from outcome_graph.sources.page.funders import find_funders
from outcome_graph.sources.text import SourceText


def acts(sentence: str) -> dict[str, bool]:
    """The numbers of the acts in a sentence about a result, and whether they are stated."""
    source = SourceText.of(sentence)
    found = find_acts(source, source.span, reported=True)
    return {act.number or "": act.confidence >= STATED for act in found}


@pytest.mark.parametrize(
    "sentence",
    [
        "Les deux textes complètent la loi n° 97-17 du 1er décembre 1997.",
        "La ley complementa la Ley N° 97-17 de 1997.",
        "The regulation supplements Law No. 97-17 of 1997.",
        "Both follow the National Programme until 2026 approved by Presidential Decree No. 97-17.",
        "The benefit first introduced by Decree No. 97-17 was extended.",
        "The previous Law No. 97-17 of 1997 had no such rule.",
        "Having regard to the Constitution and Law No. 97-17 of 1997, the Council met.",
        "Building on the Social Insurance Act No. 97-17, ministers adopted a plan.",
        "Unlike Law No. 97-17, the bill covers domestic workers.",
        "The procedure, in line with Decree No. 97-17 of 1997, was approved.",
        "La Ley N° 97-17 de 1997 fue complementada por un reglamento.",
    ],
)
def test_an_act_that_is_only_cited_is_not_stated(sentence: str) -> None:
    assert acts(sentence) == {"97-17": False}


@pytest.mark.parametrize(
    "sentence",
    [
        "Le décret n° 97-17 du 1er décembre 1997 complète le dispositif.",
        "The strategy was followed by Ministerial Order No. 97-17 of 3 May 1997.",
        "The Programme approved by Decree No. 97-17 of 3 May 1997 covers all.",
        "The following was adopted for the first time: Law No. 97-17 of 1997.",
    ],
)
def test_an_act_that_is_the_results_own_is_stated(sentence: str) -> None:
    assert acts(sentence) == {"97-17": True}


def test_an_act_is_named_without_the_words_that_lead_to_it() -> None:
    source = SourceText.of("Building on the Social Insurance Act No. 7 of 2015, they met.")
    (act,) = find_acts(source, source.span, reported=True)
    assert source.value(act.title) == "Social Insurance Act No. 7 of 2015"


@pytest.mark.parametrize(
    "sentence",
    [
        "Benefits were increased by Presidential Decree UP No. 90 of 31 March 2022.",
        "The Government adopted Decree PP No. 90 of 31 March 2022.",
    ],
)
def test_letters_of_a_series_may_stand_before_the_number(sentence: str) -> None:
    source = SourceText.of(sentence)
    (act,) = find_acts(source, source.span, reported=True)
    assert (act.type, act.number) == ("decree", "90")
    assert act.date
    assert str(act.date.first) == "2022-03-31"


@pytest.mark.parametrize(
    ("sentence", "funders"),
    [
        (
            "Con recursos adicionales de la Agencia Española de Cooperación Internacional para el "
            "Desarrollo (AECID), la OIT y la CEPAL elaboraron el estudio.",
            {"Agencia Española de Cooperación Internacional para el Desarrollo": True},
        ),
        (
            "The ILO, with additional funding from the Government of Norway, trained staff.",
            {"Government of Norway": True},
        ),
        (
            "Le BIT, avec des fonds supplémentaires de la Coopération suisse, a formé des cadres.",
            {"Coopération suisse": True},
        ),
        ("It was held with a contribution from the Joint SDG Fund.", {"Joint SDG Fund": False}),
        ("With contributions from workers and from employers, the ILO wrote a guide.", {}),
    ],
)
def test_funders(sentence: str, funders: dict[str, bool]) -> None:
    source = SourceText.of(sentence)
    found = find_funders(source, source.span, of_work=True)
    assert {f.name: f.confidence >= STATED for f in found} == funders
