"""``POST /records`` and PUT, DELETE of ``/record/{id}``, against the real server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest
from conftest import running_server
from iati.conftest import activity, document
from support.stores import SEED
from support.writable import BASE, SEED_ID, Client, make_store

PAGE = {"Content_Type": "text/plain"}
TEXT = SEED.read_text("utf-8")
#: The same result under another code: another record.
OTHER = TEXT.replace("LAO226", "LAO227").encode()
OTHER_ID = SEED_ID.replace("226", "227")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("records") / "store"


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[Client]:
    secrets = make_store(folder)
    with running_server(folder) as server:
        yield Client(server.url, secrets)


def test_a_page_becomes_a_record(client: Client) -> None:
    dry = client("POST", "/records?dry-run", OTHER, "steward", **PAGE)
    assert dry.status == 200
    assert json.loads(dry.data)["dryRun"] is True
    assert client("GET", f"/record/{OTHER_ID}").status == 404
    made = client("POST", "/records", OTHER, "steward", **PAGE)
    assert made.status == 201, made.data
    facts = json.loads(made.data)
    assert (facts["id"], facts["status"], facts["public"]) == (OTHER_ID, "created", True)
    assert made.headers["Location"].endswith(f"/record/{OTHER_ID}")
    assert client("GET", made.headers["Location"], Accept="text/turtle").status == 200
    ask = f"ASK {{ <{BASE}outcome/{OTHER_ID}> og:code 'LAO227' }}"
    assert client.ask(ask, made.headers["X-Revision"])
    again = client("POST", "/records", OTHER, "steward", **PAGE)
    assert (again.status, json.loads(again.data)["status"]) == (200, "unchanged")
    assert again.headers["X-Revision"] == made.headers["X-Revision"]


def test_activities_before_a_broken_place_are_not_written(client: Client) -> None:
    data = document(activity("AA-AAA-1-BROKEN"), "<iati-activity><title></iati-activity>")
    xml = {"Content_Type": "application/xml"}
    before = client("GET", "/health/ready").headers["X-Revision"]
    answer = client("POST", "/records", data, "steward", **xml)
    assert answer.status == 400
    detail = json.loads(answer.data)["detail"]
    assert "the activity before this place was read" in detail
    assert detail.endswith("Nothing was written.")
    assert client("GET", "/health/ready").headers["X-Revision"] == before
    made = client("POST", "/records", document(activity("AA-AAA-1-WHOLE")), "steward", **xml)
    assert made.status == 201


def test_a_page_saved_from_the_web_becomes_a_record(client: Client, folder: Path) -> None:
    record_id = SEED_ID.replace("226", "260")
    text = escape(TEXT.replace("LAO226", "LAO260"))
    body = "".join(f"<div>{line}</div>\n" for line in text.splitlines())
    page = f"<html><body><nav>Home</nav><main>{body}</main></body></html>".encode(
        "cp1252", "replace"
    )
    kind = "text/html; charset=windows-1252"
    made = client("POST", "/records", page, "steward", Content_Type=kind)
    assert made.status == 201, made.data
    assert json.loads(made.data)["id"] == record_id
    got = json.loads(client("GET", f"/record/{record_id}", Accept="application/ld+json").data)
    assert "Prime Minister’s Decree No.224" in json.dumps(got, ensure_ascii=False)
    # The original is kept to the byte.
    assert any(
        path.read_bytes() == page for path in (folder / "sources").rglob("*") if path.is_file()
    )
    report = client("POST", "/validate", page, None, Content_Type=kind, Accept="application/json")
    assert json.loads(report.data)["conforms"] is True
    empty = b"<html><body><script>app()</script></body></html>"
    refused = client("POST", "/records", empty, "steward", Content_Type="text/html")
    assert refused.status == 400, refused.data
    assert "made by scripts" in json.loads(refused.data)["detail"]


def test_what_is_refused_comes_with_its_report(client: Client, folder: Path) -> None:
    bad = TEXT.replace("LAO226", "LAO228").replace("01.04.2020", "01.04.2031").encode()
    for query, kept in (("", False), ("?on-invalid=quarantine", True)):
        refused = client("POST", f"/records{query}", bad, "steward", **PAGE)
        assert refused.status == 422, refused.data
        assert json.loads(refused.data)["detail"]
        assert (folder / "quarantine").exists() is kept
    page = client("POST", "/records", bad, "steward", **PAGE, Accept="text/html")
    assert page.status == 422
    assert page.headers["Content-Type"].startswith("text/html")
    assert client("POST", "/records?on-invalid=x", bad, "steward", **PAGE).status == 400


def quads(triples: bytes, record_id: str, *, titled: bool = True) -> bytes:
    """Put the statements of a record's N-Triples into its graph."""
    kept = [
        line
        for line in triples.splitlines()
        if titled or not (b"/outcome/" in line.split()[0] and b"dc/terms/title" in line)
    ]
    graph = f"<{BASE}record/{record_id}> .\n".encode()
    return b"".join(line.rstrip().removesuffix(b".") + graph for line in kept)


def test_a_document_is_taken_whole_or_not_at_all(client: Client) -> None:
    one = client("GET", f"/record/{SEED_ID}", Accept="application/n-triples").data
    codes = ("230", "231")
    ids = [SEED_ID.replace("226", code) for code in codes]
    texts = [one.replace(b"LAO226", f"LAO{code}".encode()) for code in codes]
    kind = {"Content_Type": "application/n-quads"}
    half = quads(texts[0], ids[0]) + quads(texts[1], ids[1], titled=False)
    refused = client("POST", "/records", half, "steward", **kind)
    assert refused.status == 422, refused.data
    report = json.loads(refused.data)
    assert report["conforms"] is False
    assert {r["record"] for r in report["results"] if r["severity"] == "violation"} == {ids[1]}
    assert client("GET", f"/record/{ids[0]}").status == 404
    whole = quads(texts[0], ids[0]) + quads(texts[1], ids[1])
    made = client("POST", "/records", whole, "steward", **kind)
    assert made.status == 201, made.data
    assert [r["id"] for r in json.loads(made.data)["records"]] == ids
    assert client("GET", f"/record/{ids[0]}").status == 200


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", "text/plain", 400),
        (b"  \n", "text/turtle", 400),
        (b"<a:b> <a:c>", "text/turtle", 400),
        (b"%PDF-1.4", "application/pdf", 415),
        (b"hello", "text/plain", 422),
        (b"x" * 10_000_001, "text/plain", 413),
    ],
)
def test_bad_bodies(client: Client, body: bytes, kind: str, status: int) -> None:
    answer = client("POST", "/records", body, "steward", Content_Type=kind)
    assert answer.status == status, answer.data
    assert json.loads(answer.data)["status"] == status


def test_put_and_delete(client: Client) -> None:
    record_id = SEED_ID.replace("226", "240")
    path = f"/record/{record_id}"
    page = TEXT.replace("LAO226", "LAO240").encode()
    made = client("PUT", path, page, "steward", **PAGE, If_None_Match="*")
    assert made.status == 201, made.data
    assert client("PUT", path, page, "steward", **PAGE, If_None_Match="*").status == 412
    assert client("PUT", path, page, "steward", **PAGE).status == 204
    got = client("GET", path, Accept="text/turtle")
    tag = got.headers["ETag"]
    changed = got.data.replace(b"LAO240-2020-21-8.1.1", b"LAO240-2020-21-8.1.1")
    same = client("PUT", path, changed, "steward", Content_Type="text/turtle", If_Match=tag)
    assert same.status == 204
    assert client("PUT", path, OTHER, "steward", **PAGE).status == 422
    two = client("PUT", path, got.data, "steward", Content_Type="text/turtle", If_Match='"x"')
    assert two.status == 409
    assert client("DELETE", path, None, None).status == 401
    assert client("DELETE", path, None, "steward", If_Match=tag).status == 204
    assert client("GET", path).status == 404
    assert client("DELETE", path, None, "steward").status == 404
    assert client("PUT", "/record/..", page, "steward", **PAGE).status in (400, 404, 405)


def test_internal_records_are_kept_apart(client: Client) -> None:
    record_id = SEED_ID.replace("226", "250")
    secret = TEXT.replace("LAO226", "LAO250").replace("Public", "Internal").encode()
    assert secret != TEXT.replace("LAO226", "LAO250").encode()
    made = client("POST", "/records", secret, "steward", **PAGE)
    assert made.status == 201, made.data
    facts = json.loads(made.data)
    assert (facts["public"], facts["href"]) == (False, None)
    assert "Location" not in made.headers
    for path in (f"/record/{record_id}", f"/outcome/{record_id}", f"/record/{record_id}/history"):
        assert client("GET", path, None, "admin").status == 404
    assert client("GET", f"/graphs?graph={BASE}record/{record_id}", None, "admin").status == 404
    assert not client.ask(f"ASK {{ ?s ?p ?o FILTER(CONTAINS(STR(?s), '{record_id}')) }}")
    # Made public, it moves; made internal again, it leaves.
    public = TEXT.replace("LAO226", "LAO250").encode()
    shown = client("PUT", f"/record/{record_id}", public, "steward", **PAGE)
    assert shown.status == 201
    assert client("GET", f"/record/{record_id}").status == 200
    hidden = client("PUT", f"/record/{record_id}", secret, "steward", **PAGE)
    assert hidden.status == 200, hidden.data
    assert json.loads(hidden.data)["public"] is False
    assert client("GET", f"/record/{record_id}").status == 404


def test_a_request_says_what_columns_are(client: Client) -> None:
    data = (
        b"Country,Result,In words,Since,Backers\n"
        b"Kenya,One law,It was adopted.,2021-03-04,Japan\n"
        b"Nepal,Two laws,They were adopted.,2022-03-04,Japan\n"
    )
    said = "column=In%20words%3Dachievement&column=Since%3DachievedOn&column=Backers%3Dfunders"
    table = {"Content_Type": "text/csv"}
    dry = client("POST", f"/records?dry-run&{said}", data, "steward", **table)
    assert dry.status == 200, dry.data
    assert b"--column" not in dry.data
    report = client("POST", f"/validate?{said}", data, **table)
    assert report.status == 200
    assert b"--column" not in report.data
    answer = client("POST", "/records?column=In%20words%3Dnonsense", data, "steward", **table)
    assert answer.status == 400
    assert "There is no field 'nonsense'" in json.loads(answer.data)["detail"]
