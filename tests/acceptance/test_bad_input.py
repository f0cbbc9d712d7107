"""Each kind of bad input gets one clear message, the right exit code or status, and no change."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pytest
from conftest import SEED, Cli, RunningServer, running_server

PAGE = SEED.read_text("utf-8")


def _page(old: str, new: str) -> bytes:
    assert old in PAGE
    return PAGE.replace(old, new).encode()


@dataclass(frozen=True)
class Bad:
    """A bad source: its bytes, exit code, statuses HTTP may answer, words the message holds."""

    data: Callable[[], bytes]
    exit_code: int
    statuses: tuple[int, ...]
    words: tuple[str, ...]


CASES = {
    "an empty file": Bad(lambda: b"", 2, (400,), ("empty",)),
    "a binary file": Bad(lambda: bytes(range(256)) * 20, 2, (400, 415), ("binary",)),
    "hello world": Bad(lambda: b"hello world", 2, (422,), ("result page",)),
    "an impossible date": Bad(
        lambda: _page("01.04.2020", "31.02.2020"), 1, (422,), ("31.02.2020", "does not exist")
    ),
    "a date outside its biennium": Bad(
        lambda: _page("01.04.2020", "02.11.2022"), 1, (422,), ("2020-21", "2022")
    ),
    "a code whose prefix is no country": Bad(
        lambda: _page("LAO226", "XQZ226"), 1, (422,), ("XQZ",)
    ),
    "a target that does not exist": Bad(
        lambda: _page("• 1.3 Implement", "• 1.99 Implement"), 1, (422,), ("1.99",)
    ),
    "a target of another goal": Bad(
        lambda: _page("• 1.3 Implement nationally appropriate", "• 8.5 Achieve full"),
        1,
        (422,),
        ("8.5", "goal"),
    ),
    "a missing title": Bad(
        lambda: _page("The National Social Protection Strategy was officially launched\n", "\n"),
        1,
        (422,),
        ("title",),
    ),
    "50 MB of text": Bad(
        lambda: PAGE.encode() + b"more words \n" * 4_400_000, 2, (413,), ("larger",)
    ),
}


def _find(text: str, words: tuple[str, ...]) -> bool:
    return all(word.lower() in text.lower() for word in words)


def _send(request: urllib.request.Request) -> tuple[int, str, str]:
    try:
        with urllib.request.urlopen(request) as response:
            return response.status, response.read().decode(), response.headers["Content-Type"]
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), error.headers["Content-Type"]


@pytest.fixture
def store(tmp_path: Path, cli: Cli) -> Path:
    folder = tmp_path / "store"
    done = cli("--store", folder, "load", SEED)
    assert done.returncode == 0, done.stderr
    return folder


def _dump(cli: Cli, store: Path) -> set[str]:
    done = cli("--store", store, "export")
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines())


@pytest.mark.parametrize("name", CASES)
def test_load(name: str, store: Path, tmp_path: Path, cli: Cli) -> None:
    bad = CASES[name]
    source = tmp_path / "bad.txt"
    source.write_bytes(bad.data())
    before = _dump(cli, store)
    done = cli("--store", store, "load", source)
    assert done.returncode == bad.exit_code, done.stderr
    assert _find(done.stderr, bad.words), done.stderr
    assert "Traceback" not in done.stderr
    assert _dump(cli, store) == before


@pytest.mark.parametrize("name", CASES)
def test_convert_and_validate_need_no_store(name: str, tmp_path: Path, cli: Cli) -> None:
    bad = CASES[name]
    source = tmp_path / "bad.txt"
    source.write_bytes(bad.data())
    done = cli("validate", source, cwd=tmp_path)
    assert done.returncode in (1, 2)
    assert _find(done.stdout + done.stderr, bad.words), done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["bad.txt"]


@pytest.mark.parametrize("name", CASES)
def test_http(name: str, seed_server: RunningServer) -> None:
    bad = CASES[name]
    request = urllib.request.Request(
        f"{seed_server.url}/validate",
        data=bad.data(),
        headers={"Content-Type": "text/plain", "Accept": "application/json"},
    )
    try:
        status, body, kind = _send(request)
    except urllib.error.URLError:
        # The server may stop reading a body that is too large and close the connection.
        assert name == "50 MB of text"
        return
    assert _find(body, bad.words), body
    if status == 200:
        # What could be read was judged: the report itself says no.
        assert json.loads(body)["conforms"] is False
    else:
        assert status in bad.statuses
        assert kind.startswith("application/problem+json")


def test_the_place_in_the_page_is_named(tmp_path: Path, cli: Cli) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(_page("01.04.2020", "31.02.2020"))
    assert "line 6" in cli("validate", bad).stdout


def test_a_file_that_is_not_there(store: Path, tmp_path: Path, cli: Cli) -> None:
    done = cli("--store", store, "load", tmp_path / "nowhere.txt")
    assert done.returncode == 2
    assert "nowhere.txt" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_directory_without_sources(store: Path, tmp_path: Path, cli: Cli) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    done = cli("--store", store, "load", empty)
    assert done.returncode == 2
    assert "holds no sources" in done.stderr


def test_one_bad_source_does_not_stop_the_others(tmp_path: Path, cli: Cli) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "a-good.txt").write_text(PAGE.replace("LAO226", "LAO227"), "utf-8")
    (pages / "b-bad.txt").write_text("hello world", "utf-8")
    (pages / "c-bad.txt").write_bytes(_page("01.04.2020", "99.99.2020"))
    (pages / "d-good.txt").write_text(PAGE.replace("LAO226", "LAO228"), "utf-8")
    store = tmp_path / "store"
    done = cli("--store", store, "load", pages)
    assert done.returncode == 1
    assert "2 committed, 2 refused" in done.stdout
    assert "b-bad.txt" in done.stderr
    assert "c-bad.txt" in done.stderr
    answer = cli(
        "--store",
        store,
        "query",
        "-e",
        "SELECT ?c { ?o og:code ?c } ORDER BY ?c",
        "--format",
        "csv",
    )
    assert answer.stdout.split() == ["c", "LAO227", "LAO228"]


def test_every_refused_row_has_its_reasons_in_quarantine(tmp_path: Path, cli: Cli) -> None:
    table, store = tmp_path / "rows.csv", tmp_path / "store"
    rows = [f"X{number},Laos,Title {number},31.02.2021" for number in range(1, 8)]
    table.write_text("\n".join(["Code,Country,Title,Date achieved", *rows]) + "\n", "utf-8")
    done = cli("--store", store, "load", table, "--on-invalid", "quarantine")
    assert done.returncode == 1
    (kept,) = (store / "quarantine").iterdir()
    assert (kept / "original").read_bytes() == table.read_bytes()
    report = json.loads((kept / "report.json").read_text("utf-8"))
    assert report["source"].endswith("rows.csv")
    assert len(report["refused"]) == 7
    cells = [refused["reasons"][0].partition(",")[0] for refused in report["refused"]]
    assert cells == [f"cell D{line}" for line in range(2, 9)]
    assert report["reasons"] == [r for refused in report["refused"] for r in refused["reasons"]]


def test_refused_originals_are_kept_in_quarantine(tmp_path: Path, cli: Cli) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(_page("01.04.2020", "02.11.2022"))
    store = tmp_path / "store"
    done = cli("--store", store, "load", bad, "--on-invalid", "quarantine")
    assert done.returncode == 1
    (kept,) = (store / "quarantine").iterdir()
    assert (kept / "original").read_bytes() == bad.read_bytes()
    assert json.loads((kept / "report.json").read_text("utf-8"))["reasons"]


def test_a_store_in_use_is_written_through_its_server(store: Path, cli: Cli) -> None:
    with running_server(store) as server:
        done = cli("--store", store, "load", SEED)
        assert done.returncode == 0, done.stderr
        assert server.url in done.stderr, done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("query",), "one query"),
        (("query", "-e", "SELECT ?x {"), "line 1"),
        (("query", "--name", "nothing-like-it"), "no canned query"),
        (("load",), "source"),
        (("no-such-command",), "no-such-command"),
        (("--base", "not an iri", "init"), "base"),
    ],
)
def test_wrong_usage_is_one_line(arguments, words: str, store: Path, cli: Cli) -> None:
    done = cli("--store", store, *arguments)
    assert done.returncode in (1, 2)
    assert words.lower() in done.stderr.lower()
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_folder_with_a_saved_page_and_one_without_text(tmp_path: Path, cli: Cli) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    lines = "".join(f"<p>{escape(line)}</p>\n" for line in PAGE.splitlines())
    (pages / "good.html").write_text(f"<!DOCTYPE html><body>{lines}</body>", "utf-8")
    (pages / "empty.html").write_text("<!DOCTYPE html><body><div id=app></div></body>", "utf-8")
    done = cli("--store", tmp_path / "store", "load", pages)
    assert done.returncode == 1, done.stderr
    assert "LAO226-2020-21-8.1.1" in done.stdout
    assert "empty.html shows no text" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("ending", [".nt", ".ttl", ".jsonld", ".csv", ".txt", ".html"])
def test_a_file_of_a_gigabyte_is_not_even_read(tmp_path: Path, cli: Cli, ending: str) -> None:
    big = tmp_path / f"big{ending}"
    with big.open("wb") as file:
        file.truncate(1_000_000_000)
    done = cli("validate", big)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "larger than" in done.stderr
    assert "Split it, or raise the bound" in done.stderr
