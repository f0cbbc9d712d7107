"""Kept source documents: each exactly as it came, under the SHA-256 digest of its bytes.

A document is a file of its own. Very many small ones that come together (the activities of an IATI
file) are put into one ZIP archive, in which each is named by its digest: a file of its own for each
would take longer than all else that is done to load it.
"""

from __future__ import annotations

import hashlib
import os
import re
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from outcome_graph.errors import NotFoundError, StoreError
from outcome_graph.store.layout import sync_folder

__all__ = ["SourceArchive"]

_DIGEST = re.compile(r"[0-9a-f]{64}")
#: So many documents are put together, none of them larger than the second number of bytes.
_PACKED, _SMALL = 20, 100_000
#: Archives are made as quickly as they can be; the same documents make the same archive.
_LEVEL, _NO_TIME = 1, (1980, 1, 1, 0, 0, 0)
#: The end of an archive without a comment, and in it: size and place of the list of its members.
_END, _LIST = 22, struct.Struct("<4s8xLL2x")
_SIGNATURE = b"PK\x05\x06"


class SourceArchive:
    """A folder of documents by digest, two levels deep (``ab/cd/abcd…``), and of ``packs``.

    Parameters:
        folder: where they lie.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def keep(self, data: bytes) -> str:
        """Keep a document, durably, and return its digest.

        Raises:
            StoreError: it cannot be written; nothing is left of it.
        """
        digest = hashlib.sha256(data).hexdigest()
        path = self._path(digest)
        if path.exists():
            return digest
        with self._new_file(path, digest) as file:
            file.write(data)
        return digest

    def keep_all(self, documents: Iterable[bytes]) -> list[str]:
        """Keep documents that come together, durably, and return their digests in their order.

        Raises:
            StoreError: one cannot be written; others may have been kept.
        """
        given = list(documents)
        digests = [hashlib.sha256(data).hexdigest() for data in given]
        small = {
            digest: data
            for digest, data in zip(digests, given, strict=True)
            if len(data) <= _SMALL and not self._path(digest).exists()
        }
        if len(small) < _PACKED:
            small.clear()
        else:
            self._pack(small)
        for digest, data in zip(digests, given, strict=True):
            if digest not in small:
                self.keep(data)
        return digests

    def _pack(self, documents: dict[str, bytes]) -> None:
        name = hashlib.sha256("\n".join(sorted(documents)).encode()).hexdigest()
        path = self._packs / f"{name}.zip"
        if path.exists():
            return
        with (
            self._new_file(path, name) as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as pack,
        ):
            for digest, data in documents.items():
                pack.writestr(zipfile.ZipInfo(digest, _NO_TIME), data, zipfile.ZIP_DEFLATED)

    @property
    def _packs(self) -> Path:
        return self.folder / "packs"

    @contextmanager
    def _new_file(self, path: Path, name: str) -> Iterator[BinaryIO]:
        """Give a file that is at its place, whole and durable, once it is written."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # A name of its own each time: two threads may be keeping the same document.
            descriptor, new = tempfile.mkstemp(prefix=".new-", dir=path.parent)
            temporary = Path(new)
            try:
                with os.fdopen(descriptor, "w+b") as file:
                    yield file
                    file.flush()
                    os.fsync(file.fileno())
                temporary.chmod(0o444)
                temporary.replace(path)
            finally:
                with suppress(FileNotFoundError):
                    temporary.unlink()
            folder = path.parent
            while folder != self.folder.parent:
                sync_folder(folder)
                folder = folder.parent
        except OSError as error:
            raise StoreError(
                f"The source document {name[:12]}… cannot be kept: {error}. "
                "Make room on the disk, or check who may write there."
            ) from error

    def read(self, sha256: str) -> bytes:
        """Return a document.

        Raises:
            NotFoundError: it is not kept here.
            StoreError: it cannot be read, or is not what it was when it was kept.
        """
        if not _DIGEST.fullmatch(sha256):
            raise NotFoundError(f"{sha256[:80]!r} is no SHA-256 digest (64 hexadecimal digits).")
        try:
            data = self._path(sha256).read_bytes()
        except FileNotFoundError:
            data = self._packed(sha256)
        except OSError as error:
            raise StoreError(f"The source document {sha256} cannot be read: {error}.") from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise StoreError(
                f"The kept source document {sha256} was changed or damaged. Restore a backup."
            )
        return data

    def _packed(self, sha256: str) -> bytes:
        """Return a document from the archive that holds it."""
        damaged = None
        for path in sorted(self._packs.glob("*.zip")):
            try:
                if _lists(path, sha256):
                    with zipfile.ZipFile(path) as pack:
                        return pack.read(sha256)
            except (OSError, EOFError, zipfile.BadZipFile, struct.error, zlib.error) as error:
                damaged = f"{path} cannot be read: {error}"
        if damaged:
            raise StoreError(
                f"The source document {sha256} is not found, and {damaged}. Restore a backup."
            )
        raise NotFoundError(f"No source document {sha256} is kept here.")


def _lists(path: Path, sha256: str) -> bool:
    """Tell whether an archive may hold a document: its list of members names it."""
    with path.open("rb") as file:
        file.seek(-_END, os.SEEK_END)
        signature, size, start = _LIST.unpack(file.read(_END))
        if signature != _SIGNATURE:
            raise zipfile.BadZipFile("it is cut off")
        file.seek(start)
        return sha256.encode() in file.read(size)
