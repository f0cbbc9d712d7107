"""``/load``: stewards store documents from a browser. What is read is what the source says."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from outcome_graph.access import TokenBook
from outcome_graph.draft import SourceFile
from outcome_graph.errors import ConflictError
from outcome_graph.mapping import record_to_triples
from outcome_graph.model import LegalAct
from outcome_graph.pipeline import OutcomeGraph
from outcome_graph.pipeline.reading import SourceReader
from outcome_graph.service import create_app
from outcome_graph.service.read_facts import FirstRead
from outcome_graph.service.record_page import record_page
from outcome_graph.service.routes import load as load_routes
from outcome_graph.store import Commit, GraphChange

SEED_ID = "LAO226-2020-21-8.1.1"
SEED = Path(__file__).parents[2] / "data" / "outcomes" / f"{SEED_ID}.txt"
ROW = {
    "Code": "MOZ502",
    "Country": "Mozambique",
    "Title": "A scheme and its law",
    "Date achieved": "2019-03-01",
    "Outcome achieved": "Parliament passed the law.",
    "SDG targets": "1.3",
    "Contributors": "ILO",
}


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[OutcomeGraph]:
    with OutcomeGraph.open(tmp_path / "store") as graph:
        graph.initialise()
        yield graph


@pytest.fixture
def secret(opened: OutcomeGraph, tmp_path: Path) -> str:
    return TokenBook(tmp_path / "store" / "tokens.json").create("steward", name="anna")[1]


@pytest.fixture
def client(opened: OutcomeGraph) -> FlaskClient:
    return create_app(opened).test_client()


def send(
    client: FlaskClient, secret: str, action: str, *files: tuple[str, bytes], **more: str
) -> TestResponse:
    data = {
        "action": action,
        "token": secret,
        "file": [(io.BytesIO(body), name) for name, body in files],
        **more,
    }
    headers = {"Accept-Language": more.pop("language", "en")}
    return client.post("/load", data=data, headers=headers, content_type="multipart/form-data")


def words(response: TestResponse) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


def table(*rows: dict[str, str]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def test_the_form_is_a_link_away(client: FlaskClient) -> None:
    assert '<a href="/load">Load</a>' in client.get("/?lang=en").text.replace("?lang=en", "")
    page = client.get("/load", headers={"Accept-Language": "en"})
    assert page.status_code == 200
    assert 'type="file"' in page.text
    assert "Try: store nothing" in page.text


def test_trying_shows_what_was_read_and_stores_nothing(
    client: FlaskClient, opened: OutcomeGraph, secret: str
) -> None:
    before = opened.store.revision()
    answer = send(client, secret, "try", (SEED.name, SEED.read_bytes()))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    text = words(answer)
    assert "1 record would be stored." in text
    for fact in (
        "LAO Lao People's Democratic Republic",
        "Achieved 1 April 2020",
        "Biennium 2020-21",
        "Prime Minister’s Decree No.224, 1 April 2020",
        "Funders Government of Luxembourg",
        "Lao Federation of Trade Union",
        "1.3 Social protection systems and floors for all",
        "Thalat, 30 participants",
    ):
        assert fact in text
    assert "No project is linked." in text
    assert secret not in answer.text
    assert opened.store.revision() == before
    assert opened.record_ids() == []


def test_storing_stores_in_the_name_of_the_token(
    client: FlaskClient, opened: OutcomeGraph, secret: str
) -> None:
    answer = send(client, secret, "store", (SEED.name, SEED.read_bytes()))
    assert answer.status_code == 200
    assert "1 record was stored." in words(answer)
    assert f'<a href="/record/{SEED_ID}">{SEED_ID}</a>' in answer.text
    assert opened.record(SEED_ID).country == "LAO"
    assert opened.history(SEED_ID)[-1].agent == "anna"
    again = send(client, secret, "store", (SEED.name, SEED.read_bytes()))
    assert "unchanged" in words(again)


def test_pasted_text_is_stored(client: FlaskClient, opened: OutcomeGraph, secret: str) -> None:
    text = SEED.read_text("utf-8").replace("\n", "\r\n")
    answer = send(client, secret, "store", document=text)
    assert answer.status_code == 200
    assert list(opened.record_ids()) == [SEED_ID]


@pytest.mark.parametrize("given", ["", "nonsense"])
def test_without_a_good_token_nothing_is_stored(
    client: FlaskClient, opened: OutcomeGraph, secret: str, given: str
) -> None:
    answer = send(client, given, "store", document="A page of mine & more")
    assert answer.status_code == 401
    assert "Nothing was stored" in words(answer)
    # What was pasted stays to be sent again.
    assert "A page of mine &amp; more</textarea>" in answer.text
    assert opened.record_ids() == []


def test_a_reader_may_not(client: FlaskClient, opened: OutcomeGraph, tmp_path: Path) -> None:
    secret = TokenBook(tmp_path / "store" / "tokens.json").create("read")[1]
    answer = send(client, secret, "store", (SEED.name, SEED.read_bytes()))
    assert answer.status_code == 403
    assert "role steward" in words(answer)
    assert opened.record_ids() == []


def test_what_does_not_conform_says_why(
    client: FlaskClient, opened: OutcomeGraph, secret: str
) -> None:
    page = SEED.read_text("utf-8").replace("01.04.2020", "01.04.2022")
    answer = send(client, secret, "store", ("page.txt", page.encode()))
    assert answer.status_code == 422
    text = words(answer)
    assert "Not stored." in text
    assert "biennium" in text
    assert opened.record_ids() == []


def test_a_document_is_stored_whole_or_partly_as_is_asked(
    client: FlaskClient, opened: OutcomeGraph, secret: str
) -> None:
    body = table(ROW, {**ROW, "Code": "MOZ503", "Title": "Another", "Date achieved": "2019-02-31"})
    whole = send(client, secret, "store", ("t.csv", body))
    assert whole.status_code == 422
    assert opened.record_ids() == []
    partly = send(client, secret, "store", ("t.csv", body), partly="on")
    assert partly.status_code == 200
    text = words(partly)
    assert "1 record was stored. 1 record was refused." in text
    assert "cell D3" in text
    assert len(list(opened.record_ids())) == 1


def test_each_of_several_documents_is_told_of(
    client: FlaskClient, opened: OutcomeGraph, secret: str
) -> None:
    answer = send(
        client, secret, "store", ("t.csv", table(ROW)), ("hello.txt", b"hello world, a letter")
    )
    assert answer.status_code == 422
    text = words(answer)
    assert "t.csv 1 record was stored." in text
    assert "hello.txt Not stored." in text
    assert "is no result page" in text
    assert len(list(opened.record_ids())) == 1


def test_nothing_chosen_is_said(client: FlaskClient, secret: str) -> None:
    answer = send(client, secret, "store")
    assert answer.status_code == 400
    assert "paste the text of a page, or choose a file" in words(answer)


def test_forms_of_other_sites_are_refused(
    client: FlaskClient, opened: OutcomeGraph, secret: str
) -> None:
    data = {"action": "store", "token": secret, "document": SEED.read_text("utf-8")}
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert client.post("/load", data=data, headers=headers).status_code == 403
    assert opened.record_ids() == []


@pytest.mark.parametrize(("language", "said"), [("fr", "1 fiche serait enregistrée."),
                                                ("es", "Se guardaría 1 ficha.")])  # fmt: skip
def test_it_speaks_three_languages(
    client: FlaskClient, secret: str, language: str, said: str
) -> None:
    answer = send(client, secret, "try", (SEED.name, SEED.read_bytes()), language=language)
    assert said in words(answer)


def test_a_service_for_reading_has_no_such_link(tmp_path: Path) -> None:
    with OutcomeGraph.open(tmp_path / "store") as graph:
        graph.initialise()
    with OutcomeGraph.open(tmp_path / "store", read_only=True) as graph:
        client = create_app(graph).test_client()
        assert ">Load<" not in client.get("/?lang=en").text
        answer = send(client, "x", "store", document="text")
        assert answer.status_code == 403
        assert "for reading only" in words(answer)


def test_validating_by_the_form_shows_what_was_read(client: FlaskClient) -> None:
    answer = client.post(
        "/validate",
        data={"document": SEED.read_text("utf-8")},
        headers={"Accept": "text/html", "Accept-Language": "en"},
    )
    text = words(answer)
    assert "What was read" in text
    assert "Funders Government of Luxembourg" in text
    assert "Data stewards store documents under Load" in text


def test_two_pasted_results_of_one_code_are_two_records(
    client: FlaskClient, opened: OutcomeGraph, secret: str
) -> None:
    """Documents of one name are versions of each other; what is pasted has no name."""
    first = SEED.read_text("utf-8")
    title = "The National Social Protection Strategy was officially launched"
    assert title in first
    for text in (first, first.replace(title, "Another result of the same programme")):
        assert send(client, secret, "store", document=text).status_code == 200
    assert sorted(opened.record_ids()) == [SEED_ID, f"{SEED_ID}-2020-04-01"]


def test_what_was_stored_before_a_fault_is_told(
    client: FlaskClient, opened: OutcomeGraph, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = load_routes.load_document

    def changed_meanwhile(graph: OutcomeGraph, source: SourceFile, **how: object) -> object:
        if source.name == "second.csv":
            error = ConflictError("Somebody else changed the record.")
            error.add_note("1 record was committed before and stays.")
            raise error
        return stored(graph, source, **how)

    monkeypatch.setattr(load_routes, "load_document", changed_meanwhile)
    files = (("first.csv", table(ROW)), ("second.csv", table(ROW)), ("third.csv", table(ROW)))
    answer = send(client, secret, "store", *files)
    assert answer.status_code == 409
    text = words(answer)
    assert "first.csv 1 record was stored." in text
    assert "Nothing was stored" not in text
    assert "The other documents were not stored" in text
    assert "Somebody else changed the record. 1 record was committed before and stays." in text
    assert "third.csv" not in text


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../../etc/passwd.csv", "passwd.csv"),
        (r"C:\\Users\\anna\\mine.csv", "mine.csv"),
        ("tab\tbell\x07\u202egnp.csv", "tabbellgnp.csv"),
        ("x" * 5000 + ".csv", "x" * 116 + ".csv"),
    ],
)
def test_names_of_files_are_names(
    client: FlaskClient, opened: OutcomeGraph, secret: str, sent: str, kept: str
) -> None:
    """They are told in the history, which is public."""
    answer = send(client, secret, "store", (sent, table(ROW)))
    assert answer.status_code == 200
    (record_id,) = opened.record_ids()
    assert opened.history(record_id)[-1].reason == f"load {kept}"
    source = opened.record(record_id).source
    assert source is not None
    assert source.name == kept


@pytest.mark.parametrize("path", ["/load", "/validate"])
def test_a_document_is_read_once(
    client: FlaskClient, secret: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []
    items = SourceReader.items

    def counted(self: SourceReader, source: SourceFile, *rest: str) -> object:
        read.append(source.name)
        return items(self, source, *rest)

    monkeypatch.setattr(SourceReader, "items", counted)
    data = {"token": secret, "action": "try", "file": (io.BytesIO(SEED.read_bytes()), SEED.name)}
    answer = client.post(
        path, data=data, headers={"Accept": "text/html"}, content_type="multipart/form-data"
    )
    assert "Thalat, 30 participants" in words(answer)
    assert read == [SEED.name]


@pytest.mark.parametrize(("kind", "told"), [("decree", "Decree 12"), (None, "act 12")])
def test_an_act_without_a_title_is_worded_as_on_the_page_of_its_record(
    opened: OutcomeGraph, kind: str | None, told: str
) -> None:
    act = LegalAct("LAO", "12", number="12", type=kind, date=datetime.date(2019, 3, 1), year=2019)
    seed, first = opened.load(SEED).committed[0].id, FirstRead()
    record = opened.record(seed).with_changes(legal_acts=(act,))
    with create_app(opened).test_request_context("/?lang=en"):
        first(record)
        (read,) = first.shown()
        values = dict(read.facts)["Legal acts"]
        assert [value.text for value in values] == [f"{told}, 1 March 2019"]
        triples = record_to_triples(record, opened.minter)
        opened.store.commit(
            Commit(
                changes=(GraphChange(opened.minter.record(seed), tuple(triples)),),
                reason="test",
                agent="test",
            )
        )
        (shown,) = record_page(seed, list(triples), "en").acts
        assert shown[0].text == told
