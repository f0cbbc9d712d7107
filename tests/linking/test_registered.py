"""Which body a name is that of: names as they stand in agencies' documents.

Who is one body, and who is not, is taken from IATI's code list of organisations and the DAC's lists
of agencies and channels; of national organisations, from the names under which they are members of
the ITUC and the IOE.
"""

from __future__ import annotations

import pytest

from outcome_graph.draft import Draft
from outcome_graph.linking import link
from outcome_graph.model import Evidence, Organisation, OutcomeRecord, texts
from outcome_graph.namespaces import slugify
from outcome_graph.vocabulary import Knowledge


def _named(name: str) -> Organisation:
    return Organisation(slugify(name), texts(name, language="und"))


def _draft(country: str, field: str, *names: str) -> Draft:
    bodies = tuple(map(_named, names))
    return Draft(OutcomeRecord(id="X-1", country=country, **{field: bodies}))  # type: ignore[arg-type]


def _slugs(knowledge: Knowledge, country: str, field: str, name: str) -> list[str]:
    record = link(_draft(country, field, name), knowledge).record
    return [o.slug for o in getattr(record, field)]


@pytest.mark.parametrize(
    ("slug", "names"),
    [
        (
            "fcdo",
            ("Foreign, Commonwealth & Development Office", "FCDO, United Kingdom", "FCDO (UK)"),
        ),
        (
            "dfat",
            (
                "Australian Department of Foreign Affairs and Trade (DFAT)",
                "Department of Foreign Affairs and Trade, Government of Australia",
            ),
        ),
        ("norad", ("NORAD", "Norwegian Agency for Development Co-operation")),
        (
            "nor-ministry-of-foreign-affairs",
            ("Royal Norwegian Ministry of Foreign Affairs", "Norway MFA", "MFA of Norway"),
        ),
        (
            "sida",
            (
                "Agencia Sueca de Cooperación Internacional para el Desarrollo (ASDI)",
                "Government of Sweden (Sida)",
                "Sweden / Sida",
                "Sida, Sweden",
                "Sweden (through Sida)",
                "SIDA-Sweden",
            ),
        ),
        ("aecid", ("AECI", "Agencia Española de Cooperación Internacional para el Desarrollo")),
        (
            "giz",
            (
                "GTZ",
                "GIZ - German Agency for International Cooperation",
                "Coopération allemande (GIZ)",
                "Cooperação Alemã (GIZ)",
            ),
        ),
        (
            "bmz",
            (
                "German Federal Ministry for Economic Cooperation and Development (BMZ)",
                "Ministère fédéral allemand de la Coopération économique et du Développement",
                "Ministerio Federal de Cooperación Económica y Desarrollo de Alemania",
            ),
        ),
        ("kfw", ("KfW Entwicklungsbank", "Kreditanstalt fuer Wiederaufbau")),
        ("usdol", ("USDOL", "USDOL-ILAB", "Departamento de Trabajo de los Estados Unidos")),
        (
            "jpn-ministry-of-foreign-affairs",
            ("MOFA Japan", "Government of Japan (Ministry of Foreign Affairs)"),
        ),
        (
            "lux-ministry-of-foreign-and-european-affairs",
            (
                "Ministry of Foreign and European Affairs, Luxembourg",
                "Ministère des Affaires étrangères et européennes du Grand-Duché de Luxembourg",
            ),
        ),
        ("seco", ("SECO", "Secretaría de Estado para Asuntos Económicos de Suiza")),
        ("afdb", ("African Development Bank", "Banco Africano de Desenvolvimento")),
        ("unicef", ("UNICEF", "Fundo das Nações Unidas para a Infância")),
        # Which are part of the other body that is named.
        ("ida", ("IDA (World Bank)", "World Bank - International Development Association")),
        ("dg-intpa", ("DG INTPA", "European Commission / DG INTPA")),
        ("gef", ("Global Environment Facility", "Fondo para el Medio Ambiente Mundial (FMAM)")),
    ],
)
def test_a_funder_is_one_body_however_it_is_written(
    slug: str, names: tuple[str, ...], knowledge: Knowledge
) -> None:
    assert {name: _slugs(knowledge, "ZMB", "funders", name) for name in names} == {
        name: [slug] for name in names
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("DFID", "FCDO"),
        ("AusAID", "DFAT"),
        ("CIDA", "Global Affairs Canada"),
        ("World Bank", "African Development Bank"),
        ("African Development Bank", "African Development Fund"),
        ("World Bank", "International Development Association"),
        ("Banque centrale du Luxembourg", "LuxDev"),
        ("LuxDev", "Ministry of Foreign Affairs of Luxembourg"),
        ("Norad", "Norwegian Ministry of Foreign Affairs"),
        ("BMZ", "GIZ"),
        ("European Commission", "European Union"),
        ("Swiss Red Cross (SDC)", "SDC"),
        ("UNDP - Ministry of Labour", "UNDP"),
    ],
)
def test_two_bodies_are_two(one: str, other: str, knowledge: Knowledge) -> None:
    first, second = (_slugs(knowledge, "ZMB", "funders", name) for name in (one, other))
    assert first
    assert second
    assert not set(first) & set(second)


@pytest.mark.parametrize(
    ("country", "names"),
    [
        ("ZAF", ("Congress of South African Trade Unions (COSATU)", "COSATU")),
        ("ARG", ("CGT", "Confederación General del Trabajo (CGT)")),
        ("KEN", ("Federation of Kenya Employers", "FKE")),
        ("MLI", ("Union Nationale des Travailleurs du Mali (UNTM)", "UNTM")),
        ("SEN", ("Conseil national du patronat (CNP)", "Conseil national du patronat du Sénégal")),
        ("LUX", ("Ministère des Affaires étrangères et européennes du Luxembourg",) * 2),
    ],
)
def test_a_national_body_is_known_in_its_country(
    country: str, names: tuple[str, ...], knowledge: Knowledge
) -> None:
    (slugs,) = {tuple(_slugs(knowledge, country, "constituents", name)) for name in names}
    (slug,) = slugs
    assert knowledge.organisations.get(slug) is not None


@pytest.mark.parametrize(
    ("name", "countries"),
    [
        ("CGT", ("FRA", "ARG", "COL", "HND", "TCD")),
        ("CUT", ("CHL", "COL", "BRA", "PER", "PRY", "VEN")),
        ("Central Unitaria de Trabajadores (CUT)", ("CHL", "COL")),
        ("Ministry of Labour", ("KEN", "UGA")),
        ("Ministry of Foreign Affairs", ("NLD", "KEN")),
    ],
)
def test_the_same_name_in_two_countries_is_two_bodies(
    name: str, countries: tuple[str, ...], knowledge: Knowledge
) -> None:
    found = [_slugs(knowledge, country, "constituents", name) for country in countries]
    assert len({slug for slugs in found for slug in slugs}) == len(countries)


def test_a_national_name_stands_for_nobody_elsewhere(knowledge: Knowledge) -> None:
    assert _slugs(knowledge, "UGA", "constituents", "COSATU") == ["uga-cosatu"]
    named = _slugs(knowledge, "UGA", "constituents", "COSATU (South Africa)")
    assert named == ["zaf-congress-of-south-african-trade-unions"]


# ---- Misspelt names -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "country", "name", "slug"),
    [
        ("funders", "MOZ", "Swedish International Develoment Cooperation Agency", "sida"),
        ("funders", "ERI", "United Nations Developement Programme", "undp"),
        (
            "constituents",
            "KEN",
            "Federation of Kenya Employrs",
            "ken-federation-of-kenya-employers",
        ),
    ],
)
def test_a_misspelt_name_awaits_review(
    field: str, country: str, name: str, slug: str, knowledge: Knowledge
) -> None:
    draft = link(_draft(country, field, name), knowledge)
    # Until somebody has decided it is a body of its own.
    (own,) = getattr(draft.record, field)
    assert knowledge.organisations.get(own.slug) is None
    (candidate,) = draft.record.candidates
    assert (candidate.field, candidate.value.slug, candidate.quote) == (field, slug, name)  # type: ignore[union-attr]
    assert candidate.confidence < 0.8
    (problem,) = draft.problems
    assert name in problem.message
    assert link(draft, knowledge) == draft


@pytest.mark.parametrize(
    "name",
    [
        "Australian Development Agency",  # Austria's is called so but for two letters
        "Federation of Kenyan Enterprises",
        "Irish Ayd",
    ],
)
def test_what_is_only_alike_stays_a_body_of_its_own(name: str, knowledge: Knowledge) -> None:
    record = link(_draft("KEN", "funders", name), knowledge).record
    assert len(record.funders) == 1
    assert knowledge.organisations.get(record.funders[0].slug) is None
    assert record.candidates == ()


# ---- Several bodies in one name -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("country", "name", "parts"),
    [
        (
            "KEN",
            "Ministry of Labour, COTU and FKE",
            {
                "ken-ministry-of-labour": "government",
                "ken-central-organization-of-trade-unions-kenya": "workers",
                "ken-federation-of-kenya-employers": "employers",
            },
        ),
        (
            "UGA",
            "Ministry of Gender, Labour and Social Development, NOTU & FUE",
            {
                "uga-ministry-of-gender-labour-and-social-development": "government",
                "uga-national-organization-of-trade-unions": "workers",
                "uga-federation-of-uganda-employers": "employers",
            },
        ),
        (
            "MLI",
            "Ministère du Travail, UNTM et CNPM",
            {
                "mli-ministere-du-travail": "government",
                "mli-union-nationale-des-travailleurs-du-mali": "workers",
                "mli-conseil-national-du-patronat-du-mali": "employers",
            },
        ),
        (
            "KEN",
            "Ministry of Labour and Ministry of Health",
            {"ken-ministry-of-labour": "government", "ken-ministry-of-health": "government"},
        ),
    ],
)
def test_a_name_of_several_bodies_is_parted(
    country: str, name: str, parts: dict[str, str], knowledge: Knowledge
) -> None:
    draft = _draft(country, "constituents", name)
    evidence = (Evidence("constituents", slugify(name), name, 0.9, 0, len(name)),)
    draft = Draft(draft.record.with_changes(evidence=evidence))
    record = link(draft, knowledge).record
    assert {o.slug: o.type for o in record.constituents} == parts
    assert {e.key for e in record.evidence} == set(parts)


@pytest.mark.parametrize(
    "name",
    [
        "Ministry of Labour and Social Protection",
        "Ministry of Youth, Sports and ICT",
        "Ministry of Labour, Bombay Textile Union and FKE",
        "Chamber of Commerce and Industry",
        "Office of the President and Cabinet",
        "Federation of Kenya Employers and Manufacturers",
    ],
)
def test_a_name_that_may_be_of_one_body_stays_whole(name: str, knowledge: Knowledge) -> None:
    assert len(_slugs(knowledge, "KEN", "constituents", name)) == 1
