"""How people lay tables out: sections, lists that go on, forms, rows of what is no result.

What is expected is what a reader of the sheet would say of it; each table is written here.
"""

from __future__ import annotations

import pytest

from outcome_graph.draft import Draft, SourceFile
from outcome_graph.pipeline import SourceReader
from outcome_graph.settings import Settings
from outcome_graph.sources.detect import detect

READER = SourceReader(Settings())


def read(*lines: str, name: str = "t.csv") -> list[Draft]:
    source = SourceFile(name, "\n".join(lines).encode())
    return [item.draft for item in READER.items(source)]


def said(drafts: list[Draft]) -> str:
    return "\n".join(problem.message for draft in drafts for problem in draft.problems)


def funders(draft: Draft) -> set[str]:
    return {body.name.removeprefix("Government of ") for body in draft.record.funders}


def constituents(draft: Draft) -> set[str]:
    return {body.name for body in draft.record.constituents}


HEADINGS = "Country,Title,Date,Donor,Partners,Notes"


def test_a_row_with_country_and_its_name_heads_a_section() -> None:
    drafts = read(
        "Title,Date,Donor,Partners",
        "Country: Kenya,,,",
        "Law adopted,2021-01-01,Norway,Ministry of Labour",
        "Country: Nepal,,,",
        "Fund created,2021-03-01,Norway,Ministry of Finance",
    )
    assert [draft.record.country for draft in drafts] == ["KEN", "NPL"]
    assert "“Kenya” stands alone in a row above" in said(drafts)


def test_a_row_that_says_one_other_thing_is_no_result() -> None:
    drafts = read(
        HEADINGS,
        "Kenya,Law adopted,2021-01-01,,,",
        ",Donor: Japan,,,,",
        "Kenya,Scheme opened,2021-02-01,,,",
    )
    assert [d.record.titles[0].value for d in drafts] == ["Law adopted", "Scheme opened"]
    assert "passed over as a note: it says “Donor: Japan”" in said(drafts)


def test_lists_go_on_below_a_blank_title() -> None:
    first, second = read(
        HEADINGS,
        "Kenya,Law adopted,2021-01-01,Norway,Ministry of Labour,x",
        ",,,Japan,Central Organization of Trade Unions,",
        ",,,,Federation of Kenya Employers,",
        "Nepal,Fund created,2021-03-01,Norway,Ministry of Finance,",
        ",,,,Budgets are those of the whole project.,",
    )
    assert funders(first) == {"Norway", "Japan"}
    assert len(constituents(first)) == 3
    assert "lists without a title (row 3, 4)" in said([first])
    assert constituents(second) == {"Ministry of Finance"}


def test_a_row_with_a_country_and_no_title_is_a_result_without_one() -> None:
    _, second = read(
        HEADINGS,
        "Kenya,Law adopted,2021-01-01,Norway,Ministry of Labour,",
        "Nepal,,,Japan,Ministry of Finance,",
    )
    assert "The row has no title" in said([second])


def test_a_form_of_several_blocks_has_a_result_in_each() -> None:
    first, second = read(
        "Country,Kenya",
        "Title,Law adopted",
        "Date,2021-01-01",
        "Donor,Norway",
        ",",
        "Country,Nepal",
        "Title,Fund created",
        "Donor,Japan",
    )
    assert [first.record.country, second.record.country] == ["KEN", "NPL"]
    assert [funders(first), funders(second)] == [{"Norway"}, {"Japan"}]
    assert str(first.record.achieved_on) == "2021-01-01"
    assert second.record.achieved_on is None
    assert str(second.location("titles")) == "cell B7, line 7"


@pytest.mark.parametrize(
    ("heading", "word"),
    [
        ("Status", "Planned"),
        ("Statut", "Prévu"),
        ("Estado", "cancelado"),
        ("Achieved (Y/N)", "N"),
        ("¿Alcanzado?", "no"),
    ],
)
def test_what_was_not_achieved_is_refused(heading: str, word: str) -> None:
    first, second, third = read(
        f"Country,Title,Date,{heading}",
        "Kenya,Law adopted,2021-01-01,yes",
        "Kenya,Fund opened,2021-01-01,-",
        f"Kenya,Scheme opened,2023-01-01,{word}",
    )
    assert not first.errors
    assert not second.errors
    (error,) = third.errors
    assert f"“{word}”: the row tells of no result yet" in error.message


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("Jan-Mar 2021", ("2021-01-01", "2021-03-31")),
        ("juin à août 2022", ("2022-06-01", "2022-08-31")),
        ("first half of 2022", ("2022-01-01", "2022-06-30")),
        ("2e semestre 2021", ("2021-07-01", "2021-12-31")),
        ("H1 2023", ("2023-01-01", "2023-06-30")),
    ],
)
def test_months_and_halves_of_years_are_periods(words: str, days: tuple[str, str]) -> None:
    (draft,) = read("Country,Title,Date", f"Kenya,A title,{words}")
    assert not draft.errors
    assert (str(draft.record.period_start), str(draft.record.period_end)) == days


@pytest.mark.parametrize("words", ["mid-2021", "end of 2021", "fin 2021", "finales de 2021"])
def test_of_a_part_of_a_year_the_year_is_certain(words: str) -> None:
    (draft,) = read("Country,Title,Date", f"Kenya,A title,{words}")
    assert draft.record.achieved_in == 2021
    assert draft.record.achieved_on is None
    assert "which alone is certain" in said([draft])


def test_a_month_in_roman_numerals() -> None:
    (draft,) = read("Country,Title,Date", "Kenya,A title,14.VI.2022")
    assert str(draft.record.achieved_on) == "2022-06-14"


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Ministry of Labour, COTU and FKE", {"Ministry of Labour", "COTU", "FKE"}),
        ("COTU, FKE, Ministry of Labour", {"Ministry of Labour", "COTU", "FKE"}),
        (
            "Ministerio de Trabajo, Confederación Nacional y Cámara de Comercio",
            {"Ministerio de Trabajo", "Confederación Nacional", "Cámara de Comercio"},
        ),
        ("Ministry of Labour and Social Protection", {"Ministry of Labour and Social Protection"}),
        ("Ministry of Labour, Trade and Industry", {"Ministry of Labour, Trade and Industry"}),
    ],
)
def test_lists_that_end_in_and(cell: str, names: set[str]) -> None:
    (draft,) = read("Country,Title,Partners", f'Kenya,A title,"{cell}"')
    assert constituents(draft) == names


def test_the_day_of_signing_beside_that_of_publishing() -> None:
    drafts = read(
        "Country,Title,Signed on,Published on",
        "Kenya,A title,2021-03-04,2021-04-04",
        "Nepal,B title,2021-03-05,2021-04-05",
    )
    assert [str(d.record.achieved_on) for d in drafts] == ["2021-03-04", "2021-03-05"]
    others = read(
        "Country,Title,Signed on,Project launched on",
        "Kenya,A title,2021-03-04,2021-04-04",
        "Nepal,B title,2021-03-05,2021-04-05",
    )
    assert [d.record.achieved_on for d in others] == [None, None]


@pytest.mark.parametrize(
    "heading",
    ["Código de resultado de país", "Code du résultat de programme", "Country result code"],
)
def test_codes_of_results_are_no_countries(heading: str) -> None:
    (draft,) = read(f"País,Título,{heading}", "Perú,A title,PER101")
    assert (draft.record.country, draft.record.code) == ("PER", "PER101")


def test_a_text_parted_by_strokes_is_a_table() -> None:
    (draft,) = read("Country|Title|Donor", "Kenya|A title|Norway", name="t.txt")
    assert funders(draft) == {"Norway"}


def test_a_line_of_links_makes_no_table() -> None:
    page = b"Countries | Projects | Partners | Donors | News\nOutcome summary\nLaw adopted\n"
    assert detect(SourceFile("t.txt", page)) == "page"


def test_a_table_in_portuguese() -> None:
    first, second = read(
        "Nº;País;Título do resultado;Descrição;Doador;Parceiros;Ramos",
        "1;Guiné-Bissau;Lei aprovada;A Assembleia aprovou a lei, que não cobre os trabalhadores "
        "por conta própria.;União Europeia;Ministério do Trabalho;Velhice",
        "2;Moçambique;Subsídio criado;O Conselho de Ministros criou uma prestação em 2021.;"
        "Noruega;Confederação dos Sindicatos;Desemprego",
    )
    assert [first.record.country, second.record.country] == ["GNB", "MOZ"]
    assert {t.language for t in (*first.record.titles, *second.record.achievement)} == {"pt"}
    assert [funders(first), funders(second)] == [{"European Union"}, {"Norway"}]
    assert [first.record.branches, second.record.branches] == [("old-age",), ("unemployment",)]
    assert constituents(first) == {"Ministério do Trabalho"}


@pytest.mark.parametrize("name", ["Oxfam", "Oxfam Nepal", "Care Nepal", "HelpAge Kenya"])
def test_the_registry_knows_who_works_in_many_countries(name: str) -> None:
    assert READER.known.works_in_many_countries(name)


@pytest.mark.parametrize("name", ["Care Commission", "Kenya Association", "Health Care Board"])
def test_other_names_are_of_one_country(name: str) -> None:
    assert not READER.known.works_in_many_countries(name)


@pytest.mark.parametrize(
    "row", ["Sub-total,1 result,,", "TOTAL GENERAL,2,,", "Total for Kenya,,3,", "Sous-total,,,7 %"]
)
def test_a_word_for_sums_and_figures_are_no_result(row: str) -> None:
    (draft,) = read("Country,Title,Donor,Budget", "Kenya,Law adopted,Norway,5", row)
    assert draft.record.country == "KEN"


def test_a_total_in_words_is_a_result() -> None:
    (draft,) = read("Title,Country,Donor", "Total ban on child labour adopted,Kenya,Norway")
    assert draft.record.country == "KEN"


@pytest.mark.parametrize(
    ("heading", "language"),
    [("Title (EN)", "en"), ("title_fr", "fr"), ("Title - Spanish", "es"), ("Summary (pt)", "pt")],
)
def test_the_language_of_a_heading(heading: str, language: str) -> None:
    (draft,) = read(f"Country,{heading}", "Kenya,A title")
    assert [t.language for t in draft.record.titles] == [language]


def test_of_two_days_the_one_in_our_own_words_is_taken() -> None:
    (draft,) = read("Country,Title,Date,Outcome year,Year", "Kenya,A title,2021-03-04,2019,2021")
    assert draft.record.achieved_in == 2021
    assert "D “Outcome year”" in said([draft])


@pytest.mark.parametrize(
    ("heading", "cell", "why"),
    [
        ("Project", "Social protection for all", "a project goes by its symbol"),
        ("Legal framework", "Under discussion", "it names no act"),
        ("Donor", "Own resources", "it names no body"),
        ("Donor", "Divers", "it names no body"),
        ("Participants", "120 (60 women)", "a number is no name"),
        ("Gender", "High", "one word is a mark"),
        ("Gender", "2", "one word is a mark"),
    ],
)
def test_what_a_list_does_not_hold_is_left_out(heading: str, cell: str, why: str) -> None:
    (draft,) = read(f"Country,Title,{heading}", f"Kenya,A title,{cell}")
    record = draft.record
    lists = (
        record.constituents,
        record.projects,
        record.legal_acts,
        record.funders,
        record.gender_equality,
    )
    assert not any(lists)
    assert not draft.errors
    assert why in said([draft])


@pytest.mark.parametrize("cell", ["National Social Protection Policy", "Code du travail"])
def test_acts_without_a_number_are_acts(cell: str) -> None:
    (draft,) = read("Country,Title,Legal framework", f"Kenya,A title,{cell}")
    assert [t.value for t in draft.record.legal_acts[0].titles] == [cell]


def test_what_part_a_donor_paid_is_no_part_of_its_name() -> None:
    (draft,) = read("Country,Title,Donor", 'Kenya,A title,"Norway (60%), Japan (USD 2 million)"')
    assert funders(draft) == {"Norway", "Japan"}


def test_what_is_not_to_be_seen_is_not_read_past() -> None:
    first, second = read(
        "Country,Title,Visibility", "Kenya,A title,Yes", "Kenya,B title,For internal use"
    )
    assert first.errors
    assert second.errors
    logos = read(
        "Country,Title,Visibility", "Kenya,A title,Logo on the site", "Kenya,B title,Stickers"
    )
    assert not any(draft.errors for draft in logos)


def test_abbreviated_acts_tell_a_column() -> None:
    first, _ = read("País,Título,Instrumento", "Perú,A title,Ley 31301", "Bolivia,B title,DS 4708")
    assert [a.number for a in first.record.legal_acts] == ["31301"]


def test_titles_that_end_like_bodies_are_titles() -> None:
    first, second = read(
        "Country,Outcome statement,Biennium",
        "Kenya,Pension rules adopted by the board,2022-23",
        "Nepal,Migration act approved by parliament,2022-23",
    )
    assert [d.record.titles[0].value.split()[0] for d in (first, second)] == [
        "Pension",
        "Migration",
    ]
    assert not first.record.constituents


def test_names_of_known_bodies_have_an_and() -> None:
    drafts = read(
        "Country,Title,Whose money?,Who did the work?",
        "Kenya,A title of it,Norway,ILO",
        'Nepal,B title of it,Swiss Agency for Development and Cooperation,"UNDP, ILO"',
    )
    assert funders(drafts[1]) == {"Swiss Agency for Development and Cooperation"}
    contribution = drafts[1].record.contribution
    assert contribution is not None
    assert len(contribution.contributors) == 2


def test_acts_below_a_word_for_texts_are_acts() -> None:
    first, _ = read(
        "Pays;Ce qui a été acquis;En quelques mots;Texte",
        "Togo;Le régime couvre les taxis-motos;L'Assemblée a voté la loi en juin.;Loi n° 2021-012",
        "Bénin;Les artisans ont une carte santé;Le ministère a remis 2 000 cartes en un an.;",
    )
    assert [act.number for act in first.record.legal_acts] == ["2021-012"]
    assert [t.value for t in first.record.achievement] == ["L'Assemblée a voté la loi en juin."]


@pytest.mark.parametrize(
    ("heading", "yes"),
    [
        ("Diffusion restreinte (oui/non)", "internal"),
        ("Restricted", "internal"),
        ("Usage interne", "internal"),
        ("No publicar", "internal"),
        ("is_public", "public"),
        ("Public (Y/N)", "public"),
        ("¿Es público?", "public"),
        ("Diffusion", "public"),
    ],
)
def test_what_yes_means_for_who_may_see_a_result(heading: str, yes: str) -> None:
    drafts = read(f"Country,Title,{heading}", "Kenya,A title,yes", "Nepal,B title,no")
    other = {"public": "internal", "internal": "public"}[yes]
    assert [draft.record.visibility for draft in drafts] == [yes, other]


def test_what_an_action_is_called_is_no_title_of_a_result() -> None:
    (first, _) = read(
        "Pays,Intitulé de l'action,Résultat atteint,Bailleur",
        "Mali,Appui à la caisse,Assistance médicale étendue aux éleveurs,UNICEF",
        "Niger,Appui au ministère,Pension des artisans créée,Suisse",
    )
    assert first.record.titles[0].value == "Assistance médicale étendue aux éleveurs"


def test_acts_that_were_amended_or_are_drafts_are_none_of_the_result() -> None:
    first, _ = read(
        "Country,Outcome,Law amended,New law,Draft law,Date",
        "Kenya,Pension law adopted,Act No. 5 of 1997,Act No. 4 of 2021,,2021-05-06",
        "Nepal,Fund law adopted,Act No. 6 of 1998,Act No. 7 of 2021,Bill 12,2021-06-07",
    )
    assert [act.number for act in first.record.legal_acts] == ["4"]
    assert "C “Law amended”, E “Draft law”" in said([first])
