"""The seed page's draft, as the reader yields it, written by hand: the facts the issue names."""

from __future__ import annotations

import datetime

import pytest

from outcome_graph.draft import Draft, Location
from outcome_graph.linking import link
from outcome_graph.model import (
    Contribution,
    Evidence,
    LegalAct,
    Organisation,
    OutcomeRecord,
    text_in,
    texts,
)
from outcome_graph.namespaces import slugify
from outcome_graph.vocabulary import Knowledge

BODIES = {
    "Ministry of Labour and Social Welfare": "government",
    "Lao Social Security Organization": "government",
    "National Health Insurance Bureau": "government",
    "Lao Federation of Trade Union": "workers",
    "Lao National Chamber of Commerce and Industry": "employers",
    "Association of Lao Garment Industry": "employers",
}


def _named(name: str) -> Organisation:
    return Organisation(slugify(name), texts(name))


@pytest.fixture(scope="module")
def raw() -> Draft:
    act = LegalAct(
        place="XXX",
        slug="decree-no-224",
        number="No.224",
        type="decree",
        date=datetime.date(2020, 4, 1),
        passed_by=_named("Prime Minister"),
        titles=texts("Prime Minister’s Decree No.224"),
    )
    record = OutcomeRecord(
        id="LAO226-2020-21-8.1.1",
        profile="result-page",
        code="LAO226",
        titles=texts("The National Social Protection Strategy was officially launched"),
        achieved_on=datetime.date(2020, 4, 1),
        biennium="2020-21",
        indicator="8.1.1",
        step=1,
        visibility="Public",
        result_statement=texts(
            "A new or revised policy or strategy to extend coverage, enhance comprehensiveness "
            "and/or increase adequacy of benefits has been adopted (Step 1)"
        ),
        legal_acts=(act,),
        contribution=Contribution(contributors=(Organisation("ilo", texts("ILO")),)),
        funders=(_named("Government of Luxembourg"),),
        constituents=tuple(_named(name) for name in BODIES),
        sdg_goals=("End poverty in all its forms everywhere",),
        sdg_targets=("1.3",),
        branches=("All branches",),
        evidence=(
            Evidence("legal_acts", act.key, "Prime Minister’s Decree No.224", 0.95, 554, 600),
            Evidence(
                "funders", "government-of-luxembourg", "Government of Luxembourg", 0.9, 1039, 1063
            ),
            *(Evidence("constituents", slugify(name), name, 0.9) for name in BODIES),
        ),
    )
    return Draft(record, locations=(("code", Location(line=6, column=12)),))


@pytest.fixture(scope="module")
def linked(raw: Draft, knowledge: Knowledge) -> Draft:
    return link(raw, knowledge)


def test_nothing_is_wrong_with_the_seed(linked: Draft) -> None:
    assert linked.problems == ()


def test_coded_facts(linked: Draft) -> None:
    record = linked.record
    assert record.country == "LAO"
    assert record.region is None
    assert record.visibility == "public"
    assert record.biennium == "2020-21"
    assert record.indicator == "8.1.1"
    assert (record.step, record.result_type) == (1, "policy-adopted")
    assert record.sdg_goals == ("1",)
    assert record.sdg_targets == ("1.3",)
    assert record.branches == ("all",)
    assert record.profile == "result-page"


def test_six_constituents_and_their_types(linked: Draft) -> None:
    found = {o.name: o.type for o in linked.record.constituents}
    assert found == BODIES
    assert {o.country for o in linked.record.constituents} == {"LAO"}
    slugs = {o.slug for o in linked.record.constituents}
    assert "lao-ministry-of-labour-and-social-welfare" in slugs
    assert "lao-lao-federation-of-trade-union" in slugs


def test_the_legal_act_and_who_passed_it(linked: Draft) -> None:
    (act,) = linked.record.legal_acts
    assert act.key == "LAO/2020/decree-224"
    assert act.number == "224"
    assert act.passed_by is not None
    assert act.passed_by.slug == "lao-prime-minister"
    assert act.passed_by.name == "Prime Minister of Lao PDR"
    assert act.passed_by.country == "LAO"


def test_the_funder(linked: Draft) -> None:
    (funder,) = linked.record.funders
    assert funder.slug == "lux-government-of-luxembourg"
    assert funder.names == texts("Government of Luxembourg")
    assert (funder.country, funder.type) == ("LUX", "government")


def test_the_contributor(linked: Draft) -> None:
    assert linked.record.contribution is not None
    (contributor,) = linked.record.contribution.contributors
    assert contributor.slug == "ilo"
    assert text_in(contributor.names) == "International Labour Organization"
    assert contributor.identifier == "XM-DAC-41302"


def test_no_project_is_invented(linked: Draft) -> None:
    assert linked.record.projects == ()


def test_evidence_points_at_the_linked_things(linked: Draft) -> None:
    record = linked.record
    keys = {
        "legal_acts": {a.key for a in record.legal_acts},
        "funders": {o.slug for o in record.funders},
        "constituents": {o.slug for o in record.constituents},
    }
    assert len(record.evidence) == 8
    for evidence in record.evidence:
        assert evidence.key in keys[evidence.field]
        assert evidence.confidence >= 0.8
    (funder,) = (e for e in record.evidence if e.field == "funders")
    assert (funder.quote, funder.start, funder.end) == ("Government of Luxembourg", 1039, 1063)


def test_linking_again_changes_nothing(linked: Draft, knowledge: Knowledge) -> None:
    assert link(linked, knowledge) == linked
