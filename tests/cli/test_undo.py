"""``undo``: taking back a load, all of it or nothing."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from conftest import SEED, Cli, running_server

from outcome_graph.bench.records import synthetic_records
from outcome_graph.draft import SourceFile
from outcome_graph.errors import (
    ConflictError,
    NonConformingError,
    NotFoundError,
    StoreError,
    UsageError,
)
from outcome_graph.namespaces import OG, XSD, IriMinter
from outcome_graph.pipeline import OutcomeGraph, Undone, loading, undoing, write_records
from outcome_graph.rdf import Literal, NamedNode, Triple
from outcome_graph.store import Commit, EmbeddedStore, GraphChange

ID = "LAO226-2020-21-8.1.1"


def rows(count: int) -> list[dict[str, str]]:
    minter = IriMinter()
    table = write_records(list(synthetic_records(count, minter=minter)), "csv", minter)
    return list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))


def table(given: list[dict[str, str]]) -> SourceFile:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(given[0]))
    writer.writeheader()
    writer.writerows(given)
    return SourceFile("rows.csv", text.getvalue().encode())


def undo(graph: OutcomeGraph, revision: int, **options: bool) -> Undone:
    return graph.undo(revision, agent="test", **options)


def everything(graph: OutcomeGraph) -> dict[str, object]:
    """What all records say, public and internal."""
    return {
        f"{internal} {i}": graph.stores.find(i)
        for internal in (False, True)
        for i in graph.stores.record_ids(internal=internal)
    }


@pytest.fixture
def graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OutcomeGraph:
    """Thirty records; loads commit ten at a time."""
    monkeypatch.setattr(loading, "BATCH", 10)
    monkeypatch.setattr(loading, "TOGETHER", 5)
    opened = OutcomeGraph.open(tmp_path / "store")
    opened.load(table(rows(30)))
    return opened


def changed_table() -> SourceFile:
    """Rows of the thirty with other titles, and fifteen new ones."""
    given = rows(45)
    for row in given[:30:2]:
        row["Title"] = f"Wrong: {row['Title']}"
    return table(given)


def test_a_load_of_several_commits_is_undone_as_one(graph: OutcomeGraph) -> None:
    with graph:
        before = everything(graph)
        told = graph.load(changed_table())
        assert len(told.made.revisions) > 2
        # Any of its revisions names it.
        done = undo(graph, told.made.revisions[1])
        assert everything(graph) == before
        assert (len(done.removed), len(done.restored)) == (15, 15)
        assert done.made.revisions == [graph.store.revision()]
        assert graph.store.revision() == told.revision + 1
        newest = list(graph.store.history())[-1]
        first, last = told.made.revisions[0], told.made.revisions[-1]
        assert newest.reason == f"undo revisions {first} to {last} (load rows.csv)"
        assert newest.agent == "test"
        # What came back names the revision that brought it.
        stated = {
            t.object.value
            for i in done.restored
            for t in graph.record_triples(i)
            if t.predicate == OG.revision
        }
        assert stated == {str(newest.revision)}
        # It is a commit like any other.
        again = undo(graph, newest.revision)
        assert len(again.restored) == 30  # fifteen of them had been removed
        assert len(graph.record_ids()) == 45


def test_a_large_load_is_undone_part_by_part(
    graph: OutcomeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undoing, "TOGETHER", 7)
    with graph:
        before = everything(graph)
        told = graph.load(changed_table())
        done = undo(graph, told.revision)
        assert everything(graph) == before
        assert len(done.made.revisions) == 5  # thirty records
        assert (len(done.removed), len(done.restored)) == (15, 15)
        assert len({entry.group for entry in list(graph.store.history())[-5:]}) == 1
        # Undone once more: nothing is left to do.
        with pytest.raises(ConflictError, match="is as it was before"):
            undo(graph, told.revision)
        # All parts are one, also where it is undone in its turn.
        assert len(undo(graph, done.made.revisions[2]).restored) == 30
        assert len(graph.record_ids()) == 45


def test_an_undoing_that_broke_off_is_gone_on_with(
    graph: OutcomeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undoing, "TOGETHER", 7)
    commit, made = EmbeddedStore.commit, []

    def failing(store: EmbeddedStore, change: Commit) -> int:
        if len(made) == 2:
            raise StoreError("The disk is full.")
        made.append(commit(store, change))
        return made[-1]

    with graph:
        before = everything(graph)
        told = graph.load(changed_table())
        monkeypatch.setattr(EmbeddedStore, "commit", failing)
        with pytest.raises(StoreError) as stopped:
            undo(graph, told.revision)
        assert stopped.value.__notes__ == [
            f"A part was undone (revisions {made[0]} to {made[1]}). Undo it again to go on."
        ]
        monkeypatch.setattr(EmbeddedStore, "commit", commit)
        done = undo(graph, told.revision)
        assert everything(graph) == before
        assert len(done.removed) + len(done.restored) == 30 - 14


def test_a_dry_run_writes_nothing(graph: OutcomeGraph) -> None:
    with graph:
        told = graph.load(changed_table())
        before = everything(graph)
        done = undo(graph, told.revision, dry_run=True)
        assert (len(done.removed), len(done.restored)) == (15, 15)
        assert done.made.revisions == []
        assert graph.store.revision() == told.revision
        assert everything(graph) == before


def test_one_record_that_was_changed_since_keeps_all(graph: OutcomeGraph) -> None:
    with graph:
        told = graph.load(changed_table())
        later = rows(45)[40:41]
        later[0]["Title"] += " (corrected by hand)"
        (changed,) = graph.load(table(later), agent="anna").committed
        before = everything(graph)
        with pytest.raises(ConflictError) as stopped:
            undo(graph, told.revision)
        assert changed.id in stopped.value.message
        assert "by anna" in stopped.value.message
        assert f"revision {told.revision + 1}" in stopped.value.message
        assert everything(graph) == before
        # Once the change is undone the records are what the load left, and it can be undone.
        undo(graph, told.revision + 1)
        assert len(undo(graph, told.revision).removed) == 15


def test_records_that_changed_sides_come_back_to_theirs(graph: OutcomeGraph) -> None:
    with graph:
        before = everything(graph)
        given = rows(32)
        for row in given[:4] + given[30:]:
            row["Visibility"] = "Internal"
        told = graph.load(table(given))
        assert len(graph.stores.record_ids(internal=False)) == 26
        assert told.made.internal
        undo(graph, told.made.internal[-1], internal=True)
        assert everything(graph) == before
        assert len(graph.stores.record_ids(internal=False)) == 30
        # The history of public records is public, and tells nothing of internal ones.
        newest = list(graph.store.history())[-1]
        assert newest.reason.startswith("undo revision")
        assert "internal" not in newest.reason


def test_what_would_not_conform_keeps_all(graph: OutcomeGraph) -> None:
    with graph:
        (record_id,) = graph.record_ids()[:1]
        name = graph.minter.record(record_id)
        day = Literal("2099-01-01", datatype=XSD.date)
        broken = [
            Triple(t.subject, t.predicate, day) if t.predicate == OG.achievedOn else t
            for t in graph.store.graph(name)
        ]
        graph.store.commit(
            Commit(changes=(GraphChange(name, tuple(broken)),), reason="break", agent="test")
        )
        told = graph.load(changed_table())
        before = everything(graph)
        with pytest.raises(NonConformingError, match="Nothing was undone") as stopped:
            undo(graph, told.revision)
        assert record_id in stopped.value.message
        assert everything(graph) == before


def test_what_is_no_load_of_records(graph: OutcomeGraph) -> None:
    with graph:
        with pytest.raises(UsageError, match="is no record"):
            undo(graph, 1)
        with pytest.raises(NotFoundError, match="no revision 99"):
            undo(graph, 99)
        with pytest.raises(NotFoundError):
            undo(graph, 1, internal=True)
        other = NamedNode("https://example.org/graph")
        triple = Triple(other, other, other)
        made = graph.store.commit(
            Commit(changes=(GraphChange(other, (triple,)),), reason="put", agent="test")
        )
        with pytest.raises(UsageError, match="is no record"):
            undo(graph, made)


def test_the_command_line_says_how_and_does_it(tmp_path: Path, cli: Cli) -> None:
    store = tmp_path / "store"
    for serving in (False, True):
        loaded = cli("--store", store, "load", SEED)
        line = next(line for line in loaded.stdout.splitlines() if "take it back" in line)
        way_back = line.partition("outcome-graph ")[2].split()
        done = cli("--store", store, *way_back, "--dry-run")
        assert "would be undone: 1 record removed" in done.stderr
        if serving:
            with running_server(store):
                done = cli("--store", store, *way_back)
        else:
            done = cli("--store", store, *way_back)
        assert done.returncode == 0, done.stderr
        assert "1 record removed, 0 as before" in done.stderr
        found = cli("--store", store, "export", "--format", "json")
        assert json.loads(found.stdout) == []
    done = cli("--store", store, *way_back)
    assert done.returncode == 1
    assert "Nothing was undone" in done.stderr
    assert ID in done.stderr
    # Loading it again where it is changes nothing, so there is nothing to take back.
    cli("--store", store, "load", SEED)
    assert "take it back" not in cli("--store", store, "load", SEED).stdout
