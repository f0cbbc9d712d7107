"""Access tokens: made by the command line, heeded by a running server at once."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from conftest import Cli, running_server
from support.writable import SEED_ID, Client

from outcome_graph.access import TokenBook
from outcome_graph.errors import NotFoundError, StoreError, UsageError

INSERT = "INSERT DATA { GRAPH <http://example.org/t> { <http://e/s> <http://e/p> 1 } }"


def test_a_secret_is_printed_once_alone_on_the_last_line(tmp_path: Path, cli: Cli) -> None:
    store = tmp_path / "store"
    done = cli("--store", store, "token", "create", "--role", "admin", "--name", "ada")
    assert done.returncode == 0, done.stderr
    secret = done.stdout.splitlines()[-1]
    assert len(secret) >= 43  # 256 bits in base 64
    file = store / "tokens.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert secret not in file.read_text()
    shown = cli("--store", store, "token", "list", "--format", "json")
    assert [(t["name"], t["role"]) for t in json.loads(shown.stdout)] == [("ada", "admin")]
    assert secret not in shown.stdout
    # A store can still be made in the folder.
    assert cli("--store", store, "init").returncode == 0
    assert cli("--store", store, "token", "revoke", "ada").returncode == 0
    assert cli("--store", store, "token", "revoke", "ada").returncode == 1


def test_another_place_for_the_file(tmp_path: Path, cli: Cli) -> None:
    file = tmp_path / "else" / "tokens"
    done = cli(
        "--store", tmp_path / "s", "token", "create", "--role", "read",
        OUTCOME_GRAPH_TOKENS_FILE=str(file),
    )  # fmt: skip
    assert done.returncode == 0
    assert file.exists()
    assert not (tmp_path / "s").exists()


def test_find_and_expiry(tmp_path: Path) -> None:
    book = TokenBook(tmp_path / "tokens")
    token, secret = book.create("steward", days=1)
    assert book.find(secret) == token
    assert book.find(secret[:-1]) is None
    assert book.find("") is None
    assert (token.allows("read"), token.allows("steward"), token.allows("admin")) == (
        True, True, False,
    )  # fmt: skip
    facts = json.loads(book.path.read_text())
    facts["tokens"][0]["expires"] = "2020-01-01T00:00:00Z"
    book.path.write_text(json.dumps(facts))
    assert book.find(secret) is None


def test_wrong_use(tmp_path: Path) -> None:
    book = TokenBook(tmp_path / "tokens")
    book.create("read", name="a")
    for options in ({"name": "a"}, {"name": "\n"}, {"days": 0}):
        with pytest.raises(UsageError):
            book.create("read", **options)
    with pytest.raises(UsageError):
        book.create("root")
    with pytest.raises(NotFoundError):
        book.revoke("b")
    book.path.write_text("{}")
    with pytest.raises(StoreError, match="no file of access tokens"):
        book.tokens()


def test_a_running_server_heeds_changes(fresh_store: Path, cli: Cli) -> None:
    store = fresh_store
    with running_server(store) as server:
        client = Client(server.url, {"none": "og_guess"})
        for role in (None, "none"):
            nobody = client.update(INSERT, role)
            assert nobody.status == 403
            assert "token create" in json.loads(nobody.data)["detail"]
        created = cli("--store", store, "token", "create", "--role", "admin", "--name", "ada")
        client.secrets["admin"] = created.stdout.splitlines()[-1]
        without = client.update(INSERT, None)
        assert without.status == 401
        assert without.headers["WWW-Authenticate"].startswith("Bearer")
        assert client.update(INSERT, "none").status == 401
        assert client.update(INSERT, "admin").status == 204
        in_address = client(
            "POST",
            f"/update?access_token={client.secrets['admin']}",
            INSERT,
            Content_Type="application/sparql-update",
        )
        assert in_address.status == 401
        cli("--store", store, "token", "create", "--role", "read", "--name", "other")
        assert cli("--store", store, "token", "revoke", "ada").returncode == 0
        assert client.update(INSERT, "admin").status == 401


def test_roles(fresh_store: Path) -> None:
    store = fresh_store
    book = TokenBook(store / "tokens.json")
    secrets = {role: book.create(role)[1] for role in ("read", "steward", "admin")}
    with running_server(store) as server:
        client = Client(server.url, secrets)
        for role in ("read", "steward"):
            refused = client.update(INSERT, role)
            assert refused.status == 403
            assert 'scope="admin"' in refused.headers["WWW-Authenticate"]
        path = "/graphs?graph=http://example.org/g"
        turtle = {"Content_Type": "text/turtle"}
        body = b"<a:b> <a:c> 1 ."
        assert client("PUT", path, body, "read", **turtle).status == 403
        assert client("PUT", path, body, "steward", **turtle).status == 201
        assert client("DELETE", f"/record/{SEED_ID}", None, "read").status == 403
        ontology = "/graphs?graph=https://w3id.org/outcome-graph/graph/ontology"
        assert client("DELETE", ontology, None, "steward").status == 403


def test_read_only(fresh_store: Path) -> None:
    store = fresh_store
    secret = TokenBook(store / "tokens.json").create("admin")[1]
    with running_server(store, "--read-only") as server:
        client = Client(server.url, {"admin": secret})
        refused = client.update(INSERT)
        assert refused.status == 403
        assert "reading only" in json.loads(refused.data)["detail"]
