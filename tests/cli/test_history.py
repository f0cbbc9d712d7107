"""``history`` and ``restore ID``: the journal of a record, and taking back an old version."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli.conftest import OTHER, TITLE
from conftest import SEED, Cli

from outcome_graph.errors import NonConformingError, NotFoundError, UsageError
from outcome_graph.namespaces import OG
from outcome_graph.pipeline import OutcomeGraph, record_history
from outcome_graph.rdf import Triple
from outcome_graph.store import Commit, GraphChange, patch

ID = "LAO226-2020-21-8.1.1"


def title(graph: OutcomeGraph) -> str:
    (found,) = graph.record(ID).titles
    return found.value if hasattr(found, "value") else str(found)


@pytest.fixture
def store(seeded_store: Path, edited: Path) -> Path:
    """Revision 1: reference graphs; 2: the seed; 3: the edited page."""
    with OutcomeGraph.open(seeded_store) as graph:
        assert graph.load(edited).committed[0].status == "replaced"
        assert graph.store.revision() == 3
    return seeded_store


def test_history_and_restore(store: Path, cli: Cli) -> None:
    done = cli("--store", store, "history", ID, "--format", "json")
    assert done.returncode == 0, done.stderr
    entries = json.loads(done.stdout)
    assert [entry["revision"] for entry in entries] == [2, 3]
    assert entries[0]["removed"] == 0
    assert entries[0]["added"] > 50
    assert entries[0]["reason"].endswith(SEED.name)
    assert all(len(entry["sources"]) == 1 for entry in entries)

    table = cli("--store", store, "history", ID)
    assert SEED.name in table.stdout
    assert "2" in table.stdout

    done = cli("--store", store, "restore", ID, "--revision", 2)
    assert done.returncode == 0, done.stderr
    assert "restored as revision 4" in done.stderr
    with OutcomeGraph.open(store) as graph:
        assert TITLE in str(graph.record(ID).titles)
        assert [item.entry.revision for item in record_history(graph.stores, ID)] == [2, 3, 4]
        # The metadata are the new commit's own.
        (revision,) = (
            t.object.value for t in graph.record_triples(ID) if t.predicate == OG.revision
        )
        assert revision == "4"

    newest = cli("--store", store, "history", "--format", "json", "--limit", 1)
    assert [entry["revision"] for entry in json.loads(newest.stdout)] == [4]


def test_a_clock_that_was_put_back_does_not_change_the_order(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patch, "timestamp", lambda: "2019-01-01T00:00:00.000Z")
    with OutcomeGraph.open(store) as graph:
        graph.restore(ID, 2)
        assert [item.entry.revision for item in record_history(graph.stores, ID)] == [2, 3, 4]
        graph.restore(ID, 3)
        assert OTHER in title(graph)


def test_restoring_what_is_there_changes_nothing(store: Path) -> None:
    with OutcomeGraph.open(store) as graph:
        done = graph.restore(ID, 3)
        assert (done.changed, done.revision, graph.store.revision()) == (False, 3, 3)
        assert graph.restore(ID, 2, dry_run=True).changed
        assert graph.store.revision() == 3
        assert OTHER in str(graph.record(ID).titles)


def test_a_deleted_record_comes_back(store: Path) -> None:
    with OutcomeGraph.open(store) as graph:
        graph.delete(ID)
        with pytest.raises(NotFoundError):
            graph.record(ID)
        with pytest.raises(NotFoundError, match=r"no record .* at revision 4"):
            graph.restore(ID, 4)
        assert graph.restore(ID, 2).revision == 5
        assert TITLE in str(graph.record(ID).titles)


def test_what_is_not_there(store: Path, cli: Cli) -> None:
    assert cli("--store", store, "history", "XXX1-2020-21-1.1.1").returncode == 1
    done = cli("--store", store, "restore", ID, "--revision", 1)
    assert done.returncode == 1
    assert f"There was no record {ID} at revision 1" in done.stderr
    done = cli("--store", store, "restore", ID, "--revision", 99)
    assert done.returncode == 1
    assert "revisions are 1 to 3" in done.stderr


@pytest.mark.parametrize(
    "args",
    [
        ("restore",),
        ("restore", ID),
        ("restore", ID, "--revision", "2", "--force"),
        ("restore", ID, "--revision", "2", "--from", "x"),
        ("restore", ID, "--revision", "0"),
    ],
)
def test_wrong_usage(tmp_path: Path, cli: Cli, args: tuple[str, ...]) -> None:
    done = cli("--store", tmp_path / "none", *args)
    assert done.returncode == 2, done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "none").exists()


def test_a_version_that_does_not_conform_is_refused(store: Path) -> None:
    """The shapes of today judge: a version without its title must not come back."""
    with OutcomeGraph.open(store) as graph:
        node = graph.minter.record(ID)
        good = graph.record_triples(ID)
        bad = tuple(t for t in good if not str(t.predicate.value).endswith("/title"))
        assert len(bad) < len(good)
        for triples in (bad, tuple(good)):
            change = GraphChange(node, triples)
            graph.store.commit(Commit(changes=(change,), reason="by hand", agent="test"))
        with pytest.raises(NonConformingError, match="as of revision 4 does not conform"):
            graph.restore(ID, 4)
        assert graph.store.revision() == 5


def test_beyond_a_bulk_load_nothing_can_be_told(store: Path, tmp_path: Path) -> None:
    with OutcomeGraph.open(store) as graph:
        node = graph.minter.record(ID)
        triple = Triple(node, OG.code, graph.record_triples(ID)[0].subject)
        file = tmp_path / "more.nq"
        file.write_text(f"{triple.subject} {triple.predicate} {triple.object} {node} .\n")
        graph.store.bulk_load(file, "application/n-quads", reason="bulk", agent="test")
        with pytest.raises(UsageError, match="Revision 4 was a bulk load"):
            graph.restore(ID, 2)


def test_internal_records_have_a_journal_of_their_own(store: Path, edited: Path) -> None:
    text = edited.read_text("utf-8")
    assert " Public " in text
    edited.write_text(text.replace(" Public ", " Internal "), "utf-8")
    with OutcomeGraph.open(store) as graph:
        assert graph.load(edited).conforms
        assert graph.record_ids() == []
        found = [(i.entry.revision, i.internal) for i in record_history(graph.stores, ID)]
        assert sorted(found) == [(1, True), (2, False), (3, False), (4, False)]
        # It lives among internal records now, whose only revision is 1.
        with pytest.raises(NotFoundError, match="revisions are 1 to 1"):
            graph.restore(ID, 2)
        done = graph.restore(ID, 2, internal=False)
        assert (done.internal, done.revision) == (False, 5)
        assert graph.record_ids() == [ID]
        assert graph.stores.internal().graph_names() == []


def test_what_each_commit_changed_in_a_record(store: Path, cli: Cli) -> None:
    with OutcomeGraph.open(store) as graph:
        graph.delete(ID)
        graph.restore(ID, 2)
    done = cli("--store", store, "history", ID, "--changes")
    assert done.returncode == 0, done.stderr
    heads = [line for line in done.stdout.splitlines() if not line.startswith(" ")]
    assert [head.partition(",")[0] for head in heads] == [f"revision {n}" for n in (2, 3, 4, 5)]
    assert "    new" in done.stdout
    assert f"    title: “{TITLE}” → “{OTHER}”" in done.stdout
    assert "    removed" in done.stdout
    asked = cli("--store", store, "history", ID, "--changes", "--format", "json", "--limit", "3")
    third, fourth, fifth = json.loads(asked.stdout)
    (title,) = (change for change in third["changes"] if change["field"] == "title")
    assert (title["before"], title["after"]) == (TITLE, OTHER)
    # Of the edited page only the title and the document itself are others.
    assert {change["field"].partition(".")[0] for change in third["changes"]} == {"title", "source"}
    assert all(change["after"] is None for change in fourth["changes"])
    assert all(change["before"] is None for change in fifth["changes"])
    wrong = cli("--store", store, "history", "--changes")
    assert wrong.returncode == 2
