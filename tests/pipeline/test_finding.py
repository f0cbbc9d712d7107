"""Finding results in memory: what commits change, and the order of what is found."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from support.engines import oxigraph_server

from outcome_graph.bench.records import synthetic_records
from outcome_graph.mapping import record_to_triples
from outcome_graph.model import OutcomeRecord, Recipient, texts
from outcome_graph.namespaces import SKOS
from outcome_graph.pipeline import OutcomeGraph, result_index
from outcome_graph.pipeline.finding import Found, NewestResults, Wanted, table
from outcome_graph.pipeline.result_index import ResultIndex, searchable
from outcome_graph.rdf import Literal, Triple
from outcome_graph.store import AnswerFormats, Commit, GraphChange, QueryRequest, UpdateRequest

MADE = list(synthetic_records(4, seed=11))


@pytest.fixture(params=["embedded", "remote"])
def graph(
    request: pytest.FixtureRequest, tmp_path: Path, fresh_store: Path
) -> Iterator[OutcomeGraph]:
    if request.param == "embedded":
        with OutcomeGraph.open(fresh_store) as opened:
            yield opened
        return
    with oxigraph_server(tmp_path) as engine, OutcomeGraph.open(engine.query) as opened:
        yield opened


def keep(graph: OutcomeGraph, *records: OutcomeRecord) -> None:
    changes = tuple(
        GraphChange(graph.minter.record(r.id), tuple(record_to_triples(r, graph.minter)))
        for r in records
    )
    graph.store.commit(Commit(changes=changes, reason="test", agent="test"))


def ids(results: NewestResults, *words: str) -> list[str]:
    wanted = Wanted(tuple(map(searchable, words)))
    return [entry.id for entry in Found.of(results.newest(), wanted).entries]


def assert_as_read_anew(graph: OutcomeGraph, results: NewestResults) -> None:
    kept, anew = results.newest(), ResultIndex.read(graph.answer, graph.store.revision())
    assert kept.revision == anew.revision
    assert kept.newest == anew.newest
    for mine, other in zip(kept.newest, anew.newest, strict=True):
        assert kept.titles(mine) == anew.titles(other)
        for word in ("strategie", "zebra", "workers", "garment"):
            assert kept.with_word(word, [mine]) == anew.with_word(word, [other])
    assert kept.labels == anew.labels


def test_it_follows_what_is_committed(graph: OutcomeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    results = NewestResults(graph.answer, graph.store)
    keep(graph, *MADE[:2])
    assert {*ids(results)} == {r.id for r in MADE[:2]}
    # From here on nothing may be read anew: everything is learnt from the journal.
    read = ResultIndex.read
    monkeypatch.setattr(ResultIndex, "read", None)
    steps = [
        lambda: keep(graph, *MADE[2:]),
        lambda: keep(graph, replace(MADE[0], titles=texts("Nouvelle stratégie"))),
        lambda: graph.delete(MADE[1].id),
        lambda: graph.store.update(
            UpdateRequest(
                sparql="DELETE { GRAPH ?g { ?o og:achievement ?text } } "
                f"INSERT {{ GRAPH ?g {{ ?o og:achievement 'zebra' }} }} WHERE {{ GRAPH ?g {{ "
                f"?o dcterms:identifier '{MADE[2].id}' ; og:achievement ?text }} }}"
            ),
            reason="test",
            agent="test",
        ),
    ]
    expected = [
        (MADE[3].id, {r.id for r in MADE}),
        ("nouvelle strategie", {MADE[0].id}),
        (MADE[1].id, set()),
        ("zebra", {MADE[2].id}),
    ]
    for step, (words, found) in zip(steps, expected, strict=True):
        step()
        if len(found) > 1:
            assert {*ids(results)} == found
        assert {*ids(results, words)} <= found
        assert bool(ids(results, words)) == bool(found)
    monkeypatch.setattr(ResultIndex, "read", read)
    assert_as_read_anew(graph, results)


def test_it_follows_names(graph: OutcomeGraph) -> None:
    results = NewestResults(graph.answer, graph.store)
    keep(graph, MADE[0])
    (funder,) = results.newest().newest[0].funder
    graph.store.update(
        UpdateRequest(
            sparql=f"DELETE {{ GRAPH ?g {{ <{funder}> skos:prefLabel ?old }} }} "
            f"INSERT {{ GRAPH ?g {{ <{funder}> skos:prefLabel 'Fonds'@fr }} }} "
            f"WHERE {{ GRAPH ?g {{ <{funder}> skos:prefLabel ?old }} }}"
        ),
        reason="test",
        agent="test",
    )
    assert results.newest().label(funder, SKOS.prefLabel) == [Literal("Fonds", language="fr")]
    assert_as_read_anew(graph, results)


def test_it_follows_recipients(graph: OutcomeGraph) -> None:
    results = NewestResults(graph.answer, graph.store)
    for country in ("UGA", "RWA"):
        several = (Recipient("KEN", "60"), Recipient(country, "40"))
        keep(graph, replace(MADE[0], country=None, region="RAF", recipients=several))
        (entry,) = results.newest().newest
        mint = graph.minter
        places = (mint.country("KEN"), mint.country(country), mint.region("RAF"))
        assert {*entry.country} == {place.value for place in places}
        assert (entry.place, entry.regional) == (mint.region("RAF").value, True)
    assert_as_read_anew(graph, results)


def test_a_bulk_load_is_seen(tmp_path: Path) -> None:
    """Its patch is not journalled."""
    data = tmp_path / "more.nq"
    record = "<https://w3id.org/outcome-graph/record/X1> ."
    outcome = "<https://w3id.org/outcome-graph/outcome/X1>"
    data.write_text(
        f"{outcome} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        f"<https://w3id.org/outcome-graph/ontology#Outcome> {record}\n"
        f'{outcome} <http://purl.org/dc/terms/identifier> "X1" {record}\n'
    )
    with OutcomeGraph.open(tmp_path / "store") as graph:
        results = NewestResults(graph.answer, graph.store)
        keep(graph, MADE[0])
        assert ids(results, "x1") == []
        graph.store.bulk_load(data, "application/n-quads", reason="test", agent="test")
        assert ids(results, "x1") == ["X1"]


def titled(*titles: str) -> list[OutcomeRecord]:
    """Return records with these titles, each older than the one before."""
    dated = sorted(MADE, key=lambda r: str(r.achieved_on), reverse=True)
    return [replace(r, titles=texts(t)) for r, t in zip(dated, titles, strict=False)]


@pytest.mark.parametrize(
    ("words", "order"),
    [
        # The word begins a word of the title; then it is only in the text or inside a word.
        (("law",), (1, 2, 0)),
        (("LAW",), (1, 2, 0)),
        # More of the words in the title come first, whatever the date.
        (("decree", "law"), (2,)),
        (("protecao",), (1,)),
        (("PROTEÇÃO",), (1,)),
        (("l'emploi",), (2,)),
        (("utlaw",), (0,)),
        (("100%",), ()),
        ((".*",), ()),
    ],
)
def test_the_best_come_first(tmp_path: Path, words: Sequence[str], order: tuple[int, ...]) -> None:
    made = titled("Outlawed practice", "Law on proteção", "Decree and law on l’emploi")
    made = [replace(r, achievement=texts("Nothing else.")) for r in made]
    with OutcomeGraph.open(tmp_path / "store") as graph:
        keep(graph, *made)
        results = NewestResults(graph.answer, graph.store)
        assert ids(results, *words) == [made[n].id for n in order]


def test_the_table_is_whole_and_bounded(tmp_path: Path) -> None:
    with OutcomeGraph.open(tmp_path / "store") as graph:
        keep(graph, *MADE)
        index = NewestResults(graph.answer, graph.store).newest()
        request = QueryRequest(sparql="", formats=AnswerFormats(solutions="text/csv"))
        with table(index, index.newest, request) as answer:
            rows = list(csv.DictReader(b"".join(answer.chunks()).decode().splitlines()))
        assert [row["achieved"] for row in rows] == sorted(
            (str(r.achieved_on) for r in MADE), reverse=True
        )
        by_id = {row["id"]: row for row in rows}
        for record in MADE:
            row = by_id[record.id]
            assert row["countryCode"] == record.country
            assert row["title"] == record.titles[0].value
            assert row["targets"] == "; ".join(sorted(record.sdg_targets))
            assert row["funders"] == "; ".join(str(f.name) for f in record.funders)
        with table(index, index.newest, replace(request, max_rows=2)) as answer:
            assert len(b"".join(answer.chunks()).splitlines()) == 3
            assert "only the first 2 rows" in str(answer.truncated)


def test_texts_of_what_is_no_more_are_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(result_index, "_SLACK", 0)
    with OutcomeGraph.open(tmp_path / "store") as graph:
        keep(graph, *MADE)
        results = NewestResults(graph.answer, graph.store)
        assert len(ids(results)) == len(MADE)
        for number in range(5):
            keep(graph, *(replace(r, titles=texts(f"The {number}. title")) for r in MADE))
            assert len(ids(results, f"{number}. title")) == len(MADE)
        held = sum(entry.last - entry.start for entry in results.newest().newest)
        assert results.newest().size < 4 * held
        assert ids(results, "0. title") == []


def test_a_funder_with_names_in_several_languages_is_told_once(tmp_path: Path) -> None:
    with OutcomeGraph.open(tmp_path / "store") as graph:
        record = next(r for r in MADE if r.funders)
        keep(graph, record)
        iri = graph.minter.organisation(record.funders[0].slug)
        also = Triple(iri, SKOS.prefLabel, Literal("Un autre nom", language="fr"))
        named = GraphChange(
            graph.minter.record(record.id),
            (*graph.store.graph(graph.minter.record(record.id)), also),
        )
        graph.store.commit(Commit(changes=(named,), reason="test", agent="test"))
        index = NewestResults(graph.answer, graph.store).newest()
        request = QueryRequest(sparql="", formats=AnswerFormats(solutions="text/csv"))
        with table(index, index.newest, request) as answer:
            (row,) = csv.DictReader(b"".join(answer.chunks()).decode().splitlines())
        assert row["funders"] == "; ".join(sorted(str(f.name) for f in record.funders))
