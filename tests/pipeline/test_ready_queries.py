"""What the ready queries count, on records whose facts were read by people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from outcome_graph.namespaces import SKOS
from outcome_graph.pipeline import OutcomeGraph
from outcome_graph.pipeline.canned import canned_query
from outcome_graph.rdf import Literal, NamedNode, Triple
from outcome_graph.store import Commit, GraphChange

ROOT = Path(__file__).parents[2]
SEED = ROOT / "data" / "outcomes" / "LAO226-2020-21-8.1.1.txt"
#: A Paraguayan record with two candidates.
PRY = ROOT / "tests" / "ontology" / "records" / "PRY126-2022-23-8.2.1.trig"
#: Of whatever a record names by a label: a name in another language, as publishers of IATI give it.
ALSO_NAMED = NamedNode("http://example.org/names")
NAMED = """
SELECT DISTINCT ?thing WHERE {
  { ?outcome og:funder|og:constituent ?thing } UNION { ?candidate rdf:object ?thing }
  ?thing skos:prefLabel ?name
}
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OutcomeGraph]:
    with OutcomeGraph.open(tmp_path_factory.mktemp("ready") / "store") as opened:
        assert opened.load(SEED, PRY).exit_code == 0
        yield opened


def ask(graph: OutcomeGraph, name: str, **values: str) -> list[dict[str, str]]:
    with graph.answer(canned_query(name).request(values, graph)) as answer:
        rows = json.loads(b"".join(answer.chunks()))["results"]["bindings"]
    return [{key: value["value"] for key, value in row.items()} for row in rows]


def test_by_year(graph: OutcomeGraph) -> None:
    years = {
        row["year"]: (row["results"], row["countries"]) for row in ask(graph, "results-by-year")
    }
    # 1 April 2020 in the one, 30 November 2023 in the other.
    assert years == {"2020": ("1", "1"), "2023": ("1", "1")}
    assert [row["year"] for row in ask(graph, "results-by-year", country="Laos")] == ["2020"]
    assert ask(graph, "results-by-year", target="16.9") == []


def test_by_region(graph: OutcomeGraph) -> None:
    """Lao PDR and Paraguay: regions of M49, regions of the ILO, and the UN's groups."""
    rows = ask(graph, "results-by-region")
    counted = {row["code"]: (row["results"], row["countries"]) for row in rows}
    assert counted == {
        "m49/001": ("2", "2"),
        **dict.fromkeys(("m49/142", "m49/035", "ilo/asia-pacific", "group/ldc"), ("1", "1")),
        **dict.fromkeys(("m49/019", "m49/419", "m49/005", "ilo/americas"), ("1", "1")),
        # Both have no coast.
        "group/lldc": ("2", "2"),
    }
    assert {row["scheme"] for row in rows} == {
        "Regions of the United Nations",
        "ILO regions",
        "Country groups",
    }


def test_a_donor_is_counted_once_however_it_is_named(tmp_path: Path) -> None:
    """Government, agency and ministry are one donor in the DAC's list; IDA is another."""
    table = tmp_path / "funders.csv"
    table.write_text(
        "Record ID,Profile,Country,Title,Date achieved,Outcome achieved,Funders,Projects\n"
        "T-1,core,Lao PDR,First,2021-03-01,A plan,LuxDev; Luxembourg,LAO/16/02/LUX\n"
        "T-2,core,Viet Nam,Second,2021-04-01,A law,Luxembourg Ministry of Foreign Affairs,\n"
        "T-3,core,Kenya,Third,2021-05-01,A fund,AusAID; DFAT; IDA (World Bank),\n",
        "utf-8",
    )
    with OutcomeGraph.open(tmp_path / "store") as opened:
        assert opened.load(table).exit_code == 0
        rows = ask(opened, "results-by-funder-country")
        assert len(ask(opened, "results-by-funder")) == 6
    assert {(row["donor"], row["donorCode"]): row["results"] for row in rows} == {
        ("Luxembourg", "22"): "2",
        ("Australia", "801"): "1",
        ("International Development Association", "905"): "1",
    }


@pytest.mark.parametrize(
    "name", ["results-by-funder", "funders-by-biennium", "constituents", "candidates"]
)
def test_names_in_several_languages_make_no_rows(graph: OutcomeGraph, name: str) -> None:
    before = ask(graph, name)
    things = [NamedNode(str(row["thing"])) for row in graph.query(NAMED)]
    assert len(things) > 5
    names = tuple(Triple(t, SKOS.prefLabel, Literal("Zzz", language="fr")) for t in things)
    change = GraphChange(ALSO_NAMED, names)
    graph.store.commit(Commit(changes=(change,), reason="test", agent="test"))
    assert ask(graph, name) == before
    empty = GraphChange(ALSO_NAMED, ())
    graph.store.commit(Commit(changes=(empty,), reason="test", agent="test"))
