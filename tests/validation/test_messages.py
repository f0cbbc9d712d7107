"""Messages as people read them: dates, names and codes instead of terms."""

from __future__ import annotations

import datetime
import re

import pytest
from seed import ID, MINTER, WHOLE

from outcome_graph.mapping import record_to_triples
from outcome_graph.model import OutcomeRecord
from outcome_graph.namespaces import OG, XSD, IriMinter
from outcome_graph.rdf import Literal, NamedNode, Triple
from outcome_graph.validation import Result, Shapes, Validator
from outcome_graph.validation.messages import PLACES, date_in_words


def results(validator: Validator, record: OutcomeRecord) -> dict[str, Result]:
    found = validator.validate_record(record.id, record_to_triples(record, validator.minter))
    return {r.rule: r for r in found}


def test_the_issues_own_example(validator: Validator) -> None:
    record = WHOLE.with_changes(
        achieved_on=datetime.date(2022, 11, 2), biennium="2018-19", indicator="3.1"
    )
    result = results(validator, record)["date-in-biennium"]
    assert result.message == {
        "en": "The adoption date 2 November 2022 lies outside the biennium 2018-19. "
        "Check the date or the biennium.",
        "fr": "La date d'adoption, 2 novembre 2022, est en dehors de l'exercice biennal 2018-19. "
        "Vérifiez la date ou l'exercice biennal.",
        "es": "La fecha de adopción, 2 de noviembre de 2022, está fuera del bienio 2018-19. "
        "Compruebe la fecha o el bienio.",
    }
    assert result.focus == MINTER.outcome(record.id)
    assert result.path == "https://w3id.org/outcome-graph/ontology#achievedOn"
    assert result.value is not None
    assert result.value.value == "2022-11-02"
    assert result.field == "achieved_on"
    assert result.record_id == record.id


@pytest.mark.parametrize(
    ("changes", "rule", "words"),
    [
        ({"sdg_targets": ("1.99",)}, "target-exists", "There is no target 1.99 of the"),
        ({"sdg_goals": ("1", "18")}, "goal-exists", "no Sustainable Development Goal 18"),
        ({"sdg_goals": ("5", "10")}, "target-of-goal", "target 1.3 does not belong .* (10, 5)"),
        ({"code": "SEN101"}, "code-of-country", "SEN101 .* Lao People's Democratic Republic"),
        ({"biennium": "2021-22"}, "biennium-form", "2021-22 is not a biennium"),
        ({"step": 2}, "result-type-of-step", "“Policy or strategy adopted” .* step 2"),
        ({"indicator": "9.9.9"}, "indicator-known", "Indicator 9.9.9 .* biennium 2020-21"),
        ({"funders": WHOLE.constituents[:1]}, "funder-reachable", "Association of Lao Gar"),
    ],
)
def test_values_are_named(
    validator: Validator, changes: dict[str, object], rule: str, words: str
) -> None:
    message = results(validator, WHOLE.with_changes(**changes))[rule].message["en"]
    assert re.search(words.replace("(", r"\(").replace(")", r"\)"), message), message


def with_value(predicate: NamedNode, value: Literal) -> list[Triple]:
    kept = [
        t
        for t in record_to_triples(WHOLE, MINTER)
        if (t.subject, t.predicate) != (MINTER.outcome(ID), predicate)
    ]
    return [*kept, Triple(MINTER.outcome(ID), predicate, value)]


@pytest.mark.parametrize(
    ("predicate", "value", "rule", "words"),
    [
        # What is no date of the calendar is not shown as one.
        (OG.achievedOn, Literal("2020-04-01"), "date-form", "“2020-04-01” is not a day"),
        (
            OG.achievedOn,
            Literal("2020-04-01T00:00:00", datatype=XSD.dateTime),
            "date-form",
            "“2020-04-01T00:00:00” is not a day",
        ),
        (OG.achievedOn, Literal("0000-04-01", datatype=XSD.date), "date-form", "“0000-04-01” is"),
        (OG.achievedInYear, Literal("20", datatype=XSD.gYear), "year-form", "“20” is not written"),
        (
            OG.audience,
            Literal("soon", datatype=XSD.gYear),
            "valid-values",
            "“soon” is no valid year",
        ),
        # There is a target 1.3: but this is a text.
        (OG.sdgTarget, Literal("1.3"), "linked-things", "“1.3” is written as text"),
        (OG.country, Literal("LAO"), "linked-things", "“LAO” is written as text"),
        (OG.step, Literal("1", datatype=XSD.integer), "linked-things", "“1” is written as text"),
    ],
)
def test_values_of_a_wrong_kind(
    validator: Validator, predicate: NamedNode, value: Literal, rule: str, words: str
) -> None:
    found = validator.validate_record(ID, with_value(predicate, value))
    about = [r for r in found if (r.focus, r.value) == (MINTER.outcome(ID), value)]
    assert any(r.rule == rule and words in r.message["en"] for r in about), about
    if rule == "linked-things":
        assert len(about) == 1


def test_no_message_holds_an_iri_or_an_empty_place(
    validator: Validator,
) -> None:
    """A record with little in it and much wrong: the texts still read well."""
    record = OutcomeRecord(
        id=ID,
        profile="result-page",
        country="XXX",
        sdg_targets=("1.3",),
        sdg_goals=("99",),
        biennium="2021-22",
        branches=("nonsense",),
        legal_acts=WHOLE.legal_acts,
        constituents=WHOLE.constituents,
        funders=WHOLE.funders,
    )
    found = results(validator, record)
    assert len(found) > 12
    for result in found.values():
        for text in result.message.values():
            assert not re.search(r"http|[{}]|None|\s{2}", text), text


def test_every_place_of_a_template_can_be_filled(shapes: Shapes) -> None:
    known = {*PLACES, "value", "value_label", "name", "name_in_address", "datatype"}
    for rule in shapes.rules.values():
        for template in rule.template.values():
            assert set(re.findall(r"\{(\w+)\}", template)) <= known, rule.id
        places = [set(re.findall(r"\{(\w+)\}", t)) for t in rule.template.values()]
        assert all(p == places[0] for p in places), f"{rule.id}: languages differ"


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "2020-04-01", "1 April 2020"),
        ("fr", "2020-04-01", "1er avril 2020"),
        ("fr", "2020-08-02", "2 août 2020"),
        ("es", "2020-09-30", "30 de septiembre de 2020"),
        ("en", "2020-04-01Z", "1 April 2020"),
        ("en", "2020-04-01T10:00:00Z", "1 April 2020"),
        ("en", "224", None),
        ("en", "2020-13-01", None),
    ],
)
def test_dates(language: str, text: str, words: str | None) -> None:
    assert date_in_words(text, language) == words


def test_another_base_changes_no_verdict() -> None:
    minter = IriMinter("http://127.0.0.1:8000/")
    validator = Validator.load(minter)
    assert validator.validate_record(ID, record_to_triples(WHOLE, minter)) == []
    wrong = results(validator, WHOLE.with_changes(step=2, sdg_targets=("1.99",)))
    assert {"result-type-of-step", "target-exists"} <= set(wrong)


@pytest.mark.parametrize(
    "value", [Literal("x", datatype=XSD.date), Literal("300", datatype=XSD.byte), MINTER.at("bad")]
)
def test_a_wrong_value_is_told_once(validator: Validator, value: Literal | NamedNode) -> None:
    """The code's shape asks for a text and for a pattern: both have the same message."""
    triples = [
        Triple(t.subject, t.predicate, value) if t.predicate == OG.code else t
        for t in record_to_triples(WHOLE, MINTER)
    ]
    report = validator.report(validator.check(ID, triples))
    told = [r for r in report.results if r.value == value and r.rule == "code-form"]
    assert len(told) == 1
    lines = [line for line in report.to_text().splitlines() if "Country Programme" in line]
    assert len(lines) == 1
