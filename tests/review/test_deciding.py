"""Decisions over real stores: on the record, on later loads, undone, in bad hands."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path

import pytest
import rdflib

from outcome_graph.errors import (
    ConflictError,
    NonConformingError,
    NotFoundError,
    OutcomeGraphError,
    RecordError,
    UsageError,
)
from outcome_graph.pipeline import OutcomeGraph, restore_store
from outcome_graph.pipeline.reviewing import Filters, Order, Reviewer
from outcome_graph.settings import Settings

from .conftest import BASE, PRY, PRY_ID

OG = "https://w3id.org/outcome-graph/ontology#"
FUNDERS = f"SELECT ?f {{ <{BASE}outcome/{PRY_ID}> og:funder ?f }}"


def key_of(words: str, predicate: str, thing: str, record: str = PRY_ID) -> str:
    """The documented id: SHA-256 of record, predicate, object and words, cut to 12 digits."""
    said = "\n".join((f"{BASE}record/{record}", OG + predicate, thing, words))
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def spain_key(graph: OutcomeGraph) -> str:
    (item,) = Reviewer(graph).pending(Filters(property="funder"))
    return item.id


def funders(graph: OutcomeGraph) -> set[str]:
    return {str(row.f) for row in graph.query(FUNDERS)}


def decide(graph: OutcomeGraph, *orders: Order, agent: str = "ana") -> None:
    Reviewer(graph).decide(orders, agent=agent)


def test_what_awaits_review_is_told_with_its_words_and_place(graph: OutcomeGraph) -> None:
    first, second = Reviewer(graph).pending()
    source = PRY.read_text("utf-8")
    assert "Con la cooperación española" in source
    assert (first.property, first.words, first.confidence) == (
        "funder",
        "Con la cooperación española",
        0.55,
    )
    assert (first.label, first.record, first.place) == ("Government of Spain", PRY_ID, "PRY")
    assert first.place_name == "Paraguay"
    assert first.end is not None
    assert first.start is not None
    assert first.end - first.start == len(first.words)
    assert first.id == key_of(first.words, "funder", first.object)
    assert (second.property, second.words) == ("constituent", "Mesa Interinstitucional")


def test_filters(graph: OutcomeGraph) -> None:
    reviewer = Reviewer(graph)
    assert len(reviewer.pending(Filters(country="Paraguay"))) == 2
    assert reviewer.pending(Filters(country="LAO")) == []
    assert [p.property for p in reviewer.pending(Filters(property="og:constituent"))] == [
        "constituent"
    ]
    assert [p.property for p in reviewer.pending(Filters(min_confidence=0.5))] == ["funder"]
    assert reviewer.pending(Filters(record="LAO226-2020-21-8.1.1")) == []
    assert reviewer.count(Filters(record=PRY_ID)) == 2
    assert len(reviewer.pending(limit=1)) == 1
    for bad in (Filters(country="Atlantis"), Filters(property="colour"), Filters(min_confidence=2)):
        with pytest.raises(UsageError):
            reviewer.pending(bad)


def test_accepting_states_the_link_and_holds_when_loaded_again(graph: OutcomeGraph) -> None:
    key, before = spain_key(graph), graph.record(PRY_ID)
    revision = graph.store.revision()
    decide(graph, Order(key, "accept"))
    assert graph.store.revision() == revision + 1
    after = graph.record(PRY_ID)
    (new,) = {o.slug for o in after.funders} - {o.slug for o in before.funders}
    assert [c.field for c in after.candidates] == ["constituents"]
    (evidence,) = [e for e in after.evidence if e.key == new]
    assert (evidence.quote, evidence.decision) == ("Con la cooperación española", f"{key}-1")
    summary = graph.load(PRY)
    # Of the page's two candidates one was decided on, the other still waits: both are told.
    assert (summary.settled, summary.candidates) == (1, 1)
    assert "candidates to review 1, settled by earlier decisions 1" in summary.to_text()
    assert graph.record(PRY_ID) == after
    assert graph.load(PRY).committed[0].status == "unchanged"
    assert graph.history(PRY_ID)[-1].agent == "ana"


def test_rejecting_drops_the_link_for_good(graph: OutcomeGraph) -> None:
    before = funders(graph)
    decide(graph, Order(spain_key(graph), "reject", reason="It was Portugal’s embassy"))
    for _ in range(2):
        assert [c.field for c in graph.record(PRY_ID).candidates] == ["constituents"]
        assert funders(graph) == before
        graph.load(PRY)


def test_correcting_states_what_is_meant_and_holds(graph: OutcomeGraph) -> None:
    before = funders(graph)
    decide(graph, Order(spain_key(graph), "correct", to="Government of Portugal"))
    for _ in range(2):
        (new,) = funders(graph) - before
        assert "portugal" in new
        assert [c.field for c in graph.record(PRY_ID).candidates] == ["constituents"]
        graph.load(PRY)


@pytest.mark.parametrize(
    ("verdict", "to"), [("accept", None), ("reject", None), ("correct", "PRT")]
)
def test_undoing_restores_the_record_and_frees_later_loads(
    graph: OutcomeGraph, verdict: str, to: str | None
) -> None:
    key, before = spain_key(graph), graph.record(PRY_ID)
    decide(graph, Order(key, verdict, to))  # type: ignore[arg-type]
    graph.load(PRY)
    decide(graph, Order(key, "undo"), agent="ben")
    assert graph.record(PRY_ID) == before
    graph.load(PRY)
    assert graph.record(PRY_ID) == before
    told = [(p.decision.verdict, p.decision.agent, p.holds) for p in Reviewer(graph).history()]
    assert told == [("undo", "ben", False), (verdict, "ana", False)]
    with pytest.raises(ConflictError, match="undone already"):
        decide(graph, Order(key, "undo"))
    decide(graph, Order(key, "accept"))
    assert spainful(graph)


def spainful(graph: OutcomeGraph) -> bool:
    return any("spain" in iri for iri in funders(graph))


def test_decisions_are_provenance_that_anybody_can_query(graph: OutcomeGraph) -> None:
    key = spain_key(graph)
    decide(graph, Order(key, "reject", reason="No money was given"))
    (row,) = graph.query(
        f"""SELECT ?who ?when ?why ?words {{ GRAPH <{BASE}decisions/{PRY_ID}> {{
          ?d a og:Decision, prov:Activity ; og:verdict "reject" ; og:reviewId "{key}" ;
             prov:wasAssociatedWith/rdfs:label ?who ; prov:startedAtTime ?when ;
             prov:used <{BASE}record/{PRY_ID}> ; dcterms:description ?why ; prov:value ?words ;
             rdf:subject <{BASE}outcome/{PRY_ID}> ; rdf:predicate og:funder }} }}"""
    )
    assert (str(row.who), str(row.why)) == ("ana", "No money was given")
    assert str(row.words) == "Con la cooperación española"
    # A body that was rejected is no organisation of the store any more.
    names = "SELECT ?o { ?o a org:Organization ; skos:prefLabel 'Government of Spain'@en }"
    assert list(graph.query(names)) == []


def other_record(tmp_path: Path, country: str = "PRY") -> tuple[Path, str]:
    """The record again as another result: other code, title and date."""
    text = PRY.read_text("utf-8").replace("PRY126", f"{country}777").replace("PRY", country)
    text = text.replace("El registro de afiliados se puso en servicio", "Otro resultado")
    path = tmp_path / f"{country}777.trig"
    path.write_text(text, "utf-8")
    return path, f"{country}777-2022-23-8.2.1"


def test_the_same_words_in_the_same_country_are_not_asked_again(
    graph: OutcomeGraph, tmp_path: Path
) -> None:
    key = spain_key(graph)
    decide(graph, Order(key, "accept"))
    path, other = other_record(tmp_path)
    graph.load(path)
    record = graph.record(other)
    assert [c.field for c in record.candidates] == ["constituents"]
    (evidence,) = [e for e in record.evidence if e.decision]
    (carried,) = [p.decision for p in Reviewer(graph).history(other)]
    assert evidence.decision == carried.name
    assert carried.origin is not None
    assert carried.origin.value == f"{BASE}decisions/{PRY_ID}#{key}-1"
    # Undoing the first undoes what it brought about.
    decide(graph, Order(key, "undo"))
    assert len(graph.record(other).candidates) == 2
    assert len(graph.record(PRY_ID).candidates) == 2
    graph.load(path)
    assert len(graph.record(other).candidates) == 2


def test_an_edited_row_asks_nothing_twice(graph: OutcomeGraph, tmp_path: Path) -> None:
    heading = "Record ID,Profile,Country,Title,Date achieved,Outcome achieved,Constituents\n"
    told = "Parliament adopted a national strategy of social protection with pensions."
    path = tmp_path / "table.csv"
    for title in ("First title", "Another title of other words", "A third title"):
        path.write_text(
            f"{heading}ROW-1,core,Zambia,{title},2022-01-02,{told},Ministry of Labour\n", "utf-8"
        )
        assert graph.load(path).exit_code == 0
        asked = [item.id for item in Reviewer(graph).pending(Filters(record="ROW-1"))]
        assert asked
        assert len(asked) == len(set(asked))
    kept = [(c.field, c.key, c.quote) for c in graph.record("ROW-1").candidates]
    assert len(kept) == len(set(kept))


MESA = f"{BASE}organisation/pry-mesa-interinstitucional"


def with_new_iri(tmp_path: Path, name: str = "Mesa Interinstitucional") -> Path:
    """The record as a later version of the program would read it: a body has another IRI."""
    text = PRY.read_text("utf-8").replace("pry-mesa-interinstitucional", "pry-the-mesa")
    path = tmp_path / PRY.name
    path.write_text(text.replace('"Mesa Interinstitucional"@es', f'"{name}"@es'), "utf-8")
    return path


@pytest.mark.parametrize("verdict", ["accept", "reject"])
def test_a_decision_holds_when_the_thing_gets_another_iri(
    graph: OutcomeGraph, tmp_path: Path, verdict: str
) -> None:
    key = key_of("Mesa Interinstitucional", "constituent", MESA)
    decide(graph, Order(key, verdict))  # type: ignore[arg-type]
    summary = graph.load(with_new_iri(tmp_path))
    assert summary.settled == 1
    record = graph.record(PRY_ID)
    assert [c.field for c in record.candidates] == ["funders"]
    assert ("pry-the-mesa" in {o.slug for o in record.constituents}) == (verdict == "accept")
    # And it can be undone as before.
    decide(graph, Order(key, "undo"))
    graph.load(with_new_iri(tmp_path))
    assert {c.field for c in graph.record(PRY_ID).candidates} == {"funders", "constituents"}


def test_what_bears_another_name_is_asked_again(graph: OutcomeGraph, tmp_path: Path) -> None:
    decide(graph, Order(key_of("Mesa Interinstitucional", "constituent", MESA), "accept"))
    summary = graph.load(with_new_iri(tmp_path, "Mesa de Diálogo"))
    assert summary.settled == 0
    assert {c.field for c in graph.record(PRY_ID).candidates} == {"funders", "constituents"}


def test_in_another_country_it_is_asked_again(graph: OutcomeGraph, tmp_path: Path) -> None:
    decide(graph, Order(spain_key(graph), "accept"))
    path, other = other_record(tmp_path, "URY")
    summary = graph.load(path)
    assert summary.settled == 0
    assert "settled" not in summary.to_text()
    assert other in [item.id for item in summary.committed], summary.to_text()
    assert len(graph.record(other).candidates) == 2


def test_all_or_nothing(graph: OutcomeGraph) -> None:
    first, second = Reviewer(graph).pending()
    before = graph.store.revision()
    with pytest.raises(OutcomeGraphError):
        decide(graph, Order(first.id, "accept"), Order(second.id, "correct", to="blah blah"))
    assert graph.store.revision() == before
    assert len(graph.record(PRY_ID).candidates) == 2
    decide(graph, Order(first.id, "accept"), Order(second.id, "reject"))
    assert graph.store.revision() == before + 1
    assert graph.record(PRY_ID).candidates == ()


def test_bad_input_is_refused_with_words(graph: OutcomeGraph) -> None:
    key, revision = spain_key(graph), graph.store.revision()
    for orders, kind, words in (
        ([], UsageError, "Nothing is decided"),
        ([Order("0" * 12, "accept")], NotFoundError, "awaits review"),
        ([Order(key, "accept"), Order(key, "reject")], UsageError, "twice"),
        ([Order(key, "correct")], UsageError, "what is meant"),
        ([Order(key, "accept", to="LAO")], UsageError, "what is meant"),
        ([Order(key, "perhaps")], UsageError, "accept, reject, correct, undo"),  # type: ignore[arg-type]
        ([Order(key, "undo")], NotFoundError, "nothing to undo"),
        ([Order(key, "correct", to="Xyzzy Plugh")], RecordError, "Xyzzy Plugh"),
        ([Order(key, "correct", to="http://example.org/x")], RecordError, "example.org"),
        ([Order(key, "correct", to="Government of Spain")], RecordError, "accept it instead"),
        ([Order(key, "accept", record="NOT-THERE")], ConflictError, "changed or removed"),
        ([Order(key, "reject", reason="x" * 2000)], UsageError, "reason"),
    ):
        with pytest.raises(kind, match=words):
            decide(graph, *orders)
    with pytest.raises(UsageError, match="agent"):
        decide(graph, Order(key, "accept"), agent="  ")
    assert graph.store.revision() == revision


def test_who_is_not_clear_is_told_with_the_choices(graph: OutcomeGraph) -> None:
    with pytest.raises(RecordError, match="Give the IRI of the one you mean") as caught:
        decide(graph, Order(spain_key(graph), "correct", to="World Bnak"))
    choices = " ".join(caught.value.problems)
    assert "World Bank" in choices
    assert BASE + "organisation/" in choices


def test_a_body_that_nobody_knows_yet_can_be_named(graph: OutcomeGraph) -> None:
    before = funders(graph)
    with pytest.raises(RecordError, match="write “new: Fundación Nueva Esperanza”"):
        decide(graph, Order(spain_key(graph), "correct", to="Fundación Nueva Esperanza"))
    decide(graph, Order(spain_key(graph), "correct", to="new: Fundación Nueva Esperanza"))
    for _ in range(2):
        (new,) = funders(graph) - before
        assert "fundacion-nueva-esperanza" in new
        graph.load(PRY)
    (label,) = graph.query(f"SELECT ?l {{ <{new}> skos:prefLabel ?l }}")
    assert str(label.l) == "Fundación Nueva Esperanza"


def test_a_new_body_that_is_known_after_all_is_the_known_one(graph: OutcomeGraph) -> None:
    before = funders(graph)
    decide(graph, Order(spain_key(graph), "correct", to="New: Banco Mundial"))
    assert funders(graph) - before == {BASE + "organisation/world-bank"}


@pytest.mark.parametrize("words", ["new:", "new: 12", "new:  -"])
def test_a_new_body_needs_a_name(graph: OutcomeGraph, words: str) -> None:
    with pytest.raises(RecordError, match="Write the name"):
        decide(graph, Order(spain_key(graph), "correct", to=words))


def test_decided_twice_is_a_conflict(graph: OutcomeGraph) -> None:
    key = spain_key(graph)
    decide(graph, Order(key, "reject"))
    with pytest.raises(ConflictError, match="rejected already, by ana"):
        decide(graph, Order(key, "accept"), agent="ben")


def test_of_many_who_decide_at_once_one_does(graph: OutcomeGraph) -> None:
    key, done, failed = spain_key(graph), list[str](), list[Exception]()

    def run(name: str) -> None:
        try:
            decide(graph, Order(key, "accept"), agent=name)
            done.append(name)
        except ConflictError as error:
            failed.append(error)

    threads = [threading.Thread(target=run, args=(f"officer {n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(done), len(failed)) == (1, 5)
    assert [p.decision.agent for p in Reviewer(graph).history()] == done


def test_a_decision_that_breaks_the_rules_is_refused(graph: OutcomeGraph, tmp_path: Path) -> None:
    # There is no SDG target 99.9: as a candidate it harms nothing, as a fact it breaks a rule.
    text = PRY.read_text("utf-8")
    extra = f"""
@prefix og: <{OG}> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
<{BASE}record/{PRY_ID}> {{
  <{BASE}outcome/{PRY_ID}> og:candidate <{BASE}record/{PRY_ID}#candidate-9> .
  <{BASE}record/{PRY_ID}#candidate-9> a og:Candidate ; rdf:subject <{BASE}outcome/{PRY_ID}> ;
    rdf:predicate og:sdgTarget ; rdf:object <http://metadata.un.org/sdg/99.9> ;
    og:confidence 0.4 ; prov:value "target 99.9" .
}}
"""
    path = tmp_path / "bad.trig"
    path.write_text(f"@base <{BASE}> .\n{text}\n{extra}", "utf-8")
    assert not graph.load(path).refused
    (item,) = Reviewer(graph).pending(Filters(property="sdgTarget"))
    revision = graph.store.revision()
    with pytest.raises(NonConformingError) as caught:
        decide(graph, Order(item.id, "accept"))
    assert caught.value.report is not None
    assert graph.store.revision() == revision


def test_decisions_outlive_a_restart_and_are_in_backup_and_export(
    store: Path, tmp_path: Path
) -> None:
    with OutcomeGraph.open(store, base=BASE) as graph:
        key = spain_key(graph)
        decide(graph, Order(key, "reject"))
        graph.backup(tmp_path / "copy")
        graph.export(tmp_path / "all.nq")
    dataset = rdflib.Dataset()
    dataset.parse(tmp_path / "all.nq", format="nquads")
    kept = dataset.graph(rdflib.URIRef(f"{BASE}decisions/{PRY_ID}"))
    assert (None, rdflib.RDF.type, rdflib.URIRef(OG + "Decision")) in kept
    settings = Settings.load(store=str(tmp_path / "other"), base=BASE)
    restore_store(settings, tmp_path / "copy")
    for place in (store, tmp_path / "other"):
        with OutcomeGraph.open(place, base=BASE) as graph:
            graph.load(PRY)
            assert [c.field for c in graph.record(PRY_ID).candidates] == ["constituents"]
            with pytest.raises(ConflictError):
                decide(graph, Order(key, "accept"))


def test_what_is_internal_stays_out_of_public_decisions(
    graph: OutcomeGraph, tmp_path: Path
) -> None:
    text = PRY.read_text("utf-8").replace(
        "concept/visibility/public", "concept/visibility/internal"
    )
    assert text != PRY.read_text("utf-8")
    path = tmp_path / "internal.trig"
    path.write_text(text, "utf-8")
    graph.load(path)
    assert Reviewer(graph, internal=False).pending() == []
    item = Reviewer(graph).pending(Filters(property="funder"))[0]
    assert item.internal
    revision = graph.store.revision()
    with pytest.raises(NotFoundError):
        Reviewer(graph, internal=False).decide([Order(item.id, "accept")], agent="ana")
    decide(graph, Order(item.id, "accept"))
    assert graph.store.revision() == revision
    assert not graph.store.graph(graph.minter.decisions(PRY_ID))
    assert Reviewer(graph, internal=False).history() == []
    assert [p.internal for p in Reviewer(graph).history()] == [True]
