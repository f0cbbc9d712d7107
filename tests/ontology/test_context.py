"""The JSON-LD context: natural keys out, the same statements back in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse, serialize
from rdflib.compare import isomorphic

# rdflib's JSON-LD parser builds a graph of a kind that rdflib itself calls deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

SEED = "LAO226-2020-21-8.1.1"
RECORDS = sorted(p.stem for p in (Path(__file__).parent / "records").glob("*.trig"))


@pytest.fixture(scope="module")
def context(root: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((root / "ontology" / "context.jsonld").read_text("utf-8"))
    return loaded


def compact(graph: rdflib.Graph, context: dict[str, Any]) -> str:
    return graph.serialize(format="json-ld", context=context["@context"])


@pytest.mark.parametrize("record", RECORDS)
def test_a_record_survives_the_round_trip(
    record: str, context: dict[str, Any], records: dict[str, rdflib.Graph]
) -> None:
    graph = records[record]
    document = compact(graph, context)
    assert isomorphic(rdflib.Graph().parse(data=document, format="json-ld"), graph)
    # The other reader, which is ours in production, understands the context in the same way.
    triples = [quad.triple for quad in parse(document.encode(), format=RdfFormat.JSON_LD)]
    ntriples = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    assert isomorphic(rdflib.Graph().parse(data=ntriples.decode(), format="nt"), graph)


def test_the_seed_reads_naturally(
    base: str, context: dict[str, Any], records: dict[str, rdflib.Graph]
) -> None:
    document = json.loads(compact(records[SEED], context))
    nodes = {node["id"]: node for node in document["graph"]}
    outcome = nodes[f"{base}outcome/{SEED}"]
    assert outcome["type"] == "Outcome"
    assert outcome["code"] == "LAO226"
    assert outcome["achievedOn"] == "2020-04-01"
    assert outcome["country"] == f"{base}country/LAO"
    assert outcome["title"] == {
        "en": "The National Social Protection Strategy was officially launched"
    }
    assert len(outcome["constituent"]) == 6
    activity = nodes[f"{base}activity/{SEED}/1"]
    assert (activity["startDate"], activity["endDate"]) == ("2020-08-25", "2020-08-27")
    assert activity["place"] == "Thalat"
    act = nodes[f"{base}legal-act/LAO/2020/decree-224"]
    assert set(act["type"]) == {"LegalAct", "LegalResource"}
    assert act["number"] == "224"
    assert act["passedBy"] == f"{base}organisation/lao-prime-minister"


def test_a_document_written_by_hand_is_understood(base: str, context: dict[str, Any]) -> None:
    document = {
        "@context": context["@context"],
        "id": f"{base}outcome/X",
        "type": "Outcome",
        "country": f"{base}country/LAO",
        "achievedOn": "2020-04-01",
        "title": {"en": "A strategy", "fr": "Une stratégie"},
        "contribution": {"type": "Contribution", "activity": {"participants": 30}},
    }
    graph = rdflib.Graph().parse(data=json.dumps(document), format="json-ld")
    og = rdflib.Namespace("https://w3id.org/outcome-graph/ontology#")
    outcome = rdflib.URIRef(f"{base}outcome/X")
    assert graph.value(outcome, og.country) == rdflib.URIRef(f"{base}country/LAO")
    date = rdflib.Literal("2020-04-01", datatype=rdflib.XSD.date)
    assert graph.value(outcome, og.achievedOn) == date
    assert rdflib.Literal("Une stratégie", lang="fr") in graph.objects(
        outcome, rdflib.DCTERMS.title
    )
    assert list(graph.objects(None, og.participants)) == [rdflib.Literal(30)]


def test_the_context_reaches_out_to_nothing(context: dict[str, Any]) -> None:
    assert set(context) == {"@context"}
    assert isinstance(context["@context"], dict)
    assert "@import" not in json.dumps(context)
    for value in context["@context"].values():
        assert not (isinstance(value, dict) and "@context" in value)
