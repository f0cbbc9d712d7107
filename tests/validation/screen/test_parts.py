"""Regular expressions that two engines share, and data at which pySHACL used to give up."""

from __future__ import annotations

import pytest
from seed import ID, MINTER, whole_triples

from outcome_graph.namespaces import OG, XSD
from outcome_graph.rdf import BlankNode, Literal, Triple
from outcome_graph.store.scanning import ScratchStore
from outcome_graph.validation import Validator
from outcome_graph.validation.patterns import compiled
from outcome_graph.validation.screen.model import Unsupported
from outcome_graph.validation.screen.patterns import translated

TEXTS = ("abc", "abc\n", "", "a b", "a\x1cb", "LAO226", "LAO226\n", "٣", "a.b", "x-y", "]", "aaa")


@pytest.mark.parametrize(
    "pattern",
    ["^abc$", r"^\d$", r"a\sb", "^[A-Z]{3}[0-9]+$", "(b|c)$", "[^a]", r"^a\.b$", "^a{2,3}$"],
)
def test_a_shared_pattern_finds_what_the_referee_finds(pattern: str) -> None:
    text = Literal(translated(pattern))
    for value in TEXTS:
        query = f"SELECT (REGEX({Literal(value)}, {text}) AS ?found) WHERE {{}}"
        ((found,),) = ScratchStore().rows(query)
        assert found is not None
        assert (found.value == "true") == bool(compiled(pattern).search(value)), value


@pytest.mark.parametrize(
    "pattern", [r"\bword", r"(a)\1", "(?=a)", "a$b", "a++", r"\w", "[[:alpha:]]"]
)
def test_other_patterns_are_left_to_python(pattern: str) -> None:
    with pytest.raises(Unsupported):
        translated(pattern)


@pytest.mark.parametrize(
    "value", [BlankNode("when"), Literal("soon", datatype=XSD.date)], ids=["nameless", "ill-typed"]
)
def test_a_day_that_is_none_breaks_a_rule_not_the_program(
    validator: Validator, value: BlankNode | Literal
) -> None:
    """Values that cannot be compared break sh:lessThanOrEquals (SHACL, 4.5.4)."""
    activity = MINTER.activity(ID, 1)
    triples = [t for t in whole_triples() if (t.subject, t.predicate) != (activity, OG.startDate)]
    results = validator.validate_record(ID, [*triples, Triple(activity, OG.startDate, value)])
    found = {(r.rule, r.focus) for r in results}
    assert ("activity-order", activity) in found
    assert ("date-form", MINTER.outcome(ID)) in found
