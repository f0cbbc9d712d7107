"""What a reader does for one query, seen from its own process."""

from __future__ import annotations

import io
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from store.contract import G1, P, S, put

from outcome_graph.store import EmbeddedStore, QueryRequest, reader_process
from outcome_graph.store.reader_process import _Reader
from outcome_graph.store.wire import read_frame


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[tuple[_Reader, socket.socket, str]]:
    store = EmbeddedStore(tmp_path / "store", create=True)
    put(store, G1, *(f"{n} {'x' * 50}" for n in range(3_000)))
    store.snapshot(tmp_path / "snapshot")
    ours, theirs = socket.socketpair()
    yield _Reader(theirs, 0, True), ours, str(tmp_path / "snapshot")
    for end in (ours, theirs):
        end.close()
    store.close()


def frames(reader: tuple[_Reader, socket.socket, str], request: QueryRequest) -> list[bytes]:
    answering, ours, path = reader
    answering.answer(path, 1, request)
    data, letters = io.BytesIO(ours.recv(1_000_000, socket.MSG_DONTWAIT)), []
    while data.tell() < len(data.getbuffer()):
        letters.append(read_frame(data)[0])
    return letters


def test_a_small_answer_is_one_message(reader: tuple[_Reader, socket.socket, str]) -> None:
    assert frames(reader, QueryRequest(sparql=f"SELECT ?o {{ {S} {P} ?o }} LIMIT 2")) == [b"A"]
    assert frames(reader, QueryRequest(sparql="ASK { ?s ?p ?o }")) == [b"A"]
    assert frames(reader, QueryRequest(sparql="SELECT ?o { ?o ?o ?o }")) == [b"A"]


def test_one_that_is_cut_or_long_comes_in_pieces(
    reader: tuple[_Reader, socket.socket, str],
) -> None:
    every = f"SELECT ?o {{ {S} {P} ?o }}"
    assert frames(reader, QueryRequest(sparql=every, max_rows=2)) == [b"H", b"C", b"E"]
    graph = "CONSTRUCT WHERE { ?s ?p ?o }"
    assert frames(reader, QueryRequest(sparql=graph, max_rows=1_500))[-1:] == [b"E"]


def test_what_is_wrong_is_one_message(reader: tuple[_Reader, socket.socket, str]) -> None:
    assert frames(reader, QueryRequest(sparql="SELECT ?o {")) == [b"X"]


def test_memory_is_given_back_before_a_long_query_is_done(
    reader: tuple[_Reader, socket.socket, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own answer waits for that, and no other query."""
    sent_before: list[bool] = []

    def noted() -> None:
        try:
            sent_before.append(bool(reader[1].recv(1, socket.MSG_DONTWAIT | socket.MSG_PEEK)))
        except BlockingIOError:
            sent_before.append(False)

    monkeypatch.setattr(reader_process, "_give_back_memory", noted)
    monkeypatch.setattr(reader_process, "_LONG", 1_000.0)
    assert frames(reader, QueryRequest(sparql="ASK {}")) == [b"A"]
    assert sent_before == []
    monkeypatch.setattr(reader_process, "_LONG", 0.0)
    assert frames(reader, QueryRequest(sparql="ASK {}")) == [b"A"]
    assert sent_before == [False]


def test_giving_back_memory_does_no_harm() -> None:
    reader_process._give_back_memory()
