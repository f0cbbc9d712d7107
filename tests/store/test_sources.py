"""Source documents on the disk: files of their own, and archives of many small ones."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from outcome_graph.errors import NotFoundError, StoreError
from outcome_graph.store import sources
from outcome_graph.store.sources import SourceArchive

MANY = [f"<activity>{n}</activity>".encode() for n in range(50)]


def files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file())


def test_many_small_documents_are_one_archive_that_anybody_can_read(tmp_path: Path) -> None:
    archive = SourceArchive(tmp_path)
    digests = archive.keep_all(MANY)
    (path,) = files(tmp_path)
    assert path.parent == tmp_path / "packs"
    with zipfile.ZipFile(path) as pack:
        assert pack.testzip() is None
        assert {name: pack.read(name) for name in pack.namelist()} == dict(
            zip(digests, MANY, strict=True)
        )
    assert archive.keep_all(reversed(MANY)) == digests[::-1]
    assert files(tmp_path) == [path]


def test_few_or_large_documents_are_files_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = SourceArchive(tmp_path)
    few = archive.keep_all(MANY[:3])
    assert [p.name for p in files(tmp_path)] == sorted(few, key=lambda d: (d[:2], d[2:4]))
    monkeypatch.setattr(sources, "_SMALL", 20)
    large = b"x" * 21
    digests = archive.keep_all([large, *MANY])
    # What is kept already is not kept again.
    assert len(files(tmp_path)) == 3 + 1 + (1 if any(len(d) <= 20 for d in MANY[3:]) else 47)
    assert [archive.read(d) for d in digests] == [large, *MANY]


def test_damage_is_noticed_and_does_not_hide_others(tmp_path: Path) -> None:
    archive = SourceArchive(tmp_path)
    one = archive.keep_all(MANY[:25])
    (path,) = files(tmp_path)
    two = archive.keep_all(MANY[25:])
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-30])
    assert [archive.read(d) for d in two] == MANY[25:]
    with pytest.raises(StoreError, match="Restore a backup"):
        archive.read(one[0])
    path.unlink()
    with pytest.raises(NotFoundError):
        archive.read(one[0])


def test_a_changed_document_in_an_archive_is_noticed(tmp_path: Path) -> None:
    archive = SourceArchive(tmp_path)
    digest = archive.keep_all(MANY)[0]
    (path,) = files(tmp_path)
    path.unlink()
    with zipfile.ZipFile(path, "w") as pack:
        pack.writestr(digest, b"something else")
    with pytest.raises(StoreError, match="damaged"):
        archive.read(digest)


def test_nothing_is_left_of_an_archive_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sources.os, "fsync", full)
    with pytest.raises(StoreError, match="Make room"):
        SourceArchive(tmp_path).keep_all(MANY)
    assert files(tmp_path) == []
    assert hashlib.sha256(MANY[0]).hexdigest() not in str(files(tmp_path))
