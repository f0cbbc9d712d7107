"""Every rule: an example that it reports, one that passes, and texts that people can read."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from seed import ID, MINTER, RECORD, seed_triples, whole_triples

from outcome_graph.draft import Draft, Location, Problem
from outcome_graph.mapping.terms import READING_PREDICATES
from outcome_graph.namespaces import OG, PREFIXES, RDF, SH
from outcome_graph.rdf import Literal, NamedNode, Quad, RdfFormat, Triple, ntriples, parse_quads
from outcome_graph.tables import COLUMNS
from outcome_graph.validation import Shapes, Validator, shapes_graph
from outcome_graph.validation.rules import OGS
from outcome_graph.validation.rules_page import main, rules_table
from outcome_graph.validation.shacl import check_shapes
from outcome_graph.validation.statements import statements

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FAIL = sorted((HERE / "cases" / "fail").glob("*.ru"))
PASS = sorted((HERE / "cases" / "pass").glob("*.ru"))
#: What no update of one record's graph can show; each has a test of its own below.
SPECIAL = {"duplicate", "plain-statements", "source-reading"}


def mutated(path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Triple]:
    """The record after the update; literals keep their text."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    graph = rdflib.Graph().parse(data=ntriples(whole_triples()), format="nt")
    prefixes = "\n".join(f"PREFIX {p}: <{iri}>" for p, iri in PREFIXES.items())
    before = set(graph)
    graph.update(f"BASE <{MINTER.base}>\n{prefixes}\n{path.read_text('utf-8')}")
    assert set(graph) != before, "the update changes nothing"
    data = graph.serialize(format="nt", encoding="utf-8")
    return [q.triple for q in parse_quads(data, RdfFormat.N_TRIPLES)]


def fired(validator: Validator, triples: list[Triple]) -> set[str]:
    return {result.rule for result in validator.validate_record(ID, triples)}


def test_the_whole_record_breaks_no_rule(validator: Validator) -> None:
    assert validator.validate_record(ID, whole_triples()) == []


def test_the_seed_lacks_only_its_project(validator: Validator) -> None:
    report = validator.report(validator.check(ID, seed_triples()))
    assert report.conforms
    assert [(r.rule, r.severity) for r in report.results] == [("linked-project", "warning")]


@pytest.mark.parametrize("path", FAIL, ids=lambda p: p.stem)
def test_exactly_this_rule_reports(
    path: Path, validator: Validator, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = re.search(r"^# fires: (.+)$", path.read_text("utf-8"), re.MULTILINE)
    expected = set(named[1].split(", ")) if named else {path.stem}
    assert path.stem in expected
    assert fired(validator, mutated(path, monkeypatch)) == expected


@pytest.mark.parametrize("path", PASS, ids=lambda p: p.stem)
def test_this_rule_has_nothing_to_say(
    path: Path, validator: Validator, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert path.stem not in fired(validator, mutated(path, monkeypatch))


def test_every_rule_has_a_failing_example(shapes: Shapes) -> None:
    ids = {rule.id for rule in shapes.rules.values()}
    assert {p.stem for p in FAIL} == ids - SPECIAL
    assert {p.stem for p in PASS} <= ids
    assert len(ids) >= 40


def test_two_records_of_one_result_are_told_where_both_are_in_the_data(
    validator: Validator,
) -> None:
    """As in the validation of a whole store: the data graph holds both."""
    other = f"{ID}-2"
    twin = [
        Triple(MINTER.outcome(other) if t.subject == MINTER.outcome(ID) else t.subject, *t_rest)
        for t in whole_triples()
        for t_rest in [(t.predicate, t.object)]
    ]
    own = statements([*whole_triples(), *twin])
    found = validator.engine.validate(own)
    twins = {(f.focus, f.value) for f in found if f.shape.endswith("#duplicate")}
    one, two = MINTER.outcome(ID), MINTER.outcome(other)
    assert twins == {(one, two), (two, one)}
    alone = validator.engine.validate(statements(whole_triples()))
    assert not [f for f in alone if f.shape.endswith("#duplicate")]


def test_a_quoted_statement_is_reported_and_does_no_harm(validator: Validator) -> None:
    outcome = MINTER.outcome(ID)
    quoted = Triple(outcome, NamedNode("http://purl.org/dc/terms/title"), Literal("x"))
    reifies = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies")
    found = fired(validator, [*whole_triples(), Triple(outcome, reifies, quoted)])
    assert found == {"plain-statements"}


def test_problems_of_the_source_are_results_with_their_line(validator: Validator) -> None:
    problem = Problem("error", "The date 31.02.2020 does not exist.", "achieved_on", Location(5, 1))
    checked = validator.check(RECORD.id, seed_triples())
    report = validator.report(validator.with_problems(checked, Draft(RECORD, (problem,))))
    assert not report.conforms
    first = report.results[0]
    assert (first.rule, first.severity) == ("source-reading", "violation")
    assert report.reasons() == ["line 5, column 1: The date 31.02.2020 does not exist."]


def test_an_empty_graph_does_not_conform(validator: Validator) -> None:
    report = validator.report(validator.check(ID, []))
    assert not report.conforms
    assert {r.rule for r in report.results} == {"topic", "profile"}
    assert report.completeness == {ID: 0.0}


def test_a_record_about_another_result_does_not_conform(validator: Validator) -> None:
    report = validator.report(validator.check("SEN101-2020-21-8.1.1", whole_triples()))
    assert {"topic", "own-statements"} <= {r.rule for r in report.results}
    assert report.completeness == {"SEN101-2020-21-8.1.1": 0.0}


def test_a_record_cannot_make_a_target_exist(validator: Validator) -> None:
    target = NamedNode("http://metadata.un.org/sdg/1.99")
    named = NamedNode("https://w3id.org/outcome-graph/ontology#sdgTarget")
    kind = NamedNode("http://metadata.un.org/sdg/ontology#Target")
    rdf_type = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    more = [Triple(MINTER.outcome(ID), named, target), Triple(target, rdf_type, kind)]
    report = validator.report(validator.check(ID, [*whole_triples(), *more]))
    assert not report.conforms
    assert {r.rule for r in report.results} == {"own-statements"}


# -- the shapes graph ----------------------------------------------------------------------------


def test_the_shapes_are_what_shacl_allows(shapes: Shapes) -> None:
    assert check_shapes(statements(shapes.triples)) == []


def test_every_named_shape_is_reached(shapes: Shapes) -> None:
    """A rule that no target leads to would never report."""
    targets = {SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf}
    reached = {t.subject for t in shapes.triples if t.predicate in targets}
    steps = [(t.subject, t.object) for t in shapes.triples if t.predicate == SH.property]
    while more := {o for s, o in steps if s in reached} - reached:
        reached |= more
    for rule in shapes.rules.values():
        assert rule.by_program or NamedNode(rule.shape) in reached, rule.id


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_texts_are_written_for_people(shapes: Shapes, language: str) -> None:
    jargon = re.compile(r"http|\bsh:|xsd|\bog:|shacl|sparql|\biri\b|predicate|literal", re.I)
    for rule in shapes.rules.values():
        for texts in (rule.name, rule.description, rule.message):
            assert texts.get(language, "").strip(), (rule.id, language)
            assert not jargon.search(texts[language]), (rule.id, texts[language])
        assert not re.search(r"[{}]", rule.message[language]), rule.id
        assert rule.message[language].count(".") >= 2, f"{rule.id}: say how to mend it"
        assert bool(rule.template) == (language in rule.template), rule.id


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_who_keeps_a_table_is_told_its_column(shapes: Shapes, language: str) -> None:
    """What a page says under a heading or on a line, a table says in a column of the template."""
    headings = {column.headings.get(language) for column in COLUMNS}
    of_pages = re.compile(r" line\b|under “|after the|above its|sentence with")
    lacking = [rule for rule in shapes.rules.values() if rule.group != "Consistency"]
    told = [rule for rule in lacking if of_pages.search(rule.message["en"])]
    assert len(told) >= 13
    for rule in told:
        quoted = re.findall(r"[“«]\s?([^”»]+?)\s?[”»]", rule.message[language])
        assert headings & set(quoted), rule.id


def test_the_graph_is_the_same_each_time(shapes: Shapes) -> None:
    """Blank nodes included: `init` compares it with what the store holds."""
    assert set(shapes_graph(MINTER)) == set(shapes.triples)


def test_names_are_distinct(shapes: Shapes) -> None:
    for language in ("en", "fr", "es"):
        names = [rule.name[language] for rule in shapes.rules.values()]
        assert len(names) == len(set(names))


def test_severities_match_their_groups(shapes: Shapes) -> None:
    for rule in shapes.rules.values():
        assert rule.group in ("Mandatory", "Recommended", "Consistency")
        if rule.group == "Mandatory":
            assert rule.severity == "violation", rule.id
        if rule.group == "Recommended":
            assert rule.severity in ("warning", "info"), rule.id


def test_the_page_of_rules_is_up_to_date() -> None:
    assert main(["--check", str(ROOT / "docs" / "rules.md")]) == 0


def test_the_page_of_rules_shows_every_rule(shapes: Shapes, tmp_path: Path) -> None:
    page = rules_table(list(shapes.rules.values()), HERE / "cases")
    for rule in shapes.rules.values():
        assert f"| `{rule.id}` {rule.name['en']} |" in page
    (tmp_path / "docs").mkdir()
    stale = tmp_path / "docs" / "rules.md"
    stale.write_text(page.replace("violation", "x"), "utf-8")
    assert main(["--check", str(stale)]) == 1
    assert main([]) == 2


def test_a_reading_is_about_a_field_that_the_mapping_knows(shapes: Shapes) -> None:
    rest = {t.subject: t.object for t in shapes.triples if t.predicate == RDF.rest}
    first = {t.subject: t.object for t in shapes.triples if t.predicate == RDF.first}
    head = next(
        t.object
        for t in shapes.triples
        if t.subject == OGS["reading-field"] and t.predicate == SH["in"]
    )
    allowed = set()
    while head in first:
        allowed.add(first[head])
        head = rest[head]
    assert allowed == set(READING_PREDICATES.values())


QUERIES = {
    t.subject: t.object.value
    for t in Shapes.load(MINTER).triples
    if t.predicate == SH.select and isinstance(t.object, Literal)
}
QUERIES_OF: dict[str, list[str]] = {}
for _triple in Shapes.load(MINTER).triples:
    if _triple.predicate == SH.sparql:
        _rule = _triple.subject.value.rsplit("#", 1)[-1]
        QUERIES_OF.setdefault(_rule, []).append(QUERIES[_triple.object])


@pytest.mark.parametrize("rule", sorted(set(QUERIES_OF) - SPECIAL))
def test_queries_find_the_same_on_the_stores_engine(
    rule: str, validator: Validator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Written for sets: with $this free, one run over the data finds every focus node."""
    triples = mutated(HERE / "cases" / "fail" / f"{rule}.ru", monkeypatch)
    own = statements(triples)
    store = pyoxigraph.Store()
    for statement in [*own, *validator._shared.neighbourhood(own)]:
        store.add(Quad(*statement))
    targets = {s.subject for s in own if s.object in (OG.Outcome, OG.Activity)}
    found = set()
    for query in QUERIES_OF[rule]:
        rows = store.query(query, prefixes=PREFIXES)
        assert isinstance(rows, pyoxigraph.QuerySolutions)
        found |= {
            (row["this"], row["path"].value, row["value"]) for row in rows if row["this"] in targets
        }
    results = validator.validate_record(ID, triples)
    assert found == {(r.focus, r.path, r.value) for r in results if r.rule == rule}
    assert found
