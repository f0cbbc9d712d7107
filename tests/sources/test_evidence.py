"""What a page tells but does not say of its result waits for review: it is never stated.

Sentences in three languages that read like facts and are none: planned, denied, another's, cited.
"""

from __future__ import annotations

import pytest

from outcome_graph.draft import SourceFile
from outcome_graph.model import Activity, OutcomeRecord
from outcome_graph.sources import read

PAGE = """Result achieved

01.04.2020 LAO226 Public 2020-21 | 8.1.1

Outcome summary

A policy

Outcome achieved

{achieved}

ILO's contribution to the outcome

{contribution}
"""


def record(achieved: str = "More are covered.", contribution: str = "Advice.") -> OutcomeRecord:
    text = PAGE.format(achieved=achieved, contribution=contribution)
    (draft,) = read(SourceFile("page.txt", text.encode()))
    return draft.record


def stated(contribution: str) -> tuple[Activity, ...]:
    made = record(contribution=contribution).contribution
    return made.activities if made else ()


def told(activity: Activity) -> tuple[str, str, int | None]:
    return (activity.place or "", str(activity.start or ""), activity.participants)


# --- acts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "The Parliament has not yet adopted Law No. 5 of 2020.",
        "The Government plans to adopt Decree No. 5 by 30 June 2021.",
        "Law No. 5 of 2020 is expected to enter into force in January 2022.",
        "Parliament is to vote on Law No. 5 of 2020 in June.",
        "The Bill was modelled on Act No. 5 of 2012 of South Africa.",
        "Workers enjoy rights that Law No. 5 of 2010 grants.",
        "The Court struck down Decree No. 5 of 5 May 2019.",
        "According to Law No. 5 of 2020, pensions are indexed.",
        "Decree No. 5 of 3 March 2020 was withdrawn.",
        "The National Assembly rejected Law No. 5 of 2020.",
        "Resolution No. 5 of the 2019 conference called for reform; the Cabinet approved the plan.",
        "On 4 May 2020 the Cabinet approved the plan, which had been called for by Law No. 5 of "
        "2015.",
        "The High Council adopted its opinion on Law No. 5 of 2020.",
        "The Ministry published guidelines on Law No. 5 of 2020.",
        "Article 12 of Law No. 5 of 2020 was invoked.",
        "Workers were trained on Decree No. 5 of 1 May 2020.",
        "Since Law No. 5 of 2003 was adopted, coverage has stagnated.",
        "Coverage is governed by Law No. 5 of 2003.",
        "Decision No. 5 of the Constitutional Court of 3 May 2020 confirmed the law.",
        "Resolution No. 5 of the International Labour Conference inspired the reform.",
        "Le Parlement n'a pas encore adopté la loi n° 5 de 2020.",
        "Le décret n° 5 sera adopté en mars 2021.",
        "La loi n° 5 de 2010 prévoit déjà cette prestation.",
        "El Congreso no ha aprobado la Ley N° 5 de 2020.",
        "Se prevé que el Decreto N° 5 sea aprobado en 2022.",
        "La Ley N° 5 de 2009 ya reconocía ese derecho.",
        "Si se aprueba la Ley N° 5 de 2020, habrá más cobertura.",
        "The country has yet to ratify the Minimum Standards Convention, 1952 (No. 5).",
        "Ratification of Convention No. 5 remains a priority.",
        "Le gouvernement envisage la ratification de la convention n° 5.",
        "El Gobierno se comprometió a ratificar el Convenio núm. 5.",
    ],
)
def test_an_act_that_is_planned_denied_or_only_named_is_a_candidate(sentence: str) -> None:
    made = record(achieved=sentence)
    assert made.legal_acts == ()
    assert [getattr(c.value, "number", None) for c in made.candidates] == ["5"]


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("The Government adopted Decree No. 5 of 1 April 2020.", "2020-04-01"),
        ("Law No. 5 of 2020 was adopted by Parliament on 3 May 2020.", "2020-05-03"),
        ("The rate was set at 12 per cent by Order No. 5 of 3 May 2020.", "2020-05-03"),
        ("Decree No. 5 of 3 May 2020 extends coverage to farmers.", "2020-05-03"),
        ("Le Conseil a adopté la stratégie par arrêté n° 5 du 3 mai 2020.", "2020-05-03"),
        ("Le décret n° 5 du 3 mai 2020, signé par le Président, fixe le taux.", "2020-05-03"),
        ("La estrategia fue aprobada mediante Decreto Supremo N° 5 de 3 de mayo de 2020.",
         "2020-05-03"),
        ("The Government ratified Convention No. 5 on 3 May 2020.", "2020-05-03"),
    ],
)  # fmt: skip
def test_an_act_that_words_govern_is_stated(sentence: str, day: str) -> None:
    (act,) = record(achieved=sentence).legal_acts
    assert (act.number, str(act.date)) == ("5", day)


@pytest.mark.parametrize(
    ("sentence", "number", "day"),
    [
        ("Une circulaire de la ministre des Affaires sociales et des Solidarités, datée du 2 juin "
         "2020 et portant le n° 417/MASS, ouvre le programme.", "417/MASS", "2020-06-02"),
        ("L'arrêté conjoint A/2020/1742/MTFP/MSHP du 14 juillet 2020 met en place le comité.",
         "A/2020/1742/MTFP/MSHP", "2020-07-14"),
        ("Parliament passed the Safety and Health Act (Law No. 2/2020), which the President "
         "ratified on 6 May 2020.", "2/2020", "2020-05-06"),
        ("Par l'ordonnance ministérielle n° 570/1182 du 28 juin 2020, le ministre a étendu le "
         "régime.", "570/1182", "2020-06-28"),
    ],
)  # fmt: skip
def test_numbers_and_days_in_unusual_places(sentence: str, number: str, day: str) -> None:
    (act,) = record(achieved=sentence).legal_acts
    assert (act.number, str(act.date)) == (number, day)


def test_who_adopted_something_else_did_not_pass_the_act() -> None:
    sentence = (
        "The Council adopted a strategy that Decree No. 5 of 3 May 2020, signed by the King, "
    )
    (act,) = record(achieved=sentence + "implements.").legal_acts
    assert act.passed_by is not None
    assert act.passed_by.name == "King"


# --- events --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "A workshop planned for 5 May 2021 in Hanoi with 30 participants was cancelled.",
        "The ILO will organise a workshop in Vientiane on 12 March 2021 for 40 participants.",
        "A workshop for 30 participants is scheduled in Luang Prabang on 3 May 2021.",
        "The training scheduled for 3-5 May 2020 in Lusaka had to be postponed.",
        "No workshop took place in Dakar on 3 May 2020.",
        "A workshop was held in Lusaka on 3 May 2020, where 85 per cent of participants voted.",
        "A workshop was held in Lusaka on 3 May 2020 on the registration of 31,000 members.",
        "A workshop was held in Lusaka on 3 May 2020 for 2 days for participants from afar.",
        "Two workshops were held in Lusaka on 3 and 17 May 2020 with 40 participants.",
        "The report of the meeting held in Geneva on 3 May 2019 was shared in a webinar with 60 "
        "participants.",
        "The ILO trained 45 officials, who in turn trained 900 members in Lusaka from 3 to 5 May "
        "2020.",
        "In May 2020, a workshop in Lusaka brought together 12 experts and 40 participants.",
        "The ILO helped to prepare the law adopted on 3 May 2020, and held consultations in Lusaka "
        "with 50 participants.",
        "The ILO held consultations with 50 participants in Lusaka on the law adopted on 3 May "
        "2020.",
        "The ILO supported a campaign which reached 3,000 people in Lusaka, and a workshop took "
        "place on 3 May 2020.",
        "Some 400 members of the union met in Lusaka on 3 May 2020 before the dialogue began.",
        "ILO staff took part in a meeting of the AU in Cairo on 3 May 2020 with 120 delegates.",
        "Training materials printed in Lusaka on 3 May 2020 reached 2,000 trainers.",
        "Un taller previsto para el 5 de mayo de 2021 en Lima fue aplazado.",
        "La OIT organizará un taller en Lima el 5 de mayo de 2021.",
        "Un atelier prévu à Dakar le 5 mai 2021 avec 30 participants a été reporté.",
        "Le BIT organisera un atelier à Dakar le 5 mai 2021 avec 30 participants.",
    ],
)
def test_an_event_that_is_to_come_or_mixed_with_others_is_a_candidate(sentence: str) -> None:
    made = record(contribution=sentence)
    assert made.contribution is not None
    assert made.contribution.activities == ()
    assert [c.field for c in made.candidates if c.field == "activities"] == ["activities"]


@pytest.mark.parametrize(
    ("sentence", "event"),
    [
        ("A workshop was held in Lusaka on 3 May 2020 with 40 participants, of whom 18 women.",
         ("Lusaka", "2020-05-03", 40)),
        ("Following a conference in Geneva, the ILO trained 45 officials in Lusaka on 3 May 2020.",
         ("Lusaka", "2020-05-03", 45)),
        ("From 3 to 5 May 2020, ILO experts from Geneva facilitated a workshop in Lusaka for 30 "
         "staff of the Ministry.", ("Lusaka", "2020-05-03", 30)),
        ("Un atelier s'est tenu à Dakar le 3 mai 2020, réunissant 40 participants.",
         ("Dakar", "2020-05-03", 40)),
        ("La OIT organizó un taller en Lima el 3 de mayo de 2020 con 40 participantes.",
         ("Lima", "2020-05-03", 40)),
        ("A follow-up workshop was held in Lusaka on 3 May 2020 with the participation of 48 "
         "representatives of ministries.", ("Lusaka", "2020-05-03", 48)),
    ],
)  # fmt: skip
def test_an_event_that_was_held_is_stated(sentence: str, event: tuple[str, str, int]) -> None:
    assert [told(activity) for activity in stated(sentence)] == [event]


def test_of_a_list_only_what_took_place_is_stated() -> None:
    made = stated(
        "The ILO organised: (i) a workshop in Lusaka on 3 May 2020 (40 participants); (ii) a "
        "workshop in Ndola planned for 5 June 2021 (35 participants)."
    )
    assert [told(activity) for activity in made] == [("Lusaka", "2020-05-03", 40)]


def test_of_a_list_of_what_is_to_come_nothing_is_stated() -> None:
    made = stated(
        "The ILO will organise: (i) a workshop in Lusaka on 3 May 2020 (40 participants); (ii) a "
        "seminar in Ndola on 5 June 2021 (35 participants)."
    )
    assert made == ()


# --- funders -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "certain", "doubtful"),
    [
        ("The project was not financed by the Government of Japan.", [], ["Government of Japan"]),
        ("The next phase will be funded by Norad.", [], ["Norad"]),
        ("L'activité n'a pas été financée par l'Union européenne.", [], ["Union européenne"]),
        ("The garment project financed by H&M and Inditex trained workers.", ["H&M"], ["Inditex"]),
        ("With funding from Norad, Sida and the Embassy of Ireland, the ILO trained staff.",
         ["Norad", "Sida", "Embassy of Ireland"], []),
        ("With funding from Luxembourg the ILO and the World Bank organised a seminar.",
         ["Luxembourg"], []),
        ("Financed by Ireland and Zambia's Ministry of Finance joined the meeting.",
         ["Ireland"], ["Zambia's Ministry of Finance"]),
        ("El proyecto financiado por la Unión Europea y el Ministerio de Trabajo organizaron un "
         "taller.", ["Unión Europea"], ["Ministerio de Trabajo"]),
        ("Health care is 60 per cent financed by the State.", [], ["State"]),
        ("State-funded schemes were reviewed.", [], ["State"]),
        ("The Government financed the survey.", [], ["Government"]),
        ("Discussions with donors: World Bank and IMF.", [], ["World Bank", "IMF"]),
        ("The work was funded by the UK's Department for International Development and the "
         "Norwegian Agency for Development Cooperation (Norad).",
         ["UK's Department for International Development",
          "Norwegian Agency for Development Cooperation"], []),
    ],
)  # fmt: skip
def test_funders(sentence: str, certain: list[str], doubtful: list[str]) -> None:
    made = record(contribution=sentence)
    names = {o.name for o in made.funders}
    offered = {getattr(c.value, "name", "") for c in made.candidates if c.field == "funders"}
    assert (names, offered) == (set(certain), set(doubtful))


@pytest.mark.parametrize(
    ("sentence", "people"),
    [
        ("A round table in Lusaka on 3 May 2020, in which 11 social workers took part.", 11),
        ("The ILO held a webinar in Lusaka on 3 May 2020, which 118 persons attended.", 118),
        ("La OIT organizó una visita de 6 cuadros a Lima del 3 al 5 de mayo de 2020.", 6),
        ("Le BIT a organisé une formation de 25 contrôleurs à Dakar, du 3 au 5 mai 2020.", 25),
        ("Un atelier s'est tenu à Dakar le 3 mai 2020, qui a réuni 38 participants.", 38),
        ("From 3 to 5 May 2020, 17 clerks of the fund were trained in Monrovia.", 17),
        ("Une formation en ligne, du 3 au 5 mai 2020, a été suivie par 26 cadres.", 26),
    ],
)
def test_who_took_part_may_be_anybody(sentence: str, people: int) -> None:
    found = record(contribution=sentence)
    made = list(found.contribution.activities) if found.contribution else []
    made += [c.value for c in found.candidates if isinstance(c.value, Activity)]
    assert [activity.participants for activity in made] == [people]


def test_what_has_day_place_and_people_may_be_an_event_by_any_name() -> None:
    sentence = "La validation de la stratégie à Dakar, le 3 mai 2020, a réuni 85 personnes."
    found = record(contribution=sentence)
    assert found.contribution is not None
    assert found.contribution.activities == ()
    (activity,) = [c.value for c in found.candidates if isinstance(c.value, Activity)]
    assert told(activity) == ("Dakar", "2020-05-03", 85)


def test_events_of_a_list_may_be_held_here_and_there() -> None:
    made = stated(
        "Se llevaron a cabo: i) tres encuentros en Yoro (12 de marzo de 2020, 64 participantes), "
        "La Ceiba (19 de marzo de 2020, 41 participantes) y Choluteca (2 de abril de 2020, 37 "
        "participantes); ii) un curso en Tela, del 4 al 8 de julio de 2020, con 29 participantes."
    )
    assert [told(activity) for activity in made] == [
        ("Yoro", "2020-03-12", 64),
        ("La Ceiba", "2020-03-19", 41),
        ("Choluteca", "2020-04-02", 37),
        ("Tela", "2020-07-04", 29),
    ]


def test_events_with_days_of_their_own_are_parted_at_semicolons() -> None:
    made = stated(
        "Hubo asimismo un seminario en Montevideo, los días 9 y 10 de noviembre de 2020, con 140 "
        "participantes; un taller en Colonia, el 2 de abril de 2021 (32 participantes)."
    )
    assert [told(activity) for activity in made] == [
        ("Montevideo", "2020-11-09", 140),
        ("Colonia", "2021-04-02", 32),
    ]


def test_a_list_may_name_place_and_day_before_the_event() -> None:
    made = stated(
        "The following meetings were organized:\n- Sarajevo, 25-26 February 2021: expert group (21 "
        "participants)\n- online, 14 April 2021: hearing of riders (77 participants)"
    )
    assert [(*told(activity), activity.titles[0].value) for activity in made] == [
        ("Sarajevo", "2021-02-25", 21, "Expert group"),
        ("", "2021-04-14", 77, "Hearing of riders"),
    ]


def test_several_events_without_a_word_for_one_are_several_candidates() -> None:
    made = record(
        contribution="The ILO presented a review in Ulaanbaatar on 3 June 2020 (47 participants) "
        "and took the questions of herders in Gobi (18-19 August 2020, 75 participants)."
    )
    found = [c.value for c in made.candidates if isinstance(c.value, Activity)]
    assert sorted(told(activity) for activity in found) == [
        ("Gobi", "2020-08-18", 75),
        ("Ulaanbaatar", "2020-06-03", 47),
    ]


def test_rounds_of_talks_held_here_and_there() -> None:
    made = stated(
        "Two rounds of talks were arranged: Bridgetown, 21-23 June 2020 (36 participants); "
        "Georgetown, 15 November 2020 (24 participants)."
    )
    assert [told(activity) for activity in made] == [
        ("Bridgetown", "2020-06-21", 36),
        ("Georgetown", "2020-11-15", 24),
    ]


# --- the page ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "agency"),
    [
        ("UNICEF's contribution to the outcome", "UNICEF"),
        ("UNDP'S CONTRIBUTION TO THE OUTCOME", "UNDP"),
        ("Contribution d'Enabel au résultat", "Enabel"),
        ("Contribución de la AECID al resultado", "AECID"),
        ("ILO's contribution to the outcome", "ILO"),
        ("Contribution de l'OIT au résultat", "ILO"),
        ("UNICEF's and ILO's contribution to the outcome", "ILO UNICEF"),
        ("CONTRIBUTION DU PAM ET DU BIT AU RÉSULTAT", "ILO PAM"),
        ("Contribución de la OIT y del PNUD al resultado", "ILO PNUD"),
    ],
)
def test_whose_contribution_it_is_stands_in_the_heading(heading: str, agency: str) -> None:
    text = PAGE.replace("ILO's contribution to the outcome", heading)
    (draft,) = read(SourceFile("page.txt", text.format(achieved="A.", contribution="B.").encode()))
    assert draft.record.contribution is not None
    assert [o.name for o in draft.record.contribution.contributors] == agency.split()


def test_numbers_of_other_agencies_projects_are_read_where_projects_are_linked() -> None:
    projects = "Linked projects\n\nCKM1187 – Appui à l'assurance\nCVE/083\n\nOutcome summary"
    text = PAGE.replace("Outcome summary", projects)
    (draft,) = read(SourceFile("page.txt", text.format(achieved="A.", contribution="B.").encode()))
    assert [p.identifier for p in draft.record.projects] == ["CKM1187", "CVE/083"]


TAIL = """

Gender equality & non-discrimination

Women took part.


Ministry of Labour
Tarayana Initiative
Workers' Union of Ruritania


Goals 1 (1.3), SDG 10 (10.2)
Elderly care of all
Old age
"""


def test_a_line_that_is_not_understood_hides_nothing_above_it() -> None:
    text = PAGE.format(achieved="More are covered.", contribution="Advice.") + TAIL
    (draft,) = read(SourceFile("page.txt", text.encode()))
    made = draft.record
    assert made.branches == ("Old age",)
    assert set(made.sdg_targets) == {"1.3", "10.2"}
    assert {o.name for o in made.constituents} == {
        "Ministry of Labour",
        "Tarayana Initiative",
        "Workers' Union of Ruritania",
    }
    assert any("Elderly care of all" in p.message for p in draft.problems)


def test_what_is_said_of_one_act_is_not_said_of_the_next() -> None:
    made = record(
        achieved="The Social Security Act, 2020 was passed on 3 May 2020 and the Pension Act, 2019 "
        "was left untouched."
    )
    assert [act.year for act in made.legal_acts] == [2020]
    assert [getattr(c.value, "year", None) for c in made.candidates] == [2019]


@pytest.mark.parametrize("word", ["Last updated", "Published on", "Approved:"])
def test_a_day_behind_a_word_that_is_not_known_is_not_the_day_of_the_result(word: str) -> None:
    text = PAGE.replace("01.04.2020", f"{word} 05.06.2021")
    (draft,) = read(SourceFile("page.txt", text.format(achieved="A.", contribution="B.").encode()))
    assert (draft.record.achieved_on, draft.record.code) == (None, "LAO226")


def test_projects_that_are_not_the_linked_ones_wait_for_review() -> None:
    projects = "LAO/16/02/LUX\nSee also RAS/12/01/JPN\nNot linked to RAS/13/01/JPN"
    text = PAGE.replace("Outcome summary", f"Linked projects\n\n{projects}\n\nOutcome summary")
    (draft,) = read(SourceFile("page.txt", text.format(achieved="A.", contribution="B.").encode()))
    assert [p.identifier for p in draft.record.projects] == ["LAO/16/02/LUX"]
    assert {c.key for c in draft.record.candidates} == {"RAS/12/01/JPN", "RAS/13/01/JPN"}


def test_a_name_behind_a_label_that_is_not_known_waits_for_review() -> None:
    names = (
        "Ministry of Labour\nTrade Union Congress\nChamber of Commerce\nPhoto: Bank of Ruritania"
    )
    text = PAGE.format(achieved="A.", contribution="B.") + "\nConstituents\n\n" + names
    (draft,) = read(SourceFile("page.txt", text.encode()))
    assert {o.name for o in draft.record.constituents} == set(names.split("\n")[:3])
    assert [c.field for c in draft.record.candidates] == ["constituents"]


@pytest.mark.parametrize(
    ("line", "goals", "targets"),
    [
        ("SDG 8 (8.5), SDG 10 (10.2)", {"8", "10"}, {"8.5", "10.2"}),
        ("SDGs: 1 (target 1.3), 8 (targets 8.5 and 8.8)", {"1", "8"}, {"1.3", "8.5", "8.8"}),
        ("Sustainable Development Goals: 1, 5 and 8", {"1", "5", "8"}, set()),
        ("ODS 1: Fin de la pobreza (meta 1.3)", {"1"}, {"1.3"}),
        ("Objetivo de Desarrollo Sostenible 8", {"8"}, set()),
        ("SDG targets: 1.2, 1.3 | SDG target 10.4", set(), {"1.2", "1.3", "10.4"}),
    ],
)
def test_goals_and_targets_in_many_forms(line: str, goals: set[str], targets: set[str]) -> None:
    text = PAGE.format(achieved="A.", contribution="B.") + "\nMinistry of Labour\n\n" + line
    (draft,) = read(SourceFile("page.txt", text.encode()))
    assert (set(draft.record.sdg_goals), set(draft.record.sdg_targets)) == (goals, targets)


def test_a_numbered_list_of_names_and_names_in_capitals() -> None:
    for names in (
        ["1. Ministry of Labour", "2. Kenya Fund Alliance", "3. Trade Union Congress"],
        ["MINISTRY OF LABOUR", "CENTRAL ORGANIZATION OF TRADE UNIONS", "FEDERATION OF EMPLOYERS"],
    ):
        separator = "\n" if names[0][0].isdigit() else ", "
        text = PAGE.format(achieved="A.", contribution="B.") + "\n\n" + separator.join(names)
        (draft,) = read(SourceFile("page.txt", text.encode()))
        wanted = {name.lstrip("123. ") for name in names}
        assert {o.name for o in draft.record.constituents} == wanted
