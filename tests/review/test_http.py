"""The review queue over HTTP: the page, its form, JSON, and who may not."""

from __future__ import annotations

from pathlib import Path

from flask.testing import FlaskClient

from outcome_graph.access import TokenBook
from outcome_graph.pipeline import OutcomeGraph

from .conftest import PRY, PRY_ID

HTML = {"Accept": "text/html"}
JSON = {"Accept": "application/json"}


def queue(client: FlaskClient, **wanted: str) -> list[dict[str, object]]:
    answer = client.get("/review", headers=JSON, query_string=wanted)
    assert answer.status_code == 200, answer.text
    assert answer.json is not None
    return list(answer.json["candidates"])


def first(client: FlaskClient) -> str:
    return str(queue(client, property="funder")[0]["id"])


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def test_the_queue_as_json(client: FlaskClient) -> None:
    answer = client.get("/review?limit=1", headers=JSON)
    assert answer.json is not None
    assert answer.json["total"] == 2
    (item,) = answer.json["candidates"]
    assert (item["record"], item["words"]) == (PRY_ID, "Con la cooperación española")
    assert [c["property"] for c in queue(client, offset="1")] == ["constituent"]
    assert queue(client, country="Lao PDR") == []
    for bad in ("country=Atlantis", "limit=x", "min-confidence=7", "property=colour"):
        assert client.get(f"/review?{bad}", headers=JSON).status_code == 400, bad
    assert client.get("/review?min-confidence=7", headers=HTML).status_code == 400


def test_the_page_says_countries_and_kinds_in_words(client: FlaskClient, secret: str) -> None:
    page = client.get("/review", headers=HTML).text
    assert "· Paraguay ·" in page
    assert "· PRY ·" not in page
    assert queue(client)[0]["place_name"] == "Paraguay"
    body = {"decision": "accept"}
    client.post(f"/review/{first(client)}", json=body, headers=bearer(secret))
    assert (
        '<span class="tag">Funder</span>' in client.get("/review?show=decided", headers=HTML).text
    )


def test_pages_of_both_lists(client: FlaskClient, secret: str) -> None:
    key = first(client)
    for _ in range(11):
        for verdict in ("reject", "undo"):
            body = {"decision": verdict}
            answer = client.post(f"/review/{key}", json=body, headers=bearer(secret))
            assert answer.status_code == 200
    newest = client.get("/review?show=decided", headers=HTML).text
    assert "1–20 of 22" in newest
    assert "show=decided&amp;page=2" in newest
    assert "21–22 of 22" in client.get("/review?show=decided&page=2", headers=HTML).text
    # Saving stays on the page; a page that is gone by then is the last one.
    form = {f"decision-{key}": "accept", "token": secret}
    done = client.post("/review?page=7", data=form, headers=HTML)
    assert done.headers["Location"] == "/review?page=7&done=1"
    assert "1–1 of 1" in client.get(done.headers["Location"], headers=HTML).text


def test_decisions_hold_for_rdf_that_is_sent_to_the_record(
    client: FlaskClient, secret: str, graph: OutcomeGraph
) -> None:
    """A copy from before the decisions does not bring back what was settled since."""
    copy = client.get(f"/record/{PRY_ID}", headers={"Accept": "text/turtle"}).data
    one, two = (str(item["id"]) for item in queue(client))
    for key, verdict in ((one, "accept"), (two, "reject")):
        body = {"decision": verdict}
        assert client.post(f"/review/{key}", json=body, headers=bearer(secret)).status_code == 200
    sent = {**bearer(secret), "Content-Type": "text/turtle"}
    assert client.put(f"/record/{PRY_ID}", data=copy, headers=sent).status_code == 204
    assert queue(client) == []
    funded = f"ASK {{ <{graph.minter.outcome(PRY_ID).value}> og:funder ?funder }}"
    answer = client.get("/sparql", query_string={"query": funded}, headers=JSON)
    assert answer.json is not None
    assert answer.json["boolean"] is True
    # The Graph Store Protocol writes what it is sent.
    name = graph.minter.record(PRY_ID).value
    put = client.put("/graphs", query_string={"graph": name}, data=copy, headers=sent)
    assert put.status_code == 204
    assert len(queue(client)) == 2


def test_the_page_shows_the_words_and_escapes_them(client: FlaskClient) -> None:
    page = client.get("/review", headers=HTML)
    assert "<mark>Con la cooperación española</mark>" in page.text
    assert "Government of Spain" in page.text
    odd = client.get("/review?country=<script>", headers=HTML)
    assert (odd.status_code, "<script>" in odd.text) == (400, False)


def test_accept_and_undo_as_json(client: FlaskClient, secret: str) -> None:
    key = first(client)
    done = client.post(f"/review/{key}", json={"decision": "accept"}, headers=bearer(secret))
    assert done.status_code == 200, done.text
    assert done.json is not None
    assert [(d["id"], d["decision"], d["agent"]) for d in done.json["decisions"]] == [
        (key, "accept", "ana")
    ]
    assert len(queue(client)) == 1
    again = client.post(f"/review/{key}", json={"decision": "accept"}, headers=bearer(secret))
    assert (again.status_code, again.mimetype) == (409, "application/problem+json")
    history = client.get("/review?show=decided", headers=JSON)
    assert history.json is not None
    assert [d["decision"] for d in history.json["decisions"]] == ["accept"]
    graph = client.get(f"/decisions/{PRY_ID}.ttl")
    assert "og:Decision" in graph.text
    assert '"ana"' in graph.text
    client.post(f"/review/{key}", json={"decision": "undo"}, headers=bearer(secret))
    assert len(queue(client)) == 2


def test_several_at_once_all_or_none(client: FlaskClient, secret: str) -> None:
    one, two = (str(item["id"]) for item in queue(client))
    bad = [{"id": one, "decision": "reject"}, {"id": two, "decision": "correct", "to": "Xyzzy"}]
    answer = client.post("/review", json={"decisions": bad}, headers=bearer(secret))
    assert (answer.status_code, len(queue(client))) == (422, 2)
    good = [{"id": one, "decision": "reject"}, {"id": two, "decision": "reject"}]
    assert (
        client.post("/review", json={"decisions": good}, headers=bearer(secret)).status_code == 200
    )
    assert queue(client) == []


def test_statuses_of_errors(client: FlaskClient, secret: str, graph: OutcomeGraph) -> None:
    key, revision = first(client), graph.store.revision()
    for path, body, status in (
        ("/review/000000000000", {"decision": "accept"}, 404),
        (f"/review/{key}", {"decision": "maybe"}, 400),
        (f"/review/{key}", {}, 400),
        (f"/review/{key}", [], 400),
        (f"/review/{key}", {"decision": 7}, 400),
        (f"/review/{key}", {"decision": "correct"}, 400),
        (f"/review/{key}", {"decision": "correct", "to": "Xyzzy Plugh"}, 422),
        (f"/review/{key}", {"decision": "undo"}, 404),
        (f"/review/{key}", {"decision": "accept", "record": "GONE-1"}, 409),
        ("/review", {"decisions": []}, 400),
        ("/review", {}, 400),
    ):
        answer = client.post(path, json=body, headers=bearer(secret))
        assert (answer.status_code, answer.mimetype) == (status, "application/problem+json"), path
    text = client.post(f"/review/{key}", data="accept", headers=bearer(secret))
    assert text.status_code == 415
    broken = client.post(
        f"/review/{key}", data="{", headers={**bearer(secret), "Content-Type": "application/json"}
    )
    assert broken.status_code == 400
    stale = client.post(
        f"/review/{key}",
        json={"decision": "accept"},
        headers={**bearer(secret), "If-Match": '"0123456789abcdef01234567.00000000"'},
    )
    assert stale.status_code == 409
    assert graph.store.revision() == revision


def test_deciding_needs_a_steward(client: FlaskClient, secret: str, graph: OutcomeGraph) -> None:
    key = first(client)
    reader = TokenBook(_tokens(graph)).create("read")[1]
    body = {"decision": "accept"}
    assert client.post(f"/review/{key}", json=body).status_code == 401
    assert client.post(f"/review/{key}", json=body, headers=bearer("x")).status_code == 401
    assert client.post(f"/review/{key}", json=body, headers=bearer(reader)).status_code == 403
    assert client.post(f"/review/{key}?token={secret}", json=body).status_code == 401
    form = {f"decision-{key}": "accept", "token": "wrong"}
    refused = client.post("/review", data=form, headers=HTML)
    assert (refused.status_code, "Nothing was changed" in refused.text) == (401, True)
    assert len(queue(client)) == 2


def _tokens(graph: OutcomeGraph) -> Path:
    return Path(graph.settings.store) / "tokens.json"


def test_the_token_is_looked_at_before_the_body(client: FlaskClient) -> None:
    bad = {"data": "{", "content_type": "application/json"}
    for path in ("/review", "/review/000000000000"):
        assert client.post(path, **bad).status_code == 401
        assert client.post(path, **bad, headers=bearer("x")).status_code == 401
        assert client.post(path, data="accept").status_code == 401


def test_a_form_has_a_bound(client: FlaskClient, secret: str) -> None:
    """Its token is in its body, so anybody may send one."""
    form = {f"decision-{first(client)}": "accept", "token": secret, "reason": "x" * 1_000_000}
    assert client.post("/review", data=form).status_code == 413


def test_the_form_of_the_page(client: FlaskClient, secret: str) -> None:
    one, two = (str(item["id"]) for item in queue(client))
    form = {
        f"decision-{one}": "correct",
        f"to-{one}": "Xyzzy Plugh",
        f"record-{one}": PRY_ID,
        f"decision-{two}": "",
        "reason": "as agreed",
        "token": secret,
    }
    wrong = client.post("/review", data=form, headers=HTML)
    assert wrong.status_code == 422
    assert "Xyzzy Plugh" in wrong.text
    assert "as agreed" in wrong.text
    assert secret not in wrong.text
    done = client.post("/review?country=PRY", data={**form, f"to-{one}": "Portugal"}, headers=HTML)
    assert (done.status_code, done.headers["Location"]) == (303, "/review?country=PRY&done=1")
    assert "1 decision was saved" in client.get(done.headers["Location"], headers=HTML).text
    decided = client.get("/review?show=decided", headers=HTML).text
    assert "Government of Portugal" in decided
    assert "as agreed" in decided
    undo = {f"decision-{one}": "undo", f"record-{one}": PRY_ID, "token": secret}
    assert client.post("/review?show=decided", data=undo, headers=HTML).status_code == 303
    assert len(queue(client)) == 2
    nothing = client.post("/review", data={"token": secret}, headers=HTML)
    assert nothing.status_code == 400


def test_forms_of_other_sites_are_refused(client: FlaskClient, secret: str) -> None:
    key = first(client)
    form = {f"decision-{key}": "accept", "token": secret}
    for headers in (
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ):
        for path in ("/review", f"/review/{key}"):
            answer = client.post(path, data={**form, "decision": "accept"}, headers=headers)
            assert answer.status_code == 403, headers
    assert len(queue(client)) == 2
    own = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/review", data=form, headers=own).status_code == 303


def test_a_page_is_of_the_newest_revision(
    client: FlaskClient, secret: str, graph: OutcomeGraph
) -> None:
    graph.start_readers()
    for expected in (2, 1):
        assert len(queue(client)) == expected
        if expected == 2:
            client.post(
                f"/review/{first(client)}", json={"decision": "reject"}, headers=bearer(secret)
            )
    graph.load(PRY)
    assert len(queue(client)) == 1
