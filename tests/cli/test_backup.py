"""``backup`` and ``restore --from``: whole stores, damaged ones, and what stays as it was."""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest
from cli.conftest import OTHER
from conftest import SEED, Cli

from outcome_graph.errors import SourceError, StoreBusyError, StoreError, UsageError
from outcome_graph.pipeline import OutcomeGraph, restore_store
from outcome_graph.settings import Settings

ID = "LAO226-2020-21-8.1.1"


@pytest.fixture
def store(seeded_store: Path) -> Path:
    (seeded_store / "tokens.json").write_text("{}\n")
    return seeded_store


@pytest.fixture
def backup(store: Path, tmp_path: Path) -> Path:
    with OutcomeGraph.open(store, read_only=True) as graph:
        done = graph.backup(tmp_path / "backup")
    assert (done.revision, done.internal_revision) == (2, None)
    return tmp_path / "backup"


def settings(store: Path) -> Settings:
    return Settings(store=str(store))


def everything(store: Path) -> bytes:
    with OutcomeGraph.open(store, read_only=True) as graph:
        return b"".join(sorted(b"".join(graph.store.dump()).splitlines(keepends=True)))


def test_there_and_back(store: Path, tmp_path: Path, edited: Path, cli: Cli) -> None:
    done = cli("--store", store, "backup", tmp_path / "copy")
    assert done.returncode == 0, done.stderr
    assert "backup of revision 2" in done.stderr
    before = everything(store)
    assert cli("--store", store, "load", edited).returncode == 0
    assert everything(store) != before

    refused = cli("--store", store, "restore", "--from", tmp_path / "copy")
    assert refused.returncode == 2
    assert "--force" in refused.stderr
    assert everything(store) != before

    done = cli("--store", store, "restore", "--from", tmp_path / "copy", "--force")
    assert done.returncode == 0, done.stderr
    assert everything(store) == before
    (aside,) = tmp_path.glob("store.before-*")
    assert str(aside) in done.stderr
    with OutcomeGraph.open(aside, read_only=True) as graph:
        assert graph.store.revision() == 3
        assert OTHER in str(graph.record(ID).titles)
    # It goes on from there, and the journal and the sources are whole.
    with OutcomeGraph.open(store) as graph:
        assert graph.store.revision() == 2
        (entry,) = graph.history(ID)
        assert graph.store.source(entry.sources[0]) == SEED.read_bytes()
        assert graph.load(edited).revision == 3
    assert (store / "tokens.json").read_text() == "{}\n"
    assert not list(tmp_path.glob(".store-*"))


def test_to_a_new_place(backup: Path, store: Path, tmp_path: Path) -> None:
    done = restore_store(settings(tmp_path / "deep" / "new"), backup)
    assert (done.revision, done.aside) == (2, None)
    assert everything(tmp_path / "deep" / "new") == everything(store)


def test_a_backup_can_be_opened_as_it_is(backup: Path, store: Path) -> None:
    assert everything(backup) == everything(store)


def test_it_is_for_its_owner_only(backup: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o700


def test_internal_records_are_in_it(store: Path, edited: Path, tmp_path: Path) -> None:
    edited.write_text(edited.read_text("utf-8").replace(" Public ", " Internal "), "utf-8")
    with OutcomeGraph.open(store) as graph:
        assert graph.load(edited).conforms
        assert graph.backup(tmp_path / "b").internal_revision == 1
    restore_store(settings(tmp_path / "new"), tmp_path / "b")
    with OutcomeGraph.open(tmp_path / "new") as graph:
        assert graph.record_ids() == []
        assert OTHER in str(graph.record(ID).titles)


def damage_byte(path: Path) -> None:
    path.chmod(0o644)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.unlink()  # the engine's files are hard links to the store's own
    path.write_bytes(data)


def test_every_file_is_checked(backup: Path, store: Path, tmp_path: Path) -> None:
    """One flipped bit anywhere is found; the store that is there stays."""
    before = everything(store)
    listed = json.loads((backup / "backup.json").read_bytes())["files"]
    names = [n for n, (size, _) in listed.items() if size]
    assert len(names) >= 5
    for name in names:
        kept = (backup / name).read_bytes()
        damage_byte(backup / name)
        with pytest.raises(SourceError, match="is damaged"):
            restore_store(settings(store), backup, force=True)
        (backup / name).write_bytes(kept)
    assert everything(store) == before
    assert not list(tmp_path.glob("*.before-*"))
    assert not list(tmp_path.glob(".store-*"))
    restore_store(settings(store), backup, force=True)


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda b: (b / "checkpoint").unlink(), "checkpoint is missing"),
        (lambda b: os.truncate(b / "checkpoint", 3), "has 3 bytes"),
        (lambda b: (b / "backup.json").unlink(), "not completed"),
        (lambda b: (b / "backup.json").write_text("{"), "malformed"),
        (lambda b: (b / "backup.json").write_text('{"format": 1}'), "malformed"),
        (
            lambda b: (b / "backup.json").write_text(
                '{"format": 99, "time": "", "revision": 1, "files": {}}'
            ),
            "format 99",
        ),
        (
            lambda b: (b / "backup.json").write_text(
                '{"format": 1, "time": "", "revision": 1, '
                '"files": {"format": [1, ""], "../evil": [1, ""]}}'
            ),
            "damaged",
        ),
    ],
)
def test_damaged_backups(backup: Path, store: Path, cli: Cli, damage, words: str) -> None:
    damage(backup)
    done = cli("--store", store, "restore", "--from", backup, "--force")
    assert done.returncode == 2
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1
    with OutcomeGraph.open(store, read_only=True) as graph:
        assert graph.record_ids() == [ID]


def test_a_backup_of_another_revision_than_it_says(backup: Path, tmp_path: Path) -> None:
    facts = json.loads((backup / "backup.json").read_bytes())
    (backup / "backup.json").write_text(json.dumps({**facts, "revision": 7}))
    with pytest.raises(SourceError, match="holds revision 2, and says 7"):
        restore_store(settings(tmp_path / "new"), backup)
    assert not (tmp_path / "new").exists()


def test_places_that_are_no_place(store: Path, backup: Path, tmp_path: Path) -> None:
    with (
        OutcomeGraph.open(store, read_only=True) as graph,
        pytest.raises(StoreError, match="is not empty"),
    ):
        graph.backup(backup)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine")
    with pytest.raises(UsageError, match="is no store"):
        restore_store(settings(tmp_path / "full"), backup, force=True)
    with pytest.raises(SourceError, match="no folder"):
        restore_store(settings(tmp_path / "new"), tmp_path / "nothing")
    with pytest.raises(UsageError, match="remote engine"):
        restore_store(Settings(store="http://127.0.0.1:1/query"), backup)


def test_a_store_in_use_is_not_replaced(store: Path, backup: Path) -> None:
    with OutcomeGraph.open(store), pytest.raises(StoreBusyError):
        restore_store(settings(store), backup, force=True)
    assert everything(store)


def test_tokens_stay_those_of_the_store(store: Path, backup: Path, tmp_path: Path) -> None:
    """A token that was revoked since the backup does not come back to life."""
    (store / "tokens.json").write_text('{"now": 1}')
    restore_store(settings(store), backup, force=True)
    assert (store / "tokens.json").read_text() == '{"now": 1}'
    (store / "tokens.json").unlink()
    restore_store(settings(store), backup, force=True)
    assert not (store / "tokens.json").exists()
    restore_store(settings(tmp_path / "new"), backup)
    assert (tmp_path / "new" / "tokens.json").read_text() == "{}\n"


def test_internal_records_that_are_kept_elsewhere(
    store: Path, edited: Path, tmp_path: Path
) -> None:
    edited.write_text(edited.read_text("utf-8").replace(" Public ", " Internal "), "utf-8")
    with OutcomeGraph.open(store) as graph:
        graph.load(edited)
        graph.backup(tmp_path / "b")
    elsewhere = Settings(store=str(tmp_path / "new"), internal_store=str(tmp_path / "x"))
    with pytest.raises(UsageError, match="OUTCOME_GRAPH_INTERNAL_STORE"):
        restore_store(elsewhere, tmp_path / "b")


def test_a_backup_that_cannot_be_copied_says_why_in_a_line(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = shutil.copytree

    def full(source: Path, target: Path, **options: Any) -> Path:
        def no_room(source: str, target: str) -> None:
            raise OSError(errno.ENOSPC, "No space left on device", target)

        return whole(source, target, **{**options, "copy_function": no_room})

    monkeypatch.setattr(shutil, "copytree", full)
    with OutcomeGraph.open(store) as graph, pytest.raises(StoreError) as stopped:
        graph.backup(tmp_path / "full")
    assert "No space left on device" in stopped.value.message
    # Not the list of tuples that `shutil.copytree` has for everything that failed.
    assert "[(" not in stopped.value.message
    assert not (tmp_path / "full").exists()
