"""What HTTP asks of every route, of the real server: none is left out.

RFC 9110 (9.3.2 HEAD, 9.3.7 OPTIONS, 13.1.2 If-None-Match, 15.5.6 405, 15.5.7 406), RFC 9457
(problem documents) and the Fetch standard (CORS).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import urllib3
from conftest import running_server
from flask import Flask
from support.writable import SEED_ID, make_store

#: The source document of the seed record.
SOURCE = "0b89ccf4dc1f49bf6150d825989021945cea21d30e0057ca9d3c4a7f6f8c64dc"


@dataclass(frozen=True)
class Example:
    """How a route is asked.

    Parameters:
        path: an address that it answers.
        negotiated: whether Accept must name something that it has: else 406.
        status: of its answer.
        stable: whether the same question has the same answer.
    """

    path: str
    negotiated: bool = False
    status: int = 200
    stable: bool = True


#: By the rule as Flask has it. Nothing of these kinds is in the store: agents, projects, decisions.
EXAMPLES = {
    "/": Example("/"),
    "/.well-known/void": Example("/.well-known/void", negotiated=True),
    "/activity/<path:rest>": Example(f"/activity/{SEED_ID}/1", negotiated=True),
    "/agent/<path:rest>": Example("/agent/nobody", status=404),
    "/catalog": Example("/catalog", negotiated=True),
    "/concept/<path:rest>": Example("/concept/step/1", negotiated=True),
    "/context.jsonld": Example("/context.jsonld"),
    "/contribution/<path:rest>": Example(f"/contribution/{SEED_ID}", negotiated=True),
    "/country/<path:rest>": Example("/country/LAO", negotiated=True),
    "/decisions/<name>": Example("/decisions/nothing", status=404),
    "/dump.nq.gz": Example("/dump.nq.gz", stable=False),
    "/graph/<name>": Example("/graph/ontology", negotiated=True),
    "/graphs": Example("/graphs?default", negotiated=True),
    "/health/live": Example("/health/live"),
    "/health/ready": Example("/health/ready", stable=False),
    "/legal-act/<path:rest>": Example("/legal-act/LAO/2020/decree-224", negotiated=True),
    "/metrics": Example("/metrics", stable=False),
    "/ontology": Example("/ontology", negotiated=True),
    "/ontology.<ending>": Example("/ontology.ttl"),
    "/ontology/<part>": Example("/ontology/0.1.0", negotiated=True),
    "/openapi.json": Example("/openapi.json"),
    "/organisation/<path:rest>": Example(
        "/organisation/lux-government-of-luxembourg", negotiated=True
    ),
    "/outcome/<name>": Example(f"/outcome/{SEED_ID}", status=303),
    "/project/<path:rest>": Example("/project/none", status=404),
    "/queries": Example("/queries", negotiated=True),
    "/queries/<name>": Example("/queries/completeness", negotiated=True),
    "/reconcile": Example("/reconcile"),
    "/reconcile/flyout/<what>": Example("/reconcile/flyout/type?id=og:Country"),
    "/reconcile/preview": Example("/reconcile/preview?id=country%2FLAO", status=404),
    "/reconcile/properties": Example("/reconcile/properties?type=og:Country"),
    "/reconcile/suggest/entity": Example("/reconcile/suggest/entity?prefix=lao"),
    "/reconcile/suggest/property": Example("/reconcile/suggest/property?prefix=c"),
    "/reconcile/suggest/type": Example("/reconcile/suggest/type?prefix=c"),
    "/reconcile/view": Example("/reconcile/view?id=nothing", status=404),
    "/record/<name>": Example(f"/record/{SEED_ID}", negotiated=True),
    "/record/<record_id>/history": Example(f"/record/{SEED_ID}/history", negotiated=True),
    "/records": Example("/records"),
    "/region/<path:rest>": Example("/region/AFRICA", status=404),
    "/results": Example("/results", negotiated=True),
    "/review": Example("/review", negotiated=True),
    "/shapes": Example("/shapes", negotiated=True),
    "/shapes.<ending>": Example("/shapes.ttl"),
    "/sdg/<name>": Example("/sdg/1.3", negotiated=True),
    "/source/<name>": Example(f"/source/{SOURCE}", negotiated=True),
    "/sparql": Example(
        "/sparql?query=SELECT%20%2A%20%7B%20%3Fs%20a%20og%3AOutcome%20%7D", negotiated=True
    ),
    "/static/<path:filename>": Example("/static/style.css"),
    "/suggest": Example("/suggest?text=social%20protection"),
    "/template.csv": Example("/template.csv"),
    "/template.xlsx": Example("/template.xlsx"),
    "/validate": Example("/validate"),
    "/load": Example("/load"),
}
#: What cannot be read, and how it is asked about.
WRITTEN_ONLY = {
    "/update": "/update",
    "/review/<key>": "/review/nothing",
    "/revisions/<int:revision>/undo": "/revisions/1/undo",
}
SAME_ADDRESS = {"/record/<record_id>": "/record/<name>"}

RULES = sorted(EXAMPLES)


class Asked:
    """A running server, asked as it is: nothing is followed or unpacked."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.pool = urllib3.PoolManager(retries=False, timeout=60)

    def __call__(self, method: str, path: str, **headers: str) -> urllib3.BaseHTTPResponse:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.pool.request(
            method, self.url + path, headers=sent, redirect=False, decode_content=False
        )


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    folder = tmp_path_factory.mktemp("routes") / "store"
    make_store(folder)
    with running_server(folder) as server:
        yield Asked(server.url)


def methods_of(app: Flask) -> dict[str, set[str]]:
    """Return what each route takes, by rule."""
    found: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        name = SAME_ADDRESS.get(rule.rule, rule.rule)
        found.setdefault(name, set()).update(rule.methods or ())
    return found


def a_problem(answer: urllib3.BaseHTTPResponse) -> None:
    """Check the form of a problem document (RFC 9457, 3.1)."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = json.loads(answer.data)
    assert problem["status"] == answer.status
    assert problem["title"]
    assert problem["detail"]
    assert "Traceback" not in answer.data.decode()


def test_none_is_left_out(app: Flask) -> None:
    assert {*EXAMPLES, *WRITTEN_ONLY} == set(methods_of(app))


@pytest.mark.parametrize("rule", RULES)
def test_reading(ask: Asked, rule: str) -> None:
    example = EXAMPLES[rule]
    answer = ask("GET", example.path)
    assert answer.status == example.status, answer.data
    headers = answer.headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Revision"].isdigit()
    assert {"Accept", "Accept-Encoding"} <= set(headers["Vary"].split(", "))
    if answer.status >= 400:
        a_problem(answer)
    else:
        assert headers["Content-Type"]


@pytest.mark.parametrize("rule", RULES)
def test_head(ask: Asked, rule: str) -> None:
    example = EXAMPLES[rule]
    head, get = ask("HEAD", example.path), ask("GET", example.path)
    assert head.data == b""
    assert head.status == get.status
    if example.stable:
        assert _comparable(head) == _comparable(get)
    else:
        assert set(_comparable(head)) == set(_comparable(get))


def _comparable(answer: urllib3.BaseHTTPResponse) -> dict[str, str]:
    # How the body is framed is the connection's business (RFC 9110, 9.3.2, second paragraph).
    left_out = {"date", "transfer-encoding"}
    return {k.lower(): v for k, v in answer.headers.items() if k.lower() not in left_out}


@pytest.mark.parametrize("rule", RULES)
def test_known_content_is_not_sent_again(ask: Asked, rule: str) -> None:
    example = EXAMPLES[rule]
    tag = ask("GET", example.path).headers.get("ETag")
    if example.status == 200 and example.stable:
        assert tag is not None
        for known in (tag, f'"other", {tag}', f"W/{tag}", "*"):
            again = ask("GET", example.path, If_None_Match=known)
            assert (again.status, again.data) == (304, b""), known
            assert again.headers["ETag"] == tag
            assert "Accept" in again.headers["Vary"]
        assert ask("GET", example.path, If_None_Match='"other"').status == 200


@pytest.mark.parametrize("rule", [r for r in RULES if EXAMPLES[r].negotiated])
def test_what_there_is_not_cannot_be_had(ask: Asked, rule: str) -> None:
    answer = ask("GET", EXAMPLES[rule].path, Accept="application/x-nothing")
    assert answer.status == 406
    a_problem(answer)
    assert ask("GET", EXAMPLES[rule].path, Accept="*/*").status == 200


@pytest.mark.parametrize("rule", [*RULES, *WRITTEN_ONLY])
def test_options(ask: Asked, app: Flask, rule: str) -> None:
    path = WRITTEN_ONLY.get(rule) or EXAMPLES[rule].path
    answer = ask("OPTIONS", path, Origin="https://example.org", Access_Control_Request_Method="GET")
    assert answer.status in (200, 204)
    assert set(answer.headers["Allow"].split(", ")) == methods_of(app)[rule]
    allowed = set(answer.headers["Access-Control-Allow-Methods"].split(", "))
    assert allowed == methods_of(app)[rule]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("rule", [*RULES, *WRITTEN_ONLY])
def test_a_method_that_is_not_taken(ask: Asked, app: Flask, rule: str) -> None:
    path = WRITTEN_ONLY.get(rule) or EXAMPLES[rule].path
    taken = methods_of(app)[rule]
    for method in ["PATCH", *{"GET", "POST", "PUT", "DELETE"} - taken]:
        answer = ask(method, path)
        assert answer.status == 405, method
        assert set(answer.headers["Allow"].split(", ")) == taken
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        a_problem(answer)


@pytest.mark.parametrize("rule", RULES)
def test_a_slash_at_the_end(ask: Asked, rule: str) -> None:
    """It is taken, or nothing is there; never an error of the server's."""
    path, _, query = EXAMPLES[rule].path.partition("?")
    answer = ask("GET", f"{path.rstrip('/')}/?{query}")
    assert answer.status < 500
    if answer.status >= 400:
        a_problem(answer)


@pytest.mark.parametrize(
    "path", ["/nothing", "/record/NOTHING", "/queries/nothing", "/%00", "/a//b"]
)
def test_what_is_not_there(ask: Asked, path: str) -> None:
    answer = ask("GET", path)
    assert answer.status in (400, 404)
    a_problem(answer)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    for_people = ask("GET", path, Accept="text/html")
    assert for_people.status == answer.status
    assert for_people.headers["Content-Type"] == "text/html; charset=utf-8"
