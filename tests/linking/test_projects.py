"""Symbols of ILO projects: LAO/16/02/LUX is Lao PDR, 2016, second project, Luxembourg."""

from __future__ import annotations

import pytest

from outcome_graph.draft import Draft
from outcome_graph.linking import link
from outcome_graph.model import Evidence, Organisation, OutcomeRecord, Project, texts
from outcome_graph.vocabulary import Knowledge


def _linked(knowledge: Knowledge, *projects: Project, **fields: object) -> Draft:
    fields = {"country": "LAO", **fields}
    return link(Draft(OutcomeRecord(id="X-1", projects=projects, **fields)), knowledge)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("symbol", "country", "funder", "name"),
    [
        ("LAO/16/02/LUX", "LAO", "lux-government-of-luxembourg", "Government of Luxembourg"),
        ("LAO/19/01/IRL", "LAO", "irl-government-of-ireland", "Government of Ireland"),
        ("LAO/19/01/SWE", "LAO", "swe-government-of-sweden", "Government of Sweden"),
        ("RAS/17/09/LUX", None, "lux-government-of-luxembourg", "Government of Luxembourg"),
        ("GLO/20/32/EUR", None, "european-union", "European Union"),
        ("LAO/18/03/UND", "LAO", "undp", "United Nations Development Programme"),
        ("INT/09/62/NOR", None, "nor-government-of-norway", "Government of Norway"),
        # Donors as older symbols call them.
        ("RLA/09/52/SPA", None, "esp-government-of-spain", "Government of Spain"),
        (
            "INT/05/60/NET",
            None,
            "nld-government-of-the-netherlands",
            "Government of the Netherlands",
        ),
        (
            "RAS/12/04/SID",
            None,
            "sida",
            "Swedish International Development Cooperation Agency",
        ),
        (
            "RAS/20/50/RBS",
            None,
            "ilo-rbsa",
            "ILO Regular Budget Supplementary Account",
        ),
    ],
)
def test_symbols(
    symbol: str, country: str | None, funder: str, name: str, knowledge: Knowledge
) -> None:
    draft = _linked(knowledge, Project(symbol))
    (project,) = draft.record.projects
    assert project.country == country
    assert [o.slug for o in project.funders] == [funder]
    assert project.funders[0].name == name
    assert draft.record.funders == project.funders
    assert draft.problems == ()


@pytest.mark.parametrize(
    ("symbol", "country"), [("VIE/13/05/JPN", "VNM"), ("CMB/12/51/USA", "KHM")]
)
def test_countries_as_older_symbols_call_them(
    symbol: str, country: str, knowledge: Knowledge
) -> None:
    draft = _linked(knowledge, Project(symbol), country=country)
    (project,) = draft.record.projects
    assert (project.identifier, project.country) == (symbol, country)
    assert draft.problems == ()


def test_symbols_are_written_one_way(knowledge: Knowledge) -> None:
    draft = _linked(
        knowledge,
        Project("lao / 16 / 02 / lux", texts("Social protection")),
        Project("LAO/16/02/LUX"),
        evidence=(Evidence("projects", "lao / 16 / 02 / lux", "lao / 16 / 02 / lux", 0.9),),
    )
    (project,) = draft.record.projects
    assert project.identifier == "LAO/16/02/LUX"
    assert project.titles == texts("Social protection")
    assert draft.record.evidence[0].key == "LAO/16/02/LUX"


@pytest.mark.parametrize(
    "written",
    [
        "LAO-16-02-LUX",
        "LAO 16 02 LUX",
        "LAO.16.02.LUX",
        "LAO∕16∕02∕LUX",
        "LAO/2016/02/LUX",
        "LAO/16/2/LUX",
        "LAO 16/02/LUX",
        "LAO/16/02/LUX.",
        "LAO/16/02/LUX (106273)",
        "LAO – 16 – 02 – LUX",
        "lao_16_02_lux",
        "(LAO/16/02/LUX)",
        "Project LAO/16/02/LUX",
    ],
)
def test_symbols_are_known_however_they_are_parted(written: str, knowledge: Knowledge) -> None:
    (project,) = _linked(knowledge, Project(written)).record.projects
    assert project.identifier == "LAO/16/02/LUX"
    assert [o.slug for o in project.funders] == ["lux-government-of-luxembourg"]


@pytest.mark.parametrize(
    "identifier",
    ["QQQ-16-02-LUX", "LAO-16-02-QQQ", "GB-GOV-1-300", "16/02/LUX", "LAO-16-02-20-LUX"],
)
def test_identifiers_of_others_stay_as_they_are(identifier: str, knowledge: Knowledge) -> None:
    (project,) = _linked(knowledge, Project(identifier)).record.projects
    assert project.identifier == identifier
    assert project.funders == ()


def test_an_unknown_donor_awaits_review(knowledge: Knowledge) -> None:
    draft = _linked(knowledge, Project("LAO/16/02/QQQ"))
    assert draft.record.funders == ()
    (candidate,) = draft.record.candidates
    assert candidate.field == "funders"
    assert (candidate.quote, candidate.confidence < 0.8) == ("LAO/16/02/QQQ", True)
    (warning,) = draft.problems
    assert "QQQ" in warning.message
    assert warning.severity == "warning"


def test_a_project_of_another_country_is_a_warning(knowledge: Knowledge) -> None:
    (warning,) = _linked(knowledge, Project("VNM/16/02/LUX")).problems
    assert "Viet Nam" in warning.message


def test_an_unknown_place_is_a_warning(knowledge: Knowledge) -> None:
    (warning,) = _linked(knowledge, Project("QQQ/16/02/LUX")).problems
    assert "QQQ" in warning.message


def test_other_identifiers_stay_as_they_are(knowledge: Knowledge) -> None:
    draft = _linked(knowledge, Project("XM-DAC-41302-106543"))
    assert draft.record.projects == (Project("XM-DAC-41302-106543"),)
    assert draft.problems == ()


def test_who_finances_a_project_is_a_funder_of_the_outcome(knowledge: Knowledge) -> None:
    financed = Project("P-1", funders=(Organisation("x", texts("Unión Europea", language="es")),))
    draft = _linked(knowledge, financed)
    assert [o.slug for o in draft.record.funders] == ["european-union"]


def test_prose_and_symbol_name_one_funder(knowledge: Knowledge) -> None:
    prose = Organisation(
        "gouvernement-du-luxembourg", texts("Gouvernement du Luxembourg", language="fr")
    )
    draft = _linked(
        knowledge,
        Project("LAO/16/02/LUX"),
        funders=(prose,),
        evidence=(Evidence("funders", prose.slug, "Gouvernement du Luxembourg", 0.9, 5, 31),),
    )
    (funder,) = draft.record.funders
    assert funder.slug == "lux-government-of-luxembourg"
    assert {str(t) for t in funder.names} == {
        "Government of Luxembourg",
        "Gouvernement du Luxembourg",
    }
    assert draft.record.projects[0].funders == (funder,)
    assert draft.record.evidence[0].key == funder.slug


@pytest.mark.parametrize(
    ("written", "identifier"),
    [
        # Forms of the World Bank, of EuropeAid's CRIS and OPSYS, and of GIZ.
        ("Project P164830", "P164830"),
        ("World Bank P-123456", "P123456"),
        ("P123456", "P123456"),
        ("CRIS/2017/385-123", "2017/385-123"),
        ("CRIS number: 2016/039-583", "2016/039-583"),
        ("OPSYS ACT-60123", "ACT-60123"),
        ("PN 16.2134.5-001.00", "16.2134.5-001.00"),
        ("Project number 2019.2081.4", "2019.2081.4"),
        ("LAO1602LUX", "LAO/16/02/LUX"),
        # A number alone may be an award's, an output's or anybody's.
        ("UNDP Award 00085123", "UNDP Award 00085123"),
        ("Output ID: 00085123", "Output ID: 00085123"),
        # What begins an identifier is no label before it.
        ("GB-GOV-1-300123", "GB-GOV-1-300123"),
        ("XM-DAC-41114-PROJECT-00064315", "XM-DAC-41114-PROJECT-00064315"),
        ("NDICI-GEO-NEAR/2022/439-571", "NDICI-GEO-NEAR/2022/439-571"),
        ("LAO1602QQQ", "LAO1602QQQ"),
    ],
)
def test_what_an_identifier_is_called_is_no_part_of_it(
    written: str, identifier: str, knowledge: Knowledge
) -> None:
    draft = _linked(knowledge, Project(written))
    assert [p.identifier for p in draft.record.projects] == [identifier]
    assert link(draft, knowledge) == draft


@pytest.mark.parametrize(
    ("identifier", "country", "funders"),
    [
        # FAO's cooperative programme: country, number, donor. LuxDev's: country, number.
        ("GCP/LAO/021/LUX", "LAO", ["lux-government-of-luxembourg"]),
        ("GCP/SEN/059/GER", "SEN", ["deu-government-of-germany"]),
        ("GCP/QQQ/021/QQQ", None, []),
        ("LAO/030", "LAO", []),
        ("QQQ/030", None, []),
    ],
)
def test_symbols_of_other_agencies_tell_their_country_and_donor(
    identifier: str, country: str | None, funders: list[str], knowledge: Knowledge
) -> None:
    draft = _linked(knowledge, Project(identifier))
    (project,) = draft.record.projects
    assert (project.identifier, project.country) == (identifier, country)
    assert [o.slug for o in project.funders] == funders
    assert draft.problems == ()
