"""All records at once give what each alone gives with pySHACL: results, completeness, totals."""

from __future__ import annotations

import logging
import operator
from collections.abc import Iterator
from pathlib import Path

import pytest
from mutations import mutated
from seed import MINTER
from synthetic import synthetic

from outcome_graph.namespaces import DCTERMS, OG, RDF, RDFS, SDGO, SH, SKOS, XSD
from outcome_graph.pipeline import OutcomeGraph, store_validation
from outcome_graph.pipeline.store_validation import check_batch, check_record, validate_stores
from outcome_graph.rdf import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple
from outcome_graph.store import Commit, GraphChange
from outcome_graph.store.scanning import ScratchStore
from outcome_graph.validation import Shapes, Validator
from outcome_graph.validation.screen.plain import PlainScreen
from outcome_graph.validation.screen.records import RecordScreen
from outcome_graph.validation.screen.screen import open_queries
from outcome_graph.validation.shacl import ShaclEngine
from outcome_graph.validation.statements import statements

pytestmark = pytest.mark.filterwarnings("ignore:Parsing weird boolean")

RECORDS = 60


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """rdflib logs each literal that it cannot read."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def _records() -> list[tuple[str, list[Triple]]]:
    made = []
    for number in range(RECORDS):
        record_id, triples = synthetic(number)
        made.append((record_id, mutated(triples, number, MINTER) if number % 4 else triples))
    return made


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OutcomeGraph]:
    with OutcomeGraph.open(tmp_path_factory.mktemp("mutated") / "store") as opened:
        changes = tuple(GraphChange(MINTER.record(i), tuple(t)) for i, t in _records())
        opened.store.commit(Commit(changes=changes, reason="test", agent="test"))
        yield opened


def _each(graph: OutcomeGraph) -> Iterator[tuple[str, list[Triple]]]:
    for record_id in graph.record_ids():
        yield record_id, graph.stores.triples(record_id)


def test_our_rules_are_all_compiled() -> None:
    validator = Validator.load(MINTER)
    assert RecordScreen(validator).screen.fallback == {}
    assert len(validator.shapes.rules) >= 100


@pytest.fixture(params=["at once", "in slices"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small stores are looked at whole, large ones in slices."""
    if request.param == "in slices":
        monkeypatch.setattr(store_validation, "AT_ONCE", 10)
        monkeypatch.setattr(store_validation, "SLICE", 7)


@pytest.mark.usefixtures("way")
def test_a_store_is_judged_as_its_records_are(graph: OutcomeGraph) -> None:
    got = graph.validate(store=True)
    want = graph.validator.validate_all(_each(graph))
    assert len({r.rule for r in want.results}) > 30
    assert got.results == want.results
    assert (got.totals, got.counts, got.refused) == (want.totals, want.counts, want.refused)
    assert got.completeness == want.completeness


def test_a_report_is_bounded_with_the_true_totals(graph: OutcomeGraph) -> None:
    got = validate_stores(graph.stores, graph.validator, limit=2)
    want = graph.validator.validate_all(_each(graph), limit=2)
    assert got.results == want.results
    assert got.totals == want.totals
    assert max(got.totals.values()) > 2


def test_a_batch_is_judged_by_what_was_read(validator: Validator) -> None:
    """Also where the store would have written a literal differently."""
    records = _records()[:40]
    record_id, triples = records[0]
    subject = MINTER.outcome(record_id)
    wrong = Literal("300", datatype=XSD.byte)
    records[0] = (record_id, [*triples, Triple(subject, OG.participants, wrong)])
    got = check_batch(RecordScreen(validator), records)
    assert got == [validator.check(i, t) for i, t in records]
    assert "valid-values" in {r.rule for r in got[0].results}


def test_one_record_is_judged_as_pyshacl_judges_it(validator: Validator) -> None:
    """Alone, most constraints are crossed out without a query: results are the same, in order."""
    screen = RecordScreen(validator)
    rules: set[str] = set()
    for number in range(200):
        record_id, triples = synthetic(number)
        given = mutated(triples, number, MINTER) if number % 10 else triples
        got = check_record(screen, record_id, given)
        assert got == validator.check(record_id, given), number
        rules |= {r.rule for r in got.results}
    assert len(rules) > 60
    bare = Triple(MINTER.record("X"), RDF.type, OG.Record)
    assert check_record(screen, "X", []) == validator.check("X", [])
    assert check_record(screen, "X", [bare, bare]) == validator.check("X", [bare, bare])


def test_what_is_crossed_out_has_nothing_to_find(validator: Validator) -> None:
    """Of a good record nearly all; of others no query whose answer would have a row."""
    screen = PlainScreen(validator.shapes.constraints()).screen
    for number in range(120):
        record_id, triples = synthetic(number)
        given = mutated(triples, number, MINTER) if number % 10 else triples
        around = list(dict.fromkeys(validator.surroundings(record_id, statements(given))))
        asked = screen.asked_of(around)
        place = ScratchStore()
        place.extend(Quad(*s) for s in around)
        for query in screen.queries:
            if query not in asked:
                assert not list(place.rows(query.text)), (number, query.shape, query.component)
        if number % 10 == 0:
            assert len(asked) < 10


def test_a_good_record_needs_no_referee(
    validator: Validator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ShaclEngine, "validate", None)
    record_id, triples = synthetic(1)
    screen = RecordScreen(validator)
    assert check_record(screen, record_id, triples).results == ()
    worse = [t for t in triples if t.predicate != OG.step]
    assert "step" in {r.rule for r in check_record(screen, record_id, worse).results}


def test_a_record_that_redefines_a_country_is_judged_alone(validator: Validator) -> None:
    """Its own statements and the shared ones about the same thing belong together."""
    record_id, triples = synthetic(0)
    records = [
        (record_id, [*triples, Triple(MINTER.country("LAO"), RDF.type, OG.Outcome)]),
        synthetic(1),
    ]
    got = check_batch(RecordScreen(validator), records)
    assert got == [validator.check(i, t) for i, t in records]
    assert not got[0].conforms
    assert got[1].conforms


FOREIGN = (
    "outcome/OTHER",
    "record/OTHER",
    "activity/OTHER/1",
    "organisationrecord/",
    "record/",
    "concept/step/1",
    "outcome",
)


def test_records_that_speak_of_others_things_are_found(tmp_path: Path) -> None:
    """By the query that turns each subject into the record whose it is."""
    subjects = [NamedNode(MINTER.base + path) for path in FOREIGN]
    subjects.append(BlankNode("b"))
    own = [MINTER.base + "organisation/x", MINTER.base + "source/y"]
    records = [synthetic(number) for number in range(len(subjects) + 1)]
    for (_, triples), subject in zip(records, subjects, strict=False):
        triples.append(Triple(subject, DCTERMS.title, Literal("Something", language="en")))
    records[-1][1].extend(
        Triple(NamedNode(iri), DCTERMS.title, Literal("Ours", language="en")) for iri in own
    )
    with OutcomeGraph.open(tmp_path / "store") as graph:
        changes = tuple(GraphChange(MINTER.record(i), tuple(t)) for i, t in records)
        graph.store.commit(Commit(changes=changes, reason="test", agent="test"))
        report = graph.validate(store=True)
        want = graph.validator.validate_all(_each(graph))
    assert report.results == want.results
    found = {r.record_id for r in report.results if r.rule in ("own-statements", "named-things")}
    assert found == {record_id for record_id, _ in records[:-1]}


def test_what_no_record_speaks_of_is_not_asked(validator: Validator) -> None:
    """A rule's query joins a lot to find nothing where a property it needs is nowhere."""
    screen = RecordScreen(validator).screen
    record_id, triples = synthetic(0)
    place = ScratchStore(union=True)
    place.extend(Quad(t.subject, t.predicate, t.object, MINTER.record(record_id)) for t in triples)
    asked = {q.shape.label.rsplit("#", 1)[-1] for q in open_queries(screen.queries, place.rows)}
    assert OG.sdgIndicator not in {t.predicate for t in triples}
    assert "sdg-indicator-of-target" not in asked
    assert {"target-of-goal", "identifier-of-result"} <= asked


USERS = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix og: <https://w3id.org/outcome-graph/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix ex: <http://example.org/> .
ex:Short a sh:NodeShape ; sh:targetClass og:Outcome ;
    sh:property [ sh:path og:code ; sh:maxLength 5 ; sh:message "Too long"@en ] ,
        [ sh:path ( og:country og:iloRegion skos:prefLabel ) ; sh:hasValue "Africa"@en ;
          sh:message "Not in Africa" ] .
ex:Country a sh:NodeShape ; sh:targetClass og:Country ;
    sh:property [ sh:path og:code ; sh:minCount 1 ; sh:message "No code" ] .
ex:Constituent a sh:NodeShape ; sh:targetObjectsOf og:constituent ;
    sh:or ( [ sh:path og:constituentType ; sh:minCount 1 ]
        [ sh:path og:country ; sh:minCount 1 ] ) ;
    sh:message "Neither group nor country" .
ex:Words a sh:NodeShape ; sh:targetClass og:Outcome ;
    sh:property [ sh:path dcterms:title ; sh:pattern "\\\\bResult\\\\b" ; sh:message "No result" ] .
"""


@pytest.mark.usefixtures("way")
def test_users_shapes_go_the_same_way(graph: OutcomeGraph) -> None:
    shapes = Shapes.parse(USERS.encode(), RdfFormat.TURTLE, where="mine.ttl")
    validator = Validator(MINTER, shapes)
    screen = RecordScreen(validator)
    assert set(screen.screen.fallback.values()) == {r"a pattern with \b"}
    got = validate_stores(graph.stores, validator)
    want = validator.validate_all(_each(graph))
    assert _keys(got.results) == _keys(want.results)
    assert len(got.totals) >= 4


def _keys(results: object) -> list[str]:
    made = [
        repr((r.record_id, r.focus, r.path, r.value, r.component, r.severity, dict(r.message)))
        for r in results  # type: ignore[attr-defined]
    ]
    return sorted(made)


EVIL = "http://example.org/"


@pytest.mark.parametrize(
    ("subject", "predicate", "value"),
    [
        (EVIL + "9.99", RDF.type, SDGO.Target),
        (EVIL + "XXX", RDF.type, OG.Country),
        (MINTER.organisation("x").value, RDF.type, OG.Region),
        (EVIL + "2020-21", SKOS.inScheme, MINTER.concept_scheme("biennium")),
        (EVIL + "outcome/X", RDF.type, OG.Outcome),
        (EVIL + "record/X", RDF.type, OG.Record),
        (EVIL + "C", RDFS.subClassOf, OG.Country),
    ],
    ids=lambda term: str(term).rsplit("/", 1)[-1],
)
def test_a_record_makes_nothing_a_member_of_what_others_describe(
    tmp_path: Path, subject: str, predicate: NamedNode, value: NamedNode
) -> None:
    """It could make a target exist, or hold a second result; alone, and among others."""
    record_id, triples = synthetic(0)
    node = NamedNode(subject)
    claimed = [*triples, Triple(node, predicate, value)]
    with OutcomeGraph.open(tmp_path / "store") as graph:
        change = GraphChange(MINTER.record(record_id), tuple(claimed))
        graph.store.commit(Commit(changes=(change,), reason="test", agent="test"))
        for report in (
            graph.validator.report(graph.validator.check(record_id, claimed)),
            graph.validate(store=True),
        ):
            assert not report.conforms
            assert ("own-statements", node) in {(r.rule, r.value) for r in report.results}


@pytest.mark.parametrize(
    "text",
    [
        # A path that may stay where it is, with a condition on its values.
        "ex:S a sh:NodeShape ; sh:targetClass og:Outcome ; sh:property [ "
        "sh:path [ sh:zeroOrOnePath og:country ] ; sh:minLength 55 ] .",
        "ex:S a sh:NodeShape ; sh:targetClass og:Outcome ; sh:property [ "
        'sh:path [ sh:zeroOrMorePath og:contribution ] ; sh:pattern "tribution/" ] .',
        # What a named thing's shared description leads to.
        "ex:S a sh:NodeShape ; sh:targetNode <http://metadata.un.org/sdg/1.3> ; sh:property [ "
        "sh:path sdgo:isTargetOf ; sh:property [ sh:path og:country ; sh:minCount 1 ] ] .",
        # A query that shared statements alone fulfil.
        "ex:S a sh:NodeShape ; sh:targetObjectsOf og:country ; sh:sparql [ "
        'sh:select "SELECT $this ?value WHERE { $this skos:notation ?value }" ] .',
    ],
)
def test_a_users_shapes_find_what_they_find_in_each(graph: OutcomeGraph, text: str) -> None:
    head = "".join(
        f"@prefix {name}: <{namespace}> ."
        for name, namespace in (("sh", SH), ("og", OG), ("sdgo", SDGO))
    )
    data = f"{head} @prefix ex: <{EVIL}> . {text}".encode()
    shapes = Shapes.parse(data, RdfFormat.TURTLE, where="mine.ttl")
    validator = Validator(MINTER, shapes)
    assert RecordScreen(validator).screen.fallback == {}
    got = validate_stores(graph.stores, validator)
    want = validator.validate_all(_each(graph))
    assert want.results
    key = operator.attrgetter("record_id", "focus", "path", "value", "shape", "component")
    assert {key(r) for r in got.results} == {key(r) for r in want.results}
