"""Kept source documents: each exactly as it came, under the SHA-256 digest of its bytes."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path

from outcome_graph.errors import NotFoundError, StoreError
from outcome_graph.store.layout import sync_folder

__all__ = ["SourceArchive"]

_DIGEST = re.compile(r"[0-9a-f]{64}")


class SourceArchive:
    """A folder of documents by digest, two levels deep (``ab/cd/abcd…``).

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
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # A name of its own each time: two threads may be keeping the same document.
            descriptor, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)
            temporary = Path(name)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                temporary.chmod(0o444)
                temporary.replace(path)
            finally:
                with suppress(FileNotFoundError):
                    temporary.unlink()
            for folder in (path.parent, path.parent.parent, self.folder):
                sync_folder(folder)
        except OSError as error:
            raise StoreError(
                f"The source document {digest[:12]}… cannot be kept: {error}. "
                "Make room on the disk, or check who may write there."
            ) from error
        return digest

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
            raise NotFoundError(f"No source document {sha256} is kept here.") from None
        except OSError as error:
            raise StoreError(f"The source document {sha256} cannot be read: {error}.") from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise StoreError(
                f"The kept source document {sha256} was changed or damaged. Restore a backup."
            )
        return data
