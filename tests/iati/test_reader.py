"""What the standard's elements become. Expected values are read off the file by hand."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from iati.conftest import FILES, activity, document, drafts
from outcome_graph.draft import Draft
from outcome_graph.model import LegalAct, Organisation, OutcomeRecord, Period, Recipient, Text

Linked = Callable[[bytes], list[Draft]]
DAY = datetime.date


@pytest.fixture(scope="module")
def read(linked: Linked) -> list[Draft]:
    return linked((FILES / "social-protection.xml").read_bytes())


@pytest.fixture(scope="module")
def first(read: list[Draft]) -> OutcomeRecord:
    return read[0].record


def names(organisations: tuple[Organisation, ...]) -> set[str]:
    return {o.name for o in organisations}


def test_each_result_is_a_record(read: list[Draft]) -> None:
    assert [d.record.title for d in read] == [
        "Informal workers are insured",
        "Output indicator",
        "Output indicator",
    ]
    assert [d.record.result_type for d in read] == ["outcome", "output", "output"]
    assert {d.record.profile for d in read} == {"iati"}
    assert {d.record.visibility for d in read} == {"public"}


def test_ids_are_stable_distinct_and_readable(read: list[Draft]) -> None:
    ids = [d.record.id for d in read]
    assert len(set(ids)) == 3
    assert all(i.startswith("XM-DAC-41302-KHM-101-") for i in ids)
    data = (FILES / "social-protection.xml").read_bytes()
    # Another order of results, another edition of the file: the same ids.
    body = data.decode()
    parts = body.split("<result ")
    tail = parts[-1].split("</result>", 1)
    turned = parts[0] + "<result " + tail[0] + "</result>\n<result " + "<result ".join(parts[1:-1])
    turned += tail[1]
    turned = turned.replace("2024-05-01", "2025-05-01")
    assert sorted(d.record.id for d in drafts(turned.encode())) == sorted(ids)


def test_results_that_are_alike_are_counted() -> None:
    result = "<result type='1'><title><narrative>Same</narrative></title></result>"
    found = [d.record.id for d in drafts(document(activity(results=result * 3)))]
    assert found == [found[0], f"{found[0]}-2", f"{found[0]}-3"]


def test_texts_keep_every_language(first: OutcomeRecord) -> None:
    assert first.titles == (
        Text("Informal workers are insured", "en"),
        Text("Les travailleurs informels sont assurés", "fr"),
    )
    assert first.achievement == (Text("Workers in two provinces.", "en"),)
    assert first.language == "en"


def test_the_activity_is_a_project(first: OutcomeRecord) -> None:
    (project,) = first.projects
    assert project.identifier == "XM-DAC-41302-KHM/101"
    assert Text("Protection sociale des travailleurs informels", "fr") in project.titles
    assert project.descriptions == (
        Text("Registers informal workers.\nMore workers are insured.", "en"),
    )
    assert (project.start, project.end) == (DAY(2020, 2, 3), DAY(2023, 12, 31))
    assert project.status == "implementation"
    assert {(p.role, p.organisation.name) for p in project.partners} == {
        ("accountable", "Ministry of Labour"),
        ("implementing", "National Social Security Fund"),
    }


def test_funders_have_the_role_or_bring_money_in(first: OutcomeRecord) -> None:
    found = names(first.funders)
    assert "Government of Luxembourg" in found
    assert len(found) == 2
    assert any("Europe" in name for name in found)
    assert not any("spends" in name for name in found)


def test_the_ilo_is_told_by_its_identifier(first: OutcomeRecord) -> None:
    assert first.reporting_organisation is not None
    assert first.reporting_organisation.slug == "ilo"


def test_recipients_keep_their_shares_and_tell_the_region(first: OutcomeRecord) -> None:
    assert first.recipients == (Recipient("KHM", "60"), Recipient("LAO", "40"))
    assert (first.country, first.region) == (None, "RAS")


def test_goals_come_from_tags_and_sectors_with_the_goals_of_targets(first: OutcomeRecord) -> None:
    assert first.sdg_targets == ("1.3", "10.4")
    assert first.sdg_goals == ("1", "8", "10")
    assert first.sdg_indicators == ("C010301",)


def test_sectors_of_a_publisher_carry_its_name(first: OutcomeRecord) -> None:
    assert [(s.vocabulary, s.code, s.share) for s in first.sectors] == [
        ("1", "16010", "75"),
        ("1", "16020", "25"),
        ("99-XM-DAC-41302", "A/7", None),
    ]
    assert first.sectors[1].names == (Text("Employment creation", "en"),)


def test_the_gender_marker_is_the_one_of_code_1(first: OutcomeRecord) -> None:
    assert first.gender_marker == 1


def test_measures_have_baseline_targets_and_actual_values(first: OutcomeRecord) -> None:
    workers, claims = first.measures
    assert workers.titles == (Text("Number of workers registered", "en"),)
    assert (workers.unit, workers.ascending) == ("unit", True)
    assert workers.references == ("9/1.3.1", "99/SP-1")
    assert workers.baselines == (
        Period(
            start=DAY(2019, 12, 31),
            end=DAY(2019, 12, 31),
            year=2019,
            actual="1200",
            actual_comment=(Text("Estimate.", "en"),),
        ),
    )
    year = {"start": DAY(2020, 1, 1), "end": DAY(2020, 12, 31)}
    women = ("sex=female",)
    assert set(workers.periods) == {
        Period(**year, target="3000.5", actual="2901", dimensions=women),
        Period(**year, target="5000", actual="4650", actual_comment=(Text("Provisional.", "en"),)),
        Period(**year, actual="2900", dimensions=women, places=("Phnom Penh",)),
        Period(start=DAY(2021, 1, 1), end=DAY(2021, 12, 31), target="Yes"),
    }
    assert (claims.unit, claims.ascending) == ("percentage", False)
    # 1,800 may be one thousand eight hundred or one point eight: it is not guessed.
    assert claims.periods[0].actual == "1,800"


def test_the_period_of_the_outcome_is_that_of_its_measures(read: list[Draft]) -> None:
    record = read[0].record
    assert (record.period_start, record.period_end) == (DAY(2020, 1, 1), DAY(2021, 12, 31))
    # Without measured periods it is the activity's.
    record = read[1].record
    assert (record.period_start, record.period_end) == (DAY(2020, 2, 3), DAY(2023, 12, 31))


def test_an_act_named_by_a_document_is_only_a_candidate(linked: Linked) -> None:
    link = (
        '<document-link format="text/html" url="https://example.org/">'
        "<title><narrative>Sub-Decree No. 32 on social security</narrative></title></document-link>"
    )
    (draft,) = linked(document(activity(inner=link)))
    assert draft.record.legal_acts == ()
    (candidate,) = [c for c in draft.record.candidates if c.field == "legal_acts"]
    assert isinstance(candidate.value, LegalAct)
    assert (candidate.value.type, candidate.value.number) == ("sub-decree", "32")
    assert candidate.value.place == "KHM"
    assert candidate.confidence <= 0.5
    assert candidate.quote == "Sub-Decree No. 32 on social security"


def test_a_problem_tells_its_line_and_is_said_once(read: list[Draft]) -> None:
    problems = [p for d in read for p in d.problems if "role" in p.message]
    assert len(problems) == 1
    assert problems[0].location is not None
    assert problems[0].location.line == 18
    assert problems[0].severity == "warning"


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        ('<policy-marker code="1" significance="high"/>', "significance"),
        ('<tag vocabulary="2" code="18"/>', "18"),
        ('<tag vocabulary="3" code="1.9"/>', "1.9"),
        ('<activity-date type="3" iso-date="31/12/2023"/>', "31/12/2023"),
        ('<recipient-region code="XYZ"/>', "XYZ"),
        ('<recipient-country code="QQ"/>', "QQ"),
        ('<recipient-country code="LA" percentage="much"/>', "percentage"),
        ("<participating-org role='1'/>", "neither name nor ref"),
        ("<participating-org ref='X'/>", "has no role"),
        ("<participating-org role='5' ref='X'/>", "“5” is no role of an organisation"),
        ('<activity-date type="begun" iso-date="2020-01-01"/>', "“begun” is no type of date"),
    ],
)
def test_dirty_values_are_a_warning_and_the_rest_is_kept(
    inner: str, words: str, linked: Linked
) -> None:
    (draft,) = linked(document(activity(inner=inner)))
    assert not draft.errors
    assert any(words in p.message for p in draft.problems)
    assert draft.record.title == "A result"


@pytest.mark.parametrize("kind", ["Outcome", "outcome", "2", " 2 "])
def test_types_in_words_are_understood(kind: str) -> None:
    result = f'<result type="{kind}"><title><narrative>T</narrative></title></result>'
    (draft,) = drafts(document(activity(results=result)))
    assert draft.record.result_type == "outcome"


def test_words_and_spellings_of_version_1_are_understood_in_files_of_version_2() -> None:
    inner = (
        '<participating-org role="Funding"><narrative>Moon Fund</narrative></participating-org>'
        '<participating-org role="Extending"><narrative>Lamp Ltd</narrative></participating-org>'
        '<activity-date type="end-actual" iso-date="2021-02-03"/>'
        '<activity-date type="end-planned" iso-date="2021-12-31"/>'
        '<sector vocabulary="DAC" code="12220"/><policy-marker code="01" significance="2"/>'
    )
    (draft,) = drafts(document(activity(inner=inner)))
    assert not draft.problems
    (project,) = draft.record.projects
    assert names(draft.record.funders) == {"Moon Fund"}
    assert ("extending", "Lamp Ltd") in {(p.role, p.organisation.name) for p in project.partners}
    assert (project.start, project.end) == (DAY(2020, 1, 1), DAY(2021, 2, 3))
    assert [s.key for s in draft.record.sectors] == [("1", "12220")]
    assert draft.record.gender_marker == 2


def test_an_unknown_type_and_a_missing_title_are_warnings() -> None:
    result = (
        '<result type="5"><indicator measure="kilometres"><title>'
        "<narrative>Cable laid</narrative></title></indicator></result>"
    )
    (draft,) = drafts(document(activity(results=result)))
    assert draft.record.result_type is None
    assert draft.record.title == "Cable laid"
    assert draft.record.measures[0].unit is None
    assert len(draft.problems) == 3
    assert not draft.errors


def test_regions_and_the_world(linked: Linked) -> None:
    for country, region in [
        ('<recipient-region code="298"/>', "RAF"),
        ('<recipient-region code="202" vocabulary="2"/>', "RAF"),
        ('<recipient-region code="2" vocabulary="2"/>', "RAF"),
        ('<recipient-country code="XK"/>', "RER"),
        ('<recipient-region code="998" vocabulary="1"/>', "GLO"),
        ('<activity-scope code="1"/>', "GLO"),
        ('<recipient-country code="KE"/><recipient-country code="PE"/>', "GLO"),
        ('<recipient-country code="KE"/><recipient-country code="SN"/>', "RAF"),
    ]:
        (draft,) = linked(document(activity(country=country)))
        assert (draft.record.country, draft.record.region) == (None, region), country


@pytest.mark.parametrize(
    ("country", "recipients"),
    [
        # North and South of Sahara are one region of ours.
        (
            '<recipient-region code="189" percentage="12.5"/>'
            '<recipient-country code="LA" percentage="50"/>'
            '<recipient-region code="289" percentage="37.5"/>',
            (Recipient("LAO", "50"), Recipient("RAF", "50")),
        ),
        (
            '<recipient-country code="LA" percentage="20"/>'
            '<recipient-country code="Laos" percentage="30"/>'
            '<recipient-country code="TH" percentage="50"/>',
            (Recipient("LAO", "50"), Recipient("THA", "50")),
        ),
        # What is not known of one part is not known of the whole.
        (
            '<recipient-country code="LA" percentage="20"/><recipient-country code="LA"/>'
            '<recipient-country code="TH" percentage="50"/>',
            (Recipient("LAO"), Recipient("THA", "50")),
        ),
    ],
)
def test_shares_of_one_place_are_added(
    country: str, recipients: tuple[Recipient, ...], linked: Linked
) -> None:
    (draft,) = linked(document(activity(country=country)))
    assert sorted(draft.record.recipients, key=lambda r: r.place) == list(recipients)


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        (
            '<recipient-country code="LA" percentage="60"/>'
            '<recipient-country code="TH" percentage="60"/>',
            "shares of the recipients add up to 120",
        ),
        (
            '<sector code="16010" percentage="60"/><sector code="15110" percentage="30"/>',
            "shares of the sectors of vocabulary 1 add up to 90",
        ),
        # Rounded, missing and unreadable shares are no mistake of this kind.
        ('<sector code="16010" percentage="33"/>' * 3, None),
        ('<sector code="16010" percentage="60"/><sector code="15110"/>', None),
        ('<sector code="16010" percentage="100"/><sector vocabulary="2" code="160"/>', None),
    ],
)
def test_shares_that_miss_the_whole_are_a_warning(inner: str, words: str | None) -> None:
    (draft,) = drafts(document(activity(country="", inner=inner)))
    assert [words in p.message for p in draft.problems if words] == ([True] if words else [])
    assert not any("add up" in p.message for p in draft.problems) or words


def test_sectors_not_specified_are_none() -> None:
    """99810 is the DAC's code for sectors that nobody specified."""
    (draft,) = drafts(document(activity(inner='<sector code="99810" percentage="100"/>')))
    assert draft.record.sectors == ()
    shared = '<sector code="99810" percentage="40"/><sector code="16010" percentage="60"/>'
    (draft,) = drafts(document(activity(inner=shared)))
    assert [(s.code, s.share) for s in draft.record.sectors] == [("16010", "60"), ("99810", "40")]


def test_countries_of_transactions_count_where_the_activity_names_none(linked: Linked) -> None:
    inner = '<transaction><recipient-country code="SN"/></transaction>' * 2
    (draft,) = linked(document(activity(country="", inner=inner)))
    assert draft.record.country == "SEN"


def test_a_text_without_any_language_says_so() -> None:
    data = document(activity()).replace(b' xml:lang="en"', b"")
    (draft,) = drafts(data)
    assert draft.record.titles == (Text("A result", "und"),)


@pytest.mark.parametrize(
    ("measure", "written", "value"),
    [
        ("2", "36%", "36"),
        ("2", "81.40 %", "81.4"),
        ("1", "36%", "36%"),
        ("1", "10,000.00", "10000"),
        ("1", "1,234,567", "1234567"),
        ("1", "1,800", "1,800"),
        ("1", "1.800,5", "1.800,5"),
        ("5", "  Yes,\n partly ", "Yes, partly"),
    ],
)
def test_numbers_are_read_where_they_are_certain(measure: str, written: str, value: str) -> None:
    result = (
        f'<result type="1"><title><narrative>T</narrative></title><indicator measure="{measure}">'
        f'<title><narrative>I</narrative></title><period><actual value="{written}"/></period>'
        "</indicator></result>"
    )
    (draft,) = drafts(document(activity(results=result)))
    assert draft.record.measures[0].periods[0].actual == value
