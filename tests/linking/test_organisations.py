"""Who is who, of which country and type; and what is never merged."""

from __future__ import annotations

import pytest

from outcome_graph.draft import Draft
from outcome_graph.linking import link
from outcome_graph.linking.types import type_of
from outcome_graph.model import Candidate, Evidence, Organisation, OutcomeRecord, texts
from outcome_graph.namespaces import slugify
from outcome_graph.vocabulary import Knowledge


def _named(name: str, language: str = "en") -> Organisation:
    return Organisation(slugify(name), texts(name, language=language))


def _linked(knowledge: Knowledge, **fields: object) -> OutcomeRecord:
    fields = {"country": "LAO", **fields}
    return link(Draft(OutcomeRecord(id="X-1", **fields)), knowledge).record  # type: ignore[arg-type]


def _funder(knowledge: Knowledge, name: str, language: str = "en") -> Organisation:
    (funder,) = _linked(knowledge, funders=(_named(name, language),)).funders
    return funder


def _constituent(knowledge: Knowledge, name: str, country: str = "LAO") -> Organisation:
    record = _linked(knowledge, country=country, constituents=(_named(name),))
    (constituent,) = record.constituents
    return constituent


@pytest.mark.parametrize(
    "name",
    [
        "Government of Luxembourg",
        "the Government of Luxembourg",
        "Gouvernement du Luxembourg",
        "Gobierno de Luxemburgo",
        "Government of the Grand Duchy of Luxembourg",
        "Luxembourg Government",
        "gouvernement luxembourgeois",
        "Luxembourg",
        "LUX",
    ],
)
def test_a_government_is_one_node(name: str, knowledge: Knowledge) -> None:
    funder = _funder(knowledge, name, "und")
    assert funder.slug == "lux-government-of-luxembourg"
    assert "Government of Luxembourg" in {str(t) for t in funder.names}
    assert (funder.country, funder.type) == ("LUX", "government")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Irish Government", "irl-government-of-ireland"),
        ("Royal Government of Cambodia", "khm-government-of-cambodia"),
        ("Royal Thai Government", "tha-government-of-thailand"),
        ("Gobierno español", "esp-government-of-spain"),
        ("Gouvernement de la Côte d’Ivoire", "civ-government-of-cote-d-ivoire"),
        ("Government of the UK", "gbr-government-of-the-united-kingdom"),
        ("Kingdom of Belgium", "bel-government-of-belgium"),
        ("European Union", "european-union"),
        ("Irish Aid", "irish-aid"),
        ("PNUD", "undp"),
    ],
)
def test_other_funders(name: str, slug: str, knowledge: Knowledge) -> None:
    assert _funder(knowledge, name).slug == slug


def test_a_part_of_a_country_is_not_its_government(knowledge: Knowledge) -> None:
    flanders = _funder(knowledge, "Government of Flanders")
    assert flanders.slug == "government-of-flanders"
    # A donor of Belgium in the DAC's list of agencies (BE-70), not the Kingdom of Belgium.
    assert flanders.country == "BEL"


def test_a_known_body_goes_by_its_own_names(knowledge: Knowledge) -> None:
    record = _linked(knowledge, constituents=(_named("OIT", "es"),), funders=(_named("the ILO"),))
    (constituent,), (funder,) = record.constituents, record.funders
    assert constituent == funder
    assert constituent.slug == "ilo"
    assert constituent.name == "International Labour Organization"
    assert constituent.country is None


@pytest.mark.parametrize(
    ("names", "slug"),
    [
        (
            ("GIZ", "GTZ", "Deutsche Gesellschaft für Internationale Zusammenarbeit (GIZ) GmbH"),
            "giz",
        ),
        (("LuxDev", "Lux-Development S.A.", "Lux Development"), "luxdev"),
        (("Enabel", "Belgian Technical Cooperation", "Coopération technique belge"), "enabel"),
        (("UNIDO", "UN Industrial Development Organisation"), "unido"),
        (("UNOPS", "United Nations Office for Project Services"), "unops"),
        (("Norfund", "Norwegian Investment Fund for Developing Countries"), "norfund"),
        (("Norad", "Norwegian Agency for Development Cooperation"), "norad"),
        (("EC", "European Commission"), "european-commission"),
        (("USAID", "U.S. Agency for International Development"), "usaid"),
        (("USDOL", "U.S. Dept. of Labor"), "usdol"),
        (("IDA", "International Development Association"), "ida"),
        (("UNEP", "PNUE", "UN Environment"), "unep"),
    ],
)
def test_bodies_by_their_short_old_and_legal_names(
    names: tuple[str, ...], slug: str, knowledge: Knowledge
) -> None:
    assert {_funder(knowledge, name).slug for name in names} == {slug}


def test_a_body_named_in_brackets_after_another_is_not_the_other(knowledge: Knowledge) -> None:
    assert _funder(knowledge, "United Nations (UNDP)").slug not in ("united-nations", "undp")
    assert _funder(knowledge, "World Bank (UNDP)").slug not in ("world-bank", "undp")


@pytest.mark.parametrize("name", ["EC", "AU", "CAF", "418", "SC"])
def test_abbreviations_are_no_governments(name: str, knowledge: Knowledge) -> None:
    funder = _funder(knowledge, name)
    assert "government" not in funder.slug
    assert funder.country is None


def test_two_spellings_of_one_name_are_one_body(knowledge: Knowledge) -> None:
    for name in ("Ministry of Labor & Social Welfare", "Ministry of Labour and Social Welfare"):
        body = _constituent(knowledge, name)
        assert body.slug == "lao-ministry-of-labour-and-social-welfare"
        assert body.names == texts(name)


def test_a_register_identifier_tells_who_it_is(knowledge: Knowledge) -> None:
    raw = Organisation("x", texts("BIT Genève"), identifier="XM-DAC-41302")
    (funder,) = _linked(knowledge, funders=(raw,)).funders
    assert funder.slug == "ilo"


def test_the_identifier_of_the_source_is_kept_where_ours_is_not_known(
    knowledge: Knowledge,
) -> None:
    """A file that is written of the record must name the body by it."""
    assert knowledge.organisations.find("KOICA").identifier is None
    for name, identifier, slug in (
        ("KOICA", "KR-GOV-010", "koica"),
        ("Iceland", "XM-DAC-20", "isl-government-of-iceland"),
    ):
        raw = Organisation("x", texts(name), identifier=identifier)
        (funder,) = _linked(knowledge, funders=(raw,)).funders
        assert (funder.slug, funder.identifier) == (slug, identifier)


def test_national_bodies_are_told_apart_by_country(knowledge: Knowledge) -> None:
    lao = _constituent(knowledge, "Ministry of Labour", "LAO")
    nepal = _constituent(knowledge, "Ministry of Labour", "NPL")
    assert (lao.slug, nepal.slug) == ("lao-ministry-of-labour", "npl-ministry-of-labour")
    assert (lao.country, nepal.country) == ("LAO", "NPL")


def test_likeness_is_not_sameness(knowledge: Knowledge) -> None:
    names = (
        "Lao Federation of Trade Union",
        "Lao Federation of Trade Unions",
        "Federation of Trade Unions",
    )
    record = _linked(knowledge, constituents=tuple(map(_named, names)))
    assert len(record.constituents) == 3


def test_the_same_name_in_other_letters_is_the_same_body(knowledge: Knowledge) -> None:
    record = _linked(
        knowledge,
        constituents=(
            Organisation("a", texts("Ministry of Labour")),
            Organisation("b", texts("MINISTRY OF LABOUR")),
        ),
    )
    (ministry,) = record.constituents
    assert ministry.slug == "lao-ministry-of-labour"


def test_a_body_of_another_country_keeps_its_country(knowledge: Knowledge) -> None:
    assert _constituent(knowledge, "Embassy of Japan").country == "JPN"
    danish = _funder(knowledge, "Ministry of Foreign Affairs of Denmark")
    assert danish.slug == "dnk-ministry-of-foreign-affairs"


@pytest.mark.parametrize(
    "name",
    [
        "Netherlands Ministry of Foreign Affairs",
        "Ministry of Foreign Affairs of the Netherlands",
        "Ministry of Foreign Affairs, Netherlands",
        "Ministry of Foreign Affairs (Netherlands)",
        "Ministry of Foreign Affairs (MFA), the Netherlands",
        "Dutch Ministry of Foreign Affairs",
    ],
)
def test_a_ministry_is_one_however_its_country_is_said(name: str, knowledge: Knowledge) -> None:
    assert _funder(knowledge, name).slug == "nld-ministry-of-foreign-affairs"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Vietnam General Confederation of Labour",
            "Viet Nam General Confederation of Labour",
        ),
        (
            "General Federation of Trade Unions (GFTU)",
            "General Federation of Trade Unions",
        ),
    ],
)
def test_names_that_differ_in_spelling_only_are_one(
    one: str, other: str, knowledge: Knowledge
) -> None:
    assert _constituent(knowledge, one).slug == _constituent(knowledge, other).slug


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bank of Jordan", "Bank"),
        ("Chamber of Commerce (Vientiane)", "Chamber of Commerce"),
        ("Federation of Employers (CUT)", "Federation of Employers"),
        ("Ministry of Labour of Viet Nam", "Ministry of Labour"),
    ],
)
def test_what_a_name_says_beside_its_country_tells_bodies_apart(
    one: str, other: str, knowledge: Knowledge
) -> None:
    assert _constituent(knowledge, one).slug != _constituent(knowledge, other).slug


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Department of Foreign Affairs and Trade, Australia", "dfat"),
        ("Australian Government Department of Foreign Affairs and Trade", "dfat"),
        ("GIZ (Deutsche Gesellschaft für Internationale Zusammenarbeit)", "giz"),
        ("United Nations High Commissioner for Refugees", "unhcr"),
        ("Banque européenne d'investissement", "eib"),
        ("FENU", "uncdf"),
    ],
)
def test_known_bodies_in_other_words(name: str, slug: str, knowledge: Knowledge) -> None:
    assert _funder(knowledge, name).slug == slug


def test_another_countrys_department_of_the_same_name_is_another(knowledge: Knowledge) -> None:
    name = "Department of Foreign Affairs and Trade, Ireland"
    assert _funder(knowledge, name).slug == "irl-department-of-foreign-affairs-and-trade"


def test_international_bodies_belong_to_no_country(knowledge: Knowledge) -> None:
    body = _constituent(knowledge, "International Domestic Workers Federation")
    assert body.country is None
    assert body.slug == "international-domestic-workers-federation"


def test_a_name_that_shares_letters_with_a_known_body_is_another(knowledge: Knowledge) -> None:
    assert _funder(knowledge, "Who").slug != "who"


def test_a_ministry_that_funds_may_be_anyones(knowledge: Knowledge) -> None:
    ministry = _named("Ministry of Finance")
    evidence = Evidence("funders", ministry.slug, "Ministry of Finance", 0.9, 10, 29)
    record = _linked(knowledge, funders=(ministry,), evidence=(evidence,))
    assert record.funders == ()
    assert record.evidence == ()
    (candidate,) = record.candidates
    assert candidate.key == "lao-ministry-of-finance"
    assert candidate.confidence < 0.8
    assert (candidate.quote, candidate.start, candidate.end) == ("Ministry of Finance", 10, 29)


def test_what_was_not_read_from_prose_stays_stated(knowledge: Knowledge) -> None:
    record = _linked(knowledge, funders=(_named("Ministry of Finance"),))
    assert [o.slug for o in record.funders] == ["lao-ministry-of-finance"]


def test_candidates_are_linked_and_dropped_when_stated(knowledge: Knowledge) -> None:
    record = _linked(
        knowledge,
        funders=(_named("Government of Luxembourg"),),
        candidates=(
            Candidate("funders", _named("Luxembourg"), "Luxembourg", 0.5),
            Candidate("funders", _named("Gobierno de España", "es"), "España", 0.55),
        ),
    )
    (candidate,) = record.candidates
    assert candidate.key == "esp-government-of-spain"
    assert candidate.confidence == 0.55


def test_types_given_in_words(knowledge: Knowledge) -> None:
    raw = Organisation("x", texts("Solidarity House"), type="Trade union")
    (found,) = _linked(knowledge, constituents=(raw,)).constituents
    assert found.type == "workers"


def test_an_unknown_type_stays_unknown(knowledge: Knowledge) -> None:
    assert _constituent(knowledge, "Solidarity House").type is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ministry of Industry and Commerce", "government"),
        ("Ministère du Travail", "government"),
        ("Ministerio de Trabajo, Empleo y Seguridad Social", "government"),
        ("National Social Security Fund", "government"),
        ("Caisse nationale de sécurité sociale", "government"),
        ("Instituto de Previsión Social", "government"),
        ("Employees Provident Fund", "government"),
        ("Workers' Welfare Fund", "government"),
        ("Office of the Prime Minister", "government"),
        ("Department of Statistics", "government"),
        ("National Social Protection Commission", "government"),
        ("Viet Nam General Confederation of Labour", "workers"),
        ("Congress of South African Trade Unions", "workers"),
        ("Nigeria Labour Congress", "workers"),
        ("Garment Workers Federation", "workers"),
        ("Confédération nationale des travailleurs du Sénégal", "workers"),
        ("Confédération générale du travail", "workers"),
        ("Syndicat autonome des enseignants", "workers"),
        ("Central Unitaria de Trabajadores", "workers"),
        ("Sindicato de Trabajadores del Hogar", "workers"),
        ("Cambodian Federation of Employers and Business Associations", "employers"),
        ("Employers' Federation of Ceylon", "employers"),
        ("Conseil national du patronat", "employers"),
        ("Chambre de commerce et d'industrie", "employers"),
        ("Confederación de Empresarios del Perú", "employers"),
        ("Consejo Nacional de la Empresa Privada", "employers"),
        ("Unión Industrial Paraguaya", "employers"),
        ("Garment Manufacturers and Exporters Association", "employers"),
        ("UN Country Team", "other"),
        ("Lao Women's Union", "other"),
        ("Red Cross", "other"),
        ("Employers' and Workers' Unions Forum", "other"),
    ],
)
def test_types_by_name(name: str, expected: str) -> None:
    found = type_of(name)
    assert found is not None
    assert found.type == expected
    assert found.confidence >= 0.8


@pytest.mark.parametrize("name", ["Solidarity House", "Alpha", "Lao Youth"])
def test_a_name_that_does_not_tell_its_type(name: str) -> None:
    assert type_of(name) is None


def test_a_less_certain_type_lowers_confidence(knowledge: Knowledge) -> None:
    name = "Association of Lao Garment Industry"
    record = _linked(
        knowledge,
        constituents=(_named(name),),
        evidence=(Evidence("constituents", slugify(name), name, 0.95),),
    )
    assert record.evidence[0].confidence == 0.85


def test_a_french_page(knowledge: Knowledge) -> None:
    names = (
        "Ministère du Travail, du Dialogue social et des Relations avec les Institutions",
        "Confédération nationale des travailleurs du Sénégal",
        "Conseil national du patronat",
    )
    record = _linked(
        knowledge,
        country="Sénégal",
        language="fr",
        constituents=tuple(_named(name, "fr") for name in names),
        funders=(_named("Gouvernement de la France", "fr"),),
    )
    assert record.country == "SEN"
    assert {o.slug: o.type for o in record.constituents} == {
        f"sen-{slugify(names[0])}": "government",
        f"sen-{slugify(names[1])}": "workers",
        "sen-conseil-national-du-patronat-du-senegal": "employers",
    }
    assert record.funders[0].slug == "fra-government-of-france"


def test_a_spanish_page(knowledge: Knowledge) -> None:
    names = (
        "Ministerio de Trabajo, Empleo y Seguridad Social",
        "Central Unitaria de Trabajadores",
        "Unión Industrial Paraguaya",
    )
    record = _linked(
        knowledge,
        code="PRY126",
        country=None,
        language="es",
        constituents=tuple(_named(name, "es") for name in names),
        funders=(_named("Gobierno de España", "es"),),
    )
    assert record.country == "PRY"
    assert [o.type for o in record.constituents] == ["workers", "government", "employers"]
    assert record.funders[0].slug == "esp-government-of-spain"


def test_public_bodies_of_regional_results_do_not_meet(knowledge: Knowledge) -> None:
    (ministry,) = _linked(
        knowledge, country=None, region="RAF", constituents=(_named("Ministry of Labour"),)
    ).constituents
    assert ministry.slug == "raf-ministry-of-labour"
    assert ministry.country is None


def test_funders_that_a_cell_joins_are_parted_where_each_is_known(knowledge: Knowledge) -> None:
    record = _linked(knowledge, funders=(_named("Belgique et Luxembourg", "fr"),))
    assert [o.country for o in record.funders] == ["BEL", "LUX"]
    kept = _linked(knowledge, funders=(_named("Trinidad and Tobago"),))
    assert [o.country for o in kept.funders] == ["TTO"]
    one = _linked(knowledge, funders=(_named("Department of Trade and Luxembourg"),))
    assert len(one.funders) == 1


@pytest.mark.parametrize("name", ["U.N.D.P.", "United Nations Development Program"])
def test_other_spellings_of_a_known_body(knowledge: Knowledge, name: str) -> None:
    assert _funder(knowledge, name).slug == "undp"
