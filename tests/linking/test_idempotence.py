"""Linking what is linked changes nothing, whatever a source yields."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.strategies import records

from outcome_graph.draft import Draft
from outcome_graph.linking import link
from outcome_graph.mapping import record_to_triples
from outcome_graph.model import Evidence, LegalAct, Organisation, OutcomeRecord, Project, texts
from outcome_graph.namespaces import IriMinter, slugify
from outcome_graph.vocabulary import Knowledge

MINTER = IriMinter()
SLOW = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])

#: Names as pages write them: known bodies, governments, offices, national bodies, and none.
NAMES = st.sampled_from(
    [
        "ILO",
        "OIT",
        "Government",
        "Government of Luxembourg",
        "gouvernement luxembourgeois",
        "Luxembourg",
        "Ministry of Finance",
        "the Ministry of Finance",
        "Ministère du Travail",
        "Prime Minister",
        "Lao National Assembly",
        "Lao Federation of Trade Unions",
        "Employers of Senegal and Viet Nam",
        "International Association of Bankers",
        "Who",
        "…",
    ]
)


@st.composite
def raw_organisations(draw: st.DrawFn) -> Organisation:
    name = draw(NAMES)
    slug = slugify(name) if name != "…" else "nameless"
    return Organisation(
        slug,
        texts(name, language=draw(st.sampled_from(["en", "fr", "es"]))),
        type=draw(st.none() | st.sampled_from(["Government", "syndicat", "nonsense"])),
        country=draw(st.none() | st.sampled_from(["LAO", "Senegal", "XKX"])),
    )


@st.composite
def raw_records(draw: st.DrawFn) -> OutcomeRecord:
    """A record as sources yield it: words where codes belong."""
    organisations = st.lists(raw_organisations(), max_size=3).map(tuple)
    funders = draw(organisations)
    acts = draw(
        st.lists(
            st.builds(
                LegalAct,
                place=st.sampled_from(["XXX", "LAO", "XQZ"]),
                slug=st.sampled_from(["a", "b"]),
                number=st.none() | st.sampled_from(["224", "224/PM", "No. 41/2024", "…"]),
                type=st.none() | st.sampled_from(["decree", "Ley", "agreement"]),
                year=st.none() | st.sampled_from([2020, 2024]),
                passed_by=st.none() | raw_organisations(),
                titles=st.sampled_from([(), texts("Social Security Act 2020")]),
            ),
            max_size=3,
        )
    )
    evidence = [Evidence("funders", o.slug, o.name, 0.9) for o in funders]
    evidence += [Evidence("legal_acts", a.key, "an act", 0.9) for a in acts]
    return OutcomeRecord(
        id="X-1",
        code=draw(st.none() | st.sampled_from(["LAO226", "RAF127", "XQZ1", "XQZ12", "lao 5"])),
        country=draw(st.none() | st.sampled_from(["Laos", "Africa", "Atlantis", "Viet Nam"])),
        region=draw(st.none() | st.sampled_from(["RAS", "Africa", "Mars"])),
        titles=draw(st.sampled_from([(), texts("Senegal adopts a law"), texts("A law")])),
        achievement=draw(st.sampled_from([(), texts("As in Kenya."), texts("Kenya, Peru")])),
        biennium=draw(st.none() | st.sampled_from(["2020-2021", "2021-22", "soon"])),
        indicator=draw(st.none() | st.sampled_from(["8.1.1", "Indicator 8.9", "none"])),
        step=draw(st.none() | st.integers(0, 5)),
        result_type=draw(st.none() | st.sampled_from(["policy-adopted", "Scheme", "x"])),
        visibility=draw(st.none() | st.sampled_from(["Public", "Interne", "Pubic"])),
        legal_acts=tuple(acts),
        projects=draw(
            st.lists(
                st.builds(
                    Project,
                    st.sampled_from(
                        ["LAO/16/02/LUX", "lao / 16/02/ lux", "QQ/16/02/QQQ", "P-1", "GLO/20/1/EUR"]
                    ),
                    funders=organisations,
                ),
                max_size=2,
            ).map(tuple)
        ),
        funders=funders,
        constituents=draw(organisations),
        sdg_goals=draw(
            st.lists(st.sampled_from(["SDG 1", "End poverty", "18", "x", "1.3", "No poverty"])).map(
                tuple
            )
        ),
        sdg_targets=draw(st.lists(st.sampled_from(["1.3", "1.99", "01.03", "1.3.1"])).map(tuple)),
        branches=draw(st.lists(st.sampled_from(["All branches", "Vejez", "x"])).map(tuple)),
        evidence=tuple(evidence),
    )


@SLOW
@given(record=records())
def test_linked_twice_is_linked_once_for_any_record(
    record: OutcomeRecord, knowledge: Knowledge
) -> None:
    once = link(Draft(record), knowledge)
    assert link(once, knowledge) == once


@SLOW
@given(record=raw_records())
def test_linked_twice_is_linked_once_for_words_of_sources(
    record: OutcomeRecord, knowledge: Knowledge
) -> None:
    once = link(Draft(record), knowledge)
    assert link(once, knowledge) == once


@SLOW
@given(record=raw_records())
def test_what_is_linked_can_be_written(record: OutcomeRecord, knowledge: Knowledge) -> None:
    """Codes that could make no IRI are gone; evidence speaks of what is there."""
    linked = link(Draft(record), knowledge).record
    assert record_to_triples(linked, MINTER)
    funders = {o.slug for o in linked.funders}
    acts = {a.key for a in linked.legal_acts}
    for evidence in linked.evidence:
        assert evidence.field not in ("funders", "legal_acts") or evidence.key in funders | acts
    described = {}
    for organisation in (*linked.funders, *linked.constituents):
        assert described.setdefault(organisation.slug, organisation) == organisation


@SLOW
@given(record=raw_records())
def test_every_problem_is_said_once(record: OutcomeRecord, knowledge: Knowledge) -> None:
    draft = link(Draft(record), knowledge)
    assert len(set(draft.problems)) == len(draft.problems)
    assert all(p.message.strip() and p.field for p in draft.problems)
    again = link(replace(draft, record=record), knowledge)
    assert again == draft
