"""A real server that can be written to, and a small client for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import urllib3

from outcome_graph.access import TokenBook
from support.stores import seeded

SEED_ID = "LAO226-2020-21-8.1.1"
BASE = "https://w3id.org/outcome-graph/"
RECORD = f"{BASE}record/{SEED_ID}"


def make_store(folder: Path) -> dict[str, str]:
    """Make a store with the seed record, and a token of each role; return the secrets."""
    seeded(folder)
    book = TokenBook(folder / "tokens.json")
    return {role: book.create(role, name=f"the-{role}")[1] for role in ("read", "steward", "admin")}


class Client:
    """Sends requests with the token of a role; its questions see what it wrote before."""

    def __init__(self, url: str, secrets: dict[str, str]) -> None:
        self.url, self.secrets = url, secrets
        self.pool = urllib3.PoolManager(retries=False, timeout=60)
        self.written: str | None = None

    def __call__(
        self, method: str, path: str, body: Any = None, role: str | None = None, **headers: str
    ) -> urllib3.BaseHTTPResponse:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if role is not None:
            sent["Authorization"] = f"Bearer {self.secrets[role]}"
        answer = self.pool.request(method, self.url + path, body=body, headers=sent, redirect=False)
        if path != "/sparql" and method != "GET" and answer.status < 300:
            self.written = answer.headers.get("X-Revision", self.written)
        return answer

    def update(self, sparql: str, role: str | None = "admin", **headers: str):
        return self(
            "POST", "/update", sparql, role, Content_Type="application/sparql-update", **headers
        )

    def ask(self, sparql: str, revision: str | None = None) -> bool:
        revision = revision or self.written
        extra = {"X_Revision": revision} if revision else {}
        answer = self(
            "POST", "/sparql", sparql, Content_Type="application/sparql-query", **extra,
            Accept="application/sparql-results+json",
        )  # fmt: skip
        assert answer.status == 200, answer.data
        return bool(json.loads(answer.data)["boolean"])
