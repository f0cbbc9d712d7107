"""Files of the Common Impact Data Standard through the real command line, and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import SEED, Cli, running_server
from support.writable import Client, make_store

CONTEXT = [
    "https://ontology.commonapproach.org/contexts/cidsContext.jsonld",
    "https://ontology.commonapproach.org/contexts/sffContext.jsonld",
]
#: As the standard's own tools write it: a flat array, each node with the context's address.
NODES: list[dict[str, Any]] = [
    {
        "@type": "cids:Organization",
        "@id": "https://homes.example/",
        "org:hasLegalName": "Homes for All Inc.",
        "hasAddress": ["https://homes.example/Address/1"],
        "hasOutcome": ["https://homes.example/Outcome/less/"],
        "hasIndicator": ["https://homes.example/Indicator/units/"],
    },
    {
        "@type": "cids:Address",
        "@id": "https://homes.example/Address/1",
        "addressCountry": "Canada",
    },
    {
        "@type": "cids:Theme",
        "@id": "https://metadata.un.org/sdg/11",
        "org:hasName": "Goal 11: Sustainable cities and communities",
        "hasCode": ["https://metadata.un.org/sdg/11"],
        "relatesTo": [],
    },
    {
        "@type": "cids:Outcome",
        "@id": "https://homes.example/Outcome/less/",
        "org:hasName": "Reduced homelessness ",
        "hasDescription": "Fewer people sleep in the streets of the city.",
        "forTheme": ["https://metadata.un.org/sdg/11"],
        "forOrganization": "https://homes.example/",
        "hasIndicator": ["https://homes.example/Indicator/units/"],
        "canEnable": ["https://homes.example/Outcome/health/"],
    },
    {
        "@type": "cids:Indicator",
        "@id": "https://homes.example/Indicator/units/",
        "org:hasName": "Homes created",
        "cids:unitDescription": "Units",
        "forOrganization": "https://homes.example/",
        "forOutcome": "https://homes.example/Outcome/less/",
        "hasIndicatorReport": ["https://homes.example/IndicatorReport/units2024/"],
    },
    {
        "@type": "cids:IndicatorReport",
        "@id": "https://homes.example/IndicatorReport/units2024/",
        "org:hasName": "Homes created",
        "hasComment": "",
        "i72:value": {
            "@context": CONTEXT,
            "@type": "i72:Measure",
            "i72:numerical_value": "1283",
        },
        "prov:startedAtTime": "2024-01-01T05:22:00-08:00",
        "prov:endedAtTime": "2024-12-31T05:22:00-08:00",
        "forIndicator": "https://homes.example/Indicator/units/",
    },
]


def write(folder: Path, nodes: object = None, name: str = "impact.json") -> Path:
    made = folder / name
    nodes = NODES if nodes is None else nodes
    if isinstance(nodes, list):
        nodes = [{"@context": CONTEXT, **node} for node in nodes]
    made.write_text(json.dumps(nodes), "utf-8")
    return made


def without(kind: str) -> list[dict[str, Any]]:
    return [node for node in NODES if node["@type"] != kind]


def test_a_file_becomes_a_linked_record(cli: Cli, tmp_path: Path) -> None:
    done = cli("convert", write(tmp_path), "--to", "json")
    assert done.returncode == 0, done.stderr
    (record,) = json.loads(done.stdout)
    assert record["title"] == "Reduced homelessness"
    assert record["country"] == "CAN"
    assert record["sdgGoals"] == ["11"]
    assert record["contribution"]["contributors"] == ["Homes for All Inc."]
    assert (record["periodStart"], record["periodEnd"]) == ("2024-01-01", "2024-12-31")
    (measure,) = record["measures"]
    assert (measure["title"], measure["unit"]) == ("Homes created", "unit")
    assert [p["actual"] for p in measure["periods"]] == ["1283"]
    assert record["source"]["mediaType"] == "application/ld+json"
    assert "left out: cids:canEnable (1)" in done.stderr


def test_it_is_loaded_queried_exported_and_loaded_again(cli: Cli, tmp_path: Path) -> None:
    store, file = tmp_path / "store", write(tmp_path)
    assert cli("--store", store, "init").returncode == 0
    loaded = cli("--store", store, "load", file)
    assert loaded.returncode == 0, loaded.stderr
    query = (
        "SELECT ?title ?goal { ?o a og:Outcome ; dcterms:title ?title ; og:sdgGoal ?goal ; "
        "og:country/skos:notation 'CAN' }"
    )
    answer = cli("--store", store, "query", "-e", query, "--format", "csv")
    assert "Reduced homelessness,http://metadata.un.org/sdg/11" in answer.stdout, answer.stderr

    out = tmp_path / "out.jsonld"
    exported = cli("--store", store, "export", "--format", "cids", "-o", out)
    assert exported.returncode == 0, exported.stderr
    (document,) = json.loads(out.read_text("utf-8"))
    assert document["@type"] == "cids:Outcome"
    assert document["hasName"] == "Reduced homelessness"

    before, after = (
        json.loads(cli("convert", path, "--to", "json").stdout)[0] for path in (file, out)
    )
    assert before.pop("source") != after.pop("source")
    assert before == after
    again = cli("--store", store, "load", out)
    assert again.returncode == 0, again.stderr
    ids = json.loads(cli("--store", store, "export", "--format", "json").stdout)
    assert [r["id"] for r in ids] == [before["id"]]


def test_the_service_takes_it_too(tmp_path: Path) -> None:
    secrets = make_store(tmp_path / "store")
    with running_server(tmp_path / "store") as server:
        client = Client(server.url, secrets)
        body, kind = write(tmp_path).read_bytes(), "application/ld+json"
        made = client("POST", "/records", body, "steward", Content_Type=kind)
        assert made.status == 201, made.data
        record_id = json.loads(made.data)["id"]
        assert record_id.startswith("homes.example-Outcome-less-")
        assert client("GET", f"/record/{record_id}").status == 200
        again = client("POST", "/records", body, "steward", Content_Type=kind)
        assert json.loads(again.data)["id"] == record_id
        broken = client("POST", "/records", body[:-9], "steward", Content_Type=kind)
        assert broken.status in (400, 422)
        assert b"not well formed JSON" in broken.data


def test_a_file_of_ours_changes_what_was_edited_and_nothing_else(cli: Cli, tmp_path: Path) -> None:
    store, out = tmp_path / "store", tmp_path / "seed.jsonld"
    cli("--store", store, "init")
    assert cli("--store", store, "load", SEED).returncode == 0
    (before,) = json.loads(cli("--store", store, "export", "--format", "json").stdout)
    assert cli("--store", store, "export", "--format", "cids", "-o", out).returncode == 0
    done = cli("--store", store, "load", out)
    assert done.returncode == 0, done.stderr
    assert "LAO226-2020-21-8.1.1: unchanged" in done.stdout
    assert "revision 2" in done.stdout

    (document,) = json.loads(out.read_text("utf-8"))
    document["hasName"] = "Another name"
    (funder,) = (
        s for s in document["hasContributingStakeholder"] if s["hasRole"]["hasName"] == "funder"
    )
    more = json.loads(json.dumps(funder).replace("luxembourg", "sweden").replace("Lux", "Swed"))
    more["exactMatch"].pop("hasID", None)
    more["exactMatch"].pop("hasAddress", None)
    document["hasContributingStakeholder"].append(more)
    out.write_text(json.dumps([document]), "utf-8")
    assert "replaced" in cli("--store", store, "load", out).stdout
    (after,) = json.loads(cli("--store", store, "export", "--format", "json").stdout)
    assert after.pop("title") == "Another name"
    assert len(after.pop("funders")) == len(before["funders"]) + 1
    for name in ("title", "titles", "funders"):
        before.pop(name, None)
        after.pop(name, None)
    assert after == before


def test_the_seed_record_keeps_what_cids_can_say(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "seed.jsonld"
    assert cli("convert", SEED, "--to", "cids", "-o", out).returncode == 0
    before, after = (
        json.loads(cli("convert", path, "--to", "json").stdout)[0] for path in (SEED, out)
    )
    for field in (
        "id",
        "title",
        "achievement",
        "country",
        "achievedOn",
        "constituents",
        "funders",
        "sdgGoals",
        "sdgTargets",
    ):
        assert before[field] == after[field], field
    assert after["contribution"]["contributors"] == before["contribution"]["contributors"]
    assert before["legalActs"]
    assert after["legalActs"] == []


def test_several_records_are_one_array(cli: Cli, tmp_path: Path) -> None:
    more = json.loads(json.dumps(NODES).replace("/Outcome/less/", "/Outcome/more/"))
    done = cli("convert", write(tmp_path), write(tmp_path, more, "b.json"), "--to", "cids")
    documents = json.loads(done.stdout)
    assert len({d["@id"] for d in documents}) == 2
    file = tmp_path / "both.jsonld"
    file.write_text(done.stdout, "utf-8")
    assert len(json.loads(cli("convert", file, "--to", "json").stdout)) == 2


def test_turtle_is_read_the_same_way(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "impact.ttl"
    file.write_text(
        """@prefix cids: <https://ontology.commonapproach.org/cids#> .
@prefix org: <http://ontology.eil.utoronto.ca/tove/organization#> .
<https://homes.example/o> a cids:Outcome ; org:hasName "Less homelessness"@en ;
    cids:hasAddress [ cids:addressCountry "Kenya" ] .
""",
        "utf-8",
    )
    (record,) = json.loads(cli("convert", file, "--to", "json").stdout)
    assert (record["title"], record["country"], record["language"]) == (
        "Less homelessness",
        "KEN",
        "en",
    )


def test_an_outcome_that_lacks_something_does_not_stop_the_others(cli: Cli, tmp_path: Path) -> None:
    bare = {"@type": "cids:Outcome", "@id": "https://x.example/o", "hasName": "Bare"}
    store = tmp_path / "store"
    cli("--store", store, "init")
    done = cli("--store", store, "load", write(tmp_path, [*NODES, bare]))
    assert done.returncode == 1
    assert "No date is given" in done.stdout + done.stderr
    kept = json.loads(cli("--store", store, "export", "--format", "json").stdout)
    assert [r["title"] for r in kept] == ["Reduced homelessness"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (without("cids:Outcome"), "outcomes of the Common Impact Data Standard are of the class"),
        (
            {"@context": "https://elsewhere.example/c.jsonld", "@type": "Outcome"},
            "which does not come with us, and nothing is fetched",
        ),
    ],
)
def test_files_that_are_refused(cli: Cli, tmp_path: Path, content: object, words: str) -> None:
    done = cli("convert", write(tmp_path, content), "--to", "json")
    assert done.returncode == 2
    assert words in done.stderr
    assert "impact.json" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_broken_json_is_refused(cli: Cli, tmp_path: Path) -> None:
    file = write(tmp_path)
    file.write_text(file.read_text("utf-8")[:-20], "utf-8")
    done = cli("convert", file, "--to", "json")
    assert done.returncode == 2
    assert "is not well formed JSON" in done.stderr


def test_an_unknown_goal_is_refused_by_name(cli: Cli, tmp_path: Path) -> None:
    text = json.dumps(NODES).replace("sdg/11", "sdg/18")
    done = cli("convert", write(tmp_path, json.loads(text)), "--to", "json")
    assert done.returncode == 1
    assert "There is no SDG goal 18" in done.stderr
