"""CIDS both ways: what hand-written files of the standard's structure say, and round trips.

The IRIs are those of the standard's own ontology and context (CIDS 3.2): names are of TOVE's
organisation ontology, quantities of ISO 21972, dates of PROV.
"""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path

import pytest
import rdflib
import rdflib.compare
from hypothesis import HealthCheck, given, settings
from support.strategies import records

from outcome_graph.draft import Draft, SourceFile
from outcome_graph.mapping import cids_drafts, is_cids, record_to_cids
from outcome_graph.model import (
    Contribution,
    LegalAct,
    Measure,
    Organisation,
    OutcomeRecord,
    Period,
    Recipient,
    Text,
    texts,
)
from outcome_graph.namespaces import IriMinter
from outcome_graph.rdf import Literal, Triple, ntriples
from outcome_graph.sources.rdf import read_graphs

MINTER = IriMinter()
ROOT = Path(__file__).parents[2]
PREFIXES = """
@prefix cids: <https://ontology.commonapproach.org/cids#> .
@prefix org: <http://ontology.eil.utoronto.ca/tove/organization#> .
@prefix i72: <http://ontology.eil.utoronto.ca/ISO21972/iso21972#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix schema: <http://schema.org/> .
@prefix time: <http://www.w3.org/2006/time#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <https://fund.example/> .
"""
OUTCOME = """ex:less a cids:Outcome ; org:hasName "Less homelessness" ;
    cids:hasDescription "Fewer people sleep rough." ; cids:forOrganization ex:homes .
ex:homes a cids:Organization ; org:hasLegalName "Homes for All Inc." .
"""


def statements(data: str, name: str = "a.ttl") -> list[Triple]:
    graphs = read_graphs(SourceFile(name, data.encode()), base_iri=MINTER.base)
    return [triple for _, triples in graphs for triple in triples]


def drafts(turtle: str) -> list[Draft]:
    return list(cids_drafts(statements(PREFIXES + turtle), MINTER))


def one(turtle: str) -> Draft:
    (draft,) = drafts(turtle)
    return draft


def said(draft: Draft) -> str:
    return "\n".join(f"{p.severity}: {p.message}" for p in draft.problems)


def again(record: OutcomeRecord) -> Draft:
    """Write a record in CIDS and read it back through JSON-LD."""
    data = json.dumps(record_to_cids(record, MINTER))
    (draft,) = cids_drafts(statements(data, "a.jsonld"), MINTER)
    return draft


# -- reading ------------------------------------------------------------------------------------


def test_an_outcome_and_its_organisation() -> None:
    draft = one(OUTCOME)
    record = draft.record
    assert record.profile == "core"
    assert record.titles == (Text("Less homelessness", "und"),)
    assert record.achievement == (Text("Fewer people sleep rough.", "und"),)
    (contributor,) = record.contribution.contributors
    assert contributor.name == "Homes for All Inc."
    assert draft.problems == ()


def test_the_id_is_made_of_the_iri_and_nothing_else() -> None:
    first = one(OUTCOME).record.id
    assert first.startswith("fund.example-less-")
    changed = OUTCOME.replace("Less homelessness", "Other words").replace("Inc.", "Ltd.")
    assert one(changed).record.id == first
    assert one(OUTCOME.replace("ex:less", "ex:fewer")).record.id != first


def test_iris_that_read_alike_do_not_meet() -> None:
    one_id, other_id = (
        d.record.id
        for d in drafts(
            '<https://a.example/x/y> a cids:Outcome ; org:hasName "A" .'
            '<https://a.example/x-y> a cids:Outcome ; org:hasName "B" .'
        )
    )
    assert one_id != other_id


def test_an_outcome_without_an_iri_is_read_with_a_warning() -> None:
    draft = one('[] a cids:Outcome ; org:hasName "A" .')
    assert draft.record.id.startswith("cids-")
    assert "warning: The outcome has no IRI" in said(draft)


def test_organisations_may_name_the_outcome_instead() -> None:
    draft = one(
        'ex:o a cids:Outcome ; org:hasName "A" .'
        'ex:h a cids:Organization ; org:hasName "Homes" ; cids:hasOutcome ex:o .'
    )
    assert [o.slug for o in draft.record.contribution.contributors] == ["homes"]


def test_an_organisation_without_a_name_is_a_warning() -> None:
    draft = one('ex:o a cids:Outcome ; org:hasName "A" ; cids:forOrganization ex:unknown .')
    assert draft.record.contribution is None
    assert "https://fund.example/unknown has no name in the file" in said(draft)


def test_words_in_place_of_nodes() -> None:
    draft = one(
        'ex:o a cids:Outcome ; org:hasName "A" ; cids:forOrganization "Homes for All" ;'
        ' cids:hasIndicator "people housed" , [ org:hasName "I" ; cids:hasIndicatorReport "5" ] .'
    )
    assert [o.name for o in draft.record.contribution.contributors] == ["Homes for All"]
    (measure,) = draft.record.measures
    assert [p.actual for p in measure.periods] == ["5"]
    assert "The indicator people housed is not described in the file" in said(draft)


def test_an_indicator_with_reports_baseline_and_target() -> None:
    record = one(
        OUTCOME
        + """ex:i a cids:Indicator ; cids:forOutcome ex:less ; org:hasName "Homes made" ;
    cids:hasDescription "New ones." ; cids:unitDescription "Percent" ;
    cids:hasBaseline [ a i72:Measure ; i72:hasNumericalValue "3.20" ;
        prov:startedAtTime "2020-01-01T00:00:00Z"^^xsd:dateTime ;
        prov:endedAtTime "2020-12-31T00:00:00Z"^^xsd:dateTime ] ;
    cids:hasTarget [ a cids:Target ; i72:value [ a i72:Measure ; i72:hasNumericalValue "50" ] ;
        prov:startedAtTime "2024-01-01T00:00:00Z"^^xsd:dateTime ;
        prov:endedAtTime "2024-12-31T00:00:00Z"^^xsd:dateTime ] .
ex:r a cids:IndicatorReport ; cids:forIndicator ex:i ; org:hasName "Homes made" ;
    i72:value [ a i72:Measure ; i72:numerical_value "40" ] ; cids:hasComment "As hoped." ;
    prov:startedAtTime "2024-01-01T05:22:00-08:00"^^xsd:dateTime ;
    prov:endedAtTime "2024-12-31T05:22:00-08:00"^^xsd:dateTime .
"""
    ).record
    assert record.measures == (
        Measure(
            titles=texts("Homes made", language="und"),
            descriptions=texts("New ones.", language="und"),
            unit="percentage",
            baselines=(Period(year=2020, actual="3.2"),),
            periods=(
                Period(
                    start=datetime.date(2024, 1, 1),
                    end=datetime.date(2024, 12, 31),
                    target="50",
                    actual="40",
                    actual_comment=texts("As hoped.", language="und"),
                ),
            ),
        ),
    )
    assert (record.period_start, record.period_end) == (
        datetime.date(2024, 1, 1),
        datetime.date(2024, 12, 31),
    )


def test_the_older_way_to_write_time() -> None:
    record = one(
        OUTCOME
        + """ex:i a cids:Indicator ; cids:forOutcome ex:less ; org:hasName "I" ;
    cids:hasIndicatorReport [ i72:value [ i72:numerical_value "1" ] ; time:hasTime [
        time:hasBeginning [ time:inXSDDateTimeStamp "2019-05-01T00:00:00Z" ] ;
        time:hasEnd [ time:inXSDDate "2019-06-30" ] ] ] .
"""
    ).record
    (period,) = record.measures[0].periods
    assert (period.start, period.end) == (datetime.date(2019, 5, 1), datetime.date(2019, 6, 30))


def test_numbers_of_json_are_decimals_again() -> None:
    data = {
        "@context": "https://ontology.commonapproach.org/contexts/cidsContext.jsonld",
        "@id": "https://fund.example/o",
        "@type": "cids:Outcome",
        "hasName": "A",
        "hasIndicator": {
            "hasName": "I",
            "hasIndicatorReport": [{"value": {"hasNumericalValue": v}} for v in (7.8, 12, "n/a")],
        },
    }
    (draft,) = cids_drafts(statements(json.dumps(data), "a.jsonld"), MINTER)
    assert [p.actual for p in draft.record.measures[0].periods] == ["7.8", "12", "n/a"]


def test_a_huge_exponent_is_no_number() -> None:
    draft = one(
        OUTCOME
        + 'ex:i a cids:Indicator ; cids:forOutcome ex:less ; org:hasName "I" ;'
        + " cids:hasIndicatorReport [ i72:value "
        + '[ i72:hasNumericalValue "1E999999999"^^xsd:double ] ] .'
    )
    assert draft.record.measures[0].periods[0].actual == "1E999999999"


@pytest.mark.parametrize(
    ("theme", "goals", "targets", "indicators"),
    [
        ("<http://metadata.un.org/sdg/1>", ("1",), (), ()),
        ("<https://metadata.un.org/sdg/1.3>", (), ("1.3",), ()),
        ("<http://metadata.un.org/sdg/C010301>", (), (), ("C010301",)),
        ("<https://sdgs.un.org/goals/goal8>", ("8",), (), ()),
        ("<https://ontology.commonapproach.org/cids#sdg5>", ("5",), (), ()),
        ('[ a cids:Theme ; org:hasName "Goal 1: No poverty" ]', ("1",), (), ()),
        ('[ cids:hasCode <http://metadata.un.org/sdg/3> ; org:hasName "Health" ]', ("3",), (), ()),
        ('[ cids:hasCode [ org:hasIdentifier "SDG 1.3.1" ] ]', (), (), ("1.3.1",)),
        (
            '[ cids:hasCode [ schema:codeValue "1.3" ; '
            "cids:hasSpecification <https://metadata.un.org/sdg/> ] ]",
            (),
            ("1.3",),
            (),
        ),
    ],
)
def test_themes_and_codes_that_are_sdgs(
    theme: str, goals: tuple[str], targets: tuple[str], indicators: tuple[str]
) -> None:
    draft = one(OUTCOME + f"ex:less cids:forTheme {theme} .")
    assert draft.record.sdg_goals == goals
    assert draft.record.sdg_targets == targets
    assert draft.record.sdg_indicators == indicators
    assert draft.problems == ()


@pytest.mark.parametrize(
    "theme",
    [
        '[ org:hasName "Housing" ]',
        '[ org:hasName "80% of women" ]',
        '[ cids:hasCode [ schema:codeValue "5" ] ]',
        "<https://fund.example/mysdg-5>",
    ],
)
def test_other_themes_are_named(theme: str) -> None:
    draft = one(OUTCOME + f"ex:less cids:forTheme {theme} .")
    assert draft.record.sdg_goals == draft.record.sdg_targets == ()
    assert "is no SDG that we know" in said(draft)


def test_the_place_of_the_outcome_goes_before_its_organisations() -> None:
    placed = (
        'ex:less cids:hasAddress [ a cids:Address ; cids:addressCountry "Kenya" ] .'
        'ex:homes cids:hasAddress [ cids:addressCountry "Canada" ] .'
    )
    draft = one(OUTCOME + placed)
    assert draft.record.country == "Kenya"
    assert draft.problems == ()


def test_the_organisations_country_is_taken_with_a_warning() -> None:
    draft = one(OUTCOME + 'ex:homes cids:hasAddress [ cids:addressCountry "Canada" ] .')
    assert draft.record.country == "Canada"
    assert "warning: The outcome names no place" in said(draft)


def test_addresses_as_the_add_ins_for_spreadsheets_write_them() -> None:
    """Airtable's and Excel's: `ic:hasAddress` of an `ic:Address`, the country in two letters."""
    document = {
        "@context": "https://ontology.commonapproach.org/contexts/cidsContext.jsonld",
        "@graph": [
            {
                "@id": "https://a.example/outcome",
                "@type": "cids:Outcome",
                "hasName": "Less homelessness",
                "forOrganization": "https://a.example/homes",
            },
            {
                "@id": "https://a.example/homes",
                "@type": "cids:Organization",
                "hasLegalName": "Homes for All",
                "ic:hasAddress": "https://a.example/address",
            },
            {
                "@id": "https://a.example/address",
                "@type": "ic:Address",
                "ic:hasCity": "Toronto",
                "ic:hasCountry": "CA",
            },
        ],
    }
    (draft,) = cids_drafts(statements(json.dumps(document), "a.jsonld"), MINTER)
    assert draft.record.country == "CA"
    assert "left out: ic:hasCity (1)" in said(draft)


def test_what_was_read_for_one_outcome_is_not_left_out_of_the_next() -> None:
    more = 'ex:more a cids:Outcome ; org:hasName "More homes" ; cids:forOrganization ex:homes .'
    first, second = drafts(OUTCOME + more)
    assert first.record.contribution == second.record.contribution
    assert "left out" not in said(second)


def test_of_two_countries_of_an_organisation_none_is_taken() -> None:
    addresses = 'cids:hasAddress [ cids:addressCountry "Canada" ], [ cids:addressCountry "Chad" ]'
    draft = one(OUTCOME + f"ex:homes {addresses} .")
    assert draft.record.country is None


def test_dates_of_an_impact_report() -> None:
    record = one(
        OUTCOME
        + """ex:so a cids:StakeholderOutcome ; cids:forOutcome ex:less ; cids:hasImpactReport [
    prov:startedAtTime "2021-02-01T00:00:00Z"^^xsd:dateTime ;
    prov:endedAtTime "2021-03-31T00:00:00Z"^^xsd:dateTime ] ."""
    ).record
    assert record.period_start == datetime.date(2021, 2, 1)
    assert record.period_end == datetime.date(2021, 3, 31)


def test_a_date_that_is_none_is_a_warning() -> None:
    draft = one(OUTCOME + 'ex:less cids:hasImpactReport [ prov:startedAtTime "last May" ] .')
    assert draft.record.period_start is None
    assert "“last May” is no date" in said(draft)


def test_stakeholders_by_their_roles() -> None:
    draft = one(
        OUTCOME
        + """ex:less cids:hasContributingStakeholder
    [ org:hasName "The Union" ; org:hasRole [ org:hasName "Constituent" ] ],
    [ org:hasName "The Bank" ; org:hasRole "funder" ], [ org:hasName "The Helpers" ] .
[] a cids:StakeholderOutcome ; cids:forOutcome ex:less ;
   cids:forStakeholder [ a cids:BeneficialStakeholder ; org:hasName "Youth without homes" ] ."""
    )
    record = draft.record
    assert [o.name for o in record.constituents] == ["The Union"]
    assert [o.name for o in record.funders] == ["The Bank"]
    contributors = {o.name for o in record.contribution.contributors}
    assert contributors == {"Homes for All Inc.", "The Helpers"}
    assert "info: The stakeholder “Youth without homes” is said to be no funder" in said(draft)


def test_what_has_no_place_is_named_and_counted() -> None:
    draft = one(
        OUTCOME
        + """ex:less cids:canEnable ex:a, ex:b ; <https://fund.example/own> "x" .
ex:i a cids:Indicator ; cids:forOutcome ex:less ; org:hasName "I" ; cids:unitDescription "m2" ;
    cids:hasThreshold [ i72:hasNumericalValue "5" ] .
ex:act a cids:Activity ; cids:canProduce ex:less .
ex:p a cids:Person ; org:hasName "Somebody" ."""
    )
    assert "The unit “m2” of the indicator “I” has no place" in said(draft)
    (rest,) = [p.message for p in draft.problems if p.message.startswith("Has no place")]
    for term in (
        "cids:canEnable (2)",
        "cids:hasThreshold (1)",
        "<https://fund.example/own> (1)",
        "cids:Activity that names it (1)",
    ):
        assert term in rest
    assert "what no outcome leads to; it was left out: cids:Person (1)" in said(draft)
    # A threshold is no target.
    assert draft.record.measures[0].periods == ()


def test_a_second_text_in_a_language_is_named() -> None:
    draft = one('ex:o a cids:Outcome ; org:hasName "A"@en, "B"@en ; cids:hasDescription "C", "D" .')
    assert draft.record.titles == texts("A")
    assert draft.record.achievement == texts("C")
    assert "left out: cids:hasDescription (1), org:hasName (1)" in said(draft)


def test_what_is_cids_and_what_is_not() -> None:
    ours = "<https://w3id.org/outcome-graph/ontology#Outcome>"
    assert is_cids(statements(PREFIXES + OUTCOME))
    assert not is_cids(statements(PREFIXES + OUTCOME + f"ex:other a {ours} ."))
    assert not is_cids(statements(PREFIXES + "ex:homes a cids:Organization ."))


# -- writing, and round trips -------------------------------------------------------------------

ILO = Organisation("ilo", texts("International Labour Organization"), identifier="XM-DAC-41302")
UNION = Organisation("lao-union", texts("Union", Text("Syndicat", "fr")), country="LAO")
BANK = Organisation("bank", texts("Banco", language="es"))
FULL = OutcomeRecord(
    id="LAO226-2020-21-8.1.1",
    language="en",
    titles=texts("Strategy launched", Text("Stratégie lancée", "fr")),
    achievement=texts("It was adopted.\n\nAnd launched."),
    country="LAO",
    achieved_on=datetime.date(2020, 4, 1),
    visibility="internal",
    contribution=Contribution((ILO, BANK)),
    constituents=(UNION,),
    funders=(BANK, UNION),
    sdg_goals=("1",),
    sdg_targets=("1.3", "8.b"),
    sdg_indicators=("C010301",),
    measures=(
        Measure(
            titles=texts("People covered", Text("Personnes couvertes", "fr")),
            descriptions=texts("By a pension."),
            unit="percentage",
            references=("9/1.3.1", "99/own-7"),
            baselines=(Period(year=2015, actual="12.5", actual_comment=texts("Estimate")),),
            periods=(
                Period(
                    start=datetime.date(2020, 1, 1),
                    end=datetime.date(2020, 12, 31),
                    target="40",
                    actual="41.2",
                    target_comment=texts("Agreed"),
                    actual_comment=texts("Reached"),
                    places=("Vientiane",),
                ),
                Period(start=datetime.date(2021, 1, 1), actual="Yes"),
            ),
        ),
    ),
)


def test_a_record_comes_back_from_cids_as_it_went() -> None:
    assert again(FULL).record == FULL


def test_roles_of_one_record_are_not_those_of_another() -> None:
    other = FULL.with_changes(id="LAO226-2020-21-9", funders=(), constituents=(BANK,))
    data = json.dumps([record_to_cids(FULL, MINTER), record_to_cids(other, MINTER)])
    found = [d.record for d in cids_drafts(statements(data, "a.jsonld"), MINTER)]
    assert found == [FULL, other]


def test_recipients_regions_and_periods_come_back() -> None:
    record = FULL.with_changes(
        country=None,
        recipients=(Recipient("LAO"), Recipient("SEN")),
        achieved_on=None,
        period_start=datetime.date(2020, 1, 1),
        period_end=datetime.date(2021, 6, 30),
    )
    assert again(record).record == record
    regional = FULL.with_changes(country=None, region="RAF")
    assert again(regional).record == regional


@pytest.mark.parametrize(
    ("former", "prefix"),
    [
        ("http://ontology.eil.utoronto.ca/cids/cids#", "cids"),
        ("http://ontology.commonapproach.org/owl/cids_v2.1.owl/cids#", "cids"),
        ("http://ontology.commonapproach.org/cids#", "cids"),
        ("http://ontology.commonapproach.org/tove/organization#", "org"),
    ],
)
def test_namespaces_of_former_versions_mean_the_same(former: str, prefix: str) -> None:
    old = re.sub(rf"(@prefix {prefix}:) <[^>]*>", rf"\1 <{former}>", PREFIXES)
    found = statements(old + OUTCOME)
    assert is_cids(found)
    (draft,) = cids_drafts(found, MINTER)
    assert draft == one(OUTCOME)


def _canonical(graph: rdflib.Graph) -> set[str]:
    return set(rdflib.compare.to_canonical_graph(graph).serialize(format="nt").splitlines())


def test_any_json_ld_processor_reads_the_triples_that_are_meant() -> None:
    """rdflib's, which shares nothing with ours; the terms are those of the alignments."""
    data = json.dumps(record_to_cids(FULL, MINTER))
    by_rdflib = rdflib.Graph().parse(data=data, format="json-ld")
    ours = rdflib.Graph().parse(data=ntriples(statements(data, "a.jsonld")), format="nt")
    assert _canonical(by_rdflib) == _canonical(ours)
    outcome = rdflib.URIRef(MINTER.outcome(FULL.id).value)
    cids = rdflib.Namespace("https://ontology.commonapproach.org/cids#")
    aligned = rdflib.Graph().parse(ROOT / "ontology" / "alignments.ttl")
    own = rdflib.Namespace("https://w3id.org/outcome-graph/ontology#")
    close = rdflib.SKOS.closeMatch
    assert aligned.value(own.Outcome, close, any=False) in set(
        by_rdflib.objects(outcome, rdflib.RDF.type)
    )
    for term in ("measure", "period", "baseline"):
        (theirs,) = (o for o in aligned.objects(own[term], close) if o.startswith(str(cids)))
        assert (None, theirs, None) in by_rdflib, term
    # Every term is one of a vocabulary, and nothing was dropped for want of an IRI.
    known = ("https://ontology.commonapproach.org/cids#", "http://ontology.eil.utoronto.ca/")
    others = (str(rdflib.PROV), str(rdflib.DCTERMS), str(rdflib.SKOS), str(rdflib.RDF))
    assert all(str(p).startswith((*known, *others)) for p in by_rdflib.predicates())


def test_what_cids_cannot_say_is_left_out_and_a_warning_tells() -> None:
    act = LegalAct("LAO", "decree-224", number="224", type="decree", year=2020)
    draft = again(FULL.with_changes(legal_acts=(act,), step=1))
    assert draft.record == FULL
    assert "keeps what CIDS cannot say" in said(draft)


def test_a_document_meets_the_cardinalities_of_the_basic_tier() -> None:
    """One xsd:string name and description of each thing, one organisation of the outcome."""
    found = statements(json.dumps(record_to_cids(FULL, MINTER)), "a.jsonld")
    tove = "http://ontology.eil.utoronto.ca/tove/organization#"
    cids = "https://ontology.commonapproach.org/cids#"

    def values(node: object, predicate: str) -> set[object]:
        return {t.object for t in found if t.subject == node and t.predicate.value == predicate}

    outcome = MINTER.outcome(FULL.id)
    assert values(outcome, f"{tove}hasName") == {Literal("Strategy launched")}
    assert values(outcome, f"{cids}hasDescription") == {Literal("It was adopted.\n\nAnd launched.")}
    (owner,) = values(outcome, f"{cids}forOrganization")
    assert len(values(owner, f"{tove}hasLegalName")) == 1
    (indicator,) = values(outcome, f"{cids}hasIndicator")
    assert values(indicator, f"{tove}hasName") == {Literal("People covered")}
    assert values(indicator, f"{cids}unitDescription") == {Literal("percentage")}
    numbers = "http://ontology.eil.utoronto.ca/ISO21972/iso21972#hasNumericalValue"
    assert {t.object for t in found if t.predicate.value == numbers} == {
        Literal("12.5"),
        Literal("41.2"),
        Literal("40"),
        Literal("Yes"),
    }


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(records())
def test_any_record_can_be_written_and_read(record: OutcomeRecord) -> None:
    back = again(record).record
    assert back.id == record.id
    for field in ("titles", "achievement"):
        before, after = getattr(record, field), getattr(back, field)
        assert {t.language for t in after} == {t.language for t in before}
        assert {t.value for t in after} <= {t.value.strip() for t in before}
    for field in ("funders", "constituents"):
        assert [o.slug for o in getattr(back, field)] == [o.slug for o in getattr(record, field)]
    for field in ("sdg_goals", "sdg_targets", "sdg_indicators"):
        assert getattr(back, field) == getattr(record, field)
    assert len(back.measures) == len(record.measures)


def test_relative_names_of_two_publishers_are_two_records() -> None:
    """Resolved against our base, "o1" of one file would replace "o1" of another."""
    base = f"@base <{MINTER.base}> .\n"
    ours = one(base + f"{OUTCOME.replace('ex:less', '<o1>')}")
    theirs = one(base + f"{OUTCOME.replace('ex:less', '<o1>').replace('Homes for All', 'Other')}")
    assert ours.record.id != theirs.record.id
    assert "The @id “o1” is relative" in said(ours)
    again = one(base + f"{OUTCOME.replace('ex:less', '<o1>').replace('Fewer', 'Many fewer')}")
    assert again.record.id == ours.record.id


def test_a_body_has_one_legal_name_in_records_of_several_languages() -> None:
    """CIDS's basic tier allows one, and a file holds records of all languages."""
    names = texts("International Labour Organization") + texts(
        "Organisation internationale du Travail", language="fr"
    )
    body = Organisation("ilo", names)
    legal = set()
    for language in ("en", "fr", "es"):
        record = OutcomeRecord(
            id=f"X-{language}",
            language=language,
            titles=texts("T", language=language),
            contribution=Contribution(contributors=(body,)),
        )
        legal.add(record_to_cids(record, MINTER)["forOrganization"]["hasLegalName"])
        (found,) = again(record).record.contribution.contributors
        assert set(found.names) == set(names)
    assert legal == {"International Labour Organization"}
