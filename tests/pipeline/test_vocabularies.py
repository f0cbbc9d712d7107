"""Reference graphs, and the official vocabulary from its publisher."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from outcome_graph import OutcomeGraph, VocabularyError
from outcome_graph.pipeline import vocabularies

#: The official wording of target 1.3 begins so; ours does not.
OFFICIAL = "Implement nationally appropriate social protection systems"


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A real HTTP server on this machine that serves a folder; its address and the folder."""
    folder = tmp_path / "published"
    folder.mkdir()
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/", folder
        finally:
            server.shutdown()
            thread.join()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        return None


@pytest.fixture
def graph(fresh_store: Path) -> Iterator[OutcomeGraph]:
    with OutcomeGraph.open(fresh_store) as opened:
        yield opened


def test_a_new_store_has_the_reference_graphs(graph: OutcomeGraph) -> None:
    names = {entry.name for entry in graph.vocabularies()}
    assert names == {"ontology", "concepts", "countries", "organisations", "sdg", "shapes"}
    assert graph.store.revision() == 1


def test_initialising_again_changes_nothing(graph: OutcomeGraph) -> None:
    assert graph.initialise() == []
    assert graph.store.revision() == 1


def test_another_base_moves_everything_under_it(tmp_path: Path, seed: Path) -> None:
    base = "http://localhost:8000/here/"
    with OutcomeGraph.open(tmp_path / "store", base=base) as graph:
        assert graph.load(seed).conforms
        (row,) = graph.query("SELECT ?c ?s { ?o og:country ?c ; og:step ?s . ?s skos:notation ?n }")
        assert (str(row.c), str(row.s)) == (f"{base}country/LAO", f"{base}concept/step/1")


def test_official_labels_come_from_the_publisher(
    graph: OutcomeGraph,
    publisher: tuple[str, Path],
    shared: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address, folder = publisher
    for name in vocabularies.FILES:
        (folder / name).write_bytes((shared / "vocabularies" / "sdg" / name).read_bytes())
    monkeypatch.setattr(vocabularies, "PUBLISHER", address)
    target = "http://metadata.un.org/sdg/1.3"
    assert not graph.label(target).startswith(OFFICIAL)
    installed = graph.install_vocabulary("sdg")
    assert (installed.goals, installed.targets) == (17, 169)
    assert graph.label(target).startswith(OFFICIAL)
    assert graph.label(target, "fr").startswith("Mettre en place")


def test_another_edition_than_the_checked_one_is_refused(
    graph: OutcomeGraph, publisher: tuple[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, folder = publisher
    for name in vocabularies.FILES:
        (folder / name).write_text("# changed\n")
    monkeypatch.setattr(vocabularies, "PUBLISHER", address)
    with pytest.raises(VocabularyError, match="not the edition that was checked"):
        graph.install_vocabulary("sdg")
    assert graph.store.revision() == 1


def test_no_network_is_said_clearly(graph: OutcomeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabularies, "PUBLISHER", "http://127.0.0.1:9/")
    with pytest.raises(VocabularyError, match=r"cannot be reached.*--from FILE"):
        graph.install_vocabulary("sdg")


def test_a_page_that_is_not_there(graph: OutcomeGraph, publisher: tuple[str, Path]) -> None:
    with pytest.raises(VocabularyError, match="answered 404"):
        graph.install_vocabulary("sdg", publisher[0] + "nothing.ttl")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "There is no file"),
        ("@prefix broken", "not well formed"),
        ("<http://a> <http://b> <http://c> .", "not the official SDG vocabulary"),
    ],
)
def test_a_file_that_is_not_it(
    graph: OutcomeGraph, tmp_path: Path, content: str | None, words: str
) -> None:
    file = tmp_path / "sdg.ttl"
    if content is not None:
        file.write_text(content)
    with pytest.raises(VocabularyError, match=words):
        graph.install_vocabulary("sdg", str(file))
    assert graph.store.revision() == 1


def test_a_thing_has_one_official_name_a_language(graph: OutcomeGraph, shared: Path) -> None:
    """The edition gives target 12.3 names by mistake, in each language; SKOS allows one."""
    graph.install_vocabulary("sdg", str(shared / "vocabularies" / "sdg"))
    names = """SELECT ?name { <http://metadata.un.org/sdg/12.3> skos:prefLabel ?name }"""
    found = [row.name for row in graph.query(names)]
    spoken = [name for name in found if name.language in ("en", "fr", "es")]
    begins = {name.language: str(name)[:21] for name in spoken}
    assert begins == {
        "en": "By 2030,halve per cap",
        "fr": "D’ici à 2030, réduire",
        "es": "De aquí a 2030, reduc",
    }
    several = """
        SELECT ?thing { ?thing skos:prefLabel ?name } GROUP BY ?thing (lang(?name))
        HAVING (COUNT(DISTINCT ?name) > 1)"""
    assert not list(graph.query(several))
    assert graph.label("http://metadata.un.org/sdg/12.3").startswith("By 2030,halve")
