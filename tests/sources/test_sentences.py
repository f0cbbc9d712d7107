"""Acts, funders and events in single sentences: whose act it is, who paid, who came where."""

from __future__ import annotations

import pytest

from outcome_graph.draft import STATED
from outcome_graph.sources.page.activities import find_activities
from outcome_graph.sources.page.acts import find_acts
from outcome_graph.sources.page.event_days import find_by_day
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
        "Elle s'appuie sur la loi n° 97-17 du 15 février 1997.",
        "La política se basa en la Ley N° 97-17 de 1997.",
        "Unlike Law No. 97-17, the bill covers domestic workers.",
        "The procedure, in line with Decree No. 97-17 of 1997, was approved.",
        "La Ley N° 97-17 de 1997 fue complementada por un reglamento.",
        "The Programme approved by Decree No. 97-17 of 3 May 1997 covers all.",
        "It repeals, among others, the Social Insurance Law issued by Royal Decree 97-17.",
        "La prestación instituida por la Ley N° 97-17 de 1997 aumentó.",
        "La prestation instituée par la loi n° 97-17 de 1997 a augmenté.",
    ],
)
def test_an_act_that_is_only_cited_is_not_stated(sentence: str) -> None:
    assert acts(sentence) == {"97-17": False}


@pytest.mark.parametrize(
    "sentence",
    [
        "Le décret n° 97-17 du 1er décembre 1997 complète le dispositif.",
        "The strategy was followed by Ministerial Order No. 97-17 of 3 May 1997.",
        "The following was adopted for the first time: Law No. 97-17 of 1997.",
    ],
)
def test_an_act_that_is_the_results_own_is_stated(sentence: str) -> None:
    assert acts(sentence) == {"97-17": True}


def test_acts_that_are_cited_together_are_none_of_them_stated() -> None:
    cited = acts(
        "It refers to the National Pensions Act, 2008 (Act 766) and the Persons with Disability "
        "Act, 2006 (Act 715)."
    )
    assert cited == {"766": False, "715": False}


def test_an_act_is_named_without_the_words_that_lead_to_it() -> None:
    source = SourceText.of("Building on the Social Insurance Act No. 7 of 2015, they met.")
    (act,) = find_acts(source, source.span, reported=True)
    assert source.value(act.title) == "Social Insurance Act No. 7 of 2015"


@pytest.mark.parametrize(
    "sentence",
    [
        "Benefits were increased by Presidential Decree UP No. 90 of 31 March 2022.",
        "The Government adopted Decree PP No. 90 of 31 March 2022.",
        "The Ministry issued Decree S.R.O. No. 90 of 31 March 2022.",
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
        ("The baseline survey was paid for by FCDO.", {"FCDO": True}),
        ("Sickness benefits are paid for by employers.", {}),
        ("It was held with a contribution from the Joint SDG Fund.", {"Joint SDG Fund": False}),
        ("With contributions from workers and from employers, the ILO wrote a guide.", {}),
    ],
)
def test_funders(sentence: str, funders: dict[str, bool]) -> None:
    source = SourceText.of(sentence)
    found = find_funders(source, source.span, of_work=True)
    assert {f.name: f.confidence >= STATED for f in found} == funders


@pytest.mark.parametrize(
    ("sentence", "events"),
    [
        (
            "The ILO trained 18 officers of the Fund in Turin from 3 to 14 October 2022; held a "
            "workshop on 15 December 2022 in Dhaka (52 participants).",
            [("Turin", "2022-10-03", 18), ("Dhaka", "2022-12-15", 52)],
        ),
        (
            "It convened a retreat of the select committee in Ho (20–22 June 2023; 34 people).",
            [("Ho", "2023-06-20", 34)],
        ),
        (
            "A media briefing took place in Accra on 9 October 2023, with 60 journalists.",
            [("Accra", "2023-10-09", 60)],
        ),
        (
            "Deux ateliers ont été tenus : Toamasina (12-13 septembre 2023, 40 participants) et "
            "Fianarantsoa (19-20 septembre 2023, 36 participants).",
            [("Toamasina", "2023-09-12", 40), ("Fianarantsoa", "2023-09-19", 36)],
        ),
    ],
)
def test_events(sentence: str, events: list[tuple[str, str, int]]) -> None:
    source = SourceText.of(sentence)
    found = find_activities(source, source.span)
    assert [(a.place, str(a.date and a.date.first), a.participants) for a in found] == events


def funders(sentence: str) -> dict[str, bool]:
    """Who paid in a sentence about work, and whether it is stated."""
    source = SourceText.of(sentence)
    found = find_funders(source, source.span, of_work=True)
    return {funder.name: funder.confidence >= STATED for funder in found}


@pytest.mark.parametrize(
    ("sentence", "paid"),
    [
        (
            "The workshop was financed by the Government of Ruritania (through Rur Aid) and the "
            "Government of Sylvania.",
            {"Government of Ruritania": True, "Government of Sylvania": True},
        ),
        (
            "The training was funded by the European Union (SOCIEUX+) and by Luxembourg.",
            {"European Union": True, "Luxembourg": True},
        ),
        (
            "With money from Norway and from the Republic of Korea, the ILO trained inspectors.",
            {"Norway": False, "Republic of Korea": False},
        ),
        (
            "It was made possible by the Kingdom of the Netherlands, through the PROSPECTS "
            "partnership, and by Norway.",
            {"Kingdom of the Netherlands": False, "Norway": False},
        ),
        ("Le projet que finance la Norvège a permis un atelier.", {"Norvège": False}),
        (
            "The European Union funded the fisheries programme, and the Republic of Korea the work "
            "on registration.",
            {"European Union": False, "Republic of Korea": False},
        ),
        (
            "La Agencia Española de Cooperación financió la asistencia, junto con el Gobierno del "
            "Brasil.",
            {"Agencia Española de Cooperación": False, "Gobierno del Brasil": False},
        ),
        (
            "La FAO brindó asistencia con fondos propios de su Programa de Cooperación Técnica.",
            {"Programa de Cooperación Técnica": False},
        ),
        ("Appui dans le cadre de deux projets (fonds : Italie, Espagne).", None),
    ],
)
def test_who_paid_with_whom(sentence: str, paid: dict[str, bool] | None) -> None:
    if paid is None:
        assert set(funders(sentence)) == {"Italie", "Espagne"}
    else:
        assert set(funders(sentence)) == set(paid)
        assert {name for name, stated in paid.items() if stated} <= {
            name for name, stated in funders(sentence).items() if stated
        }


def named(sentence: str) -> list[tuple[str, str]]:
    """The acts that are stated of a sentence by their name and day."""
    source = SourceText.of(sentence)
    return [
        (source.value(act.title), str(act.date and act.date.first))
        for act in find_acts(source, source.span, reported=True)
        if act.confidence >= STATED
    ]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "The Council approved the Health Insurance Benefit Package Directive on 11 May 2023.",
            [("Health Insurance Benefit Package Directive", "2023-05-11")],
        ),
        (
            "Republic Act No. 118, the Solo Parents Welfare Act, lapsed into law on 4 June 2022.",
            [("Republic Act No. 118", "2022-06-04")],
        ),
        (
            "The Sultan issued Royal Decree No. 52/2023 promulgating the Labour Law on "
            "19 May 2023.",
            [("Royal Decree No. 52/2023", "2023-05-19")],
        ),
        (
            "The Board set the tariffs with its Circular No. 12 of 3 December 2023.",
            [("Circular No. 12", "2023-12-03")],
        ),
        (
            "- Le décret n° 15 du 8 mai 2022 a institué le régime.",
            [("décret n° 15", "2022-05-08")],
        ),
        ("The workers know the Labour Safety Act well since 3 May 2022.", []),
    ],
)
def test_acts_by_name_and_by_what_made_them(sentence: str, told: list[tuple[str, str]]) -> None:
    assert named(sentence) == told


def events(text: str) -> list[tuple[str, str, int | None]]:
    source = SourceText.of(text)
    return [
        (str(a.date.first) if a.date else "", a.place or "", a.participants)
        for a in find_activities(source, source.span)
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Meetings held:\n\n17 May 2023, Irbid: farmers' hearing, 52 participants\n"
            "22 to 24 May 2023, Aqaba: drafting workshop, 26 participants\n",
            [("2023-05-17", "Irbid", 52), ("2023-05-22", "Aqaba", 26)],
        ),
        (
            "San Pedro Sula, 14-sep-2022, 38 personas\nCholoma, 28/29-sep-2022, 91 personas\n",
            [("2022-09-14", "San Pedro Sula", 38), ("2022-09-28", "Choloma", 91)],
        ),
        (
            "When\tWhere\tWhat\tPersons\n17.05.2023\tCahul\tRound table\t36\n",
            [("2023-05-17", "Cahul", 36)],
        ),
        (
            "- Voyage d'étude à Abidjan, en Côte d'Ivoire, du 28 mai au 2 juin 2022 "
            "(6 participants).\n- Session à Thiès, du 9 au 13 mai 2022 : 31 participants.\n",
            [("2022-05-28", "Abidjan, en Côte d'Ivoire", 6), ("2022-05-09", "Thiès", 31)],
        ),
        (
            "The ILO trained 48 officers in Davao from 7 to 11 May 2022 and brought together 35 "
            "participants in Legazpi on 20 May 2022.",
            [("2022-05-07", "Davao", 48), ("2022-05-20", "Legazpi", 35)],
        ),
        (
            "Trainings took place in Mombasa (3-5 May 2022) and Kisumu (9 May 2022), attended by "
            "31 and 27 officers respectively.",
            [("2022-05-03", "Mombasa", 31), ("2022-05-09", "Kisumu", 27)],
        ),
        (
            "The ILO held workshops in Lusaka and Ndola on 3 and 5 May 2022, with 30 and 40 "
            "participants respectively.",
            [("2022-05-03", "Lusaka", 30), ("2022-05-05", "Ndola", 40)],
        ),
        ("(c) a workshop in Davao on 7 May 2022 (20 participants)", [("2022-05-07", "Davao", 20)]),
    ],
)
def test_events_in_lines_and_rows(text: str, told: list[tuple[str, str, int | None]]) -> None:
    assert events(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Clerks were briefed one town after the other: Irbid on 2 March 2023 (57 attended), "
            "Zarqa on 9 March 2023 (62 attended) and Karak on 15-16 March 2023 (80 attended).",
            [("2023-03-02", "Irbid", 57), ("2023-03-09", "Zarqa", 62), ("2023-03-15", "Karak", 80)],
        ),
        (
            "The elders were heard at Gode on 11 October 2021.",
            [("2021-10-11", "Gode", None)],
        ),
        (
            "UNDP brought together 31 members of the Committee at Arusha on 20 and 21 January 2023 "
            "and, at Mwanza, 84 representatives of cooperatives on 15 March 2023.",
            [("2023-01-20", "Arusha", 31), ("2023-03-15", "Mwanza", 84)],
        ),
        (
            "Explicó las opciones a 60 delegados en Tarija el 15 de febrero de 2022, y en Oruro, "
            "del 8 a 10 de abril de 2022, escuchó a los empleadores (42 personas).",
            [("2022-02-15", "Tarija", 60), ("2022-04-08", "Oruro", 42)],
        ),
        (
            "À Kaya, le 11 mars 2021, les maires se sont concertés.",
            [("2021-03-11", "Kaya", None)],
        ),
        # those who went to Cusco were not in Lima
        (
            "Tras la visita a Lima del 3 de mayo de 2022, 14 técnicos viajaron a Cusco el 9 de "
            "mayo de 2022.",
            [("2022-05-03", "Lima", None), ("2022-05-09", "Cusco", 14)],
        ),
        # two numbers of people, two places: neither is surely the day's
        (
            "In Suva and in Nadi, 12 clerks and 30 nurses answered by 5 May 2022 or on 6 May 2022.",
            [],
        ),
        ("The grant was received on 3 May 2022.", []),
    ],
)
def test_days_that_no_form_took(text: str, told: list[tuple[str, str, int | None]]) -> None:
    source = SourceText.of(text)
    found = find_by_day(source, source.span, find_activities(source, source.span), [])
    assert [
        (str(a.date.first) if a.date else "", a.place or "", a.participants) for a in found
    ] == told
    assert all(a.confidence < STATED for a in found)


@pytest.mark.parametrize(
    "text",
    [
        "The team will meet in Suva on 3 May 2022 with 20 members.",
        "The law adopted on 3 May 2022 in Suva helped 20 members.",
        "The meeting in Suva on 3 May 2022 was postponed.",
        "The law came into force in Kenya on 3 May 2022.",
        "A separate project met 20 members in Suva on 3 May 2022.",
    ],
)
def test_days_of_plans_of_acts_and_of_others_are_left(text: str) -> None:
    source = SourceText.of(text)
    assert find_by_day(source, source.span, [], []) == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "The Sultan promulgated the Law by Royal Decree No. 52/2023 on 19 July 2023. With "
            "Royal Decree No. 50/2023 of the same day the Fund was reorganized.",
            {"52/2023": "2023-07-19", "50/2023": "2023-07-19"},
        ),
        # "present" is no word for another day where it is part of "Representatives"
        (
            "On 12 January 2022 the House of Representatives passed the Insurance Proclamation "
            "No. 1273/2022.",
            {"1273/2022": "2022-01-12"},
        ),
    ],
)
def test_days_of_acts_by_the_day_before_them(text: str, days: dict[str, str]) -> None:
    source = SourceText.of(text)
    found = find_acts(source, source.span, reported=True)
    assert {a.number: str(a.date.first) for a in found if a.date} == days


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        (
            "The Government of Canada and the Caribbean Development Bank made the work possible.",
            {"Government of Canada", "Caribbean Development Bank"},
        ),
        ("The Migration Trust Fund carried the cost.", {"Migration Trust Fund"}),
        (
            "L'Agence italienne de coopération (AICS) et la Banque africaine de développement, "
            "cette dernière par un don de 700 000 unités, ont financé les études.",
            {"Agence italienne de coopération", "Banque africaine de développement"},
        ),
        ("The agency drew on a grant from Irish Aid.", {"Irish Aid"}),
        (
            "The work was financed by the Foreign, Commonwealth & Development Office of the "
            "United Kingdom.",
            {"Foreign, Commonwealth & Development Office of the United Kingdom"},
        ),
    ],
)
def test_who_paid_in_further_words(sentence: str, names: set[str]) -> None:
    source = SourceText.of(sentence)
    assert {f.name for f in find_funders(source, source.span, of_work=True)} == names
