"""Pages as agencies lay them out: their own headings, labelled facts, tables, news without any."""

from __future__ import annotations

import datetime

import pytest

from outcome_graph.draft import STATED, Draft, SourceFile
from outcome_graph.model import Activity, LegalAct, OutcomeRecord, Project
from outcome_graph.sources import read
from outcome_graph.sources.page.activities import find_activities
from outcome_graph.sources.page.acts import find_acts
from outcome_graph.sources.page.funders import find_funders
from outcome_graph.sources.page.headings import heading_kind
from outcome_graph.sources.page.layout import find_pages
from outcome_graph.sources.page.people import number_of
from outcome_graph.sources.page.sections import Kind
from outcome_graph.sources.text import SourceText


def draft(text: str, name: str = "page.txt") -> Draft:
    (found,) = read(SourceFile(name, text.encode()))
    return found


def record(text: str, name: str = "page.txt") -> OutcomeRecord:
    return draft(text, name).record


def details(activity: Activity) -> tuple[str, str, int | None]:
    return (str(activity.start or ""), activity.place or "", activity.participants)


def activities(made: OutcomeRecord) -> list[tuple[str, str, int | None]]:
    return [details(a) for a in (made.contribution.activities if made.contribution else ())]


# --- headings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("What has been achieved", Kind.ACHIEVED),
        ("Ce qui a changé", Kind.ACHIEVED),
        ("How the ILO contributed", Kind.CONTRIBUTION),
        ("WHAT THE ILO DID", Kind.CONTRIBUTION),
        ("Appui du BIT", Kind.CONTRIBUTION),
        ("Contribution du BIT et de l'UNICEF", Kind.CONTRIBUTION),
        ("Égalité entre hommes et femmes et non-discrimination", Kind.GENDER),
        ("GENRE ET NON-DISCRIMINATION", Kind.GENDER),
        ("ÉGALITÉ ENTRE LES FEMMES ET LES HOMMES", Kind.GENDER),
        ("Enfoque de género", Kind.GENDER),
        ("PARTNERS AND CONSTITUENTS", Kind.CONSTITUENTS),
        ("Who took part", Kind.CONSTITUENTS),
        ("Projets de coopération liés", Kind.PROJECTS),
        ("SDG targets", Kind.GOALS),
        ("Key facts", Kind.FACTS),
        ("Funders", Kind.FUNDERS),
    ],
)
def test_headings_in_other_words(heading: str, kind: Kind) -> None:
    assert heading_kind(heading) is kind


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Projects that contributed", Kind.PROJECTS),
        ("¿Con quién se trabajó?", Kind.CONSTITUENTS),
        ("¿Qué cambia para las mujeres?", Kind.GENDER),
        ("Apoyo de la OIT y de ONU Mujeres", Kind.CONTRIBUTION),
        ("Comment le BIT y a contribué", Kind.CONTRIBUTION),
        ("Link to the 2030 Agenda", Kind.GOALS),
        ("QUI A FINANCÉ ?", Kind.FUNDERS),
        ("Datos del marco de resultados", Kind.FACTS),
        ("3. Contribution du Bureau international du Travail", Kind.CONTRIBUTION),
    ],
)
def test_a_line_that_stands_as_a_heading_is_one_by_its_words(heading: str, kind: Kind) -> None:
    text = f"Outcome achieved\n\nMore are covered.\n\n{heading}\n\nThe text below it.\n"
    (page,) = find_pages(SourceText.of(text))
    assert kind in page.kinds


@pytest.mark.parametrize(
    "line",
    [
        "Women's Federation for Equality",
        "The gender dimension was discussed with partners.",
        "• Gender equality",
    ],
)
def test_names_sentences_and_items_are_no_headings(line: str) -> None:
    text = f"Outcome achieved\n\nMore are covered.\n\n{line}\n\nThe text below it.\n"
    (page,) = find_pages(SourceText.of(text))
    assert page.kinds == {Kind.ACHIEVED}


def test_a_heading_may_run_into_its_paragraph() -> None:
    text = "Outcome achieved\n\nMore.\n\nFunding. The Government of Denmark.\n\nBranch. Old age.\n"
    (page,) = find_pages(SourceText.of(text))
    assert page.kinds == {Kind.ACHIEVED, Kind.FUNDERS, Kind.BRANCHES}


def test_a_heading_of_which_nothing_is_known_ends_a_list() -> None:
    text = LABELLED.format(facts="Code: RUR101\nDate: 3 May 2022")
    made = record(
        text + "\nConstituents\n\nMinistry of Labour\nFederation of Employers of Ruritania\n\n"
        "What comes next\n\nThe Ministry of Finance and the World Bank plan a second phase for all "
        "workers of the country.\n\nBranches\n\nOld age\n"
    )
    assert len(made.constituents) == 2
    assert made.branches == ("Old age",)


# --- the facts of the head -----------------------------------------------------------------------

LABELLED = """Ruritania: a scheme for farmers

{facts}

What has been achieved

More farmers are covered.

How the ILO contributed

It gave advice.
"""


@pytest.mark.parametrize(
    "facts",
    [
        "Country programme outcome: RUR101\nBiennium: 2022-23\nP&B indicator: 8.1.1 (step 2)\n"
        "Status: Public\nDate achieved: 3 May 2022",
        "Code du résultat par pays : RUR101\nExercice biennal : 2022-2023\nÉtape 2\n"
        "Indicateur du programme et budget : 8.1.1\nDiffusion : public\n"
        "Date de réalisation : 3 mai 2022",
        "KEY FACTS\n\n* Code: RUR101\n* Biennium: 2022-23\n* Indicator: 8.1.1, step 2\n"
        "* Visibility: Public\n* Achieved: 2022, May 3",
        "Code\tRUR101\nBiennium\t2022-23\nIndicator\t8.1.1\nStep\t2\nAccess\tPublic\n"
        "Date achieved\t3 May 2022",
        "RURITANIA          RUR101\n\nBiennium 2022-23 | Indicator 8.1.1 | Step 2 | public\n\n"
        "Date: 03.05.2022",
        "**Code:** RUR101\n**Biennium:** 2022-23\n**Indicator:** 8.1.1\n**Step:** 2\n"
        "**Status:** public\n**Date:** 3 May 2022",
        "Resultado alcanzado el 03/05/2022 · RUR101 · Public · Bienio 2022-23 · Indicador 8.1.1 "
        "(Etapa 2)",
        "| Code | RUR101 |\n| Biennium | 2022-23 |\n| Indicator | 8.1.1 |\n| Step | 2 |\n"
        "| Status | public |\n| Date | 3 May 2022 |",
    ],
)
def test_facts_behind_labels(facts: str) -> None:
    made = record(LABELLED.format(facts=facts))
    assert (made.code, made.biennium, made.indicator, made.step) == (
        "RUR101",
        "2022-23",
        "8.1.1",
        2,
    )
    assert made.achieved_on == datetime.date(2022, 5, 3)
    assert (made.visibility or "").lower() == "public"
    assert made.titles[0].value == "Ruritania: a scheme for farmers"


def test_a_sentence_may_tell_the_facts() -> None:
    sentence = "This result is of the biennium 2022-23 (code RUR101, indicator 8.1.1) and public."
    made = record(LABELLED.format(facts="") + "\n" + sentence + "\n")
    assert (made.code, made.biennium, made.indicator) == ("RUR101", "2022-23", "8.1.1")


def test_without_a_date_the_day_of_the_reported_act_is_taken_and_told() -> None:
    text = LABELLED.replace(
        "More farmers are covered.", "Parliament passed Law No. 7 of 2022 on 3 May 2022."
    ).format(facts="Code: RUR101")
    made = draft(text)
    assert made.record.achieved_on == datetime.date(2022, 5, 3)
    assert any("gives no date" in p.message for p in made.problems if p.severity == "warning")


def test_lines_of_the_paper_are_no_text() -> None:
    text = LABELLED.format(facts="Code: RUR101\nDate: 3 May 2022").replace(
        "More farmers", "Many\n\n                              page 3/5\n\nMore farmers"
    )
    made = record(text + "\n\n© Some Organization 2022      page 9\nLast updated 4 May 2023\n")
    assert "page" not in made.achievement[0].value
    assert made.achieved_on == datetime.date(2022, 5, 3)
    assert not made.constituents


# --- pages without headings ----------------------------------------------------------------------

NEWS = """Ruritania opens its scheme to farmers

The Parliament of Ruritania passed Law No. 7 of 2022 on 3 May 2022, by which farmers and fishers \
may join the scheme of the national fund for the first time.

The ILO had made a study, which 40 people discussed at a workshop held in Strelsau on 5 April \
2022. It was funded by the Government of Japan (project RUR/20/01/JPN).

The Ministry of Labour, the Federation of Employers of Ruritania and the Congress of Trade Unions \
took part in the talks about the draft, which lasted for a year.

This result (RUR101, biennium 2022-23, indicator 8.1.1) contributes to targets 1.3 and 8.3 of the \
Sustainable Development Goals and covers the branches of sickness, maternity and old age.
"""


def test_news_without_headings() -> None:
    made = record(NEWS)
    assert made.titles[0].value == "Ruritania opens its scheme to farmers"
    assert [(a.number, a.date) for a in made.legal_acts] == [("7", datetime.date(2022, 5, 3))]
    assert made.sdg_targets == ("1.3", "8.3")
    assert set(made.branches) == {"sickness", "maternity", "old age"}
    proposed = {c.field for c in made.candidates}
    assert {"constituents", "projects"} <= proposed
    assert next(c.value for c in made.candidates if c.field == "projects") == Project(
        "RUR/20/01/JPN"
    )
    assert "fund" in made.achievement[0].value
    assert made.contribution


def test_a_sentence_of_news_may_tell_the_facts_and_what_is_covered() -> None:
    made = record(
        NEWS.rsplit("\n\n", 1)[0].replace(
            "for the first time.", "for the first time. It covers old age, sickness and maternity."
        )
        + "\n\nNine in ten farmers are women. The reform serves SDG targets 5.4 and 1.3. It is "
        "recorded as outcome RUR101 of the 2022-23 biennium.\n"
    )
    assert (made.code, made.biennium, made.indicator) == ("RUR101", "2022-23", None)
    assert set(made.sdg_targets) == {"5.4", "1.3"}
    assert set(made.branches) == {"old age", "sickness", "maternity"}


def test_the_code_of_another_result_is_not_taken() -> None:
    made = record(
        LABELLED.format(facts="Country: Laos\nDate: 3 May 2022").replace(
            "It gave advice.",
            "The outcome LAO101 of the 2020-21 biennium was reported elsewhere.",
        )
    )
    assert made.code is None


def test_targets_told_below_a_list_are_no_name() -> None:
    made = record(
        LABELLED.format(facts="Code: RUR101\nDate: 3 May 2022")
        + "\nPartners\n\n- Ministry of Labour\n- Ministry of Finance\n\n"
        "It contributes to targets 1.3 and 2.2 of the SDGs.\n"
    )
    assert len(made.constituents) == 2
    assert set(made.sdg_targets) == {"1.3", "2.2"}


def test_projects_and_who_paid_behind_labels() -> None:
    made = record(
        LABELLED.format(
            facts="Code: RUR101\nProgramme: Jobs and Care (RUR/21/02/AUS)\n"
            "Supported by: Agency of Trade and Aid (ATA); New Zealand"
        )
    )
    assert [p.identifier for p in made.projects] == ["RUR/21/02/AUS"]
    names = [f.names[0].value for f in made.funders]
    assert names == ["Agency of Trade and Aid", "New Zealand"]
    assert not made.constituents


def test_the_contributor_is_no_funder_of_its_own_work() -> None:
    made = record(
        LABELLED.replace("How the ILO contributed", "What GIZ did")
        .replace(
            "It gave advice.",
            "GIZ financed the training. AFD finances hospitals; these are separate.",
        )
        .format(facts="Code: RUR101\nDate: 3 May 2022")
    )
    assert not made.funders


def test_no_day_is_taken_of_an_act_that_follows_a_doubtful_one() -> None:
    text = LABELLED.replace(
        "More farmers are covered.",
        "Workers asked for years for Law No. 7 of 1 April 2022. Order No. 8 was issued on "
        "3 May 2022.",
    ).format(facts="Code: RUR101")
    assert record(text).achieved_on is None


# --- events --------------------------------------------------------------------------------------


def told(text: str) -> list[tuple[str, str, int | None, bool]]:
    source = SourceText.of(text)
    return [
        (
            str(a.date.first) if a.date else "",
            a.place or "",
            a.participants,
            a.confidence >= STATED,
        )
        for a in find_activities(source, source.span)
    ]


@pytest.mark.parametrize("gap", ["\t", " | ", "      "])
def test_a_table_of_events(gap: str) -> None:
    rows = [
        ("Event", "Place", "Date", "Participants"),
        ("Workshop", "Suva", "14 March 2011", "84"),
        ("Hearing", "online", "16-17 March 2011", "66"),
        ("Seminar", "Levuka", "21 March 2011", "cancelled"),
    ]
    assert told("\n".join(gap.join(row) for row in rows)) == [
        ("2011-03-14", "Suva", 84, True),
        ("2011-03-16", "", 66, True),
    ]


def test_a_list_of_meetings_by_place_and_day() -> None:
    text = "Two meetings were held:\n– Kara, 10 November 2020, 42 participants\n– Lomé, 12 \
November 2020, 39 participants"
    assert told(text) == [("2020-11-10", "Kara", 42, True), ("2020-11-12", "Lomé", 39, True)]


@pytest.mark.parametrize(
    ("sentence", "event"),
    [
        ("Forty-two judges met in Mbale on 3 March 2021.", ("2021-03-03", "Mbale", 42)),
        ("Quarante agents ont été formés à Bouaké le 3 mars 2021.", ("2021-03-03", "Bouaké", 40)),
        ("Doce técnicos viajaron a Lima el 3 de marzo de 2021.", ("2021-03-03", "Lima", 12)),
        ("The findings were validated by 40 bakers in Mbale on 3 March 2021.", None),
        ("A seminar in Mbale on 3 March 2021 drew 40 people.", ("2021-03-03", "Mbale", 40)),
        (
            "A seminar took place in Mbale on 3 March 2021. Forty people attended.",
            ("2021-03-03", "Mbale", 40),
        ),
        ("L'atelier de Bouaké (3 mars 2021) a réuni 40 personnes.", ("2021-03-03", "Bouaké", 40)),
    ],
)
def test_who_came_in_words_of_any_kind(sentence: str, event: tuple[str, str, int] | None) -> None:
    (found,) = told(sentence)
    assert found[:3] == (event or ("2021-03-03", "Mbale", 40))


def test_events_here_and_there_with_bare_numbers() -> None:
    text = "Hearings were held: Mbale, 3 March 2021 (40 people); Gulu, 5 March 2021 (35)."
    assert [found[:3] for found in told(text)] == [
        ("2021-03-03", "Mbale", 40),
        ("2021-03-05", "Gulu", 35),
    ]


def test_about_sixty_is_no_number() -> None:
    assert told("Un séminaire à Rabat le 3 mai 2020 a réuni une soixantaine de participants.") == [
        ("2020-05-03", "Rabat", None, True)
    ]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("1,200", 1200),
        ("forty-two", 42),
        ("one hundred and twenty", 120),
        ("quatre-vingt-dix", 90),
        ("soixante-quinze", 75),
        ("treinta y cinco", 35),
        ("veintidós".replace("ó", "o"), 22),
        ("two hundred", 200),
    ],
)
def test_numbers_in_words(words: str, number: int) -> None:
    assert number_of(words) == number


def test_further_events_of_a_sentence_may_have_no_article() -> None:
    assert [
        e[:3]
        for e in told(
            "Elle a organisé un atelier à Cotonou le 9 mars 2021 (55 participants), des journées "
            "d'information à Parakou les 13 et 14 avril 2021 (83 participants) et à Natitingou le "
            "16 avril 2021 (61 participants)."
        )
    ] == [
        ("2021-03-09", "Cotonou", 55),
        ("2021-04-13", "Parakou", 83),
        ("2021-04-16", "Natitingou", 61),
    ]


def test_words_between_a_place_and_its_day_are_no_part_of_it() -> None:
    found = told("• En línea, del 6 al 24 de marzo de 2023: curso (31 participantes)")
    assert not any("del" in place for _, place, _, _ in found)


def test_a_speech_at_the_meeting_of_others_is_no_event_of_the_agency() -> None:
    found = told("The Minister spoke on it at the Bank's meetings in Rome (17 Apr. 2024).")
    assert not any(sure for *_, sure in found)


def test_an_item_c_is_no_copyright() -> None:
    text = (
        "Outcome achieved\nMore.\nILO's contribution to the outcome\n(c) training of 26 clerks;\n"
    )
    (page,) = find_pages(SourceText.of(text))
    assert Kind.OTHER not in page.kinds


# --- acts ----------------------------------------------------------------------------------------


def acts(sentence: str) -> dict[str, tuple[str, bool]]:
    source = SourceText.of(sentence)
    return {
        a.number or "": (str(a.date.first if a.date else ""), a.confidence >= STATED)
        for a in find_acts(source, source.span, reported=True)
    }


@pytest.mark.parametrize(
    ("sentence", "number", "day"),
    [
        (
            "Parliament adopted the Law on Social Insurance (revised) on 7 July 2023.",
            "",
            "2023-07-07",
        ),
        (
            "The Minister issued Regulation No. 5/2021. It was signed on 4 March 2021.",
            "5/2021",
            "2021-03-04",
        ),
        ("Ministerial Decision no. (25) was issued on 4 March 2021.", "25", "2021-03-04"),
        ("La Disposición N.° 25/2021 fue dictada el 4 de marzo de 2021.", "25/2021", "2021-03-04"),
        (
            "Le décret d'application n° 2022-419 a été signé le 4 mars 2021.",
            "2022-419",
            "2021-03-04",
        ),
        ("The Cabinet approved By-Law No. 93 on 4 March 2021.", "93", "2021-03-04"),
        ("The Board adopted Resolution BR-25/2021 on 4 March 2021.", "BR-25/2021", "2021-03-04"),
        ("On 4 March 2021 Benin ratified Convention No. 102.", "102", "2021-03-04"),
    ],
)
def test_acts_in_further_forms(sentence: str, number: str, day: str) -> None:
    assert acts(sentence) == {number: (day, True)}


@pytest.mark.parametrize(
    "sentence",
    [
        "El Decreto 267-21 queda derogado.",
        "El Decreto Ejecutivo 267-21, sobre la jornada, fue derogado en 2021.",
        "Law No. 267-21 on services dates from 2016 and is background only.",
        "The pension, which was set up by Decree No. 267-21, was reported in a previous biennium.",
        "La loi n° 267-21 avait fait l'objet d'un résultat distinct.",
        "The Constitutional Court, by Decision No. 267-21, asked for a new law.",
    ],
)
def test_acts_that_the_page_sets_aside_are_not_stated(sentence: str) -> None:
    assert acts(sentence)["267-21"][1] is False


def test_a_law_on_a_subject_without_a_day_is_no_act() -> None:
    assert acts("Workers know the Law on Social Insurance well.") == {}


def test_an_act_is_named_without_the_words_before_it() -> None:
    made = record(
        LABELLED.replace(
            "More farmers are covered.", "Par arrêté du 3 mai 2022, le plan a été adopté."
        ).format(facts="Code: RUR101\nDate: 3 mai 2022")
    )
    found = [*made.legal_acts, *(c.value for c in made.candidates)]
    assert [a.titles[0].value for a in found if isinstance(a, LegalAct)] == ["arrêté"]


# --- funders -------------------------------------------------------------------------------------


def funders(sentence: str) -> dict[str, bool]:
    source = SourceText.of(sentence)
    found: dict[str, bool] = {}
    for funder in find_funders(source, source.span, of_work=True):
        found[funder.name] = found.get(funder.name, False) or funder.confidence >= STATED
    return found


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        (
            "The costs were borne by the Swiss Agency for Development.",
            ["Swiss Agency for Development"],
        ),
        ("Resources came from the Joint SDG Fund and Irish Aid.", ["Joint SDG Fund", "Irish Aid"]),
        ("It formed part of the Irish Aid-ILO partnership programme.", ["Irish Aid"]),
        (
            "A grant of USD 300,000 from the Qatar Fund for Development helped.",
            ["Qatar Fund for Development"],
        ),
        ("The Government of Japan provided USD 2 million.", ["Government of Japan"]),
        ("The assistance was possible thanks to the European Union.", ["European Union"]),
        ("La coopération suisse a financé l'étude.", ["Coopération suisse"]),
        ("Les travaux ont bénéficié d'un don de la France.", ["France"]),
        ("Los gastos fueron cubiertos por la Unión Europea.", ["Unión Europea"]),
        ("Los recursos provinieron del Gobierno del Canadá.", ["Gobierno del Canadá"]),
        (
            "It was funded by the Ministry of Health, Labour and Welfare of Japan.",
            ["Ministry of Health, Labour and Welfare of Japan"],
        ),
        (
            "It used the ILO's Regular Budget Supplementary Account.",
            ["Regular Budget Supplementary Account"],
        ),
    ],
)
def test_who_paid_in_further_words(sentence: str, names: list[str]) -> None:
    assert sorted(name.casefold() for name in funders(sentence)) == sorted(
        name.casefold() for name in names
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "The IDPoor programme, financed by the World Bank, is run by the Ministry.",
        "The registry, funded by the World Bank, was not part of this work.",
        "Le programme Fiavota, financé par la Banque mondiale, n'entre pas dans ce résultat.",
        "The Swiss-funded SaMi programme helped families.",
    ],
)
def test_who_paid_for_what_is_no_part_of_the_result_is_not_stated(sentence: str) -> None:
    assert not any(funders(sentence).values())


def test_listed_funders() -> None:
    text = LABELLED.format(
        facts="Code: RUR101\nDate: 3 May 2022\nFunders: Foreign, Commonwealth and Development "
        "Office (FCDO); Irish Aid"
    )
    assert [f.names[0].value for f in record(text).funders] == [
        "Foreign, Commonwealth and Development Office",
        "Irish Aid",
    ]


# --- projects and names --------------------------------------------------------------------------


def test_what_joins_two_projects_is_no_title() -> None:
    text = LABELLED.format(facts="Code: RUR101\nDate: 3 May 2022")
    made = record(text + "\nLinked projects\n\nRUR/20/01/JPN and RUR/20/02/SWE | RAS/20/03/LUX\n")
    assert [p.titles for p in made.projects] == [(), (), ()]


def test_names_in_a_list_with_dashes_and_those_that_an_article_begins() -> None:
    text = LABELLED.format(facts="Code: RUR101\nDate: 3 May 2022")
    names = "- Ministerio del Trabajo\n- Central Unitaria de Trabajadores (CUT)\n- Confederación \
General del Trabajo (CGT)"
    made = record(f"{text}\nWho took part\n\n{names}\n")
    assert {c.names[0].value for c in made.constituents} == {
        "Ministerio del Trabajo",
        "Central Unitaria de Trabajadores",
        "Confederación General del Trabajo",
    }


def test_a_sentence_is_no_line_of_names() -> None:
    text = LABELLED.replace(
        "It gave advice.",
        "El trabajo contó con el financiamiento de la Agencia Sueca de Cooperación (Asdi).",
    )
    made = record(text.format(facts="Code: RUR101\nDate: 3 May 2022"))
    assert made.contribution
    assert not made.constituents


# --- saved from the web --------------------------------------------------------------------------

CHROME = """<header><nav><ul><li>Linked projects</li><li>Ministry of Information</li></ul></nav>
</header><div id="cookie-banner" class="cookies"><p>The Cookie Act No. 99 of 2020 was adopted.</p>
</div>"""
AROUND = """<div class="related-results"><h3>Related results</h3><ul><li>Law No. 77 of 2020 adopted
</li></ul></div><div class="newsletter"><p>Financed by the Government of Norway.</p></div>
<footer><p>Ministry of Footers. SDG 17</p></footer>"""


@pytest.mark.parametrize("wrap", ["div", "main", "article", "section"])
def test_nothing_of_a_site_s_surroundings_is_read(wrap: str) -> None:
    body = """<h1>Ruritania: a scheme for farmers</h1>
<table><tr><th>Code</th><td>RUR101</td></tr><tr><th>Date achieved</th><td>3 May 2022</td></tr>
<tr><th>Funders</th><td>Irish Aid</td></tr></table>
<h2>What has been achieved</h2><p>Parliament passed Law No. 7 of 2022 on 3 May 2022.</p>
<h2>Comment le BIT y a contribué</h2><p>A workshop was held in Strelsau on 5 April 2022 (40
participants).</p><table><tr><th>Event</th><th>Place</th><th>Date</th><th>Participants</th></tr>
<tr><td>Hearing</td><td>Zenda</td><td>6 April 2022</td><td>12</td></tr></table>
<details open><summary>Projects that contributed</summary><p>RUR/20/01/JPN</p></details>
<h2>¿Con quién se trabajó?</h2><ul><li>Ministry of Labour</li><li>Farmers' Union</li></ul>
<h2>Branches</h2><p>Old age</p>"""
    page = f"<html><body>{CHROME}<{wrap}>{body}</{wrap}>{AROUND}</body></html>"
    made = record(page, "page.html")
    assert made.code == "RUR101"
    assert [a.number for a in made.legal_acts] == ["7"]
    assert [f.names[0].value for f in made.funders] == ["Irish Aid"]
    assert [p.identifier for p in made.projects] == ["RUR/20/01/JPN"]
    assert {c.names[0].value for c in made.constituents} == {"Ministry of Labour", "Farmers' Union"}
    assert ("2022-04-06", "Zenda", 12) in activities(made)
    assert made.branches == ("Old age",)
    assert not made.sdg_goals
    assert not made.candidates


# --- what the fourteenth set showed ---------------------------------------------------------------


def test_projects_may_be_numbered_in_digits() -> None:
    made = record(
        LABELLED.format(facts="Code: RUR101\nDate: 3 May 2022")
        + "\nLinked projects\n\n00128437 - Inclusive services\n2021.2055.6 – Health support\n"
        "2021-2024\n"
    )
    assert [project.identifier for project in made.projects] == ["00128437", "2021.2055.6"]


def test_a_target_that_is_said_to_be_none_is_left_out() -> None:
    made = record(
        LABELLED.format(facts="Code: RUR101\nDate: 3 May 2022")
        + "\nSDGs\n\nTargets 1.3 and 10.2; target 3.8 is not concerned\n"
    )
    assert made.sdg_targets == ("1.3", "10.2")


def test_a_name_in_a_list_may_say_whence() -> None:
    made = record(
        LABELLED.format(facts="Code: RUR101\nDate: 3 May 2022")
        + "\nGender equality & non-discrimination\n\nMothers were asked.\n\n\n"
        "Ministry of Displaced Persons from the Territories; Agency for Care; "
        "Trade Union Congress\n"
    )
    assert {body.names[0].value for body in made.constituents} == {
        "Ministry of Displaced Persons from the Territories",
        "Agency for Care",
        "Trade Union Congress",
    }


@pytest.mark.parametrize("label", ["Indicator (step 2): 8.1.1", "Result (scheme run, step 2): X"])
def test_a_step_may_stand_in_a_label(label: str) -> None:
    made = record(LABELLED.format(facts=f"Code: RUR101\nDate: 3 May 2022\n{label}"))
    assert made.step == 2


def test_headings_of_a_table_are_no_facts() -> None:
    made = record(LABELLED.format(facts="Code: RUR101\nDate: 3 May 2022\nDate | Code"))
    assert (made.code, str(made.achieved_on)) == ("RUR101", "2022-05-03")


def test_a_trail_of_a_site_names_no_constituent() -> None:
    page = (
        "ILO Country Office for Ruritania / Results\n\nResult achieved\n"
        "01.04.2020 RUR101 Public 2020-21 | 8.1.1\nOutcome summary\nMore farmers are covered\n"
        "Outcome achieved\nThe scheme was opened.\n"
    )
    assert record(page).constituents == ()


def test_signs_before_items_are_no_words_of_a_title_or_statement() -> None:
    page = (
        "Résultat atteint\n\n- Une législation a été adoptée (étape 2)\n"
        "- Nombre de pays ayant adopté une législation (étape 2)\n"
        "- 08.09.2022 SEN106 Public 2022-23 | 8.1.1\n\nRésumé du résultat\n\n"
        "- Le régime est ouvert\n\nRésultat obtenu\n\n- Le régime a été ouvert.\n"
    )
    made = record(page)
    told = (made.titles, made.result_statement, made.indicator_statement)
    assert [words[0].value.split(" ")[0] for words in told] == ["Le", "Une", "Nombre"]


def test_a_month_is_no_word_that_is_not_understood() -> None:
    made = draft(
        "Result achieved\n\nNovember 2022 RUR101 Public 2022-23 | 8.1.1\n\nOutcome summary\n\n"
        "More farmers are covered\n\nOutcome achieved\n\nThe scheme was opened.\n"
    )
    assert made.record.achieved_in == 2022
    assert not [problem for problem in made.problems if "not understood" in problem.message]


def test_an_item_that_tells_who_paid_is_no_activity() -> None:
    items = "- The work was financed by Norway.\n- A workshop in Oslo on 3 May 2022 (9 people).\n"
    source = SourceText.of(items)
    assert [a.place for a in find_activities(source, source.span)] == ["Oslo"]


# --- what the fifteenth set showed ----------------------------------------------------------------


def test_what_a_site_sets_below_the_branches_hides_nothing() -> None:
    made = record(
        LABELLED.format(facts="Code: RUR101\nDate: 3 May 2022")
        + "\nGender equality & non-discrimination\n\nMothers were asked.\n"
        "Ministry of Labour\nTrade Union Congress\nEmployers' Federation\n"
        "SDG 3, target 3.8\nMedical care\n\nNews\nTogo: 200 000 school kits\n"
        "Conference in Cotonou, 14 October 2021\nSite map | Tenders\n"
    )
    assert len(made.constituents) == 3
    assert (made.sdg_goals, made.sdg_targets) == (("3",), ("3.8",))
    assert len(made.branches) == 1
    assert [told.value for told in made.gender_equality] == ["Mothers were asked."]


def test_a_goal_that_is_denied_on_a_line_of_its_own_is_left_out() -> None:
    made = record(
        LABELLED.format(facts="Code: RUR101\nDate: 3 May 2022")
        + "\nSustainable Development Goals\n\n• SDG target 1.3\n"
        "• SDG target 1.5 was considered but not retained\n• Meta 8.3 no se mantuvo, no es\n"
        "• Target 10.4 (with indicator 10.4.2)\n"
    )
    assert made.sdg_targets == ("1.3", "10.4")
    assert made.sdg_indicators == ("10.4.2",)


def test_a_line_with_the_step_is_the_result_statement_whatever_a_site_says_above() -> None:
    made = record(
        "Home » All countries » The Ruritania » All results\n\nRésultat obtenu\n\n"
        "Un régime a été ouvert dans le pays (étape 3)\n"
        "Nombre d’États Membres ayant ouvert un régime (étape 3)\n"
        "30.04.2021 RUR107 Public 2020-21 | 8.2.1\n\nSynthèse du résultat\n\nOn y entre\n\n"
        "Résultat atteint\n\nLe régime a été ouvert.\n"
    )
    assert made.step == 3
    assert made.result_statement[0].value.startswith("Un régime")
    assert made.indicator_statement[0].value.startswith("Nombre d")


def test_bulleted_sentences_about_women_are_no_goal() -> None:
    made = record(
        LABELLED.format(facts="Code: RUR101\nDate: 3 May 2022")
        + "\nGender equality & non-discrimination\n\n"
        "• Two thirds are women, most of them alone. The terms count weeks of leave\n"
    )
    assert made.sdg_goals == ()
    assert made.gender_equality
