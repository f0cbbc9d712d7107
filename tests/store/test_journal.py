"""The journal's files: RDF Patch entries that survive crashes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from store.contract import G1, G2, put, triple

from outcome_graph.errors import NotFoundError, StoreError
from outcome_graph.rdf import BlankNode, Literal, NamedNode, Quad
from outcome_graph.store import EmbeddedStore, JournalEntry, Patch
from outcome_graph.store import journal as journal_module
from outcome_graph.store.journal import Journal

P = NamedNode("http://example.org/p")


def entry(revision: int, *graphs: str, added: int = 1) -> JournalEntry:
    return JournalEntry(
        revision=revision,
        time="2026-03-01T09:30:00.000Z",
        agent="tester",
        reason=f"number {revision}",
        sources=("ab" * 32,),
        graphs=graphs or (G1.value,),
        removed=0,
        added=added,
    )


def patch(revision: int) -> Patch:
    return Patch((), (Quad(P, P, Literal(str(revision)), G1),))


def filled(folder: Path, count: int) -> Journal:
    folder.mkdir(exist_ok=True)
    journal = Journal(folder)
    for revision in range(1, count + 1):
        journal.append(entry(revision), patch(revision))
    return journal


def test_entries_are_rdf_patches(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "store", create=True)
    put(store, G1, "old", triple("of a blank node", BlankNode("b1")))
    put(store, G1, "new\nline", triple("of a blank node", BlankNode("b1")), reason="it’s new")
    store.close()
    (file,) = (tmp_path / "store" / "journal").iterdir()
    text = file.read_text("utf-8")
    assert text.count("TX .\n") == text.count("TC .\n") == 2
    second = text.split("TC .\n")[1]
    assert 'H revision "2"^^<http://www.w3.org/2001/XMLSchema#integer> .\n' in second
    assert 'H reason "it’s new" .\n' in second
    assert f"H graph {G1} .\n" in second
    changes = [line for line in second.splitlines() if line[:2] in ("D ", "A ")]
    s, p = "<http://example.org/s>", "<http://example.org/p>"
    assert changes == [f'D {s} {p} "old" {G1} .', f'A {s} {p} "new\\nline" {G1} .']


def test_patches_can_be_read_back(tmp_path: Path) -> None:
    journal = filled(tmp_path / "journal", 3)
    read, changed = journal.patch(2)
    assert read == entry(2)
    assert changed == patch(2)
    with pytest.raises(NotFoundError):
        journal.patch(4)


@pytest.mark.parametrize("cut", [1, 20, 60, 200, -6, -1])
def test_a_torn_entry_is_cut_off(tmp_path: Path, cut: int) -> None:
    filled(tmp_path / "journal", 2)
    (file,) = (tmp_path / "journal").iterdir()
    whole = file.read_bytes()
    first = whole.index(b"TC .\n") + 5
    assert abs(cut) < len(whole) - first
    file.write_bytes(whole[: first + cut] if cut > 0 else whole[:cut])
    journal = Journal(tmp_path / "journal")
    assert journal.last_revision == 1
    assert file.read_bytes() == whole[:first]
    journal.append(entry(2), patch(2))
    assert file.read_bytes() == whole
    assert [e.revision for e in Journal(tmp_path / "journal").entries()] == [1, 2]


def test_an_entry_of_rubbish_is_cut_off(tmp_path: Path) -> None:
    """A file system may keep the length of what a power failure took, with other bytes in it."""
    filled(tmp_path / "journal", 2)
    (file,) = (tmp_path / "journal").iterdir()
    whole = file.read_bytes()
    first = whole.index(b"TC .\n") + 5
    for rubbish in (bytes(len(whole) - first), whole[first:].replace(b'"2" <', b'"3" <')):
        assert len(rubbish) == len(whole) - first
        file.write_bytes(whole[:first] + rubbish)
        assert Journal(tmp_path / "journal").last_revision == 1


def test_nothing_is_repaired_for_readers(tmp_path: Path) -> None:
    filled(tmp_path / "journal", 1)
    (file,) = (tmp_path / "journal").iterdir()
    with file.open("ab") as out:
        out.write(b"H revision")
    size = file.stat().st_size
    journal = Journal(tmp_path / "journal", repair=False)
    assert journal.torn
    assert file.stat().st_size == size
    assert [e.revision for e in journal.entries()] == [1]


def test_damage_in_the_middle_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_module, "SEGMENT_BYTES", 100)
    filled(tmp_path / "journal", 3)
    first = min((tmp_path / "journal").iterdir())
    first.write_bytes(first.read_bytes()[:-3])
    with pytest.raises(StoreError, match=r"000000000001\.rdfp is damaged at byte 0"):
        Journal(tmp_path / "journal")


def test_long_journals_are_several_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_module, "SEGMENT_BYTES", 1_000)
    filled(tmp_path / "journal", 20)
    files = sorted(p.name for p in (tmp_path / "journal").iterdir())
    assert len(files) > 4
    assert files[0] == "000000000001.rdfp"
    assert all(re.fullmatch(r"\d{12}\.rdfp", name) for name in files)
    journal = Journal(tmp_path / "journal")
    assert [e.revision for e in journal.entries()] == list(range(1, 21))
    assert [journal.patch(n)[1] for n in (1, 7, 20)] == [patch(n) for n in (1, 7, 20)]
    assert len(list(journal.of_graph(G1.value))) == 20


def test_an_entry_can_be_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = filled(tmp_path / "journal", 2)
    list(journal.of_graph(G1.value))
    journal.take_back()
    assert [e.revision for e in journal.of_graph(G1.value)] == [1]
    monkeypatch.setattr(journal_module, "SEGMENT_BYTES", 100)
    journal.append(entry(2), patch(2))
    assert len(list((tmp_path / "journal").iterdir())) == 2
    journal.take_back()
    assert len(list((tmp_path / "journal").iterdir())) == 1
    journal.append(entry(2), patch(2))
    assert [e.revision for e in Journal(tmp_path / "journal").entries()] == [1, 2]


def test_the_history_of_a_graph_grows_with_the_journal(tmp_path: Path) -> None:
    journal = filled(tmp_path / "journal", 2)
    assert [e.revision for e in journal.of_graph(G2.value)] == []
    journal.append(entry(3, G2.value, "default"), patch(3))
    journal.append(entry(4, G1.value, G2.value), patch(4))
    assert [e.revision for e in journal.of_graph(G2.value)] == [3, 4]
    assert [e.revision for e in journal.of_graph(G1.value)] == [1, 2, 4]
    assert [e.revision for e in journal.of_graph("default")] == [3]
    assert next(iter(journal.of_graph(G2.value))) == entry(3, G2.value, "default")


def test_patches_are_read_one_after_the_other_also_where_one_was_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_module, "SEGMENT_BYTES", 1_500)
    journal = filled(tmp_path / "journal", 12)
    assert [journal.patch(n)[0].revision for n in range(1, 13)] == [*range(1, 13)]
    assert journal.patch(3)[1] == patch(3)
    journal.append(entry(13), patch(13))
    assert journal.patch(13)[1] == patch(13)
    journal.take_back()
    longer = Patch((), (*patch(13).added, Quad(P, P, Literal("x" * 500), G1)))
    journal.append(entry(13, added=2), longer)
    journal.append(entry(14), patch(14))
    assert journal.patch(14)[1] == patch(14)
    assert journal.patch(13)[1] == longer
    with pytest.raises(NotFoundError):
        journal.patch(15)
